"""Figures and tables move while the pages are made, and the pages are those of a whole new layout."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from casewriter.article.compose import compose
from casewriter.article.paper import Article
from casewriter.citation import Library
from casewriter.export import pages, pdf
from casewriter.export.html import page
from casewriter.export.reseat import BoxTree
from casewriter.export.vetted import address
from casewriter.image import Picture
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read
from casewriter.template import find_template

_SENTENCE = "She was treated with prednisolone and recovered within a week, as others had before her. "


def _case(lead: int, table: str = "") -> str:
    words = [_SENTENCE * 3] * lead + ["See @fig-one."] + [_SENTENCE * 4, _SENTENCE * 2] * 4
    told = "\n\n".join(words).replace("\n\n", "\n\n  ")
    shown = "figures:\n  one: {caption: Skin, file: a.png, alt: skin}\n"
    return f"format: 1\ndiscussion: |\n  {told}\n{shown}{table}"


def _article(text: str) -> Article:
    out = io.BytesIO()
    Image.new("RGB", (40, 36), "white").save(out, "PNG")
    found = {"a.png": Picture(out.getvalue(), "image/png", 40, 36)}
    case = load(read(text.encode(), "case.yaml")).case
    assert case is not None
    return compose(case, find_profile("generic-care"), Library(), found).article


class _Layouts:
    """Counts the layouts from the beginning, and what moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, in_place: bool) -> None:
        self.begun = self.moved = 0
        layout, move, divide = pages._layout, BoxTree.move, BoxTree.divide

        def counted(*arguments: Any) -> Any:
            self.begun += 1
            return layout(*arguments)

        def moving(tree: BoxTree, *arguments: Any) -> bool:
            self.moved += 1
            return in_place and move(tree, *arguments)

        def dividing(tree: BoxTree, *arguments: Any) -> bool:
            self.moved += 1
            return in_place and divide(tree, *arguments)

        monkeypatch.setattr(pages, "_layout", counted)
        monkeypatch.setattr(BoxTree, "move", moving)
        monkeypatch.setattr(BoxTree, "divide", dividing)


_TABLE = "tables:\n  t:\n    caption: Counts\n    columns: [Name, Value]\n    rows:\n" + "".join(
    f"    - [row {n}, a value]\n" for n in range(14)
)


def _facts(lead: int) -> str:
    """Return a case whose figure is mentioned in front of facts, which end their section."""
    words = "\n\n    ".join([_SENTENCE * 3] * lead + ["See @fig-one."])
    complaints = "".join(f"  - {{label: complaint {n}, duration: {n} d, severity: severe}}\n" for n in range(1, 21))
    told = f"observation:\n  patient: {{age: 60s}}\n  complaints:\n{complaints}  narrative: |\n    {words}\n"
    shown = "figures:\n  one: {caption: Skin, file: a.png, alt: skin}\n"
    return f"format: 1\n{told}conclusion: {_SENTENCE * 9}\n{shown}"


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_case(5), id="a figure behind two paragraphs"),
        pytest.param(_case(7).replace("See @fig", "See @tbl-t and @fig") + _TABLE, id="a figure behind a table"),
        pytest.param(
            "format: 1\nintroduction: |\n  " + f"{_SENTENCE * 4}\n\n  " * 5 + f"\ndiscussion: See @tbl-t.\n{_TABLE}",
            id="a table is divided",
        ),
    ],
)
def test_what_moves_gives_the_pages_of_a_new_layout(text: str, layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    article, template = _article(text), find_template(layout)
    made, counts = [], []
    for in_place in (True, False):
        with monkeypatch.context() as patched:
            layouts = _Layouts(patched, in_place=in_place)
            made.append(pdf.render(article, template))
            counts.append((layouts.begun, layouts.moved))
    assert made[0] == made[1]
    (once, moved), (anew, again) = counts
    assert moved == again == anew - once
    if layout == "article":
        assert (once, moved > 0) == (1, True)


def test_blocks_of_the_text_have_numbers_and_those_in_the_margin_have_none() -> None:
    article = _article("format: 1\nlearning_points: [Look twice., Ask.]\ndiscussion: |\n  One.\n\n  Two.\n")
    printed = page(article, find_template("article"), address, policy=False)
    numbers = {int(number) for number in re.findall(r'<p data-leaf="(\d+)">', printed)}
    assert len(numbers) == 2
    _, _, margin = printed.partition('<div class="margin">')
    margin, _, _ = margin.partition("<p data-leaf")
    assert "Learning points" in margin
    assert "data-leaf" not in margin


@pytest.mark.parametrize(("layout", "lead"), [("article", 6), ("manuscript", 4)])
def test_a_figure_moves_behind_facts_without_a_new_layout(
    layout: str, lead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The facts are the last of their section before, and are not then: their margin is another one."""
    article, template = _article(_facts(lead)), find_template(layout)
    made, begun = [], []
    for in_place in (True, False):
        with monkeypatch.context() as patched:
            layouts = _Layouts(patched, in_place=in_place)
            made.append(pdf.render(article, template))
            begun.append((layouts.begun, layouts.moved))
    assert begun == [(1, 1), (2, 1)]  # two in both with boxes that cannot be made again
    assert made[0] == made[1]
