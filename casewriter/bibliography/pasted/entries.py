"""Divide a pasted text into entries: by numbers, by blank lines, by hanging lines, or one a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct, field

from casewriter.bibliography.pasted.columns import BULLET, STARTS, TAIL, Line, begins, in_column
from casewriter.bibliography.pasted.layout import HEADER, mended, parts_closed
from casewriter.bibliography.pasted.words import DASH, LETTER, UPPER, YEAR, is_heading, listed


class PastedEntry(Struct):
    """An entry: where it begins, its text on one line, what was left out of it, and what joining its lines guessed."""

    line: int
    text: str = ""
    left_out: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


_NUMBERS = {
    "square": re.compile(r"\s{0,20}\[(\d{1,3})\][.:]?\s*(?=\S|$)"),
    "round": re.compile(r"\s{0,20}\((\d{1,3})\)\s*(?=\S|$)"),
    "paren": re.compile(r"\s{0,20}(\d{1,3})\)\s*(?=\S|$)"),
    "stop": re.compile(r"\s{0,20}(\d{1,3})\.(?:\s{1,20}\1\.?$|\s*(?=\D|$))"),
    "bare": re.compile(rf"\s{{0,20}}(\d{{1,3}})(?:$|\s+(?=[{UPPER}“\"'‘a-z]))"),
    "glued": re.compile(
        rf"(\d{{1,3}})\s{{0,2}}(?=[{UPPER}][a-z{UPPER}]|(?:v[ao]n|de[nlr]?|d[aiu]|l[ae]|[ae]l)[ -][{UPPER}a-z])"
    ),
}
_PAGE = re.compile(
    r"(?:\d{1,4}|(?:page|seite|p\.)\s\d{1,4}(?:\s(?:of|von|/)\s\d{1,4})?)(?:\s*\|.{0,60})?", re.IGNORECASE
)
_RUNNING = rf"(?:[{UPPER}]\.[ -]?){{0,3}}[{UPPER}][{LETTER}-]{{1,30}} (?:et al\.?|and [{LETTER}-]{{2,30}}) {{1,9}}"
_HEADER = re.compile(
    rf"(?:\d{{1,4}}\s{{2,}}|{_RUNNING}).{{3,80}}\({YEAR}\)\s\d{{1,4}}[:,{DASH}]\s?\d[\d{DASH}]{{0,12}}"
    rf"|\d{{1,4}}\s{{3,}}[^\d]{{3,60}}|[^\d]{{3,60}}\s{{3,}}\d{{1,4}}"
)


def entries(text: str) -> list[PastedEntry]:
    """Return the entries of a text in order, without the headings over lists."""
    lines = [
        (number, _plain(line)) for number, line in enumerate(re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text), 1)
    ]
    lines = mended(lines)
    groups = [group for part in _lists(lines) for group in _by_numbers(part) or _without_numbers(part)]
    return [entry for group in groups if (entry := _joined(group)).text]


def _lists(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each list: after a heading, or after another list, one begins that counts from one again."""
    part: list[Line] = []
    headed = False
    for number, (place, line) in enumerate(lines):
        if part and line.strip() and (_is_first(line) if headed else _is_list(part) and _begins_again(lines, number)):
            yield part
            part = []
        headed = is_heading(line) or (headed and not line.strip())
        if not is_heading(line):
            part.append((place, line))
    if any(line.strip() for _, line in part):
        yield part


def _is_list(lines: list[Line]) -> bool:
    """Return whether lines are a list, and not the words before one."""
    filled = [line for _, line in lines if line.strip()]
    numbers = (pattern.match(line) for line in filled for pattern in _NUMBERS.values())
    return len(filled) > 3 or any(found and found[1] == "2" for found in numbers)


def _is_first(line: str) -> bool:
    return any((found := pattern.match(line)) and found[1] == "1" for pattern in _NUMBERS.values())


def _begins_again(lines: list[Line], number: int) -> bool:
    """Return whether a list that counts from one begins at a line: 1 and 2 come before references there."""
    for name in ("square", "round", "paren", "stop", "bare"):
        if not _is_numbered(lines, number, _NUMBERS[name], "1"):
            continue
        ahead = range(number + 1, min(number + 30, len(lines)))
        return any(_is_numbered(lines, place, _NUMBERS[name], "2") for place in ahead)
    return False


def _is_numbered(lines: list[Line], number: int, pattern: re.Pattern[str], wanted: str) -> bool:
    """Return whether a line has a number, and a reference after it or on the next line."""
    found = pattern.match(lines[number][1])
    if not found or found[1] != wanted:
        return False
    rest = lines[number][1][found.end() :] or next((line for _, line in lines[number + 1 :] if line.strip()), "")
    return _starts(rest.strip())


def _starts(rest: str) -> bool:
    return any(start.match(rest) for start in STARTS[:2])


