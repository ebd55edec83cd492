"""The text of a style is set up for Pango once, and the pages are those that WeasyPrint alone makes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from casewriter.export.layouts import LOOKS
from casewriter.export.weasy import weasyprint

_STYLE = """
@page { size: 120mm 100mm; margin: 10mm }
body { font: 10px/14px sans-serif; text-align: justify; hyphens: auto }
.small { font-size: 8px; font-variant: small-caps; letter-spacing: 1px; word-spacing: 2px }
.figures { font-variant-numeric: lining-nums tabular-nums; font-feature-settings: "ss01" 1; font-kerning: none }
.under { text-decoration: underline overline; font-style: italic; font-weight: 700; font-stretch: condensed }
.any { overflow-wrap: anywhere; white-space: pre-wrap; font-variation-settings: "wght" 500 }
table { width: 100% }
"""
_TEXT = "Carbamazepine was withdrawn on day 12, and eosinophilia of 3.4 with fever resolved unexpectedly. "
_BODY = "".join(
    f'<p class="{name}">{_TEXT * 3}<sup>1</sup> <em lang="de">Überempfindlichkeitsreaktion</em> {_TEXT}</p>'
    f'<p class="{name}" dir="rtl" lang="he">שלום עולם {_TEXT}</p><table><tr><td>{_TEXT}<td class="{name}">12.5</table>'
    for name in ("", "small", "figures", "under", "any")
)
_DRAWN = '<svg width="90" height="20"><text x="4" y="12" font-size="9" font-weight="bold">Day 12</text></svg>'


def _pdf() -> bytes:
    html = weasyprint().HTML(string=f'<html lang="en"><style>{_STYLE}</style><body>{_BODY}{_DRAWN}')
    return bytes(html.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"casewriter", uncompressed_pdf=True))


def _original() -> Any:
    from weasyprint.text import line_break

    weasyprint()
    return line_break.Layout.original


class _Asked(dict[str, Any]):
    """A style that remembers which properties were asked for."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.names: set[str] = set()
        self.font_config: Any = None

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)


def test_copied_layouts_give_the_pages_of_weasyprint_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.text import line_break

    original, ours = _original(), _pdf()
    monkeypatch.setattr(line_break, "Layout", original)
    assert ours == _pdf()


def test_a_style_is_set_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    original, begun = _original(), Counter[Any]()
    setup = original.setup

    def counted(layout: Any, style: Any) -> None:
        begun[style["lang"], style["font_size"], *(str(style[name]) for name in LOOKS)] += 1
        setup(layout, style)

    monkeypatch.setattr(original, "setup", counted)
    _pdf()
    again = [look for look, times in begun.items() if times > 1 and "underline" not in "".join(map(str, look))]
    assert len(begun) > 8
    assert again == []


@pytest.mark.parametrize("line", ["none", frozenset({"underline"})])
def test_the_beginning_of_a_layout_depends_on_nothing_else(line: Any) -> None:
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.text.fonts import FontConfiguration

    style = _Asked(INITIAL_VALUES, font_size=16, font_weight=400, lang="en", text_decoration_line=line)
    style.font_config = FontConfiguration()
    _original()(style)
    assert style.names == {*LOOKS, "font_family"}
