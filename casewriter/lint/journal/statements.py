"""JRNL: statements that the journal requires, and the words that it demands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.model.statements import AiTool
from casewriter.problem import Level
from casewriter.profile import Profile

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
_SENTENCE_KEYS = {
    "consent": 'consent: {{publication: {{statement: "{}"}}}}',
    "patient_perspective": 'patient_perspective: {{not_obtained: "{}"}}',
}
"""Where the sentence that a journal demands is written, if not as the text of its key."""


@rule("JRNL016", "statement-missing", Level.WARNING)
def statement_missing(case: Case, profile: Profile) -> Iterator[Found]:
    """A statement that the journal requires is missing.

    A paper without it is returned unread. Silence does not mean “none”: `funding: {none: true}` prints that there was
    no funding. Where the journal demands a sentence of its own, the hint gives it: write it only if it is true.
    Source: ICMJE Recommendations, II.B to II.E and IV.A.3.a; the journal's instructions, as recorded in the profile.
    """
    for name in profile.statements:
        key, cure = _STATEMENTS.get(name, (name, f"{name}: …"))
        if not _stated(case, name):
            words = {"ai_use": "use of artificial intelligence"}.get(name, name.replace("_", " "))
            hint = f"write {cure}{_own_words(name, profile)}"
            yield Found(f"{profile.name} requires a statement on {words}", (key,), hint, on_key=True)


def _own_words(name: str, profile: Profile) -> str:
    """Return the sentence that the journal demands, as it is written in the case, or nothing."""
    sentence = next((text for key, text in profile.sentences.items() if key == name), None)
    return f"; the journal's own words, if they are true: {as_written(name, sentence)}" if sentence else ""


def as_written(name: str, sentence: str) -> str:
    """Return how a case says a sentence: the key and the text."""
    return _SENTENCE_KEYS.get(name, f'{name}: "{{}}"').format(sentence.replace('"', '\\"'))


def _stated(case: Case, name: str) -> bool:
    if name == "contributions":
        return bool(case.contributions) or (bool(case.authors) and all(author.roles for author in case.authors))
    if name == "competing_interests" and case.competing_interests is None:
        return bool(case.authors) and all(author.conflicts is not None for author in case.authors)
    value = getattr(case, name, None)
    if name == "ai_use":
        return value is not None and value.used is not None
    return value.answered if isinstance(value, Listing) else bool(value)


@rule("JRNL034", "statement-lacks-sentence", Level.INFO)
def statement_lacks_sentence(case: Case, profile: Profile) -> Iterator[Found]:
    """A statement does not contain the sentence that the journal demands.

    The sentence is offered, never printed unasked: only the author knows whether it is true. Adapt it where a parent or
    next of kin consented. Source: the journal's instructions, as recorded in the profile.
    """
    for name, sentence in profile.sentences.items():
        said = _said(case, name) if name != "guideline" else None  # JRNL036 looks for that one
        if said is not None and _plain(sentence) not in _plain(said):
            hint = f"if it is true, write {as_written(name, sentence)}"
            words = name.replace("_", " ")
            yield Found(f"{profile.name} has words of its own for the statement on {words}", (name,), hint, on_key=True)


def _said(case: Case, name: str) -> str | None:
    """Return the words of a statement; None where there is none, or where the sentence could not be true."""
    value = getattr(case, name, None)
    if name == "consent" and value is not None and value.publication is not None:
        given = value.publication
        if given.status not in (None, "written") or (given.by and "patient" not in given.by):
            return None
        return f"{value.narrative or ''} {given.statement or ''}"
    if value is None or (isinstance(value, Listing) and not value.answered):
        return None
    texts = (value,) if isinstance(value, str) else (getattr(value, key, None) for key in _TEXTS)
    return " ".join(text for text in texts if text)


_TEXTS = ("narrative", "text", "approval", "not_obtained", "verification")
"""The keys of a statement that hold its words."""


def _plain(text: str) -> str:
    """Return the words of a text, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))


@rule("JRNL035", "ai-use-incomplete", Level.WARNING)
def ai_use_incomplete(case: Case, profile: Profile) -> Iterator[Found]:
    """Artificial intelligence was used, but details that the journal asks for are not given.

    Remedy: give them with the tool under `ai_use: tools:`. Source: ICMJE Recommendations, II.A.4; the journal's
    instructions, as recorded in the profile under `ai`.
    """
    used = case.ai_use
    if used is None or not used.used or not profile.ai.extent:
        return
    lacking: list[str] = [key for key in profile.ai.extent if key != "verification" and not _told(used.tools, key)]
    lacking += ["verification"] if "verification" in profile.ai.extent and not used.verification else []
    if lacking:
        message = f"{profile.name} asks for more on the use of artificial intelligence: {', '.join(lacking)}"
        yield Found(message, ("ai_use",), _where(lacking), on_key=True)


def _told(tools: tuple[AiTool, ...], key: str) -> bool:
    """Return whether every tool has a detail; its label is its name."""
    return bool(tools) and all(getattr(tool, key) or (key == "name" and tool.label) for tool in tools)


def _where(lacking: list[str]) -> str:
    ours = ", ".join(f"{key}: …" for key in lacking if key != "verification")
    parts = (f"tools: [{{{ours}}}]" if ours else "", "verification: …" if "verification" in lacking else "")
    return f"write ai_use: {{{', '.join(part for part in ('used: true', *parts) if part)}}}"


RULES = (statement_missing, statement_lacks_sentence, ai_use_incomplete)
