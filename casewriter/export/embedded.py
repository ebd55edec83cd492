"""The fonts of a web page, cut down to the letters that it prints and put into it: it looks as designed anywhere."""

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO

from casewriter.article.paper import Article
from casewriter.export.glyphs import extra_fonts, printed
from casewriter.export.kept import kept
from casewriter.export.vetted import FAMILIES, STYLES
from casewriter.resources import font_files

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F)))
"""Letters of every page: its fixed words and signs, and what an edit will bring next."""
_PAGE = ("GentiumBookPlus", "SourceSans3")
_OUR_STYLES = ("Regular", "Bold", "Italic")
_FEATURES = ["ccmp", "mark", "lnum", "tnum", "smcp"]
"""Features of the fonts of the page that its style sheet uses; those of other scripts keep all of theirs."""


def embedded_faces(article: Article) -> str:
    """Return @font-face rules that hold the fonts of a page, in WOFF2; the same article gives the same bytes."""
    text = printed(article)
    others = extra_fonts(text, article.language)
    letters = "".join(sorted(_ALWAYS.union(text)))
    rules = []
    for family, pattern in FAMILIES.items():
        stem = pattern.split("-")[0]
        styles = _OUR_STYLES if stem in _PAGE else ("Regular",)
        wanted = [pattern.format(style) for style in styles] if stem in (*_PAGE, *others) else []
        rules += [_rule(family, name, letters, STYLES[style]) for style, name in zip(styles, wanted, strict=False)]
    return "\n".join(rule for rule in rules if rule)


def _rule(family: str, name: str, letters: str, css: str) -> str:
    if name not in font_files():
        return ""
    data = base64.b64encode(_subset(name, letters)).decode()
    return f'@font-face {{ font-family: "{family}"; {css} src: url("data:font/woff2;base64,{data}") format("woff2"); }}'


@lru_cache(maxsize=32)
def _subset(name: str, letters: str) -> bytes:
    """Return a font with these letters alone; while a case is edited, most pages need no other."""
    import fontTools

    file = font_files()[name].stat()
    features = _FEATURES if name.startswith(_PAGE) else ["*"]
    depends_on = (name, file.st_size, file.st_mtime_ns, letters, features, fontTools.version)
    return kept(depends_on, lambda: _cut_down(name, letters, features))


def _cut_down(name: str, letters: str, features: list[str]) -> bytes:
    """Return a font with some letters and features alone, as WOFF2: half a second for each."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = features
    options.hinting = False
    with TTFont(str(font_files()[name]), lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor = "woff2"
        out = BytesIO()
        font.save(out)
    return out.getvalue()
