"""Every picture of a case with its path."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.model.case import Case
from casewriter.model.exhibits import Figure, Panel
from casewriter.problem import Path


def panels(case: Case) -> Iterator[tuple[Path, Figure, Panel]]:
    """Yield (path, figure, picture) of every picture."""
    for name, figure in case.figures.items():
        yield from ((path, figure, panel) for path, panel in pictures(name, figure))


def pictures(name: str, figure: Figure) -> Iterator[tuple[Path, Panel]]:
    """Yield (path, picture) of every picture of a figure."""
    for number, panel in enumerate(figure.pictures):
        yield (("figures", name, "panels", number) if figure.panels else ("figures", name)), panel
