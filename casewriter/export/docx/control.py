"""Content controls: each text of the author stands in one whose tag is its path in the case.

They are flat and inside paragraphs, since no other kind comes back whole from LibreOffice: a text of three paragraphs
has three controls with one tag. What is said from data is locked, so that nobody edits a number that the case file
would put back; it can be deleted with its control, as any text can.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from casewriter.export.docx.wml import Element, element
from casewriter.problem import Path, dotted

LONGEST_TAG = 64
"""Characters of a tag or title that Word opens (Open XML SDK, validation of w:tag)."""
_DIGEST = 12


class Controls(Struct):
    """The controls of one document: each has a number of its own."""

    count: int = 0

    def wrap(self, contents: Iterable[Element], origin: Path, *, locked: bool) -> Element:
        """Return a control around what stands inside a paragraph."""
        self.count += 1
        path = dotted(origin)
        return element(
            "w:sdt",
            element(
                "w:sdtPr",
                element("w:alias", val=_title(path)),
                element("w:tag", val=tag(path)),
                element("w:id", val=self.count),
                element("w:lock", val="contentLocked") if locked else None,
            ),
            element("w:sdtContent", *contents),
        )


def tag(path: str) -> str:
    """Return the tag of a path: the path, or where that is too long its start and a digest of the whole.

    Who has the case can find the path again: the tags of its paths are distinct.
    """
    if len(path) <= LONGEST_TAG:
        return path
    return f"{path[: LONGEST_TAG - _DIGEST - 1]}~{hashlib.sha256(path.encode()).hexdigest()[:_DIGEST]}"


def _title(path: str) -> str:
    """Return what Word shows above the control: the end of a path that is too long."""
    return path if len(path) <= LONGEST_TAG else f"…{path[-LONGEST_TAG + 1 :]}"
