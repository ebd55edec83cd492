"""A Source knows where everything is: path -> Span, and the ignore comments of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from casewriter.problem import Path, Problem, Span
from casewriter.source import kinds
from casewriter.source.edits import Edit, quoted
from casewriter.source.text import Lines
from casewriter.source.tree import Mapping, Node, Scalar, Sequence

_IGNORE = re.compile(r"#\s*casewriter:\s*ignore\b(?:\s*\[(?P<codes>[^\]]*)\])?[ \t]*(?P<reason>.*)$", re.MULTILINE)


_BETWEEN = frozenset(("items", "reference-item", "reference-file"))
"""Steps of the model's paths that no file has: lists that are written as themselves, tags of unions."""

_COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))(#+)([^\n]*)", re.MULTILINE)


class Ignore(Struct, frozen=True):
    """An ignore comment: the codes it silences on its own line, or on the next when it is alone."""

    codes: tuple[str, ...]
    reason: str
    line: int
    span: Span


class Source:
    """A file read: its text, its tree, and where each path is."""

    def __init__(
        self,
        name: str,
        text: str,
        root: Node | None,
        problems: tuple[Problem, ...],
        scalars: list[Scalar],
    ) -> None:
        self.name = name
        self.text = text
        self.root = root
        self.lines = Lines(text)
        self._scalars = scalars
        self.ignores, malformed = self._read_ignores()
        self.problems = (*problems, *malformed)

    @cached_property
    def data(self) -> Any:
        """The file as plain dicts, lists and texts; an empty value is None."""
        return _plain(self.root)

    def span(self, path: Path, quote: str | None = None, nth: int = 0, *, on_key: bool = False) -> Span:
        """Return where `path` is, or its nearest parent that the file has; steps of the model are skipped.

        A text is marked whole, a list or mapping by its key. With `quote`, its `nth` occurrence inside the text.
        """
        node, key = self._find(path)
        if node is None:
            return Span(1, 1, 1, 1)
        if quote and isinstance(node, Scalar) and (place := self._inside(node, quote, nth)) is not None:
            return self.lines.span(place, place + len(quote))
        if quote and isinstance(node, Scalar) and " " in quote and (span := self._wrapped(node, quote)) is not None:
            return span
        marked = key if key is not None and (on_key or not _is_text(node)) else node
        end = marked.end
        if isinstance(marked, Scalar):
            end = marked.start + len(self.text[marked.start : marked.end].rstrip())
        elif not isinstance(marked, Scalar):
            end = min(end, self._line_end(marked.start))
        return self.lines.span(marked.start, end)

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its span filled in."""
        if problem.span is not None:
            return problem
        from msgspec.structs import replace

        span = self.span(problem.path, problem.quote, problem.nth, on_key=problem.on_key)
        return replace(problem, span=span)

    def has(self, path: Path) -> bool:
        """Return whether the file itself holds this very path."""
        node = self.root
        for part in path:
            child = _child(node, part)
            if child is None:
                return False
            node = child[0]
        return True

    def scalars(self) -> Iterator[tuple[Path, Scalar, bool]]:
        """Yield (path, scalar, whether it is a key) of every text of the file, in its order."""
        yield from self._texts

    @cached_property
    def _texts(self) -> list[tuple[Path, Scalar, bool]]:
        found: list[tuple[Path, Scalar, bool]] = []
        _gather((), self.root, found)
        return found

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield (index, text) of every comment of the file, without its #."""
        starts = [scalar.start for scalar in self._scalars]
        for match in _COMMENT.finditer(self.text):
            before = bisect_right(starts, match.start(1)) - 1
            if before < 0 or match.start(1) >= self._scalars[before].end or self._scalars[before].end == 0:
                yield match.start(2), match[2]

    def place(self, scalar: Scalar, words: str, nth: int = 0) -> Span:
        """Return where the `nth` occurrence of some words is inside a scalar, wherever its lines are broken."""
        pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
        found = None
        for number, found in enumerate(pattern.finditer(self.text, scalar.start, scalar.end)):
            if number == nth:
                return self.lines.span(found.start(), found.end())
        return self.lines.span(*(found.span() if found else (scalar.start, scalar.end)))

    def edit(self, scalar: Scalar, text: str, what: str) -> Edit | None:
        """Return the edit that makes a one-line scalar say `text`, quoted as it was or where it must be; else None."""
        raw = self.text[scalar.start : scalar.end].rstrip()
        if scalar.style in ("|", ">") or "\n" in raw:
            return None
        plain = not scalar.style and not re.search(r"[\[\]{},#:\"'%&*!|>@`]|^[-?]|^$", text)
        new = text if plain else f"'{text}'" if scalar.style == "'" and "'" not in text else quoted(text)
        return Edit(scalar.start, scalar.start + len(raw), new, what)

    def _find(self, path: Path) -> tuple[Node | None, Scalar | None]:
        node, key = self.root, None
        for part in path:
            if (child := _child(node, part)) is not None:
                node, key = child[0], child[1]
            elif isinstance(node, Mapping) and _is_key(part):
                break  # what would be further down is not there: the nearest parent is the place
        return node, key

    def _inside(self, node: Scalar, quote: str, nth: int) -> int | None:
        place = node.start - 1
        for _ in range(nth + 1):
            place = self._whole(quote, place + 1, node.end)
            if place < 0:
                return None
        return place

    def _wrapped(self, node: Scalar, quote: str) -> Span | None:
        """Return where words are that the file breaks over two lines."""
        found = re.search(r"\s+".join(re.escape(word) for word in quote.split()), self.text[node.start : node.end])
        return self.lines.span(node.start + found.start(), node.start + found.end()) if found else None

    def _whole(self, quote: str, start: int, end: int) -> int:
        """Return where a quotation is that is no part of a longer word, or -1."""
        place = self.text.find(quote, start, end)
        while place >= 0 and re.match(r"-?\w", self.text[place + len(quote) : place + len(quote) + 2]):
            if not quote[-1:].isalnum():
                break
            place = self.text.find(quote, place + 1, end)
        return place

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _read_ignores(self) -> tuple[tuple[Ignore, ...], list[Problem]]:
        starts = [scalar.start for scalar in self._scalars]
        found, malformed = [], []
        for match in _IGNORE.finditer(self.text) if "casewriter:" in self.text else ():
            before = bisect_right(starts, match.start()) - 1
            if before >= 0 and match.start() < self._scalars[before].end:
                continue  # inside a text, not a comment
            span = self.lines.span(match.start(), match.end())
            codes = tuple(code.strip() for code in (match["codes"] or "").split(",") if code.strip())
            if not codes or not match["reason"].strip():
                message = "an ignore comment needs a code in brackets and a reason"
                hint = "# casewriter: ignore[FIG002] why this is right here"
                malformed.append(Problem(kinds.IGNORE, message, span=span, hint=hint))
                continue
            alone = not self.lines.line(span.line)[: span.column - 1].strip()
            line = span.line + 1 if alone else span.line
            found.append(Ignore(codes, match["reason"].strip(), line, span))
        return tuple(found), malformed


def _gather(path: Path, node: Node | None, found: list[tuple[Path, Scalar, bool]]) -> None:
    """Add (path, scalar, whether it is a key) of every text below a node."""
    match node:
        case Scalar():
            found.append((path, node, False))
        case Sequence(items=items):
            for number, item in enumerate(items):
                _gather((*path, number), item, found)
        case Mapping(entries=entries):
            for name, (key, value) in entries.items():
                where = (*path, name)
                found.append((where, key, True))
                _gather(where, value, found)


def _is_key(part: str | int) -> bool:
    """Return whether a part of a path is a key of the file, and no step that the model puts between."""
    return isinstance(part, str) and part not in _BETWEEN and not re.search(r"[\[(]", part)


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and node.end > node.start


def _child(node: Node | None, part: str | int) -> tuple[Node, Scalar | None] | None:
    match node:
        case Mapping() if isinstance(part, str) and part in node.entries:
            key, value = node.entries[part]
            return value, key
        case Sequence() if isinstance(part, int) and 0 <= part < len(node.items):
            return node.items[part], None
        case _:
            return None


def _plain(node: Node | None) -> Any:
    match node:
        case Scalar(value=value, style=style):
            return None if not style and value in ("", "~") else value
        case Sequence(items=items):
            return [_plain(item) for item in items]
        case Mapping(entries=entries):
            return {name: _plain(value) for name, (_, value) in entries.items()}
        case _:
            return None
