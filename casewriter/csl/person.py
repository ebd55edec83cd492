"""One name: its parts, its particles, its initials, and the ways a style sets it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import Any

from msgspec import Struct

from casewriter.csl.field import field
from casewriter.csl.text import font, join, styled
from casewriter.csl.textcase import change_case


class Person(Struct, frozen=True):
    """A person's name in parts, or a body's as `literal`."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    static: bool = False


_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff'’ʼ"
_PARTICLE = re.compile(rf"[{_SMALL}]\S*(?=\s)|[{_SMALL}][^\s'’ʼ]*['’ʼ](?=\S)|[a-z]{{1,4}}-(?=[A-Z])")
_GIVEN_PARTICLE = re.compile(rf"(?<=\s)[{_SMALL}]\S*(?:\s+[{_SMALL}]\S*)*$")
_NOT_PARTICLE = frozenset("and & et al jr sr".split())


def read_person(value: Any) -> Person | None:
    """Return the person of a CSL-JSON name; None where it holds nothing."""
    if not isinstance(value, dict):
        return None
    part = {key: " ".join(str(text).split(" ")).strip() for key, text in value.items() if isinstance(text, str)}
    if part.get("literal"):
        return Person(literal=field(part["literal"]))
    family, given = part.get("family", ""), part.get("given", "")
    dropping, non_dropping = part.get("dropping-particle", ""), part.get("non-dropping-particle", "")
    suffix, comma = part.get("suffix", ""), bool(value.get("comma-suffix"))
    if family.startswith('"') and family.endswith('"') and len(family) > 1:
        family = family[1:-1]
    elif not dropping and not non_dropping:
        family, given, dropping, non_dropping = _with_particles(family, given)
    if "," in given and not suffix:
        given, _, suffix = (piece.strip() for piece in given.partition(","))
        comma = suffix.startswith("!")
        suffix = suffix.removeprefix("!").strip()
    if not family:
        return Person(literal=field(given)) if given else None
    static = bool(value.get("static-ordering"))
    family, given, dropping, non_dropping, suffix = map(field, (family, given, dropping, non_dropping, suffix))
    return Person(family, given, dropping, non_dropping, suffix, comma_suffix=comma, static=static)


def _with_particles(family: str, given: str) -> tuple[str, str, str, str]:
    """Take particles in lower-case letters from the start of a family name and the end of given names."""
    end = 0
    while found := _PARTICLE.match(family, end):
        if found[0].lower() in _NOT_PARTICLE:
            break
        end = found.end()
        while family[end : end + 1].isspace():
            end += 1
    non_dropping, family = family[:end].rstrip(), family[end:]
    dropping = ""
    words = _GIVEN_PARTICLE.search(given)
    if words and words[0].lower() not in _NOT_PARTICLE:
        given, dropping = given[: words.start()].rstrip(), words[0]
    return family, given, dropping, non_dropping


class NameForm(Struct, frozen=True):
    """How names are set: CSL's options of cs:name, inherited and own, and those of its name parts."""

    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    sort_order: str = ""
    sort_separator: str = ", "
    demote: str = "display-and-sort"
    """Where non-dropping particles are in an inverted name: `never` before it, else after the given names."""
    hyphen: bool = True
    family: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()


_ROMANESQUE = re.compile(r"[A-Za-z\u00aa-\u024f\u0370-\u052f\u0590-\u06ff\u1e00-\u1fff]")
_CLINGS = re.compile(r"['’ʼ\-–]$")


@lru_cache(maxsize=50_000)
def name_text(person: Person, form: NameForm, *, inverted: bool, level: int = 0) -> str:
    """Return a name as a style sets it; `level` 1 adds initials, 2 whole given names, to tell it from its like."""
    family_format, given_format = dict(form.family), dict(form.given)
    if person.literal:
        return _formatted(person.literal, family_format)
    family, given = person.family, person.given
    short = form.form == "short" and level == 0
    if form.form == "short" and form.initialize_with is None and level:
        level = 2
    if given and not short:
        given = _given(given, form, whole=level == 2)
    if not (_ROMANESQUE.search(family) or _ROMANESQUE.search(given)) or person.static:
        spaced = " " if person.static and _ROMANESQUE.search(family) else ""
        rest = "" if short else given
        return _formatted(family, family_format) + (spaced if rest else "") + _formatted(rest, given_format)
    if short:
        if inverted and person.non_dropping and form.demote != "never":
            return f"{_formatted(family, family_format)} {person.non_dropping}"
        return _formatted(_words(person.non_dropping, family), family_format)
    if inverted:
        return _inverted(person, given, form, family_format, given_format)
    return _straight(person, given, form, family_format, given_format)


def _bare(attributes: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in attributes.items() if k not in ("prefix", "suffix")}


