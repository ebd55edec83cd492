"""The earlier cases as a table: the report with its citation, who it was, how it presented and ended."""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.citing import style_of
from casewriter.article.columns import Line, body
from casewriter.article.nodes import Block, Citation, Run, Table, Text
from casewriter.article.tables import Notes, head
from casewriter.article.walk import capitalised
from casewriter.citation import Cited, LibraryItem
from casewriter.model.case import PRIOR_CASES
from casewriter.model.literature import PriorCase
from casewriter.model.name import Name
from casewriter.model.reference import Reference
from casewriter.problem import Path, Problem, did_you_mean

PATH: Path = ("prior_cases",)
_COLUMNS = {
    "prior_report": "reference",
    "prior_patients": "patients",
    "age": "age",
    "sex": "sex",
    "prior_findings": "presentation",
    "glance_treatment": "treatment",
    "prior_outcome": "outcome",
}
"""The columns, of which those that a record fills are printed: the word in the head of each, and its key."""
_MORE = "more: "
"""Before the heading of a column of the author's own, which may be a word of ours too."""


def prior_cases(make: Builder) -> list[Block]:
    """Return the table of the earlier cases; of one without rows its caption, which is then all that it says."""
    found = make.case.prior_cases
    if found is None or not found.items:
        return make.captioned(found, "prior_cases") if found else []
    lines = [_line(make, one, (*PATH, "items", number)) for number, one in enumerate(found.items)]
    own = list(dict.fromkeys(name for one in found.items for name in one.more))
    kept = [word for word in _COLUMNS if any(line.cells[word] for line in lines)]
    notes = Notes()
    rows = body(make, (*kept, *(_MORE + name for name in own)), lines, notes)
    heads = head(
        *(capitalised(make.text(make.word(key))) for key in kept), *(capitalised(make.text(name)) for name in own)
    )
    caption = make.said(found.caption, (*PATH, "caption")) or make.text(make.word("prior_cases_caption"))
    return [Table(PRIOR_CASES, caption, heads, tuple(rows), notes.all(), PRIOR_CASES, origin=PATH)]


def _line(make: Builder, one: PriorCase, path: Path) -> Line:
    cells = {word: make.said(getattr(one, key), (*path, key)) for word, key in _COLUMNS.items()}
    report = _report(make, one.reference, (*path, "reference"))
    cells["prior_report"] = make.joined([report, make.said(one.label, (*path, "label"))], ", ")
    cells |= {_MORE + name: make.said(text, (*path, "more", name)) for name, text in one.more.items()}
    return Line(cells, make.said(one.note, (*path, "note")), path)


def _report(make: Builder, key: str, path: Path) -> Run:
    """Return who reported a case and when, with the citation; of a style that cites by name, the citation alone."""
    telling = make.telling
    item = telling.library.items.get(key)
    citation = Citation((Cited(key),))
    if item is None:
        hint = did_you_mean(key, telling.library.items) or "add it under references"
        telling.problems.append(Problem(kinds.UNDEFINED_KEY, f"no reference has the key “{key}”", path, hint=hint))
        return (citation,)
    named = _named(make, item) if style_of(telling.profile).numeric else ()
    return (*named, Text(" "), citation) if named else (citation,)


def _named(make: Builder, item: LibraryItem) -> Run:
    """Return “Müller et al. 1959”; nothing of a reference that is still to be found."""
    if item.withheld:
        return make.text(item.withheld)
    if item.placeholder:
        return ()
    run = make.joined([_authors(make, item.reference), make.plain(_year(item.reference))], " ")
    return tuple(replace(node, origin=item.path) if isinstance(node, Text) else node for node in run)


def _authors(make: Builder, reference: Reference) -> Run:
    """Return the authors as a text cites them: one, two, or the first and “et al.”."""
    names = [make.plain(_family(name)) for name in reference.author]
    if len(names) > 2 or (names and reference.authors_truncated):
        return (*names[0], Text("\u00a0et al."))
    return make.phrase("and", *names) if len(names) == 2 else names[0] if names else ()


def _family(name: Name) -> str:
    return name.literal or " ".join(filter(None, (name.non_dropping_particle, name.family))) or name.given or ""


def _year(reference: Reference) -> str:
    issued = reference.issued
    if issued is None:
        return ""
    return str(issued.year) if issued.year is not None else issued.literal or ""
