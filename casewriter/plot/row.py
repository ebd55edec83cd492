"""A row of the course of a case: its label, and what is drawn beside it or under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from casewriter.plot import svg
from casewriter.plot.label import Box
from casewriter.plot.lettering import SIZE, SMALL, balanced, width, wrap
from casewriter.plot.scale import AxisScale

LEADING = 10.5
_BETWEEN = 4.0  # between two rows


class Line(Struct, frozen=True):
    """A line of a label: a name, bold or not, or in small grey letters what is said of it."""

    text: str
    bold: bool = False
    small: bool = False
    fill: str = svg.INK

    @property
    def width(self) -> float:
        """How wide it is, in user units."""
        return width(self.text, SMALL if self.small else SIZE, bold=self.bold)

    def drawn(self, x: float, y: float) -> str:
        """Draw the line with its baseline at y."""
        style: dict[str, str | float] = {"font_size": SMALL, "fill": svg.GREY} if self.small else {}
        if self.bold:
            style["font_weight"] = "bold"
        if self.fill != svg.INK:
            style["fill"] = self.fill
        return svg.text(x, y, self.text, **style)


def label(name: str, details: Iterable[str], room: float, *, bold: bool) -> tuple[Line, ...]:
    """Return a name and its details in lines that fit the room; a detail begins on a line of its own."""
    lines = [Line(row, bold) for row in balanced(svg.clean(name), room, bold=bold)]
    for detail in details:
        lines += [Line(row, small=True) for row in wrap(svg.clean(detail), room, SMALL) if row]
    return tuple(lines)


class Row(Struct, frozen=True):
    """A label, the height of what is drawn, and the function that draws it from a top downwards.

    `marks` names the kinds of marks that are drawn, for the legend. A row that is read `alone` has an axis of its own
    where there is room for it. A row without a drawing is a heading.
    """

    lines: tuple[Line, ...]
    height: float = 0.0
    draw: Callable[[float], Iterator[str]] | None = None
    marks: frozenset[str] = frozenset()
    alone: bool = False

    @property
    def label_height(self) -> float:
        """Height of the lines of the label."""
        return len(self.lines) * LEADING

    def beside(self, left: float, top: float) -> tuple[list[str], float]:
        """Draw the row with its label at the left, in its middle; return the markup and where the row ends."""
        tall = max(self.height, self.label_height)
        body = self._labelled(left, top + (tall - self.label_height) / 2)
        body += self.draw(top + (tall - self.height) / 2) if self.draw else ()
        return body, top + tall + _BETWEEN

    def below(self, left: float, top: float) -> tuple[list[str], float]:
        """Draw the row under its label; return the markup and where the row ends."""
        body = self._labelled(left, top)
        top += self.label_height + (3 if self.draw else 0)
        body += self.draw(top) if self.draw else ()
        return body, top + self.height + _BETWEEN

    def _labelled(self, left: float, top: float) -> list[str]:
        return [line.drawn(left, top + LEADING * n + SIZE * 0.9) for n, line in enumerate(self.lines)]


def heading(text: str) -> Row:
    """Return the heading of a group of rows."""
    return Row((Line(svg.clean(text), bold=True, fill=svg.DEEP),))


def free(box: Box, taken: Sequence[Box]) -> bool:
    """Return whether a box meets none of those that are taken."""
    return not any(box.meets(other) for other in taken)


def ground(time: AxisScale, top: float, bottom: float) -> list[str]:
    """Draw the hairlines of the ticks and the line of time 0."""
    places = {round(time.at(days), 2) for part in time.stretches for days in part.ticks()}
    body = [svg.line((x, top), (x, bottom), svg.HAIR, 0.5) for x in sorted(places)]
    if time.covers(0):
        body.append(svg.line((time.at(0), top), (time.at(0), bottom), svg.RULE, 0.9))
    return body
