"""Who wrote the paper: contributors with their parts and roles, where they work, and the notes about them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.article.nodes import Section
from casewriter.article.paper import AffiliationLine, Article, AuthorNote, Byline
from casewriter.article.walk import plain
from casewriter.export.jats.block import in_paragraphs
from casewriter.export.jats.country import code_of
from casewriter.export.jats.inline import BARE, LINE, inline, paragraphs
from casewriter.export.jats.writer import Writer
from casewriter.export.jats.xml import Content, Element, add, element

_CREDIT = "https://credit.niso.org/"
_NOTES = {"equal": "equal", "deceased": "deceased", "orcid": "other"}


def contributors(writer: Writer) -> Iterator[Element]:
    """Yield the group of authors, then their affiliations."""
    article = writer.article
    if article.authors:
        corresponding = iter(_contact_ids(article))
        made = [_contributor(writer, one, corresponding) for one in article.authors]
        yield element("contrib-group", *made)
    yield from (_affiliation(one) for one in article.affiliations)


def _contact_ids(article: Article) -> list[str]:
    notes = [note for note in article.author_notes if note.role == "correspondence"]
    return [f"COR{place}" for place, _ in enumerate(notes, start=1)]


def _contributor(writer: Writer, author: Byline, corresponding: Iterator[str]) -> Element:
    """Return an author. That an ORCID iD was authenticated is for the journal to say, which asks ORCID."""
    orcid = (
        element("contrib-id", f"https://orcid.org/{author.orcid}", contrib_id_type="orcid") if author.orcid else None
    )
    made = element(
        "contrib",
        orcid,
        _name(author),
        *(element("degrees", degree) for degree in author.degrees),
        *map(_role, author.roles),
        *_marks(writer, author, corresponding),
        contrib_type="author",
    )
    flags = {"corresp": author.corresponding, "equal-contrib": author.equal, "deceased": author.deceased}
    for name in (name for name, is_so in flags.items() if is_so):
        made.set(name, "yes")
    return made


def _name(author: Byline) -> Element:
    """Return a name in parts. One without given names and of several words is that of a group."""
    if not author.given and " " in author.family.strip() and not author.degrees:
        return element("collab", author.name)
    return element(
        "name",
        element("surname", author.family) if author.family else None,
        element("given-names", author.given) if author.given else None,
        element("suffix", author.suffix) if author.suffix else None,
        name_style="western" if author.family else "given-only",
    )


def _role(role: str) -> Element:
    """Return a CRediT role, with its address at NISO (ANSI/NISO Z39.104-2022)."""
    slug = "-".join(re.findall(r"[a-z]+", role.lower()))
    return element(
        "role",
        role,
        vocab="credit",
        vocab_identifier=_CREDIT,
        vocab_term=role,
        vocab_term_identifier=f"{_CREDIT}contributor-roles/{slug}/",
    )


def _marks(writer: Writer, author: Byline, corresponding: Iterator[str]) -> Iterator[Element]:
    """Yield what leads from an author to affiliations and notes, with the marks that are printed."""
    several = len(writer.article.affiliations) > 1
    for place in author.affiliations:
        yield element("xref", str(place) if several else None, ref_type="aff", rid=f"A{place}")
    if author.corresponding and (found := next(corresponding, None)):
        yield element("xref", "*", ref_type="corresp", rid=found)
    for note, number in _numbered_notes(writer.article):
        leads = author.equal_sign == note.mark if note.role == "equal" else author.deceased
        if note.role in ("equal", "deceased") and leads and note.mark:
            yield element("xref", note.mark, ref_type="author-notes", rid=number)


def _numbered_notes(article: Article) -> list[tuple[AuthorNote, str]]:
    """Return the notes but those about contact, each with its id."""
    notes = [note for note in article.author_notes if note.role != "correspondence"]
    return [(note, f"FN{place}") for place, note in enumerate(notes, start=1)]


def _affiliation(place: AffiliationLine) -> Element:
    """Return an affiliation in parts, with the same signs between them as in print."""
    town = [
        element("postal-code", place.postcode) if place.postcode else None,
        " " if place.postcode and place.city else None,
        element("city", place.city) if place.city else None,
    ]
    parts: list[list[Content]] = [
        [element("institution", place.department, content_type="dept") if place.department else None],
        [_institution(place)],
        [element("addr-line", place.street) if place.street else None],
        town,
        [element("state", place.region) if place.region else None],
        [element("country", place.country, country=code_of(place.country)) if place.country else None],
    ]
    made = element("aff", element("label", place.mark) if place.mark else None, id=f"A{place.number}")
    for number, part in enumerate(part for part in parts if any(one is not None for one in part)):
        add(made, [", " if number else None, *part])
    return made


def _institution(place: AffiliationLine) -> Element | None:
    """Return an institution; with its id in the Research Organization Registry, where the case gives it."""
    name = element("institution", place.institution) if place.institution else None
    if not place.ror:
        return name
    address = place.ror if place.ror.startswith("http") else f"https://ror.org/{place.ror.removeprefix('ror.org/')}"
    return element("institution-wrap", name, element("institution-id", address, institution_id_type="ror"))


def author_notes(writer: Writer, interests: list[Section]) -> Element | None:
    """Return the notes about authors: contact, what marks mean, ORCID iDs, and their competing interests."""
    article = writer.article
    contacts = [note for note in article.author_notes if note.role == "correspondence"]
    made = [
        element("corresp", element("label", note.mark), *inline(writer, note.children, LINE), id=number)
        for note, number in zip(contacts, _contact_ids(article), strict=True)
    ]
    made += [_note(writer, note, number) for note, number in _numbered_notes(article)]
    first = len(_numbered_notes(article)) + 1
    made += [_interests(writer, one, f"FN{place}") for place, one in enumerate(interests, start=first)]
    return element("author-notes", *made) if made else None


def _note(writer: Writer, note: AuthorNote, number: str) -> Element:
    label = element("label", note.mark) if note.mark else None
    return element("fn", label, *paragraphs(writer, note.children), fn_type=_NOTES[note.role], id=number)


def _interests(writer: Writer, section: Section, number: str) -> Element:
    """Return the statement of competing interests, which JATS4R wants as a note about the authors."""
    label = element("label", *inline(writer, section.heading, BARE)) if plain(section.heading).strip() else None
    said = in_paragraphs(writer, section.blocks) or [element("p")]
    return element("fn", label, *said, fn_type="coi-statement", id=number)
