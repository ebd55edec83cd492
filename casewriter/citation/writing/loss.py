"""What a format does not carry of references: they are read back and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from casewriter.citation.reading import read_file
from casewriter.model.reference import Reference


def loss(references: Sequence[Reference], text: str, form: str) -> str:
    """Return what a file of references does not hold as they do: ``annote (3), author (1)``, or nothing.

    A number is that of the references. An id that RIS does not keep is no loss: a reader makes one.
    """
    found = [reference for _, reference in read_file("", text.encode()).found] if references else []
    counts = Counter(
        key
        for old, new in zip(references, found, strict=True)
        for key, value in _said(old).items()
        if not (key == "id" and form == "ris") and _said(new).get(key) != value
    )
    return ", ".join(f"{key} ({number})" for key, number in sorted(counts.items()))


def _said(reference: Reference) -> dict[str, Any]:
    said = reference.csl() | ({"et al": True} if reference.authors_truncated else {})
    return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in said.items()}
