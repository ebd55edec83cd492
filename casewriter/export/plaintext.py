"""Article -> plain text, a file for each box of a journal's submission site.

The names of the files are those of the boxes, and the headings of the sections. Tables, legends and the descriptions of
pictures have files of their own. A paragraph is one line, cells are parted by tabs. A section's heading is a box's name
and stands in the list of sections, with the file that holds its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from casewriter.article.nodes import Block, Facts, Figure, ListBlock, Paragraph, Quote, Section, Table, Text
from casewriter.article.paper import Article
from casewriter.article.quotation import with_quotation_marks
from casewriter.article.walk import blocks_within, plain
from casewriter.export.door import Output, exporter
from casewriter.export.flat import described, entry_links, fact_line, legend, running_title, sheets, title_facts
from casewriter.export.unmarked import as_printed, raised, told, told_in_line

TABLES, LEGENDS, DESCRIPTIONS = "tables", "figure-legends", "alt-text"
_FIXED = ("title", "running-title", "authors", "details", "abstract", "keywords", "references", "sections")
_LETTER = "({})"
"""What divides the letter of a panel from the words of its legend."""
_LONGEST = 40
"""Letters of a heading in the name of a file."""


class Words(Struct, frozen=True):
    """What a language sets around text: the sign behind a label, quotation marks."""

    colon: str
    opening: str
    closing: str


class Box(Struct, frozen=True):
    """What goes into one box; `where` names other files that hold a part of its section."""

    name: str
    text: str
    heading: str = ""
    where: tuple[str, ...] = ()


def _text(data: bytes) -> str:
    text = data.decode("utf-8")
    return f"{text}\x00\n{as_printed(text)}"


@exporter("txt", suffix=".txt", text=_text)
def export(article: Article) -> tuple[Output, ...]:
    """Return the files; where nothing is said, there is none."""
    boxes = [box for box in _boxes(article) if box.text or box.heading]
    boxes.append(Box("sections", "\n".join(_listed(boxes))))
    return tuple(Output(f"-{box.name}.txt", f"{box.text}\n".encode()) for box in boxes if box.text)


def _listed(boxes: Iterable[Box]) -> Iterator[str]:
    """Yield each heading with the files that hold what is below it."""
    for box in boxes:
        if box.heading:
            files = (*((box.name,) if box.text else ()), *box.where)
            yield "\t".join((box.heading, ", ".join(f"-{name}.txt" for name in files))).strip()


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, texts))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, texts))


def _boxes(article: Article) -> Iterator[Box]:
    words = Words(article.words["colon"], *with_quotation_marks('"x"', article.language, "").split("x"))
    yield Box("title", told_in_line(article.title))
    yield Box("running-title", told_in_line(running_title(article)))
    yield Box("authors", _paragraphs(_authors(article)))
    yield Box(
        "details", _lines((article.article_type, article.journal, *_chunks((Facts(title_facts(article)),), words)))
    )
    yield Box("abstract", _paragraphs(_abstract(article, words)), article.abstract_name if article.abstract else "")
    yield Box("keywords", told_in_line(article.keyword_line))
    yield from _sections(article.sections, words, set(_FIXED))
    references = _lines(_references(article))
    yield Box("references", references, article.words["references"] if references else "")
    tables = [_lines(_table(table)) for table in article.tables()]
    yield Box(TABLES, _paragraphs(tables))
    yield Box(LEGENDS, _paragraphs(told_in_line(legend(figure, _LETTER)) for figure in article.figures()))
    panels = [panel for figure in article.figures() for panel in figure.panels]
    yield Box(DESCRIPTIONS, _lines(" ".join(described(panel, words.colon).split("\n")) for panel in panels))
    if article.exhibits:
        yield Box("", "", told_in_line(article.exhibits.heading), _elsewhere(article.exhibits))


def _authors(article: Article) -> Iterator[str]:
    """Yield the authors, each in a line, where they work, and the notes about them; marks are in brackets."""
    names = (
        f"{', '.join((plain(author.children), *author.degrees))}{_mark(','.join(author.marks), before=' ')}"
        for author in article.authors
    )
    yield _lines(names)
    yield _lines(f"{_mark(place.mark, behind=' ')}{told_in_line(place.children)}" for place in article.affiliations)
    yield _lines(f"{_mark(note.mark, behind=' ')}{told_in_line(note.children)}" for note in article.author_notes)


def _mark(mark: str, before: str = "", behind: str = "") -> str:
    return f"{before}({mark}){behind}" if mark else ""


def _abstract(article: Article, words: Words) -> Iterator[str]:
    for part in article.abstract:
        yield part.heading.strip()
        yield from _chunks(part.blocks, words)


def _sections(sections: Iterable[Section], words: Words, taken: set[str]) -> Iterator[Box]:
    """Yield a box for each section, and for each declaration, which sites ask for one by one."""
    for section in sections:
        heading = told_in_line(section.heading)
        inner = [block for block in section.blocks if isinstance(block, Section)]
        if section.matter == "declarations" and len(inner) == len(section.blocks):
            yield Box("", "", heading)
            yield from _sections(inner, words, taken)
            continue
        text = _paragraphs(_chunks(section.blocks, words))
        name = _free(_slug(heading) or section.anchor or "section", taken) if text else ""
        yield Box(name, text, heading or (name if text else ""), _elsewhere(section))


def _elsewhere(section: Section) -> tuple[str, ...]:
    """Return the files that hold tables and figures of a section."""
    blocks = list(blocks_within(section.blocks))
    tables = any(isinstance(block, Table) and block.label for block in blocks)
    figures = any(isinstance(block, Figure) for block in blocks)
    return (*((TABLES,) if tables else ()), *((LEGENDS,) if figures else ()))


def _slug(heading: str) -> str:
    """Return a heading as a part of a file's name: its letters and digits, without accents."""
    letters = "".join(
        sign for sign in unicodedata.normalize("NFKD", heading.lower()) if not unicodedata.combining(sign)
    )
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", letters))
    name = words[0][:_LONGEST] if words else ""
    for word in words[1:]:
        if len(name) + 1 + len(word) > _LONGEST:
            break
        name += f"-{word}"
    return name


