"""What the program does about each value of a profile: checks it, fixes it, or leaves it to a person."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from casewriter.profile_parts.values import around

How = Literal["checks", "fixes", "leaves", "describes"]


class Handled(Struct, frozen=True):
    """How a key is handled, and by what: codes of rules that check it, or the module that makes it so.

    A value is *fixed* where the manuscript is made as the journal wants it, whatever the author does. What is `chosen`
    is a setting of ours for this journal, such as the layout, and no claim about the journal. What *describes* is said
    of the profile itself.
    """

    key: str
    how: How
    by: tuple[str, ...] = ()
    chosen: bool = False


def _checks(key: str, *codes: str) -> Handled:
    return Handled(key, "checks", codes)


def _fixes(key: str, module: str) -> Handled:
    return Handled(key, "fixes", (module,))


def _chosen(key: str, module: str) -> Handled:
    return Handled(key, "fixes", (module,), chosen=True)


def _each(how: How, *keys: str) -> tuple[Handled, ...]:
    return tuple(Handled(key, how) for key in keys)


_SECTIONS = "casewriter.article.sections"

TABLE: tuple[Handled, ...] = (
    *_each("describes", "id", "name", "extends", "publisher", "confidence", "as_of", "sources", "values"),
    *_each("leaves", "left"),
    # the paper
    _checks("guideline", "CARE021", "SCARE0201"),
    _checks("guideline_cited", "JRNL036"),
    _checks("overrides", "JRNL004"),
    _fixes("article_type", "casewriter.article.compose"),
    _fixes("abstract.name", "casewriter.article.compose"),
    _fixes("abstract.parts", "casewriter.article.front"),
    _checks("abstract.parts.max_words", "JRNL027"),
    _checks("abstract.structured", "JRNL022"),
    _checks("abstract.no_citations", "JRNL024"),
    _checks("abstract.differs_from", "JRNL025"),
    _checks("abstract.one_paragraph", "JRNL026"),
    *(_fixes(key, _SECTIONS) for key in ("front", "sections", "declarations", "back")),
    *(_checks(f"{key}.max_words", "JRNL027") for key in ("front", "sections", "declarations", "back")),
    _fixes("citation", "casewriter.citation.document"),
    # our own settings
    _chosen("layout", "casewriter.template"),
    _chosen("word_template", "casewriter.export.docx"),
    _chosen("figures", "casewriter.article.placing"),
    _chosen("tables", "casewriter.article.placing"),
    _chosen("times", "casewriter.article.times"),
    _chosen("not_obtained", "casewriter.article.statements"),
    _chosen("translated", "casewriter.article.compose"),
    # counts
    _checks("limits.body_words", "JRNL005"),
    _checks("limits.body_with_abstract", "JRNL005"),
    _checks("limits.abstract_words", "JRNL006"),
    _checks("limits.abstract_words_min", "JRNL020"),
    _checks("limits.references", "JRNL007"),
    _checks("limits.figures", "JRNL008"),
    _checks("limits.tables", "JRNL009"),
    _checks("limits.figures_and_tables", "JRNL019"),
    _checks("limits.authors", "JRNL010"),
    _checks("limits.patients", "JRNL030"),
    _checks("limits.recommended", "JRNL005"),
    _checks("title.must_contain", "JRNL012"),
    _checks("title.must_not_contain", "JRNL013"),
    _checks("title.must_not_state", "JRNL014"),
    _checks("title.max_words", "JRNL015"),
    _checks("keywords", "JRNL011"),
    _checks("highlights", "JRNL028"),
    _checks("learning_points", "JRNL017"),
    *(_checks(f"{key}.max_chars", "JRNL029") for key in ("keywords", "highlights", "learning_points")),
    # what must be said, and what must not
    _checks("units", "JRNL033"),
    _checks("statements", "JRNL016"),
    _checks("sentences", "JRNL034", "JRNL036"),
    _checks("preprint", "JRNL031"),
    _checks("supplements", "JRNL032"),
    _checks("ai.extent", "JRNL035"),
    _checks("forbidden", "JRNL018"),
    _checks("privacy", "PRIV018"),
    _checks("deidentification.exact_age", "PRIV018"),
    _checks("deidentification.calendar_dates", "PRIV003"),
    _checks("deidentification.place_names", "PRIV020"),
    _checks("deidentification.institution", "PRIV021"),
    _checks("deidentification.ethnicity_occupation", "PRIV022"),
    # files
    _fixes("files.text", "casewriter.export.docx"),
    _fixes("files.blinded", "casewriter.blinding"),
    _fixes("files.double_spacing", "casewriter.template"),
    _fixes("files.line_numbers", "casewriter.template"),
    _fixes("files.page_numbers", "casewriter.template"),
    # what `packet` makes
    *(_fixes(f"files.{key}", "casewriter.work.packet.papers") for key in ("title_page", "tables", "checklist")),
    _fixes("files.figures", "casewriter.export.figure_file"),
    *_each("leaves", "files.figures.note", "files.template", "files.cover_letter", "files.note"),
    *_each("leaves", "ai.place", "consent_form", "consent_form_note"),
)
"""How each key is handled; a key that is not named is handled as the one that it is within."""

_BY_KEY = {one.key: one for one in TABLE}


def handled(key: str) -> Handled | None:
    """Return how the value at a dotted key is handled: by its own row of the table, or by that of what it is within."""
    return next((found for name in around(key) if (found := _BY_KEY.get(name))), None)
