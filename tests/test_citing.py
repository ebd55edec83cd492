"""Citations as an author edits a text: every number leads to its own reference, through any shuffling."""

from __future__ import annotations

import random
import re

import pytest

from casewriter.article.compose import compose
from casewriter.article.nodes import Citation, Link, Run, Styled, Text
from casewriter.article.paper import Article, ReferenceEntry
from casewriter.article.walk import inlines, plain, runs
from casewriter.citation import read_library
from casewriter.export.html import export
from casewriter.export.markup import html as to_html
from casewriter.load import load
from casewriter.profile import find_profile
from casewriter.source import read
from casewriter.template import find_template

WORKS = [f"work{number}" for number in range(1, 26)]
PROFILES = ("generic-care", "clinical-rheumatology", "bmj-case-reports", "jmcr")


def composed(
    clusters: list[list[str]], listed: list[str], style: str | None = None, profile: str = "generic-care"
) -> Article:
    text = " ".join(
        f"Sentence {n} says it [{'; '.join(f'@{key}' for key in keys)}]." for n, keys in enumerate(clusters)
    )
    items = "".join(
        f"- {{id: {key}, type: book, title: Title of {key}, publisher: P, issued: 2001}}\n" for key in listed
    )
    source = read(f"format: 1\nintroduction: {text or 'None.'}\nreferences:\n{items}".encode(), "case.yaml")
    case = load(source).case
    assert case is not None
    journal = find_profile(profile)
    if style:
        journal = journal.model_copy(
            update={"citation": journal.citation.model_copy(update={"csl": style, "options": {}})}
        )
    return compose(case, journal, read_library(case, {})).article


def citations(article: Article) -> list[Citation]:
    found = [node for section in article.sections for run in runs(section) for node in inlines(run)]
    return [node for node in found if isinstance(node, Citation)]


def said(citation: Citation) -> list[int]:
    """Return the numbers that a reader takes from a printed cluster."""
    text = "".join(part.text for part in citation.parts)
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


