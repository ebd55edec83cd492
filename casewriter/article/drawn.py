"""Figures drawn from the data, laboratory values and the course; they stand only where the text calls them."""

from __future__ import annotations

import re
from dataclasses import replace

from casewriter import plot
from casewriter import unit as units
from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Figure, Panel
from casewriter.article.timeline import in_order, label
from casewriter.article.walk import plain
from casewriter.article.words import fill
from casewriter.image import Picture
from casewriter.model.duration import Duration
from casewriter.model.laboratory import Result
from casewriter.model.verdict import bounds_in, typed_unit


def drawn_figures(make: Builder) -> list[Figure]:
    """Return the figures that the data of the case allow, unnumbered."""
    figures = []
    if tracks := _tracks(make):
        said = ", ".join(track.label for track in tracks)
        svg = plot.laboratory(tracks, _words(make, "plot_labs_title", said))
        figures.append(replace(_figure(make, "labs", svg, "plot_labs_caption", said), data=tuple(tracks)))
    if events := _events(make):
        said = "; ".join(event.label for event in events)
        svg = plot.course(events, _words(make, "plot_course_title", said))
        figures.append(replace(_figure(make, "timeline", svg, "plot_course_caption", said), data=tuple(events)))
    return figures


def _figure(make: Builder, target: str, svg: str, caption: str, said: str) -> Figure:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (round(float(found[1])), round(float(found[2]))) if found else (0, 0)
    picture = Picture(svg.encode(), "image/svg+xml", width, height)
    alt = f"{make.word(caption)}: {said}"
    panel = Panel("", (), alt, "", picture, origin=(target,))
    return Figure(target, make.text(make.word(caption)), (panel,), origin=(target,))


def _words(make: Builder, title: str, description: str) -> plot.Words:
    index = make.case.timeline.index if make.case.timeline else None
    axis = fill(make.words, "time_from", plain(make.prose.inline(index, ("timeline", "index")))) if index else ""
    return plot.Words(
        title=make.word(title),
        description=description,
        time_axis=axis or make.word("time"),
        units={unit: make.words[unit].split("|")[1] for unit in ("y", "mo", "wk", "d", "h", "min")},
        reference=make.word("reference_range"),
        decimal="." if make.telling.language[:2] == "en" else ",",
        letters={flag: make.word(f"flag_{flag}") for flag in ("low", "high", "abnormal", "critical")},
    )


def _tracks(make: Builder) -> list[plot.Track]:
    """Return the tests that have numbers at two times or more."""
    tracks = []
    for path, row in make.case.labs.rows() if make.case.labs else ():
        points = _points(make, row)
        if len({point.days for point in points}) < 2:
            continue
        name = plain(make.prose.inline(row.short or row.test or row.label, ("labs", *path, "test")))
        low, high = (bounds_in(row.reference, row.unit) if row.reference else None) or (None, None)
        tracks.append(
            plot.Track(
                label=name,
                unit=units.printed(row.unit) if row.unit else "",
                points=tuple(points),
                low=low,
                high=high,
            )
        )
    return tracks


def _points(make: Builder, row: Result) -> list[plot.PlottedPoint]:
    points = []
    for point in row.points():
        days = make.telling.chronology.days(point.at or row.at)
        if days is None or point.value is None or point.value.number is None:
            continue
        value, _ = bounds_in(point.value, row.unit) or (None, None)
        unit = typed_unit(point.value, row.unit)
        if value is None or (unit and row.unit is None):
            continue
        text = quantities.value(point.value, make.words, make.telling.language)
        flag = quantities.flag(row, point)
        points.append(plot.PlottedPoint(days, value, text, flag, quantities.is_marked(row, point, flag), bool(unit)))
    return sorted(points, key=lambda point: point.days)


def _events(make: Builder) -> list[plot.PlottedEvent]:
    """Return the entries of the timeline whose time is known."""
    events = []
    for entry in in_order(make):
        start = make.telling.chronology.days(entry.at)
        if start is None:
            continue
        length: Duration | None = getattr(entry.record, "duration", None)
        bar = entry.kind == "intervention" or entry.path[0] == "timeline"
        end = make.telling.chronology.end(entry.record) if bar else None
        ongoing = bar and length is not None and length.ongoing
        short = getattr(entry.record, "short", None)
        said = make.prose.quoted(short) if short and not entry.merged else label(make, entry)
        events.append(plot.PlottedEvent(plain(said), start, end, entry.kind, ongoing))
    return events
