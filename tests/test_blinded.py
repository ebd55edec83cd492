"""The copy without names: what is withheld is in no file of it, and whatever else the author typed is."""

import re
from pathlib import Path

import pytest
from hidden_names import ARTIST, MASKED, OTHERS, READERS, SLUG, TAKEN, Place, squashed, written
from lxml import html
from PIL import Image
from stress import ROOT

from casewriter.blinding.blind import Blinded, blind
from casewriter.blinding.masking import Mask, Masked
from casewriter.cli.app import run
from casewriter.problem import Level
from casewriter.project import find_cases, open_case

FORMATS = ("html", "pdf", "docx", "md", "txt")
SIGN = "[withheld for review]"
both = pytest.mark.parametrize("name", FORMATS)


def label(value: object) -> str | None:
    return f"{value.mark or 'zr'}-{value.what}".replace(" ", "-") if isinstance(value, Place) else None


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], bytes]:
    """Render the case in which names hide, blinded and not; return the files by format."""
    folder = tmp_path_factory.mktemp("hidden")
    home = written(folder)
    found = {}
    for blinded in (False, True):
        out = folder / f"out{blinded}"
        formats = ["--to", ",".join(FORMATS), *(["--blinded"] if blinded else [])]
        run(["-q", "render", str(home), "-o", str(out), *formats])
        stem = "case-blinded" if blinded else SLUG
        files = sorted((out / SLUG).iterdir())
        assert {path.suffix for path in files} == {f".{name}" for name in FORMATS}
        assert [path.name for path in files if not path.name.startswith(stem)] == []
        for name in FORMATS:
            found[name, blinded] = b"\n\n".join(path.read_bytes() for path in files if path.suffix == f".{name}")
    return found


@pytest.fixture(scope="module")
def read(outputs: dict[tuple[str, bool], bytes]) -> dict[tuple[str, bool], str]:
    """Return the letters and digits of all that can be read in each file."""
    return {key: squashed(READERS[key[0]](data)) for key, data in outputs.items()}


# -- the case in which names hide -------------------------------------------------------------------------------------


def test_names_hide_in_more_than_forty_places() -> None:
    assert len({place.what for place in (*MASKED, *TAKEN)}) == len(MASKED) + len(TAKEN) > 60


@both
@pytest.mark.parametrize("place", [*MASKED, *TAKEN], ids=label)
def test_each_place_is_in_the_file_that_is_not_blinded(
    place: Place, name: str, read: dict[tuple[str, bool], str]
) -> None:
    anchored = "anchor" not in place.what or name not in ("md", "txt")  # a text has no anchors
    assert (squashed(place.mark + place.name) in read[name, False]) == anchored


@both
@pytest.mark.parametrize("place", [*MASKED, *TAKEN], ids=label)
def test_no_place_is_in_the_blinded_file(place: Place, name: str, read: dict[tuple[str, bool], str]) -> None:
    assert squashed(place.name) not in read[name, True]
    assert (place.mark in read[name, True]) != place.gone or not place.mark


@both
@pytest.mark.parametrize(
    "word", "kovari ordogh koevari wojewodzki верещагина brightwater okonkwo goldis wereschtschagina".split()
)
def test_no_part_of_a_name_is_in_the_blinded_file(word: str, name: str, read: dict[tuple[str, bool], str]) -> None:
    assert squashed(word) in read[name, False]
    assert squashed(word) not in read[name, True]


@both
def test_what_names_nobody_stays(name: str, read: dict[tuple[str, bool], str]) -> None:
    for blinded in (False, True):
        assert [text for text in OTHERS if squashed(text) not in read[name, blinded]] == []


def test_the_artist_of_a_picture_is_in_no_file(tmp_path: Path, outputs: dict[tuple[str, bool], bytes]) -> None:
    with Image.open(written(tmp_path) / "figures" / "kovari-1.png") as picture:
        assert picture.getexif()[0x013B] == ARTIST
    assert len(outputs) == 2 * len(FORMATS)
    assert [key for key, data in outputs.items() if ARTIST.encode() in data] == []


