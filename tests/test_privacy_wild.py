"""PRIV on text whose writer did not know the rules: what it finds, what it leaves alone, kind by kind.

wild-spans.yaml and wild-traps.yaml were read by the rules only after both were written; wild-misses.txt lists what is
missed, found in part or falsely found in them, and may only shrink. All persons, numbers and addresses are invented.
"""

import gzip
import re
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import unmarked
from test_lint_privacy import CORPORA, alarms_in, entries, private, states_of, write

from casewriter.cli.app import run
from casewriter.lint.privacy.detect import detect
from casewriter.lint.privacy.namelist import FAMILY, GIVEN, fold, known
from casewriter.lint.privacy.plain import plain
from casewriter.lint.privacy.registers import REGISTERS
from casewriter.resources import data_file

SPANS = entries("wild-spans")
TRAPS = entries("wild-traps")
KNOWN_LINES = [
    line for line in (CORPORA / "wild-misses.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")
]


@cache
def states() -> dict[str, str]:
    """Return how the corpus is found; not worked out by a worker that only collects this module."""
    return states_of(SPANS)


@cache
def false_alarms() -> list[str]:
    return alarms_in(TRAPS)


def test_wild_misses_only_shrink() -> None:
    now = {f"{found} {one}" for one, found in states().items() if found != "whole"} | {
        f"false {one}" for one in false_alarms()
    }
    assert len(SPANS) >= 190
    assert len(TRAPS) >= 95
    assert sorted(now - set(KNOWN_LINES)) == [], "found before, and no longer: fix the rule"
    assert sorted(set(KNOWN_LINES) - now) == [], "found now: take these lines out of wild-misses.txt"


def test_nearly_all_identifiers_in_the_wild_are_found() -> None:
    found = [one for one, how in states().items() if how != "missed"]
    assert len(found) / len(states()) >= 0.95
    assert len(false_alarms()) / len(TRAPS) <= 0.02
    names = [entry["id"] for entry in SPANS if entry["type"] == "name"]
    assert len([one for one in names if one in found]) / len(names) >= 0.95


def found_in(marked: str, level: str = "hipaa", place: str = "prose") -> tuple[str, list[str]]:
    """Return what stands between ⟦ and ⟧, and the letters and digits of it that no hit covers."""
    secret = re.findall("⟦(.*?)⟧", marked)
    text = marked.replace("⟦", "").replace("⟧", "")
    covered = {n for hit in detect(text, level, place) for n in range(hit.start, hit.end)}
    missed, start = [], 0
    for one in secret:
        start = text.index(one, start)
        if any(c.isalnum() and start + n not in covered for n, c in enumerate(one)):
            missed.append(one)
    return " ".join(secret), missed


