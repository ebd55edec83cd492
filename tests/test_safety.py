"""What a stranger's case must not do: read, load, run or betray anything; and what pictures and templates may hold."""

import base64
import io
import os
import re
import shutil
import socket
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pypdfium2 as pdfium
import pytest
import stress
import yaml
from PIL import Image, ImageChops, PngImagePlugin, TiffImagePlugin
from quick_yaml import dumped, texts
from stress import ROOT, rendered, written
from test_html import Page, Reader, loads

from casewriter.cli import app
from casewriter.load import load
from casewriter.problem import Level
from casewriter.source import read

EXAMPLE = ROOT / "cases" / "exemplary-dress" / "case.yaml"
TEXT, STYLE, NAME = "CANARYTEXT9d41", "CANARYSTYLE77aa", "CANARYNAME5be0"
GREEN = (17, 234, 89)
"""The colour of the canary picture; no page of ours has it."""

# -- canaries in the text -------------------------------------------------------------------------------------

TRICKS = (
    "<script>alert('{t}')</script>",
    "<script src='{p}/canary.js'></script>",
    '<img src="{u}/canary.png" onerror="alert(1)">',
    '<img src="figures/canary.png">',
    '<link rel="stylesheet" href="{u}/canary.css">',
    "<style>@import '{u}/canary.css'; body {{ background: url({u}/canary.png) }}</style>",
    '<object data="{u}/canary.txt"></object><embed src="{u}/canary.txt">',
    '<iframe src="{u}/canary.txt"></iframe>',
    '<a rel="attachment" href="{u}/canary.txt">x</a><link rel="attachment" href="{u}/canary.txt">',
    '<svg onload="alert(1)"><image href="{u}/canary.png"/><use href="{u}/canary.svg#a"/></svg>',
    '<p style="background: url({u}/canary.png)">x</p>',
    "![x](figures/canary.png) ![x](../../canary.png)",
    "![x]({u}/canary.png) ![x](http://127.0.0.1:9/canary.png)",
    "![x][c]\n\n[c]: {u}/canary.png",
    "[x](javascript:alert(1)) [x]( JaVaScRiPt:alert(1)) [x](java\tscript:alert(1)) [x](&#106;avascript:alert(1))",
    "[x](vbscript:a) [x](data:text/html;base64,PHNjcmlwdD4=) [x](blob:x) [x](//evil.example/x)",
    "[x]({u}/canary.txt) [x](../../canary.txt) [x](/etc/passwd) [x](file:///etc/passwd)",
    "<javascript:alert(1)> <file:///etc/passwd>",
    "[x]: javascript:alert(1)\n\n[x][x] [x]",
    "{{{{ case.__class__ }}}} {{{{ ''.__class__.__mro__ }}}} {{{{7*7}}}} {{{{ x | safe }}}}",
    "{{% include '{p}/canary.txt' %}} {{% for a in b %}}{{% endfor %}} {{# x #}}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;img src=x onerror=alert(1)&#x3e;",
    "<!DOCTYPE a [<!ENTITY c SYSTEM '{u}/canary.txt'>]> &c; <![CDATA[ <b onclick=x> ]]>",
    "\" onmouseover=\"alert(1) ' onfocus='alert(1) autofocus x=",
    "</style></title></script></textarea><script>alert(1)</script><!-- ",
    "--> <img src=x onerror=alert(1)> <!--",
    "`<img src=x onerror=alert(1)>` **<b onclick=alert(1)>** <details ontoggle=alert(1) open>",
    '<meta http-equiv="refresh" content="0;url={u}/canary.txt"><base href="{u}/">',
    "\\<img src=x onerror=alert(1)\\> <<img src=x onerror=alert(1)>",
    '[x](http://a.example/" onclick="alert(1)) [x](<http://a.example/> "t\' onclick=alert(1)")',
)
REFUSED_KEYS = {"format", "profile", "guideline", "language", "file"}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from leaves(part, (*path, key))


def put(data: Any, path: tuple[Any, ...], text: str) -> None:
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = text


def got(data: Any, path: tuple[Any, ...]) -> str:
    for part in path:
        data = data[part]
    return str(data)


