"""The abbreviations of a BibTeX file (`@string`), and a limit on what they may stand for.

A string that is twice another one, twenty times over, is a file of a few lines and a text of millions of letters.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 10_000
"""Characters that abbreviations may add to one value; the names of journals have under 300."""
ALL = 5_000_000
"""Characters that abbreviations may add to a whole file."""

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class StringName(str):
    """A name of an abbreviation, where others have a text."""

    __slots__ = ()


class TooLong(Exception):
    """Abbreviations expand beyond the limit; `line` is that of the string at fault, 0 if no single one is."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class Abbreviations:
    """What stands for what, names in any case; a name that is not defined stands for itself."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {name: name for name in _MONTHS}
        self._refused: dict[str, int] = {}
        self._left = ALL

    def define(self, texts: dict[str, str]) -> None:
        """Take what a `@string` says."""
        self._texts.update({name.lower(): text for name, text in texts.items()})

    def refuse(self, name: str, line: int) -> None:
        """Remember an abbreviation that is too long, with the line of the string at fault."""
        self._refused[name.lower()] = line

    def joined(self, pieces: Iterable[str]) -> str:
        """Return the text of a value. Raises TooLong where abbreviations add more than they may."""
        texts, added = [], 0
        for piece in pieces:
            text = self._text(piece) if isinstance(piece, StringName) else piece
            added += len(text) if isinstance(piece, StringName) else 0
            if added > LONGEST:
                raise TooLong(f"its abbreviations expand to more than {LONGEST:,} characters")
            texts.append(text)
        self._left -= added
        if self._left < 0:
            raise TooLong(f"the abbreviations of this file expand to more than {ALL:,} characters")
        return "".join(texts).strip()

    def _text(self, name: str) -> str:
        if line := self._refused.get(name.lower()):
            reason = f"the abbreviation “{name}” expands to more than {LONGEST:,} characters, see line {line}"
            raise TooLong(reason, line)
        return self._texts.get(name.lower(), name)
