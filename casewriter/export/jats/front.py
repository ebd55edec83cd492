"""The front of the document: what is known of the journal, then what is known of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Paragraph, Section
from casewriter.article.paper import AbstractPart, Article, Award
from casewriter.article.walk import blocks_within
from casewriter.builtin import data
from casewriter.export.jats.block import blocks, in_paragraphs
from casewriter.export.jats.inline import BARE, LINE, TITLE, inline
from casewriter.export.jats.parts import Divided
from casewriter.export.jats.people import author_notes, contributors
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Content, Element, element


def front(writer: Writer, divided: Divided) -> Element:
    """Return the front."""
    return element("front", _journal(writer.article), _paper(writer, divided))


def _journal(article: Article) -> Element:
    """Return what is known of the journal. JATS asks for its id and ISSN: what nobody gave is empty, and listed."""
    title = element("journal-title-group", element("journal-title", article.journal)) if article.journal else None
    publisher = element("publisher", element("publisher-name", article.publisher)) if article.publisher else None
    number = element("journal-id", article.journal_id, journal_id_type="casewriter-profile")
    return element("journal-meta", number, title, element("issn"), publisher)


def _paper(writer: Writer, divided: Divided) -> Element:
    article = writer.article
    subject = element("subj-group", element("subject", article.article_type), subj_group_type="heading")
    return element(
        "article-meta",
        element("article-categories", subject),
        _titles(writer),
        *contributors(writer),
        author_notes(writer, divided.interests),
        element("pub-date-not-available"),
        _abstract(writer),
        _keywords(writer),
        _funding(writer, divided.funding),
        _counts(article),
    )


def _titles(writer: Writer) -> Element:
    article = writer.article
    short = article.short_title if article.short_title != article.plain_title else ""
    running = element("alt-title", short, alt_title_type="running-head") if short else None
    return element("title-group", element("article-title", *inline(writer, article.title, TITLE)), running)


def _abstract(writer: Writer) -> Element | None:
    """Return the abstract. Its name stands above it where it is another than “Abstract”, which is what it is."""
    article = writer.article
    if not article.abstract:
        return None
    known = ("Abstract", data("headings.yaml").get(article.language[:2].lower(), {}).get("Abstract"))
    title = article.abstract_name if article.abstract_name not in known else ""
    parts = article.abstract
    if len(parts) == 1 and not title:  # a lone section needs no level of its own: its heading is that of the whole
        title, parts = parts[0].heading, (AbstractPart("", parts[0].blocks),)
    made = [one for part in parts for one in _part(writer, part, alone=len(parts) == 1)]
    return element("abstract", element("title", title) if title else None, *made)


def _part(writer: Writer, part: AbstractPart, *, alone: bool) -> Iterator[Element]:
    if part.heading and not alone:
        yield element("sec", element("title", part.heading), *blocks(writer, part.blocks))
        return
    if part.heading:
        yield element("p", element("bold", part.heading))
    yield from in_paragraphs(writer, part.blocks)


def _keywords(writer: Writer) -> Element | None:
    words = [element("kwd", *inline(writer, word, BARE)) for word in writer.article.keywords]
    return element("kwd-group", *words, kwd_group_type="author") if words else None


def _funding(writer: Writer, sections: list[Section]) -> Element | None:
    """Return who paid, as data and as the statement says it."""
    statements = [element("funding-statement", *said) for section in sections if (said := _statement(writer, section))]
    made = [*map(_award, writer.article.awards), *statements]
    return element("funding-group", *made) if made else None


def _statement(writer: Writer, section: Section) -> list[Content]:
    made: list[Content] = []
    for block in blocks_within(section.blocks):
        if isinstance(block, Paragraph):
            made += [" "] if made else []
            made += inline(writer, block.children, LINE)
    return made


def _award(award: Award) -> Element:
    source = element("funding-source", element("institution-wrap", element("institution", award.funder)))
    number = element("award-id", award.number) if award.number else None
    recipient = element("principal-award-recipient", award.recipient) if award.recipient else None
    return element("award-group", source, number, recipient)


def _counts(article: Article) -> Element:
    counted = article.counts
    counts = {
        "fig-count": counted.figures,
        "table-count": counted.tables,
        "ref-count": counted.references,
        "word-count": counted.body_words,
    }
    return element("counts", *(element(name, count=str(number)) for name, number in counts.items()))
