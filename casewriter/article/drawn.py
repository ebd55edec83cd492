"""Figures drawn from the data: laboratory values, timeline, course; they stand only where the text calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from casewriter import plot
from casewriter.article.builder import Builder
from casewriter.article.doses import treatments
from casewriter.article.legend import legend, sentence
from casewriter.article.nodes import Figure, Panel, Run
from casewriter.article.timeline import in_order, label
from casewriter.article.tracks import chosen, tracks
from casewriter.article.walk import plain
from casewriter.article.words import fill
from casewriter.image import Picture
from casewriter.model.duration import Duration
from casewriter.plot import figures
from casewriter.template import find_template

MOST_PANELS, MOST_ROWS = 8, 6
"""Tests in the figure of laboratory values and in that of the course, where the author chooses none."""
_MOST_TOLD = 6
"""Values of a test that the description names."""
Choices = Mapping[str, Sequence[str]]


def drawn_figures(make: Builder, called: Choices) -> list[Figure]:
    """Return the figures that a text calls and the data allow, unnumbered; `called` gives the tests chosen for each."""
    makers = {"labs": _laboratory, "timeline": _timeline, "course": _course}
    with make.telling.unheard():
        found = [makers[name](make, names) for name, names in called.items()]
    return [figure for figure in found if figure is not None]


def can_draw(make: Builder, name: str, names: Sequence[str]) -> bool:
    """Return whether the data allow a figure."""
    match name:
        case "labs":
            return bool(_shown(make, names))
        case "timeline":
            return bool(_events(make))
        case _:
            return bool(chosen(tracks(make), names, MOST_ROWS)) or bool(treatments(make)[0])


def undrawable(make: Builder, names: Sequence[str]) -> list[str]:
    """Return the chosen tests that have no number with a known time."""
    known = {one.name for one in tracks(make)}
    return [name for name in names if name not in known]


def _shown(make: Builder, names: Sequence[str]) -> list[plot.Track]:
    return chosen([one for one in tracks(make) if one.repeated or one.name in names], names, MOST_PANELS)


def _laboratory(make: Builder, names: Sequence[str]) -> Figure | None:
    found = _shown(make, names)
    if not found:
        return None
    words, sheet = figure_words(make, "plot_labs_title", ", ".join(one.label for one in found)), sheet_of(make)
    kept = list(found)
    while len(kept) > 1 and _height(svg := figures.laboratory(kept, words, sheet)) > sheet.height:
        kept.pop()
    svg = figures.laboratory(kept, words, sheet)
    marks = frozenset[str]().union(*(figures.test_marks(one) for one in kept))
    left = _left_out(make, "plot_no_room", [one.label for one in found if one not in kept])
    note = make.joined([legend(make, marks, kept), left], " ")
    narrow = figures.laboratory(kept, words, figures.PHONE)
    figure = _figure(make, "labs", (svg, narrow), "plot_labs_caption", _told(make, kept))
    return replace(figure, data=tuple(kept), note=note)


def _timeline(make: Builder, names: Sequence[str]) -> Figure | None:
    del names
    events = _events(make)
    if not events:
        return None
    said = "; ".join(event.label for event in events)
    svg = figures.course(events, figure_words(make, "plot_course_title", said), sheet_of(make))
    return replace(_figure(make, "timeline", (svg, ""), "plot_course_caption", said), data=tuple(events))


def _course(make: Builder, names: Sequence[str]) -> Figure | None:
    given, undated = treatments(make)
    tests = chosen(tracks(make), names, MOST_ROWS)
    if not given and not tests:
        return None
    caption = "plot_clinical_caption" if given and tests else "plot_labs_caption" if tests else "plot_treatment_caption"
    sheet = sheet_of(make)
    words = figure_words(make, caption, ", ".join([*(one.label for one in given), *(one.label for one in tests)]))
    shown, curves, drawn = _fitted(given, tests, words, sheet)
    said = "; ".join(part for part in (_told_treatments(make, shown), _told(make, curves)) if part)
    narrow = figures.clinical_course(shown, curves, words, figures.PHONE)
    gone = [*(one.label for one in given if one not in shown), *(one.label for one in tests if one not in curves)]
    texts = [part for one in shown for part in (one.label, one.detail)]
    notes = [legend(make, drawn.marks, curves, texts), _left_out(make, "plot_undated", undated)]
    note = make.joined([*notes, _left_out(make, "plot_no_room", gone)], " ")
    figure = _figure(make, "course", (drawn.svg, narrow.svg), caption, said)
    return replace(figure, data=(*shown, *curves), note=note)


def _fitted(
    given: Sequence[plot.PlottedTreatment], tests: Sequence[plot.Track], words: plot.Words, sheet: figures.Sheet
) -> tuple[list[plot.PlottedTreatment], list[plot.Track], figures.Drawn]:
    """Return the treatments and tests that one page holds, and the figure of them; the longer list gives way first."""
    shown, curves = list(given), list(tests)
    drawn = figures.clinical_course(shown, curves, words, sheet)
    while drawn.height > sheet.height and len(shown) + len(curves) > 1:
        if len(shown) > 2 * len(curves):
            shown.remove(min(reversed(shown), key=_weight))
        else:
            curves.pop()
        drawn = figures.clinical_course(shown, curves, words, sheet)
    return shown, curves, drawn


def _weight(one: plot.PlottedTreatment) -> tuple[bool, int, bool, float]:
    """Return what keeps a treatment in the figure: a suspicion, steps, that it goes on, its length."""
    return one.suspect, len(one.doses) + len(one.changes), one.ongoing, max(one.times) - min(one.times)


def sheet_of(make: Builder) -> figures.Sheet:
    """Return the sheet that the page of the template is; without one, that of the reading copy."""
    page = make.telling.page or find_template("article").geometry
    return figures.printed(page.text_width, page.tallest_figure)


def _height(svg: str) -> float:
    return _size(svg)[1]


def _size(svg: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def picture_of(svg: str) -> Picture:
    """Return an SVG as a picture of its size."""
    width, height = _size(svg)
    return Picture(svg.encode(), "image/svg+xml", round(width), round(height))


def _figure(make: Builder, target: str, svgs: tuple[str, str], caption: str, said: str) -> Figure:
    wide, narrow = svgs
    alt = f"{make.word(caption)}: {said}"
    panel = Panel("", (), alt, "", picture_of(wide), narrow=picture_of(narrow) if narrow else None, origin=(target,))
    return Figure(target, sentence(make.text(make.word(caption))), (panel,), origin=(target,))


def _left_out(make: Builder, key: str, names: Sequence[str]) -> Run:
    return sentence(make.text(fill(make.words, key, ", ".join(names)))) if names else ()


def _told(make: Builder, found: Sequence[plot.Track]) -> str:
    """Return tests in words: each with its values outside the range, or its first and last value, and their times."""
    said = []
    for one in found:
        flagged = [point for point in one.points if point.flag]
        points = flagged or list(dict.fromkeys((one.points[0], one.points[-1])))
        letters = {flag: make.word(f"flag_{flag}") for flag in {point.flag for point in flagged}}
        texts = [
            " ".join(part for part in (point.text, "" if point.marked else letters.get(point.flag, "")) if part)
            + f" ({point.when})"
            for point in points[:_MOST_TOLD]
        ]
        more = " …" if len(points) > _MOST_TOLD else ""
        reference = f"{make.word('reference_range')} {one.reference}" if (one.low, one.high) != (None, None) else ""
        detail = "; ".join(part for part in (one.unit, reference) if part)
        said.append(f"{one.label}{f' ({detail})' if detail else ''}: {', '.join(texts)}{more}")
    return "; ".join(said)


def _told_treatments(make: Builder, shown: Sequence[plot.PlottedTreatment]) -> str:
    said = []
    for one in shown:
        doses = "–".join(dose.text for dose in one.doses) if len(one.doses) > 1 else ""
        end = make.words["ongoing"] if one.ongoing else one.stopped
        said.append(" ".join(part for part in (one.label, doses, one.detail, f"({end})" if end else "") if part))
    return "; ".join(said)


def figure_words(make: Builder, title: str, description: str) -> plot.Words:
    """Return the words of a figure in the language of the case."""
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
        kinds={"treatment": make.word("plot_treatment"), "labs": make.word("plot_labs")},
    )


def _events(make: Builder) -> list[plot.PlottedEvent]:
    """Return the entries of the timeline whose time is known."""
    events = []
    for entry in in_order(make):
        start = make.telling.chronology.placed(entry.at)
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
