"""Figures, tables and attachments: every FIG code of the rules at its place, and what is right draws none.

‸ stands before the character that a problem must point at; it is taken out before the text is read. Pictures are the
head of a PNG file of the wanted size: nothing of them is decoded.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from casewriter.lint.figure import RULES
from casewriter.problem import Level, Problem
from casewriter.project import find_cases
from casewriter.work.check import check

CODES = tuple(f"FIG{number:03}" for number in range(7, 17))


def png(width: int, height: int = 1) -> bytes:
    """Return the head of a PNG file: signature and IHDR (PNG third edition, 11.2.1), colour type 2."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


SHARP = {f"{name}.png": png(3000) for name in "abcd"}


def linted(folder: Path, text: str, files: Mapping[str, bytes] = SHARP) -> list[Problem]:
    """Return the problems of the codes of this file that a case has, in the order of the report."""
    (folder / "case.yaml").write_text(f"format: 1\n{text}", "utf-8")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    problems = check(find_cases([str(folder)])[0]).report.problems
    assert [p.message for p in problems if p.kind.family in ("PLUG", "YAML", "CASE")] == []
    return [p for p in problems if p.code in CODES]


def holds_as_marked(folder: Path, codes: str, text: str, files: Mapping[str, bytes] = SHARP) -> list[Problem]:
    """Assert that a marked case has these codes, one for each mark, there and nowhere else."""
    wanted, line, column = list[tuple[int, int]](), 2, 1  # `format: 1` stands before the text
    for char in text:
        if char == "‸":
            wanted.append((line, column))
        else:
            line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    found = linted(folder, text.replace("‸", ""), files)
    marked = [(code, *place) for code, place in zip(codes.split(), wanted, strict=True)]
    assert [(p.code, p.span.line, p.span.column) for p in found if p.span] == marked, [p.message for p in found]
    assert all(problem.hint for problem in found)
    return found


def figure(fields: str, mark: str = "") -> str:
    """Return a figure of one picture that lacks nothing, with more fields."""
    return f"figures:\n  {mark}skin: {{file: a.png, caption: Skin of the back., alt: Red plaques., {fields}}}\n"


def panelled(*captions: str, more: str = "", own: str = "Skin.") -> str:
    """Return a figure with a panel for each caption."""
    rows = "".join(
        f"    - {{file: {n}.png, alt: Red plaques., caption: {c}}}\n" for n, c in zip("abcd", captions, strict=False)
    )
    return f"figures:\n  skin:\n    caption: {own}\n{more}    panels:\n{rows}"


def test_the_rules_have_these_codes_and_manuals_with_a_source_or_a_remedy() -> None:
    kinds = {kind.code: kind for rule in RULES for kind in rule.kinds}
    assert sorted(kinds) == list(CODES)
    assert {code for code, kind in kinds.items() if kind.level is Level.ERROR} == {"FIG012", "FIG013"}
    assert {code for code, kind in kinds.items() if kind.level is Level.INFO} == {"FIG009"}
    assert [code for code, kind in kinds.items() if "Source:" not in kind.manual] == ["FIG010", "FIG012"]


# -- alt texts, captions, letters ------------------------------------------------------------------------------------------

