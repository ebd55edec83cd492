"""Two journals compared, as an author reads it: what changes, what the case must change, and what happens by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from casewriter.cli.format.text import concise
from casewriter.profile.wording import GROUPS

if TYPE_CHECKING:
    from casewriter.lint.journal.limits import Measure
    from casewriter.profile import Profile
    from casewriter.profile.difference import Change
    from casewriter.work.transfer import Transfer


def profile_lines(old: Profile, new: Profile, found: Iterable[Change]) -> Iterator[str]:
    """Yield what changes from one profile to another, group by group."""
    yield click.style(f"{old.id} → {new.id}: {old.name} → {new.name}", bold=True)
    found = list(found)
    if not found:
        yield "nothing changes"
        return
    day = "from pages without a date" if new.as_of in (None, "unknown") else f"as of {new.as_of}"
    yield f"+ asked by {new.id} only, - by {old.id} only. Values of {new.id}: {day}, unless a line says otherwise."
    yield "Journals change their instructions: check the journal's own page."
    for group, some in groupby(found, key=lambda one: one.group):
        yield ""
        yield click.style(GROUPS[group], bold=True)
        for one in some:
            yield from _change(one)


def _change(one: Change) -> Iterator[str]:
    mark = f"  ({one.mark})" if one.mark else ""
    if one.label and len(one.lines) == 1:
        yield f"  {one.label}: {one.lines[0]}{mark}"
        return
    indent = "    " if one.label else "  "
    if one.label:
        yield f"  {one.label}:{mark}"
    yield from (f"{indent}{line}" for line in one.lines)


def case_lines(name: str, old: str, new: Profile, found: Iterable[Change], moved: Transfer) -> Iterator[str]:
    """Yield what a case must change for a journal, its counts, and what is done by itself."""
    yield ""
    yield click.style(f"{name}, compared as a manuscript for {old}", bold=True)
    if moved.first:
        count = _number(len(moved.first), "error")
        yield f"to correct first: {count} in the file; what is wrong there cannot be compared"
        yield from (f"  {concise(one, name)}" for one in moved.first)
    if moved.new:
        yield f"to change for {new.id}: {_number(len(moved.new), 'problem')}"
        yield from (f"  {concise(one, name)}" for one in moved.new)
    if moved.clear:
        yield "nothing has to be changed"
    for title, some in (("to consider", moved.notes), (f"no longer reported for {new.id}", moved.solved)):
        if some:
            yield f"{title}: {_number(len(some), 'problem' if some is moved.solved else 'note')}"
            yield from (f"  {concise(one, name) if some is moved.notes else _without_hint(one, name)}" for one in some)
    if moved.measures:
        yield f"counts against the limits of {new.name}:"
        yield from (f"  {_measure(one)}" for one in moved.measures)
    if own := [one.label for one in found if one.how == "fixes" and one.after]:
        yield f"done by render and packet with --profile {new.id}: {', '.join(own)}"
    yield f"to keep it: write profile: {new.id} in the case"


def _without_hint(problem: object, name: str) -> str:
    from msgspec.structs import replace

    from casewriter.problem import Problem

    assert isinstance(problem, Problem)
    return concise(replace(problem, hint=None), name)


def _measure(one: Measure) -> str:
    over = one.count - one.limit
    cut = f": cut {over:,}" if over > 0 else ""
    return f"{one.words}: {one.count:,} of {one.limit:,}{', advised' if one.advised else ''}{cut}"


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
