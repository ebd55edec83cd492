"""Specimens for the tests of outputs: a case that strains the page, a case of forty pages, and how each is rendered."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ctypes import c_double
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw
from quick_yaml import dumped

from casewriter.cli.app import run

ROOT = Path(__file__).parents[1]
PUBLISHED = ("calcinosis-lupus-panniculitis", "calcinosis-universalis-sle", "exemplary-dress")
FAILURES = ROOT / "output" / "visual"
"""Where a failing test leaves pictures."""

TITLE = (
    "Pseudopseudohypoparathyroidism with hepatosplenomegaly, β-thalassaemia trait and an α₁-antitrypsin deficiency of"
    " the Pi*ZZ genotype, complicated by immunodysregulation–polyendocrinopathy–enteropathy-like disease after"
    " allogeneic haematopoietic stem-cell transplantation in a patient ≥ 80 years: a case report with a follow-up"
    " of 25 years and a review of otorhinolaryngological manifestations"
)
SIGNS = "Δ, α₁, β₂, γ and μ; ≥ 2 mm, ≤ 5 µmol/L, 37 ± 0.5 °C, 90° flexion, 1.5 × 10⁹/L, Na⁺ → K⁺, m², −3 dB"
LONG_WORDS = (
    "oesophagogastroduodenoscopy, pneumonoultramicroscopicsilicovolcanoconiosis, glycosylphosphatidylinositol,"
    " dichlorodiphenyltrichloroethane, immunoelectrophoresis and hepaticocholangiocholecystenterostomy"
)
SENTENCE = (
    "On the morning of the {n}th visit the patient walked without help, the scars had paled, and nothing in the story"
    " or in the examination spoke against the diagnosis that had been made at the beginning"
)
# Panels of each figure by width and height in pixels.
PANELS = (
    ((900, 600),),
    ((400, 900), (900, 400)),
    ((500, 500), (800, 300), (300, 800)),
    ((640, 480), (480, 640), (640, 480), (1000, 250)),
    ((300, 1200),),
    ((1600, 200),),
    ((600, 400), (600, 400)),
    ((200, 200), (210, 200), (220, 200), (230, 200)),
)
RED = (200, 30, 40)


def picture(path: Path, size: tuple[int, int], colour: tuple[int, int, int], word: str) -> None:
    """Draw a framed plate with a cross and a word."""
    image = Image.new("RGB", size, colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, size[0] - 5, size[1] - 5), outline="white", width=3)
    pen.line((0, 0, *size), fill="white", width=2)
    pen.text((12, size[1] // 2), word, fill="white")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def stress(folder: Path) -> Path:
    """Write the stress case and its pictures into a folder; return the case file."""
    return written(folder, _stress_case(folder))


def forty_pages(folder: Path) -> Path:
    """Write a case whose manuscript has at least forty pages; return the case file."""
    case = _stress_case(folder)
    paragraphs = [
        f"{SENTENCE.format(n=n)} [@ref{n % 60 + 1}]. {SIGNS}. The words that strain a line are {LONG_WORDS}."
        for n in range(1, 151)
    ]
    case["course"] = "\n\n".join(paragraphs)
    return written(folder, case)


def written(folder: Path, case: dict[str, Any]) -> Path:
    """Write a case as YAML; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "case.yaml"
    file.write_text(dumped(case, width=100), encoding="utf-8")
    return file


