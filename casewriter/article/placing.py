"""Figures and tables put where they are read: behind their first mention, or at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.at_record import at_records
from casewriter.article.builder import Builder
from casewriter.article.exhibits import figures, own_tables
from casewriter.article.nodes import Block, CrossReference, Figure, Panel, Run, Section, Table
from casewriter.article.numbering import Key, is_timeline, key_of, mentioned_in_text, mentions
from casewriter.article.walk import inlines, runs
from casewriter.model.case import RESERVED_FIGURES
from casewriter.model.records import texts
from casewriter.problem import Problem


class Placing:
    """Puts each figure and table behind the block that first mentions it."""

    def __init__(
        self, floats: Mapping[Key, Block], pinned: frozenset[Key] = frozenset(), in_text: frozenset[Key] = frozenset()
    ) -> None:
        """`pinned` names what stays in its own section, because the section would be empty without it.

        `in_text` names what is mentioned outside the timeline.
        """
        self._in_text = in_text
        self._floats = dict(floats)
        self._pinned = pinned
        self._placed: set[Key] = set()

    def sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """Return the sections with their floats standing in them."""
        return tuple(replace(s, blocks=tuple(self._blocks(s.blocks))) for s in sections)

    def left(self) -> list[Block]:
        """Return the figures and tables that nothing mentions, in the order of the file."""
        found: list[Block] = []
        for key, block in self._floats.items():
            if key not in self._placed and key not in self._pinned:
                self._placed.add(key)
                found.append(block)
                found.extend(self._after(block))
        return found

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            if isinstance(block, Section):
                yield from self._after_run(block.heading)
                yield replace(block, blocks=tuple(self._blocks(block.blocks)))
                continue
            key = key_of(block)
            if key is not None:
                if key in self._placed:
                    continue  # a data table that an earlier text has mentioned stands there
                self._placed.add(key)
            yield block
            yield from self._after(block)

    def _after_run(self, run: Run) -> Iterator[Block]:
        for node in inlines(run):
            if isinstance(node, CrossReference):
                yield from self._place((node.kind, node.target))

    def _after(self, block: Block) -> Iterator[Block]:
        for key in list(mentions(block)):
            if not (is_timeline(block) and key in self._in_text):
                yield from self._place(key)

    def _place(self, key: Key) -> Iterator[Block]:
        if key in self._placed or key in self._pinned or key not in self._floats:
            return
        self._placed.add(key)
        block = self._floats[key]
        yield block
        yield from self._after(block)


_LEFT, _END = "sec-exhibits", "sec-figures"
"""Anchors of sections of exhibits: of those that a paper without a body does not mention, and of figures at the end."""


def with_exhibits(make: Builder, sections: Sequence[Section], *, draw: bool) -> tuple[Section, ...]:
    """Return the sections with exhibits behind their first mention, unmentioned ones at the end of the body.

    Without `draw`, figures that are drawn from data have their place alone: drawing costs time.
    """
    exhibits: tuple[Block, ...] = (*figures(make), *own_tables(make), *_drawn(make, sections, draw=draw))
    floats = {key: block for block in exhibits if (key := key_of(block))}
    for section in sections:
        for block in section.blocks:
            for inner in block.blocks if isinstance(block, Section) else (block,):
                if key := key_of(inner):
                    floats.setdefault(key, inner)
    standing = {key for key, block in floats.items() if getattr(block, "kind", "own") != "own"}
    mentioned_only = {("fig", name) for name in RESERVED_FIGURES}
    alone = (s.blocks for section in sections for s in (section, *_inner_sections(section)) if len(s.blocks) == 1)
    pinned = frozenset(key for blocks in alone if (key := key_of(blocks[0])))
    placing = Placing(floats, pinned, mentioned_in_text(sections))
    placed = list(placing.sections(sections))
    left = [b for b in placing.left() if key_of(b) not in standing | mentioned_only]
    placed_at_records, homeless = at_records(placed, left, make.case)
    for block in left:
        _unmentioned(make, block, at_end=block in homeless)
    return tuple(_with_left(list(placed_at_records), list(homeless), make))


def _drawn(make: Builder, sections: Sequence[Section], *, draw: bool) -> list[Figure]:
    """Return the figures drawn from data that a text calls; without `draw` their places alone: drawing costs time."""
    called = _called(make, sections)
    if not called:
        return []

    from casewriter.article.drawn import can_draw, drawn_figures, undrawable

    for name, tests in called.items():
        make.telling.problems += [_without_numbers(make, name, test) for test in undrawable(make, tests)]
    for name in [name for name, tests in called.items() if not can_draw(make, name, tests)]:
        del called[name]
        make.telling.problems.append(_nothing_to_draw(make, name))
    if not draw:
        return [Figure(name, (), (Panel("", (), "", "", None),)) for name in called]
    return drawn_figures(make, called)


def _called(make: Builder, sections: Sequence[Section]) -> dict[str, list[str]]:
    """Return the figures drawn from data that the case calls, each with the tests that its mentions choose."""
    with_figures = [text for _, text in texts(make.case) if "@fig-" in text]
    called: dict[str, list[str]] = {
        name: [] for name in RESERVED_FIGURES if any(_mention(name).search(text) for text in with_figures)
    }
    for node in (node for section in sections if called for run in runs(section) for node in inlines(run)):
        if isinstance(node, CrossReference) and node.kind == "fig" and node.target in called:
            called[node.target] += [name for name in node.chosen if name not in called[node.target]]
    return called


def _mention(name: str) -> re.Pattern[str]:
    return re.compile(rf"@fig-{name}(?![\w-])")


def _without_numbers(make: Builder, figure: str, test: str) -> Problem:
    """Return the problem of a test that a mention chooses and that has nothing to draw."""
    path, found = next(
        (path, found)
        for path, text in texts(make.case)
        if (found := re.search(rf"@fig-{figure}\.[\w,-]*(?<![\w-]){re.escape(test)}(?![\w-])", text))
    )
    message = f"the test “{test}” has no number with a known time, so @fig-{figure} cannot show it"
    return Problem(kinds.UNDEFINED_PANEL, message, path, quote=found[0], hint="give its time with at:, or leave it out")


def _nothing_to_draw(make: Builder, name: str) -> Problem:
    path, found = next((path, found) for path, text in texts(make.case) if (found := _mention(name).search(text)))
    message = f"the case has nothing to draw in @fig-{name}: no test or treatment has the times that it takes"
    return Problem(
        kinds.UNDEFINED_EXHIBIT, message, path, quote=found[0], hint="give times with at:, or mention a table"
    )


def _inner_sections(section: Section) -> list[Section]:
    return [block for block in section.blocks if isinstance(block, Section)]


def _unmentioned(make: Builder, block: Block, *, at_end: bool) -> None:
    key = key_of(block)
    if key is None:
        return
    kind, name = key
    word = "figures" if kind == "fig" else "tables"
    place = "at the end" if at_end else "behind its record"
    message = f"the {word[:-1]} “{name}” is never mentioned; it has been placed {place}"
    problem = Problem(
        kinds.UNMENTIONED, message, (word, name), on_key=True, hint=f"write @{kind}-{name} where it belongs"
    )
    make.telling.problems.append(problem)


def _with_left(sections: list[Section], left: list[Block], make: Builder) -> list[Section]:
    if not left:
        return sections
    body = [place for place, section in enumerate(sections) if section.matter == "body"]
    if not body:
        return [*sections, _exhibits(make, left, _LEFT)]
    last = body[-1]
    sections[last] = replace(sections[last], blocks=(*sections[last].blocks, *left))
    return sections


def at_end(make: Builder, sections: Sequence[Section]) -> tuple[tuple[Section, ...], Section | None]:
    """Return the sections, and behind them the tables and figures that the journal wants there, tables first."""
    profile = make.telling.profile
    tables = profile.tables == "at_end"
    kinds_at_end = (*((Table,) if tables else ()), *((Figure,) if profile.figures == "at_end" else ()))
    found: list[Block] = []
    kept = tuple(_without(section, kinds_at_end, found) for section in sections)
    kept = tuple(section for section in kept if section.blocks or section.anchor != _LEFT)
    if not found:
        return tuple(sections), None
    found.sort(key=lambda block: isinstance(block, Figure))
    return kept, _exhibits(make, found, _END, "tables_and_figures" if tables else "figure_legends")


def _without(section: Section, kinds_at_end: tuple[type, ...], found: list[Block]) -> Section:
    kept: list[Block] = []
    for block in section.blocks:
        if isinstance(block, kinds_at_end) and key_of(block):
            found.append(block)
        else:
            kept.append(_without(block, kinds_at_end, found) if isinstance(block, Section) else block)
    return replace(section, blocks=tuple(kept))


def _exhibits(make: Builder, blocks: Sequence[Block], anchor: str, word: str = "figure_legends") -> Section:
    """Return a section of figures and tables alone."""
    return Section(make.text(make.words[word]), tuple(blocks), anchor=anchor, matter="back")
