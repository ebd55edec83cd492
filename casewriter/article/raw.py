"""A text as the author typed it: what only looks like a citation, and where something written stands.

Code and escaped brackets are no citations and no values; they are masked, so that places stay what they were.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from casewriter.article import kinds
from casewriter.article.inline import CITATION
from casewriter.problem import Path, Problem

_NO_EXHIBIT = r"@(?!(?:fig|tbl)-)"
_UNREAD = re.compile(
    rf"\[[^\[\]\n@]{{0,200}}(?<![\w.]){_NO_EXHIBIT}(?:[^\[\]\n]{{0,500}}\]|[^\s\[\]]*)|(?<![\w.@/+-])-?@[^\s;,\[\]@{{}}()]+"
)
_UNREAD_KEY = re.compile(r"(?<![\w.])@([^\s;,\[\]@{}()]+)")
_NOT_READ = re.compile(r"(?<!`)(`+)(?!`)[^`]+\1(?!`)|\\\[[^\[\]]*\]|\\.")


def unread_citations(text: str, path: Path, keys: Container[str]) -> Iterator[Problem]:
    """Tell what looks like a citation and is not read as one, so that it prints as typed."""
    for found in _doubtful(text):
        named = [key.rstrip(".,:") for key in _UNREAD_KEY.findall(found[0])]
        if found[0].startswith("[") or any(key in keys for key in named):
            written = found[0].rstrip(" .,:")
            hint = f"write [{'; '.join(f'@{key}' for key in named or ['muller1959'])}]"
            message, nth = f"“{written}” is not read as a citation", text.count(written, 0, found.start())
            yield Problem(kinds.UNREAD_CITATION, message, path, quote=written, nth=nth, hint=hint)


@lru_cache(4096)
def _doubtful(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_UNREAD.finditer(CITATION.sub(_blank, _NOT_READ.sub(_blank, text))))


def occurrence(text: str, written: str, number: int) -> int:
    """Return which occurrence in the whole text is the one numbered `number` outside code and escapes."""
    pattern = re.compile(re.escape(written) + (r"(?!-?\w)" if written[-1:].isalnum() else ""))
    masked = _NOT_READ.sub(_blank, text)
    places = [found.start() for found in pattern.finditer(masked)]
    if number >= len(places):
        return number
    return [found.start() for found in pattern.finditer(text)].index(places[number])


def _blank(found: re.Match[str]) -> str:
    return "\x00" * len(found[0])
