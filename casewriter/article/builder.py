"""Small makers of nodes that all parts use: facts in rows, labelled runs, joined texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from casewriter.article import quantities, times
from casewriter.article.nodes import Block, Fact, Facts, Inline, Paragraph, Run, Styled, Text
from casewriter.article.phrases import phrase
from casewriter.article.prose import Prose
from casewriter.article.tell import Telling
from casewriter.article.times import Speech
from casewriter.article.typography import isolated, polish
from casewriter.article.walk import capitalised, plain
from casewriter.article.words import heading
from casewriter.model.base import AuthorText, Listing, Record
from casewriter.model.duration import Age, Duration
from casewriter.model.quantity import Quantity
from casewriter.model.time import When
from casewriter.problem import Path

Teller = Callable[[Any, Path], Run]
"""What tells a record, given its path."""

_HOLE = "\x00"
"""Where a run goes in a phrase."""
_LABELLED_KEYS = ("onset", "impression")
"""Keys whose value says too little without the word before it."""


class Builder:
    """Makes nodes out of the data of one case."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.prose = Prose(telling, partial(phrase, self))
        self.words = telling.words
        self.case = telling.case

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
        return self._spoken(partial(times.when, value), short=short) if value is not None else ()

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
            case bool():
                return self.text(self.words["yes" if value else "no"])
            case When() | Duration():
                return self.when(value) if isinstance(value, When) else self.duration(value)
            case Age():
                return self.text(times.age(value, self.words))
            case Quantity():
                return self.quantity(value, path)
            case AuthorText():
                return self.prose.inline(value, path)
            case str():
                return self.plain(value)
            case tuple():
                runs = [self.said(v, (*path, n)) for n, v in enumerate(value)]
                return self.joined(runs, "; " if any("," in plain(run) for run in runs) else ", ")
            case _:
                return self.text(str(value))

    def joined(self, parts: Iterable[Run], separator: str = "; ") -> Run:
        """Return runs one after the other with a separator between those that say something."""
        done: list[Inline] = []
        for part in parts:
            if part and done:
                done.append(Text(_separator(plain(tuple(done)), plain(part), separator)))
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
        measured = self._measured(value)
        flags = {quantities.flag(value, point) for point in value.points()} - {""}
        kind = "said" if value.reference is None and flags <= {"low", "high"} else "key"
        details = [self.text(self.word(f"flag_{kind}_{flag}").split(", ")[-1]) for flag in sorted(flags)]
        if value.reference is not None:
            interval = quantities.reference(value.reference, self.telling.language)
            details.append(self.text(f"{self.inside('reference')} {interval}"))
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

    def record(self, record: Record, path: Path, keys: Iterable[str], label: str = "label") -> Run:
        """Return a record: its label, and in brackets the keys that it has, its time and its note."""
        details = []
        for key in keys:
            said = self.said(getattr(record, key, None), (*path, key))
            details.append(self.labelled(key, said) if key in _LABELLED_KEYS else said)
        details.append(self.period(record))
        details.append(self.prose.inline(record.note, (*path, "note")))
        return self.bracketed(self.said(getattr(record, label, None), (*path, label)), details)

    def line(self, head: Iterable[Run], details: Iterable[Run], time: Run = (), note: Run = ()) -> Run:
        """Return a record as a line of its own: ``Fever for 7 days, severe, persistent (day −7)``.

        `head` is what belongs together, such as a drug and its dose; details are divided by commas, or by semicolons
        where one of them has a comma itself.
        """
        parts = [part for part in (self.joined(head, " "), *details) if part]
        comma = not any(sign in plain(part) for part in parts for sign in (",", ";"))
        said = self.joined(parts, ", " if comma else "; ")
        return capitalised(self.joined([self.bracketed(said, [time]), note]))

    def lines(self, rows: list[Fact], key: str, listing: Listing[Any], path: Path, line: Teller) -> None:
        """Add a list to facts, a line for each record, then what it says beside them."""
        prose = (*path, "narrative")
        self.row(rows, key, self.prose.inline(listing.narrative, prose), prose)
        for number, item in enumerate(listing.items):
            where = (*path, "items", number)
            self.row(rows, key, line(item, where) if isinstance(item, Record) else self.said(item, where), where)
        self.row(rows, key, self.rest(listing.model_copy(update={"narrative": None}), path), path)

    def detailed(self, keys: Iterable[str], head: Iterable[str] = ()) -> Teller:
        """Return what tells a record in a line: its label with its length and `head`, then `keys`, time and note."""

        def line(record: Any, path: Path) -> Run:
            length: Duration | None = getattr(record, "duration", None)
            lasting = self.duration(length)
            if length is not None and length.known:
                lasting = self.phrase("for_duration", lasting)
            first = [self.said(getattr(record, key, None), (*path, key)) for key in ("label", *head)]
            details = [self._detail(record, path, key) for key in keys]
            note = self.prose.inline(record.note, (*path, "note"))
            return self.line([*first, lasting], details, self.span(record), note)

        return line

    def _detail(self, record: Any, path: Path, key: str) -> Run:
        value = getattr(record, key, None)
        if key == "onset" and self._is_length(value, getattr(record, "duration", None)):
            return ()  # it began when its length says
        said = self.said(value, (*path, key))
        return self.labelled(key, said) if key in _LABELLED_KEYS else said

    def _is_length(self, onset: When | None, length: Duration | None) -> bool:
        days = self.telling.chronology.days(onset)
        return length is not None and length.known and days is not None and days == -length.days

    def span(self, record: Any) -> Run:
        """Return when a record was, without its length; of what goes on, since when."""
        since = getattr(record, "since", None)
        if since is not None and getattr(record, "until", None) is None:
            return self.phrase("since", self.when(since))
        keys = ("at", "since", "until")
        return self.period(SimpleNamespace(**{key: getattr(record, key, None) for key in keys}))

    def answer(self, listing: Listing[Any], path: Path, keys: Iterable[str] = (), label: str = "label") -> Run:
        """Return a list, or that there is none, with what is absent and how it was found."""
        keys = tuple(keys)
        items = [self._item(item, (*path, "items", n), keys, label) for n, item in enumerate(listing.items)]
        none = self.text(self.words["none"]) if listing.none else ()
        how = [
            self.said(listing.scope, (*path, "scope")),
            self.said(listing.how_assessed, (*path, "how_assessed")),
        ]
        absent = self.labelled("absent", self.said(listing.absent, (*path, "absent")))
        narrative = self.prose.inline(listing.narrative, (*path, "narrative"))
        return self.joined([narrative, *items, self.bracketed(none, how), absent])

    def _item(self, item: Any, path: Path, keys: tuple[str, ...], label: str) -> Run:
        if isinstance(item, Record):
            return self.record(item, path, keys, label)
        return self.said(item, path)

    def rest(self, listing: Listing[Any], path: Path) -> Run:
        """Return what a list says beside its items: that there is none, what is absent, how it was found."""
        return self.answer(listing.model_copy(update={"items": ()}), path)

    def captioned(self, section: Any, name: str) -> list[Block]:
        """Return the caption of a section of records, where the author gives one."""
        caption = self.said(section.caption, (name, "caption"))
        return [Paragraph((Styled("strong", caption),), (name, "caption"))] if caption else []

    def row(self, rows: list[Fact], key: str, run: Run, origin: Path) -> None:
        """Add a row to facts when it says something; `key` is the word in front."""
        if run:
            rows.append(Fact(self.text(self.word(key)), capitalised(run), origin))

    def run_on(self, rows: list[Fact], key: str, runs: Iterable[tuple[Run, Path]], joint: str = "; ") -> None:
        """Add what is short enough for one line to facts, a fact each."""
        label = self.text(self.word(key))
        before = ""
        for run, origin in runs:
            if run:
                sign = _separator(before, plain(run), joint) if before else ""
                rows.append(Fact(label, run if before else capitalised(run), origin, sign))
                before = plain(run)

    @staticmethod
    def facts(rows: Sequence[Fact]) -> list[Block]:
        """Return rows as a block, or nothing; the block comes from the place that all its rows share."""
        return [Facts(tuple(rows), shared(row.origin for row in rows))] if rows else []


def shared(origins: Iterable[Path]) -> Path:
    """Return the path that several have in common."""
    first, *others = origins
    length = len(first)
    for other in others:
        length = next((n for n in range(length) if other[n : n + 1] != first[n : n + 1]), length)
    return first[:length]


def _separator(before: str, after: str, separator: str) -> str:
    """Return what stands between two parts: where one is a sentence, the sign of a sentence."""
    if separator != "; ":
        return separator
    if before.rstrip().endswith((".", "!", "?", "…", ";", ":", ",")):
        return " "
    return ". " if after[:1].isupper() and after.rstrip().endswith(".") else separator
