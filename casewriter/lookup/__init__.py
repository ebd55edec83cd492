"""Looking works up at Crossref and PubMed: the only part of the program that uses the network."""

from __future__ import annotations

from casewriter.lookup.http import Unreachable
from casewriter.lookup.lock import Lock
from casewriter.lookup.services import Answer, Services

__all__ = ["Answer", "Lock", "Services", "Unreachable"]
