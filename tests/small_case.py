"""A small case that has one of everything: an author, an abstract, a figure of two panels, a table, a reference."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

CASE = """format: 1
title: "Gout of the ear: a case report"
keywords: [case report, gout]
authors:
- {given: Ada, family: Zwicknagl, email: ada@zwicknagl.example, corresponding: true, affiliations: [im], conflicts: {none: true}, roles: [Conceptualization]}
affiliations: {im: {institution: Qumran Hospital, city: Tollense, country: Germany}}
abstract: {background: Gout of the ear is seldom seen., presentation: A nodule., outcome: It healed., conclusion: Think of gout.}
introduction: Gout of the ear is seldom described in the literature of this region [@muller].
observation:
  patient: {age: 61 y, sex: male}
  narrative: A man presented with a nodule of the left ear, as @fig-ear shows, with the results of @tbl-urate.
tables: {urate: {caption: Urate, columns: [Day, Value], rows: [[0, 540 µmol/L], [14, 320 µmol/L]]}}
figures:
  ear: {caption: The ear., panels: [{file: figures/a.png, alt: A white nodule., caption: Before.}, {file: figures/b.jpg, alt: A flat scar., caption: After.}]}
conclusion: The nodule of the ear was a tophus, which a needle proved without an operation.
consent: {publication: {status: written, by: [patient], statement: The patient gave written consent to publication of this report.}}
funding: {none: true}
competing_interests: {none: true}
cover_letter: |
  Tophi of the ear are taken for carcinoma; @fig-ear shows why.
references:
- {id: muller, type: article-journal, author: [Muller SA], title: Gout, container-title: Arch Dermatol, issued: 1959, volume: 79, page: 669-673}
"""


def small_case(home: Path, text: str = CASE) -> Path:
    """Write the case with its pictures into a folder; one of them names its photographer."""
    (home / "figures").mkdir(parents=True)
    (home / "case.yaml").write_text(text, "utf-8")
    Image.effect_noise((1200, 900), 60).convert("RGB").save(home / "figures" / "a.png")
    exif = Image.Exif()
    exif[0x013B] = "Zwicknagl"  # Artist
    Image.effect_noise((400, 300), 60).convert("RGB").save(home / "figures" / "b.jpg", exif=exif)
    return home / "case.yaml"