def _straight(
    person: Person, given: str, form: NameForm, family_format: dict[str, str], given_format: dict[str, str]
) -> str:
    """Return the name in the order in which it is said."""
    family = _words(person.non_dropping, person.family)
    first = _formatted(given, given_format)
    suffix = _suffix(person, form)
    if family_format.get("prefix") or family_format.get("suffix"):
        family = _with_suffix(_words(person.dropping, family), suffix, person)
        return _words(first, _formatted(family, family_format))
    middle = _formatted(person.dropping, _bare(given_format))
    text = _words(_words(first, middle), _formatted(family, family_format))
    return _with_suffix(text, suffix, person)


def _suffix(person: Person, form: NameForm) -> str:
    """Return Jr with or without its stop, as the style sets initials."""
    if form.initialize_with is not None and "." not in form.initialize_with:
        return person.suffix.replace(".", "")
    return person.suffix


def _inverted(
    person: Person, given: str, form: NameForm, family_format: dict[str, str], given_format: dict[str, str]
) -> str:
    if form.demote in ("display-and-sort", "sort"):
        family = _formatted(person.family, family_format)
        rest = _words(_words(given, person.dropping), person.non_dropping)
    else:
        family = _formatted(_words(person.non_dropping, person.family), family_format)
        rest = _words(given, person.dropping)
    rest = _formatted(rest, given_format)
    parts = [part for part in (family, rest, _suffix(person, form)) if part]
    text = parts[0]
    for part in parts[1:]:
        text = join(join(text, form.sort_separator), part)
    return text


def _with_suffix(text: str, suffix: str, person: Person) -> str:
    if not suffix:
        return text
    return f"{text}, {suffix}" if person.comma_suffix else f"{text} {suffix}"


def _words(left: str, right: str) -> str:
    """Return two parts of a name with a space between, unless the first clings to the second (d’, al-)."""
    if not left or not right:
        return left or right
    return left + right if _CLINGS.search(left) else f"{left} {right}"


def _formatted(text: str, attributes: dict[str, str]) -> str:
    if not text or not attributes:
        return text
    text = styled(change_case(text, attributes.get("text-case")), font(attributes))
    return join(join(attributes.get("prefix", ""), text), attributes.get("suffix", ""))


def _given(given: str, form: NameForm, *, whole: bool) -> str:
    if form.initialize_with is None or whole:
        return given
    if not form.initialize:
        return _stopped(given, form.initialize_with)
    return initials(given, form.initialize_with, hyphen=form.hyphen)


_BREAK = re.compile(r"((?:\s|-(?![a-z]))+)")


def _divided(given: str, *, hyphen: bool = True) -> list[str]:
    """Return given names and what divides them, in turn: ``J.-P. A`` -> J., -, P., space, A."""
    if not hyphen:
        given = given.replace("-", " ")
    given = re.sub(r"\.(?=[^\s.])", ". ", re.sub(r"\s*-\s*", "-", given))
    return _BREAK.split(" ".join(given.split()))


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"\s*-\s*", "-", text).split(" ")).strip()


def _stopped(given: str, stop: str) -> str:
    """Return given names whole, but single letters and abbreviations with the style's own stop."""
    parts = _divided(given)
    short = [(len(p) == 1 and p.isupper()) or (len(p) > 1 and p.endswith(".")) for p in parts[::2]]
    text = ""
    for number, (part, is_short) in enumerate(zip(parts[::2], short, strict=True)):
        between = parts[2 * number + 1] if 2 * number + 1 < len(parts) else ""
        if not is_short:
            text += part + between
        else:
            joint = "-" if "-" in between else ("" if between and short[number + 1] else between and " ")
            text += part.rstrip(".") + stop + joint
    return _tidy(re.sub(r" {2,}", " ", text))


_INITIAL = re.compile(r"([^\W\d_])([^\W\d_]*)(\.?)")


def initials(given: str, stop: str, *, hyphen: bool = True) -> str:
    """Return the initials of given names: ``Jean-Paul A`` -> ``J.-P. A.`` (CSL 1.0.2, "Initialize-with")."""
    if not _ROMANESQUE.match(given.lstrip("\uf880\uf881")):
        return given
    parts = _divided(given, hyphen=hyphen)
    text = ""
    for number, part in enumerate(parts[::2]):
        between = parts[2 * number + 1] if 2 * number + 1 < len(parts) else ""
        found = _INITIAL.match(part)
        if found and found[1] == found[1].upper():
            text += _letters(found) + stop + ("-" if "-" in between else "")
        else:
            text += f" {part}{between}" if text and not text.endswith((" ", "-")) else part + between
    return _tidy(re.sub(r" {2,}", " ", text))


def _letters(found: re.Match[str]) -> str:
    """Return the letters of an initial: an abbreviation such as ``Ph.`` stays, ``Jean`` is J, ``McD`` is M."""
    first, rest, dotted = found.groups()
    if rest and dotted:
        return first + rest
    extra = "".join(takewhile(lambda letter: letter == letter.upper(), rest))
    return first + (extra.lower() if len(extra) < len(rest) else "")
