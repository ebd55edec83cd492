"""The rows of the table of laboratory results: a grid of times in bands, or where times are many, a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter import unit as units
from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Cell, Citation, Inline, Row, Run, Styled, Text
from casewriter.article.singles import unusual
from casewriter.article.tables import Notes, body_row, flagged
from casewriter.article.tracks import plotted, track
from casewriter.article.walk import capitalised, map_run
from casewriter.model.laboratory import Result
from casewriter.model.naming import slug
from casewriter.model.order import Thing, in_order
from casewriter.model.quantity import Point
from casewriter.plot import Track
from casewriter.problem import Path

MOST_TIMES = 7
"""Columns of times that fit a page; more stand in bands, one under the other."""
MOST_BANDS = 3
"""Bands in which a table is still read; beyond, each measurement has a row of its own."""


class Line(Struct, frozen=True):
    """One test with its measurements by time label."""

    result: Result
    path: Path
    points: tuple[tuple[Run, Point], ...]


def columns(make: Builder, lines: Sequence[Line]) -> list[Run]:
    """Return the distinct times in order: by day where known, else between their neighbours in a series."""
    times: dict[Run, Thing] = {}
    for line in lines:
        for label, point in line.points:
            times.setdefault(label, Thing(make.telling.chronology.days(point.at or line.result.at)))
    labels = list(times)
    undated = {label for label, thing in times.items() if thing.day is None}
    edges = [
        (labels.index(first), labels.index(second))
        for line in lines
        for (first, _), (second, _) in pairwise(line.points)
        if first in undated or second in undated
    ]
    return [labels[place] for place in in_order(list(times.values()), edges)]


class Grid(Struct):
    """The rows under way: footnotes and flags are gathered, a name that is repeated is found again."""

    make: Builder
    notes: Notes
    flags: set[str]
    with_reference: bool
    names: dict[Path, Run] = field(default_factory=dict)

    def bands(self, times: list[Run]) -> list[list[Run]]:
        """Return the times in bands of like length; nothing where a list is read more easily."""
        count = max(1, -(-len(times) // MOST_TIMES))
        size = max(1, -(-len(times) // count))
        return [times[n * size : (n + 1) * size] for n in range(count)] if count <= MOST_BANDS else []

    def band(self, times: list[Run], lines: Sequence[Line]) -> list[Row]:
        """Return the head and the rows of a band: of the tests that have a value in it."""
        first = not self.names
        here = [one for one in lines if any(label in times for label, _ in one.points) or (first and not one.points)]
        rows = [self._head(self._times(times, lines))]
        for panel, some in self._panels(here, max(1, len(times)), anchored=first):
            rows += panel
            for line in some:
                rows += self._wide(line, times)
        return rows

    def listing(self, lines: Sequence[Line]) -> list[Row]:
        """Return the head and the rows of a list: a row for each measurement."""
        make = self.make
        last = [
            Cell(make.text(make.word("time")), head=True),
            Cell(make.text(make.word("result")), head=True, numeric=True),
        ]
        rows = [self._head(last)]
        for panel, some in self._panels(lines, 2, anchored=True):
            rows += panel
            for line in some:
                rows += self._long(line)
        return rows

    def _times(self, times: list[Run], lines: Sequence[Line]) -> list[Cell]:
        """Return the heads of the columns of times, in short words."""
        result = self.make.text(self.make.word("result"))
        at = {label: point.at or line.result.at for line in lines for label, point in line.points}
        names = [capitalised(self.make.when(at[label], short=True)) or result for label in times] or [result]
        return [Cell(name, head=True, numeric=True) for name in names]

    def _head(self, last: list[Cell]) -> Row:
        first = ("test", "reference") if self.with_reference else ("test",)
        return Row((*(Cell(self.make.text(self.make.word(key)), head=True) for key in first), *last))

    def _panels(self, lines: Sequence[Line], times: int, *, anchored: bool) -> Iterator[tuple[list[Row], list[Line]]]:
        """Yield the tests of each panel, behind the row that names it; links lead to its first one."""
        assert self.make.case.labs is not None
        order = list(dict.fromkeys(line.result.panel or "" for line in lines))
        for number, name in enumerate(order):
            some = [line for line in lines if (line.result.panel or "") == name]
            if not name and not number:
                yield [], some
                continue
            place: Path = ("labs", *self.make.case.labs.panel_place(some[0].path[1:]))
            run = self.make.prose.inline(name, place)
            cell = Cell(run, head=True, span=1 + times + self.with_reference)
            anchor = f"tbl-labs-{slug(name)}" if anchored or not self._named(some) else ""
            yield [Row((cell,), group=True, anchor=anchor, origin=place)], some

    def _named(self, lines: Sequence[Line]) -> bool:
        return any(line.path in self.names for line in lines)

    def _first(self, line: Line) -> tuple[Cell, ...]:
        """Return the first cells of a test: its name, its reference interval."""
        cells = (Cell(self._name(line)), _reference(self.make, line.result))
        return cells if self.with_reference else cells[:1]

    def _name(self, line: Line) -> Run:
        if line.path in self.names:
            return map_run(self.names[line.path], _anew)
        self.names[line.path] = _name(self.make, line, self.notes)
        return self.names[line.path]

    def _wide(self, line: Line, times: list[Run]) -> list[Row]:
        """Return rows with one value a time; a second value at the same time goes to a row of its own."""
        trend = None if line.path in self.names else _trend(self.make, line)
        first = self._first(line)
        rows: list[Row] = []
        rest = [(label, point) for label, point in line.points if label in times]
        while rest or not rows:
            cells, later = {}, []
            for label, point in rest:
                if label in cells:
                    later.append((label, point))
                else:
                    cells[label] = self._value(line, point)
            ordered = [cells.get(label, Cell(numeric=True)) for label in times] or [Cell(numeric=True)]
            lead = tuple(Cell() for _ in first) if rows else first
            rows.append(replace(body_row((*lead, *ordered), line.path), trend=None if rows else trend))
            rest = later
        return rows

    def _long(self, line: Line) -> list[Row]:
        first = self._first(line)
        rows = []
        for number, (label, point) in enumerate(line.points):
            lead = tuple(Cell() for _ in first) if number else first
            rows.append(body_row((*lead, Cell(label), self._value(line, point)), line.path))
        return rows or [body_row((*first, Cell(), Cell()), line.path)]

    def _value(self, line: Line, point: Point) -> Cell:
        make = self.make
        run, flag = flagged(make, line.result, point)
        if flag:
            self.flags.add(f"said_{flag}" if flag in ("low", "high") and line.result.reference is None else flag)
        index = line.result.series.index(point) if line.result.series else 0
        note = make.said(point.note, (*line.path, "series", index, "note"))
        if point.value is not None and point.value.not_done is not None:
            run = make.text(make.word("not_done"))
            note = make.joined([make.text(f"{make.word('not_done')}: {point.value.not_done}"), note])
        assert make.case.labs is not None
        origin: Path = ("labs", *make.case.labs.value_place(line.path[1:], index))
        return Cell((*run, *self.notes.mark(note)), numeric=True, flag=flag, origin=origin)


def _anew(node: Inline) -> Inline:
    """Return a citation that is printed a second time, a place of its own for links back."""
    return replace(node) if isinstance(node, Citation) else node


def _trend(make: Builder, line: Line) -> Track | None:
    """Return the course of a test that has numbers at two known times or more."""
    points = [one for _, point in line.points if (one := plotted(make, line.result, point))]
    found = track(make, line.result, line.path, sorted(points, key=lambda one: one.days)) if len(points) > 1 else None
    return found if found and found.repeated else None


def _name(make: Builder, line: Line, notes: Notes) -> Run:
    result, path = line.result, line.path
    if result.test or result.label:
        key = "test" if result.test else "label"
        name = make.said(result.test or result.label, (*path, key))
    else:
        name = make.said(result.tests, (*path, "tests"))
    printed = units.printed(result.unit) if result.unit else ""
    if printed:
        name = (*name, Text(" "), Styled("nobreak", (Text(f"({printed})"),)))
    specimen = result.specimen if unusual(result) else None
    remarks = [make.said(specimen, (*path, "specimen")), make.said(result.method, (*path, "method"))]
    if result.test:
        remarks += [make.said(result.label, (*path, "label")), make.said(result.tests, (*path, "tests"))]
    remarks += [make.said(result.condition, (*path, "condition")), make.said(result.note, (*path, "note"))]
    reported = make.when(result.reported_at)
    remarks.append(make.phrase("reported", reported) if reported else ())
    remarks.append(make.text(quantities.also(result, make.words, make.telling.language)))
    return (*name, *notes.mark(make.joined(remarks)))


def _reference(make: Builder, result: Result) -> Cell:
    text = quantities.reference(result.reference, make.telling.language) if result.reference else ""
    return Cell(make.text(text))