def _stress_case(folder: Path) -> dict[str, Any]:
    figures = _figures(folder)
    return {
        "format": 1,
        "title": TITLE,
        "short_title": "Pseudopseudohypoparathyroidism with immunodysregulation after transplantation",
        "keywords": ["case report", "pseudopseudohypoparathyroidism", "α₁-antitrypsin deficiency"],
        "authors": _authors(),
        "affiliations": _affiliations(),
        "abstract": {
            "background": f"Signs that a font may lack: {SIGNS}.",
            "presentation": f"The words that strain a line are {LONG_WORDS}.",
            "conclusion": "A long title need not spoil a page.",
        },
        "introduction": _introduction(),
        "observation": _observation(),
        "timeline": {"index": "admission to the otorhinolaryngological department", "events": _events()},
        "labs": _labs(),
        "diagnosis": {
            "final": [{"label": "pseudopseudohypoparathyroidism"}],
            "differential": [
                {
                    "label": f"differential diagnosis {n} with hepaticocholangiocholecystenterostomy",
                    "status": "excluded",
                    "for": "fever ≥ 38.5 °C, rash and lymphadenopathy",
                    "against": f"a titre of 1:{2**n} and a ferritin of {n} × 10³ µg/L",
                }
                for n in range(1, 7)
            ],
        },
        "treatment": {
            "narrative": f"Treatment is set out in @tbl-doses. {SIGNS}.",
            "interventions": [
                {
                    "id": f"drug-{n}",
                    "kind": "drug",
                    "label": f"methylprednisolone hemisuccinate, course {n}",
                    "dose": f"{n}.5 mg/kg",
                    "route": "intravenous",
                    "frequency": "every 8 h",
                    "at": f"{n} wk",
                    "duration": "5 d",
                    "indication": "immunodysregulation",
                    "response": "partial",
                }
                for n in range(1, 9)
            ],
        },
        "discussion": {
            "narrative": "\n\n".join(
                f"{SENTENCE.format(n=n)} [@ref{n}; @ref{n + 1}; @ref{n + 2}]. " + SIGNS + "." for n in range(30, 45)
            ),
            "limitations": "- one patient\n- no control\n\n> A quotation stands by itself.\n\n1. first\n2. second\n",
        },
        "conclusion": "The page held.",
        "patient_perspective": {"by": "patient", "text": "I read it and recognised myself."},
        "consent": {"publication": {"status": "written", "by": ["patient"]}},
        "funding": {"none": "true"},
        "abbreviations": {f"ABC{n}": f"abbreviation number {n} of the list" for n in range(1, 16)},
        "figures": figures,
        "tables": _tables(),
        "references": [_reference(n) for n in range(1, 61)],
        "nocite": "all",
    }


def _introduction() -> str:
    mentions = ", ".join(f"@fig-plate{n}" for n in range(1, 4))
    return (
        f"Sixty sources stand behind this report [@ref1; @ref2; @ref3; @ref5; @ref8]. {SIGNS}.\n\n"
        f"The words that strain a line are {LONG_WORDS}. Pictures are {mentions}.\n\n"
        + "\n\n".join(f"{SENTENCE.format(n=n)} [@ref{n}]." for n in range(10, 20))
    )


def _authors() -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = [
        {
            "given": f"Maximiliane-Theodora {chr(64 + n)}.",
            "family": f"Featherstonehaugh-Cholmondeley {n}",
            "degrees": ["MD", "PhD"],
            "affiliations": [f"aff-{(n + k) % 8 + 1}" for k in range(1 + n % 3)],
        }
        for n in range(1, 13)
    ]
    people[4] = {"family": "Sukarno", "affiliations": ["aff-1"]}
    for n in (0, 1):
        people[n]["equal"] = True
    for n in (0, 11):
        people[n] |= {"corresponding": True, "email": f"author{n}@example.org"}
    return people


def _affiliations() -> dict[str, Any]:
    return {
        f"aff-{n}": {
            "department": f"Department {n} of Otorhinolaryngology and Immunohaematology",
            "institution": "Example University Hospital of the Ministry of Health",
            "city": "Llanfairpwllgwyngyll",
            "country": "Nowhere",
        }
        for n in range(1, 9)
    }


def _observation() -> dict[str, Any]:
    later = ", ".join(f"@fig-plate{n}" for n in range(4, 9))
    return {
        "patient": {"age": "81 y", "sex": "female", "occupation": "otorhinolaryngologist"},
        "complaints": [{"id": "fever", "label": "fever ≥ 38.5 °C", "onset": "-3 d", "duration": "3 d"}],
        "history": {"medical": LONG_WORDS, "family": "Her mother had the same face."},
        "examination": {
            "vitals": [{"label": "Temperature", "value": "38.9", "unit": "Cel"}],
            "findings": [{"label": f"finding {n} of the right arm", "at": "0"} for n in range(1, 6)],
            "negatives": ["no rash", "no oedema"],
        },
        "narrative": f"The remaining pictures are {later}, the values @tbl-labs, the whole course @tbl-timeline.\n\n"
        + "\n\n".join(SENTENCE.format(n=n) + "." for n in range(20, 28)),
    }


def _events() -> list[dict[str, str]]:
    kinds = ("history", "presentation", "diagnostic", "intervention", "follow_up", "outcome")
    return [
        {
            "id": f"event-{n}",
            "at": f"{n - 8} {'wk' if n % 2 else 'd'}",
            "label": f"event {n}: {'α-fetoprotein ≥ 400 µg/L → imaging' if n % 3 else LONG_WORDS}",
            "kind": kinds[n % 6],
        }
        for n in range(1, 26)
    ]


