"""Content controls: each text of the author stands in one whose tag is its path in the case.

They are flat and inside paragraphs, since no other kind comes back whole from LibreOffice: a text of three paragraphs
has three controls with one tag. What is said from data is locked, so that nobody edits a number that the case file
would put back; it can be deleted with its control, as any text can.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from casewriter.export.docx.wml import Element, element
from casewriter.problem import Path, dotted

LONGEST_TAG = 64
"""Characters of a tag or title that Word opens (Open XML SDK, validation of w:tag)."""


class Controls(Struct):
    """The controls of one document: each has a number of its own; tags that are too long are kept by number."""

    count: int = 0
    long_tags: dict[str, str] = field(default_factory=dict)

    def wrap(self, contents: Iterable[Element], origin: Path, *, locked: bool) -> Element:
        """Return a control around what stands inside a paragraph."""
        self.count += 1
        path = dotted(origin)
        return element(
            "w:sdt",
            element(
                "w:sdtPr",
                element("w:alias", val=self._title(path)),
                element("w:tag", val=self._tag(path)),
                element("w:id", val=self.count),
                element("w:lock", val="contentLocked") if locked else None,
            ),
            element("w:sdtContent", *contents),
        )

    def _tag(self, path: str) -> str:
        if len(path) <= LONGEST_TAG:
            return path
        return self.long_tags.setdefault(path, f"#{len(self.long_tags) + 1}")

    @staticmethod
    def _title(path: str) -> str:
        """Return what Word shows above the control: the end of a path that is too long."""
        return path if len(path) <= LONGEST_TAG else f"…{path[-LONGEST_TAG + 1 :]}"
