"""What Crossref and PubMed know of the references of a case, kept with the day beside it in references.lock.json."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable

from casewriter.citation import LOCK_FILE, Library
from casewriter.lookup import Lock, Services, Unreachable
from casewriter.lookup.verdict import identifiers
from casewriter.project import CaseFile
from casewriter.work.write import write


def ask(library: Library, file: CaseFile, tell: Callable[[Unreachable], None]) -> int:
    """Ask the services of all references and keep what they answer; return how many could not be asked.

    `tell` is called with the reason of each that could not.
    """
    services, path = Services(), file.folder / LOCK_FILE
    lock = Lock.read(path.read_bytes() if path.is_file() else None)
    wanted = [pair for item in library.items.values() for pair in identifiers(item)]
    day = _today()
    silent = 0
    for source, by_identifiers in (("Crossref", services.by_doi), ("PubMed", services.by_pmid)):
        try:
            for answer in by_identifiers(identifier for name, identifier in wanted if name == source):
                lock.put([answer], day)
        except Unreachable as error:
            silent += 1
            tell(error)
    if lock.answers:
        write(path, lock.bytes())
    return silent


def _today() -> str:
    """Return the day, or that of SOURCE_DATE_EPOCH."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.datetime.now(datetime.UTC)
    if epoch.isdigit():
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return moment.date().isoformat()
