"""A reporting checklist filled in from the finished manuscript: each item with its state, its pages and its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from casewriter.export.places import Places
from casewriter.forms.printed import Prose
from casewriter.forms.reported import Reporter, Spot
from casewriter.guideline import Guideline, GuidelineItem
from casewriter.lint.guideline import ItemState
from casewriter.lint.guideline.evidence import evidence
from casewriter.lint.guideline.items import State
from casewriter.model.case import Case
from casewriter.problem import Problem, dotted
from casewriter.profile import Profile
from casewriter.profile_parts import Override

_TOLD: frozenset[State] = frozenset(("present", "weak", "needs_human"))
"""States of items of which the manuscript says something."""


class Entry(Struct, frozen=True):
    """An item as the checklist has it: where it is reported, or why not, and what lint says of it.

    One that is answered `elsewhere`, as the journal wants it, is nowhere in the manuscript; its reason says why.
    """

    item: GuidelineItem
    state: State
    reason: str | None
    spots: tuple[Spot, ...]
    codes: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def open(self) -> bool:
        """Whether it keeps the checklist from being sent: it is missing, or the author has to decide."""
        return self.state in ("missing", "needs_human")


class Manuscript(Struct, frozen=True):
    """The manuscript that the pages are of: the names of its file and layout, its pages, the SHA-256 of its PDF."""

    file: str
    layout: str
    pages: int
    digest: str


class Checklist(Struct, frozen=True):
    """A guideline's items for one case; `case_digest` is the SHA-256 of the case with its pictures and references."""

    case: str
    case_digest: str
    title: str
    guideline: Guideline
    profile: Profile
    manuscript: Manuscript
    entries: tuple[Entry, ...]

    @property
    def complete(self) -> bool:
        """Whether every item is reported or waived."""
        return not any(entry.open for entry in self.entries)

    def count(self, *states: State) -> int:
        """Return how many items have one of some states."""
        return sum(entry.state in states for entry in self.entries)


def entries(
    case: Case, items: Iterable[ItemState], waived: Mapping[str, Override], prose: Prose, places: Places
) -> tuple[Entry, ...]:
    """Return every item with its places; `waived` are by item the checks that the journal does without, and why."""
    reporter = Reporter(case, prose, places)
    return tuple(_entry(case, one, waived.get(one.item.id), reporter) for one in items)


def _entry(case: Case, one: ItemState, waived: Override | None, reporter: Reporter) -> Entry:
    """Return an item; one that is nowhere in the manuscript because the journal wants it so has its reason."""
    spots = reporter.spots(evidence(case, one.item, waived.drop if waived else ())) if one.state in _TOLD else ()
    reason = waived.because if waived and not spots and one.state in _TOLD else one.reason
    return Entry(one.item, one.state, reason, spots, one.problems, elsewhere=reason is not one.reason)


def as_data(checklist: Checklist) -> dict[str, Any]:
    """Return the checklist as JSON data, version 1: keys are only ever added."""
    return {
        "version": 1,
        "case": checklist.case,
        "case_hash": checklist.case_digest,
        "title": checklist.title,
        "guideline": checklist.guideline.id,
        "edition": checklist.guideline.edition,
        "profile": checklist.profile.id,
        "layout": checklist.manuscript.layout,
        "manuscript": {
            "file": checklist.manuscript.file,
            "pages": checklist.manuscript.pages,
            "sha256": checklist.manuscript.digest,
        },
        "items": [_item(entry) for entry in checklist.entries],
    }


def _item(entry: Entry) -> dict[str, Any]:
    first = entry.spots[0].at if entry.spots else None
    return {
        "id": entry.item.id,
        "topic": entry.item.topic,
        "state": entry.state,
        "reason": entry.reason,
        "page": first.page if first else None,
        "line": first.first if first else None,
        "pages": sorted({spot.at.page for spot in entry.spots}),
        "places": [
            {
                "page": spot.at.page,
                "line": spot.at.first,
                "last_line": spot.at.last,
                "words": spot.words,
                "path": dotted(spot.path),
            }
            for spot in entry.spots
        ],
        "problems": list(entry.codes),
    }


def unfound(checklist: Checklist) -> list[Entry]:
    """Return the items that are reported, as lint judges, whose place in the manuscript was not found."""
    found = (entry for entry in checklist.entries if entry.state in ("present", "weak"))
    return [entry for entry in found if not entry.spots and not entry.elsewhere]


def problems_of(entry: Entry, problems: Iterable[Problem]) -> list[Problem]:
    """Return what lint says of an item."""
    return [problem for problem in problems if entry.item.id in problem.items]