# kind of name -> sentences; each reads a title, a cue, a form or a place, none a list of the writer's
NAMES: dict[str, list[str]] = {
    "a given and a family name": ["⟦Mehmet Yıldırım⟧ had never smoked.", "⟦Łukasz Wiśniewski⟧ agreed to publication."],
    "surname, comma, given name": ["⟦Kowalska, Ewa⟧ was admitted.", "Pt name ⟦SMITH, JOHN Q⟧"],
    "initials and a surname": ["Photo: ⟦A. Lindgren⟧.", "⟦J.R. Castellano⟧ performed the biopsy."],
    "a title and any name": [
        "He was seen by Dr ⟦Wójcik⟧ in the morning.",
        "Thanks to Prof. ⟦Yamashita⟧ for the slides.",
        "Le patient, M. ⟦Traoré⟧, était apyrétique.",
        "La signora ⟦Buonaventura⟧ lamentava cefalea.",
        "La Sra. ⟦Ñahui⟧ acudió a urgencias.",
        "Pani ⟦Zdzisława⟧ zgłosiła się z gorączką.",
        "Die Patientin, Frau Dr. ⟦Süßmilch-Klöckner⟧, lehnte ab.",
        "Д-р ⟦Ковальчук⟧ осмотрел больную.",
        "Mr ⟦Young⟧ declined, Dr ⟦May⟧ agreed.",
    ],
    "a given name alone": [
        "The patient, ⟦Ewa⟧, asked for a second opinion.",
        "Her son ⟦Tariq⟧ found her on the floor.",
        "El paciente ⟦Wilmer⟧ fue dado de alta.",
        "Der Sohn ⟦Malte⟧ berichtete über Stürze.",
        "The donor (his brother ⟦Anselm⟧) was well.",
        "She introduced herself as ⟦Grace⟧.",
        "⟦Rose⟧, the patient's sister, is healthy.",
    ],
    "a quotation": ["“I could not breathe,” said ⟦Ramona⟧.", "“I was told that ⟦Ewelina⟧ would not walk,” she said."],
    "a surname that does what patients do": ["⟦O'Sullivan⟧ refused surgery.", "⟦N’Diaye⟧ was discharged on day 4."],
    "a signature": ["Signed: ⟦Ngozi Okafor⟧", "Yours sincerely, ⟦Padraig Ó Ceallaigh⟧", "Mit freundlichen Grüßen, ⟦E. Voß⟧"],
    "a colleague by profession": ["Interpreter: ⟦Fatoumata Diallo⟧.", "Per pharmacist ⟦Deepika R.⟧, it was held."],
    "a double name": ["Mrs. ⟦Thompson-Adeyemi⟧'s rash faded.", "Patient: ⟦MÜLLER Karl-Heinz⟧"],
    "Han": ["患者⟦王小明⟧,男,45岁,因腹痛入院。", "⟦李秀英⟧女士同意发表。", "患者の⟦田中⟧さんは同意した。", "환자 ⟦김민수⟧ 씨는 동의하였다."],
    "Arabic and Hebrew": ["السيد ⟦محمد العتيبي⟧ وافق على النشر.", "גב' ⟦כהן⟧ הגיעה למיון."],
    "Cyrillic and Greek": ["⟦Иванова Мария Петровна⟧ поступила.", "Пациент ⟦Сидоров П.И.⟧ выписан.", "Ο κ. ⟦Γεωργίου⟧ προσήλθε."],
    "Devanagari and Thai": ["श्री ⟦राजेश कुमार⟧ को बुखार था।", "นาย⟦สมชาย ใจดี⟧ มาด้วยไข้"],
    "Vietnamese, Turkish, Czech": ["Bà ⟦Nguyễn Thị Hoa⟧ than đau.", "Hasta ⟦Ayşegül⟧, ateşle geldi.", "Paní ⟦Dvořáková⟧ byla přijata."],
}  # fmt: skip
DATES: dict[str, list[str]] = {
    "behind a colon": ["Date:⟦13/05/1981⟧", "Fecha de nacimiento:⟦23/10/1970⟧."],
    "a month and a year": ["She noticed it in ⟦11/2018⟧.", "ab ⟦03.2021⟧", "since ⟦9/93⟧"],
    "run together": ["Operated ⟦20190417⟧ without problems.", "⟦17JAN2022⟧, right anterior oblique view"],
    "day and month": ["She came on ⟦05.03.⟧ with fever.", "admitted on ⟦5/3⟧ with fever", "LMP ⟦28/9⟧, EDD ⟦5/7⟧"],
    "Slavic": ["przyjęta ⟦12 października 2019⟧", "Kontrola ⟦17. května 2021⟧", "поступил ⟦23 ноября 2018 года⟧"],
    "Nordic and Dutch": ["den ⟦2 juni 2018⟧ inkom", "op ⟦3 november 2020⟧ opgenomen", "Op ⟦7 mrt. 2020⟧"],
    "Turkish, Greek, Arabic": ["⟦14 Şubat 2019⟧", "⟦3 Ιουνίου 2019⟧", "في ⟦١٥ مارس ٢٠٢١⟧ بسبب حمى"],
    "East Asian": [
        "⟦2021年3月12日⟧に入院",
        "⟦二〇一九年五月⟧",
        "⟦2019년 4월 3일⟧ 입원",
        "⟦令和3年5月⟧に入院",
        "⟦民國108年3月⟧入院",
    ],
    "seasons, quarters, weeks": [
        "in the ⟦summer of 2017⟧",
        "⟦Q1 2021⟧",
        "⟦2021-W10⟧",
        "since ⟦mid-September⟧",
        "⟦midsommar 2019⟧",
    ],
}
NUMBERS: dict[str, list[str]] = {
    "insurance": ["NASS: ⟦33 4568642 23⟧.", "Medicare ⟦2KH5-QJ8-WV41⟧, copay waived."],
    "cards": ["card ⟦4111 1111 1111 1111⟧ on file", "Visa ending in ⟦4242⟧"],
    "prescriptions and tickets": ["Rx# ⟦7741920⟧ was never collected", "Helpdesk ticket ⟦INC-0048213⟧ was opened"],
    "licences": ["Médico tratante, col. n.º ⟦28/2847193⟧.", "NºCol: ⟦28 28 20943⟧.", "GMC ⟦7419026⟧"],
    "registers": ["PESEL ⟦44051401359⟧", "СНИЛС ⟦112-233-445 95⟧", "Pnr ⟦811218-9876⟧", "주민번호 ⟦580712-2441707⟧"],
    "user names": ["posted as user ⟦doc_martin77⟧", "uploaded by ⟦kmwangi_derm88⟧"],
    "coordinates": [
        "GPS ⟦51.5033, -0.1196⟧",
        "⟦51°30′12″N 0°07′39″W⟧",
        "grid ref ⟦SK 338 912⟧",
        "⟦46.2044° N, 6.1432° E⟧",
    ],
    "records in other scripts": ["患者番号⟦0381-557⟧", "UHID/⟦2019/0048813⟧", "⟦00-47-19-33⟧ - known to this clinic"],
    "form fields": ["CIPA: ⟦nhc-739146⟧.", "Episodio: ⟦04735665⟧.", "CP: ⟦28035⟧.", "Domicilio: ⟦Los Alisos, 10⟧."],
}
JOURNAL: dict[str, list[str]] = {
    "wards and rooms": ["She lay in ⟦Ward 7B, bed 12⟧.", "Pt in ⟦Rm 412-A⟧", "Verlegung auf ⟦Station 4A, Zimmer 12⟧"],
    "hospitals": ["at ⟦Mercy West Hospital⟧", "⟦緑ヶ丘総合病院⟧より紹介", "naar het ⟦Sint-Walburgaziekenhuis⟧"],
    "places": [
        "the cousin in ⟦Cebu⟧ was tested",
        "Der aus ⟦Bad Oeynhausen⟧ stammende Landwirt",
        "患者长期居住于⟦凉山⟧农村",
    ],
}


