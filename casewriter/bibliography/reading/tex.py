"""TeX as BibTeX files hold it -> text with CSL's tags <i> <b> <sup> <sub>."""

from __future__ import annotations

import re
from functools import cache

_MOST = 300
"""Commands of emphasis that one text may hold; more are left as they are written."""

_TAGS = {
    "emph": "i",
    "textit": "i",
    "textsl": "i",
    "em": "i",
    "it": "i",
    "itshape": "i",
    "textbf": "b",
    "bf": "b",
    "bfseries": "b",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
_OPEN = {tag: chr(0xE0F0 + 2 * n) for n, tag in enumerate(("i", "b", "sup", "sub"))}
_CLOSE = {tag: chr(0xE0F1 + 2 * n) for n, tag in enumerate(("i", "b", "sup", "sub"))}
_MARKS = {**{v: f"<{k}>" for k, v in _OPEN.items()}, **{v: f"</{k}>" for k, v in _CLOSE.items()}}
_MARK = re.compile("[\ue0f0-\ue0fb]")
_COMMAND = re.compile(r"\\(emph|textit|textsl|textbf|textsuperscript|textsubscript)\s*(?=\{)")
_SWITCH = re.compile(r"\{\s*\\(em|it|itshape|bf|bfseries)(?![A-Za-z])\s*")
_MATHS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$|\\\((.*?)\\\)", re.DOTALL)
_RAISED = re.compile(r"([\^_])\s*(?=\{|\\[A-Za-z]+|\S)")


def decode(source: str) -> str:
    """Return the text that TeX source stands for, braces gone."""
    text = " ".join(_MARK.sub("", source).split())
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return text
    text = _LITERAL.sub(lambda found: _SIGNS[found[1] or found[2] or found[3]], text)
    text = _MATHS.sub(lambda found: _maths(found[1] or found[2] or ""), text)
    text = _switches(_commands(text))
    text = re.sub(r"(?<!\\)%", r"\\%", text)  # a percent sign begins no comment in a BibTeX file
    text = re.sub(r"(?<!\\)~", " ", text).replace("---", "—").replace("--", "–")
    if re.search(r"[\\`']", text):
        text = _symbols_decoded(text)
    text = text.replace("{", "").replace("}", "")
    return " ".join(_MARK.sub(lambda mark: _MARKS.get(mark[0]) or _KEPT[mark[0]], text).split())


_LINKS = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}|\\href\s*\{[^{}]*\}\s*(?=\{)")
_LAYOUT = re.compile(
    r"\\(?:relax|sc|scshape|rm|rmfamily|sf|sffamily|tt|ttfamily|textrm|textup|textnormal|textsf|mbox|hbox|text|textgreek|"
    r"protect|nobreak|noopsort|ensuremath|upshape|normalfont|small|footnotesize|textsc|texttt)(?![A-Za-z])\s*"
)
_NAMED = re.compile(r"\\([A-Za-z]+)(?:\{([^{}]*)\})?")
_KEPT = {"\ue0f8": "\\", "\ue0f9": "{", "\ue0fa": "}", "\ue0fb": "^"}
_LITERAL = re.compile(
    r"(?<!\\)\\(?:([{}])|(textbraceleft|textbraceright|textasciicircum)(?![A-Za-z])(?:\{\}|\s)?|(\^)\{\})"
)
_SIGNS = {
    "{": "\ue0f9",
    "}": "\ue0fa",
    "textbraceleft": "\ue0f9",
    "textbraceright": "\ue0fa",
    "textasciicircum": "\ue0fb",
    "^": "\ue0fb",
}


def _symbols_decoded(text: str) -> str:
    """Return a text with accents and symbols decoded; a command that is not known stays as it is written."""
    from pylatexenc.latex2text import LatexNodes2Text

    known = _known_commands()
    text = _LINKS.sub(lambda found: found[1] or "", text)
    text = _LAYOUT.sub("", text)
    text = _NAMED.sub(lambda found: found[0] if found[1] in known else _kept(found), text)
    try:
        read = LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=True).latex_to_text(text)
    except (IndexError, ValueError, AttributeError, TypeError):  # the library stops at some broken commands
        read = text
    return str(read)


def _kept(found: re.Match[str]) -> str:
    return f"\ue0f8{found[1]}" + (f"\ue0f9{found[2]}\ue0fa" if found[2] is not None else "")


@cache
def _known_commands() -> frozenset[str]:
    """Return the names of the commands that have a text, those that need arguments of their own left out."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    return frozenset(spec.macroname for spec in specs) - {"cite", "ref", "footnote", "includegraphics"}


def address(source: str) -> str:
    """Return a DOI or web address: only the escapes that TeX needs are undone."""
    text = re.sub(r"^\\(?:url|path|href)\s*\{(.*)\}$", r"\1", source.strip())
    return re.sub(r"\{?\\([_%&#~{}$])\}?|\{([&%#_])\}", lambda found: found[1] or found[2], text).strip()


def argument(text: str, start: int) -> int:
    """Return the place after the group that begins at `start` with a brace."""
    depth = 0
    for place in range(start, len(text)):
        if text[place] == "{" and text[place - 1 : place] != "\\":
            depth += 1
        elif text[place] == "}" and text[place - 1 : place] != "\\":
            depth -= 1
            if depth == 0:
                return place + 1
    return len(text)


def _maths(text: str) -> str:
    """Return maths in which raised and lowered parts are marked."""
    parts, place = [], 0
    for found in _RAISED.finditer(text):
        if found.start() < place:
            continue
        parts.append(text[place : found.start()])
        place = found.end()
        if text[place : place + 1] == "{":
            end = argument(text, place)
            inner = text[place + 1 : end - 1]
        else:
            command = re.match(r"\\[A-Za-z]+|.", text[place:])
            inner = command[0] if command else ""
            end = place + len(inner)
        tag = "sup" if found[1] == "^" else "sub"
        parts.append(f"{_OPEN[tag]}{_symbols(inner)}{_CLOSE[tag]}")
        place = end
    return _symbols("".join([*parts, text[place:]]))


def _symbols(text: str) -> str:
    """Return maths without its own commands of layout; symbols are left to be decoded as text."""
    text = re.sub(r"\\(?:mathrm|mathit|mathbf|text|rm|mathsf)\b\s*", "", text)
    return re.sub(r"(\\[A-Za-z]+)(?![A-Za-z{])", r"\1{}", text)


def _commands(text: str) -> str:
    for _ in range(_MOST):
        if not (found := _COMMAND.search(text)):
            break
        end = argument(text, found.end())
        tag = _TAGS[found[1]]
        inner = text[found.end() + 1 : end - 1]
        text = f"{text[: found.start()]}{_OPEN[tag]}{inner}{_CLOSE[tag]}{text[end:]}"
    return text


def _switches(text: str) -> str:
    for _ in range(_MOST):
        if not (found := _SWITCH.search(text)):
            break
        end = argument(text, found.start())
        tag = _TAGS[found[1]]
        inner = text[found.end() : end - 1].removesuffix("\\/")
        text = f"{text[: found.start()]}{_OPEN[tag]}{inner}{_CLOSE[tag]}{text[end:]}"
    return text
