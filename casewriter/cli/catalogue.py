"""Every kind of problem that the program knows, from every module that can raise one."""

from __future__ import annotations

from casewriter.problem import Kind


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind once, by code."""
    from casewriter.article.kinds import KINDS as COMPOSING
    from casewriter.citation import KINDS as CITING
    from casewriter.export.base import KINDS as EXPORTING
    from casewriter.image import KINDS as PICTURES
    from casewriter.lint.run import all_rules
    from casewriter.load import KINDS as LOADING
    from casewriter.plugins import KINDS as PLUGGING
    from casewriter.source import KINDS as READING

    ours = (*READING, *LOADING, *CITING, *PICTURES, *COMPOSING, *EXPORTING, *PLUGGING)
    ruled = (kind for rule in all_rules() for kind in rule.kinds)
    return tuple(sorted({kind.code: kind for kind in (*ours, *ruled)}.values(), key=lambda kind: kind.code))
