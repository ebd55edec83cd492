"""The consent form: complete by what COPE and the journals ask, in six languages, blank, and without the patient."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from click.testing import CliRunner

from casewriter.article.nodes import Facts, ListBlock, Paragraph, Section
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.builtin import data
from casewriter.cli.app import run
from casewriter.export.glyphs import lacking, printed
from casewriter.forms.consent import consent_form, languages
from casewriter.project import CaseFile, find_cases, open_case
from casewriter.work.check import check, compose_opened
from casewriter.work.consent import Made, Wish, make_consent
from casewriter.work.version import version

CASES = Path(__file__).parent.parent / "cases"
EXEMPLARY = CASES / "exemplary-dress"
LANGUAGES = ("en", "de", "fr", "es", "pt", "it")
TEXTS = {item["id"]: item for part in ("words", "know", "declare") for item in data("consent.yaml")[part]}

ASKED = {
    # COPE, Journals' best practices for ensuring consent for publishing medical case reports (2016), and the forms of
    # BMJ (2019), OUP, IJS and the policies of Elsevier, Springer Nature and ICMJE II.E.1: what is asked -> what says it
    "title of the article": "article_title",
    "subject of the article": "subject",
    "journal": "journal",
    "corresponding author": "author",
    "how to reach the author": "contact",
    "name of the patient": "patient_name",
    "date of birth": "birth_date",
    "each part that is published can be allowed or not": "tick",
    "text": "text",
    "identifying details that remain": "details",
    "patient recognisable in a picture": "shows_person",
    "faces; masking the eyes is inadequate": "pictures",
    "the version that was shown": "version",
    "manuscript and pictures were seen": "seen",
    "anonymity cannot be guaranteed": "anonymity",
    "seen by the general public": "anyone",
    "on the internet, open to all": "internet",
    "reuse under licence": "reuse",
    "edited, in press and social media": "editing",
    "a changed version is shown again": "changes",
    "no payment, no benefit": "payment",
    "voluntary, care is not affected": "voluntary",
    "withdrawal until publication": "withdrawal",
    "cannot be recalled afterwards": "recall",
    "who keeps the form, not sent unless asked": "keeping",
    "no right is given up": "rights",
    "explained in a language that is understood": "understood",
    "interpreter": "interpreter",
    "entitled to consent": "entitled",
    "consent itself": "consent",
    "patient consents": "by_patient",
    "parent consents": "by_parent",
    "guardian consents": "by_guardian",
    "next of kin consents": "by_kin",
    "relationship of a proxy": "relation",
    "why a proxy signs": "reason",
    "minor": "reason_minor",
    "lacking capacity": "reason_capacity",
    "deceased": "reason_died",
    "assent of a minor": "assent",
    "all relatives who can be reached": "relatives",
    "consent that cannot be given in writing is witnessed": "witness",
    "a second parent, or the witness, signs": "second",
    "who consents, by name": "signed_by",
    "date": "date",
    "signature": "signature",
    "who explained, by name and position": "explainer",
    "institution": "institution",
    "it was explained, questions were answered": "explained",
    "a copy is handed over": "copy",
}

KEYWORDS = {
    # a word that a reader of the language would look for in each point
    "anonymity": ("anonymity", "Anonymität", "anonymat", "anonimato", "anonimato", "anonimato"),
    "pictures": ("eyes", "Augen", "yeux", "ojos", "olhos", "occhi"),
    "anyone": ("journalists", "Journalist", "journalistes", "periodistas", "jornalistas", "giornalisti"),
    "internet": ("search engines", "Suchmaschinen", "moteurs de recherche", "buscadores", "motores de busca", "motori"),
    "reuse": ("licence", "Lizenz", "licence", "licencia", "licença", "licenza"),
    "payment": ("money", "Geld", "argent", "dinero", "dinheiro", "denaro"),
    "voluntary": ("voluntary", "freiwillig", "libre", "voluntario", "voluntário", "volontario"),
    "withdrawal": ("withdrawn", "widerrufen", "retiré", "retirar", "retirado", "revocato"),
    "recall": ("copies", "Kopien", "copies", "copias", "cópias", "copie"),
    "keeping": (
        "only if the journal asks",
        "nicht mit dem Artikel",
        "pas envoyé",
        "No se envía",
        "Não é enviado",
        "Non viene inviato",
    ),
    "rights": ("privacy", "Privatsphäre", "vie privée", "intimidad", "privacidade", "riservatezza"),
    "changes": ("new version", "neue Fassung", "nouvelle version", "nueva versión", "nova versão", "nuova versione"),
    "seen": ("pictures", "Bilder", "images", "imágenes", "imagens", "immagini"),
    "understood": ("language", "Sprache", "langue", "idioma", "língua", "lingua"),
    "copy": ("copy", "Kopie", "copie", "copia", "cópia", "copia"),
    "reason_minor": ("minor", "minderjährig", "mineure", "menor", "menor", "minorenne"),
    "reason_died": ("died", "verstorben", "décédée", "fallecido", "faleceu", "deceduta"),
    "witness": ("witness", "Zeuge", "témoin", "testigo", "testemunha", "testimone"),
    "second": ("parental", "sorgeberechtigte", "parentale", "patria potestad", "parentais", "genitoriale"),
    "interpreter": ("Interpreter", "Dolmetscher", "Interprète", "Intérprete", "Intérprete", "Interprete"),
}
COGNATES = {("date", "fr"), ("signature", "fr")}
"""Labels that are the same word in another language."""


def made(language: str, article: Article | None = None) -> Article:
    opened = open_case(EXEMPLARY / "case.yaml", pictures=False)
    assert opened.loaded.case is not None
    return consent_form(opened.loaded.case, article or compose_opened(opened).article, "0123456789ab", language)


def write(path: Path, output: Path, *formats: str, language: str | None = None) -> tuple[Made, dict[str, bytes]]:
    """Write the form of a case; return what was said of it, and the files by suffix."""
    (file,) = find_cases([str(path)])
    result = make_consent(file, Wish(formats, language, output=output))
    files = {Path(one.path).suffix: Path(one.path).read_bytes() for one in result.written}
    return result, files


def pdf_words(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_every_point_that_is_asked_for_is_in_every_language() -> None:
    assert languages() == LANGUAGES
    assert set(ASKED.values()) <= set(TEXTS)
    lacking_in = [(point, one) for one in ASKED.values() for point in LANGUAGES if not TEXTS[one].get(point)]
    assert not lacking_in


def test_every_point_that_is_asked_for_names_who_asks() -> None:
    sources = data("consent.yaml")["sources"]
    named = {one: TEXTS[one].get("sources") for one in ASKED.values()}
    assert not [one for one, known in named.items() if not known or set(known) - set(sources)]
    assert {"cope", "icmje", "bmj", "oup", "elsevier", "springer"} <= {s for known in named.values() for s in known}


def test_no_text_is_left_in_another_language() -> None:
    same = {
        (name, one)
        for name, item in TEXTS.items()
        for one in LANGUAGES
        if [item[other] for other in LANGUAGES].count(item[one]) > 1 and item[one] == item["en"] and one != "en"
    }
    assert same == COGNATES


@pytest.mark.parametrize("place", range(6), ids=LANGUAGES)
def test_each_point_says_what_it_is_about(place: int) -> None:
    missing = {name for name, words in KEYWORDS.items() if words[place] not in TEXTS[name][LANGUAGES[place]]}
    assert not missing


def test_places_to_fill_are_the_same_in_every_language() -> None:
    assert not [name for name, item in TEXTS.items() if len({item[one].count("{}") for one in LANGUAGES}) > 1]


def test_signs_before_which_french_has_a_space_have_one_that_holds() -> None:
    texts = [item["fr"] for item in TEXTS.values()]
    assert sum("\u00a0:" in text for text in texts) > 5
    assert not [text for text in texts if re.search(r"[^\u00a0\d][:;?!]", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_the_exemplary_case_is_whole_in_every_language(language: str, tmp_path: Path) -> None:
    result, files = write(EXEMPLARY, tmp_path, "html", "pdf", "docx", language=language)
    assert set(files) == {".html", ".pdf", ".docx"}
    assert result.problems == ()
    form = made(language)
    assert not lacking(printed(form))
    assert "☐" in printed(form)
    pages = len(pypdfium2.PdfDocument(files[".pdf"]))
    assert pages == 3
    boxes = sum(len(one.items) for one in form.body() if isinstance(one, ListBlock) and one.marks == "box")
    assert boxes == 4 + 4 + 4 + 2 + 5  # text and three figures; who signs; why; assent, relatives; the declaration
    assert pdf_words(files[".pdf"]).count("☐") == boxes
    page = files[".html"].decode()
    for name in (*(item["id"] for item in data("consent.yaml")["know"]), *ASKED.values()):
        if name != "shows_person":  # no figure of this case shows a face
            text = TEXTS[name][language].replace("{}", version(open_case(EXEMPLARY / "case.yaml", pictures=False)))
            assert _plain(text) in _plain(re.sub("<[^>]+>", "", page)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_stand_apart_from_what_may_apply_besides(language: str) -> None:
    """Assent and the relatives' agreement are no reasons why somebody else signs; a witness is one (Helsinki 26)."""
    signing = _section("signing", language)
    lists = [
        [_plain(plain(before.children)), *(_plain(plain(part.children)) for item in block.items for part in item)]
        for before, block in zip(signing.blocks, signing.blocks[1:], strict=False)
        if isinstance(before, Paragraph) and isinstance(block, ListBlock)
    ]
    expected = [
        ("reason", "reason_minor", "reason_capacity", "reason_died", "witness"),
        ("applies", "assent", "relatives"),
    ]
    assert lists == [[_plain(TEXTS[name][language]) for name in names] for names in expected]


