"""The first sheet of a packet: what is in it, what is not, and what only a person can do."""

from __future__ import annotations

from collections.abc import Iterable

from casewriter.article.nodes import Block, Cell, Fact, ListBlock, Paragraph, Row, Run, Section, Table
from casewriter.article.paper import Article
from casewriter.forms.sheet import printed, said, sheet

_LANGUAGE = "en"
"""Messages of the program are in English."""


def contents(
    title: str,
    facts: Iterable[tuple[str, str]],
    files: Iterable[tuple[str, str, str, str]],
    lists: Iterable[tuple[str, Iterable[str]]],
) -> Article:
    """Return the sheet; `files` are name, purpose, size and note of each file, `lists` headings with their lines."""
    head = Row(tuple(Cell(_said(text), head=True) for text in ("File", "For", "Size", "Note")))
    rows = tuple(
        Row((Cell(printed(name), head=True), *(Cell(printed(text)) for text in others))) for name, *others in files
    )
    sections = [Section(_said("Files"), (Table("", (), (head,), rows, kind="contents"),))]
    sections += [Section(_said(heading), _list(lines)) for heading, found in lists if (lines := list(found))]
    known = [Fact(_said(label), printed(text)) for label, text in facts if text]
    return sheet(printed(title), sections, language=_LANGUAGE, kind="Submission packet", facts=known)


def _list(lines: list[str]) -> tuple[Block, ...]:
    return (ListBlock(False, tuple((Paragraph(_said(line)),) for line in lines)),)


def _said(text: str) -> Run:
    return said(text, _LANGUAGE)
