"""What JATS or a publisher wants and the case does not say: listed for the author, never made up."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.nodes import Panel
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export.jats.parts import ATTACHED
from casewriter.export.kinds import JATS_INCOMPLETE
from casewriter.problem import Problem

_ALWAYS = ("its ISSN", "date of publication", "volume, issue and pages", "DOI", "copyright and licence")
"""What no case says: the journal gives it after acceptance."""


def remarks(article: Article) -> Iterator[Problem]:
    """Yield what the journal adds, then each picture without a description."""
    unknown = [
        name for name, said in (("the journal", article.journal), ("its publisher", article.publisher)) if not said
    ]
    left_out = ", ".join((*unknown, *_ALWAYS))
    hint = "nothing to do: the publisher adds these after acceptance; see docs/jats.md"
    yield Problem(JATS_INCOMPLETE, f"the JATS file does not state what only the journal knows: {left_out}", hint=hint)
    for panel in _undescribed(article):
        message = f"the JATS file has no description of {panel.label} but its caption; PubMed Central asks for one"
        yield Problem(JATS_INCOMPLETE, message, panel.origin, hint="write alt: what the picture shows")
    if _attached(article):
        message = "the JATS file names no files of videos and supplements"
        yield Problem(JATS_INCOMPLETE, message, hint="upload the files with the manuscript; the publisher links them")


def _undescribed(article: Article) -> Iterator[Panel]:
    """Yield the pictures that nothing describes, or whose description is their caption."""
    for figure in article.figures():
        for panel in figure.panels:
            captions = ("", *(plain(run).strip().rstrip(".") for run in (figure.caption, panel.caption)))
            if panel.picture and panel.alt.strip().rstrip(".") in captions:
                yield panel


def _attached(article: Article) -> bool:
    """Return whether files are to be delivered beside the article."""
    return any(part in ATTACHED for section in article.sections for part in section.parts)
