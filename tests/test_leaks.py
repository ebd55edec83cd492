"""The search of a file: a name planted anywhere in HTML, PDF, a ZIP file, a picture or a text is found, and nothing else."""

import base64
import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from casewriter.blinding.finder import Finder
from casewriter.blinding.person import Person, secrets
from casewriter.blinding.secret import Secret
from casewriter.work.leaks.search import leaks

NAME, PLAIN, TURNED, SHORT, SPLIT = (
    "Zoë Krásnohorská",
    "Zoe Krasnohorska",
    "Krásnohorská, Zoë",
    "Z. Krásnohorská",
    "Krásno",
)
OTHER = "Anna Dvořáková"
"""A name that is not withheld: the same file with it must be found clean."""
FINDER = Finder(tuple(secrets(Person("Zoë", "Krásnohorská", "author 1"), lambda word: False)))


def places(data: bytes, name: str = "x-blinded.html", finder: Finder = FINDER) -> list[str]:
    """Return where names were found; no message repeats one."""
    found = leaks(finder, name, data)
    assert all(one.code == "BLIND001" for one in found)
    assert not [one for one in found if "rásno" in one.message or "rasno" in one.message.lower()]
    return list(dict.fromkeys(one.message.rsplit(" is in ", 1)[-1] for one in found))


def swapped(data: bytes) -> bytes:
    return data.replace("Krásno".encode(), "Dvořák".encode()).replace("Zoë".encode(), b"Ann")


# -- HTML and XML -----------------------------------------------------------------------------------------------------


def packed(content: str, kind: str = "image/svg+xml") -> str:
    return f"data:{kind};base64,{base64.b64encode(content.encode()).decode()}"


HTML = [
    ("<p>by Zoë Krásnohorská</p>", "the text"),
    ("<p>by Zoe <b>Kras</b>nohorska</p>", "the text"),
    ("<p>by Kr&aacute;snohorsk&aacute;, Zo&euml;</p>", "the text"),
    ("<p>by Krásno\u00adhorská</p>", "the text"),
    ("<p>by Z.\u00a0Krásnohorská</p>", "the text"),
    ("<table><tr><td>KRÁSNOHORSKÁ</td></tr></table>", "the text"),
    ('<img alt="Zoë Krásnohorská">', "the attribute “alt”"),
    ('<meta name="author" content="Zoe Krasnohorska">', "the attribute “content”"),
    ('<a href="https://x.org/zoe%20krasnohorska">x</a>', "the attribute “href”"),
    ('<a href="https://x.org/kr%C3%A1snohorsk%C3%A1/1">x</a>', "the attribute “href”"),
    ('<a href="mailto:zoe.krasnohorska@x.org">x</a>', "the attribute “href”"),
    ('<li id="ref-krasnohorska2019">x</li>', "the attribute “id”"),
    ("<p>x</p><!-- Krásnohorská -->", "a comment"),
    ("<style>.krasnohorska { color: red }</style>", "the style sheet"),
    ("<title>Krásnohorská</title>", "the text"),
    (f'<img src="{packed("<svg><title>Krásnohorská</title></svg>")}">', "the text in the attribute “src”"),
    (
        f'<img srcset="{packed("<svg><text>Zo<tspan>ë Krásno</tspan>horská</text></svg>")} 1x">',
        "the attribute “srcset”",
    ),
    ('<img src="data:image/svg+xml,%3Csvg%3E%3Ctitle%3EKrasnohorska%3C/title%3E%3C/svg%3E">', "the attribute “src”"),
    (f"<style>a {{ background: url({packed('<svg><desc>Krásnohorská</desc></svg>')}) }}</style>", "the style sheet"),
]


@pytest.mark.parametrize(("planted", "place"), HTML)
def test_a_name_in_html_is_found(planted: str, place: str) -> None:
    page = f"<!DOCTYPE html><html lang='en'><head></head><body>{planted}<p>A case.</p></body></html>"
    (found,) = places(page.encode())
    assert found.endswith(place)
    assert places(page.replace(planted, "<p>by Anna Dvořáková</p>").encode()) == []


