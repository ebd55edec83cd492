"""Spans of the author's text -> nodes: citations, cross-references, values and links resolved, faults reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.inline import (
    Address,
    CitedSpan,
    Linked,
    LookUp,
    Marked,
    MentionSpan,
    NewLine,
    Span,
    TooDeep,
    read_inline,
)
from casewriter.article.nodes import Break, Citation, CrossReference, Inline, Link, Run, Styled, Text
from casewriter.article.raw import occurrence
from casewriter.article.reach import NoSuchValue, Place
from casewriter.article.tell import Telling
from casewriter.article.typography import polish
from casewriter.article.values import look_up
from casewriter.article.walk import capitalised, derived, sourced
from casewriter.citation import read_cited
from casewriter.model.base import AuthorText
from casewriter.model.case import CHOOSING, PRIOR_CASES, RESERVED_FIGURES
from casewriter.model.literature import LiteratureSearch
from casewriter.model.naming import slug
from casewriter.problem import Kind, Path, Problem, did_you_mean

_SAFE_LINK = re.compile(r"(?:https?://|mailto:|doi:|#)[^\s\x00-\x1f]*", re.IGNORECASE)
_SHORT_VALUE = 24
"""Letters of a value that is kept on one line with its unit."""


_SENTENCE_END = re.compile(r"[.!?][)\]\"”’]*\s+$")
Speaker = Callable[[Place], tuple[Run, tuple[Path, ...]]]
"""Says the phrase of a record, and names the places of the data in it."""


class Resolver:
    """Resolves the spans of one text of the case, which stands at `path`."""

    def __init__(self, telling: Telling, text: str, path: Path, speak: Speaker, *, sentences: bool = False) -> None:
        """`speak` says the phrase of a record; where the text is of `sentences`, one at the start of one is raised."""
        self._telling = telling
        self._text = text
        self._speak = speak
        self._sentences = sentences
        self._path = path
        self._seen: Counter[str] = Counter()

    def run(self, spans: tuple[Span, ...]) -> Run:
        """Return spans as nodes, in order."""
        nodes: list[Inline] = []
        for number, span in enumerate(spans):
            found = self._nodes(span)
            begins = self._sentences and (not number or _ended(spans[number - 1]))
            nodes += capitalised(found) if begins and isinstance(span, LookUp) else found
        return tuple(nodes)

    def _nodes(self, span: Span) -> Run:
        match span:
            case str():
                return (Text(span),)
            case Marked(style=style, inner=inner):
                return (Styled(style, self.run(inner)),)
            case CitedSpan():
                return (self._citation(span),)
            case MentionSpan():
                return self._mention(span)
            case LookUp():
                return self._value(span)
            case Linked():
                return self._link(span)
            case Address(href=href, text=text):
                return (Link(href, (Text(text),)),)
            case NewLine():
                return (Break(),)

    def _problem(self, kind: Kind, message: str, written: str, hint: str | None = None) -> None:
        nth = occurrence(self._text, written, self._seen[written])
        self._seen[written] += 1
        self._telling.problems.append(Problem(kind, message, self._path, quote=written, nth=nth, hint=hint))

    def _citation(self, span: CitedSpan) -> Citation:
        language = self._telling.language
        cited = []
        for source in span.source.split(";"):
            one = read_cited(source, language)
            cited.append(replace(one, prefix=polish(one.prefix, language), suffix=polish(one.suffix, language)))
            if one.key not in self._telling.library.items:
                hint = did_you_mean(one.key, self._telling.library.items) or "add it under references"
                self._problem(kinds.UNDEFINED_KEY, f"no reference has the key “{one.key}”", f"@{one.key}", hint)
        return Citation(tuple(cited))

    def _mention(self, span: MentionSpan) -> Run:
        case = self._telling.case
        figures, tables = dict.fromkeys(RESERVED_FIGURES), dict.fromkeys(case.data_tables)
        known = {**case.figures, **figures} if span.kind == "fig" else {**case.tables, **tables}
        word = "figure" if span.kind == "fig" else "table"
        if span.name not in known:
            place = "prior_cases" if span.name == PRIOR_CASES else f"{word}s"
            hint = did_you_mean(span.name, known) or f"add it under {place}"
            message = f"there is no {word} “{span.name}”"
            self._problem(kinds.UNDEFINED_EXHIBIT, message, f"@{span.kind}-{span.name}", hint)
        if span.kind == "fig" and span.name in CHOOSING:
            return (CrossReference(span.kind, span.name, chosen=self._tests(span)),)
        panels, spans, rest = _panels(span.tail, span.kind)
        figure = case.figures.get(span.name) if span.kind == "fig" else None
        letters = "abcdefghijklmnopqrstuvwxyz"[: len(figure.panels)] if figure else ""
        for panel in panels if figure else ():
            if panel not in letters:
                hint = f"it has the panels {', '.join(letters)}" if letters else "it has no panels"
                message = f"figure “{span.name}” has no panel “{panel}”"
                self._problem(kinds.UNDEFINED_PANEL, message, span.written, hint)
        reference = CrossReference(span.kind, span.name, panels, spans)
        return (reference, Text(rest)) if rest else (reference,)

    def _tests(self, span: MentionSpan) -> tuple[str, ...]:
        """Return the tests that a mention chooses, without those that the case does not have."""
        rows = self._telling.case.labs.rows() if self._telling.case.labs else ()
        known = [name for _, row in rows if (name := row.id or slug(row.title() or ""))]
        wanted = tuple(dict.fromkeys(filter(None, span.tail[1:].split(","))))
        for name in wanted:
            if name not in known:
                hint = did_you_mean(name, known) or "name tests by their id"
                self._problem(kinds.UNDEFINED_PANEL, f"the case has no test “{name}” to draw", span.written, hint)
        return tuple(name for name in wanted if name in known)

    def _value(self, span: LookUp) -> Run:
        try:
            found = look_up(span.path, span.at or None, self._telling)
            run, used = self._phrase(found.record) if found.record else (self._datum(found.text), found.used)
        except NoSuchValue as error:
            self._problem(kinds.UNDEFINED_VALUE, str(error), span.written, error.hint)
            return (Text(span.written),)
        self._telling.looked_up += [(self._path, place) for place in used]
        return sourced(derived(run), used[0] if used else self._path, typed=False)

    def _datum(self, text: str) -> Run:
        if isinstance(text, AuthorText):
            return self._quoted(text)
        short = len(text) <= _SHORT_VALUE and " " not in text
        return (Styled("nobreak", (Text(text),)),) if short else (Text(text),)

    def _phrase(self, place: Place) -> tuple[Run, tuple[Path, ...]]:
        """Return the phrase of a record; what is wrong in its texts is reported where they are written."""
        where = place[0]
        own = isinstance(place[1], LiteratureSearch) and self._path == (*where, "narrative")  # its phrase has no prose
        if (self._path[: len(where)] == where and not own) or where in self._telling.speaking:
            raise NoSuchValue("a record cannot hold its own phrase", "look up one of its keys, or another record")
        self._telling.speaking.append(where)
        with self._telling.unheard():
            found = self._speak(place)
        self._telling.speaking.pop()
        return found

    def _quoted(self, text: str) -> Run:
        """Return a text of the case that stands in another: its marks are read, what it looks up is not.

        What is wrong in it is reported where it is written.
        """
        try:
            spans = read_inline(text)
        except TooDeep:
            return (Text(text),)
        with self._telling.unheard():
            return self.run(tuple(span.written if isinstance(span, LookUp) else span for span in spans))

    def _link(self, span: Linked) -> Run:
        if not _SAFE_LINK.fullmatch(span.href):
            hint = "a link begins with https://, mailto: or doi:"
            message = "this link leads to nowhere a reader can go; it prints as typed"
            self._problem(kinds.LINK, message, span.written, hint)
            return (Text(span.written),)
        href = span.href
        if href.lower().startswith("doi:"):
            href = f"https://doi.org/{href[4:]}"
        return (Link(href, self.run(span.inner)),)


def _ended(span: Span) -> bool:
    """Whether a sentence ends with a span of plain text."""
    return isinstance(span, str) and bool(_SENTENCE_END.search(span))


def _panels(tail: str, kind: str) -> tuple[tuple[str, ...], bool, str]:
    """Return (panels, is a range, text that is no panel) of ``.a``, ``.a-b``, ``.a,c``."""
    if not tail:
        return (), False, ""
    body = tail[1:]
    if kind == "tbl":
        return (body,), False, ""
    found = re.fullmatch(r"([a-z])(?:-([a-z]))?((?:,[a-z])*)", body)
    if not found:
        return (), False, tail
    panels = [found[1], *([found[2]] if found[2] else []), *found[3].split(",")[1:]]
    return tuple(panels), bool(found[2]), ""


def flattened(runs: list[Run]) -> Run:
    """Return runs as one, a line break between them."""
    joined: list[Inline] = []
    for number, run in enumerate(runs):
        joined.extend((Break(), *run) if number else run)
    return tuple(joined)
