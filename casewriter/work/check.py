"""One case read, composed and linted: what `lint` prints and `render` asks before it writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from casewriter.article.compose import Composed, compose
from casewriter.citation import LOCK_FILE, Library
from casewriter.guideline import Guideline, find_guideline
from casewriter.lint.run import Report, Subject, lint
from casewriter.problem import Problem, Refused
from casewriter.profile import find_profile
from casewriter.project import CaseFile, Opened, case_file, local_names, open_case, picture_traces, shown
from casewriter.source import Source
from casewriter.source.tree import Scalar
from casewriter.template import find_template
from casewriter.work.missing import with_names
from casewriter.work.stale import stale
from casewriter.work.steps import step
from casewriter.work.version import compared_version

DEFAULT_GUIDELINE = "care"


class Checked(Struct, frozen=True):
    """A case with its report."""

    source: Source
    guideline: Guideline
    profile: str
    report: Report


class Codes(Struct, frozen=True):
    """Which codes and families are reported: those selected, or all of them; without those ignored."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


ALL = Codes()


def check(
    file: CaseFile | Path | str,
    profile: str | None = None,
    guideline: str | None = None,
    privacy: str | None = None,
    *,
    codes: Codes = ALL,
    text: str | None = None,
) -> Checked:
    """Return the report of a case file, or of a `text` that is not saved yet in its place.

    Raises CannotRun when it cannot be read at all.
    """
    file = case_file(file, text)
    step("read", shown(file.path))
    try:
        opened = open_case(file, profile, pictures=False)
    except Refused as refused:
        return _refused(file, refused, profile, guideline, privacy, codes)
    case = opened.loaded.case
    step("compose", shown(file.path))
    composed = compose_opened(opened, formatted=False) if case else None
    found = (*opened.problems, *_looked_up(opened), *stale(opened), *(composed.problems if composed else ()))
    asked = opened.profile.guideline if case is None or case.guideline == DEFAULT_GUIDELINE else case.guideline
    rules = find_guideline(guideline or asked, file.folders("guidelines"))
    subject = Subject(
        source=opened.source,
        case=case,
        profile=opened.profile,
        guideline=rules,
        library=opened.library,
        article=composed.article if composed else None,
        found=with_names(found, opened.source, file.folder),
        traces=picture_traces(case, file.folder) if case else {},
        names=local_names(file),
        privacy=privacy or opened.profile.privacy,
        template=find_template(opened.profile.layout, file.folders("templates")),
        version=compared_version(opened),
    )
    step("lint", shown(file.path))
    return Checked(opened.source, rules, opened.profile.id, lint(subject, codes.select, codes.ignore))


def _looked_up(opened: Opened) -> tuple[Problem, ...]:
    """Return what Crossref and PubMed have answered before (`refs check --online`) against the references."""
    path = opened.file.folder / LOCK_FILE
    if not path.is_file():
        return ()
    from casewriter.lookup.verdict import locked

    return locked(opened.library, path.read_bytes())


def compose_opened(opened: Opened, layout: str | None = None, *, formatted: bool = True) -> Composed:
    """Return the article of an opened case."""
    assert opened.loaded.case is not None
    case, profile, library = opened.loaded.case, opened.profile, opened.library
    template = find_template(layout or profile.layout, opened.file.folders("templates"))
    return compose(case, profile, library, opened.pictures, template, formatted=formatted)


def identifying(opened: Opened) -> Iterator[Problem]:
    """Yield what identifies the patient and would be printed; without it nothing is sent that should not be."""
    from casewriter.lint.privacy.printed import printed

    assert opened.loaded.case is not None
    yield from printed(opened.source, opened.loaded.case, local_names(opened.file), opened.profile.privacy)


def as_text(file: CaseFile) -> Source:
    """Return the source of a file that has no tree: its text, as far as that is text."""
    text = file.read().decode("utf-8", "replace")
    return Source(shown(file.path), text.replace("\r\n", "\n"), None, (), list[Scalar]())


def unnamed(problems: Iterable[Problem], source: Source, names: tuple[str, ...]) -> list[Problem]:
    """Return the problems of a file that is not rendered without what identifies the patient in it."""
    from casewriter.lint.privacy.scan import PRINTED, identifiers, listed_in
    from casewriter.lint.secrets import without_secrets

    secrets = [*identifiers(source, "hipaa"), *listed_in(source, names, PRINTED)]
    told, _ = without_secrets((*problems, *map(source.locate, secrets)))
    return [problem for problem in told if problem.kind.family != "PRIV"]


def _refused(
    file: CaseFile,
    refused: Refused,
    profile: str | None,
    guideline: str | None,
    privacy: str | None,
    codes: Codes,
) -> Checked:
    """Return the report of a file that has no tree: its syntax problems, beside its text as far as that is text."""
    source = as_text(file)
    rules = find_guideline(guideline or DEFAULT_GUIDELINE, file.folders("guidelines"))
    found: tuple[Problem, ...] = refused.problems
    journal = find_profile(profile or "generic-care", file.folders("profiles"))
    level = privacy or journal.privacy
    subject = Subject(source, None, journal, rules, Library(), None, found, names=local_names(file), privacy=level)
    return Checked(source, rules, journal.id, lint(subject, codes.select, codes.ignore))
