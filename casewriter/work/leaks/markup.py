"""What can be read in HTML and XML: text across its elements, attributes, comments, and data in addresses."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, unquote_to_bytes

from casewriter.work.leaks.piece import Piece, inside
from casewriter.work.leaks.wellformed import as_xml

_APART = frozenset(
    "p div li ul ol dl dt dd td th tr table caption thead tbody h1 h2 h3 h4 h5 h6 section article header footer main "
    "nav figure figcaption blockquote br hr title head body style script text desc metadata "
    "w:p w:br w:cr w:tab w:tc w:tr a:p a:br w:sdt v:textbox".split()
)
"""Elements at whose ends a word ends; other elements may divide a word, as the runs of a Word file do."""
_DATA = re.compile(r"data:([\w.+/-]*)((?:;[\w=.-]+)*),([^\s\"'()<>]*)", re.IGNORECASE)
_HYPHENATED = re.compile("[-\u00ad\u2010\ufffe\x02]\\s*\\r?\\n\\s*|[\ufffe\x02]")
_MARKS = re.compile(r"[*_`\\~^]")

Open = Callable[[bytes, str], Iterator[Piece]]
"""Yields what can be read in bytes that are packed into a text; the second is where that is."""


class _Reader(HTMLParser):
    """Collects the text twice, with elements as nothing and as spaces, the attributes by name, and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.joined: list[str] = []
        self.spaced: list[str] = []
        self.styles: list[str] = []
        self.comments: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)
        self._style = tag == "style"
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        self._style = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._style = False

    def handle_data(self, data: str) -> None:
        if self._style:
            self.styles.append(data)
            return
        self.joined.append(data)
        self.spaced.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.comments.append(decl)

    def handle_pi(self, data: str) -> None:
        self.comments.append(data)

    def unknown_decl(self, data: str) -> None:
        self.joined.append(data.removeprefix("CDATA["))

    def _part(self, tag: str) -> None:
        self.joined.append("\n" if tag in _APART else "")
        self.spaced.append("\n" if tag in _APART else " ")


def pieces(text: str, outer: str, opened: Open) -> Iterator[Piece]:
    """Yield what can be read in HTML or XML; `opened` reads what is packed into its addresses."""
    reader = _Reader()
    if not as_xml(text, reader):
        reader.feed(text)
        reader.close()
    yield from plain_pieces("".join(reader.joined), outer)
    yield Piece(inside(outer, "the text"), "".join(reader.spaced))
    yield Piece(inside(outer, "a comment"), "\n".join(reader.comments))
    for name, values in reader.attributes.items():
        said = "\n".join(value for value in values if "data:" not in value)
        yield Piece(inside(outer, f"the attribute “{name}”"), said)
        if "%" in said:
            yield Piece(inside(outer, f"the attribute “{name}”"), unquote(said))
        for value in dict.fromkeys(value for value in values if "data:" in value):
            yield from _packed(value, inside(outer, f"the attribute “{name}”"), opened)
    for style in reader.styles:
        yield Piece(inside(outer, "the style sheet"), _DATA.sub("", style))
        yield from _packed(style, inside(outer, "the style sheet"), opened)


def _packed(text: str, where: str, opened: Open) -> Iterator[Piece]:
    yield Piece(where, _DATA.sub("", text))
    for found in _DATA.finditer(text):
        try:
            data = base64.b64decode(found[3]) if "base64" in found[2].lower() else unquote_to_bytes(found[3])
        except (binascii.Error, ValueError):
            data = found[3].encode()
        yield from opened(data, where)


def plain_pieces(text: str, outer: str) -> Iterator[Piece]:
    """Yield a text as it is, and with the words joined that a line divides or marks of emphasis surround."""
    where = inside(outer, "the text")
    yield Piece(where, text)
    for other in (_HYPHENATED.sub("", text), _MARKS.sub("", text), unquote(text) if "%" in text else text):
        if other != text:
            yield Piece(where, other)
