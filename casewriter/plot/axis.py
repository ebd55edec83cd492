"""The time axis under a figure or a panel."""

from __future__ import annotations

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.lettering import SIZE, SMALL, number, width, wrap
from casewriter.plot.scale import UNITS, AxisScale, Stretch
from casewriter.plot.series import Words

_GAP = 5.0
_ROW = 11.5


class _Mark(Struct, frozen=True):
    """A text centred at x."""

    x: float
    text: str
    size: float

    def clashes(self, other: _Mark) -> bool:
        room = (width(self.text, self.size) + width(other.text, other.size)) / 2 + _GAP
        return abs(self.x - other.x) < room


def time_axis(scale: AxisScale, y: float, words: Words, edges: tuple[float, float]) -> tuple[list[str], float]:
    """Draw the axis at y, its texts between two edges; return the markup and the height of it."""
    title = svg.clean(words.time_axis)
    units = [svg.clean(words.units.get(part.unit, part.unit)) for part in scale.stretches]
    body = rule(scale, y) + [_drawn(mark, y + 12, svg.INK) for mark in _labels(scale, edges)]
    depth = 12.0
    if len(units) == 1:
        title = f"{title} ({units[0]})"
    else:
        middles = [(part.left + part.right) / 2 for part in scale.stretches]
        for row in _rows([_mark(x, unit, edges) for x, unit in zip(middles, units, strict=True)]):
            depth += _ROW
            body += [_drawn(mark, y + depth, svg.GREY) for mark in row]
    for line in wrap(title, edges[1] - edges[0]):
        depth += _ROW + 1
        body.append(_drawn(_mark((scale.left + scale.right) / 2, line, edges, SIZE), y + depth, svg.INK))
    return body, depth + 4


def rule(scale: AxisScale, y: float) -> list[str]:
    """Draw the line of the axis with its ticks, and two strokes wherever the scale changes."""
    body = [svg.line((scale.left, y), (scale.right, y), svg.RULE, 0.7)]
    body += [svg.line((x, y), (x, y + 3), svg.RULE, 0.7) for x in sorted({x for x, _ in _ticks(scale)})]
    return body + breaks(scale, y)


def breaks(scale: AxisScale, y: float) -> list[str]:
    """Draw two strokes through the line of the axis wherever the scale changes."""
    body = []
    for part in scale.stretches[1:]:
        x = part.left
        gap = ((x - 2.6, y + 3), (x - 0.2, y - 3), (x + 2.6, y - 3), (x + 0.2, y + 3))
        body.append(svg.shape(gap, "#ffffff"))
        body += [svg.line((x + d - 1.2, y + 3), (x + d + 1.2, y - 3), svg.GREY, 0.8) for d in (-1.4, 1.4)]
    return body


def _ticks(scale: AxisScale) -> list[tuple[float, str]]:
    """Return place and label of the ticks, the index first, then the finer stretches."""
    found: dict[float, str] = {}
    for part in sorted(scale.stretches, key=lambda part: (part.grain, part.left)):
        for days in part.ticks():
            found.setdefault(round(_on_paper(part, days), 2), number(days / UNITS[part.unit]))
    return sorted(found.items(), key=lambda tick: tick[1] != "0")


def _on_paper(part: Stretch, days: float) -> float:
    return min(max(part.left + (days - part.start) / part.grain, part.left), part.right)


def _mark(x: float, text: str, edges: tuple[float, float], size: float = SMALL) -> _Mark:
    """Return a text centred at x, or as near as the edges allow."""
    half = width(text, size) / 2
    return _Mark(min(max(x, edges[0] + half), edges[1] - half), text, size)


def _labels(scale: AxisScale, edges: tuple[float, float]) -> list[_Mark]:
    """Return the labels of the ticks, without those that would touch one that matters more."""
    kept: list[_Mark] = []
    for x, label in _ticks(scale):
        mark = _mark(x, label, edges)
        if not any(mark.clashes(other) for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.x)


def _rows(marks: list[_Mark]) -> list[list[_Mark]]:
    """Spread marks over as few rows as keep them apart."""
    rows: list[list[_Mark]] = []
    for mark in marks:
        free = next((row for row in rows if not any(mark.clashes(other) for other in row)), None)
        if free is None:
            rows.append([mark])
        else:
            free.append(mark)
    return rows


def _drawn(mark: _Mark, y: float, fill: str) -> str:
    return svg.text(mark.x, y, mark.text, text_anchor="middle", font_size=mark.size, fill=fill)
