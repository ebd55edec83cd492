"""How the values of a profile were learned: each has the origin that the file which states it gives."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from casewriter.profile_parts.base import ProfilePart

Confidence = Literal["looked_up", "high", "medium", "low"]
"""`looked_up` was read in a source; the others are remembered, with more or less certainty."""

ABOUT = frozenset(("id", "name", "extends", "publisher", "as_of", "sources", "confidence", "values", "left"))
"""Keys that tell about the profile itself."""


class Value(ProfilePart):
    """How one value was learned. `as_of` is the date of the page that was read, not of the day of writing."""

    confidence: Confidence | None = None
    source: str | None = None
    as_of: str | None = None

    @property
    def unsure(self) -> bool:
        """Whether the journal's page should be read before this value is relied on."""
        return self.confidence in ("medium", "low") or (self.confidence is not None and self.as_of == "unknown")


def keys_of(data: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Yield the dotted key of every value that data state; a list is one value."""
    for key, value in data.items():
        if before or key not in ABOUT:
            if isinstance(value, Mapping) and value:
                yield from keys_of(value, f"{before}{key}.")
            else:
                yield f"{before}{key}"


def around(key: str) -> Iterator[str]:
    """Yield a dotted key and those that it is within, the longest first."""
    while key:
        yield key
        key = key.rpartition(".")[0]


def origins(older: Mapping[str, Any], own: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    """Return the origin of every merged value by its dotted key.

    A value that a file states has the origin that this file gives: never that of a parent's value, which it replaces.
    """
    given = own.get("values")
    told: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    usual = {key: own[key] for key in ("confidence", "as_of") if own.get(key) is not None}
    stated, found = set(keys_of(own)), {}
    for key in keys_of(merged):
        name = next((one for one in around(key) if one in told), None)
        if name is not None:
            found[key] = {**usual, **told[name]} if isinstance(told[name], Mapping) else told[name]
        else:
            found[key] = usual if key in stated else older.get(key, {})
    return found