ROWS = [
    # WCAG 2.2, 1.1.1: every picture has a text that stands for it
    ("", figure("modality: histology")),
    ("FIG007", "figures: {‸skin: {file: a.png, caption: Skin.}}\n"),
    ("FIG007", "figures: {‸skin: {file: a.png, caption: Skin., alt: ' '}}\n"),
    ("FIG007", "figures: {‸skin: {file: a.png, caption: Skin., alt: }}\n"),
    (
        "FIG007",
        "figures:\n  skin:\n    caption: Skin.\n    panels:\n    - {file: a.png, alt: Plaques.}\n    - ‸{file: b.png, caption: B}\n",
    ),
    ("FIG007 FIG007", "figures: {skin: {caption: S, panels: [‸{file: a.png}, ‸{file: b.png}]}}\n"),
    ("FIG007", "figures: {skin: {caption: S, alt: Plaques., panels: [‸{file: a.png}]}}\n"),
    ("", "figures: {skin: {caption: A figure that has no picture yet.}}\n"),
    # JATS4R: not the caption again
    ("FIG008", "figures: {skin: {file: a.png, caption: Red plaques., alt: ‸Red plaques.}}\n"),
    ("FIG008", "figures: {skin: {file: a.png, caption: Red plaques., alt: ‸red  PLAQUES}}\n"),
    ("FIG008", "figures: {skin: {caption: Skin, panels: [{file: a.png, caption: Red plaques, alt: ‸Red plaques.}]}}\n"),
    ("FIG008", "figures: {skin: {caption: Red plaques, panels: [{file: a.png, caption: Before, alt: ‸Red plaques.}]}}\n"),
    ("", "figures: {skin: {file: a.png, caption: Red plaques., alt: Red plaques over both thighs.}}\n"),
    ("", "figures: {skin: {caption: S, panels: [{file: a.png, caption: B, alt: After}, {file: b.png, caption: After, alt: C}]}}\n"),
    # ICMJE IV.A.3: every exhibit has a legend, every table a title
    ("FIG015", "figures: {‸skin: {file: a.png, alt: Red plaques.}}\n"),
    ("FIG015", "figures: {‸skin: {file: a.png, alt: Red plaques., caption: ' '}}\n"),
    ("FIG015", "figures: {‸skin: {panels: [{file: a.png, alt: Before}, {file: b.png, alt: After}]}}\n"),
    ("", "figures: {skin: {panels: [{file: a.png, alt: Red, caption: Before}, {file: b.png, alt: Pale}]}}\n"),
    ("FIG015", "tables: {‸drugs: {columns: [Drug], rows: [[diltiazem]]}}\n"),
    ("FIG015 FIG015", "figures: {‸skin: {alt: x}}\ntables:\n  ‸drugs: {columns: [Drug], rows: [[diltiazem]], notes: N}\n"),
    ("", "tables: {drugs: {caption: Drugs., columns: [Drug], rows: [[diltiazem]]}}\n"),
]  # fmt: skip
TYPED = ("A. Before", "a. Before", "(A) Before", "(b) Before", "B) Before", '"C: after"', "Panel A. Before", "Figure 2. Before", "Fig. 3 Before")  # fmt: skip
NOT_TYPED = (
    *("Before", "A 37-year-old woman's back", "a plaque", "Computed tomography", "B lymphocytes", "C3 deposits"),
    *("Day 3", "(CD20 stain)", "T1-weighted", '"Arrow: plaque"', "Panels of antibodies", '"H&E, × 100"', "AB0 groups"),
)


@pytest.mark.parametrize(("codes", "text"), ROWS)
def test_alt_texts_and_captions(tmp_path: Path, codes: str, text: str) -> None:
    holds_as_marked(tmp_path, codes, text)


@pytest.mark.parametrize("caption", TYPED)
def test_a_letter_that_is_typed_into_the_caption_of_a_panel(tmp_path: Path, caption: str) -> None:
    (problem,) = holds_as_marked(tmp_path, "FIG010", panelled("Before", f"‸{caption}"))
    assert problem.path == ("figures", "skin", "panels", 1, "caption")


@pytest.mark.parametrize("caption", NOT_TYPED)
def test_a_caption_that_begins_like_a_letter(tmp_path: Path, caption: str) -> None:
    holds_as_marked(tmp_path, "", panelled(caption, caption))


ORDER = [
    # text that mentions panels a to d of one figure; whether it is told (AMA Manual of Style, 11th edition, 4.2)
    (False, "First @fig-skin.a, then @fig-skin.b, then @fig-skin.c."),
    (False, "See @fig-skin, @fig-skin.a-c and @fig-skin.d."),
    (False, "See @fig-skin.a,b and again @fig-skin.a."),
    (False, "Only @fig-skin.a."),
    (False, "No panel of @fig-skin."),
    (True, "First @fig-skin.b, then @fig-skin.a."),
    (True, "First @fig-skin.a, then @fig-skin.c and @fig-skin.b."),
    (True, "First @fig-skin.c-d, then @fig-skin.a-b."),
]


@pytest.mark.parametrize(("told", "text"), ORDER)
def test_panels_are_mentioned_in_their_order(tmp_path: Path, told: bool, text: str) -> None:
    exhibits = panelled("Before", "After", "Later", "Last").replace("  skin:", "  ‸skin:" if told else "  skin:")
    holds_as_marked(tmp_path, "FIG009" if told else "", f"course: |\n  {text}\n{exhibits}")


