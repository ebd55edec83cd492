"""The papers of a packet: manuscript, blinded copy, title page, tables, declarations, letter, checklist, consent."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.paper import Article
from casewriter.export.door import find_exporter
from casewriter.forms.apart import cover_letter, declarations, table_apart, title_page
from casewriter.forms.checklist_sheet import checklist_sheet
from casewriter.forms.consent import consent_form
from casewriter.work.packet.packing import Packing, case_of, form_template
from casewriter.work.packet.piece import Made, NotMade, Piece, Role
from casewriter.work.sheets import Sheet

BOTH = ("pdf", "docx")


def manuscript(packing: Packing) -> Iterator[Made]:
    """Yield the manuscript as PDF and Word, and in boxes where the journal has a form for its text."""
    for name in BOTH:
        yield from packing.export(name, "manuscript", "manuscript")
    if "web_form" in packing.asked.text:
        for piece in packing.export("txt", "manuscript", "boxes/manuscript", packing.article):
            yield Piece(piece.name, piece.role, piece.data, "paste each file into its box")
    for name in packing.asked.text[:1]:
        if name in ("tex", "rtf", "doc") and not {"docx", "pdf", "web_form"} & set(packing.asked.text):
            yield NotMade("manuscript", f"the journal takes {name}, which is not made; save the Word file as that")


def blinded(packing: Packing) -> Iterator[Made]:
    """Yield the manuscript without names, where the journal asks for it; a file that holds a name is left out."""
    copy = packing.review
    if copy is None:
        return
    packing.problems += copy.problems
    for name in BOTH:
        pieces = packing.export(name, "blinded manuscript", "manuscript-blinded", copy.article, copy=copy.copy)
        yield from map(copy.searched, pieces)


def title(packing: Packing) -> Iterator[Made]:
    """Yield the title page, where it goes as a file of its own: so that reviewers do not see it, or because asked."""
    without_names = packing.review is not None
    if without_names or packing.asked.title_page == "separate":
        article = title_page(packing.article, with_declarations=without_names)
        yield from packing.export("docx", "title page", "title-page", article)


def tables(packing: Packing) -> Iterator[Made]:
    """Yield each table as a Word file, where the journal wants them apart; for reviewers, without names."""
    if packing.asked.tables == "apart":
        article, note = packing.for_reviewers, "the manuscript has it too"
        for table in article.tables():
            made = _form(packing, table_apart(article, table), "table", f"tables/Table_{table.number}", ("docx",))
            pieces = (Piece(piece.name, piece.role, piece.data, note) for piece in made)
            yield from map(packing.review.searched, pieces) if packing.review else pieces


def declared(packing: Packing) -> Iterator[Made]:
    """Yield the declarations as a Word file: many journals have boxes for them."""
    found = declarations(packing.article)
    if found is None:
        yield NotMade("declarations", "the case has none; write consent:, funding:, competing_interests: and so on")
    else:
        yield from _form(packing, found, "declarations", "declarations", ("docx",))


def letter(packing: Packing) -> Iterator[Made]:
    """Yield the letter to the editor: the author's words, and the facts of the paper."""
    found = cover_letter(packing.article, packing.opened.profile.name)
    yield from _form(packing, found, "cover letter", "cover-letter", ("docx",))
    if not packing.article.letter:
        reason = "it has facts alone: say in your words what the case adds, as cover_letter: | in the case"
        yield NotMade("cover letter", reason)


def checklist(packing: Packing) -> Iterator[Made]:
    """Yield the guideline's checklist with the pages of the manuscript, unless the journal wants none."""
    if packing.asked.checklist == "none":
        return
    from casewriter.work.checklist import ChecklistOrder, fill

    filled = fill(packing.opened.file, ChecklistOrder(profile=packing.opened.profile.id), name="manuscript.pdf")
    yield from _form(packing, checklist_sheet(filled.checklist), "checklist", "checklist", BOTH)
    items = [entry.item.id for entry in filled.checklist.entries if entry.open]
    if items:
        several = "items" if len(items) > 1 else "item"
        yield NotMade(
            "checklist", f"it is not complete: {several} {', '.join(items)} of {filled.checklist.guideline.name}"
        )


def consent(packing: Packing) -> Iterator[Made]:
    """Yield the blank consent form for the patient, in the language of the case."""
    from casewriter.problem import CannotRun
    from casewriter.work.consent import chosen_language
    from casewriter.work.version import version

    case, profile = case_of(packing), packing.opened.profile
    try:
        language = chosen_language(case.language)
    except CannotRun as error:
        yield NotMade("consent form", str(error))
        return
    form = consent_form(case, packing.article, version(packing.opened), language)
    own = (
        f"{profile.name} asks for a form of its own{_note(profile.consent_form_note)}"
        if profile.consent_form == "own"
        else ""
    )
    for piece in _form(packing, form, "consent form", "consent-form", BOTH):
        yield Piece(piece.name, piece.role, piece.data, own or "blank; keep the signed form, send it only when asked")


def _note(text: str | None) -> str:
    return f": {text}" if text else ""


def jats(packing: Packing) -> Iterator[Made]:
    """Yield the paper as JATS, with its pictures beside it."""
    yield from packing.export("jats", "JATS", "jats/article")


def _form(packing: Packing, form: Article, role: Role, stem: str, formats: tuple[str, ...]) -> Iterator[Piece]:
    """Yield the files of a form; what is missing from one becomes a problem."""
    sheet = Sheet(form, form_template(packing, form.layout), packing.folder / stem)
    for name in formats:
        data, problems = sheet.made(name)
        packing.problems += problems
        yield Piece(f"{stem}{find_exporter(name).suffix}", role, data)
