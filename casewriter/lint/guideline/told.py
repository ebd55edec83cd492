"""The prose in which an item may be answered: its own sections, others that are named, or the patient's whole story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.guideline import GuidelineItem
from casewriter.lint.guideline.places import Place, places
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Path

STORY = "story"
_STORY = frozenset(
    "observation course timeline labs microbiology imaging tests pathology genetics diagnosis treatment operations "
    "follow_up".split()
)
"""Parts that tell of this patient; introduction and discussion tell of others too."""


def own_prose(case: Case, item: GuidelineItem) -> list[str]:
    """Return the prose of the sections that an item names as its own."""
    return texts_at(case, item.prose)


def named_prose(case: Case, item: GuidelineItem) -> list[str]:
    """Return the prose of the sections that an item names, the rest of the story aside: what may be confirmed."""
    paths = (*item.prose, *item.elsewhere)
    return texts_at(case, [path for path in paths if path != STORY and not path.endswith(".*")])


def texts_at(case: Case, paths: Iterable[str]) -> list[str]:
    """Return the prose at paths; ``a.b.*`` is every text below, `story` every text that tells of this patient."""
    return [text for _, text in placed_texts(case, paths)]


def placed_texts(case: Case, paths: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Yield the prose at paths, each text with its place."""
    for path in paths:
        if path == STORY or path.endswith(".*"):
            yield from _below(case, path)
        else:
            yield from (found for place in places(case, path) for found in _narratives(place))


def _below(case: Case, path: str) -> Iterator[tuple[Path, str]]:
    """Yield every text of the story or below a path, keys of records too, in a language that can be read."""
    if not readable(case):
        return
    for where, text in case.texts:
        if text.strip() and (where[0] in _STORY if path == STORY else is_below(where, path.removesuffix(".*"))):
            yield where, str(text)


def is_below(where: Path, path: str) -> bool:
    """Return whether a place of the case is at a path, or below it."""
    steps = tuple(path.split("."))
    return where[: len(steps)] == steps


def readable(case: Case) -> bool:
    """Return whether the patterns know the language of the case."""
    return case.language.lower().startswith("en")


def _narratives(place: Place) -> Iterator[tuple[Path, str]]:
    """Yield the prose at a place: a text, or the narrative of a listing."""
    where, value = place
    if isinstance(value, Listing):
        where, value = (*where, "narrative"), value.narrative
    if isinstance(value, str) and value.strip():
        yield where, value
