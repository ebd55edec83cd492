"""Writing references as files that other programs read."""

from __future__ import annotations

from collections.abc import Iterable

from casewriter.model.reference import Reference

FORMATS = {"csl-json": ".csl.json", "bibtex": ".bib", "ris": ".ris"}
"""The formats, and how the names of their files end."""


def written(references: Iterable[Reference], form: str) -> str:
    """Return references as a file of a format of FORMATS. Raises KeyError for another."""
    match form:
        case "csl-json":
            from casewriter.bibliography.writing.csl_json import write_csl_json as write
        case "bibtex":
            from casewriter.bibliography.writing.bibtex import write_bibtex as write
        case "ris":
            from casewriter.bibliography.writing.ris import write_ris as write
        case _:
            raise KeyError(form)
    return write(references)
