"""PubMed XML (`PubmedArticleSet`) -> items. Source: PubMed DTD and XML element descriptions, NLM."""

from __future__ import annotations

from typing import Any

from casewriter.bibliography.reading.article_number import article_number
from casewriter.bibliography.reading.nbib import genre, titles, untitled
from casewriter.bibliography.reading.people import given_names
from casewriter.bibliography.reading.record import Record, clean, date, finished, issn, pages
from casewriter.bibliography.reading.refusal import FoundReferences, Refusals
from casewriter.bibliography.reading.xml import rich, text


def read_pubmed_xml(root: Any) -> tuple[FoundReferences, Refusals]:
    """Return the references of a PubMed set, and the records refused."""
    records: list[tuple[int, Record]] = []
    refused: Refusals = []
    for element in root.iter("PubmedArticle", "PubmedBookArticle"):
        record = _article(element) if element.tag == "PubmedArticle" else _book(element)
        if record.get("title"):
            records.append((element.sourceline or 1, record))
        else:
            refused.append((element.sourceline or 1, "the record has no title"))
    return finished(records, refused)


def _article(element: Any) -> Record:
    citation = element.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if article is None:
        return {}
    kinds = [text(kind) for kind in article.iterfind("PublicationTypeList/PublicationType")]
    item: Record = {"type": "article" if "Preprint" in kinds else "article-journal"}
    item["title"], item["original-title"] = titles(
        rich(article.find("ArticleTitle")), rich(article.find("VernacularTitle"))
    )
    full, short = text(article, "Journal/Title"), text(article, "Journal/ISOAbbreviation")
    short = text(citation, "MedlineJournalInfo/MedlineTA") or short
    item["container-title"], item["container-title-short"] = full or short, short if full else ""
    people = article.find("AuthorList")
    item["author"] = _people(people)
    if people is not None and people.get("CompleteYN") == "N":
        item["authors_truncated"] = "true"
    issue = article.find("Journal/JournalIssue")
    item["volume"], item["issue"] = text(issue, "Volume"), text(issue, "Issue")
    item["issued"] = _date(issue.find("PubDate") if issue is not None else None)
    item["page"] = pages(text(article, "Pagination/MedlinePgn")) or _pages(article.find("Pagination"))
    located = [e for e in article.iterfind("ELocationID") if e.get("ValidYN", "Y") == "Y"]
    identifiers = (text(e) for e in located if e.get("EIdType") == "pii")
    item["page"] = item["page"] or article_number(identifiers, in_volume=bool(item["volume"] or item["issue"]))
    item["ISSN"] = issn(text(article, "Journal/ISSN"))
    item["language"], item["abstract"] = text(article, "Language"), _abstract(article)
    item["genre"] = "Preprint" if item["type"] == "article" else genre(kinds)
    item["keyword"] = ", ".join(text(word) for word in citation.iterfind("KeywordList/Keyword"))
    ids = {i.get("IdType"): clean(i.text or "") for i in element.iterfind("PubmedData/ArticleIdList/ArticleId")}
    item["DOI"] = next((text(e) for e in located if e.get("EIdType") == "doi"), "") or ids.get("doi", "")
    item["PMID"] = text(citation, "PMID") or ids.get("pubmed", "")
    item["PMCID"] = ids.get("pmc", "").split(".")[0]
    return item


def _pages(element: Any) -> str:
    first, last = text(element, "StartPage"), text(element, "EndPage")
    return pages(f"{first}-{last}" if last and last != first else first)


def _abstract(element: Any) -> str:
    return " ".join(text(part) for part in element.iterfind("Abstract/AbstractText"))


def _book(element: Any) -> Record:
    document = element.find("BookDocument")
    book = document.find("Book") if document is not None else None
    if book is None:
        return {}
    chapter, original = titles(rich(document.find("ArticleTitle")), rich(document.find("VernacularTitle")))
    title = untitled(rich(book.find("BookTitle")))
    item: Record = {"type": "chapter" if chapter else "book", "title": chapter or title, "original-title": original}
    if chapter:
        item["container-title"] = title
    for holder in (document, book):
        for people in holder.iterfind("AuthorList"):
            role = "editor" if people.get("Type") == "editors" else "author"
            if not item.get(role):
                item[role] = _people(people)
    item["issued"] = _date(document.find("ContributionDate")) or _date(book.find("PubDate"))
    item["publisher"], item["publisher-place"] = (
        text(book, "Publisher/PublisherName"),
        text(book, "Publisher/PublisherLocation"),
    )
    item["edition"], item["volume"] = text(book, "Edition"), text(book, "Volume")
    item["collection-title"], item["number"] = untitled(text(book, "CollectionTitle")), text(book, "ReportNumber")
    item["ISBN"] = ", ".join(filter(None, (issn(text(one)) for one in book.iterfind("Isbn"))))
    item["page"] = pages(text(document, "Pagination/MedlinePgn"))
    item["PMID"] = text(document, "PMID")
    ids = {i.get("IdType"): clean(i.text or "") for i in document.iterfind("ArticleIdList/ArticleId")}
    item["DOI"], item["PMCID"] = ids.get("doi", ""), ids.get("pmc", "")
    item["language"], item["abstract"] = text(document, "Language"), _abstract(document)
    return item


def _people(people: Any) -> list[Record]:
    found = []
    for author in people.iterfind("Author") if people is not None else ():
        if author.get("ValidYN") == "N":
            continue
        body, family = text(author, "CollectiveName"), text(author, "LastName")
        given = given_names(text(author, "ForeName"))
        if not given and text(author, "Initials"):
            given = " ".join(f"{letter}." for letter in text(author, "Initials"))
        name = {"literal": body} if body else {"family": family, "given": given, "suffix": text(author, "Suffix")}
        if name := {k: v for k, v in name.items() if v}:
            found.append(name)
    return found


def _date(element: Any) -> Record:
    if element is None:
        return {}
    if words := text(element, "MedlineDate"):
        return date(words)
    if season := text(element, "Season"):
        return date(f"{text(element, 'Year')} {season}")
    year, month, day = (text(element, name) for name in ("Year", "Month", "Day"))
    return date("/".join(filter(None, (year, month, day)))) if month.isdigit() else date(f"{year} {month} {day}")
