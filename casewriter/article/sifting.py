"""Told once: of the lists and tables of a part, what the prose does not tell already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.chronicle import entries
from casewriter.article.nodes import Block, Fact, Facts, NoteMark, Paragraph, Row, Run, Table
from casewriter.article.tables import LETTERS
from casewriter.article.told import STORY, ToldNess
from casewriter.article.walk import capitalised, inlines, map_run, plain, runs
from casewriter.model.parts import WITH_RECORDS, Part
from casewriter.model.records import texts
from casewriter.problem import Path, Problem
from casewriter.profile_parts import Listed

_WHOLE = ("timeline", "labs")
"""Tables that show a course: a reader needs them whole."""


_SEARCH: Path = ("literature_search",)
_HEAD = ("title", "short_title", "abstract", "highlights", "keywords")
"""Keys whose texts are read apart from the body."""


class Sifter(Struct):
    """Leaves out what the prose tells, of one composition; `hidden` are the places that the paper tells nowhere."""

    make: Builder
    told: ToldNess
    mentioned: frozenset[str]
    hidden: list[Path] = field(default_factory=list)

    def sift(self, part: Part, blocks: list[Block], listed: Listed) -> list[Block]:
        """Return the blocks of a part without the records that are not to be listed."""
        if part.path == _SEARCH:
            return [left for block in blocks if (left := self._not_looked_up(block))]
        listed = self._chosen(part, listed)
        if listed == "all" or not set(part.names).intersection(WITH_RECORDS):
            return blocks
        keep = self._keep_none(part) if listed == "none" else self._is_untold
        kept = [block for one in blocks if (block := self._kept(one, keep, listed))]
        emptied = any(isinstance(block, Facts) for block in blocks) and not any(isinstance(b, Facts) for b in kept)
        return [block for block in kept if not (emptied and _is_caption(block))]

    def _not_looked_up(self, block: Block) -> Block | None:
        """Return a block without the facts of the search that a text of the body has looked up."""
        if not isinstance(block, Facts):
            return block
        seen = [place for where, place in self.make.telling.looked_up if where[0] not in _HEAD]
        rows = [row for row in block.rows if not any(place[: len(row.origin)] == row.origin for place in seen)]
        return replace(block, rows=tuple(rows)) if rows else None

    def _chosen(self, part: Part, listed: Listed) -> Listed:
        chosen = self.make.case.print
        return next((chosen[name] for name in reversed(part.names) if name in chosen), listed)

    def _is_untold(self, origin: Path) -> bool:
        return not self.told.tells(origin)

    def _keep_none(self, part: Part) -> Callable[[Path], bool]:
        def keep(origin: Path) -> bool:
            if not self.told.tells(origin):
                self.hidden.append(origin)
                message = f"no text of the manuscript tells this, and lists of {part.names[-1]} are not printed"
                hint = f"say it in the prose, or write print: {{{part.names[-1]}: untold}}"
                self.make.telling.problems.append(Problem(kinds.TOLD_NOWHERE, message, origin, hint=hint))
            return False

        return keep

    def _kept(self, block: Block, keep: Callable[[Path], bool], listed: Listed) -> Block | None:
        match block:
            case Facts(rows=rows):
                left = _run_on([row for row in rows if keep(row.origin)])
                return replace(block, rows=left) if left else None
            case Table(kind=kind) if kind != "own" and block.target not in self.mentioned:
                if kind == "timeline" and listed == "untold":
                    return block
                if kind in _WHOLE:
                    found = [keep(row.origin) for row in block.rows if not row.group]
                    return block if any(found) else None
                return without_rows(block, keep)
        return block


def _run_on(rows: list[Fact]) -> tuple[Fact, ...]:
    """Return rows with each that lost the one it ran on from begun anew."""
    done: list[Fact] = []
    for row in rows:
        lost = row.joint and (not done or done[-1].label != row.label)
        done.append(replace(row, joint="", said=capitalised(row.said)) if lost else row)
    return tuple(done)


def _is_caption(block: Block) -> bool:
    """Whether a block is the caption of a list of records."""
    return isinstance(block, Paragraph) and block.origin[-1:] == ("caption",)


def without_rows(table: Table, keep: Callable[[Path], bool]) -> Table | None:
    """Return a table without some of its rows and without their notes; None where nothing is left."""
    rows = tuple(row for row in table.rows if row.group or keep(row.origin))
    if all(row.group for row in rows):
        return None
    used = [
        node.mark for row in rows for cell in row.cells for node in inlines(cell.children) if isinstance(node, NoteMark)
    ]
    marks = {mark: LETTERS[n % 26] * (n // 26 + 1) for n, mark in enumerate(dict.fromkeys(used))}
    notes = tuple((marks.get(mark, mark), note) for mark, note in table.notes if not mark or mark in marks)
    return replace(table, rows=tuple(_marked(row, marks) for row in rows), notes=notes)


def _marked(row: Row, marks: Mapping[str, str]) -> Row:
    def marked(run: Run) -> Run:
        return map_run(run, lambda node: NoteMark(marks[node.mark]) if isinstance(node, NoteMark) else node)

    return replace(row, cells=tuple(replace(cell, children=marked(cell.children)) for cell in row.cells))


def sifter(make: Builder, told: Mapping[str, Iterable[Block]]) -> Sifter:
    """Return the sifter of a case; `told` are the blocks of its parts, by name."""
    story = [found for name, blocks in told.items() if name.partition(".")[0] in STORY for found in _prose(blocks)]
    timeline = any(isinstance(block, Table) for block in told.get("timeline", ()))
    shown = (
        [entry.path for entry in entries(make.case)] if timeline and make.case.print.get("timeline") != "none" else ()
    )
    mentioned = frozenset(
        name
        for name in ("timeline", "labs", "differential", "treatments")
        for _, text in texts(make.case)
        if f"@tbl-{name}" in text
    )
    return Sifter(make, ToldNess(make.telling, story, shown, lambda text: plain(make.prose.quoted(text))), mentioned)


def _prose(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Return what the author wrote among the blocks of a part, paragraph by paragraph, each with its key."""
    own = (block for block in blocks if not isinstance(block, Facts | Table) and not _is_caption(block))
    return [(plain(run), str(block.origin[0]) if block.origin else "") for block in own for run in runs(block)]
