"""Pasted lists of references -> items: of a paper, Word file or web page, with a confidence and what stays open."""

from __future__ import annotations

from casewriter.bibliography.pasted.looks import looks_pasted
from casewriter.bibliography.pasted.reference import Pasted, read_pasted

__all__ = ["Pasted", "looks_pasted", "read_pasted"]
