"""Earlier cases and the search that found them: a table and a phrase, from what the author typed, in every format."""

import re
from pathlib import Path

import pytest
from hidden_names import READERS
from lxml import etree
from test_compose import NBSP, Told, tell

from casewriter.article.nodes import Facts, Table
from casewriter.article.walk import plain
from casewriter.cli.app import run
from casewriter.profile import all_profiles, find_profile
from casewriter.profile_parts import CitationPlan
from casewriter.work.check import check

REFERENCES = """
references:
  - {id: muller, type: article-journal, author: [Müller SA, Winkelmann RK, Brunsting LA], issued: 1959, title: A}
  - {id: doe, type: article-journal, author: [Doe J, {family: Berg, given: C, non-dropping-particle: van den}],
     issued: 1999-05-02, title: B}
  - {id: solo, type: article-journal, author: [Solo H], authors_truncated: true, issued: {literal: in press}, title: C}
  - {id: body, type: report, author: [{literal: Calcium Study Group}], issued: 2004, title: D}
  - {id: sought, placeholder: a case shown at the congress}
"""
CASES = """
prior_cases:
  - {reference: muller, age: 37 y, sex: female, presentation: "nodules, painful", treatment: excision, outcome: healed}
  - {reference: doe, label: case 2, age: 4 mo, sex: male, presentation: pH 7.1, outcome: "died [@solo]", note: no autopsy}
  - {reference: solo, patients: 4, more: {Dose: 600 mg}}
  - {reference: body, age: adult}
  - {reference: sought, age: 60s}
"""
ROWS = [
    ["Report", "Patients", "Age", "Sex", "Presentation", "Treatment", "Outcome", "Dose"],
    ["Müller et al. 1959 (2)", "", "37 y", "Female", "Nodules, painful", "Excision", "Healed", ""],
    ["Doe and van den Berg 1999 (1), case 2a", "", "4 mo", "Male", "pH 7.1", "", "Died (3)", ""],
    ["Solo et al. in press (3)", "4", "", "", "", "", "", "600 mg"],
    ["Calcium Study Group 2004 (4)", "", "Adult", "", "", "", "", ""],
    ["(5)", "", "60s", "", "", "", "", ""],
]
"""The table as the records above say it, written by hand: numbers by first citation, and `doe` is cited before it."""
DISCUSSION = "discussion: Others healed [@doe]. All are listed (@tbl-prior-cases).\n"


def table(told: Told) -> Table:
    (found,) = [block for block in told.blocks(Table) if block.kind == "prior-cases"]
    return found


def cells(found: Table) -> list[list[str]]:
    return [[plain(cell.children).replace(NBSP, " ") for cell in row.cells] for row in (*found.head, *found.rows)]


# -- the table --------------------------------------------------------------------------------------------------------


def test_the_rows_are_the_records_with_citations_numbered_in_reading_order() -> None:
    told = tell(DISCUSSION + CASES + REFERENCES)
    assert cells(table(told)) == ROWS
    assert [(mark, plain(note)) for mark, note in table(told).notes] == [("a", "No autopsy.")]
    assert [entry.key for entry in told.article.references] == ["doe", "muller", "solo", "body", "sought"]
    assert told.article.references[4].placeholder
    assert sorted(told.codes) == ["REF006"]  # the reference still to be found, and nothing else


def test_the_caption_is_the_authors_or_a_fixed_one() -> None:
    assert plain(table(tell(CASES + REFERENCES)).caption) == "Previously reported cases."
    own = f"prior_cases: {{caption: Calcinosis after *linezolid*, items: [{{reference: doe}}]}}\n{REFERENCES}"
    assert plain(table(tell(own)).caption) == "Calcinosis after linezolid."


HEADS = {
    "en": "Report Patients Age Sex Presentation Treatment Outcome",
    "de": "Bericht Patienten Alter Geschlecht Klinisches Bild Behandlung Ausgang",
    "fr": "Publication Nombre de patients Âge Sexe Présentation clinique Traitement Évolution",
    "es": "Publicación Pacientes Edad Sexo Presentación clínica Tratamiento Desenlace",
    "pt": "Publicação Pacientes Idade Sexo Apresentação clínica Tratamento Desfecho",
    "it": "Pubblicazione Pazienti Età Sesso Presentazione clinica Trattamento Esito",
}


