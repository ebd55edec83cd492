"""Which fonts a text needs, and which of its characters are in none of them: they would print as empty boxes."""

from __future__ import annotations

import unicodedata
from functools import cache

from casewriter.article.nodes import Article
from casewriter.article.walk import plain, runs
from casewriter.resources import font_files

_COMMON = frozenset(map(chr, range(0x20, 0x180))) | frozenset(
    "–—‘’“”„†‡•…‰′″‹›€−≤≥≈×±→°µμ²³¹⁰⁴⁵⁶⁷⁸⁹ \u00a0\u202f\n\r\t"
)
"""Characters that are known to be there (tested), so that an ordinary page opens no font."""


_ASIAN = {"ja": "NotoSansJP", "ko": "NotoSansKR"}
"""The font of Chinese characters by language; the simplified Chinese one elsewhere."""


def printed(article: Article) -> str:
    """Return every character that an article prints."""
    parts = [article.plain_title, article.short_title, *(author.name for author in article.authors)]
    parts += [plain(run) for part in article.abstract for block in part.blocks for run in runs(block)]
    parts += [plain(run) for section in article.sections for run in runs(section)]
    parts += [plain(word) for word in article.keywords]
    parts += [plain(entry.children) for entry in article.references]
    return "".join((*parts, *(text for _, text in article.affiliations)))


def extra_fonts(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the fonts that a text needs beside the two of the page: loading one costs time."""
    rare = set(text) - _COMMON
    if not rare:
        return ()
    asian = (_ASIAN.get(language[:2], "NotoSansSC"),) if any(ord(c) >= 0x2E80 for c in rare) else ()
    return ("NotoSans", *asian)


def lacking(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no font of ours has, sorted; marks and spaces are not asked for."""
    rare = {c for c in set(text) - _COMMON if unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Mn")}
    return tuple(sorted(c for c in rare if ord(c) not in covered())) if rare else ()


@cache
def covered() -> frozenset[int]:
    """Return the code points that the regular fonts of the page have."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name, path in font_files().items():
        if name.split("-")[-1].startswith("Regular"):
            with TTFont(str(path), lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(found)
