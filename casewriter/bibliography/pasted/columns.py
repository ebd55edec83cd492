"""Which lines belong to one reference: hanging lines, and lines that the column of a PDF has broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.bibliography.pasted.words import DASH, LETTER, UPPER, YEAR, has_word, is_leftover

Line = tuple[int, str]
"""The number of a line and its text."""
TAIL = 300
"""Characters of what comes before that tell how a line is joined to it."""
BULLET = re.compile(rf"^(?:[•·▪●‣◦*]{{1,3}}\s*(?=\S)|[-–]\s+(?=[{UPPER}]))")
_ENDS = re.compile(
    rf"(?:[.\d)\]>/”\"]|scholar|pubmed|crossref|medline|in press)\s*$|https?://\S+$|10\.\d{{4,9}}/\S+$|[{DASH}]\d+$",
    re.IGNORECASE,
)


def in_column(block: list[Line]) -> Iterator[list[Line]]:
    """Yield the entries of lines without a blank one between: what hangs or goes on belongs to the line before."""
    indents = {len(line) - len(line.lstrip()) for _, line in block}
    hanging = len(indents) > 1 and not block[0][1][:1].isspace()
    lengths = sorted(len(line) for _, line in block)
    ended = sum(bool(_ENDS.search(line)) for _, line in block)
    narrow = lengths[len(lengths) * 19 // 20] <= 110 and sum(lengths) > 25 * len(block)
    width = lengths[len(lengths) * 9 // 10] if narrow and len(block) > 2 and ended < 0.9 * len(block) else 0
    group: list[Line] = []
    for place, line in block:
        goes_on = line[:1].isspace() if hanging else group and _goes_on(group[-1][1], line[:TAIL], width)
        if group and goes_on:
            group.append((place, line))
        else:
            if group:
                yield group
            group = [(place, line)]
    yield group


def _goes_on(last: str, line: str, width: int) -> bool:
    """Return whether a line belongs to the one before; `width` is that of a column that lines are broken to, or 0."""
    before, start = last[-TAIL:], line.lstrip()
    if BULLET.match(start):
        return False
    if re.match(r"doi\b|PMID|\[|\0|10\.\d{4,9}/", start) or is_leftover(start):
        return True
    if start.startswith("http"):
        return "http" not in before
    ended = bool(_ENDS.search(before))
    if not width:
        return not ended and (start[:1].islower() or start[:1].isdigit() or before.rstrip()[-1:] in f",;:&{DASH}")
    if _OPEN.search(before):
        return True
    short = len(last) < 0.8 * width
    if _NAMES[0].match(start):
        return False
    if any(names.match(start) for names in _NAMES[1:]):
        return not (ended or short)
    return not (ended and short and _is_body(start))


def begins(line: str) -> bool:
    """Return whether a line begins with names or a body as a reference does."""
    return any(names.match(line) for names in (*STARTS[:2], *_NAMES)) or _is_body(line)


def _is_body(line: str) -> bool:
    """Return whether a line begins with a body that writes: its name and a year, or a stop."""
    found = STARTS[2].match(line)
    if not found:
        return False
    dated = re.match(rf"\(?{YEAR}", line[found.end() :]) or found[0].endswith(")")
    return bool(dated) or has_word(found[0], "bodies")


_NAME = rf"[{UPPER}][{LETTER}’'-]{{1,30}}"
STARTS = (
    re.compile(rf"(?:[a-z’']{{1,4}} ){{0,3}}{_NAME}(?: {_NAME}){{0,2}},? [{UPPER}]\.?[{UPPER}.-]{{0,6}}[ ,.;:(]"),
    re.compile(rf"(?:[{UPPER}]\.[ -]?){{1,4}}[{UPPER}][{LETTER}]"),
    re.compile(rf"[{UPPER}][^.]{{2,80}}(?:\. | \({YEAR}\))"),
)
"""How references begin: Muller SA, or Muller, S.; S. A. Muller; a body that wrote it."""
_FAMILY = rf"(?:[a-z’']{{1,4}} ){{0,3}}{_NAME}(?: (?:[a-z’']{{1,4}} ){{0,2}}{_NAME}){{0,2}}"
_AFTER = rf"(?:[,;.:]|,? (?:and|&|et|und) | et al| \(?{YEAR})"
_NAMES = (
    re.compile(rf"{_FAMILY} [{UPPER}]{{1,3}}(?:-[{UPPER}])?, {_FAMILY} [{UPPER}]{{1,3}}(?:-[{UPPER}])?{_AFTER}"),
    re.compile(rf"{_FAMILY} [{UPPER}]{{1,4}}(?:-[{UPPER}])?{_AFTER}"),  # Muller SA,
    re.compile(rf"{_FAMILY}, ?[{UPPER}]\.(?:[ -]?[{UPPER}]\.){{0,3}}(?:{_AFTER}| [{UPPER}])"),  # Muller, S. A.,
    re.compile(rf"(?:[{UPPER}][a-z]?\.[ -]?){{1,4}}{_FAMILY}{_AFTER}"),  # S. A. Muller,
    re.compile(rf"{_NAME}(?: [{UPPER}]\.)? {_NAME}(?:, {_NAME}|,? and {_NAME}|\. {YEAR}\.)"),  # Sigfrid Muller, Richard
    re.compile(rf"{_NAME}, {_NAME}(?: [{UPPER}]\.)?(?:,|\. {YEAR}| \(| and | et al)"),  # Muller, Sigfrid A.,
    re.compile(rf"[{DASH}]{{1,6}}[,. ]"),
)
"""Names that begin a reference in a column of broken lines, with what comes after them."""
_OPEN = re.compile(rf"(?:[,;:&]|\b(?:and|et|und|&)|(?:\b(?:and|et|&)|,) (?:[{UPPER}]\.[ -]?){{1,4}})\s*$")
"""The end of a line that cannot end a reference: a comma, “and”, initials after it."""
