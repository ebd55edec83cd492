"""What the parts of a document share while it is written: its article, the ids of its parts, the files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from msgspec import Struct, field

from casewriter.article.paper import Article
from casewriter.export.door import Output
from casewriter.image import Picture

Raster = Callable[..., Picture]
"""Returns a drawing as pixels, so many millimetres wide; any other picture as it is."""


class Writer(Struct):
    """One document under way; `stem` is how the names of its files begin, `ids` give each anchor its id."""

    article: Article
    stem: str
    raster: Raster
    ids: dict[str, str]
    numbers: dict[str, int]
    """The number of each reference by its key."""
    files: list[Output] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def next_id(self, prefix: str) -> str:
        """Return the next id that begins so."""
        self.counted[prefix] = self.counted.get(prefix, 0) + 1
        return f"{prefix}{self.counted[prefix]}"

    def beside(self, suffix: str, data: bytes) -> str:
        """Put a file beside the document; return the address by which the document finds it."""
        self.files.append(Output(suffix, data))
        return quote(f"{self.stem}{suffix}")


def writer_of(article: Article, stem: str, raster: Raster) -> Writer:
    """Return the writer of an article."""
    numbers = {entry.key: entry.number for entry in article.references}
    return Writer(article, stem, raster, dict(_ids(article)), numbers)


def _ids(article: Article) -> Iterator[tuple[str, str]]:
    """Yield (anchor, id): anchors hold keys of the author, which need not be names in XML.

    The letters are those that PubMed Central expects: F figures, T tables, R references, S sections.
    """
    for figure in article.figures():
        yield figure.anchor, f"F{figure.number}"
        if len(figure.panels) > 1:
            yield from ((panel.anchor, f"F{figure.number}{panel.letter}") for panel in figure.panels)
    for table in article.tables():
        yield table.anchor, f"T{table.number}"
        named = (row.anchor for row in table.rows if row.anchor)
        yield from ((anchor, f"T{table.number}G{place}") for place, anchor in enumerate(named, start=1))
    yield from ((entry.anchor, f"R{entry.number}") for entry in article.references)
    named = (section.anchor for section in article.sections if section.anchor)
    yield from ((anchor, f"S{place}") for place, anchor in enumerate(named, start=1))
