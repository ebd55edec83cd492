"""Python-Markdown, told our inline syntax and held to what a manuscript needs; its tree, before it would become HTML.

No raw HTML, no pictures, no reference definitions: they stay text, so that nothing of a text is lost or loaded. Every
pattern is bounded: time stays linear on runs of brackets, stars and backticks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_KEY = r"[^\s;,\[\]@{}]+"
_CITE = rf"(?:[^;\[\]@]*[\s(])?-?@(?!(?:fig|tbl)-){_KEY}(?:[,\s][^;\[\]@]*)?"
_CITATION = rf"\[({_CITE}(?:;{_CITE})*)\]"
CITATION = re.compile(_CITATION)
_CROSS_REFERENCE = (
    r"(?<![\w@])@(fig|tbl)-([a-z][a-z0-9_-]*[a-z0-9_]|[a-z])((?:\.[a-z][a-z0-9_-]*)(?:-[a-z]\b)?(?:,[a-z]\b)*)?"
)
_VALUE = r"\{\{\s*([a-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+)(?:\s+at\s+([^{}|]{1,60}?))?\s*\}\}"
_LINK = (
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\]){1,500})\]"
    r"\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\)){1,2000})>?(?:\s+\"[^\"\n]{0,300}\")?\s*\)"
)
_ADDRESS = r"(?<![\w/\"'])https?://(?:[^\s<>\[\]{}\"'`()]|\([^\s<>()]*\))*(?<![.,;:!?])"
_DROPPED = (
    "link",
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "html",
    "entity",
    "automail",
    "autolink",
    "not_strong",
)


class _Keep(InlineProcessor):
    """Turns a match into an element that carries what was written; `prose` resolves it afterwards."""

    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self._tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        element = Element(self._tag)
        for number, group in enumerate(m.groups()):
            element.set(f"g{number}", group or "")
        element.set("written", m.group(0))
        return element, m.start(0), m.end(0)


class _Literal(InlineProcessor):
    """Keeps a run of characters as it is: guards the parser's quadratic cases."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        element = Element("span")
        element.text = AtomicString(m.group(0))
        return element, m.start(0), m.end(0)


class _Around(InlineProcessor):
    """Text between two marks: `H~2~O`, `10^9^/L`."""

    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self._tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        element = Element(self._tag)
        element.text = m.group(1)
        return element, m.start(0), m.end(0)


class _LinkProcessor(InlineProcessor):
    """`[text](https://…)`, in time linear to its bounded length."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        element = Element("a")
        element.set("href", m.group(2))
        element.set("written", m.group(0))
        holds_address = "://" in m.group(1)
        element.text = AtomicString(m.group(1)) if holds_address else m.group(1)
        return element, m.start(0), m.end(0)


class _Bare(InlineProcessor):
    """A bare web address, made a link."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        del data
        address = m.group(0).strip("<>")
        element = Element("a")
        element.set("href", address)
        element.set("written", m.group(0))
        element.text = AtomicString(address)
        return element, m.start(0), m.end(0)


@cache
def _markdown() -> Markdown:
    """Return the parser: tables, sub- and superscript; no raw HTML, no pictures, no reference definitions."""
    engine = Markdown(extensions=[TableExtension(), SaneListExtension()])
    engine.preprocessors.deregister("html_block")
    engine.parser.blockprocessors.deregister("reference")
    for name in _DROPPED:
        if name in engine.inlinePatterns:
            engine.inlinePatterns.deregister(name)
    engine.ESCAPED_CHARS.extend(["@", "|", "~", "^", "<", '"', "'", "$"])
    engine.inlinePatterns.register(_Literal(r"\[{4,}|(?:!\[\]\()+|\*{4,}|_{4,}|`{12,}|~{4,}|\^{4,}"), "runs", 199)
    engine.inlinePatterns.register(_Keep(_VALUE, "value"), "value", 179)
    engine.inlinePatterns.register(_Keep(_CITATION, "citation"), "citation", 178)
    engine.inlinePatterns.register(_Keep(_CROSS_REFERENCE, "mention"), "mention", 177)
    engine.inlinePatterns.register(_Around(r"~([^~\s](?:[^~\n]{0,200}?[^~\s])?)~", "sub"), "subscript", 65)
    engine.inlinePatterns.register(_Around(r"\^([^\^\s](?:[^\^\n]{0,200}?[^\^\s])?)\^", "sup"), "superscript", 64)
    engine.inlinePatterns.register(_LinkProcessor(_LINK), "bounded_link", 160)
    engine.inlinePatterns.register(_Bare(r"<https?://[^\s<>]{1,2000}>"), "autolink", 159)
    engine.inlinePatterns.register(_Bare(_ADDRESS), "bare", 158)
    return engine


def parse(text: str) -> Element:
    """Return Python-Markdown's tree of a text, before it would become HTML.

    Raises RecursionError or AssertionError for a text nested too deeply.
    """
    try:
        return _parsed(text, _markdown())
    except BaseException:
        _markdown.cache_clear()  # an engine that stopped half way would drop paragraphs of the texts after it
        raise


def _parsed(text: str, engine: Markdown) -> Element:
    engine.reset()
    lines = text.split("\n")
    for preprocessor in engine.preprocessors:
        lines = preprocessor.run(lines)
    root: Any = engine.parser.parseDocument(lines).getroot()
    for processor in engine.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    tree: Element = root
    return tree