def shape(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the paths of all texts below a value without the numbers of items; a kind counts with its name."""
    if isinstance(value, dict):
        return {one for key, part in value.items() for one in shape(part, (*path, key))}
    if isinstance(value, list):
        return {one for part in value for one in shape(part, path)}
    return {(*path, str(value)) if path and path[-1] in ("kind", "status", "type", "fate") else path}


def thinned(value: Any, named: frozenset[str]) -> Any:
    """Return data in fewer words and rows: without rows that no field names, with neither a picture nor a field of their own."""
    if isinstance(value, dict):
        return {key: part if key in REFUSED_KEYS else thinned(part, named) for key, part in value.items()}
    if not isinstance(value, list):
        return shortened(value)
    rows = [thinned(part, named) for part in value]
    if not all(isinstance(row, dict) for row in rows):
        return rows
    kept, seen = [], set[tuple[str, ...]]()
    for item in rows:
        known = any(got(item, path) in named for path in leaves(item) if path[-1] == "id")
        if known or "file" in item or not shape(item) <= seen:
            kept.append(item)
            seen |= shape(item)
    return kept


def shortened(text: str) -> str:
    """Return the beginning of a text and all values, citations and mentions in it."""
    read_by_program = re.findall(r"\{\{.*?\}\}|\[@[^\]]*\]|@(?:fig|tbl)-[\w-]+", text)
    head = re.split(r"\{\{|\[@|@", text)[0][:40]
    return " ".join([head.strip(), *read_by_program]) if len(text) > 60 else text


def whole_example() -> dict[str, Any]:
    """Return the example with some of the fields that it leaves out."""
    data: dict[str, Any] = texts(EXAMPLE.read_bytes())
    data["figures"]["clinical"]["note"] = "A remark."
    data["figures"]["own"] = {"caption": "Own.", "file": "figures/own.png", "alt": "An own picture", "note": "No."}
    data["treatment"]["narrative"] = data["treatment"].get("narrative") or "What was given."
    data["highlights"] = ["A highlight."]
    data["prior_presentation"] = "Nowhere."
    return data


@cache
def example() -> dict[str, Any]:
    """Return the example with each of its fields, in fewer rows and words: what is attacked prints, in half the time."""
    whole = whole_example()
    data: dict[str, Any] = thinned(whole, frozenset(got(whole, path) for path in leaves(whole) if path[-1] != "id"))
    return data


def as_written(data: Any, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a path of the model as the path in the file: without the names of alternatives."""
    found = []
    for part in path:
        if part in data if isinstance(data, dict) else isinstance(part, int) and isinstance(data, list):
            data = data[part]
            found.append(part)
    return tuple(found)


@cache
def free_fields() -> tuple[tuple[Any, ...], ...]:
    """Return the paths of all scalars of the example that take any text: what the loader refuses is left out."""
    case = example()
    paths = [path for path in leaves(case) if path[-1] not in REFUSED_KEYS]
    while True:
        trial = deepcopy(case)
        for path in paths:
            put(trial, path, f"{got(case, path)} <b>x</b>")
        loaded = load(read(dumped(trial).encode(), "case.yaml"))
        wrong = [problem.path for problem in loaded.problems if problem.level is Level.ERROR]
        refused = [as_written(trial, path) for path in wrong]
        if not refused:
            assert loaded.case is not None
            return tuple(paths)
        kept = [p for p in paths if not any(p[: len(r)] == r for r in refused)]
        assert len(kept) < len(paths), refused
        paths = kept


@pytest.fixture
def canaries(tmp_path: Path) -> Path:
    """Lay canaries outside and inside the folder of the case."""
    inside = tmp_path / "cases" / "x"
    shutil.copytree(EXAMPLE.parent, inside)
    Image.new("RGB", (60, 40), (90, 90, 200)).save(inside / "figures" / "own.png")
    for folder in (tmp_path, tmp_path / "cases", inside, inside / "figures"):
        (folder / "canary.txt").write_text(TEXT)
        (folder / "canary.js").write_text(f"alert('{TEXT}')")
        (folder / "canary.css").write_text(f'body::before {{ content: "{STYLE}"; background: rgb{GREEN} }}')
        (folder / "canary.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg"><rect id="a" fill="rgb{GREEN}"/></svg>'
        )
        (folder / "canary.bib").write_text("@article{canary, title={" + TEXT + "}, year={2000}}")
        Image.new("RGB", (200, 200), GREEN).save(folder / "canary.png")
    return tmp_path


class Watch:
    """What the program opened and whom it called while it ran."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        self.called: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open" and isinstance(arguments[0], str | bytes):
            self.opened.append(os.fsdecode(arguments[0]))
        if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby", "subprocess", "os.system")):
            self.called.append(f"{event} {arguments[1:]}")


WATCH = Watch()
sys.addaudithook(WATCH)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of this file may reach the network or start a program while the case is rendered."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(stress, "run", run)
    WATCH.opened, WATCH.called = [], []


def run(arguments: list[str]) -> int:
    """Run the program and watch it."""
    WATCH.on = True
    try:
        return app.run(arguments)
    finally:
        WATCH.on = False


def trick(text: str, root: Path) -> str:
    return text.format(u=root.as_uri(), p=root, t=TEXT)


def parsed(file: Path) -> Page:
    reader = Reader()
    reader.feed(file.read_text("utf-8"))
    return reader.page


KNOWN_TAGS = set(
    "html head meta title style body a nav ol ul li main article header section h1 h2 h3 h4 p span sup sub em strong"
    " div table caption thead tbody tr th td figure figcaption img br dl dt dd blockquote code pre svg g path line"
    " rect text tspan circle wbr polyline desc defs clippath polygon bdi picture source details summary".split()
)
"""What the templates write; `details` is the table of contents, `source` the drawing for a dark page."""


def assert_harmless_page(file: Path) -> Page:
    text = file.read_text("utf-8")
    assert STYLE not in text
    page = parsed(file)
    assert list(loads(page)) == []
    assert {e.tag for e in page.elements} <= KNOWN_TAGS
    assert [e.tag for e in page.all("details", "summary")] in ([], ["details", "summary"])
    assert not [e for e in page.all("details", "summary", "picture") if e.attributes]
    for link in page.all("a"):
        assert re.match(r"(#|https?://[\w.-]+|mailto:)", link.attributes.get("href", "")), link.attributes
    assert len(page.all("style")) == 1
    assert len([e for e in page.all("meta") if e.attributes.get("http-equiv")]) == 1
    for data in embedded(page):
        assert not has_colour(Image.open(io.BytesIO(data)))
    return page


def embedded(page: Page) -> list[bytes]:
    """Return the pictures of a page; drawings of ours are looked through instead."""
    found = []
    for image in page.all("img", "source"):
        head, data = image.attributes["src" if image.tag == "img" else "srcset"].split(",", 1)
        content = base64.b64decode(data)
        if head == "data:image/svg+xml;base64":
            assert_harmless_drawing(content)
        else:
            assert head in ("data:image/png;base64", "data:image/jpeg;base64")
            found.append(content)
    return found


def assert_harmless_drawing(data: bytes) -> None:
    assert b"<!" not in data
    for element in ElementTree.fromstring(data).iter():
        tag = element.tag.rpartition("}")[2]
        assert tag in {
            "svg",
            "g",
            "path",
            "line",
            "rect",
            "text",
            "tspan",
            "circle",
            "polyline",
            "polygon",
            "title",
            "desc",
        }
        names = {name.rpartition("}")[2] for name in element.attrib}
        assert not [name for name in names if name.startswith("on") or name in ("href", "src", "style")]
        assert not [
            value
            for value in element.attrib.values()
            if "url(" in value or ":" in value.replace("http://www.w3.org", "")
        ]


def has_colour(image: Image.Image, colour: tuple[int, int, int] = GREEN) -> bool:
    """Whether a pixel has a colour, give or take 6 of each channel."""
    near = [[255 * (abs(value - wanted) <= 6) for value in range(256)] for wanted in colour]
    channels = zip(image.convert("RGB").split(), near, strict=True)
    red, green, blue = (channel.point(table) for channel, table in channels)
    return ImageChops.multiply(ImageChops.multiply(red, green), blue).getbbox() is not None


def assert_nothing_was_read(root: Path) -> None:
    assert WATCH.opened, "the watch sees files"
    assert [name for name in WATCH.opened if "canary" in name] == []
    assert [name for name in WATCH.opened if name.startswith("/etc/passwd")] == []
    assert WATCH.called == []


def test_the_sweep_reaches_the_whole_case() -> None:
    fields = free_fields()
    assert len(fields) > 250
    roots = {path[0] for path in fields}
    wanted = "title authors affiliations abstract introduction observation timeline labs imaging pathology diagnosis"
    wanted += " treatment follow_up discussion conclusion learning_points patient_perspective consent figures tables"
    assert set(wanted.split()) <= roots
    assert shape(example()) == shape(whole_example())


@pytest.mark.parametrize("number", range(len(TRICKS)))
def test_a_trick_in_every_field_stays_text_on_the_page(canaries: Path, number: int) -> None:
    case = deepcopy(example())
    words = trick(TRICKS[number], canaries)
    for path in free_fields():
        put(case, path, f"{got(case, path)} {words}")
    written(canaries / "cases" / "x", case)
    code = run(["render", str(canaries / "cases" / "x"), "--to", "html", "-o", str(canaries / "out"), "-q"])
    file = canaries / "out" / "x" / "x.html"
    assert code in (0, 1)
    assert file.is_file()
    page = assert_harmless_page(file)
    assert len(page.all("img")) >= 5
    assert_nothing_was_read(canaries)


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("layout", ["article", "manuscript"])
def test_tricks_in_every_field_stay_text_in_the_pdf(canaries: Path, shift: int, layout: str) -> None:
    case = deepcopy(example())
    for place, path in enumerate(free_fields()):
        words = trick(TRICKS[(place * 7 + shift * 11) % len(TRICKS)], canaries)
        put(case, path, f"{got(case, path)} {words}")
    written(canaries / "cases" / "x", case)
    command = ["render", str(canaries / "cases" / "x"), "--to", "pdf", "--layout", layout, "-q"]
    assert run([*command, "-o", str(canaries / "out")]) in (0, 1)
    (file,) = (canaries / "out" / "x").iterdir()
    assert_harmless_pdf(file)
    assert_nothing_was_read(canaries)


def dictionaries(value: Any) -> Iterator[Any]:
    """Yield the dictionaries of an object, such as the action inside the annotation of a link."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        yield value
        parts = [part for _, part in value.items()]
    else:
        parts = list(value) if isinstance(value, pikepdf.Array) else []
    for part in parts:
        if isinstance(part, pikepdf.Object) and not part.is_indirect:  # the others are objects of their own
            yield from dictionaries(part)


def assert_harmless_pdf(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert not pdf.attachments
        for value in pdf.objects:
            for one in dictionaries(value):
                forbidden = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/Launch", "/GoToR", "/RichMedia"}
                assert not forbidden & set(one.keys())
                assert str(one.get("/S", "")) not in ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/ImportData")
                if "/URI" in one and one.get("/S") == "/URI":
                    assert re.match(r"(https?://[\w.-]+|mailto:)", str(one.URI))
    document = pdfium.PdfDocument(file)
    for page in document:
        assert not has_colour(page.render(scale=0.6).to_pil())
        reader = page.get_textpage()
        assert STYLE not in reader.get_text_range()
        reader.close()
        page.close()
    document.close()


def test_the_colour_of_the_canary_would_be_seen(tmp_path: Path) -> None:
    Image.new("RGB", (200, 200), GREEN).save(tmp_path / "canary.jpg", quality=90)
    figure = {"file": "canary.png", "caption": "Shown on purpose."}
    (tmp_path / "cases" / "x").mkdir(parents=True)
    Image.new("RGB", (200, 200), GREEN).save(tmp_path / "cases" / "x" / "canary.png")
    rendered(tmp_path, {"title": "Canary", "figures": {"f": figure}})
    assert [name for name in WATCH.opened if "canary" in name]
    with pytest.raises(AssertionError):
        assert_harmless_pdf(tmp_path / "out" / "x" / "x.pdf")
    with pytest.raises(AssertionError):
        assert_harmless_page(tmp_path / "out" / "x" / "x.html")


def test_an_action_inside_a_link_of_a_pdf_would_be_seen(tmp_path: Path) -> None:
    """Only objects that have a number were looked at; the action of a link has none of its own."""
    for uri, harmless in (("https://a.example/", True), ("javascript:alert(1)", False)):
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page()
            action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=uri)
            link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
            page.Annots = pdf.make_indirect(pikepdf.Array([link]))
            pdf.save(tmp_path / "x.pdf")
        if harmless:
            assert_harmless_pdf(tmp_path / "x.pdf")
        else:
            with pytest.raises(AssertionError):
                assert_harmless_pdf(tmp_path / "x.pdf")


def test_raw_html_and_templates_print_as_typed(tmp_path: Path) -> None:
    typed = ["<b onclick=x>bold</b>", "{{7*7}}", "{{ x | y }}", "{% if a %}", "<!-- hidden -->", "&lt;i&gt;"]
    _, folder = rendered(tmp_path, {"title": "Typed", "introduction": "\n\n".join(typed)}, "--to", "html")
    paragraphs = [e.text for e in parsed(folder / "x.html").all("p")]
    assert set(typed) - {"&lt;i&gt;"} <= set(paragraphs)
    assert paragraphs[-1] in ("&lt;i&gt;", "<i>")


# -- paths ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("../../canary.png", "figures/../../../canary.png", "{p}/canary.png", "{u}/canary.png", "~/canary.png"),
        *("link.png", "linked/canary.png", "figures", "fifo.png", "/dev/zero", "C:\\canary.png", "..\\..\\canary.png"),
        *(
            "http://127.0.0.1:9/canary.png",
            "data:image/png;base64,AAAA",
            "canary.png\x00.png",
            "%2e%2e/%2e%2e/canary.png",
        ),
        *("", ".", "x" * 5000),
    ],
)
def test_a_picture_outside_the_folder_is_not_read(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cases" / "x"
    (folder / "figures").mkdir(parents=True)
    Image.new("RGB", (50, 50), GREEN).save(tmp_path / "canary.png")
    (folder / "link.png").symlink_to(tmp_path / "canary.png")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "fifo.png")
    name = name.format(p=tmp_path, u=tmp_path.as_uri())
    case = {"format": "1", "title": "Path", "figures": {"f": {"file": name, "caption": "C.", "alt": "a"}}}
    text = yaml.safe_dump(case, allow_unicode=True)
    (folder / "case.yaml").write_text(text)
    code = run(["render", str(folder), "--to", "html", "-o", str(tmp_path / "out")])
    assert code in ((0, 1) if name in ("", "\x00") else (1, 2))
    assert "Traceback" not in capsys.readouterr().err
    assert [opened for opened in WATCH.opened if opened.endswith(("canary.png", "fifo.png", "link.png", "zero"))] == []
    file = tmp_path / "out" / "x" / "x.html"
    if file.exists():
        assert parsed(file).all("img") == []


