"""Guideline files: found by name, merged with the guideline they extend, and validated; errors give line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casewriter.guideline.model import Guideline
from casewriter.problem import CannotRun, Level, Problem, Refused, did_you_mean
from casewriter.resources import data_folder
from casewriter.source import Source, read


def guideline_names(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the file of every guideline by id: the first found in `folders`, then ours."""
    found: dict[str, Path] = {}
    for folder in (*folders, data_folder("guidelines")):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            found.setdefault(path.stem, path)
    return found


def find_guideline(name: str, folders: Iterable[Path] = ()) -> Guideline:
    """Return a guideline by its id; `folders` are looked through before ours. Raises CannotRun when there is none."""
    known = guideline_names(folders)
    if name not in known:
        hint = did_you_mean(name, known) or "known: " + ", ".join(sorted(known))
        raise CannotRun(f"unknown guideline “{name}”; {hint}")
    return _read(name, tuple(known.items()), known[name].stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(name: str, known: tuple[tuple[str, Path], ...], changed: int) -> Guideline:
    del changed
    data = _spelled_out(_merged(name, dict(known), ()))
    try:
        return Guideline.model_validate(data)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        source = _source(dict(known)[name])
        span = source.span(detail["loc"])
        where = ".".join(str(part) for part in detail["loc"])
        raise CannotRun(f"{source.name}:{span.line}:{span.column}: {where}: {detail['msg']}") from None


def _spelled_out(data: dict[str, Any]) -> dict[str, Any]:
    """Return a guideline's data with the phrases put into the patterns of its readings."""
    found = data.get("phrases")
    phrases: dict[str, Any] = found if isinstance(found, dict) else {}

    def spelled(text: str) -> str:
        return re.sub(r"\{([A-Z]+)\}", lambda m: spelled(str(phrases[m[1]])) if m[1] in phrases else m[0], text)

    def read_as(item: Any) -> Any:
        reading = item.get("reading") if isinstance(item, dict) else None
        if not isinstance(reading, dict) or not isinstance(reading.get("all"), list):
            return item
        return {**item, "reading": {**reading, "all": [spelled(str(pattern)) for pattern in reading["all"]]}}

    return {**data, "items": [read_as(item) for item in data.get("items", ())]}


def _source(path: Path) -> Source:
    try:
        source = read(path.read_bytes(), str(path))
        problems: tuple[Problem, ...] = source.problems
    except Refused as refused:
        problems = refused.problems
    wrong = [problem for problem in problems if problem.level is Level.ERROR]
    if wrong:
        span = wrong[0].span
        place = f"{span.line}:{span.column}: " if span else ""
        raise CannotRun(f"{path}:{place}{wrong[0].message}")
    return source


def _merged(name: str, known: dict[str, Path], seen: tuple[str, ...]) -> dict[str, Any]:
    """Return a guideline's data laid over that of the one it extends: items of the same id are overlaid key by key."""
    if name in seen or name not in known:
        chain = " → ".join((*seen, name))
        raise CannotRun(f"the guideline “{name}” {'extends itself' if name in seen else 'does not exist'}: {chain}")
    data: Any = _source(known[name]).data
    own = dict(data) if isinstance(data, dict) else {}
    if not (parent := own.get("extends")):
        return own
    base = _merged(str(parent), known, (*seen, name))
    items = {item["id"]: item for item in base.get("items", ())}
    for item in own.get("items") or ():
        key = str(item.get("id", "")) if isinstance(item, dict) else ""
        items[key] = {**items.get(key, {}), **item}
    without = own.pop("without", None) or ()
    for dropped in [without] if isinstance(without, str) else without:
        if dropped not in items:
            hint = did_you_mean(str(dropped), items) or "known: " + ", ".join(items)
            raise CannotRun(f"{known[name]}: `without` names item “{dropped}”, which is not in “{parent}”; {hint}")
        items.pop(dropped)
    return {**base, **own, "items": list(items.values())}
