"""PRIV: the eighteen identifiers of Safe Harbor, and what journals add, wherever they are in a case."""

from __future__ import annotations

from casewriter.lint.privacy.scan import RULES

__all__ = ["RULES"]
