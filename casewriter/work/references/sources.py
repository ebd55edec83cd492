"""What `refs add` is given: files, a pasted list, DOIs and PubMed ids -> references with where they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from casewriter.bibliography.identifier import bare_doi, doi_holds
from casewriter.bibliography.merge import Incoming
from casewriter.bibliography.reading import Read, read_file
from casewriter.bibliography.reading.detect import decoded
from casewriter.problem import CannotRun

if TYPE_CHECKING:
    from casewriter.lookup import Services


class Gathered(Struct):
    """What the sources hold: references, and what was refused, each with its place."""

    incoming: list[Incoming] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def gather(names: Iterable[str], services: Services, pasted: Callable[[], bytes]) -> Gathered:
    """Return what the sources hold; `pasted` returns what is meant by “-”.

    Raises CannotRun for a file that cannot be read, where it is the only source.
    """
    found = Gathered()
    asked: list[str] = []
    names = list(names)
    for name in names:
        try:
            if _identifier(name) and not Path(name).is_file():
                asked.append(name)
            else:
                _file(name, found, pasted)
        except CannotRun as error:  # it keeps no other back
            if len(names) == 1:
                raise
            found.refused.append(str(error))
    if asked:
        _look_up(asked, services, found)
    return found


def _identifier(text: str) -> bool:
    return doi_holds(bare_doi(text)) or bool(re.fullmatch(r"(?:PMID:?\s*)?\d{1,8}", text.strip(), re.IGNORECASE))


def _file(name: str, found: Gathered, pasted: Callable[[], bytes]) -> None:
    if Path(name).is_dir() or Path(name).name == "case.yaml":
        raise CannotRun(f"{name}: not a list of references; if it is the case to write to, give --case {name}")
    if name != "-" and not Path(name).is_file():
        raise CannotRun(f"{name}: not a file, a DOI or a PubMed id")
    gather_file(name, found, pasted)


def gather_file(name: str, found: Gathered, pasted: Callable[[], bytes]) -> None:
    """Add the references of a file, or of what is pasted for “-”, in any format that is read, a pasted list too.

    Raises CannotRun when it cannot be read or holds no reference.
    """
    try:
        data = pasted() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CannotRun(f"{name}: cannot be read: {error.strerror}") from None
    read = read_file(name, data)
    if read.format != "unknown":
        _records(name, read, found)
        if not read.found and not read.refused:
            raise CannotRun(f"{name}: the file contains no references")
        return
    from casewriter.bibliography.pasted import looks_pasted

    text = decoded(data)
    on_purpose = name == "-" and text.strip() and "\0" not in text  # what is pasted on purpose is a list
    if not (on_purpose or looks_pasted(text)):
        raise CannotRun(f"{name}: {read.refused[0][1]}")
    for one in _pasted(name, text, found):
        found.incoming.append(one)


def _records(name: str, read: Read, found: Gathered) -> None:
    for line, reference in read.found:
        own = read.format in ("bibtex", "csl-json") and not _SERIAL.fullmatch(reference.id or "")
        found.incoming.append(Incoming(f"{name}:{line}", reference, own_key=own))
    found.refused += [f"{name}:{line}: {reason}" for line, reason in read.refused]


_SERIAL = re.compile(r"(?:ITEM|item|ref|id)?[-_]?\d+")
"""Keys that programs count by, 17 or ITEM-1, and not the author's own."""


def _pasted(name: str, text: str, found: Gathered) -> Iterator[Incoming]:
    from casewriter.bibliography.pasted import read_pasted
    from casewriter.bibliography.reading.record import finished

    for one in read_pasted(text):
        read, refused = finished([(one.line, dict(one.record))], [])
        found.refused += [f"{name}:{line}: {reason}" for line, reason in refused]
        unread = tuple(f"not read: “{piece}”" for piece in one.unread)
        for line, reference in read:
            sure = one.confidence != "low"
            yield Incoming(f"{name}:{line}", reference, False, (*one.doubts, *unread), one.source, sure)


def _look_up(asked: list[str], services: Services, found: Gathered) -> None:
    from casewriter.lookup import Unreachable

    pmids = [re.sub(r"\D", "", one) for one in asked if not doi_holds(bare_doi(one))]
    dois = [bare_doi(one) for one in asked if doi_holds(bare_doi(one))]
    for ask, identifiers in ((services.by_doi, dois), (services.by_pmid, pmids)):
        try:
            for answer in ask(identifiers):
                if answer.reference is None:
                    found.refused.append(f"{answer.identifier}: {answer.source} has no such work")
                else:
                    found.incoming.append(Incoming(f"{answer.identifier} at {answer.source}", answer.reference))
        except Unreachable as error:
            found.refused += [f"{one}: {error}" for one in identifiers]
