"""Which letters are a name and which are a word: the spellings of a name, and sentences that must keep every word."""

import gzip
import re
from pathlib import Path

import pytest
from stress import ROOT
from test_blinded import SIGN, blinded

from casewriter.blinding.blind import blind
from casewriter.model.people import Author
from casewriter.project import find_cases, open_case
from casewriter.resources import data_file

HEAD = """format: 1
title: A case of gout
language: {language}
authors:
  - {{given: {given}, family: {family}, affiliations: [a]}}
affiliations:
  a: {{department: {department}, institution: "{institution}", city: {city}, country: Germany}}
introduction: |
  {text}
"""


def masked(folder: Path, text: str, **facts: str) -> str:
    """Return an introduction as the blinded copy has it."""
    plain = {"given": "Ann B.", "family": "Ravenscroft", "institution": "", "city": "Berlin", "language": "en"}
    plain["department"] = "Department of Dermatology"
    done, _ = blinded(folder, HEAD.format(**plain | facts | {"text": text}))
    return (done.case.introduction or "").strip()


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        ("Mary", "Young", "A young woman was seen. She was too young. Young age is a risk."),
        ("Mary", "Young", "Young patients have it, and the Young Mania Rating Scale was low."),
        ("Peter", "Long", "Long-standing pain and a long QT interval; hepatitis B. Long courses were given."),
        ("B.", "Long", "She had hepatitis B. Long courses were given in group B. Long waits followed."),
        ("Theresa", "May", "It may recur. In May 2019 and again in May she was well. May it last."),
        ("Jane", "Grey", "Grey skin was seen, and grey matter; the Grey Turner sign was absent."),
        ("Karl", "Hand", "The hand was swollen. Hand dermatitis and Hand-Schüller-Christian disease were excluded."),
        ("Anna", "Lynch", "Lynch syndrome was excluded, and so was Lynch’s syndrome."),
        ("John", "Down", "It went down. Down syndrome was excluded."),
        ("Xia", "Li", "Lithium (Li) was given; Li levels were 0.8 mmol/L."),
        ("Wei", "He", "He recovered. He was well."),
        ("Ana", "Ng", "The level was 5 ng/mL; ANA were positive at 1:640, and the D-dimer was 300 ng/mL."),
        ("Jun", "Ma", "A current of 30 mA was used; Ma et cetera."),
        ("Will", "Ho", "She will recover, and will be seen; Ho hum."),
        ("Grace", "Park", "The grace period was a walk in the park."),
        ("Art", "Case", "The case is one of art. Case reports are rare."),
        ("Rose", "White", "White cells rose to 20 × 10^9^/L. White plaques were seen."),
        ("Mark", "Bone", "Bone marrow was examined. Bone pain was severe. Mark the site."),
        ("Iris", "Vein", "The iris and each vein were spared. Iris atrophy was absent. Vein after vein was patent."),
        ("A.", "Young", "A young man. A Young Woman With Gout."),
        ("Ann B.", "Ravenscroft", "ABR was elevated, and Berlin criteria were met in Berlin, Germany."),
        ("Hans Marie", "Gram", "Gram-negative rods; Charcot-Marie-Tooth disease; the Gram stain."),
        ("Luis", "Naranjo", "The Naranjo score was 5. Naranjo’s criteria were met; Doppler was normal."),
        ("Eva", "Doppler", "Ultrasonography with Doppler was normal. Doppler flow was seen."),
        ("Jean", "Roux", "She had a Roux-en-Y bypass."),
        ("Ivan", "Vega", "I.V. fluids and i.v. antibiotics were given at 8 A.M."),
        ("Sue", "Day", "On day 3 she went home. Day 3 was good. Day hospital care followed."),
    ],
)  # fmt: skip
def test_a_word_that_is_a_name_too_stays(given: str, family: str, text: str, tmp_path: Path) -> None:
    assert masked(tmp_path, text, given=given, family=family) == text


