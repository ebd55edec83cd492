"""CARE and its kin: each guideline item is present, weak, missing, waived, or for a person to decide."""

from __future__ import annotations

from casewriter.lint.guideline.items import OVERRULED, ItemState, judge, refused_answers, touched

KINDS = (OVERRULED,)

__all__ = ["KINDS", "ItemState", "judge", "refused_answers", "touched"]
