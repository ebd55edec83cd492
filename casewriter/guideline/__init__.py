"""A reporting guideline read from data: CARE, SCARE, or one of a project's own."""

from __future__ import annotations

from casewriter.guideline.files import find_guideline, guideline_names
from casewriter.guideline.model import Adequacy, Check, Guideline, GuidelineItem, ItemPart, ItemReading

__all__ = [
    "Adequacy",
    "Check",
    "Guideline",
    "GuidelineItem",
    "ItemPart",
    "ItemReading",
    "find_guideline",
    "guideline_names",
]
