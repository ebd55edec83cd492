"""Crossref by DOI and PubMed by PubMed id: what they say of a work, and whether it was retracted.

Sources: Crossref REST API (`/works`, `filter=doi:`, `update-to`, `updated-by`); NCBI E-utilities (`efetch`, `esearch`),
whose rules ask for at most three questions a second, and for the name of the program and an address.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal
from urllib.parse import quote, urlencode

from msgspec import Struct, field

from casewriter import __version__
from casewriter.bibliography.reading.csl_json import CROSSREF_TYPES, read_csl_json
from casewriter.bibliography.reading.pubmed_xml import read_pubmed_xml
from casewriter.bibliography.reading.xml import Unreadable, text, tree
from casewriter.lookup.http import Client, NotFound, Unreachable
from casewriter.model.reference import CSL_TYPES, Reference

_BATCH = 20
_OTHER = "its answer is not in the expected form"
_CROSSREF = "https://api.crossref.org"
_NCBI = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"

Source = Literal["Crossref", "PubMed"]


class Update(Struct, frozen=True):
    """A notice about a work: what it is (retraction, expression_of_concern, correction) and where it is."""

    kind: str
    notice: str


class Answer(Struct, frozen=True):
    """The answer of a service about an identifier; `reference` is None if it has no such work."""

    source: Source
    identifier: str
    reference: Reference | None
    updates: tuple[Update, ...] = ()


class Services(Struct):
    """Crossref and PubMed. The environment may name mirrors and an address for the services to write to."""

    crossref: str = field(default_factory=lambda: os.environ.get("CASEWRITER_CROSSREF", _CROSSREF).rstrip("/"))
    ncbi: str = field(default_factory=lambda: os.environ.get("CASEWRITER_NCBI", _NCBI).rstrip("/"))
    mailto: str = field(default_factory=lambda: os.environ.get("CASEWRITER_MAILTO", ""))
    patience: float = field(default_factory=lambda: _seconds(os.environ.get("CASEWRITER_PATIENCE", "")))
    _clients: dict[str, Client] = field(default_factory=dict)

    def by_doi(self, dois: Iterable[str]) -> Iterator[Answer]:
        """Yield what Crossref says of DOIs, asked in batches. Raises Unreachable."""
        for batch in _batches(dois):
            # a DOI with a comma would end the filter's value, so it is asked alone
            if len(batch) == 1 or any("," in doi for doi in batch):
                yield from (self._one_doi(doi) for doi in batch)
                continue
            query = {"filter": ",".join(f"doi:{doi}" for doi in batch), "rows": str(len(batch)), **self._mail("mailto")}
            works = self._message(f"{self.crossref}/works?{urlencode(query)}").get("items")
            if not isinstance(works, list) or not all(isinstance(work, dict) for work in works):
                raise Unreachable("Crossref", _OTHER)
            found = {str(work.get("DOI", "")).lower(): work for work in works}
            yield from (_crossref(doi, found.get(doi.lower())) for doi in batch)

    def by_pmid(self, pmids: Iterable[str]) -> Iterator[Answer]:
        """Yield what PubMed says of PubMed ids, asked in batches. Raises Unreachable."""
        for batch in _batches(pmids):
            query = {
                "db": "pubmed",
                "id": ",".join(batch),
                "retmode": "xml",
                "tool": "casewriter",
                **self._mail("email"),
            }
            root = self._xml(f"{self.ncbi}/efetch.fcgi?{urlencode(query)}")
            if root.tag not in ("PubmedArticleSet", "PubmedBookArticleSet"):
                raise Unreachable("PubMed", _OTHER)
            read, _ = read_pubmed_xml(root)
            found = {reference.pmid: reference for _, reference in read}
            updates = _pubmed_updates(root)
            yield from (Answer("PubMed", pmid, found.get(pmid), updates.get(pmid, ())) for pmid in batch)

    def pmid_of(self, doi: str) -> str | None:
        """Return the PubMed id of a DOI, or None. Raises Unreachable."""
        query = {
            "db": "pubmed",
            "term": f'"{doi}"[AID]',
            "retmode": "json",
            "tool": "casewriter",
            **self._mail("email"),
        }
        result = self._json(f"{self.ncbi}/esearch.fcgi?{urlencode(query)}").get("esearchresult")
        found = result.get("idlist") if isinstance(result, dict) else None
        if not isinstance(found, list):
            raise Unreachable("PubMed", _OTHER)
        return str(found[0]) if len(found) == 1 else None

    def _one_doi(self, doi: str) -> Answer:
        mail = f"?{urlencode(self._mail('mailto'))}" if self.mailto else ""
        try:
            work = self._message(f"{self.crossref}/works/{quote(doi, safe='')}{mail}")
        except NotFound:
            return Answer("Crossref", doi, None)
        if not work.get("DOI"):
            raise Unreachable("Crossref", _OTHER)
        return _crossref(doi, work)

    def _message(self, url: str) -> dict[str, Any]:
        message = self._json(url).get("message")
        if not isinstance(message, dict):
            raise Unreachable("Crossref", _OTHER)
        return message

    def _mail(self, name: str) -> dict[str, str]:
        return {name: self.mailto} if self.mailto else {}

    def _client(self, service: Source) -> Client:
        if service not in self._clients:
            who = f"; mailto:{self.mailto}" if self.mailto else ""
            self._clients[service] = Client(service, f"casewriter/{__version__} (references of case reports{who})")
            self._clients[service].patience = self.patience
        return self._clients[service]

    def _json(self, url: str) -> dict[str, Any]:
        service: Source = "Crossref" if url.startswith(self.crossref) else "PubMed"
        body = self._client(service).get(url, "application/json")
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            raise Unreachable(service, "its answer is not JSON") from None
        if not isinstance(found, dict):
            raise Unreachable(service, _OTHER)
        return found

    def _xml(self, url: str) -> Any:
        body = self._client("PubMed").get(url, "text/xml")
        try:
            return tree(body)
        except Unreadable as error:
            raise Unreachable("PubMed", str(error)) from None


def _batches(identifiers: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(identifiers))
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _crossref(doi: str, work: dict[str, Any] | None) -> Answer:
    if not work:
        return Answer("Crossref", doi, None)
    updates = tuple(
        Update(str(one.get("type", "update")).replace("-", "_"), str(one.get("DOI", "")))
        for one in work.get("updated-by") or ()
        if isinstance(one, dict)
    )
    return Answer("Crossref", doi, _read(work, doi), updates)


def _read(work: dict[str, Any], doi: str) -> Reference:
    """Return the reference of a work of Crossref; of one that our reader refuses what it is called."""
    known = work.get("type") in CROSSREF_TYPES or work.get("type") in CSL_TYPES
    for record in ({**work, "id": ""}, {"title": work.get("title"), "DOI": doi, "id": ""}):
        if not known or "type" not in record:
            record["type"] = "document"
        found, _ = read_csl_json(json.dumps([record]))
        if found:
            return found[0][1]
    return Reference.model_validate({"id": "work", "type": "document", "DOI": doi})


def _seconds(text: str) -> float:
    """Return a patience in seconds; 20 if the text is not a number."""
    try:
        seconds = float(text)
    except ValueError:
        return 20.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 20.0


_PUBMED_NOTICES = {
    "RetractionIn": "retraction",
    "ExpressionOfConcernIn": "expression_of_concern",
    "ErratumIn": "correction",
    "RetractedandRepublishedIn": "retraction",
}


def _pubmed_updates(root: Any) -> dict[str, tuple[Update, ...]]:
    """Return by PubMed id the notices that PubMed links to a work."""
    found: dict[str, tuple[Update, ...]] = {}
    for article in root.iter("MedlineCitation"):
        notices = [
            Update(_PUBMED_NOTICES[one.get("RefType", "")], text(one, "RefSource"))
            for one in article.iterfind("CommentsCorrectionsList/CommentsCorrections")
            if one.get("RefType") in _PUBMED_NOTICES
        ]
        kinds = [text(kind) for kind in article.iterfind("Article/PublicationTypeList/PublicationType")]
        if "Retracted Publication" in kinds and all(notice.kind != "retraction" for notice in notices):
            notices.append(Update("retraction", ""))
        found[text(article, "PMID")] = tuple(notices)
    return found
