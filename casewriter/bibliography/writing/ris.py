"""Items -> RIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.model.issued import Issued
from casewriter.model.name import Name
from casewriter.model.reference import Reference

_TYPES = {
    "article": "PREPRINT",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "PODCAST",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "INTV",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}


def write_ris(references: Iterable[Reference]) -> str:
    """Return references as a RIS file."""
    return "\n".join(
        "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in _lines(one)) for one in references
    )


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    kind = reference.type or "document"
    in_press = kind == "article-journal" and (reference.status or "").lower() == "in press"
    yield "TY", "INPR" if in_press else _TYPES.get(kind, "GEN")
    yield "ID", reference.id or ""
    for tag, names in (("AU", reference.author), ("ED", reference.editor), ("A4", reference.translator)):
        for name in names:
            yield tag, _name(name)
    pairs = (
        ("TI", reference.title),
        ("ST", reference.title_short),
        ("T2", reference.container_title),
        ("J2", reference.container_title_short),
        ("T3", reference.collection_title if kind != "book" else None),
        ("T2", reference.collection_title if kind == "book" else None),
        ("SV", reference.collection_number),
        ("PY", _year(reference.issued)),
        ("DA", _date(reference.issued)),
        ("VL", reference.volume),
        ("IS", reference.number if kind in ("patent", "report") else reference.issue),
        *_pages(reference.page),
        ("C7", reference.number if kind not in ("patent", "report", "standard") else None),
        ("ET", reference.version if kind == "software" else reference.edition),
        ("PB", reference.publisher),
        ("CY", reference.publisher_place),
        ("M3", reference.genre if kind == "thesis" else None),
        ("SN", reference.number if kind == "standard" else None),
        ("SN", reference.issn),
        ("SN", reference.isbn),
        ("DO", reference.doi),
        ("AN", reference.pmid),
        ("DB", "PubMed" if reference.pmid else None),
        ("C2", reference.pmcid),
        ("UR", reference.url),
        ("Y2", _date(reference.accessed)),
        ("LA", reference.language),
        ("AB", reference.abstract),
        ("N1", reference.note),
    )
    for tag, value in pairs:
        if value:
            yield tag, value
    for word in filter(None, (part.strip() for part in (reference.keyword or "").split(","))):
        yield "KW", word
    yield "ER", ""


def _name(name: Name) -> str:
    if name.literal:
        return f"{name.literal},"
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return ", ".join(part for part in (family, given, name.suffix) if part)


def _pages(page: str | None) -> tuple[tuple[str, str | None], ...]:
    first, dash, last = (page or "").partition("-")
    if dash and first and last and "-" not in last and "," not in last:
        return ("SP", first), ("EP", last)
    return (("SP", page),)


def _year(date: Issued | None) -> str | None:
    if date is None:
        return None
    return f"{date.year:04d}" if date.year else date.literal


def _date(date: Issued | None) -> str | None:
    if date is None or date.year is None:
        return None
    parts = [f"{date.year:04d}", f"{date.month:02d}" if date.month else "", f"{date.day:02d}" if date.day else ""]
    return "/".join([*parts, _SEASONS.get(date.season or 0, "")])


_SEASONS = {1: "Spring", 2: "Summer", 3: "Autumn", 4: "Winter"}
