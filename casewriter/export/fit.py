"""Tables that are wider than the page: set smaller down to a floor, else divided by columns with the first repeated.

How wide a table must be is known when it has been laid out: one that cannot be narrower sticks out of its frame, and
its columns are then as wide as their longest words. So the pages are looked at, and laid out once more where a table
sticks out. The parts of a divided table stand under each other, under one caption; a turned page would part the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.article.nodes import Block, ListBlock, Quote, Section, Table
from casewriter.article.paper import Article
from casewriter.export.divide import breakable, divided
from casewriter.export.flow import Gap, moved
from casewriter.template.geometry import Geometry

FLOOR = 7.0
"""Points below which no table is set."""
_POINT = 96 / 72
"""CSS pixels."""


class Wide(Struct, frozen=True):
    """A table that sticks out: which it is, its columns and room in CSS pixels, its type."""

    place: int
    columns: tuple[float, ...]
    room: float
    size: float

    @property
    def is_too_wide(self) -> bool:
        """Whether it sticks out of its room; a table that is not the article's own is left as it is."""
        return self.place >= 0 and sum(self.columns) > self.room + 0.5

    @property
    def fitting(self) -> float:
        """The size of type in points at which the table fits as it is."""
        return self.size / _POINT * self.room / sum(self.columns)


def wide_tables(document: Any) -> list[Wide]:
    """Return the tables that are wider than the room they have."""
    pages = (page._page_box for page in document.pages)  # boxes are private to WeasyPrint; its version is pinned
    return _too_wide(_wide(table, room) for page in pages for table, room in _tables(page, 0.0))


def tables_too_wide(context: Any, root: Any, page: Any) -> list[Wide]:
    """Return the tables that will be wider than the room they have on pages like one that has been made.

    The boxes have not been laid out; tables in columns, floats or flexible boxes are known only on their page.
    """
    from weasyprint.layout.percent import resolve_percentages
    from weasyprint.layout.table import table_wrapper_width

    found = []
    for wrapper, room in _wrappers(root, page.width):
        resolve_percentages(wrapper, (room, 0))
        table_wrapper_width(context, wrapper, (room, 0))
        found.append(_wide(wrapper.get_wrapped_table(), room))
    return _too_wide(found)


def _wide(table: Any, room: float) -> Wide:
    place = int(table.element.get("data-table", -1))
    return Wide(place, tuple(table.column_widths), room, table.style["font_size"])


def _too_wide(tables: Iterable[Wide]) -> list[Wide]:
    """Return those that stick out, each once: one in bands is several boxes, and one over pages too."""
    found: dict[int, Wide] = {}
    for wide in tables:
        if wide.place not in found or sum(wide.columns) > sum(found[wide.place].columns):
            found[wide.place] = wide
    return [one for one in found.values() if one.is_too_wide]


def _wrappers(box: Any, room: float) -> Iterator[tuple[Any, float]]:
    """Yield the tables in a block, not laid out, with the room of each."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.block import block_level_width
    from weasyprint.layout.percent import resolve_percentages

    if getattr(box, "is_table_wrapper", False):
        yield box, room
    elif isinstance(box, boxes.BlockBox) and box.is_in_normal_flow() and box.style["column_count"] == "auto":
        resolve_percentages(box, (room, 0))
        block_level_width(box, (room, 0))
        for child in box.children:
            yield from _wrappers(child, box.width)


def _tables(box: Any, room: float) -> Iterator[tuple[Any, float]]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TableBox):
        yield box, room
        return
    inside = room if getattr(box, "is_table_wrapper", False) else getattr(box, "width", room)
    for child in getattr(box, "children", ()):
        yield from _tables(child, inside)


class _Setting(Struct, frozen=True):
    """How a table is set: its rule, and whether its cells, those of numbers too, may have several lines."""

    table: Table
    rule: str
    wraps: bool = False

    def css(self, place: int) -> str:
        """Return the rules of the table that stands at a place."""
        cells = "padding-right: 3pt;" + " white-space: normal !important;" * self.wraps
        name = f'main table[data-table="{place}"]'
        return f"{name} {{ {self.rule} line-height: 1.3; }}\n{name} :is(th, td) {{ {cells} }}"


class Fitting(Struct):
    """An article whose tables are made to fit, and how those are set that would not."""

    article: Article
    settings: list[_Setting] = field(default_factory=list)
    divided: list[str] = field(default_factory=list)

    def fill(self, gap: Gap, page: Geometry) -> bool:
        """Move text up into a gap, else let the table behind it begin there; return whether anything changed."""
        better = moved(self.article, gap, page)
        if better is self.article and gap.is_table:
            self.divided.append(gap.anchor)
            return True
        changed, self.article = better is not self.article, better
        return changed

    def fit(self, wide: list[Wide]) -> None:
        """Let long words break, set tables smaller, divide those that no type of a readable size makes fit."""
        tables = _all_tables(self.article)
        parts: dict[int, tuple[Table, ...]] = {}
        for one in wide:
            table = tables[one.place]
            if table.before_trends:
                parts[id(table)] = (_without_trends(table),)
                continue
            wraps = any(setting.table is table and setting.wraps for setting in self.settings)
            if max(one.columns) > one.room / 2 and not wraps:
                parts[id(table)] = (breakable(table),)
                rule, wraps = "", True
            elif one.fitting >= FLOOR:
                parts[id(table)] = (table,)
                rule = f"font-size: {one.fitting - 0.05:.2f}pt;"
            else:
                parts[id(table)] = divided(table, one.columns, one.room)
                rule = f"font-size: {one.size / _POINT:.2f}pt;"
            self.settings += [_Setting(part, rule, wraps) for part in parts[id(table)]]
        self.article = _with_parts(self.article, parts)

    @property
    def css(self) -> str:
        """The rules of all tables that are set in their own way."""
        places = table_places(self.article)
        fitted = [one.css(places[id(one.table)]) for one in self.settings if id(one.table) in places]
        return "\n".join((*fitted, *(f"main #{anchor} {{ break-inside: auto; }}" for anchor in self.divided)))


def _without_trends(table: Table) -> Table:
    """Return a table without its trend lines: what says nothing new gives way first."""
    return replace(table, rows=tuple(replace(row, trend=None) for row in table.rows))


def _all_tables(article: Article) -> list[Table]:
    return [block for block in article.blocks() if isinstance(block, Table)]


def table_places(article: Article) -> dict[int, int]:
    """Return the place of each table of an article, by the identity of its node."""
    return {id(table): place for place, table in enumerate(_all_tables(article))}


def _with_parts(article: Article, parts: dict[int, tuple[Table, ...]]) -> Article:
    """Return the article with tables replaced by their parts."""
    if not parts:
        return article

    def blocks(some: tuple[Block, ...]) -> tuple[Block, ...]:
        done: list[Block] = []
        for block in some:
            match block:
                case Table():
                    done += parts.get(id(block), (block,))
                case Section() | Quote():
                    done.append(replace(block, blocks=blocks(block.blocks)))
                case ListBlock():
                    done.append(replace(block, items=tuple(blocks(item) for item in block.items)))
                case _:
                    done.append(block)
        return tuple(done)

    abstract = tuple(replace(part, blocks=blocks(part.blocks)) for part in article.abstract)
    sections = tuple(section for section in blocks(article.sections) if isinstance(section, Section))
    return replace(article, abstract=abstract, sections=sections)
