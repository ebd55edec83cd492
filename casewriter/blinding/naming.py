"""Names inside the program that reach a file: keys of references, ids of figures and tables, files of pictures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from casewriter.article.inline import CITATION
from casewriter.blinding.finder import Finder
from casewriter.blinding.mapping import updated
from casewriter.model.case import Case

_KEY = re.compile(r"@([^\s;,\[\]@{}]+)")
_MENTION = re.compile(r"(?<![\w@])@(fig|tbl)-([a-z][a-z0-9_-]*)")


class Names(Struct, frozen=True):
    """Old names and the new ones: keys of references, figures, tables, files."""

    keys: Mapping[str, str]
    figures: Mapping[str, str]
    tables: Mapping[str, str]
    files: Mapping[str, str]

    def text(self, text: str) -> str:
        """Return a text that cites and mentions by the new names."""
        if self.keys:
            text = CITATION.sub(lambda one: _KEY.sub(lambda key: f"@{self.keys.get(key[1], key[1])}", one[0]), text)
        return _MENTION.sub(self._mention, text) if self.figures or self.tables else text

    def _mention(self, found: re.Match[str]) -> str:
        known = self.figures if found[1] == "fig" else self.tables
        return f"@{found[1]}-{known.get(found[2], found[2])}"

    def name(self, text: str, key: str) -> str:
        """Return a name at a key of the case: that of a file or a figure, else as it is."""
        if key == "figure":
            figure, dot, panel = text.partition(".")
            return f"{self.figures.get(figure, figure)}{dot}{panel}"
        cites = key in ("nocite", "reference")
        return self.files.get(text, text) if key == "file" else self.keys.get(text, text) if cites else text


def names(case: Case, finder: Finder, own: Collection[str], keys: Iterable[str]) -> Names:
    """Return new names for those that hold what is withheld, and for the keys of own works."""
    every = tuple(keys)
    files = (panel.file for figure in case.figures.values() for panel in (figure, *figure.panels))
    attached = (one.file for one in (*case.videos, *case.supplements))
    named = dict.fromkeys(name for name in (*files, *attached) if name and _holds(finder, name))
    return Names(
        _numbered([key for key in every if key in own or _holds(finder, key)], every),
        _numbered([name for name in case.figures if _holds(finder, name)], case.figures),
        _numbered([name for name in case.tables if _holds(finder, name)], case.tables),
        {name: f"withheld-{number}{PurePosixPath(name).suffix}" for number, name in enumerate(named, start=1)},
    )


def _holds(finder: Finder, name: str) -> bool:
    """Return whether a name holds what is withheld; of a name, case says nothing."""
    return any(found.hits or found.left for found in (finder.find(name), finder.find(name.title())))


def _numbered(old: Iterable[str], every: Collection[str]) -> dict[str, str]:
    return {name: _free(number, every) for number, name in enumerate(old, start=1)}


def _free(number: int, every: Collection[str]) -> str:
    name = f"withheld-{number}"
    return name if name not in every else f"{name}-x"


def renamed(case: Case, new: Names) -> Case:
    """Return a case whose figures and tables have their new ids."""
    values: dict[str, Any] = {
        "figures": {new.figures.get(name, name): one for name, one in case.figures.items()},
        "tables": {new.tables.get(name, name): one for name, one in case.tables.items()},
    }
    changed: Case = updated(case, values)
    return changed
