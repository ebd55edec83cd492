"""Bytes -> text, without guessing, and index -> line and column."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from casewriter.problem import Problem, Refused, Span
from casewriter.source import kinds
from casewriter.source.limits import Limits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: the longer mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What YAML 1.2 calls not printable, plus NEL, LS and PS, which older readers take for line ends.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def decode(data: bytes, limits: Limits) -> str:
    """Return the text with LF line ends. Raises Refused naming byte and line for anything but text."""
    if len(data) > limits.file_bytes:
        message = f"the file has {len(data):,} bytes; the limit is {limits.file_bytes:,}"
        raise Refused([Problem(kinds.LIMIT, message, span=Span(1, 1, 1, 1))])
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if found := _FORBIDDEN.search(text):
        span = Lines(text).span(found.start(), found.end())
        name = f"U+{ord(found.group()):04X}"
        hint = "delete it, or write the intended character"
        raise Refused([Problem(kinds.UNREADABLE, f"the control character {name} is not allowed", span=span, hint=hint)])
    return text


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark of a file (may be empty) and its encoding."""
    return next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))


def _decode(data: bytes) -> str:
    mark, encoding = encoding_of(data)
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        before = data[len(mark) : offset].decode(encoding, "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"byte {offset} (0x{data[offset]:02x}) on line {line} is not {encoding.upper()}"
        hint = "save the file as UTF-8"
        span = Span(line, column, line, column + 1)
        raise Refused([Problem(kinds.UNREADABLE, message, span=span, hint=hint)]) from None


class Lines:
    """The lines of a text: index -> line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, index: int) -> tuple[int, int]:
        """Return (line, column) of a character index."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the character index of a line and column, both from 1."""
        return self._starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the Span of text[start:end]."""
        return Span(*self.place(start), *self.place(max(start, end)))

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end; empty when there is none."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def __len__(self) -> int:
        return len(self._starts)
