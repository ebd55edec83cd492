"""`casewriter refs add | list | check | convert` and `export`: what is added is there, every other byte is as it was.

Expected values come from the files' own text, from YAML 1.2 and RFC 8259, never from what the program printed.
"""

import io
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from casewriter.bibliography.reading import read_file
from casewriter.citation import LibraryItem
from casewriter.cli.app import run
from casewriter.model.reference import Reference
from casewriter.problem import CannotRun, Refused
from casewriter.project import Opened, find_cases, open_case

READERS = Path(__file__).parent / "data" / "readers"
UNKEPT = frozenset({"id", "abstract", "keyword", "source", "call-number"})
"""What a case file does not keep of a record; its id is a key of our own."""
QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HEAD = "format: 1\ntitle: Calcinosis and lupus\n"
ITEM = """\
- id: winkelmann1965
  type: article-journal
  title: Panniculitis  # as printed
  author: [Winkelmann RK]
  issued: 1965
  volume: 12
"""
NEW = {
    "id": "",
    "type": "article-journal",
    "title": "Calcinosis universalis in systemic lupus: a follow-up of ten years",
    "author": [{"family": "Müller", "given": "Sigfrid A."}, {"literal": "Lupus Group, Mayo Clinic"}],
    "container-title": "Archives of Dermatology",
    "issued": {"date-parts": [[1959, 3, 21]]},
    "volume": "79",
    "issue": "6",
    "page": "669-673",
    "DOI": "10.1001/archderm.1959.01560180059010",
}

Shown = pytest.CaptureFixture[str]


def opened(path: Path) -> Opened:
    """Return a case that must be readable, and hold nothing that its YAML reader complains of."""
    found = open_case(find_cases([str(path)])[0], pictures=False)
    assert found.loaded.case is not None
    assert [problem.message for problem in found.problems] == []
    return found


def held(path: Path) -> dict[str, dict[str, Any]]:
    """Return the references of a case by key, as CSL."""
    return {key: said(item.reference) for key, item in opened(path).library.items.items()}


def said(reference: Reference) -> dict[str, Any]:
    item: dict[str, Any] = json.loads(json.dumps(reference.csl()))  # tuples become lists
    found = {key: value for key, value in item.items() if key not in UNKEPT}
    return found | ({"_truncated": True} if reference.authors_truncated else {})


def one_addition(before: bytes, after: bytes) -> bytes:
    """Return what was added at one place of a file; all else must be as it was."""
    pairs = zip(before, after, strict=False)
    start = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
    assert len(after) > len(before)
    assert after.endswith(before[start:]), "a byte was changed that nobody asked to change"
    return after[start : start + len(after) - len(before)]


def only_additions(before: str, after: str) -> list[str]:
    """Return the lines that were added; every line of before stands in after, in its order."""
    rest = iter(after.splitlines(keepends=True))
    added: list[str] = []
    for line in before.splitlines(keepends=True):
        for found in rest:
            if found == line:
                break
            added.append(found)
        else:
            pytest.fail(f"the line {line!r} is gone")
    return [*added, *rest]


def library(*items: dict[str, Any], folder: Path, name: str = "new.json") -> Path:
    path = folder / name
    path.write_text(json.dumps([{"type": "article-journal", **item} for item in items]), "utf-8")
    return path


def case_with(folder: Path, references: str = "", head: str = HEAD) -> Path:
    path = folder / "case.yaml"
    path.write_bytes((head + references).encode())
    return path


def add(case: Path, *sources: Any, code: int = 0) -> None:
    assert run(["refs", "add", *(str(source) for source in sources), "--case", str(case)]) == code


def one_line(shown: Shown) -> str:
    """Return the one line on standard error that says why nothing could be done, and in no words of Python's."""
    found = shown.readouterr()
    lines = found.err.strip().splitlines()
    assert len(lines) == 1, found.err
    assert "Traceback" not in found.err
    assert "bug in casewriter" not in found.err
    return lines[0]


# -- where references are added --------------------------------------------------------------------------------

