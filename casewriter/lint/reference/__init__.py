"""REF: what is missing in references and citations beyond what reading and composing them shows."""

from __future__ import annotations

from casewriter.lint.reference import citing, completeness, fields, identifiers, unprinted

RULES = (*completeness.RULES, *identifiers.RULES, *fields.RULES, *citing.RULES, *unprinted.RULES)
