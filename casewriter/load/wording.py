"""The message for a part of a case that does not fit the format, and what to write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from casewriter.load.keys import keys, model_at, places_by_key
from casewriter.load.kinds import NOT_A_CHOICE, SHAPE, UNKNOWN_KEY
from casewriter.model.reference import OTHER_KEYS, Reference
from casewriter.problem import Path, Problem, did_you_mean, nearest

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_SEVERAL = re.compile(r"patients|cases?|subjects?|(?:patient|case|subject)[_-]?\d+")
"""Keys that authors of a case series begin with."""
_ONE_PATIENT = "a file describes one patient: make one for each; relatives and other people go under `others`"
_NO = frozenset("none no nil nothing never - – ~ n/a na null false".split())


def unknown_key(path: Path, model: type[BaseModel] | None) -> Problem:
    """Return the problem of a key that its mapping does not know."""
    key = str(path[-1])
    if len(path) == 1 and _SEVERAL.fullmatch(key.lower()):
        hint: str | None = _ONE_PATIENT
    elif key == "none" and len(path) > 1:
        hint = f"if there is nothing to say, leave out “{_key(path[:-1])}”"
    else:
        hint = _meant(key, model)
    return Problem(UNKNOWN_KEY, f"unknown key “{key}”", path, on_key=True, hint=hint)


def _meant(key: str, model: type[BaseModel] | None) -> str | None:
    """Return what to do with an unknown key: where it belongs, the nearest one, or the keys that are known here."""
    known = keys(model)
    if model is Reference and key in OTHER_KEYS:
        return f'did you mean "{OTHER_KEYS[key]}"?'
    near, elsewhere = nearest(key, known), _elsewhere(key)
    if elsewhere and near and near[:3] == key[:3]:
        return f'did you mean "{near}"? {elsewhere}'
    return elsewhere or did_you_mean(key, known) or _known(known)


def _elsewhere(key: str) -> str | None:
    """Return where a key belongs that is known in other places than the one where it was written."""
    places = places_by_key().get(key, ())
    if "" in places:
        return f"“{key}” is a top-level key: remove its indentation"
    if not places:
        return None
    named = [f"`{place}`" for place in places[:3]]
    more = len(places) - len(named)
    others = f" and {more} other{'s' if more > 1 else ''}"
    listed = ", ".join(named) + others if more else " or ".join(named)
    return f"“{key}” belongs under {listed}"


def _known(known: list[str]) -> str | None:
    if len(known) <= 30:
        return "known here: " + ", ".join(known) if known else None
    return f"known here: {', '.join(known[:12])} … (`casewriter schema` lists them all)"


def not_a_choice(path: Path, detail: ErrorDetails) -> Problem:
    """Return the problem of a word that is not one of a list, which pydantic has in its context."""
    words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    word = str(detail["input"])
    hint = did_you_mean(word, words) or "one of: " + ", ".join(words)
    return Problem(NOT_A_CHOICE, f"“{short(word)}” is not one of the words allowed here", path, hint=hint)


def wrong_shape(path: Path, wanted: str, found: Any) -> Problem:
    """Return the problem of a value of another shape than the format wants: a text, a list, a mapping."""
    message = f"this must be {wanted}, not {shape(found)}"
    hints = {"a text": _for_text, "a list": _for_list, "a mapping": _for_mapping}
    return Problem(SHAPE, message, path, hint=hints[wanted](path, found) if wanted in hints else None)


def _for_text(path: Path, found: Any) -> str | None:
    if isinstance(found, list):
        return "quote the text if the brackets are part of it"
    if not isinstance(found, dict):
        return None
    if "none" in found:
        return f"list only what is required, each as a text; if there is nothing, leave out “{_key(path)}”"
    said = next((found[key] for key in ("label", "finding", "text") if isinstance(found.get(key), str)), None)
    if said is not None:
        return f"write the text alone: {said}"
    return "quote the text if the colon or the braces are part of it"


def _for_list(path: Path, found: Any) -> str:
    if _is_no(found):
        return f"if there is nothing to say, leave out “{_key(path)}”"
    if isinstance(found, dict):
        return "write “- ” before its first key: this is one item of a list"
    return "write one item per line with “- ”, or [a, b]"


def _for_mapping(path: Path, found: Any) -> str | None:
    if _is_no(found):
        return f"if there is nothing to say, leave out “{_key(path)}”"
    known = keys(model_at(path))
    return f"write it with its keys: {', '.join(known[:8])}{' …' if len(known) > 8 else ''}" if known else None


def _is_no(found: Any) -> bool:
    return isinstance(found, str) and found.strip().rstrip(".").lower() in _NO


def _key(path: Path) -> str:
    return str(next((part for part in reversed(path) if isinstance(part, str)), ""))


def shape(value: Any) -> str:
    """Return how a message calls a value: its text, or what it is."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text “{short(value)}”"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def short(value: Any) -> str:
    """Return a text as a message quotes it: on one line, and cut where it is long."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
