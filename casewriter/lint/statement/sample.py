"""What prose says grew from a sample that it names without the word culture, and the answer of a later test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence

SPECIMENS = (
    "blood|urine|urinary|sputum|CSF|cerebrospinal fluid|stool|pus|wound|tissue|bile|throat|nasal|bone marrow|synovial"
    "|joint|pleural|ascites|ascitic|peritoneal|abscess|skin|bronchial|bronchoalveolar|lavage|tracheal|aspirates?"
    "|catheter|valve|bone|biopsy|swabs?|fluid|serum"
)
_GAP = r"(?:,? (?!and\b|but\b|or\b|nor\b|no\b|not\b|cultures?\b|was\b|were\b|had\b|has\b|which\b|that\b)[\w-]+){0,7}?"
_NOTHING = r"(?:no|nothing|neither)\b"
_GREW = Late(
    rf"\b(?P<specimen>{SPECIMENS})\b{_GAP},? (?:had |has |have )?(?:"
    r"(?P<sterile>(?:was|were|been|remained|stayed|proved|is|are)(?: found)?(?: to be)? sterile)"
    rf"|(?:grew|grown|yielded|produced|showed|shown|gave|given) (?P<none>{_NOTHING})"
    r"(?:(?: [\w-]+){0,2}? (?:growth|organisms?|bacteri\w+|pathogens?|colonies)\b|(?=[.,;]))"
    r"|(?P<some>grew|grown|yielded|produced) )",
    re.IGNORECASE,
)
_FROM = Late(
    rf"\bfrom (?:the |her |his )?(?P<specimen>{SPECIMENS})\b(?: [\w-]+){{0,4}},? "
    r"(?P<some>[*_]*[A-Z][^,;]{2,60}?) (?:was|were) (?:grown|isolated|cultured|recovered)\b",
    re.IGNORECASE,
)
_IN = Late(
    rf"(?P<some>[*_]{{0,2}}[A-Z][\w.]*(?: [a-z]{{4,}})?[*_]{{0,2}}) (?:had grown|grew) (?:in|from|on) "
    rf"(?:both |all |the |her |his )*(?P<specimen>{SPECIMENS})\b"
)
_NONE = Late(
    r"\b(?P<none>no (?:organism|bacteri\w+|pathogen|growth|germ)s?|nothing) (?:grew|had grown|(?:was|were) (?:grown"
    r"|isolated|recovered|cultured|seen|found))"
    rf" (?:in|from|on) (?:both |all |any |the |her |his |either )*(?P<specimen>{SPECIMENS})\b",
    re.IGNORECASE,
)
_GENOME = Late(
    r"(?P<who>\b[A-Za-z][\w–-]+(?: [\w–-]+){0,3}?)(?: (?:DNA|RNA|viraemia|viremia|genomes?|nucleic acid))? (?:was|were)"
    rf" (?P<none>not )?(?:detected|amplified) (?:in|from) (?:the |her |his )?(?:peripheral )?(?:{SPECIMENS})\b"
)
_LATTER = Late(
    r"(?:\b(?:but|and|while|whereas|although|though)|[;,]) (?P<which>the (?:last|latter)|it)(?: of (?:them|these))?"
    r" (?:had|has|was|were|became|become|turned|tested|stayed|remained)(?: (?:been|become|turned|again|still|found))*"
    r" (?P<none>not )?(?P<answer>detectable|detected|positive|negative|undetectable)\b",
    re.IGNORECASE,
)


class Grew(Struct, frozen=True):
    """A sample with what the text says of it: the names after it, and whether something was found."""

    specimen: str
    found: bool
    names: str
    start: int
    end: int


def grew(sentence: Sentence) -> Iterator[Grew]:
    """Yield “sputum had shown no growth”, “pus yielded …”, “… grew in the urine”, “nothing grew from the blood”."""
    text = sentence.text
    for found in _GREW.finditer(text, sentence.start, sentence.end):
        limit = sentence.clause(found.start())[1]
        names = text[found.end() : max(limit, found.end())] if found["some"] else ""
        yield Grew(found["specimen"], bool(found["some"]), names, found.start(), found.end())
    for pattern in (_FROM, _IN):
        for found in pattern.finditer(text, sentence.start, sentence.end):
            yield Grew(found["specimen"], True, found["some"], *found.span())
    for found in _NONE.finditer(text, sentence.start, sentence.end):
        yield Grew(found["specimen"], False, "", *found.span())


def genomes(sentence: Sentence) -> Iterator[Grew]:
    """Yield “cytomegalovirus DNA was detected in the blood”, and what is said of “the latter” of tests in a row."""
    text = sentence.text
    for found in _GENOME.finditer(text, sentence.start, sentence.end):
        yield Grew("", found["none"] is None, found["who"], *found.span())
    for found in _LATTER.finditer(text, sentence.start, sentence.end):
        before = re.split(r",? (?:and|or|nor) |, ", text[sentence.start : found.start()].rstrip(" ,;"))
        named = [re.split(r" (?:at|on|in|by|during) ", part)[0] for part in before if part]
        positive = found["answer"].lower() in ("detectable", "detected", "positive") and not found["none"]
        if named:
            yield Grew("", positive, named[-1], found.start("which"), found.end())
