"""Figures, tables, citations and references in JATS: what JATS4R and PubMed Central ask of each."""

from pathlib import Path
from typing import Any

import pytest
from hidden_names import ARTIST, MASKED, OTHERS, SLUG, TAKEN, squashed, written
from jats import HREF, PIXELS, SPECIMENS, Jats, jats, needs_dtd, specimen, text
from lxml import etree

from casewriter.cli.app import run
from casewriter.export.jats.pages import pages
from casewriter.image import Picture
from casewriter.model.case import Case

every = pytest.mark.parametrize("name", SPECIMENS, ids=lambda name: Path(name).parent.name if "/" in name else name)
DRAWN = Picture(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", 0, 0)


def panels(*letters: str, **more: Any) -> dict[str, Any]:
    some = [{"file": f"{one}.png", "caption": f"Panel {one}", "alt": f"Alt {one}"} for one in letters]
    return {"skin": {"caption": "Skin", "panels": some, **more}}


# -- figures ------------------------------------------------------------------------------------------------------


def test_every_picture_is_a_file_with_a_description_that_is_not_its_caption() -> None:
    seen = 0
    for name in SPECIMENS:
        file = specimen(name)
        assert set(file.addresses()) == set(file.files) - {"x.xml"}
        for one in file.all("graphic"):
            outer = file.parents[one]
            figure = outer if outer.tag == "fig" else file.parents[outer]
            caption = figure.find("caption")
            assert one.findtext("alt-text")
            assert one.findtext("alt-text") != (text(caption).strip() if caption is not None else "")
            seen += 1
    assert seen > 20


@every
def test_a_label_is_not_typed_in_the_caption_again(name: str) -> None:
    file = specimen(name)
    for one in (*file.all("fig"), *file.all("fig-group"), *file.all("table-wrap")):
        label, caption = one.findtext("label"), one.find("caption")
        if label and caption is not None and len(label) > 1:
            assert not text(caption).strip().startswith(label.rstrip("."))


@every
def test_a_group_of_figures_has_several_with_a_label_each_and_its_own(name: str) -> None:
    for group in specimen(name).all("fig-group"):
        assert len(group.findall("fig")) > 1
        assert group.findtext("label", "").endswith(".")
        letters = [one.findtext("label") for one in group.findall("fig")]
        assert letters == sorted(set(letters))


@needs_dtd
def test_panels_are_figures_of_a_group_and_mentions_lead_to_them() -> None:
    case = {
        "introduction": "See @fig-skin, @fig-skin.b and @fig-skin.a-c.",
        "figures": panels("a", "b", "c", note="A note", credit="By us"),
    }
    file = jats(case, a=PIXELS, b=PIXELS, c=PIXELS)
    assert file.mistakes() == []
    assert [(one.text, one.get("rid")) for one in file.all("xref")] == [
        ("Figure\u00a01", "F1"),
        ("Figure\u00a01B", "F1B"),
        ("Figure\u00a01A–C", "F1A F1B F1C"),
    ]
    group = file.one("fig-group")
    assert [text(one) for one in group.findall("caption/p")] == ["Skin.", "A note.", "By us."]
    found = [
        (one.findtext("label"), text(one.find("caption")).strip(), one.find("graphic").get(HREF))
        for one in group.findall("fig")
    ]
    assert found == [(letter.upper(), f"Panel {letter}.", f"x-fig1{letter}.png") for letter in "abc"]
    assert file.files["x-fig1a.png"] == PIXELS.data


def test_a_figure_of_one_picture_is_no_group_and_credits_its_maker() -> None:
    figures = {"skin": {"file": "a.png", "caption": "Skin", "alt": "Red plaques", "credit": "ABE, with permission"}}
    file = jats({"introduction": "See @fig-skin.", "figures": figures}, a=PIXELS)
    one = file.one("fig")
    assert [inner.tag for inner in one] == ["label", "caption", "graphic", "attrib"]
    assert one.findtext("attrib") == "ABE, with permission."
    assert file.all("fig-group") == []


def test_a_drawing_is_a_file_of_its_own_with_pixels_as_the_alternative() -> None:
    figures = {"skin": {"file": "a.png", "caption": "Course", "alt": "Fever falls"}}
    file = jats({"introduction": "See @fig-skin.", "figures": figures}, a=DRAWN)
    found = [
        (one.get("mime-subtype"), one.get(HREF), one.findtext("alt-text")) for one in file.all("alternatives/graphic")
    ]
    assert found == [("svg+xml", "x-fig1.svg", "Fever falls"), ("png", "x-fig1.png", "Fever falls")]
    assert (file.files["x-fig1.svg"], file.files["x-fig1.png"]) == (DRAWN.data, PIXELS.data)


@needs_dtd
def test_a_picture_that_is_missing_is_said_to_be() -> None:
    figures = {"skin": {"file": "a.png", "caption": "Skin", "alt": "Red plaques"}}
    file = jats({"introduction": "See @fig-skin.", "figures": figures})
    assert file.mistakes() == []
    assert file.all("graphic") == []
    assert (file.one("fig").findtext("alt-text"), text(file.one("fig").find("p"))) == (
        "Red plaques",
        "Picture not supplied",
    )


# -- tables -------------------------------------------------------------------------------------------------------


@every
def test_every_table_has_heads_that_say_what_they_head(name: str) -> None:
    file = specimen(name)
    for table in file.all("table-wrap/table"):
        assert table.findall(".//th") != []
    scopes = {one.get("scope") for one in file.all("th")}
    assert scopes <= {"col", "colgroup", "row", "rowgroup"}
    assert all(text(one).strip() for one in file.all("th"))


@every
def test_rows_of_a_table_are_equally_wide(name: str) -> None:
    """HTML 4.01, 11.2.1: a cell covers as many columns and rows as it says; none is left over, none covered twice."""
    tables = specimen(name).all("table")
    for table in tables:
        covered: dict[int, int] = {}
        widths = set()
        for row in table.iter("tr"):
            place, width = 0, 0
            for cell in row:
                while covered.get(place, 0):
                    covered[place] -= 1
                    place, width = place + 1, width + 1
                for _ in range(int(cell.get("colspan", "1"))):
                    covered[place] = int(cell.get("rowspan", "1")) - 1
                    place, width = place + 1, width + 1
            widths.add(width)
        assert len(widths) == 1
        assert not any(covered.values())


def test_a_table_of_the_author_is_written_out() -> None:
    tables = {
        "own": {
            "caption": "Doses",
            "columns": ["Drug", "Dose"],
            "rows": [["A", "5 mg"], ["B", None]],
            "notes": "By mouth",
        }
    }
    file = jats({"introduction": "See @tbl-own.", "tables": tables})
    assert file.shape(file.one("table-wrap")).replace("\u00a0", " ") == (
        '<table-wrap id="T1"><label>Table 1.</label><caption><p>Doses.</p></caption>'
        '<table><thead><tr><th scope="col">Drug</th><th scope="col">Dose</th></tr></thead>'
        "<tbody><tr><td>A</td><td>5 mg</td></tr><tr><td>B</td><td /></tr></tbody></table>"
        "<table-wrap-foot><p>By mouth.</p></table-wrap-foot></table-wrap>"
    )
    assert [(one.text, one.get("rid")) for one in file.all("xref")] == [("Table\u00a01", "T1")]


def test_marks_lead_to_notes_and_flags_are_letters() -> None:
    results = [
        {"test": "ALT", "value": "486", "unit": "U/L", "reference": "0-40", "at": "0", "note": "haemolysed"},
        {"test": "ALT", "value": "30", "unit": "U/L", "reference": "0-40", "at": "1 d"},
    ]
    file = jats({"introduction": "See @tbl-labs.", "labs": {"results": results}})
    (mark,) = [one for one in file.all("xref") if one.get("ref-type") == "table-fn"]
    (note,) = [one for one in file.all("table-wrap-foot/fn") if one.get("id") == mark.get("rid")]
    assert text(mark) == note.findtext("label")
    assert text(note.find("p")).lower().startswith("haemolysed")
    assert any(text(cell).startswith("486\u00a0H") for cell in file.all("td"))


# -- citations ----------------------------------------------------------------------------------------------------


def cited(citation: str, profile: str = "generic-care", count: int = 5) -> Jats:
    works = [
        {
            "id": f"a/{n}",
            "type": "article-journal",
            "author": [{"family": f"Author{n}", "given": "A."}],
            "title": f"T{n}",
            "issued": f"200{n}",
        }
        for n in range(1, count + 1)
    ]
    return jats({"introduction": f"Fever {citation}.", "references": works, "nocite": "all"}, profile)


@pytest.mark.parametrize(
    ("citation", "shown"),
    [
        ("[@a/1]", [("1", "R1")]),
        ("[@a/1; @a/2]", [("1", "R1"), ("2", "R2")]),
        ("[@a/1; @a/2; @a/3]", [("1–3", "R1 R2 R3")]),
        ("[@a/1; @a/2; @a/3; @a/4] or [@a/2; @a/3; @a/4; @a/1]", [("1–4", "R1 R2 R3 R4")] * 2),
    ],
)
def test_a_citation_leads_to_each_of_its_references(citation: str, shown: list[tuple[str, str]]) -> None:
    file = cited(citation)
    assert [(text(one), one.get("rid")) for one in file.all("p/xref")] == shown


def test_a_raised_citation_is_raised() -> None:
    """JMCR numbers in brackets; JCEM Case Reports and others raise: the style of AMA."""
    from casewriter.article.compose import compose
    from casewriter.citation import read_library
    from casewriter.profile import find_profile
    from casewriter.profile_parts import CitationPlan

    case = Case.model_validate(
        {"format": "1", "introduction": "Fever [@a].", "references": [{"id": "a", "type": "book", "title": "T"}]}
    )
    plan = find_profile("generic-care").model_copy(
        update={"citation": CitationPlan(csl="american-medical-association")}
    )
    file = Jats(compose(case, plan, read_library(case, {})).article)
    assert [(text(one), one.find("xref").get("rid")) for one in file.all("sup")] == [("1", "R1")]


# -- references ---------------------------------------------------------------------------------------------------


def reference(**item: Any) -> dict[str, Any]:
    names = {key if key == "authors_truncated" else key.replace("_", "-"): value for key, value in item.items()}
    return names if "id" in names else {"id": "a"} | names


def entry(**item: Any) -> Jats:
    return jats({"introduction": "Fever [@a].", "references": [reference(**item)]})


@pytest.mark.parametrize(
    ("item", "kind", "parts"),
    [
        ({"type": "article-journal", "title": "T", "container_title": "J", "volume": "1"}, "journal", {"article-title": "T", "source": "J", "volume": "1"}),
        ({"type": "book", "title": "B", "publisher": "P", "publisher_place": "X", "edition": "2"}, "book", {"source": "B", "publisher-name": "P", "publisher-loc": "X", "edition": "2"}),
        ({"type": "chapter", "title": "C", "container_title": "B"}, "book", {"chapter-title": "C", "source": "B"}),
        ({"type": "paper-conference", "title": "T", "container_title": "Proc", "event_title": "Meeting", "event_place": "X"}, "confproc", {"article-title": "T", "source": "Proc", "conf-name": "Meeting", "conf-loc": "X"}),
        ({"type": "thesis", "title": "T", "publisher": "University"}, "thesis", {"source": "T", "publisher-name": "University"}),
        ({"type": "report", "title": "T", "publisher": "WHO"}, "report", {"source": "T", "publisher-name": "WHO"}),
        ({"type": "webpage", "title": "T", "container_title": "Site", "URL": "https://example.org"}, "web", {"article-title": "T", "source": "Site", "uri": "https://example.org"}),
        ({"type": "article", "title": "T", "publisher": "medRxiv"}, "preprint", {"article-title": "T", "source": "medRxiv"}),
        ({"type": "dataset", "title": "T", "version": "2"}, "data", {"data-title": "T", "version": "2"}),
        ({"type": "software", "title": "T"}, "software", {"source": "T"}),
        ({"type": "patent", "title": "T"}, "patent", {"article-title": "T"}),
        ({"type": "article-newspaper", "title": "T", "container_title": "Times"}, "periodical", {"article-title": "T", "source": "Times"}),
    ],
)  # fmt: skip
def test_a_reference_is_data_by_its_type(item: dict[str, Any], kind: str, parts: dict[str, str]) -> None:
    one = entry(**item).one("element-citation")
    assert one.get("publication-type") == kind
    assert {name: one.findtext(name) for name in parts} == parts


@needs_dtd
@pytest.mark.parametrize("kind", ["legal_case", "document", "personal_communication"])
def test_a_work_of_an_unknown_kind_has_its_printed_words_alone(kind: str) -> None:
    file = entry(type=kind, title="Smith v Jones")
    assert file.all("element-citation") == file.all("citation-alternatives") == []
    assert file.mistakes() == []
    assert "Smith v Jones" in text(file.one("mixed-citation"))


@every
def test_every_entry_has_the_words_that_are_printed_and_a_year_of_four_digits(name: str) -> None:
    file = specimen(name)
    entries = file.all("ref")
    assert len(entries) == len(file.article.references)
    assert all(text(one.find(".//mixed-citation")).strip() for one in entries)
    years = [one.text or "" for one in file.all("element-citation/year")]
    assert all(len(year) == 4 and year.isdigit() for year in years)
    assert not [one for one in file.all("element-citation") if one.get("publication-type") == "other"]


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("669-673", "", [("fpage", "669"), ("lpage", "673")]),
        ("669–73", "", [("fpage", "669"), ("lpage", "673")]),
        ("S12-S18", "", [("fpage", "S12"), ("lpage", "S18")]),
        ("S12-8", "", [("fpage", "S12"), ("lpage", "S18")]),
        ("1099-103", "", [("fpage", "1099"), ("lpage", "1103")]),
        ("12", "", [("fpage", "12")]),
        ("12-15, 20", "", [("page-range", "12-15, 20")]),
        ("20-12", "", [("fpage", "20"), ("lpage", "12")]),
        ("e59501", "", [("elocation-id", "e59501")]),
        ("1045678", "", [("elocation-id", "1045678")]),
        ("bcr-2020-234567", "", [("elocation-id", "bcr-2020-234567")]),
        ("bcr2014204966", "", [("elocation-id", "bcr2014204966")]),
        ("", "77", [("elocation-id", "77")]),
        ("iv", "", [("fpage", "iv")]),
        ("", "", []),
    ],
)
def test_pages_are_first_and_last_or_the_number_of_an_article(
    typed: str, number: str, shown: list[tuple[str, str]]
) -> None:
    found = [(one.tag, one.text) for one in pages(typed, number)]
    if typed == "20-12":  # JATS4R: the last page comes after the first; what cannot be both stays as typed
        shown = [("page-range", "20-12")]
    assert found == shown


