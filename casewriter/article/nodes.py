"""What a paper is made of: inline nodes, and blocks that know which part of the case they come from.

The tree is frozen, with order, numbers, citations and values resolved. Exporters walk it; none of them numbers, orders
or cites anything itself. The whole paper is in `paper.py`.

The `origin` of a node is the path in the case that it comes from; it is empty where no part of a case is behind it. Two
nodes that print the same are equal, wherever they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from casewriter.citation import Cited, PrintedPart
from casewriter.image import Picture
from casewriter.model.parts import Matter
from casewriter.problem import Path
from casewriter.record import Sourced

if TYPE_CHECKING:
    from casewriter.plot import PlottedEvent, PlottedTreatment, Track  # drawing is loaded when something is drawn

# -- inline ---------------------------------------------------------------------------------------------------


class Text(Sourced, frozen=True):
    """Characters; `origin` is the datum that they say.

    They are the author's own words where they were `typed`; else said from data, or fixed words without an origin.
    """

    beside = frozenset(("origin", "typed"))

    text: str
    origin: Path = ()
    typed: bool = False


class Styled(Struct, frozen=True):
    """Emphasised, strong, raised, lowered or verbatim text; `isolated` is a run from right to left, by itself."""

    style: Literal["emphasis", "strong", "superscript", "subscript", "code", "smallcaps", "nobreak", "isolated"]
    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link out of the document."""

    href: str
    children: tuple[Inline, ...]


class Break(Struct, frozen=True):
    """A forced line break."""


class Citation(Struct, frozen=True):
    """References cited together, as written; `parts` as printed, once numbered.

    `anchor` names the place for links back from the reference list. A part with a key links to the entry of that key.
    """

    cited: tuple[Cited, ...]
    parts: tuple[PrintedPart, ...] = ()
    superscript: bool = False
    anchor: str = ""


class CrossReference(Struct, frozen=True):
    """A mention of a figure or table; `label` is what is printed, once numbered.

    `anchor` names what it links to; it is empty where the case has no such figure or table. `chosen` names the tests
    that a figure drawn from the data shall show.
    """

    kind: Literal["fig", "tbl"]
    target: str
    panels: tuple[str, ...] = ()
    spans: bool = False
    label: str = ""
    anchor: str = ""
    chosen: tuple[str, ...] = ()


class NoteMark(Struct, frozen=True):
    """The mark of a table's footnote."""

    mark: str


BOX = "☐"
"""A box to tick by hand."""

Inline = Text | Styled | Link | Break | Citation | CrossReference | NoteMark
Run = tuple[Inline, ...]

# -- blocks ---------------------------------------------------------------------------------------------------


class Paragraph(Sourced, frozen=True):
    """A paragraph."""

    children: Run
    origin: Path = ()


class ListBlock(Sourced, frozen=True):
    """A list; each item is a sequence of blocks. Ordered items are numbered as typed: `marks` and a number each.

    Items of a form with the marks `box` are to be ticked by hand; they are not ordered.
    """

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    marks: Literal["", "decimal", "decimal-parenthesis", "alpha-parenthesis", "box"] = ""
    numbers: tuple[int, ...] = ()
    origin: Path = ()

    @property
    def signs(self) -> tuple[str, ...]:
        """The sign printed before each item."""
        if not self.ordered:
            return (BOX if self.marks == "box" else "•",) * len(self.items)
        alpha = self.marks.startswith("alpha")
        names = (chr(ord("a") + number - 1) if alpha else str(number) for number in self.numbers)
        stop = ")" if self.marks.endswith("parenthesis") else "."
        return tuple(f"{name}{stop}" for name in names)


class Quote(Sourced, frozen=True):
    """A block quotation."""

    blocks: tuple[Block, ...]
    origin: Path = ()


class Fact(Sourced, frozen=True):
    """A row of facts: a label and what is said of it, a record each.

    A fact with a `joint` goes on in the line of the fact before it, where that has the same label; the joint is the
    sign between them.
    """

    label: Run
    said: Run
    origin: Path = ()
    joint: str = ""


class Facts(Sourced, frozen=True):
    """Records of the case as they are, a row each. Never sentences."""

    rows: tuple[Fact, ...]
    origin: Path = ()

    def groups(self) -> tuple[tuple[Run, tuple[tuple[Fact, ...], ...]], ...]:
        """Return each label, printed once, with its lines; a line is a fact and those that go on behind it."""
        found: list[tuple[Run, list[list[Fact]]]] = []
        for fact in self.rows:
            if not found or found[-1][0] != fact.label:
                found.append((fact.label, [[fact]]))
            elif fact.joint:
                found[-1][1][-1].append(fact)
            else:
                found[-1][1].append([fact])
        return tuple((label, tuple(tuple(line) for line in lines)) for label, lines in found)


