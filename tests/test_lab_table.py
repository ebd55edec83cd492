"""The table of laboratory results: digits under digits, short times, bands, single results, trend lines."""

import re

import pytest
from test_compose import NBSP, Told, tell

from casewriter.article.nodes import Cell, Table
from casewriter.article.walk import plain
from casewriter.export.html import export
from casewriter.export.readback import html_text, lost
from casewriter.template import find_template


def table(told: Told) -> Table:
    (found,) = (one for one in told.article.tables() if one.kind == "labs")
    return found


def grid(times: str, *rows: str) -> Told:
    lines = "".join(f"      - {{test: {row}}}\n" for row in rows)
    return tell(f"labs:\n  narrative: See @tbl-labs.\n  grids:\n  - at: [{times}]\n    rows:\n{lines}")


def column(told: Told, place: int) -> list[Cell]:
    return [row.cells[place] for row in table(told).rows if not row.group]


def heads(told: Told) -> list[list[str]]:
    found = [*table(told).head, *(row for row in table(told).rows if row.band)]
    return [[plain(cell.children).replace(NBSP, " ") for cell in row.cells] for row in found]


def notes(told: Told) -> list[str]:
    return [plain(note).replace(NBSP, " ") for _, note in table(told).notes]


def test_digits_stand_under_digits_and_the_letter_in_a_slot_of_its_own() -> None:
    told = grid(
        "0, 3 wk",
        "A, reference: 0.02-0.50, values: [4.21, 0.42]",
        "B, reference: 7-35, values: [486, 58.5]",
        "C, values: [<9, negative]",
    )
    cells = [cell.aligned for cell in column(told, 2)]
    assert [(plain(one.number), plain(one.slot), one.behind) for one in cells if one] == [
        ("4.21", f"{NBSP}H", 0),
        ("486", f"{NBSP}H", 5),  # a decimal sign of half a digit, and two digits
        ("<9", "", 5),
    ]
    assert [cell.aligned and cell.aligned.behind for cell in column(told, 3)] == [0, 2, None]


def test_what_is_printed_and_copied_is_what_was_typed() -> None:
    told = grid("0, 1 d", "A, reference: 0.02-0.50, values: [4.20, 0.4]", "B, values: [12, <9]")
    page = export(told.article, find_template("article"))
    text = html_text(page).replace("\x00", "").replace(NBSP, " ")
    assert all(typed in text for typed in ("4.20 H", "0.4", "<9", "0.02–0.50"))
    assert lost(told.article, html_text(page), "HTML") == []


def test_a_decimal_comma_is_the_sign_of_its_language() -> None:
    told = tell(
        "language: de\nlabs:\n  grids:\n  - {at: [0, 1 d], rows: [{test: A, values: [4.21, 5]}, {test: B, values: [7, 9]}]}\n"
    )
    assert [cell.aligned and cell.aligned.behind for cell in column(told, 1)] == [0, 5]


def test_times_in_the_heads_are_short_and_words_stay() -> None:
    told = grid("-6 wk, 0, 12 mo, {label: at discharge}", "A, values: [1, 2, 3, 4]")
    assert heads(told) == [["Test", "−6 wk", "Day 0", "12 mo", "At discharge"]]


@pytest.mark.parametrize(("count", "bands"), [(7, [7]), (8, [4, 4]), (14, [7, 7]), (15, [5, 5, 5]), (21, [7, 7, 7])])
def test_more_than_seven_times_stand_in_bands(count: int, bands: list[int]) -> None:
    days = [f"{n} d" for n in range(count)]
    told = grid(", ".join(days), f"A, values: [{', '.join(str(n) for n in range(count))}]")
    assert [len(head) - 1 for head in heads(told)] == bands
    values = [plain(cell.children) for row in table(told).rows if not row.band for cell in row.cells[1:]]
    assert values == [str(n) for n in range(count)]
    page = export(told.article, find_template("article")).decode()
    assert page.count("<thead>") == len(bands)  # each band has the heads of its own times, on every page


def test_a_band_shows_the_tests_that_have_a_value_in_it_and_every_value_once() -> None:
    days = ", ".join(f"{n} d" for n in range(8))
    told = grid(days, "A, values: [1, 2, ~, ~, ~, ~, ~, ~]", "B, values: [~, ~, ~, ~, ~, ~, 7, 8]")
    rows = [[plain(cell.children) for cell in row.cells] for row in table(told).rows if not row.band]
    assert rows == [["A", "1", "2", "", ""], ["B", "", "", "7", "8"]]


def test_more_times_than_three_bands_hold_are_a_list() -> None:
    told = grid(", ".join(f"{n} d" for n in range(22)), f"A, values: [{', '.join('5' for _ in range(22))}]")
    assert heads(told) == [["Test", "Time", "Result"]]
    assert len(table(told).rows) == 22


SINGLES = """\
labs:
  narrative: See @tbl-labs.
  results:
  - {test: ALT, unit: U/L, series: [{at: 0, value: 20}, {at: 1 d, value: 30}]}
  - {test: Haemoglobin, unit: g/L, value: 124, reference: 120-160, at: 0, panel: blood}
  - {test: Albumin, unit: g/L, value: 31, reference: 35-50, at: 0}
  - {test: ANA, value: negative, method: immunofluorescence}
"""


def test_tests_done_once_are_named_in_the_notes_with_all_that_was_typed() -> None:
    told = tell(SINGLES)
    assert [plain(row.cells[0].children).replace(NBSP, " ") for row in table(told).rows] == ["ALT (U/L)"]
    assert notes(told) == [
        "L, below the reference range.",
        "Once, day 0: blood: Haemoglobin 124 g/L (120–160). Albumin 31 g/L L (35–50).",
        "Once: ANA negative (immunofluorescence).",
    ]


def test_without_a_repeated_test_single_results_are_rows() -> None:
    told = tell("labs:\n  results:\n  - {test: A, value: 1, at: 0}\n  - {test: B, value: 2, at: 0}\n")
    assert len(table(told).rows) == 2


def test_a_panel_that_a_text_mentions_keeps_the_row_that_the_link_leads_to() -> None:
    told = tell(SINGLES.replace("See @tbl-labs.", "See @tbl-labs.blood."))
    assert "tbl-labs-blood" in [row.anchor for row in table(told).rows]
    assert not any("Haemoglobin" in note for note in notes(told))


def test_rows_have_trend_lines_where_the_template_asks_for_them() -> None:
    told = grid("0, 1 d, 2 d", "A, reference: 1-2, values: [1, 9, 2]", "B, values: [negative, positive, negative]")
    pages = {name: export(told.article, find_template(name)).decode() for name in ("article", "manuscript")}
    assert [len(re.findall(r'<td class="trend"><svg', page)) for page in pages.values()] == [1, 0]
    assert [page.count("grey band, reference range") for page in pages.values()] == [1, 0]
    (drawn,) = re.findall(r'<td class="trend">(<svg.*?</svg>)', pages["article"])
    assert drawn.count("<circle") == 1  # the value outside the range
    assert 'class="band"' in drawn