@pytest.mark.parametrize("name", ["../../canary.bib", "{p}/canary.bib", "link.bib", "/dev/zero.bib"])
def test_references_outside_the_folder_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "canary.bib").write_text("@article{canary, title={" + TEXT + "}, year={2000}}")
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    (folder / "link.bib").symlink_to(tmp_path / "canary.bib")
    case = {"title": "Path", "references": [{"file": name.format(p=tmp_path)}], "nocite": "all"}
    code, out = rendered(tmp_path, case, "--to", "html")
    assert code == 1
    assert TEXT not in (out / "x.html").read_text("utf-8")
    assert [opened for opened in WATCH.opened if "canary" in opened] == []


# -- pictures: nothing but the pixels -------------------------------------------------------------------------


def exif(orientation: int) -> bytes:
    """Return EXIF with an orientation, an artist, a place and a thumbnail, all telling the canary."""
    thumb = io.BytesIO()
    Image.new("RGB", (16, 16), GREEN).save(thumb, "JPEG", comment=TEXT.encode())
    picture, artist = thumb.getvalue(), TEXT.encode() + b"\0\0"
    count = 3
    after = 8 + 2 + 12 * count + 4
    gps = after + len(artist)
    second = gps + 2 + 12 + 4
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", count)
    head += struct.pack("<HHII", 0x0112, 3, 1, orientation)
    head += struct.pack("<HHII", 0x013B, 2, len(artist), after)
    head += struct.pack("<HHII", 0x8825, 4, 1, gps)
    head += struct.pack("<I", second) + artist
    head += struct.pack("<H", 1) + struct.pack("<HHI", 0x001D, 2, 4) + b"CANA" + struct.pack("<I", 0)
    head += struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, second + 30)
    head += struct.pack("<HHII", 0x0202, 4, 1, len(picture)) + struct.pack("<I", 0) + picture
    return b"Exif\0\0" + head


