"""The page of every key, docs/format.md, out of the model, the guidelines and one case that has every key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casewriter.guideline import find_guideline
from casewriter.model.base import Blocks, Inline, Listing, OneOrMany, Record, Spelled
from casewriter.model.case import Case
from casewriter.model.duration import parse_age, parse_duration
from casewriter.model.quantity import Quantity
from casewriter.model.reference import Reference, ReferenceFile
from casewriter.model.time import parse_when
from casewriter.model.value import parse_reference, parse_value
from casewriter.source import read

FOLDER = Path(__file__).parent / "format"
_BY_PARSER = {
    parse_when: "time",
    parse_duration: "duration",
    parse_age: "age",
    parse_value: "value",
    parse_reference: "reference range",
}
_WORDS = {Blocks: "prose", Inline: "text", str: "plain text", int: "number", bool: "true or false"}
_LONGEST = 64
"""Letters of an example in a cell."""


def format_page() -> str:
    """Return the page."""
    intro = (FOLDER / "intro.md").read_text("utf-8")
    tables = {
        "record": _table(Record, (), lambda key: _first_example(Record, key)),
        "listing": _table(Listing[Inline], (), lambda key: _first_example(Listing, key)),
        "quantity": _table(Quantity, tuple(Record.model_fields), lambda key: _first_example(Quantity, key)),
    }
    for name, table in tables.items():
        intro = intro.replace(f"{{{name}}}", table.rstrip())
    made = "<!-- Made by tools/generate.py from the model; tools/format/intro.md holds its first part. -->\n"
    sections = list(_sections({}))
    links = ", ".join(f"[`{n}`](#{n})" for n in Case.model_fields if any(s == f"## `{n}`\n" for s in sections))
    return made + "\n".join((intro.replace("{sections}", links), *sections))


Shown = dict[type[BaseModel], tuple[str, ...]]
"""Where the table of a model stands: what many sections share is shown once."""


def _sections(shown: Shown) -> Iterator[str]:
    """Yield the top level, then each section with the records in it."""
    plain = [name for name, field in Case.model_fields.items() if not _model(field.annotation)]
    yield "## Top level\n"
    yield _rows(Case, plain, (), shown)
    for name, field in Case.model_fields.items():
        model = _model(field.annotation)
        if model is None:
            continue
        yield f"## `{name}`\n"
        yield f"{field.description} Shape: {_shape(field.annotation)}.{_items_sentence((name,))}\n"
        yield from _inside((name,), _item(model), shown)


def _item(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model of the records of a list that may be none, or the model itself."""
    return (_model(model.model_fields["items"].annotation) or model) if issubclass(model, Listing) else model


def _inside(path: tuple[str, ...], model: type[BaseModel], shown: Shown) -> Iterator[str]:
    """Yield the table of a model's keys, then those of the models in it."""
    if issubclass(model, Listing):
        yield "A text, `none`, a list of texts, or the keys of [answers](#answers-that-may-be-none).\n"
        return
    if model in shown:
        yield f"The keys of {_link(shown[model])}.\n"
        return
    shown[model] = path
    yield _rows(model, [n for n in model.model_fields if n not in _shared(model)], path, shown)
    if model is ReferenceFile:
        yield from _inside(path, Reference, shown)
        return
    for name, field in model.model_fields.items():
        inner = _model(field.annotation)
        if inner is None or name in _shared(model) or _item(inner) in {*shown, Quantity, Listing[Inline]}:
            continue
        where = (*path, field.alias or name)
        yield f"### `{'.'.join(where)}`\n"
        yield f"{field.description} Shape: {_shape(field.annotation)}.{_items_sentence(where)}\n"
        yield from _inside(where, _item(inner), shown)


def _link(path: tuple[str, ...]) -> str:
    name = ".".join(path)
    return f"[`{name}`](#{name.replace('.', '')})"


def _shared(model: type[BaseModel]) -> set[str]:
    """Return the keys that are explained once for all models."""
    if issubclass(model, Quantity) and model is not Quantity:
        return set(Quantity.model_fields)
    return set(Record.model_fields) if issubclass(model, Record) and model is not Record else set()


def _rows(model: type[BaseModel], names: list[str], path: tuple[str, ...], shown: Shown) -> str:
    lines = ["| key | shape | what it says | example | items |\n|---|---|---|---|---|"]
    for name in names:
        field = model.model_fields[name]
        key = field.alias or name
        inner = _model(field.annotation)
        same = shown.get(_item(inner)) if inner else None
        example = _example((*path, key)) or (f"as {_link(same)}" if same else "")
        lines.append(_row(key, field, example, _items((*path, key))))
    more = "[every record](#keys-of-every-record)" if issubclass(model, Record) else ""
    more = f"[measured things](#measured-things) and of {more}" if issubclass(model, Quantity) else more
    also = f"\nThe keys of {more} as well.\n" if more else ""
    return "\n".join(lines) + "\n" + also if names else also


