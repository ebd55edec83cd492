"""What breaks a YAML file, or is lost in it, is named with the text to write, and `--fix` writes it where that is sure.

The expected files are what YAML 1.2 wants for the text that was typed; nothing but quotes and plain spaces is added.
"""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casewriter.cli.app import run
from casewriter.lint.fixes import fixed
from casewriter.problem import Problem, Refused
from casewriter.source import read

NBSP = "\N{NO-BREAK SPACE}"


def problems(text: str) -> tuple[Problem, ...]:
    try:
        return read(text.encode(), "case.yaml").problems
    except Refused as refused:
        return refused.problems


def fix(text: str) -> str:
    return fixed(text.encode(), "case.yaml")[0].decode()


# ------------------------------------------------------------------------------------------- texts that their commas cut

COMMAS = [
    # typed, written by --fix
    ("x: {label: fever, chills and cough}", 'x: {label: "fever, chills and cough"}'),
    ("x: [{label: fever, chills, and cough, at: 0}]", 'x: [{label: "fever, chills, and cough", at: 0}]'),
    ("x: {at: 0, label: pain, at rest}  # note", 'x: {at: 0, label: "pain, at rest"}  # note'),
    ("x: {a: {label: p, q}, note: r, s, t}", 'x: {a: {label: "p, q"}, note: "r, s, t"}'),
    ("- {label: a}\n- {label: b, c}", '- {label: a}\n- {label: "b, c"}'),
    ("x:\n  - {label: fever,\n     chills, at: 0}", 'x:\n  - {label: "fever,\n     chills", at: 0}'),
    ('x: {label: a "b" c, d\\e}', 'x: {label: "a \\"b\\" c, d\\\\e"}'),
    ("x: {label: “fever, chills”, at: 0}", 'x: {label: "fever, chills", at: 0}'),
    ("x: {label:  a,b ,  at:  0 }", 'x: {label:  "a,b" ,  at:  0 }'),
]
UNSURE = [
    "x: {label: fever, at, note: x}",  # the value of a key of the format may be missing
    "x: {fever, chills}",
    'x: {label: "fever", chills}',
    "x: {label: [a, b], c}",
    "x: {label: , chills}",
    "x: {label: fever, # a comment\n    chills}",
]


@pytest.mark.parametrize(("typed", "written"), COMMAS)
def test_a_text_that_its_comma_cut_is_put_in_quotes(typed: str, written: str) -> None:
    assert fix(f"format: 1\n{typed}\n") == f"format: 1\n{written}\n" if typed[0] != "-" else fix(typed) == written
    assert {p.code for p in problems(typed)} == {"YAML008"}
    assert problems(written) == ()
    value = yaml.load(written, Loader=yaml.BaseLoader)
    assert read(written.encode(), "case.yaml").data == value


@pytest.mark.parametrize("typed", UNSURE)
def test_what_a_comma_cut_is_left_alone_where_it_is_not_sure(typed: str) -> None:
    assert fix(f"format: 1\n{typed}\n") == f"format: 1\n{typed}\n"
    assert [p.code for p in problems(typed)] == ["YAML008"]


def test_the_message_shows_the_text_to_write() -> None:
    (found,) = problems("x: [{label: fever, chills, and cough, at: 0}]\n")
    assert found.hint == 'write label: "fever, chills, and cough"'
    assert "“chills, and cough”" in found.message


def test_a_very_long_text_is_shown_by_its_ends() -> None:
    (found,) = problems(f"x: {{label: first word, {'middle ' * 200}last word}}\n")
    assert found.hint
    assert len(found.hint) < 250
    assert found.hint.startswith('write label: "first word')
    assert found.hint.endswith('last word"')


# ------------------------------------------------------------------------------- texts that begin with a sign of YAML's

