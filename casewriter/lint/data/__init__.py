"""DATA: what the case says in one place and contradicts in another."""

from __future__ import annotations

from casewriter.lint.data import abbreviation, claim, comparison, course, laboratory, plausibility, prose, time, values

RULES = (
    *laboratory.RULES,
    *plausibility.RULES,
    *comparison.RULES,
    *time.RULES,
    *course.RULES,
    *prose.RULES,
    *values.RULES,
    *abbreviation.RULES,
    *claim.RULES,
)
