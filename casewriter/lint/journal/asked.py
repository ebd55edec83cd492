"""JRNL: what the journal asks of title, keywords, learning points, statements and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.article.counting import words_in
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CaseProse
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.profile import Profile
from casewriter.profile_parts import Count

_AGE = re.compile(
    r"\b\d{1,3}[- ](?:year|month|week|day)s?[- ]old\b|\baged \d|"
    r"\b(?:adult|elderly|neonat\w*|infant|child|adolescent|teenager)\b",
    re.I,
)
_SEX = re.compile(r"\b(?:man|woman|boy|girl|male|female|men|women|lady|gentleman)\b", re.IGNORECASE)
_STATED = {"age": _AGE, "sex": _SEX}


@rule("JRNL011", "keywords-count", Level.WARNING)
def keywords_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of keywords, or a required keyword, does not match the journal's instructions.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    said = _count(len(case.keywords), profile.keywords, "keywords", profile)
    if said:
        yield Found(said, ("keywords",), "add or remove some", on_key=True)
    words = " | ".join(case.keywords).lower()
    for wanted in profile.keywords.must_contain:
        if wanted.lower() not in words:
            yield Found(f"{profile.name} requires “{wanted}” among the keywords", ("keywords",), "add it", on_key=True)


@rule("JRNL017", "learning-points-count", Level.WARNING)
def learning_points_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of learning points does not match the journal's instructions.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    if said := _count(len(case.learning_points), profile.learning_points, "learning points", profile):
        yield Found(said, ("learning_points",), "write learning_points: [ … ]", on_key=True)


def _count(number: int, asked: Count, words: str, profile: Profile) -> str | None:
    least, most = asked.minimum, asked.maximum
    if (least is None or number >= least) and (most is None or number <= most):
        return None
    both = (
        f"{least} to {most}"
        if least is not None and most is not None
        else f"at least {least}"
        if most is None
        else f"at most {most}"
    )
    return f"{number} {words}; {profile.name} asks for {both}"


@rule("JRNL012", "title-lacks-words", Level.WARNING)
def title_lacks_words(case: Case, profile: Profile) -> Iterator[Found]:
    """The title does not contain words that the journal requires.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    title = (case.title or "").lower()
    for words in profile.title.must_contain if title else ():
        if words.lower() not in title:
            yield Found(f"{profile.name} requires “{words}” in the title", ("title",), f'write title: "…: {words}"')


@rule("JRNL013", "title-forbidden-words", Level.WARNING)
def title_forbidden_words(case: Case, profile: Profile) -> Iterator[Found]:
    """The title contains words that the journal does not allow there.

    BMJ Case Reports, for example, does not allow “case report” in a title, although CARE asks for it: the journal takes
    precedence, and item 1 is judged without it. Source: the journal's instructions, as recorded in the profile
    (`casewriter profile NAME`); check the journal's own page.
    """
    title = case.title or ""
    for words in profile.title.must_not_contain:
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", title, re.IGNORECASE)
        if found:
            yield Found(f"{profile.name} does not allow “{words}” in the title", ("title",), "leave it out", found[0])


@rule("JRNL014", "title-states-person", Level.WARNING)
def title_states_person(case: Case, profile: Profile) -> Iterator[Found]:
    """The title states the patient's age, sex or ethnicity, which the journal does not allow.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    patterns = dict(_STATED)
    patient = case.observation.patient if case.observation else None
    if patient and patient.ethnicity:
        patterns["ethnicity"] = re.compile(rf"\b{re.escape(patient.ethnicity)}\b", re.IGNORECASE)
    for what in profile.title.must_not_state:
        found = patterns[what].search(case.title or "") if what in patterns else None
        if found:
            yield Found(
                f"{profile.name} does not allow the patient's {what} in the title", ("title",), "leave it out", found[0]
            )


@rule("JRNL015", "title-long", Level.WARNING)
def title_long(case: Case, profile: Profile) -> Iterator[Found]:
    """The title has more words than the journal allows.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    count, limit = words_in(case.title or ""), profile.title.max_words
    if limit is not None and count > limit:
        yield Found(f"the title has {count} words; {profile.name} allows {limit}", ("title",), "shorten it")


