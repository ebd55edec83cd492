"""What a format does not carry of references: they are read back and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from casewriter.bibliography.reading import read_file
from casewriter.model.reference import Reference


def loss(references: Sequence[Reference], text: str, form: str) -> str:
    """Return what a file of references does not hold as they do: ``annote (5), author (muller1959)``, or nothing.

    In brackets are the keys of up to three references, or their number if there are more. An id that RIS does not
    keep is no loss: a reader makes one.
    """
    found = [reference for _, reference in read_file("", text.encode()).found] if references else []
    lost: dict[str, list[str]] = defaultdict(list)
    for old, new in zip(references, found, strict=True):
        for key, value in _said(old).items():
            if not (key == "id" and form == "ris") and _said(new).get(key) != value:
                lost[key].append(old.id or "")
    return ", ".join(f"{key} ({', '.join(ids) if len(ids) <= 3 else len(ids)})" for key, ids in sorted(lost.items()))


def _said(reference: Reference) -> dict[str, Any]:
    said = reference.csl() | ({"et al": True} if reference.authors_truncated else {})
    return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in said.items()}