XML = [
    ("<p>by Zoë Krás<italic>nohor</italic>ská</p>", "the text"),
    ("<title>Letter of Krás<italic>nohor</italic>ská</title>", "the text"),
    ("<title>Krásnohorská</title>", "the text"),
    ("<title/><p><![CDATA[Krásnohorská]]></p>", "the text"),
    ("<style>Krásnohorská</style>", "the style sheet"),
    ("<name><surname>Krásnohorská</surname><given-names>Zoë</given-names></name>", "the text"),
    ("<alt-text>Zoe Kr&#225;snohorsk&#225;</alt-text>", "the text"),
    ('<graphic xlink:href="krasnohorska-fig1.png"/>', "the attribute “xlink:href”"),
    ('<graphic xlink:href="kr%C3%A1snohorsk%C3%A1.png"/>', "the attribute “xlink:href”"),
    ('<ref id="krasnohorska2019"/>', "the attribute “id”"),
    ("<!-- Krásnohorská -->", "a comment"),
    ("<?by Krásnohorská?>", "a comment"),
]


@pytest.mark.parametrize(("planted", "place"), XML)
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_a_name_in_xml_is_found(planted: str, place: str, encoding: str) -> None:
    """A title in XML may hold elements, which a reader of HTML would take for text of it."""
    file = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE article PUBLIC "x" "y"><article xmlns:xlink="x">'
        f"{planted}<p>A case.</p></article>"
    )
    assert places(file.encode(), "x-blinded.xml") == [place]
    assert places(file.replace(planted, "<p>by Anna Dvořáková</p>").encode(), "x-blinded.xml") == []


@pytest.mark.parametrize(
    "file",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "Krásnohorská">]><a>&e;</a>',
        '<?xml version="1.0"?><!DOCTYPE Krásnohorská><a/>',
        '<?xml version="1.0"?><a>not closed Krásnohorská',
        '<?xml version="1.0"?><a/><!-- Krásnohorská -->',
        '<?xml version="1.0"?><?by Krásnohorská?><a/>',
    ],
)
def test_a_name_in_xml_that_is_declared_broken_or_outside_is_found(file: str) -> None:
    assert places(file.encode(), "x-blinded.xml") != []


# -- PDF ------------------------------------------------------------------------------------------------------------


