"""Microtypography: true quotes, dashes, signs and spaces that hold; letters and digits are never touched.

Quotation marks are those of Unicode CLDR 48 (delimiters); Spanish ones those of the Ortografía de la lengua española
(RAE 2010), which CLDR gave until release 47. Spaces and signs follow the SI Brochure, 9th edition, 5.4, and
ISO 80000-1, 7.2-7.3.
"""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casewriter.article.compose import compose
from casewriter.article.nodes import Inline, Link, Paragraph, Run, Styled
from casewriter.article.typography import number, polish
from casewriter.article.walk import blocks_within, inlines, plain, runs
from casewriter.citation import Library
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read

LANGUAGES = ("en", "de", "fr", "es", "it", "pt")
NBSP = "\u00a0"
NARROW = "\u202f"


def held(text: str) -> str:
    """Return a text with spaces that do not break shown as ␣."""
    return text.replace(NBSP, "␣").replace(NARROW, "␣")


def table(*pairs: tuple[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("written", "printed"), pairs)


# -- quotation marks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "outer", "inner"),
    [
        ("en", "“{}”", "‘{}’"),
        ("de", "„{}“", "‚{}‘"),
        ("fr", "«␣{}␣»", "«␣{}␣»"),
        ("es", "«{}»", "“{}”"),
        ("it", "«{}»", "“{}”"),
        ("pt", "“{}”", "‘{}’"),
        ("en-GB", "“{}”", "‘{}’"),
        ("de-AT", "„{}“", "‚{}‘"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, outer: str, inner: str) -> None:
    assert held(polish('X "Y" Z', language)) == f"X {outer.format('Y')} Z"
    assert held(polish('"Y Z"', language)) == outer.format("Y Z")
    assert held(polish('X ("Y"), "Z".', language)) == f"X ({outer.format('Y')}), {outer.format('Z')}."
    assert held(polish("X 'Y' Z", language)) == f"X {inner.format('Y')} Z"
    assert held(polish("\"X 'Y' Z\"", language)) == outer.format(f"X {inner.format('Y')} Z")


@pytest.mark.parametrize("language", LANGUAGES)
@table(
    ("the patient's", "the patient’s"),
    ("don't", "don’t"),
    ("Crohn's and Hashimoto's", "Crohn’s and Hashimoto’s"),
    ("O'Brien", "O’Brien"),
    ("l'enfant d'accord", "l’enfant d’accord"),
    ("the patients' wishes", "the patients’ wishes"),
    ("in the '90s", "in the ’90s"),
)
def test_an_apostrophe_is_one_in_every_language(language: str, written: str, printed: str) -> None:
    assert polish(written, language) == printed


@table(
    ("it's the boys' and girls' ward", "it’s the boys’ and girls’ ward"),
    ("the patients' and nurses' views", "the patients’ and nurses’ views"),
    ("she said 'it's the nurse's'.", "she said ‘it’s the nurse’s’."),
)
def test_several_apostrophes_are_not_taken_for_quotation_marks(written: str, printed: str) -> None:
    assert polish(written, "en") == printed


@table(('—"yes"', "—“yes”"), ('["yes"]', "[“yes”]"), ('"37 °C"', "“37␣°C”"), ('says: "no."', "says: “no.”"))
def test_quotation_marks_beside_other_marks(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(["word", "(two)", "3"]), min_size=1, max_size=4))
def test_quoted_words_stand_between_one_opening_and_one_closing_mark(language: str, words: list[str]) -> None:
    text = " ".join(words)
    made = polish(f'a "{text}" b', language)
    opening, closing = polish('"x"', language).split("x")
    assert made.count('"') == 0
    assert made.startswith(f"a {opening}")
    assert made.endswith(f"{closing} b")


# -- spaces, signs, dashes -----------------------------------------------------------------------------------------


@table(
    ("37 °C", "37␣°C"),
    ("30 mg/day", "30␣mg/day"),
    ("9.2 mg/dL", "9.2␣mg/dL"),
    ("140 mmol/L", "140␣mmol/L"),
    ("3 weeks", "3␣weeks"),
    ("a 5 cm mass", "a 5␣cm mass"),
    ("120 mmHg", "120␣mmHg"),
    ("40 µg", "40␣µg"),
    ("20 %", "20␣%"),
    ("12 IU/mL", "12␣IU/mL"),
    ("a 60 min infusion", "a 60␣min infusion"),
)
def test_a_number_holds_its_unit(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@table(
    ("in 2 patients", "in 2 patients"),
    ("30 men", "30 men"),
    ("5 minor wounds", "5 minor wounds"),
    ("7 lesions", "7 lesions"),
    ("3 days", "3␣days"),
    ("in room 4 he", "in room 4 he"),
)
def test_a_word_that_only_begins_like_a_unit_is_none(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@table(
    ("≥ 2 mm", "≥␣2␣mm"),
    ("p < 0.05", "p <␣0.05"),
    ("(≤ 3)", "(≤␣3)"),
    ("± 2", "±␣2"),
    ("≥2", "≥2"),
    ("1.5 × 10⁹/L", "1.5␣×␣10⁹/L"),
    ("4 × 3 cm", "4␣×␣3␣cm"),
)
def test_a_sign_holds_its_number(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@table(
    ("see Table 1", "see Table␣1"),
    ("in Figure 1A", "in Figure␣1A"),
    ("on p. 12", "on p.␣12"),
    ("pp. 12", "pp.␣12"),
    ("by A. Example", "by A.␣Example"),
    ("by A. B. Example", "by A.␣B.␣Example"),
)
def test_a_label_holds_its_number_and_an_initial_its_name(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@table(
    ("37-39", "37–39"),
    ("8.6-10.3", "8.6–10.3"),
    ("ages 3-5 years", "ages 3–5␣years"),
    ("(12-15)", "(12–15)"),
    ("1998-2001", "1998–2001"),
    ("pages 669-73", "pages 669–73"),
    ("10-20%", "10–20%"),
    ("37–39", "37–39"),
)
def test_a_range_has_an_en_dash(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@table(
    *((same, same) for same in (
        "2019-03-21", "2019-03", "on 2024-11-05 at noon",
        "10.1001/archderm.1959.01560180059010", "doi:10.1007/s10067-005-1149-5", "10.1186/1752-1947-7-223",
        "https://doi.org/10.1016/j.x.2017-04.02-26",
        "award 2020-1", "award R01-12345-02", "grant 081-2013-0144", "NCT01234567", "CRD42020-12-34",
        "ISBN 978-3-16-148410-0", "0000-0002-1825-0097", "LOINC 17861-6", "CAS 50-78-2",
        "COVID-19", "IL-6", "HLA-B27", "12-lead", "a 5-year-old", "CD4-8a", "v1.2-3.4.5", "c.88-2A>G", "omega-3",
    ))
)  # fmt: skip
def test_dates_and_identifiers_keep_their_hyphens(written: str, printed: str) -> None:
    assert polish(written, "en") == printed


@table(
    ("flexion 0°-120°", "flexion 0°-120°"),
    ("86%-89% of cases", "86%-89% of cases"),
    ("∆-9-THC and CA -125", "∆-9-THC and CA -125"),
    ("(IL) -6", "(IL) -6"),
    ("normal 45 -100", "normal 45 -100"),
    ("SpO2 -98%", "SpO2 -98%"),
    ("HLA-A2, -B7, -15", "HLA-A2, -B7, -15"),
    ("CD4+-8 and 2+-3+", "CD4+-8 and 2+-3+"),
    ("T-score -1.3", "T-score −1.3"),
    ("BE=-33", "BE=−33"),
    ("(-2 SD)", "(−2 SD)"),
)
def test_a_hyphen_is_a_minus_only_where_a_negative_number_can_stand(written: str, printed: str) -> None:
    """Found in published case reports: a hyphen that joins was set as a minus sign, which changes the value."""
    assert held(polish(written, "en")) == printed


@pytest.mark.parametrize(
    ("language", "written", "printed"),
    [
        ("es", 'dolor " tipo bola " y', "dolor « tipo bola » y"),
        ("en", 'feeling " different " because', "feeling “ different ” because"),
        ("de", 'das " Kribbeln " war', "das „ Kribbeln “ war"),
        ("es", '“normal" [10]', "“normal” [10]"),
        ("en", 'non-"so" and x="so"', "non-“so” and x=“so”"),
        ("fr", "TS 1'00\", TC 4'30\", GB", "TS 1'00\", TC 4'30\", GB"),
        ("es", '30,6", test; 2 " .', '30,6", test; 2 " .'),
        ("en", 'a 0.032" guide wire', 'a 0.032" guide wire'),
        ("en", "32.1 '' (t)", "32.1 '' (t)"),
        ("en", "5' UTR, 5'-3', 5' 2\" tall, the 1990's", "5' UTR, 5'-3', 5' 2\" tall, the 1990’s"),
        ("en", "30° 15' 20\" and '90s", "30° 15' 20\" and ’90s"),
        ("fr", "dite ''possible'' a", "dite ''possible'' a"),
        ("fr", "l 'abdomen et de l' examen", "l ’abdomen et de l’ examen"),
    ],
)
def test_primes_and_marks_with_blanks_inside(language: str, written: str, printed: str) -> None:
    """Found in published case reports: a prime was set as a quotation mark, a closing mark as an opening one."""
    assert held(polish(written, language)) == printed


@table(
    *((same, same) for same in (
        "100, 0 - 1 - 0", "1 - 0 - 1", "anaerobic culture ( - ).", "gram - .", "score -,", "a base excess of - 4",
        "Tel. 0171-2233", "phone 555-1234", "lot 12-345", "protocol 14-203", "IRB no. 12-34", "0.5--1.0",
    ))
)  # fmt: skip
def test_a_hyphen_that_is_no_dash_stays(written: str, printed: str) -> None:
    assert polish(written, "en").replace(NBSP, " ") == printed


@table(
    ("-2.5 mmol/L", "−2.5␣mmol/L"),
    ("a base excess of -4", "a base excess of −4"),
    ("(-3)", "(−3)"),
    ("from -3 to -1", "from −3 to −1"),
    ("T-4 cells", "T-4 cells"),
    ("well... no", "well… no"),
    ("so -- he said -- it", "so – he said – it"),
)
def test_minus_ellipsis_and_dash(written: str, printed: str) -> None:
    assert held(polish(written, "en")) == printed


@pytest.mark.parametrize(
    ("language", "written", "printed"),
    [
        ("en", "15000", "15,000"),
        ("en", "1234567", "1,234,567"),
        ("en", "1234", "1234"),
        ("en", "-15000.25", "−15,000.25"),
        ("en", "0.5", "0.5"),
        ("en", "1.50", "1.50"),
        ("fr", "15000", "15␣000"),
        ("fr", "15000.5", "15␣000,5"),
        ("fr", "0.05", "0,05"),
        ("es", "15000", "15␣000"),
        ("de", "37.5", "37,5"),
        ("it", "-2.5", "−2,5"),
        ("pt", "1234567.8", "1␣234␣567,8"),
        ("en", "012345", "012345"),
        ("en", "1:640", "1:640"),
        ("en", "positive", "positive"),
    ],
)
def test_numbers_of_the_data_are_grouped_from_five_digits_on(language: str, written: str, printed: str) -> None:
    assert held(number(written, language)) == printed


# -- what is never touched -----------------------------------------------------------------------------------------

WORDS = st.text(
    st.one_of(st.sampled_from(" .-–—'\"\"'()<>=≥±×°%0123456789"), st.characters(codec="utf-8")), max_size=60
)
LIKELY = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "-",
            "--",
            "...",
            "3",
            "10",
            "2.5",
            "mg",
            "°C",
            "×",
            "≥",
            "p.",
            "A.",
            "Table",
            "word",
            "l'",
            "(",
            ")",
            "/",
            ",",
            "–",
        ]
    ),
    max_size=12,
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


@given(st.one_of(WORDS, LIKELY), st.sampled_from((*LANGUAGES, "sv", "")), st.sampled_from(["", "x", " ", '"']))
def test_letters_and_digits_are_never_changed(text: str, language: str, before: str) -> None:
    made = polish(text, language, before)
    assert [c for c in made if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.one_of(WORDS, LIKELY), st.sampled_from(LANGUAGES))
def test_symbols_are_never_changed(text: str, language: str) -> None:
    """Only spaces and the marks for quotes, dashes, minus and ellipsis differ."""
    touched = re.compile(r"[\s\"'“”‘’„‚«»‹›\-–—−….]")
    assert touched.sub("", polish(text, language)) == touched.sub("", text)


@given(LIKELY, st.sampled_from(LANGUAGES))
@example("'\"3'\"", "en")
def test_polishing_twice_changes_nothing_more(text: str, language: str) -> None:
    once = polish(text, language)
    assert polish(once, language) == once


def run_of(text: str, language: str = "en") -> Run:
    """Return the run of an introduction of one paragraph, composed."""
    lines = "\n".join(f"  {line}" for line in text.splitlines())
    loaded = load(read(f"format: 1\nlanguage: {language}\nintroduction: |\n{lines}\n".encode(), "case.yaml"))
    assert loaded.case is not None
    article = compose(loaded.case, find_profile("generic-care"), Library()).article
    paragraphs = [b for b in blocks_within(article.sections) if isinstance(b, Paragraph)]
    assert len(paragraphs) == 1
    return paragraphs[0].children


def nodes(run: Run, kind: type[Inline]) -> Iterator[Inline]:
    return (node for node in inlines(run) if isinstance(node, kind))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ['say "it"', "a 3-5 b -2", "x... y -- z", "37 °C don't"])
def test_code_is_as_typed(code: str, language: str) -> None:
    run = run_of(f'He "said" `{code}` twice', language)
    (styled,) = nodes(run, Styled)
    assert isinstance(styled, Styled)
    assert (styled.style, plain(styled.children)) == ("code", code)
    assert '"' not in plain(run).replace(code, "")


@pytest.mark.parametrize(
    "address", ["https://example.org/12-15/37-39?q=x...x--y", "https://doi.org/10.1000/3-5", "http://a.org/-2"]
)
def test_an_address_is_as_typed(address: str) -> None:
    for text in (f"see {address} there", f"see [{address}]({address}) there", f"see <{address}> there"):
        (link,) = nodes(run_of(text), Link)
        assert isinstance(link, Link)
        assert link.href == address
        assert plain(link.children) == address


def test_the_text_of_a_link_is_polished_and_its_address_is_not() -> None:
    (link,) = nodes(run_of("""[the "3-5" rule](https://example.org/3-5)"""), Link)
    assert isinstance(link, Link)
    assert link.href == "https://example.org/3-5"
    assert plain(link.children) == "the “3–5” rule"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('"*Bacillus* sp."', "“Bacillus sp.”"),
        ("*Candida*'s colony", "Candida’s colony"),
        ('a "**bold**" b', "a “bold” b"),
        ('*"inside"* it', "“inside” it"),
        ("5 *mg*", "5 mg"),
        ("**3**-5", "3-5"),
    ],
)
def test_quotes_know_what_stands_before_them_across_emphasis(written: str, printed: str) -> None:
    assert plain(run_of(written)).replace(NBSP, " ") == printed


IDENTIFIERS = {
    "c.10-12del": "genetics: {variants: [{gene: ABC, hgvs_c: c.10-12del}]}",
    "100-200": "ethics: {board: Board, number: 100-200}",
    "10-20": "diagnosis: {final: [{label: x, codes: {icd10: 10-20}}]}",
    "1234-5678": "funding: [{funder: NIH, award: 1234-5678}]",
}


@pytest.mark.parametrize(("same", "line"), IDENTIFIERS.items())
def test_an_identifier_is_as_typed(same: str, line: str) -> None:
    loaded = load(read(f"format: 1\n{line}\n".encode(), "case.yaml"))
    assert loaded.case is not None
    assert loaded.whole
    sections = compose(loaded.case, find_profile("generic-care"), Library()).article.sections
    assert same in " ".join(plain(run) for section in sections for run in runs(section))
