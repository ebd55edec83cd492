"""What JATS or a publisher wants and the case does not say: listed for the author, never made up."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.paper import Article
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
    for panel in (panel for figure in article.figures() for panel in figure.panels if not panel.alt):
        message = f"the JATS file has no description of {panel.label}, which PubMed Central asks for"
        yield Problem(JATS_INCOMPLETE, message, panel.origin, hint="write alt: what the picture shows")
    if any(attached_in(article)):
        message = "the JATS file names no files of videos and supplements"
        yield Problem(JATS_INCOMPLETE, message, hint="upload the files with the manuscript; the publisher links them")


def attached_in(article: Article) -> Iterator[str]:
    """Yield the parts of an article that are files to be delivered beside it."""
    for section in article.sections:
        yield from (part for part in section.parts if part in ("videos", "supplements"))
