"""A reference: a CSL item in YAML, a file of references, or a placeholder still to be found."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casewriter.model.base import Model, Plain, about
from casewriter.model.issued import Issued
from casewriter.model.name import Names
from casewriter.problem import did_you_mean

CSL_TYPES = tuple(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard
    thesis treaty webpage""".split()
)
"""Item types of CSL 1.0.2."""


OTHER_TYPES = {
    "journal-article": "article-journal",
    "journal": "article-journal",
    "journalArticle": "article-journal",
    "book-chapter": "chapter",
    "bookSection": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conferencePaper": "paper-conference",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "dissertation": "thesis",
    "techreport": "report",
    "guideline": "report",
    "website": "webpage",
    "online": "webpage",
    "preprint": "article",
    "misc": "document",
}
"""What other programs call the types of CSL."""
OTHER_KEYS = {
    "key": "id",
    "authors": "author",
    "editors": "editor",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "book": "container-title",
    "year": "issued",
    "date": "issued",
    "published": "issued",
    "pages": "page",
    "series": "collection-title",
    "school": "publisher",
    "institution": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "place": "publisher-place",
    "city": "publisher-place",
    "urldate": "accessed",
    "link": "URL",
}
"""What other programs call the variables of CSL."""


_DATES = ("issued", "accessed", "event-date", "original-date", "submitted", "available-date")


class ReferenceFile(Model):
    """A file of references beside the case."""

    file: Plain = Field(default="", description="Name of the file: references.bib, library.json.")