def test_own_works_keep_their_numbers(outputs: dict[tuple[str, bool], bytes]) -> None:
    pages = {blinded: html.document_fromstring(outputs["html", blinded].decode()) for blinded in (False, True)}
    entries = {
        blinded: [
            " ".join(entry.text_content().split()).rstrip(" ↩")
            for entry in page.xpath("//section[@id='references']//li")
        ]
        for blinded, page in pages.items()
    }
    assert [entry[:16] for entry in entries[False]] == ["1. Wojewódzki TQ", "2. Nakashima-Fer", "3. Kővári-Ördögh"]
    assert entries[True] == [f"1. {SIGN}", entries[False][1], f"3. {SIGN}"]
    assert [page.text_content().count("(1–3)") for page in pages.values()] == [1, 1]
    assert pages[False].xpath("//section[@id='references']//a[contains(@href, 'doi.org')]")
    assert not pages[True].xpath("//section[@id='references']//a[contains(@href, 'doi.org')]")


def test_the_terminal_says_what_and_where_and_never_the_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = written(tmp_path)
    monkeypatch.chdir(home)
    run(["render", ".", "--blinded", "--to", "html", "-o", "out"])
    out, said = capsys.readouterr()
    assert out == ""
    assert "withheld: authors 3, affiliations 1, contributions 1, guarantor 1, acknowledgements 1" in said
    assert "masked: 2:33 title: the family name of author 1\n" in said
    assert "masked: 66:23 abbreviations.BWMH: the abbreviation of the institution of affiliation 1" in said
    assert "the name of the case folder holds a name; the files are called case-blinded" in said
    plain = squashed(said.replace(SLUG, "").replace("kovari-plaque", "").replace("tables.wojewodzki", ""))
    words = ("kovari", "ordogh", "wojewodzki", "brightwater", "okonkwo", "goldis", "zenodo", "0199", "KEB-2031")
    assert [word for word in words if squashed(word) in plain] == []


# -- what is given to exporters ---------------------------------------------------------------------------------------


def blinded(folder: Path, text: str, **files: str) -> tuple[Blinded, str]:
    """Return a case blinded, and all of what exporters are given as one text."""
    home = folder / "cases" / "x"
    home.mkdir(parents=True, exist_ok=True)
    (home / "case.yaml").write_text(text, "utf-8")
    for name, content in files.items():
        (home / name.replace("_", ".")).write_text(content, "utf-8")
    opened = open_case(find_cases([str(home)])[0])
    assert opened.loaded.case is not None
    done = blind(opened.loaded.case, opened.library, opened.pictures)
    return done, repr(done.delivered)


def test_the_case_that_an_exporter_is_given_names_nobody(tmp_path: Path) -> None:
    opened = open_case(find_cases([str(written(tmp_path))])[0])
    assert opened.loaded.case is not None
    done = blind(opened.loaded.case, opened.library, opened.pictures)
    said = squashed(repr(done.delivered))
    before = squashed(repr(opened.loaded.case))
    for word in ("kovari", "wojewodzki", "brightwater", "okonkwo", "goldis", "верещагина", "ofthequietkind"):
        assert squashed(word) in before
        assert squashed(word) not in said
    assert set(done.pictures) == {"withheld-1.png", "figures/two.png"}
    assert [item.reference.id for item in done.library.items.values()] == list(done.library.items)


def test_a_case_without_names_in_its_texts_keeps_every_text() -> None:
    opened = open_case(find_cases([str(ROOT / "cases" / "exemplary-dress")])[0], pictures=False)
    case = opened.loaded.case
    assert case is not None
    done = blind(case, opened.library, opened.pictures)
    after = dict(done.case.texts)
    changed = {path for path, text in case.texts if after.get(path) != text}
    assert changed == {("contributions",), ("guarantor",), ("acknowledgements",), ("ethics", "board")}
    assert [p.reference for p in done.library.items.values()] == [p.reference for p in opened.library.items.values()]


