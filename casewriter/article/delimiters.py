"""Stars and underscores: which open emphasis, which close it, and which are signs of the text.

The flanking rules of CommonMark (0.31, 6.2), made stricter for clinical text: a star or underscore between two word
characters, a single star before a digit, and a sign alone in brackets or quotation marks are what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct

if TYPE_CHECKING:
    from casewriter.article.inline import Span

MAX_DEPTH = 100
"""How deep emphasis may stand in emphasis."""
_LONGEST = 3
_PAIRS = frozenset(("()", "[]", "{}", "“”", "‘’", "«»", "„“", "‚‘", "<>"))
_CLOSING = frozenset(")]}>”’»,;:.!?%/|&=+")
"""Signs before which no emphasis opens."""
_OPENING = frozenset("([{<“‘«„‚/|&=")
"""Signs behind which no emphasis closes."""


class TooDeep(Exception):
    """Emphasis stands in emphasis more than MAX_DEPTH times."""


class Marked(Struct, frozen=True):
    """Emphasised, strong, raised, lowered or verbatim text; `depth` counts the marks inside it and itself."""

    style: Literal["emphasis", "strong", "superscript", "subscript", "code"]
    inner: tuple[Span, ...]
    depth: int = 1


class Delimiter(Struct):
    """A run of stars or underscores before it is known what they mean."""

    sign: str
    size: int
    opens: bool
    closes: bool

    @classmethod
    def between(cls, sign: str, size: int, before: str, after: str) -> Delimiter:
        """Return the run between two characters, each empty at an end of the text."""
        alone = before + after in _PAIRS or (bool(before) and before == after and not _is_word(before))
        if alone or size > _LONGEST:
            return cls(sign, size, opens=False, closes=False)
        single_before_digit = sign == "*" and size == 1 and after.isdigit()
        can_open = bool(after) and not after.isspace() and after not in _CLOSING and not _is_word(before)
        can_close = bool(before) and not before.isspace() and before not in _OPENING and not _is_word(after)
        return cls(sign, size, can_open and not single_before_digit, can_close)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def emphasised(found: list[Span | Delimiter]) -> tuple[Span, ...]:
    """Return spans with their emphasis made, and what opens or closes nothing put back as it was typed."""
    return _Emphasis().spans(found)


class _Emphasis:
    """Matches each closing run with the last one that opens for it."""

    def __init__(self) -> None:
        self._done: list[Span | Delimiter] = []
        self._openers: dict[tuple[str, int], list[int]] = {}

    def spans(self, found: list[Span | Delimiter]) -> tuple[Span, ...]:
        for one in found:
            if not isinstance(one, Delimiter):
                self._done.append(one)
                continue
            if one.closes:
                self._close(one)
            if one.size:
                if one.opens:
                    self._openers.setdefault((one.sign, one.size), []).append(len(self._done))
                self._done.append(one)
        return _joined(self._done)

    def _close(self, closer: Delimiter) -> None:
        while closer.size and (place := self._opener(closer)) is not None:
            opener = cast("Delimiter", self._done[place])
            size = min(opener.size, closer.size)
            inner = _joined(self._done[place + 1 :])
            del self._done[place + 1 :]
            self._forget(place)
            opener.size -= size
            closer.size -= size
            if opener.size:
                self._openers.setdefault((opener.sign, opener.size), []).append(place)
            else:
                self._done.pop()
            self._done.append(_marked(size, inner))

    def _opener(self, closer: Delimiter) -> int | None:
        """Return the place of the last run that the closing one can match: as long, or one of the two is of three."""
        sizes = (1, 2, 3) if closer.size == _LONGEST else (closer.size, _LONGEST)
        places = [stack[-1] for size in sizes if (stack := self._openers.get((closer.sign, size)))]
        return max(places, default=None)

    def _forget(self, place: int) -> None:
        """Take away the openers from a place on: what stands between a pair opens nothing outside it."""
        for stack in self._openers.values():
            while stack and stack[-1] >= place:
                stack.pop()


def _marked(size: int, inner: tuple[Span, ...]) -> Marked:
    depth = 1 + max((one.depth for one in inner if isinstance(one, Marked)), default=0)
    if depth > MAX_DEPTH:
        raise TooDeep
    if size == _LONGEST:
        return Marked("strong", (Marked("emphasis", inner, depth),), depth + 1)
    return Marked("strong" if size > 1 else "emphasis", inner, depth)


def _joined(found: list[Span | Delimiter]) -> tuple[Span, ...]:
    """Return spans in which text that belongs together is one; runs of signs are text."""
    done: list[Span] = []
    for one in found:
        span: Span = one.sign * one.size if isinstance(one, Delimiter) else one
        if isinstance(span, str) and done and isinstance(done[-1], str):
            done[-1] += span
        else:
            done.append(span)
    return tuple(done)