_STATEMENTS = {
    "consent": ("consent", "consent: publication: {status: written, by: patient}"),
    "ethics": ("ethics", "ethics: {approval: …, board: …} or ethics: Not required for a single case (board, rule)."),
    "competing_interests": ("competing_interests", "competing_interests: {none: true}"),
    "funding": ("funding", "funding: {none: true}, or funding: [{funder: …, award: …}]"),
    "contributions": ("authors", "authors: [{…, roles: [Conceptualization, Writing – original draft]}]"),
    "data_availability": (
        "data_availability",
        "data_availability: where the data are available, or why they cannot be shared",
    ),
    "ai_use": ("ai_use", "ai_use: {used: false}, or its details"),
    "guarantor": ("guarantor", "guarantor: initials of the author responsible for the whole work"),
    "acknowledgements": ("acknowledgements", "acknowledgements: …"),
    "patient_perspective": (
        "patient_perspective",
        "patient_perspective: {text: …, by: patient} or {not_obtained: reason}",
    ),
    "registration": ("registration", "registration: …"),
}


@rule("JRNL016", "statement-missing", Level.WARNING)
def statement_missing(case: Case, profile: Profile) -> Iterator[Found]:
    """A statement that the journal requires is missing.

    A paper without it is returned unread. Silence does not mean “none”: `funding: {none: true}` prints that there was
    no funding. Source: ICMJE Recommendations, II.B to II.E and IV.A.3.a; the journal's instructions, as recorded in the
    profile.
    """
    for name in profile.statements:
        key, cure = _STATEMENTS.get(name, (name, f"{name}: …"))
        if not _stated(case, name):
            words = {"ai_use": "use of artificial intelligence"}.get(name, name.replace("_", " "))
            yield Found(f"{profile.name} requires a statement on {words}", (key,), f"write {cure}", on_key=True)


def _stated(case: Case, name: str) -> bool:
    if name == "contributions":
        return bool(case.contributions) or (bool(case.authors) and all(author.roles for author in case.authors))
    if name == "competing_interests" and case.competing_interests is None:
        return bool(case.authors) and all(author.conflicts is not None for author in case.authors)
    value = getattr(case, name, None)
    if name == "ai_use":
        return value is not None and value.used is not None
    return value.answered if isinstance(value, Listing) else bool(value)


@rule("JRNL018", "phrase-forbidden", Level.WARNING)
def phrase_forbidden(profile: Profile, prose: CaseProse) -> Iterator[Found]:
    """The text contains a phrase that the journal does not allow.

    The profile lists the phrases, with the reason for each, under `forbidden`.
    """
    for phrase, reason in profile.forbidden.items():
        pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
        for path, text, _ in prose.uncited:
            for found in pattern.finditer(text):
                nth = text.count(found[0], 0, found.start())
                yield Found(f"{profile.name} does not allow “{phrase}”", path, reason, found[0], nth)


@rule("JRNL021", "corresponding-author-missing", Level.WARNING)
def corresponding_author_missing(case: Case) -> Iterator[Found]:
    """No author is marked as corresponding author, or their contact details are missing.

    Remedy: `corresponding: true` and `email:` for one of the authors. Source: ICMJE Recommendations, II.A.3 and
    IV.A.3.a.
    """
    if not case.authors:
        return
    named = [(number, author) for number, author in enumerate(case.authors) if author.corresponding]
    if not named:
        yield Found(
            "no author is marked as corresponding author",
            ("authors",),
            "write corresponding: true for one author",
            on_key=True,
        )
    for number, author in named:
        if not author.email:
            yield Found("the corresponding author has no e-mail address", ("authors", number), "write email:")


@rule("JRNL022", "abstract-unstructured", Level.WARNING)
def abstract_unstructured(case: Case, profile: Profile) -> Iterator[Found]:
    """The abstract is one text, but the journal requires a structured abstract.

    Remedy: write abstract: background:, presentation:, outcome:, conclusion:. Source: the journal's instructions, as
    recorded in the profile.
    """
    if profile.abstract.structured and case.abstract and case.abstract.text and profile.abstract.parts:
        headings = ", ".join(part.heading for part in profile.abstract.parts if not part.optional)
        yield Found(
            f"{profile.name} requires a structured abstract: {headings}",
            ("abstract",),
            "write abstract: background: and so on",
            on_key=True,
        )


RULES = (
    keywords_count,
    title_lacks_words,
    title_forbidden_words,
    title_states_person,
    title_long,
    statement_missing,
    learning_points_count,
    phrase_forbidden,
    corresponding_author_missing,
    abstract_unstructured,
)
