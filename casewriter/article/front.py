"""Title page: authors with the numbers of their affiliations, and the abstract."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from casewriter.article.builder import Builder
from casewriter.article.nodes import AbstractPart, Block, Byline
from casewriter.article.words import capital
from casewriter.model.people import Author
from casewriter.model.report import Abstract

DECEASED = "‡"
_SIGNS = "†‡§‖¶"
"""Signs for groups of authors, in the order of footnotes (ICMJE Uniform Requirements 2008, IV.A.9); * is contact."""


def _affiliation_numbers(make: Builder) -> dict[str, int]:
    """Return the numbers of the affiliations, in the order of the authors who have them."""
    numbers: dict[str, int] = {}
    for author in make.case.authors:
        for name in author.affiliations:
            if name in make.case.affiliations:
                numbers.setdefault(name, len(numbers) + 1)
    for name in make.case.affiliations:
        numbers.setdefault(name, len(numbers) + 1)
    return numbers


def _equal_signs(authors: Sequence[Author]) -> dict[int, str]:
    """Return the sign of each author who contributed equally, by place: neighbours share one, other groups have others.

    Where one of them has no neighbour, the case does not say with whom, and all share one sign.
    """
    equal = groupby(range(len(authors)), key=lambda place: authors[place].equal)
    groups = [list(places) for is_equal, places in equal if is_equal]
    if any(len(group) == 1 for group in groups):
        groups = [[place for group in groups for place in group]]
    signs = _SIGNS.replace(DECEASED, "") if any(author.deceased for author in authors) else _SIGNS
    return {
        place: signs[number % len(signs)] * (number // len(signs) + 1)
        for number, group in enumerate(groups)
        for place in group
    }


def bylines(make: Builder) -> tuple[Byline, ...]:
    """Return the authors in order; contact is given for corresponding ones only."""
    numbers = _affiliation_numbers(make)
    signs = _equal_signs(make.case.authors)
    found = []
    for place, author in enumerate(make.case.authors):
        marks = tuple(sorted({numbers[name] for name in author.affiliations if name in numbers}))
        orcid = author.orcid.rsplit("/", 1)[-1] if author.orcid else None
        contact = author.corresponding
        found.append(
            Byline(
                name=author.name,
                degrees=author.degrees,
                marks=marks,
                orcid=orcid,
                email=author.email if contact else None,
                phone=author.phone if contact else None,
                address=author.address if contact else None,
                corresponding=author.corresponding,
                equal=author.equal,
                equal_sign=signs.get(place, ""),
                deceased=author.deceased,
            )
        )
    return tuple(found)


def affiliations(make: Builder) -> tuple[tuple[int, str], ...]:
    """Return the affiliations with their numbers."""
    numbers = _affiliation_numbers(make)
    texts = {name: ", ".join(place.parts) for name, place in make.case.affiliations.items()}
    return tuple((number, texts[name]) for name, number in numbers.items())


def abstract(make: Builder) -> tuple[AbstractPart, ...]:
    """Return the abstract under the profile's headings, or as one text; parts the profile does not name follow."""
    found = make.case.abstract
    if found is None:
        return ()
    plan = make.telling.profile.abstract
    parts: list[AbstractPart] = []
    told: set[str] = set()
    if found.text:
        parts.append(AbstractPart("", make.prose.blocks(found.text, ("abstract", "text"))))
    for section in plan.parts:
        blocks = [b for key in section.parts for b in _part(make, found, key, told)]
        if blocks:
            parts.append(AbstractPart(make.heading(section.heading) if plan.structured else "", tuple(blocks)))
    rest = [(key, _part(make, found, key, told)) for key in type(found).model_fields if key != "text"]
    named = ((capital(make.word(key)) if plan.structured else "", blocks) for key, blocks in rest if blocks)
    return (*parts, *(AbstractPart(heading, tuple(blocks)) for heading, blocks in named))


def _part(make: Builder, found: Abstract, key: str, told: set[str]) -> list[Block]:
    if key in told:
        return []
    told.add(key)
    return list(make.prose.blocks(getattr(found, key), ("abstract", key)))
