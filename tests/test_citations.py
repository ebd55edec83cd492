"""Citing by number: clusters in the form of each style, and entries as an independent CSL engine prints them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewriter.article.nodes import Run, Styled
from casewriter.article.references import linked
from casewriter.article.walk import inlines, plain
from casewriter.citation import Cited, find_style
from casewriter.citation.document import Printed, document
from casewriter.model.reference import Reference
from casewriter.problem import CannotRun

# -- clusters ----------------------------------------------------------------------------------------------
# Worked by hand from the citation element of each CSL file (CSL 1.0.2, "Citation Collapsing": runs of three and more
# join by an en dash), and found the same in citeproc-js.

CITED = ((1,), (2, 1), (1, 2, 3), (3, 1, 2), (1, 2, 3, 5), (1, 2, 4, 5), (1, 2, 3, 5, 6, 7, 9), (12, 9, 10, 8))
TIGHT = ("1", "1,2", "1–3", "1–3", "1–3,5", "1,2,4,5", "1–3,5–7,9", "8–10,12")
SPACED = tuple(text.replace(",", ", ") for text in TIGHT)
IEEE = (
    "[1]",
    "[1], [2]",
    "[1], [2], [3]",
    "[1], [2], [3]",
    "[1], [2], [3], [5]",
    "[1], [2], [4], [5]",
    "[1], [2], [3], [5], [6], [7], [9]",
    "[8], [9], [10], [12]",
)
FORMS: dict[str, tuple[tuple[str, ...], bool]] = {
    "springer-basic-brackets": (tuple(f"[{text}]" for text in SPACED), False),
    "nlm-citation-sequence": (tuple(f"({text})" for text in TIGHT), False),
    "american-medical-association": (TIGHT, True),
    "bmj": (tuple(f"[{text}]" for text in TIGHT), False),
    "ieee": (IEEE, False),
    "elsevier-vancouver": (tuple(f"[{text}]" for text in TIGHT), False),
    "baishideng-publishing-group": (tuple(f"[{text}]" for text in TIGHT), True),
}
CLUSTERS = [
    (style, numbers, text) for style, (texts, _) in FORMS.items() for numbers, text in zip(CITED, texts, strict=True)
]


def cluster(style: str, *numbers: int | tuple[int, str]) -> Printed:
    """Return a cluster as printed; a number may be (number, page)."""
    works = {f"r{n}": Reference(id=f"r{n}", type="book", title=f"Book {n}") for n in range(1, 41)}
    pairs = [number if isinstance(number, tuple) else (number, "") for number in numbers]
    cited = [Cited(f"r{n}", label="page" if page else "", locator=page) for n, page in pairs]
    return document(works, find_style(style), "en").print([cited])[0]


def cited(style: str, *numbers: int | tuple[int, str]) -> str:
    return "".join(part.text for part in cluster(style, *numbers).parts)


@pytest.mark.parametrize(("style", "numbers", "text"), CLUSTERS)
def test_numbers_are_sorted_and_collapsed_in_the_form_of_the_style(
    style: str, numbers: tuple[int, ...], text: str
) -> None:
    assert cited(style, *numbers) == text


@pytest.mark.parametrize("style", list(FORMS))
def test_the_style_says_whether_numbers_are_raised(style: str) -> None:
    assert cluster(style, 1, 2).raised is FORMS[style][1]


def test_a_reference_cited_twice_in_a_cluster_stands_once() -> None:
    assert cited("bmj", 2, 2, 1) == "[1,2]"


@pytest.mark.parametrize("style", [style for style in FORMS if style != "ieee"])
def test_a_locator_breaks_a_run_and_is_printed(style: str) -> None:
    text = cited(style, 1, (2, "12"), 3)
    assert "–" not in text
    assert "12" in text
    assert [int(n) for n in re.findall(r"\d+", text)] == [1, 2, 12, 3]
    assert "3–5" in cited(style, 1, (2, "12"), 3, 4, 5)


@pytest.mark.parametrize(
    ("style", "text"),
    [("ieee", "[1], [2, p. 12], [3]"), ("american-medical-association", "1,2(p12),3")],
)
def test_a_locator_stands_as_the_style_has_it(style: str, text: str) -> None:
    assert cited(style, 1, (2, "12"), 3) == text


def test_every_part_knows_the_number_that_it_links_to() -> None:
    parts = cluster("bmj", 1, 2, 3, 5).parts
    assert [(part.text, part.key) for part in parts if part.key] == [("1", "r1"), ("3", "r3"), ("5", "r5")]


def expanded(text: str) -> list[int]:
    """Return the numbers that a reader takes from a printed cluster."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


