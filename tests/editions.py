"""What the five editions of one paper hold, counted in each file by another reader than ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pypdfium2
from lxml import etree, html
from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export.signs import signs_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


class Counted(Struct, frozen=True):
    """How many there are in a file."""

    authors: int
    sections: int
    figures: int
    tables: int
    references: int
    descriptions: int


def counted_in(article: Article) -> Counted:
    """What the paper has: numbered exhibits, sections with a heading, pictures with a description."""
    return Counted(
        len(article.authors),
        sum(bool(section.heading) for section in article.sections),
        len(article.figures()),
        len(article.tables()),
        len(article.references),
        sum(bool(panel.alt) and panel.picture is not None for figure in article.figures() for panel in figure.panels),
    )


def _names(article: Article, text: str) -> int:
    """How many authors are named, in their order."""
    signs, at, count = signs_of(text), 0, 0
    for author in article.authors:
        found = signs.find(signs_of(author.name), at)
        count += found >= 0
        at = max(at, found)
    return count


def _labels(article: Article, word: str, text: str) -> int:
    """How many numbers there are with a caption: a label that a full stop ends."""
    return len(set(re.findall(rf"{article.words[word]}[\s\u00a0](\d+)\.(?=\s|\u00a0|\*)", text)))


def _headings(article: Article, found: list[str]) -> int:
    wanted = [signs_of(plain(section.heading)) for section in article.sections if section.heading]
    there = [signs_of(one) for one in found]
    return sum(one in there for one in wanted)


def in_pdf(article: Article, data: bytes) -> Counted:
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    toc = [one.get_title() for one in document.get_toc()]
    document.close()
    with pikepdf.open(BytesIO(data)) as pdf:
        told = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    described = sum(panel.alt in told for figure in article.figures() for panel in figure.panels)
    whole = signs_of(text).replace("-", "").replace("\ufffe", "")
    listed = sum(signs_of(plain(one.children)).replace("-", "")[:40] in whole for one in article.references)
    return Counted(
        _names(article, text), _headings(article, toc), _labels(article, "figure", text), _labels(article, "table", text), listed, described
    )  # fmt: skip


def in_docx(article: Article, data: bytes) -> Counted:
    with ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    names = {one.get(f"{W}styleId"): one.find(f"{W}name").get(f"{W}val") for one in styles.iter(f"{W}style")}
    said: dict[str, list[str]] = {}
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = names.get(style.get(f"{W}val"), "") if style is not None else ""
        said.setdefault(name, []).append("".join(one.text or "" for one in paragraph.iter(f"{W}t")))
    captions = "\n".join(said.get("caption", []) + said.get("Table Caption", []))
    described = sum(bool(one.get("descr")) for one in root.iter(f"{WP}docPr"))
    text = "\n".join(line for lines in said.values() for line in lines)
    return Counted(
        _names(article, text), _headings(article, said.get("heading 1", [])), _labels(article, "figure", captions),
        _labels(article, "table", captions), len(said.get("Bibliography", [])), described,
    )  # fmt: skip


def in_html(article: Article, data: bytes) -> Counted:
    root = html.fromstring(data.decode())
    captions = "\n".join(one.text_content() for one in root.iter("figcaption", "caption"))
    described = sum(
        bool(one.get("alt"))
        for figure in root.iter("figure")
        if "strip" not in (figure.get("class") or "")
        for one in figure.iter("img")
    )
    return Counted(
        _names(article, root.text_content()), _headings(article, [one.text_content() for one in root.iter("h2")]),
        _labels(article, "figure", captions), _labels(article, "table", captions),
        len(root.xpath("//section[contains(@class, 'references')]//li")), described,
    )  # fmt: skip


def in_jats(article: Article, data: bytes) -> Counted:
    root = etree.fromstring(data)
    outer = root.xpath("//fig-group | //fig[not(ancestor::fig-group)]")
    titles = ["".join(one.itertext()) for one in root.xpath("//title | //label[parent::table-wrap]")]
    return Counted(
        len(root.xpath("//article-meta//contrib[@contrib-type='author']")), _headings(article, titles), len(outer),
        len(root.xpath("//table-wrap[label]")), len(root.xpath("//ref-list/ref")), len(root.xpath("//fig[.//alt-text[normalize-space()]]")),
    )  # fmt: skip


def in_markdown(article: Article, data: bytes) -> Counted:
    text = data.decode()
    bold = "\n".join(re.findall(r"^\*\*[^*\n]+\*\*.*$", text, re.MULTILINE))
    behind = text.partition(f"## {article.words['references']}\n")[2].partition("\n## ")[0]
    listed = len([one for one in behind.split("\n") if one.strip()])
    described = len(re.findall(rf"^- {article.words['figure']}[ \u00a0]\d+[A-Z]?: \S", text, re.MULTILINE))
    return Counted(
        _names(article, text), _headings(article, re.findall(r"^## (.+)$", text, re.MULTILINE)), _labels(article, "figure", bold),
        _labels(article, "table", bold), listed, described,
    )  # fmt: skip


READERS: dict[str, Callable[[Article, bytes], Counted]] = {
    "pdf": in_pdf,
    "docx": in_docx,
    "html": in_html,
    "jats": in_jats,
    "md": in_markdown,
}
