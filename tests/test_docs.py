"""The pages tell the truth: every YAML example loads or fails as it says, the templates shown work, links lead to files."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from casewriter.article.compose import compose
from casewriter.load import load
from casewriter.model.case import Case
from casewriter.problem import Problem, Refused
from casewriter.profile import find_profile
from casewriter.project import find_cases
from casewriter.source import read
from casewriter.template import find_template
from casewriter.work.build import Order, build

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [page for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS) if page.is_file()]

_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|<(?:a|img)\b[^>]*?(?:href|src)=\"([^\"]+)\"")
UNRESOLVED = {"CASE014", "CASE016", "REF005", "FIG005"}
"""What a text can get wrong that loading does not see."""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, what follows it (`bad`, or a path), and its text."""

    page: Path
    line: int
    language: str
    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    found = []
    for match in _BLOCK.finditer(text):
        language, _, mark = match["info"].strip().partition(" ")
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, language, mark.strip(), match["text"]))
    return found


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
YAML = [block for block in BLOCKS if block.language in ("yaml", "yml")]
CASES = [block for block in YAML if not block.mark]
BAD = [block for block in YAML if block.mark == "bad"]
FILES = [block for block in BLOCKS if "/" in block.mark]


def read_case(block: Block) -> tuple[Case | None, list[Problem]]:
    """Return the case of a block and every problem that reading and loading find."""
    text = block.text if re.search(r"^format:", block.text, re.MULTILINE) else f"format: 1\n{block.text}"
    try:
        source = read(text.encode(), str(block))
    except Refused as refused:
        return None, list(refused.problems)
    loaded = load(source)
    return loaded.case, [*source.problems, *loaded.problems]


# -- YAML ---------------------------------------------------------------------------------------------------------


def test_there_are_examples_of_each_kind() -> None:
    assert len(CASES) >= 20
    assert len(BAD) >= 8
    assert len(FILES) >= 4


def test_every_block_is_closed_and_marked_in_a_known_way() -> None:
    for page in PAGES:
        fences = re.findall(r"^`{3,}", page.read_text("utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks_of(page)), page.name
    assert [str(b) for b in YAML if b not in CASES and b not in BAD and b not in FILES] == []


@pytest.mark.parametrize("block", CASES, ids=str)
def test_an_example_loads_without_a_problem(block: Block) -> None:
    case, problems = read_case(block)
    assert [(p.code, p.message, p.hint) for p in problems] == []
    assert case is not None


@pytest.mark.parametrize("block", CASES, ids=str)
def test_what_an_example_looks_up_and_cites_is_there(block: Block) -> None:
    from casewriter.citation import read_library

    case, _ = read_case(block)
    assert case is not None
    composed = compose(case, find_profile("generic-care"), read_library(case, {}), formatted=False)
    assert [(p.code, p.message) for p in composed.problems if p.code in UNRESOLVED] == []


@pytest.mark.parametrize("block", BAD, ids=str)
def test_an_example_of_an_error_has_one(block: Block) -> None:
    assert read_case(block)[1]


# -- templates and profiles -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the files that the pages show, and a case."""
    root = tmp_path_factory.mktemp("project")
    (root / "cases" / "x").mkdir(parents=True)
    for block in FILES:
        path = root / block.mark
        assert path.resolve().is_relative_to(root.resolve())
        path.parent.mkdir(parents=True, exist_ok=True)
        assert not path.exists(), f"{block}: {block.mark} is shown twice"
        path.write_text(block.text, "utf-8")
    case = "format: 1\ntitle: A case\ncourse: See @fig-a.\nlearning_points: [It works.]\n"
    figure = "figures: {a: {caption: A plaque., panels: [{alt: White.}, {alt: Red.}]}}\n"
    (root / "cases" / "x" / "case.yaml").write_text(case + figure, "utf-8")
    return root


def test_the_templates_shown_render_and_lose_nothing(project: Path) -> None:
    (file,) = find_cases([str(project / "cases" / "x")])
    built = build(file, Order(("html",), "mine", "mine"))
    assert built.failure == ""
    assert [p.message for p in built.problems if p.code.startswith("JRNL")] == []
    html = (project / "output" / "x" / "x-mine.html").read_text("utf-8")
    assert '<p class="hospital">Example Hospital</p>' in html
    assert 'class="contents"' not in html
    assert "--deep: #7a1f3d" in html
    assert "has 2 panel(s)." in html
    assert "<h2>Lessons</h2>" in html


@pytest.mark.parametrize("name", sorted({Path(b.mark).parts[1] for b in FILES if b.mark.startswith("templates/")}))
def test_each_template_shown_has_its_parents(project: Path, name: str) -> None:
    template = find_template(name, [project / "templates"])
    assert template.folders[-1][0] == "article"


@pytest.mark.parametrize("name", sorted(Path(b.mark).stem for b in FILES if b.mark.startswith("profiles/")))
def test_each_profile_shown_is_valid(project: Path, name: str) -> None:
    profile = find_profile(name, [project / "profiles"])
    assert profile.declarations is not None
    parent = {part for plan in find_profile("generic-care").plans() for part in plan.parts}
    given = {part for plan in profile.plans() for part in plan.parts}
    inside = {"patient", "complaints", "history", "past_interventions", "examination"}
    assert parent - given <= (inside if "observation" in given else set())


# -- links ------------------------------------------------------------------------------------------------------


def links_of(page: Path) -> list[str]:
    prose = _BLOCK.sub("", page.read_text("utf-8"))
    prose = re.sub(r"`[^`\n]*`", "", prose)
    return [first or second for first, second in _LINK.findall(prose)]


def test_links_are_found() -> None:
    assert sum(len(links_of(page)) for page in PAGES) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_to_files(page: Path) -> None:
    targets = [link.partition("#")[0] for link in links_of(page) if not re.match(r"[a-z][a-z0-9+.-]*:|#", link)]
    assert [target for target in targets if not (page.parent / target).exists()] == []
