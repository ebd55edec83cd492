"""Case texts in which ⟦ and ⟧ stand round what a problem points at."""

from __future__ import annotations

import re

from casewriter.problem import Span


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """Return a case text without ⟦ and ⟧, and the stretches that stood between them, over several lines perhaps."""
    text, spans = "", []
    for part in re.split(r"(⟦[^⟧]*⟧)", f"format: 1\n{marked}"):
        if not part.startswith("⟦"):
            text += part
            continue
        ends = []
        for piece in ("", part[1:-1]):
            text += piece
            ends += [text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1]
        spans.append(Span(*ends))
    return text, spans
