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

_TOLD: frozenset[State] = frozenset(("present", "weak", "needs_human"))
"""States of items of which the manuscript says something."""


class Entry(Struct, frozen=True):
    """An item as the checklist has it: where it is reported, or why not, and what lint says of it."""

    item: GuidelineItem
    state: State
    reason: str | None
    spots: tuple[Spot, ...]
    codes: tuple[str, ...] = ()

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
    case: Case, items: Iterable[ItemState], dropped: Mapping[str, tuple[str, ...]], prose: Prose, places: Places
) -> tuple[Entry, ...]:
    """Return every item with its places; `dropped` names by item the checks that the journal does without."""
    reporter = Reporter(case, prose, places)
    return tuple(_entry(case, one, dropped.get(one.item.id, ()), reporter) for one in items)


def _entry(case: Case, one: ItemState, dropped: tuple[str, ...], reporter: Reporter) -> Entry:
    spots = reporter.spots(evidence(case, one.item, dropped)) if one.state in _TOLD else ()
    return Entry(one.item, one.state, one.reason, spots, one.problems)


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
    return [entry for entry in checklist.entries if entry.state in ("present", "weak") and not entry.spots]


def problems_of(entry: Entry, problems: Iterable[Problem]) -> list[Problem]:
    """Return what lint says of an item."""
    return [problem for problem in problems if entry.item.id in problem.items]
