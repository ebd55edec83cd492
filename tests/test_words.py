"""The fixed words of a paper: every language is whole, keeps its places and units, and is not English in disguise."""

import re

import pytest
from test_compose import Maker

from casewriter.article import tell
from casewriter.article.compose import Composed, compose
from casewriter.article.nodes import Facts, Figure, Table
from casewriter.article.walk import blocks_within, plain, runs
from casewriter.article.words import fill, known_languages, words_for
from casewriter.citation import Library, read_library
from casewriter.load import load
from casewriter.model.case import PRIOR_CASES, Case
from casewriter.model.parts import PARTS
from casewriter.profile import find_profile
from casewriter.resources import data_file
from casewriter.source import read

FILE = data_file("words.yaml")
SOURCE = read(FILE.read_bytes(), FILE.name)
WORDS: dict[str, dict[str, str]] = SOURCE.data
ENGLISH = WORDS["en"]
OTHERS = ("de", "fr", "es", "pt", "it")
UNITS = {"y", "mo", "wk", "d", "h", "min"}
FLAGS = ("low", "high", "abnormal", "critical")

INTERNATIONAL = {"n", "flag_low", "flag_high", "flag_abnormal", "flag_critical", "short_h", "short_min", "index_is"}
"""Letters of laboratories and of statistics, and symbols of units, the same in all these languages."""
SAME_AS_ENGLISH = {
    "de": {"sd", "short_d"},
    "fr": {
        *("figure", "patient", "allergies", "intervention", "indication", "technique", "grade", "min"),
        "complications",
    },
    "es": {"no", "short_d"},
    "pt": {"short_d"},
    "it": {"no"},
}
"""Words that the language spells as English does."""

other_languages = pytest.mark.parametrize("language", OTHERS)
all_languages = pytest.mark.parametrize("language", ["en", *OTHERS])


def held(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# -- the file ------------------------------------------------------------------------------------------------------------


def test_the_file_has_no_problem_and_these_languages() -> None:
    assert SOURCE.problems == ()
    assert known_languages() == ("en", *OTHERS)
    assert len(ENGLISH) > 200


@other_languages
def test_keys_are_those_of_english_in_its_order(language: str) -> None:
    assert list(WORDS[language]) == list(ENGLISH)


@all_languages
def test_no_word_is_empty_or_has_spaces_at_its_ends(language: str) -> None:
    assert [key for key, text in WORDS[language].items() if not text or text != text.strip()] == []


@other_languages
def test_phrases_have_as_many_places_as_in_english(language: str) -> None:
    phrases = {key: text.count("{}") for key, text in ENGLISH.items() if "{}" in text}
    assert len(phrases) > 15
    assert {key: text.count("{}") for key, text in WORDS[language].items() if "{}" in text} == phrases


@all_languages
def test_braces_hold_nothing_but_places(language: str) -> None:
    assert [key for key, text in WORDS[language].items() if re.search(r"[{}]", text.replace("{}", ""))] == []


@all_languages
def test_only_units_have_a_singular_and_a_plural(language: str) -> None:
    barred = {key: text.split("|") for key, text in WORDS[language].items() if "|" in text}
    assert set(barred) == UNITS
    assert all(len(forms) == 2 and all(forms) for forms in barred.values())


@other_languages
def test_words_that_equal_the_english_ones_are_listed(language: str) -> None:
    same = {key for key, text in WORDS[language].items() if text == ENGLISH[key]}
    assert same == INTERNATIONAL | SAME_AS_ENGLISH[language]


@all_languages
def test_the_key_of_a_flag_begins_with_its_letter_and_says_it_after_one_comma(language: str) -> None:
    words = WORDS[language]
    letters = [words[f"flag_{flag}"] for flag in FLAGS]
    assert len(set(letters)) == len(letters)
    for flag, letter in zip(FLAGS, letters, strict=True):
        first, _, said = words[f"flag_key_{flag}"].partition(", ")
        assert first == letter
        assert said
        assert "," not in said


@all_languages
def test_a_place_may_be_filled_with_any_text(language: str) -> None:
    assert "{0} %s" in fill(words_for(language), "time_from", "{0} %s")


# -- lookup --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "figure"),
    [("de-AT", "Abbildung"), ("DE", "Abbildung"), ("pt-BR", "Figura"), ("en-GB", "Figure"), ("eo", "Figure")],
)
def test_a_region_takes_the_words_of_its_language_and_an_unknown_language_english(language: str, figure: str) -> None:
    assert words_for(language)["figure"] == figure


# -- a paper in each one -------------------------------------------------------------------------------------------------

