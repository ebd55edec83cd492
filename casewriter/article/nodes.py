"""The case told as a paper: a small frozen tree with order, numbers, citations and values resolved.

Exporters read this tree and nothing else. None of them numbers, orders or cites anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from casewriter.citation import Cited, Part
from casewriter.image import Picture

# -- inline ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Emphasised, strong, raised, lowered or verbatim text; `isolated` is a run from right to left, by itself."""

    style: Literal["emphasis", "strong", "superscript", "subscript", "code", "smallcaps", "nobreak", "isolated"]
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the document."""

    href: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


@dataclass(frozen=True, slots=True)
class Citation:
    """References cited together, as written; `parts` as printed, once numbered."""

    cited: tuple[Cited, ...]
    parts: tuple[Part, ...] = ()
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A mention of a figure or table; `label` is what is printed, once numbered."""

    kind: Literal["fig", "tbl"]
    target: str
    panels: tuple[str, ...] = ()
    spans: bool = False
    label: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The mark of a table's footnote."""

    mark: str


Inline = Text | Styled | Link | Break | Citation | CrossReference | NoteMark
Run = tuple[Inline, ...]

# -- blocks ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: Run


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is a sequence of blocks. Ordered items are numbered as typed: `marks` and a number each."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    marks: Literal["", "decimal", "decimal-parenthesis", "alpha-parenthesis"] = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Records of the case as they are: a label and what is said of it, a row each. Never sentences."""

    rows: tuple[tuple[Run, Run], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `flag` is low, high, abnormal or critical."""

    children: Run = ()
    head: bool = False
    numeric: bool = False
    span: int = 1
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `group` marks a row that heads those under it, `anchor` names it for links."""

    cells: tuple[Cell, ...]
    group: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table; unnumbered (`target` empty) when it stands inside prose."""

    target: str
    caption: Run
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, Run], ...] = ()
    kind: str = "own"
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure; `picture` is None where the file is missing."""

    letter: str
    caption: Run
    alt: str
    file: str
    picture: Picture | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered figure."""

    target: str
    caption: Run
    panels: tuple[Panel, ...]
    credit: Run = ()
    note: Run = ()
    width: str | None = None
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `level` 2 is a section of the paper, 3 and 4 are inside it."""

    heading: Run
    blocks: tuple[Block, ...]
    level: int = 2
    anchor: str = ""
    part: str = ""


Block = Paragraph | ListBlock | Quote | Facts | Table | Figure | Section

# -- the whole ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Byline:
    """An author on the title page; `marks` are the numbers of the affiliations, in ascending order.

    Authors with the same `equal_sign` contributed equally.
    """

    name: str
    degrees: tuple[str, ...]
    marks: tuple[int, ...]
    orcid: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    corresponding: bool = False
    equal: bool = False
    deceased: bool = False
    equal_sign: str = ""


@dataclass(frozen=True, slots=True)
class AbstractPart:
    """A part of the abstract; `heading` is empty where it runs on."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """An entry of the reference list."""

    key: str
    number: int
    label: str
    children: Run
    links: tuple[tuple[str, str], ...] = ()
    placeholder: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a title page states: words of body and abstract, references, figures, tables."""

    body_words: int
    abstract_words: int
    references: int
    figures: int
    tables: int


@dataclass(frozen=True, slots=True)
class Article:
    """The whole paper."""

    title: Run
    plain_title: str
    short_title: str
    article_type: str
    language: str
    authors: tuple[Byline, ...]
    affiliations: tuple[tuple[int, str], ...]
    abstract_name: str
    abstract: tuple[AbstractPart, ...]
    keywords: tuple[Run, ...]
    sections: tuple[Section, ...]
    references: tuple[ReferenceEntry, ...]
    counts: Counts
    words: dict[str, str] = field(default_factory=dict)
    journal: str = ""
    layout: str = "article"
    figures_at_end: bool = False

    def figures(self) -> tuple[Figure, ...]:
        """Return the numbered figures in order."""
        return tuple(sorted((b for b in _all(self) if isinstance(b, Figure)), key=lambda f: f.number))

    def tables(self) -> tuple[Table, ...]:
        """Return the numbered tables in order."""
        found = (b for b in _all(self) if isinstance(b, Table) and b.target)
        return tuple(sorted(found, key=lambda t: t.number))


def _all(article: Article) -> tuple[Block, ...]:
    from casewriter.article.walk import blocks_within

    return tuple(b for section in article.sections for b in blocks_within((section,)))
