"""A file of any format -> its pieces -> what of them is withheld. The content says what a file is, not its name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from casewriter.blinding.finder import Finder
from casewriter.blinding.kinds import LEAK
from casewriter.problem import Problem
from casewriter.work.leaks import binary, document, markup
from casewriter.work.leaks.piece import Piece, Unsearchable, inside

_DEEPEST = 6
"""How often something may be packed into something else."""
_LARGEST = 400_000_000
"""Bytes that a packed file may hold."""
_MARKUP = re.compile(r"\s*<[!?/A-Za-z]")


def leaks(finder: Finder, name: str, data: bytes) -> list[Problem]:
    """Return a problem for each thing that is withheld and that a file holds, with the place, without the words."""
    found: dict[tuple[str, str], None] = {}
    shown = f"a file {PurePath(name).suffix}" if finder.surely(name) else name
    try:
        texts: dict[str, tuple[str, ...]] = {}  # fonts, styles and pages hold much twice
        for piece in (Piece("its name", name), *pieces(data)):
            if piece.text not in texts:
                texts[piece.text] = finder.surely(piece.text)
            found.update(dict.fromkeys((what, piece.where) for what in texts[piece.text]))
    except Unsearchable as refused:
        message = f"{shown} was not written: {refused.where} cannot be opened, so it cannot be searched for names"
        return [Problem(LEAK, message)]
    hint = "remove it where it comes from: the case, the template, a picture or the exporter"
    return [Problem(LEAK, f"{shown} was not written: {what} is in {where}", hint=hint) for what, where in found]


def pieces(data: bytes, outer: str = "", depth: int = 0) -> Iterator[Piece]:
    """Yield everything that can be read in a file. Raises Unsearchable where a part of it cannot be opened."""
    if depth > _DEEPEST:
        raise Unsearchable(outer)

    def opened(inner: bytes, where: str) -> Iterator[Piece]:
        return pieces(inner, where, depth + 1)

    if b"%PDF-" in data[:1024]:
        yield from document.pieces(data, outer, opened)
    elif data.startswith(b"PK\x03\x04"):
        yield from _archive(data, outer, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from opened(zlib.decompressobj(31).decompress(data, _LARGEST), outer)
    elif (text := _as_text(data)) is None:
        yield from binary.pieces(data, outer)
    elif _MARKUP.match(text):
        yield from markup.pieces(text, outer, opened)
    else:
        yield from markup.plain_pieces(text, outer)


def _as_text(data: bytes) -> str | None:
    """Return the text that bytes are, or None."""
    if data.startswith(binary.PICTURES):
        return None
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            return text if "\x00" not in text else None
    return None


def _archive(data: bytes, outer: str, depth: int) -> Iterator[Piece]:
    """Yield what can be read in the parts of a ZIP file, such as a Word document, and in their names."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > _LARGEST:
                raise Unsearchable(outer or "the file")
            names = [part.filename for part in parts]
            notes = [note.decode("utf-8", "replace") for note in (packed.comment, *(part.comment for part in parts))]
            yield Piece(inside(outer, "the name of a part"), "\n".join(names))
            yield Piece(inside(outer, "a comment"), "\n".join(notes))
            for part in parts:
                yield from pieces(packed.read(part), inside(outer, part.filename), depth + 1)
    except (BadZipFile, RuntimeError, NotImplementedError, zlib.error):
        raise Unsearchable(outer or "the file") from None
