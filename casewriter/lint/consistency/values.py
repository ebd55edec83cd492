"""DATA: values of tests and vital signs in the prose that the data do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.consistency import state, verdict
from casewriter.lint.consistency.datum import Datum, data_of, paired
from casewriter.lint.consistency.laboratory import called
from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.amount import agrees, converted, figure
from casewriter.lint.statement.facts import StatedFact
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import Calendar
from casewriter.lint.statement.reading import ClauseReading, degrees, readings
from casewriter.lint.statement.state import states
from casewriter.lint.statement.story import Sentence, Story, story
from casewriter.lint.statement.words import pattern
from casewriter.lint.words import CaseProse, sentences
from casewriter.problem import Level
from casewriter.source import Source

_OTHER = Late(
    r"\b(?:ionised|ionized|free|corrected|direct|conjugated|unconjugated|indirect|urinary|urine|CSF"
    r"|cerebrospinal fluid|fluid|LDL"
    r"|HDL|fasting|pleural|ascitic|sweat|stool|faecal|fecal|fetal|target|normal|reference|serial|peak|[^\W\d]+[’']s"
    r"|pulmonary artery|capillary wedge|venous|portal|intracranial|intra-?ocular|opening|birth|molecular|dry|ideal"
    r"|minute|synovial|joint|peritoneal|dialysate|marrow|drain|bile|cord|effusion|lost|gained|losing|gaining|in) $",
    re.IGNORECASE,
)
"""Words before a name that make it another quantity, or another person's."""


_AND = Late(r",| and (?!\d)| but ")
"""Where the time of another value may begin."""
_CHANGE = Late(r"[- ](?:loss|gain|reduction|change|increase|decrease|limit|range)", re.IGNORECASE)
_WHEN = Late(r"\b(?:when|once|while|as soon as)\b", re.IGNORECASE)
_BOUNDS = frozenset("above over exceeding greater below under less".split())
_MOVED = Late(
    r"\b(?:rose|risen|fell|fallen|increased|decreased|dropped|climbed|improved|reached|peaked)\b", re.IGNORECASE
)
_HELPED = Late(
    r"[^.;,]{0,25}\b(?:oxygen|O2|O₂|L/min|nasal|mask|ventilat|cannula|vasopressor|paracetamol)", re.IGNORECASE
)
"""What changes a vital sign at once, so that the number is not that of the examination."""


@rule("DATA018", "value-contradicts", Level.WARNING)
def value_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text gives a test value that the data do not have, or calls an abnormal result normal.

    The name of the test, one of its common names or its abbreviation is read together with a number in the same clause.
    Units of the same kind are converted (g/L and mg/dL, ×10⁹/L and /µL), and rounded numbers are accepted. If the text
    names a time, the value at that time counts; otherwise any value of the series. Remedy: correct one of the two, or
    write {{ labs.calcium }}, which prints the value from the data.
    """
    yield from _contradictions(prose, source, ("lab",), "correct one of the two, or write the value as {{ labs.… }}")
    yield from verdict.contradictions(prose, source, plain=True)


@rule("DATA029", "measurement-contradicts", Level.WARNING)
def measurement_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text gives a vital sign, score or measurement that the data do not have.

    Temperature (also as fever), blood pressure, pulse, respiratory rate, saturation, weight, height and every label
    under `vitals`, `scores` and `measurements` are read together with a number in the same clause; vital signs only
    where the text describes the examination or gives a date. °C and °F, kg and lb are converted. Words such as
    afebrile, tachycardic and hypotensive are read as the limit that they imply, and compared with findings that say the
    opposite. Remedy: correct one of the two.
    """
    yield from _contradictions(prose, source, ("vital", "score"), "correct one of the two")
    yield from state.contradictions(prose, source)


def _contradictions(prose: CaseProse, source: Source, sorts: tuple[str, ...], hint: str) -> Iterator[Found]:
    told = story(prose)
    calendar = told.calendar
    fever = tuple(told.index.by_name.get(("temperature",), ())) if "vital" in sorts else ()
    for sentence in told.sentences:
        for one in _readings(sentence, told, fever if "vital" in sorts else None):
            facts = [fact for fact in one.mention.of(*sorts) if sentence.path[: len(fact.path)] != fact.path]
            if not facts or sentence.of_others or not _is_statement(sentence, one):
                continue
            data = [datum for fact in facts for datum in data_of(fact, calendar)]
            data += paired(data) if one.second else ()
            meant = _meant(sentence, one, data, calendar)
            if meant and _differs(one, meant):
                quote, nth = sentence.quote(one.start, one.end)
                stated = ", ".join(dict.fromkeys(datum.written for datum in meant[:3])) + (
                    " …" if len(meant) > 3 else ""
                )
                where = place(source, meant[0].path)
                message = f"the text says {called(meant[0].row)} {one.written}; the data say {stated} ({where})"
                yield Found(message, sentence.path, hint, quote, nth)


def _readings(sentence: Sentence, told: Story, fever: tuple[StatedFact, ...] | None) -> Iterator[ClauseReading]:
    """Yield the numbers of a sentence and, of vital signs, the bounds that its words imply."""
    said = list(readings(sentence)) if sentence.mentions else []
    yield from said
    if fever is None:
        return
    if fever and sentence.mentions and "°" in sentence.words:
        yield from degrees(sentence, fever)
    if told.english:
        yield from (one for one in states(sentence, told) if not any(_is_one(one, other) for other in said))


