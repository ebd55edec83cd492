"""A case in which names hide in many places, and readers of HTML and PDF that share no code with the program.

Each place holds a mark such as `zq07` and behind it a spelling of something that must not be in a blinded copy.
"""

import base64
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
from lxml import etree, html
from PIL import Image

NBSP, NFD = "\u00a0", unicodedata.normalize("NFD", "Kővári-Ördögh")


@dataclass(frozen=True)
class Place:
    """A mark of the case, the spelling behind it, and what it is; `gone` places are taken out with their mark."""

    mark: str
    name: str
    what: str
    gone: bool = False


MASKED = (
    Place("zq01", "Kővári-Ördögh", "title"),
    Place("zq02", "Wojewodzki", "running head, without accents"),
    Place("zq03", "Brightwater Memorial Hospital", "keyword"),
    Place("zq04", "Z. M. Kővári-Ördögh", "abstract"),
    Place("zq05", "KŐVÁRI-ÖRDÖGH", "highlight, in capitals"),
    Place("zq06", NFD, "introduction, accents as characters of their own"),
    Place("zq07", "Wojewódzki, Thaddeus Q.", "introduction, reversed"),
    Place("zq08", "Wojewódzki TQ", "introduction, with initials behind"),
    Place("zq09", "T.Q.W.", "initials with stops"),
    Place("zq10", f"Zsófia{NBSP}M.{NBSP}Kővári–Ördögh", "no-break spaces and an en dash"),
    Place("zq11", "*Thaddeus* Wojewódzki", "half of it emphasised"),
    Place("zq12", "Koevari Oerdoegh", "umlauts written out"),
    Place("zq13", "Ольга Верещагина", "another script"),
    Place("", "https://brightwater.example/staff/wojewodzki", "target of a link"),
    Place("zq15", "https://brightwater.example/cases/7", "bare address with the domain of the institution"),
    Place("zq16", "Wojewódzki", "figure caption"),
    Place("zq17", "Thaddeus Wojewódzki", "alternative text"),
    Place("zq18", "Brightwater", "panel caption"),
    Place("zq19", "Dr. Verghese Okonkwo-Lindqvist", "credit: a person who is thanked"),
    Place("zq20", "Kővári", "figure note: half of a double name"),
    Place("zq21", "Wojewódzki", "caption of a table"),
    Place("zq22", "Wojewódzki", "head of a column"),
    Place("zq23", "Zsófia", "cell of a table: the given name"),
    Place("zq24", "wojewodzki@brightwater.example", "note of a table: an e-mail address"),
    Place("zq25", "Brightwater Hospital", "event of the timeline"),
    Place("zq26", "Wojewódzki", "note of a laboratory result"),
    Place("zq27", "Kővári-Ördögh", "note of an imaging study"),
    Place("zq28", "Wojewódzki", "label of a test"),
    Place("zq29", "when Wojewódzki was called", "own words of a time"),
    Place("zq30", "Kővári-Ördögh", "diagnosis, also drawn"),
    Place("zq31", "Wojewódzki", "patient perspective"),
    Place("zq32", "Wojewódzki", "consent statement"),
    Place("zq33", "Wojewódzki", "learning point"),
    Place("zq34", "Brightwater Memorial", "conclusion"),
    Place("zq35", "BWMH", "discussion: abbreviation of the institution"),
    Place("zq36", "Vasile Goldis Fund for Rheumatic Disease", "discussion: the funder"),
    Place("zq37", "KEB-2031/77b", "discussion: the approval number"),
    Place("zq38", "0000-0002-1694-233X", "discussion: ORCID iD"),
    Place("zq39", "+36 1 555 0199", "discussion: telephone number"),
    Place("zq40", "https://doi.org/10.5281/zenodo.7777777", "data availability: where the data are"),
    Place("zq41", "14 Quayside Terrace", "discussion: the street"),
    Place("zq42", "ZMKÖ", "discussion: bare initials of an author"),
    Place("zq43", "Wojewódzki", "name of a drug’s maker in a record"),
    Place("zq44", "Wojewódzki", "label of a drug in the drawn course"),
)
TAKEN = (
    Place("", "Zsófia M. Kővári-Ördögh", "author", gone=True),
    Place("", "zsofia.kovari@mailbox.example", "e-mail of the corresponding author", gone=True),
    Place("", "+36 1 555 0199", "telephone of the corresponding author", gone=True),
    Place("", "Department of Rheumatology", "department", gone=True),
    Place("", "Brightwater Memorial Hospital", "institution", gone=True),
    Place("", "14 Quayside Terrace", "street", gone=True),
    Place("", "Westmarch", "region", gone=True),
    Place("", "0000-0002-1694-233X", "ORCID iD", gone=True),
    Place("zr01", "ZMKÖ examined the patient", "contributions", gone=True),
    Place("", "Visualization", "roles", gone=True),
    Place("zr02", "Thaddeus Q. Wojewódzki", "guarantor", gone=True),
    Place("zr03", "We thank Dr. Verghese Okonkwo-Lindqvist", "acknowledgements", gone=True),
    Place("", "Ethics Committee of Brightwater Memorial Hospital", "ethics board", gone=True),
    Place("", "KEB-2031/77b", "approval number", gone=True),
    Place("", "Vasile Goldis Fund for Rheumatic Disease", "funder", gone=True),
    Place("", "VG-88/1203", "award", gone=True),
    Place("zr06", "Olga Wereschtschagina", "recipient of the award", gone=True),
    Place("zr07", "fees paid by Krummhorn Pharma", "interests of one author", gone=True),
    Place("zr08", "Budapest Rheumatology Days", "where the case was presented", gone=True),
    Place("zr09", "Thaddeus Q. Wojewódzki", "who answers for the use of AI", gone=True),
    Place("zr10", "UMIN000031337", "registration", gone=True),
    Place("", "Calcinosis of the quiet kind in one hundred patients", "own work in the case", gone=True),
    Place("", "10.5555/quiet.2017.001", "DOI of an own work", gone=True),
    Place("", "Plaques of the northern shore and their long course", "own work in a .bib file", gone=True),
    Place("", "ref-wojewodzki2017", "key of an own work, in an anchor", gone=True),
    Place("", "fig-kovari-plaque", "id of a figure, in an anchor", gone=True),
    Place("", "wojewodzki-gait.mp4", "name of an attached file", gone=True),
)
OTHERS = (
    "Nakashima-Ferreira",  # an author of somebody else's work
    "The middle course of calcium",  # its title
    "Ashcombe criteria",  # a town in the name of criteria
    "37-year-old woman",
)
"""What stays."""

