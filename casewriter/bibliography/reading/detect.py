"""Files of references: which format the content has, in which encoding, and the reader that reads it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from msgspec import Struct

from casewriter.bibliography.reading.refusal import FoundReferences, Refusals

FORMATS = ("bibtex", "ris", "nbib", "pubmed-xml", "csl-json", "endnote-xml", "web-of-science")
_ENDINGS = {"bib": "bibtex", "ris": "ris", "nbib": "nbib", "json": "csl-json"}


class Read(Struct, frozen=True):
    """What a file holds: its format, the references with their lines, the records refused with line and reason."""

    format: str
    found: FoundReferences
    refused: Refusals


def read_file(name: str, data: bytes) -> Read:
    """Return the references of a file; the content decides on the format, the ending only where it says nothing."""
    if data.lstrip().startswith(b"```"):  # a file that was copied out of a chat or a page of Markdown
        data = re.sub(rb"```\s*\Z", b"", re.sub(rb"\A(\s*)```[\w-]*", rb"\1", data))
    for start, what in _DOCUMENTS:
        if data.lstrip(b" \r\n").startswith(start):
            return Read("unknown", [], [(1, f"this is {what}: {_COPY}")])
    text = decoded(data)
    form = detected(name, text)
    if form in ("pubmed-xml", "endnote-xml"):
        return _xml(form, data)
    if form not in _READERS:
        reason = "the file is empty" if not text.strip() else _UNKNOWN
        return Read(form, [], [(1, reason)])
    return Read(form, *_READERS[form](text))


_UNKNOWN = (
    "neither a list of references nor a supported reference file: BibTeX, RIS, NBIB, PubMed or EndNote XML, CSL-JSON, "
    "Web of Science"
)
_DOCUMENTS = (
    (b"PK\x03\x04", "a Word or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"%PDF", "a PDF"),
)
"""How files of other programs begin."""
_COPY = "copy the list of references from it, and paste it with `casewriter refs add -`"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """Return the text of a file: what its byte order mark says, else UTF-8, UTF-16 by its zeros, Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:200]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace") if not _LATIN_1.search(data) else data.decode("latin-1")


_LATIN_1 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that Windows-1252 does not have."""

_SIGNS = (
    ("nbib", re.compile(r"^(?:PMID|OWN|STAT|DCOM|LR) *- ?\S", re.MULTILINE)),
    ("ris", re.compile(r"^\s*TY {0,2}- ?\S", re.MULTILINE | re.IGNORECASE)),
    ("web-of-science", re.compile(r"^\ufeff*(?:FN [^\r\n]*\r?\nVR |PT(?: [A-Z]\s*$|\t[A-Z][A-Z0-9]\t))", re.MULTILINE)),
    ("bibtex", re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)),
)


def detected(name: str, text: str) -> str:
    """Return the format of a text, or ``unknown``."""
    start = text.lstrip("\ufeff \t\r\n")
    if re.match(r"\{|\[\s*(?:[{\]\[\"]|$)", start):  # [1] begins a list as papers print it
        return "csl-json"
    if start.startswith("<"):
        if re.search(r"<Pubmed(?:Book)?Article\b", text):
            return "pubmed-xml"
        return "endnote-xml" if re.search(r"<records?\b", text) else "unknown"
    places = [(found.start(), form) for form, sign in _SIGNS if (found := sign.search(text))]
    if places:
        return min(places)[1]
    return _ENDINGS.get(name.lower().rpartition(".")[2], "unknown")


def _xml(form: str, data: bytes) -> Read:
    from casewriter.bibliography.reading.endnote_xml import read_endnote_xml
    from casewriter.bibliography.reading.pubmed_xml import read_pubmed_xml
    from casewriter.bibliography.reading.xml import Unreadable, tree, whole_part

    refused: Refusals = []
    data = re.sub(rb"\A(\s+)<\?xml[^>]*\?>", rb"\1", data)  # XML asks for its declaration at the very beginning
    try:
        root = tree(data)
    except Unreadable as error:
        refused = [(error.line, error.reason)]
        root = whole_part(data)
    if root is None:
        return Read(form, [], refused)
    found, more = read_pubmed_xml(root) if form == "pubmed-xml" else read_endnote_xml(root)
    return Read(form, found, [*more, *refused])


def _bibtex(text: str) -> tuple[FoundReferences, Refusals]:
    from casewriter.bibliography.reading.bibtex import read_bibtex

    return read_bibtex(text)


def _csl_json(text: str) -> tuple[FoundReferences, Refusals]:
    from casewriter.bibliography.reading.csl_json import read_csl_json

    return read_csl_json(text)


def _ris(text: str) -> tuple[FoundReferences, Refusals]:
    from casewriter.bibliography.reading.ris import read_ris

    return read_ris(text)


def _nbib(text: str) -> tuple[FoundReferences, Refusals]:
    from casewriter.bibliography.reading.nbib import read_nbib

    return read_nbib(text)


def _web_of_science(text: str) -> tuple[FoundReferences, Refusals]:
    from casewriter.bibliography.reading.web_of_science import read_web_of_science

    return read_web_of_science(text)


_READERS: dict[str, Callable[[str], tuple[FoundReferences, Refusals]]] = {
    "bibtex": _bibtex,
    "csl-json": _csl_json,
    "ris": _ris,
    "nbib": _nbib,
    "web-of-science": _web_of_science,
}
