"""What prose says of cultures and searches for organisms: which ones, and whether something was found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.statement.late import Late
from casewriter.lint.statement.sample import SPECIMENS, Grew, genomes, grew
from casewriter.lint.statement.story import Sentence
from casewriter.lint.statement.words import folded_words

_SAMPLES = rf"(?:(?:{SPECIMENS})(?:,? and |, )?(?: fluid| sample\w*| specimen\w*)?)+"
_OF = rf"(?: (?:of|from) (?:the |her |his |both )?(?P<of>{_SAMPLES}))"
_SUBJECT = Late(
    rf"(?P<specimen>(?:(?:{SPECIMENS})(?:,? and |, | )(?:the )?)+)?(?:serial |repeat(?:ed)? |bacterial "
    rf"|aerobic )*(?P<what>cultures?)\b{_OF}?"
    r"|(?P<pcr>PCR|polymerase chain reaction|molecular test(?:ing|s)?)\b",
    re.IGNORECASE,
)
_SOME = r"positive|grew|grown|grow(?:th|s|ing)?|yield(?:ed|s|ing)?|isolated|recovered|detected|amplified"
_SEEN = r"reveal(?:ed|s)|showed|shows|found|identified|demonstrated"
_NO = r"no|not|nothing|never|neither|without|sterile|negative|undetectable|fail\w*"
_FOUND = Late(rf"\b(?:(?P<none>{_NO})|(?P<some>{_SOME})|(?P<seen>{_SEEN}))\b", re.IGNORECASE)
_RELATIVE = Late(r"\b(?:that|which|who|whose)\b", re.IGNORECASE)
"""What begins a clause about something else: “cultures belong to the work-up of a pain that does not …”."""
_NOTHING = Late(rf"\W*(?:\w+\W+){{0,2}}?(?:{_NO})\b", re.IGNORECASE)
_WORDS = r"(?P<who>[A-Z][\w.]*(?:\s[a-z]{4,})?[*_]{0,2})"
_FROM = Late(
    rf"{_WORDS} (?:was|were) (?:grown|isolated|cultured|recovered) from (?:the |her |his )?(?P<of>{SPECIMENS})\b"
)
_BY = Late(
    r"(?P<who>\b[\w–-]+(?: [\w–-]+){0,4}?) (?:was|were) (?P<none>not )?(?:detected|found|identified)"
    r"(?: in [\w ]{3,30}?)? (?:by|on|using|with) (?:PCR|polymerase chain reaction)\b"
)
_ORGANISM = Late(r"[*_]{0,2}(?P<name>(?P<genus>[A-Z][a-z]{3,}) [a-z]{4,}|[A-Z]\. ?[a-z]{4,}|MRSA|MSSA)[*_]{0,2}")
_GENUS = Late(r"(?:us|is|um|ia|la|ter|as|es|ra|sa|ma|ta|ca|da)$")
"""How the names of genera end."""


_SIGNS = frozenset(
    "culture cultured pcr polymerase molecular grown isolated recovered grew yielded produced growth sterile"
    " organism detected amplified detectable undetectable".split()
)
"""Words without which a sentence says nothing of a culture."""


class Said(Struct, frozen=True):
    """What a sentence says was found: `found` is None where it is not certain; `organisms` are their folded names."""

    kind: str
    specimens: tuple[str, ...]
    found: bool | None
    organisms: tuple[str, ...]
    start: int
    end: int
    words: str
    named: bool = False


def cultures_said(sentence: Sentence) -> Iterator[Said]:
    """Yield what a sentence says of cultures and of tests for an organism."""
    text = sentence.text
    if not sentence.folded & _SIGNS:
        return
    for turned in _FROM.finditer(text, sentence.start, sentence.end):
        yield Said("culture", _listed(turned["of"]), True, _organisms(turned[0]), *turned.span(), turned[0])
    for turned in _BY.finditer(text, sentence.start, sentence.end):
        yield Said("test", (), turned["none"] is None, (), *turned.span(), turned["who"])
    for one in grew(sentence):
        yield from _sampled(one)
    for one in genomes(sentence):
        yield Said("test", (), one.found, (), one.start, one.end, one.names, named=True)
    subjects = list(_SUBJECT.finditer(text, sentence.start, sentence.end))
    for number, subject in enumerate(subjects):
        limit = subjects[number + 1].start() if number + 1 < len(subjects) else sentence.end
        yield from _answered(sentence, subject, limit)


def _sampled(one: Grew) -> Iterator[Said]:
    """Yield what grew from a sample; “yielded” may speak of other things, so that something must have a name."""
    organisms = _organisms(one.names)
    if organisms or not one.found:
        yield Said("culture", _listed(one.specimen), one.found, organisms, one.start, one.end, one.names)


def _answered(sentence: Sentence, one: re.Match[str], limit: int) -> Iterator[Said]:
    text = sentence.text
    answer = _FOUND.search(text, one.end(), min(limit, sentence.clause(one.start())[1]))
    if answer is None or answer.start() - one.end() > 70 or _RELATIVE.search(text, one.end(), answer.end()):
        return
    organisms = _organisms(text[answer.start() : limit])
    none = bool(answer["none"] or _NOTHING.match(text, answer.end(), limit))
    if answer["seen"] and not (none or organisms):
        return
    kind = "test" if one["pcr"] else "culture"
    specimens = _listed(one["specimen"]) + _listed(one["of"])
    yield Said(kind, specimens, not none, organisms, one.start(), answer.end(), text[one.start() : limit])


def _listed(words: str | None) -> tuple[str, ...]:
    return tuple(re.findall(SPECIMENS, (words or "").lower(), re.IGNORECASE))


def _organisms(words: str) -> tuple[str, ...]:
    found = _ORGANISM.finditer(words)
    return tuple(
        " ".join(folded_words(one["name"])) for one in found if not one["genus"] or _GENUS.search(one["genus"])
    )