def _labs() -> dict[str, Any]:
    results: list[dict[str, Any]] = []
    for n in range(1, 121):
        row: dict[str, Any] = {
            "id": f"test-{n}",
            "test": f"Analyte {n}" + (" with an unusually long name of its own" if n % 10 == 0 else ""),
            "unit": ("mmol/L", "10*9/L", "umol/L", "ug/L")[n % 4],
            "reference": f"{n}.0-{n + 10}.0",
            "panel": f"Panel {(n - 1) // 15 + 1}",
        }
        if n % 2:
            row["series"] = [{"at": f"{k} d" if k else "0", "value": f"{n + 6 * k}.{k}"} for k in range(1 + n % 5)]
        else:
            row |= {"value": f"{n + 4}.5", "at": "0"}
        if n % 25 == 0:
            row["note"] = f"Remark on analyte {n}."
        results.append(row)
    return {"narrative": f"All values are in @tbl-labs. {SIGNS}.", "results": results}


def _figures(folder: Path) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for n, sizes in enumerate(PANELS, start=1):
        panels = []
        for k, size in enumerate(sizes):
            name = f"figures/plate{n}{'abcd'[k]}.png"
            picture(folder / name, size, (20 * n, 60 + 30 * k, 200 - 20 * n), f"{n}{'ABCD'[k]}")
            panels.append(
                {
                    "file": name,
                    "caption": f"Plate {n}, view {k + 1}, ≥ 2 mm.",
                    "alt": f"Coloured plate {n} {k + 1}",
                }
            )
        figures[f"plate{n}"] = {"caption": f"Plate {n} of the atlas.", "credit": "Drawn.", "panels": panels}
    return figures


def _tables() -> dict[str, Any]:
    heads = ["Drug", "Dose", "Route", "Interval", "Start", "End", "Trough level", "Response", "Remark"]
    rows = [
        ["ciclosporin", f"{n}.5 mg/kg", "by mouth", "12 h", f"day {n}", "–", "≥ 100 µg/L", "none", f"remark {n}"]
        for n in range(1, 9)
    ]
    return {"doses": {"caption": "Doses and levels.", "columns": heads, "rows": rows, "notes": f"Signs: {SIGNS}."}}


def _reference(number: int) -> dict[str, Any]:
    return {
        "id": f"ref{number}",
        "type": "article-journal",
        "author": [f"Longname{number} AB", "Writer CD", "Third EF", "Fourth GH", "Fifth IJ", "Sixth KL", "Seventh MN"],
        "title": f"Invented study number {number} of {('β-thalassaemia', 'oesophagogastroduodenoscopy')[number % 2]}",
        "container-title": "Journal of Results That Nobody Obtained",
        "issued": str(1960 + number),
        "volume": str(number),
        "page": f"{number}01-{number}10",
        "DOI": f"10.5555/casewriter.invented.{number:04}",
    }


# -- rendering ------------------------------------------------------------------------------------------------


def scratch() -> Path:
    """Return the folder that all processes of a run of pytest share; conftest.py makes and clears it."""
    return Path(os.environ["CASEWRITER_TEST_FOLDER"])


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Let one process at a time do a thing; the others wait for it."""
    with (scratch() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def source(name: str) -> Path:
    """Return the case file of a specimen: a published case, ``stress`` or ``forty``."""
    if name in PUBLISHED:
        return ROOT / "cases" / name / "case.yaml"
    maker = {"stress": stress, "forty": forty_pages}[name]
    with only_one(name):
        folder = scratch() / "cases" / name
        file = folder / "case.yaml"  # written last, so that it stands for the whole folder
        return file if file.exists() else maker(folder)


@cache
def output(name: str, layout: str, suffix: str) -> Path:
    """Render a specimen once a run; return the file, such as ``output("stress", "article", "pdf")``."""
    tail = "" if layout == "article" else f"-{layout}"
    case = source(name)
    with only_one(f"{name}-{layout}-{suffix}"):
        folder = scratch() / f"{layout}-{suffix}"
        file = folder / name / f"{name}{tail}.{suffix}"
        if not file.exists():
            run(["render", str(case), "--layout", layout, "--to", suffix, "-o", str(folder), "-q"])
        return file


def rendered(folder: Path, case: dict[str, Any], *options: str, name: str = "x") -> tuple[int, Path]:
    """Write a case and render it; return the exit code and the folder of the outputs."""
    file = written(folder / "cases" / name, {"format": 1} | case)
    code = run(["render", str(file), "-o", str(folder / "out"), *options])
    return code, folder / "out" / name


# -- reading a PDF with readers that share no code with the writer -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character: baseline and box in points from the lower left; `tags` are its structure elements."""

    page: int
    text: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    size: float
    tags: tuple[str, ...] | None
    mcid: int