def test_the_order_is_that_of_reading_and_not_of_the_file(tmp_path: Path) -> None:
    """In the paper the introduction stands before the course, wherever the file has them."""
    exhibits = panelled("Before", "After")
    text = "course: See @fig-skin.{}.\nintroduction: See @fig-skin.{}.\n"
    holds_as_marked(tmp_path, "", text.format("b", "a") + exhibits)
    told = holds_as_marked(tmp_path, "FIG009", text.format("a", "b") + exhibits.replace("  skin:", "  ‸skin:"))
    assert "B, A" in told[0].message


def test_each_figure_has_its_own_order(tmp_path: Path) -> None:
    one, other = panelled("Before", "After"), panelled("Early", "Late").replace("figures:\n  skin:", "  bone:")
    text = "course: See @fig-skin.a, @fig-bone.a, @fig-skin.b and @fig-bone.b.\n"
    holds_as_marked(tmp_path, "", text + one + other)


# -- size in print ---------------------------------------------------------------------------------------------------------

# A4 with 24 mm at each side leaves 162 mm: 162 / 25.4 × 300 = 1913.4 pixels; of a share of it, that share.
# Two panels have 98 of 100 parts of it, with 2 between them; a row of three 96, as much as three of a row of four.
WIDTHS = [
    ("", figure(""), 1914),
    ("FIG011", figure("").replace("a.png", "‸a.png"), 1913),
    ("FIG011", figure("").replace("a.png", "‸a.png"), 100),
    ("", figure("width: 50%"), 957),
    ("FIG011", figure("width: 50%").replace("a.png", "‸a.png"), 956),
    ("", figure("width: 10%"), 192),
    ("FIG011", figure("width: 10%").replace("a.png", "‸a.png"), 191),
    ("", figure("width: 100%"), 1914),
    # one panel has the whole width, two and more stand side by side
    ("", panelled("Before"), 1914),
    ("FIG011", panelled("Before").replace("a.png", "‸a.png"), 1913),
    ("", panelled("Before", "After"), 938),
    ("FIG011 FIG011", re.sub(r"(\w\.png)", r"‸\1", panelled("Before", "After")), 937),
    ("", panelled("Before", "After", "Later", "Last"), 938),
    ("", panelled("Before", "After", more="    width: 60%\n"), 563),
    ("FIG011 FIG011", re.sub(r"(\w\.png)", r"‸\1", panelled("Before", "After", more="    width: 60%\n")), 562),
]


@pytest.mark.parametrize(("codes", "text", "width"), WIDTHS)
@pytest.mark.parametrize("tall", [False, True])
def test_a_picture_has_300_dots_per_inch_across_its_printed_width(
    tmp_path: Path, codes: str, text: str, width: int, tall: bool
) -> None:
    files = {f"{name}.png": png(width, width if tall else 1) for name in "abcd"}
    for problem in holds_as_marked(tmp_path, codes, text, files):
        said = re.search(r"has (\d+) dots per inch at its printed width of (\d+) mm", problem.message)
        assert said
        assert int(said[1]) * int(said[2]) / 25.4 == pytest.approx(width, rel=0.03)  # both are rounded


# A tall picture beside its legend takes three quarters of 165 mm: at 10 pixels of height to 1 of width it is 12.375 mm wide,
# 12.375 / 25.4 × 300 = 146.2 pixels.
# The manuscript has 25 mm at each side: 160 mm, 1889.8 pixels.
@pytest.mark.parametrize(
    ("sharp", "layout", "ratio"), [(147, "article", 10), (147, "manuscript", 10), (1890, "manuscript", 1)]
)
def test_the_printed_width_is_that_of_the_layout(tmp_path: Path, sharp: int, layout: str, ratio: int) -> None:
    profile = tmp_path / "profiles" / "mine.yaml"
    profile.parent.mkdir()
    profile.write_text(f"id: mine\nname: Mine\nextends: generic-care\nlayout: {layout}\n", "utf-8")
    for width, codes in ((sharp, []), (sharp - 1, ["FIG011"])):
        files = {"a.png": png(width, width * ratio)}
        assert [p.code for p in linted(tmp_path, figure("") + "profile: mine\n", files)] == codes