@pytest.mark.parametrize("language", HEADS)
def test_headings_are_in_the_language_of_the_case(language: str) -> None:
    told = tell(f"language: {language}\n{CASES}{REFERENCES}")
    assert " ".join(cells(table(told))[0][:-1]) == HEADS[language]


def test_the_table_is_printed_where_it_is_mentioned_else_in_the_section_of_the_search() -> None:
    before = f"introduction: Few are known (@tbl-prior-cases).\ndiscussion: Zz\n{CASES}{REFERENCES}"
    intro, discussion = tell(before).article.sections[:2]
    assert [type(block).__name__ for block in intro.blocks] == ["Paragraph", "Table"]
    assert [type(block).__name__ for block in discussion.blocks] == ["Paragraph"]
    told = tell(f"introduction: Zz\ndiscussion: Zz\n{CASES}{REFERENCES}")
    assert [type(block).__name__ for block in told.article.sections[1].blocks] == ["Paragraph", "Table"]
    assert "FIG003" not in told.codes


@pytest.mark.parametrize("profile", sorted(all_profiles()))
def test_every_profile_prints_every_row_once(profile: str) -> None:
    told = tell(f"profile: {profile}\n{CASES}{REFERENCES}")
    every = [*told.article.sections, *([told.article.exhibits] if told.article.exhibits else [])]
    tables = [b for section in every for b in section.blocks if isinstance(b, Table)]
    assert [len(one.rows) for one in tables if one.kind == "prior-cases"] == [5]
    assert {entry.key for entry in told.article.references} >= {"muller", "doe", "solo", "body", "sought"}


def test_a_caption_without_rows_is_not_lost() -> None:
    assert "Zcaption" in plain(tell("prior_cases: {caption: Zcaption}").article.sections[0].blocks[0].children)


# -- what can be wrong ------------------------------------------------------------------------------------------------


def problems(tmp_path: Path, text: str) -> list[tuple[str, str, str | None]]:
    (tmp_path / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    found = check(str(tmp_path / "case.yaml")).report.problems
    return [(p.code, p.message, p.hint) for p in found]


def test_an_unknown_reference_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    found = problems(tmp_path, f"prior_cases: [{{reference: muler, age: 37 y}}]\n{REFERENCES}")
    assert ("REF005", "no reference has the key “muler”", 'did you mean "muller"?') in found
    told = tell(f"prior_cases: [{{reference: muler, age: 37 y}}]\n{REFERENCES}")
    assert cells(table(told)) == [["Report", "Age"], ["[muler?]", "37 y"]]  # what was typed is printed all the same


def test_a_row_without_a_reference_is_an_error_at_its_place(tmp_path: Path) -> None:
    (found,) = [p for p in problems(tmp_path, "prior_cases: [{age: 37 y}]\n") if "reference" in p[1]]
    assert found[0].startswith("CASE")


def test_the_id_of_the_table_is_reserved_only_with_the_key(tmp_path: Path) -> None:
    own = "tables: {prior-cases: {caption: Mine, columns: [A], rows: [[b]]}}\ndiscussion: See @tbl-prior-cases.\n"
    assert [p for p in problems(tmp_path, own) if p[0][:3] in ("FIG", "CAS", "YAM")] == []
    messages = [p[1] for p in problems(tmp_path, f"{own}{CASES}{REFERENCES}")]
    assert "“prior-cases” is the table built from prior_cases" in messages


def test_a_mention_without_the_key_says_where_to_write_it(tmp_path: Path) -> None:
    found = problems(tmp_path, "discussion: See @tbl-prior-cases.\n")
    assert ("FIG001", "there is no table “prior-cases”", "add it under prior_cases") in found


# -- the search -------------------------------------------------------------------------------------------------------

QUERY = '"fish bone"[tiab] AND liver*_x_ -- 5\' UTR'
SEARCH = f"""
literature_search:
  databases: [PubMed, Embase]
  date: March 2026
  query: '{QUERY.replace("'", "''")}'
  hits: 14
  included: 3
"""


def discussed(told: Told) -> str:
    return plain(told.blocks()[0].children).replace(NBSP, " ")


SAID = {
    "en": f"PubMed and Embase, March 2026, query “{QUERY}”, 14 hits, 3 included",
    "de": f"PubMed und Embase, March 2026, Suchanfrage „{QUERY}“, 14 Treffer, 3 eingeschlossen",
    "fr": f"PubMed et Embase, March 2026, requête «\u202f{QUERY}\u202f», 14 résultats, 3 inclus",
    "es": f"PubMed y Embase, March 2026, consulta «{QUERY}», 14 resultados, incluidos: 3",
    "pt": f"PubMed e Embase, March 2026, consulta “{QUERY}”, 14 resultados, incluídos: 3",
    "it": f"PubMed e Embase, March 2026, stringa di ricerca «{QUERY}», 14 risultati, inclusi: 3",
}


@pytest.mark.parametrize("language", SAID)
def test_the_phrase_holds_base_day_query_and_hits_as_typed(language: str) -> None:
    told = tell(f"language: {language}\ndiscussion: We read ({{{{ literature_search }}}}).\n{SEARCH}")
    assert discussed(told) == f"We read ({SAID[language]})."


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("databases: PubMed, date: 2026-03, terms: gout AND spine", "PubMed, 2026-03, search terms “gout AND spine”"),
        ("databases: PubMed, hits: 1", "PubMed, 1 hit"),
        ("databases: PubMed, hits: about 40, included: none", "PubMed, about 40 hits, included: none"),
        ("databases: PubMed, hits: none relevant", "PubMed, hits: none relevant"),
        (
            "searches: [{database: PubMed, query: 'a[ti]', date: 2026-03, hits: 14}, {database: Embase, query: \"a:ti\", hits: 9}]",
            "PubMed, 2026-03, query “a[ti]”, 14 hits; Embase, query “a:ti”, 9 hits",
        ),
        ("date: 2026-03, searches: [PubMed, Scopus]", "2026-03; PubMed; Scopus"),
    ],
)
def test_the_phrase_says_what_there_is(keys: str, said: str) -> None:
    assert (
        discussed(tell(f"discussion: So {{{{ literature_search }}}} it\nliterature_search: {{{keys}}}\n"))
        == f"So {said} it"
    )


