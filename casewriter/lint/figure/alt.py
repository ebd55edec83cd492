"""FIG: the text for a reader who cannot see a picture."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.figure.panels import panels
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level

_HINT = "write in alt: what a reader who cannot see it needs to know"


@rule("FIG007", "alt-missing", Level.WARNING)
def alt_missing(case: Case) -> Iterator[Found]:
    """A picture has no alt text for readers who cannot see it.

    Remedy: write in `alt:` what such a reader needs to know. Source: WCAG 2.2, 1.1.1; JATS4R recommendation on
    alt-text.
    """
    for path, _, panel in panels(case):
        if not (panel.alt or "").strip():
            yield Found("this picture has no alt text", path, _HINT)


@rule("FIG008", "alt-is-caption", Level.WARNING)
def alt_is_caption(case: Case) -> Iterator[Found]:
    """The alt text of a picture repeats its caption.

    Readers who cannot see the picture hear the caption anyway; the alt text should describe what the picture shows.
    Source: JATS4R recommendation on alt-text.
    """
    for path, figure, panel in panels(case):
        captions = {_folded(text) for text in (panel.caption, figure.caption) if text}
        if panel.alt and _folded(panel.alt) in captions:
            yield Found("the alt text repeats the caption", (*path, "alt"), "describe what the picture shows")


def _folded(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .")


RULES = (alt_missing, alt_is_caption)
