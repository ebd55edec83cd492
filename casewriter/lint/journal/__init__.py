"""JRNL: what the journal asks for, read from its profile."""

from __future__ import annotations

from casewriter.lint.journal import asked, authors, limits

RULES = (*limits.RULES, *asked.RULES, *authors.RULES)