class Aligned(Struct, frozen=True):
    """The number of a cell, and what stands behind it in a slot of its own: the letter of a flag, the mark of a note.

    `behind` is how much more the longest number of the column has behind its decimal place, in halves of a digit;
    `slotted` says that some number of the column has something in its slot.
    """

    number: Run
    slot: Run
    behind: int
    slotted: bool


class Cell(Sourced, frozen=True):
    """A cell of a table; `head` marks the head of a column or row, `flag` is low, high, abnormal or critical.

    `aligned` holds the children in two parts where numbers stand under each other.
    """

    children: Run = ()
    head: bool = False
    numeric: bool = False
    span: int = 1
    flag: str = ""
    aligned: Aligned | None = None
    origin: Path = ()


class Row(Sourced, frozen=True):
    """A row; `group` marks a row that heads those under it, `anchor` names it for links.

    `also` are the places of further records that it tells.
    `band` marks a second head, of further columns; `trend` is the course of the values, for a template that draws it.
    """

    cells: tuple[Cell, ...]
    group: bool = False
    anchor: str = ""
    band: bool = False
    trend: Track | None = None
    origin: Path = ()
    also: tuple[Path, ...] = ()


class Table(Sourced, frozen=True):
    """A numbered table; one inside prose has no target, number, label or caption. Notes are pairs of mark and text.

    Every row is whole. In a `grouped` table, a first cell that says the same as the one above is printed once, for all
    of these rows: see `reach`.
    """

    target: str
    caption: Run
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, Run], ...] = ()
    kind: str = "own"
    number: int = 0
    label: str = ""
    grouped: bool = False
    origin: Path = ()

    def reach(self, place: int) -> int:
        """Return how many rows the first cell of a row is printed for; 0 where the cell above it is."""
        if not self.grouped:
            return 1
        firsts = [row.cells[0].children if row.cells else () for row in self.rows]
        if place and firsts[place] and firsts[place] == firsts[place - 1]:
            return 0
        below = (n for n in range(place + 1, len(firsts)) if not firsts[n] or firsts[n] != firsts[place])
        return next(below, len(firsts)) - place

    @property
    def anchor(self) -> str:
        """The name that links lead to; empty for a table inside prose."""
        return f"tbl-{self.target}" if self.target else ""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        first = next((row for row in (*self.head, *self.rows) if not row.group), None)
        return sum(cell.span for cell in first.cells) if first else 0

    @property
    def before_trends(self) -> int:
        """How many columns stand before trend lines; 0 where no row has one."""
        if not any(row.trend for row in self.rows):
            return 0
        cells = self.head[0].cells if self.head else ()
        return next((place for place, cell in enumerate(cells) if cell.numeric), 1)


class Panel(Sourced, frozen=True):
    """One picture of a figure; where the file is missing, `picture` is None and `missing` says so to the reader.

    `label` is what a mention of the panel prints, such as Figure 2B; `alt` describes the picture to who cannot see it.
    `narrow` shows the same, drawn for the screen of a phone.
    """

    letter: str
    caption: Run
    alt: str
    file: str
    picture: Picture | None
    missing: str = ""
    label: str = ""
    anchor: str = ""
    narrow: Picture | None = None
    origin: Path = ()


class LegendPart(Struct, frozen=True):
    """A part of a figure's legend: its caption, the caption of the panel with a letter, its note, its credit."""

    role: Literal["caption", "panel", "note", "credit"]
    letter: str
    children: Run


class Figure(Sourced, frozen=True):
    """A numbered figure; `data` are the values, events or treatments of one that is drawn from the case."""

    target: str
    caption: Run
    panels: tuple[Panel, ...]
    credit: Run = ()
    note: Run = ()
    width: str | None = None
    number: int = 0
    label: str = ""
    data: tuple[Track | PlottedEvent | PlottedTreatment, ...] = ()
    origin: Path = ()

    @property
    def anchor(self) -> str:
        """The name that links lead to."""
        return f"fig-{self.target}"

    @property
    def legend(self) -> tuple[LegendPart, ...]:
        """The text after the label, in order: captions, note, credit."""
        return tuple(self._legend())

    def _legend(self) -> Iterator[LegendPart]:
        yield LegendPart("caption", "", self.caption)
        yield from (LegendPart("panel", panel.letter, panel.caption) for panel in self.panels if panel.caption)
        if self.note:
            yield LegendPart("note", "", self.note)
        if self.credit:
            yield LegendPart("credit", "", self.credit)


class Section(Sourced, frozen=True):
    """A heading and what is under it; `level` 2 is a section of the paper, 3 and 4 are inside it.

    `parts` are the parts of the case in it (see `casewriter.model.parts`), `matter` is where in a paper they belong.
    """

    heading: Run
    blocks: tuple[Block, ...]
    level: int = 2
    anchor: str = ""
    parts: tuple[str, ...] = ()
    matter: Matter = "body"
    origin: Path = ()


Block = Paragraph | ListBlock | Quote | Facts | Table | Figure | Section