def _plain(line: str) -> str:
    line = unicodedata.normalize("NFC", re.sub("[\ufb00-\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), line))
    line = re.sub("[\u00a0\u2000-\u200a\u202f\u3000]", " ", line)
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]", "", line).rstrip()


def _by_numbers(lines: list[Line]) -> list[list[Line]]:
    """Return the lines of each entry where numbers that count upwards begin them."""
    first = next((line for _, line in lines if line.strip()), "")
    for pattern in _NUMBERS.values():
        found = pattern.match(first)
        if found and (groups := _counted(lines, pattern, int(found[1]))):
            return [*groups[:-1], *_last_and_others(groups[-1])]
    return _behind_words(lines)


def _last_and_others(group: list[Line]) -> list[list[Line]]:
    """Return the last numbered entry, and entries without numbers that come after it and a blank line."""
    filled = [number for number, (_, line) in enumerate(group) if line.strip()]
    for before, number in pairwise(filled):
        if number - before > 1 and begins(group[number][1].strip()):
            return [group[:number], *_without_numbers(group[number:])]
    return [group]


def _behind_words(lines: list[Line]) -> list[list[Line]]:
    """Return the entries of a numbered list that follow a line or two of other words."""
    filled = [number for number, (_, line) in enumerate(lines) if line.strip()][1:4]
    for number in filled:
        for pattern in _NUMBERS.values():
            found = pattern.match(lines[number][1])
            if found and found[1] == "1" and len(groups := _counted(lines[number:], pattern, 1)) > 2:
                before = [(place, f"{HEADER}{line}") for place, line in lines[:number] if line.strip()]
                return [[*groups[0], *before], *groups[1:]]
    return []


def _counted(lines: list[Line], pattern: re.Pattern[str], number: int) -> list[list[Line]]:
    """Return the groups that numbers begin; one left out or said again counts where a reference begins after it."""
    groups: list[list[Line]] = []
    last = number - 1
    for place, line in lines:
        found = pattern.match(line)
        if found and _is_next(int(found[1]), last, line[found.end() :], filled=_is_filled(groups)):
            last = int(found[1])
            groups.append([(place, line[found.end() :])])
        elif groups:
            again = found if found and not _is_filled(groups) and int(found[1]) == last else None
            groups[-1].append((place, line[again.end() :] if again else line))
    return groups if len(groups) > 1 or number == 1 or sum(bool(line.strip()) for _, line in lines) == 1 else []


def _is_filled(groups: list[list[Line]]) -> bool:
    return bool(groups) and any(rest.strip() for _, rest in groups[-1])


def _is_next(number: int, last: int, rest: str, *, filled: bool) -> bool:
    if number == last + 1:
        return True
    return filled and last <= number <= last + 5 and _starts(rest)


def _without_numbers(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for place, line in lines:
        if line.strip():
            blocks[-1].append((place, line))
        elif blocks[-1]:
            blocks.append([])
    return [group for block in blocks if block for group in in_column(block)]


def _joined(group: list[Line]) -> PastedEntry:
    """Return the entry of its lines, words put together that a line's end divided."""
    kept = [(place, BULLET.sub("", line.strip(), count=1)) for place, line in group]
    start = next((place for place, line in kept if line), kept[0][0])
    entry = PastedEntry(start)
    kept = parts_closed(kept)
    broken = sum(bool(line) for _, line in kept) > 1
    for place, line in kept:
        if not line:
            continue
        if line.startswith(HEADER) or (broken and place != start and _is_header(line, entry.text[-TAIL:])):
            entry.left_out.append(" ".join(line.removeprefix(HEADER).split()))
            entry.doubts.append("a line was left out as a page header or page number")
            continue
        _add(entry, " ".join(line.split()))
    entry.text = _SPACED.sub(
        lambda found: {",": ", ", "(": "(", ")": ")", "–": "–", ".": "."}[found[0].strip()], entry.text
    ).rstrip()
    entry.text = _GLUED.sub(". ", re.sub(r"(?<!\w)_([^_]+)_(?!\w)", r"\1", entry.text))
    return entry


_GLUED = re.compile(r"(?<=[a-z]{3})\.(?=[A-Z][a-z]{2,}\s)")
"""A stop that lost its space: disease.Contemp Clin Dent."""


_SPACED = re.compile(rf"(?<=[^\s(,])\s,\s?|(?<=[{LETTER}\d])\s\.(?=\s|$)|\(\s|\s\)|(?<=[{LETTER}])–\s(?=[{UPPER}])")
"""Spaces that a PDF or a page sets before commas, inside brackets and after a dash: Gorham– Stout."""


def _is_header(line: str, before: str) -> bool:
    if _PAGE.fullmatch(line):
        return not re.search(rf"[:;,(/{DASH}]$|\b(?:pp?|vol|no)\.?$", before)
    return bool(_HEADER.fullmatch(line))


def _add(entry: PastedEntry, line: str) -> None:
    before = entry.text[-TAIL:]
    last = before.rsplit(" ", 1)[-1]
    if not before:
        entry.text = line
    elif _inside_address(last, line):
        entry.text += line
        entry.doubts.append("the DOI or address was split at the end of a line")
    elif re.search(rf"[{LETTER}][-‐‑\u00ad]$", before) and re.match(rf"[{LETTER}]", line):
        _add_divided(entry, last, line)
    elif re.search(rf"\d[{DASH}]$", before) or (before[-1:].isdigit() and re.match(rf"[{DASH}]\d|\(", line)):
        entry.text += line
    else:
        entry.text += f" {line}"


def _inside_address(last: str, line: str) -> bool:
    if line.startswith("/"):
        return "http" in last
    if not re.search(r"10\.\d{4,9}/\S*$|https?:/\S*$", last):
        return False
    return last.endswith(("/", "-", "_")) or bool(re.match(r"[a-z\d][\w.()/-]*[./\d-][\w.()/-]*(?:$| )", line))


def _add_divided(entry: PastedEntry, last: str, line: str) -> None:
    """Add a line after a hyphen: a compound such as warfarin-induced keeps it, a divided word does not."""
    first = re.match(rf"[{LETTER}]+", line)
    word = first[0] if first else ""
    if word[:1].isupper() or word.lower() in listed("second_parts"):
        entry.text += line
        return
    entry.text = entry.text[:-1] + line
    entry.doubts.append(f"“{last}{word}” was split at the end of a line; it was joined without the hyphen")
