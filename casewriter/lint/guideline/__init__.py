"""CARE and its kin: each item of the reporting guideline is there, weak, missing, waived, or for a person to decide."""

from __future__ import annotations

from casewriter.lint.guideline.items import OVERRULED, ItemState, judge, refused_answers, touched

KINDS = (OVERRULED,)

__all__ = ["KINDS", "ItemState", "judge", "refused_answers", "touched"]
