"""Text -> what in it identifies a person: patterns from data, and tests of what they match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from casewriter.lint.privacy.digits import DIGITS
from casewriter.lint.privacy.lexicon import LEXICON
from casewriter.resources import data_file
from casewriter.source import read

_LITERATURE = r"(?i:\b(?:search\w*|accessed|retrieved|PubMed|MEDLINE|Embase|databases?|inception)\b)[^.!?\n]{0,60}$"
"""What stands before a date of the literature, which is nobody's."""

_ORDER = (
    "email url ip national_id account_number licence_number vehicle device_serial plan_number record_number "
    "other_code phone date age_over_89 "
    "geography institution name biometric place exact_age"
).split()
"""Which type wins where two match the same words: the more certain one."""


_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 100
"""How far from a hint a pattern may reach: longer than any identifier with its keyword."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that identifies: its type, and where it stands in the text."""

    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Detector:
    """One entry of the data.

    `only` limits it to file names, keys or comments; `hints` are letters that must occur near it, or `anchor` the name
    of a cheap pattern that must.
    """

    type: str
    level: str
    pattern: re.Pattern[str]
    group: int
    check: str | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    only: tuple[str, ...]
    hints: tuple[str, ...]
    anchor: str | None


@cache
def _data() -> tuple[tuple[Detector, ...], re.Pattern[str], dict[str, re.Pattern[str]]]:
    file = data_file("privacy/patterns.yaml")
    data = read(file.read_bytes(), file.name).data
    known = {name: str(value) for name, value in data["words"].items()} | {"LITERATURE": _LITERATURE}

    def compiled(pattern: str | None) -> re.Pattern[str] | None:
        return re.compile(re.sub(r"\{([A-Z_]+)\}", lambda m: known[m[1]], pattern)) if pattern else None

    detectors = []
    for entry in data["entries"]:
        pattern = compiled(entry["pattern"])
        assert pattern is not None
        detectors.append(
            Detector(
                entry["type"], entry.get("level", "hipaa"), pattern, int(entry.get("group", 0)), entry.get("check"),
                compiled(entry.get("not_before")), compiled(entry.get("not_after")),
                tuple(entry.get("only", ())), tuple(str(hint).lower() for hint in entry.get("hints", ())),
                entry.get("anchor"),
            )
        )  # fmt: skip
    anchors = {name: re.compile(str(pattern)) for name, pattern in data["anchors"].items()}
    return tuple(detectors), re.compile("|".join(f"(?:{pattern})" for pattern in data["harmless"])), anchors


def detect(text: str, level: str = "hipaa", where: str = "prose", but: Iterable[str] = ()) -> list[Hit]:
    """Return what identifies in a text, in order; `but` are types that are not looked for.

    `level` is hipaa or journal (which adds exact ages, places and institutions); `where` is prose, comment, key or
    file_name.
    """
    detectors, harmless, anchors = _data()
    plain = text.replace("_", " ") if where in ("key", "file_name") else text
    plain = harmless.sub(lambda m: " " * len(m[0]), plain)
    hinted = _Hints(plain.lower())
    skipped = frozenset(but)
    near = {
        name: _windows([m.start() for m in pattern.finditer(plain)], len(plain)) for name, pattern in anchors.items()
    }
    hits: list[Hit] = []
    for one in detectors:
        if (
            one.type in skipped
            or (one.level == "journal" and level != "journal")
            or (one.only and where not in one.only)
        ):
            continue
        for start, end in near[one.anchor] if one.anchor else hinted.windows(one.hints):
            hits.extend(_matches(one, plain, start, end))
    return _best(hits)


class _Hints:
    """Where each hint stands in a text: found once, whatever number of entries ask for it.

    A hint of letters is looked for at the beginning of words, one with * before it anywhere.
    """

    def __init__(self, lower: str) -> None:
        self._lower = lower
        self._places: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[str, int]]] = {}
        for word in _WORD.finditer(lower):
            self._words.setdefault(word[0][:2], []).append((word[0], word.start()))

    def windows(self, hints: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return the stretches of the text around the hints; all of it where there are none."""
        if not hints:
            return [(0, len(self._lower))]
        return _windows(sorted(place for hint in hints for place in self._of(hint)), len(self._lower))

    def _of(self, hint: str) -> list[int]:
        if hint not in self._places:
            self._places[hint] = list(self._find(hint))
        return self._places[hint]

    def _find(self, hint: str) -> Iterator[int]:
        if hint.isalpha() and len(hint) > 1:
            yield from (place for word, place in self._words.get(hint[:2], ()) if word.startswith(hint))
            return
        hint = hint.removeprefix("*")
        place = self._lower.find(hint)
        while place >= 0:
            yield place
            place = self._lower.find(hint, place + 1)


def _windows(places: list[int], length: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for place in places:
        start, end = max(0, place - _AROUND), min(length, place + _AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _matches(one: Detector, text: str, first: int, last: int) -> Iterator[Hit]:
    for found in one.pattern.finditer(text, first, last):
        group = one.group
        if group and found[group] is None:
            group = next((n for n in range(1, (found.re.groups or 0) + 1) if found[n] is not None), 0)
        start, end = found.span(group)
        if one.not_before and one.not_before.search(text[max(0, found.start() - 80) : found.start()]):
            continue
        if one.not_after and one.not_after.search(text[end : end + 40]):
            continue
        if one.check in DIGITS and not _holds(one.check, found[group]):
            continue
        if one.check in LEXICON and not LEXICON[one.check](found[group], text[end : end + 40]):
            continue
        yield Hit(one.type, start, start + len(found[group].rstrip(" .,;:") or found[group]))


def _holds(check: str, text: str) -> bool:
    try:
        return DIGITS[check](text.strip())
    except (ValueError, IndexError, KeyError):
        return False  # letters where the kind of number has digits: it is none


def _best(hits: list[Hit]) -> list[Hit]:
    """Return the hits without those that another covers: the more certain type wins, then the longer."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (_ORDER.index(h.type), h.start - h.end)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
