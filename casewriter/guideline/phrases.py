"""The phrases of a guideline, put into the patterns of its readings wherever {NAME} stands for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_NAME = re.compile(r"\{([A-Z]+)\}")


class ContainsItself(ValueError):
    """A phrase that cannot be spelled out: `name` contains itself."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.name = names[-1]
        super().__init__(f"the phrase {self.name} contains itself: {' → '.join(names)}")


def spelled_out(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a guideline's data with its readings spelled out. Raises ContainsItself."""
    found = data.get("phrases")
    phrases = found if isinstance(found, dict) else {}
    return {**data, "items": [_read_as(item, phrases) for item in data.get("items") or ()]}


def _read_as(item: Any, phrases: Mapping[str, Any]) -> Any:
    reading = item.get("reading") if isinstance(item, dict) else None
    if not isinstance(reading, dict) or not isinstance(reading.get("all"), list):
        return item
    return {**item, "reading": {**reading, "all": [_spelled(str(pattern), phrases) for pattern in reading["all"]]}}


def _spelled(text: str, phrases: Mapping[str, Any], within: tuple[str, ...] = ()) -> str:
    def phrase(found: re.Match[str]) -> str:
        name = found[1]
        if name not in phrases:
            return found[0]
        if name in within:
            raise ContainsItself((*within, name))
        return _spelled(str(phrases[name]), phrases, (*within, name))

    return _NAME.sub(phrase, text)
