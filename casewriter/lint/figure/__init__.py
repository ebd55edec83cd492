"""FIG: what is missing in figures and tables beyond what composing them shows."""

from __future__ import annotations

from casewriter.lint.figure import alt, legend, person, printed

RULES = (*alt.RULES, *legend.RULES, *printed.RULES, *person.RULES)
