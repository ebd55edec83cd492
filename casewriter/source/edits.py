"""Edits of a file that keep every byte they do not touch: encoding, byte order mark, line ends, comments, quoting."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from casewriter.source.text import encoding_of


class Edit(Struct, frozen=True):
    """A replacement of text[start:end] of a Source's text (line ends are LF there); `what` says why."""

    start: int
    end: int
    text: str
    what: str


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the file with its edits. Raises ValueError when two of them overlap."""
    mark, encoding = encoding_of(data)
    original = data[len(mark) :].decode(encoding)
    places = _places(original)
    newline = "\r\n" if "\r\n" in original else "\n"
    done, last = [], 0
    for edit in sorted(edits, key=lambda one: one.start):
        start, end = places[edit.start], places[edit.end]
        if start < last:
            raise ValueError(f"two edits overlap at {edit.start}")
        done += [original[last:start], edit.text.replace("\n", newline)]
        last = end
    return mark + "".join((*done, original[last:])).encode(encoding)


def _places(original: str) -> list[int]:
    """Return for each index of the text with LF line ends its index in the original."""
    places = [n for n, char in enumerate(original) if not (char == "\n" and n and original[n - 1] == "\r")]
    return [*places, len(original)]


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
