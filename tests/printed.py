"""What is printed in a PDF, read by PDFium: the text of each page, and that of each numbered line."""

from __future__ import annotations

from functools import cached_property

import pypdfium2

from casewriter.export.signs import signs_of

_BESIDE = 66
"""Points from the left edge of a manuscript's page within which the numbers of lines stand."""


def signs(text: str) -> str:
    """Return the letters, digits and signs of a text; hyphens may be the layout's."""
    return signs_of(text).replace("-", "").replace("\ufffe", "")  # PDFium has it for a hyphen at the end of a line


class PrintedPdf:
    """A PDF as its reader sees it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _pieces(self) -> list[list[tuple[float, float, str]]]:
        """The pieces of text of each page: left edge, height of the middle, text."""
        document = pypdfium2.PdfDocument(self._data)
        pages = []
        for page in document:
            text = page.get_textpage()
            found = []
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                found.append((left, (bottom + top) / 2, text.get_text_bounded(left, bottom, right, top)))
            pages.append(found)
        document.close()
        return pages

    def page(self, number: int) -> str:
        """Return the signs of a page, counted from 1, in the order in which they were drawn."""
        document = pypdfium2.PdfDocument(self._data)
        text = document[number - 1].get_textpage().get_text_range()
        document.close()
        return signs(text)

    def line(self, page: int, number: int) -> str:
        """Return the signs that stand beside a line number; a ValueError where the page has no such number."""
        pieces = self._pieces[page - 1]
        (height,) = [middle for left, middle, text in pieces if left <= _BESIDE and text.strip() == str(number)]
        beside = sorted((left, text) for left, middle, text in pieces if left > _BESIDE and abs(middle - height) < 6)
        return signs("".join(text for _, text in beside))
