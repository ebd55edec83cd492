"""Adding to a case file: an item at the end of a list, keys at the end of a mapping, in the file's own style."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Fields
from collections.abc import Sequence as Items

from casewriter.source.edits import Edit
from casewriter.source.positions import Source
from casewriter.source.tree import Mapping, Node, Scalar, Sequence

Value = str | bool | Items["Value"] | Fields[str, "Value"]
"""A text, a truth, a list or a mapping, as YAML holds them."""

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ](?:[\w ./()’–-]*[\w.)/])?")
_UNWRITTEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that a case file may not hold as they are; in double quotes they are written by their number."""
_WORDS = frozenset("yes no true false null on off y n".split())
_WIDTH = 110
_NOTHING = ("", "~", "null", "Null", "NULL")
COMMENT = "#"
"""The key of an item whose value is a comment before it, each line of it a line."""


def append_items(source: Source, key: str, items: Items[Fields[str, Value]], what: str) -> Edit:
    """Return the edit that adds items to the list under a key of the top level, or begins it.

    The value of the key COMMENT of an item comes before it as a comment. Raises ValueError when what is under
    the key is no list.
    """
    node = source.root.entries.get(key) if isinstance(source.root, Mapping) else None
    if node is None:
        if isinstance(source.root, Mapping) and (source.root.flow or _column(source.text, source.root.start)):
            raise ValueError("the case is in braces or indented")
        end = len(source.text)
        gap = "" if not source.text or source.text.endswith("\n") else "\n"
        return Edit(end, end, f"{gap}\n{key}:\n{_block(items, '')}", what)
    name, value = node
    if isinstance(value, Sequence) and value.items and not value.flow:
        indent = " " * _column(source.text, _dash(source.text, value.items[0].start))
        place = _after(source.text, value.items[-1])
        gap = "" if source.text[place - 1 : place] == "\n" else "\n"
        return Edit(place, place, f"{gap}{_block(items, indent)}", what)
    if isinstance(value, Sequence) and value.flow:
        place = source.text.rindex("]", value.start, value.end)
        added = ", ".join(_flow(item) for item in items)
        return Edit(place, place, f"{_comma(source.text, value.start, place)}{added}", what)
    if isinstance(value, Scalar) and not value.style and value.value.strip() in _NOTHING:
        return _in_place_of_nothing(source.text, name, value, _block(items, "").rstrip(), what)
    raise ValueError(f"“{key}” is not a list")


def _in_place_of_nothing(text: str, name: Scalar, value: Scalar, block: str, what: str) -> Edit:
    """Return the edit that puts a block where a key has no value; a comment on its line stays."""
    start = text.index(":", name.end - 1) + 1
    end = value.end if value.value.strip() else start
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return Edit(start, line_end, f"{text[end:line_end].rstrip()}\n{block}", what)


def _comma(text: str, start: int, place: int) -> str:
    """Return what divides a new entry from those of a list or mapping in brackets."""
    before = text[start:place].rstrip()
    return "" if before in ("[", "{") else " " if before.endswith(",") else ", "


def fill_keys(source: Source, item: Mapping, fields: Fields[str, Value], what: str) -> list[Edit]:
    """Return the edits that give a mapping keys that are missing, or that it has without a value."""
    edits, rest = [], dict(fields)
    for key, value in fields.items():
        if key in item.entries:
            name, held = item.entries[key]
            if isinstance(held, Scalar) and not held.style and held.value.strip() in _NOTHING:
                start = held.start if held.value.strip() else source.text.index(":", name.end - 1) + 1
                gap = "" if held.value.strip() else " "
                edits.append(Edit(start, held.end if held.value.strip() else start, f"{gap}{_flow(value)}", what))
            del rest[key]
    return [*edits, append_keys(source, item, rest, what)] if rest else edits


def append_keys(source: Source, item: Mapping, fields: Fields[str, Value], what: str) -> Edit:
    """Return the edit that adds keys to a mapping that is not empty."""
    first = next(iter(item.entries.values()))[0]
    last = list(item.entries.values())[-1][1]
    if item.flow:
        place = source.text.rindex("}", item.start, item.end)
        added = ", ".join(f"{key}: {_flow(value)}" for key, value in fields.items())
        return Edit(place, place, f"{_comma(source.text, item.start, place)}{added}", what)
    indent = " " * _column(source.text, first.start)
    place = _after(source.text, last)
    gap = "" if source.text[place - 1 : place] == "\n" else "\n"
    lines = "".join(_pair(key, value, indent) for key, value in fields.items())
    return Edit(place, place, f"{gap}{lines}", what)


def _column(text: str, index: int) -> int:
    return index - (text.rfind("\n", 0, index) + 1)


def _dash(text: str, start: int) -> int:
    """Return the place of the dash before an item."""
    line = text.rfind("\n", 0, start) + 1
    dash = text.rfind("-", line, start)
    return dash if dash >= 0 else text.rindex("-", 0, start)


def _after(text: str, node: Node) -> int:
    """Return the place after the line on which a node ends, a comment on it included."""
    node = _innermost_last(node)
    end = node.end
    if isinstance(node, Scalar) and node.style in ("|", ">") and "+" in text[node.start : text.find("\n", node.start)]:
        return end  # its blank lines are its own
    while end > node.start and text[end - 1] in " \t\n":
        end -= 1
    line_end = text.find("\n", end)
    return len(text) if line_end < 0 else line_end + 1


def _innermost_last(node: Node) -> Node:
    while True:
        if isinstance(node, Sequence) and node.items and not node.flow:
            node = node.items[-1]
        elif isinstance(node, Mapping) and node.entries and not node.flow:
            node = list(node.entries.values())[-1][1]
        else:
            return node


def _block(items: Items[Fields[str, Value]], indent: str) -> str:
    text = ""
    for item in items:
        comment = str(item.get(COMMENT, ""))
        text += "".join(f"{indent}# {line}\n" for line in comment.splitlines())
        lines = "".join(_pair(key, value, f"{indent}  ") for key, value in item.items() if key != COMMENT)
        text += f"{indent}- {lines[len(indent) + 2 :]}"
    return text


def _pair(key: str, value: Value, indent: str) -> str:
    written = _flow(value)
    if isinstance(value, str | bool) or len(written) <= _WIDTH:
        return f"{indent}{key}: {written}\n"
    assert not isinstance(value, Fields)
    return f"{indent}{key}:\n" + "".join(f"{indent}- {_flow(one)}\n" for one in value)


def _flow(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Fields):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items() if key != COMMENT) + "}"
    return "[" + ", ".join(_flow(one) for one in value) + "]"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: plain where nothing can misread it, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _UNWRITTEN.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(text, ensure_ascii=False))
