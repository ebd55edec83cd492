"""Guideline files: merged with the guideline they extend item by item, and validated."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casewriter.guideline.model import Guideline
from casewriter.guideline.phrases import ContainsItself, spelled_out
from casewriter.named import Chain, Collection, File, key_by_key
from casewriter.problem import CannotRun, did_you_mean
from casewriter.resources import data_folder

GUIDELINES = Collection("guideline", "guidelines", data_folder("guidelines"))


def guideline_names(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the file of every guideline by id: the first found in `folders`, then in installed packages, then ours."""
    return GUIDELINES.names(folders)


def find_guideline(name: str, folders: Iterable[Path] = ()) -> Guideline:
    """Return a guideline by its id; `folders` are looked through first, then installed packages, then ours.

    Raises CannotRun when there is none, or when its file is wrong (with file, line and column).
    """
    return _read(GUIDELINES.find(name, folders))


@lru_cache(maxsize=16)
def _read(chain: Chain) -> Guideline:
    data = chain.merged(_items_over)
    try:
        return Guideline.model_validate(spelled_out(data))
    except ContainsItself as error:
        raise CannotRun(chain.place(("phrases", error.name), str(error))) from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise CannotRun(_place(chain, data, detail["loc"], f"{where}: {detail['msg']}")) from None


def _place(chain: Chain, data: dict[str, Any], keys: tuple[str | int, ...], message: str) -> str:
    """Return a message with its place; an item is found by its id, in the file that says what is wrong with it."""
    match keys:
        case ("items", int(number), *rest):
            found = [(file, index, item) for file in chain.files for index, item in _with_id(file, data, number)]
            saying = [one for one in found if rest and rest[0] in one[2]]
            for file, index, _ in (saying or found)[:1]:
                return file.place(("items", index, *rest), message)
    merged = keys if keys[0] == "phrases" else keys[:1]  # anything else replaces what the parent has
    return chain.holding(merged).place(keys, message)


def _with_id(file: File, data: dict[str, Any], number: int) -> list[tuple[int, Any]]:
    """Return the items of a file that have the id of an item of the merged data, with their numbers in the file."""
    wanted = _id(data["items"][number])
    items = file.data.get("items") or ()
    return [(index, item) for index, item in enumerate(items) if isinstance(item, dict) and _id(item) == wanted]


def _id(item: Any) -> str:
    return str(item.get("id", "")) if isinstance(item, dict) else ""


def _over(before: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """Return an item laid over the one it changes, key by key; a new `presence` replaces the parent's parts."""
    anew = "presence" in item and "parts" not in item
    return {**{key: value for key, value in before.items() if not (anew and key == "parts")}, **item}


def _items_over(base: dict[str, Any], file: File) -> dict[str, Any]:
    """Return a guideline laid over the one it extends: items of the same id are overlaid key by key, some dropped."""
    own = dict(file.data)
    items = {_id(item): item for item in base.get("items") or ()}
    for item in own.get("items") or ():
        before = items.get(_id(item))
        items[_id(item)] = _over(before, item) if isinstance(before, dict) and isinstance(item, dict) else item
    without = own.pop("without", None) or ()
    for dropped in [without] if isinstance(without, str) else without:
        if dropped not in items:
            hint = did_you_mean(str(dropped), items) or "known: " + ", ".join(items)
            message = f"`without` names item “{dropped}”, which is not in “{own['extends']}”; {hint}"
            raise CannotRun(file.place(("without",), message))
        items.pop(dropped)
    phrases = key_by_key({"phrases": base.get("phrases")}, file)["phrases"]  # items of the parent need the parent's
    return {**base, **own, "phrases": phrases or {}, "items": list(items.values())}
