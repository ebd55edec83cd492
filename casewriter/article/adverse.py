"""Adverse and unexpected events as a small table, or that there were none."""

from __future__ import annotations

from msgspec.structs import replace

from casewriter.article.builder import Builder
from casewriter.article.columns import Line, record_table
from casewriter.article.nodes import Block, Fact, Run
from casewriter.model.follow_up import AdverseEvent, Causality, Suspect
from casewriter.problem import Path

_COLUMNS = ("event", "period", "severity", "suspected", "action", "outcome", "causality")


def adverse_events(make: Builder) -> list[Block]:
    """Return the events as a table where they have more than a line says, and what the list says beside them."""
    found = make.case.follow_up.adverse_events if make.case.follow_up else None
    if found is None:
        return []
    path: Path = ("follow_up", "adverse_events")
    lines = [_line(make, event, (*path, "items", n)) for n, event in enumerate(found.items)]
    rows: list[Fact] = []
    if _needs_columns(lines) or any(event.clavien_dindo for event in found.items):
        make.row(rows, "adverse_events", make.rest(found, path), path)
        caption = make.text(make.word("adverse_events"))
        return [replace(record_table(make, "adverse-events", caption, _COLUMNS, lines), origin=path), *make.facts(rows)]
    make.lines(rows, "adverse_events", found, path, make.detailed(("severity", "action", "outcome")))
    return make.facts(rows)


def _needs_columns(lines: list[Line]) -> bool:
    """Return whether events have more than a line of a list says, or so much that a table is read more easily."""
    beyond = any(line.cells[key] for line in lines for key in ("suspected", "causality"))
    return beyond or sum(bool(run) for line in lines for run in line.cells.values()) > len(lines) + 1


def _line(make: Builder, event: AdverseEvent, path: Path) -> Line:
    grade = make.text(f"Clavien-Dindo {event.clavien_dindo}" if event.clavien_dindo else "")
    said = {key: make.said(getattr(event, key), (*path, key)) for key in ("severity", "action", "outcome")}
    challenges = [
        make.labelled(key, make.said(getattr(event, key), (*path, key))) for key in ("dechallenge", "rechallenge")
    ]
    judged = [_judged(make, one, (*path, "causality", number)) for number, one in enumerate(event.causality)]
    cells = {
        "event": make.said(event.label, (*path, "label")),
        "period": make.period(event),
        "severity": make.joined([said["severity"], grade]),
        "suspected": make.joined(_suspect(make, one) for one in event.suspected),
        "action": said["action"],
        "outcome": said["outcome"],
        "causality": make.joined([*judged, *challenges]),
    }
    return Line(cells, make.said(event.note, (*path, "note")), path)


def _suspect(make: Builder, suspect: Suspect) -> Run:
    """Return a suspected cause, with its part in the event where it is not the suspected one."""
    role = make.text(make.word("suspected" if suspect.role in (None, "suspect") else suspect.role))
    if not suspect.of:
        return role
    return make.bracketed(make.name(suspect.of), [role] if suspect.role not in (None, "suspect") else [])


def _judged(make: Builder, judged: Causality, path: Path) -> Run:
    parts = [make.said(judged.scale, (*path, "scale")), make.text(judged.score or "")]
    return make.joined([*parts, make.said(judged.category, (*path, "category"))], " ")