CASE = f"""
format: 1
title: "Calcinosis seen by zq01 Kővári-Ördögh: a case report"
short_title: Calcinosis zq02 Wojewodzki
keywords: [case report, zq03 Brightwater Memorial Hospital]
authors:
  - given: Zsófia M.
    family: Kővári-Ördögh
    orcid: 0000-0002-1694-233X
    email: zsofia.kovari@mailbox.example
    phone: +36 1 555 0199
    address: 14 Quayside Terrace, Ashcombe
    affiliations: [bw]
    corresponding: true
    roles: [Conceptualization, Visualization]
    conflicts: {{items: ["zr07 fees paid by Krummhorn Pharma"]}}
  - {{given: Thaddeus Q., family: Wojewódzki, email: wojewodzki@brightwater.example, affiliations: [bw], conflicts: {{none: true}}}}
  - {{given: Ольга, family: Верещагина, affiliations: [bw], conflicts: {{none: true}}}}
affiliations:
  bw: {{department: Department of Rheumatology, institution: Brightwater Memorial Hospital, street: 14 Quayside Terrace,
        city: Ashcombe, region: Westmarch, ror: https://ror.org/05xyzab12}}
contributions: "zr01 ZMKÖ examined the patient."
guarantor: zr02 Thaddeus Q. Wojewódzki
abstract: "zq04 Z. M. Kővári-Ördögh saw a 37-year-old woman."
highlights: ["Seen by zq05 KŐVÁRI-ÖRDÖGH."]
introduction: |
  This is known [@wojewodzki2017; @nakashima2019; @shore2018] and was said by zq06 {NFD} and zq07 Wojewódzki, Thaddeus Q., and
  zq08 Wojewódzki TQ, and zq09 T.Q.W. wrote it down. So did zq10 Zsófia{NBSP}M.{NBSP}Kővári–Ördögh and zq11 *Thaddeus*
  Wojewódzki, zq12 Koevari Oerdoegh and zq13 Ольга Верещагина. It is at
  [zq14 the page](https://brightwater.example/staff/wojewodzki) and at zq15 https://brightwater.example/cases/7 and more.
  The Ashcombe criteria were met.
observation:
  patient: {{age: 37 y, sex: female}}
timeline:
  index: admission
  narrative: The course is shown (@tbl-timeline).
  events:
    - {{at: 0, label: "Moved to zq25 Brightwater Hospital", kind: presentation}}
    - {{at: {{label: "zq29 when Wojewódzki was called"}}, label: second look, kind: follow_up}}
    - {{at: 9 d, label: recovered, kind: outcome}}
labs:
  narrative: Calcium was normal (@tbl-labs).
  results: [{{test: Calcium, value: 9.2, unit: mg/dL, reference: 8.6-10.3, at: 0, note: "zq26 Wojewódzki took it."}}]
imaging: [{{modality: radiography, findings: plaques, note: "zq27 Kővári-Ördögh read it.", at: 1 d}}]
tests: [{{label: "zq28 Wojewódzki gait", findings: slow, at: 2 d}}]
diagnosis: {{final: [{{label: "calcinosis zq30 Kővári-Ördögh", at: 3 d, timeline: true}}]}}
treatment:
  narrative: The course is drawn (@fig-course).
  interventions:
    - {{kind: drug, label: "diltiazem zq44 Wojewódzki", dose: 30 mg, frequency: daily, at: 3 d, duration: 6 d,
       manufacturer: "zq43 Wojewódzki"}}
discussion: |
  As zq35 BWMH has it, the zq36 Vasile Goldis Fund for Rheumatic Disease paid. The number was zq37 KEB-2031/77b, the person
  zq38 0000-0002-1694-233X, zq39 +36 1 555 0199, in zq41 14 Quayside Terrace. Both authors (zq42 ZMKÖ) agreed. More is in
  @fig-kovari-plaque and @tbl-wojewodzki.
conclusion: "Seen at zq34 Brightwater Memorial again."
learning_points: ["Ask zq33 Wojewódzki."]
patient_perspective: "I thank zq31 Wojewódzki."
consent: {{publication: {{status: written, by: patient, statement: "Consent was given to zq32 Wojewódzki."}}}}
ethics: {{approval: Approved, board: Ethics Committee of Brightwater Memorial Hospital, number: KEB-2031/77b}}
registration: zr10 UMIN000031337
funding: [{{funder: Vasile Goldis Fund for Rheumatic Disease, award: VG-88/1203, recipient: zr06 Olga Wereschtschagina}}]
data_availability: The data are at zq40 https://doi.org/10.5281/zenodo.7777777 for all.
acknowledgements: zr03 We thank Dr. Verghese Okonkwo-Lindqvist.
prior_presentation: zr08 Budapest Rheumatology Days.
ai_use: {{used: true, tools: [{{name: Scribe, purpose: grammar}}], responsible_author: zr09 Thaddeus Q. Wojewódzki}}
abbreviations: {{BWMH: Brightwater Memorial Hospital}}
figures:
  kovari-plaque:
    caption: "Plaques, zq16 Wojewódzki."
    credit: "Pictures by zq19 Dr. Verghese Okonkwo-Lindqvist."
    note: "Chosen by zq20 Kővári."
    panels:
      - {{file: figures/kovari-1.png, alt: "A plaque, zq17 Thaddeus Wojewódzki beside it", caption: "Left, zq18 Brightwater."}}
      - {{file: figures/two.png, alt: A plaque on the right, caption: Right.}}
tables:
  wojewodzki:
    caption: "Visits to zq21 Wojewódzki"
    columns: [Visit, "zq22 Wojewódzki"]
    rows: [[first, "zq23 Zsófia"]]
    notes: "Ask zq24 wojewodzki@brightwater.example for more."
videos: [{{file: wojewodzki-gait.mp4}}]
references:
  - {{id: wojewodzki2017, type: article-journal, author: [Wojewódzki TQ, Muster P], issued: 2017, volume: 3, page: 1-9,
      title: Calcinosis of the quiet kind in one hundred patients, container-title: Quiet J, DOI: 10.5555/quiet.2017.001}}
  - {{id: nakashima2019, type: article-journal, author: [Nakashima-Ferreira L], issued: 2019, volume: 4, page: 11-19,
      title: The middle course of calcium, container-title: Calcium J}}
  - {{file: own.bib}}
"""
BIB = """@article{shore2018, author = {K{\\H o}v{\\'a}ri-{\\"O}rd{\\"o}gh, Zs{\\'o}fia}, title = {Plaques of the northern shore and
their long course}, journal = {Shore J}, year = 2018, volume = 1, pages = {5--6}}
"""
ARTIST = "Thaddeus Wojewodzki"
SLUG = "wojewodzki-calcinosis"


