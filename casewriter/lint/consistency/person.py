"""DATA: another age or sex of the patient in the prose than in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from casewriter.lint.consistency.told_again import again
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse, number, quoted
from casewriter.model.case import Case
from casewriter.model.duration import Age
from casewriter.model.observation import Patient
from casewriter.problem import Level, Path

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_COUNT = rf"(?P<count>\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|\w+teen)"
_WHO = r"(?P<who>man|woman|boy|girl|male|female|patient|infant|child|gentleman|lady)"
_AGED = Late(rf"\b{_COUNT}[- ](?P<unit>year|month|week|day)s?[- ]old (?:[\w-]+ ){{0,2}}?{_WHO}\b", re.IGNORECASE)
_AGED_BEHIND = Late(rf"\b{_WHO},? aged {_COUNT} ?(?P<unit>year|month|week|day)s?\b", re.IGNORECASE)
_DECADE = Late(
    r"\b(?P<who>man|woman|patient|gentleman|lady)(?: [\w-]+)? in (?:her|his|their) (?:(?:early|mid|late)[- ])?"
    r"(?P<decade>\d0|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)(?:s|[’']s)?\b",
    re.IGNORECASE,
)
_ALONE = Late(
    r"\b[Aa]n? (?:(?!\S*old )[a-z-]+ )?(?P<who>man|woman|boy|girl) (?:in (?:her|his) \w+|with|who|came|presented|was"
    r"|developed)\b"
)
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties".split()
_SIGNS = ("old", "aged ", "man ", "lady ", "patient in ", "boy ", "girl ")
_OTHERS = Late(
    r"\b(?:his|her|their|whose|mother|father|brother|sister|donor|son|daughter|aunt|uncle|cousin|husband"
    r"|wife)\b[^.]{0,20}$"
    r"|\b(?:as|when|from) an? $|\bdonor\b[^.]{0,40}$",
    re.IGNORECASE,
)
_SEX = {
    "woman": "female", "girl": "female", "female": "female", "lady": "female",
    "man": "male", "boy": "male", "male": "male", "gentleman": "male",
}  # fmt: skip
_UNIT = {"year": "y", "month": "mo", "week": "wk", "day": "d"}


@rule("DATA014", "age-contradicts", Level.ERROR)
def age_contradicts(case: Case, prose: CaseProse) -> Iterator[Found]:
    """The text and the data disagree about the patient's age or sex.

    “N-year-old man”, “aged N months”, “a woman in her fifties” and “a man with” are read in the title, abstract and
    story, but not in the introduction or after a relative; he and she are read if no other person is mentioned nearby.
    Remedy: correct one of the two, or write {{ observation.patient.age }}.
    """
    patient = case.observation.patient if case.observation else None
    if patient is None:
        return
    for path, text in prose.story:
        if path[:2] in (("abstract", "discussion"), ("diagnosis", "reasoning")):
            continue
        for found in _described(text):
            yield from _judged(found, path, text, patient)
    for found, path, text in again(case, prose) if case.language.lower().startswith("en") else ():
        yield from _judged(found, path, text, patient)
    yield from _pronouns(prose, patient)


@lru_cache(2048)
def _described(text: str) -> tuple[re.Match[str], ...]:
    """Return where a text gives the age or sex of a person who is not said to be another than the patient."""
    if not any(word in text for word in _SIGNS):
        return ()
    said = (found for pattern in (_AGED, _AGED_BEHIND, _DECADE, _ALONE) for found in pattern.finditer(text))
    return tuple(found for found in said if not _OTHERS.search(text[: found.start()]))


def _judged(found: re.Match[str], path: Path, text: str, patient: Patient) -> Iterator[Found]:
    quote, nth = quoted(text, found)
    said = found.groupdict()
    if said.get("count"):
        exact = _exact(patient.age)
        count, unit = number(said["count"] or ""), _UNIT[(said["unit"] or "").lower()]
        if exact and exact[1] == unit and count is not None and float(exact[0]) != count:
            message = f"the text says {said['count']} {said['unit']}s, the data say {exact[0]} {exact[1]}"
            yield Found(message, path, "correct one of the two", quote, nth)
    elif said.get("decade") and patient.age and not _in_decade(patient.age, said["decade"] or ""):
        yield Found(
            f"the text says {said['decade']}, the data say {patient.age.written}",
            path,
            "correct one of the two",
            quote,
            nth,
        )
    sex = _SEX.get(found["who"].lower())
    if sex and patient.sex in ("male", "female") and sex != patient.sex and _first(found, text):
        message = f"the text says {found['who']}, the data say {patient.sex}"
        yield Found(message, path, "correct one of the two", quote, nth)


def _first(found: re.Match[str], text: str) -> bool:
    """Return whether a man or woman without an age is not the second match for one place."""
    return found.re is not _ALONE.pattern or not any(
        one.start("who") == found.start("who") for one in _DECADE.finditer(text)
    )


def _exact(age: Age | None) -> tuple[str, str] | None:
    amount = age.amount if age else None
    if amount is None or len(amount.parts) != 1 or amount.prefix or "-" in amount.parts[0][0]:
        return None
    return amount.parts[0]


def _in_decade(age: Age, words: str) -> bool:
    decade = int(words) if words.isdigit() else 10 * (_DECADES.index(words.lower()) + 2)
    exact = _exact(age)
    if age.decade is not None:
        return age.decade == decade
    return exact is None or exact[1] != "y" or decade <= float(exact[0]) < decade + 10


_PRONOUN = {
    "female": Late(r"\b(?:he|his|him|himself)\b", re.IGNORECASE),
    "male": Late(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
}
_FOLDED = {"female": {"he", "his", "him", "himself"}, "male": {"she", "her", "hers", "herself"}}
_NEAR = Late(
    r"\b(?:doctor|physician|surgeon|nurse|dermatologist|radiologist|pathologist|therapist|practitioner|teacher"
    r"|friend|person|man|woman|boy|girl"
    r"|people|ship|mate|pharmacist|dentist|midwife|caregiver|carer|family|wife|husband|spouse)s?\b",
    re.IGNORECASE,
)


def _pronouns(prose: CaseProse, patient: Patient) -> Iterator[Found]:
    """Yield the first he of each text about a woman, or she of one about a man."""
    told = story(prose)
    wrong = _PRONOUN.get(patient.sex or "") if told.english and not patient.gender else None
    if wrong is None:
        return
    pronouns = _FOLDED[patient.sex or ""]
    seen: set[Path] = set()
    for last, sentence in pairwise((None, *told.sentences)):
        if sentence is None or not sentence.folded & pronouns or sentence.path[0] == "discussion":
            continue
        if sentence.path in seen or sentence.is_datum:
            continue
        found = wrong.search(sentence.text, sentence.start, sentence.end)
        if found and not _others_near(sentence, patient) and not (last and _others_near(last, patient)):
            seen.add(sentence.path)
            quote, nth = sentence.quote(*found.span())
            message = f"the text says “{quote}”, the data say {patient.sex}"
            yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _others_near(sentence: Sentence, patient: Patient) -> bool:
    if sentence.of_others:
        return True
    return any(_SEX.get(one, patient.sex) == patient.sex for one in _people(sentence.words))


@lru_cache(2048)
def _people(words: str) -> frozenset[str]:
    """Return the persons that a sentence names."""
    return frozenset(one[0].lower().rstrip("s") for one in _NEAR.finditer(words))


RULES = (age_contradicts,)