@given(st.sampled_from(list(FORMS)), st.lists(st.integers(1, 40), min_size=1, max_size=25))
def test_a_reader_finds_exactly_the_numbers_cited(style: str, numbers: list[int]) -> None:
    assert expanded(cited(style, *numbers)) == sorted(set(numbers))


@given(
    st.sampled_from([s for s in FORMS if s != "ieee"]),
    st.lists(st.integers(1, 40), min_size=1, max_size=25),
)
def test_a_cluster_is_as_short_as_it_can_be(style: str, numbers: list[int]) -> None:
    text = cited(style, *numbers)
    runs = [(int(a), int(b)) for a, b in re.findall(r"(\d+)–(\d+)", text)]
    assert all(last - first >= 2 for first, last in runs)
    shown = {int(n) for n in re.findall(r"\d+", text)}
    for number in set(numbers):
        inside = {number - 1, number + 1} <= set(numbers)
        assert (number in shown) is not inside


# -- finding styles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("The Lancet", "the-lancet"),
        ("JAMA", "american-medical-association"),
        ("Clinical Rheumatology", "springer-basic-brackets"),
        ("BMJ", "bmj"),
        ("Vancouver", "nlm-citation-sequence"),
    ],
)
def test_a_style_is_found_by_the_name_of_its_journal(name: str, style: str) -> None:
    assert find_style(name).path.stem == style


@pytest.mark.parametrize(
    ("name", "near"), [("The Lancett", "the-lancet"), ("american medcal association", "american-medical-association")]
)
def test_an_unknown_style_is_refused_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(CannotRun, match=f'"{near}"') as refused:
        find_style(name)
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["chicago-notes-bibliography", "modern-language-association-notes"])
def test_a_style_of_notes_is_refused_with_one_that_is_not(name: str) -> None:
    with pytest.raises(CannotRun, match="neither by number nor by name and year") as refused:
        find_style(name)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


# -- entries -------------------------------------------------------------------------------------------------


def entry(reference: dict[str, object], style: str = "nlm-citation-sequence", language: str = "en") -> Run:
    """Return the entry of a CSL item as the article holds it."""
    item = Reference.model_validate({"id": "x", **reference})
    return linked(document({"x": item}, find_style(style), language).entries()["x"])


def printed(reference: dict[str, object], style: str = "nlm-citation-sequence", language: str = "en") -> str:
    return " ".join(plain(entry(reference, style, language)).split())


