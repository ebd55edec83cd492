"""What each key of a profile is called where two profiles are compared, and under which heading it is listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from msgspec import Struct

from casewriter.profile.record import Profile
from casewriter.profile_parts import Count, ProfilePart, SectionPlan

Group = Literal["limits", "title", "abstract", "sections", "statements", "style", "files", "privacy", "person"]

GROUPS: dict[Group, str] = {
    "limits": "limits",
    "title": "title",
    "abstract": "abstract",
    "sections": "sections and headings",
    "statements": "statements and guideline",
    "style": "style and layout",
    "files": "files",
    "privacy": "privacy",
    "person": "what only you can do",
}
"""The groups of keys in the order in which they are listed, with their headings."""


class Wording(Struct, frozen=True):
    """What a key is called, and what it says where the journal says nothing of it."""

    group: Group
    label: str
    nothing: str = "not said"


def _each(group: Group, nothing: str = "not said", **labels: str) -> dict[str, Wording]:
    return {key: Wording(group, label, nothing) for key, label in labels.items()}


def _inside(before: str, words: dict[str, Wording]) -> dict[str, Wording]:
    return {f"{before}.{key}": said for key, said in words.items()}


_LIMITS = _each(
    "limits",
    "no limit",
    body_words="words in the text",
    references="references",
    figures="figures",
    tables="tables",
    figures_and_tables="figures and tables together",
    authors="authors",
    patients="patients",
)
_LIMITS |= _each("limits", body_with_abstract="the abstract counts as text")
_LIMITS |= _each("abstract", "no limit", abstract_words="words in the abstract")
_LIMITS |= _each("abstract", "no minimum", abstract_words_min="least words in the abstract")
_TITLE = _each("title", "nothing", must_contain="must contain", must_not_contain="must not contain")
_TITLE |= _each("title", "nothing", must_not_state="must not state") | _each("title", "no limit", max_words="words")
_ABSTRACT = _each(
    "abstract",
    "nothing",
    name="heading of the abstract",
    structured="in parts with headings",
    parts="headings in the abstract",
    no_citations="without citations",
    one_paragraph="in one paragraph",
    differs_from="must not repeat",
)
_FILES = _each(
    "files",
    text="format of the manuscript",
    template="the journal's template",
    title_page="title page",
    blinded="review without names",
    tables="tables",
    double_spacing="double spacing",
    line_numbers="line numbers",
    page_numbers="page numbers",
    cover_letter="cover letter",
    checklist="checklist of the guideline",
    note="note on the files",
)
_PICTURES = _each(
    "files",
    separate="figures as files of their own",
    formats="formats of figures",
    dpi="dots per inch of photographs, at least",
    line_dpi="dots per inch of line drawings, at least",
    colour="colours of figures",
    note="note on the figures",
)
_PRIVATE = _each(
    "privacy",
    exact_age="exact age",
    calendar_dates="calendar dates",
    place_names="place names",
    institution="name of the hospital",
    ethnicity_occupation="ethnicity and occupation",
)

WORDINGS: dict[str, Wording] = {
    **_inside("limits", _LIMITS),
    **_each("limits", "any number", keywords="keywords", highlights="highlights", learning_points="learning points"),
    **_inside("title", _TITLE),
    **_inside("abstract", _ABSTRACT),
    **_each("sections", sections="sections and their order", article_type="article type"),
    **_each(
        "statements",
        guideline="reporting guideline",
        guideline_cited="naming the guideline in the text",
        overrides="items of the guideline that the journal waives",
        statements="statements asked for",
        sentences="sentences that the journal wants word for word",
        consent_form="consent form",
        consent_form_note="about the consent form",
        preprint="preprint",
    ),
    **_inside("ai", _each("statements", place="where use of AI is disclosed", extent="what is said of each AI tool")),
    **_inside("citation", _each("style", "none", csl="citation style", options="options of the citation style")),
    **_each(
        "style",
        units="units of laboratory results",
    ),
    **_each(
        "style",
        "none",
        forbidden="words that the journal does not want",
        times="times in tables",
        not_obtained="a patient's account that was not obtained",
        translated="headings in the language of the case",
        layout="layout",
        word_template="Word template",
        figures="figures",
        tables="tables",
    ),
    **_inside("files", _FILES),
    **_inside("files.figures", _PICTURES),
    **_each("files", supplements="supplementary files"),
    **_each("privacy", privacy="level of the privacy check"),
    **_inside("deidentification", _PRIVATE),
    **_each("person", "nothing", left=""),
}
"""The words of each key."""

ABOUT = frozenset(("id", "name", "extends", "publisher", "confidence", "as_of", "sources", "values"))
"""Keys that tell of the profile itself."""
WITHIN = {
    "front": "sections",
    "declarations": "sections",
    "back": "sections",
    "limits.recommended": "limits",
}
"""Keys that are listed with others: a paper has one order of sections, and advice is given beside its number."""


def leaves(part: ProfilePart, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted key and the value of everything that a profile asks, with values that it does not set."""
    for name, value in part:
        key = f"{before}{name}"
        if isinstance(part, Profile) and key in ABOUT:
            continue
        if isinstance(value, ProfilePart) and not isinstance(value, Count | SectionPlan):
            yield from leaves(value, f"{key}.")
        else:
            yield key, value
