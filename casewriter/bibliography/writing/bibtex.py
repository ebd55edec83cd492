"""Items -> BibTeX, with the fields of BibLaTeX where BibTeX has none; UTF-8, TeX's special characters escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casewriter.model.issued import Issued
from casewriter.model.name import Name
from casewriter.model.reference import Reference

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
    fields.append(("title", _escaped(reference.title or "", protect=True)))
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
    in_series = kind in ("book", "chapter") or (kind == "paper-conference" and bool(reference.collection_title))
    number = reference.collection_number if in_series else reference.number
    return [("number", _escaped(number or "")), ("issue", _escaped(reference.issue or ""))]


def _dates(reference: Reference) -> list[tuple[str, str]]:
    issued = reference.issued
    fields = [("date", _date(issued)), ("year", _point(issued.year, None, None) if issued else "")]
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
    return _point(date.year, month, date.day) + (f"/{end}" if end else "") + ("~" if date.circa else "")


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
    family = " ".join(filter(None, (_escaped(name.non_dropping_particle or ""), _grouped(name.family or ""))))
    given = _escaped(" ".join(filter(None, (name.given, name.dropping_particle))))
    return ", ".join(part for part in (family, _escaped(name.suffix or ""), given) if part)


def _grouped(family: str) -> str:
    """Return a family name as TeX; in braces where BibTeX would divide it."""
    small = any(word[:1].islower() for word in family.split())
    return f"{{{_escaped(family)}}}" if small or re.search(r"\band\b|,", family) else _escaped(family)


def _value(name: str, text: str) -> str:
    return _escaped(re.sub("-+", "–", text)).replace("–", "--") if name == "pages" else _escaped(text)


_TAG = re.compile(r"<(/?)(i|b|sup|sub)>")
_COMMANDS = {"i": r"\emph{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{"}
_SPECIAL = re.compile(r"[&%$#_\\~^{}]|-(?=-)|`(?=`)|'(?=')|[?!](?=`)")
_WRITTEN = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, a backslash before them or not
    "}": r"\textbraceright{}",
    **{sign: sign + "{}" for sign in "-`'?!"},  # two of them are one other sign to TeX
}


def _escaped(text: str, *, protect: bool = False) -> str:
    """Return a text as TeX; with `protect`, words of capitals in braces, so that no style writes them small."""
    pairs = _pairs(text)
    parts, place = [], 0
    for start, end in sorted(pairs):
        parts += [_plain(text[place:start], protect), pairs[start, end]]
        place = end
    return "".join([*parts, _plain(text[place:], protect)])


def _pairs(text: str) -> dict[tuple[int, int], str]:
    """Return the tags that are opened and closed, with what TeX writes for them; others are text."""
    found: dict[tuple[int, int], str] = {}
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if not tag[1]:
            opened.append(tag)
        elif opened and opened[-1][2] == tag[2]:
            found |= {opened.pop().span(): _COMMANDS[tag[2]], tag.span(): "}"}
    return found


def _plain(text: str, protect: bool) -> str:
    if not protect:
        return _SPECIAL.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), text)
    words = re.split(r"(\s+)", text)
    return "".join(f"{{{_plain(w, False)}}}" if _CAPITALS.search(w) else _plain(w, False) for w in words)


_CAPITALS = re.compile(r"\w*[A-ZÀ-Þ]\w*[A-ZÀ-Þ\d]")


def _bare(text: str | None) -> str:
    """Return an identifier or address, which TeX reads letter by letter; a brace alone would end the field."""
    text = text or ""
    even = re.fullmatch(r"(?:[^{}]|\{[^{}]*\})*", text)
    return text if even else text.replace("{", "%7B").replace("}", "%7D")
