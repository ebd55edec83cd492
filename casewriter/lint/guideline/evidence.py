"""What of a case shows an item of a guideline: the data of its keys, and the sentences that its prose is read by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from pydantic import BaseModel

from casewriter.guideline import Check, GuidelineItem, ItemPart, ItemReading
from casewriter.lint.guideline.checks import faults
from casewriter.lint.guideline.fault import paths_of
from casewriter.lint.guideline.parts import parts_of, vacuous
from casewriter.lint.guideline.places import Place, applies, child, elements, filled, places
from casewriter.lint.guideline.reading import answering, hinting, sentences_of
from casewriter.lint.guideline.text_checks import SENTENCES
from casewriter.lint.guideline.time_checks import later
from casewriter.lint.guideline.told import is_below, placed_texts, readable
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Path, dotted


class Evidence(Struct, frozen=True):
    """A place of the case that shows an item, or part of it; of a text, the `sentence` that does, without citations."""

    path: Path
    sentence: str = ""


def evidence(case: Case, item: GuidelineItem, dropped: Iterable[str] = ()) -> tuple[Evidence, ...]:
    """Return what shows an item, each place once; nothing where it is missing.

    Checks that a journal has `dropped` are not asked for. Where neither keys nor prose show it, and the author says
    that it is there, these are the item's own sections.
    """
    without = frozenset(dropped)
    found: list[Evidence] = []
    for part in parts_of(case, item):
        if not part.shown_by or any(check.rule not in without for check in part.shown_by):
            found += _of_part(case, item, part)
    if not item.parts and item.reading:
        found += _read(case, item, item.reading, ())
    if not found:
        found = [Evidence(where) for where, _ in placed_texts(case, item.prose)]
    else:
        found += _beside(case, item, found)
    return tuple(dict.fromkeys(found))


def _beside(case: Case, item: GuidelineItem, found: list[Evidence]) -> Iterator[Evidence]:
    """Yield the rest of what an item's own keys hold: an item is often shown by less than all that it asks.

    A text of which a sentence was found, or a section that is a text, tells other things too.
    """
    known = [dotted(one.path) for one in found]
    for field in item.field:
        for where, value in places(case, field):
            for one in _filled(where, value) if len(where) > 1 else ():
                name = dotted(one.path)
                if not any(name == other or name.startswith(f"{other}.") or other.startswith(name) for other in known):
                    yield one


def _of_part(case: Case, item: GuidelineItem, part: ItemPart) -> list[Evidence]:
    """Return what shows a part: its keys where they hold, else its prose, else what hints at it."""
    holding = [check for check in part.shown_by if _holds(case, check)]
    if holding:
        narrow = [check for check in holding if all("." in path for path in paths_of(check))]
        return [one for check in narrow or holding for one in _data(case, item, check)]
    said: list[Evidence] = []
    if part.said:
        asked = ItemReading(looks_for=part.name, all=part.said)
        if item.reading:
            asked = item.reading.model_copy(update={"all": part.said, "within": part.within})
        said = list(_read(case, item, asked, part.where))
    partly = [one for check in part.shown_by if applies(case, check.when) for one in _data(case, item, check)]
    return said or partly or [*_hinted_by(case, item, part), *_hinted(case, item, part)]


def _holds(case: Case, check: Check) -> bool:
    return applies(case, check.when) and not vacuous(case, check) and not faults(case, check)


def _data(case: Case, item: GuidelineItem, check: Check) -> Iterator[Evidence]:
    """Yield what is filled of the places that a check looks at; one that names none looks at the item's own.

    Of several places, where the check holds of one alone, that one.
    """
    if check.rule in SENTENCES:
        for path, text in _texts(case, check):
            yield from (Evidence(path, sentence) for sentence in SENTENCES[check.rule](text))
        return
    if check.rule == "timeline":
        yield Evidence(("timeline",))
        return
    paths = [either for path in paths_of(check) or item.field for either in path.split("|")]
    alone = [path for path in paths if not faults(case, check.model_copy(update={"path": path, "paths": ()}))]
    there = [place for path in alone or paths for place in places(case, path)]
    found = list(_keyed(check, there) if check.keys else (one for place in there for one in _filled(*place)))
    yield from found or (map(Evidence, later(case)) if check.rule == "later_tests" else ())


def _keyed(check: Check, there: Iterable[Place]) -> Iterator[Evidence]:
    """Yield the keys of records that a check of each record asks for, where they are filled."""
    keys = [either for key in check.keys for either in key.split("|")]
    for where, value in there:
        records = elements(where, value) if isinstance(value, Listing | tuple | dict) else [(where, value)]
        for place, record in records:
            yield from (Evidence((*place, key)) for key in keys if record is not None and filled(child(record, key)))


def _texts(case: Case, check: Check) -> Iterator[tuple[Path, str]]:
    """Yield every text below the places that a check looks at."""
    for path in paths_of(check):
        yield from ((where, str(text)) for where, text in case.texts if is_below(where, path))


def _filled(where: Path, value: object) -> Iterator[Evidence]:
    """Yield a datum, the records of a list, or the texts of a section."""
    match value:
        case Listing(items=()):
            if filled(value):
                yield Evidence((*where, "narrative") if value.narrative and not value.none else where)
        case Listing():
            yield from (Evidence(place) for place, one in elements(where, value) if filled(one))
        case tuple() if not all(isinstance(one, str) for one in value):
            yield from (Evidence(place) for place, one in elements(where, value) if filled(one))
        case BaseModel() if len(where) == 1:
            keys = (name for name in type(value).model_fields if filled(getattr(value, name)))
            yield from (Evidence((*where, name)) for name in keys)
        case _ if filled(value):
            yield Evidence(where)


def _read(case: Case, item: GuidelineItem, asked: ItemReading, where: Iterable[str]) -> Iterator[Evidence]:
    """Yield the sentences that answer what is asked."""
    if not readable(case):
        return
    for path, text in placed_texts(case, tuple(where) or (*item.prose, *item.elsewhere)):
        yield from (Evidence(path, sentence) for sentence in answering([text], asked))


def _hinted_by(case: Case, item: GuidelineItem, part: ItemPart) -> Iterator[Evidence]:
    for check in part.hinted_by:
        if _holds(case, check):
            yield from _data(case, item, check)


def _hinted(case: Case, item: GuidelineItem, part: ItemPart) -> Iterator[Evidence]:
    if not part.hinted or not readable(case):
        return
    for path, text in placed_texts(case, part.hinted_in or part.where or (*item.prose, *item.elsewhere)):
        near = hinting(sentences_of([text]), part.hinted, item.reading)
        if near:
            yield Evidence(path, near)
            return
