"""Makers of rows and lists that all parts use: a record in a line, a list as facts, and what it says beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from casewriter.article.maker import Maker, separator_of
from casewriter.article.nodes import Block, Fact, Facts, Paragraph, Run, Styled
from casewriter.article.walk import capitalised, plain
from casewriter.model.base import Listing, Record
from casewriter.model.duration import Duration
from casewriter.model.time import When
from casewriter.problem import Path

Teller = Callable[[Any, Path], Run]
"""What tells a record, given its path."""

_LABELLED_KEYS = ("onset", "impression")
"""Keys whose value says too little without the word before it."""


class Builder(Maker):
    """Makes the records of one case into rows and blocks."""

    def record(self, record: Record, path: Path, keys: Iterable[str], label: str = "label") -> Run:
        """Return a record: its label, and in brackets the keys that it has, its time and its note."""
        details = []
        for key in keys:
            said = self.said(getattr(record, key, None), (*path, key))
            details.append(self.labelled(key, said) if key in _LABELLED_KEYS else said)
        details.append(self.period(record))
        details.append(self.prose.inline(record.note, (*path, "note")))
        name = self.said(getattr(record, label, None), (*path, label))
        other = self.said(getattr(record, "label", None), (*path, "label")) if label != "label" else ()
        return self.bracketed(name or other, [other, *details] if name else details)

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
                sign = separator_of(before, plain(run), joint) if before else ""
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
