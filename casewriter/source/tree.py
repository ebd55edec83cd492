"""YAML events -> a tree in which every scalar is text; what must not pass is refused here."""

from __future__ import annotations

import unicodedata
from typing import Any

import yaml
from msgspec import Struct, field

from casewriter.problem import Problem, Refused
from casewriter.source import kinds, stops, traps
from casewriter.source.braces import Cut, add_piece, is_piece
from casewriter.source.braces import problem as cut_text
from casewriter.source.limits import Limits
from casewriter.source.nothing import question
from casewriter.source.quoting import in_quotes
from casewriter.source.spaces import odd_spaces, outside_texts
from casewriter.source.text import Lines

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node(Struct):
    """Anything in the tree; `start` and `end` are character indices."""

    start: int
    end: int


class Scalar(Node):
    """A text. `style` is YAML's: empty for plain, or one of ' " | >."""

    value: str
    style: str


class Sequence(Node):
    """A list."""

    items: list[Node] = field(default_factory=list)
    flow: bool = False


class Mapping(Node):
    """A mapping; the order of the keys is the file's. `cuts` are texts in braces that their commas cut."""

    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)
    flow: bool = False
    pending: Node | None = None
    cuts: list[Cut] = field(default_factory=list)


def build(text: str, limits: Limits) -> tuple[Node | None, list[Problem], list[Scalar]]:
    """Return the root node (None for an empty file), the problems, and every scalar in reading order."""
    builder = _Builder(text, limits)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
        builder.problems.extend(outside_texts(odd_spaces(text, builder.lines), builder.scalars, builder.lines))
    except yaml.MarkedYAMLError as error:
        builder.fatal = True
        builder.problems.extend(_syntax(error, builder))
    except yaml.YAMLError as error:
        builder.fatal = True
        builder.problems.append(Problem(kinds.SYNTAX, str(error).splitlines()[0]))
    _keep_one_per_place(builder.problems)
    if builder.fatal or any(p.kind in stops.SYNTAX_KINDS for p in builder.problems):
        raise Refused(builder.problems)
    builder.problems.extend(traps.lost_text(text, builder.scalars, builder.lines))
    builder.problems.extend(traps.bidi_controls(text, builder.lines))
    return builder.root, builder.problems, builder.scalars


def _keep_one_per_place(problems: list[Problem]) -> None:
    """Keep what says best why a line cannot be read; spaces that are not plain hide what everything else means."""
    if spaces := [p for p in problems if p.kind is kinds.SPACE]:
        problems[:] = spaces
    elif problems and (last := problems[-1]).kind in (kinds.START, kinds.SYNTAX) and last.span is not None:
        line = last.span.line
        same = [p for p in problems[:-1] if p.span is not None and p.span.line == line]
        if last.kind is kinds.START:
            problems[:] = [p for p in problems if p not in same]
        elif any(p.repair for p in same):
            problems.pop()


