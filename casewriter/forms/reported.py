"""Where the manuscript reports an item of a guideline: page, lines, and the words that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article import person
from casewriter.article.leaves import leaves
from casewriter.article.said import Sentence, read_sentence, vocabulary, wanted
from casewriter.article.told import STORY
from casewriter.article.words import words_for
from casewriter.export.places import Places, PrintedAt, PrintedLine, is_within
from casewriter.forms.printed import Prose, Said, covers
from casewriter.lint.guideline.evidence import Evidence
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.model.chronology import record_at
from casewriter.problem import Path, dotted

_NEAR = 2
"""Numbered lines between two stretches of a page that are given as one."""
_ENOUGH = 0.6
"""Share of the words of a datum that a sentence has where it tells that datum in other words."""


class Spot(Struct, frozen=True):
    """A stretch of a page, and the words that are printed there; `path` is the part of the case that they tell."""

    at: PrintedAt
    words: str
    path: Path


class Reporter:
    """Finds what shows an item in the finished manuscript of a case."""

    def __init__(self, case: Case, prose: Prose, places: Places) -> None:
        self._case, self._prose, self._places = case, prose, places

    def spots(self, shown_by: Iterable[Evidence]) -> tuple[Spot, ...]:
        """Return where evidence is printed, in the order of the pages; stretches that touch are one."""
        found = [spot for one in shown_by for spot in self._spots(one)]
        return tuple(_joined(sorted(found, key=_order)))

    def _spots(self, one: Evidence) -> list[Spot]:
        said = self._prose.like(one.path, one.sentence) if one.sentence else None
        return (self._said(said, one.path) if said else []) or self._datum(one.path)

    def _said(self, said: Said, path: Path) -> list[Spot]:
        found = _stretches(self._printed(said, path), path)
        return [replace(found[0], words=said.words)] if len(found) == 1 else found

    def _datum(self, path: Path) -> list[Spot]:
        """Return where a datum is reported.

        That is where its words are printed, in a list, a table, its notes, or by a look-up; else where its record is;
        else the sentence that tells it in other words; else the timeline.
        """
        words = {line: None for said in self._prose.data(path) for line in self._printed(said, path)}
        if words:
            return _stretches([line for line in self._places.lines if line in words], path)
        lines = self._lines(path)
        own = [line for line in lines if path[0] == "timeline" or "timeline" not in line.origins]
        if own:
            return _stretches(own, path)
        if str(path[0]) not in STORY:
            return _stretches(self._around(path), path)
        told = self._told(path)
        return self._said(told, path) if told else _stretches(lines, path)

    def _printed(self, said: Said, path: Path) -> list[PrintedLine]:
        """Return the lines of words, in the nearest part around them that is known on the page."""
        outside = "" if path[0] == "timeline" else "timeline"
        parts = (said.origin[:length] for length in range(len(said.origin), 0, -1))
        found = (self._places.said(part, said.words, said.around, outside=outside) for part in parts)
        return next((lines for lines in found if lines), [])

    def _lines(self, path: Path) -> list[PrintedLine]:
        name = dotted(path)
        tells = _declares if path[0] == "authors" else covers
        return [line for line in self._places.lines if any(tells(origin, name) for origin in line.origins)]

    def _around(self, path: Path) -> list[PrintedLine]:
        """Return the lines of the nearest part around a datum of a statement, which has it in a sentence."""
        parts = (path[:length] for length in range(len(path) - 1, 0, -1))
        return next((lines for part in parts if (lines := self._lines(part))), [])

    def _told(self, path: Path) -> Said | None:
        """Return the sentence of the patient's story that tells a datum in other words, best of all."""
        if vocabulary(self._case.language) is None:
            return None
        story = [one for one in self._prose.sentences() if str(one.origin[0]) in STORY]
        share = {one: self._share(read_sentence(one.words, self._case.language), path) for one in story}
        best = max(story, key=lambda one: (share[one], one.origin[0] == path[0]), default=None)
        return best if best and share[best] >= _ENOUGH else None

    def _share(self, sentence: Sentence, path: Path) -> float:
        """Return how much of a datum a sentence holds, from 0 to 1."""
        part = _at(self._case, path)
        if isinstance(part, Listing) and part.none:
            known = vocabulary(self._case.language)
            return float(known is not None and sentence.excludes(known.nothing.get(str(path[-1]), frozenset())))
        words = self._words(path, part)
        return len(words & sentence.words) / len(words) if words else 0.0

    def _words(self, path: Path, part: object) -> frozenset[str]:
        """Return the words of a datum, with those of the label of its record."""
        language = self._case.language
        patient = self._case.observation.patient if self._case.observation else None
        if patient and path[:2] == ("observation", "patient") and path[-1] in ("age", "sex", "gender"):
            return wanted(person.described(patient, words_for(language), language), language).words - {"aged", "old"}
        texts = [part] if isinstance(part, str) else [text for _, text in _leaves(path, part, self._case)]
        label = getattr(_at(self._case, _record(path)), "label", None)
        return frozenset(word for text in (*texts, label or "") for word in wanted(str(text), language).words)


def _declares(origin: str, name: str) -> bool:
    """Return whether a line tells what an author did and owns: in the declarations, not beside the name."""
    return origin == "authors" or (name.count(".") > 0 and is_within(origin, name))


def _record(path: Path) -> Path:
    """Return the place of the record that a datum belongs to: the last step that is a number ends it."""
    last = max((place for place, step in enumerate(path) if isinstance(step, int)), default=len(path) - 1)
    return path[: last + 1]


def _leaves(path: Path, part: object, case: Case) -> Iterator[tuple[Path, str]]:
    found = leaves(path, part, case) if hasattr(type(part), "model_fields") else ()
    yield from ((where, value) for where, value in found if isinstance(value, str))


def _at(case: Case, path: Path) -> object:
    if path[0] == "labs" and case.labs is not None and (row := case.labs.row_at(path[1:])) is not None:
        return row
    return record_at(case, tuple("for_" if step == "for" else step for step in path))


def _order(spot: Spot) -> tuple[int, int, int]:
    return spot.at.page, spot.at.first or 0, spot.at.last or 0


def _stretches(lines: list[PrintedLine], path: Path) -> list[Spot]:
    """Return the lines of each page as a stretch, with the words that it begins with."""
    pages: dict[int, list[PrintedLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    return [Spot(PrintedAt(page, *_numbers(found)), found[0].text.strip(), path) for page, found in pages.items()]


def _numbers(lines: list[PrintedLine]) -> tuple[int | None, int | None]:
    numbers = [line.number for line in lines if line.number is not None]
    return min(numbers, default=None), max(numbers, default=None)


def _joined(spots: list[Spot]) -> Iterator[Spot]:
    """Yield stretches in order, those of a page that touch or overlap as one."""
    last: Spot | None = None
    for spot in spots:
        if last and _touch(last.at, spot.at):
            last = replace(last, at=last.at.joined(spot.at))
            continue
        if last:
            yield last
        last = spot
    if last:
        yield last


def _touch(one: PrintedAt, other: PrintedAt) -> bool:
    if one.page != other.page:
        return False
    return one.last is None or other.first is None or other.first <= one.last + _NEAR + 1
