"""Every record of a case by its name, and whether the names that records use exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel

from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.model.naming import Named, slug
from casewriter.model.time import When
from casewriter.problem import Path, did_you_mean


class IdFault(Struct, frozen=True):
    """A name that appears twice, or one that is used and does not exist (`dangling`)."""

    message: str
    path: Path
    dangling: bool = False
    hint: str | None = None


def texts(case: Case) -> tuple[tuple[Path, AuthorText], ...]:
    """Return (path, text) of every text that may hold the inline syntax."""
    return case.texts


def records(case: Case) -> tuple[Named, ...]:
    """Return (path, id, record, explicit) of every record that has an id or a label to make one from."""
    return case.records


def known_ids(case: Case) -> Mapping[str, Path]:
    """Return the path of the first record of each name; an explicit id comes before a label."""
    return case.ids


_USES = ("treats", "excluded_by", "study", "specimen", "of", "result")
_FREE_TEXT_HOLDERS = {"Culture", "Suspect", "Result", "Group", "Grid", "GridRow", "Marker"}


def check_ids(case: Case) -> Iterator[IdFault]:
    """Yield every id that appears twice and every reference to a record that does not exist."""
    seen: dict[str, Path] = {}
    for path, name, _, explicit in records(case):
        if explicit and name in seen:
            yield IdFault(f"duplicate id “{name}”", (*path, "id"), hint="give one of them another id")
        elif explicit:
            seen[name] = path
    known = known_ids(case)
    short = {slug(str(record.short)): name for _, name, record, _ in records(case) if record.short}
    for path, model in case.models:
        for fault in _unknown_uses(path, model, known):
            yield _called(fault, short)
    yield from _affiliations(case)


def _called(fault: IdFault, short: dict[str, str]) -> IdFault:
    """Return a fault with the id of the record whose `short` name was used in its place."""
    used = re.search(r"“(.*)”", fault.message)
    name = short.get(slug(used[1])) if used else None
    return replace(fault, hint=f"the record called so has the id “{name}”") if name else fault


def _unknown_uses(path: Path, model: BaseModel, known: Mapping[str, Path]) -> Iterator[IdFault]:
    fields, uses = _asked(type(model))
    values = model.__dict__
    for name in uses:
        used = values[name]
        for number, one in enumerate((used,) if isinstance(used, str) else used or ()):
            if one not in known:
                where = (*path, name) if isinstance(used, str) else (*path, name, number)
                yield _dangling(one, where, known)
    for name in fields:
        when = values[name]
        if isinstance(when, When) and when.kind == "relative" and when.anchor not in known:
            yield _dangling(when.anchor, (*path, name, when.relation), known)


@cache
def _asked(model: type[BaseModel]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a model, and those of them that name other records."""
    fields = tuple(model.model_fields)
    return fields, tuple(name for name in _USES if name in fields and model.__name__ not in _FREE_TEXT_HOLDERS)


def _dangling(name: str, path: Path, known: Mapping[str, Path]) -> IdFault:
    hint = did_you_mean(name, known) or "give that record this id, or write the id that it has"
    return IdFault(f"no record has the id “{name}”", path, dangling=True, hint=hint)


def _affiliations(case: Case) -> Iterator[IdFault]:
    for number, author in enumerate(case.authors):
        for place, name in enumerate(author.affiliations):
            if name not in case.affiliations:
                hint = did_you_mean(name, case.affiliations) or "add it under affiliations"
                path = ("authors", number, "affiliations", place)
                yield IdFault(f"there is no affiliation “{name}”", path, dangling=True, hint=hint)
