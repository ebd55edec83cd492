"""CSL-JSON -> items; every record is read or refused with the line on which it begins."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import ValidationError

from casewriter.citation.refusal import Found, Refused, reason_of
from casewriter.model.reference import Reference


def read_csl_json(text: str) -> tuple[Found, Refused]:
    """Return the references of a CSL-JSON file, and the records refused."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        return [], [(error.lineno, f"this is not JSON: {error.msg}")]
    except RecursionError:
        return [], [(1, "this JSON is nested too deeply")]
    if not isinstance(content, list | dict):
        return [], [(1, "this is no list of references")]
    found, refused = [], []
    for line, record in _records(text, content):
        try:
            found.append((line, _from_csl(record)))
        except (ValidationError, ValueError, TypeError, AttributeError) as error:
            refused.append((line, reason_of(error)))
    return found, refused


def _records(text: str, content: Any) -> list[tuple[int, Any]]:
    """Return the records with the line on which each begins."""
    if isinstance(content, dict) and not isinstance(content.get("items"), list):
        return [(1, content)]
    records = content["items"] if isinstance(content, dict) else content
    decoder = json.JSONDecoder()
    key = re.search(r'"items"\s*:\s*\[', text) if isinstance(content, dict) else re.search(r"\[", text)
    place = key.end() if key else 0
    placed = []
    for record in records:
        place += len(text[place:]) - len(text[place:].lstrip(" \t\r\n,"))
        placed.append((text.count("\n", 0, place) + 1, record))
        place = decoder.raw_decode(text, place)[1]
    return placed


_NAME_KEYS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")


def _from_csl(record: Any) -> Reference:
    if not isinstance(record, dict):
        raise ValueError("a reference is an object with keys such as id, type, title")
    if record.get("id") in (None, ""):
        raise ValueError("the record has no id")
    fields = {field.alias or name: field for name, field in Reference.model_fields.items()}
    item: dict[str, Any] = {}
    for key, value in record.items():
        if key not in fields or value is None:
            continue
        if isinstance(value, list) and key not in ("categories",):
            item[key] = [_csl_name(name) for name in value]
        else:
            item[key] = value if isinstance(value, dict) else _csl_text(value)
    return Reference.model_validate(item)


def _csl_name(name: Any) -> Any:
    """Return a name with the keys that we print; Zotero and Mendeley add hints for other programs."""
    return {k: _csl_text(v) for k, v in name.items() if k in _NAME_KEYS} if isinstance(name, dict) else name


def _csl_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
