"""Inline nodes -> runs of Word: styles of characters, links, mentions as fields, each datum in its control."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.article.nodes import Break, Citation, CrossReference, Inline, Link, NoteMark, Run, Styled, Text
from casewriter.article.walk import inlines, plain
from casewriter.export.docx.control import Controls
from casewriter.export.docx.names import Bookmarks
from casewriter.export.docx.style import Styles
from casewriter.export.docx.wml import Element, clean, element, qualified, toggled, with_attributes
from casewriter.problem import Path

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SHIFTS = {"superscript": 6, "subscript": -6}
"""How far what stands in a raised or lowered text is raised or lowered with it, in half points."""
_NUMBER = re.compile(r"\d+")
_FIRST_STRONG_IS_RTL = re.compile(r"[\W\d_]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_ORDER = [qualified(f"w:{name}") for name in ("keepNext", "keepLines", "numPr", "tabs", "bidi", "spacing", "ind", "jc")]
"""The properties of paragraphs that are set one by one, in the order of the schema."""
_SAYS = re.compile(r"[^\W_]")
"""A letter or digit."""
_PARTS = {"italic": "emphasis", "bold": "strong"}
"""Styles of the parts of a citation, as styled text calls them."""


class Face(Struct, frozen=True):
    """How characters look: what is on, the style that they have, and whether they are raised or lowered.

    `outer` is how what they stand in is raised or lowered: ``P`` of a superscript may have a subscript.
    """

    on: frozenset[str] = frozenset()
    style: str = ""
    level: str = ""
    outer: str = ""

    def adding(self, name: str) -> Face:
        """Return it with one more thing on."""
        if name in _SHIFTS:
            return replace(self, level=name, outer=self.level)
        return replace(self, on=self.on | {name})


PLAIN = Face()


class Runs(Struct):
    """Makes the runs of one document; `relate` returns the relationship of a link out of it."""

    styles: Styles
    bookmarks: Bookmarks
    links: dict[str, str]
    controls: Controls = field(default_factory=Controls)

    def paragraph(self, run: Run, style: str, *, at: Path = (), properties: Iterable[Element] = ()) -> Element:
        """Return a paragraph of a run; `at` is where it comes from, for texts that do not know themselves."""
        turned = [element("w:bidi")] if _FIRST_STRONG_IS_RTL.match(plain(run)) else []
        return self.around(self.controlled(run, at=at), style, [*properties, *turned])

    def around(self, contents: Iterable[Element], style: str, properties: Iterable[Element] = ()) -> Element:
        """Return a paragraph in a style around its contents."""
        named = element("w:pStyle", val=self.styles.id(style))
        ordered = sorted(properties, key=lambda one: _ORDER.index(one.tag))
        return element("w:p", element("w:pPr", named, *ordered), *contents)

    def controlled(self, run: Run, *, at: Path = (), face: Face = PLAIN) -> list[Element]:
        """Return a run with each datum in a control; what stands between data is in none."""
        made: list[Element] = []
        for (origin, typed), some in groupby(_owned(run, at), key=lambda pair: pair[0]):
            contents = self.bare(tuple(node for _, node in some), face)
            made += [self.controls.wrap(contents, origin, locked=not typed)] if origin else contents
        return made

    def bare(self, run: Run, face: Face = PLAIN) -> list[Element]:
        """Return a run without controls."""
        return [made for node in run for made in self._node(node, face)]

    def _node(self, node: Inline, face: Face) -> Iterator[Element]:
        match node:
            case Text(text=text):
                yield from self.text(text, face)
            case Styled(style=style, children=children):
                yield from self.bare(children, face.adding(style))
            case Link(href=href, children=children):
                inner = self.bare(children, replace(face, style="Hyperlink"))
                yield with_attributes("w:hyperlink", {"r:id": self.links[href]}, *inner)
            case Break():
                yield element("w:r", element("w:br"))
            case Citation():
                yield from self._citation(node, face)
            case CrossReference():
                yield from self._mention(node, face)
            case NoteMark(mark=mark):
                yield from self.text(mark, face.adding("superscript"))

    def text(self, text: str, face: Face = PLAIN) -> Iterator[Element]:
        """Yield the run of some characters."""
        if text:
            properties = _properties(face, self.styles, right_to_left=bool(_RIGHT_TO_LEFT.search(text)))
            yield element("w:r", properties, characters(text))

    def _citation(self, node: Citation, face: Face) -> Iterator[Element]:
        raised = face.adding("superscript") if node.superscript else face
        for part in node.parts:
            shown = raised.adding(_PARTS.get(part.style, part.style)) if part.style else raised
            inner = list(self.text(part.text, shown))
            if part.key:
                yield element("w:hyperlink", *inner, anchor=self.bookmarks.name(f"ref-{part.key}"), history=1)
            else:
                yield from inner

    def _mention(self, node: CrossReference, face: Face) -> Iterator[Element]:
        """Yield a mention: its number is a field that Word updates, the word and the letters are text."""
        found = _NUMBER.search(node.label)
        if not node.anchor or not found:
            yield from self.text(node.label, face)
            return
        yield from self.text(node.label[: found.start()], face)
        target = self.bookmarks.name(f"{node.kind}-{node.target}")
        yield from self.field(f"REF {target} \\h", found[0], face)
        yield from self.text(node.label[found.end() :], face)

    def field(self, instruction: str, shown: str, face: Face = PLAIN) -> Iterator[Element]:
        """Yield a field that shows a text until it is updated."""
        code = with_attributes("w:instrText", {"xml:space": "preserve"})
        code.text = f" {instruction} "
        for content in (element("w:fldChar", fldCharType="begin"), code, element("w:fldChar", fldCharType="separate")):
            yield element("w:r", _properties(face, self.styles), content)
        yield from self.text(shown, face)
        yield element("w:r", _properties(face, self.styles), element("w:fldChar", fldCharType="end"))

    def marked(self, anchor: str, contents: Iterable[Element]) -> list[Element]:
        """Return contents with a bookmark around them, where their anchor has none yet."""
        number = self.bookmarks.place(anchor)
        if number is None:
            return list(contents)
        start = element("w:bookmarkStart", id=number, name=self.bookmarks.name(anchor))
        return [start, *contents, element("w:bookmarkEnd", id=number)]


def characters(text: str) -> Element:
    """Return the characters of a run; blanks at its ends are kept."""
    made = with_attributes("w:t", {"xml:space": "preserve"})
    made.text = clean(text)
    return made


def _owned(run: Run, at: Path) -> Iterator[tuple[tuple[Path, bool], Inline]]:
    """Yield each node with the datum that it says, and whether it is typed there.

    A citation, a mention, a break belongs to the text before it, or at the start to the one behind it.
    """
    owners = [_owner(node, at) for node in run]
    known = next((owner for owner in owners if owner is not None), None)
    last = known or (at, False)
    for node, owner in zip(run, owners, strict=True):
        last = owner or last
        yield last, node


def _owner(node: Inline, at: Path) -> tuple[Path, bool] | None:
    """Return the datum of a node; None of one that follows its neighbours.

    Words and numbers that know no datum are said from where the whole comes from; signs between data from nowhere.
    """
    texts = [one for one in inlines((node,)) if isinstance(one, Text)]
    if not texts:
        return None
    if texts[0].origin:
        return texts[0].origin, texts[0].typed
    return (at if _SAYS.search("".join(one.text for one in texts)) else ()), False


def _properties(face: Face, styles: Styles, *, right_to_left: bool = False) -> Element | None:
    """Return the properties of a run in the order of the schema."""
    style = "Code" if "code" in face.on else face.style
    made = [element("w:rStyle", val=styles.id(style))] if style else []
    made += toggled("w:b", "w:bCs") if "strong" in face.on else []
    made += toggled("w:i", "w:iCs") if "emphasis" in face.on else []
    made += toggled("w:smallCaps") if "smallcaps" in face.on else []
    made += [element("w:position", val=_SHIFTS[face.outer])] if face.outer else []
    made += [element("w:vertAlign", val=face.level)] if face.level else []
    made += toggled("w:rtl") if right_to_left else []
    return element("w:rPr", *made) if made else None
