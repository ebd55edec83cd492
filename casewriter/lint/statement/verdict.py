"""What prose calls a laboratory test: normal, raised, lowered, positive or negative."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.index import Index, Mention
from casewriter.lint.statement.infection import infections
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, Story
from casewriter.lint.statement.words import data, folded_words

_DEGREE = (
    "markedly|slightly|mildly|moderately|severely|significantly|grossly|strongly|always|all|both|also|persistently|only|very"
    "|clearly"
)
_COPULA = (
    r"(?:[- ](?:levels?|counts?|concentrations?|activit(?:y|ies)|titres?|titers?|results?|tests?|values?))?,?"
    r" (?:(?:was|were) (?:found(?: to be)?|reported as|returned as)|(?:was|were|is|are|had been|had become|has been"
    r"|became|remained|stayed|proved|lay|appeared|looked)(?: to be)?|(?:came|turned) (?:back|out)(?: to be)?|returned"
    r"|tested)"
)
_ITS = r"(?:the |its |their )?"
_NORMAL = (
    r"(?:normal\b(?! (?:for|saline|except|apart|until|in (?:size|number|shape|form|structure)))|unremarkable"
    rf"|(?:within|in) {_ITS}(?:normal|reference)(?: (?:range|limits|interval|values?))?)"
)
_HIGH = (
    r"(?:elevated|raised|increased|prolonged|high\b(?!-)"
    rf"|above {_ITS}(?:normal|reference|upper (?:limit|bound|end|reference))(?: (?:range|interval|limits?))?)"
)
_LOW = (
    r"(?:low\b(?!-)|lowered|decreased|reduced|suppressed|shortened"
    rf"|below {_ITS}(?:normal|reference|lower (?:limit|bound|end|reference))(?: (?:range|interval|limits?))?)"
)
_POSITIVE, _NEGATIVE = (
    r"(?:positive|reactive|detected|detectable)\b",
    r"(?:negative|non-?reactive|undetectable|not detected|absent)\b",
)
_KINDS = (("normal", _NORMAL), ("raised", _HIGH), ("lowered", _LOW), ("negative", _NEGATIVE), ("positive", _POSITIVE))
_VERDICT = "|".join(rf"(?P<{name}>{words})" for name, words in _KINDS)
_BEHIND = Late(
    rf"(?:\s*\([^)]*\))?{_COPULA}(?P<no> not| never)?(?: (?:{_DEGREE}|not significantly))* (?:{_VERDICT})",
    re.IGNORECASE,
)
_BEFORE = Late(
    r"(?<![\w-])(?P<no>(?:no|not|without|neither|nor|non-?|nearly|almost|hardly) ?)?(?:a |an )?"
    r"(?:(?P<normal>normal)|(?P<raised>elevated|raised|increased|prolonged|high)|(?P<lowered>low|decreased|reduced"
    r"|suppressed)"
    r"|(?P<negative>negative|undetectable)|(?P<positive>positive))(?: (?:serum|plasma|blood|peripheral|total))* $",
    re.IGNORECASE,
)
_LIST = Late(r"\s*(?:\([^)]*\))?(?:,|,? and|,? or)\s+(?:the |serum )?")
_THEN = Late(r"[^.;]{0,40}\b(?:ago|earlier|before|previously|until)\b")
_ELSE_WORDS = (
    r"[- ](?:dose|doses|grade|risk|range|diet|therapy|infusion|ratio|degree|antibod\w+|transport\w*|intake"
    r"|supplement\w*|gradient|clearance|excretion|score|load)"
)
_ELSE = Late(_ELSE_WORDS, re.IGNORECASE)


class Verdict(Struct, frozen=True):
    """What the text calls some tests, and where it says so."""

    kind: str
    facts: tuple[StatedFact, ...]
    start: int
    end: int
    behind: bool


def verdicts(told: Story) -> Iterator[tuple[Sentence, Verdict]]:
    """Yield the verdicts of the text on laboratory tests."""
    terms = _terms(told.index)
    for sentence in told.sentences if told.english else ():
        for one in infections(sentence, told.index):
            yield (
                sentence,
                Verdict("positive" if one.found else "negative", one.facts, one.start, one.end, behind=False),
            )
        labs = [one for one in sentence.mentions if one.of("lab")]
        if not (labs or sentence.folded & terms.keys()) or sentence.of_others:
            continue
        for chain in _chains(sentence.text, labs):
            for verdict in _on_chain(sentence, chain):
                yield sentence, verdict
        for verdict in _by_terms(sentence, terms) if sentence.folded & terms.keys() else ():
            yield sentence, verdict


def _chains(text: str, labs: list[Mention]) -> list[list[Mention]]:
    chains: list[list[Mention]] = []
    for one in labs:
        if chains and (
            _LIST.fullmatch(text, chains[-1][-1].end, one.start) or text[chains[-1][-1].end : one.start] == " ("
        ):
            chains[-1].append(one)
        else:
            chains.append([one])
    return chains


def _on_chain(sentence: Sentence, chain: list[Mention]) -> Iterator[Verdict]:
    first, last = chain[0], chain[-1]
    end = last.end + 1 if sentence.text[last.end : last.end + 1] == ")" else last.end
    behind = _BEHIND.match(sentence.text, end, sentence.end)
    if behind and not _THEN.match(sentence.text, behind.end(), sentence.end):
        kind = _kind(behind)
        for one in chain:
            yield Verdict(kind, one.of("lab"), one.start, behind.end(), behind=True)
        return
    start = max(sentence.start, first.start - 60)
    before = _BEFORE.search(sentence.text[start : first.start])
    if before and not _ELSE.match(sentence.text, first.end) and not before["no"]:
        for one in chain:
            yield Verdict(_kind(before), one.of("lab"), start + before.start(), one.end, behind=False)


def _kind(found: re.Match[str]) -> str:
    kind = next(name for name, _ in _KINDS if found[name])
    if not found["no"]:
        return kind
    return {"positive": "negative", "negative": "positive"}.get(kind, f"not {kind}")


def _terms(known: Index) -> dict[str, tuple[str, tuple[StatedFact, ...]]]:
    """Return the words that are verdicts themselves, such as leukocytosis, with the tests that they mean."""
    found = {}
    for kind, table in (("raised", data()["high"]), ("lowered", data()["low"])):
        for word, test in table.items():
            facts = tuple(fact for fact in known.by_name.get(folded_words(test), ()) if fact.sort == "lab")
            if facts:
                found[folded_words(word)[0]] = (kind, facts)
    return found


def _by_terms(sentence: Sentence, terms: dict[str, tuple[str, tuple[StatedFact, ...]]]) -> Iterator[Verdict]:
    for found in _TERM.finditer(sentence.text, sentence.start, sentence.end):
        known = terms.get(folded_words(found[0])[0])
        before = sentence.text[max(sentence.start, found.start() - 30) : found.start()]
        if known and not _OFF.search(before) and not _DENIED.match(sentence.text, found.end()):
            yield Verdict(known[0], known[1], *found.span(), behind=False)


_TERM = Late(r"\b\w+(?:a?emia|osis|penia|philia)\b", re.IGNORECASE)
_DENIED = Late(
    _ELSE_WORDS
    + r"|[^.;,]{0,12}\b(?:not|never|absent|excluded|ruled out|corrected|followed|may|might|can|could|resol\w+)\b",
    re.IGNORECASE,
)
_OFF = Late(
    r"\b(?:no|not|without|drug reaction with|treat\w*|prevent\w*|cause[sd]?|risk of|for|against|history of"
    r"|iron[- ]deficiency|known"
    r"|chronic|corrected|lactic|induced|under)\b[^.;]*$",
    re.IGNORECASE,
)
