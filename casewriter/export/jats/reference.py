"""The reference list: each entry as data, and beside that with the words that are printed."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Link, Text
from casewriter.article.paper import ReferenceEntry
from casewriter.export.jats.inline import LINE, inline
from casewriter.export.jats.record import record
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Element, element


def reference_list(writer: Writer) -> Iterator[Element]:
    """Yield the list with its heading, where there are references."""
    article = writer.article
    if article.references:
        title = element("title", article.words["references"])
        yield element("ref-list", title, *(_entry(writer, entry) for entry in article.references))


def _entry(writer: Writer, entry: ReferenceEntry) -> Element:
    """Return an entry; a placeholder and a work of unknown kind have only their printed words."""
    data = record(entry.item) if entry.item and not entry.placeholder else None
    kind = data.get("publication-type") if data is not None else None
    shown = entry.children
    for _, address in entry.links:
        shown = (*shown, Text(" "), Link(address, (Text(address),)))
    printed = element("mixed-citation", *inline(writer, shown, LINE), publication_type=kind)
    cited = printed if data is None else element("citation-alternatives", data, printed)
    label = element("label", entry.label) if entry.label else None
    return element("ref", label, cited, id=f"R{entry.number}")
