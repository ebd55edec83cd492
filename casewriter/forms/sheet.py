"""What every form is: an article with a title and sections, and nothing of a paper besides."""

from __future__ import annotations

from collections.abc import Iterable

from casewriter.article.nodes import Fact, Facts, Run, Section, Text
from casewriter.article.paper import Article, Counts
from casewriter.article.typography import isolated, polish
from casewriter.article.walk import plain
from casewriter.article.words import words_for

LAYOUT = "form"
"""The template that forms are set by."""


def sheet(title: Run, sections: Iterable[Section], *, language: str, kind: str, facts: Iterable[Fact] = ()) -> Article:
    """Return a form as an article; `kind` says above the title what it is, `facts` come below the title.

    The title is what the file names itself, in its running head too.
    """
    rows = tuple(facts)
    head = (Section(heading=(), blocks=(Facts(rows),)),) if rows else ()
    return Article(
        title=title,
        plain_title=plain(title),
        short_title=plain(title),
        article_type=kind,
        language=language,
        authors=(),
        affiliations=(),
        author_notes=(),
        abstract_name="",
        abstract=(),
        keywords=(),
        sections=(*head, *sections),
        references=(),
        exhibits=None,
        counts=Counts(0, 0, 0, 0, 0),
        facts=(),
        words=words_for(language),
        layout=LAYOUT,
    )


def said(text: str, language: str) -> Run:
    """Return fixed words of a form as a run, with the punctuation of its language."""
    return isolated(polish(text, language)) if text else ()


def printed(text: str) -> Run:
    """Return a text that is printed as it is: a name, a number, a hash."""
    return (Text(text),) if text else ()