def test_a_single_datum_can_be_looked_up() -> None:
    text = "literature_search: {hits: 14, searches: [{database: PubMed, hits: 9}]}\n"
    looked = "{{ literature_search.hits }}, {{ literature_search.pubmed.hits }}"
    assert discussed(tell(f"discussion: '{looked}'\n{text}")) == "14, 9"


def test_the_search_in_prose_may_hold_its_own_phrase() -> None:
    text = SEARCH + "  narrative: We read {{ literature_search }}.\n"
    assert discussed(tell(text)) == f"We read {SAID['en']}."
    assert tell(text).blocks(Facts) == []
    own = tell("literature_search: {terms: '{{ literature_search }}'}\n")
    assert own.codes == ["CASE014"]


def facts(told: Told) -> list[tuple[str, str]]:
    return [(plain(row.label), plain(row.said)) for block in told.blocks(Facts) for row in block.rows]


FACTS = [
    ("Databases", "PubMed, Embase"),
    ("Date of search", "March 2026"),
    ("Query", QUERY),
    ("Hits", "14"),
    ("Included", "3"),
]


def test_what_no_text_of_the_body_looks_up_is_listed() -> None:
    assert facts(tell(f"discussion: Zz\n{SEARCH}")) == FACTS
    assert facts(tell(f"abstract: '{{{{ literature_search }}}}'\ndiscussion: Zz\n{SEARCH}")) == FACTS
    assert facts(tell(f"discussion: 'We read {{{{ literature_search.hits }}}}.'\n{SEARCH}")) == [*FACTS[:3], FACTS[4]]
    assert facts(tell(f"conclusion: '{{{{ literature_search }}}}'\ndiscussion: Zz\n{SEARCH}")) == []


def test_the_search_of_each_database_is_a_row() -> None:
    text = "literature_search: {searches: [{database: PubMed, query: 'a b', hits: 2}, {database: Scopus, date: 2026-04}]}\n"
    assert facts(tell(text)) == [("Search", "PubMed, query “a b”, 2 hits"), ("Search", "Scopus, 2026-04")]


