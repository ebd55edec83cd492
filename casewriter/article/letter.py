"""The author's letter to the editor, which `packet` writes: it is no part of the paper and has no reference list."""

from __future__ import annotations

from collections.abc import Callable

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.citing import citations
from casewriter.article.nodes import Block, Citation, Inline, Run, Text
from casewriter.article.walk import map_block, map_run
from casewriter.problem import Path, Problem

_PATH: Path = ("cover_letter",)


def letter(make: Builder, finished: Callable[[Run], Run]) -> tuple[Block, ...]:
    """Return the letter; `finished` fills in mentions of figures and tables. What it cites stays as it was typed."""
    blocks = make.prose.blocks(make.case.cover_letter, _PATH)
    if citations(blocks):
        message = "a cover letter has no reference list, so a citation in it leads nowhere"
        hint = "name the work in words"
        make.telling.problems.append(Problem(kinds.PROSE, message, _PATH, hint=hint))
    return tuple(map_block(block, lambda run: finished(map_run(run, _as_typed))) for block in blocks)


def _as_typed(node: Inline) -> Inline:
    if not isinstance(node, Citation):
        return node
    return Text(f"[{'; '.join(f'@{one.key}' for one in node.cited)}]")
