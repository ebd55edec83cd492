"""What can be wrong with a case: one kind of record for every complaint, whoever makes it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from casewriter.record import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casewriter.source.edits import Edit

Path = tuple[str | int, ...]


class Level(Enum):
    """How much a problem weighs: an error stops a submission, a warning should be read, an info may be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Kind(Struct, frozen=True):
    """A class of problems: its code and name never change and are never used again for something else.

    `manual` is the page that `casewriter rule CODE` prints: what, why, source of the rule, remedy.
    """

    code: str
    name: str
    level: Level
    manual: str

    @property
    def family(self) -> str:
        """The letters of the code: YAML, CASE, CARE, REF, FIG, JRNL, PLUG."""
        return self.code.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first line of the manual page."""
        return self.manual.strip().splitlines()[0]


class Span(Struct, frozen=True):
    """A stretch of a file: lines and columns count from 1, the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Problem(Sourced, frozen=True):
    """One complaint about a case.

    It says where in symbols: the `path` of the datum and, inside a text, the `quote` (its `nth` occurrence,
    from 0) that it is about; `on_key` points at the key instead of the value. `span` is set by whoever reads
    the text (syntax) or resolved from the path at the edge. `repair` is the change of the file that cures it for
    certain, where there is one: what `lint --fix` writes. `weight` is set where it weighs less than its kind.
    """

    beside = frozenset(("repair",))

    kind: Kind
    message: str
    path: Path = ()
    quote: str | None = None
    nth: int = 0
    on_key: bool = False
    hint: str | None = None
    span: Span | None = None
    items: tuple[str, ...] = ()
    file: str | None = None
    repair: Edit | None = None
    weight: Level | None = None

    @property
    def code(self) -> str:
        """The code of the kind of problem."""
        return self.kind.code

    @property
    def level(self) -> Level:
        """How much it weighs: as its kind, unless it says otherwise of itself."""
        return self.weight or self.kind.level


class Refused(Exception):
    """Input that cannot be worked with at all; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {p.message}" for p in self.problems))


class CannotRun(Exception):
    """The program could not start its work: the text is one line that names the remedy (exit code 2)."""


def dotted(path: Path) -> str:
    """Return a path as a text: ``labs.results[3].value``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None."""
    from difflib import get_close_matches

    known = list(known)
    folded = {k.lower().replace("-", "_"): k for k in known}
    wanted = word.lower().replace("-", "_").replace(" ", "_")
    if wanted in folded:
        return folded[wanted]
    found = get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the hint ``did you mean "x"?`` for a misspelt word, or None."""
    found = nearest(word, known)
    return f'did you mean "{found}"?' if found else None
