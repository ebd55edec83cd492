"""A package of someone else adds a format: the example of docs/plugins.md, built, installed and run beside broken ones."""

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from packages import built, call, laid_out
from stress import source as specimen

from casewriter.export.door import Exporter, Output
from casewriter.problem import CannotRun

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "tests" / "data" / "exporter"
EXEMPLARY = ROOT / "cases" / "exemplary-dress"
CASE = "format: 1\ntitle: Gout of the ear\nintroduction: A tophus grew.\ncourse: It went.\n"
HEAD = "from casewriter.export.door import Output, exporter\n"
LEAVES_OUT = """
@exporter("other", suffix=".other", text=bytes.decode)
def export(article):
    return f"{article.plain_title}, It went. Introduction Course".encode()
"""
RAISES = """
@exporter("other", suffix=".other")
def export(article):
    raise ValueError("no such thing")
"""
ASKS = """
@exporter("other", suffix=".other")
def export(article, wether):
    return b""
"""
SEVERAL = """
@exporter("other", suffix=".other")
def export(case, report, pages, pictures):
    said = f"{case.title}; {len(report.items)}; {pages.pages}; {pages.of(('course',))[0].page}; {pictures.__name__}"
    return [Output(".one", said.encode()), Output("-figure-1.two", b"2")]
"""
RETURNS = """
@exporter("other", suffix=".other")
def export(article, width=80, **more):
    return {}
"""
UNREAD = """
@exporter("other", suffix=".other", text=bytes.decode)
def export(article):
    return bytes([255])
"""
OUTSIDE = """
@exporter("other", suffix=".other")
def export(article):
    return [Output("/../../x.txt", b"")]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that Python must look in for the example."""
    return built(PLUGIN, tmp_path_factory.mktemp("exporter"))


def install(site: Path, module: str) -> Path:
    """Lay out a package of one module that declares an exporter `other`."""
    return laid_out(site, "other", module, "[casewriter.exporters]\nother = other:export\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "cases" / "gout"
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, "utf-8")
    return tmp_path / "project"