class Reference(Model):
    """An item of the reference list, in the variables of CSL 1.0.2."""

    id: Annotated[str, Field(pattern=r"^[^\s;,\[\]@{}]+$")] | None = about("The key that the text cites: muller1959.")
    placeholder: Plain | None = about("A reference still to be found: what is known about it.")
    type: Plain | None = about("CSL type: article-journal, book, chapter, webpage, thesis, report, …")
    title: Plain | None = about("Title as printed; quote it if it contains a colon.")
    title_short: Plain | None = about("Short title.", alias="title-short")
    author: Names = Field(
        default=(), description="Authors: [Muller SA, Winkelmann RK] or {family:, given:}, {literal:}."
    )
    authors_truncated: bool = Field(default=False, description="true if the source itself ends in et al.")
    editor: Names = Field(default=(), description="Editors.")
    translator: Names = Field(default=(), description="Translators.")
    collection_editor: Names = Field(default=(), description="Series editors.", alias="collection-editor")
    container_author: Names = Field(default=(), description="Authors of the book.", alias="container-author")
    composer: Names = Field(default=(), description="Composers.")
    director: Names = Field(default=(), description="Directors.")
    editorial_director: Names = Field(default=(), description="Editorial directors.", alias="editorial-director")
    illustrator: Names = Field(default=(), description="Illustrators.")
    original_author: Names = Field(default=(), description="Authors of the original.", alias="original-author")
    reviewed_author: Names = Field(default=(), description="Authors of the reviewed work.", alias="reviewed-author")
    chair: Names = Field(default=(), description="Chairs of a session.")
    compiler: Names = Field(default=(), description="Compilers.")
    contributor: Names = Field(default=(), description="Other contributors.")
    curator: Names = Field(default=(), description="Curators.")
    executive_producer: Names = Field(default=(), description="Executive producers.", alias="executive-producer")
    guest: Names = Field(default=(), description="Guests.")
    host: Names = Field(default=(), description="Hosts.")
    narrator: Names = Field(default=(), description="Narrators.")
    organizer: Names = Field(default=(), description="Organisers.")
    performer: Names = Field(default=(), description="Performers.")
    producer: Names = Field(default=(), description="Producers.")
    script_writer: Names = Field(default=(), description="Script writers.", alias="script-writer")
    series_creator: Names = Field(default=(), description="Creators of a series.", alias="series-creator")
    recipient: Names = Field(default=(), description="Recipient.")
    interviewer: Names = Field(default=(), description="Interviewer.")
    container_title: Plain | None = about("Journal or book: Arch Dermatol.", alias="container-title")
    container_title_short: Plain | None = about("Abbreviated journal.", alias="container-title-short")
    collection_title: Plain | None = about("Series.", alias="collection-title")
    collection_number: Plain | None = about("Number in the series.", alias="collection-number")
    issued: Issued | None = about("Year, or year-month-day: 1959, 2019-03-21.")
    accessed: Issued | None = about("When a web page was accessed: 2026-03-14.")
    event_date: Issued | None = about("Date of the event.", alias="event-date")
    original_date: Issued | None = about("Date of the original.", alias="original-date")
    submitted: Issued | None = about("Date of submission.")
    available_date: Issued | None = about("Date from which it has been available.", alias="available-date")
    volume: Plain | None = about("Volume.")
    issue: Plain | None = about("Issue.")
    number: Plain | None = about("Number, of a report or patent.")
    number_of_pages: Plain | None = about("Number of pages.", alias="number-of-pages")
    number_of_volumes: Plain | None = about("Number of volumes.", alias="number-of-volumes")
    page: Plain | None = about("Pages: 669-673, or e-number.")
    page_first: Plain | None = about("First page.", alias="page-first")
    edition: Plain | None = about("Edition: 2.")
    chapter_number: Plain | None = about("Chapter.", alias="chapter-number")
    publisher: Plain | None = about("Publisher.")
    publisher_place: Plain | None = about("Place of publication.", alias="publisher-place")
    event_title: Plain | None = about("Conference.", alias="event-title")
    event: Plain | None = about("Conference (older name of event-title).")
    event_place: Plain | None = about("Place of the conference.", alias="event-place")
    archive: Plain | None = about("Archive or repository.")
    archive_location: Plain | None = about("Where in the archive.", alias="archive_location")
    authority: Plain | None = about("Authority.")
    call_number: Plain | None = about("Call number.", alias="call-number")
    genre: Plain | None = about("Kind: PhD thesis, preprint.")
    medium: Plain | None = about("Medium.")
    source: Plain | None = about("Source.")
    status: Plain | None = about("in press, submitted.")
    version: Plain | None = about("Version.")
    section: Plain | None = about("Section.")
    language: Plain | None = about("Language: en, ja.")
    original_title: Plain | None = about("Title in the original language.", alias="original-title")
    original_publisher: Plain | None = about("Publisher of the original.", alias="original-publisher")
    original_publisher_place: Plain | None = about("Place of the original.", alias="original-publisher-place")
    reviewed_title: Plain | None = about("Title of the reviewed work.", alias="reviewed-title")
    reviewed_genre: Plain | None = about("Kind of the reviewed work.", alias="reviewed-genre")
    volume_title: Plain | None = about("Title of the volume.", alias="volume-title")
    part_title: Plain | None = about("Title of the part.", alias="part-title")
    part_number: Plain | None = about("Number of the part.", alias="part-number")
    supplement_number: Plain | None = about("Supplement.", alias="supplement-number")
    printing_number: Plain | None = about("Printing.", alias="printing-number")
    collection_title_short: Plain | None = about("Abbreviated series.", alias="collection-title-short")
    archive_collection: Plain | None = about("Collection in the archive.", alias="archive_collection")
    archive_place: Plain | None = about("Place of the archive.", alias="archive-place")
    dimensions: Plain | None = about("Size or duration.")
    scale: Plain | None = about("Scale of a map.")
    division: Plain | None = about("Division of a court or body.")
    jurisdiction: Plain | None = about("Jurisdiction.")
    references: Plain | None = about("Related legal references.")
    citation_key: Plain | None = about("Key in another program.", alias="citation-key")
    citation_label: Plain | None = about("Label, for label styles.", alias="citation-label")
    abstract: Plain | None = about("Abstract; never printed.")
    keyword: Plain | None = about("Keywords; never printed.")
    annote: Plain | None = about("A note to yourself; never printed.")
    note: Plain | None = about("A note; some styles print it.")
    doi: Plain | None = about("DOI: 10.1001/archderm.1959.01560180059010.", alias="DOI")
    pmid: Plain | None = about("PubMed id.", alias="PMID")
    pmcid: Plain | None = about("PubMed Central id.", alias="PMCID")
    isbn: Plain | None = about("ISBN.", alias="ISBN")
    issn: Plain | None = about("ISSN.", alias="ISSN")
    url: Plain | None = about("Web address.", alias="URL")

    @model_validator(mode="after")
    def _known_type(self) -> Self:
        if self.type is not None and self.type not in CSL_TYPES:
            facts = {"type": self.type, "within": ("type",), "hint": _type_meant(self.type)}
            raise PydanticCustomError("csl_type", "“{type}” is not a CSL type", facts)
        return self

    def csl(self) -> dict[str, Any]:
        """Return the item as CSL-JSON."""
        item = self.model_dump(by_alias=True, exclude_defaults=True, exclude={"authors_truncated", "placeholder"})
        for name in _DATES:
            if name in item:
                item[name] = getattr(self, name.replace("-", "_")).csl()
        item.setdefault("type", "document")
        return item


def _type_meant(word: str) -> str:
    if word in OTHER_TYPES:
        return f'did you mean "{OTHER_TYPES[word]}"?'
    return did_you_mean(word, CSL_TYPES) or ""