def edited(clusters: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Return the clusters after an edit: shuffled, one deleted, one added, a key added or taken away."""
    clusters = [list(keys) for keys in clusters]
    match chance.choice(("shuffle", "delete", "add", "more", "fewer")):
        case "shuffle":
            chance.shuffle(clusters)
        case "delete" if clusters:
            del clusters[chance.randrange(len(clusters))]
        case "more" if clusters:
            chance.choice(clusters).append(chance.choice(WORKS))
        case "fewer" if clusters:
            keys = chance.choice(clusters)
            if len(keys) > 1:
                keys.pop(chance.randrange(len(keys)))
        case _:
            clusters.insert(chance.randint(0, len(clusters)), chance.sample(WORKS, chance.randint(1, 5)))
    return clusters


@pytest.mark.parametrize("seed", range(10))
def test_through_a_thousand_edits_each_number_leads_to_its_reference_and_none_is_orphaned(seed: int) -> None:
    chance = random.Random(seed)  # the same edits in every run
    clusters: list[list[str]] = []
    for _ in range(100):
        clusters = edited(clusters, chance)
        article = composed(clusters, chance.sample(WORKS, len(WORKS)), profile=chance.choice(PROFILES))
        numbers = {entry.key: entry.number for entry in article.references}
        order = list(dict.fromkeys(key for keys in clusters for key in keys))
        assert list(numbers) == order, "listed as first cited, nothing that no text cites"
        assert list(numbers.values()) == list(range(1, len(order) + 1))
        assert all(f"Title of {entry.key}" in plain(entry.children) for entry in article.references)
        printed = citations(article)
        assert len(printed) == len(clusters)
        for citation, keys in zip(printed, clusters, strict=True):
            assert said(citation) == sorted({numbers[key] for key in keys})
            for part in citation.parts:
                assert part.key is None or str(numbers[part.key]) == part.text


def test_the_links_of_a_page_lead_from_text_to_list_and_back() -> None:
    article = composed([["work3"], ["work1", "work2", "work3"], ["work9"]], WORKS)
    page = bytes(export(article, find_template("article"))).decode()
    for entry in article.references:
        assert f'<li id="ref-{entry.key}"' in page
    assert re.findall(r'<a href="#ref-(work\d+)">(\d+)</a>', page) == [
        ("work3", "1"),
        ("work3", "1"),
        ("work2", "3"),
        ("work9", "4"),
    ]


# -- what an author may write round a key -----------------------------------------------------------------------


def cluster(source: str, style: str = "springer-basic-author-date") -> str:
    source_text = f"format: 1\nintroduction: Said [{source}].\nreferences:\n"
    items = (
        "- {id: a, type: book, author: [Smith AB], title: One, publisher: P, issued: 2001}\n"
        "- {id: b, type: book, author: [Jones C], title: Two, publisher: P, issued: 2002}\n"
    )
    case = load(read((source_text + items).encode(), "case.yaml")).case
    assert case is not None
    journal = find_profile("generic-care")
    journal = journal.model_copy(update={"citation": journal.citation.model_copy(update={"csl": style, "options": {}})})
    article = compose(case, journal, read_library(case, {})).article
    return "".join(part.text for part in citations(article)[0].parts)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("@a", "(Smith 2001)"),
        ("see @a", "(see Smith 2001)"),
        ("see @a, p. 12; @b", "(see Smith 2001, p. 12; Jones 2002)"),
        ("@a, pp. 33-35", "(Smith 2001, pp. 33–35)"),
        ("@a, 33-35", "(Smith 2001, pp. 33–35)"),
        ("@a, chap. 4", "(Smith 2001, chap. 4)"),
        ("@a, p. 12, and elsewhere", "(Smith 2001, p. 12, and elsewhere)"),
        ("@a and passim", "(Smith 2001 and passim)"),
        ("-@a", "(2001)"),
        ("e.g. @a; cf. @b", "(e.g. Smith 2001; cf. Jones 2002)"),
    ],
)
def test_prefix_locator_and_suffix(source: str, printed: str) -> None:
    assert cluster(source) == printed


@pytest.mark.parametrize("style", ["nlm-citation-sequence", "bmj", "the-lancet", "nature"])
def test_a_place_that_the_style_has_no_form_for_is_printed_all_the_same(style: str) -> None:
    assert "12" in cluster("@a, p. 12", style)
    assert "1–2" not in cluster("@a, p. 12; @b", style)


def printed_text(text: str, style: str) -> str:
    source = f"format: 1\nintroduction: {text}\nreferences: [{{id: a, type: book, title: One}}, {{id: b, type: book, title: B}}]\n"
    case = load(read(source.encode(), "case.yaml")).case
    assert case is not None
    journal = find_profile("generic-care")
    journal = journal.model_copy(update={"citation": journal.citation.model_copy(update={"csl": style, "options": {}})})
    article = compose(case, journal, read_library(case, {})).article
    return "".join(plain(run) for section in article.sections for run in runs(section) if run != section.heading)


# AMA Manual of Style, 11th ed., 3.6: superscripts outside full stops and commas, inside colons and semicolons.
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Said before [@a].", "Said before.1"),
        ("Said [@a], and again [@b].", "Said,1 and again.2"),
        ("Said [@a]; again [@b] twice.", "Said1; again2 twice."),
        ("“Said [@a].” More.", "“Said.”1 More."),
        ("H~2~O [@a] is.", "H2O1 is."),
    ],
)
def test_raised_numbers_follow_full_stops_and_commas(text: str, printed: str) -> None:
    assert printed_text(text, "american-medical-association") == printed


def test_brackets_hold_to_the_word_before_them() -> None:
    assert printed_text("Said before [@a], and *here* [@b].", "bmj") == "Said before\u00a0[1], and here\u00a0[2]."


def links_of(run: Run) -> list[str]:
    return [node.href for node in inlines(run) if isinstance(node, Link)]


def test_styled_nodes_of_an_entry_nest_as_the_style_says() -> None:
    article = composed([["work1"]], WORKS, style="american-medical-association")
    assert [node.style for node in article.references[0].children if isinstance(node, Styled)] == ["emphasis"]
    assert links_of(article.references[0].children) == []


def printed(text: str, style: str) -> list[str]:
    """Return what is printed for each citation of a text that cites the works a, b, c, of 1959, 1960, 1961."""
    names = {"a": "Muller", "b": "Berg", "c": "Carl"}
    items = "".join(
        f"- {{id: {key}, type: book, title: T{key}, author: [{name} A], publisher: P, issued: {year}}}\n"
        for year, (key, name) in enumerate(names.items(), start=1959)
    )
    source = read(f"format: 1\nintroduction: |\n  {text}\nreferences:\n{items}".encode(), "case.yaml")
    case = load(source).case
    assert case is not None
    journal = find_profile("generic-care")
    journal = journal.model_copy(update={"citation": journal.citation.model_copy(update={"csl": style, "options": {}})})
    article = compose(case, journal, read_library(case, {})).article
    return ["".join(part.text for part in node.parts).replace("\u00a0", " ") for node in citations(article)]


@pytest.mark.parametrize(
    ("text", "style", "wanted"),
    [
        # a place in no brackets ends with a semicolon: “(1, p. 12, 2)” would cite page 2
        ("[see @a, p. 12; cf. @b]", "nlm-citation-sequence", "(see 1, p. 12; cf. 2)"),
        ("[@a, pp. 33-35; @b, fig. 2]", "bmj", "[1, pp. 33–35; 2, fig. 2]"),
        ("[@a; @b, for a review; @c]", "bmj", "[1; 2, for a review; 3]"),
        # AMA Manual of Style 3.6.2 and the IEEE Reference Guide have brackets round it, and commas
        ("[@a; @b, p. 12; @c]", "american-medical-association", "1,2(p12),3"),
        ("[@a; @b, p. 12; @c]", "ieee", "[1], [2, p. 12], [3]"),
        ("[@a; @b; @c]", "bmj", "[1–3]"),
        # APA sorts by name, but not what the author's words put in an order
        ("[@a; @b]", "apa", "(Berg, 1960; Muller, 1959)"),
        ("[see @a, p. 12; cf. @b]", "apa", "(see Muller, 1959, p. 12; cf. Berg, 1960)"),
        ("[@a, p. 12; @b]", "apa", "(Berg, 1960; Muller, 1959, p. 12)"),
    ],
)
def test_the_words_and_places_of_an_author_stay_with_their_work(text: str, style: str, wanted: str) -> None:
    assert printed(f"It is known {text}.", style) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("[@nothere]", "[nothere?]"), ("[@a; @nothere]", "[1] [nothere?]"), ("[@no; @not]", "[no?] [not?]")],
)
def test_a_key_without_a_reference_is_printed_with_a_mark(text: str, wanted: str) -> None:
    assert printed(f"It is known {text}.", "bmj") == [wanted]


PMC_WORK = (
    "- {id: a, type: article-journal, author: [Riley DS], title: CARE guidelines, container-title: J Clin Epidemiol,\n"
    "   issued: 2017, volume: 89, page: 218-35, DOI: 10.1016/j.jclinepi.2017.04.026, PMCID: PMC123}\n"
)


def entry_of(item: str, style: str) -> ReferenceEntry:
    source = read(f"format: 1\nintroduction: Known [@a].\nreferences:\n{item}".encode(), "case.yaml")
    case = load(source).case
    assert case is not None
    journal = find_profile("generic-care")
    journal = journal.model_copy(update={"citation": journal.citation.model_copy(update={"csl": style, "options": {}})})
    (entry,) = compose(case, journal, read_library(case, {})).article.references
    return entry


def test_a_number_of_pubmed_central_in_the_text_is_the_link_and_is_not_said_again() -> None:
    article = "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/"
    says = entry_of(PMC_WORK, "nlm-citation-name")
    assert (plain(says.children).count("PMC123"), links_of(says.children)[-1]) == (1, article)
    assert "PMC" not in [name for name, _ in says.links]
    silent = entry_of(PMC_WORK, "american-medical-association")
    assert ("PMC", article) in silent.links


@pytest.mark.parametrize("pages", ["218-235", "S12-S15", "e123-e130", "iv5-iv12"])
def test_a_range_of_pages_is_not_divided_at_the_end_of_a_line(pages: str) -> None:
    entry = entry_of(PMC_WORK.replace("218-35", pages), "apa")
    held = [plain((node,)) for node in inlines(entry.children) if isinstance(node, Styled) and node.style == "nobreak"]
    assert [text.replace("\u2013", "-") for text in held] == [pages]


# Chicago Manual of Style, 17th ed., 14.18: behind a colon and double slash, before other signs, never behind a hyphen.
@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("https://example.org/guides/ckd", "https://|example|.org|/guides|/ckd"),
        ("https://example.org/a?page=2", "https://|example|.org|/a?page|=2"),
        ("10.1016/j.jclinepi.2017.04.026", "10.1016|/j.jclinepi|.2017|.04.026"),
    ],
)
def test_an_address_may_break_at_its_signs(address: str, places: str) -> None:
    text = to_html((Link("https://example.org/", (Text(address),)),))
    assert places.replace("|", "<wbr>") in text