SIGNS = [
    ("note: @fig-clinical shows it  # c", 'note: "@fig-clinical shows it"  # c'),
    ("note: [@muller1959] was first", 'note: "[@muller1959] was first"'),
    ("note: [@muller1959]", 'note: "[@muller1959]"'),
    ("note: {{ labs.calcium }} was high", 'note: "{{ labs.calcium }} was high"'),
    ("note: {{ labs.calcium }}", 'note: "{{ labs.calcium }}"'),
    ("note: *Staphylococcus aureus* grew", 'note: "*Staphylococcus aureus* grew"'),
    ("note: *2", 'note: "*2"'),
    ("note: *2/*17", 'note: "*2/*17"'),
    ("note: % of the body", 'note: "% of the body"'),
    ("note: `code` first", 'note: "`code` first"'),
    ("value: >4.4", 'value: ">4.4"'),
    ("value: >4", 'value: ">4"'),  # to YAML the head of an empty block text
    ("value: >10", 'value: ">10"'),
    ("value: >=5", 'value: ">=5"'),
    ("note: > 3 cm in size", 'note: "> 3 cm in size"'),
    ("- @fig-a\n- b", '- "@fig-a"\n- b'),
    ("note: @fig-a is\n  seen: here", None),  # a key may have been meant
    ("note: @fig-a is\n  seen here\nb: c", 'note: "@fig-a is\n  seen here"\nb: c'),
    ("note: @fig-a is\n  seen\n\n  apart", None),
    ("x: {note: @fig-a shows it, left, at: 0}", 'x: {note: "@fig-a shows it, left", at: 0}'),
    ("x: {finding: soft, *E. coli* grew, at: 0}", 'x: {finding: "soft, *E. coli* grew", at: 0}'),
    ("x: {finding: “soft”, @fig-a, at: 0}", 'x: {finding: "“soft”, @fig-a", at: 0}'),
    ('x: {finding: "soft", @fig-a, at: 0}', None),
    ("x: {value: >4.4, unit: mmol/L}", 'x: {value: ">4.4", unit: mmol/L}'),
    ("x: {note: *S. aureus*, at: 0}", 'x: {note: "*S. aureus*", at: 0}'),
    ("x: {note: {{ labs.x }} fell, at: 0}", 'x: {note: "{{ labs.x }} fell", at: 0}'),
    ("x: {note: [@a; @b] agree, at: 0}", 'x: {note: "[@a; @b] agree", at: 0}'),
    ("x: {note: % of body}", 'x: {note: "% of body"}'),
    ("x: [*S. aureus*, *E. coli*]", 'x: ["*S. aureus*", "*E. coli*"]'),
    ("x: {\n  note: @fig-a,\n  at: 0}", 'x: {\n  note: "@fig-a",\n  at: 0}'),
    ("x: [\n  *S. aureus*,\n  b]", 'x: [\n  "*S. aureus*",\n  b]'),
    ("a: |\n  see [1\nb: @fig, c", 'a: |\n  see [1\nb: "@fig, c"'),
    ("x:\n  a: |\n    see [1\n  b: @fig, c", 'x:\n  a: |\n    see [1\n  b: "@fig, c"'),
    ("a: &x 1\nb: *y", None),  # an anchor may be misspelt
    ("title: Calcinosis: a case report", 'title: "Calcinosis: a case report"'),
    ("title: Calcinosis: a\n  case report\nb: c", 'title: "Calcinosis: a\n  case report"\nb: c'),
    ("title: “Calcinosis: a case report”", 'title: "Calcinosis: a case report"'),
    ("title: „Kalzinose: ein Fall“", 'title: "Kalzinose: ein Fall"'),
    ("title: ‘Calcinosis: a case’", 'title: "Calcinosis: a case"'),
    ("title: “Gout”: a “case”", 'title: "“Gout”: a “case”"'),
]


@pytest.mark.parametrize(("typed", "written"), SIGNS)
def test_a_text_that_needs_quotes_gets_them(typed: str, written: str | None) -> None:
    assert problems(typed + "\n")
    assert fix(typed + "\n") == (written or typed) + "\n"
    if written is not None:
        assert problems(written + "\n") == ()


def test_the_field_case_of_curly_quotes(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("format: 1\ntitle: “Calcinosis: a case report”\nintroduction: |\n  A “quoted” text.\n", "utf-8")
    run(["lint", "--fix", "--select", "YAML", str(file)])
    wanted = 'format: 1\ntitle: "Calcinosis: a case report"\nintroduction: |\n  A “quoted” text.\n'
    assert file.read_text("utf-8") == wanted


WORDS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="“”„‘’‚\"'\\#[]{}:,|?!&-"), min_size=1)


@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_a_repaired_text_is_read_as_it_was_typed(one: str, two: str) -> None:
    for typed, before, after in (
        (f"@{one}", "note: ", ""),
        (f"a, {one}, {two}", "x: {note: ", ", at: 0}"),
        (f"a: {one}", "title: ", ""),
        (f"*{one}* {two}", "- ", ""),
    ):
        text = f"{before}{typed}{after}\n"
        if problems(text):
            repaired = fix(text)
            assert repaired == f'{before}"{typed}"{after}\n'
            assert problems(repaired) == ()


# -------------------------------------------------------------------------------------------- values that say nothing


@pytest.mark.parametrize("sign", ["~", "null", "Null", "NULL"])
@pytest.mark.parametrize("form", ["a: {}", "a: {{b: {}}}"])
def test_a_sign_for_nothing_is_questioned(sign: str, form: str) -> None:
    text = form.format(sign) + "\n"
    source = read(text.encode(), "case.yaml")
    (found,) = source.problems
    assert (found.code, found.level.value) == ("YAML016", "warning")
    assert ("nothing is printed" if sign == "~" else "printed as typed") in found.message
    assert found.span is not None
    assert text.splitlines()[found.span.line - 1][found.span.column - 1 : found.span.end_column - 1] == sign
    read_as = None if sign == "~" else sign
    assert source.data == ({"a": read_as} if "b" not in form else {"a": {"b": read_as}})


