"""The version of a case that the patient is shown: a hash of what the case says and shows of the patient.

How it is typed does not count, nor do authors, money and other statements about the work.

It stands on the consent form and, once that is signed, in the case, so that lint notices when the two part ways. It is
made from the file and not from the printed page: another journal, another style or a newer program leaves it the same.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

DIGITS = 12
"""Hexadecimal digits of the SHA-256 that are printed: with 48 bits, no two versions of one case look alike."""
_SETTINGS = frozenset("format guideline care scare lint profile language print".split())
"""Keys that set how the case is checked and printed."""
_BESIDE = frozenset("consent references nocite cover_letter".split())
"""Keys beside the report: the consent itself, works cited, the letter."""
_OF_AUTHORS = frozenset(
    "authors affiliations contributions guarantor funding competing_interests ai_use registration ethics"
    " data_availability".split()
)
"""Keys that say who wrote and paid, and how: nothing of the patient, as title and keywords do."""
_UNCOUNTED = _SETTINGS | _BESIDE | _OF_AUTHORS
_WITH_FILES = frozenset(("figures", "videos", "supplements"))
"""Keys whose entries name files: these count by what is in them."""
_LAYOUT = frozenset(("width", "shows_person"))
"""Keys of a figure that print nothing."""


def version_of(data: Mapping[str, Any], content: Callable[[str], str]) -> str:
    """Return the version of a case as read from its file (`Source.data`), as hexadecimal digits.

    `content` returns a digest of a picture, video or supplement by its name in the case. Comments, the order of keys,
    line breaks, indentation and empty keys do not count.
    """
    import json  # lint needs it only for a consent that names its version

    shown = {key: _figures(part, content) if key in _WITH_FILES else _said(part) for key, part in data.items()}
    kept = {key: part for key, part in shown.items() if key not in _UNCOUNTED and part}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def _said(part: Any) -> Any:
    """Return a part of a case with its texts on one line, without keys that say nothing."""
    match part:
        case str():
            return _text(part)
        case dict():
            return {_text(key): said for key, value in part.items() if (said := _said(value))}
        case list():
            return [_said(one) for one in part]
    return ""


def _figures(part: Any, content: Callable[[str], str]) -> Any:
    """Return figures, videos or supplements with the digests of their files in the place of their names."""
    match part:
        case dict():
            return {
                _text(key): content(value) if key == "file" and isinstance(value, str) else _figures(value, content)
                for key, value in part.items()
                if key not in _LAYOUT and value
            }
        case list():
            return [_figures(one, content) for one in part]
    return _said(part)


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
