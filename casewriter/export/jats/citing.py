"""Citations -> cross-references to the reference list; a range leads to each of its references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casewriter.article.nodes import Citation
from casewriter.citation import PrintedPart
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Content, Element, element

_STYLES = {"italic": "italic", "bold": "bold", "superscript": "sup", "subscript": "sub", "smallcaps": "sc"}
_DASHES = ("–", "-")


def citation(writer: Writer, node: Citation, *, linked: bool = True) -> Iterator[Content]:
    """Yield a citation as printed; raised where the style raises it."""
    inner = list(_parts(writer, node, linked=linked))
    yield from [element("sup", *inner)] if node.superscript else inner


def _parts(writer: Writer, node: Citation, *, linked: bool) -> Iterator[Content]:
    place = 0
    while place < len(node.parts):
        between = _between(writer, node, node.parts[place : place + 3]) if linked else []
        if between:
            texts = [_styled(part) for part in node.parts[place : place + 3]]
            yield _mention(texts, [f"R{number}" for number in between])
            place += 3
        else:
            part = node.parts[place]
            rid = writer.ids.get(f"ref-{part.key}") if part.key and linked else None
            yield _mention([_styled(part)], [rid]) if rid else _styled(part)
            place += 1


def _between(writer: Writer, node: Citation, parts: Sequence[PrintedPart]) -> list[int]:
    """Return the numbers of a range with something inside it; nothing where three parts do not make one."""
    if len(parts) < 3 or parts[1].text.strip() not in _DASHES or parts[1].key:
        return []
    first, last = (writer.numbers.get(part.key or "") for part in (parts[0], parts[2]))
    if first is None or last is None or last - first < 2:
        return []
    cited = {writer.numbers.get(one.key) for one in node.cited}
    inside = list(range(first, last + 1))
    return inside if cited.issuperset(inside) else []


def _styled(part: PrintedPart) -> Content:
    tag = _STYLES.get(part.style)
    return element(tag, part.text) if tag else part.text


def _mention(contents: Sequence[Content], ids: Sequence[str]) -> Element:
    return element("xref", *contents, ref_type="bibr", rid=" ".join(ids))
