"""What users reported of their files of references: each kind with the value that is right by the format or the record.

Sources: MEDLINE/PubMed Data Element (Field) Descriptions (AU, LID, TT), the PubMed DTD (ELocationID, VernacularTitle,
Language), the manuals of BibTeX and BibLaTeX (@string, xdata, crossref), the field tags of the Web of Science Core
Collection, the reference types of EndNote.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from casewriter.bibliography.pasted import read_pasted
from casewriter.bibliography.reading import read_file
from casewriter.bibliography.reading.people import person
from casewriter.model.name import split_name
from casewriter.model.reference import Reference

HERE = Path(__file__).parent / "data" / "readers"


def one(text: str, name: str = "x") -> Reference:
    """Return the one reference of a file, in which nothing is refused."""
    read = read_file(name, text.encode())
    assert (len(read.found), read.refused) == (1, [])
    return read.found[0][1]


def authors(reference: Reference) -> list[tuple[str | None, str | None]]:
    return [(name.family, name.given) for name in reference.author]


# -- names that a database writes in its own way ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("Hulse, Taylyn", "Hulse", "Taylyn"),
        ("van Groen, Maaike M.", "van Groen", "Maaike M."),
        ("Muller SA", "Muller", "S. A."),
        ("Muller S A", "Muller", "S. A."),
        ("Muller S. A.", "Muller", "S. A."),
        ("Smith J.", "Smith", "J."),
        ("de la Cruz-Diez M A B C", "de la Cruz-Diez", "M. A. B. C."),
        ("Sartre J-P", "Sartre", "J.-P."),
        ("C D Brownstein", "Brownstein", "C. D."),
    ],
)
def test_a_line_au_of_nbib_is_divided(typed: str, family: str, given: str) -> None:
    found = one(f"PMID- 1\nOWN - ERIC\nTI  - A title\nAU  - {typed}\nJT  - A journal\nDP  - 2019\n")
    assert authors(found) == [(family, given)]


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("Brownstein C D", "Brownstein", "C. D."),
        ("Brownstein C. D.", "Brownstein", "C. D."),
        ("van der Berg J P", "van der Berg", "J. P."),
        ("Smith J.-P. A.", "Smith", "J.-P. A."),
        ("SMITH J A", "SMITH", "J. A."),
        ("C. D. Brownstein", "Brownstein", "C. D."),
        ("J.-P. van der Berg", "van der Berg", "J.-P."),
        ("Øster Å B", "Øster", "Å. B."),
    ],
)
def test_initials_that_stand_apart_are_given_names_in_ris(typed: str, family: str, given: str) -> None:
    found = one(f"TY  - JOUR\nA1  - {typed}\nT1  - B title\nJF  - A journal\nPY  - 2018\nER  - \n")
    assert authors(found) == [(family, given)]


@pytest.mark.parametrize(
    "body", ["U.S. Congress", "World Health Organization", "E Coli Group", "A. Menarini Diagnostics"]
)
def test_a_body_is_not_divided(body: str) -> None:
    assert person(body) == {"literal": body}


def test_initials_that_stand_apart_are_given_names_in_a_case() -> None:
    assert split_name("Brownstein C D") == {"family": "Brownstein", "given": "C. D."}


# -- the number of an article -------------------------------------------------------------------------------------------

NBIB = (
    "PMID- 1\nLID - {pii} [pii]\nLID - 10.1000/x [doi]\nTI  - A title.\nAU  - Mann RS\nJT  - eLife\n{more}DP  - 2019\n"
)
XML = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue>{volume}<PubDate>
<Year>2019</Year></PubDate></JournalIssue><Title>eLife</Title></Journal><ArticleTitle>A title.</ArticleTitle>{pages}
<ELocationID EIdType="doi" ValidYN="Y">10.1000/x</ELocationID><ELocationID EIdType="pii" ValidYN="Y">{pii}</ELocationID>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
ARTICLE_NUMBERS = (
    "e42692 E396 e59501 12345 1117 bcr-2020-234567 bcr1220115405 ciaa344 RRN1189 e20192729 13030/qt1f1212gh".split()
)
INTERNAL = (
    "S0140-6736(20)30183-5 S0140673620301835 0092-8674(94)90303-4 10.1056/NEJMoa2001017 s00134-020-05991-x "
    "1471-2105-5-113 000506789 2019.05.003 2019-2729"
).split()


@pytest.mark.parametrize("pii", ARTICLE_NUMBERS)
def test_an_article_number_that_stands_only_as_pii_is_kept(pii: str) -> None:
    assert one(NBIB.format(pii=pii, more="VI  - 8\n")).page == pii
    assert one(XML.format(pii=pii, volume="<Volume>8</Volume>", pages="")).page == pii


@pytest.mark.parametrize("pii", INTERNAL)
def test_an_identifier_of_the_publisher_is_no_article_number(pii: str) -> None:
    assert one(NBIB.format(pii=pii, more="VI  - 8\n")).page is None
    assert one(XML.format(pii=pii, volume="<Volume>8</Volume>", pages="")).page is None


def test_pages_go_before_a_pii() -> None:
    pages = "<Pagination><MedlinePgn>12-4</MedlinePgn></Pagination>"
    assert one(NBIB.format(pii="e1", more="PG  - 12-14\n")).page == "12-14"
    assert one(XML.format(pii="e1", volume="", pages=pages)).page == "12-4"


def test_a_serial_number_of_an_article_in_no_volume_yet_is_no_article_number() -> None:
    assert one(NBIB.format(pii="5856149", more="")).page is None
    assert one(NBIB.format(pii="1123456", more="VI  - 14\n")).page == "1123456"


@pytest.mark.parametrize("field", ["eid", "articleno", "article-number"])
def test_an_article_number_of_bibtex_is_read(field: str) -> None:
    assert one(f"@article{{a, title={{T}}, journal={{J}}, year=2019, {field}={{e88}}}}").number == "e88"


def test_an_article_number_of_endnote_is_read() -> None:
    record = (
        "<xml><records><record><ref-type name='Journal Article'>17</ref-type><titles><title>T</title></titles>{}"
        "<custom7>e88</custom7></record></records></xml>"
    )
    assert one(record.format("")).number == "e88"
    assert one(record.format("<pages>1-2</pages>")).number is None


# -- a title in its own language alone ----------------------------------------------------------------------------------

VERNACULAR = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate>
<Year>1999</Year></PubDate></JournalIssue><Title>Hautarzt</Title></Journal>{title}<Language>ger</Language>
<VernacularTitle>Ein Fall von <i>Lupus</i>.</VernacularTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.mark.parametrize(
    "title", ["", "<ArticleTitle/>", "<ArticleTitle></ArticleTitle>", "<ArticleTitle>[Not Available].</ArticleTitle>"]
)
def test_a_work_without_a_translated_title_has_its_own(title: str) -> None:
    found = one(VERNACULAR.format(title=title))
    assert (found.title, found.language, found.original_title) == ("Ein Fall von <i>Lupus</i>", "ger", None)


def test_a_translated_title_goes_before_the_original() -> None:
    found = one(VERNACULAR.format(title="<ArticleTitle>[A case of lupus].</ArticleTitle>"))
    assert (found.title, found.original_title) == ("A case of lupus", "Ein Fall von <i>Lupus</i>")


def test_a_record_without_any_title_is_refused() -> None:
    read = read_file("x", VERNACULAR.format(title="").replace("Ein Fall von <i>Lupus</i>.", "").encode())
    assert (read.found, len(read.refused)) == ([], 1)


# -- abbreviations that grow ----------------------------------------------------------------------------------------------


def bomb(depth: int) -> str:
    doubled = "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, depth + 1))
    return f'@string{{s0 = "lol"}}\n{doubled}@article{{a, title = s{depth}, year = 2001}}\n'


@pytest.mark.parametrize("depth", [24, 200])
def test_a_string_that_doubles_itself_is_refused_with_its_line_and_the_rest_is_read(depth: int) -> None:
    text = "@book{b, title={Before}}\n" + bomb(depth) + "@book{c, title={After}, series=s2}\n"
    start = time.perf_counter()
    read = read_file("x.bib", text.encode())
    assert time.perf_counter() - start < 1
    assert [(reference.id, reference.title) for _, reference in read.found] == [("b", "Before"), ("c", "After")]
    assert read.found[1][1].collection_title == "lol" * 4
    first = 14  # 3 letters doubled twelve times are 12,288; s0 stands on line 2
    assert [line for line, _ in read.refused] == [first, depth + 3]
    assert f"line {first}" in read.refused[1][1]


def test_a_bomb_in_a_file_is_refused() -> None:
    read = read_file("x.bib", (HERE.parent / "bomb.bib").read_bytes())
    assert [reference.id for _, reference in read.found] == ["read"]
    assert len(read.refused) == 2


def test_one_string_used_without_end_is_refused() -> None:
    fields = ",".join(f"f{n}=s" for n in range(1000))
    books = "".join(f"@book{{k{n},{fields}}}\n" for n in range(20))
    start = time.perf_counter()
    read = read_file("x.bib", f"@string{{s={{{'x' * 9999}}}}}\n{books}".encode())
    assert time.perf_counter() - start < 2
    assert len(read.found) + len(read.refused) == 20
    assert len(read.refused) > 10


def test_a_long_text_that_is_typed_is_no_abbreviation() -> None:
    found = one(f'@string{{j="J Test"}}\n@article{{a, title={{T}}, journal=j, abstract={{{"word " * 9000}}}}}\n')
    assert (found.container_title, len(found.abstract or "")) == ("J Test", 44999)


def test_entries_that_all_inherit_from_each_other_are_read_at_once() -> None:
    names = [f"x{n}" for n in range(60)]
    common = "".join(f"@xdata{{{name}, publisher={{P}}, xdata={{{','.join(names)}}}}}\n" for name in names)
    start = time.perf_counter()
    assert one(f"{common}@book{{a, title={{T}}, xdata={{x1,x2}}}}").publisher == "P"
    assert time.perf_counter() - start < 1


# -- the number in a series ------------------------------------------------------------------------------------------------

SERIES = ("CLSI guideline", "M45")


def series(reference: Reference) -> tuple[str | None, str | None]:
    return reference.collection_title, reference.collection_number


@pytest.mark.parametrize("kind", ["book", "incollection", "inproceedings", "manual", "proceedings", "inbook"])
def test_a_number_of_bibtex_beside_a_series_is_that_of_the_series(kind: str) -> None:
    found = one(f"@{kind}{{a, title={{T}}, booktitle={{B}}, series={{CLSI guideline}}, number={{M45}}, year=2016}}")
    assert series(found) == SERIES


def test_a_number_of_bibtex_of_a_report_is_its_own() -> None:
    found = one("@techreport{a, title={T}, series={CLSI guideline}, number={M45}, year=2016}")
    assert (found.collection_title, found.number, found.collection_number) == ("CLSI guideline", "M45", None)


@pytest.mark.parametrize(
    "lines",
    [
        "TY  - BOOK\nT2  - CLSI guideline\nM1  - M45",
        "TY  - BOOK\nT3  - CLSI guideline\nIS  - M45",
        "TY  - BOOK\nT2  - CLSI guideline\nSV  - M45",
        "TY  - CHAP\nT2  - A book\nT3  - CLSI guideline\nSV  - M45",
        "TY  - CONF\nT2  - Proceedings\nT3  - CLSI guideline\nSV  - M45",
        "TY  - RPRT\nT2  - CLSI guideline\nSV  - M45",
    ],
)
def test_a_series_of_ris_keeps_its_number(lines: str) -> None:
    assert series(one(f"{lines}\nTI  - T\nAU  - Roe, A\nPY  - 2016\nER  - \n")) == SERIES


def test_a_report_of_ris_keeps_its_series_and_its_number() -> None:
    found = one("TY  - RPRT\nT2  - CLSI guideline\nIS  - M45\nTI  - T\nPY  - 2016\nER  - \n")
    assert (found.collection_title, found.number) == SERIES


@pytest.mark.parametrize(
    ("kind", "titles", "number"),
    [
        ("Book", "<secondary-title>CLSI guideline</secondary-title>", "collection_number"),
        (
            "Book Section",
            "<secondary-title>B</secondary-title><tertiary-title>CLSI guideline</tertiary-title>",
            "collection_number",
        ),
        ("Report", "<secondary-title>CLSI guideline</secondary-title>", "number"),
    ],
)
def test_a_series_of_endnote_keeps_its_number(kind: str, titles: str, number: str) -> None:
    found = one(
        f"<xml><records><record><ref-type name='{kind}'>6</ref-type><titles><title>T</title>{titles}</titles>"
        "<number>M45</number></record></records></xml>"
    )
    assert (found.collection_title, getattr(found, number)) == SERIES


def test_a_book_of_pubmed_keeps_its_series_and_report_number() -> None:
    found = one(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>1</PMID><Book><Publisher><PublisherName>AHRQ"
        "</PublisherName></Publisher><BookTitle>Itch</BookTitle><PubDate><Year>2012</Year></PubDate><CollectionTitle>"
        "Comparative Effectiveness Reviews</CollectionTitle><ReportNumber>12-EHC017</ReportNumber></Book></BookDocument>"
        "</PubmedBookArticle></PubmedArticleSet>"
    )
    assert (found.collection_title, found.number) == ("Comparative Effectiveness Reviews", "12-EHC017")


# -- Web of Science -----------------------------------------------------------------------------------------------------------


def test_plain_text_of_web_of_science_is_read() -> None:
    text = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Smith, A
   Jones, BC
TI First title
   that goes on
SO BIOCHEMISTRY
PY 2001
VL 40
BP 1
EP 9
DI 10.1021/bi0000001
PM 11141052
ER

PT J
AU Jones, B
TI Second title
SO BIOCHEMISTRY
PY 2002
ER

EF
"""
    read = read_file("savedrecs.txt", text.encode("utf-8-sig"))
    assert (read.format, read.refused) == ("web-of-science", [])
    first, second = (reference for _, reference in read.found)
    assert authors(first) == [("Smith", "A."), ("Jones", "B. C.")]
    assert (first.title, first.container_title) == ("First title that goes on", "BIOCHEMISTRY")
    assert (first.volume, first.page, first.doi, first.pmid) == ("40", "1-9", "10.1021/bi0000001", "11141052")
    assert (second.title, second.issued and second.issued.year) == ("Second title", 2002)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("PT J\nDT Article; Proceedings Paper\nCT A meeting", "article-journal"),
        ("PT C", "paper-conference"),
        ("PT S\nDT Proceedings Paper", "paper-conference"),
        ("PT B\nCT A meeting", "paper-conference"),
        ("PT B\nDT Article; Book Chapter", "chapter"),
        ("PT S\nDT Article", "chapter"),
        ("PT B\nDT Book", "book"),
        ("PT P", "patent"),
    ],
)
def test_a_type_of_web_of_science(lines: str, kind: str) -> None:
    assert one(f"{lines}\nAU Roe, A\nTI Feet\nSO Textbook of feet\nPY 2001\nER\n").type == kind


