"""How the values of a profile were learned: each has the origin that the file which states it gives."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from casewriter.profile_parts.base import ProfilePart

Confidence = Literal["looked_up", "high", "medium", "low"]
"""`looked_up` was read in a source; the others are remembered, with more or less certainty."""

ABOUT = frozenset(("id", "name", "extends", "publisher", "as_of", "sources", "confidence", "values"))
"""Keys that tell about the profile itself."""


class Value(ProfilePart):
    """How one value was learned. `as_of` is the date of the page that was read, not of the day of writing.

    `stated_by` is the id of the profile that states the value: the profile's own, or that of a parent.
    """

    confidence: Confidence | None = None
    source: str | None = None
    as_of: str | None = None
    stated_by: str | None = None


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


def origins(by: str, own: Mapping[str, Any], merged: Mapping[str, Any], older: Mapping[str, Any]) -> dict[str, Any]:
    """Return the origin of every merged value by its dotted key; `own` is what the profile of a name states itself.

    A value that it states has the origin that it gives: never that of a parent's value, which it replaces.
    """
    given = own.get("values")
    told: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    usual = {key: own[key] for key in ("confidence", "as_of") if own.get(key) is not None}
    stated, found = set(keys_of(own)), {}
    own_parts = {part for key in stated for part in around(key)}
    for key in keys_of(merged):
        name = next((one for one in around(key) if one in told), None)
        if key in stated or (name is not None and name not in own_parts):
            found[key] = {**usual, **(told[name] if name else {}), "stated_by": by}
        else:
            found[key] = older.get(key, {})
    return found