ITEMS: dict[str, dict[str, object]] = {
    "article": {
        "type": "article-journal",
        "author": [{"family": "Muller", "given": "S. A."}, {"family": "Winkelmann", "given": "R. K."}],
        "title": "Calcinosis in dermatomyositis",
        "container-title": "Arch Dermatol",
        "issued": {"date-parts": [[1959]]},
        "volume": "79",
        "page": "669-673",
    },
    "eight": {
        "type": "article-journal",
        "author": [
            {"family": "Yeoh", "given": "S. C."},
            {"family": "Lee", "given": "S. S."},
            {"family": "Park", "given": "Y. M."},
            {"family": "Wang", "given": "W. J."},
            {"family": "Lo", "given": "W. L."},
            {"family": "Wong", "given": "C. K."},
            {"family": "Dolan", "given": "A. L."},
            {"family": "Gibson", "given": "T."},
        ],
        "title": "Eight authors",
        "container-title": "Journal of Rheumatology",
        "container-title-short": "J Rheumatol",
        "issued": {"date-parts": [[2019, 3, 21]]},
        "volume": "46",
        "issue": "3",
        "page": "312-318",
        "DOI": "10.3899/jrheum.180012",
    },
    "abbreviated": {
        "type": "article-journal",
        "author": [{"family": "Wong", "given": "C. K."}],
        "title": "Short pages",
        "container-title": "Lancet",
        "issued": {"date-parts": [[2019]]},
        "volume": "46",
        "page": "312-8",
    },
    "book": {
        "type": "book",
        "author": [{"family": "Schrier", "given": "Robert W."}],
        "title": "Diseases of the kidney",
        "edition": "8",
        "publisher": "Lippincott Williams & Wilkins",
        "publisher-place": "Philadelphia",
        "issued": {"date-parts": [[2007]]},
    },
    "chapter": {
        "type": "chapter",
        "author": [{"family": "Walsh", "given": "J. S."}],
        "title": "Ossification",
        "editor": [{"family": "Freedberg", "given": "I. M."}, {"family": "Eisen", "given": "A. Z."}],
        "container-title": "Fitzpatrick’s dermatology",
        "edition": "6",
        "publisher": "McGraw-Hill",
        "publisher-place": "New York",
        "page": "1490-1496",
        "issued": {"date-parts": [[2003]]},
    },
    "webpage": {
        "type": "webpage",
        "author": [{"literal": "World Health Organization"}],
        "title": "Lupus: key facts",
        "URL": "https://www.who.int/lupus",
        "issued": {"date-parts": [[2024, 2, 9]]},
        "accessed": {"date-parts": [[2026, 3, 14]]},
    },
    "anonymous-page": {
        "type": "webpage",
        "title": "CARE checklist",
        "URL": "https://www.care-statement.org/",
        "accessed": {"date-parts": [[2026, 1, 5]]},
    },
    "thesis": {
        "type": "thesis",
        "author": [{"family": "García", "given": "María J."}],
        "title": "Calcification in lupus",
        "genre": "PhD thesis",
        "publisher": "Universidad Central de Venezuela",
        "publisher-place": "Caracas",
        "issued": {"date-parts": [[2011]]},
    },
    "particles": {
        "type": "article-journal",
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "La Fontaine", "given": "Jean", "dropping-particle": "de"},
        ],
        "title": "Particles",
        "container-title": "Lancet",
        "issued": {"date-parts": [[2001, 7]]},
        "volume": "358",
        "page": "12",
    },
    "suffix": {
        "type": "article-journal",
        "author": [
            {"family": "King", "given": "Martin Luther", "suffix": "Jr"},
            {"family": "Smith", "given": "Anna-Maria"},
        ],
        "title": "Suffix and hyphen",
        "container-title": "N Engl J Med",
        "issued": {"date-parts": [[1999, 12, 2]]},
        "volume": "341",
        "issue": "23",
        "page": "1700-1709",
    },
    "anonymous": {
        "type": "article-journal",
        "title": "A report without authors",
        "container-title": "BMJ",
        "issued": {"date-parts": [[2010, 5, 1]]},
        "volume": "340",
        "page": "c2153",
    },
    "group": {
        "type": "article-journal",
        "author": [{"family": "Smith", "given": "J."}, {"literal": "CALC Study Group"}],
        "title": "Consensus: the guideline",
        "container-title": "Glob Adv Health Med",
        "issued": {"date-parts": [[2013, 9]]},
        "volume": "2",
        "issue": "5",
        "page": "38-43",
    },
    "question": {
        "type": "article-journal",
        "author": [{"family": "Paul", "given": "H."}],
        "title": "Cutaneous deposition. Part II. Is it treatable?",
        "container-title": "J Am Acad Dermatol",
        "issued": {"date-parts": [[1998]]},
        "volume": "39",
        "issue": "Suppl 1",
        "page": "S12-S19",
    },
    "meeting": {
        "type": "paper-conference",
        "author": [{"family": "Rothe", "given": "M. J."}],
        "title": "Calcinosis in lupus",
        "container-title": "Proceedings of the 5th Congress of Rheumatology",
        "publisher": "Springer",
        "publisher-place": "Berlin",
        "page": "45-47",
        "issued": {"date-parts": [[1990]]},
    },
    "edited": {
        "type": "book",
        "editor": [{"family": "Wallace", "given": "D. J."}, {"family": "Hahn", "given": "B. H."}],
        "title": "Lupus erythematosus",
        "edition": "9",
        "publisher": "Elsevier",
        "publisher-place": "Philadelphia",
        "issued": {"date-parts": [[2018]]},
    },
    "in-press": {
        "type": "article-journal",
        "author": [{"family": "Okada", "given": "N."}],
        "title": "In press",
        "container-title": "Int J Dermatol",
        "issued": {"literal": "in press"},
        "DOI": "10.1111/ijd.99999",
    },
}
EXPECTED = {
    "springer-basic-brackets": {
        "article": "Muller SA, Winkelmann RK (1959) Calcinosis in dermatomyositis. Arch Dermatol 79:669–673",
        "eight": (
            "Yeoh SC, Lee SS, Park YM, et al (2019) Eight authors. J Rheumatol 46:312–318. "
            "https://doi.org/10.3899/jrheum.180012"
        ),
        "abbreviated": "Wong CK (2019) Short pages. Lancet 46:312–8",
        "book": ("Schrier RW (2007) Diseases of the kidney, 8th ed. Lippincott Williams & Wilkins, Philadelphia"),
        "chapter": (
            "Walsh JS (2003) Ossification. In: Freedberg IM, Eisen AZ (eds) Fitzpatrick’s "
            "dermatology, 6th ed. McGraw-Hill, New York, pp 1490–1496"
        ),
        "webpage": (
            "World Health Organization (2024) Lupus: key facts. https://www.who.int/lupus. Accessed 14 Mar 2026"
        ),
        "anonymous-page": "CARE checklist. https://www.care-statement.org/. Accessed 5 Jan 2026",
        "thesis": "García MJ (2011) Calcification in lupus. PhD thesis, Universidad Central de Venezuela",
        "particles": "van Beethoven L, La Fontaine J de (2001) Particles. Lancet 358:12",
        "suffix": "King ML Jr, Smith A-M (1999) Suffix and hyphen. N Engl J Med 341:1700–1709",
        "anonymous": "(2010) A report without authors. BMJ 340:c2153",
        "group": "Smith J, CALC Study Group (2013) Consensus: the guideline. Glob Adv Health Med 2:38–43",
        "question": "Paul H (1998) Cutaneous deposition. Part II. Is it treatable? J Am Acad Dermatol 39:S12–S19",
        "meeting": (
            "Rothe MJ (1990) Calcinosis in lupus. In: Proceedings of the 5th Congress of "
            "Rheumatology. Springer, Berlin, pp 45–47"
        ),
        "edited": "Wallace DJ, Hahn BH (2018) Lupus erythematosus, 9th ed. Elsevier, Philadelphia",
        "in-press": "Okada N (in press) In press. Int J Dermatol. https://doi.org/10.1111/ijd.99999",
    },
    "nlm-citation-sequence": {
        "article": "Muller SA, Winkelmann RK. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79:669–73.",
        "eight": (
            "Yeoh SC, Lee SS, Park YM, Wang WJ, Lo WL, Wong CK, et al. Eight authors. J Rheumatol. "
            "2019 Mar 21;46(3):312–8. doi:10.3899/jrheum.180012"
        ),
        "abbreviated": "Wong CK. Short pages. Lancet. 2019;46:312–8.",
        "book": ("Schrier RW. Diseases of the kidney. 8th ed. Philadelphia: Lippincott Williams & Wilkins; 2007."),
        "chapter": (
            "Walsh JS. Ossification. In: Freedberg IM, Eisen AZ, editors. Fitzpatrick’s "
            "dermatology. 6th ed. New York: McGraw-Hill; 2003. p. 1490–6."
        ),
        "webpage": (
            "World Health Organization. Lupus: key facts [Internet]. 2024 [cited 2026 Mar 14]. "
            "Available from: https://www.who.int/lupus"
        ),
        "anonymous-page": (
            "CARE checklist [Internet]. [cited 2026 Jan 5]. Available from: https://www.care-statement.org/"
        ),
        "thesis": (
            "García MJ. Calcification in lupus [PhD thesis]. [Caracas]: Universidad Central de Venezuela; 2011."
        ),
        "particles": "van Beethoven L, La Fontaine J de. Particles. Lancet. 2001 Jul;358:12.",
        "suffix": "King ML Jr, Smith AM. Suffix and hyphen. N Engl J Med. 1999 Dec 2;341(23):1700–9.",
        "anonymous": "A report without authors. BMJ. 2010 May 1;340:c2153.",
        "group": ("Smith J, CALC Study Group. Consensus: the guideline. Glob Adv Health Med. 2013 Sep;2(5):38–43."),
        "question": (
            "Paul H. Cutaneous deposition. Part II. Is it treatable? J Am Acad Dermatol. 1998;39(Suppl 1):S12–9."
        ),
        "meeting": (
            "Rothe MJ. Calcinosis in lupus. In: Proceedings of the 5th Congress of Rheumatology. "
            "Berlin: Springer; 1990. p. 45–7."
        ),
        "edited": "Wallace DJ, Hahn BH, editors. Lupus erythematosus. 9th ed. Philadelphia: Elsevier; 2018.",
        "in-press": "Okada N. In press. Int J Dermatol. in press. doi:10.1111/ijd.99999",
    },
    "american-medical-association": {
        "article": "Muller SA, Winkelmann RK. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79:669-673.",
        "eight": (
            "Yeoh SC, Lee SS, Park YM, et al. Eight authors. J Rheumatol. 2019;46(3):312-318. doi:10.3899/jrheum.180012"
        ),
        "abbreviated": "Wong CK. Short pages. Lancet. 2019;46:312-318.",
        "book": "Schrier RW. Diseases of the Kidney. 8th ed. Lippincott Williams & Wilkins; 2007.",
        "chapter": (
            "Walsh JS. Ossification. In: Freedberg IM, Eisen AZ, eds. Fitzpatrick’s Dermatology. "
            "6th ed. McGraw-Hill; 2003:1490-1496."
        ),
        "webpage": (
            "World Health Organization. Lupus: key facts. February 9, 2024. Accessed March 14, "
            "2026. https://www.who.int/lupus"
        ),
        "anonymous-page": "CARE checklist. Accessed January 5, 2026. https://www.care-statement.org/",
        "thesis": "García MJ. Calcification in Lupus. PhD thesis. Universidad Central de Venezuela; 2011.",
        "particles": "van Beethoven L, La Fontaine J de. Particles. Lancet. 2001;358:12.",
        "suffix": "King ML Jr, Smith AM. Suffix and hyphen. N Engl J Med. 1999;341(23):1700-1709.",
        "anonymous": "A report without authors. BMJ. 2010;340:c2153.",
        "group": "Smith J, CALC Study Group. Consensus: the guideline. Glob Adv Health Med. 2013;2(5):38-43.",
        "question": (
            "Paul H. Cutaneous deposition. Part II. Is it treatable? J Am Acad Dermatol. 1998;39(Suppl 1):S12-S19."
        ),
        "meeting": (
            "Rothe MJ. Calcinosis in lupus. In: Proceedings of the 5th Congress of Rheumatology. Springer; 1990:45-47."
        ),
        "edited": "Wallace DJ, Hahn BH, eds. Lupus Erythematosus. 9th ed. Elsevier; 2018.",
        "in-press": "Okada N. In press. Int J Dermatol. Published online in press. doi:10.1111/ijd.99999",
    },
    "bmj": {
        "article": "Muller SA, Winkelmann RK. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79:669–73.",
        "eight": (
            "Yeoh SC, Lee SS, Park YM, et al. Eight authors. J Rheumatol. 2019;46:312–8. doi: 10.3899/jrheum.180012"
        ),
        "abbreviated": "Wong CK. Short pages. Lancet. 2019;46:312–8.",
        "book": ("Schrier RW. Diseases of the kidney. 8th edn. Philadelphia: Lippincott Williams & Wilkins 2007."),
        "chapter": (
            "Walsh JS. Ossification. In: Freedberg IM, Eisen AZ, eds. Fitzpatrick’s dermatology. "
            "New York: McGraw-Hill 2003:1490–6."
        ),
        "webpage": (
            "World Health Organization. Lupus: key facts. 2024. https://www.who.int/lupus (accessed 14 March 2026)"
        ),
        "anonymous-page": "CARE checklist. https://www.care-statement.org/ (accessed 5 January 2026)",
        "thesis": "García MJ. Calcification in lupus. 2011.",
        "particles": "van Beethoven L, La Fontaine J de. Particles. Lancet. 2001;358:12.",
        "suffix": "King ML Jr, Smith A-M. Suffix and hyphen. N Engl J Med. 1999;341:1700–9.",
        "anonymous": "A report without authors. BMJ. 2010;340:c2153.",
        "group": "Smith J, CALC Study Group. Consensus: the guideline. Glob Adv Health Med. 2013;2:38–43.",
        "question": "Paul H. Cutaneous deposition. Part II. Is it treatable? J Am Acad Dermatol. 1998;39:S12–9.",
        "meeting": (
            "Rothe MJ. Calcinosis in lupus. Proceedings of the 5th Congress of Rheumatology. "
            "Berlin: Springer 1990:45–7."
        ),
        "edited": "Wallace DJ, Hahn BH, editors. Lupus erythematosus. 9th edn. Philadelphia: Elsevier 2018.",
        "in-press": "Okada N. In press. Int J Dermatol. Published Online First: in press. doi: 10.1111/ijd.99999",
    },
    "ieee": {
        "article": (
            "S. A. Muller and R. K. Winkelmann, “Calcinosis in dermatomyositis,” Arch Dermatol, "
            "vol. 79, pp. 669–673, 1959."
        ),
        "eight": (
            "S. C. Yeoh et al., “Eight authors,” J Rheumatol, vol. 46, no. 3, pp. 312–318, Mar. "
            "2019, doi: 10.3899/jrheum.180012."
        ),
        "abbreviated": "C. K. Wong, “Short pages,” Lancet, vol. 46, pp. 312–8, 2019.",
        "book": ("R. W. Schrier, Diseases of the kidney, 8th ed. Philadelphia: Lippincott Williams & Wilkins, 2007."),
        "chapter": (
            "J. S. Walsh, “Ossification,” in Fitzpatrick’s dermatology, 6th ed., I. M. Freedberg "
            "and A. Z. Eisen, Eds., New York: McGraw-Hill, 2003, pp. 1490–1496."
        ),
        "webpage": (
            "World Health Organization, “Lupus: key facts.” Accessed: Mar. 14, 2026. [Online]. "
            "Available: https://www.who.int/lupus"
        ),
        "anonymous-page": (
            "“CARE checklist.” Accessed: Jan. 05, 2026. [Online]. Available: https://www.care-statement.org/"
        ),
        "thesis": (
            "M. J. García, “Calcification in lupus,” PhD thesis, Universidad Central de Venezuela, Caracas, 2011."
        ),
        "particles": "L. van Beethoven and J. de La Fontaine, “Particles,” Lancet, vol. 358, p. 12, Jul. 2001.",
        "suffix": (
            "M. L. King Jr and A.-M. Smith, “Suffix and hyphen,” N Engl J Med, vol. 341, no. 23, "
            "pp. 1700–1709, Dec. 1999."
        ),
        "anonymous": "“A report without authors,” BMJ, vol. 340, p. c2153, May 2010.",
        "group": (
            "J. Smith and CALC Study Group, “Consensus: the guideline,” Glob Adv Health Med, vol. "
            "2, no. 5, pp. 38–43, Sep. 2013."
        ),
        "meeting": (
            "M. J. Rothe, “Calcinosis in lupus,” in Proceedings of the 5th Congress of "
            "Rheumatology, Berlin: Springer, 1990, pp. 45–47."
        ),
        "edited": ("D. J. Wallace and B. H. Hahn, Eds., Lupus erythematosus, 9th ed. Philadelphia: Elsevier, 2018."),
        "in-press": "N. Okada, “In press,” Int J Dermatol, in press, doi: 10.1111/ijd.99999.",
    },
    "elsevier-vancouver": {
        "article": "Muller SA, Winkelmann RK. Calcinosis in dermatomyositis. Arch Dermatol 1959;79:669–73.",
        "eight": (
            "Yeoh SC, Lee SS, Park YM, Wang WJ, Lo WL, Wong CK, et al. Eight authors. J Rheumatol "
            "2019;46:312–8. https://doi.org/10.3899/jrheum.180012."
        ),
        "abbreviated": "Wong CK. Short pages. Lancet 2019;46:312–8.",
        "book": ("Schrier RW. Diseases of the kidney. 8th ed. Philadelphia: Lippincott Williams & Wilkins; 2007."),
        "chapter": (
            "Walsh JS. Ossification. In: Freedberg IM, Eisen AZ, editors. Fitzpatrick’s "
            "dermatology. 6th ed., New York: McGraw-Hill; 2003, p. 1490–6."
        ),
        "webpage": (
            "World Health Organization. Lupus: key facts 2024. https://www.who.int/lupus (accessed March 14, 2026)."
        ),
        "anonymous-page": "CARE checklist n.d. https://www.care-statement.org/ (accessed January 5, 2026).",
        "thesis": "García MJ. Calcification in lupus. PhD thesis. Universidad Central de Venezuela, 2011.",
        "particles": "van Beethoven L, La Fontaine J de. Particles. Lancet 2001;358:12.",
        "suffix": "King ML Jr, Smith A-M. Suffix and hyphen. N Engl J Med 1999;341:1700–9.",
        "anonymous": "A report without authors. BMJ 2010;340:c2153.",
        "group": "Smith J, CALC Study Group. Consensus: the guideline. Glob Adv Health Med 2013;2:38–43.",
        "question": "Paul H. Cutaneous deposition. Part II. Is it treatable? J Am Acad Dermatol 1998;39:S12–9.",
        "meeting": (
            "Rothe MJ. Calcinosis in lupus. Proceedings of the 5th Congress of Rheumatology, "
            "Berlin: Springer; 1990, p. 45–7."
        ),
        "edited": "Wallace DJ, Hahn BH, editors. Lupus erythematosus. 9th ed. Philadelphia: Elsevier; 2018.",
        "in-press": "Okada N. In press. Int J Dermatol in press. https://doi.org/10.1111/ijd.99999.",
    },
}


