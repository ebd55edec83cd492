"""PRIV: what identifies the patient, in the whole file with its comments, in names of files and in pictures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import PurePosixPath

from casewriter.image import Traces
from casewriter.lint.privacy import kinds
from casewriter.lint.privacy.detect import Hit, detect_in
from casewriter.lint.privacy.places import Passage, passages
from casewriter.lint.rule import Rule
from casewriter.model.case import Case
from casewriter.model.duration import DAYS
from casewriter.problem import Problem
from casewriter.source import Source

_SEPARATOR = "\n\ue000\n"
"""Between passages read together: no pattern runs over it."""

PRINTED = ("prose", "key", "file_name")
"""The kinds of place that get into what is written."""

_EMPHASIS = re.compile(r"\*{1,3}|__|(?<!\w)_|_(?!\w)|`")


def identifiers(source: Source, privacy: str) -> Iterator[Problem]:
    """Yield a problem for everything in the file that identifies; `quote` is what was found, and goes no further."""
    yield from identifying(source, privacy, (*PRINTED, "comment"))


def identifying(source: Source, privacy: str, places: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what identifies in some kinds of place: prose, comments, keys, file names."""
    found = list(passages(source))
    for where in places:
        parts = _by_part([one for one in found if one.where == where])
        texts = [_SEPARATOR.join(_unmarked(one)[0] for one in part) for part in parts]
        for part, hits in zip(parts, detect_in(texts, privacy, where), strict=True):
            yield from _problems(part, hits, source)


def _by_part(found: list[Passage]) -> list[list[Passage]]:
    """Return passages with those of one part of the case together.

    What is together is read as one text: patterns start up once, not once for each of a thousand labels. What has not
    changed since it was last read is not read again.
    """
    return [list(some) for _, some in groupby(found, lambda one: one.path[:1])]


def _problems(found: list[Passage], hits: list[Hit], source: Source) -> Iterator[Problem]:
    """Yield a problem for each hit in passages that were read as one text."""
    if not hits:
        return
    starts, parts, place = [], [], 0
    for one in found:
        text, _ = _unmarked(one)
        starts.append(place)
        parts.append(text)
        place += len(text) + len(_SEPARATOR)
    for hit in hits:
        number = bisect_right(starts, hit.start) - 1
        one, end = found[number], starts[number] + len(parts[number])
        if hit.type in one.allowed or hit.start >= end:
            continue
        _, places = _unmarked(one)
        start, last = places[hit.start - starts[number]], places[min(hit.end, end) - starts[number] - 1] + 1
        kind = kinds.kind_of(hit.type)
        message = f"the {_KIND_OF_PLACE[one.where]} contains {kinds.words_for(hit.type)}"
        span = one.span(source, start, last)
        yield Problem(kind, message, one.path, one.text[start:last], hint=kinds.cure_of(kind), span=span)


def _unmarked(one: Passage) -> tuple[str, Sequence[int]]:
    """Return the text as a reader sees it, without marks of emphasis, and the place of each character."""
    return _without_marks(one.text) if one.where == "prose" else (one.text, range(len(one.text)))


@lru_cache(2048)
def _without_marks(text: str) -> tuple[str, Sequence[int]]:
    if not _EMPHASIS.search(text):
        return text, range(len(text))
    marks = {n for found in _EMPHASIS.finditer(text) for n in range(*found.span())}
    places = tuple(n for n in range(len(text)) if n not in marks)
    return "".join(text[n] for n in places), places


_KIND_OF_PLACE = {"prose": "text", "comment": "comment", "key": "key", "file_name": "file name"}


_NINETY = 90 * DAYS["y"]


def ages(case: Case, privacy: str) -> Iterator[Problem]:
    """Yield ages of the data: over 89 always, exact ones of the patient at the journal level; decades are right."""
    for path, part in case.having("age"):
        age = getattr(part, "age", None)
        amount = getattr(age, "amount", None)
        if path[0] not in ("observation", "others") or age is None or amount is None or "+" in age.written:
            continue
        decade = "s" in age.written.lower().removesuffix("days").removesuffix("years").removesuffix("months")
        over = amount.days >= _NINETY and not decade
        patient = path == ("observation", "patient") and privacy == "journal"
        exact = (
            patient and not decade and not amount.prefix and amount.parts[0][0].isdigit() and amount.days > DAYS["y"]
        )
        if over or exact:
            kind = kinds.kind_of("age_over_89" if over else "exact_age")
            years = int(amount.days / DAYS["y"])
            decades = f"{years // 10 * 10}s" if years >= 10 else "under 10"
            hint = "write age: 90+" if over else f"give the decade: age: {decades}"
            message = "the age is over 89" if over else "the age is exact"
            yield Problem(kind, message, (*path, "age"), hint=hint)


def details(case: Case, privacy: str) -> Iterator[Problem]:
    """Yield ethnicity and occupation at the journal level."""
    patient = case.observation.patient if case.observation else None
    for key in ("ethnicity", "occupation") if patient and privacy == "journal" else ():
        if getattr(patient, key):
            yield Problem(
                kinds.kinds()["detail"],
                f"the patient's {key} is given",
                ("observation", "patient", key),
                hint="give it only where it matters clinically",
            )


def listed(source: Source, names: tuple[str, ...]) -> Iterator[Problem]:
    """Yield each name from the local list anywhere in the file, except for the authors."""
    yield from listed_in(source, names, (*PRINTED, "comment"))


def listed_in(source: Source, names: tuple[str, ...], places: tuple[str, ...]) -> Iterator[Problem]:
    """Yield each name from the local list in some kinds of place."""
    if not names:
        return
    spelled = (r"[\s_.-]+".join(re.escape(part) for part in name.split()) for name in names)
    pattern = re.compile("|".join(rf"(?<!\w){name}(?!\w)" for name in spelled), re.IGNORECASE)
    for one in (passage for passage in passages(source) if passage.where in places):
        text = one.text.replace("_", " ")
        for found in pattern.finditer(text):
            span = one.span(source, found.start(), found.end())
            quote = one.text[found.start() : found.end()]
            yield Problem(
                kinds.kinds()["listed_name"],
                f"the {_KIND_OF_PLACE[one.where]} contains a name from the local list",
                one.path,
                quote,
                span=span,
                hint="say who it is",
            )


def pictures(case: Case, traces: Mapping[str, Traces]) -> Iterator[Problem]:
    """Yield each picture whose file contains identifying fields; names of the fields, never their values."""
    for name, figure in case.figures.items():
        for number, panel in enumerate(figure.pictures):
            fields = traces[panel.file].fields if panel.file and panel.file in traces else ()
            if fields:
                path = ("figures", name, "panels", number, "file") if figure.panels else ("figures", name, "file")
                shown = ", ".join(fields[:6]) + (f" and {len(fields) - 6} more" if len(fields) > 6 else "")
                kind = PurePosixPath(panel.file or "").suffix or "picture"
                yield Problem(
                    kinds.kinds()["picture_metadata"],
                    f"this {kind} file contains {shown}",
                    path,
                    hint="export it again without metadata",
                )


RULES = (
    Rule(tuple(kinds.kinds().values()), identifiers),
    Rule((kinds.kind_of("age_over_89"), kinds.kind_of("exact_age")), ages),
    Rule((kinds.kinds()["detail"],), details),
    Rule((kinds.kinds()["listed_name"],), listed),
    Rule((kinds.kinds()["picture_metadata"],), pictures),
)
