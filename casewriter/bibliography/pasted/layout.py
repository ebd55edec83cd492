"""The lines of a list as they were meant: pieces put together that a web page sets on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from casewriter.bibliography.pasted.columns import Line
from casewriter.bibliography.pasted.names import read_names
from casewriter.bibliography.pasted.words import DASH, UPPER, YEAR, has_word, is_heading, is_leftover

HEADER = "\0"
"""Comes before a line that is the header or foot of a page."""
_MARK = re.compile(rf"[,;:.{DASH}]|\.,")
_ALONE = re.compile(
    r".{3,60}[|·].{1,60}|.{3,40}\bet al\. / .{3,90}|[^.,:;()\[\]\d]{8,70}\s\d{1,4}|\d{1,4}\s[^.,:;()\[\]\d]{8,70}"
)


def mended(lines: list[Line]) -> list[Line]:
    """Return the lines with pieces joined, links of web pages at the reference they belong to, and headers marked."""
    lines = [one for line in lines for one in _unfolded(line)]
    lines = [(place, "" if line.strip() == "↵" else line.removeprefix("↵")) for place, line in lines]
    filled = [line.strip() for _, line in lines if line.strip()]
    if len(filled) > 10 and sum(bool(_MARK.fullmatch(line)) for line in filled) > len(filled) / 10:
        lines = list(_pieced(lines))
    return list(_closed(lines))


def _unfolded(line: Line) -> list[Line]:
    """Return the lines of a list that is on one line, from number to number."""
    place, text = line
    starts: list[int] = []
    for found in re.finditer(rf"(?:^|(?<=\s))(\d{{1,3}})[.)]\s+(?=[{UPPER}])", text):
        if int(found[1]) == len(starts) + 1:
            starts.append(found.start())
    if len(starts) < 3 or starts[0] > 0:
        return [line]
    return [(place, text[start:end]) for start, end in pairwise((*starts, len(text)))]


def _pieced(lines: list[Line]) -> Iterator[Line]:
    """Yield one line for each run of lines: a page that sets each name, number and mark on a line of its own."""
    run, start = "", 0
    for place, line in [*lines, (0, "")]:
        piece = line.strip()
        if not piece or is_heading(piece):
            if run:
                yield start, run
                yield start, ""
            run = ""
        elif not run:
            run, start = piece, place
        else:
            run += piece if _is_close(run, piece) else f" {piece}"


def _is_close(run: str, piece: str) -> bool:
    """Return whether a piece follows without a space: a mark, what comes after a dash, a figure after a semicolon."""
    number = re.search(r"\d[;:]$", run) and piece[:1].isdigit()
    return bool(number or re.match(r"[,;:.)]", piece) or re.search(rf"[{DASH}(]$", run) or _MARK.fullmatch(piece))


def _closed(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines without the blank ones between a reference and its links, and round the header of a page."""
    wrapped = _longest_block(lines) > 2
    blank: list[Line] = []
    after_header = False
    for number, (place, line) in enumerate(lines):
        if not line.strip():
            blank.append((place, line))
            continue
        header = wrapped and blank and _ALONE.fullmatch(line.strip()) and _stands_alone(lines, number)
        if not (header or after_header or is_leftover(line)):
            yield from blank
        blank = []
        after_header = bool(header)
        yield place, f"{HEADER}{line}" if header else line


def _stands_alone(lines: list[Line], number: int) -> bool:
    return number + 1 == len(lines) or not lines[number + 1][1].strip()


def _longest_block(lines: list[Line]) -> int:
    longest = length = 0
    for _, line in lines:
        length = length + 1 if line.strip() else 0
        longest = max(longest, length)
    return longest


def parts_closed(lines: list[Line]) -> list[Line]:
    """Return the lines of an entry with stops after authors and title, where a page sets each on its line.

    Authors, title and source (“J Am Acad Dermatol, 69 (2) (2013), pp. 1–9”), as ScienceDirect has them.
    """
    own = [
        number
        for number, (_, line) in enumerate(lines)
        if line and not line.startswith(HEADER) and not is_leftover(line)
    ]
    if len(own) not in (3, 4):
        return lines
    authors, title, source = (lines[number][1] for number in own[:3])
    names = read_names(f"{authors} ")
    whole = (names is not None and names.end >= len(authors)) or (has_word(authors, "bodies") and len(authors) < 90)
    whole = whole and not authors.endswith(",")
    if not whole or not re.search(rf"\({YEAR}\)|, {YEAR}", source):
        return lines
    closed = dict(enumerate(lines))
    editors = read_names(source)
    inside = "In: " if editors and re.match(r",?\s\(Eds?\.\)", source[editors.end :]) else ""
    for number, text in zip(own[:3], (_stopped(authors), _stopped(title), f"{inside}{source}"), strict=True):
        closed[number] = (lines[number][0], text)
    return list(closed.values())


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