@pytest.mark.parametrize(("broken", "line"), [("PT J\nAU Roe, A\nER\n", 5), ("AU Roe, A\nTI Feet\nER\n", 5)])
def test_of_web_of_science_read_and_refused_are_all_there_are(broken: str, line: int) -> None:
    whole = "PT J\nAU Roe, A\nTI {}\nER\n"
    read = read_file("x.txt", f"{whole.format('Before')}{broken}{whole.format('After')}EF\n".encode())
    assert [reference.title for _, reference in read.found] == ["Before", "After"]
    assert [number for number, _ in read.refused] == [line]


# -- the number of a series in a pasted list ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        (
            "CLSI. Methods for dilution tests. 3rd ed. CLSI guideline M45. Wayne, PA: CLSI; 2016.",
            "CLSI guideline",
            "M45",
        ),
        ("CLSI. Standards for tests. 30th ed. CLSI supplement M100. Wayne, PA: CLSI; 2020.", "CLSI supplement", "M100"),
        (
            "World Health Organization. Leprosy: eighth report. Geneva: WHO; 2012. (WHO technical report series; no. 968).",
            "WHO technical report series",
            "968",
        ),
        (
            "Roe A. Skin. In: Doe B, editor. Advances. London: Sample; 2016. p. 1-2. (Lecture notes in skin; no. 12).",
            "Lecture notes in skin",
            "12",
        ),
    ],
)
def test_a_pasted_series_keeps_its_number(line: str, title: str, number: str) -> None:
    (pasted,) = read_pasted(line)
    record = pasted.record
    assert record["collection-title"] == title
    assert number in (record.get("collection-number"), record.get("number"))
    assert pasted.confidence == "high"


# -- a full stop with which a number begins -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={T}, volume={.5}, pages={.7}}",
        "TY  - JOUR\nTI  - T\nVL  - .5\nSP  - .7\nER  - \n",
        "PMID- 1\nTI  - T\nVI  - .5\nPG  - .7\n",
        "PT J\nTI T\nVL .5\nBP .7\nER\n",
        '[{"type": "article-journal", "id": "a", "title": "T", "volume": ".5", "page": ".7"}]',
    ],
)
def test_a_number_that_begins_with_a_full_stop_is_read_as_it_is_written(text: str) -> None:
    found = one(text)
    assert (found.volume, found.page) == (".5", ".7")
