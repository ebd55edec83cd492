"""Parts of a paper that stand in a file of their own: what leads to other parts is text there."""

from __future__ import annotations

from collections.abc import Iterable

from casewriter.article.nodes import Citation, CrossReference, Inline, Section, Styled, Text
from casewriter.article.walk import map_block, map_run


def unlinked(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return sections in which a citation or a mention of a figure prints the same and leads nowhere."""
    made = (map_block(section, lambda run: map_run(run, _as_text)) for section in sections)
    return tuple(section for section in made if isinstance(section, Section))


def _as_text(node: Inline) -> Inline:
    match node:
        case CrossReference(label=label):
            return Text(label)
        case Citation(parts=parts, superscript=raised):
            text = Text("".join(part.text for part in parts))
            return Styled("superscript", (text,)) if raised else text
        case _:
            return node
