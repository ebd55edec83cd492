"""Items -> CSL-JSON, which carries all that they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable

from casewriter.model.reference import Reference


def write_csl_json(references: Iterable[Reference]) -> str:
    """Return references as a CSL-JSON list."""
    return json.dumps([record(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def record(reference: Reference) -> dict[str, object]:
    """Return the CSL-JSON of a reference; “et al” of the source itself is a last name `others`."""
    item = reference.csl()
    if reference.authors_truncated:
        item["author"] = [*item.get("author", ()), {"literal": "others"}]
    return item
