"""Inline nodes -> plain text for boxes that know no markup, in which no number is read as another.

Raised and lowered text is Unicode's own where each sign of it has one (10⁹/L, H₂O). Otherwise it is in brackets behind
^ or _, never beside the text before it, with which it would be one number. A raised citation is in square brackets.
"""

from __future__ import annotations

import re

from casewriter.article.nodes import Break, Citation, Inline, Link, NoteMark, Run, Styled, Text
from casewriter.article.walk import plain
from casewriter.export.flat import said

_RAISED = str.maketrans("0123456789+−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_NEWLINES = re.compile(r"\s*[\t\r\n]\s*")
_BLANKS = re.compile(r"[ \t]*\n[ \t]*")


def told(run: Run) -> str:
    """Return a run as plain text; a line ends only where the author broke it."""
    return _BLANKS.sub("\n", "".join(map(_node, said(run)))).strip(" \n")


def told_in_line(run: Run) -> str:
    """Return a run as plain text in one line."""
    return told(run).replace("\n", " ")


def raised(text: str) -> str:
    """Return raised text."""
    return _moved(text, _RAISED, "^")


def _moved(text: str, signs: dict[int, int], mark: str) -> str:
    if not text or all(ord(sign) in signs for sign in text):
        return text.translate(signs)
    return f"{mark}({text})"


def _node(node: Inline) -> str:
    match node:
        case Text(text=text):
            return _NEWLINES.sub(" ", text)
        case Styled(style="superscript", children=children):
            return raised(told_in_line(children))
        case Styled(style="subscript", children=children):
            return _moved(told_in_line(children), _LOWERED, "_")
        case Styled(children=children):
            return "".join(map(_node, said(children)))
        case Link(href=href, children=children):
            return _link(href, told_in_line(children))
        case Break():
            return "\n"
        case Citation(superscript=True):
            return f"[{plain((node,))}]"
        case _:
            return raised(node.mark) if isinstance(node, NoteMark) else plain((node,))


def _link(href: str, text: str) -> str:
    """Return a link's text, with its address where the text is no part of that."""
    return text if text.lower() in href.lower() else f"{text} ({href})"


_UNICODE_HAS_NONE = re.compile(r"[\^_]\(((?:[^()]|\([^()]*\))*)\)")
_RAISED_CITATION = re.compile(r"\[([\d,–-]+)\]")
_ADDRESS = re.compile(r" \((?:https?://|mailto:)\S*?\)(?=[\s.,;:)]|$)")


def as_printed(text: str) -> str:
    """Return plain text without the signs that stand for raised text and links on a page."""
    return _ADDRESS.sub("", _RAISED_CITATION.sub(r"\1", _UNICODE_HAS_NONE.sub(r"\1", text)))
