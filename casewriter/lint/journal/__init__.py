"""JRNL: what the journal asks for, read from its profile."""

from __future__ import annotations

from casewriter.lint.journal import (
    abstract,
    asked,
    authors,
    cited,
    limits,
    lists,
    sections,
    statements,
    submission,
    units,
    unsure,
)

_MODULES = (limits, lists, asked, abstract, sections, statements, submission, units, cited, authors, unsure)
RULES = tuple(rule for module in _MODULES for rule in module.RULES)
