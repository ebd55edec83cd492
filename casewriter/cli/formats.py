"""The formats of --to, separated by commas."""

from __future__ import annotations

from collections.abc import Iterable


def chosen(names: str, known: Iterable[str], what: str = "") -> tuple[str, ...]:
    """Return the formats that are named, each once and in the spelling of those known, for `what`.

    Raises CannotRun for an unknown format, or where none is named.
    """
    from casewriter.problem import CannotRun, did_you_mean

    spelled = {name.lower(): name for name in known}
    wanted = []
    for name in (part.strip() for part in names.split(",") if part.strip()):
        if name.lower() not in spelled:
            hint = did_you_mean(name, spelled.values()) or "known: " + ", ".join(spelled.values())
            raise CannotRun(f"unknown format “{name}”{f' for {what}' if what else ''}; {hint}")
        wanted.append(spelled[name.lower()])
    if not wanted:
        raise CannotRun("--to gives no format; known: " + ", ".join(spelled.values()))
    return tuple(dict.fromkeys(wanted))