def pdf(plant: Callable[[pikepdf.Pdf], None], text: str = "A case.") -> bytes:
    """Return a PDF of one page with a text on it, after something was planted."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 400))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=made.make_indirect(font)))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("latin-1"))
    plant(made)
    out = io.BytesIO()
    made.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _info(made: pikepdf.Pdf) -> None:
    made.docinfo["/Author"] = NAME


def _xmp(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [PLAIN]


def _bookmark(made: pikepdf.Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Case of {TURNED}", 0))


def _link(made: pikepdf.Pdf) -> None:
    target = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://x.org/zoe-krasnohorska"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=target)
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(link)])


def _note(made: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String(SHORT)
    )
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def _alt(made: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, Alt=pikepdf.String(NAME))
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(K=made.make_indirect(element)))


def _actual(made: pikepdf.Pdf) -> None:
    element = pikepdf.Dictionary(S=pikepdf.Name.Span, ActualText=pikepdf.String(NAME))
    made.Root.StructTreeRoot = made.make_indirect(pikepdf.Dictionary(K=element))


def _in_stream(made: pikepdf.Pdf) -> None:
    hidden = NAME.encode("utf-16-be").hex().upper()
    made.pages[0].Contents = made.make_stream(f"/Span <</ActualText <FEFF{hidden}>>> BDC EMC".encode())


def _attached(made: pikepdf.Pdf) -> None:
    made.attachments["notes.txt"] = pikepdf.AttachedFileSpec(made, f"by {NAME}".encode(), filename="notes.txt")


def _attached_name(made: pikepdf.Pdf) -> None:
    made.attachments["krasnohorska.txt"] = pikepdf.AttachedFileSpec(made, b"x", filename="krasnohorska.txt")


def _photo(made: pikepdf.Pdf) -> None:
    picture = made.make_stream(jpeg(PLAIN))
    picture.Subtype, picture.Filter = pikepdf.Name.Image, pikepdf.Name.DCTDecode
    made.pages[0].Resources.XObject = pikepdf.Dictionary(I=picture)


PDF = [
    (_info, "the author in the properties"),
    (_xmp, "the text in a stream"),
    (_bookmark, "a title or bookmark"),
    (_link, "the target of a link"),
    (_note, "a note"),
    (_alt, "an alternative text"),
    (_actual, "a replacement text"),
    (_in_stream, "a stream"),
    (_attached, "an attached file"),
    (_attached_name, "the name of an attached file"),
    (_photo, "the data of a picture in a stream"),
]


@pytest.mark.parametrize(("plant", "place"), PDF)
def test_a_name_in_a_pdf_is_found(plant: Callable[[pikepdf.Pdf], None], place: str) -> None:
    assert any(place in found for found in places(pdf(plant)))


@pytest.mark.parametrize("text", ["by Zoe Krasnohorska", "Krasnohorska Z", "Krasno-) Tj 0 -14 Td (horska"])
def test_a_name_on_a_page_is_found(text: str) -> None:
    assert "the text in page 1" in places(pdf(lambda made: None, text))


def test_a_pdf_without_the_name_is_clean_and_one_that_does_not_open_is_not() -> None:
    assert places(pdf(lambda made: None, "by Anna Dvorakova")) == []
    (found,) = leaks(FINDER, "x-blinded.pdf", b"%PDF-1.7 nothing more")
    assert (
        found.message == "x-blinded.pdf was not written: the PDF cannot be opened, so it cannot be searched for names"
    )


# -- pictures ---------------------------------------------------------------------------------------------------------


def jpeg(artist: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = artist
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def wide(author: str) -> bytes:
    """Return a picture with the author in two bytes a letter, as Windows writes XPAuthor."""
    exif = Image.Exif()
    exif[0x9C9D] = author.encode("utf-16-le")
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def png(*, packed: bool) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", PLAIN, zip=packed)
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG", pnginfo=text)
    assert (PLAIN.encode() in out.getvalue()) != packed
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (jpeg(PLAIN), "the data of a picture"),
        (wide(PLAIN), "the data of a picture"),
        (png(packed=False), "the data of a picture"),
        (png(packed=True), "a text field of a picture"),
    ],
    ids=["exif", "two bytes a letter", "png text", "png packed text"],
)
def test_a_name_in_a_picture_is_found(data: bytes, place: str) -> None:
    assert place in places(data, "figure.png")
    page = f'<!DOCTYPE html><img alt="" src="data:image/png;base64,{base64.b64encode(data).decode()}">'
    assert f"{place} in the attribute “src”" in places(page.encode())


# -- ZIP files, as those of Word --------------------------------------------------------------------------------------

WORD = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>A case.</w:t></w:r></w:p>{}</w:body></w:document>'
RUNS = "<w:p><w:r><w:t>by Zoë Krás</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>nohor</w:t></w:r><w:r><w:t>ská</w:t></w:r></w:p>"


def archive(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed_file:
        packed_file.comment = comment
        for name, data in ({"word/document.xml": WORD.format("").encode()} | parts).items():
            packed_file.writestr(name, data)
    return out.getvalue()


ZIP: list[tuple[dict[str, bytes], str]] = [
    ({"word/document.xml": WORD.format(RUNS).encode()}, "the text in word/document.xml"),
    ({"docProps/core.xml": f"<cp><dc:creator>{NAME}</dc:creator></cp>".encode()}, "the text in docProps/core.xml"),
    ({"docProps/app.xml": f"<P><Company>{TURNED}</Company></P>".encode()}, "the text in docProps/app.xml"),
    (
        {"word/_rels/document.xml.rels": b'<R><Relationship Target="https://x.org/krasnohorska"/></R>'},
        "the attribute “target” in word/_rels/document.xml.rels",
    ),
    (
        {"word/document.xml": WORD.format(f'<wp:docPr id="1" descr="{NAME}"/>').encode()},
        "the attribute “descr” in word/document.xml",
    ),
    ({"word/media/krasnohorska.png": b"x"}, "the name of a part"),
    ({"word/media/image1.jpeg": jpeg(PLAIN)}, "the data of a picture in word/media/image1.jpeg"),
    ({"word/media/image1.png": png(packed=True)}, "a text field of a picture in word/media/image1.png"),
    ({"word/embeddings/x.zip": archive({"a.txt": NAME.encode()})}, "the text in a.txt in word/embeddings/x.zip"),
    ({"word/embeddings/x.bin": b"\x00\x01\xff" + PLAIN.encode("utf-16-le")}, "its data in word/embeddings/x.bin"),
]


@pytest.mark.parametrize(("parts", "place"), ZIP, ids=[place for _, place in ZIP])
def test_a_name_in_a_word_file_is_found(parts: dict[str, bytes], place: str) -> None:
    assert places(archive(parts), "x-blinded.docx") == [place]
    assert places(archive({}), "x-blinded.docx") == []


def test_a_name_in_the_comment_of_a_zip_file_is_found() -> None:
    assert places(archive({}, PLAIN.encode()), "x-blinded.docx") == ["a comment"]


def test_a_damaged_zip_file_is_not_clean() -> None:
    data = archive({"a.txt": b"x" * 900})
    (found,) = leaks(FINDER, "x-blinded.docx", data[: len(data) // 2])
    assert "cannot be opened" in found.message


# -- text, and the name of the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "by Zoë **Krásno**horská",
        "by Krásno\\_horská",
        "by Zoë\nKrásnohorská",
        "by Krásno-\nhorská",
        '{"by": "Z. Krásnohorská"}',
    ],
)
def test_a_name_in_a_text_is_found(text: str) -> None:
    assert places(text.encode(), "x-blinded.md") == ["the text"]
    assert places(swapped(text.encode()), "x-blinded.md") == []


def test_a_name_in_packed_or_wide_text_is_found() -> None:
    assert places(zlib.compress(b"")[:0] + NAME.encode("utf-16"), "x.txt") == ["the text"]
    squeezed = zlib.compressobj(wbits=31)
    assert places(squeezed.compress(NAME.encode()) + squeezed.flush(), "x.gz") == ["the text"]


def test_a_name_of_a_file_is_found() -> None:
    assert places(b"A case.", "krasnohorska-blinded.md") == ["its name"]


def test_everything_that_is_found_is_named_with_its_place() -> None:
    mail = Secret("the e-mail address of author 1", "e-mail addresses", r"(?i:zoe@x\.org)")
    data = b'<!DOCTYPE html><p>Krasnohorska</p><a href="mailto:zoe@x.org">x</a>'
    found = leaks(Finder((*FINDER.secrets, mail)), "x.html", data)
    assert [one.message for one in found] == [
        "x.html was not written: the family name of author 1 is in the text",
        "x.html was not written: the e-mail address of author 1 is in the attribute “href”",
    ]


def test_words_that_a_file_prints_of_others_are_no_leak() -> None:
    """Somebody else of that family has written a cited work; the whole name is looked for all the same."""
    finder = FINDER.without(["Krásnohorská Q. On gout. Gout J 2019."])
    assert places("Krásnohorská Q. On gout.".encode(), "x.txt", finder) == []
    assert places(NAME.encode(), "x.txt", finder) == ["the text"]
