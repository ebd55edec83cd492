"""Items -> BibTeX, with the fields of BibLaTeX where BibTeX has none; UTF-8, TeX's special characters escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casewriter.model.reference import Issued, Name, Reference

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "pamphlet": "booklet",
    "chapter": "incollection",
    "entry-encyclopedia": "inreference",
    "paper-conference": "inproceedings",
    "thesis": "thesis",
    "report": "report",
    "manuscript": "unpublished",
    "webpage": "online",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "periodical": "periodical",
    "legislation": "legislation",
    "legal_case": "jurisdiction",
    "personal_communication": "letter",
    "motion_picture": "movie",
    "graphic": "image",
    "review": "review",
}
_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper", "periodical", "review")
_FIELDS = (
    ("title_short", "shorttitle"),
    ("original_title", "origtitle"),
    ("container_title_short", "shortjournal"),
    ("collection_title", "series"),
    ("volume", "volume"),
    ("number_of_volumes", "volumes"),
    ("page", "pages"),
    ("number_of_pages", "pagetotal"),
    ("chapter_number", "chapter"),
    ("edition", "edition"),
    ("version", "version"),
    ("publisher_place", "address"),
    ("event_title", "eventtitle"),
    ("event_place", "venue"),
    ("genre", "type"),
    ("isbn", "isbn"),
    ("issn", "issn"),
    ("language", "langid"),
    ("note", "note"),
    ("abstract", "abstract"),
    ("keyword", "keywords"),
)


def write_bibtex(references: Iterable[Reference]) -> str:
    """Return references as a BibTeX file."""
    return "\n".join(_entry(one) for one in references)


def _entry(reference: Reference) -> str:
    kind = reference.type or "document"
    fields: list[tuple[str, str]] = []
    for role in ("author", "editor", "translator"):
        people = [_name(name) for name in getattr(reference, role)]
        if role == "author" and reference.authors_truncated:
            people.append("others")
        fields.append((role, " and ".join(people)))
    fields.append(("title", _title(reference.title or "")))
    holder = "journal" if kind in _PERIODICALS else "booktitle"
    fields.append((holder, _escaped(reference.container_title or "")))
    fields += [(name, _value(name, getattr(reference, own) or "")) for own, name in _FIELDS]
    fields += _numbers(reference, kind)
    fields.append(("institution" if kind in ("thesis", "report") else "publisher", _escaped(reference.publisher or "")))
    fields += _dates(reference)
    fields += [("doi", _bare(reference.doi)), ("pmid", _bare(reference.pmid)), ("pmcid", _bare(reference.pmcid))]
    fields.append(("url", _bare(reference.url)))
    if kind not in _TYPES or kind in ("article-magazine", "article-newspaper"):
        fields.append(("entrysubtype", kind))
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{_TYPES.get(kind, 'misc')}{{{reference.id},\n{body}}}\n"


def _numbers(reference: Reference, kind: str) -> list[tuple[str, str]]:
    if kind in _PERIODICALS:
        return [("number", _escaped(reference.issue or "")), ("eid", _escaped(reference.number or ""))]
    number = reference.collection_number if kind in ("book", "chapter") else reference.number
    return [("number", _escaped(number or "")), ("issue", _escaped(reference.issue or ""))]


def _dates(reference: Reference) -> list[tuple[str, str]]:
    issued = reference.issued
    fields = [("date", _date(issued)), ("year", str(issued.year) if issued and issued.year else "")]
    if issued and issued.literal and not issued.year:
        fields = [("year", _escaped(issued.literal))]
    if reference.status:
        fields.append(("pubstate", "inpress" if reference.status.lower() == "in press" else _escaped(reference.status)))
    return [*fields, ("urldate", _date(reference.accessed)), ("eventdate", _date(reference.event_date))]


def _date(date: Issued | None) -> str:
    if date is None or date.year is None:
        return ""
    end = _point(date.end_year, date.end_month, date.end_day)
    month = 20 + date.season if date.season else date.month
    return _point(date.year, month, date.day) + (f"/{end}" if end else "")


def _point(year: int | None, month: int | None, day: int | None) -> str:
    sign = "-" if year and year < 0 else ""
    parts = [
        f"{sign}{abs(year):04d}" if year else "",
        f"{month:02d}" if month else "",
        f"{day:02d}" if month and day else "",
    ]
    return "-".join(part for part in parts if part)


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{_escaped(name.literal)}}}"
    family = " ".join(filter(None, (name.non_dropping_particle, _grouped(name.family or ""))))
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return ", ".join(_escaped(part) for part in (family, name.suffix, given) if part)


def _grouped(family: str) -> str:
    """Return a family name that BibTeX would divide in braces."""
    small = any(word[:1].islower() for word in family.split())
    return f"{{{family}}}" if small or re.search(r"\band\b|,", family) else family


def _value(name: str, text: str) -> str:
    return _escaped(text).replace("-", "--") if name == "pages" else _escaped(text)


_SPECIAL = re.compile(r"[&%$#_]|\\|~|\^")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TAGS = {"i": r"\emph{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{"}


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), text)
    text = re.sub(r"<(i|b|sup|sub)>", lambda found: _TAGS[found[1]], text)
    return re.sub(r"</(?:i|b|sup|sub)>", "}", text)


def _bare(text: str | None) -> str:
    return re.sub(r"([{}%])", r"\\\1", text) if text else ""


def _title(text: str) -> str:
    """Return a title in which words of capitals are protected from styles that write titles small."""
    parts = re.split(r"(<[^>]*>|\s+)", text)
    return "".join(f"{{{_escaped(p)}}}" if re.search(r"\w*[A-ZÀ-Þ]\w*[A-ZÀ-Þ\d]", p) else _escaped(p) for p in parts)
