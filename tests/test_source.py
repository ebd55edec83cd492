"""Reading YAML: nothing changes silently, and whatever is refused is named with its code, line and column.

In the tables ‸ stands before the character that a problem must point at; it is taken out before the text is read.
"""

import codecs
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from casewriter.problem import Level, Problem, Refused, Span
from casewriter.source import DEFAULT_LIMITS, KINDS, Limits, Source, read

MARK = "‸"


def source(text: str, limits: Limits = DEFAULT_LIMITS) -> Source:
    return read(text.encode(), "case.yaml", limits)


def problems(data: bytes | str, limits: Limits = DEFAULT_LIMITS) -> tuple[Problem, ...]:
    """Return what is wrong with a file, whether it could be read or not."""
    try:
        return read(data.encode() if isinstance(data, str) else data, "case.yaml", limits).problems
    except Refused as refused:
        return refused.problems


def places(found: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    spans = [(p.code, p.span) for p in found]
    return [(code, span.line, span.column) if span else (code, 0, 0) for code, span in spans]


def unmarked(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and column of the mark."""
    before, mark, after = text.partition(MARK)
    assert mark, "the example has no mark"
    return before + after, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


# ---------------------------------------------------------------------------------------- every scalar is its text

AS_WRITTEN = [
    *(
        "no",
        "No",
        "NO",
        "off",
        "on",
        "yes",
        "true",
        "1:30",
        "012",
        "0o14",
        "0x1F",
        "1.10",
        "1.50",
        "+1",
        "1_000",
    ),
    *("2020-01-02", "2001-12-14t21:59:43.10-05:00", "1e3", ".5", ".inf", ".nan", "=", "1,5", "190:20:30", "y", "N"),
    *("µmol/L", "10*9/L", "<0.5", "a:b", "a#b", "H~2~O", "10^9^/L", "−5", "x - y", "a  b", "1/2"),
]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_a_plain_scalar_is_its_text_as_value_item_and_key(text: str) -> None:
    assert source(f"key: {text}\n").data == {"key": text}
    assert source(f"- {text}\n- [{text.replace(',', '.')}]\n").data == [text, [text.replace(",", ".")]]
    assert source(f"{text}: x\n").data == {text: "x"}
    assert source(f"key: {text}\n").problems == ()


@pytest.mark.parametrize("empty", ["key:", "key:   # nothing"])
def test_an_empty_value_is_none(empty: str) -> None:
    assert source(empty + "\n").data == {"key": None}


@pytest.mark.parametrize("text", ["''", '""', "'~'"])
def test_a_quoted_empty_text_or_tilde_is_a_text(text: str) -> None:
    assert source(f"key: {text}\n").data == {"key": text.strip("'\"")}


def test_block_texts_keep_their_lines() -> None:
    text = "a: |\n  one\n  two # not a comment\n\n  - three\nb: >-\n  one\n  two\nc: |+\n  x\n\n"
    assert source(text).data == {"a": "one\ntwo # not a comment\n\n- three\n", "b": "one two", "c": "x\n\n"}


PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\ufffe\uffff")


@given(st.text(PRINTABLE, max_size=60))
@example("'")
@example("\\")
@example("  two spaces  ")
def test_any_quoted_text_arrives_character_for_character(text: str) -> None:
    single = "'" + text.replace("'", "''") + "'"
    double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert source(f"a: {single}\nb: {double}\n").data == {"a": text, "b": text}


@given(st.lists(st.text(PRINTABLE.filter(lambda c: c != "\u3000"), min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_block_text_arrives_character_for_character(lines: list[str]) -> None:
    body = "\n".join("." + line for line in lines) + "\n"
    text = "a: |\n" + "".join(f"  {line}\n" for line in body.splitlines())
    assert source(text).data == {"a": body}


@given(
    st.recursive(
        st.text(PRINTABLE, max_size=20),
        lambda v: (
            st.lists(v, max_size=4)
            | st.dictionaries(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), v)
        ),
        max_leaves=12,
    )
)
def test_any_tree_of_texts_arrives_whole(data: Any) -> None:
    dumped = yaml.safe_dump(data, allow_unicode=True, default_style='"')
    assert source(dumped).data == data


# ------------------------------------------------------------------------------------------- encodings and line ends

TEXT = "title: Größe der Läsion µ\nlist:\n  - ein Wort\n  - '≥ 3 😀'\nnote: |\n  zwei\n  Zeilen\n"
PATHS = [("title",), ("list",), ("list", 0), ("list", 1), ("note",)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=["UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"],
)
def test_encodings_and_line_ends_read_alike(mark: bytes, encoding: str, ends: str) -> None:
    plain = source(TEXT)
    other = read(mark + TEXT.replace("\n", ends).encode(encoding), "case.yaml")
    assert (
        other.data
        == plain.data
        == {
            "title": "Größe der Läsion µ",
            "list": ["ein Wort", "≥ 3 😀"],
            "note": "zwei\nZeilen\n",
        }
    )
    assert other.problems == ()
    assert [other.span(path) for path in PATHS] == [plain.span(path) for path in PATHS]


NOT_TEXT = [
    # bytes, offset of the bad one counted from the start of the file, its value, its line and column
    (b"a: 1\nb: \xff\n", 8, "ff", 2, 4),
    ("a: 1\nb: Größe\n".encode("latin-1"), 10, "f6", 2, 6),
    ("µ: 1\nµ\nµ: ".encode() + b"\x80", 13, "80", 3, 4),
    (b"\xef\xbb\xbfa: 1\nb: \xff\n", 11, "ff", 2, 4),
    (b"\xef\xbb\xbfa\n\xff", 5, "ff", 2, 1),
    (b"a: 1\r\nb: \xe9t\xe9\r\n", 9, "e9", 2, 4),
    (b"a: \xc0\xaf\n", 3, "c0", 1, 4),
    (b"a: \xed\xa0\x80\n", 3, "ed", 1, 4),
]


@pytest.mark.parametrize(("data", "offset", "byte", "line", "column"), NOT_TEXT)
def test_bytes_that_are_no_text_are_named_with_byte_and_line(
    data: bytes, offset: int, byte: str, line: int, column: int
) -> None:
    found = problems(data)
    assert places(found) == [("YAML002", line, column)]
    assert f"byte {offset} " in found[0].message
    assert f"0x{byte}" in found[0].message
    assert f"line {line} " in found[0].message
    assert found[0].hint
    assert "UTF-8" in found[0].hint


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_broken_wide_file_is_refused_on_the_right_line(mark: bytes, encoding: str) -> None:
    lone = b"\x00\xd8" if encoding.endswith("le") else b"\xd8\x00"
    if "32" in encoding:
        lone = lone + b"\x00\x00" if encoding.endswith("le") else b"\x00\x00" + lone
    data = mark + "a: 1\nb: ".encode(encoding) + lone + "\nc".encode(encoding)
    found = problems(data)
    assert [code for code, *_ in places(found)] == ["YAML002"]
    assert "line 2 " in found[0].message
    assert places(found)[0][1:] == (2, 4)


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff"])
def test_control_characters_are_refused_by_name(bad: str) -> None:
    found = problems(f"a: 1\nb: x{bad}y\n")
    assert places(found) == [("YAML002", 2, 5)]
    assert f"U+{ord(bad):04X}" in found[0].message


# --------------------------------------------------------------------------------------- every code, with its place

PINNED = [
    ("YAML001", "a: ‸]\n"),
    ("YAML001", "a: 1\n  b‸: 2\n"),
    ("YAML003", "a: 1\nb: 2\n‸a: 3\n"),
    ("YAML003", 'a: 1\n‸"a": 3\n'),
    ("YAML003", "x: {a: 1, ‸a: 2}\n"),
    ("YAML003", "caf\u00e9: 1\n‸cafe\u0301: 2\n"),
    ("YAML003", "x:\n  - cafe\u0301: 1\n    ‸caf\u00e9: 2\n"),
    ("YAML004", "title: ‸!important note\n"),
    ("YAML004", "title: ‸!!python/object/apply:os.system [ls]\n"),
    ("YAML004", "a: ‸!!str 1\n"),
    ("YAML005", "a: &x {b: 1}\nc:\n  ‸<<: *x\n"),
    ("YAML005", "a: ‸*nowhere\n"),
    ("YAML005", "a: &x [‸*x]\n"),
    ("YAML007", "title: ‸Calcinosis: a case report\n"),
    ("YAML007", "a:\n  - label: ‸fever: three days\n"),
    ("YAML008", "complaints: [{label: fever, ‸chills and cough}]\n"),
    ("YAML008", "x:\n  - {id: a, label: pain, ‸dull, at: 0}\n"),
    ("YAML009", "note: ‸@fig-clinical shows it\n"),
    ("YAML009", "- ‸@fig-clinical shows it\n"),
    ("YAML009", "introduction: ‸[@muller1959] was first\n"),
    ("YAML009", "introduction: ‸[@muller1959]\n"),
    ("YAML009", "note: ‸{{ labs.calcium }} was high\n"),
    ("YAML009", "note: ‸{{ labs.calcium }}\n"),
    ("YAML009", "name: ‸*Staphylococcus aureus* grew\n"),
    ("YAML009", "value: ‸>4.4\n"),
    ("YAML009", "note: ‸> 3 cm in size\n"),
    ("YAML009", "note: ‸% of the body\n"),
    ("YAML009", "note: ‸`code` first\n"),
    ("YAML009", "note: ‸- no fever\n"),
    ("YAML009", 'note: ‸"Drug fever" was suspected\n'),
    ("YAML009", "note: ‸'Drug fever' was suspected\n"),
    ("YAML009", "a: 1\nx:\n  y:\n    note: ‸@fig-clinical\n"),
    ("YAML009", "vitals: [{unit: mm‸[Hg]}]\n"),
    ("YAML010", "label: Patient ‸#2 was seen\n"),
    ("YAML010", "note: culture ‸# 2 grew\n"),
    ("YAML010", "x:\n  - bed ‸#12\n"),
    ("YAML011", "negatives: [no fever, ‸chills or cough]\n"),
    ("YAML011", "x: [nausea, vomiting, ‸and fever]\n"),
    ("YAML012", "‸[a, b]: c\n"),
    ("YAML012", "x:\n  ? ‸{a: b}\n  : c\n"),
    ("YAML013", "a: 1\n‸---\nb: 2\n"),
    ("YAML014", "a: left ‸\u202eright\n"),
    ("YAML014", "a: 1\nb: ‸\u2066x\n"),
    ("YAML015", "a: 1  ‸# casewriter: ignore[FIG002]\n"),
    ("YAML015", "a: 1\n‸# casewriter: ignore the scale bar\n"),
    ("YAML015", "a: 1  ‸# casewriter: ignore[] because\n"),
    ("YAML016", "finding: ‸~\n"),
    ("YAML016", "x:\n  - ‸null\n"),
    ("YAML017", "title:‸\u00a0Gout\n"),
    ("YAML017", "a:\n‸\u00a0 b: c\n"),
    ("YAML009", "value: ‸>4\n"),
]


@pytest.mark.parametrize(("code", "marked"), PINNED)
def test_each_code_stands_where_the_fault_is(code: str, marked: str) -> None:
    text, line, column = unmarked(marked)
    assert places(problems(text)) == [(code, line, column)]


def test_every_yaml_code_is_pinned_here() -> None:
    pinned = {code for code, _ in PINNED} | {"YAML002", "YAML006"}  # these two have tables of their own
    assert pinned == {kind.code for kind in KINDS} == {f"YAML{number:03}" for number in range(1, 18)}


@pytest.mark.parametrize(("code", "level"), [("YAML010", "warning"), ("YAML011", "warning"), ("YAML014", "warning")])
def test_what_may_be_meant_is_a_warning(code: str, level: str) -> None:
    assert [kind.level for kind in KINDS if kind.code == code] == [Level(level)]


CURES = [
    ("title: Calcinosis: a case report", '"Calcinosis: a case report"'),
    ("x: [{label: fever, chills and cough}]", 'label: "fever, chills and cough"'),
    ("negatives: [no fever, chills or cough]", "quote"),
    ("note: @fig-clinical shows it", "“|”"),
    ("note: {{ labs.calcium }} fell", "“|”"),
    ("note: *a* b", "“|”"),
    ("label: Patient #2", "quote"),
    ("x: [{unit: mm[Hg]}]", "mmHg"),
    ("a: 1\na: 2", "rename"),
    ("a: !x y", "quote"),
    ("a: *y", "quote"),
]


@pytest.mark.parametrize(("text", "cure"), CURES)
def test_each_trap_says_its_cure(text: str, cure: str) -> None:
    found = problems(text + "\n")
    assert len(found) == 1
    assert cure in (found[0].hint or "")


def test_a_twin_key_names_the_line_of_the_first() -> None:
    (found,) = problems("a: 1\nb: 2\na: 3\n")
    assert "line 1" in found.message
    assert "“a”" in found.message


CLEAN = [
    "a: text  # a comment\n",
    "a: 1 # casewriter is nice\n",
    "a: 'Patient #2'\n",
    "a: x#2\n",
    "# only: a comment\na: 1\n",
    "title: 'Calcinosis: a case report'\n",
    "url: https://example.org/a:b\n",
    "a: [no fever, no chills or cough]\n",
    "a: ['fever', 'and chills']\n",
    "a: [one, two or three]\n",
    "a: |\n  @fig-x, {{ labs.x }} and *this*: a colon, # a hash, “---”\n",
    "---\na: 1\n",
    "---\na: 1\n...\n",
    "a: {b: , c: }\n",
    "a: &x 1\nb: *x\n",
    "'<<': x\n",
    "a: > # folded\n  text\n",
    "a: |2-\n   text\n",
    "{a: 1}\n",
]


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_not_questioned(text: str) -> None:
    assert places(problems(text)) == []


def test_what_does_not_hide_the_rest_leaves_the_rest_readable() -> None:
    text = "a: !x 1\nb: [no fever, chills or cough]\nb: 2\nc: Patient #2\nd: *no\n"
    found = source(text)
    codes = sorted(p.code for p in found.problems)
    assert codes == ["YAML003", "YAML004", "YAML005", "YAML010", "YAML011"]
    assert found.data["a"] == "1"
    assert found.data["b"] == ["no fever", "chills or cough"]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "\ufeff"])
def test_an_empty_file_has_no_tree_and_no_problem(text: str) -> None:
    found = source(text)
    assert found.data is None
    assert found.problems == ()


# ------------------------------------------------------------------------------------------------------------ limits

AT_LIMIT = [
    # which limit, its value here, a text that just fits, a text that does not, what the message must name
    ("file_bytes", 1_000, "a: " + "x" * 996 + "\n", "a: " + "x" * 997 + "\n", "1,000"),
    ("file_bytes", 10, "a: µµµ\n", "a: µµµµ\n", "10"),
    ("nodes", 5, "[a, b, c, d]", "[a, b, c, d, e]", "5"),
    ("nodes", 5, "{a: b, c: d}", "{a: b, c: d, e: f}", "5"),
    ("nodes", 8, "[&x [a, b], *x]", "[&x [a, b], *x, *x]", "8"),
    ("depth", 3, "[[[a]]]", "[[[[a]]]]", "3"),
    ("depth", 3, "a:\n  - b: c\n", "a:\n  - b:\n    - c\n", "3"),
    ("aliases", 2, "[&x a, *x, *x]", "[&x a, *x, *x, *x]", "2"),
    ("text_characters", 5, "a: µµµµµ", "a: µµµµµµ", "5"),
    ("text_characters", 5, "a: |\n  1234\n", "a: |\n  12345\n", "5"),
]


@pytest.mark.parametrize(("name", "value", "fits", "exceeds", "named"), AT_LIMIT)
def test_each_limit_can_be_set_and_is_named(name: str, value: int, fits: str, exceeds: str, named: str) -> None:
    limits = Limits(**{name: value})
    assert problems(fits, limits) == ()
    (found,) = problems(exceeds, limits)
    assert found.code == "YAML006"
    assert found.span is not None
    assert named in found.message
    assert problems(exceeds) == ()


def test_the_limits_are_those_of_the_safety_page() -> None:
    assert (DEFAULT_LIMITS.file_bytes, DEFAULT_LIMITS.nodes, DEFAULT_LIMITS.depth) == (5_000_000, 100_000, 50)
    assert DEFAULT_LIMITS.text_characters == 200_000


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "- " * 20_000 + "a",
        "{a: " * 20_000,
        "a: " + "x" * 5_000_001,
        "[" + "a," * 100_001 + "]",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{n}: &{n} [{','.join([f'*{p}'] * 9)}]\n" for p, n in zip("abcdef", "bcdefg", strict=True)),
    ],
    ids=["brackets", "dashes", "braces", "bytes", "items", "billion laughs"],
)
def test_a_file_made_to_exhaust_the_machine_is_refused(text: str) -> None:
    found = problems(text)
    assert [p.code for p in found] == ["YAML006"]


# --------------------------------------------------------------------------------------------------------- positions

POSITIONED = """\
title: Über ein Fieber
focus: {kind: disease, label: "Größe: 😀 x", codes: [a, 'b c']}
observation:
  complaints:
    - label: Fieber
      at: 3 d
    - {label: Husten}
note: |
  Erste Zeile µ.
  Zweite Zeile µ mit Husten und Husten.
"ké y": plain text  # comment
empty:
list:
- a
"""
SPANS = [
    # path, (line, column, end line, end column): counted by hand, the end column is the one after the last character
    (("title",), (1, 8, 1, 23)),
    (("focus",), (2, 1, 2, 6)),
    (("focus", "kind"), (2, 15, 2, 22)),
    (("focus", "label"), (2, 31, 2, 43)),
    (("focus", "codes"), (2, 45, 2, 50)),
    (("focus", "codes", 0), (2, 53, 2, 54)),
    (("focus", "codes", 1), (2, 56, 2, 61)),
    (("observation",), (3, 1, 3, 12)),
    (("observation", "complaints"), (4, 3, 4, 13)),
    (("observation", "complaints", 0), (5, 7, 5, 20)),
    (("observation", "complaints", 0, "label"), (5, 14, 5, 20)),
    (("observation", "complaints", 0, "at"), (6, 11, 6, 14)),
    (("observation", "complaints", 1), (7, 7, 7, 22)),
    (("observation", "complaints", 1, "label"), (7, 15, 7, 21)),
    (("note",), (8, 7, 10, 40)),
    (("k\u00e9 y",), (11, 9, 11, 19)),
    (("empty",), (12, 1, 12, 6)),
    (("list",), (13, 1, 13, 5)),
    (("list", 0), (14, 3, 14, 4)),
]


@pytest.mark.parametrize(("path", "expected"), SPANS)
def test_a_path_stands_where_it_stands(path: tuple[Any, ...], expected: tuple[int, ...]) -> None:
    assert source(POSITIONED).span(path) == Span(*expected)


@pytest.mark.parametrize(
    ("path", "same"),
    [
        (("observation", "Listing[Complaint]", "complaints", 0, "label"), ("observation", "complaints", 0, "label")),
        (("observation", "complaints", "items", 1, "label"), ("observation", "complaints", 1, "label")),
        (("focus", "function-before[_spell_out(), Focus]", "kind"), ("focus", "kind")),
        (("observation", "complaints", 7), ("observation", "complaints")),
        (("note", "narrative"), ("note",)),
    ],
)
def test_parts_of_a_path_that_are_no_child_are_skipped(path: tuple[Any, ...], same: tuple[Any, ...]) -> None:
    found = source(POSITIONED)
    assert found.span(path) == found.span(same)


def test_a_key_can_be_marked_instead_of_its_value() -> None:
    found = source(POSITIONED)
    assert found.span(("title",), on_key=True) == Span(1, 1, 1, 6)
    assert found.span(("k\u00e9 y",), on_key=True) == Span(11, 1, 11, 7)


def test_a_quote_is_found_inside_a_text_and_counted() -> None:
    found = source(POSITIONED)
    assert found.span(("note",), "Husten") == Span(10, 22, 10, 28)
    assert found.span(("note",), "Husten", 1) == Span(10, 33, 10, 39)
    assert found.span(("note",), "Husten", 2) == found.span(("note",))
    assert found.span(("title",), "Fieber") == Span(1, 17, 1, 23)
    assert found.span(("focus", "label"), "😀") == Span(2, 39, 2, 40)


def test_a_path_of_nothing_stands_at_the_beginning() -> None:
    assert source("").span(("title",)) == Span(1, 1, 1, 1)
    assert source("a: 1\n").span(("b", "c")).line == 1


def test_has_tells_whether_the_very_path_is_in_the_file() -> None:
    found = source(POSITIONED)
    assert found.has(("observation", "complaints", 1, "label"))
    assert not found.has(("observation", "complaints", "items", 1, "label"))
    assert not found.has(("observation", "complaints", 2))


# --------------------------------------------------------------------------------------------------- ignore comments


def test_an_ignore_comment_is_about_its_own_line_or_the_next() -> None:
    text = (
        "a: 1  # casewriter: ignore[FIG002] the journal draws its own\n"
        "b:\n"
        "  # casewriter: ignore[CARE072, REF007] known to the editor\n"
        "  c: 1\n"
    )
    found = source(text)
    assert found.problems == ()
    assert [(i.codes, i.reason, i.line) for i in found.ignores] == [
        (("FIG002",), "the journal draws its own", 1),
        (("CARE072", "REF007"), "known to the editor", 4),
    ]
    assert [(i.span.line, i.span.column) for i in found.ignores] == [(1, 7), (3, 3)]


@pytest.mark.parametrize(
    "comment",
    ["ignore", "ignore[FIG002]", "ignore[FIG002]   ", "ignore[] reason", "ignore FIG002 reason", "ignore[ , ] x"],
)
def test_an_ignore_comment_without_code_or_reason_ignores_nothing(comment: str) -> None:
    found = source(f"a: 1\nb: 2  # casewriter: {comment}\n")
    assert places(found.problems) == [("YAML015", 2, 7)]
    assert found.ignores == ()


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  # casewriter: ignore[FIG002] a reason\n",
        "a: >\n  x\n  # casewriter: ignore[FIG002]\n",
        "a: '# casewriter: ignore[FIG002] a reason'\n",
        'a: "x # casewriter: ignore"\n',
    ],
)
def test_inside_a_text_it_is_no_comment(text: str) -> None:
    found = source(text)
    assert found.ignores == ()
    assert found.problems == ()
