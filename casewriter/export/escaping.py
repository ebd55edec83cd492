"""Inline nodes -> Markdown from which every CommonMark reader gives the same words back.

Sections named here are those of the CommonMark specification 0.31.2 and of GitHub Flavored Markdown 0.29.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import zip_longest

from casewriter.article.nodes import Break, Citation, Inline, Link, NoteMark, Run, Styled, Text
from casewriter.article.walk import inlines, plain
from casewriter.export.flat import cited, said

_TAGS = {"superscript": "sup", "subscript": "sub"}
_STARS = {"emphasis": ("*", "em"), "strong": ("**", "strong")}
_SIGN = re.compile(r"[\\`*\[\]|~#^$]|(?<![^\W_])_|_(?![^\W_])|!$")
"""Signs of markup, in CommonMark and what is built on it: tables, struck text, raised text, formulas.

An underscore inside a word is no emphasis (6.2), so that names of genetic variants stay as they are.
"""
_ENTITY = re.compile(r"&(?=#?\w+;|$)")
_TAG = re.compile(r"<(?=[A-Za-z/!?]|[^\s<>]*@)")
_OPEN = re.compile(r"<(?=[^\s<>]*$)")
_LINE_START = re.compile(r"[-+](?=\s|$)|>|-(?=[-\s]*$)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_NEWLINES = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_NUMBERS = re.compile(r"\[[\d\s,;–-]+\]")
_TARGET = re.compile(r"[\w:/?#%=.,+;@!'~-]+", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>|\x00-\x20]*")
_MAIL = re.compile(r"mailto:([\w.!#$%&'*+/=?^`{}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)", re.ASCII)


def escaped(text: str) -> str:
    """Return text of which nothing is read as markup, wherever it is in a line but at its start."""
    whole = _SIGN.sub(r"\\\g<0>", _NEWLINES.sub(" ", text))
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", whole))


def line(text: str) -> str:
    """Return Markdown of one line so that its beginning is not read as a list, a quotation or a rule."""
    text = text.strip(" \t\r\n")
    numbered = _NUMBER_START.match(text)
    if numbered:
        return f"{numbered[1]}\\{text[numbered.end(1) :]}"
    return f"\\{text}" if _LINE_START.match(text) else text


def inline(run: Run) -> str:
    """Return a run as Markdown without a line end."""
    return _inline(said(run), "")


def _inline(run: Run, before: str) -> str:
    made = before
    for node, after in zip_longest(run, run[1:]):
        made += _node(node, made[-1:], _first(after))
    return made[len(before) :]


def _first(node: Inline | None) -> str:
    """Return the sign with which a node begins; nothing at the end of a run."""
    match node:
        case None:
            return ""
        case Text(text=text):
            return text[0]
        case Citation():
            return plain((node,))[:1] if not node.superscript else "<"
        case _:
            return "<"


def _node(node: Inline, before: str, after: str) -> str:
    match node:
        case Text(text=text):
            return _OPEN.sub("&lt;", escaped(text)) if after else escaped(text)
        case Styled(style="code", children=children):
            return _code(plain(children), before)
        case Styled(style="emphasis" | "strong" as style, children=children):
            return _emphasised(style, said(children), before, after)
        case Styled(style=style, children=children):
            return f"<{_TAGS[style]}>{inline(children)}</{_TAGS[style]}>"
        case Link():
            return _link(node)
        case Break():
            return "<br>"
        case Citation():
            return _citation(node, after)
        case NoteMark(mark=mark):
            return f"<sup>{escaped(mark)}</sup>"
    raise TypeError(f"no Markdown for {type(node).__name__}")


def _emphasised(style: str, children: Run, before: str, after: str) -> str:
    """Return text between stars, or between tags where stars would not be read as such (6.2, flanking)."""
    stars, tag = _STARS[style]
    inner = _inline(children, "")
    if not inner:
        return ""
    opens = inner[0].isalnum() or (_apart(before) and not inner[0].isspace())
    closes = inner[-1].isalnum() or (_apart(after) and not inner[-1].isspace())
    if opens and closes and not any(map(_has_stars, inlines(children))) and "*" not in (before, inner[-1]):
        return f"{stars}{inner}{stars}"
    return f"<{tag}>{inner}</{tag}>"


def _has_stars(node: Inline) -> bool:
    """Return whether a node may be between stars itself, which those around it would close."""
    if isinstance(node, Citation):
        return any(part.style for part in node.parts)
    return isinstance(node, Styled) and node.style in _STARS


def _apart(sign: str) -> bool:
    """Return whether stars beside a sign open or close: it is a blank or ASCII punctuation, or the text ends."""
    return not sign or sign.isspace() or (sign.isascii() and not sign.isalnum() and sign.isprintable())


def _code(text: str, before: str) -> str:
    """Return verbatim text; nothing is escaped within backticks, and two of them side by side are one sign (6.1)."""
    text = _NEWLINES.sub(" ", text)
    if not text or "`" in (*text, before) or "|" in text or text != text.strip():
        return f"<code>{escaped(text)}</code>"
    return f"`{text}`"


def _link(node: Link) -> str:
    """Return a link; an address that is its own text is printed once, as an autolink (6.5)."""
    text = plain(node.children)
    mail = _MAIL.fullmatch(node.href)
    if (text == node.href and _ADDRESS.fullmatch(text)) or (mail and mail[1] == text):
        return f"<{text}>"
    return f"[{inline(node.children)}]({_target(node.href)})"


def _target(href: str) -> str:
    if _TARGET.fullmatch(href):
        return href
    whole = re.sub(r"[\s|<>\\]", lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), href)
    return f"<{whole.replace('&', '&amp;')}>"


def _citation(node: Citation, after: str) -> str:
    """Return a citation as printed; numbers in brackets stay readable where no link can be read out of them (6.3)."""
    text = plain((node,))
    if not node.superscript and _NUMBERS.fullmatch(text) and after not in ("(", "[", ":"):
        return text
    inner = inline(cited(node))
    return f"<sup>{inner}</sup>" if node.superscript else inner


_READ = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?P<apart><!--.*?-->|</?(?:sup|sub|em|strong|code|br)>|(?<!\\)\|)"
    r"|<(?P<address>[A-Za-z][\w+.-]+:[^<>\s]*|[^<>\s]+@[^<>\s]+)>"
    r"|\[(?P<text>(?:\\.|[^\[\]\\\n])*)\]\((?:<[^>\n]*>|[^\s()]*)\)"
    r"|(?P<entity>&(?:lt|amp);)"
    r"|\*+"
)


def read(markdown: str) -> str:
    """Return the words of Markdown that was written here; a zero sign stands for markup between them."""
    return _READ.sub(_read, markdown)


def _read(found: re.Match[str]) -> str:
    if found["apart"]:
        return "\x00"
    if found["text"]:
        return read(found["text"])
    return found["sign"] or found["code"] or found["address"] or unescape(found["entity"] or "")