def _free(name: str, taken: set[str]) -> str:
    """Return a name, with a number where another file has it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _chunks(blocks: Iterable[Block], words: Words) -> Iterator[str]:
    """Yield what is parted by empty lines; tables and figures with a number are in files of their own."""
    for block in blocks:
        match block:
            case Paragraph(children=children):
                yield told(children)
            case Section(heading=heading, blocks=inner):
                inside = [text for text in _chunks(inner, words) if text]
                yield told_in_line(heading)
                yield from inside
            case Quote(blocks=inner):
                yield from _quoted([text for text in _chunks(inner, words) if text], words)
            case ListBlock(items=items):
                signed = zip(block.signs, items, strict=True)
                yield _lines(_item(sign, list(_chunks(item, words))) for sign, item in signed)
            case Facts():
                yield _lines(_facts(block, words))
            case Table(label=""):
                yield _lines(_table(block))


def _quoted(texts: list[str], words: Words) -> Iterator[str]:
    """Yield a quotation in quotation marks: each paragraph opens it, the last one closes it."""
    for number, text in enumerate(texts, start=1):
        opening = "" if text.startswith(words.opening) else words.opening
        yield f"{opening}{text}{words.closing if opening and number == len(texts) else ''}"


def _item(sign: str, texts: list[str]) -> str:
    first, *more = _lines(texts).split("\n")
    return "\n".join((f"{sign} {first}", *(f"  {text}" for text in more)))


def _facts(block: Facts, words: Words) -> Iterator[str]:
    """Yield records in lines: the label, and what is said of it; of several lines, each is an item below it."""
    for label, lines in block.groups():
        said = [told_in_line(fact_line(facts)) for facts in lines]
        head = told_in_line((*label, Text(words.colon))) if label else ""
        yield from (f"{head} {said[0]}".strip(),) if len(said) == 1 else (head, *(f"• {text}" for text in said))


def _table(table: Table) -> Iterator[str]:
    """Yield caption, rows and notes; cells are parted by tabs, as spreadsheets and word processors paste them."""
    yield told_in_line((Text(f"{table.label}. "), *table.caption)) if table.label else ""
    for sheet in sheets(table):
        for row in (*sheet.head, *sheet.rows):
            yield "\t".join(map(told_in_line, row.cells))
    yield from (f"{raised(mark)} {told_in_line(note)}".strip() for mark, note in table.notes)


def _references(article: Article) -> Iterator[str]:
    for entry in article.references:
        yield f"{entry.label} {told_in_line((*entry.children, *entry_links(entry)))}".strip()
