"""The numbers beside the lines of a manuscript, proved from the finished PDF by PDFium and by the tag tree.

What a line is comes from the tags and the sizes of the characters, not from the layout: prose, captions, tables and notes
are tagged; a raised or lowered mark is smaller than the line that it stands in, and near it.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from quick_yaml import loaded
from stress import PUBLISHED, SENTENCE, Glyph, flow, glyphs, in_a_drawing, output, pictures_of, source

SPECIMENS = (*PUBLISHED, "stress", "forty")
MARGIN = 25 / 25.4 * 72
"""Points: the left margin of the manuscript, as docs/design says (25 mm)."""
NEAR = 1.5
"""Points: how far the baseline of a number may be from the line's."""

Place = tuple[int, float]
"""A page and the height of a baseline."""


def manuscript(name: str) -> Path:
    return output(name, "manuscript", "pdf")


MARK = 6.0
"""Points between the baselines of a line and of the marks raised in it, at the most; the least line is 12 pt high."""


def in_a_panel(glyph: Glyph) -> bool:
    """Whether a character stands in a panel of a figure: a letter on it, or the words of a frame."""
    return any(glyph.tags[n : n + 3] == ("NonStruct", "Div", "Div") for n in range(len(glyph.tags or ())))


def body_lines(file: Path) -> list[Place]:
    """Return the lines of text in reading order, one for each height of a page: that of its largest characters.

    Cells over several rows have lines of their own between those of the rows; of two so near, the upper one counts.
    """
    found: list[list[Glyph]] = []
    tagged = [g for g in glyphs(file) if g.tags is not None]
    text = [g for g in tagged if "Caption" in g.tags or not ("Figure" in g.tags or in_a_panel(g))]
    for glyph in sorted(text, key=lambda g: (g.page, -g.y)):
        last = found[-1][-1] if found else None
        if last is None or last.page != glyph.page or last.y - glyph.y > MARK:
            found.append([])
        found[-1].append(glyph)
    largest = [max(line, key=lambda g: (round(g.size, 1), g.y)) for line in found]
    return [(glyph.page, round(glyph.y, 1)) for glyph in largest]


def numbers(file: Path) -> list[tuple[Place, int]]:
    """Return the numbers left of the text, in reading order."""
    found: dict[Place, str] = {}
    for glyph in sorted(glyphs(file), key=lambda g: g.x):
        if glyph.x < MARGIN and glyph.text.isdigit() and glyph.tags is None:
            place = glyph.page, round(glyph.y, 1)
            found[place] = found.get(place, "") + glyph.text
    return sorted(((p, int(text)) for p, text in found.items()), key=lambda pair: (pair[0][0], -pair[0][1]))


def faults(lines: list[Place], counted: list[tuple[Place, int]]) -> list[str]:
    """Return what is wrong with the numbers of these lines."""
    wrong = []
    if (values := [number for _, number in counted]) != list(range(1, len(values) + 1)):
        breaks = [(a, b) for a, b in pairwise(values) if b != a + 1]
        wrong.append(f"the numbers start with {values[:1]} and break at {breaks[:5]}")
    for page, height in lines:
        matches = [n for (p, y), n in counted if p == page and abs(y - height) <= NEAR]
        if len(matches) != 1:
            wrong.append(f"the line at {height} on page {page + 1} has the numbers {matches}")
    for (page, height), number in counted:
        if not any(p == page and abs(y - height) <= NEAR for p, y in lines):
            wrong.append(f"the number {number} at {height} on page {page + 1} has no line")
    return wrong


@pytest.mark.parametrize("name", SPECIMENS)
def test_every_line_of_the_body_has_one_number_at_its_height(name: str) -> None:
    file = manuscript(name)
    lines, counted = body_lines(file), numbers(file)
    assert len(lines) > 60
    wrong = faults(lines, counted)
    if wrong:
        pages = {int(page) - 1 for fault in wrong for page in re.findall(r"page (\d+)", fault)}
        pictures_of(file, pages, "line-numbers")
    assert not wrong, "\n".join(wrong[:20])


def test_the_long_manuscript_is_numbered_without_a_break_over_forty_pages() -> None:
    counted = numbers(manuscript("forty"))
    pages = {page for (page, _), _ in counted}
    assert max(pages) >= 39
    assert len(pages) >= 39
    assert [number for _, number in counted] == list(range(1, len(counted) + 1))


@pytest.mark.parametrize("name", SPECIMENS)
def test_tables_have_numbers_and_pictures_and_margins_have_none(name: str) -> None:
    file = manuscript(name)
    tables = {(g.page, round(g.y, 1)) for g in glyphs(file) if g.tags and "Table" in g.tags and g.size > 8.4}
    assert tables
    counted = {place for place, _ in numbers(file)}
    numbered = [t for t in tables if any(t[0] == p and abs(t[1] - y) <= NEAR for p, y in counted)]
    assert len(numbered) > len(tables) * 0.9
    furniture = [g for g in glyphs(file) if g.tags is None and g.x >= MARGIN and not in_a_drawing(g, file)]
    assert furniture, "folios and running heads are artifacts"
    height = 297 / 25.4 * 72
    assert all(g.y < MARGIN or g.y > height - MARGIN for g in furniture)


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_numbers_are_artifacts_and_stand_clear_of_the_text(name: str) -> None:
    left = [g for g in glyphs(manuscript(name)) if g.x < MARGIN - 1]
    assert len(left) > 100
    assert all(g.tags is None for g in left)
    assert all(g.text.isdigit() for g in left)
    edges = {round(g.box[2]) for g in left}
    assert max(edges) < MARGIN - 6
    assert min(g.box[0] for g in left) > 12


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_numbers_do_not_disturb_the_text_that_is_read_out(name: str) -> None:
    file = manuscript(name)
    if name in PUBLISHED:
        case = loaded(source(name).read_text("utf-8"))
        sentences = [s for s in case["introduction"].replace("\n", " ").split(". ") if len(s) > 100 and "[@" not in s]
    else:
        sentences = [SENTENCE.format(n=n) for n in range(20, 28)]
    assert sentences
    text = flow(file)
    for sentence in sentences:
        assert "".join(sentence.split()) in text


def test_a_sentence_of_the_last_test_runs_over_two_lines() -> None:
    file = manuscript("stress")
    wanted = "".join(SENTENCE.format(n=22).split())
    characters = [g for g in glyphs(file) if g.tags is not None]
    start = "".join(g.text for g in characters).index(wanted)
    assert len({g.y for g in characters[start : start + len(wanted)]}) >= 2


def test_the_check_sees_each_kind_of_fault() -> None:
    lines, counted = body_lines(manuscript("stress")), numbers(manuscript("stress"))
    (page, height), number = counted[40]
    assert not faults(lines, counted)
    assert faults(lines, counted[:40] + counted[41:])
    assert faults(lines, [*counted[:40], ((page, height + 2), number), *counted[41:]])
    assert faults(lines, [*counted[:41], ((page, height), number), *counted[41:]])
    assert faults(lines, [*counted, ((page, 10.0), len(counted) + 1)])
    assert faults(lines[:40] + lines[41:], counted)


def test_the_reading_copy_has_no_numbers() -> None:
    assert not numbers(output("exemplary-dress", "article", "pdf"))
