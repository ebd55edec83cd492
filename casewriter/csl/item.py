"""A reference as the processor wants it: marked texts, persons, dates; and one cite of it with what the text adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from casewriter.csl.date import Date, read_date
from casewriter.csl.field import field as marked
from casewriter.csl.person import Person, read_person

NAMES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator""".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
_SHORT = {"container-title-short": "journalAbbreviation", "title-short": "shortTitle"}


class Item(Struct, frozen=True):
    """A reference in CSL 1.0.2's variables."""

    id: str
    type: str
    texts: Mapping[str, str]
    names: Mapping[str, tuple[Person, ...]]
    dates: Mapping[str, Date]
    english: bool | None = None
    """Whether its language is English; None where it has none."""
    truncated: int | None = None
    """How many authors the source names before its own et al."""

    def has(self, variable: str) -> bool:
        """Return whether a variable holds anything."""
        return bool(self.texts.get(variable) or self.names.get(variable) or self.dates.get(variable))


def read_item(record: Mapping[str, Any], *, truncated: bool = False) -> Item:
    """Return the item of a CSL-JSON record."""
    texts: dict[str, str] = {}
    names: dict[str, tuple[Person, ...]] = {}
    dates: dict[str, Date] = {}
    for key, value in record.items():
        if key in NAMES and isinstance(value, list):
            names[key] = tuple(person for one in value if (person := read_person(one)))
        elif key in DATES:
            dates[key] = read_date(value)
        elif key not in ("id", "type") and isinstance(value, str | int | float) and str(value):
            texts[key] = marked(str(value))
    for new, old in _SHORT.items():
        if old in texts:
            texts.setdefault(new, texts[old])
    if "event" in texts:
        texts.setdefault("event-title", texts["event"])
    elif "event-title" in texts:
        texts["event"] = texts["event-title"]
    count = len(names.get("author", ())) if truncated else None
    language = texts.get("language", "").lower()
    english = language.startswith("en") if language else None
    return Item(str(record.get("id", "")), str(record.get("type", "document")), texts, names, dates, english, count)


class Cite(Struct):
    """One rendering of an item: where it is cited, and what tells it from its like."""

    item: Item
    number: int = 0
    locator: str = ""
    label: str = "page"
    prefix: str = ""
    suffix: str = ""
    suppress_lead: bool = False
    """Whether the first names are left out, as the author asks or in a collapsed cluster."""
    position: str = "first"
    near_note: bool = False
    note: int = 0

    names_shown: int = 0
    given_levels: Mapping[Person, int] = field(default_factory=dict)
    year_suffix: str = ""
    implicit_suffix: bool = True
    """Whether the year takes the suffix itself: no element of the style prints `year-suffix`."""
    disambiguate: bool = False
    substitute: tuple[str, str, tuple[Person, ...], str] | None = None
    """(what stands for names said before, its rule, the persons before, their text) in a bibliography."""

    suppressed: set[str] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)
    """The variables that have given text so far."""
    called: int = 0
    filled: int = 0
    suffix_done: bool = False
    lead: tuple[tuple[Person, ...], str] | None = None
    """The persons that the first names printed, and their text."""

    def fresh(self) -> None:
        """Forget what a rendering has noted."""
        self.suppressed.clear()
        self.printed.clear()
        self.called = self.filled = 0
        self.suffix_done = False
        self.lead = None