@pytest.mark.parametrize(
    ("given", "family", "text", "left"),
    [
        ("Mary", "Young", "Dr Young saw it.", f"Dr {SIGN} saw it."),
        ("Mary", "Young", "It was read by Young, who said so.", f"It was read by {SIGN}, who said so."),
        ("Luis", "Naranjo", "It was read by Naranjo, and Dr Naranjo agreed.", f"It was read by {SIGN}, and Dr {SIGN} agreed."),
        ("Mary", "Young", "Young et al. have said so.", f"{SIGN} et al. have said so."),
        ("Mary", "Young", "Young’s photograph shows it.", f"{SIGN}’s photograph shows it."),
        ("Mary", "Young", "M. Young and Young M agree.", f"{SIGN} and {SIGN} agree."),
        ("Mary", "Young", "Mary young agrees.", f"{SIGN} agrees."),
        ("Theresa", "May", "Theresa May and Prof. May, in May.", f"{SIGN} and Prof. {SIGN}, in May."),
        ("Theresa", "May", "MAY, THERESA", SIGN),
        ("Xia", "Li", "Dr Li, Xia Li, Li X and X. Li met.", f"Dr {SIGN}, {SIGN} and {SIGN} met."),
        ("Anna", "Lynch", "Lynch saw Lynch syndrome.", f"{SIGN} saw Lynch syndrome."),
        ("Ann B.", "Ravenscroft", "A.B.R. and A. B. R. wrote.", f"{SIGN} and {SIGN} wrote."),
        ("Ann B.", "Ravenscroft", "The authors (ABR) wrote.", f"The authors ({SIGN}) wrote."),
        ("Ann B.", "Ravenscroft", "A.B. Ravenscroft; AB Ravenscroft", f"{SIGN}; {SIGN}"),
        ("Ann B.", "Ravenscroft", "Ravenscroft, A. B., wrote.", f"{SIGN}, wrote."),
        ("Ann B.", "Ravenscroft", "RAVENSCROFT, ANN", SIGN),
        ("Ann B.", "Ravenscroft", "*Ann* **Ravenscroft** wrote.", f"{SIGN} wrote."),
        ("Jürgen", "Müller-Lüdenscheid", "Jurgen Muller-Ludenscheid", SIGN),
        ("Jürgen", "Müller-Lüdenscheid", "Juergen Mueller Luedenscheid", SIGN),
        ("Jürgen", "Müller-Lüdenscheid", "Mu\u0308ller\u2010Lu\u0308denscheid, J", SIGN),
        ("Jürgen", "Müller-Lüdenscheid", "Ludenscheid was asked.", f"{SIGN} was asked."),
        ("Seán", "O’Súilleabháin", "Sean O'Suilleabhain and OSuilleabhain", f"{SIGN} and {SIGN}"),
        ("Ann B.", "Ravenscroft", "Ravenscrofts Fall", f"{SIGN} Fall"),
        ("Łukasz", "Żółć", "Lukasz Zolc", SIGN),
        ("Ingrid", "van der Meerschaut", "Meerschaut and van der Meerschaut I", f"{SIGN} and {SIGN}"),
        ("太郎", "山田", "山田太郎医師と山田 太郎", f"{SIGN}医師と{SIGN}"),
        ("Αλέξανδρος", "Παπαγεωργίου", "ο Αλεξανδρος Παπαγεωργιου", f"ο {SIGN}"),
        ("נעמי", "לבנון", "דר נעמי לבנון", f"דר {SIGN}"),
    ],
)  # fmt: skip
def test_a_name_is_masked_in_every_spelling(given: str, family: str, text: str, left: str, tmp_path: Path) -> None:
    assert masked(tmp_path, text, given=given, family=family) == left