def test_names_in_references_have_their_particles_bodies_and_an_end() -> None:
    people = [
        {"family": "Berg", "given": "J.", "non-dropping-particle": "van der"},
        {"literal": "World Health Organization"},
        {"family": "King", "given": "M. L.", "suffix": "Jr"},
    ]
    file = entry(type="book", title="T", author=people, authors_truncated="true", editor=["Roe R"])
    group, editors = file.all("person-group")
    assert [one.get("person-group-type") for one in (group, editors)] == ["author", "editor"]
    assert [one.tag for one in group] == ["name", "collab", "name", "etal"]
    assert group.findtext("name/surname") == "van der Berg"
    assert group.findtext("collab") == "World Health Organization"
    assert editors.findtext("name/surname") == "Roe"


def test_identifiers_are_bare_and_malformed_ones_are_in_the_printed_words_alone() -> None:
    item = {
        "type": "article-journal",
        "title": "T",
        "DOI": "https://doi.org/10.5555/x.1",
        "PMID": "123",
        "PMCID": "PMC77",
    }
    found = {one.get("pub-id-type"): one.text for one in entry(**item).all("pub-id")}
    assert found == {"doi": "10.5555/x.1", "pmid": "123", "pmcid": "PMC77"}
    assert entry(type="article-journal", title="T", DOI="x.1", PMID="n/a").all("pub-id") == []


