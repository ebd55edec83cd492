"""A page for paper alone: its style sheet without the rules for screens, and with the values of its variables.

WeasyPrint looks the value of a variable up, and checks it, for each element that uses one; and it takes the rules for
screens apart before it leaves them out. A variable that has one value for the whole page is replaced by that value;
one that an element, a medium or another sheet changes stays.
"""

from __future__ import annotations

import re
from collections import Counter

_SHEET = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
_MARK = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[{};]', re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCREEN = re.compile(r"@media\s+screen\b[^,]*")
_NAMED = re.compile(r"(--[\w-]+)\s*:")
_DEFINED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}!]+)(?=[;}])")
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_NO_VALUE = re.compile(r"|initial|inherit|unset|revert|.*(?:var\(|\\).*", re.DOTALL)
"""What means another thing in the place where a variable is used."""


def settled(page: str) -> str:
    """Return a page whose first style sheet is settled."""
    found = _SHEET.search(page)
    outermost = _rules(found[0]) if found else []
    if not found or not outermost:
        return page
    head, tail = page[: found.start()], page[found.end() :]
    rules = [rule for rule in outermost if not _SCREEN.fullmatch(_head(rule))]
    css = "".join(rules)
    known = _variables(rules, f"{head}{css}{tail}")
    return f"{head}{_USED.sub(lambda used: known.get(used[1], used[0]), css)}{tail}"


def _rules(css: str) -> list[str]:
    """Return the outermost rules of a style sheet; none where its braces are not pairs."""
    rules, depth, begin = [], 0, 0
    for mark in _MARK.finditer(css):
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth < 0:
            return []
        if depth == 0 and mark[0] in ("}", ";"):
            rules.append(css[begin : mark.end()])
            begin = mark.end()
    return [*rules, css[begin:]] if depth == 0 else []


def _head(rule: str) -> str:
    return _COMMENT.sub("", rule.partition("{")[0]).strip()


def _variables(rules: list[str], page: str) -> dict[str, str]:
    """Return the values of the variables that are given for the whole page and nowhere else."""
    roots = "".join(_COMMENT.sub("", rule) for rule in rules if _head(rule) == ":root")
    values = {name: value.strip() for name, value in _DEFINED.findall(roots)}
    said, defined = Counter(_NAMED.findall(page)), Counter(name for name, _ in _DEFINED.findall(roots))
    return {
        name: value
        for name, value in values.items()
        if said[name] == defined[name] and not _NO_VALUE.fullmatch(value) and _is_whole(value)
    }


def _is_whole(value: str) -> bool:
    """Return whether no semicolon within quotation marks has cut a value."""
    return value.count('"') % 2 == 0 and value.count("'") % 2 == 0
