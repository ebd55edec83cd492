"""A treatment in the course of a case: a bar in time, with its doses as steps and each dose above its step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.label import Box
from casewriter.plot.lettering import SMALL, width
from casewriter.plot.row import Row, free, label
from casewriter.plot.scale import AxisScale
from casewriter.plot.series import PlottedDose, PlottedTreatment

BAR = 8.0
"""Height of a bar without steps."""
_TALLEST = 30.0  # of a step
_STUB = 9.0  # a last dose whose end is not known
_LIFT = 3.0
_HIGHEST = 48.0  # how far above a bar its label may stand
PLAIN, SUSPECT = "#7b9aa1", "#b5532a"


class _Text(Struct, frozen=True):
    """A label at its place: x of its middle, y of its baseline, and the end of the stroke that leads to it."""

    x: float
    y: float
    text: str
    foot: float


def treatment_row(treatment: PlottedTreatment, time: AxisScale, room: float) -> Row:
    """Return the row of a treatment; the bars stand on the bottom of it."""
    bars = _bars(treatment, time)
    texts, left_out = _texts(treatment, bars, time)
    height = max([-bar.top for bar in bars] + [SMALL * 0.75 - text.y for text in texts] + [BAR])
    lines = label(treatment.label, [treatment.detail] if treatment.detail else [], room, bold=False)

    def draw(top: float) -> Iterator[str]:
        base = top + height
        yield from _drawn(treatment, bars, time, base)
        for text in texts:
            if text.foot - text.y > _LIFT + 1:
                yield svg.line((text.x, base + text.y + 1.5), (text.x, base + text.foot), svg.GREY, 0.5)
            yield svg.text(text.x, base + text.y, text.text, text_anchor="middle", font_size=SMALL)

    return Row(lines, height, draw, _marks(treatment, texts) | ({"unlabelled"} if left_out else set()))


def _marks(treatment: PlottedTreatment, texts: Sequence[_Text]) -> frozenset[str]:
    """Return the names of the marks that a treatment is drawn with."""
    if treatment.once:
        return frozenset({"once"})
    found = {
        "suspect" if treatment.suspect else "bar": True,
        "dose": bool(texts) and len(treatment.doses) > 1,
        "ongoing": treatment.ongoing,
        "open_end": treatment.open_end,
        "change": bool(treatment.changes),
    }
    return frozenset(name for name, there in found.items() if there)


def _heights(doses: Sequence[PlottedDose]) -> list[float]:
    """Return the height of each step: in proportion to the dose where all are numbers of one unit."""
    amounts = [dose.amount for dose in doses if dose.amount is not None]
    if len(amounts) < len(doses) or len(set(amounts)) < 2:
        return [BAR] * len(doses)
    return [max(1.5, _TALLEST * amount / max(amounts)) for amount in amounts]


def _bars(treatment: PlottedTreatment, time: AxisScale) -> list[Box]:
    """Return the step of each dose, standing on 0; a dose of nothing has no height."""
    bars = []
    for place, (dose, tall) in enumerate(zip(treatment.doses, _heights(treatment.doses), strict=True)):
        left, last = time.at(dose.start), place == len(treatment.doses) - 1
        right = max(time.at(dose.end), left + 0.8)
        right = min(right + _STUB, time.right + 6) if last and treatment.open_end else right
        right = time.right + 6 if last and treatment.ongoing else right
        bars.append(Box(left, -tall, right, 0.0))
    return bars


def _texts(treatment: PlottedTreatment, bars: Sequence[Box], time: AxisScale) -> tuple[list[_Text], int]:
    """Return the labels over the steps and the changes, and how many had no room."""
    wishes: list[tuple[float, float, str]] = []
    if len(bars) > 1:
        doses = zip(bars, treatment.doses, strict=True)
        wishes += [((bar.left + bar.right) / 2, bar.top, dose.text) for bar, dose in doses if dose.text]
    wishes += [(time.at(day), min(bar.top for bar in bars), what) for day, what in treatment.changes if what]
    if treatment.stopped and not treatment.open_end:
        wishes.append((bars[-1].right + 5 + width(treatment.stopped, SMALL) / 2, 0.0, treatment.stopped))
    taken, found = list(bars), []
    for x, top, text in wishes:
        if text_at := _placed(x, top, svg.clean(text), taken, time):
            found.append(text_at)
            wide = width(text_at.text, SMALL)
            taken.append(_box(text_at.x, text_at.y, wide))
    return found, len(wishes) - len(found)


def _box(x: float, y: float, wide: float) -> Box:
    return Box(x - wide / 2 - 1.5, y - SMALL * 0.75, x + wide / 2 + 1.5, y + SMALL * 0.22)


def _placed(x: float, top: float, text: str, taken: Sequence[Box], time: AxisScale) -> _Text | None:
    """Return a label over a place, as low as it has room; None where there is none."""
    wide = width(text, SMALL)
    left, right = time.left - 4 + wide / 2, time.right + 8 - wide / 2
    if left > right:
        return None
    middle = min(max(x, left), right)
    y = top - _LIFT if top < 0 else -0.5
    while y > top - _HIGHEST:
        if free(_box(middle, y, wide), taken):
            return _Text(middle, y, text, top)
        y -= 1.5
    return None


def _drawn(treatment: PlottedTreatment, bars: Sequence[Box], time: AxisScale, base: float) -> Iterator[str]:
    fill = SUSPECT if treatment.suspect else svg.DEEP if len(bars) > 1 else PLAIN
    if treatment.once:
        x, y, r = time.at(treatment.doses[0].start), base - BAR / 2, BAR / 2
        yield svg.shape(((x, y - r), (x + r, y), (x, y + r), (x - r, y)), fill)
        return
    for place, bar in enumerate(bars):
        last = place == len(bars) - 1
        yield _bar(bar, base, fill, arrow=last and treatment.ongoing)
        if place and bar.top == bars[place - 1].top:
            yield svg.line((bar.left, base + bar.top), (bar.left, base), "#ffffff", 0.9)
        if treatment.suspect:
            yield from _stripes(bar, base)
    if treatment.open_end:
        yield from _open_end(bars[-1], base)
    for day, _ in treatment.changes:
        x = time.at(day)
        yield svg.shape(((x - 3, base - BAR), (x + 3, base - BAR), (x, base - BAR + 4)), "#ffffff", svg.INK, 0.6)


def _bar(bar: Box, base: float, fill: str, *, arrow: bool) -> str:
    top, bottom = base + bar.top, base
    if not arrow:
        return svg.shape(((bar.left, top), (bar.right, top), (bar.right, bottom), (bar.left, bottom)), fill)
    neck = max(bar.left, bar.right - 6)
    corners = ((bar.left, top), (neck, top), (bar.right, (top + bottom) / 2), (neck, bottom), (bar.left, bottom))
    return svg.shape(corners, fill)


def _stripes(bar: Box, base: float) -> Iterator[str]:
    """Draw white strokes across a bar, so that it differs without colour as well."""
    tall = -bar.top
    x = bar.left + 3
    while x + tall * 0.6 < bar.right:
        yield svg.line((x, base), (x + tall * 0.6, base + bar.top), "#ffffff", 1.1)
        x += 6


def _open_end(bar: Box, base: float) -> Iterator[str]:
    """Draw gaps at the end of a bar: it went on for an unknown time."""
    for x in (bar.right - 2.2, bar.right - 5.2):
        yield svg.line((x, base + bar.top), (x, base), "#ffffff", 1.4)
