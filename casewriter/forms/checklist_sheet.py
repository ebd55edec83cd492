"""The checklist as a form to hand in: a table of topic, item, what is asked, and where it is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.article.nodes import Cell, Fact, Paragraph, Row, Run, Section, Styled, Table, Text
from casewriter.article.paper import Article
from casewriter.article.walk import joined
from casewriter.export.places import PrintedAt
from casewriter.forms.checklist import Checklist, Entry
from casewriter.forms.reported import Spot
from casewriter.forms.sheet import printed, said, sheet

_LANGUAGE = "en"
"""What a guideline asks is written in English."""
_SHORT = 12
"""Hexadecimal digits of a SHA-256 by which people compare two files."""


def checklist_sheet(checklist: Checklist) -> Article:
    """Return the checklist as a form."""
    guideline, numbered = checklist.guideline, any(spot.at.first for e in checklist.entries for spot in e.spots)
    where = "Reported on page, lines" if numbered else "Reported on page"
    head = Row(tuple(Cell(_said(text), head=True) for text in ("Topic", "Item", "What is asked", where)))
    rows = tuple(map(_row, checklist.entries))
    table = Table("", (), (head,), rows, kind="checklist", grouped=True)
    blocks = (table, Paragraph(_said(_source(checklist))))
    title = _said(f"{guideline.name} checklist")
    return sheet(
        title, [Section((), blocks)], language=_LANGUAGE, kind=f"Edition {guideline.edition}", facts=_facts(checklist)
    )


def _said(text: str) -> Run:
    return said(text, _LANGUAGE)


def _facts(checklist: Checklist) -> Iterator[Fact]:
    made = checklist.manuscript
    pages = f"{made.pages} page{'s' if made.pages != 1 else ''}"
    rows = {
        "Title": printed(checklist.title),
        "Journal": printed(checklist.profile.name if checklist.profile.publisher else ""),
        "Manuscript": printed(f"{made.file}, {pages}, SHA-256 {made.digest[:_SHORT]}"),
        "Case file": printed(f"SHA-256 {checklist.case_digest[:_SHORT]}"),
        "Items": _said(_summary(checklist)),
    }
    yield from (Fact(_said(label), run) for label, run in rows.items() if run)


def _summary(checklist: Checklist) -> str:
    asked = len(checklist.entries) - checklist.count("waived")
    counts = {
        "reported in part": checklist.count("weak"),
        "not reported": checklist.count("missing"),
        "to be decided by the author": checklist.count("needs_human"),
        "not applicable": checklist.count("waived"),
    }
    first = f"{checklist.count('present', 'weak')} of {asked} applicable items reported"
    return "; ".join((first, *(f"{number} {words}" for words, number in counts.items() if number)))


def _row(entry: Entry) -> Row:
    topic, _, detail = entry.item.topic.partition(" - ")
    asked = f"{detail[:1].upper()}{detail[1:]}: {entry.item.requirement}" if detail else entry.item.requirement
    cells = (
        Cell(_said(topic), head=True),
        Cell(printed(entry.item.id)),
        Cell(_said(asked)),
        Cell(_reported(entry)),
    )
    return Row(cells)


def _reported(entry: Entry) -> Run:
    """Return where an item is reported, or why it is not."""
    places = _places(entry.spots)
    if entry.elsewhere:
        return _said(f"Not in the manuscript: {entry.reason}")
    match entry.state:
        case "missing":
            return _said("Not reported")
        case "waived":
            return (*_said("Not applicable: "), Text(entry.reason or ""))
        case "needs_human":
            return (*_said("To be decided by the author"), *((Text(": "), *places) if places else ()))
        case "weak":
            return (*places, Text(" (in part)")) if places else _said("In part; page not found")
    return places or _said("Page not found")


def _places(spots: Iterable[Spot]) -> Run:
    """Return stretches, those of a page together: ``p. 3, lines 46–47, 63–70; p. 4``."""
    pages: dict[int, list[PrintedAt]] = {}
    for spot in spots:
        pages.setdefault(spot.at.page, []).append(spot.at)
    return joined([_page(page, found) for page, found in pages.items()], "; ")


def _page(page: int, found: list[PrintedAt]) -> Run:
    """Return the stretches of a page; neither a page nor a range of lines is divided at the end of a line."""
    lines = [_lines(at) for at in found if at.first is not None]
    several = len(lines) > 1 or "–" in "".join(lines)
    words = f"p.\u00a0{page}, {'lines' if several else 'line'}\u00a0" if lines else f"p.\u00a0{page}"
    ranges: list[Run] = [(Styled("nobreak", (Text(line),)),) for line in lines]
    return (Text(words), *joined(ranges, ", "))


def _lines(at: PrintedAt) -> str:
    return str(at.first) if at.first == at.last else f"{at.first}–{at.last}"


def _source(checklist: Checklist) -> str:
    sources = "; ".join(checklist.guideline.source)
    return (
        f"What is asked is given in our own words after {checklist.guideline.name} ({sources}). "
        "Pages and lines are those of the manuscript named above."
    )