def render(folder: Path, *arguments: str, sites: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    return call(folder, "render", *arguments, sites=sites)


def words(text: str) -> str:
    """Return the words and numbers of a text or page; spaces and signs may be an exporter's own."""
    return " ".join(re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", "", text))))


# -- the example -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["exemplary-dress", "calcinosis-lupus-panniculitis", "stress"])
@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_plain_text_of_sixty_lines_holds_every_word_of_the_page(
    installed: Path, tmp_path: Path, name: str, layout: str
) -> None:
    """What a reader sees of the page, in order, is in the text; contents and links back belong to the page alone."""
    lines = [line for line in (PLUGIN / "casewriter_plain.py").read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) <= 60
    done = render(
        tmp_path, str(specimen(name)), "--to", "plain,html", "--layout", layout, "-o", str(tmp_path), sites=(installed,)
    )
    assert "not in the PLAIN" not in done.stderr
    text = (tmp_path / name / f"{name}.txt").read_text("utf-8")
    suffix = "" if layout == "article" else f"-{layout}"
    page = (tmp_path / name / f"{name}{suffix}.html").read_text("utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r'<a class="back".*?</a>|<span class="letter">.*?</span>|<div class="missing".*?</div>', "", main)
    main = re.sub(r'<(t[hd]|p)[^>]* class="trend(?:-key)?".*?</\1>', "", main, flags=re.DOTALL)  # drawn by the template
    said = [words(block) for block in re.split(r"</(?:p|h\d|li|dt|dd|td|th|figcaption|caption)>", main)]
    whole = words(text)
    assert sum(len(block.split()) for block in said) > 800
    assert [block for block in said if block not in whole] == []


def test_its_format_is_listed_where_a_name_is_misspelt(installed: Path, project: Path) -> None:
    done = render(project, "--to", "plane", sites=(installed,))
    assert done.returncode == 2
    assert 'unknown format “plane”; did you mean "plain"?' in done.stderr
    done = render(project, "--to", "docbook", sites=(installed,))
    assert re.search(r"known: .*\bplain\b", done.stderr)
    assert render(project, "--to", "plain").returncode == 2  # without the package there is no such format


def test_a_file_of_no_layout_has_no_suffix_of_one(installed: Path, project: Path) -> None:
    done = render(project, "--to", "plain,html", "--layout", "manuscript", sites=(installed,))
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (project / "output" / "gout").iterdir()}
    assert written == {"gout.txt", "gout-manuscript.html"}


def test_a_batch_is_rendered_again_when_the_package_has_a_new_version(project: Path, tmp_path: Path) -> None:
    site = install(tmp_path / "site", HEAD + SEVERAL)
    other = project / "cases" / "podagra"
    other.mkdir()
    (other / "case.yaml").write_text(CASE, "utf-8")
    assert "unchanged" not in render(project, "--to", "other", sites=(site,)).stderr
    assert render(project, "--to", "other", sites=(site,)).stderr.count("unchanged") == 2
    facts = site / "other-1.0.dist-info" / "METADATA"
    facts.write_text(facts.read_text("utf-8").replace("Version: 1.0", "Version: 1.1"), "utf-8")
    assert "unchanged" not in render(project, "--to", "other", sites=(site,)).stderr


# -- exporters that are wrong --------------------------------------------------------------------------------------------


def test_what_an_exporter_leaves_out_is_reported(project: Path, tmp_path: Path) -> None:
    done = render(project, "--to", "other", sites=(install(tmp_path / "site", HEAD + LEAVES_OUT),))
    assert done.returncode == 1
    assert "JRNL002" in done.stderr
    assert "“A tophus grew.” is not in the OTHER that was written" in done.stderr
    assert "It went" not in done.stderr


def test_one_that_raises_is_reported_and_the_other_formats_are_written(project: Path, tmp_path: Path) -> None:
    done = render(project, "--to", "other,html", sites=(install(tmp_path / "site", HEAD + RAISES),))
    assert done.returncode == 1
    assert "PLUG001 the exporter “other” failed: ValueError: no such thing" in done.stderr
    assert [path.name for path in (project / "output" / "gout").iterdir()] == ["gout.html"]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (
            HEAD + ASKS,
            "the exporter “other” asks for “wether”; known: article, case, template, report, pages, pictures",
        ),
        (HEAD + OUTSIDE, "the exporter “other” names a file “/../../x.txt”"),
        (HEAD + RETURNS.format("[]"), "the exporter “other” returned no file; return bytes, or one Output or more"),
        (HEAD + RETURNS.format("'x'"), "the exporter “other” returned no file"),
        (
            HEAD + RETURNS.format("[Output('.x', b'1'), Output('.x', b'2')]"),
            "would write output/gout/gout.x a second time",
        ),
        (HEAD + UNREAD, "the exporter “other” failed: UnicodeDecodeError"),
        ("def export(article, template):\n    return b''\n", "declares no exporter; decorate it with @exporter"),
        ("import nowhere\n", "exporters plugin “other” failed: ModuleNotFoundError: No module named 'nowhere'"),
    ],
    ids=[
        "asks for what there is not",
        "a path",
        "no file",
        "text",
        "twice",
        "unread",
        "undecorated",
        "cannot be imported",
    ],
)
def test_one_that_cannot_be_used_is_named_with_the_remedy(
    module: str, said: str, project: Path, tmp_path: Path
) -> None:
    done = render(project, "--to", "other,html", sites=(install(tmp_path / "site", module),))
    assert done.returncode == 1
    assert re.search(rf"PLUG001 .*{re.escape(said)}", done.stderr), done.stderr
    written = {path.name for path in (project / "output" / "gout").iterdir()}
    assert written == {"gout.html"} | ({"gout.other"} if "Unicode" in said else set())


def test_one_is_given_all_that_it_asks_for_and_may_write_several_files(project: Path, tmp_path: Path) -> None:
    done = render(project, "--to", "other", sites=(install(tmp_path / "site", HEAD + SEVERAL),))
    assert done.returncode == 0, done.stderr
    folder = project / "output" / "gout"
    items = 30  # of CARE (Riley et al. 2017), each judged
    assert (folder / "gout.one").read_text("utf-8") == f"Gout of the ear; {items}; 1; 1; raster"
    assert (folder / "gout-figure-1.two").read_bytes() == b"2"


def test_only_what_is_asked_for_is_made() -> None:
    def export(article: object) -> bytes:
        return b"x"

    def fails() -> object:
        raise AssertionError("nobody asked")

    made = Exporter("x", ".x", export).run({"article": object, "pages": fails})
    assert made == (Output(".x", b"x"),)
    with pytest.raises(CannotRun, match="asks for"):
        Exporter("x", ".x", export).run({"pages": fails})


def test_no_package_replaces_html_or_pdf(project: Path, tmp_path: Path) -> None:
    site = install(tmp_path / "site", HEAD + RETURNS.format("b'x'"))
    (site / "other-1.0.dist-info" / "entry_points.txt").write_text(
        "[casewriter.exporters]\nhtml = other:export\n", "utf-8"
    )
    assert render(project, "--to", "HTML", sites=(site,)).returncode == 0
    assert "<html" in (project / "output" / "gout" / "gout.html").read_text("utf-8")


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pyproject.toml", "casewriter_plain.py"])
def test_the_page_shows_the_package_that_is_tested(name: str) -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")
    (shown,) = re.findall(rf"^```\w+ casewriter-plain/{name}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert shown == (PLUGIN / name).read_text("utf-8")