def test_two_persons_can_sign_the_declaration() -> None:
    blocks = _section("declaration", "en").blocks
    signed = [[plain(fact.label) for fact in one.rows] for one in blocks if isinstance(one, Facts)]
    assert signed == [
        ["Name of the person giving consent", "Date", "Signature"],
        ["Name and relationship to the patient", "Date", "Signature"],
    ]


def _section(name: str, language: str) -> Section:
    (found,) = [one for one in made(language).sections if _plain(plain(one.heading)) == _plain(TEXTS[name][language])]
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text.replace("&#39;", "'"))


def test_lines_to_write_on_are_ruled_in_every_format(tmp_path: Path) -> None:
    _, files = write(EXEMPLARY, tmp_path, "html", "pdf", "docx")
    form = made("en")
    blank = sum(not fact.said for one in form.body() if isinstance(one, Facts) for fact in one.rows)
    assert blank == 2 + 2 + 3 + 1 + 3 + 3 + 5
    page = files[".html"].decode()
    assert page.count("<dd></dd>") + len(re.findall(r'class="line"><span></span></div>', page)) == blank
    with zipfile.ZipFile(BytesIO(files[".docx"])) as word:
        assert word.read("word/document.xml").decode().count('w:leader="underscore"') == blank
    assert sum(_rules(page) for page in pypdfium2.PdfDocument(files[".pdf"])) == blank


