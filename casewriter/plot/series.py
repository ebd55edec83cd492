"""What is drawn: values in time, events in time, and the printed words of a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = ("history", "presentation", "diagnostic", "intervention", "follow_up", "outcome", "")
"""The kinds of events, in the order of their groups; any other kind counts as the last."""


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """A laboratory value: days from the index, the number, how it is printed, its flag.

    `flag` is one of "", low, high, abnormal, critical. `marked` says that the text holds the flag already, `measured`
    that it holds the unit.
    """

    days: float
    value: float
    text: str
    flag: str
    marked: bool = False
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """A laboratory test in the course of time, with its reference interval in the same unit."""

    label: str
    unit: str
    points: tuple[PlottedPoint, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class PlottedEvent:
    """Something that happened, in days from the index; with an end or ongoing it is drawn as a bar."""

    label: str
    start: float
    end: float | None
    kind: str
    ongoing: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The printed words of a figure in the document's language.

    `title` and `description` are read aloud, not drawn. `units` gives a plural to y, mo, wk, d, h, min;
    `letters` a letter to each flag; `kinds`, where given, a heading to each group of events; `decimal` is
    the decimal sign.
    """

    title: str
    description: str
    time_axis: str
    units: Mapping[str, str]
    reference: str
    letters: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
