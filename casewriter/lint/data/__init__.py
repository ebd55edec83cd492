"""DATA: what the case says in one place and contradicts in another."""

from __future__ import annotations

from casewriter.lint.data import (
    abbreviation,
    claim,
    comparison,
    course,
    culture,
    day,
    dose,
    interval,
    laboratory,
    person,
    plausibility,
    prose,
    side,
    site,
    size,
    status,
    time,
    values,
    verdict,
    zygosity,
)

RULES = (
    *laboratory.RULES,
    *plausibility.RULES,
    *comparison.RULES,
    *time.RULES,
    *person.RULES,
    *dose.RULES,
    *prose.RULES,
    *day.RULES,
    *interval.RULES,
    *values.RULES,
    *verdict.RULES,
    *culture.RULES,
    *course.RULES,
    *status.RULES,
    *side.RULES,
    *site.RULES,
    *size.RULES,
    *zygosity.RULES,
    *abbreviation.RULES,
    *claim.RULES,
)
