"""The consent form for the patient: a blank sheet about one case, with the points that COPE and the journals ask for.

Everything that is fixed comes from `data/consent.yaml`; of the case it holds the title, the captions of the figures,
how to reach the responsible author, and the version that the patient is shown. Names and dates are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.nodes import Block, Fact, Facts, ListBlock, Paragraph, Run, Section, Text
from casewriter.article.paper import Article, Byline
from casewriter.article.walk import joined
from casewriter.builtin import data
from casewriter.forms.exhibits import exhibits
from casewriter.forms.sheet import printed, said, sheet
from casewriter.model.case import Case

LAYOUT = "consent"
"""The template that the form is set by."""
_NAME = "consent.yaml"
_WRITING_LINES = 3
"""Lines on which the author names the details that remain."""


def languages() -> tuple[str, ...]:
    """Return the languages that the form exists in."""
    return tuple(data(_NAME)["know_heading"])


def consent_form(case: Case, article: Article, version: str, language: str) -> Article:
    """Return the blank form for a case that was composed to an article; `language` is one of `languages`."""
    words = _Words(language, _texts(language))
    about = _About(case, article, version)
    sections = (_purpose, _article, _patient, _published, _know, _signing, _declaration, _explaining)
    made = [make(words, about) for make in sections]
    return replace(sheet(words["title"], made, language=language, kind=words.texts["form"]), layout=LAYOUT)


@cache
def _texts(language: str) -> dict[str, str]:
    """Return the fixed texts of the form in a language, by their names."""
    return {item["id"]: item[language] for part in ("words", "know", "declare") for item in data(_NAME)[part]}


class _Words(Struct, frozen=True):
    """The fixed texts in one language."""

    language: str
    texts: Mapping[str, str]

    def __getitem__(self, name: str) -> Run:
        """Return a text as it is printed."""
        return said(self.texts[name], self.language)

    def filled(self, name: str, value: str) -> Run:
        """Return a text with a value in its place, on one line with the word before it."""
        return said(self.texts[name].replace(" {}", f"\u00a0{value}"), self.language)


class _About(Struct, frozen=True):
    """What the form says of the case."""

    case: Case
    article: Article
    version: str


def _line(words: _Words, name: str, run: Run = (), **more: Any) -> Fact:
    """Return a line of the form: a label, and what is said or a line to write on."""
    return Fact(words[name], run, **more)


def _boxes(texts: Iterator[Run] | list[Run]) -> ListBlock:
    """Return a list of what is ticked by hand."""
    return ListBlock(False, tuple((Paragraph(text),) for text in texts), marks="box")


def _purpose(words: _Words, about: _About) -> Section:
    del about
    return Section((), (Paragraph(words["purpose"]),))


def _article(words: _Words, about: _About) -> Section:
    article = about.article
    title = article.title if about.case.title else ()
    authors = [author for author in article.authors if author.corresponding]
    rows = [
        _line(words, "article_title", title, origin=("title",)),
        _line(words, "subject"),
        _line(words, "journal"),
        _line(words, "version", printed(about.version)),
        *(
            [_line(words, "author", author.children, origin=author.origin) for author in authors]
            or [_line(words, "author")]
        ),
        *(_contacts(words, authors) or [_line(words, "contact")]),
    ]
    return Section(words["article"], (Facts(tuple(rows)),))


def _contacts(words: _Words, authors: list[Byline]) -> list[Fact]:
    """Return how to reach the responsible authors, as far as the case says."""
    found = []
    for author in authors:
        ways = [
            (Text(way, (*author.origin, key), typed=True),)
            for key in ("email", "phone", "address")
            if (way := getattr(author, key))
        ]
        if ways:
            found.append(_line(words, "contact", joined(ways, " · "), origin=author.origin))
    return found


def _patient(words: _Words, about: _About) -> Section:
    del about  # who the patient is, the case does not know
    return Section(words["patient"], (Facts((_line(words, "patient_name"), _line(words, "birth_date"))),))


def _published(words: _Words, about: _About) -> Section:
    """Return what is ticked: the text, each figure, each video, each supplement; then what may be recognised."""
    parts = [words["text"], *exhibits(about.case, about.article, words.language, words.texts)]
    details = Facts(tuple(_line(words, "details_label") for _ in range(_WRITING_LINES)))
    blocks: tuple[Block, ...] = (Paragraph(words["tick"]), _boxes(parts), Paragraph(words["details"]), details)
    return Section(words["published"], blocks)


def _know(words: _Words, about: _About) -> Section:
    del about
    points = tuple((Paragraph(words[item["id"]]),) for item in data(_NAME)["know"])
    numbers = tuple(range(1, len(points) + 1))
    heading = said(data(_NAME)["know_heading"][words.language], words.language)
    return Section(heading, (ListBlock(True, points, "decimal", numbers),))


def _signing(words: _Words, about: _About) -> Section:
    del about
    who = [words[name] for name in ("by_patient", "by_parent", "by_guardian", "by_kin")]
    why = [words[name] for name in ("reason_minor", "reason_capacity", "reason_died", "witness")]
    more = [words[name] for name in ("assent", "relatives")]
    relation = Facts((_line(words, "relation"),))
    reasons = (Paragraph(words["reason"]), _boxes(why), Paragraph(words["applies"]), _boxes(more))
    return Section(words["signing"], (_boxes(who), relation, *reasons))


def _declaration(words: _Words, about: _About) -> Section:
    declared = [words.filled(item["id"], about.version) for item in data(_NAME)["declare"]]
    first, second = _signatures(words, "signed_by"), _signatures(words, "second_name")
    return Section(words["declaration"], (_boxes(declared), first, Paragraph(words["second"]), second))


def _explaining(words: _Words, about: _About) -> Section:
    del about
    lines = _signatures(words, "explainer", "institution", "interpreter")
    return Section(words["explaining"], (Paragraph(words["explained"]), lines))


def _signatures(words: _Words, *names: str) -> Facts:
    """Return lines to write on that end in date and signature."""
    return Facts(tuple(_line(words, name) for name in (*names, "date", "signature")))
