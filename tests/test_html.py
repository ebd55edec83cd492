"""The page on the screen: needs nothing else, leads everywhere it says, and is fit for readers of every kind.

Set CASEWRITER_AXE to the path of axe.min.js (npm axe-core) to have the pages judged by it as well.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from quick_yaml import loaded
from stress import FAILURES, PUBLISHED, output, rendered, source

SPECIMENS = [(name, layout) for name in (*PUBLISHED, "stress") for layout in ("article", "manuscript")]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(os.environ.get("CASEWRITER_AXE") or "node_modules/axe-core/axe.min.js")
VOID = {"meta", "link", "img", "br", "hr", "input", "wbr", "source", "col"}


@dataclass
class Element:
    """An element: its tag, attributes, text of its own and below, and the tags above it."""

    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    text: str = ""


@dataclass
class Page:
    """All elements of a page in order."""

    elements: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.elements if e.tag in tags]


class Reader(HTMLParser):
    """Reads a page with the parser of the standard library; an end tag must close what is open."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute stands twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(e.tag for e in self._open))
        self.page.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.page.elements.append(Element(tag, attributes, tuple(e.tag for e in self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


@cache
def read(file: Path) -> Page:
    reader = Reader()
    reader.feed(file.read_text("utf-8"))
    assert not reader._open
    return reader.page


@pytest.fixture(params=SPECIMENS, ids="-".join)
def file(request: pytest.FixtureRequest) -> Path:
    return output(*request.param, "html")


# -- self-contained -------------------------------------------------------------------------------------------

LOADING = {
    *("src", "srcset", "poster", "data", "background", "action", "formaction", "manifest", "ping", "xlink:href"),
    *("imagesrcset", "cite", "longdesc", "usemap", "archive", "codebase"),
}


def loads(page: Page) -> Iterator[str]:
    """Yield whatever a browser would fetch or run."""
    for element in page.elements:
        if element.tag in {"script", "iframe", "object", "embed", "link", "base", "audio", "video", "form", "applet"}:
            yield element.tag
        for name, value in element.attributes.items():
            if name.startswith("on"):
                yield f"{element.tag} {name}"
            if name in LOADING and not value.startswith(("data:image/", "#")):
                yield f"{element.tag} {name}={value[:40]}"
            if name == "href" and element.tag != "a" and not value.startswith("#"):
                yield f"{element.tag} href={value[:40]}"
            if name == "style" and "url(" in value:
                yield f"{element.tag} style={value[:40]}"
        if element.tag == "style" and re.search(r"@import|url\((?!['\"]?data:)", element.text):
            yield "style"


def test_it_loads_nothing(file: Path) -> None:
    page = read(file)
    assert len(page.elements) > 100
    assert list(loads(page)) == []
    pictures = page.all("img")
    assert all(i.attributes["src"].startswith("data:image/") for i in pictures)


def test_what_would_be_loaded_is_seen() -> None:
    reader = Reader()
    reader.feed('<img src="a.png"><a href="b">b</a><p onclick="c">d</p><style>@import "e"</style><script>f</script>')
    assert len(list(loads(reader.page))) == 4


def policies(page: Page) -> list[dict[str, list[str]]]:
    found = [e.attributes for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
    return [{part.split()[0]: part.split()[1:] for part in a["content"].split(";")} for a in found]


def test_the_policy_allows_its_own_style_and_nothing_else(file: Path) -> None:
    page = read(file)
    (policy,) = policies(page)
    assert policy["default-src"] == ["'none'"]
    assert policy["img-src"] == ["data:"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert "script-src" not in policy
    styles = [e.text for e in page.all("style")]
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in styles]
    assert hashes
    assert sorted(policy["style-src"]) == sorted(hashes)
    assert not [e for e in page.elements if "style" in e.attributes], "the policy would refuse style attributes"
    first = next(i for i, e in enumerate(page.elements) if e.attributes.get("http-equiv"))
    assert first < min(i for i, e in enumerate(page.elements) if e.tag in ("style", "img"))


# -- structure ------------------------------------------------------------------------------------------------


def test_the_page_has_its_landmarks(file: Path) -> None:
    page = read(file)
    (html,) = page.all("html")
    assert html.attributes["lang"] == "en"
    assert len([e for e in page.all("title") if e.above[-1] == "head"]) == 1  # drawings have titles of their own
    for tag in ("main", "article", "header", "h1"):
        assert len(page.all(tag)) == 1, tag
    (nav,) = page.all("nav")
    assert nav.attributes["aria-label"]
    assert page.all("h1")[0].text.strip()
    assert page.all("title")[0].text == page.all("h1")[0].text
    charset = [e for e in page.all("meta") if "charset" in e.attributes]
    assert charset[0].attributes["charset"].lower() == "utf-8"


def test_headings_do_not_skip(file: Path) -> None:
    levels = [int(e.tag[1]) for e in read(file).elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert len(levels) > 4
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", ["exemplary-dress", "stress"])
def test_every_picture_has_the_authors_alternative(name: str) -> None:
    case = loaded(source(name).read_text("utf-8"))
    wanted = [p["alt"] for f in case["figures"].values() for p in f["panels"]]
    pictures = read(output(name, "article", "html")).all("img")
    assert all(i.attributes.get("alt") for i in pictures)
    assert not Counter(wanted) - Counter(i.attributes["alt"] for i in pictures)


def test_ids_are_unique_and_every_link_leads_somewhere(file: Path) -> None:
    page = read(file)
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    assert all(not re.search(r"\s", name) for name in ids)
    links = [e.attributes["href"] for e in page.all("a")]
    inside = {link[1:] for link in links if link.startswith("#")}
    assert len(inside) > 5
    assert inside <= set(ids)
    assert all(re.match(r"(#|https?://|mailto:)", link) for link in links)
    for name in ("aria-labelledby", "aria-describedby", "headers", "for"):
        told = [part for e in page.elements for part in e.attributes.get(name, "").split()]
        assert set(told) <= set(ids)


@pytest.mark.parametrize("layout", ["article", "manuscript"])
@pytest.mark.parametrize("name", ["exemplary-dress", "stress"])
def test_references_are_reached_and_lead_back(name: str, layout: str) -> None:
    page = read(output(name, layout, "html"))
    entries = {e.attributes["id"] for e in page.all("li") if e.attributes.get("id", "").startswith("ref-")}
    case = loaded(source(name).read_text("utf-8"))
    written = {f"ref-{entry['id']}" for entry in case["references"] if "id" in entry}
    assert len(written) > 4
    assert written <= entries
    text = source(name).read_text("utf-8")
    cited = {f"ref-{key}" for key in re.findall(r"@([a-z]\w+\d)\b", text)} & written
    links = {e.attributes["href"][1:] for e in page.all("a") if e.attributes["href"].startswith("#ref-")}
    assert len(cited) > 4
    in_ranges = {f"ref-ref{n}" for n in range(2, 61)}
    assert cited - in_ranges <= links
    assert links <= entries
    places = {e.attributes["id"] for e in page.elements if e.attributes.get("id", "").startswith("cite-")}
    back = {e.attributes["href"][1:] for e in page.all("a") if e.attributes.get("class") == "back"}
    assert len(back) > 4
    assert back <= places
    assert all(e.attributes.get("aria-label") for e in page.all("a") if e.attributes.get("class") == "back")


def test_tables_name_their_heads(file: Path) -> None:
    page = read(file)
    tables = page.all("table")
    assert tables
    heads = page.all("th")
    assert all(e.attributes.get("scope") in ("col", "row", "rowgroup", "colgroup") for e in heads)
    assert all(e.text.strip() for e in heads)
    assert len(page.all("caption")) == len(tables)


# -- in a browser ---------------------------------------------------------------------------------------------

browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
WIDTHS = (1280, 390)
JUDGED = [(name, layout) for name in PUBLISHED for layout in ("article",)] + [
    ("stress", "article"),
    ("stress", "manuscript"),
]


def in_browser(file: Path, width: int, dark: bool, script: str, folder: Path) -> dict[str, object]:
    """Open a copy of a page without its policy in a frame of a width; return what a script says of it.

    Headless Chromium does not make windows narrower than 500 pixels, hence the frame.
    """
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", file.read_text("utf-8"))
    copy = folder / "page.html"
    copy.write_text(page.replace("</body>", f"<script>{script}</script></body>"), "utf-8")
    frame = folder / "frame.html"
    frame.write_text(
        f'<!DOCTYPE html><html><body style="margin:0"><iframe id="f" src="page.html" width="{width}" height="900"'
        ' style="border:0"></iframe><pre id="said"></pre><script>addEventListener("message",'
        'e=>{document.getElementById("said").textContent=e.data})</script></body></html>'
    )
    command = [
        *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"),
        *(f"--user-data-dir={folder / 'profile'}", f"--window-size={max(width, 600)},1000"),
        *("--virtual-time-budget=60000", "--dump-dom", "--hide-scrollbars"),
        *(["--blink-settings=preferredColorScheme=0"] if dark else ["--blink-settings=preferredColorScheme=1"]),
        frame.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said, done.stderr[-500:]
    text = said[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert text, f"the page said nothing: {done.stderr[-500:]}"
    answer: dict[str, object] = json.loads(text)
    return answer


MEASURE = """
addEventListener('load', () => {
  const wide = [...document.querySelectorAll('body *')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width && r.right > innerWidth + 1 && !e.closest('.table, .skip, svg');
  });
  parent.postMessage(JSON.stringify({
    width: innerWidth, page: document.documentElement.scrollWidth,
    wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 120)),
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    ground: getComputedStyle(document.body).backgroundColor,
    tables: [...document.querySelectorAll('.table')].filter(e => e.scrollWidth > e.clientWidth + 1)
      .map(e => getComputedStyle(e).overflowX),
  }), '*');
});
"""


@browser
@pytest.mark.parametrize(("name", "layout"), SPECIMENS)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_does_not_scroll_sideways(name: str, layout: str, width: int, tmp_path: Path) -> None:
    seen = in_browser(output(name, layout, "html"), width, False, MEASURE, tmp_path)
    assert seen["width"] == width
    if seen["page"] > width or seen["wide"]:
        FAILURES.mkdir(parents=True, exist_ok=True)
        shutil.copy(tmp_path / "page.html", FAILURES / f"{name}-{layout}-{width}.html")
    assert seen["page"] == width, seen["wide"]
    assert seen["wide"] == []
    assert set(seen["tables"]) <= {"auto", "scroll"}


@browser
def test_the_page_is_dark_where_the_reader_wants_it(tmp_path: Path) -> None:
    file = output("exemplary-dress", "article", "html")
    for dark in (True, False):
        folder = tmp_path / str(dark)
        folder.mkdir()
        seen = in_browser(file, 1280, dark, MEASURE, folder)
        assert seen["dark"] is dark
        shades = [int(n) for n in re.findall(r"\d+", str(seen["ground"]))[:3]]
        assert max(shades) < 60 if dark else min(shades) > 240


ASK_AXE = """
addEventListener('load', () => axe.run(document, {resultTypes: ['violations']}).then(r =>
  parent.postMessage(JSON.stringify({
    checked: r.passes.length,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    faults: r.violations.map(v => [v.id, v.nodes.length, ...v.nodes.slice(0, 9).map(n => n.html.slice(0, 90))]),
  }), '*')));
"""
axe = pytest.mark.skipif(not AXE.is_file(), reason="CASEWRITER_AXE does not name axe.min.js of npm axe-core")


@browser
@axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "layout"), JUDGED)
def test_axe_finds_no_fault(name: str, layout: str, width: int, dark: bool, tmp_path: Path) -> None:
    script = AXE.read_text("utf-8").replace("</script", "<\\/script") + ASK_AXE
    seen = in_browser(output(name, layout, "html"), width, dark, script, tmp_path)
    assert seen["checked"] > 10
    assert seen["dark"] is dark
    assert seen["faults"] == [], json.dumps(seen["faults"], indent=1)


@browser
@axe
def test_axe_would_see_a_fault(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><body><main><h1>x</h1><img src="data:,"></main></body>'
    )
    script = AXE.read_text("utf-8").replace("</script", "<\\/script") + ASK_AXE
    seen = in_browser(page, 1280, False, script, tmp_path)
    assert [fault[0] for fault in seen["faults"]] == ["image-alt"]


def test_a_missing_picture_has_its_alternative(tmp_path: Path) -> None:
    figure = {"file": "figures/gone.png", "caption": "Not here.", "alt": "A lost picture"}
    code, folder = rendered(tmp_path, {"title": "Frame", "figures": {"gone": figure}}, "--to", "html")
    assert code == 1
    frames = [e for e in read(folder / "x.html").elements if e.attributes.get("role") == "img"]
    assert [f.attributes["aria-label"] for f in frames] == ["A lost picture"]
    assert "Figure 1" in frames[0].text.replace("\xa0", " ")
