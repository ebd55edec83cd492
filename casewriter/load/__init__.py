"""Source -> Case, or every reason why not; the only module that knows pydantic's shape of errors."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from casewriter.load.keys import keys, model_at, places_by_key
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
from casewriter.model.case import Case
from casewriter.model.records import check_ids
from casewriter.model.reference import OTHER_KEYS, Reference, ReferenceFile
from casewriter.problem import Path, Problem, did_you_mean

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
"""Names of the alternatives of a union, which stand in pydantic's paths and not in the file."""
_SEVERAL = re.compile(r"patients|cases?|subjects?|(?:patient|case|subject)[_-]?\d+")
"""Keys that authors of a case series begin with."""
_ONE_PATIENT = "one file is one patient: make a file for each; relatives and other people go under `others`"
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case as far as it could be read.

    `whole` tells that nothing was left out. Otherwise `case` holds what is well-formed, for lint, or is None.
    """

    case: Case | None
    problems: tuple[Problem, ...]
    whole: bool


def load(source: Source) -> Loaded:
    """Return the case of a source, with every problem found."""
    data = source.data
    if not isinstance(data, dict):
        found = "the file is empty" if data is None else f"the file is {_shape(data)}, not a mapping"
        hint = "begin with format: 1, or make a new file with `casewriter new SLUG`"
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
        return _unknown_key(path, ReferenceFile if "reference-file" in detail["loc"] else model_at(path[:-1]))
    if kind is MISSING_KEY:
        hint = "write format: 1 in the first line" if path == ("format",) else f"add {path[-1]}: to it"
        return Problem(kind, f"the key “{path[-1]}” is missing", path, hint=hint)
    if kind is NOT_A_CHOICE and detail["type"] == "literal_error":
        return _not_a_choice(path, detail)
    if kind is ID and detail["type"] == "string_pattern_mismatch":
        message = f"“{_short(detail['input'])}” is not a name"
        hint = "begin with a small letter; then small letters, digits, - and _"
        return Problem(kind, message, tuple(p for p in path if p != "[key]"), hint=hint)
    if kind is None and (wanted := _SHAPES.get(detail["type"])):
        return _wrong_shape(path, wanted, detail["input"])
    return Problem(kind or VALUE, detail["msg"], path, hint=hint)


def _unknown_key(path: Path, model: type[BaseModel] | None) -> Problem:
    key = str(path[-1])
    hint = _ONE_PATIENT if len(path) == 1 and _SEVERAL.fullmatch(key.lower()) else _meant(key, model)
    return Problem(UNKNOWN_KEY, f"unknown key “{key}”", path, on_key=True, hint=hint)


def _meant(key: str, model: type[BaseModel] | None) -> str | None:
    """Return what to do with an unknown key: where it belongs, the nearest one, or the keys that are known here."""
    known = keys(model)
    if model is Reference and key in OTHER_KEYS:
        return f'did you mean "{OTHER_KEYS[key]}"?'
    found = [hint for hint in (_elsewhere(key), did_you_mean(key, known)) if hint]
    return "; or ".join(found) or _known(known)


def _elsewhere(key: str) -> str | None:
    """Return where a key belongs that is known in other places than the one where it was written."""
    places = places_by_key().get(key, ())
    if "" in places:
        return f"“{key}” is a key of the top level: take back its indentation"
    if not places:
        return None
    named = [f"`{place}`" for place in places[:3]]
    return f"“{key}” belongs under {' or '.join(named)}" + (" and others" if len(places) > 3 else "")


def _known(known: list[str]) -> str | None:
    if len(known) <= 30:
        return "known here: " + ", ".join(known) if known else None
    return f"known here: {', '.join(known[:12])} … (`casewriter schema` has them all)"


def _not_a_choice(path: Path, detail: ErrorDetails) -> Problem:
    words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    word = str(detail["input"])
    hint = did_you_mean(word, words) or "one of: " + ", ".join(words)
    return Problem(NOT_A_CHOICE, f"“{_short(word)}” is not one of the words known here", path, hint=hint)


def _wrong_shape(path: Path, wanted: str, found: Any) -> Problem:
    hint = None
    if wanted == "a text" and isinstance(found, dict):
        hint = "quote the text if the colon or the braces are part of it"
    elif wanted == "a text" and isinstance(found, list):
        hint = "quote the text if the brackets are part of it"
    elif wanted == "a list":
        hint = "write one item a line with “- ”, or [a, b]"
    message = f"{wanted} is wanted here, and this is {_shape(found)}"
    return Problem(SHAPE, message, path, hint=hint)


def _shape(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text “{_short(value)}”"
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _id_problems(case: Case) -> Iterable[Problem]:
    for fault in check_ids(case):
        kind = DANGLING_ID if fault.dangling else ID
        yield Problem(kind, fault.message, fault.path, hint=fault.hint)
