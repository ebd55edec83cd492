"""Several cases: what they come to in all, those that could not be worked on, and the option that limits each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewriter.cli.format.told import Told
    from casewriter.problem import Kind, Level
    from casewriter.work.failures import Lost

time_limit = click.option(
    "--time-limit",
    type=click.FloatRange(min=0),
    default=300,
    show_default=True,
    help="Seconds after which one of several cases is given up; 0: never.",
)


class Seen:
    """What the cases of a lint come to; `lost` are those that could not be checked, by name and reason."""

    def __init__(self, what: str, *, debug: bool) -> None:
        self._what, self._debug = what, debug
        self.lost: list[tuple[str, str]] = []
        self.counts: Counter[Level] = Counter()
        self.kinds: dict[str, Kind] = {}
        self.privacy: set[str] = set()

    def kept(self, results: Iterable[Told | Lost]) -> Iterator[Told]:
        """Yield the cases that were checked; report the others."""
        from casewriter.work.failures import Lost

        for one in results:
            if isinstance(one, Lost):
                self.lost.append(report(one, self._what, debug=self._debug))
                continue
            self.counts.update(one.counts)
            self.kinds.update(one.kinds)
            self.privacy.add(one.privacy)
            yield one


def report(lost: Lost, what: str, *, debug: bool) -> tuple[str, str]:
    """Print that a case was not checked or not rendered; return its name and why."""
    from casewriter.project import shown

    name = shown(lost.file.path)
    why = lost.reason.removeprefix(f"{name}: ").removeprefix(f"{name} ")
    click.echo(f"{name}: {what}: {why}", err=True)
    if debug and lost.trace:
        click.echo(lost.trace, err=True, nl=False)
    return name, why