def table(kinds: dict[str, list[str]]) -> list[Any]:
    return [pytest.param(text, id=f"{kind}-{n}") for kind, texts in kinds.items() for n, text in enumerate(texts)]


@pytest.mark.parametrize("marked", table(NAMES))
def test_a_name_is_found(marked: str) -> None:
    secret, missed = found_in(marked)
    assert secret
    assert missed == []


@pytest.mark.parametrize("marked", table(DATES))
def test_a_date_is_found(marked: str) -> None:
    assert found_in(marked)[1] == []


@pytest.mark.parametrize("marked", table(NUMBERS))
def test_a_number_is_found(marked: str) -> None:
    assert found_in(marked)[1] == []


@pytest.mark.parametrize("marked", table(JOURNAL))
def test_a_place_is_found_at_the_level_of_journals(marked: str) -> None:
    assert found_in(marked, "journal")[1] == []


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("figures/⟦EwaKowalska⟧_hand.png", "file_name"),
        ("⟦Lindqvist-Anna⟧-biopsy-x40.tif", "file_name"),
        ("MRI_⟦MUKHERJEE⟧_T2_FLAIR.png", "file_name"),
        ("⟦JSmythe⟧-wound", "key"),
        ("⟦mcallister⟧_ct_head", "key"),
        ("ask ⟦Gwendolyn⟧ whether it was reported", "comment"),
        ("TODO ⟦F. Castelluccio⟧ says the CRP was 212", "comment"),
    ],
)
def test_a_name_is_found_in_a_label_or_a_note(marked: str, place: str) -> None:
    assert found_in(marked, place=place)[1] == []


# what looks like an identifier, kind by kind: nothing is reported at any level
HARMLESS: dict[str, list[str]] = {
    "cited authors": ["Kaplan et al. described ten cases.", "As Burkholder and colleagues described, it is rare."],
    "tests and scales": ["The Mann-Whitney U test was used.", "Child-Pugh B, Breslow 2 mm, Clark level IV."],
    "eponyms": [
        "Murphy sign was positive, Dr. Murphy being long dead.",
        "Graves disease, Hashimoto thyroiditis and Wilson disease.",
        "Crohn was suspected, Hodgkin was considered, Addison had been excluded.",
        "A Sister Mary Joseph nodule and Ramsay Hunt syndrome.",
    ],
    "departments": ["Reviewed by Cardiology.", "Seen by Neurology on day 3.", "He was referred to Physical Therapy."],
    "questionnaires": ["Patient Health Questionnaire scores fell; Patient Global Assessment was 6."],
    "German nouns": ["Der Patient Diabetes mellitus bekannt.", "Im Verlauf stieg das Fieber; Husten nahm zu."],
    "words that are names": ["The mark rose and fell; he may come, will return, by the grace of sleep."],
    "products": ["Alexa Fluor 488, Philips Ingenia, Abbott Alinity.", "Yasmin was started; Mirena was removed."],
    "species": ["Candida auris, A. baumannii and S. aureus."],
    "clinical Han": ["患者高血压病史十年。患者黄疸明显。患者于2021年发病。", "患者さんは改善した。同様の症状。主治医の先生。"],
    "clinical Arabic, Hebrew, Cyrillic": ["المريض يعاني من ألم.", "החולה התקבל עם חום.", "Больной жаловался. Врач осмотрел."],
    "ratios": ["The ratio was 1/2000, the titre 1/2048.", "BP 120/80 mmHg; BP: 118/76.", "In 12/17 of the pairs."],
    "counts": ["Platelets 44 000 (normal 150 000-400 000)."],
    "lines": ["given via PICC line, over 20 min; via NG tube 40 mL/h."],
    "versions": ["called by GATK 4.2.6.1 and BWA 0.7.17"],
    "searches": ["PubMed was searched until 05/2023, from January 1990 to June 2023."],
    "doses": ["Doses 40-30-20-10 mg; metformin 850 mg 1-0-1."],
    "headings": ["Hospital Course. Discharge Medications.", "Nombre:\nFecha de ingreso: no consta."],
    "days in bed": ["He was in bed 3 days; bed rest; room air 21 %."],
    "a month that is none": ["on day 12 of March hemoglobinuria; May-Thurner syndrome"],
}  # fmt: skip


