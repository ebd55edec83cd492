"""JRNL: what closes a journal to a case: a preprint, supplements, more patients than it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CaseProse, number, sentences
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.profile import Profile

_PREPRINT = re.compile(r"\bpre-?prints?\b|\b(?:med|bio)Rxiv\b|\bResearch Square\b|\bSSRN\b|\bAuthorea\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no|nor|neither|without)\b", re.IGNORECASE)
_TOLD_IN = ("prior_presentation", "acknowledgements", "data_availability")
_PATIENTS = re.compile(
    r"\b(?:report|describe|present)(?:s|ed)?\b(?: on)?(?: the)?(?: (?:clinical|cases?|course|story|history|of)){0,3}"
    r" ([\w-]+)(?: [\w-]+){0,2}? (?:patients|cases|siblings|children|men|women)\b",
    re.IGNORECASE,
)


@rule("JRNL030", "patients-many", Level.WARNING)
def patients_many(prose: CaseProse, profile: Profile) -> Iterator[Found]:
    """The text says that it reports more patients than the journal takes.

    A case file holds one patient; others may be told of in the text. Read in the title, the abstract and the
    introduction: “we report four patients”. Source: the journal's instructions, as recorded in the profile
    (`casewriter profile NAME`); check the journal's own page.
    """
    most = profile.limits.patients
    for path, text, plain in prose.uncited if most is not None else ():
        for found in _PATIENTS.finditer(plain) if path[0] in ("title", "abstract", "introduction") else ():
            count = number(found[1])
            if count is not None and most is not None and count > most:
                quote = text[found.start() : found.end()]
                message = f"{count} patients; {profile.name} takes {most} in one report"
                yield Found(message, path, "ask the editors before you submit", quote)


@rule("JRNL031", "preprint-not-taken", Level.WARNING)
def preprint_not_taken(prose: CaseProse, profile: Profile) -> Iterator[Found]:
    """The text tells of a preprint, but the journal takes no case that was posted as one.

    A preprint cannot be taken back: choose another journal, or ask the editors. Source: the journal's instructions, as
    recorded in the profile (`casewriter profile NAME`); check the journal's own page.
    """
    for path, text, plain in prose.uncited if profile.preprint == "forbidden" else ():
        for start, sentence in sentences(plain) if path[0] in _TOLD_IN else ():
            found = None if _DENIED.search(sentence) else _PREPRINT.search(sentence)
            if found:
                nth = text.count(found[0], 0, start + found.start())
                message = f"{profile.name} takes no case that was posted as a preprint"
                yield Found(message, path, "choose another journal, or ask the editors", found[0], nth)


@rule("JRNL032", "supplements-not-taken", Level.WARNING)
def supplements_not_taken(case: Case, profile: Profile) -> Iterator[Found]:
    """The case has supplementary files, which the journal does not take.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    if case.supplements and profile.supplements == "forbidden":
        hint = "tell what matters in the text, or make a table or figure of it"
        yield Found(f"{profile.name} takes no supplementary files", ("supplements",), hint, on_key=True)


RULES = (patients_many, preprint_not_taken, supplements_not_taken)
