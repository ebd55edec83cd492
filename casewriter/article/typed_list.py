"""Lines with bullets, numbers or letters: which of them make a list, and what belongs to each item.

Two such lines under each other make a list, or one behind a colon; a bullet pasted from a word processor always does.
A line alone is a sentence that begins with a sign or number, and keeps it: `- 3 dioptres was the refraction`,
`12. rib fractures are rare`.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

_PASTED = "•●○◦▪▫■□‣⁃∙·\uf0b7\uf0a7\uf0d8"
"""Bullets of word processors; the last three are those of the Symbol and Wingdings fonts."""
_LINE = re.compile(rf"( *)(?:([-*+])|([{_PASTED}])|(o)(?=\t)|(\d{{1,3}})([.)])|([a-z])(\)))[ \t]+(?=\S)(.*)")
_NUMBER = re.compile(r"[-−–+±~≈<>≤≥=]{0,2}\s*[.,]?\d|[½¼¾]|=")
_DEEPER = 2
"""Blanks before a line that put it into the item above."""


class ListMarker(Struct, frozen=True):
    """How a line of a list begins: its indent, the kind of sign, its number, where its words begin, and they."""

    indent: int
    kind: str
    number: int
    words: int
    text: str

    def goes_on(self, other: ListMarker) -> bool:
        """Return whether another line is the next item of the same list."""
        if self.kind != other.kind or abs(self.indent - other.indent) >= _DEEPER:
            return False
        return not self.ordered or other.number == self.number + 1 or other.number == self.number == 1

    @property
    def ordered(self) -> bool:
        """Whether the items have numbers or letters."""
        return self.kind in _MARKS

    @property
    def pasted(self) -> bool:
        """Whether the sign can be nothing but a bullet."""
        return self.kind == "pasted"


class Item(Struct):
    """An item: its lines, then the lists inside it with the lines behind each."""

    number: int
    lines: list[str]
    nested: list[tuple[Listed, list[str]]] = field(default_factory=list)


class Listed(Struct, frozen=True):
    """A list; `marks` says how ordered items are numbered, and is empty where they have bullets."""

    marks: str
    items: tuple[Item, ...]


_MARKS = {"1.": "decimal", "1)": "decimal-parenthesis", "a)": "alpha-parenthesis"}


def is_number(text: str) -> bool:
    """Return whether a text begins with a number or a comparison, so that a sign before it belongs to it."""
    return bool(_NUMBER.match(text.lstrip()))


def marker(line: str) -> ListMarker | None:
    """Return how a line begins where it begins like an item of a list."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    indent, plain, pasted, small, digits, stop, letter, bracket, text = found.groups()
    words = found.start(9)
    if digits:
        return ListMarker(len(indent), f"1{stop}", int(digits), words, text)
    if letter and bracket:
        return ListMarker(len(indent), "a)", ord(letter) - ord("a") + 1, words, text)
    return ListMarker(len(indent), "pasted" if pasted or small else plain, 0, words, text)


def find_list(lines: list[str], *, led: bool = False, following: str = "", follows: bool = False) -> int | None:
    """Return the line of a block where a list begins, or None.

    `led` says that a colon stands before the block, `following` is the first line of the block behind it; with
    `follows` that line is taken to be the next item.
    """
    markers = [marker(line) for line in lines]
    nearest = _next_items(lines, markers)
    for number, one in enumerate(markers):
        if one is None:
            continue
        opened = led if not number else lines[number - 1].rstrip().endswith(":")
        if one.pasted or _makes_list(one, nearest[number], begins=not number or opened, opened=opened):
            return number
        if not number and nearest[number] is _ALONE and not is_number(one.text):
            next_block = marker(following)
            if follows or (next_block and one.goes_on(next_block)):
                return number
    return None


_ALONE, _APART, _TOUCHING = "alone", "apart", "touching"
"""How near the next item is: no next item, other lines in between, or only lines that belong to the first."""