def _rules(page: Any) -> int:
    """Return how many unbroken dark lines longer than 80 mm the eye sees on a page."""
    picture = page.render(scale=2, grayscale=True).to_pil()
    dark = picture.point(lambda value: 255 if value < 200 else 0)
    longest = round(80 / 25.4 * 144)
    ruled = [_unbroken(dark.crop((0, y, dark.width, y + 1)).tobytes()) > longest for y in range(dark.height)]
    return sum(now and not before for before, now in zip([False, *ruled], ruled, strict=False))


def _unbroken(row: bytes) -> int:
    return max(map(len, row.split(b"\0")))


SECRET = "Quillworth"
EVERYWHERE = f"""
format: 1
title: Eel in the stomach
authors:
  - {{given: Ana, family: Correspond, email: ana@example.org, corresponding: true}}
  - {{given: Ben, family: Silent, email: ben@example.org}}
observation:
  patient: {{age: 40s, sex: female, occupation: {SECRET}1}}
  complaints: [{SECRET}2]
introduction: {SECRET}3
timeline: [{{at: 0, label: {SECRET}4}}]
consent: {{publication: {{status: written, by: patient, statement: {SECRET}5}}}}
patient_perspective: {{text: {SECRET}6}}
discussion: {SECRET}7
figures:
  xray: {{file: {SECRET}8.png, caption: Dense line, alt: {SECRET}9, credit: {SECRET}10, note: {SECRET}11, shows_person: true}}
videos: [{{file: {SECRET}12.mp4, caption: Gait}}, {{file: {SECRET}13.mp4}}]
"""


