"""Which records of the case the prose tells already, by look-ups or in words: these are not listed once more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from msgspec.structs import replace
from pydantic import BaseModel

from casewriter.article import person, quantities, times
from casewriter.article.leaves import Leaf, inside, leaves
from casewriter.article.said import (
    Sentence,
    Wanted,
    all_said,
    length_said,
    read_sentence,
    sentences,
    vocabulary,
    wanted,
)
from casewriter.article.tell import Telling
from casewriter.model.base import Listing, Record
from casewriter.model.chronology import record_at
from casewriter.model.duration import Age, Duration
from casewriter.model.follow_up import LaterTest
from casewriter.model.investigation import Organism
from casewriter.model.observation import Patient
from casewriter.model.quantity import Point
from casewriter.model.time import When
from casewriter.model.value import Reference, Value
from casewriter.problem import Path

_LABELS = ("label", "test", "name", "modality", "specimen", "procedure", "gene", "role", "site")
"""The key that a record is known by, the first that it has."""


_CITED = "@"
"""Stands among the words of a text that cites or mentions: no sentence holds it, so only a look-up tells that text."""


class ToldNess:
    """Compares the records of one case with its prose."""

    def __init__(
        self, telling: Telling, story: Iterable[tuple[str, str]], shown: Iterable[Path], spoken: Callable[[str], str]
    ) -> None:
        """`story` are the paragraphs that tell of this patient, each with the key of the case that it is from.

        `shown` are the records whose times the timeline prints.

        `spoken` gives the letters of a text of the case without its markup.
        """
        self._telling = telling
        self._spoken = spoken
        self._needs: dict[str, Wanted] = {}
        self._texts = tuple(story)
        self._shown = frozenset(shown)
        self._looked_up = frozenset(place for where, place in telling.looked_up if where[0] in STORY)
        self._known = vocabulary(telling.language) is not None

    @cached_property
    def _story(self) -> list[tuple[Sentence, str]]:
        language = self._telling.language
        return [(read_sentence(one, language), key) for text, key in self._texts for one in sentences(text)]

    def tells(self, path: Path) -> bool:
        """Whether the prose tells all that the part of the case at a path says; in doubt it does not."""
        if not path:
            return False
        return self._tells(path, self._at(path))

    def _at(self, path: Path) -> Any:
        case = self._telling.case
        if path[0] == "labs" and case.labs is not None:
            return case.labs.row_at(path[1:]) or record_at(case, path)
        return record_at(case, tuple("for_" if step == "for" else step for step in path))

    def _tells(self, path: Path, part: Any) -> bool:
        match part:
            case None | ():
                return True
            case LaterTest() if not part.label and not part.note:
                return True  # it names a study or test, which is told where it stands
            case Record() | Organism() if any(getattr(part, key, None) for key in _LABELS):
                return self._tells_record(path, part)
            case Patient():
                return all(self._tells((*path, key), getattr(part, key)) for key in type(part).model_fields)
            case Listing() if part.none:
                return (*path, "none") in self._looked_up or self._tells_of_nothing(path, part)
            case Listing() | BaseModel():
                found = list(inside(path, part))
                return bool(found) and all(self._tells(where, inner) for where, inner in found)
            case tuple():
                return all(self._tells((*path, n), inner) for n, inner in enumerate(part))
        return path in self._looked_up or self._tells_leaf(path, part)

    def _tells_leaf(self, path: Path, part: Any) -> bool:
        """Whether a datum that belongs to no record is told."""
        if not self._known:
            return False
        if path[:2] == ("observation", "patient"):
            return self._tells_of_patient(str(path[2]), part)
        return isinstance(part, str) and all_said([part], self._own(path), self._telling.language)

    def _own(self, path: Path, *, within: str = "") -> list[Sentence]:
        """Return the sentences that may tell a datum; what is of the family, those about relatives may too.

        `within` is the key of the case that they must be from.
        """
        family = "family" in path or "genetic" in path or path[0] == "others"
        here = (sentence for sentence, key in self._story if not within or key == within)
        return [sentence for sentence in here if family or not sentence.of_relative]

    def _tells_of_nothing(self, path: Path, listing: Listing[Any]) -> bool:
        """Whether a sentence says that there is none: it denies what the key is about, with scope and assessment."""
        known = vocabulary(self._telling.language)
        words = known.nothing.get(str(path[-1])) if known else None
        beside = [text for text in (listing.scope, listing.how_assessed, *listing.absent) if text]
        return words is not None and any(
            sentence.excludes(words) and all(self._holds(sentence, text) for text in beside)
            for sentence in self._own(path)
        )

    # -- the patient ----------------------------------------------------------------------------------------------

    def _tells_of_patient(self, key: str, value: Any) -> bool:
        patient = self._telling.case.observation.patient if self._telling.case.observation else None
        language, words = self._telling.language, self._telling.words
        assert patient is not None
        match key, value:
            case "age_at", _:
                return True
            case (("age" | "sex"), _):
                phrase = person.described(patient, words, language)
                return any(self._describes(sentence, phrase) for sentence in self._own(("observation", "patient")))
            case _, str():
                return all_said([value], self._own(("observation", "patient")), language)
        return False

    def _describes(self, sentence: Sentence, phrase: str) -> bool:
        """Whether a sentence says the age with the noun of sex: “37-year-old woman”, “woman of 37 years”."""
        need = wanted(phrase, self._telling.language).words - {"aged", "old"}
        return bool(need) and need <= sentence.words

    # -- records --------------------------------------------------------------------------------------------------

    def _tells_record(self, path: Path, record: Any) -> bool:
        everything = list(leaves(path, record, self._telling.case))
        left = [leaf for leaf in everything if leaf[0] not in self._looked_up]
        if not left or not self._known:
            return bool(everything) and not left
        key = next(key for key in _LABELS if getattr(record, key, None))
        label = self._wanted(str(getattr(record, key)))
        others = [leaf for leaf in left if leaf[0] != (*path, key)]
        # Where a datum of the record denies (no growth, excluded), the denial beside the label may be its own.
        free = any(self._denies(value) for where, value in everything if where != (*path, key))
        # A bare word, such as fever, is said of many things: only the record's own section says it of this one.
        bare = all(isinstance(value, When | Duration) for where, value in everything if where != (*path, key))
        own = self._own(path, within=str(path[0]) if bare else "")
        own = [s for s in own if (label.words and s.holds(label) if free else s.affirms(label))]
        return any(all(self._says(sentence, leaf, path) for leaf in others) for sentence in own)

    def _denies(self, value: Any) -> bool:
        return isinstance(value, str) and self._wanted(value).denies

    def _wanted(self, text: str) -> Wanted:
        """Return what a sentence must hold to say a text; one that cites is said by a look-up alone."""
        if text not in self._needs:
            need = wanted(self._spoken(text), self._telling.language)
            cites = re.search(r"(?<![\w\\])@\w", text) is not None
            self._needs[text] = replace(need, words=need.words | {_CITED}) if cites else need
        return self._needs[text]

    def _says(self, sentence: Sentence, leaf: Leaf, record: Path) -> bool:
        """Whether a sentence says a datum of the record whose label it names."""
        value = leaf[1]
        match value:
            case (Point(), _):
                point, unit = value
                found = quantities.with_unit(point.value, unit, self._telling.words, self._telling.language)
                return self._holds(sentence, found) and self._timed(sentence, point.at, record)
            case When():
                return self._timed(sentence, value, record, begins=leaf[0][-1] in ("since", "onset"))
            case Duration():
                return record in self._shown or length_said(value, sentence)
            case str() if leaf[0][-1] == "sex":
                return self._holds(sentence, person.sex(value, self._telling.words, self._telling.language))
            case Age() | Value() | Reference() | str():
                return self._holds(sentence, self._printed(value))
        return False

    def _holds(self, sentence: Sentence, text: str) -> bool:
        need = self._wanted(text)
        return (bool(need.words) or need.denies) and sentence.holds(need)

    def _timed(self, sentence: Sentence, when: When | None, record: Path, *, begins: bool = False) -> bool:
        """Whether the reader learns a time: it is that of the index, in the timeline, or in the sentence.

        What begins at a time lasts since: “for eight years” says it too.
        """
        if when is None or record in self._shown:
            return True
        days = self._telling.chronology.days(when)
        if days is None:
            return sentence.quotes(times.when(when, self._telling.speech))
        if days == 0:
            return True
        if sentence.quotes(times.when(when, self._telling.speech)):
            return True
        turned = begins or sentence.looks_back == (days < 0)
        return turned and any(abs(abs(days) - one) < 1e-3 for one in sentence.lengths)

    def _printed(self, value: Any) -> str:
        telling = self._telling
        match value:
            case str():
                return str(value)
            case Age():
                return times.age(value, telling.words)
            case Value():
                return quantities.value(value, telling.words, telling.language)
            case Reference():
                return quantities.reference(value, telling.language)
        return ""


STORY = frozenset(
    "observation observation_narrative patient complaints history past_interventions examination others timeline labs"
    " microbiology imaging tests pathology genetics diagnosis diagnosis_narrative diagnosis_rest course treatment"
    " operations follow_up outcomes adverse_events".split()
)
"""Keys and parts of the case whose prose tells of this patient; introduction and discussion tell of others too."""
