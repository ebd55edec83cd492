"""The back of the document: declarations, abbreviations, supplements, references, figures at the end."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Facts, Section, Text
from casewriter.article.walk import plain
from casewriter.export.jats.block import blocks, heading, in_paragraphs, section
from casewriter.export.jats.inline import inline
from casewriter.export.jats.parts import ATTACHED, ETHICS, Divided
from casewriter.export.jats.reference import reference_list
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Element, element


def back(writer: Writer, divided: Divided) -> Element | None:
    """Return the back, or None where nothing is in it."""
    article = writer.article
    made = [element("title", *inline(writer, title)) for title in divided.titles]
    made += [_section(writer, one, divided.ethics) for one in divided.back]
    made += reference_list(writer)
    made += [section(writer, article.exhibits)] if article.exhibits else []
    return element("back", *made) if made else None


def _ethics(writer: Writer, found: list[Section]) -> Element:
    """Return one section of ethics; where approval and consent are printed apart, each has its own section in it."""
    if len(found) > 1:
        title = heading(writer, (Text(writer.article.words["ethics_statement"]),))
        inner = (section(writer, one, ETHICS[one.parts[0]]) for one in found)
        return element("sec", title, *inner, sec_type="ethics-statement")
    made = section(writer, found[0], "ethics-statement")
    for paragraph in made.findall("p") if len(found[0].parts) == 1 else ():
        paragraph.set("content-type", ETHICS[found[0].parts[0]])
    return made


def _section(writer: Writer, one: Section, ethics: list[Section]) -> Element:
    """Return a section of the back by what it holds."""
    parts = frozenset(one.parts)
    if one in ethics:
        return _ethics(writer, ethics)
    if parts == {"acknowledgements"}:
        return _thanks(writer, one)
    if parts == {"abbreviations"}:
        return element("glossary", heading(writer, one.heading), *blocks(writer, one.blocks))
    if parts and parts <= ATTACHED:
        return _attachments(writer, one)
    return section(writer, one, "data-availability" if parts == {"data_availability"} else "")


def _thanks(writer: Writer, one: Section) -> Element:
    title = heading(writer, one.heading) if plain(one.heading).strip() else None
    return element("ack", title, *in_paragraphs(writer, one.blocks))


def _attachments(writer: Writer, one: Section) -> Element:
    """Return videos and supplements, each with its label and caption; the files are the author's to deliver."""
    made = element("sec", heading(writer, one.heading), sec_type="supplementary-material")
    for block in one.blocks:
        if isinstance(block, Facts):
            made.extend(_attached(writer, block))
        else:
            made.extend(blocks(writer, [block]))
    return made


def _attached(writer: Writer, facts: Facts) -> Iterator[Element]:
    for label, lines in facts.groups():
        said = [element("p", *inline(writer, fact.said)) for line in lines for fact in line]
        name = element("label", *inline(writer, label))
        yield element("supplementary-material", name, element("caption", *said), id=writer.next_id("SM"))