def _table(model: type[BaseModel], but: tuple[str, ...], example: Any) -> str:
    lines = ["| key | shape | what it says | example |\n|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if name not in but:
            lines.append(_row(name, field, example(name)))
    return "\n".join(lines) + "\n"


def _row(key: str, field: FieldInfo, example: str, *items: str) -> str:
    either = ", or one" if OneOrMany in field.metadata else ""
    code = f"`{example}`" if example and not example.startswith("as [") else example
    cells = (f"`{key}`", _shape(field.annotation) + either, field.description or "", code, *items)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# -- shapes -----------------------------------------------------------------------------------------------------------


def _model(annotation: Any) -> type[BaseModel] | None:
    """Return the first model inside an annotation, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model(inner))), None)


def _shape(annotation: Any) -> str:
    """Return the shape of a key in the words of the page."""
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    parser = next((p for a in arguments for p, word in _BY_PARSER.items() if getattr(a, "func", None) is p), None)
    if parser is not None:
        return _BY_PARSER[parser]
    origin = get_origin(annotation)
    if origin is Literal:
        return "one of " + ", ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        return _list_shape(arguments[0])
    if origin is dict:
        shape = _shape(arguments[1])
        return "mappings by name" if shape == "a mapping" else f"{shape} by name"
    if isinstance(annotation, type):
        return _type_shape(annotation)
    shapes = dict.fromkeys(_shape(a) for a in arguments[:1] or [str])
    return " or ".join(shapes)


def _list_shape(item: Any) -> str:
    model = _model(item)
    if model is not None:
        return "records" if issubclass(model, Record) else "list of mappings"
    return "list of lists" if get_origin(item) is tuple else f"list of {_shape(item)}"


def _type_shape(kind: type) -> str:
    if issubclass(kind, Listing):
        return "records or none"
    if issubclass(kind, Spelled):
        also = [word for key, word in ((kind.text_key, "text"), (kind.list_key, "a list of its records")) if key]
        return " or ".join(["a mapping", *also])
    if issubclass(kind, BaseModel):
        return "a mapping"
    return _WORDS.get(kind, "plain text")


# -- items ------------------------------------------------------------------------------------------------------------


@cache
def _answers() -> dict[tuple[str, ...], list[str]]:
    """Return the items of CARE and SCARE by the path of the key that answers them."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in ("care", "scare"):
        guideline = find_guideline(name)
        for item in guideline.items:
            checks = [path for check in item.presence for path in (check.path, *check.paths) if path]
            checks += [
                f"{path}.{key}"
                for check in (*item.presence, *item.adequacy)
                for path in (check.path, *check.paths)
                for keys in check.keys
                for key in keys.split("|")
                if path
            ]
            for path in dict.fromkeys(one for field in (*item.field, *checks) for one in field.split("|")):
                key = tuple(part for part in path.replace("[]", "").split(".") if part)
                label = f"{guideline.name} {item.id}"
                if label not in found.setdefault(key, []):
                    found[key].append(label)
    return found


def _items(path: tuple[str, ...]) -> str:
    labels = _answers().get(path, [])
    parts = []
    for name in ("CARE", "SCARE"):
        own = [label.removeprefix(f"{name} ") for label in labels if label.startswith(f"{name} ")]
        if own:
            parts.append(f"{name} {', '.join(own)}")
    return "; ".join(parts)


def _items_sentence(path: tuple[str, ...]) -> str:
    found = _items(path)
    return f" Answers {found}." if found else ""


# -- examples ---------------------------------------------------------------------------------------------------------


@cache
def every_key() -> dict[str, Any]:
    """Return the data of the case that has every key, as typed."""
    file = FOLDER / "every-key.yaml"
    data: dict[str, Any] = read(file.read_bytes(), file.name).data
    return data


def _example(path: tuple[str, ...]) -> str:
    """Return the first value at a path that says something, as one line of YAML; nothing of what has a table."""
    for value in _values(every_key(), path):
        if value not in (None, "", [], {}):
            line = _flow(value)
            return "" if isinstance(value, dict | list) and "{" in line and len(line) > _LONGEST else _short(line)
    return ""


def _values(data: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if not path:
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _values(item, path)
    elif isinstance(data, dict):
        if path[0] in data:
            yield from _values(data[path[0]], path[1:])
        else:  # inside what stands between: the items of a list, the entries of a mapping by name
            inner = [data["items"]] if "items" in data else data.values()
            for value in inner:
                if isinstance(value, dict | list):
                    yield from _values(value, path)


def _first_example(model: type[BaseModel], key: str) -> str:
    """Return an example of a key that many models share."""
    chosen = {
        (Record, "id"): "ct",
        (Record, "at"): "{after: operation, by: 2 d}",
        (Record, "short"): "the operation",
        (Record, "note"): "two days in intensive care",
        (Record, "timeline"): "false",
        (Listing, "narrative"): "He remembered no injury.",
        (Listing, "items"): "[{label: hypertension, since: -8 y}]",
        (Listing, "absent"): "[diabetes, gallstones]",
        (Listing, "none"): "true",
        (Listing, "scope"): "drugs",
        (Listing, "how_assessed"): "asked at admission",
    }
    if (model, key) in chosen:
        return chosen[model, key]
    places = (("observation", "examination", "vitals"), ("labs", "results"))
    return next((found for place in places if (found := _example((*place, key)))), "")


def _flow(value: Any) -> str:
    """Return data as one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    text = " ".join(str(value).split())
    return f'"{text}"' if ": " in text or text[:1] in "*@[{&!%`>|'" or text in ("yes", "no") else text


def _short(text: str) -> str:
    text = text.replace("`", "'")
    if len(text) <= _LONGEST:
        return text
    cut = text[: _LONGEST - 1]
    cut = cut[: cut.rfind(" ")] if " " in cut else cut
    return cut.rstrip(",;: ") + " …"
