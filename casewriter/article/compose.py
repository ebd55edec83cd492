"""Case and profile -> Article: in the order of the profile, numbered once, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casewriter.article.builder import Builder
from casewriter.article.citing import anchors, beside_stops, citations, cited_at, listed, printed, style_of, works
from casewriter.article.counting import counts
from casewriter.article.front import abstract, affiliations, author_notes, bylines, title_page_facts
from casewriter.article.nodes import Block, Run, Section
from casewriter.article.numbering import exhibit_numbers, numbered, resolver
from casewriter.article.paper import Article
from casewriter.article.placing import at_end, with_exhibits
from casewriter.article.prose import Prose
from casewriter.article.references import reference_list
from casewriter.article.sections import sections
from casewriter.article.tell import Telling
from casewriter.article.walk import map_block, map_run, plain
from casewriter.citation import Library
from casewriter.image import Picture
from casewriter.model.case import Case
from casewriter.problem import Problem
from casewriter.profile import Profile
from casewriter.template import Template


@dataclass(frozen=True, slots=True)
class Composed:
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
    telling = Telling(
        case, profile, library, pictures or {}, page=layout.geometry if isinstance(layout, Template) else None
    )
    style = style_of(profile)
    make = Builder(telling, Prose(telling))
    title = make.said(case.title, ("title",)) or make.text(telling.words["untitled"])
    parts = abstract(make)
    keywords = tuple(make.said(word, ("keywords", n)) for n, word in enumerate(case.keywords))
    placed = with_exhibits(make, sections(make), draw=formatted)
    body, end = at_end(make, placed)

    head: list[Run | Block] = [title, *(block for part in parts for block in part.blocks)]
    cited = citations([*head, *placed, *keywords])
    keys = works(telling, cited)
    listing = listed(telling, style, keys) if formatted else None
    in_print = citations([*head, *keywords, *body, *([end] if end else ())])
    places = anchors(in_print)
    exhibits = exhibit_numbers(placed)
    change = resolver(printed(cited, listing) if listing else {}, places, exhibits, telling.words)

    def resolved(run: Run) -> Run:
        return beside_stops(map_run(run, change))

    def finished(section: Section) -> Section:
        done = numbered(map_block(section, resolved), exhibits, telling.words)
        assert isinstance(done, Section)
        return done

    title = resolved(title)
    done = tuple(finished(section) for section in body)
    abstract_parts = tuple(replace(p, blocks=tuple(map_block(b, resolved) for b in p.blocks)) for p in parts)
    short_title = plain(make.said(case.short_title, ("short_title",))) or plain(title)
    authors = bylines(make)
    counted = counts(abstract_parts, done, len(keys), exhibits)
    article = Article(
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
        keywords=tuple(resolved(keyword) for keyword in keywords),
        sections=done,
        references=reference_list(telling, style, keys, listing, cited_at(in_print, places)),
        exhibits=finished(end) if end else None,
        counts=counted,
        facts=title_page_facts(make, short_title, counted),
        words=telling.words,
        journal=profile.name if profile.id != "generic-care" else "",
        layout=(layout.name if isinstance(layout, Template) else layout) or profile.layout,
    )
    return Composed(article, tuple(telling.problems))
