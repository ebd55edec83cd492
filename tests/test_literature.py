"""Cases of the literature, written anew and told once: what their sources say stands on the page, and hardly twice.

Each case under `tests/data/literature` names its source and licence (CC BY) at its head. The facts below were copied by hand
from the sources, not from the cases, so that neither a slip of the case nor one of the program goes unseen.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from casewriter.cli.app import cli
from casewriter.project import find_cases
from casewriter.work.check import check

FOLDER = Path(__file__).parent / "data" / "literature"
CASES = sorted(file.parent.name for file in FOLDER.glob("*/case.yaml"))
LISTED = 0.35
"""The largest share of the words of the body that may stand in lists and tables."""

LACKS: dict[str, dict[str, str]] = {
    "dry-beriberi-neuropathy": {"CARE104": "the source does not mention adverse events"},
    "streptococcal-toxic-shock-dic": {"CARE111": "the source discusses no limitations of its own"},
}
"""Errors of lint by case, each with what the source lacks."""

SAYS: dict[str, tuple[str, ...]] = {
    # Howard et al., J Med Case Rep 2010;4:409: the sections "Initial presentation" to "Progress"
    "dry-beriberi-neuropathy": (
        "49-year-old man", "about 7 months", "45 kg/m²", "45 nmol/L", "66–200", "191 ng/L", "200–900", "1700 units", "0–500",
        "3.65", "0.5–2.0", "385", "1–71", "12.3", "13–18", "104.3", "82–98", "5.9", "grade 4 in both lower limbs",
        "grade 3 in the upper limbs", "grade 2 in the lower limbs", "200 mg twice a day", "Pabrinex", "gabapentin",
        "left quadriceps", "type 2 fibres", "six weeks after admission", "15–16 months", "grade 5 in the arms",
        "grade 4+ in the legs", "10.1186/1752-1947-4-409",
    ),
    # Kato et al., Exp Ther Med 2022;24:714: the section "Case report" and Table I
    "streptococcal-toxic-shock-dic": (
        "10-year-old boy", "fever for 7 days", "147/min", "101/61 mmHg", "40.5 °C", "42/min", "100%", "10,200 11,100 12,500",
        "92.0 97.0 94.3", "29.0 40.0 53.0", "145,000 67,000 63,000", "1.93 2.37 2.20", "49.1 61.4 59.0", "487 257 267",
        "471.1 801.8 896.1", "183.0 290.3 ≥300", "102 78 91", "85.1 ng/mL", "16.7 µg/mL", "1.52 2.28 1.75", "240 275 182",
        "109 102 93", "143 153", "0.59 0.70 0.47", "2905.0 ng/mL", "26.67 25.00 24.08", "5 8 9 5 4", "≤0.06 µg/mL", "≤0.12 µg/mL",
        "180 mg/kg/day in four divided doses", "40 mg/kg/day in four divided doses", "150 mg/kg/day", "60 mL/kg/day",
        "380 U/kg/day", "30 U/kg/day", "2500 U/day in two divided doses", "score 8 points", "day 7", "day 9", "day 10", "day 20",
        "4 years", "10.3892/etm.2022.11650",
    ),
}  # fmt: skip


class Page(HTMLParser):
    """The words of a page: those of the body in prose, those in its lists and tables, and the rows of these."""

    BLOCKS = ("p", "dt", "dd", "td", "th", "li", "caption", "figcaption", "h1", "h2", "h3", "h4")

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.everything: list[str] = []
        self.prose: list[str] = []
        self.listed: list[str] = []
        self.rows: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._row: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br", "img", "col", "wbr", "input", "hr"):
            self._open.append((tag, dict(attrs).get("class") or ""))
        if tag in self.BLOCKS:
            self.everything.append("\n")
            self.prose.append("\n")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if self._row and tag in ("tr", "div"):
            self.rows.append((self._part(), flat(" ".join(self._row))))
            self._row = []

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if {"style", "script", "svg", "title"} & set(tags):
            return
        self.everything.append(data)
        if not self._part():
            return
        if {"table", "dl"} & set(tags):
            self.listed.append(data)
            if "td" in tags or "dd" in tags:
                self._row.append(data)
        else:
            self.prose.append(data)

    def _part(self) -> str:
        """Return the part of the case that the innermost section of the body prints, or nothing outside of it."""
        names = [name for tag, name in self._open if tag == "section" and "matter-body" in name]
        return re.findall(r"part-(\w+)", names[-1])[0] if names else ""


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u2060\u200b]", "", text)).strip()


def words(text: str) -> list[str]:
    return re.findall(r"\w(?:[\w.,/–-]*\w)?", flat(text))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Render every case to HTML and PDF; return the folder of each."""
    folder = tmp_path_factory.mktemp("literature")
    for name in CASES:
        told = CliRunner().invoke(cli, ["render", str(FOLDER / name), "-o", str(folder), "--layout", "article"])
        assert told.exit_code == 0, told.output
    return {name: folder / name for name in CASES}


