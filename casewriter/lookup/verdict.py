"""What the answers of Crossref and PubMed mean for the references of a case: problems, each with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from casewriter.bibliography.compare import differences
from casewriter.bibliography.identifier import bare_doi, bare_pmid, doi_holds, pmid_holds
from casewriter.citation import Library, LibraryItem
from casewriter.lookup.lock import Lock
from casewriter.lookup.services import Answer, Source
from casewriter.problem import Kind, Level, Problem, Span

DIFFERS = Kind(
    "REF021",
    "differs-from-source",
    Level.WARNING,
    """A reference differs from its record in Crossref or PubMed.

Title, journal, year, volume, issue, pages and first author are compared if both give them; an abbreviated journal and
a shortened last page count as equal to the full form. Either may be wrong: check the paper. `refs check --online` asks
the services; lint reports their answers from references.lock.json. Source: Crossref REST API; NCBI E-utilities.""",
)
RETRACTED = Kind(
    "REF022",
    "retracted",
    Level.ERROR,
    """A cited work has been retracted.

The message names the source: Crossref (with the Retraction Watch data) or PubMed. Remedy: do not rely on it; if the
retraction itself is the point, cite the notice as well. Source: ICMJE Recommendations, IV.A.3.g (authors
check that no reference is a retracted article); COPE Retraction Guidelines.""",
)
CONCERN = Kind(
    "REF023",
    "expression-of-concern",
    Level.WARNING,
    """A cited work is subject to an expression of concern.

Remedy: read the notice, and consider what depends on the work. Source: ICMJE Recommendations, III.D.""",
)
UNKNOWN = Kind(
    "REF024",
    "identifier-unknown",
    Level.ERROR,
    """Crossref has no work with this DOI, or PubMed none with this id.

The DOI may be registered with another agency, such as DataCite, which Crossref does not cover. Remedy: compare it with
the paper, character by character. Source: Crossref REST API; NCBI E-utilities.""",
)

KINDS = (DIFFERS, RETRACTED, CONCERN, UNKNOWN)


class Asked(Struct, frozen=True):
    """An answer to the reference of a key, and its day."""

    key: str
    answer: Answer
    day: str


def identifiers(item: LibraryItem) -> list[tuple[Source, str]]:
    """Return by which identifiers a service can be asked of a reference."""
    found: list[tuple[Source, str]] = []
    doi, pmid = bare_doi(item.reference.doi or ""), bare_pmid(item.reference.pmid or "")
    if doi_holds(doi):
        found.append(("Crossref", doi))
    if pmid_holds(pmid):
        found.append(("PubMed", pmid))
    return found


def locked(library: Library, lock: bytes) -> tuple[Problem, ...]:
    """Return what the answers of a lock file say against the references of a case."""
    known = Lock.read(lock)
    asked = [
        Asked(key, *held)
        for key, item in library.items.items()
        for source, identifier in identifiers(item)
        if (held := known.get(source, identifier)) is not None
    ]
    return tuple(verdicts(library, asked))


def verdicts(library: Library, asked: Iterable[Asked]) -> Iterator[Problem]:
    """Yield what the answers say against the references of a case; of a retraction both sources in one problem."""
    by_key: dict[str, list[Asked]] = {}
    for one in asked:
        by_key.setdefault(one.key, []).append(one)
    for key, answers in by_key.items():
        item = library.items[key]
        yield from _notices(item, answers)
        for one in answers:
            if one.answer.reference is None:
                message = f"{one.answer.source} has no work with “{one.answer.identifier}” ({one.day})"
                yield _problem(UNKNOWN, message, item, "compare it with the paper")
                continue
            for name, ours, theirs in differences(item.reference, one.answer.reference):
                message = f"{name} of “{key}” is “{ours}”; {one.answer.source} has “{theirs}” ({one.day})"
                yield _problem(DIFFERS, message, item, "check in the paper which is right")


_VOID = ("retraction", "withdrawal", "removal")
"""Crossref's kinds of updates after which a work is void (NISO RP-45, CREC)."""


def _notices(item: LibraryItem, answers: list[Asked]) -> Iterator[Problem]:
    for kind, word, sought in (
        (RETRACTED, "has been retracted", _VOID),
        (CONCERN, "is subject to an expression of concern", ("concern",)),
    ):
        said = [
            f"{one.answer.source}, {one.day}" + (f": {update.notice}" if update.notice else "")
            for one in answers
            for update in one.answer.updates
            if any(one in update.kind for one in sought)
        ]
        if said:
            message = f"“{item.key}” {word} ({'; '.join(dict.fromkeys(said))})"
            yield _problem(kind, message, item, "read the notice")


def _problem(kind: Kind, message: str, item: LibraryItem, hint: str) -> Problem:
    if item.file is None:
        return Problem(kind, message, item.path, hint=hint)
    line = item.line or 1
    return Problem(kind, message, item.path, file=item.file, span=Span(line, 1, line, 1), hint=hint)
