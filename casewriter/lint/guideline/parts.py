"""How much of an item is there: each of its parts in full, in part, or not at all, in keys or in prose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from casewriter.guideline import Check, GuidelineItem, ItemPart, ItemReading
from casewriter.lint.guideline.checks import faults, in_words
from casewriter.lint.guideline.fault import paths_of
from casewriter.lint.guideline.places import applies, elements, filled, places
from casewriter.lint.guideline.reading import hinting, read_prose, sentences_of
from casewriter.lint.guideline.told import own_prose, readable, texts_at
from casewriter.model.base import Listing
from casewriter.model.case import Case

Grade = Literal["full", "some", "none"]


class Found(Struct, frozen=True):
    """What was found of an item: the names of its parts that are there, in part there, and absent.

    `by_prose` says that prose was needed for it, `quote` is the sentence that comes nearest to an answer.
    """

    full: tuple[str, ...]
    some: tuple[str, ...]
    none: tuple[str, ...]
    lacking: tuple[Check, ...] = ()
    by_prose: bool = False
    denied: bool = False
    quote: str | None = None

    @property
    def grade(self) -> Grade:
        """Full where nothing is lacking, none where all is."""
        if not self.some and not self.none:
            return "full"
        return "some" if self.full or self.some else "none"


class _Tally(Struct):
    names: dict[Grade, list[str]] = field(default_factory=lambda: {"full": [], "some": [], "none": []})
    lacking: list[Check] = field(default_factory=list)
    by_prose: bool = False
    denied: bool = False
    quote: str | None = None


def found_of(case: Case, item: GuidelineItem, dropped: Iterable[str] = ()) -> Found:
    """Return what is there of an item; parts whose checks a journal has dropped are not asked for."""
    parts = [
        part for part in parts_of(case, item) if not part.shown_by or any(c.rule not in dropped for c in part.shown_by)
    ]
    tally = _Tally()
    for part in parts:
        grade = _by_keys(case, part)
        if grade != "full":
            grade = max(grade, _by_prose(case, item, part, tally), key=_ORDER.index)
        if part.bonus and grade == "none":
            continue
        tally.names["some" if part.bonus else grade].append(part.name)
        if grade != "full":
            tally.lacking += part.shown_by[:1]
    whole = _as_a_whole(case, item) if not item.parts else "absent"
    if whole == "found" and tally.names["full"] != [part.name for part in parts]:
        return Found(tuple(part.name for part in parts), (), (), by_prose=True)
    return _sum(tally, whole, [part for part in parts if not part.bonus])


_ORDER: tuple[Grade, ...] = ("none", "some", "full")


def _sum(tally: _Tally, whole: str, needed: list[ItemPart]) -> Found:
    full, some, none = (tuple(tally.names[grade]) for grade in ("full", "some", "none"))
    if len(full) == len(needed):
        some = ()  # a bonus is not asked for
    elif whole == "unsure" and not full and not some:
        some, none = none, ()
    return Found(full, some, none, tuple(tally.lacking), tally.by_prose, tally.denied or whole == "denied", tally.quote)


def parts_of(case: Case, item: GuidelineItem) -> tuple[ItemPart, ...]:
    """Return the parts of an item; where it names none, each of its checks is one, and each path that it asks for."""
    if item.parts:
        return item.parts
    split = [one for check in item.presence if applies(case, check.when) for one in _split(check)]
    return tuple(ItemPart(name=_name(check), shown_by=(check,)) for check in split)


def _split(check: Check) -> list[Check]:
    if check.rule != "all_nonempty":
        return [check]
    return [check.model_copy(update={"paths": (path,)}) for path in check.paths]


def _name(check: Check) -> str:
    keys = [in_words(path.split("|")[0].replace("[]", "").rpartition(".")[2]) for path in paths_of(check)[:1]]
    return " ".join(
        (*keys, *((f"({', '.join(in_words(k.split('|')[0]) for k in check.keys)})",) if check.keys else ()))
    )


def _by_keys(case: Case, part: ItemPart) -> Grade:
    if any(
        applies(case, check.when) and not vacuous(case, check) and not faults(case, check) for check in part.shown_by
    ):
        return "full"
    if any(_partly(case, check) for check in part.shown_by):
        return "some"
    hinted = any(applies(case, check.when) and not faults(case, check) for check in part.hinted_by)
    return ("some" if readable(case) else "full") if hinted else "none"  # where prose cannot be read, the key decides


def vacuous(case: Case, check: Check) -> bool:
    """Return whether a check of each record finds none to look at."""
    found = (value for path in paths_of(check) for _, value in places(case, path))
    return check.rule == "each_has" and not any(filled(value) for value in found)


def _partly(case: Case, check: Check) -> bool:
    """Return whether a check that fails holds of some of what it looks at: one record, too few words or terms."""
    found = [pair for path in paths_of(check) for pair in places(case, path)]
    if check.rule in ("each_has", "each_matches"):
        lists = (value for _, value in found if isinstance(value, Listing | tuple | dict))
        looked = [place for value in lists for place, _ in elements((), value)]
        return len(looked) > len(faults(case, check)) > 0
    several = ("count_between", "words_between", "timeline", "explicit_or_none")
    return check.rule in several and any(filled(value) for _, value in found)


def _by_prose(case: Case, item: GuidelineItem, part: ItemPart, tally: _Tally) -> Grade:
    if not readable(case):
        return "none"
    texts = texts_at(case, part.where or (*item.prose, *item.elsewhere))
    reading = item.reading
    if part.said and texts:
        asked = ItemReading(looks_for=part.name, all=part.said)
        if reading:
            asked = reading.model_copy(update={"all": part.said, "within": part.within})
        verdict = read_prose(texts, asked, case.language)
        if verdict == "found":
            tally.by_prose = True
            return "full"
        tally.denied |= verdict == "denied"
    if part.hinted:
        near = hinting(sentences_of(texts_at(case, part.hinted_in) if part.hinted_in else texts), part.hinted, reading)
        tally.quote = tally.quote or near
        return "some" if near else "none"
    return "none"


def _as_a_whole(case: Case, item: GuidelineItem) -> str:
    texts = texts_at(case, (*item.prose, *item.elsewhere))
    return read_prose(texts, item.reading, case.language) if item.reading and texts and readable(case) else "absent"


def first_sentence(case: Case, item: GuidelineItem) -> str | None:
    """Return the first sentence of the item's own sections, which a person is asked to read."""
    found = sentences_of(own_prose(case, item))
    return found[0] if found else None