def written(folder: Path) -> Path:
    """Write the case with its files below a folder; return the folder of the case."""
    home = folder / "cases" / SLUG
    (home / "figures").mkdir(parents=True)
    (home / "case.yaml").write_text(CASE.lstrip(), "utf-8")
    (home / "own.bib").write_text(BIB, "utf-8")
    (home / "wojewodzki-gait.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    for name, shade in (("kovari-1", 90), ("two", 200)):
        exif = Image.Exif()
        exif[0x013B] = ARTIST
        Image.new("RGB", (900, 600), (shade, 120, 160)).save(home / "figures" / f"{name}.png", exif=exif)
    return home


# -- independent readers ----------------------------------------------------------------------------------------------


def squashed(text: str) -> str:
    """Return the letters and digits of a text, small and without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", plain.lower())


_PACKED = re.compile(r"data:[^,]*;base64,([\w+/=]+)")


def of_html(data: bytes) -> str:
    """Return everything that can be read in a page: text, attributes, comments, and the data in its addresses."""
    text = data.decode("utf-8")
    page = html.document_fromstring(text)
    bare = _PACKED.sub("", text)
    parts = [_PACKED.sub("", "".join(page.itertext())), unquote(bare)]
    for value in page.xpath("//@*"):
        parts += [str(value), *(_decoded(found) for found in _PACKED.findall(str(value)))]
    parts += [str(comment.text) for comment in page.xpath("//comment()")]
    return "\n".join(parts)


def _decoded(text: str) -> str:
    data = base64.b64decode(text)
    return data.decode("utf-8") if data.lstrip().startswith(b"<") else data.decode("latin-1")


def of_pdf(data: bytes) -> str:
    """Return everything that can be read in a PDF: pages, every string and name of every object, every stream."""
    pages = pypdfium2.PdfDocument(data)
    parts = [page.get_textpage().get_text_range().replace("\ufffe", "") for page in pages]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            parts.append(" ".join(_strings(one)))
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image":
                parts.append(one.read_bytes().decode("latin-1"))
    return "\n".join(parts)


def _strings(one: object) -> list[str]:
    if isinstance(one, pikepdf.String | pikepdf.Name):
        return [str(one)]
    if isinstance(one, pikepdf.Array):
        return [text for inner in one for text in _strings(inner)]
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        inner_ones = [(name, inner) for name, inner in one.items() if not getattr(inner, "is_indirect", False)]
        return [text for name, inner in inner_ones for text in (name, *_strings(inner))]
    return []


def of_docx(data: bytes) -> str:
    """Return everything that can be read in a Word file: text across runs, attributes, properties, names of parts."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            parts.append(name)
            if name.endswith((".xml", ".rels", ".svg")):
                root = etree.fromstring(packed.read(name))
                parts += ["".join(root.itertext()), *(unquote(str(value)) for value in root.xpath("//@*"))]
            else:
                parts.append(packed.read(name).decode("latin-1"))
    return "\n".join(parts)


def of_text(data: bytes) -> str:
    """Return a text."""
    return data.decode("utf-8")


READERS = {"html": of_html, "pdf": of_pdf, "docx": of_docx, "md": of_text, "txt": of_text}