# -- own works ---------------------------------------------------------------------------------------------------------

PAPER = """format: 1
title: A case of gout
language: {language}
authors:
  - {{given: Ann B., family: Ravenscroft}}
  - {{given: Yuki, family: García-López}}
introduction: |
  {text}
references:
  - {{id: own, type: article-journal, author: [Ravenscroft AB, Miller C], title: On gout, issued: 2019}}
  - {{id: other, type: article-journal, author: [Miller C], title: On gout again, issued: 2020}}
"""


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("en", "This resembles our previous case [@own].", "our previous case"),
        ("en", "As in our own earlier published series [@own], it healed.", "our own earlier published series"),
        ("en", "We previously reported it [@own].", "We previously reported"),
        ("en", "We have described such a case earlier [@own; @other].", "We have described such a case earlier"),
        ("en", "This was shown by our group [@own].", "our group"),
        ("en", "It was described by one of us [@own].", "described by one of us"),
        ("de", "Wir haben darüber bereits berichtet [@own].", "Wir haben darüber bereits berichtet"),
        ("de", "Das zeigte unsere frühere Arbeit [@own].", "unsere frühere"),
        ("fr", "C’est le cas de notre précédent rapport [@own].", "notre précédent"),
        ("es", "Como en nuestro caso anterior [@own].", "nuestro caso anterior"),
        ("pt", "Como no nosso caso anterior [@own].", "nosso caso anterior"),
        ("it", "Come nel nostro caso precedente [@own].", "nostro caso precedente"),
        ("de", "As in our previous case [@own].", "our previous case"),
    ],
)
def test_a_phrase_that_gives_an_own_work_away_is_reported(language: str, text: str, quote: str, tmp_path: Path) -> None:
    done, _ = blinded(tmp_path, PAPER.format(language=language, text=text))
    assert [(p.level, p.quote, p.path) for p in done.problems if p.level is not Level.INFO] == [
        (Level.WARNING, quote, ("introduction",))
    ]


def test_a_phrase_is_reported_with_another_work_too_and_not_without_a_citation(tmp_path: Path) -> None:
    text = "Our previous case was mild. It was worse in our previous case [@other]. We report a case [@other]."
    done, _ = blinded(tmp_path, PAPER.format(language="en", text=text))
    (found,) = done.problems
    assert (found.quote, found.nth) == ("our previous case", 0)
    assert "no author of the paper is among the authors" in found.message


def test_an_own_work_that_nothing_gives_away_is_a_note_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blinded(
        tmp_path, PAPER.format(language="en", text="Gout is old [@other], and hurts [@own]. We recall our case [@own].")
    )
    monkeypatch.chdir(tmp_path)
    assert run(["render", "cases/x", "--blinded", "--to", "html", "-o", "out"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line.split(" a work")[0] for line in said if "BLIND" in line] == [
        "cases/x/case.yaml:8:36: info BLIND002",
        "cases/x/case.yaml:8:63: info BLIND002",
    ]
    assert (tmp_path / "out" / "x" / "x-blinded.html").is_file()


def test_a_style_that_cites_by_name_prints_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blinded(tmp_path, PAPER.format(language="en", text="Gout is old [@other] and hurts [@own, p. 3]."))
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "byname.yaml").write_text(
        "id: byname\nextends: generic-care\ncitation: {csl: apa}\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    pages = []
    for more in ((), ("--blinded",)):
        assert run(["-q", "render", "cases/x", *more, "--profile", "byname", "--to", "html", "-o", "out"]) == 0
        name = "x-blinded.html" if more else "x.html"
        pages.append(
            " ".join(
                html.document_fromstring((tmp_path / "out" / "x" / name).read_text("utf-8")).text_content().split()
            )
        )
    assert "(Ravenscroft & Miller, 2019, p. 3)" in pages[0].replace("\u00a0", " ")
    assert "Ravenscroft" not in pages[1]
    assert "(Miller, 2020) and hurts" in pages[1].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("written_name", "own"),
    [
        ("Ravenscroft AB", True),
        ("Ravenscroft A", True),
        ("Ravenscroft, Ann", True),
        ("Ravenscroft, Anna B.", True),
        ("Ravenscroft C", False),
        ("Ravenscroft AC", False),
        ("Ravenscroft, Andrew", False),
        ("García-López Y", True),
        ("Garcia Lopez Y", True),
        ("García Y", True),
        ("López Z", False),
        ("{literal: Ann Ravenscroft for the Gout Group}", True),
        ("{literal: The Gout Group}", False),
        ("Miller AB", False),
    ],
)
def test_an_own_work_is_known_by_family_name_and_initials(written_name: str, own: bool, tmp_path: Path) -> None:
    name = written_name if written_name.startswith("{") else f'"{written_name}"'
    text = PAPER.format(language="en", text="It is [@own].").replace("[Ravenscroft AB, Miller C]", f"[{name}]")
    done, _ = blinded(tmp_path, text)
    assert bool(done.own) == own


