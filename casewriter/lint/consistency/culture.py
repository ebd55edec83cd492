"""DATA: cultures and searches for organisms that prose and data answer in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.culture import Said, cultures_said
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import Calendar, Stretch
from casewriter.lint.statement.moment import Said as Time
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.statement.words import folded_words
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level, Path
from casewriter.source import Source


class Grown(Struct, frozen=True):
    """One culture or test of the data: what was sampled, how, the answer, and the organisms."""

    path: Path
    specimen: str
    method: str
    found: bool | None
    organisms: tuple[str, ...]
    written: str
    stretch: Stretch | None

    @property
    def is_culture(self) -> bool:
        """Whether it is a culture, and no other search."""
        return not re.search(r"pcr|polymerase|antigen|serolog|antibod|molecular|sequenc", self.method)


_FOUND = {"growth": True, "detected": True, "no growth": False, "not detected": False}
_LAB = Late(r"^(?P<specimen>.*?)\s*cultures?\b|\bcultures? of (?P<of>.+)$", re.IGNORECASE)
_EMPTY = Late(r"\b(?:sterile|negative|no growth|not detected|none)\b", re.IGNORECASE)


def _grown(case: Case, calendar: Calendar) -> Iterator[Grown]:
    for number, one in enumerate(case.microbiology.cultures if case.microbiology else ()):
        names = tuple(" ".join(folded_words(str(organism.name or ""))) for organism in one.organisms)
        label = f"{one.label or ''} {one.method or ''}".lower()
        found = _FOUND.get(one.result) if one.result else (True if names else None)
        written = f"{one.title()}: {one.result or ''} {', '.join(str(o.name) for o in one.organisms)}".strip()
        specimen = f"{one.specimen or ''} {one.label or ''}".lower()
        yield Grown(
            ("microbiology", "cultures", number), specimen, label, found, names, written, calendar.stretch(one.at)
        )
    for path, row in case.labs.rows() if case.labs else ():
        title = str(row.title() or "")
        if row.value is None or not _LAB.search(title):
            continue
        value, empty = row.value.written, bool(_EMPTY.search(row.value.written))
        names = () if empty else (" ".join(folded_words(value)),)
        specimen = f"{row.specimen or ''} {title}".lower()
        yield Grown(
            ("labs", *path), specimen, "culture", not empty, names, f"{title}: {value}", calendar.stretch(row.at)
        )


@rule("DATA030", "culture-contradicts", Level.WARNING)
def culture_contradicts(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about whether a culture or test was positive.

    “Cultures were sterile”, “blood cultures grew *Escherichia coli*”, “sputum showed no growth”, “S. aureus was
    isolated from pus” and “PCR was negative” are compared with `microbiology` and with cultures among the laboratory
    results. A statement is reported if every matching culture contradicts it: in its result, or because none of them
    names the organism. Remedy: correct one of the two, or add the culture you mean. Source: CARE item 8a.
    """
    told = story(prose)
    calendar = told.calendar
    data = list(_grown(case, calendar))
    for sentence in told.sentences if data and told.english else ():
        if sentence.of_others or sentence.path[:2] == ("microbiology", "cultures"):
            continue
        for said in cultures_said(sentence):
            if sentence.says(said.start, "unsure", "past"):
                continue
            meant = _meant(said, sentence, data, calendar)
            if _CLEARED.search(sentence.text, *sentence.clause(said.start)) and not (said.found and len(meant) > 1):
                continue  # a later answer than that of the data, which have one time only
            if (wrong := _wrong(said, meant, data)) is not None:
                quote, nth = sentence.quote(said.start, said.end)
                message = f"the text says “{quote}”; the data say {wrong.written} ({place(source, wrong.path)})"
                yield Found(message, sentence.path, "correct one of the two, or add the culture you mean", quote, nth)


def _meant(said: Said, sentence: Sentence, data: list[Grown], calendar: Calendar) -> list[Grown]:
    """Return the cultures that a statement may be about."""
    if sentence.path[0] == "labs" and len(sentence.path) > 2:
        return []
    if said.kind == "test":
        named = [one for one in data if not one.is_culture and _named(one, said)]
    else:
        named = [one for one in data if one.is_culture and _of(one, said.specimens)]
    times = [time for time in calendar.said(sentence.text, *sentence.clause(said.start)) if time.stretches]
    if not times:
        return named
    dated = [one for one in named if one.stretch and any(time.meets(one.stretch) for time in times)]
    late = [one for one in named if one.stretch is None or (said.found and _was_read(one.stretch, times[0]))]
    return dated or late


_CLEARED = Late(
    r"\b(?:repeat\w*|follow-?up|subsequent\w*|became|turned|clear\w*|later|further|surveillance|second (?:set"
    r"|culture|sample)|control (?:cultures?|samples?|swabs?)"
    r"|(?:taken|sent|drawn|obtained|done) (?:[\w-]+ ){0,4}(?:after|before)|after the end of)\b",
    re.IGNORECASE,
)
_INCUBATION = 7.0
"""Days after which a culture is still read."""


def _was_read(taken: Stretch, said: Time) -> bool:
    """Return whether a culture was taken so shortly before a time that it may have been read then."""
    return any(0 < low - taken[0] <= _INCUBATION for low, _ in said.stretches)


def _of(one: Grown, specimens: tuple[str, ...]) -> bool:
    if not specimens:
        return True
    words = one.specimen
    return any(_SAME.get(specimen, specimen) in words or specimen in words for specimen in specimens)


_SAME = {"urinary": "urine", "csf": "cerebrospinal", "cerebrospinal fluid": "cerebrospinal"}


def _named(one: Grown, said: Said) -> bool:
    """Return whether a test of the data is for something that the statement names."""
    words = {word for word in folded_words(said.words) if len(word) > 3 or word.isdigit()}
    about = {word for word in folded_words(one.method) if len(word) > 3 and word not in _GENERAL}
    return bool(words & about) or not (about or said.named)


_GENERAL = frozenset(
    "polymerase chain reaction virus antigen antibody test serology serum blood culture human with".split()
)


def _wrong(said: Said, meant: list[Grown], data: list[Grown]) -> Grown | None:
    """Return a culture that contradicts a statement, where all that it may mean do."""
    if not meant or any(one.found is None for one in meant):
        return None
    if all(one.found is not said.found for one in meant):
        return meant[0]
    known = [name for one in data for name in one.organisms]
    if said.kind == "culture" and said.found and said.organisms and known:
        strange = [name for name in said.organisms if not any(_same(name, other) for other in known)]
        return next((one for one in meant if one.organisms), None) if strange else None
    return None


def _same(name: str, other: str) -> bool:
    """Return whether two names may be of one organism: ``e coli`` and ``escherichia coli``."""
    one, two = name.split(), other.split()
    if name in other or other in name or not two:
        return True
    if name in ("mrsa", "mssa"):
        return "aureu" in other or "aureus" in other
    initials = one[0][0] == two[0][0] and (len(one[0]) == 1 or len(two[0]) == 1 or one[0] == two[0])
    return initials and (
        one[-1] == two[-1] or len(one) == 1 or len(two) == 1 or any(word in two[1:] for word in one[1:])
    )


RULES = (culture_contradicts,)
