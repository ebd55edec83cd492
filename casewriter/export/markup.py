"""Inline nodes -> HTML; every character of a case is escaped here."""

from __future__ import annotations

import re
from html import escape

from casewriter.article.nodes import Break, Citation, CrossReference, Link, NoteMark, Run, Styled, Text

_TAGS = {"emphasis": "em", "strong": "strong", "superscript": "sup", "subscript": "sub", "code": "code"}

_PART_TAGS = {"italic": "em", "bold": "strong", "superscript": "sup", "subscript": "sub"}


def html(run: Run) -> str:
    """Return a run as HTML."""
    following = (*run[1:], None) if run else ()
    return "".join(_held(node, after) for node, after in zip(run, following, strict=True))


def _held(node: object, after: object) -> str:
    """Return a node; the end of a word that runs into the next node is held together, the blank before it apart.

    Where what follows does not fit on the line, WeasyPrint breaks the text before it anew in a narrower line. It
    would divide the last word, or with a blank at the end of the text the first one, at a syllable long before the
    edge.
    """
    if not isinstance(node, Text) or after is None or isinstance(after, Text | Break | NoteMark):
        return _node(node)
    end = _WORD_END.search(node.text)
    head, tail = (node.text[: end.start()], _unbroken(end[0])) if end else (node.text, "")
    blank = head.endswith(" ") and len(head) > 1
    return f"{_text(head[:-1])}<span> </span>{tail}" if blank else _text(head) + tail


def _node(node: object) -> str:
    match node:
        case Text(text=text):
            return _text(text)
        case Styled(style="smallcaps" | "nobreak" as name, children=children):
            return f'<span class="{name}">{html(children)}</span>'
        case Styled(style="isolated", children=children):
            return f"<bdi>{html(children)}</bdi>"
        case Styled(style=style, children=children):
            tag = _TAGS[style]
            return f"<{tag}>{html(children)}</{tag}>"
        case Link(href=href, children=children):
            rel = "" if href.startswith("mailto:") else ' rel="noopener"'
            return f'<a href="{escape(href)}"{rel}>{_breakable(html(children))}</a>'
        case Break():
            return "<br>"
        case Citation():
            return _citation(node)
        case CrossReference(label=label, anchor=anchor):
            text = escape(label, quote=False)
            return f'<a class="mention" href="#{escape(anchor)}">{text}</a>' if anchor else text
        case NoteMark(mark=mark):
            return f'<sup class="note-mark">{escape(mark)}</sup>'
    raise TypeError(f"no HTML for {type(node).__name__}")


def _citation(node: Citation) -> str:
    place = f' id="{node.anchor}"' if node.anchor else ""
    inner = ""
    for part in node.parts:
        text = escape(part.text, quote=False)
        if tag := _PART_TAGS.get(part.style):
            text = f"<{tag}>{text}</{tag}>"
        inner += f'<a href="#{escape(f"ref-{part.key}")}">{text}</a>' if part.key else text
    tag = "sup" if node.superscript else "span"
    short = sum(len(part.text) for part in node.parts) <= _SHORT_CITATION
    made = f'<{tag} class="citation"{place}>{inner}</{tag}>'
    return f'<span class="nobreak">{made}</span>' if short else made


_WORD_END = re.compile(
    r"[^\s\u200b/]{2,30}\u00a0?$"
    r"|(?<![^ \u200b])(?=[^ \u200b]*[\u00a0\u202f])[\S\u00a0\u202f]{2,40}$"
)
"""The end of a text that cannot be parted from the next node: its last word, with those tied to it by a fixed blank."""
_NAMED_BY_HYPHEN = re.compile(r"(?<![^\s(])-[^\s-]{1,24}")
"""A word that begins with a hyphen, such as the second of ``HLA-A*32:01, -B*37:01``: no line ends behind the hyphen."""
_SHORT_CITATION = 16
"""Letters of a citation that is kept on one line."""

_BREAK = re.compile(r"(?<=//)|(?<=[^/])(?=/[^/])|(?<=\w{3})(?=[.?=~_#%-]\w)|(?<=\w)(?=&amp;)")


def _text(text: str) -> str:
    """Return characters as HTML; a word that begins with a hyphen is held together."""
    parts, end = [], 0
    for found in _NAMED_BY_HYPHEN.finditer(text):
        parts += [escape(text[end : found.start()], quote=False), _unbroken(found[0])]
        end = found.end()
    return "".join((*parts, escape(text[end:], quote=False)))


def _unbroken(text: str) -> str:
    return f'<span class="nobreak">{escape(text, quote=False)}</span>'


def _breakable(address: str) -> str:
    """Return an address with the places where it may break; other text as it is.

    Behind ``//``, before other slashes, stops and signs (Chicago Manual of Style, 17th ed., 14.18), and in words too
    long for a line.
    """
    if " " in address or "<" in address:
        return address
    return _BREAK.sub("<wbr>", re.sub(r"\w{24}(?=\w{8})", r"\g<0><wbr>", address))
