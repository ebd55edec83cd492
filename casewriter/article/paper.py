"""The whole paper: title page, abstract, sections, reference list, and what is at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from casewriter.article.nodes import Block, Fact, Figure, Run, Section, Table
from casewriter.article.walk import blocks_within, joined, plain
from casewriter.model.reference import Reference
from casewriter.problem import Path
from casewriter.record import Sourced


class Byline(Sourced, frozen=True):
    """An author on the title page.

    `children` is the name as printed, `given`, `family` and `suffix` its parts. `marks` are the signs behind it:
    numbers of affiliations, where there are several, then the signs that the notes explain. Authors with the same
    `equal_sign` contributed equally. E-mail, telephone and address are there for corresponding authors alone.
    """

    name: str
    children: Run
    given: str = ""
    family: str = ""
    suffix: str = ""
    degrees: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    affiliations: tuple[int, ...] = ()
    orcid: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    corresponding: bool = False
    equal: bool = False
    deceased: bool = False
    equal_sign: str = ""
    roles: tuple[str, ...] = ()
    origin: Path = ()


class AffiliationLine(Sourced, frozen=True):
    """Where authors work: what is printed of it, and its parts. `mark` is empty where it is the only one."""

    number: int
    mark: str
    children: Run
    department: str = ""
    institution: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    ror: str = ""
    origin: Path = ()


class AuthorNote(Struct, frozen=True):
    """A line below the affiliations, and the sign that leads to it: how to reach an author, who contributed equally."""

    role: Literal["correspondence", "equal", "deceased", "orcid"]
    mark: str
    children: Run

    @property
    def label(self) -> Run:
        """What the line is, such as “Correspondence:”, where it begins with that."""
        return self.children[:1] if self.role in ("correspondence", "orcid") else ()

    @property
    def said(self) -> Run:
        """The rest of the line."""
        return self.children[len(self.label) :]


class AbstractPart(Struct, frozen=True):
    """A part of the abstract; `heading` is empty where it runs on."""

    heading: str
    blocks: tuple[Block, ...]


class ReferenceEntry(Sourced, frozen=True):
    """An entry of the reference list: what is printed, and the record behind it.

    `links` are pairs of name and address that the text does not hold; `cited_at` are the anchors of the citations in
    reading order. A placeholder is still to be found.
    """

    beside = frozenset(("origin", "item"))

    key: str
    number: int
    label: str
    children: Run
    links: tuple[tuple[str, str], ...] = ()
    placeholder: bool = False
    anchor: str = ""
    cited_at: tuple[str, ...] = ()
    item: Reference | None = None
    origin: Path = ()


class Award(Struct, frozen=True):
    """Money that was given: by whom, under which number, to whom."""

    funder: str
    number: str = ""
    recipient: str = ""


class Counts(Struct, frozen=True):
    """What a title page states: words of body and abstract, references, figures, tables."""

    body_words: int
    abstract_words: int
    references: int
    figures: int
    tables: int


class Article(Struct, frozen=True):
    """The whole paper, in the order of its fields.

    `words` are the fixed words of its language, such as the heading of the reference list. `exhibits` are the figures
    that the journal wants behind the references. `glance` is the case in a few rows, `strip` its course on one line,
    for a first page that shows them. `letter` is that to the editor, which no manuscript prints. `journal_id` is the id
    of the journal's profile; `awards` are the funding as data.
    """

    title: Run
    plain_title: str
    short_title: str
    article_type: str
    language: str
    authors: tuple[Byline, ...]
    affiliations: tuple[AffiliationLine, ...]
    author_notes: tuple[AuthorNote, ...]
    abstract_name: str
    abstract: tuple[AbstractPart, ...]
    keywords: tuple[Run, ...]
    sections: tuple[Section, ...]
    references: tuple[ReferenceEntry, ...]
    exhibits: Section | None
    counts: Counts
    facts: tuple[Fact, ...]
    words: dict[str, str] = field(default_factory=dict)
    journal: str = ""
    layout: str = "article"
    glance: tuple[Fact, ...] = ()
    strip: Figure | None = None
    letter: tuple[Block, ...] = ()
    journal_id: str = ""
    publisher: str = ""
    awards: tuple[Award, ...] = ()

    def front_matter(self) -> Iterator[tuple[str, str]]:
        """Yield (what it is, text) of the authors with their degrees, their affiliations and the notes about them."""
        for author in self.authors:
            yield f"the author {author.name}", author.name
            yield from ((f"the degrees of {author.name}", degree) for degree in author.degrees)
        for affiliation in self.affiliations:
            yield "an affiliation", plain(affiliation.children)
        for note in self.author_notes:
            yield "a note about the authors", plain(note.children)

    @property
    def description(self) -> str:
        """What the paper is, in a line: its type, its journal, its short title."""
        kind = f"{self.article_type}, {self.journal}" if self.journal else self.article_type
        return f"{kind}: {self.short_title}"

    @property
    def keyword_line(self) -> Run:
        """The keywords one after the other."""
        return joined(self.keywords, "; ")

    @property
    def by_name(self) -> bool:
        """Whether the reference list goes by names and has no numbers."""
        return bool(self.references) and not any(entry.label for entry in self.references)

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order, outer before inner."""
        for part in self.abstract:
            yield from blocks_within(part.blocks)
        yield from self.body()

    def body(self) -> Iterator[Block]:
        """Yield every block of the sections, and of the figures at the end, outer before inner."""
        yield from blocks_within(self.sections)
        if self.exhibits is not None:
            yield from blocks_within((self.exhibits,))

    def figures(self) -> tuple[Figure, ...]:
        """Return the numbered figures in order."""
        return tuple(sorted((b for b in self.blocks() if isinstance(b, Figure)), key=lambda f: f.number))

    def tables(self) -> tuple[Table, ...]:
        """Return the numbered tables in order."""
        return tuple(sorted((b for b in self.blocks() if isinstance(b, Table) and b.target), key=lambda t: t.number))

    def outline(self) -> Iterator[tuple[str, str]]:
        """Yield (anchor, heading) of the abstract, each section, the reference list and the figures at the end."""
        if self.abstract:
            yield "abstract", self.abstract_name
        yield from ((section.anchor, plain(section.heading)) for section in self.sections if section.heading)
        if self.references:
            yield "references", self.words["references"]
        if self.exhibits is not None:
            yield self.exhibits.anchor, plain(self.exhibits.heading)
