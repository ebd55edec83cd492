"""The phrase of a record, for `{{ }}` in prose: its own words and numbers put together by rule, never a sentence.

`{{ observation.patient }}` is “37-year-old woman”, `{{ diltiazem }}` “diltiazem 30 mg daily by mouth for 1 year”. What
a phrase leaves out of its record (a reason, a response) is not told by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from casewriter.article import person, quantities
from casewriter.article.nodes import Run
from casewriter.article.reach import NoSuchValue, Place, value_place
from casewriter.article.searching import search_phrase
from casewriter.article.walk import joined, plain
from casewriter.model.base import Listing, Record
from casewriter.model.diagnosis import Considered
from casewriter.model.follow_up import AdverseEvent, Death
from casewriter.model.investigation import Culture, NegativeGenes, Organism, Specimen, Study, Test, Variant
from casewriter.model.literature import DatabaseSearch, LiteratureSearch
from casewriter.model.observation import (
    Allergy,
    Complaint,
    FamilyCondition,
    Finding,
    Medication,
    Negative,
    PastIntervention,
    Patient,
    Substance,
)
from casewriter.model.quantity import Quantity
from casewriter.model.treatment import Intervention
from casewriter.problem import Path

if TYPE_CHECKING:
    from casewriter.article.maker import Maker

_ROUTES = {
    "oral": "by mouth",
    "orally": "by mouth",
    "po": "by mouth",
    "intravenous": "intravenously",
    "iv": "intravenously",
    "subcutaneous": "subcutaneously",
    "intramuscular": "intramuscularly",
    "topical": "topically",
    "rectal": "rectally",
    "sublingual": "sublingually",
    "inhaled": "by inhalation",
}
"""English routes as they are said behind a dose; another route, and one in another language, is said as typed."""


def phrase(make: Maker, place: Place) -> tuple[Run, tuple[Path, ...]]:
    """Return the phrase of a record or list, and the places of the data in it. Raises NoSuchValue where it has none."""
    speaker = _Speaker(make)
    path, part = place
    run = speaker.say(path, part)
    if not run:
        name = ".".join(str(step) for step in path if step != "items")
        raise NoSuchValue(f"“{name}” has no phrase", "name one of its keys")
    return run, tuple(speaker.used)


class _Speaker:
    """Says records, and remembers which of their data it said."""

    def __init__(self, make: Maker) -> None:
        self._make = make
        self.used: list[Path] = []

    def say(self, path: Path, part: Any) -> Run:
        """Return the phrase of a part of the case, or nothing where it has none."""
        match part:
            case Patient():
                self.used += [(*path, key) for key in ("age", "age_at", "sex", "minor")]
                return self._make.text(person.described(part, self._make.words, self._make.telling.language))
            case Listing():
                return self._listing(path, part)
            case tuple():
                return self._enumerated(self.say(where, item) for where, item in _numbered(path, part))
            case str():
                return self._told(path, part)
            case LiteratureSearch() | DatabaseSearch():
                return search_phrase(self._make, path, part, self._told)
            case Record() | Organism():
                return self._record(path, part)
        return ()

    def _told(self, path: Path, value: Any) -> Run:
        run = self._make.said(value, path)
        if run:
            self.used.append(path)
        return run

    def _keys(self, path: Path, record: Any, *keys: str) -> list[Run]:
        return [run for key in keys if (run := self._told((*path, key), getattr(record, key, None)))]

    def _record(self, path: Path, record: Any) -> Run:
        match record:
            case Complaint():
                return _words([*self._keys(path, record, "label"), self._lasting(path, record)])
            case Medication() | Intervention() | PastIntervention():
                return self._given(path, record)
            case Quantity():
                return self._measured(path, record)
            case Study() | Test() | Culture() | Specimen():
                return self._examined(path, record)
            case Variant():
                named = self._keys(path, record, "gene", "hgvs_c")
                return self._make.bracketed(_words(named), self._keys(path, record, "hgvs_p", "zygosity"))
            case Death():
                return self._make.joined(self._keys(path, record, "cause"))
        first, *others = _SAID.get(type(record), ("label",))
        return self._make.bracketed(_words(self._keys(path, record, first)), self._keys(path, record, *others))

    def _lasting(self, path: Path, record: Any) -> Run:
        """Return for how long: “for 7 days”; what goes on still, or lasts as long as words say, in brackets."""
        length = getattr(record, "duration", None)
        if length is None:
            return ()
        run = self._told((*path, "duration"), length)
        if length.known:
            return self._make.phrase("for_duration", run)
        return (*self._make.text("("), *run, *self._make.text(")"))

    def _given(self, path: Path, record: Any) -> Run:
        """Return “diltiazem 30 mg daily by mouth for 1 year”."""
        named = self._keys(path, record, "label") or [
            joined([self._told(*one) for one in _numbered((*path, "components"), record.components)], "–")
            if isinstance(record, Intervention)
            else ()
        ]
        dose = self._keys(path, record, "dose", "frequency")
        return _words([*named, *dose, self._route(path, record), self._lasting(path, record)])

    def _route(self, path: Path, record: Any) -> Run:
        run = self._told((*path, "route"), record.route)
        english = self._make.telling.language[:2].lower() == "en"
        adverb = _ROUTES.get(plain(run).strip().lower().replace(".", "")) if english else None
        return self._make.text(adverb) if adverb else run

    def _measured(self, path: Path, quantity: Quantity) -> Run:
        """Return “temperature 38.9 °C”; of a series, every value in order."""
        named = self._told((*path, "test" if getattr(quantity, "test", None) else "label"), quantity.title())
        make = self._make
        self.used += [value_place(path, n, quantity, make.case) for n, _ in enumerate(quantity.points())]
        values = quantities.measured(quantity, make.words, make.telling.language)
        return _words([named, make.text(values)])

    def _examined(self, path: Path, record: Any) -> Run:
        """Return what was examined, and of a culture or specimen what came of it."""
        make = self._make
        match record:
            case Study():
                return make.bracketed(_words(self._keys(path, record, "modality")), self._keys(path, record, "region"))
            case Test():
                return _words(self._keys(path, record, "label"))
            case Specimen():
                named = self._keys(path, record, "label") or self._keys(path, record, "procedure")
                return make.bracketed(_words(named), self._keys(path, record, "site"))
        named = self._keys(path, record, "label") or self._keys(path, record, "specimen", "method")
        grown = self._enumerated(
            self.say(where, one) for where, one in _numbered((*path, "organisms"), record.organisms)
        )
        result = make.text(make.word(record.result)) if record.result and not grown else ()
        self.used += [(*path, "result")] if record.result else []
        return make.joined([joined(named, ", "), grown or result], ": ")

    def _listing(self, path: Path, listing: Listing[Any]) -> Run:
        items = [self.say(where, item) for where, item in _numbered((*path, "items"), listing.items)]
        if items:
            return self._enumerated(items)
        if listing.none:
            self.used += [(*path, "none")]
            return self._make.text(self._make.inside("none"))
        return self._told((*path, "narrative"), listing.narrative)

    def _enumerated(self, runs: Iterable[Run]) -> Run:
        """Return “fever, a rash and swelling”; with semicolons where a part holds a comma itself."""
        parts = [run for run in runs if run]
        if len(parts) < 2:
            return parts[0] if parts else ()
        if any("," in plain(run) or ";" in plain(run) for run in parts):
            return joined(parts, "; ")
        return self._make.phrase("and", joined(parts[:-1], ", "), parts[-1])


_SAID: dict[type[Any], tuple[str, ...]] = {
    FamilyCondition: ("label", "relation", "condition"),
    Substance: ("label", "status", "amount"),
    Allergy: ("label", "reaction", "severity"),
    Finding: ("label", "site", "severity"),
    Negative: ("label", "site"),
    Considered: ("label",),
    AdverseEvent: ("label", "severity"),
    Organism: ("name", "quantity"),
    NegativeGenes: ("genes",),
}
"""Which keys a phrase says of a record, the first as its name and the others in brackets; of others, the label."""


def _numbered(path: Path, parts: Iterable[Any]) -> Iterator[Place]:
    return (((*path, number), part) for number, part in enumerate(parts))


def _words(runs: Iterable[Run]) -> Run:
    return joined([run for run in runs if run], " ")
