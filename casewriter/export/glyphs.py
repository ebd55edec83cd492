"""Which fonts a text needs, and which of its characters are in none of them: they would print as empty boxes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from casewriter.article.nodes import BOX, ListBlock
from casewriter.article.paper import Article
from casewriter.article.symbols import letter_meant
from casewriter.article.walk import plain, runs
from casewriter.export.kinds import GLYPH_MISSING
from casewriter.problem import Problem
from casewriter.resources import font_files

_COMMON = frozenset(map(chr, range(0x20, 0x180))) | frozenset(
    "–—‘’“”„†‡•…‰′″‹›€−≤≥≈×±→°µμ²³¹⁰⁴⁵⁶⁷⁸⁹⁻⁺ \u00a0\u202f\n\r\t"
)
"""Characters that are known to be there (tested), so that an ordinary page opens no font."""

_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_OTHERS = {
    "Amiri": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
    "OpenSans": re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"),
    "NotoSansThai": re.compile("[\u0e00-\u0e7f]"),
}
"""The fonts of scripts that the two of the page and Noto Sans lack; Open Sans is there for Hebrew.

Amiri, because its letters are whole glyphs: Noto's Arabic fonts draw dots apart, and a PDF's text then holds other
letters than the page."""
_NOT_SHOWN = ("Cc", "Cf", "Cn", "Cs", "Zs", "Zl", "Zp", "Mn")
"""Categories of characters that have no sign of their own."""


def printed(article: Article) -> str:
    """Return every character that an article prints."""
    kind = article.article_type
    parts = [article.plain_title, article.short_title, kind, kind.upper(), article.journal, article.abstract_name]
    parts += [text for _, text in article.front_matter()]
    parts += [part.heading for part in article.abstract]
    parts += [plain(run) for fact in (*article.facts, *article.glance) for run in (fact.label, fact.said)]
    parts += [plain(article.strip.caption)] if article.strip else []
    parts += [plain(run) for part in article.abstract for block in part.blocks for run in runs(block)]
    sections = (*article.sections, *([article.exhibits] if article.exhibits else ()))
    parts += [plain(run) for section in sections for run in runs(section)]
    parts += [plain(word) for word in article.keywords]
    parts += [BOX for block in article.blocks() if isinstance(block, ListBlock) and block.marks == "box"]
    return "".join((*parts, *(plain(entry.children) for entry in article.references)))


def extra_fonts(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the fonts that a text needs beside the two of the page: loading one costs time."""
    rare = "".join(sorted(set(text) - _COMMON))
    if not rare:
        return ()
    others = (stem for stem, letters in _OTHERS.items() if letters.search(rare))
    return ("NotoSans", *others, *_east_asian(rare, language[:2]))


def _east_asian(rare: str, language: str) -> tuple[str, ...]:
    """Return the fonts of Chinese, Japanese and Korean that are needed, the first that has a character taking it."""
    wanted = set(_EAST_ASIAN.findall(rare))
    if not wanted:
        return ()
    order = ["NotoSansSC", "NotoSansJP", "NotoSansKR"]
    by_language = {"zh": "NotoSansSC", "ja": "NotoSansJP", "ko": "NotoSansKR"}
    if first := by_language.get(language):
        order.sort(key=lambda stem: stem != first)
    elif _KANA.search(rare):
        order.sort(key=lambda stem: stem != "NotoSansJP")
    elif _HANGUL.search(rare):
        order.sort(key=lambda stem: stem != "NotoSansKR")
    found = []
    for stem in order:
        has = {char for char in wanted if ord(char) in _covered_by(f"{stem}-Regular.ttf")}
        if has:
            found.append(stem)
            wanted -= has
    return tuple(found)


def lacking(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no font of ours has, sorted; marks and spaces are not asked for."""
    rare = {c for c in set(text) - _COMMON if unicodedata.category(c) not in _NOT_SHOWN}
    return tuple(sorted(c for c in rare if ord(c) not in covered())) if rare else ()


@cache
def covered() -> frozenset[int]:
    """Return the code points that the regular fonts of the page have."""
    regular = (name for name in font_files() if name.split("-")[-1].startswith("Regular"))
    return frozenset().union(*(_covered_by(name) for name in regular if not name.startswith("OpenSans"))) | (
        _covered_by("OpenSans-Regular.ttf") & frozenset(range(0x590, 0x600))
    )


@cache
def _covered_by(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    if name not in font_files():
        return frozenset()
    with TTFont(str(font_files()[name]), lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(article: Article) -> Iterator[Problem]:
    """Yield the characters of an article that no font of the page has."""
    if boxes := lacking(printed(article)):
        named = ", ".join(_named(char) for char in boxes[:8]) + (" …" if len(boxes) > 8 else "")
        yield Problem(GLYPH_MISSING, f"no font of the page has {named}")


def _named(char: str) -> str:
    meant = letter_meant(char)
    return f"“{char}” (U+{ord(char):04X}{f', which means {meant}' if meant else ''})"
