"""What a journal wants as a file of its own: the title page, a table, the declarations, the letter to the editor."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.article.nodes import Block, Fact, Facts, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import joined, plain
from casewriter.forms.sheet import printed, said, sheet
from casewriter.forms.unlinked import unlinked


def title_page(article: Article, *, with_declarations: bool) -> Article:
    """Return the title page alone; with the declarations, where the manuscript for review goes without names."""
    kept = unlinked(declared(article)) if with_declarations else ()
    return replace(
        article,
        abstract=(),
        keywords=(),
        sections=kept,
        references=(),
        exhibits=None,
        glance=(),
        strip=None,
        letter=(),
    )


def declared(article: Article) -> tuple[Section, ...]:
    """Return the sections of declarations: consent, ethics, funding, interests, contributions."""
    return tuple(section for section in article.sections if section.matter == "declarations")


def declarations(article: Article) -> Article | None:
    """Return the declarations as a form; None where the case has none."""
    found = declared(article)
    if not found:
        return None
    return sheet(article.title, unlinked(found), language=article.language, kind=_kind(article, found))


def _kind(article: Article, found: tuple[Section, ...]) -> str:
    """Return what the form is called: as the journal heads its declarations."""
    return plain(found[0].heading) or article.article_type


def table_apart(article: Article, table: Table) -> Article:
    """Return a table as a form; its label and caption are with it."""
    return sheet(article.title, unlinked([Section((), (table,))]), language=article.language, kind=table.label)


def cover_letter(article: Article, journal: str) -> Article:
    """Return the letter: what the author wrote, the facts of the paper, and the declarations that an editor looks for.

    Nothing is said that the case does not hold; a letter that the author did not write has facts alone.
    """
    language = article.language
    said_by_author = Section(said(article.words["cover_letter"], language), article.letter)
    sections = [said_by_author] if article.letter else []
    sections.append(Section(printed(article.article_type), (Facts(tuple(_facts(article))),)))
    return sheet(article.title, unlinked([*sections, *_statements(article)]), language=language, kind=journal)


def _facts(article: Article) -> Iterator[Fact]:
    words, language = article.words, article.language
    names = joined((author.children for author in article.authors), ", ")
    if names:
        yield Fact(said(words["authors"], language), names)
    for note in article.author_notes:
        if note.role == "correspondence":
            yield Fact(said(words["correspondence"], language), note.said)
    yield from article.facts


_IN_LETTER = frozenset(("consent", "ethics", "competing_interests", "prior_presentation", "ai_use", "registration"))
"""Declarations that an editor looks for in the letter (ICMJE Recommendations, II.A.4, II.B, III.D and III.K)."""


def _statements(article: Article) -> list[Section]:
    """Return the declarations that belong in a letter, as the manuscript has them."""
    inner = [one for section in declared(article) for one in _within(section)]
    return [replace(one, level=2) for one in inner if _IN_LETTER.intersection(one.parts)]


def _within(section: Section) -> Iterator[Section]:
    """Yield the sections of single declarations: those inside, or the section itself where it is one."""
    inner: list[Block] = [block for block in section.blocks if isinstance(block, Section)]
    if not inner:
        yield section
    yield from (block for block in inner if isinstance(block, Section))
