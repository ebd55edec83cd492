"""What a journal wants as a file of its own: the title page, a table, the declarations, the letter to the editor."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casewriter.article.nodes import Block, Fact, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import joined, plain
from casewriter.forms.sheet import printed, said, sheet


def title_page(article: Article, *, with_declarations: bool) -> Article:
    """Return the title page alone; with the declarations, where the manuscript for review goes without names."""
    kept = declared(article) if with_declarations else ()
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
    return sheet(article.title, found, language=article.language, kind=_kind(article, found))


def _kind(article: Article, found: tuple[Section, ...]) -> str:
    """Return what the form is called: as the journal heads its declarations."""
    return plain(found[0].heading) or article.article_type


def table_apart(article: Article, table: Table) -> Article:
    """Return a table as a form; its label and caption are with it."""
    return sheet(article.title, (Section((), (table,)),), language=article.language, kind=table.label)


def cover_letter(article: Article, journal: str) -> Article:
    """Return the letter: what the author wrote, between the facts of the paper and those of its authors.

    Nothing is said that the case does not hold; a letter that the author did not write has facts alone.
    """
    words, language = article.words, article.language
    blocks: list[Section] = [Section((), article.letter)] if article.letter else []
    blocks += _statements(article)
    return sheet(article.title, blocks, language=language, kind=words["cover_letter"], facts=_facts(article, journal))


def _facts(article: Article, journal: str) -> Iterator[Fact]:
    words, language = article.words, article.language
    names = joined((author.children for author in article.authors), ", ")
    rows = [("journal", printed(journal)), ("article_type", printed(article.article_type)), ("authors", names)]
    yield from (Fact(said(words[key], language), run) for key, run in rows if run)
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