def _syntax(error: yaml.MarkedYAMLError, builder: _Builder) -> list[Problem]:
    """Return why the reader stopped: spaces that are not plain up to its place, else what the place itself shows."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(builder.text)) if mark else 0
    line = builder.lines.place(index)[0]
    spaces = [p for p in odd_spaces(builder.text, builder.lines) if p.span is not None and p.span.line <= line]
    if spaces := outside_texts(spaces, builder.scalars, builder.lines):
        return spaces
    opened = error.context_mark.index if error.context_mark else None
    reason = error.problem or "this is not YAML"
    return [stops.explain(builder.text, (index, opened), reason, builder.lines)]


class _Builder:
    """Takes YAML's events one by one; keeps the stack of open collections."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.lines = Lines(text)
        self.limits = limits
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.scalars: list[Scalar] = []
        self.fatal = False
        self._open: list[Sequence | Mapping] = []
        self._anchors: dict[str, Node] = {}
        self._sizes: dict[int, int] = {}
        self._nodes = 0
        self._aliases = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take one event; scalars first, which most of them are."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._refuse(kinds.DOCUMENTS, "a second document begins here", event)
                self.fatal = True

    def _scalar(self, event: Any) -> None:
        scalar = Scalar(event.start_mark.index, event.end_mark.index, event.value, event.style or "")
        self._check(event)
        self.scalars.append(scalar)
        if (doubt := question(self.text, scalar, self.lines)) and self._is_asked(event.value):
            self.problems.append(doubt)
        self._remember(event.anchor, scalar)
        self._add(scalar)

    def _is_asked(self, value: str) -> bool:
        """Return whether a doubtful text is a value: no key, and no ~ in a list."""
        in_list = bool(self._open) and isinstance(self._open[-1], Sequence)
        return not self._wants_key() and not (in_list and value == "~")

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(parent := self._open[-1], Mapping) and parent.pending is None

    def _end(self, event: Any) -> None:
        node = self._open.pop()
        node.end = event.end_mark.index if node.flow else self._content_end(node)
        if isinstance(node, Sequence) and node.flow:
            self.problems.extend(traps.split_items(node, self.lines))
        elif isinstance(node, Mapping):
            self.problems.extend(cut_text(cut, self.lines) for cut in node.cuts)

    def _begin(self, event: Any) -> None:
        self._check(event)
        if len(self._open) >= self.limits.depth:
            self._limit(f"the nesting is deeper than {self.limits.depth} levels", event)
        kind = Sequence if isinstance(event, yaml.SequenceStartEvent) else Mapping
        node = kind(event.start_mark.index, event.end_mark.index, flow=bool(event.flow_style))
        self._remember(event.anchor, node)
        self._add(node)
        self._open.append(node)

    def _check(self, event: Any) -> None:
        self._count(1, event)
        if event.tag is not None:
            hint = "remove the tag, or quote the text if it begins with “!”"
            self._refuse(kinds.TAG, "YAML tags are not allowed", event, hint)
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > self.limits.text_characters:
            limit = f"{self.limits.text_characters:,}"
            self._limit(f"a text has {len(event.value):,} characters; the limit is {limit}", event)

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > self.limits.nodes:
            self._limit(f"the file has more than {self.limits.nodes:,} values", event)

    def _remember(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _alias(self, event: Any) -> None:
        node = self._anchors.get(event.anchor)
        self._aliases += 1
        quote = "quote the text if it begins with “*”"
        if node is None:
            sure = not self._anchors and self._aliases <= self.limits.aliases
            repair = in_quotes(self.lines, event.start_mark.index) if sure else None
            span = self.lines.span(event.start_mark.index, event.end_mark.index)
            message = f"undefined anchor “&{event.anchor}”"
            self.problems.append(Problem(kinds.ALIAS, message, span=span, hint=quote, repair=repair))
            node = Scalar(event.start_mark.index, event.end_mark.index, f"*{event.anchor}", "'")
        elif any(node is parent for parent in self._open):
            self._refuse(kinds.ALIAS, "an alias cannot be inside its own anchor", event)
            node = Scalar(event.start_mark.index, event.end_mark.index, "", "'")
        elif self._aliases > self.limits.aliases:
            self._limit(f"the file has more than {self.limits.aliases} aliases", event)
        self._count(_size(node, self._sizes), event)
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = self.root or node
        elif isinstance(parent := self._open[-1], Sequence):
            parent.items.append(node)
        elif parent.pending is None:
            parent.pending = node
        else:
            key, parent.pending = parent.pending, None
            self._entry(parent, key, node)

    def _entry(self, parent: Mapping, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar):
            span = self.lines.span(key.start, key.end)
            self.problems.append(stops.key_not_text(self.lines, key, span))
            return
        name = unicodedata.normalize("NFC", key.value)
        if name == "<<" and not key.style:
            message = "merge keys (<<) are not allowed"
            span = self.lines.span(key.start, key.end)
            self.problems.append(Problem(kinds.ALIAS, message, span=span, hint="write the keys out in full"))
        elif is_piece(self.text, parent.flow, key, value):
            add_piece(parent, key)
        elif name in parent.entries:
            line = self.lines.place(parent.entries[name][0].start)[0]
            message = f"duplicate key “{name}”; the first is on line {line}"
            hint = "rename one of them, or merge the two"
            span = self.lines.span(key.start, key.end)
            self.problems.append(Problem(kinds.DUPLICATE_KEY, message, span=span, hint=hint))
        else:
            parent.entries[name] = (key, value)

    def _content_end(self, node: Sequence | Mapping) -> int:
        """Return the end of the last thing inside: YAML's own end mark of a block lies on the next line."""
        if isinstance(node, Sequence):
            return node.items[-1].end if node.items else node.start
        return max((value.end for _, value in node.entries.values()), default=node.start)

    def _refuse(self, kind: Any, message: str, event: Any, hint: str | None = None) -> None:
        span = self.lines.span(event.start_mark.index, event.end_mark.index)
        self.problems.append(Problem(kind, message, span=span, hint=hint))

    def _limit(self, message: str, event: Any) -> None:
        self._refuse(kinds.LIMIT, message, event)
        raise Refused(self.problems)


def _size(node: Node, known: dict[int, int]) -> int:
    if id(node) not in known:
        match node:
            case Sequence():
                known[id(node)] = 1 + sum(_size(item, known) for item in node.items)
            case Mapping():
                known[id(node)] = 1 + sum(1 + _size(value, known) for _, value in node.entries.values())
            case _:
                known[id(node)] = 1
    return known[id(node)]
