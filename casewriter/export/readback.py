"""What was written is read back: every word and sign that the article holds must be in the file, else it is named."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from io import BytesIO

from casewriter.article.nodes import Block, Facts, Figure, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import plain, runs
from casewriter.export.kinds import CONTENT_LOST
from casewriter.problem import Problem

_MARKUP = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
_DESCRIPTIONS = (
    re.compile('alt="([^"]*)"'),
    re.compile('aria-label="([^"]*)"'),
)  # each alone is found ten times faster
_NOT_SHOWN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\x00-\x1f\ufe00-\ufe0f]+")
_HYPHEN_OF_WORD = re.compile(r"(?<=[^\W\d_])-|-(?=[^\W\d_])")
_APART = "\x00"
"""Stands between the pieces that a file is drawn of."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")
CELL, CELL_END = "\x1e", "\x1f"
"""Stand around each cell of a table in the text of a file that knows its cells."""
_CELL = re.compile(f"{CELL}([^{CELL}{CELL_END}]*){CELL_END}")
_TABLE_CELL = re.compile(r"<(/?)t[dh](?=[\s>])[^>]*>")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MIRRORED = ("Ps", "Pe", "Pi", "Pf")
"""Brackets and quotation marks, which a PDF's reader turns round between words from right to left."""
_NEAR = 400
"""Letters within which the rest of a text goes on behind the foot and head of a page."""
_NESTED = 12
"""How deep text may stand in drawings inside drawings."""
_SHOWN = 60
"""Letters of a missing text that a message shows; a shorter text is shown whole."""
_MOST = 20
"""Texts that are named one by one."""


def lost(article: Article, text: str, what_file: str, *, described: bool = False, exact: bool = False) -> list[Problem]:
    """Return a problem for each part of the article that the text of a file does not hold, with its words.

    `what_file` names the file in messages, such as ``PDF``; with `described` it must hold the descriptions of pictures.
    The text of an `exact` file is parted by no pages: each text must be there in one piece, as often as in the article.
    """
    file = _File(text, exact=exact)
    wanted_texts = [*expected(article, cells=not exact), *(_descriptions(article) if described else ())]
    if exact:
        wanted_texts = file.short_of(wanted_texts)
    problems: list[Problem] = []
    unnamed = 0
    for what, wanted in wanted_texts:
        if missing := file.missing(wanted):
            unnamed += len(problems) >= _MOST
            shown = wanted.strip() if len(wanted) <= _SHOWN else missing
            shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 2]}…"
            message = f"{what}: “{shown}” is not in the {what_file} that was written"
            problems.append(Problem(CONTENT_LOST, message, hint="check the template"))
    for what, cell in file.missing_cells(article):
        message = f"{what}: a cell “{cell}” is not in the {what_file} that was written"
        problems.append(Problem(CONTENT_LOST, message, hint="check the template"))
    if unnamed:
        problems[_MOST:] = [
            Problem(CONTENT_LOST, f"{unnamed} more texts are missing from the file", hint="check the template")
        ]
    return problems