def test_dates_are_numbers_or_a_comment() -> None:
    one = entry(type="webpage", title="T", issued="2020-03-21", accessed="2026-03-14").one("element-citation")
    assert [(e.tag, e.text) for e in one if e.tag in ("year", "month", "day")] == [
        ("year", "2020"),
        ("month", "3"),
        ("day", "21"),
    ]
    assert one.find("year").get("iso-8601-date") == "2020-03-21"
    assert one.find("date-in-citation").attrib == {"content-type": "access-date", "iso-8601-date": "2026-03-14"}
    other = entry(type="article-journal", title="T", issued="in press").one("element-citation")
    assert (other.findtext("comment"), other.find("year")) == ("in press", None)


def test_markup_in_a_title_is_markup() -> None:
    one = entry(type="book", title="H<sub>2</sub>O & <i>E. coli <b>O157</b></i> < 5").one("element-citation/source")
    assert text(one) == "H2O & E. coli O157 < 5"
    assert [inner.tag for inner in one.iter()] == ["source", "sub", "italic", "bold"]


# -- the copy without names ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, str]:
    """Return all that can be read in the files of the case in which names hide, blinded and not."""
    folder = tmp_path_factory.mktemp("hidden")
    home = written(folder)
    found = {}
    for blinded in (False, True):
        out = folder / f"out{blinded}"
        run(["-q", "render", str(home), "-o", str(out), "--to", "jats", *(["--blinded"] if blinded else [])])
        files = sorted((out / SLUG).iterdir())
        assert {path.suffix for path in files} > {".xml", ".png"}
        assert all(path.name.startswith("case-blinded" if blinded else SLUG) for path in files)
        found[blinded] = "\n".join((path.name if blinded else "") + _all(path) for path in files)
    return found


