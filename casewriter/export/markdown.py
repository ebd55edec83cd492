"""Article -> Markdown (CommonMark with GitHub's tables), for forms that read it and for version control.

It holds what the manuscript holds, with the same numbers: title page, abstract, sections, references, figures at the
end. Citations and mentions are text, since links inside a document do not survive being pasted. A figure is its legend
and the description of each picture: no picture is written beside the file, and the names of the author's files may name
the patient. The strip and the rows at a glance, which a first page repeats from the sections, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from casewriter.article.nodes import (
    Block,
    Fact,
    Facts,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Section,
    Styled,
    Table,
    Text,
)
from casewriter.article.paper import Article, ReferenceEntry
from casewriter.export.door import exporter
from casewriter.export.escaping import escaped, inline, line, read
from casewriter.export.flat import (
    Line,
    Sheet,
    byline_marks,
    described,
    entry_links,
    fact_line,
    legend,
    running_title,
    sheets,
    title_facts,
)

_BETWEEN_LISTS = "<!-- -->"
"""Keeps two lists from being read as one (CommonMark 5.3)."""
_INDENT = 4
"""Columns of an item with more than a paragraph; readers older than CommonMark need as many."""
_NUMBERED = re.compile(r"\d{1,9}[.)]")
_ITEM = re.compile(r"(?:-|\d{1,9}[.)])(?: |$)")


def _text(data: bytes) -> str:
    return read(data.decode("utf-8"))


@exporter("md", suffix=".md", text=_text)
def export(article: Article) -> bytes:
    """Return the article as a Markdown file."""
    return (_joined(_paper(article, article.words["colon"])) + "\n").encode()


def _joined(chunks: Iterable[str]) -> str:
    """Return chunks with an empty line between them; those of nothing are left out."""
    made: list[str] = []
    for chunk in filter(None, chunks):
        if made and _ITEM.match(chunk) and _ITEM.match(made[-1]):
            made.append(_BETWEEN_LISTS)
        made.append(chunk)
    return "\n\n".join(made)


def _paper(article: Article, colon: str) -> Iterator[str]:
    yield from _heading(1, article.title)
    yield line(escaped(", ".join(filter(None, (article.article_type, article.journal)))))
    yield from _front(article)
    running = Fact((Text(article.words["running_title"]),), running_title(article))
    yield from _facts(Facts((running, *title_facts(article))), colon)
    yield from _abstract(article, colon)
    yield from _chunks(article.sections, colon)
    if article.references:
        yield from _heading(2, (Text(article.words["references"]),))
        yield from _references(article.references)
    yield from _chunks((article.exhibits,) if article.exhibits else (), colon)


def _heading(level: int, run: Run) -> Iterator[str]:
    if text := inline(run).strip():
        yield f"{'#' * level} {text}"


def _marked(mark: str, run: Run) -> str:
    """Return a line that a mark elsewhere leads to."""
    return line(inline((*((Styled("superscript", (Text(mark),)), Text(" ")) if mark else ()), *run)))


def _front(article: Article) -> Iterator[str]:
    """Yield the authors, where they work, and the notes about them."""
    yield line(inline(byline_marks(article.authors, lambda marks: Styled("superscript", (Text(marks),)))))
    yield from (_marked(one.mark, one.children) for one in article.affiliations)
    yield from (line(inline((Text(f"{one.mark} "), *one.children))) for one in article.author_notes)


def _abstract(article: Article, colon: str) -> Iterator[str]:
    if article.abstract:
        yield from _heading(2, (Text(article.abstract_name),))
    for part in article.abstract:
        yield from _heading(3, (Text(part.heading),))
        yield from _chunks(part.blocks, colon)
    if article.keywords:
        label = Styled("strong", (Text(article.words["keywords"]),))
        yield line(inline((label, Text(colon), *article.keyword_line)))


def _chunks(blocks: Iterable[Block], colon: str) -> Iterator[str]:
    """Yield what is parted by empty lines: paragraphs, lists, tables."""
    for block in blocks:
        match block:
            case Paragraph(children=children):
                yield line(inline(children))
            case Section(heading=heading, level=level, blocks=inner):
                yield from _heading(level, heading)
                yield from _chunks(inner, colon)
            case Quote(blocks=inner):
                yield "\n".join(f"> {text}".rstrip() for text in _joined(_chunks(inner, colon)).split("\n"))
            case ListBlock():
                yield from _list(block, colon)
            case Facts():
                yield from _facts(block, colon)
            case Table():
                yield from _table(block)
            case Figure():
                yield line(inline(legend(block)))
                told = [described(panel, colon) for panel in block.panels]
                yield _items(["-"] * len(told), [[line(escaped(text))] for text in told if text])


def _list(block: ListBlock, colon: str) -> Iterator[str]:
    """Yield a list; letters, and numbers that skip some, which Markdown would count anew, begin paragraphs (5.3)."""
    signs = block.signs if block.ordered else ("-",) * len(block.items)
    items = [list(_chunks(item, colon)) for item in block.items]
    steps = range(block.numbers[0], block.numbers[0] + len(items)) if block.numbers else ()
    if not block.ordered or (all(map(_NUMBERED.fullmatch, signs)) and block.numbers == tuple(steps)):
        yield _items(signs, items)
        return
    for sign, chunks in zip(signs, items, strict=True):
        first, *rest = chunks or [""]
        yield line(f"{sign} {first}")
        yield from rest


def _items(signs: Sequence[str], items: Sequence[Sequence[str]]) -> str:
    """Return the items of a list; where one has several chunks, all stand apart."""
    deep = any(len(chunks) > 1 for chunks in items)
    made = []
    for sign, chunks in zip(signs, items, strict=False):
        width = max(len(sign) + 1, _INDENT if deep else 0)
        first, *more = _joined(chunks).split("\n")
        indented = [" " * width + text if text else "" for text in more]
        made.append("\n".join((f"{sign.ljust(width)}{first}".rstrip(), *indented)))
    return ("\n\n" if deep else "\n").join(made)


def _facts(block: Facts, colon: str) -> Iterator[str]:
    """Yield records as a list: the label in bold; where several lines are said of it, each is an item below it."""
    items = []
    for label, lines in block.groups():
        said = [fact_line(facts) for facts in lines]
        head: Run = (Styled("strong", label), Text(colon)) if label else ()
        if len(said) == 1:
            items.append([line(inline((*head, *said[0])))])
        else:
            items.append([line(inline(head)), _items(["-"] * len(said), [[line(inline(run))] for run in said])])
    yield _items(["-"] * len(items), items)


def _table(table: Table) -> Iterator[str]:
    """Yield caption, table and notes."""
    if table.label:
        yield line(inline((Styled("strong", (Text(f"{table.label}."),)), Text(" "), *table.caption)))
    yield from (_sheet(sheet) for sheet in sheets(table))
    yield from (_marked(mark, note) for mark, note in table.notes)


def _sheet(sheet: Sheet) -> str:
    """Return a table of pipes, which has one row of heads (GFM 4.10): several are lines in it."""
    columns = zip(*(head.cells for head in sheet.head), strict=True) if sheet.head else [()] * len(sheet.numeric)
    heads = ["<br>".join(filter(None, dict.fromkeys(map(_cell, column)))) for column in columns]
    rule = ["---:" if numeric else "---" for numeric in sheet.numeric]
    rows = [_row(row, len(rule)) for row in sheet.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def _row(row: Line, columns: int) -> list[str]:
    if row.group:
        return [_cell((Styled("strong", row.cells[0]),)), *[""] * (columns - 1)] if row.cells else [""] * columns
    return [_cell(run) for run in row.cells]


def _cell(run: Run) -> str:
    return inline(run).strip(" \t")


def _references(entries: Sequence[ReferenceEntry]) -> Iterator[str]:
    """Yield the list; labels that are no numbers of a list begin a paragraph."""
    texts = [line(inline((*entry.children, *entry_links(entry)))) for entry in entries]
    if all(entry.label == f"{number}." for number, entry in enumerate(entries, start=1)):
        yield _items([entry.label for entry in entries], [[text] for text in texts])
        return
    for entry, text in zip(entries, texts, strict=True):
        yield line(f"{escaped(entry.label)} {text}") if entry.label else text
