"""The names of BibTeX and BibLaTeX, in the three forms of BibTeX and BibLaTeX's extended one (btxhak, "names")."""

from __future__ import annotations

import re

from casewriter.bibliography.reading.people import given_names
from casewriter.bibliography.reading.record import Record
from casewriter.bibliography.reading.tex import decode


def names(text: str) -> tuple[list[Record], bool]:
    """Return the names of an author field, and whether it ends in `others`; a group in braces is a body."""
    found, truncated = [], False
    for one in _split(text, r"\s+and\s+"):
        if one.strip().lower() == "others":
            truncated = True
        elif one.startswith("{") and one.endswith("}") and _closes_at_end(one):
            found.append({"literal": decode(one)})
        else:
            found.append(_name(one))
    return found, truncated


def _closes_at_end(text: str) -> bool:
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return place == len(text) - 1
    return False


def _split(text: str, separator: str) -> list[str]:
    """Divide at a separator that is in no braces."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"[{{}}]|{separator}", text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [part for part in (*parts, text[start:].strip()) if part]


def _name(text: str) -> Record:
    if re.match(r"\s*\"?(?:family|given|prefix|suffix)\s*=", text):
        return _extended(text)
    parts = _split(text, r"\s*,\s*")
    if len(parts) < 2:
        return _first_last(parts[0] if parts else text)
    von, last = _von(_split(parts[0], r"\s+"))
    found = {"family": last, "given": given_names(decode(parts[-1])), "non-dropping-particle": von}
    if len(parts) > 2:
        found["suffix"] = decode(parts[1])
    return {k: v for k, v in found.items() if v}


def _first_last(text: str) -> Record:
    words = _split(text, r"[\s~]+")
    if len(words) < 2:
        return {"family": decode(text)}
    small = [n for n, word in enumerate(words[:-1]) if n and _is_small(word)]
    cut = small[0] if small else len(words) - 1
    von, last = _von(words[cut:])
    found = {"family": last, "given": given_names(decode(" ".join(words[:cut]))), "non-dropping-particle": von}
    return {k: v for k, v in found.items() if v}


def _von(words: list[str]) -> tuple[str, str]:
    """Divide a last name into its particles in lower-case letters and the rest (btxhak, "names")."""
    count = 0
    while count < len(words) - 1 and _is_small(words[count]):
        count += 1
    return decode(" ".join(words[:count])), decode(" ".join(words[count:]))


def _is_small(word: str) -> bool:
    letters = re.sub(r"[^A-Za-z\u00c0-\u024f]", "", decode(word)) if not word.startswith("{") else ""
    return letters[:1].islower()


def _extended(text: str) -> Record:
    """Return a name of BibLaTeX's extended format: ``family=Berg, given=Jan, prefix=van den``."""
    pairs = (part.partition("=") for part in _split(text, r"\s*,\s*"))
    found = {key.strip(' "').lower(): decode(value.strip(' "')) for key, _, value in pairs}
    names_ = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    return {csl: found[own] for own, csl in names_.items() if found.get(own)}