def test_of_the_case_the_form_holds_title_captions_and_the_responsible_author_alone(tmp_path: Path) -> None:
    folder = tmp_path / "eel"
    folder.mkdir()
    (folder / "case.yaml").write_text(EVERYWHERE)
    assert EVERYWHERE.count(SECRET) == 13
    _, files = write(folder, tmp_path / "out", "html", "pdf", "docx")
    with zipfile.ZipFile(BytesIO(files[".docx"])) as word:
        parts = "".join(word.read(name).decode("utf-8", "replace") for name in word.namelist())
    with pikepdf.Pdf.open(BytesIO(files[".pdf"])) as pdf:
        about = f"{dict(pdf.docinfo)} {pdf.open_metadata()}"
    for text in (files[".html"].decode(), pdf_words(files[".pdf"]), parts):
        assert SECRET not in text
        assert "Silent" not in text
        assert "ben@" not in text
        assert "Eel in the stomach" in text.replace("\u00a0", " ")
        assert "Dense line" in text
        assert "Gait" in text
        assert "ana@example.org" in text
        assert "can be recognised in it" in text
        assert "Video\u00a02" in text or "Video 2" in text
    assert SECRET not in about
    assert "Correspond" not in about


def test_a_case_without_title_figures_and_author_leaves_lines_for_them(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("format: 1\n")
    opened = open_case(tmp_path / "case.yaml", pictures=False)
    assert opened.loaded.case is not None
    form = consent_form(opened.loaded.case, compose_opened(opened).article, "0123456789ab", "en")
    (facts,) = form.sections[1].blocks
    assert isinstance(facts, Facts)
    assert [bool(fact.said) for fact in facts.rows] == [False, False, False, True, False, False]


def test_captions_lead_nowhere(tmp_path: Path) -> None:
    text = (
        "format: 1\nintroduction: See @fig-a [@b].\nfigures: {a: {caption: 'Rash as in @fig-a [@b]', file: a.png}}\n"
        "references: [{id: b, type: book, author: [Bly N], issued: 1990, title: Eels}]\n"
    )
    (tmp_path / "case.yaml").write_text(text)
    _, files = write(tmp_path, tmp_path / "out", "html")
    page = files[".html"].decode()
    assert "Rash as in Figure" in page.replace("\u00a0", " ")
    assert 'href="#' not in page.replace('href="#text"', "")


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    _, first = write(EXEMPLARY, tmp_path / "a", "html", "pdf", "docx")
    _, second = write(EXEMPLARY, tmp_path / "b", "html", "pdf", "docx")
    assert first == second


# -- the command ------------------------------------------------------------------------------------------------------


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = run(["consent", *map(str, arguments)])
    return code, capsys.readouterr().err


def test_by_default_html_and_pdf_are_written_beside_the_other_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXEMPLARY, tmp_path / "cases" / "dress")
    code, said = command(capsys, tmp_path / "cases" / "dress")
    assert code == 0
    files = sorted(path.name for path in (tmp_path / "output" / "dress").iterdir() if path.name[0] != ".")
    assert files == ["dress-consent.html", "dress-consent.pdf"]
    assert version(open_case(EXEMPLARY / "case.yaml", pictures=False)) in said