@pytest.mark.parametrize("form", ["a:\n  - ~", "a: [~]"])
def test_a_tilde_leaves_a_place_of_a_list_empty(form: str) -> None:
    """The format says so of the values of a grid and the cells of a table."""
    source = read((form + "\n").encode(), "case.yaml")
    assert source.problems == ()
    assert source.data == {"a": [None]}


@pytest.mark.parametrize(
    "text", ["a:\n", "a: '~'\n", 'a: "null"\n', "~: 1\n", "null: 1\n", "a: ~9 mm\n", "a: nullipara\n"]
)
def test_what_is_no_sign_for_nothing_is_not_questioned(text: str) -> None:
    assert problems(text) == ()


# -------------------------------------------------------------------------------------- spaces that are no plain spaces

SPACES = [
    (f"title:{NBSP} Gout\nb: c", "title:  Gout\nb: c"),
    (f"title:{NBSP}Gout", "title: Gout"),
    (f"title{NBSP}: Gout", "title : Gout"),
    (f"a:\n{NBSP} {NBSP} b: {{c: d}}", "a:\n    b: {c: d}"),
    (f"a:\n  -{NBSP}x\n  -{NBSP}y", "a:\n  - x\n  - y"),
    (f"a:\n{NBSP}{NBSP}- x", "a:\n  - x"),
    (f"a: |\n{NBSP}{NBSP}A text.\nb: c", "a: |\n  A text.\nb: c"),
    (f"a: {{b:{NBSP}c,{NBSP}d: e}}", "a: {b: c, d: e}"),
    ("a:\N{NARROW NO-BREAK SPACE}b", "a: b"),
    ("a:\n\N{IDEOGRAPHIC SPACE}b: c", "a:\n b: c"),
]
TEXTS = [
    f"a: 5{NBSP}mg and 38{NBSP}°C\n",
    f"a: |\n  {NBSP} indented: by{NBSP}hand\n  see:{NBSP}x\n",
    f"a: 'see:{NBSP}x'\nb: \"y:{NBSP}z\"\n",
    f"a: x  # note:{NBSP}y\n",
    f"# note:{NBSP}y\na: x\n",
    f"a: in two\n  {NBSP}lines\n",
]


@pytest.mark.parametrize(("typed", "written"), SPACES)
def test_an_odd_space_in_the_layout_is_named_and_replaced(typed: str, written: str) -> None:
    found = problems(typed + "\n")
    assert {p.code for p in found} == {"YAML017"}
    for problem in found:
        assert problem.span is not None
        char = typed.splitlines()[problem.span.line - 1][problem.span.column - 1]
        assert f"U+{ord(char):04X}" in problem.message
        assert not char.isascii()
    assert fix(typed + "\n") == written + "\n"
    assert problems(written + "\n") == ()


@pytest.mark.parametrize("text", TEXTS)
def test_an_odd_space_in_a_text_stays(text: str) -> None:
    assert problems(text) == ()
    assert fix(text) == text


def test_a_no_break_space_is_named_though_the_reader_stops_further_down(tmp_path: Path) -> None:
    text = f"format: 1\ntitle:{NBSP} Spaces\nobservation:\n{NBSP} {NBSP} patient: {{age: 37 y, sex: female}}\n"
    (found,) = problems(text)
    assert found.span is not None
    assert (found.code, found.span.line, found.span.column) == ("YAML017", 2, 7)
    assert "U+00A0" in found.message
    assert NBSP not in fix(text)
    assert read(fix(text).encode(), "x").data["observation"] == {"patient": {"age": "37 y", "sex": "female"}}


# ----------------------------------------------------------------------------------------------- backslashes in quotes


@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ('a: {file: "figures\\ct.png"}', '"figures/ct.png"'),
        ('a: {file: "figures\\x-ray.png"}', '"figures/x-ray.png"'),
        ('file: "figures\\old\\ct 2.jpeg"', '"figures/old/ct 2.jpeg"'),
        ('a: "50\\% of it"', "\\\\%"),
    ],
)
def test_a_backslash_in_double_quotes_says_what_to_write(typed: str, cure: str) -> None:
    (found,) = problems(typed + "\n")
    assert found.code == "YAML001"
    assert found.span is not None
    assert typed[found.span.column - 1] == "\\"
    assert cure in (found.hint or "")
    assert "escape character" not in found.message