@pytest.mark.parametrize("width", [400, 700, 1000, 1500, 1900])
def test_the_smaller_width_that_is_advised_is_sharp_enough_and_no_larger_one_is(tmp_path: Path, width: int) -> None:
    files = {"a.png": png(width)}
    (problem,) = linted(tmp_path, figure(""), files)
    advised = re.search(r"or width: (\d+)%", problem.hint or "")
    assert advised
    assert linted(tmp_path, figure(f"width: {advised[1]}%"), files) == []
    assert [p.code for p in linted(tmp_path, figure(f"width: {int(advised[1]) + 1}%"), files)] == ["FIG011"]


def test_no_width_is_advised_that_a_figure_cannot_have(tmp_path: Path) -> None:
    """A figure is at least 10% wide; panels side by side would be too small to read."""
    (problem,) = linted(tmp_path, figure(""), {"a.png": png(160)})
    assert "width:" not in (problem.hint or "")
    found = linted(tmp_path, panelled("Before", "After"), {"a.png": png(800), "b.png": png(800)})
    assert [("width:" in (p.hint or "")) for p in found] == [False, False]


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", png(0)])
def test_a_file_whose_size_cannot_be_read_is_not_judged(tmp_path: Path, content: bytes) -> None:
    assert linted(tmp_path, figure(""), {"a.png": content}) == []


def test_a_picture_that_is_not_there_is_not_judged(tmp_path: Path) -> None:
    assert linted(tmp_path, figure("").replace("a.png", "none.png"), {}) == []
    (tmp_path / "inner").mkdir()
    outside = figure("").replace("a.png", "../a.png")
    (tmp_path / "a.png").write_bytes(png(10))
    assert linted(tmp_path / "inner", outside, {}) == []


# -- attachments -----------------------------------------------------------------------------------------------------------

ATTACHED = [
    ("", "videos: [{file: a.mp4, caption: Gait.}]\nsupplements: [{file: more/s.pdf, caption: Tables.}]\n"),
    ("FIG012", "videos: [{file: a.mp4}, {file: ‸b.mp4, caption: Gait.}]\n"),
    ("FIG012", "supplements:\n- caption: Tables.\n  file: ‸s.pdf\n"),
    ("FIG012 FIG012", "videos: [{file: ‸none.mp4}]\nsupplements: [{file: ‸none.pdf}]\n"),
    ("", "videos: [{caption: Still to be cut.}]\nsupplements: [{file: }]\n"),
    ("FIG012", "videos: [{file: ‸more}]\n"),
    ("FIG012", "videos: [{file: ‸../outside.mp4}]\n"),
    ("FIG012", "videos: [{file: ‸more/../../outside.mp4}]\n"),
    ("", "videos: [{file: more/../a.mp4}]\n"),
    ("FIG012", "videos: [{file: ‸/etc/passwd}]\n"),
    ("FIG012", "videos: [{file: ‸~/a.mp4}]\n"),
    ("FIG012", "videos: [{file: ‸'file:a.mp4'}]\n"),
    ("FIG012", "videos: [{file: ‸'https://example.org/a.mp4'}]\n"),
    ("FIG012", "videos: [{file: ‸'more\\s.pdf'}]\n"),
    ("FIG012", "videos: [{file: ‸link.mp4}]\n"),
]


@pytest.mark.parametrize(("codes", "text"), ATTACHED)
def test_an_attachment_is_a_file_inside_the_folder_of_the_case(tmp_path: Path, codes: str, text: str) -> None:
    (tmp_path / "outside.mp4").write_bytes(b"outside")
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "link.mp4").symlink_to(tmp_path / "outside.mp4")
    files = {"a.mp4": b"video", "more/s.pdf": b"supplement"}
    for problem in holds_as_marked(folder, codes, text, files):
        assert str(tmp_path) not in problem.message


# -- persons ---------------------------------------------------------------------------------------------------------------

