"""What is drawn: values in time, events in time, and the printed words of a figure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

KINDS = ("history", "presentation", "diagnostic", "intervention", "follow_up", "outcome", "")
"""The kinds of events, in the order of their groups; any other kind counts as the last."""


class PlottedPoint(Struct, frozen=True):
    """A laboratory value: days from the index, the number, how it is printed, its flag.

    `flag` is one of "", low, high, abnormal, critical. `marked` says that the text holds the flag already, `measured`
    that it holds the unit. `bound` is below or above where the number is only the limit of the value, as in ``<9``;
    `span` holds the ends of a range. `when` is the time as printed.
    """

    days: float
    value: float
    text: str
    flag: str
    marked: bool = False
    measured: bool = False
    bound: str = ""
    span: tuple[float, float] | None = None
    when: str = ""


class Track(Struct, frozen=True):
    """A laboratory test in the course of time, with its reference interval in the same unit.

    `reference` is the interval as typed; `name` is what a mention chooses the test by; `meaning` is the full name where
    the label is a shorter one.
    """

    label: str
    unit: str
    points: tuple[PlottedPoint, ...]
    low: float | None
    high: float | None
    reference: str = ""
    name: str = ""
    meaning: str = ""

    @property
    def repeated(self) -> bool:
        """Whether there are values at two times or more."""
        return len({point.days for point in self.points}) > 1


class PlottedDose(Struct, frozen=True):
    """A stretch of a treatment with one dose: days from the index, the dose as printed, its number where it has one."""

    start: float
    end: float
    text: str = ""
    amount: float | None = None


class PlottedTreatment(Struct, frozen=True):
    """A treatment in the course of time: its name, what is said of its dose, and the stretches of it.

    `open_end` says that it is not known how long the last stretch went on. `changes` are times with what was changed,
    `stopped` is the word behind the end of a treatment that was stopped; `suspect` marks a suspected cause.
    """

    label: str
    detail: str
    doses: tuple[PlottedDose, ...]
    ongoing: bool = False
    open_end: bool = False
    stopped: str = ""
    suspect: bool = False
    changes: tuple[tuple[float, str], ...] = ()

    @property
    def times(self) -> tuple[float, ...]:
        """Every time that is to be shown."""
        return (*(t for dose in self.doses for t in (dose.start, dose.end)), *(day for day, _ in self.changes))

    @property
    def once(self) -> bool:
        """Whether one time is all that is known of it."""
        return not self.ongoing and len(set(self.times)) == 1


class PlottedEvent(Struct, frozen=True):
    """Something that happened, in days from the index; with an end or ongoing it is drawn as a bar."""

    label: str
    start: float
    end: float | None
    kind: str
    ongoing: bool = False


class Words(Struct, frozen=True):
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

    def __hash__(self) -> int:
        """Words that are equal have one hash; mappings, which have none, are left to the comparison."""
        return hash((self.title, self.description, self.time_axis, self.reference, self.decimal))
