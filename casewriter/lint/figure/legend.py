"""FIG: captions, panels and their letters, and the order in which the text mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.article.nodes import CrossReference, Section
from casewriter.article.paper import Article
from casewriter.article.walk import inlines, runs
from casewriter.lint.figure.panels import panels
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level

_LETTER = re.compile(r"^\s*(?:\(?[A-Ha-h][):]|[A-Ha-h]\.(?=\s[A-Z])|(?:Panel|Figure|Fig\.)\s+\w+[.:]?)\s+\S")


@rule("FIG009", "panel-out-of-order", Level.INFO)
def panel_out_of_order(case: Case, article: Article) -> Iterator[Found]:
    """The text mentions a later panel of a figure before an earlier one.

    Figures are numbered by first mention, but panels are lettered in the order of `panels`, so readers would meet B
    before A. Remedy: change the order of `panels`. Source: AMA Manual of Style, 11th edition, 4.2.
    """
    met: dict[str, list[str]] = {}
    said_in = (run for block in article.body() if not isinstance(block, Section) for run in runs(block))
    for node in (node for run in said_in for node in inlines(run)):
        if isinstance(node, CrossReference) and node.kind == "fig" and node.panels:
            first = met.setdefault(node.target, [])
            first.extend(letter for letter in node.panels if letter not in first)
    for name, letters in met.items():
        figure = case.figures.get(name)
        if figure is not None and letters != sorted(letters):
            said = ", ".join(letter.upper() for letter in letters)
            yield Found(
                f"the panels are first mentioned in the order {said}",
                ("figures", name),
                "change their order",
                on_key=True,
            )


@rule("FIG010", "panel-letter-typed", Level.WARNING)
def panel_letter_typed(case: Case) -> Iterator[Found]:
    """A caption begins with a letter or number that casewriter prints itself.

    It would print “A A. Before”. Remedy: leave it out; mention a panel in the text as @fig-id.a.
    """
    for path, figure, panel in panels(case):
        if figure.panels and panel.caption and (found := _LETTER.match(panel.caption)):
            yield Found(
                f"the caption begins with “{found[0][:-1].strip()}”",
                (*path, "caption"),
                "letters are added automatically",
            )


@rule("FIG015", "caption-missing", Level.WARNING)
def caption_missing(case: Case) -> Iterator[Found]:
    """A figure or table has no caption.

    Readers look at figures and tables first, so each must be understandable without the text. Source: ICMJE
    Recommendations, IV.A.3.h and i.
    """
    for kind, found in (("figure", case.figures), ("table", case.tables)):
        for name, exhibit in found.items():
            told = [exhibit.caption, *(panel.caption for panel in getattr(exhibit, "panels", ()))]
            if not any((text or "").strip() for text in told):
                yield Found(f"this {kind} has no caption", (f"{kind}s", name), "write caption:", on_key=True)


RULES = (panel_out_of_order, panel_letter_typed, caption_missing)