PERSON = "figures: {skin: {file: a.png, caption: Rash., alt: Red face., modality: photograph, shows_person: %s}}\n"
CONSENT = [
    # ICMJE II.E.1: who can be recognised is shown the paper and consents to it
    ("", PERSON % "true" + "consent: {images: covered}\n"),
    ("", PERSON % "true" + "consent: {images: shown_to_patient}\n"),
    ("FIG013", PERSON % "‸true"),
    ("FIG013", PERSON % "‸true" + "consent: {images: not_obtained}\n"),
    ("FIG013", PERSON % "‸true" + "consent: {images: not_applicable}\n"),
    ("FIG013", PERSON % "‸true" + "consent: {publication: {status: written, by: [patient]}}\n"),
    ("FIG013", PERSON % "‸face"),
    ("FIG013", PERSON % "‸yes"),
    ("", PERSON % "part"),
    ("", PERSON % "false"),
    ("", PERSON % "none"),
    ("FIG013", panelled("Before", "After", more="    shows_person: ‸true\n")),
    ("FIG013 FIG013", "figures:\n  a: {caption: A, shows_person: ‸true}\n  b: {caption: B, shows_person: ‸true}\n"),
]
STATED = [
    ("FIG014", figure("modality: photograph", mark="‸")),
    ("FIG014", figure("modality: Clinical photograph", mark="‸")),
    ("FIG014", figure("modality: clinical picture", mark="‸")),
    ("", figure("modality: photograph, shows_person: false")),
    ("", figure("modality: photograph, shows_person: part")),
    ("", figure("modality: computed tomography")),
    ("", figure("modality: histology")),
    ("", figure("note: a photograph")),
    ("FIG014", panelled("Before", "After", more="    modality: photograph\n").replace("  skin:", "  ‸skin:")),
    ("", panelled("Before", "After", more="    modality: photograph\n    shows_person: false\n")),
    ("FIG014", "figures: {‸s: {caption: S, panels: [{file: a.png, alt: A, modality: CT}, {file: b.png, alt: B, modality: photograph}]}}\n"),
    ("FIG014", "figures: {‸s: {caption: S, panels: [{file: a.png, alt: A, modality: photo}, {file: b.png, alt: B, modality: photo}]}}\n"),
]  # fmt: skip
BARRED = (
    *("The ‸eyes are masked.", "‸Eyes masked for privacy.", "With ‸masked eyes.", "A ‸black bar hides who it is."),
    *("The ‸face is blurred.", "With ‸pixelated face.", "The ‸eye region is covered by a bar.", "‸Eyes blacked out."),
    *("The patient's ‸face was obscured.", "‸Obscured eyes."),
)
NOT_BARRED = (
    *("Rash of the face and neck.", "Swollen lids of both eyes.", "Barr bodies.", "A bar chart of creatinine."),
    *("Masked hypertension.", "Black eschar of the hand.", "The scale bar is 5 mm.", "Blurred margins of the lesion."),
    *("Covered stent in place.", "The eyes are normal. The wound is covered.", "Exposed surface."),
)


@pytest.mark.parametrize(("codes", "text"), [*CONSENT, *STATED])
def test_whoever_is_shown_is_asked(tmp_path: Path, codes: str, text: str) -> None:
    holds_as_marked(tmp_path, codes, text)


@pytest.mark.parametrize("words", BARRED)
def test_masking_eyes_or_face_protects_nobody(tmp_path: Path, words: str) -> None:
    holds_as_marked(tmp_path, "FIG016", f'figures: {{skin: {{file: a.png, caption: "{words}", alt: Red.}}}}\n')
    holds_as_marked(tmp_path, "FIG016", f'figures: {{skin: {{file: a.png, caption: C, alt: "{words}"}}}}\n')
    holds_as_marked(tmp_path, "FIG016", panelled("Before", f'"{words}"'))


@pytest.mark.parametrize("words", NOT_BARRED)
def test_words_that_tell_of_no_mask(tmp_path: Path, words: str) -> None:
    holds_as_marked(tmp_path, "", f'figures: {{skin: {{file: a.png, caption: "{words}", alt: Red.}}}}\n')


def test_every_code_was_drawn_by_some_row() -> None:
    rows = [codes for codes, *_ in (*ROWS, *WIDTHS, *ATTACHED, *CONSENT, *STATED)]
    assert {code for codes in rows for code in codes.split()} | {"FIG009", "FIG010", "FIG016"} == set(CODES)