# -- a leak ------------------------------------------------------------------------------------------------------------


def test_a_file_that_holds_a_name_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template of the author's own prints a name that is in no text of the case."""
    blinded(tmp_path, PAPER.format(language="en", text="Gout is old."))
    house = tmp_path / "templates" / "house"
    (house / "partials").mkdir(parents=True)
    (house / "template.yaml").write_text("extends: article\n", "utf-8")
    front = '<header class="front"><h1>{{{{ article.plain_title }}}}</h1>{}</header>'
    (house / "partials" / "front.html.j2").write_text(front.format(""), "utf-8")
    monkeypatch.chdir(tmp_path)
    order = ["render", "cases/x", "--blinded", "--layout", "house", "--to", "html,pdf", "-o", "out"]
    files = [tmp_path / "out" / "x" / f"x-house-blinded.{name}" for name in ("html", "pdf")]
    assert run(order) == 0
    assert [file.is_file() for file in files] == [True, True]
    (house / "partials" / "front.html.j2").write_text(front.format('<p title="by Ravens&shy;croft"></p>'), "utf-8")
    capsys.readouterr()
    assert run(order) == 1
    said = capsys.readouterr().err
    assert "x-house-blinded.html was not written: the family name of author 1 is in the attribute “title”" in said
    assert "ravenscroft" not in said.lower()
    assert [file.is_file() for file in files] == [False, True], "a tooltip is in no PDF"