@pytest.mark.parametrize(("style", "name"), [(style, name) for style, entries in EXPECTED.items() for name in entries])
def test_an_entry_reads_as_in_citeproc_js(style: str, name: str) -> None:
    assert printed(ITEMS[name], style) == EXPECTED[style][name]


ENDINGS = ("A plain title", "A title with a stop.", "Is it a question?", "It is!", "And so on…", "Part II.")


@pytest.mark.parametrize("style", list(EXPECTED))
@pytest.mark.parametrize("title", ENDINGS)
@pytest.mark.parametrize("journal", ["Lancet", "Ann. Intern. Med."])
def test_no_full_stop_stands_twice(style: str, title: str, journal: str) -> None:
    names = [f"Author{letter} A" for letter in "ABCDEFGHIJ"]
    item = {"type": "article-journal", "title": title, "container-title": journal, "issued": "2001", "author": names}
    page = {"type": "webpage", "title": title, "URL": "https://example.org/", "accessed": "2026-03-14"}
    truncated = item | {"authors_truncated": "true"}
    for shown in (item, truncated, item | {"author": names[:1]}, page | {"author": names[:1]}):
        text = printed(shown, style)
        assert title.rstrip(".") in text
        assert not re.search(r"\.[”’\"]?\.|[?!]\.|,[,.]|::|;;| ,| \.|  ", text), text


