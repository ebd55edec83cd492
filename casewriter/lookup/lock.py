"""`references.lock.json` beside a case: what the services answered of its works, and on which day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from casewriter.bibliography.reading.csl_json import read_csl_json
from casewriter.lookup.services import Answer, Update


class Lock(Struct):
    """The answers by service and identifier, each with its day (ISO 8601)."""

    answers: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, data: bytes | None) -> Lock:
        """Return the lock of a file's bytes; one that cannot be read counts as none."""
        try:
            content = json.loads(data or b"{}")
            answers = content.get("answers", {})
            return cls({str(key): value for key, value in answers.items() if isinstance(value, dict)})
        except (ValueError, AttributeError, RecursionError):
            return cls({})

    def get(self, source: str, identifier: str) -> tuple[Answer, str] | None:
        """Return the last answer of a service to an identifier, and its day."""
        held = self.answers.get(_key(source, identifier))
        if held is None or source not in ("Crossref", "PubMed") or not _whole(held):
            return None
        found = read_csl_json(json.dumps([held["reference"]]))[0] if held["reference"] else []
        if held["reference"] and not found:
            return None
        updates = tuple(Update(kind, notice) for kind, notice in held.get("updates", ()))
        answer = Answer(
            "Crossref" if source == "Crossref" else "PubMed", identifier, found[0][1] if found else None, updates
        )
        return answer, str(held.get("asked", ""))

    def put(self, answers: Iterable[Answer], day: str) -> None:
        """Keep answers under the day on which they were given."""
        for answer in answers:
            held: dict[str, Any] = {"asked": day, "reference": None}
            if answer.reference is not None:
                record = answer.reference.csl()
                held["reference"] = {k: v for k, v in record.items() if k not in ("abstract", "keyword", "note")}
            if answer.updates:
                held["updates"] = [[update.kind, update.notice] for update in answer.updates]
            self.answers[_key(answer.source, answer.identifier)] = held

    def bytes(self) -> bytes:
        """Return the file, sorted, so that it changes only where an answer does."""
        content = {"version": 1, "answers": dict(sorted(self.answers.items()))}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _whole(held: dict[str, Any]) -> bool:
    """Return whether an answer of a file has the shape that `put` gives it; another counts as none."""
    updates = held.get("updates", [])
    shaped = isinstance(updates, list) and all(
        isinstance(one, list) and len(one) == 2 and all(isinstance(text, str) for text in one) for one in updates
    )
    reference = held.get("reference", "missing")
    return shaped and isinstance(held.get("asked"), str) and (reference is None or isinstance(reference, dict))


def _key(source: str, identifier: str) -> str:
    return f"{source}:{identifier.lower()}"
