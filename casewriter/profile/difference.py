"""What changes for a manuscript from one journal to another, key by key of the two profiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from casewriter.model.parts import heading_of
from casewriter.profile.handling import How, handled
from casewriter.profile.outline import outline_lines
from casewriter.profile.record import Profile
from casewriter.profile.telling import told
from casewriter.profile.wording import GROUPS, WITHIN, WORDINGS, Group, leaves
from casewriter.profile_parts import Count, SectionPlan

_SURE = ("looked_up", "high")
_NAMES = ("statements", "sentences", "abstract.differs_from")
"""Keys whose values name parts of a case."""
_QUOTED = ("title.must_contain", "title.must_not_contain")
_SHORT = 40
"""Letters of an entry that goes on one line with others."""
_SAID = {
    ("guideline", "care"): "CARE",
    ("guideline", "scare"): "SCARE",
    ("units", "si"): "SI",
    ("units", "both"): "SI and conventional",
    ("consent_form", "own"): "the journal's own",
    ("privacy", "hipaa"): "Safe Harbor identifiers (hipaa)",
    ("privacy", "journal"): "also what journals ask you to leave out (journal)",
}
"""Values that have other words than their own."""


class Change(Struct, frozen=True):
    """One key that two profiles answer differently.

    `before` and `after` are the values as JSON holds them. `lines` tell the change; with a `label` and a single line,
    the line goes on behind it. `mark` says how unsure the new value is, `how` what the program does about it.
    """

    key: str
    group: Group
    label: str
    before: Any
    after: Any
    lines: tuple[str, ...]
    mark: str
    how: How


def changes(old: Profile, new: Profile) -> list[Change]:
    """Return what changes from one profile to another, group by group; what stays is left out."""
    before, after = _values(old), _values(new)
    hows = {one.key: one.handled.how for one in told(new)}
    found = []
    for key, words in WORDINGS.items():
        if before[key] == after[key]:
            continue
        usual = handled(key)
        how = hows.get(key) or (usual.how if usual else "leaves")
        lines = tuple(_lines(key, words.nothing, before[key], after[key]))
        mark = _mark(new, key, after[key])
        found.append(Change(key, words.group, words.label, _plain(before[key]), _plain(after[key]), lines, mark, how))
    order = list(GROUPS)
    return sorted(found, key=lambda one: order.index(one.group))


class _Limit(Struct, frozen=True):
    """A number, and whether it is only advice."""

    number: int
    advised: bool


def _values(profile: Profile) -> dict[str, Any]:
    """Return the values that are compared, by key."""
    values = {key: value for key, value in leaves(profile) if key not in WITHIN}
    for name in profile.limits.recommended:
        if (number := values.get(f"limits.{name}")) is not None:
            values[f"limits.{name}"] = _Limit(number, advised=True)
    return values | {"sections": tuple(profile.plans()), "overrides": _waived(profile)}


def _waived(profile: Profile) -> dict[str, str]:
    """Return why the journal waives an item, by guideline and item."""
    given = profile.overrides.items()
    return {f"{name.upper()} {item}": one.because for name, items in given for item, one in items.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    match value:
        case _Limit():
            return value.number
        case BaseModel():
            return value.model_dump(mode="json", by_alias=True, exclude_defaults=True) or None
        case tuple():
            return [_plain(one) for one in value]
    return value


def _mark(new: Profile, key: str, after: Any) -> str:
    """Return how unsure a value of the new profile is; nothing of one that it does not state itself."""
    value = new.value("sections" if key == "sections" else key)
    if not after or value.stated_by != new.id:
        return ""
    unsure = "" if value.confidence in _SURE else (value.confidence or "confidence not stated")
    other = value.as_of if value.as_of != new.as_of else None
    return ", ".join(filter(None, (unsure, f"as of {other}" if other else "", (value.source or "") if unsure else "")))


# -- as lines ---------------------------------------------------------------------------------------------------------


def _lines(key: str, nothing: str, before: Any, after: Any) -> Iterator[str]:
    """Yield what changes at a key: a value as “before → after”, a list by what is new and what is gone."""
    some = before or after
    if isinstance(some, tuple) and isinstance(some[0], SectionPlan):
        yield from outline_lines(before, after)
    elif isinstance(before, tuple):
        yield from _listed([_item(key, one) for one in before], [_item(key, one) for one in after])
    elif isinstance(before, Mapping):
        old, new = ([f"{_item(key, name)}: {text}" for name, text in one.items()] for one in (before, after))
        yield from _listed(old, new)
    else:
        yield f"{_said(key, before, nothing)} → {_said(key, after, nothing)}"


def _listed(before: list[str], after: list[str]) -> Iterator[str]:
    """Yield the entries that are new and those that are gone, short ones on one line; else the new order."""
    new, gone = [one for one in after if one not in before], [one for one in before if one not in after]
    short = all(len(one) <= _SHORT for one in (*new, *gone))
    for sign, some in (("+", new), ("-", gone)):
        yield from [f"{sign} {', '.join(some)}"] if some and short else [f"{sign} {one}" for one in some]
    if not new and not gone:
        yield f"in the order {', '.join(after)}"


def _item(key: str, value: Any) -> str:
    text = _SAID.get((key, str(value)), str(value))
    if key in _NAMES:
        return heading_of(text)
    if key in _QUOTED:
        return f"“{text}”"
    return text if key == "left" or (key, str(value)) in _SAID else text.replace("_", " ")


def _said(key: str, value: Any, nothing: str) -> str:
    match value:
        case None | "":
            return nothing
        case bool():
            return "yes" if value else "no"
        case _Limit():
            return f"{value.number}, advised"
        case Count():
            return _count(value) or nothing
    return str(value) if key.endswith("note") else _item(key, value)


def _count(asked: Count) -> str:
    least, most = asked.minimum, asked.maximum
    number = ""
    if least is not None and most is not None:
        number = f"{least} to {most}"
    elif most is not None:
        number = f"at most {most}"
    elif least is not None:
        number = f"at least {least}" if least else "none needed"
    among: Iterable[str] = (f"“{words}” among them" for words in asked.must_contain)
    long = f"at most {asked.max_chars} characters each" if asked.max_chars is not None else ""
    return ", ".join(filter(None, (number, *among, long)))