CASE = """\
format: 1
language: LANGUAGE
observation:
  narrative: See @tbl-labs and @fig-picture.
  patient: {age: 37 y, minor: false}
  history: {allergies: {none: true}}
  complaints: [{label: zz, onset: -1 y, duration: 3 mo}]
timeline: {index: zz}
labs:
  results: [{test: zz, value: 2, unit: mg/dL, reference: 3-5, at: 2 wk}, {test: yy, value: {not_done: xx}, at: 1 d}]
figures: {picture: {caption: zz, panels: [{file: zz.jpg, alt: zz}]}}
references: [{id: zz, placeholder: zz}]
discussion: It is known [@zz].
competing_interests: {none: true}
ai_use: {used: false}
"""
EXPECTED = {
    "en": "Figure 1|Table 1|Test|Reference|Day 1|2 wk|Allergies|None|Zz for 3 months, onset: −1 year",
    "de": "Abbildung 1|Tabelle 1|Untersuchung|Referenzbereich|Tag 1|2 Wo.|Allergien|Keine|Zz für 3 Monate, Beginn: −1 Jahr",
    "fr": "Figure 1|Tableau 1|Analyse|Valeurs de référence|Jour 1|2 sem.|Allergies|Néant|Zz pendant 3 mois, début : −1 an",
    "es": "Figura 1|Tabla 1|Prueba|Valores de referencia|Día 1|2 sem|Alergias|Ninguno|Zz durante 3 meses, inicio: −1 año",
    "pt": "Figura 1|Tabela 1|Exame|Valores de referência|Dia 1|2 sem|Alergias|Nenhum|Zz durante 3 meses, início: −1 ano",
    "it": "Figura 1|Tabella 1|Esame|Valori di riferimento|Giorno 1|2 sett.|Allergie|Nessuno|Zz per 3 mesi, esordio: −1 anno",
}


def composed(language: str, profile: str = "generic-care") -> Composed:
    found = load(read(CASE.replace("LANGUAGE", language).encode(), "case.yaml"))
    assert found.whole
    assert found.case is not None
    return compose(found.case, find_profile(profile), read_library(found.case, {}))


@all_languages
def test_a_paper_is_told_in_its_language(language: str) -> None:
    figure, table, test, reference, day, weeks, allergies, none, complaint = EXPECTED[language].split("|")
    article = composed(language).article
    blocks = list(blocks_within(article.sections))
    (picture,) = (b for b in blocks if isinstance(b, Figure))
    labs = next(b for b in blocks if isinstance(b, Table) and b.kind == "labs")
    assert held(picture.label) == figure
    assert held(labs.label) == table
    assert [held(plain(c.children)) for c in labs.head[0].cells] == [test, reference, day, weeks]
    rows = {plain(row.label): held(plain(row.said)) for b in blocks if isinstance(b, Facts) for row in b.rows}
    assert rows[allergies] == none
    assert rows[held(words_for(language)["complaints"])] == complaint
    said = held(" ".join(plain(run) for b in blocks for run in runs(b)))
    assert f"{table} " in said
    assert f"{figure}." in said


SEXES = {  # as forms of hospitals and civil registers of these countries say it
    "en": "female|male",
    "de": "weiblich|männlich",
    "fr": "féminin|masculin",
    "es": "femenino|masculino",
    "pt": "feminino|masculino",
    "it": "femminile|maschile",
}
PEOPLE = """\
format: 1
language: LANGUAGE
observation: {narrative: "Zz {{ observation.patient.sex }} zz. See @tbl-prior-cases.", patient: {age: 37 y, sex: female}}
others: [{role: zz, sex: male, age: 40 y}, {role: yy, sex: divers}]
prior_cases: [{reference: a, sex: Male}, {reference: a, sex: transgender man}]
references: [{id: a, placeholder: zz}]
"""


@all_languages
def test_a_sex_that_the_format_names_is_printed_in_the_language(language: str) -> None:
    found = load(read(PEOPLE.replace("LANGUAGE", language).encode(), "case.yaml"))
    assert found.case is not None
    assert found.whole
    made = compose(found.case, find_profile("generic-care"), read_library(found.case, {})).article
    blocks = list(blocks_within(made.sections))
    female, male = SEXES[language].split("|")
    said = [held(plain(row.said)) for b in blocks if isinstance(b, Facts) for row in b.rows]
    assert any(held(plain(run)).startswith(f"Zz {female} zz.") for b in blocks for run in runs(b))
    assert any(one.endswith(f", {male}") for one in said)
    assert "divers" in said
    (table,) = (b for b in blocks if isinstance(b, Table) and b.kind == PRIOR_CASES)
    head = [held(plain(cell.children)) for cell in table.head[0].cells]
    place = head.index(held(words_for(language)["sex"]))
    column = [plain(row.cells[place].children) for row in table.rows]
    assert column == ["Male" if language == "en" else male.capitalize(), "Transgender man"]


