"""Case and profile -> Article: in the order of the profile, numbered once, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.awards import awards
from casewriter.article.builder import Builder
from casewriter.article.counting import counts
from casewriter.article.draft import Draft, Finishing, draft
from casewriter.article.front import affiliations, author_notes, bylines, title_page_facts
from casewriter.article.glance import glance
from casewriter.article.letter import letter
from casewriter.article.nodes import Figure
from casewriter.article.paper import Article
from casewriter.article.tell import Telling
from casewriter.article.walk import plain
from casewriter.citation import Library
from casewriter.image import Picture
from casewriter.model.case import Case
from casewriter.problem import Problem
from casewriter.profile import Profile
from casewriter.template import Template


class Composed(Struct, frozen=True):
    """The article and what composing found wrong."""

    article: Article
    problems: tuple[Problem, ...]


def compose(
    case: Case,
    profile: Profile,
    library: Library,
    pictures: Mapping[str, Picture | str] | None = None,
    layout: str | Template | None = None,
    *,
    formatted: bool = True,
) -> Composed:
    """Return the article of a case.

    Without `formatted` the reference list has its numbers and no text, and nothing is drawn: lint needs no more.

    `pictures` gives for each file of a panel its picture, or in words why there is none. Raises CannotRun when the
    profile's citation style does not exist. Figures are drawn for the page of the template
    that `layout` is, for that of the reading copy where it is a name alone.
    """
    page = layout.geometry if isinstance(layout, Template) else None
    telling = Telling(case, profile, library, pictures or {}, page=page)
    make = Builder(telling)
    drafted = draft(make, draw=formatted)
    finish = Finishing(make, drafted, formatted=formatted)
    name = layout.name if isinstance(layout, Template) else layout
    article = _article(make, drafted, finish, name or profile.layout, _strip(make) if formatted else None)
    if formatted:
        article = replace(article, glance=glance(make))
    return Composed(article, tuple(telling.problems))


def _strip(make: Builder) -> Figure | None:
    from casewriter.article.strip import strip  # drawing is loaded when something is drawn

    with make.telling.unheard():
        return strip(make)


def _article(make: Builder, drafted: Draft, finish: Finishing, layout: str, strip: Figure | None) -> Article:
    """Return the article of a draft."""
    case, profile, words = make.case, make.telling.profile, make.words
    of_journal = profile.id != "generic-care"
    title = finish.run(drafted.title)
    done = tuple(finish.section(section) for section in drafted.body)
    abstract_parts = tuple(finish.abstract(part) for part in drafted.abstract)
    short_title = plain(make.said(case.short_title, ("short_title",))) or plain(title)
    authors = bylines(make)
    counted = counts(abstract_parts, done, len(finish.keys), finish.exhibits)
    return Article(
        title=title,
        plain_title=plain(title),
        short_title=short_title,
        article_type=make.heading(profile.article_type),
        language=case.language,
        authors=authors,
        affiliations=affiliations(make),
        author_notes=author_notes(make, authors),
        abstract_name=make.heading(profile.abstract.name),
        abstract=abstract_parts,
        keywords=tuple(finish.run(keyword) for keyword in drafted.keywords),
        sections=done,
        references=finish.references,
        exhibits=finish.section(drafted.end) if drafted.end else None,
        counts=counted,
        facts=title_page_facts(make, short_title, counted),
        words=words,
        journal=profile.name if of_journal else "",
        layout=layout,
        strip=strip,
        letter=letter(make, finish.run),
        journal_id=profile.id if of_journal else "",
        publisher=(profile.publisher or "") if of_journal else "",
        awards=awards(make),
    )