KNOWN = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel")
SHOWN = {  # et-al-min, et-al-use-first of each CSL file
    "springer-basic-brackets": (5, 3),
    "nlm-citation-sequence": (7, 6),
    "american-medical-association": (7, 3),
    "bmj": (4, 3),
    "ieee": (7, 1),
    "elsevier-vancouver": (7, 6),
}


@pytest.mark.parametrize("style", list(SHOWN))
@pytest.mark.parametrize("known", range(1, 9))
def test_a_source_that_ends_in_et_al_keeps_its_authors_and_says_so_once(style: str, known: int) -> None:
    least, first = SHOWN[style]
    item = {"type": "article-journal", "title": "Unknown rest", "container-title": "Lancet", "issued": "2001"}
    item |= {"author": [f"{name} A" for name in KNOWN[:known]], "authors_truncated": "true"}
    text = printed(item, style)
    shown = re.findall("|".join(KNOWN), text)
    assert shown == list(KNOWN[: len(shown)])
    assert len(re.findall(r"\bet al\b", text)) == 1
    assert text.index("et al") < text.index("Unknown rest")
    assert "Z" not in text
    if known <= first:
        assert len(shown) == known
    elif known + 1 >= least:
        assert len(shown) == first
    else:  # the source may have as many authors as the style wants for et al., or fewer
        assert len(shown) in (first, known)


