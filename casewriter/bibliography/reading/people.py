"""Names as exporters write them -> family, given and suffix, or a body that is not divided."""

from __future__ import annotations

import re

from casewriter.bibliography.reading.record import Record, clean
from casewriter.model.name import initials_apart

_CAPITALS = re.compile(r"(?:[^\W\d_a-z]\.?[ -]?){1,5}")
_SUFFIX = re.compile(r"(?:Jr|Sr|Snr|Jnr|II|III|IV|VI|2nd|3rd|4th)\.?", re.IGNORECASE)
_FIRST = re.compile(
    r"((?:[^\W\d_a-z]\.?(?:-|\s+|(?=[^\W\d_a-z]\.)))+)((?:[a-zà-ÿ'’]+\s+)*[^\W\d_a-z][^\W\d_]*[a-zà-ÿ][\w'’-]*)"
)
_COUNTRIES = frozenset("US UK EU UN".split())
"""What looks like initials before the name of a body: U.S. Congress."""


def given_names(text: str) -> str:
    """Return given names with single initials as ``S. A.``; whole names stay."""
    text = " ".join(text.replace("\u00a0", " ").split())
    bare = re.sub(r"[.\s-]", "", text)
    if bare.isupper() and len(bare) <= 4 and _CAPITALS.fullmatch(text) and (len(bare) <= 3 or "." in text):
        parts = re.findall(r"-?[^\W\d_]", text)
        return "".join(p if p.startswith("-") else f" {p}" for p in (f"{p}." for p in parts)).strip().replace(" -", "-")
    return text


def person(text: str) -> Record:
    """Return the name of ``Muller, Sigfrid A.``, ``Muller, SA``, ``Smith, John, Jr``, ``Muller S A`` or a body."""
    text = clean(text).strip(" ;")
    if text.endswith(","):
        return {"literal": text[:-1].strip()}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 3 and _SUFFIX.fullmatch(parts[2]):
        return _person(parts[0], parts[1], parts[2])
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        return _person(parts[0], parts[2], parts[1])
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return person(parts[0]) | {"suffix": parts[1]}
    if len(parts) == 2:
        return _of_two(*parts)
    if len(parts) > 2:
        return {"literal": text}
    return _without_comma(text)


def _of_two(family: str, given: str) -> Record:
    """Return a name whose suffix may follow the given names: ``Smith, John Jr``."""
    words = given.split()
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) and not re.fullmatch(r"[IV]+", words[-1]):
        return _person(family, " ".join(words[:-1]), words[-1])
    return _person(family, given)


def _without_comma(text: str) -> Record:
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    family, apart = initials_apart(" ".join(words))
    if apart:
        return _person(family, apart, suffix)
    initials = re.sub(r"[.-]", "", words[-1])
    if len(words) > 1 and initials.isalpha() and initials.isupper() and len(initials) <= 4:
        family = " ".join(words[:-1])
        if not family.isupper() or len(words) == 2 or "." in words[-1]:
            return _person(family, words[-1], suffix)
    if (first := _FIRST.fullmatch(" ".join(words))) and re.sub(r"\W", "", first[1]) not in _COUNTRIES:
        return _person(first[2], first[1].strip(), suffix)
    return {"family": text} if len(words) == 1 and not text.isupper() else {"literal": text}


def _person(family: str, given: str, suffix: str = "") -> Record:
    found = {"family": family}
    if given:
        found["given"] = (
            _spread(given) if given.isalpha() and given.isupper() and len(given) <= 4 else given_names(given)
        )
    if suffix:
        found["suffix"] = suffix
    return found


def _spread(initials: str) -> str:
    return " ".join(f"{letter}." for letter in initials)


def full_name(text: str) -> Record:
    """Return the name of a line FAU of NBIB: ``Muller, Sigfrid A Jr``; without a comma as `short_name`."""
    family, comma, given = clean(text).partition(",")
    if not comma:
        return short_name(text)
    given, _, suffix = given.partition(",")
    words = given.split()
    if not suffix and len(words) > 1 and _MEDLINE_SUFFIX.fullmatch(words[-1]):
        given, suffix = " ".join(words[:-1]), words[-1]
    found = {"family": family.strip(), "given": given_names(given), "suffix": suffix.strip()}
    return {k: v for k, v in found.items() if v}


_MEDLINE_SUFFIX = re.compile(r"(?:Jr|Sr|2nd|3rd|4th|I{2,3}|IV)\.?")


def short_name(text: str) -> Record:
    """Return the name of a line AU of NBIB: ``Muller SA Jr``; ERIC and others write ``Muller, Sigfrid A.``."""
    if "," in text:
        return full_name(text)
    words = clean(text).split()
    suffix = words.pop() if len(words) > 2 and _MEDLINE_SUFFIX.fullmatch(words[-1]) else ""
    if len(words) > 1 and words[-1].isupper() and not initials_apart(" ".join(words))[1]:
        return _person(" ".join(words[:-1]), words[-1], suffix)
    more = {"suffix": suffix} if suffix else {}
    return {"family": words[0]} if len(words) == 1 else _without_comma(" ".join(words)) | more
