"""SVG elements as text, escaped, with numbers of two decimals at most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as html_escape

from casewriter.plot.lettering import SIZE
from casewriter.plot.series import Words

DEEP = "#14505c"
INK = "#222222"
GREY = "#5f5f5f"
RULE = "#8c8c8c"
HAIR = "#dddddd"
BAND = "#e3ecee"
LIMIT = "#a9bcc0"
FAMILY = '"Source Sans 3", "Source Sans Pro", "Arial Narrow", "Liberation Sans Narrow", sans-serif'

# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text on one line without characters that XML cannot hold; no-break spaces stay."""
    return re.sub("[ \t\r\n]+", " ", _FORBIDDEN.sub("\ufffd", text)).strip(" ")


def coordinate(value: float) -> str:
    """Print a number for SVG with at most two decimals."""
    plain = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


def escape(words: str) -> str:
    """Return a text as it stands between tags."""
    return html_escape(words, quote=False)


def _quoted(value: str) -> str:
    """Return the value of an attribute as it stands between double quotation marks."""
    breaks: dict[str, str | int | None] = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    return escape(value).translate(str.maketrans(breaks))


def element(name: str, *children: str, **attributes: str | float) -> str:
    """Return an element; children are markup, ``font_size`` becomes ``font-size``."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_quoted(v if isinstance(v, str) else coordinate(v))}"'
        for key, v in attributes.items()
    )
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def text(x: float, y: float, words: str, **attributes: str | float) -> str:
    """Return one line of text with its baseline at y."""
    return element("text", escape(words), x=x, y=y, **attributes)


def lines(x: float, y: float, rows: Sequence[str], leading: float, **attributes: str | float) -> str:
    """Return one text of several lines, the first with its baseline at y."""
    if len(rows) == 1:
        return text(x, y, rows[0], **attributes)
    spans = (element("tspan", escape(row), x=x, y=y + leading * i) for i, row in enumerate(rows))
    return element("text", "".join(spans), **attributes)


def line(start: tuple[float, float], end: tuple[float, float], stroke: str, weight: float) -> str:
    """Return a straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=stroke, stroke_width=weight)


def shape(corners: Iterable[tuple[float, float]], fill: str, stroke: str = "none", weight: float = 0) -> str:
    """Return a closed polygon."""
    points = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)
    return element("polygon", points=points, fill=fill, stroke=stroke, stroke_width=weight)


def told(markup: str, words: str) -> str:
    """Return a group that shows its words when it is pointed at."""
    return element("g", element("title", escape(words)), markup)


def figure(body: Iterable[str], width: float, height: float, words: Words) -> str:
    """Return the whole SVG document with its title and description."""
    content = "\n".join(body)
    head = element("title", escape(clean(words.title))) + element("desc", escape(clean(words.description)))
    return element(
        "svg",
        f"\n{head}\n{content}\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        width=width,
        height=height,
        role="img",
        font_family=FAMILY,
        font_size=SIZE,
        fill=INK,
    )