def _all(path: Path) -> str:
    """Return text, attributes, comments and declaration of XML; the letters of any other file."""
    data = path.read_bytes()
    if path.suffix not in (".xml", ".svg"):
        return data.decode("latin-1")
    root = etree.fromstring(data)
    return "\n".join(
        ("".join(root.itertext()), " ".join(root.itertext()), *map(str, root.xpath("//@*")), data.decode())
    )


def test_no_place_where_a_name_hides_is_in_the_blinded_document(hidden: dict[bool, str]) -> None:
    before, after = squashed(hidden[False]), squashed(hidden[True])
    places = [place for place in (*MASKED, *TAKEN) if "anchor" not in place.what]
    assert len(places) > 60
    assert [place.what for place in places if squashed(place.mark + place.name) not in before] == []
    assert [place.what for place in (*MASKED, *TAKEN) if squashed(place.name) in after] == []
    assert ARTIST not in hidden[True]


def test_what_names_nobody_stays_in_the_blinded_document(hidden: dict[bool, str]) -> None:
    assert [said for said in OTHERS if squashed(said) not in squashed(hidden[True])] == []


@needs_dtd
def test_a_blinded_document_is_valid_and_names_no_author(tmp_path: Path) -> None:
    home = written(tmp_path)
    run(["-q", "render", str(home), "-o", str(tmp_path / "out"), "--to", "jats", "--blinded"])
    from jats import grammar

    root = etree.parse(str(tmp_path / "out" / SLUG / "case-blinded.xml")).getroot()
    assert grammar().validate(root)
    assert root.findall(".//contrib") == root.findall(".//aff") == root.findall(".//award-group") == []
    assert len(root.findall(".//element-citation")) == 1