@pytest.mark.parametrize("style", list(SHOWN))
def test_a_whole_list_of_authors_has_et_al_only_from_the_number_that_the_style_gives(style: str) -> None:
    least, _ = SHOWN[style]
    item = {"type": "article-journal", "title": "Known all", "container-title": "Lancet", "issued": "2001"}
    for known in range(1, 9):
        text = printed(item | {"author": [f"{name} A" for name in KNOWN[:known]]}, style)
        assert ("et al" in text) is (known >= least)


def test_the_dates_of_a_web_page_have_their_spaces() -> None:
    item = {"type": "webpage", "title": "Lupus", "URL": "https://example.org/", "issued": "2019-03-21"}
    text = printed(item | {"accessed": "2026-03-14"})
    assert "[cited 2026 Mar 14]" in text
    journal = {"type": "article-journal", "title": "T", "container-title": "J", "issued": "2019-03-21", "volume": "4"}
    assert "2019 Mar 21;4" in printed(journal)


# -- markup in titles ----------------------------------------------------------------------------------------


def styled(run: Run, style: str) -> list[str]:
    return [plain(node.children) for node in inlines(run) if isinstance(node, Styled) and node.style == style]


def title(text: str) -> Run:
    return entry({"type": "article-journal", "title": text, "container-title": "Lancet", "issued": "2001"})