@both
def test_what_masking_misses_the_search_finds(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Masking is switched off: no file is written, and for each kind of thing that is left a message says so."""
    monkeypatch.setattr(Mask, "of", lambda self, text, **more: Masked(text))
    home = written(tmp_path)
    assert run(["render", str(home), "--blinded", "--to", name, "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").rglob(f"*.{name}") if name != "txt"] == []
    for what in (
        "the family name of author 1",
        "the name of author 2",
        "the name of author 3",
        "the initials of author 2",
        "the e-mail address of author 2",
        "the telephone number of author 1",
        "the ORCID iD of author 1",
        "the institution of affiliation 1",
        "the abbreviation of the institution of affiliation 1",
        "the number of the ethics approval",
        "funder 1",
        "a person who is thanked",
    ):
        assert re.search(rf"was not written: [^\n]*{what}", said), what


# -- several cases, again, and given to packages -----------------------------------------------------------------------


def two_papers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a project of two cases, and go there."""
    for name in ("one", "two"):
        home = folder / "cases" / name
        home.mkdir(parents=True)
        (home / "case.yaml").write_text(PAPER.format(language="en", text="Ravenscroft cites [@own; @other]."), "utf-8")
    monkeypatch.chdir(folder)


def test_a_batch_remembers_the_blinded_copy_apart_and_makes_the_same_bytes_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_papers(tmp_path, monkeypatch)
    files = {name: tmp_path / "output" / name / f"{name}-blinded.html" for name in ("one", "two")}

    def call(*options: str) -> list[str]:
        assert run(["render", "cases", "--to", "html", "--jobs", "2", *options]) == 0
        return [
            line.split("  ")[0] for line in capsys.readouterr().err.splitlines() if "wrote" in line or "unch" in line
        ]

    wrote = [f"wrote output/{name}/{name}-blinded.html" for name in files]
    assert call("--blinded") == wrote
    first = {name: file.read_bytes() for name, file in files.items()}
    assert all(b"Ravenscroft" not in data and SIGN.encode() in data for data in first.values())
    assert call("--blinded") == [f"unchanged cases/{name}/case.yaml" for name in files]
    assert call() == [f"wrote output/{name}/{name}.html" for name in files]
    assert call("--blinded") == [f"unchanged cases/{name}/case.yaml" for name in files]
    assert call("--blinded", "--force") == wrote
    assert {name: file.read_bytes() for name, file in files.items()} == first
    assert b"Ravenscroft" in (tmp_path / "output" / "one" / "one.html").read_bytes()


def test_what_an_unchanged_case_withholds_is_said_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_papers(tmp_path, monkeypatch)
    said = []
    for _ in range(2):
        assert run(["render", "cases", "--to", "html", "--blinded"]) == 0
        said.append([line for line in capsys.readouterr().err.splitlines() if "wrote" not in line])
    again = [line for line in said[1] if not line.startswith("unchanged")]
    assert again == said[0]
    assert sum("masked: 8:3 introduction: the family name of author 1" in line for line in again) == 2


def test_the_manuscript_of_a_blinded_case_has_both_endings_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blinded(tmp_path, PAPER.format(language="en", text="It is [@other; @own]."))
    monkeypatch.chdir(tmp_path)
    assert run(["-q", "render", "cases/x", "--blinded", "--layout", "manuscript", "--to", "html", "-o", "out"]) == 0
    assert [path.name for path in (tmp_path / "out" / "x").iterdir()] == ["x-manuscript-blinded.html"]


def test_an_exporter_of_a_package_is_given_the_case_without_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It prints all that it is given, and a name that it makes up itself is found in its file."""
    from casewriter.export.door import Exporter
    from casewriter.work import exporting

    said = {"end": ""}
    exporter = Exporter("all", ".txt", lambda case: f"{case!r}{said['end']}".encode())
    monkeypatch.setattr(exporting, "find_exporter", lambda name: exporter)
    blinded(tmp_path, PAPER.format(language="en", text="Ravenscroft cites [@own; @other]."))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "out" / "x" / "x-blinded.txt"
    assert run(["render", "cases/x", "--blinded", "--to", "html", "-o", "out"]) == 0
    text = file.read_text("utf-8")
    assert "Ravenscroft" not in text
    assert "On gout again" in text
    assert "'On gout'" not in text
    said["end"] = " ravenscroft-ann"
    assert run(["render", "cases/x", "--blinded", "--to", "html", "-o", "out"]) == 1
    assert "x-blinded.txt was not written: the name of author 1 is in the text" in capsys.readouterr().err
    assert not file.exists(), "that of the first render is removed"


def test_a_case_that_names_nobody_is_printed_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "cases" / "x"
    home.mkdir(parents=True)
    (home / "case.yaml").write_text("format: 1\ntitle: Gout\nintroduction: A young woman.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for more in ((), ("--blinded",)):
        assert run(["-q", "render", "cases/x", "--to", "html", "-o", "out", *more]) == 0
    out = tmp_path / "out" / "x"
    assert (out / "x.html").read_bytes() == (out / "x-blinded.html").read_bytes()
