"""Small makers of runs that all parts use: words, times, values, joined and labelled texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from msgspec.structs import replace

from casewriter.article import person, quantities, times
from casewriter.article.nodes import Inline, Run, Text
from casewriter.article.phrases import phrase
from casewriter.article.prose import Prose
from casewriter.article.tell import Telling
from casewriter.article.times import Speech
from casewriter.article.typography import isolated, polish
from casewriter.article.walk import plain, sourced
from casewriter.article.words import heading
from casewriter.model.base import AuthorText
from casewriter.model.duration import Age, Duration
from casewriter.model.quantity import Quantity
from casewriter.model.time import When
from casewriter.problem import Path

_HOLE = "\x00"
"""Where a run goes in a phrase."""


class Maker:
    """Makes runs of text out of the data of one case."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.prose = Prose(telling, partial(phrase, self))
        self.words = telling.words
        self.case = telling.case
        self._times: dict[tuple[When, bool], Run] = {}

    def word(self, key: str) -> str:
        """Return a fixed word; an unknown one as it is, with spaces for underscores."""
        return self.words.get(key, key.replace("_", " "))

    def inside(self, key: str) -> str:
        """Return a fixed word for the middle of a line: English ones begin small there."""
        word = self.word(key)
        return word[:1].lower() + word[1:] if self.telling.language[:2] == "en" else word

    def heading(self, value: str) -> str:
        """Return a heading of the profile, in the language of the case where it is no journal's own."""
        return heading(value, self.telling.language) if self.telling.profile.translated else value

    def text(self, value: str) -> Run:
        """Return a text that is no author's prose as a run."""
        return isolated(polish(value, self.telling.language)) if value else ()

    @staticmethod
    def plain(value: str) -> Run:
        """Return an identifier, a name or a number as it was typed."""
        return isolated(value.strip()) if value.strip() else ()

    def name(self, record: str) -> Run:
        """Return what a record is called where another names it by its id: its short name, else its label."""
        found = self.telling.names.get(record)
        return self.prose.quoted(found) if found else self.text(record)

    def names(self, records: Iterable[str]) -> Run:
        """Return the names of records, one after the other."""
        runs = [self.name(one) for one in records]
        return self.joined(runs, "; " if any("," in plain(run) for run in runs) else ", ")

    def when(self, value: When | None, *, short: bool = False) -> Run:
        """Return a point of time as printed, or nothing; a short one for the head of a column."""
        if value is None:
            return ()
        if (known := self._times.get((value, short))) is not None:
            return known
        if value.label is not None or value.kind == "relative":
            return self._spoken(partial(times.when, value), short=short)  # holds words of the author
        self._times[value, short] = self._spoken(partial(times.when, value), short=short)
        return self._times[value, short]

    def duration(self, value: Duration | None) -> Run:
        """Return a length of time as printed, or nothing."""
        return self._spoken(partial(times.duration, value)) if value is not None else ()

    def period(self, record: Any) -> Run:
        """Return when a record was: its time, its time and end, or its time and duration."""
        return self._spoken(partial(times.period, record))

    def _spoken(self, say: Callable[[Speech], str], *, short: bool = False) -> Run:
        """Return a time as a run: the author's words and the names of records in it keep their emphasis."""
        own: list[Run] = []

        def hole(run: Run) -> str:
            own.append(run)
            return _HOLE

        speech = replace(
            self.telling.speech,
            grammar=self.telling.profile.times,
            name=lambda record: hole(self._named(record)),
            own=lambda words: hole(self.prose.quoted(words, whole=True)),
        )
        return self._filled(say(times.short(speech) if short else speech), own)

    def _named(self, record: str) -> Run:
        return self.name(record) if record in self.telling.names else self.text(self.telling.speech.name(record))

    def phrase(self, key: str, *runs: Run) -> Run:
        """Return a phrase with runs in its places: ``phrase("positive_after", run)``."""
        return self._filled(self.words[key].replace("{}", _HOLE), list(runs))

    def _filled(self, text: str, runs: list[Run]) -> Run:
        first, *rest = text.split(_HOLE)
        done = list(self.text(first))
        for run, piece in zip(runs, rest, strict=True):
            done += [*run, *self.text(piece)]
        return tuple(done)

    def said(self, value: Any, path: Path) -> Run:
        """Return any single datum as a run."""
        match value:
            case None | ():
                return ()
            case Quantity():
                return self.quantity(value, path)
            case str() if path[-1:] == ("sex",) and (word := self._sex(value)) != value:
                return sourced(self.text(word), path, typed=False)
            case AuthorText():
                return self.prose.inline(value, path)
            case str():
                return sourced(self.plain(value), path, typed=True)
            case tuple():
                runs = [self.said(v, (*path, n)) for n, v in enumerate(value)]
                return self.joined(runs, "; " if any("," in plain(run) for run in runs) else ", ")
            case _:
                return sourced(self._formatted(value), path, typed=False)

    def _sex(self, value: str) -> str:
        return person.sex(value, self.words, self.telling.language)

    def _formatted(self, value: Any) -> Run:
        """Return a datum that is no text as a run."""
        match value:
            case bool():
                return self.text(self.words["yes" if value else "no"])
            case When():
                return self.when(value)
            case Duration():
                return self.duration(value)
            case Age():
                return self.text(times.age(value, self.words))
            case _:
                return self.text(str(value))

    def joined(self, parts: Iterable[Run], separator: str = "; ") -> Run:
        """Return runs one after the other with a separator between those that say something."""
        done: list[Inline] = []
        for part in parts:
            if part and done:
                done.append(Text(separator_of(plain(tuple(done)), plain(part), separator)))
            done.extend(part)
        return tuple(done)

    def bracketed(self, main: Run, details: Iterable[Run]) -> Run:
        """Return a run and its details in brackets behind it."""
        inside = self.joined(details)
        if not inside:
            return main
        return (*main, Text(" ("), *inside, Text(")")) if main else inside

    def labelled(self, key: str, run: Run) -> Run:
        """Return a run with a word before it: ``outcome: recovered``."""
        return (Text(f"{self.word(key)}{self.words['colon']}"), *run) if run else ()

    def labelled_inside(self, key: str, run: Run) -> Run:
        """Return a run with a word before it that begins small, for the middle of a line."""
        return (Text(f"{self.inside(key)}{self.words['colon']}"), *run) if run else ()

    def quantity(self, value: Quantity, path: Path) -> Run:
        """Return a quantity: label, measurements, and in brackets method, condition, note and time."""
        label = self.prose.inline(value.label, (*path, "label"))
        measured = sourced(self._measured(value), (*path, "value"), typed=False)
        flags = {quantities.flag(value, point) for point in value.points()} - {""}
        kind = "said" if value.reference is None and flags <= {"low", "high"} else "key"
        details = [self.text(self.word(f"flag_{kind}_{flag}").split(", ")[-1]) for flag in sorted(flags)]
        if value.reference is not None:
            interval = quantities.reference(value.reference, self.telling.language)
            given = self.text(f"{self.inside('reference')} {interval}")
            details.append(sourced(given, (*path, "reference"), typed=False))
        remarks = ("parts", "method", "condition", "note")
        details += [self.said(getattr(value, key, None), (*path, key)) for key in remarks]
        details.append(self.when(value.at) if not value.series else ())
        details += [self.said(p.note, (*path, "series", n, "note")) for n, p in enumerate(value.series)]
        spaced = (*label, Text(" "), *measured) if label and measured else (*label, *measured)
        return self.bracketed(tuple(spaced), details)

    def _measured(self, value: Quantity) -> Run:
        """Return the measurements of a quantity; those of a series with their times."""
        if not value.series:
            return self.text(quantities.measured(value, self.words, self.telling.language))
        said = []
        for point in value.points():
            if point.value is not None:
                text = quantities.with_unit(point.value, value.unit, self.words, self.telling.language)
                said.append(self.bracketed(self.text(text), [self.when(point.at)]))
        beside = quantities.also(value, self.words, self.telling.language)
        return self.bracketed(self.joined(said, ", "), [self.text(beside)])


def separator_of(before: str, after: str, separator: str) -> str:
    """Return what stands between two parts: where one is a sentence, the sign of a sentence."""
    if separator != "; ":
        return separator
    if before.rstrip().endswith((".", "!", "?", "…", ";", ":", ",")):
        return " "
    return ". " if after[:1].isupper() and after.rstrip().endswith(".") else separator
