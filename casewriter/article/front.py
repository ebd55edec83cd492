"""Title page: authors with the numbers of their affiliations, and the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, Inline, Link, Paragraph, Run, Styled, Text
from casewriter.article.paper import AbstractPart, AffiliationLine, AuthorNote, Byline, Counts
from casewriter.article.typography import isolated
from casewriter.article.walk import joined, sourced
from casewriter.article.words import capital
from casewriter.model.people import Affiliation, Author
from casewriter.model.report import Abstract
from casewriter.problem import Path

CORRESPONDING = "*"
DECEASED = "‡"
_BEFORE_ORCID = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
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
    authors = enumerate(make.case.authors)
    return tuple(_byline(author, place, numbers, signs.get(place, "")) for place, author in authors)


def _byline(author: Author, place: int, numbers: dict[str, int], sign: str) -> Byline:
    where = tuple(sorted({numbers[name] for name in author.affiliations if name in numbers}))
    numbered = [str(number) for number in where] if len(numbers) > 1 else []
    signs = [CORRESPONDING if author.corresponding else "", sign, DECEASED if author.deceased else ""]
    marks = (*numbered, "".join(signs)) if any(signs) else tuple(numbered)
    contact = author.corresponding
    return Byline(
        name=author.name,
        children=sourced(isolated(author.name), ("authors", place), typed=True),
        given=author.given or "",
        family=author.family or "",
        suffix=author.suffix or "",
        degrees=author.degrees,
        marks=marks,
        affiliations=where,
        orcid=_BEFORE_ORCID.sub("", author.orcid) if author.orcid else None,
        email=author.email if contact else None,
        phone=author.phone if contact else None,
        address=author.address if contact else None,
        corresponding=author.corresponding,
        equal=author.equal,
        deceased=author.deceased,
        equal_sign=sign,
        roles=author.roles,
        origin=("authors", place),
    )


def affiliations(make: Builder) -> tuple[AffiliationLine, ...]:
    """Return the affiliations with their numbers; the only one of a paper has no mark."""
    numbers = _affiliation_numbers(make)
    several = len(numbers) > 1
    return tuple(_affiliation(make, name, number, several) for name, number in numbers.items())


def _affiliation(make: Builder, name: str, number: int, several: bool) -> AffiliationLine:
    place = make.case.affiliations[name]
    return AffiliationLine(
        number=number,
        mark=str(number) if several else "",
        children=_printed(place, ("affiliations", name)),
        department=place.department or "",
        institution=place.institution or "",
        street=place.street or "",
        city=place.city or "",
        region=place.region or "",
        postcode=place.postcode or "",
        country=place.country or "",
        ror=place.ror or "",
        origin=("affiliations", name),
    )


def _printed(place: Affiliation, path: Path) -> Run:
    """Return an affiliation as printed: each part knows its key, postcode and town as one."""
    keys = {place.department: "department", place.institution: "institution", place.street: "street"}
    keys |= {place.region: "region", place.country: "country"}
    parts = [sourced(isolated(part), (*path, keys.get(part, "city")), typed=True) for part in place.parts]
    return joined(parts, ", ")


def author_notes(make: Builder, authors: Sequence[Byline]) -> tuple[AuthorNote, ...]:
    """Return the lines below the affiliations: contact, equal contribution, death, ORCID iDs."""
    return tuple(_author_notes(make, authors))


def _author_notes(make: Builder, authors: Sequence[Byline]) -> Iterator[AuthorNote]:
    for author in authors:
        if author.corresponding:
            yield AuthorNote("correspondence", CORRESPONDING, _contact(make, author))
    for sign in dict.fromkeys(author.equal_sign for author in authors if author.equal_sign):
        yield AuthorNote("equal", sign, (Text(make.words["equal"]),))
    if any(author.deceased for author in authors):
        yield AuthorNote("deceased", DECEASED, (Text(make.words["deceased"]),))
    known = [(*author.children, Text(" "), _orcid(author.orcid)) for author in authors if author.orcid]
    if known:
        yield AuthorNote("orcid", "", (Text("ORCID: "), *joined(known, "; ")))


def _contact(make: Builder, author: Byline) -> Run:
    """Return how to reach an author: name, address, e-mail, telephone."""
    path = author.origin
    shown: Run = (Text(author.email or "", (*path, "email"), typed=True),)
    email: Run = (Link(f"mailto:{author.email}", shown),) if author.email else ()
    address = sourced(isolated(author.address or ""), (*path, "address"), typed=True) if author.address else ()
    phone: Run = (Text(author.phone, (*path, "phone"), typed=True),) if author.phone else ()
    said = joined((part for part in (author.children, address, email, phone) if part), ", ")
    return (Text(f"{make.words['correspondence']}{make.words['colon']}"), *said)


def _orcid(identifier: str) -> Inline:
    return Link(f"https://orcid.org/{identifier}", (Styled("isolated", (Styled("nobreak", (Text(identifier),)),)),))


def title_page_facts(make: Builder, short_title: str, counted: Counts) -> tuple[Fact, ...]:
    """Return what a title page states for the editor: the running title and what the journal counts."""
    said = {
        "running_title": short_title,
        "word_count": str(counted.body_words),
        "abstract_words": str(counted.abstract_words),
        "references_count": str(counted.references),
        "figures_count": str(counted.figures),
        "tables_count": str(counted.tables),
    }
    return tuple(Fact((Text(make.words[key]),), (Text(value),)) for key, value in said.items())


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
    done = (*parts, *(AbstractPart(heading, tuple(blocks)) for heading, blocks in named))
    return done if plan.structured else _as_one_text(done)


def _as_one_text(parts: tuple[AbstractPart, ...]) -> tuple[AbstractPart, ...]:
    """Return parts without headings as one paragraph; unchanged where one of them holds a list or a table."""
    blocks = [block for part in parts for block in part.blocks]
    texts = [block.children for block in blocks if isinstance(block, Paragraph)]
    if len(texts) != len(blocks) or len(texts) < 2:
        return parts
    return (AbstractPart("", (Paragraph(joined(texts, " "), ("abstract",)),)),)


def _part(make: Builder, found: Abstract, key: str, told: set[str]) -> list[Block]:
    if key in told:
        return []
    told.add(key)
    return list(make.prose.blocks(getattr(found, key), ("abstract", key)))
