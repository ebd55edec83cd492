"""The patient in a few words: “37-year-old woman”, “woman in her 50s”, „Frau von 37 Jahren“."""

from __future__ import annotations

from casewriter.article import times
from casewriter.article.typography import NBSP
from casewriter.article.words import fill
from casewriter.model.duration import Age
from casewriter.model.observation import Patient

Words = dict[str, str]
_FEMALE, _MALE = ("female", "f"), ("male", "m")
_CHILD_UNTIL, _ADULT_FROM = 13, 18
"""Years: children to 12, adolescents to 17 (AMA Manual of Style, 11th ed., 11.7, Age descriptors)."""


def described(patient: Patient, words: Words, language: str) -> str:
    """Return who the patient is by age and sex; nothing is said of what the case does not hold."""
    who, age = noun(patient, words), patient.age
    if age is None:
        return who
    if language[:2].lower() == "en":
        return _in_english(who, patient, age, words)
    return fill(words, "person_of", who, _length(age, words, language))


def noun(patient: Patient, words: Words) -> str:
    """Return woman, man, girl or boy; patient where the sex is not given as one of two."""
    sex = (patient.sex or "").strip().lower()
    if sex not in (*_FEMALE, *_MALE):
        return words["person"]
    grown, teenage, child = ("woman", "teenage_girl", "girl") if sex in _FEMALE else ("man", "teenage_boy", "boy")
    years = _years(patient.age)
    if years is None:
        return words[child if patient.minor else grown]
    return words[child if years < _CHILD_UNTIL else teenage if years < _ADULT_FROM else grown]


_SEXES = {name: "sex_" + name.replace(" ", "_") for name in ("female", "male", "intersex", "not stated")}
"""What the format names a sex, and the word that is printed for it."""


def sex(typed: str, words: Words, language: str) -> str:
    """Return a sex in the language of the case; of English, and of words that the format does not name, as typed."""
    key = _SEXES.get(" ".join(typed.lower().split()))
    return words[key] if key and language[:2].lower() != "en" else typed


def _years(age: Age | None) -> float | None:
    if age is None:
        return None
    if age.amount is not None:
        return age.amount.days / 365.25
    return float(age.over if age.over is not None else age.decade or 0)


def _in_english(who: str, patient: Patient, age: Age, words: Words) -> str:
    if age.decade is not None:
        sex = (patient.sex or "").strip().lower()
        whose = "her" if sex in _FEMALE else "his" if sex in _MALE else "their"
        return f"{who} in {whose} {age.decade}s"
    if age.amount is not None and len(age.amount.parts) == 1 and not age.amount.prefix:
        number, unit = age.amount.parts[0]
        return f"{number.replace('-', '–')}-{words[unit].split('|')[0]}-old {who}"
    return fill(words, "person_of", who, _length(age, words, "en"))


def _length(age: Age, words: Words, language: str) -> str:
    """Return an age with its unit; German wants the dative behind “von”: 37 Jahren."""
    many = words["y"].split("|")[1]
    text = f"{age.decade}–{age.decade + 9}{NBSP}{many}" if age.decade is not None else times.age(age, words)
    if language[:2].lower() != "de":
        return text
    return text if not text.endswith(("Jahre", "Monate", "Tage")) else f"{text}n"