class _File:
    """The signs of a file in order, without what the layout adds: spaces, hyphens at the ends of lines."""

    def __init__(self, text: str, *, exact: bool = False) -> None:
        self._exact = exact
        self._short: set[str] = set()
        self._marked = text
        self._text = _signs(text)
        self._bare = self._text.replace("-", "")
        self._count = Counter(self._text)
        self._place = 0  # what comes next in the article mostly comes next in the file

    def missing(self, wanted: str) -> str:
        """Return the words of a text that the file does not hold, or nothing.

        Signs beside words from right to left are counted: a PDF's reader gives them in an order of its own.
        """
        if self._exact:
            return wanted.strip()
        signs = _wanted_signs(wanted)
        if _RIGHT_TO_LEFT.search(signs):
            return self._missing_beside_rtl(signs, wanted)
        place = self._find(signs)
        if place >= 0:
            self._place = place + len(signs)
            return ""
        return "" if self._holds_without_hyphens(signs) else self._missing_words(wanted.split())

    def short_of(self, texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return which of all texts of an article the file has less often than they are in it; the longest of each."""
        signs = [_wanted_signs(text) for _, text in texts]
        whole = _APART.join(signs)
        first = {one: place for place, one in reversed(list(enumerate(signs)))}
        self._short = {one for one in first if self._lacks(one, whole)}
        inside = {one for one in self._short for other in self._short if one != other and one in other}
        return [texts[first[one]] for one in sorted(self._short - inside, key=lambda one: first[one])]

    def _lacks(self, signs: str, whole: str) -> bool:
        """Return whether the file has a text less often than the whole article; a long one stands nowhere else."""
        if len(signs) > _SHOWN:
            return signs not in self._text
        return self._text.count(signs) < whole.count(signs)

    def missing_cells(self, article: Article) -> Iterator[tuple[str, str]]:
        """Yield the cells that a file which marks its cells has less often than the article, with their table."""
        held = Counter(_signs(cell) for cell in _CELL.findall(self._marked))
        tables = [block for block in article.blocks() if isinstance(block, Table)] if held else []
        for table in tables:
            for cell in _printed_cells(table):
                signs = _wanted_signs(cell)
                held[signs] -= 1
                if signs and held[signs] < 0 and signs not in self._short:
                    yield table.label or "a table in the text", cell

    def _missing_beside_rtl(self, signs: str, wanted: str) -> str:
        """Return what is missing of a text that holds words from right to left: of its other words, or all of it."""
        counted = Counter(sign for sign in signs if unicodedata.category(sign) not in _MIRRORED)
        if any(self._count[sign] < count for sign, count in counted.items()):
            return wanted.strip()
        words = _LETTERS.findall(_RIGHT_TO_LEFT.sub(" ", wanted))
        return " ".join(word for word in words if self._text.find(_signs(word)) < 0)

    def _find(self, signs: str) -> int:
        near = self._text.find(signs, self._place)
        return near if near >= 0 else self._text.find(signs)

    def _holds_without_hyphens(self, signs: str) -> bool:
        """Return whether the file holds a text whose hyphens all stand in words: markup may part one from its word."""
        return "-" not in signs and signs in self._bare

    def _missing_words(self, words: list[str]) -> str:
        """Return the words that are not in the file; text that goes on behind a page's foot is found in halves."""
        signs = _signs("".join(words) if len(words) == 1 else " ".join(words))
        place = self._text.find(signs, self._place)
        if place >= 0:
            self._place = place + len(signs)
            return ""
        if len(words) > 1:
            half = len(words) // 2
            first = self._missing_words(words[:half])
            return " ".join(part for part in (first, self._missing_words(words[half:])) if part)
        found = self._divided(signs) or signs in self._text or self._holds_without_hyphens(signs)
        return "" if found else " ".join(words)

    def _divided(self, word: str) -> bool:
        """Return whether a word goes on behind the foot and head of a page."""
        for cut in range(len(word) - 1, 0, -1):
            place = self._text.find(word[:cut], self._place)
            if 0 <= place <= self._place + _NEAR:
                rest = self._text.find(word[cut:], place + cut)
                if 0 <= rest <= place + _NEAR:
                    self._place = rest + len(word) - cut
                    return True
        return False


def expected(article: Article, *, cells: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (what it is, text to find) of everything that a file of the article must hold; `cells` of tables or not."""
    yield "the title", article.plain_title
    yield from article.front_matter()
    for part in article.abstract:
        yield "the abstract", part.heading
        for block in part.blocks:
            yield from _block("the abstract", block, cells=cells)
    for keyword in article.keywords:
        yield "the keywords", plain(keyword)
    for section in article.sections:
        yield from _block("", section, cells=cells)
    for entry in article.references:
        yield f"reference {entry.number}", plain(entry.children)
    if article.exhibits is not None:
        yield from _block("", article.exhibits, cells=cells)


def _descriptions(article: Article) -> Iterator[tuple[str, str]]:
    """Yield what is told of each picture to who cannot see it."""
    for figure in article.figures():
        yield from ((f"the description of {panel.label}", panel.alt) for panel in figure.panels)


def _block(where: str, block: Block, *, cells: bool) -> Iterator[tuple[str, str]]:
    """Yield the texts of a block, each with the name of what it stands in."""
    match block:
        case Section(heading=heading, blocks=inner):
            name = f"the section “{plain(heading)}”"
            yield name, plain(heading)
            for one in inner:
                yield from _block(name, one, cells=cells)
        case Table():
            yield from _table(block, where, cells=cells)
        case Facts():
            for label, facts in block.groups():
                yield where, plain(label)
                yield from ((where, plain(fact.said)) for line in facts for fact in line)
        case Figure():
            caption, *others = block.legend
            yield block.label, f"{block.label}. {plain(caption.children)}"
            yield from ((block.label, plain(part.children)) for part in others)
        case _:
            yield from ((where, plain(run)) for run in runs(block))


def _printed_cells(table: Table) -> Iterator[str]:
    """Yield the text of each cell that is printed: one that says the same as those below it once for all of them."""
    for row in table.head:
        yield from (plain(cell.children) for cell in row.cells)
    for place, row in enumerate(table.rows):
        first = 0 if row.group or row.band or table.reach(place) else 1
        yield from (plain(cell.children) for cell in row.cells[first:])


def _table(table: Table, where: str, *, cells: bool) -> Iterator[tuple[str, str]]:
    name = table.label or f"a table in {where}"
    if table.label:
        yield name, f"{table.label}. {plain(table.caption)}"
    yield from ((name, cell) for cell in _printed_cells(table) if cells)
    yield from ((name, plain(note)) for _, note in table.notes)


def _signs(text: str) -> str:
    """Return the letters, digits and signs of a text: spaces, and hyphens beside letters, may be the layout's."""
    whole = unicodedata.normalize("NFKC", text).replace("‐", "-")  # a font without U+2010 shows it as a hyphen-minus
    return _NOT_SHOWN.sub("", _HYPHEN_OF_WORD.sub("", whole))


@lru_cache(2048)
def _wanted_signs(text: str) -> str:
    """Return the signs of a text of the article, most of which are those of the last time that it was written."""
    return _signs(text)


def html_text(data: bytes) -> str:
    """Return the text of an HTML page of ours: every attribute value in it is quoted and escaped."""
    page = data.decode("utf-8")
    told = _APART.join(one for pattern in _DESCRIPTIONS for one in pattern.findall(page))
    page = _TABLE_CELL.sub(lambda found: f"{_APART}{CELL_END if found[1] else CELL}", page)
    return unescape(f"{_MARKUP.sub(_APART, page)}{_APART}{told}")


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, page after page, in the order in which it was drawn."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

    document = pypdfium2.PdfDocument(data)
    parts: list[str] = []
    try:
        for page in document:
            reader = page.get_textpage()
            drawn = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=_NESTED, textpage=reader)
            parts.extend(f"{text.extract()}{_APART}" for text in drawn)
            reader.close()
            page.close()
            parts.append("\n")
    finally:
        document.close()
    return "".join((*parts, *_told(data)))


def _told(data: bytes) -> Iterator[str]:
    """Yield what a tagged PDF tells of its pictures."""
    from pikepdf import Dictionary, Pdf

    with Pdf.open(BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/Alt" in one:
                yield f"{_APART}{one.Alt}"
