"""A figure that no text mentions is placed at the record that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from casewriter.article.nodes import Block, Facts, Figure, Section
from casewriter.model.case import Case
from casewriter.problem import Path

_STORY = "observation"
"""The part of a case that profiles divide between several sections."""


def shown_at(case: Case) -> dict[str, Path]:
    """Return for each figure that a record names, or one of its panels, the path of the first such record."""
    found: dict[str, Path] = {}
    for path, part in case.having("figure"):
        named = part.figure
        for name in (named,) if isinstance(named, str) else named or ():
            found.setdefault(name.split(".")[0], path)
    return found


def at_records(
    sections: Iterable[Section], figures: Iterable[Block], case: Case
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """Return the sections with each figure behind the block that tells its record, and what has no such place."""
    done = tuple(sections)
    left: list[Block] = []
    records = shown_at(case)
    for figure in reversed(tuple(figures)):  # the last first: those of one record keep their order behind it
        path = records.get(figure.target) if isinstance(figure, Figure) else None
        home = _home(done, path) if path else None
        if home is None:
            left.append(figure)
        else:
            done = tuple(replace(s, blocks=tuple(_behind(s.blocks, home, figure))) for s in done)
    return done, tuple(reversed(left))


def _home(sections: tuple[Section, ...], path: Path) -> Block | None:
    """Return the last of the blocks that come from the record, else from the part of the case that holds it."""
    least = 2 if path[0] == _STORY else 1
    best: tuple[int, Block | None] = (least, None)
    for block in _leaves(sections):
        shared = max((_shared(origin, path) for origin in _origins(block)), default=0)
        if shared >= best[0]:
            best = (shared, block)
    return best[1]


def _leaves(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _leaves(block.blocks)
        else:
            yield block


def _origins(block: Block) -> Iterator[Path]:
    yield block.origin
    if isinstance(block, Facts):
        yield from (row.origin for row in block.rows)


def _shared(one: Path, other: Path) -> int:
    """Return how many steps two paths have in common from the start."""
    count = 0
    for step, same in zip(one, other, strict=False):
        if step != same:
            break
        count += 1
    return count


def _behind(blocks: tuple[Block, ...], home: Block, figure: Block) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield replace(block, blocks=tuple(_behind(block.blocks, home, figure)))
            continue
        yield block
        if block is home:
            yield figure
