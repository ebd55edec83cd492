"""CARE and its kin: each item of the reporting guideline is there, missing, waived, or for a person to decide."""

from __future__ import annotations

from casewriter.lint.care.items import RULES, ItemState, item_kinds, judge

__all__ = ["RULES", "ItemState", "item_kinds", "judge"]