def _makes_list(one: ListMarker, nearest: str, *, begins: bool, opened: bool) -> bool:
    """Return whether a line begins a list: `begins` where it opens a block, `opened` where a colon stands before it."""
    doubtful = is_number(one.text) and not one.ordered
    from_one = not one.ordered or one.number == 1
    if nearest is _ALONE:
        return opened and from_one and not doubtful
    if nearest is _APART:
        return begins and not doubtful
    return begins or (from_one and not doubtful)


def _next_items(lines: list[str], markers: list[ListMarker | None]) -> list[str]:
    """Return for each line how near the next item of its list is."""
    found = [_ALONE] * len(lines)
    last: dict[tuple[str, int], int] = {}
    for number in range(len(lines) - 1, -1, -1):
        one = markers[number]
        if one is None:
            continue
        places = (last.get((one.kind, one.indent + shift)) for shift in (-1, 0, 1))
        place = min((p for p in places if p is not None), default=None)
        other = markers[place] if place is not None else None
        if place is not None and other and one.goes_on(other):
            deeper = all(_indent(line) >= one.indent + _DEEPER for line in lines[number + 1 : place])
            found[number] = _TOUCHING if deeper else _APART
        last[one.kind, one.indent] = number
    return found


def take_list(lines: list[str], blocks: list[str]) -> tuple[Listed, list[str]]:
    """Return the list that begins with the first line, and the blocks of what it does not hold.

    The blocks that go on with it are taken from the front of `blocks`.
    """
    last = _last_item(lines)
    while blocks and _goes_on(last, blocks[0]):
        more = blocks.pop(0).split("\n")
        lines = [*lines, "", *more]
        last = _last_item(more, last)
    listed, rest = _list(lines)
    return listed, "\n".join(rest).split("\n\n") if rest else []


def _last_item(lines: list[str], last: ListMarker | None = None) -> ListMarker:
    """Return the last line that is an item of the list which the first one begins."""
    for line in lines:
        one = marker(line)
        if one and (last is None or last.goes_on(one)):
            last = one
    assert last is not None
    return last


def _goes_on(last: ListMarker, block: str) -> bool:
    first = block.split("\n", maxsplit=1)[0]
    if not first.strip():
        return False
    one = marker(first)
    return (one is not None and last.goes_on(one)) or _indent(first) >= last.indent + _DEEPER


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _list(lines: list[str]) -> tuple[Listed, list[str]]:
    """Divide lines, the first of which is an item, into a list and what follows it."""
    first = marker(lines[0])
    assert first is not None
    items: list[tuple[ListMarker, list[str]]] = [(first, [first.text])]
    blank = False
    for number, line in enumerate(lines[1:], start=1):
        one, last = marker(line), items[-1][0]
        if one and last.goes_on(one):
            items.append((one, [one.text]))
        elif not line.strip() or _indent(line) >= first.indent + _DEEPER:
            items[-1][1].append(line[min(_indent(line), last.words) :])
        elif blank or (one and find_list(lines[number:]) == 0):
            return _made(items), lines[number:]
        else:
            items[-1][1][-1] += f" {line.strip()}"
        blank = not line.strip()
    return _made(items), []


def _made(items: list[tuple[ListMarker, list[str]]]) -> Listed:
    first = items[0][0]
    all_ones = first.ordered and len(items) > 1 and all(one.number == 1 for one, _ in items)
    numbers = range(1, len(items) + 1) if all_ones else [one.number for one, _ in items]
    return Listed(
        _MARKS.get(first.kind, ""), tuple(_item(n, lines) for n, (_, lines) in zip(numbers, items, strict=True))
    )


def _item(number: int, lines: list[str]) -> Item:
    """Return an item with the lists that its own lines hold: there a single line makes one."""
    start = next((n for n, line in enumerate(lines) if n and marker(line)), None)
    if start is None:
        return Item(number, lines)
    item = Item(number, lines[:start])
    rest = lines[start:]
    while rest:
        nested, behind = _list(rest)
        again = next((n for n, line in enumerate(behind) if marker(line)), len(behind))
        item.nested.append((nested, behind[:again]))
        rest = behind[again:]
    return item
