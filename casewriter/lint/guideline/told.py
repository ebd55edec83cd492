"""The prose in which an item may be answered: its own sections, others that are named, or the patient's whole story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.guideline import GuidelineItem
from casewriter.lint.guideline.places import values
from casewriter.model.base import Listing
from casewriter.model.case import Case

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
    found: list[str] = []
    for path in paths:
        if path == STORY or path.endswith(".*"):
            found += _below(case, path)
        else:
            found += (text for value in values(case, path) for text in _narratives(value))
    return found


def _below(case: Case, path: str) -> list[str]:
    """Return every text of the story or below a path, keys of records too, in a language that can be read."""
    if not readable(case):
        return []
    steps = tuple(path.removesuffix(".*").split("."))
    texts = ((where, text) for where, text in case.texts if text.strip())
    return [
        str(text) for where, text in texts if (where[0] in _STORY if path == STORY else where[: len(steps)] == steps)
    ]


def readable(case: Case) -> bool:
    """Return whether the patterns know the language of the case."""
    return case.language.lower().startswith("en")


def _narratives(value: object) -> Iterator[str]:
    """Yield the prose at a path: a text, or the narrative of a listing."""
    if isinstance(value, Listing):
        value = value.narrative
    if isinstance(value, str) and value.strip():
        yield value
