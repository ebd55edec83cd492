"""JRNL: what the journal asks of the abstract beyond its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CITATION, CaseProse, sentences
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.profile import Profile

_RUN = 4
"""How many words in a row are compared: shorter runs occur by chance."""
_SHARE = 0.7
"""The share of such runs from which a sentence counts as repeated."""
_LEAST = 8
"""Shorter sentences are alike by chance."""


@rule("JRNL024", "abstract-cites", Level.WARNING)
def abstract_cites(prose: CaseProse, profile: Profile) -> Iterator[Found]:
    """The abstract cites a reference, which the journal does not allow.

    Abstracts are read without the list of references. Source: the journal's instructions, as recorded in the profile
    (`casewriter profile NAME`); check the journal's own page.
    """
    for path, text in prose.texts if profile.abstract.no_citations else ():
        for found in CITATION.finditer(text) if path[0] == "abstract" else ():
            nth = text.count(found[0], 0, found.start())
            yield Found(f"{profile.name} allows no citations in the abstract", path, "leave it out", found[0], nth)


@rule("JRNL025", "abstract-repeats", Level.WARNING)
def abstract_repeats(prose: CaseProse, profile: Profile) -> Iterator[Found]:
    """A sentence of the abstract repeats the part of the text from which the journal wants it to differ.

    BMJ Case Reports returns papers whose summary is copied from the background. A sentence counts as repeated when
    seven in ten of its runs of four words are there. Source: the journal's instructions, as recorded in the profile.
    """
    part = profile.abstract.differs_from
    told = {run for path, text, _ in prose.uncited if path[0] == part for run in _runs(text)}
    for path, text, plain in prose.uncited if told else ():
        for start, sentence in sentences(plain) if path[0] == "abstract" else ():
            runs = _runs(sentence)
            if len(runs) > _LEAST - _RUN and sum(run in told for run in runs) >= _SHARE * len(runs):
                quote = text[start : start + len(sentence)].strip()
                message = f"{profile.name} wants no sentence of the {part} in the {profile.abstract.name.lower()}"
                yield Found(message, path, "say it in other words, or say something else", quote)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)]


@rule("JRNL026", "abstract-paragraphs", Level.WARNING)
def abstract_paragraphs(case: Case, profile: Profile) -> Iterator[Found]:
    """The abstract has several paragraphs, but the journal asks for one.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    text = case.abstract.text if case.abstract else None
    count = len([part for part in re.split(r"\n\s*\n", text or "") if part.strip()])
    if profile.abstract.one_paragraph and count > 1:
        message = f"{count} paragraphs in the abstract; {profile.name} asks for one"
        yield Found(message, ("abstract",), "join them", on_key=True)


RULES = (abstract_cites, abstract_repeats, abstract_paragraphs)
