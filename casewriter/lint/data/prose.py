"""DATA: prose that says otherwise than the data. English prose about this patient is read; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casewriter.lint.rule import Found, rule
from casewriter.lint.words import Prose, number, quoted
from casewriter.model.base import Labelled
from casewriter.model.case import Case
from casewriter.model.duration import DAYS, Duration
from casewriter.problem import Level

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_COUNT = rf"(\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|\w+teen)"
_AGED = re.compile(
    rf"\b{_COUNT}[- ](year|month|week|day)s?[- ]old (?:[\w-]+ ){{0,2}}?"
    r"(man|woman|boy|girl|male|female|patient|infant|child|gentleman|lady)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:his|her|their|whose|mother|father|brother|sister|donor|son|daughter|aunt|uncle|cousin|husband|wife)\b[^.]{0,20}$"
    r"|\b(?:as|when|from) an? $",
    re.I,
)
_SEX = {
    "woman": "female", "girl": "female", "female": "female", "lady": "female",
    "man": "male", "boy": "male", "male": "male", "gentleman": "male",
}  # fmt: skip
_UNIT = {"year": "y", "month": "mo", "week": "wk", "day": "d", "hour": "h"}
_LENGTH = rf"{_COUNT}[- ](hour|day|week|month|year)s?"


@rule("DATA014", "age-contradicts", Level.ERROR)
def age_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose gives another age or sex than the data.

    Read is “N-year-old man” and the like in title, abstract and story, not in the introduction and not after a
    relative. Remedy: correct one of the two, or write {{ observation.patient.age }}.
    """
    patient = case.observation.patient if case.observation else None
    if patient is None:
        return
    amount = patient.age.amount if patient.age else None
    exact = (
        amount.parts[0]
        if amount and len(amount.parts) == 1 and not amount.prefix and "-" not in amount.parts[0][0]
        else None
    )
    for path, text in prose.story:
        for found in _AGED.finditer(text):
            if _OTHERS.search(text[: found.start()]) or path[:2] in (
                ("abstract", "discussion"),
                ("diagnosis", "reasoning"),
            ):
                continue
            said, unit = number(found[1]), _UNIT[found[2].lower()]
            quote, nth = quoted(text, found)
            if exact and exact[1] == unit and said is not None and float(exact[0]) != said:
                message = f"the text says {found[1]} {found[2]}s, the data say {exact[0]} {exact[1]}"
                yield Found(message, path, "correct one of the two", quote, nth)
            sex = _SEX.get(found[3].lower())
            if sex and patient.sex in ("male", "female") and sex != patient.sex:
                yield Found(
                    f"the text says {found[3]}, the data say {patient.sex}", path, "correct one of the two", quote, nth
                )


_AMOUNT = (
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?"
    r"((?:mg|g|µg|μg|mcg|ng|mL|ml|IU|U|units|mmol|mEq)(?:/kg|/m2|/m²)?)\b(?!/[dm]?[Ll])"
)
_TO_MG = {"g": 1000.0, "mg": 1.0, "µg": 0.001, "μg": 0.001, "mcg": 0.001, "ng": 1e-6}


@rule("DATA016", "dose-contradicts", Level.WARNING)
def dose_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose gives a dose of a drug that its data do not have.

    Read is the name of the drug with an amount behind it in the same clause; every dose, step and change of its
    data counts. Remedy: correct one of the two, or add the step to `schedule`.
    """
    for name, doses in _doses(case).items():
        if not prose.tells(name):
            continue
        pattern = re.compile(
            rf"(?<!cumulative )(?<!total )(?<!maximum )\b{re.escape(name)}\b(?! dose of)"
            rf"(?: (?!(?:and|with|or|by|plus|to|then)\b)\w+){{0,4}}?[ (,]+(?:at |of )?{_AMOUNT}",
            re.IGNORECASE,
        )
        for path, text in prose.story:
            if path[-1] in ("dose", "label", "what", "why", "frequency"):
                continue
            for found in pattern.finditer(text):
                said = _amount(found[1], found[2])
                if said not in doses and any(unit == said[1] for _, unit in doses):
                    quote, nth = f"{found[1]}{found[0].rsplit(found[1], 1)[1]}", 0
                    message = f"the text gives {name} {found[1]} {found[2]}, which its data do not have"
                    yield Found(message, path, "correct one of the two, or add the step to schedule:", quote, nth)


def _amount(figure: str, unit: str) -> tuple[float, str]:
    mass, slash, per = unit.partition("/")
    scale = _TO_MG.get(mass)
    if scale:
        return round(float(figure.replace(",", "")) * scale, 9), f"mg{slash}{per}"
    return float(figure.replace(",", "")), unit.lower().rstrip("s")


def _doses(case: Case) -> dict[str, set[tuple[float, str]]]:
    """Return the amounts that the data give for each drug, by name; drugs without any are left out."""
    found: dict[str, set[tuple[float, str]]] = {}
    history = case.observation.history if case.observation else None
    listings: list[Any] = [case.treatment.interventions if case.treatment else None]
    listings += [history.medications, history.past_interventions] if history else []
    for item in (item for listing in listings if listing for item in listing.items):
        name = str(item.title() or "").lower()
        said = " ; ".join(str(text) for text in _dose_texts(item))
        amounts = {_amount(figure, unit) for figure, unit in re.findall(_AMOUNT, said)}
        if len(name) > 3 and amounts:
            found.setdefault(name, set()).update(amounts)
    return found


def _dose_texts(item: Any) -> Iterator[str]:
    yield from (text for text in (item.dose, item.frequency, item.note, getattr(item, "target", None)) if text)
    for step in getattr(item, "schedule", ()):
        yield from (text for text in (step.dose, step.why, step.note) if text)
    changes = getattr(item, "changes", None)
    for change in changes.items if changes else ():
        yield from (text for text in (change.what, change.why) if text)


@rule("DATA017", "duration-contradicts", Level.WARNING)
def duration_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose gives another duration than the data: of a complaint, or of the follow-up.

    Read is “N-week history of …” with the label of a complaint, and “followed for N months”, “N-month follow-up”.
    """
    complaints = case.observation.complaints if case.observation and case.observation.complaints else None
    asked = [(item.duration, rf"\b{_LENGTH} history of (?:[\w-]+ ){{0,2}}?{re.escape(str(item.label))}\b")
             for item in (complaints.items if complaints else ()) if item.label and item.duration]  # fmt: skip
    follow = case.follow_up
    if follow and follow.duration:
        pattern = rf"\bfollow(?:ed)?(?:[- ]?up)?(?! by\b)(?: \w+)?? (?:for|of|over) {_LENGTH}\b(?! and then| then)"
        asked.append((follow.duration, pattern))
    for duration, pattern in asked:
        for path, text in prose.story:
            for found in re.finditer(pattern, text, re.IGNORECASE):
                said = number(found[1])
                if said is not None and not _agrees(duration, said, _UNIT[found[2].lower()]):
                    quote, nth = quoted(text, found)
                    message = f"the text says {found[1]} {found[2]}s, the data say {_written(duration)}"
                    yield Found(message, path, "correct one of the two", quote, nth)


