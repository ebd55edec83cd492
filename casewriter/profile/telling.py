"""A profile told value by value: what the journal asks, what the program does about it, and how it was learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from casewriter.profile.handling import Handled, handled
from casewriter.profile.record import Profile
from casewriter.profile_parts import Count, SectionPlan, Value
from casewriter.profile_parts.values import around

_MADE = frozenset(("docx", "pdf"))
"""The formats of a manuscript that we write."""
_APART = ("limits", "title", "abstract", "files", "files.figures", "deidentification", "ai")
"""Keys whose values are listed one by one."""


class Told(Struct, frozen=True):
    """One value of a profile as it is shown."""

    key: str
    text: str
    handled: Handled
    value: Value

    @property
    def learned(self) -> str:
        """How the value was learned, in words; nothing where its profile does not say."""
        confidence = (self.value.confidence or "").replace("_", " ")
        day = f"as of {self.value.as_of}" if self.value.as_of else ""
        return ", ".join(part for part in (confidence, day, self.value.source) if part)


def told(profile: Profile) -> Iterator[Told]:
    """Yield every value that says what the journal asks, in the order of the record; not our own settings."""
    stated = {part for key in profile.values for part in around(key)}
    for key, value in _values(profile):
        found = handled(key)
        lengths = isinstance(value, dict) and key.endswith(".max_words")
        if found is None or found.how == "describes" or found.chosen or (key not in stated and not lengths):
            continue
        if key == "files.text" and not _MADE & set(value):
            found = Handled(key, "leaves")
        if text := _text(value):
            yield Told(key, text, found, _origin(profile, key))


def _values(profile: Profile) -> Iterator[tuple[str, Any]]:
    for name in type(profile).model_fields:
        yield from _inside(name, getattr(profile, name))


def _inside(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if key in _APART:
        for name, inner in value:
            yield from _inside(f"{key}.{name}", inner)
        return
    plans = (value,) if isinstance(value, SectionPlan) else value if isinstance(value, tuple) else ()
    yield key, value
    if limited := {one.heading: one.max_words for one in plans if isinstance(one, SectionPlan) and one.max_words}:
        yield f"{key}.max_words", limited


def _origin(profile: Profile, key: str) -> Value:
    """Return how a value was learned; the lengths of sections stand in the list of sections."""
    return profile.value(key.removesuffix(".max_words") if key not in profile.values else key)


def _text(value: Any) -> str:
    """Return a value as one line."""
    match value:
        case Count():
            return _count(value)
        case SectionPlan():
            return value.heading
        case tuple():
            return "; ".join(_text(one).rstrip(".") for one in value)
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "; ".join(f"{key}: {_text(one)}" for key, one in value.items())
        case _ if hasattr(value, "because"):
            return str(value.because)
        case _ if hasattr(value, "csl"):
            return str(value.csl)
    return str(value)


def _count(asked: Count) -> str:
    least, most = asked.minimum, asked.maximum
    number = f"{least} to {most}" if least and most is not None else f"at least {least}" if least else f"at most {most}"
    parts = [number if least or most is not None else ""]
    parts += [f"“{words}” among them" for words in asked.must_contain]
    parts += [f"{asked.max_chars} characters each"] if asked.max_chars is not None else []
    return ", ".join(part for part in parts if part)
