"""A paper before its citations and numbers are known, and what fills them in."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.citing import anchors, beside_stops, citations, cited_at, listed, printed, style_of, works
from casewriter.article.front import abstract
from casewriter.article.nodes import Block, Run, Section
from casewriter.article.numbering import Key, exhibit_numbers, numbered, resolver
from casewriter.article.paper import AbstractPart, ReferenceEntry
from casewriter.article.placing import at_end, with_exhibits
from casewriter.article.references import reference_list
from casewriter.article.sections import sections
from casewriter.article.walk import map_block, map_run


class Draft(Struct, frozen=True):
    """The parts of a paper in order, with exhibits in their places; nothing is numbered.

    `placed` are all sections, `body` those without the figures that the journal wants at the `end`.
    """

    title: Run
    abstract: tuple[AbstractPart, ...]
    keywords: tuple[Run, ...]
    placed: tuple[Section, ...]
    body: tuple[Section, ...]
    end: Section | None

    @property
    def head(self) -> list[Run | Block]:
        """What is read before the sections: title and abstract."""
        return [self.title, *(block for part in self.abstract for block in part.blocks)]


def draft(make: Builder, *, draw: bool) -> Draft:
    """Return the parts of the paper; without `draw` figures from data have their places alone."""
    case = make.case
    title = make.said(case.title, ("title",)) or make.text(make.words["untitled"])
    parts = abstract(make)
    keywords = tuple(make.said(word, ("keywords", n)) for n, word in enumerate(case.keywords))
    placed = with_exhibits(make, sections(make), draw=draw)
    body, end = at_end(make, placed)
    return Draft(title, parts, keywords, placed, body, end)


class Finishing:
    """Fills citations, mentions and numbers into the parts of a draft."""

    def __init__(self, make: Builder, drafted: Draft, *, formatted: bool) -> None:
        """Without `formatted` the reference list has no text. Raises CannotRun when its style does not exist."""
        telling, end = make.telling, drafted.end
        style = style_of(telling.profile)
        self._words = telling.words
        cited = citations([*drafted.head, *drafted.placed, *drafted.keywords])
        self.keys = works(telling, cited)
        listing = listed(telling, style, self.keys) if formatted else None
        in_print = citations([*drafted.head, *drafted.keywords, *drafted.body, *([end] if end else ())])
        places = anchors(in_print)
        self.exhibits: dict[Key, int] = exhibit_numbers(drafted.placed)
        self._change = resolver(printed(cited, listing) if listing else {}, places, self.exhibits, telling.words)
        self.references: tuple[ReferenceEntry, ...] = reference_list(
            telling, style, self.keys, listing, cited_at(in_print, places)
        )

    def run(self, run: Run) -> Run:
        """Return a run with its citations and mentions as printed."""
        return beside_stops(map_run(run, self._change))

    def section(self, section: Section) -> Section:
        """Return a section with its citations, mentions and numbers as printed."""
        done = numbered(map_block(section, self.run), self.exhibits, self._words)
        assert isinstance(done, Section)
        return done

    def abstract(self, part: AbstractPart) -> AbstractPart:
        """Return a part of the abstract with its citations and mentions as printed."""
        return replace(part, blocks=tuple(map_block(block, self.run) for block in part.blocks))
