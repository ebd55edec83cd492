"""BibTeX source -> its entries: every entry whole with its line, or refused with its line.

Values come with their abbreviations filled in and TeX still in them. Source: BibTeX's own rules (btxdoc, btxhak), and
what its users' files hold: entries in parentheses, text between entries, `%` in values.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from casewriter.bibliography.reading.bibtex_strings import Abbreviations, StringName, TooLong
from casewriter.bibliography.reading.refusal import Refusals

_START = re.compile(r"^[ \t]*%+[ \t]*@[^\n]*|@\s*([A-Za-z][\w-]*)\s*([{(])", re.MULTILINE)
_NEXT = re.compile(r"^[ \t]*@\s*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_FIELD = re.compile(r"\s*([^\s=,{}()\"#%@]+)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}()\"=@]+")


class BibtexEntry(Struct):
    """An entry: its type and key, and its fields by name in lower-case letters."""

    line: int
    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)


class _Broken(Exception):
    """An entry does not hold to the rules."""


def entries(text: str) -> tuple[list[BibtexEntry], Refusals]:
    """Return the entries of a file in its order, and those refused."""
    strings = Abbreviations()
    found: list[BibtexEntry] = []
    refused: Refusals = []
    place = counted = 0
    line = 1
    while start := _START.search(text, place):
        if start[1] is None:  # commented out
            place = start.end()
            continue
        line += text.count("\n", counted, start.start())
        counted = start.start()
        kind = start[1].lower()
        try:
            if kind in ("comment", "preamble"):
                place = _group_end(text, start.end() - 1)
                continue
            reader = _Reader(text, start.end(), "}" if start[2] == "{" else ")", strings)
            if kind == "string":
                _define(reader, line, strings, refused)
            else:
                _keep(BibtexEntry(line, kind, reader.key(), reader.fields()), reader, found, refused)
            place = reader.place
        except _Broken as error:
            if kind not in ("comment", "preamble"):
                refused.append((line, str(error)))
            following = _NEXT.search(text, start.end())
            place = following.start() if following else len(text)
    return found, refused


def _define(reader: _Reader, line: int, strings: Abbreviations, refused: Refusals) -> None:
    """Take the abbreviations of a `@string`; those built on one reported before are not reported again."""
    strings.define(reader.fields())
    for name, error in reader.too_long.items():
        strings.refuse(name, error.line or line)
        if not error.line:
            refused.append((line, f"@string {name}: {error}"))


def _keep(entry: BibtexEntry, reader: _Reader, found: list[BibtexEntry], refused: Refusals) -> None:
    """Keep an entry, or refuse it where a value of it is too long."""
    for name, error in reader.too_long.items():
        refused.append((entry.line, f"{name}: {error}"))
        return
    found.append(entry)


def _group_end(text: str, start: int) -> int:
    """Return the place after a group in braces or parentheses; an entry that begins inside it ends it."""
    opening, closing = text[start], "}" if text[start] == "{" else ")"
    depth = 0
    for place in range(start, len(text)):
        char = text[place]
        if char == opening and text[place - 1 : place] != "\\":
            depth += 1
        elif char == closing and text[place - 1 : place] != "\\":
            depth -= 1
            if depth == 0:
                return place + 1
        elif char == "@" and _begins(text, place):
            break
    raise _Broken("this record has no end: look for a missing brace or quotation mark")


def _begins(text: str, place: int) -> bool:
    """Return whether an entry begins at a place, at the start of a line."""
    line = text.rfind("\n", 0, place) + 1
    return not text[line:place].strip() and bool(_NEXT.match(text, line))


class _Reader:
    """Reads the inside of one entry; `too_long` holds the fields whose abbreviations stand for too much."""

    def __init__(self, text: str, place: int, end: str, strings: Abbreviations) -> None:
        self.text, self.place, self._end, self._strings = text, place, end, strings
        self.too_long: dict[str, TooLong] = {}

    def key(self) -> str:
        """Return the key; an entry without one begins with a field at once."""
        if _FIELD.match(self.text, self.place):
            return ""
        found = re.compile(r"\s*([^,{}\s=]*)\s*(?=[,})])").match(self.text, self.place)
        if not found:
            raise _Broken("the entry has no comma after its key")
        self.place = found.end() + (self.text[found.end()] == ",")
        return found[1]

    def fields(self) -> dict[str, str]:
        """Return the fields up to the end of the entry; of a field given twice the first counts."""
        fields: dict[str, str] = {}
        while True:
            self.place = self._skip(self.place, " \t\r\n,")
            if self.text[self.place : self.place + 1] == self._end:
                self.place += 1
                return fields
            named = _FIELD.match(self.text, self.place)
            if not named:
                raise _Broken(self._what_is_wrong())
            self.place = named.end()
            pieces = self._pieces()
            try:
                fields.setdefault(named[1].lower(), self._strings.joined(pieces))
            except TooLong as error:
                self.too_long[named[1]] = error
            after = self._skip(self.place, " \t\r\n")
            if self.text[after : after + 1] not in (",", self._end):
                raise _Broken(f"a comma is missing after “{named[1]}”" if after < len(self.text) else self._unended())

    def _pieces(self) -> list[str]:
        parts = [self._piece()]
        while self.text[(after := self._skip(self.place, " \t\r\n")) : after + 1] == "#":
            self.place = self._skip(after + 1, " \t\r\n")
            parts.append(self._piece())
        return parts

    def _piece(self) -> str:
        start = self.place
        char = self.text[start : start + 1]
        if char == "{":
            self.place = _group_end(self.text, start)
            return self.text[start + 1 : self.place - 1]
        if char == '"':
            return self._quoted(start + 1)
        found = _BARE.match(self.text, start)
        if not found:
            raise _Broken(self._unended() if start >= len(self.text) else "a field has no value")
        self.place = found.end()
        return StringName(found[0])

    def _quoted(self, start: int) -> str:
        depth = 0
        for place in range(start, len(self.text)):
            char = self.text[place]
            escaped = self.text[place - 1 : place] == "\\"
            depth += (char == "{" and not escaped) - (char == "}" and not escaped)
            if char == '"' and depth == 0:
                self.place = place + 1
                return self.text[start:place]
            if char == "@" and _begins(self.text, place):
                break
        raise _Broken(self._unended())

    def _skip(self, place: int, chars: str) -> int:
        while place < len(self.text) and self.text[place] in chars:
            place += 1
        return place

    @staticmethod
    def _unended() -> str:
        return "this record has no end: look for a missing brace or quotation mark"

    def _what_is_wrong(self) -> str:
        if self.place >= len(self.text) or _begins(self.text, self.place):
            return self._unended()
        near = " ".join(self.text[self.place : self.place + 40].split())
        return f"a field consists of a name, an equals sign and a value; this is “{near}”"
