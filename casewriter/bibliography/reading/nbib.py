"""NBIB, the MEDLINE format of PubMed's button -> items.

Source: MEDLINE/PubMed Data Element (Field) Descriptions, National Library of Medicine.
"""

from __future__ import annotations

import re
from collections import defaultdict

from casewriter.bibliography.reading.article_number import article_number
from casewriter.bibliography.reading.people import full_name, short_name
from casewriter.bibliography.reading.record import Record, clean, date, doi, finished, issn, pages, pmcid
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.bibliography.reading.tagged import CONTINUED, Tags, joined

_LINE = re.compile(
    r"^([A-Z]{2,4}) {0,2}- ?(.*)$"
    r"|^(PMID|OWN|STAT|IS|VI|IP|DP|TI|PG|LID|AB|FAU|AU|LA|PT|PL|TA|JT|JID|AID|SO|PMC) {1,4}(?! )(.*)$"
)
"""A tag and its value; a known tag may have lost its dash, as copying by hand does."""

GENRES = (
    "Letter",
    "Editorial",
    "Comment",
    "Published Erratum",
    "Retraction of Publication",
    "Retracted Publication",
    "Expression of Concern",
    "News",
)
"""Publication types that a reference list names; of the others PubMed gives many that it does not."""


def read_nbib(text: str) -> tuple[FoundReferences, Refusals]:
    """Return the references of an NBIB file, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for line, tags in _records(text):
        if not any(tags.get(name) for name in ("TI", "BTI", "CTI", "TT", "VTI")):
            refused.append((line, "the record has no title (TI  -)"))
        else:
            records.append((line, _record(tags)))
    return finished(records, refused)


def _records(text: str) -> list[tuple[int, Tags]]:
    """Divide at each PMID and each blank line; a line that begins with spaces goes on with the one before."""
    found: list[tuple[int, Tags]] = []
    tags: Tags | None = None
    last = ""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            tags, last = None, ""
            continue
        tagged = _LINE.match(line)
        if tagged is None:
            if tags is not None and last:
                tags[last].append(CONTINUED + line.strip())
            continue
        tag, value = tagged[1] or tagged[3], tagged[2] or tagged[4] or ""
        if tags is None or (tag == "PMID" and "PMID" in tags):
            tags = defaultdict(list)
            found.append((number, tags))
        last = tag
        tags[last].append(value.strip())
    return [(line, joined(tags)) for line, tags in found]


def _first(tags: Tags, *names: str) -> str:
    return next((clean(value) for name in names for value in tags.get(name, ()) if value.strip()), "")


def _record(tags: Tags) -> Record:
    kinds = [clean(kind) for kind in tags.get("PT", ())]
    item: Record = {"type": _kind(tags, kinds)}
    item["title"], item["original-title"] = titles(_first(tags, "TI", "BTI", "TT", "VTI"), _first(tags, "TT", "VTI"))
    if item["type"] == "chapter":
        item["container-title"] = untitled(_first(tags, "BTI"))
    elif item["type"] == "book":
        item["collection-title"] = untitled(_first(tags, "CTI"))
    else:
        full, short = _first(tags, "JT"), _first(tags, "TA")
        item["container-title"], item["container-title-short"] = full or short, short if full else ""
    item["author"] = _people(tags, "FAU", "AU") + [{"literal": clean(name)} for name in tags.get("CN", ())]
    item["editor"] = _people(tags, "FED", "ED")
    item["issued"] = date(_first(tags, "DP"))
    item["volume"], item["issue"] = _first(tags, "VI"), _first(tags, "IP")
    item["page"] = pages(_first(tags, "PG")) or _article_number(tags, item)
    item["edition"], item["publisher"], item["publisher-place"] = _first(tags, "EN"), _first(tags, "PB"), ""
    if item["type"] in ("book", "chapter"):  # of a journal PubMed gives the country
        item["publisher-place"] = _first(tags, "PL")
    item["PMID"], item["PMCID"] = _first(tags, "PMID"), pmcid(_first(tags, "PMC", "PMCR"))
    item["DOI"] = next((doi(v) for n in ("LID", "AID", "SO") for v in tags.get(n, ()) if "[doi]" in v or n == "SO"), "")
    item["ISSN"] = ", ".join(dict.fromkeys(filter(None, (issn(v) for v in tags.get("IS", ())))))
    item["ISBN"] = ", ".join(dict.fromkeys(filter(None, (issn(v) for v in tags.get("ISBN", ())))))
    item["language"], item["abstract"] = _first(tags, "LA"), _first(tags, "AB")
    item["keyword"] = ", ".join(clean(word) for word in tags.get("OT", ()))
    item["genre"] = "Preprint" if item["type"] == "article" else genre(kinds)
    return item


def _article_number(tags: Tags, item: Record) -> str:
    identifiers = (found[1] for value in tags.get("LID", ()) for found in _PII.finditer(clean(value)))
    return article_number(identifiers, in_volume=bool(item["volume"] or item["issue"]))


_PII = re.compile(r"([^\s\[\]]+) ?\[pii\]")


def _kind(tags: Tags, kinds: list[str]) -> str:
    if tags.get("BTI"):
        return "chapter" if tags.get("TI") else "book"
    return "article" if "Preprint" in kinds else "article-journal"


def genre(kinds: list[str]) -> str:
    """Return the first publication type that a reference list names."""
    return next((kind for kind in kinds if kind in GENRES), "")


def titles(title: str, original: str) -> tuple[str, str]:
    """Return the title without PubMed's full stop and its brackets for a translation, and the original title.

    A work whose title was not translated has its original one.
    """
    title = untitled(title)
    if not title or _UNTRANSLATED.fullmatch(title):
        title = untitled(original) or title
    translated = re.fullmatch(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]", title)
    if translated and not title.startswith(("[1", "[2")):
        title = translated[1].rstrip(".")
    return title, "" if untitled(original) == title else untitled(original)


_UNTRANSLATED = re.compile(r"\[?(?:Not Available|In Process Citation)\]?\.?", re.IGNORECASE)
"""What PubMed writes in the place of a title that it has not."""


def untitled(text: str) -> str:
    """Return a title without the full stop that PubMed puts after it."""
    return re.sub(r"(?<!\.)\.(\]?)$", r"\1", text)


def _people(tags: Tags, full: str, short: str) -> list[Record]:
    """Return the names of the full form, or of the short one where there is none."""
    return [full_name(name) for name in tags.get(full, ())] or [short_name(name) for name in tags.get(short, ())]