LISTS = {
    "none": HEAD,
    "none, and no line end": HEAD.rstrip(),
    "none, and blank lines": HEAD + "\n\n\n",
    "none, and a comment at the end": HEAD + "# the end",
    "none, behind a text of many lines": HEAD + "discussion: |\n  One line.\n\n  Another.\n\n",
    "none, behind a text that keeps its line ends": HEAD + "discussion: |+\n  One line.\n\n\n",
    "none, under the mark of a document": "---\n" + HEAD,
    "empty": HEAD + "references:\n",
    "empty, no line end": HEAD + "references:",
    "empty, with a comment": HEAD + "references:   # to come\n",
    "empty, in the middle": HEAD + "references:\nkeywords: [lupus]\n",
    "empty, in the middle, blank lines behind": HEAD + "references:\n\n\n# people\nkeywords: [lupus]\n",
    "an empty list": HEAD + "references: []\nkeywords: [lupus]\n",
    "an empty list with room": HEAD + "references: [ ]   # none yet\nkeywords: [lupus]\n",
    "an empty list over two lines": HEAD + "references: [\n]\nkeywords: [lupus]\n",
    "the key in quotes": HEAD + '"references":\n' + ITEM,
    "the key in quotes, empty": HEAD + "'references':\nkeywords: [lupus]\n",
    "room before the colon": HEAD + "references :\n" + ITEM,
    "dash at the margin": HEAD + "references:\n" + ITEM,
    "two spaces": HEAD + "references:\n" + "".join(f"  {line}\n" for line in ITEM.splitlines()),
    "four spaces": HEAD + "references:\n" + "".join(f"    {line}\n" for line in ITEM.splitlines()),
    "wide dash": HEAD + "references:\n  -   id: winkelmann1965\n      title: Panniculitis\n",
    "dash alone on its line": HEAD + "references:\n  -\n    id: winkelmann1965\n    title: Panniculitis\n",
    "in the middle": HEAD + "references:\n" + ITEM + "keywords: [lupus]  # two\n",
    "comments all over": HEAD
    + "references:  # mine\n  # first\n  - id: a1965  # key\n    # inside\n    title: Panniculitis  # title\n"
    + "    # behind\n\n# of the next part\nkeywords: [lupus]\n",
    "no line end": HEAD + "references:\n" + ITEM.rstrip(),
    "no line end, a comment": HEAD + "references:\n" + ITEM.rstrip() + "  # last",
    "blank lines behind": HEAD + "references:\n" + ITEM + "\n\n",
    "a folded note last": HEAD
    + "references:\n  - id: a1965\n    note: >-\n      one\n\n      two\nkeywords: [lupus]\n",
    "a kept text last": HEAD + "references:\n  - id: a1965\n    note: |+\n      one\n\nkeywords: [lupus]\n",
    "a text that ends with the file": HEAD + "references:\n  - id: a1965\n    note: |-\n      one",
    "a title over lines": HEAD
    + "references:\n  - id: a1965\n    title: Panniculitis of\n      the legs\nkeywords: [lupus]\n",
    "a quoted title over lines": HEAD
    + 'references:\n  - id: a1965\n    title: "Panniculitis of\n\n      the # legs"\n',
    "names over lines": HEAD
    + "references:\n  - id: a1965\n    author:\n      - Winkelmann RK\n      - {literal: A (b)}\n",
    "names in brackets over lines": HEAD
    + "references:\n  - id: a1965\n    author: [Winkelmann RK,\n      Muller SA\n    ]\nkeywords: [lupus]\n",
    "an empty value last": HEAD + "references:\n  - id: a1965\n    title: Panniculitis\n    note:\nkeywords: [lupus]\n",
    "an empty value last, at the end": HEAD + "references:\n  - id: a1965\n    title: Panniculitis\n    note:",
    "items in braces": HEAD
    + "references:\n  - {id: a1965, title: Panniculitis}  # one\n  - {id: b1966,\n     title: Lupus}\n",
    "in brackets": HEAD + "references: [{id: a1965, title: Panniculitis}]\nkeywords: [lupus]\n",
    "in brackets over lines": HEAD + "references: [\n  {id: a1965, title: Panniculitis}\n]\nkeywords: [lupus]\n",
    "in brackets, a comma last": HEAD + "references: [{id: a1965, title: Panniculitis},]\n",
    "in brackets, a comma last, lines": HEAD + "references: [\n  {id: a1965, title: Panniculitis},\n]\n",
    "in brackets, a comment last": HEAD + "references: [\n  {id: a1965, title: Panniculitis}  # last ] one\n]\n",
    "a bracket in a title": HEAD + 'references: [{id: a1965, title: "A ] b"}]  # ]\n',
    "a placeholder": HEAD + "references:\n  - {id: a1965, placeholder: Winkelmann 1965}\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("form", LISTS)
def test_every_other_byte_stays(form: str, mark: bytes, ending: str, tmp_path: Path) -> None:
    before = mark + LISTS[form].replace("\n", ending).encode()
    case = tmp_path / "case.yaml"
    case.write_bytes(before)
    old = held(case)
    add(case, library(NEW, folder=tmp_path))
    added = one_addition(before, case.read_bytes())
    assert b"\xef\xbb\xbf" not in added
    if ending == "\r\n":
        assert added.count(b"\n") == added.count(b"\r\n")
    found = held(case)
    assert {key: found[key] for key in old} == old
    assert set(found) - set(old) == {"muller1959"}
    assert found["muller1959"] == {key: value for key, value in NEW.items() if key != "id"}


def test_references_take_the_place_of_a_tilde(tmp_path: Path) -> None:
    """A tilde is no list, which lint reports; it makes room for the list that is added."""
    before = (HEAD + "references: ~\nkeywords: [lupus]\n").encode()
    case = tmp_path / "case.yaml"
    case.write_bytes(before)
    add(case, library(NEW, folder=tmp_path))
    one_addition(before.replace(b" ~", b""), case.read_bytes())
    assert set(held(case)) == {"muller1959"}


ODD = {
    "before the mark of the end": HEAD + "...\n",
    "before a comment and the mark of the end": HEAD + "# end\n...\n# really\n",
    "the mapping indented": "  format: 1\n  title: Calcinosis\n",
    "the whole in braces": "{format: 1, title: Calcinosis}\n",
    "the whole in braces, a list": "{format: 1, title: Calcinosis, references: []}\n",
    "no more than a comment": "# to come\n",
    "nothing": "",
    "one reference, no list": HEAD + "references: {id: a1965, title: Panniculitis}\n",
    "a text": HEAD + "references: a.bib\n",
    "a text of many lines": HEAD + "references: |\n  a.bib\n",
    "an alias": HEAD + "keywords: &k []\nreferences: *k\n",
    "an anchor": HEAD + "references: &r\n  - id: a1965\n    title: Panniculitis\n",
    "an anchor on the item": HEAD + "references:\n  - &a\n    id: a1965\n    title: Panniculitis\n",
    "a key with a question mark": HEAD + "? references\n: - id: a1965\n",
    "twice": HEAD + "references:\n- id: a1965\nkeywords: [lupus]\nreferences:\n- id: b1966\n",
    "a tab behind": HEAD + "references:\t# none\n",
    "lines that end in CR": (HEAD + "references:\n" + ITEM).replace("\n", "\r"),
}


@pytest.mark.parametrize("form", ODD)
def test_an_odd_case_is_added_to_or_refused_and_left(form: str, tmp_path: Path, capsys: Shown) -> None:
    case = tmp_path / "case.yaml"
    case.write_bytes(ODD[form].encode())
    before = case.read_bytes()
    try:
        old = {key: item.reference for key, item in library_of(case).items()}
    except (Refused, CannotRun, AssertionError):
        old = {}
    code = run(["refs", "add", str(library(NEW, folder=tmp_path)), "--case", str(case)])
    assert "bug in casewriter" not in capsys.readouterr().err
    if code:
        assert case.read_bytes() == before
        return
    one_addition(before, case.read_bytes())
    found = library_of(case)
    assert {key: found[key].reference for key in old} == old
    assert said(found["muller1959"].reference) == {key: value for key, value in NEW.items() if key != "id"}


def library_of(path: Path) -> Mapping[str, LibraryItem]:
    case = open_case(find_cases([str(path)])[0], pictures=False)
    assert case.loaded.case is not None
    return case.library.items


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_case_in_another_encoding_keeps_it(encoding: str, tmp_path: Path) -> None:
    text = LISTS["in the middle"]
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    case = tmp_path / "case.yaml"
    case.write_bytes(mark + text.encode(encoding))
    before = case.read_bytes()
    add(case, library(NEW, folder=tmp_path))
    one_addition(before, case.read_bytes())
    assert held(case)["muller1959"]["author"] == NEW["author"]


def test_several_are_added_in_their_order(tmp_path: Path) -> None:
    case = case_with(tmp_path, "references:\n" + ITEM + "keywords: [lupus]\n")
    items = [NEW | {"title": f"Another title of length {n}", "DOI": f"10.1001/{n}"} for n in range(30)]
    before = case.read_bytes()
    add(case, library(*items, folder=tmp_path))
    one_addition(before, case.read_bytes())
    found = held(case)
    assert [item["title"] for item in found.values()] == ["Panniculitis", *(item["title"] for item in items)]
    letters = ["", *"abcdefghijklmnopqrstuvwxyz", "aa", "ab", "ac"]
    assert list(found)[1:] == [f"muller1959{letter}" for letter in letters]


_WORD = st.text("abcéñßАя日 ", min_size=1, max_size=12).map(lambda text: " ".join(text.split()) or "x")
_SPACE = st.sampled_from(["", "\n", "# a comment: [x] {y}\n", "\n\n# two\n\n"])


@st.composite
def _cases(draw: st.DrawFn) -> str:
    """Return a case file with a list of references somewhere, in some style."""
    keys = draw(st.lists(st.sampled_from("abcdefgh"), max_size=4, unique=True))
    indent = " " * draw(st.integers(0, 4))
    dash = "-" + " " * draw(st.integers(1, 3))
    items = ""
    for key in keys:
        title = draw(_WORD)
        if draw(st.booleans()):
            items += f'{indent}- {{id: {key}1900, title: "{title}, and: more"}}{draw(st.sampled_from(["", "  # x"]))}\n'
        else:
            room = indent + " " * len(dash)
            items += f"{indent}{dash}id: {key}1900\n{room}title: {title} of it\n"
            if draw(st.booleans()):
                items += f"{room}note: {draw(st.sampled_from(['|', '>-']))}\n{room}  {draw(_WORD)}\n\n"
        items += draw(_SPACE)
    block = f"references:{draw(st.sampled_from(['', '  # mine']))}\n{items}"
    before, after = draw(_SPACE) + HEAD + draw(_SPACE), draw(st.sampled_from(["", "keywords: [lupus]\n", "\n"]))
    text = before + (block if draw(st.integers(0, 4)) else "") + after
    text = text.rstrip() if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(_cases())
@QUICK
def test_whatever_the_case_looks_like_its_bytes_stay(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("case")
    case = folder / "case.yaml"
    case.write_bytes(text.encode())
    old = unended(held(case))
    add(case, library(NEW, folder=folder))
    one_addition(text.encode(), case.read_bytes())
    assert unended(held(case)) == old | {"muller1959": {key: value for key, value in NEW.items() if key != "id"}}


def unended(items: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return items whose notes have no last line end: a text that ended with the file must get one."""
    return {key: item | ({"note": item["note"].rstrip()} if "note" in item else {}) for key, item in items.items()}


# -- from every format -----------------------------------------------------------------------------------------

FILES = sorted(path for path in READERS.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_file_holds_is_in_the_case_afterwards(path: Path, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    read = read_file(path.name, path.read_bytes())
    code = run(["refs", "add", str(path), "--case", str(case)])
    shown = capsys.readouterr()
    assert code == (1 if read.refused else 0)
    assert all(f"{path.name}:{line}: " in shown.err for line, _ in read.refused)
    assert f"read {len(read.found)}, refused {len(read.refused)}, added " in shown.err
    texts = list(held(case).values())
    again = shown.out.count("is already in the case")
    assert len(texts) + again == len(read.found)
    for _, reference in read.found:
        if not again:
            assert said(reference) in texts
    once = case.read_bytes()
    run(["refs", "add", str(path), "--case", str(case)])
    assert case.read_bytes() == once, "added a second time, it added something"
    assert ", added 0" in capsys.readouterr().err


BY_FORMAT = {
    "a.bib": '@article{Own:Key_1,\n author = {M{\\"u}ller, Sigfrid A.}, title = {A \\& b}, journal = {J Derm},\n'
    " year = 1959}\n",
    "a.ris": "TY  - JOUR\r\nAU  - Müller, Sigfrid A.\r\nTI  - A & b\r\nJO  - J Derm\r\nPY  - 1959\r\nER  - \r\n",
    "a.nbib": "PMID- 13649944\nDP  - 1959\nTI  - A & b\nFAU - Müller, Sigfrid A\nAU  - Müller SA\nJT  - J Derm\n",
    "a.xml": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>13649944</PMID><Article><Journal><JournalIssue>"
    "<PubDate><Year>1959</Year></PubDate></JournalIssue><Title>J Derm</Title></Journal>"
    "<ArticleTitle>A &amp; b</ArticleTitle><AuthorList><Author><LastName>Müller</LastName>"
    "<ForeName>Sigfrid A</ForeName>"
    "</Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "a.enw.xml": "<xml><records><record><ref-type name='Journal Article'>17</ref-type><contributors><authors><author>"
    "Müller, Sigfrid A.</author></authors></contributors><titles><title>A &amp; b</title><secondary-title>J Derm"
    "</secondary-title></titles><dates><year>1959</year></dates></record></records></xml>",
    "a.json": '{"type": "article-journal", "id": "x", "title": "A & b", "container-title": "J Derm",'
    '"author": [{"family": "Müller", "given": "Sigfrid A."}], "issued": {"date-parts": [["1959"]]}}',
}


@pytest.mark.parametrize("name", BY_FORMAT)
def test_a_record_of_each_format(name: str, tmp_path: Path) -> None:
    case = case_with(tmp_path)
    (tmp_path / name).write_text(BY_FORMAT[name], "utf-8", newline="")
    add(case, tmp_path / name)
    ((key, item),) = held(case).items()
    assert key == {"a.bib": "Own:Key_1", "a.json": "x"}.get(name, "muller1959")
    assert (item["type"], item["title"], item["container-title"]) == ("article-journal", "A & b", "J Derm")
    assert item["issued"] == {"date-parts": [[1959]]}
    assert item["author"][0]["family"] == "Müller"
    assert item["author"][0]["given"].rstrip(".") == "Sigfrid A"


def test_several_files_at_once(tmp_path: Path) -> None:
    case = case_with(tmp_path)
    for name in ("a.bib", "b.ris"):
        (tmp_path / name).write_text(BY_FORMAT[f"a{name[1:]}"].replace("A & b", "Nodules").replace("A \\& b", "Cysts"))
    add(case, tmp_path / "a.bib", tmp_path / "b.ris")
    assert list(held(case)) == ["Own:Key_1", "muller1959"]


def test_broken_records_are_told_and_the_rest_is_added(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    (tmp_path / "a.bib").write_text("@article{a,\n title = {Lupus},\n}\n\n@article{b,\n title {Broken},\n}\n")
    add(case, tmp_path / "a.bib", code=1)
    shown = capsys.readouterr()
    assert f"refused {tmp_path / 'a.bib'}:5: " in shown.err
    assert "read 1, refused 1, added 1" in shown.err
    assert list(held(case)) == ["a"]


def test_a_pasted_list_from_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_with(tmp_path)
    before = case.read_bytes()
    pasted = (
        "1. Muller SA, Winkelmann RK, Brunsting LA. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79(6):669-73.\n"
        "2. Tuffanelli DL, Winkelmann RK. Systemic scleroderma: a clinical study of 727 cases. Arch Dermatol. "
        "1961;84(3):359-71.\n"
    )
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(pasted.encode())))
    add(case, "-")
    one_addition(before, case.read_bytes())
    first, second = held(case).values()
    assert first["title"] == "Calcinosis in dermatomyositis"
    assert [name["family"] for name in first["author"]] == ["Muller", "Winkelmann", "Brunsting"]
    assert (first["volume"], first["issue"], second["volume"]) == ("79", "6", "84")
    assert second["title"] == "Systemic scleroderma: a clinical study of 727 cases"
    assert list(held(case)) == ["muller1959", "tuffanelli1961"]


# -- values ----------------------------------------------------------------------------------------------------

TITLES = (
    "Calcinosis: a case report",
    'The "milk of calcium" sign',
    "It’s the patient's skin",
    "Number #1 # and more",
    "{Braces} and } one",
    "[Article in German]",
    "One | two > three",
    "@home monitoring",
    "Nodules 😀 of the 🦴",
    "- a dash first",
    "-1 is not a number",
    "? why",
    ": colon first",
    "colon last:",
    "& anchor",
    "* star",
    "! tag",
    "% percent",
    "`tick`",
    "> more",
    "| bar",
    "---",
    "...",
    "--- a",
    "yes",
    "No",
    "on",
    "1.10",
    "012",
    "1e3",
    "0x1F",
    "1:30",
    "1959-03-21",
    "null",
    "Null",
    "~",
    "true",
    "<<",
    "=",
    "non\u00a0breaking\u202fspaces\u2009here",
    "soft\u00adhyphen and zero\u200bwidth",
    "back\\slash and \\n",
    "an accent by itself: e\u0301",
    "日本語の論文: 全身性エリテマトーデス",
    "الذئبة الحمامية",
    "{{7*7}} and {{ title }}",
    "[@muller1959] and @fig-a",
    "<i>In vitro</i> CO<sub>2</sub> & <b>more</b>",
    "’Tis a (title) – with – dashes.",
    "comma, in it",
    "a\ttab",
    "x" * 3000,
    "two  spaces",
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("listed", ["", "references: []\n", "references:\n" + ITEM], ids=["none", "flow", "block"])
def test_a_title_survives_character_for_character(title: str, listed: str, tmp_path: Path) -> None:
    case = case_with(tmp_path, listed)
    before = case.read_bytes()
    names = [{"family": title, "given": "A."}, {"literal": title}]
    add(case, library({"id": "k", "title": title, "publisher": title, "author": names}, folder=tmp_path))
    one_addition(before, case.read_bytes())
    found = held(case)["k"]
    assert (found["title"], found["publisher"]) == (title, title)
    assert found["author"] == names


@pytest.mark.parametrize(
    "code", ["\u2028", "\u2029", "\u0085", "\ufeff", "\x7f", "\x9f", "\ufffe", "\x00", "\x1b", "\ud800"]
)
def test_a_character_that_no_case_may_hold_does_not_cost_the_case(code: str, tmp_path: Path, capsys: Shown) -> None:
    """RFC 8259 lets a JSON file hold these; YAML 1.2 (5.1) calls most of them not printable."""
    case = case_with(tmp_path, "references:\n" + ITEM)
    path = library({"id": "k", "title": f"Lupus {code} of the skin"}, folder=tmp_path)
    run(["refs", "add", str(path), "--case", str(case)])
    assert "bug in casewriter" not in capsys.readouterr().err
    assert "winkelmann1965" in held(case)


DATES = (
    {"date-parts": [[1959]]},
    {"date-parts": [[1959, 3]]},
    {"date-parts": [[1959, 3, 21]]},
    {"date-parts": [[1995, 11], [1995, 12]]},
    {"date-parts": [[1995], [1996]]},
    {"date-parts": [[1995, 12, 30], [1996, 1, 2]]},
    {"date-parts": [[2005]], "season": 1},
    {"date-parts": [[2005]], "season": 4},
    {"date-parts": [[1480]], "circa": True},
    {"date-parts": [[800]]},
    {"date-parts": [[-44]]},
    {"literal": "in press"},
    {"literal": "n.d."},
    {"literal": "no: date # yet"},
)


@pytest.mark.parametrize("date", DATES, ids=str)
def test_a_date_survives(date: dict[str, Any], tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library({"id": "k", "title": "Lupus", "issued": date, "accessed": date}, folder=tmp_path))
    found = held(case)["k"]
    assert found["issued"] == date
    assert found["accessed"] == date


NAMES = (
    {"family": "Muller", "given": "S. A."},
    {"family": "Müller", "given": "Hans-Peter"},
    {"family": "Dupont", "given": "J.-P."},
    {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
    {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"family": "O'Brien", "given": "K."},
    {"family": "Plato"},
    {"given": "Madonna"},
    {"literal": "World Health Organization"},
    {"literal": "Smith, Jones and Partners"},
    {"literal": "WHO Group A"},
    {"literal": "Muller SA"},
    {"literal": "NICE"},
    {"literal": "A B"},
    {"family": "DE LA CRUZ", "given": "A."},
    {"family": "Van der Berg AB", "given": "C."},
    {"family": "王", "given": "小明"},
    {"family": "no", "given": "yes"},
    {"family": "Kim", "given": "A. B. C. D. E. F."},
)


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_a_name_survives(name: dict[str, str], tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library({"id": "k", "title": "Lupus", "author": [name], "editor": [name] * 12}, folder=tmp_path))
    found = held(case)["k"]
    assert found["author"] == [name]
    assert found["editor"] == [name] * 12


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"), max_size=40
)
_WORDS = _TEXT.map(str.strip).filter(bool)


@given(_WORDS, _WORDS, st.booleans())
@example("a: b", "- c", True)
@QUICK
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, title: str, name: str, flow: bool) -> None:
    folder = tmp_path_factory.mktemp("case")
    case = case_with(folder, "references: []\n" if flow else "")
    item = {"id": "k", "title": title, "author": [{"literal": name}], "volume": title, "genre": name}
    path = library(item, folder=folder)
    read = read_file(path.name, path.read_bytes())
    assume(not read.refused)
    add(case, path)
    assert held(case)["k"] == said(read.found[0][1])
    assert held(case)["k"]["title"] == title


# -- the same work ---------------------------------------------------------------------------------------------

LONG = "Calcinosis universalis in systemic lupus"
SAME: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("DOI, other case", {"DOI": "10.1001/Archderm.1959.A"}, {"DOI": "10.1001/archderm.1959.a"}),
    ("DOI as an address", {"DOI": "10.1001/a"}, {"DOI": "https://doi.org/10.1001/a"}),
    ("DOI as an old address", {"DOI": "http://dx.doi.org/10.1001/a"}, {"DOI": "10.1001/a"}),
    ("DOI with doi:", {"DOI": "doi:10.1001/a"}, {"DOI": "10.1001/A"}),
    ("DOI, whatever else differs", {"DOI": "10.1001/a", "volume": "1"}, {"DOI": "10.1001/a", "volume": "2"}),
    ("PMID", {"PMID": "13649944"}, {"PMID": "13649944"}),
    ("PMID with its name", {"PMID": "PMID: 13649944"}, {"PMID": "13649944"}),
    ("title and year", {"title": LONG}, {"title": LONG}),
    ("title with accents", {"title": "Über die Kalzinose der Hände"}, {"title": "Uber die Kalzinose der Hande"}),
    (
        "title with tags",
        {"title": "Growth of <i>M. leprae</i> in CO<sub>2</sub>"},
        {"title": "Growth of M. leprae in CO2"},
    ),
    (
        "title with punctuation",
        {"title": "Calcinosis – in “systemic” lupus?"},
        {"title": "Calcinosis in systemic lupus."},
    ),
    ("title in capitals", {"title": LONG}, {"title": LONG.upper()}),
    ("title, one with DOI", {"title": LONG, "DOI": "10.1001/a"}, {"title": LONG}),
    ("title, first page", {"title": LONG, "page": "669-673"}, {"title": LONG, "page": "669-73"}),
    ("title, first page alone", {"title": LONG, "page": "669–673"}, {"title": LONG, "page": "669"}),
    (
        "a short title, all the same",
        {"title": "Lupus", "volume": "1", "page": "2-3"},
        {"title": "Lupus", "volume": "1", "page": "2-3"},
    ),
)
OTHER: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("other DOI", {"title": LONG, "DOI": "10.1001/a"}, {"title": LONG, "DOI": "10.1001/b"}),
    ("other PMID", {"title": LONG, "PMID": "1"}, {"title": LONG, "PMID": "2"}),
    ("other DOI, same PMID", {"DOI": "10.1001/a", "PMID": "1"}, {"DOI": "10.1001/b", "PMID": "1"}),
    ("other volume", {"title": LONG, "volume": "79"}, {"title": LONG, "volume": "80"}),
    ("other first page", {"title": LONG, "page": "669-673"}, {"title": LONG, "page": "12-14"}),
    ("other year", {"title": LONG}, {"title": LONG, "issued": {"date-parts": [[1960]]}}),
    ("other title", {"title": LONG}, {"title": f"{LONG} and sclerosis"}),
    ("a word that tells no work", {"title": "Editorial", "volume": "1"}, {"title": "Editorial", "volume": "2"}),
    ("no title at all", {"volume": "1"}, {"volume": "2"}),
    ("a DOI within the other", {"DOI": "10.1001/a"}, {"DOI": "10.1001/a.1"}),
)
YEAR = {"issued": {"date-parts": [[1959]]}, "author": [{"family": "Müller", "given": "S. A."}]}


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_a_work_is_not_added_again(one: dict[str, Any], other: dict[str, Any], tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    add(case, library({"id": "mine", **YEAR, **one}, folder=tmp_path))
    capsys.readouterr()
    add(case, library({"id": "theirs", **YEAR, **other}, folder=tmp_path))
    assert list(held(case)) == ["mine"]
    assert "mine  is already in the case" in capsys.readouterr().out


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME])
def test_a_work_twice_in_one_file_is_added_once(one: dict[str, Any], other: dict[str, Any], tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library({"id": "mine", **YEAR, **one}, {"id": "theirs", **YEAR, **other}, folder=tmp_path))
    assert list(held(case)) == ["mine"]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in OTHER], ids=[pair[0] for pair in OTHER])
def test_another_work_is_not_taken_for_it(one: dict[str, Any], other: dict[str, Any], tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library({"id": "mine", **YEAR, **one}, folder=tmp_path))
    add(case, library({"id": "theirs", **YEAR, **other}, folder=tmp_path))
    assert list(held(case)) == ["mine", "theirs"]


def test_adding_twice_adds_nothing(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    path = library(NEW, folder=tmp_path)
    add(case, path)
    before = case.read_bytes()
    capsys.readouterr()
    add(case, path)
    assert case.read_bytes() == before
    shown = capsys.readouterr()
    assert "muller1959  is already in the case (same DOI)" in shown.out
    assert "wrote" not in shown.err
    assert "read 1, refused 0, added 0" in shown.err


def test_keys_are_free_and_those_of_a_bib_file_are_kept(tmp_path: Path) -> None:
    case = case_with(tmp_path, "references:\n  - {id: muller1959, title: Something else altogether}\n")
    ris = "".join(
        f"TY  - JOUR\nAU  - Müller, S\nTI  - A long title, number {n}\nPY  - 1959\nVL  - {n}\nER  - \n" for n in (1, 2)
    )
    (tmp_path / "a.ris").write_text(ris, "utf-8")
    bib = "@article{DBLP:journals/x+1,\n title = {One}}\n@article{muller1959,\n title = {Other than these}}\n"
    (tmp_path / "a.bib").write_text(bib, "utf-8")
    add(case, tmp_path / "a.ris")
    assert list(held(case)) == ["muller1959", "muller1959a", "muller1959b"]
    add(case, tmp_path / "a.bib")
    assert list(held(case)) == ["muller1959", "muller1959a", "muller1959b", "DBLP:journals/x+1", "muller1959c"]


FULL = {"id": "k", "DOI": "10.1001/a", "volume": "79", "issue": "6", "page": "669-673", "PMID": "13649944"}
MAPPINGS = {
    "block": "references:\n  - id: k\n    DOI: 10.1001/a\n    volume: 79\n    # of mine\n",
    "block, more behind": "references:\n- id: k\n  volume: 79  # vol\n  DOI: 10.1001/a\n- id: z\n  title: Zoster\n",
    "block, no line end": "references:\n  - id: k\n    volume: 79\n    DOI: 10.1001/a",
    "block, a note of many lines": "references:\n- id: k\n  volume: 79\n  DOI: 10.1001/a\n  note: |\n    one\n"
    "\n    two\n\n",
    "block, wide dash": "references:\n  -   id: k\n      volume: 79\n      DOI: 10.1001/a\nkeywords: [lupus]\n",
    "block, names last": "references:\n- id: k\n  volume: 79\n  DOI: 10.1001/a\n  author:\n  - Muller SA\n"
    "  - Berg J\nnocite: [all]\n",
    "an empty value": "references:\n- id: k\n  issue:\n  volume: 79\n  DOI: 10.1001/a\nkeywords: [lupus]\n",
    "an empty value last": "references:\n- id: k\n  volume: 79\n  DOI: 10.1001/a\n  issue:\nkeywords: [lupus]\n",
    "flow": "references:\n  - {id: k, DOI: 10.1001/a, volume: 79}  # vol\n",
    "flow, lines": "references:\n  - {id: k,\n     DOI: 10.1001/a,\n     volume: 79\n    }\n",
    "flow, a comma last": "references:\n  - {id: k, DOI: 10.1001/a, volume: 79,}\n",
    "flow in flow": "references: [{id: k, DOI: 10.1001/a, volume: 79}, {id: z, title: Zoster}]\n",
    "flow, a comment last": "references:\n  - {id: k, DOI: 10.1001/a, volume: 79  # }\n    }\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("form", MAPPINGS)
def test_what_a_record_lacks_is_filled_in(form: str, ending: str, tmp_path: Path, capsys: Shown) -> None:
    before = (HEAD + MAPPINGS[form]).replace("\n", ending)
    case = tmp_path / "case.yaml"
    case.write_bytes(before.encode())
    old = held(case)
    add(case, library(FULL | {"title": "Theirs"}, folder=tmp_path))
    after = case.read_bytes().decode()
    if "empty" not in form:
        one_addition(before.encode(), after.encode())
    if "flow" not in form and ending == "\n" and before.endswith("\n") and "empty" not in form:
        assert {line.strip().partition(":")[0] for line in only_additions(before, after)} == {"issue", "page", "PMID"}
    assert held(case) == old | {"k": old["k"] | {key: FULL[key] for key in ("issue", "page", "PMID")}}
    assert "k  is already in the case (same DOI); adds " in capsys.readouterr().out
    once = case.read_bytes()
    add(case, library(FULL | {"title": "Theirs"}, folder=tmp_path))
    assert case.read_bytes() == once


def test_two_records_of_a_work_fill_it_in_once(tmp_path: Path) -> None:
    case = case_with(tmp_path, "references:\n- {id: k, DOI: 10.1001/a}\n")
    add(
        case,
        library(
            {"id": "a", "DOI": "10.1001/a", "volume": "79"},
            {"id": "b", "DOI": "10.1001/a", "volume": "79", "page": "1"},
            folder=tmp_path,
        ),
    )
    assert held(case) == {"k": {"type": "document", "DOI": "10.1001/a", "volume": "79", "page": "1"}}


def test_additions_and_new_references_at_once(tmp_path: Path) -> None:
    case = case_with(tmp_path, "references:\n- id: k\n  DOI: 10.1001/a\nkeywords: [lupus]\n")
    before = case.read_text("utf-8")
    add(
        case,
        library(
            {"id": "k2", "DOI": "10.1001/a", "volume": "79"}, {"id": "new1", "title": "A new one"}, folder=tmp_path
        ),
    )
    added = only_additions(before, case.read_text("utf-8"))
    assert added[0].split() == ["volume:", "79"]
    assert added[1].split() == ["-", "id:", "new1"]
    assert list(held(case)) == ["k", "new1"]


def test_differences_are_told_and_nothing_is_overwritten(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path, "references:\n- {id: k, DOI: 10.1001/a, volume: 79, page: 669-673, issued: 1959}\n")
    before = case.read_bytes()
    theirs = {"id": "t", "DOI": "10.1001/A", "volume": "80", "page": "669-673", "issued": {"date-parts": [[1958]]}}
    add(case, library(theirs, folder=tmp_path))
    shown = capsys.readouterr().out
    assert case.read_bytes() == before
    assert "volume: 79 in the case, 80 in " in shown
    assert "issued: 1959 in the case, 1958 in " in shown
    assert "page:" not in shown
    assert "DOI:" not in shown


# -- into a file of references ----------------------------------------------------------------------------------

INTO = ("refs.bib", "refs.ris", "refs.json")


@pytest.mark.parametrize("name", INTO)
def test_into_a_new_file(name: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path, "keywords: [lupus]\n")
    before = case.read_bytes()
    add(case, library(NEW, folder=tmp_path), "--into", name)
    assert f"file: {name}" in one_addition(before, case.read_bytes()).decode()
    assert "muller1959  " in capsys.readouterr().out
    assert held(case) == {"muller1959": {key: value for key, value in NEW.items() if key != "id"}}
    once = case.read_bytes(), (tmp_path / name).read_bytes()
    add(case, library(NEW, folder=tmp_path), "--into", name)
    assert (case.read_bytes(), (tmp_path / name).read_bytes()) == once


@pytest.mark.parametrize(
    "name", ["refs.bib", "./refs.bib", "sub/refs.bib", "new/refs.ris", "sub/../refs.json", "REFS.BIB"]
)
@pytest.mark.parametrize("way", ["case.yaml", ".", "./case.yaml", "../link", "../link/case.yaml", "{folder}", "{link}"])
def test_into_a_file_by_any_way_to_the_case(
    way: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    folder, link = tmp_path / "real", tmp_path / "link"
    (folder / "sub").mkdir(parents=True)
    link.symlink_to(folder)
    case = case_with(folder)
    library(NEW, folder=tmp_path)
    monkeypatch.chdir(folder)
    way = way.replace("{folder}", str(folder)).replace("{link}", str(link))
    assert run(["refs", "add", "../new.json", "--case", way, "--into", name]) == 0, capsys.readouterr().err
    assert list(held(case)) == ["muller1959"]
    assert (folder / name).is_file()
    capsys.readouterr()
    assert run(["refs", "add", "../new.json", "--case", way, "--into", name]) == 0
    assert "added 0" in capsys.readouterr().err


def test_into_a_file_while_another_record_is_filled_in(tmp_path: Path) -> None:
    case = case_with(tmp_path, "references:\n- id: k\n  DOI: 10.1001/a\n- {file: a.bib}\n")
    (tmp_path / "a.bib").write_text("@article{old, title = {Lupus}}\n")
    before = case.read_text("utf-8")
    add(case, library(NEW, {"id": "t", "DOI": "10.1001/a", "volume": "79"}, folder=tmp_path), "--into", "a.bib")
    assert [line.split() for line in only_additions(before, case.read_text("utf-8"))] == [["volume:", "79"]]
    assert list(held(case)) == ["k", "old", "muller1959"]


def test_a_text_that_ends_with_the_file_is_no_hindrance(tmp_path: Path) -> None:
    """A text under “|” whose line has no end gets one, since something stands behind it now; nothing else changes."""
    case = case_with(tmp_path, "references:\n- id: a1965\n  note: |\n    one")
    before = case.read_bytes()
    add(case, library(NEW, folder=tmp_path))
    one_addition(before, case.read_bytes())
    found = held(case)
    assert (found["a1965"]["note"].strip(), list(found)) == ("one", ["a1965", "muller1959"])


@pytest.mark.parametrize("name", INTO)
def test_a_second_time_into_the_same_file(name: str, tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library(NEW, folder=tmp_path), "--into", name)
    once, file = case.read_bytes(), (tmp_path / name).read_bytes()
    add(case, library({"id": "", **YEAR, "title": "Another title of the same man"}, folder=tmp_path), "--into", name)
    assert case.read_bytes() == once
    one_addition(file, (tmp_path / name).read_bytes())
    assert list(held(case)) == ["muller1959", "muller1959a"]


@pytest.mark.parametrize("name", INTO)
def test_the_key_that_is_told_is_the_key_that_is_read(name: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    (tmp_path / "own.bib").write_text("@article{Own:Key_1,\n author = {Muller, S. A.}, title = {Lupus}, year = 1959}\n")
    add(case, tmp_path / "own.bib", "--into", name)
    assert list(held(case)) == [capsys.readouterr().out.split()[0]]
    if not name.endswith(".ris"):  # a key of RIS is mostly the number of a database, and ours alone are kept
        assert list(held(case)) == ["Own:Key_1"]


EXISTING = {
    "a.bib": "@string{x = {Lupus}}\n\n% mine\n@article{old, title = x # { and more}}\n",
    "b.bib": "@article{old, title = {Lupus and more}}",
    "c.bib": "@article{old,\r\n title = {Lupus and more}}\r\n",
    "d.bib": "",
    "e.bib": "\n\n",
    "a.ris": "TY  - JOUR\nID  - old1900\nTI  - Lupus\nER  - \n",
    "b.ris": "TY  - JOUR\nID  - old1900\nTI  - Lupus\nER  -",
    "c.ris": "TY  - JOUR\r\nID  - old1900\r\nTI  - Lupus\r\nER  - \r\n\r\n",
    "a.json": '[{"id": "old", "type": "book",\n "title": "A ] b"}]',
    "b.json": '[\n  {"id": "old", "type": "book", "title": "Lupus"}\n]\n',
    "c.json": "[]",
    "d.json": "[\n]\n\n",
    "e.json": '\ufeff[{"id": "old", "type": "book", "title": "Lupus"}]\r\n',
    "f.json": "",
    "g.json": "  \n",
}


@pytest.mark.parametrize("name", EXISTING)
def test_into_a_file_that_is_there(name: str, tmp_path: Path) -> None:
    case = case_with(tmp_path, f"references:\n  - file: {name}\n")
    file = tmp_path / name
    file.write_text(EXISTING[name], "utf-8", newline="")
    before, listed = file.read_bytes(), case.read_bytes()
    first = read_file(name, before).found
    add(
        case,
        library(NEW, {**NEW, "id": "", "DOI": "10.1001/x", "title": "Another of them"}, folder=tmp_path),
        "--into",
        name,
    )
    assert case.read_bytes() == listed
    after = file.read_bytes()
    if name.endswith(".json"):
        old = json.loads(before.decode("utf-8-sig") if before.strip() else "[]")
        found = json.loads(after.decode("utf-8-sig"))
        assert found[: len(old)] == old
        assert before.decode().rstrip().rstrip("]").rstrip() in after.decode()
    else:
        assert after.startswith(before)
    assert [ref.id for _, ref in read_file(name, after).found] == [
        *(ref.id for _, ref in first),
        "muller1959",
        "muller1959a",
    ]
    assert held(case)["muller1959"]["author"] == NEW["author"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_into_a_file_of_another_encoding_garbles_nothing(encoding: str, tmp_path: Path) -> None:
    case = case_with(tmp_path, "references: [{file: a.bib}]\n")
    (tmp_path / "a.bib").write_text("@article{old,\n title = {Über die Kälte}}\n", encoding)
    run(["refs", "add", str(library(NEW, folder=tmp_path)), "--case", str(case), "--into", "a.bib"])
    found = held(case)
    assert found["old"]["title"] == "Über die Kälte"
    if "muller1959" in found:
        assert found["muller1959"]["author"] == NEW["author"]


@pytest.mark.parametrize(
    "content",
    ['{"items": [{"id": "old"}]}', '{"id": "old"}', "[1, 2", "not json", '"]"', '[{"id": "a"}] trailing ]'],
)
def test_a_json_file_that_is_no_list_is_left_alone(content: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    before = case.read_bytes()
    (tmp_path / "a.json").write_text(content)
    add(case, library(NEW, folder=tmp_path), "--into", "a.json", code=2)
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "a.json").read_text() == content
    assert case.read_bytes() == before


@pytest.mark.parametrize("name", ["../out.bib", "../out.json", "sub/../../out.ris", "{outside}/out.bib", "~/out.bib"])
@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
def test_a_file_outside_the_folder_is_refused(name: str, there: bool, tmp_path: Path, capsys: Shown) -> None:
    folder = tmp_path / "project" / "case"
    folder.mkdir(parents=True)
    name = name.replace("{outside}", str(tmp_path))
    target = folder / name
    if there and not name.startswith("~"):
        target.parent.resolve().mkdir(parents=True, exist_ok=True)
        (folder / "sub").mkdir()
        target.write_text("")
    case = case_with(folder)
    before = case.read_bytes()
    everything = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    add(case, library(NEW, folder=folder), "--into", name, code=2)
    assert case.read_bytes() == before
    found = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found.keys() - everything.keys() == {folder / "new.json"}
    assert {path: found[path] for path in everything} == everything
    assert name.rpartition("/")[2] in one_line(capsys) if "adds" in name else True


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "out.bib").write_text("@article{old, title = {Lupus}}\n")
    (folder / "in.bib").symlink_to(tmp_path / "out.bib")
    (folder / "dangling.bib").symlink_to(tmp_path / "nothing.bib")
    case = case_with(folder)
    for name in ("in.bib", "dangling.bib"):
        add(case, library(NEW, folder=folder), "--into", name, code=2)
    assert (tmp_path / "out.bib").read_text() == "@article{old, title = {Lupus}}\n"
    assert not (tmp_path / "nothing.bib").exists()
    assert (folder / "in.bib").is_symlink()


@pytest.mark.parametrize("name", ["refs.txt", "refs", "refs.yaml", "case.yaml", "refs.xml"])
def test_other_endings_are_refused(name: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    before = case.read_bytes()
    add(case, library(NEW, folder=tmp_path), "--into", name, code=2)
    assert name in capsys.readouterr().err
    assert case.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "new.json"]


def test_a_work_of_a_file_is_not_added_again(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path, "references: [{file: a.bib}]\n")
    (tmp_path / "a.bib").write_text("@article{old,\n doi = {10.1001/a}}\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    add(case, library({"id": "n", "DOI": "10.1001/A", "volume": "79"}, folder=tmp_path))
    shown = capsys.readouterr()
    assert "old  is already in the case (same DOI)" in shown.out
    assert "a.bib" in shown.err
    assert {path: path.read_bytes() for path in before} == before


# -- nothing is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--into", "a.bib"), ("--into", "new.ris")], ids=["case", "bib", "ris"])
def test_diff_writes_nothing(more: tuple[str, ...], tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path, "references:\n- {id: k, DOI: 10.1001/a}\n- {file: a.bib}\n")
    (tmp_path / "a.bib").write_text("@article{old, title = {Lupus}}\n")
    path = library(NEW, {"id": "t", "DOI": "10.1001/a", "volume": "79"}, folder=tmp_path)
    before = {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in tmp_path.iterdir()}
    add(case, path, "--diff", *more)
    assert {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in tmp_path.iterdir()} == before
    shown = capsys.readouterr()
    added = "".join(line[1:] for line in shown.out.splitlines() if line.startswith("+") and not line.startswith("+++"))
    assert NEW["title"] in added
    assert "volume: 79" in added
    assert "wrote" not in shown.err


@pytest.mark.parametrize("verb", [["add", "x.bib"], ["list"], ["check"]], ids=lambda verb: verb[0])
def test_of_several_cases_one_must_be_named(
    verb: list[str], tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / "cases" / name).mkdir(parents=True)
        case_with(tmp_path / "cases" / name)
    (tmp_path / "x.bib").write_text(BY_FORMAT["a.bib"], "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["refs", *verb]) == 2
    line = one_line(capsys)
    assert "cases/one" in line
    assert "cases/two" in line
    assert "references" not in (tmp_path / "cases" / "one" / "case.yaml").read_text()


def test_the_only_case_need_not_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cases" / "one").mkdir(parents=True)
    case = case_with(tmp_path / "cases" / "one")
    library(NEW, folder=tmp_path)
    monkeypatch.chdir(tmp_path)
    assert run(["refs", "add", "new.json"]) == 0
    assert list(held(case)) == ["muller1959"]


BAD: dict[str, bytes | None] = {
    "missing.bib": None,
    "empty.bib": b"",
    "blank.ris": b" \n\n",
    "picture.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
    "zeros.bib": bytes(5000),
    "page.html": b"<!DOCTYPE html><html><body><p>Log in</p></body></html>",
    "words.txt": b"hello world\n",
    "number.json": b"12",
    "broken.json": b"{",
    "cut.xml": b"<PubmedArticleSet><PubmedArticle>",
    "bomb.xml": b'<!DOCTYPE x [<!ENTITY a "a">]><PubmedArticleSet><PubmedArticle>&a;'
    b"</PubmedArticle></PubmedArticleSet>",
    "deep.json": b"[" * 100_000,
}


@pytest.mark.parametrize("verb", ["add", "convert"])
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_none_costs_nothing(name: str, verb: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    before = case.read_bytes()
    if (data := BAD[name]) is not None:
        (tmp_path / name).write_bytes(data)
    more = ["--case", str(case)] if verb == "add" else ["--to", "ris"]
    code = run(["refs", verb, str(tmp_path / name), *more])
    shown = capsys.readouterr()
    assert code in (1, 2)
    assert name in shown.err
    assert "Traceback" not in shown.err
    assert "bug in casewriter" not in shown.err
    assert len(shown.err.splitlines()) == (1 if code == 2 else 2)
    assert shown.out == ""
    assert case.read_bytes() == before


def test_a_folder_is_no_file(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    add(case, tmp_path, code=2)
    one_line(capsys)
    assert run(["refs", "convert", str(tmp_path), "--to", "ris"]) == 2
    one_line(capsys)


def test_a_file_that_may_not_be_read(tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    case, path = case_with(tmp_path), library(NEW, folder=tmp_path)
    whole = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name == path.name:
            raise PermissionError(13, "Permission denied", str(self))
        return whole(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    add(case, path, code=2)
    assert path.name in one_line(capsys)


BROKEN_CASES = (
    "format: 1\ntitle: [\n",
    "- a\n- b\n",
    "format: 1\nreferences: 5\n",
    "references: {id: a}\n",
    "a: b: c\n",
    "",
)


@pytest.mark.parametrize("text", BROKEN_CASES, ids=repr)
@pytest.mark.parametrize("verb", ["add", "list", "check"])
def test_a_case_that_cannot_be_read_stays_as_it_is(verb: str, text: str, tmp_path: Path, capsys: Shown) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(text)
    path = library(NEW, folder=tmp_path)
    code = run(["refs", "add", str(path), "--case", str(case)] if verb == "add" else ["refs", verb, str(case)])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert "bug in casewriter" not in shown.err
    if code == 2:
        assert len(shown.err.splitlines()) == 1
        assert case.read_text() == text
    elif verb == "add":
        assert "muller1959" in held(case)


def test_a_full_disk_costs_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown) -> None:
    case, path = case_with(tmp_path), library(NEW, folder=tmp_path)
    before = case.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    add(case, path, code=2)
    assert "No space left" in one_line(capsys)
    assert case.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case.yaml", "new.json"]


# -- list, check -----------------------------------------------------------------------------------------------

CITING = (
    HEAD
    + """\
introduction: Calcium is found in the skin [@beta2000], and in muscle [@alpha1999; @beta2000].
references:
  - {id: alpha1999, type: book, title: Alpha: the book, author: [Muller SA], issued: 1999, publisher: Thieme}
  - {id: beta2000, type: book, title: Beta book, author: [Berg J], issued: 2000, publisher: Karger}
  - {id: gamma2001, type: book, title: Gamma book, author: [Klee P], issued: 2001, publisher: Springer}
  - {id: delta2002, placeholder: the paper of 2002}
  - file: more.bib
""".replace("Alpha: the book", '"Alpha: the book"')
)


@pytest.fixture
def citing(tmp_path: Path) -> Path:
    (tmp_path / "more.bib").write_text("\n@book{eta2003,\n title = {Eta book}, year = 2003}\n")
    return case_with(tmp_path, head=CITING)


def test_the_list_has_the_numbers_of_the_article(citing: Path, capsys: Shown) -> None:
    assert run(["refs", "list", str(citing), "--output-format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == 1
    rows = found["references"]
    assert [(row["key"], row["number"]) for row in rows] == [
        ("beta2000", 1),
        ("alpha1999", 2),
        ("gamma2001", None),
        ("delta2002", None),
        ("eta2003", None),
    ]
    assert "Beta book" in rows[0]["text"]
    assert "Alpha: the book" in rows[1]["text"]
    assert rows[4]["place"].endswith("more.bib:2")
    lines = CITING.splitlines()
    for row in rows[:4]:
        assert f"id: {row['key']}," in lines[int(row["place"].rpartition(":")[2]) - 1]


def test_the_list_in_text(citing: Path, capsys: Shown) -> None:
    assert run(["refs", "list", str(citing)]) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["1", "beta2000"], ["2", "alpha1999"]]
    assert len(lines) == 5
    assert sum("(not cited)" in line for line in lines) == 3
    assert "the paper of 2002" in lines[3]


def test_a_case_without_references_lists_none(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    assert run(["refs", "list", str(case)]) == 0
    assert capsys.readouterr().out == ""
    assert run(["refs", "list", str(case), "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "references": []}


WHOLE = "references:\n  - {id: a1999, type: book, title: Alpha, author: [Muller SA], issued: 1999, publisher: Thieme}\n"
CHECKED = (
    (WHOLE + "introduction: Skin [@a1999].\n", 0, ""),
    (WHOLE, 0, "REF007"),
    (WHOLE + '  - {id: a1999, type: book, title: "Beta"}\n', 1, "REF001"),
    (WHOLE.replace("title: Alpha", "DOI: 10.1/x y"), 1, "REF010"),
    (WHOLE.replace("title: Alpha", "PMID: 12x"), 1, "REF011"),
    (WHOLE.replace("title: Alpha, ", ""), 0, "REF009"),
    ("references: [{file: none.bib}]\n", 1, "REF003"),
)


@pytest.mark.parametrize(("references", "code", "rule"), CHECKED, ids=[f"{one[1]} {one[2]}" for one in CHECKED])
def test_check_without_the_network(references: str, code: int, rule: str, tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path, references)
    before = case.read_bytes()
    assert run(["refs", "check", str(case)]) == code
    shown = capsys.readouterr()
    assert (f" {rule} " in shown.out) == bool(rule)
    assert all(" REF" in line for line in shown.out.splitlines())
    assert " references, " in shown.err
    assert "--online" in shown.err
    assert case.read_bytes() == before
    assert not (tmp_path / "references.lock.json").exists()


# -- convert, export -------------------------------------------------------------------------------------------

FORMS = {"csl-json": ".csl.json", "bibtex": ".bib", "ris": ".ris"}
READ_AS = {"csl-json": "csl-json", "bibtex": "bibtex", "ris": "ris"}


@pytest.mark.parametrize("form", FORMS)
def test_convert_prints_the_references_and_nothing_else(form: str, tmp_path: Path, capsys: Shown) -> None:
    first = library(NEW, folder=tmp_path)
    (tmp_path / "b.bib").write_text("@book{b,\n title = {Beta}}\n@book{c,\n title {Broken}}\n")
    assert run(["refs", "convert", str(first), "--to", form]) == 0
    shown = capsys.readouterr()
    assert shown.err == "read 1, refused 0\n"
    read = read_file("x", shown.out.encode())
    assert (read.format, read.refused) == (READ_AS[form], [])
    assert [ref.title for _, ref in read.found] == [NEW["title"]]
    assert run(["refs", "convert", str(first), str(tmp_path / "b.bib"), "--to", form]) == 1
    shown = capsys.readouterr()
    assert [ref.title for _, ref in read_file("x", shown.out.encode()).found] == [NEW["title"], "Beta"]
    lines = shown.err.splitlines()
    assert lines[0].startswith(f"{tmp_path / 'b.bib'}:3: ")
    assert lines[1] == "read 2, refused 1"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_convert_loses_no_record(path: Path, form: str, capsys: Shown) -> None:
    wanted = read_file(path.name, path.read_bytes())
    assert run(["refs", "convert", str(path), "--to", form]) == (1 if wanted.refused else 0)
    shown = capsys.readouterr()
    found = read_file("x", shown.out.encode())
    assert found.refused == ([] if wanted.found or form == "csl-json" else [(1, "the file is empty")])
    assert len(found.found) == len(wanted.found)
    assert [(ref.doi, ref.pmid) for _, ref in found.found] == [(ref.doi, ref.pmid) for _, ref in wanted.found]
    assert shown.err.splitlines()[-1] == f"read {len(wanted.found)}, refused {len(wanted.refused)}"


def test_convert_asks_for_a_format_that_it_knows(tmp_path: Path, capsys: Shown) -> None:
    path = library(NEW, folder=tmp_path)
    assert run(["refs", "convert", str(path)]) == 2
    assert run(["refs", "convert", str(path), "--to", "word"]) == 2
    shown = capsys.readouterr()
    assert all(form in shown.err for form in FORMS)
    assert run(["refs", "convert"]) == 2


def test_export_writes_a_file_of_each_format(citing: Path, tmp_path: Path, capsys: Shown) -> None:
    out = tmp_path / "out"
    before = citing.read_bytes()
    assert run(["export", str(citing), "--to", "csl-json, bibtex,ris", "-o", str(out)]) == 0
    slug = tmp_path.name
    assert {path.name for path in (out / slug).iterdir()} == {f"{slug}{ending}" for ending in FORMS.values()}
    for form, ending in FORMS.items():
        read = read_file("x", (out / slug / f"{slug}{ending}").read_bytes())
        assert (read.format, read.refused) == (READ_AS[form], [])
        assert [ref.title for _, ref in read.found] == ["Alpha: the book", "Beta book", "Gamma book", "Eta book"]
    assert "1 placeholder" in capsys.readouterr().err
    assert citing.read_bytes() == before


def test_export_of_all_cases_goes_to_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / "cases" / name).mkdir(parents=True)
        case_with(tmp_path / "cases" / name, WHOLE)
    monkeypatch.chdir(tmp_path)
    assert run(["export", "--to", "ris"]) == 0
    found = sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "output").rglob("*.*"))
    assert found == ["output/one/one.ris", "output/two/two.ris"]


@pytest.mark.parametrize("form", ["word", "", ",", "ris,word"])
def test_export_refuses_other_formats(form: str, citing: Path, tmp_path: Path, capsys: Shown) -> None:
    assert run(["export", str(citing), "--to", form, "-o", str(tmp_path / "out")]) == 2
    line = one_line(capsys)
    assert all(known in line for known in FORMS)
    assert not (tmp_path / "out").exists()


# -- what a new user's tries showed --------------------------------------------------------------------------------


def project_with(folder: Path, *slugs: str) -> Path:
    for slug in slugs:
        (folder / "cases" / slug).mkdir(parents=True)
        case_with(folder / "cases" / slug)
    return folder


def test_a_case_is_named_by_its_slug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_with(tmp_path, "itch", "lupus"))
    library(NEW, folder=tmp_path)
    assert run(["refs", "add", "new.json", "--case", "itch"]) == 0
    assert [list(held(tmp_path / "cases" / slug)) for slug in ("itch", "lupus")] == [["muller1959"], []]


def test_the_case_one_stands_in_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project_with(tmp_path, "itch", "lupus") / "cases" / "lupus")
    assert run(["refs", "add", str(library(NEW, folder=tmp_path))]) == 0
    assert list(held(tmp_path / "cases" / "lupus")) == ["muller1959"]


def test_of_many_cases_some_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown) -> None:
    monkeypatch.chdir(project_with(tmp_path, *"abcdef"))
    assert run(["refs", "list"]) == 2
    assert "cases/a, cases/b, cases/c, cases/d, cases/e, …" in one_line(capsys)


def test_a_case_that_is_no_yaml_is_told_with_its_place(tmp_path: Path, capsys: Shown) -> None:
    (tmp_path / "case.yaml").write_text("format: 1\ntitle: a: b\n", "utf-8")
    assert run(["refs", "add", str(library(NEW, folder=tmp_path)), "--case", str(tmp_path)]) == 2
    assert "case.yaml:2:" in one_line(capsys)


def test_a_source_that_cannot_be_read_keeps_no_other_back(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    (tmp_path / "list.docx").write_bytes(b"PK\x03\x04..")
    add(case, tmp_path / "list.docx", library(NEW, folder=tmp_path), tmp_path / "gone.bib", code=1)
    assert list(held(case)) == ["muller1959"]
    told = capsys.readouterr().err
    assert "read 1, refused 2, added 1" in told
    assert "list.docx: this is a Word" in told
    assert "gone.bib: not a file, a DOI or a PubMed id" in told


def test_a_case_as_a_source_is_told_how_it_is_named(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    add(case, library(NEW, folder=tmp_path), case, tmp_path, code=1)
    told = capsys.readouterr().err
    assert f"give --case {case}\n" in told
    assert f"give --case {tmp_path}\n" in told


def test_a_pasted_list_that_begins_with_a_bracket_is_no_json(tmp_path: Path) -> None:
    case = case_with(tmp_path)
    (tmp_path / "list.txt").write_text("[1] Smith A, Jones B. Itch. Lancet 2013;368:1625-34.\n", "utf-8")
    add(case, tmp_path / "list.txt")
    assert held(case)["smith2013"]["volume"] == "368"


def test_what_is_pasted_on_purpose_is_kept_though_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Shown
) -> None:
    case = case_with(tmp_path)
    text = "The leaflet of the clinic, by the nurses."
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    add(case, "-")
    (item,) = opened(case).library.items.values()
    assert item.reference.placeholder == text
    assert "added 1, 1 of them for you to check" in capsys.readouterr().err


def test_only_what_two_records_say_otherwise_is_told(tmp_path: Path, capsys: Shown) -> None:
    """Abbreviations, shortened pages and a date less precise are no conflict; another volume is."""
    case = case_with(tmp_path)
    add(case, library(NEW, folder=tmp_path))
    capsys.readouterr()
    again = {**NEW, "container-title": "Arch Dermatol", "page": "669-73", "issued": {"date-parts": [[1959]]}}
    add(case, library({**again, "PMID": "13649944"}, folder=tmp_path))
    assert capsys.readouterr().out == "muller1959  is already in the case (same DOI); adds PMID\n"
    add(case, library({**again, "volume": "97"}, folder=tmp_path))
    assert "   volume: 79 in the case, 97 in" in capsys.readouterr().out


def test_keys_of_ones_own_stay_in_a_ris_file_that_can_hold_them(tmp_path: Path) -> None:
    case = case_with(tmp_path)
    (tmp_path / "own.bib").write_text(
        "@book{meier_itch_2010, title = {Itch}}\n@book{Lupus, title = {Lupus}}\n", "utf-8"
    )
    add(case, tmp_path / "own.bib", "--into", "lib.ris")
    assert list(held(case)) == ["meier_itch_2010", "lupus"]


@pytest.mark.parametrize("ident", ["17", "ITEM-3", "ref12"])
def test_a_serial_number_is_no_key(ident: str, tmp_path: Path) -> None:
    case = case_with(tmp_path)
    add(case, library({**NEW, "id": ident}, folder=tmp_path))
    assert list(held(case)) == ["muller1959"]


def test_what_a_format_does_not_carry_is_told_with_its_reference(tmp_path: Path, capsys: Shown) -> None:
    path = library({**NEW, "id": "a", "annote": "mine", "translator": [{"family": "X"}]}, folder=tmp_path)
    assert run(["refs", "convert", str(path), "--to", "bibtex"]) == 0
    assert capsys.readouterr().err == "bibtex cannot hold: annote (a)\nread 1, refused 0\n"


def test_a_line_to_be_read_is_added_once_and_its_identifier_named(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(tmp_path)
    line = "Something of the ward, odd 12 (2013) xx doi:10.5555/odd.1"
    (tmp_path / "list.txt").write_text(f"1. Smith A, Jones B. Itch. Lancet 2013;368:1625-34.\n2. {line}\n", "utf-8")
    add(case, tmp_path / "list.txt")
    assert "`casewriter refs add 10.5555/odd.1` looks it up" in capsys.readouterr().out
    before = case.read_bytes()
    add(case, tmp_path / "list.txt")
    assert case.read_bytes() == before
    assert "is already in the case, for you to check" in capsys.readouterr().out


def test_a_doubtful_line_fills_nothing_in(tmp_path: Path, capsys: Shown) -> None:
    case = case_with(
        tmp_path,
        "references:\n- {id: a, title: Outcome of psoriasis treated with methotrexate, DOI: 10.1136/bmj.h12}\n",
    )
    line = "Jones P. Outcome of psoriasis treated with methotrexate. BMJ. 2015 Xyz 4:h12. doi: 10.1136/bmj.h12."
    (tmp_path / "list.txt").write_text(f"1. {line}\n2. Smith A, Jones B. Itch. Lancet 2013;368:1625-34.\n", "utf-8")
    add(case, tmp_path / "list.txt")
    kept = held(case)["a"]
    assert (kept.get("volume"), kept.get("container-title")) == (None, None)
    assert "container-title:" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["refs.bib", "refs.ris", "refs.json"])
def test_a_line_to_be_read_stays_in_the_case_where_the_others_go_to_a_file(name: str, tmp_path: Path) -> None:
    case = case_with(tmp_path)
    line = "Something of the ward, odd 12 (2013) xx"
    (tmp_path / "list.txt").write_text(f"1. Smith A, Jones B. Itch. Lancet 2013;368:1625-34.\n2. {line}\n", "utf-8")
    add(case, tmp_path / "list.txt", "--into", name)
    items = opened(case).library.items.values()
    assert [(item.reference.placeholder, item.file) for item in items] == [(None, name), (line, None)]


# -- several cases; pasted lists for other programs -------------------------------------------------------------------

PASTED = """\
1. Muller SA, Winkelmann RK, Brunsting LA. Calcinosis in dermatomyositis. Arch Dermatol. 1959;79:669-73.
2. Muller SA, Brunsting LA. Calcinosis of the legs. Arch Dermatol. 1959;80:1-5.
"""


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (
            ["add", "10.1000/xyz123", "my list.bib"],
            "give --case: casewriter refs add 10.1000/xyz123 'my list.bib' --case cases/gout\n",
        ),
        (["add", "123", "--into", "a.bib"], "casewriter refs add 123 --into a.bib --case cases/gout\n"),
        (["list"], "casewriter refs list cases/gout\n"),
        (["check"], "casewriter refs check cases/gout\n"),
    ],
)
def test_of_several_cases_the_command_to_give_is_shown(
    command: list[str], wanted: str, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("gout", "lupus"):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.yaml").write_text(HEAD, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["refs", *command]) == 2
    told = capsys.readouterr().err
    assert told.endswith(wanted)
    assert "cases/lupus" in told


@pytest.mark.parametrize("given", ["file", "input"])
def test_a_pasted_list_is_converted(given: str, tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.txt").write_text(PASTED, "utf-8")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PASTED.encode())))
    name = str(tmp_path / "list.txt") if given == "file" else "-"
    assert run(["refs", "convert", name, "--to", "csl-json"]) == 0
    shown = capsys.readouterr()
    items = json.loads(shown.out)
    assert [(one["title"], one["volume"], one["page"]) for one in items] == [
        ("Calcinosis in dermatomyositis", "79", "669-73"),
        ("Calcinosis of the legs", "80", "1-5"),
    ]
    assert len({one["id"] for one in items}) == 2
    assert shown.err.endswith("read 2, refused 0\n")


def test_a_pasted_line_that_is_not_certain_is_refused_with_its_text(
    tmp_path: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{PASTED}3. Something that somebody once said at a meeting\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert run(["refs", "convert", "-", "--to", "csl-json"]) == 1
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)) == 2
    assert "-:3: " in shown.err
    assert "Something that somebody once said at a meeting" in shown.err
    assert shown.err.endswith("read 2, refused 1\n")