@pytest.mark.parametrize("text", table(HARMLESS))
def test_what_only_looks_like_an_identifier_is_left_alone(text: str) -> None:
    assert [(hit.type, text[hit.start : hit.end]) for hit in detect(text, "journal")] == []


# -- the lexicon -------------------------------------------------------------------------------------------------------


def test_the_lexicon_is_small_and_says_where_it_is_from() -> None:
    file = data_file("privacy/names.txt.gz")
    assert file.stat().st_size < 400_000
    head = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()[:2]
    assert "tools/names.py" in head[0]
    assert re.search(r"Faker \d+\.\d+\.\d+ .*MIT", head[1])
    assert "Copyright (c) 2012 Daniele Faraglia" in data_file("privacy/names.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("word", ["Mark", "Rose", "Grace", "Will", "May"])
def test_a_name_that_is_a_word_is_not_certain(word: str) -> None:
    assert known(word)
    assert not known(word) & GIVEN


@pytest.mark.parametrize(
    "word", ["Ewa", "Tariq", "Priya", "José", "Łukasz", "Siobhán", "Мария", "محمد", "Ελένη", "सुनीता"]
)
def test_a_given_name_of_any_script_is_known(word: str) -> None:
    assert known(word) & GIVEN


@pytest.mark.parametrize("word", ["Kowalska", "O’Brien", "Dvořáková", "Björnsdóttir", "MacGillivray", "Papadopoulos"])
def test_a_surname_is_known_by_list_or_form(word: str) -> None:
    assert known(word) & FAMILY


@pytest.mark.parametrize(
    "word", ["calcium", "virus", "magnesium", "warfarin", "salmonella", "report", "table", "figure"]
)
def test_a_word_of_medicine_is_no_name(word: str) -> None:
    assert known(word.capitalize()) == 0


def test_folding_takes_accents_and_apostrophes_away() -> None:
    folded = ["obrien", "ozturk", "lukasz", "strasse", "joao", "ελενη", "иосиф"]
    assert [fold(word) for word in ("O’Brien", "Öztürk", "Łukasz", "Straße", "João", "Ελένη", "Йосиф")] == folded


@given(st.text(max_size=40))
def test_the_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(plain(text).lower()) == len(text) or "İ" in text or len(text.lower()) != len(text)


def test_plain_letters_and_digits() -> None:
    assert plain("Şengül Ağaoğlu, Nguyễn, ٣٤ and １２／３") == "Sengul Agaoglu, Nguyen, 34 and 12/3".replace(
        "Sengul", "Sengül"
    )


# -- check digits: examples of the issuing offices and of Wikipedia -------------------------------------------------------

VALID = {
    "pesel": ["44051401359"],
    "birth_and_four": ["811218-9876", "070761-4285"],
    "korean_register": ["580712-2441707"],
    "snils": ["112-233-445 95"],
    "chinese_register": ["11010519491231002X"],
    "turkish_register": ["10000000146"],
    "south_african_register": ["8001015009087"],
    "birth_number": ["736028/5163"],
    "card": ["4111 1111 1111 1111", "378282246310005", "5555555555554444"],
    "unsorted_groups": ["00-47-19-33"],
}
WRONG = {
    "pesel": ["44051401358", "4405140135", "99999999999"],
    "birth_and_four": ["811218-9877", "991399-1234"],
    "korean_register": ["581312-2441707", "580732-2441707"],
    "snils": ["112-233-445 96"],
    "chinese_register": ["110105194912310021", "11010519491331002X"],
    "turkish_register": ["10000000147", "00000000146", "1000000014"],
    "south_african_register": ["8001015009088", "8013015009087"],
    "birth_number": ["736028/5164"],
    "card": ["4111 1111 1111 1112", "0000 0000 0000 0000", "411111111111"],
    "unsorted_groups": ["40-30-20-10", "10-20-30-40", "10-10-10-10"],
}


def pairs(of: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in of.items() for text in texts]


def test_every_register_has_examples() -> None:
    assert set(VALID) == set(WRONG) == set(REGISTERS)


@pytest.mark.parametrize(("name", "text"), pairs(VALID))
def test_a_right_number_of_a_register_holds(name: str, text: str) -> None:
    assert REGISTERS[name](text)


@pytest.mark.parametrize(("name", "text"), pairs(WRONG))
def test_a_wrong_number_of_a_register_does_not_hold(name: str, text: str) -> None:
    assert not REGISTERS[name](text)


# -- a file that is no YAML ------------------------------------------------------------------------------------------------

BROKEN = """\
format: 1
authors:
- given: Maeve
  family: Hartigan
  email: maeve.hartigan61@postbox.example  # ask Mrs ⟦Delaunoy⟧
affiliations:
  here: {institution: St Luke's Hospital, city: Leeds, country: UK}
references:
  - {id: a, type: book, title: t, note: sent by m.hartigan@postbox.example}
title: Fever: a case
course: Mrs ⟦Thistlewood⟧ came, mail ⟦m.thistle@postbox.example⟧
"""


def test_authors_are_public_in_a_file_with_a_slip_too(tmp_path: Path) -> None:
    text, spans = unmarked(BROKEN.removeprefix("format: 1\n"))
    found = private(write(tmp_path, text))
    assert [p.span for p in found] == spans
    assert [p.code for p in found] == ["PRIV001", "PRIV001", "PRIV006"]


# -- render ----------------------------------------------------------------------------------------------------------------

CASE = 'format: 1\ntitle: "Fever: a case"\n'


def rendered(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, bool]:
    file = write(tmp_path, CASE + text)
    code = run(["render", str(file), "--to", "html", "-o", str(tmp_path / "out")])
    return code, capsys.readouterr().err, (tmp_path / "out" / "gout" / "gout.html").is_file()


def test_render_reports_what_identifies_and_writes_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, err, there = rendered(tmp_path, "course: Mrs Hartigan came on 14 March 2023 and on 5 May 2023.\n", capsys)
    assert (code, there) == (1, True)
    assert [line.split(" error ")[1].split(" ")[0] for line in err.splitlines() if " error " in line] == [
        *("PRIV001", "PRIV003", "PRIV003"),
    ]
    assert err.count("lint: {ignore: {PRIV001: ") == err.count("lint: {ignore: {PRIV003: ") == 1
    assert "Hartigan" not in err
    assert "14 March" not in err


def test_a_reason_silences_it_in_render_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reason = "lint: {ignore: {PRIV001: a role of the opera}}\ncourse: She sang for Mrs Dalloway.\n"
    assert rendered(tmp_path, reason, capsys)[0] == 0
    inline = "course: She sang for Mrs Dalloway.  # casewriter: ignore[PRIV001] a role of the opera\n"
    assert rendered(tmp_path, inline, capsys)[0] == 0


def test_a_comment_is_not_printed_and_does_not_fail_a_render(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rendered(tmp_path, "# ask Mrs Hartigan\ncourse: She recovered.\n", capsys)[0] == 0


def test_a_listed_name_fails_a_render(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases" / "gout" / ".casewriter").mkdir(parents=True)
    (tmp_path / "cases" / "gout" / ".casewriter" / "names.txt").write_text("Ardblair\n", "utf-8")
    code, err, _ = rendered(tmp_path, "course: Then Ardblair came.\n", capsys)
    assert (code, "PRIV019" in err, "Ardblair" in err) == (1, True, False)


@pytest.mark.parametrize("piece", ["A. B. ", "Kowalski ", "12 ", "A1b2 ", "via de la ", "Dr. ", "患者", "محمد "])
def test_a_text_twice_as_long_takes_about_twice_the_time(piece: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        detect(piece * times, "journal")
        return process_time() - start

    seconds(10)
    assert min(seconds(4000) for _ in range(2)) < 4 * max(min(seconds(2000) for _ in range(2)), 0.05)