def test_a_sex_counts_as_told_where_the_prose_says_the_printed_word() -> None:
    text = "format: 1\nlanguage: de\nothers: [{label: Spender, sex: male, note: gesund}]\ncourse: "
    for told, said in ((True, "Der Spender war männlich und gesund."), (False, "Der Spender war male und gesund.")):
        case = load(read(f"{text}{said}\n".encode(), "case.yaml")).case
        assert case is not None
        article = compose(case, find_profile("generic-care"), Library()).article
        rows = [row for b in blocks_within(article.sections) if isinstance(b, Facts) for row in b.rows]
        assert bool(rows) is not told


@other_languages
def test_notes_statements_and_references_are_in_the_language(language: str) -> None:
    words = WORDS[language]
    article = composed(language).article
    labs = next(b for b in blocks_within(article.sections) if isinstance(b, Table) and b.kind == "labs")
    notes = [held(plain(note)) for _, note in labs.notes]
    assert notes[0] == held(words["flag_key_low"]) + "."
    assert notes[1].startswith(held(words["not_done"]))
    said = {held(plain(run)) for b in blocks_within(article.sections) for run in runs(b)}
    assert held(words["none_declared"]) + "." in said
    assert held(words["not_used"]) + "." in said
    assert [held(plain(r.children)) for r in article.references] == [held(words["to_be_supplied"]).format("zz")]
    timeline = next(b for b in blocks_within(article.sections) if isinstance(b, Table) and b.kind == "timeline")
    assert held(plain(timeline.head[0].cells[0].children)) == held(words["time"])
    day = held(words["day"].format(0))
    assert (
        held(plain(timeline.caption)) == f"{held(words['timeline_caption'])} ({words['index_is'].format(day, 'zz')})."
    )
    assert article.plain_title == held(words["untitled"])


@pytest.mark.parametrize(
    ("by", "said"), [("patient", "the patient"), ("legal_representative", "the legal representative")]
)
def test_who_consented_has_an_article_in_english(by: str, said: str) -> None:
    case = Case.model_validate({"format": 1, "consent": {"publication": {"status": "written", "by": by}}})
    article = compose(case, find_profile("generic-care"), Library()).article
    rows = [row for b in blocks_within(article.sections) if isinstance(b, Facts) for row in b.rows]
    assert "Written (by " + said + ")" in [held(plain(row.said)) for row in rows]


def test_headings_of_no_journal_are_in_the_language_of_the_case() -> None:
    made = composed("de").article
    assert made.article_type == "Fallbericht"
    assert [plain(section.heading) for section in made.sections][-2:] == ["Diskussion", "Erklärungen"]
    own = composed("de", "clinical-rheumatology").article
    assert [plain(section.heading) for section in own.sections][-2:] == ["Discussion", "Statements and declarations"]


@other_languages
def test_every_heading_of_the_generic_profile_has_a_translation(language: str) -> None:
    profile = find_profile("generic-care")
    known = read(data_file("headings.yaml").read_bytes(), "headings.yaml").data[language]
    plans = [*profile.plans(), *profile.abstract.parts]
    headings = {h for plan in plans for h in (plan.heading, *plan.headings.values())}
    assert len(headings) > 30
    assert headings | {profile.article_type, profile.abstract.name} <= set(known)


# -- no label without its word -------------------------------------------------------------------------------------------


class Asked(dict[str, str]):
    """The words of a language; remembers which keys a paper asks for."""

    def __init__(self, words: dict[str, str], asked: set[str]) -> None:
        super().__init__(words)
        self._asked = asked

    def __getitem__(self, key: str) -> str:
        self._asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]
        self._asked.add(key)
        return super().get(key, default)


@all_languages
def test_every_label_that_a_paper_prints_has_its_word(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A label without one would be printed as its English key, with spaces for underscores."""
    asked: set[str] = set()
    monkeypatch.setattr(tell, "words_for", lambda name: Asked(words_for(name), asked))
    profile = find_profile("generic-care")
    for seed in range(12):
        data = Maker(seed, (0.5, 1.0)[seed % 2]).case() | {"language": language}
        drawn = {"course": "See @fig-labs and @fig-timeline."} if seed == 1 else {}
        compose(Case.model_validate(data | drawn), profile, Library())
    assert len(asked) > 100
    assert sorted(asked - set(WORDS[language]) - {"colon", ""}) == []


@other_languages
def test_every_part_has_a_heading_in_every_language(language: str) -> None:
    """A part that a profile has no place for is appended under its own heading."""
    known = read(data_file("headings.yaml").read_bytes(), "headings.yaml").data[language]
    assert [part.name for part in PARTS if part.heading not in known] == []
