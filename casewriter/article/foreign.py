"""What looks like markup and is not read: that of other editors, and signs with two readings.

Each comes with what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.entities import html5

from msgspec import Struct

from casewriter.article import kinds
from casewriter.problem import Path, Problem

_NOT_READ = re.compile(r"(?<!`)(`+)(?!`)[^`]+\1(?!`)|https?://\S+|(?<=\]\()[^\s()\"]*(?=\))")
"""Code, addresses and the targets of links, which hold any sign."""

_HINT = re.compile(r"\[\^|\^\[|!\[|\[\[|\]\(|\\[a-zA-Z]|\$|==|~~|%%|<[/!a-zA-Z]|\{[-+~>=]|&[A-Za-z#]")
"""What every form has: a text without it is not looked at form by form, whose patterns are compiled when first used."""


class _Form(Struct, frozen=True):
    """A form of markup: what it is called, how it looks, and what to write here."""

    name: str
    pattern: str
    remedy: str


_PICTURE = "put the picture under figures: and write @fig-id"
_REMARK = "put the remark into the sentence, or under note: or notes:"
_SIGNS = "write *italic*, **bold**, H~2~O, 10^9^/L or the sign itself"
_FORMS = (
    _Form("a footnote", r"\[\^[^\]\s]{1,60}\]:?|(?<!\^\S)(?<!\^\S\S)\^\[(?!@)[^\]\n]{1,500}\](?!\^)", _REMARK),
    _Form("an embedded file", r"!\[\[[^\]\n]{1,300}\]\]", _PICTURE),
    _Form("a picture", r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,300}\])", _PICTURE),
    _Form(
        "a wiki link",
        r"(?<!!)\[\[[^\[\]\n]{1,300}\]\]",
        "write [@key] for a reference, @fig-id or @tbl-id for an exhibit",
    ),
    _Form(
        "a link with a title",
        r"\[[^\[\]\n]{1,300}\]\([^\s()]{0,2000} +\"[^\"\n]{0,300}\"\)",
        "write [words](https://…) without the title",
    ),
    _Form(
        "a citation",
        r"\\[a-zA-Z]{0,20}cite[a-zA-Z]{0,20}\*?(?:\[[^\]\n]{0,200}\]){0,2}\{[^}\n]{0,500}\}",
        "write [@key]",
    ),
    _Form("a cross-reference", r"\\[a-zA-Z]{0,20}ref\{[^}\n]{0,200}\}", "write @fig-id or @tbl-id"),
    _Form("a command of LaTeX", r"\\[a-zA-Z]{2,30}\{[^}\n]{0,500}\}", _SIGNS),
    _Form(
        "a formula",
        r"\$(?=\S)(?=[^$\n]{0,199}(?:\\[a-zA-Z]|[\^_{])|[A-Za-z]\$)[^$\n]{1,200}(?<=\S)\$(?!\d)",
        _SIGNS,
    ),
    _Form(
        "marked text",
        r"(?<![=\w<>])==(?=[^\s=])[^=\n]{1,500}(?<=[^\s=])==(?![=\w])",
        "write *italic* or **bold**",
    ),
    _Form("struck text", r"(?<!~)~~(?=[^\s~])[^~\n]{1,500}(?<=[^\s~])~~(?!~)", "remove the words or the marks"),
    _Form(
        "a comment",
        r"(?s:(?<!%)%%(?=\S)[^%\n]{1,500}%%(?!%)|<!--.{0,2000}?-->)",
        "a remark that is not for the reader is a YAML comment: # …",
    ),
    _Form(
        "a proposed change",
        r"\{(?:\+\+|--|~~|>>|==)[^{}\n]{0,500}(?:\+\+|--|~~|<<|==)\}",
        "take the change over or remove it",
    ),
    _Form("an HTML tag", r"(?i:</?(?:i|em|b|strong)\b[^<>\n]{0,300}>)", _SIGNS),
    _Form("an HTML tag", r"(?i:</?su[bp]\b[^<>\n]{0,300}>)", "write H~2~O or 10^9^/L"),
    _Form("an HTML tag", r"(?i:<br\b[^<>\n]{0,300}>)", "end the line with two blanks"),
    _Form("an HTML tag", r"(?i:</?a\b[^<>\n]{0,2000}>)", "write [words](https://…)"),
    _Form("an HTML tag", r"(?i:<img\b[^<>\n]{0,2000}>)", _PICTURE),
    _Form(
        "an HTML tag",
        r"(?i:</?(?:u|span|p|div|font|mark|small|s|del|ins|table|tr|td|th)\b[^<>\n]{0,300}>)",
        "remove it",
    ),
    _Form(
        "an HTML entity",
        r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});",
        "write the sign itself",
    ),
)


_compiled = cache(re.compile)


def foreign_markup(text: str, path: Path) -> Iterator[Problem]:
    """Yield a problem for each piece of markup that other editors read and that prints here as typed."""
    if not _HINT.search(text):
        return
    masked = _NOT_READ.sub(_blank, text)
    for form in _FORMS:
        found = [one for one in _compiled(form.pattern).finditer(masked) if _is_markup(one, masked)]
        for one in found:
            start, end = one.span()
            written = text[start:end]
            shown = written if len(written) <= 40 else f"{written[:38]}…"
            message = f"“{shown}” is {form.name} in other editors; here it prints as typed"
            nth = text.count(written, 0, start)
            yield Problem(kinds.FOREIGN, message, path, quote=written, nth=nth, hint=form.remedy)
        if found:
            masked = _compiled(form.pattern).sub(_blank, masked)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_markup(found: re.Match[str], text: str) -> bool:
    if found[0][0] == "&":
        return found[0][1] == "#" or found[0][1:] in html5
    return not found.start() or text[found.start() - 1] != "\\"


_STARRED = re.compile(r"(?<![\w*\\])\*\d[^*\n]{0,80}[^\W\d_]\*(?![\w*])")
_COMPARED = re.compile(r"(?:\A|\n[ \t]*\n) {0,3}(> \S*\d[^\n]{0,60})")


def doubtful_signs(text: str, path: Path, *, blocks: bool) -> Iterator[Problem]:
    """Yield a problem for each sign that could be markup or notation and prints as typed."""
    found = [(one[0], one.start(), "italics", "write it between _ and _ if so") for one in _STARRED.finditer(text)]
    if blocks:
        hint = "put the quotation between quotation marks if so"
        found += [(one[1], one.start(1), "a quotation", hint) for one in _COMPARED.finditer(text)]
    for written, start, reading, hint in found:
        message = f"“{written}” could be {reading}; it prints as typed"
        yield Problem(kinds.DOUBTFUL, message, path, quote=written, nth=text.count(written, 0, start), hint=hint)
