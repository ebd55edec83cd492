"""JRNL: what the journal asks of the title, the wording, the abstract and the corresponding author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.article.counting import words_in
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.profile import Profile

_AGE = re.compile(
    r"\b\d{1,3}[- ](?:year|month|week|day)s?[- ]old\b|\baged \d|"
    r"\b(?:adult|elderly|neonat\w*|infant|child|adolescent|teenager)\b",
    re.I,
)
_SEX = re.compile(r"\b(?:man|woman|boy|girl|male|female|men|women|lady|gentleman)\b", re.IGNORECASE)
_STATED = {"age": _AGE, "sex": _SEX}


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
    """The title states the patient's age, sex or ethnicity, or the diagnosis, which the journal does not allow.

    A quiz such as the JAMA Clinical Challenge must not give its diagnosis away. Source: the journal's instructions, as
    recorded in the profile (`casewriter profile NAME`); check the journal's own page.
    """
    patterns = _STATED | {name: _any_of(words) for name, words in _own_words(case).items() if words}
    for what in profile.title.must_not_state:
        found = patterns[what].search(case.title or "") if what in patterns else None
        if found:
            meant = "the diagnosis" if what == "diagnosis" else f"the patient's {what}"
            yield Found(f"{profile.name} does not allow {meant} in the title", ("title",), "leave it out", found[0])


def _own_words(case: Case) -> dict[str, list[str]]:
    """Return what a title may state of this case in words of its own."""
    patient = case.observation.patient if case.observation else None
    final = case.diagnosis.final if case.diagnosis else ()
    return {
        "ethnicity": [patient.ethnicity] if patient and patient.ethnicity else [],
        "diagnosis": [one.label for one in final if one.label],
    }


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@rule("JRNL015", "title-long", Level.WARNING)
def title_long(case: Case, profile: Profile) -> Iterator[Found]:
    """The title has more words than the journal allows.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    count, limit = words_in(case.title or ""), profile.title.max_words
    if limit is not None and count > limit:
        yield Found(f"the title has {count} words; {profile.name} allows {limit}", ("title",), "shorten it")


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
    title_lacks_words,
    title_forbidden_words,
    title_states_person,
    title_long,
    phrase_forbidden,
    corresponding_author_missing,
    abstract_unstructured,
)