def _agrees(duration: Duration, count: int, unit: str) -> bool:
    if duration.ongoing or duration.prefix:
        return True
    said, days = count * DAYS[unit], duration.days
    return abs(said - days) <= 0.1 * max(said, days)


def _written(duration: Duration) -> str:
    return " ".join(f"{figure} {unit}" for figure, unit in duration.parts)


@rule("DATA019", "count-contradicts", Level.WARNING)
def count_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose counts more biopsies, cultures or operations than the data have.

    Fewer may be a part of them (“two of the biopsies”) and are not reported.
    """
    given = case.treatment.interventions if case.treatment else None
    counts = {
        r"(?:biops(?:y|ies)|specimens)": len(case.pathology.specimens) if case.pathology else 0,
        r"(?:blood |urine )?cultures": len(case.microbiology.cultures) if case.microbiology else 0,
        r"(?:operations|surgeries|surgical procedures)": sum(
            i.kind == "surgery" for i in (given.items if given else ())
        ),
    }
    for words, count in counts.items():
        pattern = re.compile(
            rf"\b{_COUNT} (?:(?!(?:days?|weeks?|hours?|months?|years?|after|later|of)\b)[\w-]+ ){{0,2}}?{words}\b",
            re.IGNORECASE,
        )
        for path, text in prose.story if count else ():
            for found in pattern.finditer(text):
                said = number(found[1])
                history = path[:2] == ("observation", "history")
                if said is not None and said > count and not history:
                    quote, nth = quoted(text, found)
                    yield Found(
                        f"the text counts {found[1]}, the data have {count}", path, "correct one of the two", quote, nth
                    )


_LATER = "stopped|increased|reduced|decreased|repeated|tapered|withdrawn|changed|restarted|second|third|again"


@rule("DATA013", "day-contradicts", Level.WARNING)
def day_contradicts(case: Case, prose: Prose) -> Iterator[Found]:
    """The prose dates an intervention, event or study on another day than the data.

    Read is its label with “on day N” or “on hospital day N” behind it in the same clause, against an `at` written
    as `day N`, `N d` or 0.
    """
    first = case.timeline.first_day if case.timeline else 0
    days: dict[str, set[int | None]] = {}
    for _, part in case.parts:
        if isinstance(part, Labelled) and part.label:
            ends = (part.at, getattr(part, "until", None), *(step.at for step in getattr(part, "schedule", ())))
            days.setdefault(part.label.lower(), set()).update(_day(at, first) for at in ends)
    for path, part in case.parts:
        if not isinstance(part, Labelled) or len(part.label or "") < 4 or (day := _day(part.at, first)) is None:
            continue
        label = str(part.label)
        if not prose.tells(label) or (not prose.tells(" on day") and not prose.tells(" on hospital day")):
            continue
        pattern = re.compile(
            rf"\b{re.escape(label)}\b(?: \w+){{0,3}} on (?:hospital )?day (\d{{1,3}})\b", re.IGNORECASE
        )
        for where, text in prose.story:
            for found in pattern.finditer(text) if where[: len(path)] != path else ():
                if int(found[1]) not in days[label.lower()]:
                    quote, nth = quoted(text, found)
                    yield Found(
                        f"the text says day {found[1]}, the data say day {day}",
                        where,
                        "correct one of the two",
                        quote,
                        nth,
                    )


def _day(at: Any, first: int) -> int | None:
    if at is None:
        return None
    if at.kind == "counted" and at.unit == "day":
        return int(at.count)
    parts = at.amount.parts if at.kind == "offset" and at.amount and not at.amount.prefix and not at.negative else None
    if parts == ():
        return first
    return (
        int(parts[0][0]) + first if parts and len(parts) == 1 and parts[0][1] == "d" and parts[0][0].isdigit() else None
    )


RULES = (age_contradicts, dose_contradicts, duration_contradicts, count_contradicts, day_contradicts)
