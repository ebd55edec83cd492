"""The copy without names that reviewers get: its article, and the search of each file for a name."""

from __future__ import annotations

from msgspec import Struct

from casewriter.article.paper import Article
from casewriter.problem import Problem
from casewriter.project import Opened
from casewriter.template import Template
from casewriter.work.blinded import Copy, blinded, copy_of, summary
from casewriter.work.check import compose_opened
from casewriter.work.leaks.search import leaks
from casewriter.work.packet.piece import Made, NotMade, Piece


class Review(Struct, frozen=True):
    """The article without names, what its files differ in, and what a person should read: `notes`."""

    article: Article
    copy: Copy
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    def searched(self, piece: Piece) -> Made:
        """Return a file, or that it is not put in the packet because it would name somebody."""
        found = list(leaks(self.copy.finder, piece.name, piece.data))
        return NotMade(piece.role, f"{piece.name} would hold a name: {found[0].message}") if found else piece


def review(opened: Opened, template: Template) -> Review:
    """Return the copy without names of a case."""
    told, done = blinded(opened)
    article = done.article(compose_opened(told).article)
    copy = copy_of(done, article, opened, template)
    notes = summary(done, opened, opened.source)
    return Review(article, copy, tuple(map(opened.source.locate, done.problems)), notes)
