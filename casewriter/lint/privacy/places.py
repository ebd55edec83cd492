"""What of a case file is read for identifiers, and which of them are right where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from casewriter.problem import Path, Span
from casewriter.source import Source

_NAMES = frozenset(("name", "place", "institution", "geography"))
_NOTHING: frozenset[str] = frozenset()
_ALLOWED: dict[str, frozenset[str]] = {
    "authors": frozenset(("*",)),
    "affiliations": frozenset(("*",)),
    "references": frozenset(("*",)),
    "acknowledgements": _NAMES,
    "contributions": _NAMES,
    "guarantor": _NAMES,
    "funding": _NAMES | {"other_code", "record_number", "account_number", "url"},
    "ethics": _NAMES | {"record_number", "other_code", "date", "licence_number", "plan_number"},
    "registration": _NAMES | {"record_number", "other_code", "url", "date", "vehicle", "licence_number"},
    "data_availability": frozenset(("url", "other_code", "institution")),
    "literature_search": frozenset(("date", "url")),
    "prior_presentation": _NAMES | {"date", "url"},
    "ai_use": frozenset(("date", "url", "name", "ip")),
    "competing_interests": _NAMES,
    "abbreviations": frozenset(("name", "place", "institution")),
    "genetics": frozenset(("other_code", "national_id", "ip", "record_number")),
    "focus": frozenset(("name",)),
    "keywords": frozenset(("name", "place")),
    "nocite": frozenset(("*",)),
}
"""Types that belong to a part of the case: `*` is all of them."""

_PLAIN = frozenset("loinc codes id doi url orcid ror unit reference value values".split())
"""Keys whose values have a form of their own, which the model checks."""
_VERSION = ("consent", "publication", "version")

_MODELINE = re.compile(r"\s*(?:yaml-language-server|casewriter: ignore(?:\[[^\]]*\])?|prettier-ignore|cspell:|vim:)")
_TOP_KEY = re.compile(r"(?m)^([A-Za-z_]\w*)[ \t]*:")
_COMMENT = re.compile(r"(?m)(?:^|(?<=[ \t]))#[^\n]*")
_NOT_READ = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_PLAIN))})[ \t]*:[ \t]*[^,}}\n]*"
    r"|(?<![\w-])name[ \t]*:(?=[ \t])|\*[A-Z][a-z]+ [a-z. ]+\*"
)
"""In a file that is not YAML: keys with a form of their own, the key of an organism, and organisms in emphasis."""
_NOTES = frozenset(("note", "annote"))


class Passage(Struct, frozen=True):
    """A text to be read: its words, kind (prose, comment, key, file_name), path, and types that are right there."""

    text: str
    where: str
    path: Path
    allowed: frozenset[str]
    node: object = None
    index: int = 0

    def span(self, source: Source, start: int, end: int) -> Span:
        """Return where a stretch of the passage is in the file."""
        from casewriter.source.tree import Scalar

        words = self.text[start:end]
        if isinstance(self.node, Scalar):
            return source.place(self.node, words, self.text.count(words, 0, start))
        return source.lines.span(self.index + start, self.index + end)


def passages(source: Source) -> Iterator[Passage]:
    """Yield every value, key, file name and comment of the file that may identify; of a broken file its text."""
    if source.root is None:
        yield from _raw(source.text)
        return
    for path, scalar, is_key in source.scalars():
        allowed = _ALLOWED.get(str(path[0]) if path else "", _NOTHING)
        if "*" in allowed and path[-1] not in _NOTES:
            continue
        if "*" in allowed:
            allowed = _NAMES | {"url", "date", "other_code"}
        name = str(path[-1]) if path else ""
        if is_key:
            if not name.isalpha() or len(name) > 25:
                yield Passage(scalar.value, "key", path, allowed, scalar)
        elif name not in _PLAIN and len(scalar.value) > 3 and not _is_version(path, scalar.value):
            yield Passage(scalar.value, "file_name" if name == "file" else "prose", path, allowed, scalar)
    yield from _comments(source)


def _is_version(path: Path, text: str) -> bool:
    """Return whether a text is the version of a signed form: digits that chance put together, so they look like any."""
    return path == _VERSION and bool(re.fullmatch("[0-9a-f]{12}", text))


def _raw(text: str) -> Iterator[Passage]:
    """Yield the text of a file that is not YAML by its top-level keys, as they are at the beginning of a line.

    The blocks of authors, affiliations and references are public; of them the comments alone are read.
    """
    starts = [0, *(found.start() for found in _TOP_KEY.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        key = _TOP_KEY.match(text, start)
        allowed = _ALLOWED.get(key[1], frozenset()) if key else frozenset()
        if "*" not in allowed:
            shown = _NOT_READ.sub(lambda m: " " * len(m[0]), text[start:end])
            yield Passage(shown, "prose", (), allowed, None, start)
            continue
        for comment in _COMMENT.finditer(text, start, end):
            yield Passage(comment[0], "comment", (), frozenset(), None, comment.start())


def _comments(source: Source) -> Iterator[Passage]:
    """Yield comments; of an ignore comment its reason, which is read like any other text."""
    for index, text in source.comments():
        told = _MODELINE.match(text)
        if told and "yaml-language-server" in told[0]:
            continue
        start = told.end() if told else 0
        if text[start:].strip():
            yield Passage(text[start:], "comment", (), frozenset(), None, index + start)
