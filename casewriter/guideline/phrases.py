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


_PATTERNS = frozenset(("all", "said", "hinted", "or_said", "unless_said", "denied_by", "pattern"))


def _read_as(part: Any, phrases: Mapping[str, Any]) -> Any:
    """Return an item, or what is below it, with the phrases spelled out in every pattern."""
    if isinstance(part, list):
        return [_read_as(one, phrases) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _patterns(value, phrases) if key in _PATTERNS else _read_as(value, phrases) for key, value in part.items()
    }


def _patterns(value: Any, phrases: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_spelled(str(pattern), phrases) for pattern in value]
    return _spelled(value, phrases) if isinstance(value, str) else value


def _spelled(text: str, phrases: Mapping[str, Any], within: tuple[str, ...] = ()) -> str:
    def phrase(found: re.Match[str]) -> str:
        name = found[1]
        if name not in phrases:
            return found[0]
        if name in within:
            raise ContainsItself((*within, name))
        return _spelled(str(phrases[name]), phrases, (*within, name))

    return _NAME.sub(phrase, text)
