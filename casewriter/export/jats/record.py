"""A reference as data: the elements of an element-citation by its type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.export.jats.pages import pages
from casewriter.export.jats.xml import Content, Element, element
from casewriter.model.issued import Issued
from casewriter.model.name import Name, Names
from casewriter.model.reference import Reference

_TYPES = {
    "article-journal": "journal",
    "review": "journal",
    "review-book": "journal",
    "article-magazine": "periodical",
    "article-newspaper": "periodical",
    "article": "preprint",
    "book": "book",
    "chapter": "book",
    "entry": "book",
    "entry-dictionary": "book",
    "entry-encyclopedia": "book",
    "paper-conference": "confproc",
    "thesis": "thesis",
    "report": "report",
    "webpage": "web",
    "post": "web",
    "post-weblog": "web",
    "dataset": "data",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
}
"""The publication-type of the types of CSL; a work of another type has its printed words alone."""
_IN_BOOK = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia")
_WHOLE = ("book", "thesis", "report", "software", "standard")
"""Types whose title is that of the source itself."""
_MARKUP = re.compile(r"<(i|b|sup|sub)>(.*?)</\1>")
_STYLES = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub"}
_BEFORE_DOI = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def record(item: Reference) -> Element | None:
    """Return a reference as data, or None where JATS has no name for its type."""
    kind = _TYPES.get(item.type or "")
    if kind is None:
        return None
    parts = [*_people(item), *_titles(item, kind), *_dates(item), *_numbers(item), *_places(item), *_ids(item)]
    return element("element-citation", *parts, publication_type=kind) if parts else None


def _people(item: Reference) -> Iterator[Element]:
    yield from _group("author", item.author, truncated=item.authors_truncated)
    yield from _group("editor", item.editor)
    yield from _group("translator", item.translator)


def _group(kind: str, names: Names, *, truncated: bool = False) -> Iterator[Element]:
    if names:
        more = element("etal") if truncated else None
        yield element("person-group", *map(_person, names), more, person_group_type=kind)


def _person(name: Name) -> Element:
    """Return a person, with particles before the family name, or a body."""
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    family = " ".join(part for part in particles if part)
    if name.literal or not (family or name.given):
        return element("collab", name.literal)
    return element(
        "name",
        element("surname", family) if family else None,
        element("given-names", name.given) if name.given else None,
        element("suffix", name.suffix) if name.suffix else None,
    )


def _titles(item: Reference, kind: str) -> Iterator[Element]:
    whole = kind in _WHOLE and item.type not in _IN_BOOK
    if whole or (kind == "web" and not item.container_title):
        yield from _titled("source", item.title or item.container_title)
    else:
        name = "chapter-title" if item.type in _IN_BOOK else "data-title" if kind == "data" else "article-title"
        yield from _titled(name, item.title)
        yield from _titled("source", item.container_title or (item.publisher if kind == "preprint" else None))
    yield from _titled("series", item.collection_title)


def _titled(name: str, title: str | None) -> Iterator[Element]:
    if title:
        yield element(name, *_marked(title))


def _marked(title: str) -> list[Content]:
    """Return a title with the markup that CSL allows in it."""
    made: list[Content] = []
    end = 0
    for found in _MARKUP.finditer(title):
        made += [title[end : found.start()], element(_STYLES[found[1]], *_marked(found[2]))]
        end = found.end()
    return [*made, title[end:]]


def _dates(item: Reference) -> Iterator[Element]:
    """Yield when a work was published, held, accessed; a date in words is a comment."""
    if item.issued and _dated(item.issued):
        yield from _date(item.issued)
    elif item.issued and item.issued.literal:
        yield element("comment", item.issued.literal)
    if item.accessed and _dated(item.accessed):
        said = [element(one.tag, one.text) for one in _date(item.accessed)]
        yield element("date-in-citation", *said, content_type="access-date", iso_8601_date=_iso(item.accessed))


def _dated(when: Issued) -> bool:
    """Return whether a date has a year of four digits."""
    return when.year is not None and 1000 <= when.year <= 9999


def _date(when: Issued) -> Iterator[Element]:
    yield element("year", str(when.year), iso_8601_date=_iso(when))
    yield from [element("month", str(when.month))] if when.month else []
    yield from [element("day", str(when.day))] if when.month and when.day else []


def _iso(when: Issued) -> str:
    parts = [f"{when.year:04}", *([f"{when.month:02}"] if when.month else [])]
    return "-".join([*parts, *([f"{when.day:02}"] if when.month and when.day else [])])


def _numbers(item: Reference) -> Iterator[Element]:
    said = {"volume": item.volume, "issue": item.issue, "supplement": item.supplement_number}
    said |= {"edition": item.edition, "version": item.version}
    yield from (element(name, value) for name, value in said.items() if value)
    in_journal = item.type == "article-journal"
    yield from pages(item.page or item.page_first or "", (item.number or "") if in_journal else "")


def _places(item: Reference) -> Iterator[Element]:
    said = {
        "conf-name": item.event_title or item.event,
        "conf-loc": item.event_place,
        "publisher-name": item.publisher,
        "publisher-loc": item.publisher_place,
    }
    yield from (element(name, value) for name, value in said.items() if value)


def _ids(item: Reference) -> Iterator[Element]:
    doi = _BEFORE_DOI.sub("", (item.doi or "").strip())
    pmid, pmcid = (item.pmid or "").strip(), (item.pmcid or "").strip().upper().removeprefix("PMC")
    known = {
        "doi": doi if doi.startswith("10.") else "",
        "pmid": pmid if pmid.isdigit() else "",
        "pmcid": f"PMC{pmcid}" if pmcid.isdigit() else "",
    }
    yield from (element("pub-id", value, pub_id_type=kind) for kind, value in known.items() if value)
    yield from [element("isbn", item.isbn)] if item.isbn else []
    yield from [element("uri", item.url, xlink_href=item.url)] if item.url else []