def structure(pdf: pikepdf.Pdf) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the structure elements over each marked content, by page and number, in the order of the tree."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    found: dict[tuple[int, int], tuple[str, ...]] = {}

    def walk(element: Any, page: int, above: tuple[str, ...]) -> None:
        if isinstance(element, int):
            assert (page, element) not in found, "a content has two owners"
            found[page, element] = above
            return
        if not hasattr(element, "get") or element.get("/Type") == "/OBJR":
            return
        here = element.get("/Pg")
        page = pages[here.objgen] if here is not None else page
        kids = element.get("/MCID") if element.get("/Type") == "/MCR" else element.get("/K")
        path = (*above, str(element.S).lstrip("/")) if "/S" in element else above
        for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
            walk(kid, page, path)

    walk(pdf.Root.StructTreeRoot, -1, ())
    return found


@cache
def glyphs(file: Path) -> tuple[Glyph, ...]:
    """Return every visible character of a PDF in the order of the content; `tags` is None for an artifact."""
    with pikepdf.open(file) as pdf:
        owners = structure(pdf)
    document = pdfium.PdfDocument(file)
    found = []
    for number, page in enumerate(document):
        reader = page.get_textpage()
        for place in range(reader.count_chars()):
            text = chr(raw.FPDFText_GetUnicode(reader.raw, place))
            if text.isspace() or raw.FPDFText_IsGenerated(reader.raw, place):
                continue
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(reader.raw, place, x, y)
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(reader.raw, place, matrix)
            size = raw.FPDFText_GetFontSize(reader.raw, place) * abs(matrix.d)
            mcid = raw.FPDFPageObj_GetMarkedContentID(raw.FPDFText_GetTextObject(reader.raw, place))
            box = reader.get_charbox(place)
            found.append(Glyph(number, text, x.value, y.value, box, size, owners.get((number, mcid)), mcid))
        reader.close()
        page.close()
    document.close()
    return tuple(found)


def flow(file: Path) -> str:
    """Return the text of a PDF in the order of its structure tree, without spaces."""
    with pikepdf.open(file) as pdf:
        order = structure(pdf)
    parts: dict[tuple[int, int], str] = dict.fromkeys(order, "")
    for glyph in glyphs(file):
        if glyph.tags is not None:
            parts[glyph.page, glyph.mcid] += glyph.text
    return "".join(parts.values())


def pictures_of(file: Path, pages: Iterable[int], name: str) -> Path:
    """Leave pages as pictures for the reader of a failed test; return their folder."""
    folder = FAILURES / name
    folder.mkdir(parents=True, exist_ok=True)
    document = pdfium.PdfDocument(file)
    for number in pages:
        document[number].render(scale=1.0).to_pil().save(folder / f"{file.stem}-{number + 1}.png")
    document.close()
    return folder


@cache
def drawings(file: Path) -> tuple[tuple[int, tuple[float, float, float, float]], ...]:
    """Return page and box of each picture and drawing: left, bottom, right, top in points."""
    document = pdfium.PdfDocument(file)
    kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM)
    found = []
    for number, page in enumerate(document):
        found += [(number, one.get_bounds()) for one in page.get_objects(filter=kinds, max_depth=1)]
        page.close()
    document.close()
    return tuple(found)


def in_a_drawing(glyph: Glyph, file: Path) -> bool:
    """Whether a character is lettering of a drawing."""
    boxes = [box for page, box in drawings(file) if page == glyph.page]
    return any(left - 1 < glyph.x < right + 1 and low - 1 < glyph.y < high + 1 for left, low, right, high in boxes)


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Return every structure element of a PDF."""
    found, stack = [], [pdf.Root.StructTreeRoot]
    while stack:
        element = stack.pop()
        if not hasattr(element, "get") or element.get("/Type") in ("/OBJR", "/MCR"):
            continue
        if "/S" in element:
            found.append(element)
        kids = element.get("/K")
        stack.extend(kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids])
    return found
