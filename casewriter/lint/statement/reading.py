"""Which number the text gives for a quantity that it names: “pulse of 120/min”, “calcium fell to 3.2 mmol/L”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from casewriter.lint.statement.amount import FIGURE, UNIT
from casewriter.lint.statement.facts import MEASURED, StatedFact
from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence
from casewriter.lint.statement.words import alternatives


class ClauseReading(Struct, frozen=True):
    """A number given for a quantity: as typed, with its unit, what qualifies it, and where it is."""

    mention: Mention
    said: str
    unit: str
    qualifier: str
    start: int
    end: int
    second: str = ""
    most: str = ""
    word: str = ""

    @property
    def written(self) -> str:
        """The number with its unit, as it was typed; or the word that implies a bound."""
        if self.word:
            return f"“{self.word}”"
        figure = f"{self.said}/{self.second}" if self.second else self.said
        figure = f"{figure}–{self.most}" if self.most else figure
        return f"{figure}{'' if self.unit in ('%', '‰') or self.unit.startswith('/') else ' '}{self.unit}".strip()


_NOT_UNIT = (
    "and or on at with after but in by from to when while as for of the a an she he it was were is then during before"
    " over under respectively despite without within until compared against which that this"
)
_NO_VALUE = "times? fold percentile patients? cases? months? weeks? days? hours? years? minutes? points? doses?"
_STOP = r"(?=\s*(?:[.,;:)\]]|$|\s(?:" + "|".join(_NOT_UNIT.split()) + r")\b))"
_AMOUNT = (
    rf"(?P<between>between )?(?P<said>{FIGURE})(?:/(?P<second>\d{{2,3}}))?(?!\d)"
    rf"(?:(?(between) and |(?:\s?[–-]\s?| to ))(?P<most>{FIGURE}))?"
    rf"(?:\s?(?!(?:{'|'.join((_NOT_UNIT + ' ' + _NO_VALUE).split())})\b)(?P<unit>(?:beats|breaths"
    rf"|degrees) \w+(?: minute)?|per minute|{UNIT})"
    rf"(?![\w/^])|{_STOP})"
)
_SECOND = Late(rf"(?:,| and|, and) {_AMOUNT}")


@cache
def _behind(language: str) -> re.Pattern[str]:
    """Return what comes after a name, up to its value."""
    between = alternatives(language, "between") or "of"
    qualifier = "|".join(filter(None, (alternatives(language, key) for key in ("about", "above", "below"))))
    when = r"(?: (?:on|at) (?:admission|presentation|arrival|examination|(?:POD|(?:hospital )?day) ?\d+))?"
    return re.compile(
        rf"(?:[- ]?(?:levels?"
        rf"|counts?))?(?: \([^()\d]{{1,40}}\))?(?:, [^,;.]{{3,40}},)?{when},?(?: (?:{between}))*{when}"
        rf"(?: from {FIGURE}(?: ?{UNIT})? to)?(?: (?P<qualifier>(?:{qualifier or 'about'})(?: (?:than|least))?"
        rf"|[~≈<>≤≥]))?"
        rf"(?:,? at)?(?:[ :=(]+(?:[~≈<>≤≥] ?)?){_AMOUNT}",
        re.IGNORECASE,
    )


_RANGE = Late(r"\s?(?:–|-|to|or|and)\s?\d")
_BARE = Late(
    rf"(?:(?P<between>between )?(?P<said>{FIGURE})(?:(?(between) and |(?:[–-]"
    rf"| to ))(?P<most>{FIGURE}))? ?(?P<unit>°\s?[CF]))"
)
_FEVER = Late(r"\b(?:fever|febrile|temperature|pyrexia|spik\w+|peak\w*)\b", re.IGNORECASE)
_JOINED = Late(r"(?:,|,? and|,? or)\s+")


def degrees(sentence: Sentence, temperature: tuple[StatedFact, ...]) -> Iterator[ClauseReading]:
    """Yield the degrees that a sentence about fever gives without a name right before them."""
    for found in _BARE.finditer(sentence.text, sentence.start, sentence.end):
        if found["most"] and _FEVER.search(sentence.text, sentence.start, found.start()):
            mention = Mention(found.start(), found.start(), ("temperature",), temperature)
            yield ClauseReading(mention, found["said"], found["unit"], "", *found.span(), "", found["most"])


def readings(sentence: Sentence) -> Iterator[ClauseReading]:
    """Yield the numbers that a sentence gives for quantities of the data; doubtful lists are left out."""
    measured = [one for one in sentence.mentions if one.of(*MEASURED)]
    for chain in _chains(sentence.text, measured):
        found = _behind(sentence.language[:2]).match(sentence.text, chain[-1].end, sentence.end)
        if found is None or _RANGE.match(sentence.text, found.end("said"), sentence.end):
            continue
        amounts = [found, *_more(sentence, found, len(chain) - 1)]
        if len(amounts) == len(chain):
            for mention, amount in zip(chain, amounts, strict=True):
                yield _reading(mention, amount, found["qualifier"] or "")


def _reading(mention: Mention, amount: re.Match[str], qualifier: str) -> ClauseReading:
    ends = (amount.start("said"), max(amount.end("said"), amount.end("second"), amount.end("most"), amount.end("unit")))
    more = (amount["second"] or "", amount["most"] or "")
    return ClauseReading(mention, amount["said"], amount["unit"] or "", qualifier.lower(), *ends, *more)


def _more(sentence: Sentence, found: re.Match[str], count: int) -> Iterator[re.Match[str]]:
    place = found.end()
    for _ in range(count):
        again = _SECOND.match(sentence.text, place, sentence.end)
        if again is None:
            return
        place = again.end()
        yield again


def _chains(text: str, mentions: list[Mention]) -> list[list[Mention]]:
    """Return the quantities in groups that share what follows: “sodium and potassium were 140 and 4”."""
    chains: list[list[Mention]] = []
    for one in mentions:
        if chains and _JOINED.fullmatch(text, chains[-1][-1].end, one.start):
            chains[-1].append(one)
        elif chains and re.fullmatch(r" \(\s*", text[chains[-1][-1].end : one.start]):
            chains[-1][-1] = _merged(text, chains[-1][-1], one)
        else:
            chains.append([one])
    return chains


def _merged(text: str, one: Mention, other: Mention) -> Mention:
    """Return “alanine aminotransferase (ALT)” as one name."""
    end = other.end + 1 if text[other.end : other.end + 1] == ")" else one.end
    return Mention(one.start, end, one.name, one.facts)
