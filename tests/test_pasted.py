"""Pasted lists of references: what is right, what is told, what is wrong, for each pair of `tests/data/pasted`."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewriter.bibliography.pasted import Pasted, looks_pasted, read_pasted
from casewriter.bibliography.pasted.words import listed, months
from casewriter.bibliography.reading.record import finished
from casewriter.citation import find_style
from casewriter.citation.document import document
from casewriter.profile import find_profile

_FOLDER = Path(__file__).parent / "data" / "pasted"
_RATCHET = _FOLDER / "ratchet.json"
_PAIRS = sorted(file.with_suffix("") for file in _FOLDER.glob("*/*.txt"))
_SOFT = {"report", "document", "webpage", "book", "article"}
"""Kinds that a line alone often does not tell apart."""
_NEVER_INVENTED = (
    "author",
    "editor",
    "title",
    "container-title",
    "issued",
    "volume",
    "issue",
    "page",
    "DOI",
    "PMID",
    "PMCID",
)


def _rendered(records: list[Pasted], profile: str) -> list[str]:
    """Return the reference list of records as a journal prints it."""
    found, _ = finished([(one.line, dict(one.record)) for one in records], [])
    asked = find_profile(profile).citation
    printed = document(
        {str(one.id): one for _, one in found}, find_style(asked.csl, tuple(asked.options.items())), "en"
    )
    entries = printed.entries()
    return ["".join(text for text, _ in entries[key]) for key in printed.order]


def _name(pair: Path) -> str:
    return f"{pair.parent.name}/{pair.name}"


def _read(pair: Path) -> tuple[list[Pasted], list[dict[str, Any]]]:
    text = pair.with_suffix(".txt").read_bytes().decode()
    items = json.loads(pair.with_suffix(".json").read_text(encoding="utf-8"))["items"]
    return read_pasted(text), items


def _differences(pasted: Pasted, item: dict[str, Any]) -> list[str]:
    """Return the fields that are not as expected: other values, and fields of substance that nobody printed."""
    record = {**pasted.record, "_truncated": True if pasted.record.get("authors_truncated") == "true" else None}
    names = {name for name in item if name != "_hard"} | {name for name in _NEVER_INVENTED if record.get(name)}
    return [name for name in sorted(names) if record.get(name) != item.get(name) and not _is_soft(name, record, item)]


def _is_soft(name: str, record: dict[str, Any], item: dict[str, Any]) -> bool:
    return name == "type" and {record.get(name), item.get(name)} <= _SOFT


def _verdict(pasted: Pasted, item: dict[str, Any]) -> str:
    if not _differences(pasted, item):
        return "right"
    return "wrong" if pasted.confidence == "high" or not (pasted.doubts or pasted.unread) else "told"


def _figures(pair: Path) -> dict[str, int]:
    found = Counter(_verdict(pasted, item) for pasted, item in zip(*_read(pair), strict=True))
    return {name: found[name] for name in ("right", "told", "wrong")}


def test_there_are_pairs() -> None:
    assert len(_PAIRS) >= 32


@pytest.mark.parametrize("pair", _PAIRS, ids=_name)
def test_ratchet(pair: Path) -> None:
    before = json.loads(_RATCHET.read_text(encoding="utf-8")).get(_name(pair))
    now = _figures(pair)
    assert now == before, f"{_RATCHET.name}: write {json.dumps({_name(pair): now})} if this is better, not worse"


def test_ratchet_has_no_pair_too_many() -> None:
    assert sorted(json.loads(_RATCHET.read_text(encoding="utf-8"))) == sorted(_name(pair) for pair in _PAIRS)


@pytest.mark.parametrize(
    ("folder", "right", "wrong"),
    [
        ("seen", 0.92, 0.01),
        ("heldout", 0.8, 0.03),
        ("second", 0.8, 0.03),
        ("third", 0.95, 0.0),
        ("fourth", 0.9, 0.03),
        ("fifth", 0.85, 0.03),
    ],
)
def test_goals(folder: str, right: float, wrong: float) -> None:
    read = [one for pair in _PAIRS if pair.parent.name == folder for one in zip(*_read(pair), strict=True)]
    plain = [_verdict(pasted, item) for pasted, item in read if not item.get("_hard")]
    assert plain.count("right") >= right * len(plain)
    assert [_verdict(*one) for one in read].count("wrong") <= wrong * len(read)


def test_list_of_the_first_case_is_read_whole() -> None:
    read, items = _read(_FOLDER / "seen" / "springer-web")
    assert len(items) == 35
    assert [(pasted.confidence, _differences(pasted, item)) for pasted, item in zip(read, items, strict=True)] == [
        ("high", [])
    ] * 35


def test_list_of_the_first_case_is_printed_again_as_it_was_pasted() -> None:
    read, _ = _read(_FOLDER / "seen" / "springer-web")
    links = re.compile(r"(?:CrossRef|PubMed|Google Scholar)+$")
    assert _rendered(read, "clinical-rheumatology") == [links.sub("", one.source).strip() for one in read]


@pytest.mark.parametrize("pair", _PAIRS, ids=_name)
def test_no_entry_is_lost_and_each_is_an_item(pair: Path) -> None:
    read, items = _read(pair)
    assert len(read) == len(items)
    lines = pair.with_suffix(".txt").read_bytes().decode().splitlines()
    assert all(1 <= one.line <= len(lines) for one in read)
    assert [one.line for one in read] == sorted(one.line for one in read)
    found, refused = finished([(one.line, dict(one.record)) for one in read], [])
    assert (len(found), refused) == (len(items), [])


@pytest.mark.parametrize("pair", _PAIRS, ids=_name)
def test_looks_pasted(pair: Path) -> None:
    assert looks_pasted(pair.with_suffix(".txt").read_bytes().decode())


_PROSE = (
    """A 34-year-old woman came to us in March 2014 with hard lumps over both elbows. She had had lupus since 2003 and took
    prednisolone 10 mg and hydroxychloroquine 200 mg a day. Radiographs showed sheets of calcium under the skin.""",
    """Dear Dr Miller, thank you for sending this gentleman, whom I saw on 12 May 2019. His blood pressure was 142/88 mmHg,
    his pulse 76 per minute. I have stopped warfarin and started diltiazem 60 mg three times a day; see him in 6 weeks.

    With kind regards, Anna Berg""",
    """Calcinosis was first described in 1878. Treatment with warfarin helped in two of three patients (66%), whereas
    colchicine did not. We therefore chose surgery, and at the last visit in 2021 the wounds had healed.""",
)


@pytest.mark.parametrize("text", _PROSE)
def test_prose_is_no_list(text: str) -> None:
    assert not looks_pasted(text)


@pytest.mark.parametrize("text", ["", "\n\n", "References\n", "1.\n2.\n"])
def test_nothing_is_no_list(text: str) -> None:
    assert not looks_pasted(text)
    assert read_pasted(text) == []


def test_long_entry_is_a_document() -> None:
    (pasted,) = read_pasted("word " * 2_000)
    assert (pasted.record["type"], pasted.confidence) == ("document", "low")
    assert pasted.doubts


@pytest.mark.parametrize(
    "text",
    [
        "Muller SA, " * 450,
        "(" * 4_900,
        "a. " * 1_600,
        "1959;" * 980,
        "In: " * 1_200,
        "“" * 4_900,
        "Ab-" * 1_600,
        "A." * 2_400,
        "U.S.A. " * 700,
        "https://" * 600,
        ", eds. " * 700,
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    assert read_pasted(text)


_PIECES = st.sampled_from(
    """Muller SA, |Winkelmann RK. |et al. |(1959) |Calcinosis in dermatomyositis. |Arch Dermatol |79:669–673|1959;79(5):669-73.
    |In: |eds. |2nd ed. |New York: |Springer; |2005. |doi:10.1000/abc |PMID: 12345 |Google Scholar|[Internet]. |http://a.org |\n|1. |2. |
    |“|”|(|)|[|]|, |: |; |Accessed May 2, 2024. |World Health Organization. |thesis |p. 12-34. |vol. 3, |‘x’, |Ł. |ß |– |&
    """.split("|")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=14).map("".join)))
def test_nothing_of_any_text_is_lost(text: str) -> None:
    looks_pasted(text)
    for pasted in read_pasted(text):
        known = " ".join([*_values(pasted.record), *pasted.unread])
        lost = Counter(_letters(_without_separators(pasted.source))) - Counter(_letters(known))
        assert not lost, (pasted, lost)
        assert pasted.confidence in ("high", "medium", "low")
        assert pasted.confidence == "high" or pasted.unread or pasted.doubts


def _values(value: Any) -> list[str]:
    match value:
        case dict():
            return [text for inner in value.values() for text in _values(inner)]
        case list():
            return [text for inner in value for text in _values(inner)]
        case _:
            return [str(value)]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_GONE = re.compile(
    r"https?://(?:dx\.)?doi\.org/?|doi|google scholar|internet|pmid|(?<=\d)(?:st|nd|rd|th|e)\b|\b[cv](?=\d)",
    re.IGNORECASE,
)


def _without_separators(source: str) -> str:
    """Return the source without the words that belong to no field, as the data file lists them."""
    words = listed("separators") | months().keys()
    return " ".join(word for word in re.findall(r"[^\W_]+", _GONE.sub(" ", source)) if word.casefold() not in words)


@pytest.mark.parametrize(
    "title",
    [
        "Barriers to early access to biologics in psoriasis",
        "Improving early access",
        "Does advance access to records help?",
        "Treatment of gout: updated 2015 recommendations",
        "GOLD 2011 strategy (updated 2014)",
        "Systematic review of trials published 2010 to 2015",
        "Consultations online 2019 and 2020",
        "Papers most frequently cited in 2015",
        "The most cited 2019 papers in dermatology",
        "The effect of information (lecture) on anxiety",
        "Mortality in the U.S.",
        "ED overcrowding and sepsis",
        "Editor's choice of the year",
        "Medical publishing: preprints and COVID-19",
        "Cancer. p53, guardian of the genome",
    ],
)
def test_words_of_a_title_are_not_taken_for_something_else(title: str) -> None:
    (one,) = read_pasted(f"Smith J, Brown K. {title.removesuffix('.')}. BMJ. 2016;350:12-20.")
    assert (one.record["title"], one.record["container-title"], one.confidence) == (title, "BMJ", "high")


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://onlinelibrary.wiley.com/doi/10.1111/bjd.12345/full", "10.1111/bjd.12345"),
        (
            "https://www.tandfonline.com/doi/abs/10.1080/09546634.2015.123?journalCode=ijdt20",
            "10.1080/09546634.2015.123",
        ),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456", "10.1371/journal.pone.0123456"),
        (
            "https://journals.plos.org/p/file?id=10.1371/journal.pone.0123456&type=printable",
            "10.1371/journal.pone.0123456",
        ),
        ("https://www.nejm.org/doi/full/10.1056/NEJMoa2001017", "10.1056/NEJMoa2001017"),
    ],
)
def test_the_address_of_a_publishers_page_is_the_doi_in_it(address: str, doi: str) -> None:
    (one,) = read_pasted(f"Smith J. Gout. Br J Dermatol. 2015;1:2. {address}")
    assert (one.record["DOI"], one.record.get("URL"), one.confidence) == (doi, None, "high")


@pytest.mark.parametrize(
    "line",
    [
        "John A. Smith, Nail Psoriasis: A History (Chicago: University of Chicago Press, 2015), 12–45.",
        "Research Ethics. The Helsinki declaration. Lancet. 2001;357:1-2.",
        "Hospital Outbreak of Sepsis. A report from Leeds. Lancet. 2001;357:1-2.",
        "Asthma UK. Living with asthma. London: Asthma UK; 2010.",
        "Smith J. Psoriasis and the heart. bioRxiv. doi:10.1101/2020.01.01.123456",
        "Smith, J.A.; Brown, K.L. Hair Loss. A Review. JAMA Dermatol. 2021, 157, 12–15.",
        "J.A. Smith, K.L. Brown, Oral Surg. Oral Med. Oral Pathol. 31 (2015) 12–15.",
        "Smith J. Arch. Dermatol. 1999, 135, 12.",
        "Schierwater B, Ender A. Sequences in Hydrozoa. Sci Mar 2000; 64:117-122.",
    ],
)
def test_what_can_be_read_in_two_ways_is_told(line: str) -> None:
    (one,) = read_pasted(line)
    assert one.confidence == "low"
    assert one.doubts


ONE, TWO, THREE = (
    "Smith J. Itch. BMJ 2015;350:12-3.",
    "Brown K. Rash. Lancet 2016;1:2-9.",
    "Jones L. Gout. JAMA 2017;3:4-5.",
)


@pytest.mark.parametrize(
    "text",
    [
        f"Here are the references:\n1. {ONE}\n2. {TWO}\n3. {THREE}",
        f"R E F E R E N C E S\n1. {ONE}\n2. {TWO}\n3. {THREE}",
        f"1. {ONE} 2. {TWO} 3. {THREE}",
        f"- {ONE}\n- {TWO}\n- {THREE}",
        f"•{ONE}\n•{TWO}\n•{THREE}",
        f"{ONE}\n\nArticle  PubMed  Google Scholar\n\n{TWO}\n\nGoogle Scholar\n\n{THREE}\n\nDownload references",
        f"1{ONE}\n10.5555/a\nPubMedWeb of Science®Google Scholar\n2{TWO}\nGoogle Scholar\n3{THREE}",
    ],
)
def test_a_list_is_divided_whatever_stands_round_its_entries(text: str) -> None:
    assert [one.record["title"] for one in read_pasted(text)] == ["Itch", "Rash", "Gout"]


@pytest.mark.parametrize(
    "text",
    [
        f"1. {ONE}\n2. {TWO}\n\n1. {THREE}\n2. {ONE}",
        f"1. {ONE}\n2. {TWO}\n1. {THREE}\n2. {ONE}",
        f"[1] {ONE}\n[2] {TWO}\n\n1. {THREE}\n2. {ONE}",
        f"1. {ONE}\n2. {TWO}\n\n{THREE}\n\n{ONE}",
    ],
)
def test_two_lists_one_behind_the_other_are_both_divided(text: str) -> None:
    assert [one.record["title"] for one in read_pasted(text)] == ["Itch", "Rash", "Gout", "Itch"]
