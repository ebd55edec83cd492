"""The legend of a figure drawn from data: what each mark, letter and abbreviation in it means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from casewriter import plot
from casewriter.article.builder import Builder
from casewriter.article.nodes import Run
from casewriter.article.walk import plain
from casewriter.article.words import capital

MARKS = (
    *("bar", "suspect", "dose", "ongoing", "open_end", "once", "change"),
    *("band", "outside", "value", "below", "above", "span", "zero", "break", "unlabelled"),
)
"""The marks in the order of a legend."""


def legend(make: Builder, marks: Collection[str], tracks: Iterable[plot.Track], shown: Iterable[str] = ()) -> Run:
    """Return the legend of the marks that are drawn; `shown` are further texts in the figure."""
    tracks = tuple(tracks)
    said = [make.word(f"mark_{mark}") for mark in MARKS if mark in marks]
    said += _letters(make, marks, tracks)
    text = capital("; ".join(said))
    texts = [*shown, *(part for one in tracks for part in (one.label, one.unit))]
    return sentence(make.joined([make.text(text), *_abbreviations(make, tracks, texts)]))


def sentence(run: Run) -> Run:
    """Return a run that ends with a full stop."""
    from casewriter.article.nodes import Text

    return run if not run or plain(run).rstrip().endswith((".", "!", "?")) else (*run, Text("."))


def _letters(make: Builder, marks: Collection[str], tracks: Iterable[plot.Track]) -> Iterator[str]:
    """Yield what the letter of each flag means; a flag set on a test without a range says nothing of one."""
    for flag in ("low", "high", "abnormal", "critical"):
        if f"flag_{flag}" not in marks:
            continue
        flagged = [one for one in tracks if any(point.flag == flag for point in one.points)]
        ranged = flag not in ("low", "high") or any(one.reference for one in flagged)
        yield make.word(f"flag_key_{flag}" if ranged else f"flag_said_{flag}")


def _abbreviations(make: Builder, tracks: Iterable[plot.Track], texts: Iterable[str]) -> Iterator[Run]:
    """Yield the meaning of short names, and of the abbreviations of the case that the figure shows."""
    told = set()
    for one in tracks:
        if one.meaning and one.label not in told:
            told.add(one.label)
            yield make.text(f"{one.label}, {one.meaning}")
    everything = " ".join(texts)
    for short, meaning in make.case.abbreviations.items():
        if short not in told and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", everything):
            yield (*make.plain(short), *make.text(", "), *make.said(meaning, ("abbreviations", short)))