def jpeg(path: Path) -> None:
    out = io.BytesIO()
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{TEXT}</x:xmpmeta>'.encode()
    plate().save(out, "JPEG", exif=exif(1), comment=TEXT.encode(), xmp=xmp)
    data = out.getvalue()
    iptc = b"Photoshop 3.0\0008BIM\x04\x04\0\0\0\0" + struct.pack(">I", 19) + b"\x1c\x02\x50\0\x0e" + TEXT.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    path.write_bytes(data[:2] + segment + data[2:] + b"trailer " + TEXT.encode())


def png(path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", TEXT)
    texts.add_text("Comment", TEXT, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", TEXT)
    plate().save(path, "PNG", pnginfo=texts, exif=exif(1))
    path.write_bytes(path.read_bytes() + TEXT.encode())


def tiff(path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for number in (270, 305, 315, 316):
        tags[number] = TEXT
    tags[700] = TEXT.encode()
    tags.tagtype[700] = 1
    plate().save(path, "TIFF", tiffinfo=tags)


def webp(path: Path) -> None:
    plate().save(path, "WEBP", lossless=True, exif=exif(1), xmp=TEXT.encode())


def plate() -> Image.Image:
    image = Image.new("RGB", (64, 48), (40, 60, 200))
    image.paste((220, 200, 30), (0, 0, 32, 48))
    return image


@pytest.mark.parametrize("make", [jpeg, png, tiff, webp], ids=["jpeg", "png", "tiff", "webp"])
def test_nothing_but_the_pixels_reaches_an_output(tmp_path: Path, make: Callable[[Path], None]) -> None:
    name = f"{NAME}.bin"
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    make(folder / name)
    assert TEXT.encode() in (folder / name).read_bytes()
    _, out = rendered(tmp_path, {"title": "Bare", "figures": {"f": {"file": name, "caption": "C.", "alt": "a"}}})
    (data,) = embedded(parsed(out / "x.html"))
    image = Image.open(io.BytesIO(data))
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert image.size == (64, 48)
    unpacked = plain_pdf(out / "x.pdf")
    for found in (data, (out / "x.html").read_bytes(), unpacked):
        assert TEXT.encode() not in found
        assert NAME.encode() not in found
        assert b"Photoshop" not in found
    for pixels in (image.convert("RGB"), picture_in_pdf(out / "x.pdf")):
        near(pixels.getpixel((8, 24)), (220, 200, 30))
        near(pixels.getpixel((56, 24)), (40, 60, 200))


def plain_pdf(file: Path) -> bytes:
    """Return a PDF with all its streams unpacked."""
    out = io.BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def picture_in_pdf(file: Path) -> Image.Image:
    document = pdfium.PdfDocument(file)
    (one,) = document[0].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
    image = one.get_bitmap().to_pil().convert("RGB")
    document.close()
    return image


def near(pixel: Any, wanted: tuple[int, ...], tolerance: int = 12) -> None:
    assert all(abs(a - b) <= tolerance for a, b in zip(pixel, wanted, strict=True)), (pixel, wanted)


RED, LIME, BLUE, BLACK = (220, 20, 20), (20, 200, 20), (20, 20, 220), (10, 10, 10)
# EXIF 2.32, tag 274: on which side of the picture that is seen the first row and the first column lie.
SIDES = {1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left"}
SIDES |= {5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom"}
OPPOSITE = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_turned_upright(tmp_path: Path, orientation: int, form: str) -> None:
    stored = Image.new("RGB", (80, 40))
    for box, colour in (((0, 0), RED), ((40, 0), LIME), ((0, 20), BLUE), ((40, 20), BLACK)):
        stored.paste(colour, (*box, box[0] + 40, box[1] + 20))
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    turned = Image.Exif()
    turned[0x0112] = orientation
    stored.save(folder / "p", form, exif=turned, **({"quality": 95} if form == "JPEG" else {}))
    _, out = rendered(tmp_path, {"title": "Up", "figures": {"f": {"file": "p", "caption": "C."}}}, "--to", "html")
    (data,) = embedded(parsed(out / "x.html"))
    seen = Image.open(io.BytesIO(data)).convert("RGB")
    row, column = SIDES[orientation].split()
    corners = {(row, column): RED, (row, OPPOSITE[column]): LIME}
    corners |= {(OPPOSITE[row], column): BLUE, (OPPOSITE[row], OPPOSITE[column]): BLACK}
    assert seen.size == ((80, 40) if orientation < 5 else (40, 80))
    for sides, colour in corners.items():
        x = 4 if "left" in sides else seen.width - 5
        y = 4 if "top" in sides else seen.height - 5
        near(seen.getpixel((x, y)), colour, 30)


def sixteen(path: Path, form: str) -> None:
    """Write a picture of 16 bits: black, a tenth, half, white."""
    values = struct.pack("<4H", 0, 6553, 32768, 65535) * 4
    image = Image.frombytes("I;16", (4, 4), values).resize((40, 40), Image.Resampling.NEAREST)
    image.save(path, form)


def modes() -> dict[str, tuple[Callable[[Path], None], list[tuple[int, int, int]]]]:
    """Return pictures of rare kinds, and the colours to be seen in four upright bands of each."""

    def bands(mode: str, colours: list[Any]) -> Image.Image:
        image = Image.new(mode, (40, 40))
        for n, colour in enumerate(colours):
            image.paste(colour, (n * 10, 0, n * 10 + 10, 40))
        return image

    cmyk = bands("CMYK", [(0, 255, 255, 0), (255, 0, 255, 0), (0, 0, 0, 0), (0, 0, 0, 255)])
    inks = [(255, 0, 0), (0, 255, 0), (255, 255, 255), (0, 0, 0)]
    grey_alpha = bands("LA", [(0, 255), (0, 128), (0, 0), (200, 255)])
    rgba = bands("RGBA", [(255, 0, 0, 255), (255, 0, 0, 128), (255, 0, 0, 0), (0, 0, 255, 255)])
    palette = rgba.quantize(4)
    greys = [(0, 0, 0), (26, 26, 26), (128, 128, 128), (255, 255, 255)]
    over_white = [(255, 0, 0), (255, 127, 127), (255, 255, 255), (0, 0, 255)]
    return {
        "cmyk tiff": (lambda p: cmyk.save(p, "TIFF"), inks),
        "cmyk jpeg": (lambda p: cmyk.save(p, "JPEG", quality=95), inks),
        "16 bit png": (lambda p: sixteen(p, "PNG"), greys),
        "16 bit tiff": (lambda p: sixteen(p, "TIFF"), greys),
        "grey with alpha": (
            lambda p: grey_alpha.save(p, "PNG"),
            [(0, 0, 0), (127, 127, 127), (255, 255, 255), (200, 200, 200)],
        ),
        "rgb with alpha": (lambda p: rgba.save(p, "PNG"), over_white),
        "palette with alpha": (lambda p: palette.save(p, "PNG"), over_white),
        "one bit": (lambda p: bands("1", [0, 255, 0, 255]).save(p, "TIFF"), [(0,) * 3, (255,) * 3] * 2),
        "float tiff": (
            lambda p: bands("F", [0.0, 0.25, 0.5, 1.0]).save(p, "TIFF"),
            [(0,) * 3, (64,) * 3, (128,) * 3, (255,) * 3],
        ),
    }


@pytest.mark.parametrize("kind", modes())
def test_a_rare_kind_of_picture_looks_right(tmp_path: Path, kind: str) -> None:
    make, colours = modes()[kind]
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    make(folder / "p")
    _, out = rendered(tmp_path, {"title": "Kind", "figures": {"f": {"file": "p", "caption": "C.", "alt": "a"}}})
    (data,) = embedded(parsed(out / "x.html"))
    tolerance = 45 if "cmyk" in kind else 8
    for image in (Image.open(io.BytesIO(data)).convert("RGB"), picture_in_pdf(out / "x.pdf")):
        for n, colour in enumerate(colours):
            near(image.getpixel((n * 10 + 5, 20)), colour, tolerance)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of one bit a pixel, all black: some kilobytes for any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = b"\0" * ((width + 7) // 8 + 1)
    rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def small() -> bytes:
    out = io.BytesIO()
    plate().save(out, "PNG")
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    plate().save(out, "GIF")
    return out.getvalue()


BAD = {
    "too many pixels": (lambda: bomb(8000, 5001), "FIG004"),
    "very many pixels": (lambda: bomb(60000, 20000), "FIG004"),
    "too many bytes": (lambda: small() + b"\0" * 50_000_000, "FIG004"),
    "a text": (TEXT.encode, "FIG003"),
    "nothing": (lambda: b"", "FIG003"),
    "half a picture": (lambda: small()[: len(small()) // 2], "FIG003"),
    "a drawing": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "FIG003"),
    "a GIF": (gif, "FIG003"),
    "a page": (lambda: b"<html><img src=x onerror=alert(1)></html>", "FIG003"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "FIG003"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_picture_or_too_large_prints_a_frame(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make, wanted = BAD[kind]
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    (folder / "p.png").write_bytes(make())
    case = {"title": "Bad", "figures": {"f": {"file": "p.png", "caption": "C.", "alt": "a"}}}
    code, out = rendered(tmp_path, case, "--to", "html")
    told = capsys.readouterr().err
    assert code == 1
    assert wanted in told
    page = parsed(out / "x.html")
    assert page.all("img") == []
    assert [e.attributes["role"] for e in page.elements if e.attributes.get("role") == "img"] == ["img"]
    assert TEXT not in (out / "x.html").read_text("utf-8")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_half_a_picture_is_refused_after_a_pdf_too(tmp_path: Path, form: str) -> None:
    """WeasyPrint switches Pillow to taking truncated pictures for the whole process."""
    rendered(tmp_path / "before", SMALL, "--to", "pdf")
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    whole = io.BytesIO()
    Image.effect_noise((300, 300), 60).convert("RGB").save(whole, form)
    (folder / "p.png").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    code, out = rendered(
        tmp_path, {"title": "Half", "figures": {"f": {"file": "p.png", "caption": "C."}}}, "--to", "html"
    )
    assert code == 1
    assert parsed(out / "x.html").all("img") == []


def test_a_picture_at_the_limit_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "x"
    folder.mkdir(parents=True)
    (folder / "p.png").write_bytes(bomb(8000, 5000))
    case = {"title": "Limit", "figures": {"f": {"file": "p.png", "caption": "C.", "alt": "a"}}}
    code, out = rendered(tmp_path, case, "--to", "html")
    assert code == 0
    assert len(parsed(out / "x.html").all("img")) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("a b.png", "fig#1.png", "50%.png", "50%20a.png", "it's.png", 'say "x".png', "größe β.png", "图.png"),
        *("a&b=c;d.png", "(1) [2] {3}.png", "-dash.png", "no-extension", "UPPER.PNG", "a?b.png", "sub dir/a.png"),
    ],
)
def test_any_file_name_works(tmp_path: Path, name: str) -> None:
    target = tmp_path / "cases" / "x" / name
    target.parent.mkdir(parents=True)
    plate().save(target, "PNG")
    code, out = rendered(tmp_path, {"title": "Name", "figures": {"f": {"file": name, "caption": "C.", "alt": "a"}}})
    assert code == 0
    assert len(embedded(parsed(out / "x.html"))) == 1
    near(picture_in_pdf(out / "x.pdf").getpixel((8, 24)), (220, 200, 30))


# -- templates of a user --------------------------------------------------------------------------------------

SMALL = {"title": "Small", "introduction": "One paragraph.", "conclusion": "The end."}


def template(root: Path, **files: str) -> None:
    folder = root / "templates" / "mine"
    for name, text in {"template_yaml": "name: Mine\nextends: article\n", **files}.items():
        file = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_j2", ".html.j2").replace(
            "_css", ".css"
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def test_a_template_overrides_one_block_one_partial_or_the_style(tmp_path: Path) -> None:
    template(
        tmp_path,
        page_j2='{% extends "article/page.html.j2" %}{% block front %}<p id="mine">Mine</p>{{ super() }}{% endblock %}',
        partials__paragraph_j2='<p class="own">{{ inline(block.children) }}</p>\n',
        style_css="@media print { body { font-size: 30pt; line-height: 40pt } }",
    )
    code, out = rendered(tmp_path, SMALL, "--layout", "mine")
    assert code == 0
    page = parsed(out / "x-mine.html")
    assert [e.text for e in page.elements if e.attributes.get("id") == "mine"] == ["Mine"]
    assert [e.text for e in page.all("p") if e.attributes.get("class") == "own"] == ["One paragraph.", "The end."]
    assert len(page.all("h1")) == 1
    assert "font-size: 30pt" in page.all("style")[0].text
    document = pdfium.PdfDocument(out / "x-mine.pdf")
    tallest = max(one.get_bounds()[3] - one.get_bounds()[1] for one in document[0].get_objects())
    document.close()
    assert tallest > 20


def test_a_template_that_loses_a_part_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template(tmp_path, page_j2='{% extends "article/page.html.j2" %}{% block body %}{% endblock %}')
    code, _ = rendered(tmp_path, SMALL, "--layout", "mine")
    assert code == 1
    told = capsys.readouterr().err
    assert "JRNL002" in told
    assert "Introduction" in told


WRONG = {
    "class": "{{ ''.__class__ }}",
    "mro": "{{ article.__class__.__mro__ }}",
    "globals": "{{ blocks.__globals__ }}",
    "function": "{{ inline.__self__._environment }}",
    "filter": "{{ article|attr('__class__') }}",
    "format": "{{ '{0.__class__}'.format(article) }}",
    "unknown": "{{ nosuchname }}",
    "attribute": "{{ article.nosuch.more }}",
    "syntax": "{% if %}",
    "division": "{{ 1 / 0 }}",
    "type": "{{ 1 + 'a' }}",
    "range": "{{ range(1000000000)|list }}",
    "include": "{% include '/etc/passwd' %}",
    "parent": "{% include '../../canary.txt' %}",
    "no filter": "{{ 1|nosuchfilter }}",
    "call": "{{ 5() }}",
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_template_is_told_with_its_file_and_line(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "canary.txt").write_text(TEXT)
    body = '{% extends "article/page.html.j2" %}\n{% block front %}\n' + WRONG[kind] + "\n{% endblock %}\n"
    template(tmp_path, page_j2=body)
    code, out = rendered(tmp_path, SMALL, "--layout", "mine", "--to", "html")
    told = capsys.readouterr().err
    assert code == 2, told
    assert "templates/mine/page.html.j2:3" in told
    assert "bug in casewriter" not in told
    assert not (out / "x-mine.html").exists()
    assert TEXT not in told


def test_a_template_that_extends_itself_or_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template(tmp_path, template_yaml="name: Mine\nextends: mine\n")
    assert rendered(tmp_path, SMALL, "--layout", "mine")[0] == 2
    assert "extends itself" in capsys.readouterr().err
    template(tmp_path, template_yaml="name: Mine\nextends: articles\n")
    assert rendered(tmp_path, SMALL, "--layout", "mine")[0] == 2
    assert "articles" in capsys.readouterr().err