def page(folder: Path) -> Page:
    return Page((folder / f"{folder.name}.html").read_text("utf-8"))


def test_the_folder_holds_cases_of_which_all_is_known() -> None:
    assert len(CASES) >= 2
    assert set(CASES) == set(LACKS) == set(SAYS)


@pytest.mark.parametrize("name", CASES)
def test_a_case_names_its_source_and_licence_and_cites_it(name: str) -> None:
    text = (FOLDER / name / "case.yaml").read_text("utf-8")
    head = text.partition("\nformat: 1\n")[0]
    (doi,) = set(re.findall(r"https://doi\.org/(\S+)", head))
    assert "Licence: Creative Commons Attribution" in head
    assert "NonCommercial" not in head
    assert f"DOI: {doi}" in text
    assert len(text.splitlines()) < 400


@pytest.mark.parametrize("name", CASES)
def test_lint_finds_no_error_but_what_the_source_lacks(name: str) -> None:
    (file,) = find_cases([str(FOLDER / name)])
    errors = {p.code for p in check(file).report.problems if p.level.value == "error"}
    assert errors == set(LACKS[name])


@pytest.mark.parametrize("name", CASES)
def test_every_fact_of_the_source_stands_on_the_page(name: str, rendered: dict[str, Path]) -> None:
    text = flat("".join(page(rendered[name]).everything)).lower()
    assert [fact for fact in SAYS[name] if fact.lower() not in text] == []


@pytest.mark.parametrize("name", CASES)
def test_the_pdf_has_the_same_facts(name: str, rendered: dict[str, Path]) -> None:
    document = pdfium.PdfDocument(rendered[name] / f"{name}.pdf")
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    text = re.sub(r"[\u00ad\u2010-]?[\r\n\ufffe]+|\s", "", text).lower()
    assert [fact for fact in SAYS[name] if re.sub(r"[\s-]", "", fact).lower() not in text.replace("-", "")] == []


@pytest.mark.parametrize("name", CASES)
def test_most_of_the_body_is_prose(name: str, rendered: dict[str, Path]) -> None:
    told = page(rendered[name])
    prose, listed = len(words("".join(told.prose))), len(words(" ".join(told.listed)))
    assert prose > 400
    assert listed / (prose + listed) <= LISTED, (prose, listed)


def repeated(told: Page) -> list[str]:
    """Return the rows of six words or more whose words all stand in one sentence; the timeline is left whole by design."""
    sentences = [set(words(said)) for said in re.split(r"(?<=[.;])\s|\n", "".join(told.prose).lower())]
    rows = [row for part, row in told.rows if part != "timeline" and len(words(row)) >= 6]
    return [row for row in rows if any(set(words(row.lower())) <= said for said in sentences)]


@pytest.mark.parametrize("name", CASES)
def test_no_list_repeats_what_a_sentence_says(name: str, rendered: dict[str, Path]) -> None:
    told = page(rendered[name])
    assert {part for part, _ in told.rows} >= {"timeline", "labs"}
    assert repeated(told) == []


def test_a_planted_repetition_is_seen() -> None:
    said = "<p>Biopsy of the skin showed spongiotic dermatitis and suppurative panniculitis.</p>"
    row = "<dl><div><dt>Skin biopsy</dt> <dd>Spongiotic dermatitis and suppurative panniculitis of the skin</dd></div></dl>"
    section = '<section class="part-{} matter-body">{}{}</section>'
    assert repeated(Page(section.format("pathology", said, row)))
    assert not repeated(Page(section.format("timeline", said, row)))
    assert not repeated(Page(section.format("pathology", said.replace("spongiotic", "lichenoid"), row)))
