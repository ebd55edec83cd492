"""Inline nodes -> text and elements of JATS; each place of a paper has room for some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.article.nodes import Break, CrossReference, Inline, Link, NoteMark, Run, Styled, Text
from casewriter.article.walk import plain
from casewriter.export.jats.citing import citation
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Content, Element, element

_STYLES = {
    "emphasis": "italic",
    "strong": "bold",
    "superscript": "sup",
    "subscript": "sub",
    "code": "monospace",
    "smallcaps": "sc",
}
"""Elements of styles; the others change how text breaks or turns, and not what it says."""


class Room(Struct, frozen=True):
    """What a place has room for: links out of the document, mentions in it, forced breaks.

    `notes` are the ids of a table's footnotes by their marks.
    """

    links: bool = True
    mentions: bool = True
    breaks: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


PARAGRAPH = Room()
TITLE = Room(breaks=True)
LINE = Room(mentions=False)
BARE = Room(links=False, mentions=False)


def inline(writer: Writer, run: Run, room: Room = PARAGRAPH) -> list[Content]:
    """Return a run as text and elements."""
    return [made for node in run for made in _node(writer, node, room)]


def _node(writer: Writer, node: Inline, room: Room) -> Iterator[Content]:
    match node:
        case Text(text=text):
            yield text
        case Styled(style=style, children=children):
            yield from _styled(writer, style, children, room)
        case Link(href=href, children=children):
            yield from _link(writer, href, children, room)
        case Break():
            yield element("break") if room.breaks else "\n"
        case CrossReference():
            yield _mention(writer, node, room)
        case NoteMark(mark=mark):
            yield _note_mark(mark, room)
        case _:
            yield from citation(writer, node, linked=room.mentions)


def _styled(writer: Writer, style: str, children: Run, room: Room) -> Iterator[Content]:
    tag = _STYLES.get(style)
    inner = inline(writer, children, replace(room, breaks=False) if tag else room)
    yield from [element(tag, *inner)] if tag else inner


def _link(writer: Writer, href: str, children: Run, room: Room) -> Iterator[Content]:
    """Yield a link; an address of mail is marked as what it is."""
    if not room.links:
        yield from inline(writer, children, room)
    elif href.startswith("mailto:"):
        yield element("email", plain(children))
    else:
        inner = inline(writer, children, BARE)
        yield element("ext-link", *inner, ext_link_type="uri", xlink_href=href)


def _mention(writer: Writer, node: CrossReference, room: Room) -> Content:
    """Return a mention of a figure, its panels, or a table."""
    panels = [writer.ids[anchor] for anchor in _panels(node) if anchor in writer.ids] if node.kind == "fig" else []
    found = " ".join(panels) or writer.ids.get(node.anchor, "")
    if not found or not room.mentions:
        return node.label
    return element("xref", node.label, ref_type="fig" if node.kind == "fig" else "table", rid=found)


def _panels(node: CrossReference) -> list[str]:
    """Return the anchors of the panels that a mention names; of a span, also those inside it."""
    letters = [panel.lower() for panel in node.panels]
    if node.spans and len(letters) > 1 and all(len(letter) == 1 for letter in letters):
        first, last = sorted(map(ord, letters[:2]))
        letters = [*map(chr, range(first, last + 1)), *letters[2:]]
    return [f"{node.anchor}-{letter}" for letter in letters]


def _note_mark(mark: str, room: Room) -> Element:
    raised = element("sup", mark)
    return element("xref", raised, ref_type="table-fn", rid=room.notes[mark]) if mark in room.notes else raised


def paragraphs(writer: Writer, run: Run, *, content_type: str | None = None) -> list[Element]:
    """Return the paragraphs of a run: one, or one for each of its lines, for a paragraph of JATS has no breaks."""
    lines: list[list[Inline]] = [[]]
    for node in run:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return [element("p", *inline(writer, tuple(line)), content_type=content_type) for line in lines if line]
