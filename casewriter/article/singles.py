"""Results of tests that were done once, beside a table of those that were repeated: named in its notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Run, Styled, Text
from casewriter.model.laboratory import Result
from casewriter.model.naming import slug
from casewriter.model.quantity import Point
from casewriter.model.records import texts
from casewriter.problem import Path

Single = tuple[Path, Result, Run]
"""A result, its path, and its time as printed."""


def mentioned_panels(make: Builder) -> frozenset[str]:
    """Return the panels that a text mentions, as ``@tbl-labs.thyroid``: they have a row in the table to lead to."""
    found = [str(text) for _, text in texts(make.case) if "@tbl-labs." in text]
    names = {slug(row.panel) for _, row in (make.case.labs.rows() if make.case.labs else ()) if row.panel}
    return frozenset(name for name in names if any(f"@tbl-labs.{name}" in text for text in found))


def once(make: Builder, singles: Sequence[Single], flags: set[str]) -> tuple[tuple[str, Run], ...]:
    """Return the notes that name results, one for each time; `flags` gathers the letters that they use."""
    times: dict[Run, list[Single]] = {}
    for single in singles:
        times.setdefault(single[2], []).append(single)
    notes = []
    for time, found in times.items():
        head = make.phrase("once_at", time) if time else make.text(make.word("once"))
        said = _by_panel(make, found, flags)
        notes.append(("", (Styled("emphasis", (*head, Text(make.words["colon"].rstrip()))), Text(" "), *said)))
    return tuple(notes)


def _by_panel(make: Builder, found: Iterable[Single], flags: set[str]) -> Run:
    panels: dict[str, tuple[Run, list[Run]]] = {}
    assert make.case.labs is not None
    for path, result, _ in found:
        panel = make.said(result.panel, ("labs", *make.case.labs.panel_place(path[1:])))
        panels.setdefault(result.panel or "", (panel, []))[1].append(_said(make, path, result, flags))
    parts = [(panel, make.joined(said)) for panel, said in panels.values()]
    return make.joined([make.joined([panel, said], make.words["colon"]) for panel, said in parts], ". ")


def _said(make: Builder, path: Path, result: Result, flags: set[str]) -> Run:
    """Return ``Haemoglobin 124 g/L (120–160)``: name, value with unit and flag, in brackets reference and remarks."""
    (point,) = result.points()
    key = "test" if result.test else "label" if result.label else "tests"
    name = make.said(getattr(result, key), (*path, key))
    text = quantities.with_unit(point.value, result.unit, make.words, make.telling.language) if point.value else ""
    value = _flagged(make, result, point, text, flags)
    reference = quantities.reference(result.reference, make.telling.language) if result.reference else ""
    keys = [k for k in ("label", "tests") if k != key and result.test] + ["method", "condition", "note"]
    if result.reference and result.reference.word:
        reference = f"{make.inside('reference')} {reference}"
    remarks = [make.text(reference), make.text(quantities.also(result, make.words, make.telling.language))]
    remarks += [make.said(result.specimen, (*path, "specimen"))] if unusual(result) else []
    remarks += [make.said(getattr(result, k), (*path, k)) for k in keys]
    remarks += [make.said(p.note, (*path, "series", n, "note")) for n, p in enumerate(result.series)]
    if reported := make.when(result.reported_at):
        remarks.append(make.phrase("reported", reported))
    return make.bracketed(make.joined([name, value], " "), remarks)


def _flagged(make: Builder, result: Result, point: Point, text: str, flags: set[str]) -> Run:
    flag = quantities.flag(result, point)
    if not flag:
        return make.text(text)
    flags.add(f"said_{flag}" if flag in ("low", "high") and result.reference is None else flag)
    letter = "" if quantities.is_marked(result, point, flag) else f"\u00a0{make.word(f'flag_{flag}')}"
    return (Styled("strong", (*make.text(text), *((Text(letter),) if letter else ()))),)


def unusual(result: Result) -> bool:
    """Return whether a specimen is to be named: not that of most tests."""
    return bool(result.specimen) and str(result.specimen).lower() not in ("serum", "blood", "plasma")