WRITTEN = "status: written, by: patient, version: {}"
PASTED = {
    # the consent as it stands, where the printed line is pasted, and how
    "none": ("", "", "consent: {{publication: {{" + WRITTEN + "}}}}", "write:"),
    "empty": ("consent:\n", "consent:\n", "consent: {{publication: {{" + WRITTEN + "}}}}", "write:"),
    "text": (
        'consent: "Written consent: given."\n',
        'consent: "Written consent: given."\n',
        'consent: {{narrative: "Written consent: given.", publication: {{' + WRITTEN + "}}}}",
        "in the place of the present consent:",
    ),
    "braces": (
        "consent: {images: covered}\n",
        "}\n",
        ", publication: {{" + WRITTEN + "}}",
        "before the brace that closes consent:",
    ),
    "lines": (
        "consent:\n   images: covered\n",
        None,
        "   publication: {{" + WRITTEN + "}}",
        "as the last line of consent:",
    ),
    "publication": (
        "consent:\n  publication:\n    status: written\n    by: patient\n",
        None,
        "    version: {}",
        "as the last line of publication: under consent:",
    ),
    "publication in braces": (
        "consent:\n  publication: {status: written, by: patient}\n",
        "}\n",
        ", version: {}",
        "before the brace that closes publication: under consent:",
    ),
    "earlier version": (
        "consent:\n  publication:\n    status: written\n    by: patient\n    version: 0123456789ab\n",
        "    version: 0123456789ab\n",
        "    version: {}",
        "in the place of the present version: under consent: publication:",
    ),
}


@pytest.mark.parametrize(("consent", "instead_of", "piece", "where"), PASTED.values(), ids=PASTED.keys())
def test_the_line_that_is_printed_is_pasted_as_it_is_and_later_changes_are_known(
    consent: str,
    instead_of: str | None,
    piece: str,
    where: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(f"format: 1\ntitle: Rash\n{consent}")
    now = version(open_case(case, pictures=False))
    code, said = command(capsys, case, "--to", "html", "-o", tmp_path / "out")
    assert code == 0
    *_, told, line = said.rstrip("\n").split("\n")
    assert line == piece.format(now)
    assert told.startswith(f"{case}: when the form is signed, ")
    assert told.endswith(where)
    text = case.read_text()
    if instead_of:
        assert text.count(instead_of) == 1
        text = text.replace(instead_of, f"{line}{instead_of if instead_of[0] == '}' else chr(10)}")
    else:
        text += f"{line}\n"
    case.write_text(text)
    merged = yaml.load(text, yaml.BaseLoader)["consent"]
    assert merged["publication"] == {"status": "written", "by": "patient", "version": now}
    codes = [problem.code for problem in check(case).report.problems]
    assert "DATA050" not in codes
    assert "CASE013" not in codes
    _, said = command(capsys, case, "--to", "html", "-o", tmp_path / "out")
    assert "has signed" in said
    case.write_text(case.read_text().replace("Rash", "Rashes"))
    assert "DATA050" in [problem.code for problem in check(case).report.problems]


def test_a_text_that_names_the_patient_is_not_printed_for_pasting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".casewriter").mkdir()
    (tmp_path / ".casewriter" / "names.txt").write_text("Zebulon\n")
    (tmp_path / "case.yaml").write_text("format: 1\ntitle: Eel\nconsent: Zebulon gave written consent.\n")
    code, said = command(capsys, tmp_path / "case.yaml", "--to", "html", "-o", tmp_path / "out")
    assert code == 1
    assert "Zebulon" not in said
    assert "with its text for the dots\nconsent: {narrative: …, publication: " in said