def _is_one(state: ClauseReading, other: ClauseReading) -> bool:
    """Return whether a number is given for what the word says: “afebrile at 36.8 °C”."""
    return other.mention.start <= state.start < other.end or 0 <= other.start - state.end < 12


def _is_statement(sentence: Sentence, one: ClauseReading) -> bool:
    text = sentence.text
    before = text[max(sentence.start, one.mention.start - 22) : one.mention.start]
    behind = text[one.mention.end : one.end]
    if _OTHER.search(before) or _CHANGE.match(behind) or (one.qualifier in _BOUNDS and _WHEN.search(before)):
        return False
    return not sentence.says(one.mention.start, "unsure", "norm")


def _meant(sentence: Sentence, one: ClauseReading, data: list[Datum], calendar: Calendar) -> list[Datum]:
    """Return the measurements that the text may speak of; none where it speaks of another time."""
    begin, end = sentence.clause(one.mention.start)
    cut = _AND.search(sentence.text, one.end, end)
    end = cut.start() if cut else end
    said = calendar.said(sentence.text, begin, end)
    placed = [time for time in said if time.stretches]
    if placed and len(said) == 1:
        at_index = placed[0].stretches[0] == (0.0, 0.0)
        there = [datum for datum in data if placed[0].meets(*datum.when)]
        return there or [datum for datum in data if at_index and not datum.when]
    loose = bool(said) or calendar.vague(sentence.text, begin, end) or sentence.says(one.mention.start, "past")
    loose = loose or sentence.says(one.mention.start, "time")
    if loose and len({datum.when for datum in data}) < 3:
        return []
    early = sentence.path[0] in ("observation", "abstract", "title") or _is_now(sentence, calendar)
    vital = any(datum.path[:3] == ("observation", "examination", "vitals") for datum in data)
    helped = _HELPED.match(sentence.text, one.end, end) or _MOVED.search(sentence.text, one.mention.end, one.start)
    return [] if vital and (loose or helped or not early) else data


def _is_now(sentence: Sentence, calendar: Calendar) -> bool:
    """Return whether the sentence before says only that it tells of the admission, so that this one may do so too."""
    before = sentences(sentence.text[: sentence.start].rstrip())[-1:]
    for begin, words in before:
        said = calendar.said(sentence.text, begin, begin + len(words))
        zero = [one for one in said if one.stretches and one.stretches[0] == (0.0, 0.0)]
        return bool(zero) and zero == said and not calendar.vague(sentence.text, zero[0].end, begin + len(words))
    return False


def _differs(one: ClauseReading, data: list[Datum]) -> bool:
    language = "en"
    qualifier = next((key for key in ("above", "below") if pattern(language, key).search(one.qualifier)), "")
    slack = 0.1 if one.qualifier and not qualifier else 0.0
    if one.most:
        return _outside(one, data)
    compared = [found for datum in data if (found := _compared(one, datum, slack)) is not None]
    return (
        bool(compared)
        and not any(agrees([values], said, qualifier, loose) for values, said, loose in compared)
        and not _noted(one, data)
    )


def _outside(one: ClauseReading, data: list[Datum]) -> bool:
    """Return whether no measurement lies in the range that the text gives."""
    ends = [(converted(d.values[0], d.row.unit, one.unit), converted(d.values[1], d.row.unit, one.unit)) for d in data]
    known = [(low, high) for low, high in ends if low is not None and high is not None]
    least, most = figure(one.said), figure(one.most)
    slack = 0.5 * 10.0 ** -len(one.most.partition(".")[2])
    return bool(known) and not any(low <= most + slack and high >= least - slack for low, high in known)


def _compared(one: ClauseReading, datum: Datum, slack: float) -> tuple[tuple[float, float], str, float] | None:
    """Return the values of a measurement in the unit of the text; None where the two cannot be compared."""
    if bool(one.second) != (datum.second is not None):
        return None
    if one.second and datum.second is not None and abs(float(one.second) - datum.second) > 0.5:
        return (float("inf"), float("inf")), one.said, 0.0
    unit = datum.row.unit or ""
    if not one.unit:
        return _without_unit(one, datum, slack)
    ends = [converted(end, unit, one.unit) for end in datum.values]
    if ends[0] is None or ends[1] is None:
        return None
    exact = ends[0] == datum.values[0]
    return (ends[0], ends[1]), one.said, max(slack, 0.0 if exact else 0.01)


def _without_unit(one: ClauseReading, datum: Datum, slack: float) -> tuple[tuple[float, float], str, float]:
    """Return the values of a measurement beside a bare number, which may be written in thousands."""
    low, high = datum.values
    said = figure(one.said)
    for power in (3, 6, 9, -3):
        if low > 0 and abs(low * 10.0**power - said) <= 0.02 * said:
            return (said, said), one.said, slack
    return (low, high), one.said, slack


def _noted(one: ClauseReading, data: list[Datum]) -> bool:
    """Return whether a note or the range of the record has the number, so that it is known."""
    texts = [str(datum.row.note or "") for datum in data]
    texts += [str(point.note or "") for datum in data for point in datum.row.points()]
    texts += [datum.row.reference.written for datum in data if datum.row.reference]
    texts += [str(datum.row.also.value.written) for datum in data if datum.row.also and datum.row.also.value]
    known = [figure(text) for text in re.findall(r"\d+(?:\.\d+)?", " ".join(texts))]
    return agrees([(number, number) for number in known], one.said)


RULES = (value_contradicts, measurement_contradicts)
