"""Every kind of problem that the program knows, from every module that can raise one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from casewriter.problem import Kind


def all_kinds(folders: Iterable[Path] = ()) -> tuple[Kind, ...]:
    """Return every kind once, by code; `folders` may hold guidelines of the project."""
    from casewriter.article.kinds import KINDS as COMPOSING
    from casewriter.blinding.kinds import KINDS as BLINDING
    from casewriter.citation import KINDS as CITING
    from casewriter.export.kinds import KINDS as EXPORTING
    from casewriter.guideline import find_guideline, guideline_names
    from casewriter.image import KINDS as PICTURES
    from casewriter.lint.guideline import KINDS as JUDGING
    from casewriter.lint.run import all_rules
    from casewriter.lint.silence import KINDS as SILENCING
    from casewriter.load import KINDS as LOADING
    from casewriter.lookup.verdict import KINDS as ASKING
    from casewriter.plugins import KINDS as PLUGGING
    from casewriter.source import KINDS as READING
    from casewriter.work.stale import KINDS as FILING

    places = tuple(folders)
    ours = (
        *READING,
        *LOADING,
        *CITING,
        *ASKING,
        *PICTURES,
        *COMPOSING,
        *EXPORTING,
        *BLINDING,
        *FILING,
        *PLUGGING,
        *JUDGING,
        *SILENCING,
    )
    asked = (kind for name in guideline_names(places) for kind in find_guideline(name, places).kinds.values())
    ruled = (kind for rule in all_rules() for kind in rule.kinds)
    return tuple(sorted({kind.code: kind for kind in (*ours, *asked, *ruled)}.values(), key=lambda kind: kind.code))
