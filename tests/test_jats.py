"""JATS: valid against the DTD, every word of the article in it, its parts where JATS4R and PubMed Central look for them.

See `jats.py` for the DTD. The rules are those of JATS4R's recommendations and of PubMed Central's tagging guidelines.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fidelity import Typed, differences, typed_case
from hypothesis import given, settings
from hypothesis import strategies as st
from jats import HREF, LANG, PIXELS, SPECIMENS, Jats, composed, jats, needs_dtd, specimen, text
from stress import ROOT, rendered

from casewriter.article.compose import compose
from casewriter.citation import read_library
from casewriter.cli.app import run
from casewriter.export.jats import remarks
from casewriter.export.jats.reading import jats_text
from casewriter.export.readback import lost
from casewriter.model.case import Case
from casewriter.problem import CannotRun, Level
from casewriter.profile import all_profiles, find_profile
from casewriter.project import case_file, open_case
from casewriter.source import read
from casewriter.work.check import compose_opened

TINY = ROOT / "tests" / "data" / "jats"
every = pytest.mark.parametrize("name", SPECIMENS, ids=lambda name: Path(name).parent.name if "/" in name else name)


# -- the whole ----------------------------------------------------------------------------------------------------


def test_a_small_case_is_the_document_that_was_written_by_hand() -> None:
    case = read((TINY / "tiny.yaml").read_bytes(), "tiny.yaml").data
    assert jats(case).data.decode() == (TINY / "tiny.xml").read_text("utf-8")


@needs_dtd
@every
def test_a_document_is_valid(name: str) -> None:
    assert specimen(name).mistakes() == []


@every
def test_every_word_of_the_article_is_in_the_document(name: str) -> None:
    file = specimen(name)
    found = lost(file.article, jats_text(file.data), "JATS", described=True, exact=True)
    assert [problem.message for problem in found] == []


@needs_dtd
@pytest.mark.parametrize("profile", sorted(all_profiles()))
def test_for_every_journal_the_document_is_valid_and_whole(profile: str) -> None:
    opened = open_case(case_file(ROOT / "cases" / "exemplary-dress" / "case.yaml", None), profile)
    file = Jats(compose_opened(opened, "article").article)
    assert file.mistakes() == []
    found = lost(file.article, jats_text(file.data), "JATS", described=True, exact=True)
    assert [problem.message for problem in found] == []


@every
def test_ids_are_names_and_each_stands_once(name: str) -> None:
    ids = [one.get("id", "") for one in specimen(name).root.iter() if one.get("id") is not None]
    assert len(ids) == len(set(ids)) > 5
    assert [one for one in ids if not re.fullmatch(r"[A-Z]+\d+[A-Z]?(G\d+)?", one)] == []


@every
def test_every_cross_reference_leads_to_something_of_its_kind(name: str) -> None:
    file = specimen(name)
    targets = {one.get("id"): one.tag for one in file.root.iter() if one.get("id")}
    kinds = {
        "bibr": ("ref",), "fig": ("fig", "fig-group"), "table": ("table-wrap", "tr"), "table-fn": ("fn",), "aff": ("aff",),
        "corresp": ("corresp",), "author-notes": ("fn",),
    }  # fmt: skip
    for one in file.all("xref"):
        found = {targets[rid] for rid in one.get("rid", "").split()}
        assert found <= set(kinds[one.get("ref-type", "")])
        assert found


@every
def test_authors_stand_in_the_order_of_the_case(name: str) -> None:
    file = specimen(name)
    shown = [
        (one.findtext("name/given-names") or "", one.findtext("name/surname") or text(one.find("collab")))
        for one in file.all("contrib")
    ]
    assert shown == [(author.given, author.family) for author in file.article.authors]


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("an author", r"<name [^>]*><surname>Sample</surname>.*?</name>"),
        ("a heading", r"<title>Patient information</title>"),
        ("a caption", r"<p>RegiSCAR score of the patient\.</p>"),
        ("a cell", r"(?<=<td><bold>)561"),
        ("a reference", r"(?<=<mixed-citation publication-type=\"journal\">)Naranjo CA[^<]*"),
        ("a description", r"<alt-text>A pale oval[^<]*</alt-text>"),
        ("a keyword", r"<kwd>HLA-B antigens</kwd>"),
        ("a note", r"None declared\."),
    ],
)
def test_what_a_document_lacks_is_named(kind: str, pattern: str) -> None:
    file = specimen("exemplary-dress")
    less, count = re.subn(pattern, "", file.data.decode(), count=1)
    assert count == 1, kind
    found = lost(file.article, jats_text(less.encode()), "JATS", described=True, exact=True)
    assert [problem.kind.code for problem in found] == ["JRNL002"]


def as_page(file: Jats) -> str:
    """Return the document with the elements of a page in place of its own, without what repeats its words as data."""
    for unseen in ("element-citation", "funding-group", "alt-title"):
        for one in file.all(unseen):
            file.parents[one].remove(one)
    names = {
        "italic": "em", "bold": "strong", "monospace": "code", "list-item": "li", "disp-quote": "blockquote",
        "break": "br", "th": "td",
    }  # fmt: skip
    for one in file.root.iter():
        if one.tag == "title":
            one.tag = "h3" if file.parents[one].tag in ("sec", "ack", "abstract") else "p"
        elif one.tag == "xref" and one.get("ref-type") == "table-fn":
            one.clear()
        one.tag = names.get(one.tag, one.tag)
    return ET.tostring(file.root, encoding="unicode", method="html")


@needs_dtd
@settings(max_examples=int(os.environ.get("CASEWRITER_FIDELITY", "60")), deadline=None)
@given(st.integers(0, 10**9), st.sampled_from((0.05, 0.15, 0.4)), st.sampled_from(("generic-care", "jmcr", "ijscr")))
def test_every_text_is_what_was_typed_in_a_valid_document(seed: int, share: float, profile: str) -> None:
    typed = typed_case(seed, share)
    article = compose(typed.case, find_profile(profile), read_library(typed.case, {})).article
    file = Jats(article)
    assert file.mistakes() == []
    assert [one.message for one in lost(article, jats_text(file.data), "JATS", described=True, exact=True)] == []
    assert differences(typed, as_page(file)) == []


def test_the_comparison_with_what_was_typed_sees_a_lost_sign() -> None:
    case = Case.model_validate({"format": "1", "introduction": "zq1zq 5~10 *mg* zq1zqe"})
    page = as_page(jats({"introduction": "zq1zq 5~10 *mg* zq1zqe"}))
    typed = Typed(case, {"zq1zq": "5~10 *mg*"})
    assert differences(typed, page) == []
    assert differences(typed, page.replace("~", "")) != []
    assert differences(typed, page.replace("<em>", "").replace("</em>", "")) != []


# -- JATS4R and PubMed Central ------------------------------------------------------------------------------------


def test_it_says_that_it_is_a_case_report_in_jats_1_3() -> None:
    file = specimen("exemplary-dress")
    assert file.root.attrib == {"article-type": "case-report", "dtd-version": "1.3", LANG: "en"}
    assert b'"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN"' in file.data
    assert jats({"language": "de", "introduction": "Fieber."}).root.get(LANG) == "de"


def test_there_is_one_heading_with_one_subject() -> None:
    (group,) = specimen("exemplary-dress").all("subj-group")
    assert group.attrib == {"subj-group-type": "heading"}
    assert [(one.tag, one.text) for one in group] == [("subject", "Case report")]


def test_sections_say_what_they_hold_and_each_has_a_title() -> None:
    file = specimen("exemplary-dress")
    kinds = {one.findtext("title"): one.get("sec-type") for one in file.one("body")}
    assert kinds["Introduction"] == "intro"
    assert kinds["Patient information"] == kinds["Timeline"] == kinds["Follow-up and outcomes"] == "cases"
    assert kinds["Discussion"] == "discussion"
    assert kinds["Conclusion"] == "conclusions"
    assert kinds["Learning points"] is None
    for one in (*file.all("sec"), *specimen("stress").all("sec")):
        assert one.findtext("title")


@pytest.mark.parametrize(
    ("abstract", "shape"),
    [
        ("One.\n\nTwo.", "<abstract><p>One.</p><p>Two.</p></abstract>"),
        ({"background": "One."}, "<abstract><title>Introduction</title><p>One.</p></abstract>"),
        (
            {"background": "One.", "conclusion": "Two."},
            "<abstract><sec><title>Introduction</title><p>One.</p></sec><sec><title>Conclusion</title><p>Two.</p></sec></abstract>",
        ),
        ("- a\n- b", "<abstract><p><list list-type=\"bullet\"><list-item><p>a</p></list-item><list-item><p>b</p></list-item></list></p></abstract>"),
    ],
)  # fmt: skip
def test_an_abstract_has_no_title_of_its_name_no_kinds_of_section_and_no_lone_section(
    abstract: object, shape: str
) -> None:
    file = jats({"abstract": abstract})
    assert re.sub(r' xmlns:\w+="[^"]*"', "", file.shape(file.one("abstract"))) == shape


def test_an_abstract_that_a_journal_calls_otherwise_keeps_its_name() -> None:
    """BMJ Case Reports calls it Summary."""
    assert find_profile("bmj-case-reports").abstract.name == "Summary"
    file = jats({"abstract": "One."}, "bmj-case-reports")
    assert file.one("abstract").findtext("title") == "Summary"


def test_each_contributor_has_one_name_and_leads_to_where_they_work() -> None:
    for name in ("exemplary-dress", "stress"):
        file = specimen(name)
        numbers = {one.get("id"): one.findtext("label") for one in file.all("aff")}
        for one in file.all("contrib"):
            assert one.get("contrib-type") == "author"
            assert len(one.findall("name") + one.findall("collab")) == 1
            places = [x for x in one.findall("xref") if x.get("ref-type") == "aff"]
            assert [x.text for x in places] == [numbers[x.get("rid")] for x in places] != []


def test_an_orcid_is_an_address_that_nobody_claims_to_have_authenticated() -> None:
    (one,) = specimen("exemplary-dress").all("contrib-id")
    assert one.attrib == {"contrib-id-type": "orcid"}
    assert one.text == "https://orcid.org/0000-0002-1825-0097"


def test_a_group_is_a_collaboration_and_a_single_name_a_person() -> None:
    authors = [{"family": "Example Gout Group"}, {"family": "Suharto"}, {"given": "Ana", "family": "Sample"}]
    file = jats({"authors": authors})
    assert file.texts("collab") == ["Example Gout Group"]
    assert file.texts("surname") == ["Suharto", "Sample"]


def test_roles_are_those_of_credit_with_their_addresses() -> None:
    """JATS4R, CRediT taxonomy; the addresses are those of credit.niso.org."""
    roles = ["Writing – review & editing", "Data curation"]
    found = jats({"authors": [{"given": "Ana", "family": "Sample", "roles": roles}]}).all("role")
    for one in found:
        assert one.get("vocab") == "credit"
        assert one.get("vocab-identifier") == "https://credit.niso.org/"
        assert one.get("vocab-term") == one.text
    addresses = [one.get("vocab-term-identifier") for one in found]
    base = "https://credit.niso.org/contributor-roles"
    assert addresses == [f"{base}/writing-review-editing/", f"{base}/data-curation/"]


def test_who_contributed_equally_died_or_is_to_be_written_to_is_marked() -> None:
    authors = [
        {"given": "Ana", "family": "A", "corresponding": "true", "email": "a@example.org", "equal": "true"},
        {"given": "Bob", "family": "B", "equal": "true", "deceased": "true"},
    ]
    file = jats({"authors": authors})
    flags = [{k: v for k, v in one.attrib.items() if k != "contrib-type"} for one in file.all("contrib")]
    assert flags == [
        {"corresp": "yes", "equal-contrib": "yes"},
        {"equal-contrib": "yes", "deceased": "yes"},
    ]
    notes = {one.get("id"): one.get("fn-type") for one in file.all("author-notes/fn")}
    leads = [[notes.get(x.get("rid"), x.get("rid")) for x in one.findall("xref")] for one in file.all("contrib")]
    assert leads == [["COR1", "equal"], ["equal", "deceased"]]
    assert file.one("corresp").findtext("email") == "a@example.org"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Germany", "DE"), ("United Kingdom", "GB"), ("UK", "GB"), ("USA", "US"), ("Türkiye", "TR"), ("Viet Nam", "VN"),
        ("Italia", "IT"), ("Côte d'Ivoire", "CI"), ("the netherlands", "NL"), ("Exampleland", None), ("Korea", None),
    ],
)  # fmt: skip
def test_a_country_has_its_iso_code_where_its_name_is_known(typed: str, code: str | None) -> None:
    """ISO 3166-1, alpha-2. Korea alone may be either."""
    case = {"authors": [{"family": "A", "affiliations": ["x"]}], "affiliations": {"x": {"country": typed}}}
    one = jats(case).one("country")
    assert (one.text, one.get("country")) == (typed, code)


def test_competing_interests_are_a_note_about_the_authors_and_no_section() -> None:
    file = specimen("exemplary-dress")
    (note,) = [one for one in file.all("author-notes/fn") if one.get("fn-type") == "coi-statement"]
    assert [(one.tag, one.text) for one in note] == [("label", "Competing interests"), ("p", "None declared.")]
    assert "Competing interests" not in file.texts("sec/title")


def test_ethics_is_one_section_with_approval_and_consent_in_it() -> None:
    file = specimen("exemplary-dress")
    kinds = [one.get("sec-type", "") for one in file.all("sec")]
    assert kinds.count("ethics-statement") == 1
    outer = next(one for one in file.one("back") if one.get("sec-type") == "ethics-statement")
    inner = {one.get("sec-type"): one.findtext("title") for one in outer.findall("sec")}
    assert inner == {"ethics-consent-publication": "Informed consent", "ethics-approval": "Ethics approval"}
    alone = jats({"ethics": "Not required."})
    (only,) = [one for one in alone.all("sec") if (one.get("sec-type") or "").startswith("ethics")]
    assert (only.get("sec-type"), only.findtext("title")) == ("ethics-statement", "Ethics approval")
    assert only.find("p").get("content-type") == "ethics-approval"


@needs_dtd
def test_an_author_or_cited_person_without_a_name_and_an_empty_note_are_valid() -> None:
    works = [{"id": "a", "type": "book", "title": "T", "author": [{"suffix": "Jr"}]}]
    file = jats({"authors": [{"degrees": ["MD"]}], "introduction": "Text [@a].", "references": works})
    assert file.mistakes() == []
    assert file.all("name") == file.all("person-group") == []


def test_data_availability_is_a_section_of_the_back_and_thanks_are_thanks() -> None:
    file = specimen("exemplary-dress")
    (data,) = [one for one in file.one("back") if one.get("sec-type") == "data-availability"]
    assert data.findtext("title") == "Data availability"
    assert file.one("ack").findtext("p") == "We thank the patient, and the nurses of the dermatology ward."
    assert file.one("glossary").findtext("title") == "Abbreviations"


def test_there_is_one_group_of_funding_with_a_source_for_each_award() -> None:
    funding = [{"funder": "Example Trust", "award": "ET-1", "recipient": "ABE"}, {"funder": "Example Fund"}]
    file = jats({"funding": funding})
    assert len(file.all("funding-group")) == 1
    found = [
        [one.findtext(p) for p in ("funding-source/institution-wrap/institution", "award-id")]
        for one in file.all("award-group")
    ]
    assert found == [["Example Trust", "ET-1"], ["Example Fund", None]]
    assert file.texts("principal-award-recipient") == ["ABE"]
    assert jats({"introduction": "Text."}).all("funding-group") == []


def test_nothing_is_said_of_a_licence_a_date_or_a_doi_that_nobody_gave() -> None:
    file = specimen("exemplary-dress")
    for path in ("permissions", "article-meta/pub-date", "article-id", "article-meta/volume", "history"):
        assert file.all(path) == []
    assert file.all("pub-date-not-available") != []
    assert text(file.one("journal-meta")).strip() == ""


def test_a_journal_is_what_its_profile_says() -> None:
    meta = jats({"introduction": "Text."}, "bmj-case-reports").one("journal-meta")
    profile = find_profile("bmj-case-reports")
    assert meta.findtext("journal-title-group/journal-title") == profile.name
    assert meta.findtext("journal-id") == "bmj-case-reports"
    assert meta.findtext("publisher/publisher-name") == profile.publisher


def test_what_only_the_journal_knows_is_listed() -> None:
    figures = {"skin": {"caption": "Skin.", "file": "a.png"}}
    article = composed(
        {"introduction": "See @fig-skin.", "figures": figures, "videos": [{"caption": "Gait."}]}, a=PIXELS
    )
    found = list(remarks(article))
    assert {one.code for one in found} == {"JRNL040"}
    assert {one.level for one in found} == {Level.INFO}
    said = " ".join(one.message for one in found)
    for word in (
        "ISSN",
        "date of publication",
        "DOI",
        "licence",
        "publisher",
        "description of Figure\u00a01",
        "videos",
    ):
        assert word in said
    figures = {
        "skin": {"caption": "Skin", "file": "a.png", "alt": "Skin."},
        "eye": {"caption": "Eye", "alt": "Red", "file": "a.png"},
    }
    copied = composed({"introduction": "See @fig-skin and @fig-eye.", "figures": figures}, a=PIXELS)
    assert [one.message.count("Figure\u00a01") for one in remarks(copied)] == [0, 1]
    known = composed({"introduction": "Text."}, "bmj-case-reports")
    (only,) = remarks(known)
    assert "publisher," not in only.message


def test_each_keyword_stands_by_itself() -> None:
    assert specimen("exemplary-dress").texts("kwd")[:3] == [
        "case report",
        "drug reaction with eosinophilia and systemic symptoms",
        "allopurinol",
    ]


# -- lists and facts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "labels"),
    [
        ("- a\n- b", "bullet", []),
        ("1. a\n2. b", "order", []),
        ("3. a\n4. b", "simple", ["3.", "4."]),
        ("1) a\n2) b", "simple", ["1)", "2)"]),
        ("a) x\nb) y", "simple", ["a)", "b)"]),
    ],
)
def test_a_list_is_numbered_as_typed(typed: str, kind: str, labels: list[str]) -> None:
    file = jats({"introduction": f"Text.\n\n{typed}"})
    assert file.one("list").get("list-type") == kind
    assert file.texts("list-item/label") == labels


@needs_dtd
def test_what_a_list_or_quotation_holds_beside_paragraphs_is_valid() -> None:
    typed = "- a\n\n  > quoted\n\n  1. in\n  2. side\n\n> - listed\n>\n> said\n\n# Part\n\nText.\n\n## Inner\n\nMore."
    file = jats({"introduction": typed})
    assert file.mistakes() == []
    assert file.texts("disp-quote") != []
    assert [one.findtext("title") for one in file.all("sec")][:1] == ["Introduction"]


def test_records_are_terms_with_what_is_said_of_each() -> None:
    file = jats({"abbreviations": {"ALT": "alanine aminotransferase", "CRP": "C-reactive protein"}})
    found = [(one.findtext("term"), one.findtext("def/p")) for one in file.all("def-item")]
    assert found == [("ALT", "alanine aminotransferase"), ("CRP", "C-reactive protein")]


def test_videos_and_supplements_are_supplementary_material() -> None:
    file = jats({"videos": [{"file": "doe-gait.mp4", "caption": "Gait.", "credit": "ABE"}]})
    (section,) = [one for one in file.all("sec") if one.get("sec-type") == "supplementary-material"]
    (one,) = section.findall("supplementary-material")
    assert (one.findtext("label"), one.findtext("caption/p")) == ("Video 1", "Gait. (ABE)")
    assert b"doe-gait" not in file.data


# -- safety -------------------------------------------------------------------------------------------------------


@needs_dtd
def test_characters_that_xml_forbids_become_the_sign_for_an_unknown_one() -> None:
    """XML 1.0, 2.2: no control characters, no halves of pairs, no U+FFFE."""
    file = jats({"title": "a\x0bb \ufffe", "introduction": "c\x00d", "keywords": ["e\x1ff"]})
    assert file.mistakes() == []
    assert text(file.one("article-title")).startswith("a\ufffdb")
    assert file.texts("kwd") == ["e\ufffdf"]


def test_markup_in_a_text_is_text() -> None:
    file = jats({"title": "A <b> & ]]> case", "introduction": "1 < 2 &amp; <!-- x --> <xref rid='R1'/>"})
    assert text(file.one("article-title")) == "A <b> & ]]> case"
    assert file.all("xref") == []


def test_reading_back_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("told", "utf-8")
    outside = (tmp_path / "secret.txt").as_uri()
    data = f'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY x SYSTEM "{outside}">]><article><p>a &x; b</p></article>'
    assert "told" not in jats_text(data.encode())
    assert jats_text(b"\x89PNG\r\n") == jats_text(b"<svg/>") == ""


def test_the_same_case_gives_the_same_bytes_with_another_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:3]; import os; os.environ['CASEWRITER_TEST_FOLDER'] = sys.argv[3]\n"
        "from jats import specimen; sys.stdout.buffer.write(specimen('exemplary-dress').data)"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT), str(ROOT / "tests"), str(tmp_path)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert made[0] == made[1] == specimen("exemplary-dress").data


def test_without_the_library_that_draws_a_drawing_is_a_drawing_alone() -> None:
    def unable(picture: object, width: float) -> None:
        raise CannotRun("no library")

    file = Jats(specimen("exemplary-dress").article, raster=unable)
    assert file.all("alternatives") == []
    assert "x-fig1.svg" in file.addresses()


# -- the command --------------------------------------------------------------------------------------------------


def test_the_command_writes_the_document_and_its_pictures_under_their_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["render", str(ROOT / "cases" / "exemplary-dress"), "--to", "jats", "-o", str(tmp_path)]) == 0
    folder = tmp_path / "exemplary-dress"
    root = ET.fromstring((folder / "exemplary-dress.xml").read_bytes())
    named = [one.get(HREF) for one in root.iter("graphic")]
    assert sorted(named) == sorted(path.name for path in folder.iterdir() if path.suffix != ".xml")
    assert len(named) > 4
    told = capsys.readouterr().err
    assert "JRNL040" in told
    assert "JRNL002" not in told


def test_a_name_with_blanks_is_an_address(tmp_path: Path) -> None:
    from PIL import Image

    folder = tmp_path / "cases" / "a gout é"
    folder.mkdir(parents=True)
    Image.new("RGB", (30, 20), "red").save(folder / "a.png")
    case = {"introduction": "See @fig-skin.", "figures": {"skin": {"file": "a.png", "alt": "Red.", "caption": "Skin"}}}
    code, out = rendered(tmp_path, case, "--to", "jats", name="a gout é")
    assert code == 0
    assert (out / "a gout é-fig1.png").is_file()
    assert b'xlink:href="a%20gout%20%C3%A9-fig1.png"' in (out / "a gout é.xml").read_bytes()
