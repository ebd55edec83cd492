"""What the parts of a document share while it is written: its runs, its numbering, its page, what it relates to."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.export.docx.inline import Face, Runs
from casewriter.export.docx.numbering import Numbering
from casewriter.export.docx.page import Page
from casewriter.image import Picture
from casewriter.template.geometry import Geometry

Embed = Callable[[Picture], str]
"""Puts a picture into the file and returns the id of its relationship."""
Raster = Callable[..., Picture]
"""Returns a drawing as pixels, so many millimetres wide; any other picture as it is."""


class Writer(Struct):
    """One document under way."""

    article: Article
    runs: Runs
    numbering: Numbering
    page: Page
    geometry: Geometry
    embed: Embed
    raster: Raster
    exhibits: dict[str, int]
    """How many figures and tables have stood so far, by the word that they are called."""
    reference_links: bool = True
    """Whether the names of databases stand behind the entries of the reference list, as links."""
    drawings: int = 0

    @property
    def label(self) -> Face:
        """The face of what stands before a fact."""
        return Face(style="Fact Label")

    def drawing(self) -> int:
        """Return the number of the next picture: no two of a file have the same."""
        self.drawings += 1
        return self.drawings
