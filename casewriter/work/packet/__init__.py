"""All that a journal asks for of one case, in one folder, with a manifest of hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from casewriter.forms.contents import contents
from casewriter.forms.sheet import LAYOUT
from casewriter.problem import Level, Problem
from casewriter.project import CaseFile, shown
from casewriter.work.outputs import folder_of
from casewriter.work.packet import papers, pictures
from casewriter.work.packet.editions import out_of_order
from casewriter.work.packet.folder import others, place
from casewriter.work.packet.manifest import manifest, to_do
from casewriter.work.packet.packing import Packing, form_template, packing
from casewriter.work.packet.piece import Made, NotMade, Piece
from casewriter.work.sheets import Sheet

_MAKERS: tuple[Callable[[Packing], Iterator[Made]], ...] = (
    papers.manuscript,
    papers.blinded,
    papers.title,
    pictures.figures,
    papers.tables,
    papers.checklist,
    papers.declared,
    papers.letter,
    papers.consent,
    papers.jats,
    pictures.supplements,
    pictures.source,
)


class Packet(Struct, frozen=True):
    """What came of a packet: its folder, its files, what is not ready, and what is wrong with the files.

    `withheld` says what the copy without names withholds, `others` are files in the folder that do not belong to it.
    """

    name: str
    folder: str
    pieces: tuple[Piece, ...]
    missing: tuple[NotMade, ...]
    problems: tuple[Problem, ...]
    to_do: tuple[str, ...]
    withheld: tuple[str, ...]
    others: tuple[str, ...]
    lint: tuple[int, int]

    @property
    def failed(self) -> bool:
        """Whether something that the journal asks for is not there, or a file is wrong or identifies."""
        return bool(self.missing) or any(problem.level is Level.ERROR for problem in self.problems)


def pack(file: CaseFile, profile: str, output: Path | None = None, *, force: bool = False) -> Packet:
    """Write the packet of a case for a journal.

    Raises CannotRun when the case cannot be read, a library, template, profile or style is missing, or a file of an
    earlier packet was changed by hand, unless forced.
    """
    folder = folder_of(file, output) / f"packet-{profile}"
    made = packing(file, profile, folder, (output or file.project.output) / ".pictures")
    found = [one for make in _MAKERS for one in make(made)]
    pieces = [one for one in found if isinstance(one, Piece)]
    missing = [one for one in found if isinstance(one, NotMade)]
    made.problems += out_of_order(made.article, made.editions)
    pieces.insert(0, _contents(made, pieces, missing))
    place(folder, pieces, manifest(made, pieces, missing), force=force)
    return Packet(
        name=shown(file.path),
        folder=shown(folder),
        pieces=tuple(pieces),
        missing=tuple(missing),
        problems=tuple(made.problems),
        to_do=tuple(to_do(made.opened.profile)),
        withheld=made.review.notes if made.review else (),
        others=tuple(others(folder, pieces)),
        lint=(made.checked.report.count(Level.ERROR), made.checked.report.count(Level.WARNING)),
    )


def _contents(made: Packing, pieces: list[Piece], missing: list[NotMade]) -> Piece:
    """Return the sheet that says what is in a packet."""
    profile, report = made.opened.profile, made.checked.report
    rows = [(piece.name, piece.role, _size(piece.data), piece.note) for piece in pieces]
    wrong = [problem.message for problem in made.problems if problem.level is Level.ERROR]
    errors, warnings = report.count(Level.ERROR), report.count(Level.WARNING)
    facts = {
        "Journal": profile.name,
        "Instructions of": profile.as_of or "unknown date",
        "Lint": f"{counted(errors, warnings)} for this journal" if errors or warnings else "",
    }
    lists = (
        ("Not ready", (f"{one.role}: {one.reason}" for one in missing)),
        ("Wrong in the files", wrong),
        ("Left to you", to_do(profile)),
        ("Withheld from reviewers", made.review.notes if made.review else ()),
    )
    form = contents(made.article.plain_title, facts.items(), rows, lists)
    data, problems = Sheet(form, form_template(made, LAYOUT), made.folder).made("html")
    made.problems += problems
    return Piece("contents.html", "contents", data)


def counted(errors: int, warnings: int) -> str:
    """Return numbers of problems in words: ``2 errors and 1 warning``."""
    both = ((errors, "error"), (warnings, "warning"))
    return " and ".join(f"{number} {word}{'s' if number != 1 else ''}" for number, word in both)


def _size(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1000))}\u00a0kB"