@pytest.mark.parametrize(
    ("tag", "style"),
    [("i", "emphasis"), ("b", "strong"), ("sup", "superscript"), ("sub", "subscript")],
)
def test_a_tag_of_csl_in_a_title_becomes_its_style(tag: str, style: str) -> None:
    run = title(f"Sepsis by <{tag}>Bacillus</{tag}> in adults")
    assert styled(run, style) == ["Bacillus"]
    assert plain(run).startswith("Sepsis by Bacillus in adults")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '<img src="x">', "a < b and c > d", "<em>no</em>", "<I>no</I>"]
)
def test_any_other_tag_stays_text(text: str) -> None:
    run = title(f"On {text} in titles")
    assert f"On {text} in titles" in plain(run)
    assert not [node for node in inlines(run) if isinstance(node, Styled)]


@pytest.mark.parametrize(
    "text",
    ["<i>never closed", "closed only</i> here", "<i>crossed <b>tags</i> here</b>", "</sub></i>twice", "<i></i>empty"],
)
def test_a_tag_without_its_partner_loses_no_text(text: str) -> None:
    shown = plain(title(f"First {text} last"))
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", f"First {text} last Lancet 2001"))
    assert [word for word in words if word not in shown] == []


MARKS = "\uf8a0\uf8a1\uf8a2\uf8a5\uf8af"


@pytest.mark.parametrize(
    "field",
    [
        {"title": f"Ti{MARKS}tle"},
        {"container-title": f"Lan{MARKS}cet"},
        {"publisher": f"Else{MARKS}vier", "type": "book"},
        {"author": [{"family": f"Mul{MARKS}ler", "given": f"S{MARKS}. A."}]},
        {"author": [{"literal": f"CARE{MARKS} Group"}]},
        {"issued": {"literal": f"in{MARKS} press"}},
    ],
    ids=lambda field: next(iter(field)),
)
def test_private_characters_of_the_input_are_removed(field: dict[str, object]) -> None:
    item = {"type": "article-journal", "title": "Title", "container-title": "Lancet", "issued": "2001"} | field
    text = printed(item, "elsevier-vancouver")
    assert not set(text) & set(MARKS)
    clean = {
        key: re.sub(f"[{MARKS}]", "", str(value)) if isinstance(value, str) else value for key, value in item.items()
    }
    for word in re.findall(
        r"[A-Za-z]{3,}", re.sub(f"[{MARKS}]", "", json.dumps([clean[key] for key in field], ensure_ascii=False))
    ):
        if word not in ("family", "given", "literal", "book"):
            assert word in text
