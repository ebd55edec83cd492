"""FIG: what figures lack beyond what composing them shows."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import rule
from casewriter.model.case import Case
from casewriter.model.exhibits import Panel
from casewriter.problem import Level, Path

Finding = tuple[str, Path, str]


def _panels(case: Case) -> Iterator[tuple[Path, Panel]]:
    for name, figure in case.figures.items():
        for number, panel in enumerate(figure.pictures):
            yield (("figures", name, "panels", number) if figure.panels else ("figures", name)), panel


@rule("FIG007", "alt-missing", Level.WARNING)
def alt_missing(case: Case) -> Iterator[Finding]:
    """A picture has no text for readers who cannot see it.

    Remedy: `alt:` says what such a reader must know. Source: WCAG 2.2, 1.1.1; JATS4R recommendation on alt-text.
    """
    for path, panel in _panels(case):
        if not (panel.alt or "").strip():
            yield (
                "this picture has no alt text",
                path,
                "say in alt: what a reader who cannot see it must know",
            )


@rule("FIG008", "alt-is-caption", Level.WARNING)
def alt_is_caption(case: Case) -> Iterator[Finding]:
    """The alt text of a picture is its caption.

    A reader who cannot see the picture hears the caption anyway; the alt text must say what is seen.
    Source: JATS4R recommendation on alt-text.
    """
    for path, panel in _panels(case):
        if panel.alt and panel.caption and panel.alt.strip().lower() == panel.caption.strip().lower():
            yield "the alt text repeats the caption", (*path, "alt"), "describe what is seen"


RULES = (alt_missing, alt_is_caption)
