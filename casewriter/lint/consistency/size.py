"""DATA: lesions of another size in the prose than in the findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.located import LESION, located, of_lesion
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.problem import Level
from casewriter.source import Source

_SIZE = Late(r"(?P<size>\d+(?:\.\d+)?)(?:\s?(?:–|-|to|×|x|by)\s?(?P<most>\d+(?:\.\d+)?))?\s?(?P<unit>cm|mm)\b")
_SIZED = Late(r"(?:,| of| measuring| measured|,? \()? ?(?:about |around |approximately |up to )?(?=\d)", re.IGNORECASE)


@rule("DATA038", "size-contradicts", Level.WARNING)
def size_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the findings disagree about the size of a lesion.

    A mass, tumour, ulcer, abscess or the like with a size in cm or mm directly before or after it is compared with
    every size that the findings give for the same lesion. Remedy: correct one of the two.
    """
    told = story(prose)
    known = [one for one in located(told) if _SIZE.search(one.text)] if told.english else []
    for sentence in told.sentences if known else ():
        if sentence.is_datum or not _SIZE.search(sentence.text, sentence.start, sentence.end) or sentence.of_others:
            continue
        for found in LESION.finditer(sentence.text, sentence.start, sentence.end):
            records = of_lesion(sentence, found, known)
            said = _size_of(sentence, found) if records else None
            sizes = [size for one in records for size in _SIZE.finditer(one.text)]
            if said is None or any(_same_size(said, size) for size in sizes) or sentence.says(found.start(), "past"):
                continue
            quote, nth = sentence.quote(min(found.start(), said.start()), max(found.end(), said.end()))
            message = f"the text says “{quote}”; the data say {sizes[0][0]} ({place(source, records[0].fact.path)})"
            yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _size_of(sentence: Sentence, found: re.Match[str]) -> re.Match[str] | None:
    text, end = sentence.text, sentence.clause(found.start())[1]
    between = _SIZED.match(text, found.end(), end)
    behind = _SIZE.match(text, between.end(), end) if between else None
    before = list(_SIZE.finditer(text, max(sentence.start, found.start() - 20), found.start()))
    if before and re.fullmatch(r"[ -](?:\w+ )?", text[before[-1].end() : found.start()]):
        return before[-1]
    return behind


def _same_size(one: re.Match[str], other: re.Match[str]) -> bool:
    mine, theirs = _millimetres(one), _millimetres(other)
    return any(abs(a - b) <= 0.06 * max(a, b) for a in mine for b in theirs) or (
        min(theirs) <= min(mine) and max(mine) <= max(theirs)
    )


def _millimetres(found: re.Match[str]) -> list[float]:
    scale = 10.0 if found["unit"] == "cm" else 1.0
    return [float(figure) * scale for figure in (found["size"], found["most"]) if figure]


RULES = (size_contradicts,)
