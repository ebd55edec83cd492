"""Reading the author's prose for rules: sentences without citations, and where a match is."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.model.records import texts
from casewriter.problem import Path

CITATION = re.compile(r"\[[^\]\n]*@(?!fig-|tbl-)[^\]\n]*\]")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[A-Z0-9“\"(\[*_])|\n\s*\n|\n\s*[-*+]\s")

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBER_WORDS = {word: number for number, word in enumerate(_UNITS.split(), start=1)} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), start=2)
}
"""English words of numbers up to ninety."""


_LINE_END = re.compile(r"(?<!\n)\n(?![ \t]*(?:\n|[-*+>|#]|\d+[.)]\s))")
"""A line end inside a paragraph, which a reader does not see."""

_STORY = frozenset(
    ("abstract", "observation", "course", "treatment", "follow_up", "title", "conclusion", "diagnosis", "labs")
)
"""Parts that tell of this patient; introduction and discussion tell of others too."""


class CaseProse:
    """The texts of a case as rules read them; each view is made once."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def texts(self) -> tuple[tuple[Path, AuthorText], ...]:
        """Every text that may hold the inline syntax, with its path."""
        return tuple(texts(self.case))

    @cached_property
    def uncited(self) -> tuple[tuple[Path, AuthorText, str], ...]:
        """Every text outside the references, with the same where citations and line ends are blanks: places stay."""
        found = ((path, text) for path, text in self.texts if path[0] != "references")
        return tuple((path, text, _uncited(text)) for path, text in found)

    @cached_property
    def story(self) -> tuple[tuple[Path, str], ...]:
        """The texts that tell this patient's story, citations blanked; none of a language that rules cannot read."""
        if not self.case.language.lower().startswith("en"):
            return ()
        return tuple((path, plain) for path, _, plain in self.uncited if path[0] in _STORY)

    def tells(self, words: str) -> bool:
        """Return whether the story names something at all: a quick look before patterns are tried on each text."""
        return words.lower() in self._told

    @cached_property
    def _told(self) -> str:
        return "\n".join(text for _, text in self.story).lower()


@lru_cache(2048)
def _uncited(text: str) -> str:
    """Return a text with blanks for its citations and line ends. Remembered: an edit changes one text of a case."""
    return _LINE_END.sub(" ", CITATION.sub(_blank, text) if "@" in text else str(text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def quoted(text: str, found: re.Match[str]) -> tuple[str, int]:
    """Return the words of a match and how many times they come before it in the text."""
    words = found[0].strip()
    return words, text.count(words, 0, found.start())


@lru_cache(2048)
def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Return (start, sentence) of each sentence of a text."""
    found, start = [], 0
    for end in SENTENCE_END.finditer(text):
        found.append((start, text[start : end.start()]))
        start = end.end()
    return (*found, (start, text[start:]))


def number(word: str) -> int | None:
    """Return the number that a word or figures say: ``37``, ``thirty-seven``, ``six``; None for other words."""
    if word.isdigit():
        return int(word)
    parts = re.split(r"[-\s]", word.lower())
    if not parts or any(part not in NUMBER_WORDS for part in parts) or len(parts) > 2:
        return None
    return sum(NUMBER_WORDS[part] for part in parts)
