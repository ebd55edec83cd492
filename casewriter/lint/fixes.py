"""Safe fixes of a case file: quotes that YAML needs, identifiers and units in their usual form. Nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.bibliography.identifier import bare_doi, bare_orcid, bare_pmid, doi_holds, orcid_holds, pmid_holds
from casewriter.load import places_by_key
from casewriter.problem import Path, Problem, Refused
from casewriter.source import Source, read
from casewriter.source.edits import Edit, apply
from casewriter.source.kinds import COMMA
from casewriter.source.limits import DEFAULT_LIMITS
from casewriter.source.text import Lines, decode
from casewriter.source.tree import Scalar
from casewriter.unit import printed, ucum

_ROUNDS = 200
"""How many times one file is read: some texts without quotes show only when the one before them has its own."""


def fixed(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """Return the file with its safe fixes, and what was done, one entry a fix; without a fix, the same bytes."""
    try:
        data, done = _repaired(data, name)
    except Refused:
        return data, []
    try:
        source = read(data, name)
    except Refused:
        return data, done
    edits = list(_edits(source))
    return apply(data, edits), [*done, *(edit.what for edit in edits)]


def _repaired(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """Write what reading the file knows to repair: quotes and spaces that YAML needs, round by round."""
    done: list[str] = []
    for _ in range(_ROUNDS):
        text = decode(data, DEFAULT_LIMITS)
        edits = _apart(problem.repair for problem in _problems(data, name) if not _may_be_a_key(problem, text))
        if not edits:
            break
        data = apply(data, edits)
        done += [edit.what for edit in edits]
    return data, done


def _problems(data: bytes, name: str) -> tuple[Problem, ...]:
    try:
        return read(data, name).problems
    except Refused as refused:
        return refused.problems


def _apart(edits: Iterable[Edit | None]) -> list[Edit]:
    """Return the edits in the order of the file, without those that touch one before them: the next round has them."""
    kept: list[Edit] = []
    for edit in sorted((edit for edit in edits if edit is not None), key=lambda one: one.start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _may_be_a_key(problem: Problem, text: str) -> bool:
    """Return whether a piece of a text that a comma cut is a key of the format: its value may be what is missing."""
    if problem.kind is not COMMA or problem.span is None:
        return False
    lines = Lines(text)
    span = problem.span
    pieces = text[lines.index(span.line, span.column) : lines.index(span.end_line, span.end_column)].split(",")
    return any(piece.strip() in places_by_key() for piece in pieces)


def _edits(source: Source) -> Iterator[Edit]:
    for path, scalar, is_key in source.scalars():
        if is_key or not scalar.value.strip():
            continue
        better = _better(path, scalar)
        if better is not None and better != scalar.value:
            line = source.lines.place(scalar.start)[0]
            edit = source.edit(scalar, better, f"line {line}: {path[-1]} in its usual form")
            if edit is not None:
                yield edit


def _better(path: Path, scalar: Scalar) -> str | None:
    """Return an identifier or unit as it is usually written, or None where there is nothing to change for certain."""
    value, key = scalar.value.strip(), path[-1]
    if key == "DOI" and path[0] == "references":
        bare = bare_doi(value).rstrip(".,;")
        return bare if doi_holds(bare) else None
    if key == "PMID" and path[0] == "references":
        return bare_pmid(value) if pmid_holds(bare_pmid(value)) else None
    if key == "orcid" and path[0] == "authors":
        return bare_orcid(value) if orcid_holds(bare_orcid(value)) else None
    if key == "unit" and path[0] in _MEASURED:
        code = ucum(value)
        if code is None or code.casefold() != value.casefold():  # clinicians read mmHg and °C as they are
            return None
        return code if printed(code) == printed(value) else None
    return None


_MEASURED = ("labs", "observation", "imaging", "tests", "pathology", "microbiology", "follow_up")
