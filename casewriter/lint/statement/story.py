"""The sentences of a case that tell of this patient, each with the records that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from msgspec import Struct

from casewriter.lint.statement.dated import Dated, dated
from casewriter.lint.statement.index import Index, Mention, index
from casewriter.lint.statement.moment import Calendar
from casewriter.lint.statement.words import LANGUAGES, pattern
from casewriter.lint.words import CITATION, CaseProse, sentences
from casewriter.model.case import Case
from casewriter.model.duration import DAYS
from casewriter.problem import Path

_TOLD = frozenset(
    "title abstract observation timeline course labs microbiology imaging tests pathology genetics diagnosis treatment"
    " follow_up discussion conclusion figures".split()
)
_APART = frozenset(
    "dose frequency route target condition method technique what why note credit index schedule alt specimen test panel"
    " region site stains severity gender ethnicity occupation brand manufacturer modality procedure indication setting"
    " scope how_assessed mode_of_presentation scale category certainty".split()
)
"""Keys whose texts are no sentences about the patient, or speak of what was planned."""
_OWN = re.compile(
    r"\b(?:our|this|present) (?:own )?(?:patient|case|child|infant|boy|girl|man|woman)|\b(?:she|he|hers?|his"
    r"|first time|first case|(?:reported|described) here)\b",
    re.I,
)
_OF_CASE = frozenset(("rationale", "strengths", "limitations"))
"""Parts of the discussion that speak of this case."""
_VALUE = re.compile(r"\{\{.*?\}\}|`[^`\n]*`|@(?:fig|tbl)-[\w.-]*\w")
_CLAUSE = re.compile(
    r"[;—]|:(?!\d)|,\s(?=(?:and|but|while|whereas|although|though|which|who|whose|when|where|after|before|until|so"
    r"|because|yet"
    r"|then|she|he|it|they|with no|without)\b)|\s(?=(?:but|while|whereas|although|though|because)\b)"
    r"|\s(?=and (?:she|he|it|they|the|a|an|her|his) )"
)


class Sentence(Struct, frozen=True, dict=True):
    """One sentence: its place in a text, whether it cites, and the records that it names."""

    path: Path
    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    folded: frozenset[str]
    language: str

    @property
    def words(self) -> str:
        """The sentence."""
        return self.text[self.start : self.end]

    @cached_property
    def is_datum(self) -> bool:
        """Whether it belongs to one record of a list, and is no running text."""
        return any(isinstance(part, int) for part in self.path) and self.path[0] not in ("figures", "discussion")

    @cached_property
    def of_others(self) -> bool:
        """Whether it speaks of another person, or of other patients."""
        return _says(self.language, ("other",), self.text, self.start, self.end)

    @cached_property
    def _breaks(self) -> tuple[int, ...]:
        return _clauses(self.text, self.start, self.end)

    def clause(self, place: int) -> tuple[int, int]:
        """Return where the clause round a place begins and ends."""
        begin = max(one for one in self._breaks if one <= place)
        return begin, min((one for one in self._breaks if one > place), default=self.end)

    def says(self, place: int, *keys: str) -> bool:
        """Return whether the clause round a place has one of these words: `past`, `unsure`, `no`."""
        return _says(self.language, keys, self.text, *self.clause(place))

    def quote(self, start: int, end: int) -> tuple[str, int]:
        """Return the words of a stretch and how many times they come before it in the text."""
        words = self.text[start:end].strip()
        return words, self.text.count(words, 0, start)


@lru_cache(2048)
def _says(language: str, keys: tuple[str, ...], text: str, start: int, end: int) -> bool:
    return bool(pattern(language, *keys).search(text, start, end))


@lru_cache(2048)
def _clauses(text: str, start: int, end: int) -> tuple[int, ...]:
    """Return where the clauses of a sentence begin, and its end."""
    return (start, *(found.end() for found in _CLAUSE.finditer(text, start, end)), end)


@lru_cache(2048)
def _told(text: str, plain: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text with a sign for each value in it, and where its sentences without citations are.

    Remembered, so that an edit costs what it changes: the rest of the story is the same text.
    """
    told = _VALUE.sub(lambda found: "\N{OBJECT REPLACEMENT CHARACTER}" * len(found[0]), plain)
    cited = [found.start() for found in CITATION.finditer(text)] if "@" in text else []
    stretches = [(start, start + len(words)) for start, words in sentences(told)]
    return told, tuple((start, end) for start, end in stretches if not any(start <= one < end for one in cited))


def _key(path: Path) -> str | int:
    """Return the key of a text, also where it is one of a list."""
    return path[-2] if isinstance(path[-1], int) and len(path) > 1 else path[-1]


class Story:
    """The sentences about the patient, in the order of the file, and the index of the records."""

    def __init__(self, case: Case, prose: CaseProse) -> None:
        self.case = case
        self.index: Index = index(case)
        self.calendar = Calendar(case)
        self.language = case.language.lower()
        self.is_read = self.language[:2] in LANGUAGES
        self.english = self.language.startswith("en")
        self.sentences: tuple[Sentence, ...] = tuple(self._sentences(prose))

    @cached_property
    def is_adult(self) -> bool:
        """Whether the data say that the patient is 16 years old or older."""
        age = self.case.observation.patient.age if self.case.observation and self.case.observation.patient else None
        if age is None or (age.decade or age.over):
            return age is not None and max(age.decade or 0, age.over or 0) >= 20
        return age.amount is not None and age.amount.days >= 16 * DAYS["y"]

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The records that have a time."""
        return tuple(dated(self.case, self.index.facts, self.calendar))

    def _sentences(self, prose: CaseProse) -> Iterator[Sentence]:
        for path, text, plain in prose.uncited if self.is_read else ():
            if str(path[0]) not in _TOLD or _key(path) in _APART or path[:2] == ("observation", "history"):
                continue
            told, stretches = _told(text, plain)
            apart = path[0] == "discussion" and not _OF_CASE & set(path)
            for start, end in stretches:
                if apart and not _OWN.search(told[start:end]):
                    continue
                mentions, folded = self.index.mentions(told, start, end)
                yield Sentence(path, told, start, end, mentions, folded, self.language)


@lru_cache(maxsize=1)
def story(prose: CaseProse) -> Story:
    """Return the story of a case; all rules of one run read the same."""
    return Story(prose.case, prose)
