"""Safe fixes of a case file: quotes that YAML needs, identifiers and units in their usual form. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.citation.identifier import bare_doi, bare_orcid, bare_pmid, doi_holds, orcid_holds, pmid_holds
from casewriter.problem import Path, Problem, Refused
from casewriter.source import Source, read
from casewriter.source.edits import Edit, apply, quoted
from casewriter.source.kinds import COLON
from casewriter.source.limits import DEFAULT_LIMITS
from casewriter.source.text import Lines, decode
from casewriter.source.tree import Scalar
from casewriter.unit import printed, ucum

_ROUNDS = 200
"""How many unquoted texts of one file are mended: each shows only when the one before it is."""


def fixed(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """Return the file with its safe fixes, and what was done, one entry a fix; the same bytes where there is none."""
    data, done = _quoted(data, name)
    try:
        source = read(data, name)
    except Refused:
        return data, done
    edits = list(_edits(source))
    return apply(data, edits), [*done, *(edit.what for edit in edits)]


def _quoted(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """Put quotes round texts with a colon that YAML cannot read, one after the other."""
    done: list[str] = []
    for _ in range(_ROUNDS):
        try:
            read(data, name)
        except Refused as refused:
            edit = _quotes(data, refused.problems[0])
            if edit is not None:
                data = apply(data, [edit])
                done.append(edit.what)
                continue
        break
    return data, done


def _quotes(data: bytes, problem: Problem) -> Edit | None:
    if problem.kind is not COLON or problem.span is None or problem.span.line != problem.span.end_line:
        return None
    text = decode(data, DEFAULT_LIMITS)
    start = Lines(text).index(problem.span.line, problem.span.column)
    end = Lines(text).index(problem.span.end_line, problem.span.end_column)
    words = re.split(r"\s+#", text[start:end])[0]  # a comment stays one
    if words[:1] in "\"'[{|>&*!@`%":
        return None  # what was meant is not certain
    end = start + len(words)
    return Edit(start, end, quoted(words), f"line {problem.span.line}: text put in quotes")


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
        return code if code and printed(code) == printed(value) else None
    return None


_MEASURED = ("labs", "observation", "imaging", "tests", "pathology", "microbiology", "follow_up")
