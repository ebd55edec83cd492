"""Entries in columns are laid out once, and the pages are those that WeasyPrint alone makes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from casewriter.export.columns import Remembering
from casewriter.export.weasy import weasyprint

_WORDS = "Severe cutaneous adverse reaction to carbamazepine with fever and eosinophilia".split()
_STYLE = """
@page { size: 120mm 100mm; margin: 10mm }
body { font: 10px/14px sans-serif }
ol, dl { columns: 2; column-gap: 7mm }
li, dl div { break-inside: avoid; margin-bottom: 3px; position: relative; padding-left: 20px }
li .number { position: absolute; left: 0 }
dl div { display: flow-root; padding: 0 0 2px }
dt { float: left; width: 40px } dd { margin-left: 45px }
"""


def _page(entries: int) -> str:
    texts = [" ".join(_WORDS[: 3 + 5 * number % 8] * (1 + number % 3)) for number in range(entries)]
    references = "".join(f'<li><span class="number">{n}.</span><p>{t}</p></li>' for n, t in enumerate(texts))
    short = "".join(f"<div><dt>AB{n}</dt><dd>{t}</dd></div>" for n, t in enumerate(texts))
    return f"<style>{_STYLE}</style><h2>References</h2><ol>{references}</ol><h2>Abbreviations</h2><dl>{short}</dl>"


def _pdf(entries: int) -> bytes:
    html = weasyprint().HTML(string=_page(entries))
    return bytes(html.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"casewriter", uncompressed_pdf=True))


def _original() -> Any:
    from weasyprint.layout import block

    assert isinstance(block.block_level_layout, Remembering)
    return block.block_level_layout.original


@pytest.mark.parametrize("entries", [1, 2, 5, 8, 13, 21, 34, 55])
def test_remembered_entries_give_the_pages_of_weasyprint_alone(entries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    ours = _pdf(entries)
    monkeypatch.setattr(block, "block_level_layout", _original())
    assert ours == _pdf(entries)


def test_an_entry_is_laid_out_once_on_each_page_that_tries_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import block

    weasyprint()
    original, whole = _original(), Counter[str]()

    def counted(context: Any, box: Any, bottom_space: float, *more: Any) -> Any:
        found = original(context, box, bottom_space, *more)
        if box.element_tag == "li" and found[0] is not None and found[1] is None:
            whole[box.element.findtext("span")] += 1
        return found

    monkeypatch.setattr(block, "block_level_layout", Remembering(counted))
    _pdf(21)
    assert len(whole) == 21
    assert sum(whole.values()) <= 2 * 21  # more than 100 without