@pytest.mark.parametrize(("typed", "found"), [("de-AT", "de"), ("PT_br", "pt"), ("fr", "fr")])
def test_the_form_is_in_the_language_of_the_case(typed: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(f"format: 1\nlanguage: {typed}\n")
    _, files = write(tmp_path, tmp_path / "out", "html")
    assert TEXTS["title"][found] in files[".html"].decode().replace("&#39;", "’")
    assert f'lang="{found}"' in files[".html"].decode()


def test_a_language_without_a_form_is_refused_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = command(capsys, EXEMPLARY, "--language", "nl", "-o", tmp_path)
    assert code == 2
    assert "“nl”" in said
    assert "en, de, fr, es, pt, it" in said
    assert not list(tmp_path.iterdir())


def test_one_case_in_another_language_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, language in (("a", "nl"), ("b", "en")):
        (tmp_path / "cases" / name).mkdir(parents=True)
        (tmp_path / "cases" / name / "case.yaml").write_text(f"format: 1\ntitle: Eel\nlanguage: {language}\n")
    code, said = command(capsys, tmp_path / "cases", "--to", "html")
    assert code == 2
    assert "--language" in said
    assert (tmp_path / "output" / "b" / "b-consent.html").is_file()
    code, _ = command(capsys, tmp_path / "cases", "--to", "html", "--language", "de")
    assert code == 0
    assert (tmp_path / "output" / "a" / "a-consent-de.html").is_file()


@pytest.mark.parametrize("formats", ["md", "html,jats", ""])
def test_other_formats_are_refused(formats: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = command(capsys, EXEMPLARY, "--to", formats, "-o", tmp_path)
    assert code == 2
    assert "html, pdf, docx" in said


def test_a_case_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = command(capsys, tmp_path / "nowhere")
    assert code == 2
    assert "nowhere" in said


@pytest.mark.parametrize("text", ["format: 1\nfigures: {a: {captoin: Rash}}\n", "format: 1\ntitle: [a\n"])
def test_of_a_case_that_is_not_read_whole_there_is_no_form(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.yaml").write_text(text)
    code, said = command(capsys, tmp_path / "case.yaml", "-o", tmp_path / "out")
    assert code == 1
    assert "no form was made" in said
    assert not (tmp_path / "out").exists()


def test_a_picture_that_is_missing_is_reported_for_the_patient_would_not_see_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.yaml").write_text("format: 1\nfigures: {a: {file: a.png, caption: Rash}}\n")
    code, said = command(capsys, tmp_path / "case.yaml", "--to", "html", "-o", tmp_path / "out")
    assert code == 1
    assert "FIG002" in said


def test_what_identifies_the_patient_in_the_title_is_reported_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".casewriter").mkdir()
    (tmp_path / ".casewriter" / "names.txt").write_text("Zebulon\n")
    (tmp_path / "case.yaml").write_text("format: 1\ntitle: Zebulon and the eel\n")
    code, said = command(capsys, tmp_path / "case.yaml", "--to", "html", "-o", tmp_path / "out")
    assert code == 1
    assert "PRIV" in said
    assert "Zebulon" not in said


@pytest.mark.parametrize(("profile", "own"), [("bmj-case-reports", True), ("jmcr", False)])
def test_a_journal_with_a_form_of_its_own_is_named_and_not_in_the_form(
    profile: str, own: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """BMJ Case Reports takes its own form alone (authors.bmj.com, patient consent); BMC takes any."""
    code, said = command(capsys, EXEMPLARY, "--profile", profile, "--to", "html", "-o", tmp_path)
    assert code == 0
    assert ("BMJ Case Reports asks for a consent form of its own: " in said) is own
    page = (tmp_path / "exemplary-dress" / "exemplary-dress-consent.html").read_text("utf-8")
    assert "BMJ" not in page


def test_quiet_says_nothing_of_a_form_that_is_right(tmp_path: Path) -> None:
    from casewriter.cli.app import cli

    result = CliRunner().invoke(cli, ["-q", "consent", str(EXEMPLARY), "--to", "html", "-o", str(tmp_path)])
    assert result.output == ""


def test_the_case_is_left_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(EXEMPLARY, tmp_path / "dress")
    before = {path: path.read_bytes() for path in (tmp_path / "dress").rglob("*") if path.is_file()}
    file: CaseFile = find_cases([str(tmp_path / "dress")])[0]
    make_consent(file, Wish(("html",), output=tmp_path / "out"))
    assert {path: path.read_bytes() for path in (tmp_path / "dress").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("of_case", "asked", "name"),
    [
        ("en", "es", "case-consent-es"),
        ("de-AT", "de", "case-consent"),
        ("de-AT", "de-CH", "case-consent"),
        ("de", "EN", "case-consent-en"),
    ],
)
def test_a_form_in_another_language_leaves_that_in_the_language_of_the_case(
    of_case: str, asked: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "case.yaml").write_text(f"format: 1\ntitle: Eel\nlanguage: {of_case}\n")
    assert command(capsys, folder, "--to", "html", "-o", tmp_path / "out")[0] == 0
    own = (tmp_path / "out" / "case" / "case-consent.html").read_bytes()
    assert command(capsys, folder, "--to", "html", "--language", asked, "-o", tmp_path / "out")[0] == 0
    page = (tmp_path / "out" / "case" / f"{name}.html").read_text("utf-8")
    assert f'lang="{asked[:2].lower()}"' in page
    assert (tmp_path / "out" / "case" / "case-consent.html").read_bytes() == own