@pytest.mark.parametrize(
    ("institution", "text", "left"),
    [
        ("Charité – Universitätsmedizin Berlin", "The Berlin definition; seen in Berlin.", None),
        ("Charité – Universitätsmedizin Berlin", "Treated at Charité.", f"Treated at {SIGN}."),
        ("Charité – Universitätsmedizin Berlin", "At the Universitatsmedizin Berlin.", f"At the {SIGN}."),
        ("University Hospital Berlin", "At the Berlin University Hospital.", f"At the {SIGN}."),
        ("Mayo Clinic", "The Mayo score was 3. The Mayo clinic knew.", f"The Mayo score was 3. The {SIGN} knew."),
        ("Institute of Rheumatic Diseases", "Rheumatic fever and rheumatic diseases. Rheumatic pain.", None),
        ("Institute for Tropical Medicine", "Tropical sprue and tropical medicine. Tropical it was.", None),
        ("Department of Surgery, University Hospital", "The department of surgery of a university hospital.", None),
        ("Gansu People's Hospital", "At Gansu People’s Hospital, in GANSU PEOPLE'S HOSPITAL.", f"At {SIGN}, in {SIGN}."),
        ("St. Ilona Hospital", "The hospital St Ilona; St. Ilona\u00a0Hospital.", f"The {SIGN}; {SIGN}."),
        ("Rivendale Hospital", "At the Rivendale Hospital (RVH), RVH staff.", f"At the {SIGN} ({SIGN}), {SIGN} staff."),
        ("", "The department of dermatology; Dermatology was asked.", None),
    ],
)  # fmt: skip
def test_what_identifies_an_institution_is_masked_and_no_common_word(
    institution: str, text: str, left: str | None, tmp_path: Path
) -> None:
    assert masked(tmp_path, text, institution=institution) == (text if left is None else left)


def test_a_german_noun_is_no_name(tmp_path: Path) -> None:
    text = "Die linke Hand war geschwollen, an der Hand ein Ekzem. Dr. Hand sah es."
    left = f"Die linke Hand war geschwollen, an der Hand ein Ekzem. Dr. {SIGN} sah es."
    found = masked(tmp_path, text, family="Hand", language="de")
    assert found == left.replace(SIGN, "[für die Begutachtung entfernt]")


def test_citations_look_ups_and_mentions_stay(tmp_path: Path) -> None:
    text = "See [@ravenscroft2001, p. 3], @fig-labs and {{ introduction }}; [the page](https://x.org/ravenscroft)(a)."
    done, _ = blinded(
        tmp_path,
        HEAD.format(
            given="Ann", family="Ravenscroft", institution="", city="Berlin", language="en", department="x", text=text
        )
        + "references: [{id: ravenscroft2001, title: X, author: [Ravenscroft A]}, {id: withheld-1, title: Y}]\n",
    )
    assert (done.case.introduction or "").strip() == (
        f"See [@withheld-1-x, p. 3], @fig-labs and {{{{ introduction }}}}; the page {SIGN} (a)."
    )
    assert set(done.library.items) == {"withheld-1-x", "withheld-1"}


def test_a_town_and_doubtful_letters_stay_and_are_named_with_their_place(tmp_path: Path) -> None:
    text = (
        "She lived in Berlin. Young people came. The Berlin criteria and Young’s syndrome were known to young and old."
    )
    facts = {
        "given": "Mary",
        "family": "Young",
        "institution": "",
        "city": "Berlin",
        "language": "en",
        "department": "x",
    }
    done, _ = blinded(tmp_path, HEAD.format(**facts, text=text))
    assert (done.case.introduction or "").strip() == text
    assert [(place.what, place.quote, place.nth) for place in done.left] == [
        ("the town of affiliation 1", "Berlin", 0),
        ("the family name of author 1", "Young", 0),
        ("the family name of author 1", "Young", 1),
    ]
    assert done.masked == ()


def test_initials_that_the_case_defines_as_an_abbreviation_stay(tmp_path: Path) -> None:
    text = "The authors (ABR) saw it."
    facts = {
        "given": "Ann B.",
        "family": "Ravenscroft",
        "institution": "",
        "city": "X",
        "language": "en",
        "department": "x",
    }
    done, _ = blinded(tmp_path, HEAD.format(**facts, text=text) + "abbreviations: {ABR: auditory brainstem response}\n")
    assert (done.case.introduction or "").strip() == text


