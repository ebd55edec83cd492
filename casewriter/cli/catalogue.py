"""Every kind of problem that the program knows, from every module that can raise one."""

from __future__ import annotations

from casewriter import citation, image, load, plugins, source
from casewriter.problem import Kind


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind once, by code."""
    from casewriter.article.kinds import KINDS as COMPOSING
    from casewriter.export.base import KINDS as EXPORTING
    from casewriter.lint.run import all_rules

    ours = (*source.KINDS, *load.KINDS, *citation.KINDS, *image.KINDS, *COMPOSING, *EXPORTING, *plugins.KINDS)
    ruled = (kind for rule in all_rules() for kind in rule.kinds)
    return tuple(sorted({kind.code: kind for kind in (*ours, *ruled)}.values(), key=lambda kind: kind.code))
