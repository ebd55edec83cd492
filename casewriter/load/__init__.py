"""Source -> Case, or every reason why not; the only module that knows pydantic's shape of errors."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pydantic import ValidationError

from casewriter.load.keys import model_at, places_by_key
from casewriter.load.kinds import (
    BARE_NONE,
    CONFLICT,
    DANGLING_ID,
    FORMAT,
    ID,
    KINDS,
    MISSING_KEY,
    NOT_A_CHOICE,
    QUANTITY,
    ROW,
    SHAPE,
    TIME,
    UNKNOWN_KEY,
    VALUE,
)
from casewriter.load.wording import not_a_choice, shape, short, unknown_key, wrong_shape
from casewriter.model.case import Case
from casewriter.model.records import check_ids
from casewriter.model.reference import ReferenceFile
from casewriter.problem import Path, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from casewriter.source import Source

__all__ = ["KINDS", "Loaded", "load", "places_by_key"]

_BY_TYPE = {
    "extra_forbidden": UNKNOWN_KEY,
    "missing": MISSING_KEY,
    "literal_error": NOT_A_CHOICE,
    "role": NOT_A_CHOICE,
    "csl_type": NOT_A_CHOICE,
    "time": TIME,
    "quantity": QUANTITY,
    "bare_none": BARE_NONE,
    "string_pattern_mismatch": ID,
    "reserved": ID,
    "grid": ROW,
    "table": ROW,
    "format": FORMAT,
    "none_false": CONFLICT,
    "none_and_some": CONFLICT,
    "figure": CONFLICT,
    "width": VALUE,
}
_TAGS = ("reference-file", "reference-item")
"""Names of the alternatives of a union, which are in pydantic's paths and not in the file."""
_SHAPES = {
    "string_type": "a text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
}


class Loaded(Struct, frozen=True):
    """A case as far as it could be read.

    `whole` is true where nothing was left out. Otherwise `case` holds what is well-formed, for lint, or is None.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    whole: bool


def load(source: Source) -> Loaded:
    """Return the case of a source, with every problem found."""
    data = source.data
    if not isinstance(data, dict):
        found = "the file is empty" if data is None else f"the file is {shape(data)}, not a mapping"
        hint = "begin with format: 1, or create a new file with `casewriter new SLUG`"
        return Loaded(None, (Problem(SHAPE, found, hint=hint),), whole=False)
    case, problems = _validate(data)
    if case is not None:
        dangling = tuple(_id_problems(case))
        return Loaded(case, (*problems, *dangling), whole=not problems and not dangling)
    return Loaded(None, tuple(problems), whole=False)


def _validate(data: dict[str, Any]) -> tuple[Case | None, list[Problem]]:
    """Validate; where parts are wrong, report them, leave them out and read the rest."""
    problems: dict[tuple[str, Path, str], Problem] = {}
    rest = data
    for _ in range(8):
        try:
            return Case.model_validate(rest), list(problems.values())
        except ValidationError as error:
            rest = deepcopy(rest)
            details = error.errors(include_url=False)
            for detail in details:
                found = _problem(detail)
                problems.setdefault((found.code, found.path, found.message), found)
            for loc in sorted((_wrong_part(detail) for detail in details), key=_deepest_last):
                _leave_out(rest, loc)
    return None, list(problems.values())


def _full(detail: ErrorDetails) -> Path:
    """Return where an error is, down to the part that our own validators name."""
    loc = (part for part in detail["loc"] if part not in _TAGS)
    return (*loc, *detail.get("ctx", {}).get("within", ()))


def _wrong_part(detail: ErrorDetails) -> Path:
    """Return what to leave out: the part that is wrong, or the whole row when its length is."""
    path = _full(detail)
    return path[: path.index("values")] if "grids" in path and "values" in path else path


def _deepest_last(loc: tuple[str | int, ...]) -> tuple[int, ...]:
    """Sort later list items first, so that leaving one out does not move the others."""
    return tuple(-part if isinstance(part, int) else 0 for part in loc)


def _leave_out(data: dict[str, Any], path: Path) -> None:
    """Remove the part at a path from the data; a missing or wrong `format` becomes the one we read."""
    holder: Any = None
    last: Any = None
    node: Any = data
    for part in path:
        inside_list = isinstance(node, list) and isinstance(part, int) and part < len(node)
        if inside_list or (isinstance(node, dict) and part in node):
            holder, last, node = node, part, node[part]
    if holder is None or last == "format":
        data["format"] = "1"
    else:
        del holder[last]


def _problem(detail: ErrorDetails) -> Problem:
    context = detail.get("ctx", {})
    path = _full(detail)
    kind = _BY_TYPE.get(detail["type"])
    hint = context.get("hint")
    if kind is UNKNOWN_KEY:
        return unknown_key(path, ReferenceFile if "reference-file" in detail["loc"] else model_at(path[:-1]))
    if kind is MISSING_KEY:
        hint = "write format: 1 on the first line" if path == ("format",) else f"add {path[-1]}:"
        return Problem(kind, f"the key “{path[-1]}” is missing", path, hint=hint)
    if kind is NOT_A_CHOICE and detail["type"] == "literal_error":
        return not_a_choice(path, detail)
    if kind is ID and detail["type"] == "string_pattern_mismatch":
        message = f"“{short(detail['input'])}” is not a valid name"
        hint = "begin with a lower-case letter, followed by lower-case letters, digits, - and _"
        return Problem(kind, message, tuple(p for p in path if p != "[key]"), hint=hint)
    if kind is None and (wanted := _SHAPES.get(detail["type"])):
        return wrong_shape(path, wanted, detail["input"])
    return Problem(kind or VALUE, detail["msg"], path, hint=hint)


def _id_problems(case: Case) -> Iterable[Problem]:
    for fault in check_ids(case):
        kind = DANGLING_ID if fault.dangling else ID
        yield Problem(kind, fault.message, fault.path, hint=fault.hint)
