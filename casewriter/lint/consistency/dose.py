"""DATA: doses in the prose that the data of the drug do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.source import Source

Amount = tuple[float, str]

_FIGURES = (
    r"(?<![\d.,–-])(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?"
    r"(?P<unit>(?:mg|g|µg|μg|mcg|ng|mL|ml|IU|U|units|mmol|mEq)(?:/kg|/m2|/m²)?)\b(?!/[dm]?[Ll])"
)
_AMOUNT = Late(_FIGURES)
_TO_MG = {"g": 1000.0, "mg": 1.0, "µg": 0.001, "μg": 0.001, "mcg": 0.001, "ng": 1e-6}
_BEHIND = Late(
    rf"(?! dose of)(?: (?!(?:and|with|or|by|plus|to|then)\b)\w+){{0,4}}?[ (,]+(?:at |of )?(?:about "
    rf"|around )?{_FIGURES}",
    re.IGNORECASE,
)
_BEFORE = Late(
    rf"{_FIGURES}(?: (?:daily|a day|once daily|twice daily))? of (?:oral |intravenous |subcutaneous )?$", re.IGNORECASE
)
_TOTAL = Late(
    r"\b(?:cumulative|total|maximum|maximal|loading|usual|recommended|equivalent)\b[^.;,]{0,25}$", re.IGNORECASE
)


@rule("DATA016", "dose-contradicts", Level.WARNING)
def dose_contradicts(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text gives a dose that the data of the drug do not have.

    The name of the drug is read together with an amount after it in the same clause, or before it (“100 mg of
    allopurinol”); every dose, step and change in its data counts. An amount per kilogram is compared with the patient's
    weight if the drug is given once a day. Remedy: correct one of the two, or add the step to `schedule`.
    """
    weight = _weight(case)
    told = story(prose)
    for sentence in told.sentences if told.english else ():
        if not any(one.of("drug", "intervention") for one in sentence.mentions) or sentence.of_others:
            continue
        for one in sentence.mentions:
            facts = one.of("drug", "intervention")
            doses = {amount for fact in facts for amount in _doses(fact.record)} if facts else set()
            said = _said(sentence, one.start, one.end) if doses else None
            if said is None or sentence.path[-1] in ("label", "what", "why"):
                continue
            amount = _amount(said["figure"], said["unit"])
            if _fits(amount, doses, weight, facts) or _as_daily(amount, said, sentence, facts):
                continue
            quote = said[0][said.start("figure") - said.start() : said.end("unit") - said.start()]
            name, where = facts[0].record.title(), place(source, facts[0].path)
            message = f"the text gives {name} {quote}, which its data do not have ({where})"
            yield Found(message, sentence.path, "correct one of the two, or add the step to schedule:", quote, 0)


def _said(sentence: Sentence, start: int, end: int) -> re.Match[str] | None:
    before = sentence.text[max(sentence.start, start - 45) : start]
    if _TOTAL.search(before):
        return None
    return _BEHIND.match(sentence.text, end, sentence.end) or _BEFORE.search(before)


def _fits(amount: Amount, doses: set[Amount], weight: float | None, facts: tuple[StatedFact, ...]) -> bool:
    """Return whether the data have a dose, or none that can be compared."""
    if amount in doses or any(unit == amount[1] for _, unit in doses):
        return amount in doses
    if amount[1] != "mg/kg" or weight is None or not all(_daily(fact.record) for fact in facts):
        return True
    return any(unit == "mg" and abs(dose - amount[0] * weight) <= 0.3 * dose for dose, unit in doses)


_TIMES = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "four times": 4, "six times": 6}
_OFTEN = Late(
    r"(?P<times>once|twice|(?:two|three|four|six) times)(?: a| per)? ?(?:day|daily)|every (?P<hours>\d+) ?h"
    r"|(?P<day>/d(?:ay)?\b|a day|per day|daily)",
    re.IGNORECASE,
)


def _as_daily(amount: Amount, said: re.Match[str], sentence: Sentence, facts: tuple[StatedFact, ...]) -> bool:
    """Return whether the amounts of a whole day agree, where text and data divide it in other doses."""
    rest = sentence.text[said.end("unit") : said.end("unit") + 40] if said.re is _BEHIND.pattern else said[0]
    often = _per_day(rest)
    for fact in facts if often else ():
        times = _per_day(f"{fact.record.frequency or ''} {fact.record.dose or ''}")
        if times and any(
            unit == amount[1] and abs(dose * times - amount[0] * often) < 1e-6 for dose, unit in _doses(fact.record)
        ):
            return True
    return False


def _per_day(words: str) -> float:
    found = _OFTEN.search(words)
    if not found:
        return 0.0
    if found["hours"]:
        return 24 / float(found["hours"])
    return float(_TIMES[found["times"].lower()]) if found["times"] else 1.0


def _daily(record: Any) -> bool:
    return bool(re.search(r"\bonce daily\b|^daily$|/d(?:ay)?\b", f"{record.frequency or ''} {record.dose or ''}"))


def _weight(case: Case) -> float | None:
    """Return the weight of the patient in kilograms."""
    observation = case.observation
    for vital in observation.examination.vitals if observation and observation.examination else ():
        if re.search(r"\bweight\b", str(vital.label or ""), re.IGNORECASE) and vital.unit == "kg" and vital.value:
            return vital.value.number
    found = re.fullmatch(
        r"(\d+(?:\.\d+)?) ?kg", str((observation.patient.weight if observation and observation.patient else "") or "")
    )
    return float(found[1]) if found else None


def _amount(figure: str, unit: str) -> Amount:
    mass, slash, per = unit.partition("/")
    scale = _TO_MG.get(mass)
    if scale:
        return round(float(figure.replace(",", "")) * scale, 9), f"mg{slash}{per}"
    return float(figure.replace(",", "")), unit.lower().rstrip("s")


def _doses(record: Any) -> set[Amount]:
    """Return the amounts that the data of a drug name."""
    said = " ; ".join(str(text) for text in _dose_texts(record))
    return {_amount(one["figure"], one["unit"]) for one in _AMOUNT.finditer(said)}


def _dose_texts(item: Any) -> Iterator[str]:
    yield from (
        text for text in (item.label, item.dose, item.frequency, item.note, getattr(item, "target", None)) if text
    )
    for step in getattr(item, "schedule", ()):
        yield from (text for text in (step.dose, step.why, step.note) if text)
    changes = getattr(item, "changes", None)
    for change in changes.items if changes else ():
        yield from (text for text in (change.what, change.why) if text)


RULES = (dose_contradicts,)
