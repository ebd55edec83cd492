"""CARE and its kin: each guideline item is present, weak, missing, waived, or for a person to decide."""

from __future__ import annotations

from casewriter.lint.guideline.answers import refused_answers
from casewriter.lint.guideline.items import ItemState, touched
from casewriter.lint.guideline.judging import judge
from casewriter.lint.guideline.messages import OVERRULED
from casewriter.lint.guideline.shown import shown

KINDS = (OVERRULED,)

__all__ = ["KINDS", "ItemState", "judge", "refused_answers", "shown", "touched"]