def lexicon() -> set[str]:
    """Return every given and family name of the list from Faker, and what is not Latin left out."""
    text = gzip.decompress(data_file("privacy/names.txt.gz").read_bytes()).decode("utf-8")
    names = (name for line in text.splitlines() if " " in line for name in line.split(" ")[1:])
    return {name.capitalize() for name in names if name.isascii() and name.isalpha() and len(name) > 1}


@pytest.mark.parametrize("whose", ["family", "given"])
def test_no_name_of_the_lexicon_takes_a_word_from_the_example(whose: str) -> None:
    """No author of the example has these names: whatever is masked for them is a word of the case or an eponym."""
    opened = open_case(find_cases([str(ROOT / "cases" / "exemplary-dress")])[0], pictures=False)
    case = opened.loaded.case
    assert case is not None
    texts = [
        str(part) for path, part in case.parts if isinstance(part, str) and path[0] not in ("authors", "references")
    ]
    said = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    names = sorted(name for name in lexicon() if name.lower() in said)
    assert len(names) > 60
    taken = set()
    for name in names:
        who = {"given": "Ann B.", "family": "Ravenscroft", whose: name}
        others = dict.fromkeys(("guarantor", "ethics", "funding", "acknowledgements"))
        people = case.model_copy(update={"authors": (Author(**who),), "affiliations": {}, **others})
        finder = blind(people, opened.library, {}).finder
        taken |= {name for text in texts if finder.find(text).hits}
    assert taken == {"Naranjo"}, "a score that the case names without the word score"


@pytest.mark.parametrize(
    ("facts", "text", "gone"),
    [
        ({"given": "Jan", "family": "Müller"}, "Dr. MUELLER saw her.", "MUELLER"),
        ({"given": "Jan", "family": "Müller"}, "See <https://github.com/jmueller/abscess> for it.", "mueller"),
        ({"given": "Shane", "family": "O’Brien"}, "We thank O Brien, and O'Brien.", "Brien"),
        ({"given": "Pieter J.", "family": "van der Berg"}, "Read by PJvdB on two days.", "PJvdB"),
        ({"institution": "St Mary’s Hospital (SMH)"}, "She was sent to SMH at once.", "SMH"),
        ({"institution": "General Hospital"}, "At the General Hospital we saw it.", "General Hospital"),
        (
            {"department": "Department of Hepatobiliary Surgery"},
            "The Department of Hepatobiliary Surgery saw her.",
            "ary S",
        ),
        ({"family": "Young"}, "By Example & Young, a case.", "Young"),
    ],
)
def test_a_try_from_outside_found_these(tmp_path: Path, facts: dict[str, str], text: str, gone: str) -> None:
    done = masked(tmp_path, text, **facts)
    assert gone in text
    assert gone not in done
    assert SIGN in done


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"institution": "General Hospital"}, "A general hospital is where most are seen."),
        ({"department": "Department of Hepatobiliary Surgery"}, "A department of hepatobiliary surgery saw her."),
        ({"family": "Young"}, "Berger and Young syndrome were excluded."),
    ],
)
def test_ordinary_words_beside_them_stay(tmp_path: Path, facts: dict[str, str], text: str) -> None:
    assert masked(tmp_path, text, **facts) == text


def test_a_statement_that_names_an_author_is_withheld_whole(tmp_path: Path) -> None:
    text = HEAD.format(
        given="Mark", family="Rice", department="D", institution="I", city="C", language="en", text="Text."
    )
    done, _ = blinded(tmp_path, text + "competing_interests: Mark Rice is employed by Novo Nordisk.\n")
    assert "Novo" not in str(done.case.competing_interests)


def test_ids_that_hold_a_name_are_renamed(tmp_path: Path) -> None:
    text = HEAD.format(
        given="Jan",
        family="Müller",
        department="D",
        institution="I",
        city="Bath",
        language="en",
        text="@tbl-mueller-scan",
    )
    done, _ = blinded(tmp_path, text + "tables:\n  mueller-scan: {caption: C, columns: [A], rows: [['1']]}\n")
    assert list(done.case.tables) == ["withheld-1"]
