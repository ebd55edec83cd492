"""The consent form of one case: read, compose, write the form, and say what to write when it is signed."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from casewriter.forms.consent import LAYOUT, consent_form, languages
from casewriter.lint.secrets import without_secrets
from casewriter.model.case import Case
from casewriter.problem import CannotRun, Level, Problem, Refused
from casewriter.profile import Profile
from casewriter.project import CaseFile, Opened, local_names, open_case, shown
from casewriter.template import find_template
from casewriter.work.check import as_text, compose_opened, identifying, unnamed
from casewriter.work.consent_keys import to_write
from casewriter.work.exporting import Written
from casewriter.work.outputs import folder_of
from casewriter.work.sheets import Sheet
from casewriter.work.steps import step
from casewriter.work.version import version


class Wish(Struct, frozen=True):
    """What is asked of a form: its formats, a language, profile or output folder other than the case's own.

    With `force`, forms that the author has edited are replaced.
    """

    formats: tuple[str, ...]
    language: str | None = None
    profile: str | None = None
    output: Path | None = None
    force: bool = False


class Made(Struct, frozen=True):
    """What came of a form; `notes` say what to do with it."""

    name: str
    written: tuple[Written, ...] = ()
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is no form, or something in it is wrong or identifies the patient."""
        return bool(self.failure) or any(problem.level is Level.ERROR for problem in self.problems)


def make_consent(file: CaseFile, wish: Wish) -> Made:
    """Write the consent form of a case.

    Raises CannotRun when the case cannot be read, when there is no form in its language, or as `Sheet.write` does.
    """
    name = shown(file.path)
    step("read", name)
    try:
        opened = open_case(file, wish.profile, pictures=False)
    except Refused as refused:
        told = unnamed(refused.problems, as_text(file), local_names(file))
        return Made(name, problems=tuple(told), failure="no form was made: the file cannot be read as YAML")
    case, source = opened.loaded.case, opened.source
    if case is None or not opened.loaded.whole:
        found = [source.locate(problem) for problem in opened.loaded.problems]
        why = "no form was made: fix the errors first; the patient would not see all of the case"
        return Made(name, problems=tuple(unnamed(found, source, local_names(file))), failure=why)
    return _made(opened, case, chosen_language(wish.language or case.language), wish)


def _made(opened: Opened, case: Case, language: str, wish: Wish) -> Made:
    """Return the form of a case that was read whole."""
    file, source, now = opened.file, opened.source, version(opened)
    name = shown(file.path)
    step("compose", name)
    composed = compose_opened(opened)
    form = consent_form(case, composed.article, now, language)
    template = find_template(LAYOUT, file.folders("templates"))
    other = f"-{language}" if language != _short(case.language) else ""
    stem = folder_of(file, wish.output) / f"{file.slug}{template.suffix}{other}"
    written, lost = Sheet(form, template, stem).write(wish.formats, force=wish.force)
    unseen = [p for p in composed.problems if p.kind.family == "FIG" and p.level is Level.ERROR]
    problems, _ = without_secrets([*identifying(opened), *map(source.locate, unseen), *map(source.locate, lost)])
    return Made(name, tuple(written), tuple(problems), notes=_notes(opened, case, now))


def chosen_language(language: str) -> str:
    """Return the language of the form for one such as de-AT. Raises CannotRun where there is no form in it."""
    short = _short(language)
    if short not in languages():
        raise CannotRun(f"there is no consent form in “{language}”; choose --language {', '.join(languages())}")
    return short


def _short(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].strip().lower()


def _notes(opened: Opened, case: Case, now: str) -> tuple[str, ...]:
    """Return that the journal has a form of its own, and what to do with ours."""
    publication = case.consent.publication if case.consent else None
    if publication is not None and publication.version == now:
        return (
            *_own_form(opened.profile),
            f"version {now}: the case says that the patient has signed for this version",
        )
    show = f"version {now}: show the patient this version of the article with the form"
    return (*_own_form(opened.profile), show, f"when the form is signed, {to_write(opened, now)}")


def _own_form(profile: Profile) -> tuple[str, ...]:
    if profile.consent_form != "own":
        return ()
    note = f": {profile.consent_form_note}" if profile.consent_form_note else ""
    return (f"{profile.name} asks for a consent form of its own{note}",)
