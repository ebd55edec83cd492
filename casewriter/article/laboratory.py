"""The table of laboratory results: tests that were repeated as a grid, those done once in its notes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.article.aligned import aligned
from casewriter.article.builder import Builder
from casewriter.article.labgrid import Grid, Line, columns
from casewriter.article.nodes import Block, Run, Table
from casewriter.article.singles import mentioned_panels, once
from casewriter.article.tables import Notes
from casewriter.model.laboratory import Result
from casewriter.model.naming import slug
from casewriter.problem import Path


def labs(make: Builder) -> list[Block]:
    """Return the laboratory part: prose, then the table."""
    found = make.case.labs
    if found is None:
        return []
    blocks: list[Block] = list(make.prose.blocks(found.narrative, ("labs", "narrative")))
    return [*blocks, laboratory_table(make)] if found.rows() else blocks


def laboratory_table(make: Builder) -> Table:
    """Return every result of the case in one table, panel by panel; tests done once are named in its notes."""
    found = make.case.labs
    assert found is not None
    lines = [_line(make, result, ("labs", *path)) for path, result in found.rows()]
    series, singles = _divided(make, lines)
    grid = Grid(make, Notes(), set(), any(line.result.reference for line in series))
    bands = grid.bands(columns(make, series))
    parts = [grid.band(band, series) for band in bands] if bands else [grid.listing(series)]
    (head, *body), *others = parts
    for part in others:
        body += [replace(part[0], band=True), *part[1:]]
    apart = once(make, [(line.path, line.result, _time(line)) for line in singles], grid.flags)
    key = make.text("; ".join(_key(make, grid.flags)))
    foot = ((("", key),) if key else ()) + grid.notes.all() + apart
    caption = make.said(found.caption, ("labs", "caption")) or make.text(make.word("labs_caption"))
    rows = aligned(body, make.telling.language)
    return Table("labs", caption, (head,), rows, foot, "labs", origin=("labs",))


def _divided(make: Builder, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the table, and in order of time those of tests done once beside tests that were repeated.

    What belongs to a panel that a text mentions has a row, and so has everything where little was repeated.
    """
    if not any(len(line.points) > 1 for line in lines):
        return lines, []
    panels = mentioned_panels(make)
    singles = [one for one in lines if len(one.points) == 1 and slug(one.result.panel or "") not in panels]
    order = {time: place for place, time in enumerate(columns(make, singles))}
    singles.sort(key=lambda line: order[_time(line)])
    apart = {line.path for line in singles}
    return [line for line in lines if line.path not in apart], singles


def _time(line: Line) -> Run:
    return line.points[0][0]


def _key(make: Builder, flags: set[str]) -> Iterator[str]:
    """Yield what each letter means; a flag that the author set on a test without a range says nothing of one."""
    for flag in ("low", "high", "abnormal", "critical"):
        if f"said_{flag}" in flags:
            yield make.word(f"flag_said_{flag}")
        elif flag in flags:
            yield make.word(f"flag_key_{flag}")


def _line(make: Builder, result: Result, path: Path) -> Line:
    points = []
    for point in result.points():
        at = point.at or result.at
        points.append((make.when(at), point))
    return Line(result, path, tuple(points))
