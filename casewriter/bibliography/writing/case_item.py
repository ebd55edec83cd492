"""An item as a case file holds it: our keys in a fixed order, names in their short form where that says the same."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from casewriter.model.issued import Issued
from casewriter.model.name import Name, split_name
from casewriter.model.reference import Reference

_FIRST = (
    "id type author authors_truncated editor translator title title-short container-title container-title-short "
    "collection-title collection-number issued volume issue page number edition publisher publisher-place"
).split()
_LAST = "PMID PMCID DOI URL accessed note abstract keyword".split()
_UNKEPT = frozenset({"abstract", "keyword", "source", "call-number"})
"""What databases add and no reference list prints; a case file would drown in it."""


def case_item(reference: Reference) -> dict[str, Any]:
    """Return a reference as the mapping that a case file holds."""
    record = reference.model_dump(by_alias=True, exclude_defaults=True)
    record.pop("placeholder", None)
    fields = {field.alias or name: name for name, field in Reference.model_fields.items()}
    keys = [*_FIRST, *(key for key in record if key not in (*_FIRST, *_LAST)), *_LAST]
    item: dict[str, Any] = {}
    for key in keys:
        if key not in record or key in _UNKEPT:
            continue
        value = getattr(reference, fields.get(key, key))
        if isinstance(value, Issued):
            item[key] = _date(value)
        elif isinstance(value, tuple):
            item[key] = [_name(name) for name in value]
        else:
            item[key] = value if isinstance(value, bool) else str(value)
    return item


def _name(name: Name) -> str | dict[str, str]:
    """Return ``Muller SA`` where that is read as the same name, else its parts."""
    parts = {key: str(value) for key, value in name.model_dump(by_alias=True, exclude_none=True).items()}
    letters = (name.given or "").replace(". ", "").replace(".", "")
    short = f"{name.family} {letters}" if name.family and letters else name.literal or ""
    try:
        same = split_name(short) == parts
    except PydanticCustomError:
        same = False
    return short if same else parts


def _date(date: Issued) -> str | dict[str, str]:
    """Return an EDTF date, or the words that stand for one."""
    if date.year is None:
        return date.literal or ""
    month = 20 + date.season if date.season else date.month
    text = _point(date.year, month, date.day)
    if date.end_year:
        text += f"/{_point(date.end_year, date.end_month, date.end_day)}"
    return text + ("~" if date.circa else "")


def _point(year: int, month: int | None, day: int | None) -> str:
    sign = "-" if year < 0 else ""
    parts = [f"{sign}{abs(year):04d}", f"{month:02d}" if month else "", f"{day:02d}" if month and day else ""]
    return "-".join(part for part in parts if part)