# -- files ------------------------------------------------------------------------------------------------------------

FORMATS = "md,txt,html,docx,pdf"
AUTHORS = """
authors: [{given: Anna, family: Winkelstein, affiliations: [h]}]
affiliations: {h: {institution: Kantonsspital Zwischenau}}
"""
OWN = """
references:
  - {id: winkelstein2020, type: article-journal, author: [Winkelstein A, Doe J, Roe K], issued: 2020, title: Ours}
  - {id: doe, type: article-journal, author: [Doe J], issued: 1999, title: Theirs}
prior_cases:
  - {reference: winkelstein2020, age: 37 y, outcome: Zhealed}
  - {reference: doe, age: 4 mo, outcome: Zdied, note: seen by Winkelstein}
"""


def rendered(tmp_path: Path, text: str, *options: str) -> tuple[int, dict[str, bytes]]:
    home = tmp_path / "earlier"
    home.mkdir()
    (home / "case.yaml").write_text(f"format: 1\ntitle: A case report\n{text}", "utf-8")
    status = run(["-q", "render", str(home), "-o", str(tmp_path / "out"), "--to", FORMATS, *options])
    files: dict[str, bytes] = {}
    for file in sorted((tmp_path / "out").glob("*/*")):
        files[file.suffix] = files.get(file.suffix, b"") + file.read_bytes()
    return status, files


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def test_every_format_prints_every_cell(tmp_path: Path) -> None:
    known = REFERENCES.replace("placeholder: a case shown at the congress", "type: report, title: E, issued: 2001")
    text = f"literature_search: {{databases: [Zbase], query: 'Zquery[ti]', hits: 714}}\n{DISCUSSION}{CASES}{known}"
    status, files = rendered(tmp_path, text)
    assert status == 0
    assert sorted(files) == [".docx", ".html", ".md", ".pdf", ".txt"]
    wanted = ["Zbase", "Zquery[ti]", "714", "Previously reported cases", *(cell for row in ROWS for cell in row[1:])]
    wanted += ["Müller et al. 1959", "Doe and van den Berg 1999", "Solo et al. in press", "Calcium Study Group 2004"]
    for suffix, data in files.items():
        printed = letters(READERS[suffix[1:]](data))
        assert [one for one in wanted if letters(one) not in printed] == [], suffix


def test_a_blinded_copy_names_no_author_of_an_own_earlier_case(tmp_path: Path) -> None:
    status, files = rendered(tmp_path, f"{AUTHORS}{OWN}", "--blinded")
    assert status == 0
    assert sorted(files) == [".docx", ".html", ".md", ".pdf", ".txt"]
    for suffix, data in files.items():
        printed = letters(READERS[suffix[1:]](data))
        assert "inkelstein" not in printed, suffix
        assert [one for one in ("37y", "Zhealed", "Doe1999", "Zdied", "withheldforreview1") if one not in printed] == []


def test_a_style_that_cites_by_name_says_the_name_once() -> None:
    profile = find_profile("generic-care").model_copy(update={"citation": CitationPlan(csl="apa")})
    rows = cells(table(tell(CASES + REFERENCES, profile)))
    assert rows[1][0] == "(Müller et al., 1959)"


def test_raised_numbers_follow_the_year_without_a_space() -> None:
    profile = find_profile("generic-care").model_copy(
        update={"citation": CitationPlan(csl="american-medical-association")}
    )
    assert cells(table(tell(CASES + REFERENCES, profile)))[1][0] == "Müller et al. 19591"


def test_jats_holds_every_cell_in_one_table(tmp_path: Path) -> None:
    home = tmp_path / "earlier"
    home.mkdir()
    (home / "case.yaml").write_text(f"format: 1\ntitle: A case report\n{DISCUSSION}{CASES}{REFERENCES}", "utf-8")
    run(["-q", "render", str(home), "-o", str(tmp_path / "out"), "--to", "jats"])
    (file,) = (tmp_path / "out").rglob("*.xml")
    (found,) = etree.fromstring(file.read_bytes()).iter("{*}table-wrap")
    rows = [[letters("".join(cell.itertext())) for cell in row] for row in found.iter("{*}tr")]
    assert rows == [[letters(cell) for cell in row] for row in ROWS]
