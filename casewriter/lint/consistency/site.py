"""DATA: biopsies and lesions at another place in the prose than in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.attached import SYMPTOMS, attached, said_places
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.located import ELSEWHERE, LESION, Located, located, of_lesion
from casewriter.lint.statement.site import Place, holds, may_be_one, places
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.problem import Level
from casewriter.source import Source

_TAKEN = Late(r"\b(?:biops(?:y|ies)|histology|histopatholog\w+|specimens?)\b(?! forceps| needle)", re.IGNORECASE)
_OF = Late(r"(?: \([^)]*\))?(?: (?:was|were))?(?: taken| obtained| performed)? (?:of|from|at|on) ", re.IGNORECASE)
_STOP = Late(r"\b(?:showed|revealed|was|were|that|which|with|and the|found)\b|[,;(\N{OBJECT REPLACEMENT CHARACTER}]")
_NOUNS = tuple(
    "biops histolog histopath specimen bezoar phytobez trichobez mass tumo abscess fracture aneurysm thromb hematoma "
    "ulcer"
    " polyp stricture perforation cyst".split()
)
"""How the nouns begin of which a place is read."""
_NEAR = Late(
    r"(?: had| was| were)?(?: completely| partly| partially| nearly)? (?:block|obstruct|occlud|fill|occupi|involv"
    r"|infiltrat"
    r"|encas|narrow)\w*(?: all of)? (?:the |a |her |his )?|(?: (?:lay|sat|lodged|stuck|arose|(?:was|were|had been|had)"
    r" (?:found|seen|located|lodged|stuck|impacted|present|felt|situated)))?"
    r"(?: (?:of|measuring) [\d.–-]+(?: ?(?:to|×|x) ?[\d.]+)* ?[cm]m)?,? (?:(?:just )?(?:at|in|on|above|below|of"
    r"|within|over|near) )",
    re.IGNORECASE,
)


@rule("DATA035", "site-contradicts", Level.WARNING)
def site_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about the site of a biopsy or lesion.

    “Biopsy of the thigh”, “liver biopsy”, “a mass in the stomach” and “cellulitis of the arm” are compared with the
    site of every specimen, or of every record that names the lesion. A part agrees with its whole (jejunum and small
    bowel, palm and hand). Remedy: correct one of the two, or add the specimen you mean.
    """
    told = story(prose)
    everything = list(located(told)) if told.english else []
    specimens = [one for one in everything if one.fact.sort == "specimen"]
    nouns = attached(everything)
    for sentence in told.sentences if everything else ():
        if sentence.is_datum or sentence.of_others:
            continue
        wrong = list(_taken(sentence, specimens, everything))
        for found, there, record in wrong or _placed(sentence, nouns):
            start, end = found
            begin, stop = sentence.clause(start)
            if ELSEWHERE.search(sentence.text, begin, stop) or sentence.says(start, "unsure"):
                continue
            quote, nth = sentence.quote(min(start, there.start), max(end, there.end))
            title = record.fact.record.title() or record.text[:60]
            message = f"the text says “{quote}”; the data say {title} ({place(source, record.fact.path)})"
            yield Found(message, sentence.path, "correct one of the two", quote, nth)


Wrong = tuple[tuple[int, int], Place, Located]


def _taken(sentence: Sentence, specimens: list[Located], everything: list[Located]) -> Iterator[Wrong]:
    """Yield the biopsies and lesions of a sentence that are elsewhere in the data."""
    if not any(word.startswith(_NOUNS) for word in sentence.folded):
        return
    for found, records in _named(sentence, specimens, everything):
        wrong = _elsewhere(list(_places_of(sentence, found)), records) if records else None
        if wrong:
            yield found.span(), *wrong


def _placed(sentence: Sentence, nouns: dict[str, list[Located]]) -> Iterator[Wrong]:
    """Yield what the data place with the same noun, where none of the places of the text is one of theirs."""
    early = sentence.path[0] in ("observation", "title") or sentence.path[:2] == ("abstract", "presentation")
    for start, word, said in said_places(sentence, nouns):
        records = [one for one in nouns[word] if sentence.path[: len(one.fact.path)] != one.fact.path]
        wrong = [_elsewhere([one], records) for one in said]
        if (early or word not in SYMPTOMS) and wrong[0] and all(wrong):
            yield start, *wrong[0]


def _named(
    sentence: Sentence, specimens: list[Located], everything: list[Located]
) -> Iterator[tuple[re.Match[str], list[Located]]]:
    own = sentence.path
    for found in _TAKEN.finditer(sentence.text, sentence.start, sentence.end):
        yield found, [one for one in specimens if own[: len(one.fact.path)] != one.fact.path]
    for found in LESION.finditer(sentence.text, sentence.start, sentence.end):
        yield found, of_lesion(sentence, found, everything)


def _places_of(sentence: Sentence, found: re.Match[str]) -> Iterator[Place]:
    """Yield the places that belong to a biopsy or lesion: right before it, or after “of”, “in”, “at” in its phrase."""
    text, end = sentence.text, sentence.clause(found.start())[1]
    before = re.search(r"(?:\w+ ){1,2}$", text[max(sentence.start, found.start() - 30) : found.start()])
    if before:
        yield from places(text, found.start() - len(before[0]), found.start())
    behind = (_OF if found.re is _TAKEN.pattern else _NEAR).match(text, found.end(), end)
    if behind:
        stop = _STOP.search(text, behind.end(), end)
        yield from places(text, behind.end(), stop.start() if stop else end)


def _elsewhere(said: list[Place], records: list[Located]) -> tuple[Place, Located] | None:
    """Return the place that no record has, with a record, where they place it by the same sort of place."""
    for one in said:
        there = [(record, other) for record in records for other in _sites(record) if other.is_organ is one.is_organ]
        if there and not any(may_be_one(one.name, other.name) for _, other in there):
            return one, there[0][0]
    return None


def _sites(record: Located) -> list[Place]:
    """Return the places that a record names; one that only holds another of them says less and is left out."""
    found = places(record.text)
    return [one for one in found if not any(holds(one.name, other.name) for other in found)]


RULES = (site_contradicts,)
