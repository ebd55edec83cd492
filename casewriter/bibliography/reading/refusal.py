"""What a reader of references gives back: items with their lines, and records refused with line and reason."""

from __future__ import annotations

from pydantic import ValidationError

from casewriter.model.reference import Reference

FoundReferences = list[tuple[int, Reference]]
Refusals = list[tuple[int, str]]


def reason_of(error: Exception) -> str:
    """Return why a record was refused, in words for its author."""
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        if first["type"] == "string_pattern_mismatch" and first["loc"] == ("id",):
            return "a key must not contain spaces, commas, semicolons, brackets or @"
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else str(first["msg"])
    return short(str(error))


def short(text: str) -> str:
    """Return a text as one line of at most 160 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
