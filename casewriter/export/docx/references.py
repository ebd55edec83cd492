"""The reference list: entries with their numbers as printed, in bookmarks that citations lead to."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Link, Run, Text
from casewriter.article.paper import ReferenceEntry
from casewriter.export.docx.caption import cross_head
from casewriter.export.docx.wml import Element, element
from casewriter.export.docx.writer import Writer


def references(writer: Writer) -> Iterator[Element]:
    """Yield the heading and the entries."""
    article = writer.article
    if article.references:
        yield cross_head(writer, article.words["references"], "heading 1", "references")
        yield from (_entry(writer, entry) for entry in article.references)


def _entry(writer: Writer, entry: ReferenceEntry) -> Element:
    """Return an entry: its text is made from its data, and so locked."""
    runs = writer.runs
    number = [*runs.text(entry.label), element("w:r", element("w:tab"))] if entry.label else []
    shown: Run = entry.children
    for name, href in entry.links if writer.reference_links else ():
        shown = (*shown, Text(" "), Link(href, (Text(name),)))
    text = runs.controls.wrap(runs.bare(shown), entry.origin, locked=True) if entry.origin else None
    contents = [*number, *([text] if text is not None else runs.bare(shown))]
    return runs.around(runs.marked(entry.anchor, contents), "Bibliography")
