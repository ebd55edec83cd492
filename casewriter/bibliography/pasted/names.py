"""The ways of writing a list of authors: Muller SA; Muller, S. A.; S.A. Muller; Muller, Sigfrid A., Richard Winter."""

from __future__ import annotations

import re

from msgspec import Struct, field

from casewriter.bibliography.pasted.words import LETTER, UPPER, YEAR, has_word, listed
from casewriter.bibliography.reading.record import Record

_APO = "'’ʼ`"
_WORD = (
    rf"(?:[{LETTER}]{{1,3}}[{_APO}]|[OÓ]\s|Ste?\.\s|(?:d[aeiu]|del|l[ae]|van|te[nr])(?=[{UPPER}][{LETTER}])|(?:al|el|as|ar|ad|an|abd)[-‐‑])?"
    rf"[{UPPER}][{LETTER}{_APO}]{{1,40}}(?:[-‐‑][{LETTER}{_APO}]{{1,40}}){{0,3}}"
)
_PARTICLE = (
    r"(?:van|an|van['’]t|op|aan|auf|von|vom|vander|vande|zu|zur|zum|der|den|de|del|della|dalla|di|da|dos|das|do|du|la|le|les|ten|ter|te|af|av|bin|ibn|al|el"
    r"|y|e|i|['’]t)"
)
_NO_FAMILY = rf"(?![{UPPER}]{{1,4}}(?![{LETTER}’'-])|[JS]n?r\b)"
_FAMILY = rf"(?:{_PARTICLE}\s){{0,3}}{_WORD}(?:\s(?:{_PARTICLE}\s){{0,3}}{_NO_FAMILY}{_WORD}){{0,3}}"
_SUFFIX = r"(?:Jr|Sr|Snr|Jnr|II|III|IV|2nd|2d|3rd|3d|4th)\b\.?"
_DEMOTED = r"(?:(?:\s(?:van|von|de|der|da|den|dos|del|du|di|la|las|los|le|zu|ter|ten)\b){1,3}|\sd['’])?"
_BARE = rf"(?:[{UPPER}][-‐‑]?){{0,4}}[{UPPER}](?:[hr]|hr)?"
_BARE_ENDED = (
    rf"(?:(?:[{UPPER}][-‐‑]?){{1,4}}[{UPPER}](?!\.?[{UPPER}]?\.[{UPPER}]\.)|{_BARE}(?!\.\s?[-‐‑]?[{UPPER}]\.))"
)
_DOTTED = rf"[{UPPER}][hu]?r?\.(?:[\s]{{0,2}}[-‐‑]?[{UPPER}][hu]?r?\.){{0,4}}"
_EITHER = (
    rf"(?:[{UPPER}](?:\s[{UPPER}]){{1,3}}(?=[,.;]\s)|{_DOTTED}(?![\s]{{0,2}}[-‐‑]?[{UPPER}]\.)|{_BARE_ENDED})"
    rf"{_DEMOTED}"
)
_MIXED = rf"[{UPPER}]\.(?:\s{{0,2}}[-‐‑]?(?!Ó\s)[{UPPER}](?:\.|(?![{LETTER}]))){{0,4}}"
_STOPPED = r"(?<=\.)(?=\s|$)"
_ENDS = rf"(?=\s{{0,2}}[,;.:(\[/&…]|\s(?:and|und|et|y|e|u\.|&|in|{YEAR})(?:[\s,.;]|$)|\s?$)"
_FORENAME = rf"(?:[{UPPER}][{LETTER}{_APO}-]{{1,30}}|[{UPPER}]\.|[{UPPER}]{{1,2}}(?=\s))"
_CAPITAL = r"(?:Al|El|De|Del|Du|Di|Da|Le|La|Von|Van|Ben|Bin)"
_GIVEN = rf"{_FORENAME}(?:[\s-](?!{_CAPITAL}\s|{_SUFFIX}){_FORENAME}){{0,3}}"
_FORMS = {
    "bare": rf"(?P<family>{_FAMILY})(?:\s(?P<early>{_SUFFIX}))?\s(?P<given>{_EITHER})(?:,?\s(?P<suffix>{_SUFFIX}))?"
    rf"(?:{_ENDS}|{_STOPPED})",
    "comma": rf"(?P<family>{_FAMILY})(?:\s(?P<early>{_SUFFIX}))?,\s?(?P<given>{_MIXED}{_DEMOTED}|{_EITHER})"
    rf"(?:,?\s(?P<suffix>{_SUFFIX}))?{_ENDS}",
    "first": rf"(?P<given>{_MIXED})\s?(?P<family>{_FAMILY})(?:,?\s(?P<suffix>{_SUFFIX}))?{_ENDS}",
    "lead": rf"(?P<given>(?:[{UPPER}][-‐‑]?){{1,3}})\s(?P<family>{_FAMILY})(?:,?\s(?P<suffix>{_SUFFIX}))?{_ENDS}",
    "full": rf"(?P<given>{_GIVEN})\s(?P<family>(?:(?:{_PARTICLE}|{_CAPITAL})\s){{0,3}}(?!{_SUFFIX}){_WORD})"
    rf"(?:,?\s(?P<suffix>{_SUFFIX}))?{_ENDS}",
}
_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
_INVERTED = re.compile(
    rf"(?![{UPPER}]{{1,3}}\s)(?P<family>{_FAMILY}),\s(?P<given>{_GIVEN}{_DEMOTED})(?:,\s(?P<suffix>{_SUFFIX}))?(?=[,.;]|\s\(|\s&|\sand\s|\set\sal|\s{YEAR})"
)
_SEPARATOR = re.compile(
    r"\s{0,2}(?:[,;]|/|\.(?=,))?\s{0,2}(?:(?P<gap>…|\. ?\. ?\.|\[?\.\.\.\]?)\s{0,2},?\s{0,2})?"
    r"(?P<last>(?:&|and(?!\s(?:others|coll))|und|et(?!\s?(?:al|coll))|y(?!\scol)|e(?!\scol))\s)?\s{0,2}"
)
_ET_AL = re.compile(
    r"[\s,;…]{0,4}(?:\(?\[?(?:and\s)?(?i:et\.?\s?al(?:ii)?|et\scoll?|u\.\s?a|and\s(?:others|colleagues)|y\scol(?:s|aboradores)?|e\scol(?:s|aboradores)?)\b"
    r"[.,]{0,2}\]?\)?|\+\s?al\.?|\s…(?=\s?\())"
)


class Names(Struct):
    """Names read at a place of a text, and how they are written there."""

    names: list[Record] = field(default_factory=list)
    form: str = ""
    truncated: bool = False
    gap: bool = False
    dotted: bool = False
    """Whether initials have full stops."""
    end: int = 0
    doubts: list[str] = field(default_factory=list)


def read_names(text: str, start: int = 0, *, full: bool = False, lead: bool = False) -> Names | None:
    """Return the names that begin at a place of a text, in the way of writing that reads most of them.

    With `full` they may be whole names, with `lead` initials without stops before the family: AG Engel.
    """
    found = [_listed(text, start, form) for form in ("bare", "comma", "first", *(("lead",) if lead else ()))]
    if full:
        found.append(_listed(text, start, "full"))
    best = max(found, key=lambda names: names.end)
    if best.form == "bare" and len(best.names) == 1 and not best.names[0]["given"][2:]:
        best = _bare_or_whole(best, text, start)
    if not full and (not best.names or (best.form == "comma" and len(best.names) == 1)):
        best = _turned(best, text, start)
    if not full and not best.names:
        best = _whole(text, start)
    if not best.names or (len(best.names) == 1 and _is_body(best.names[0])):
        return None
    if more := _ET_AL.match(text, best.end):
        best.truncated, best.end = True, more.end()
    return best


def _bare_or_whole(bare: Names, text: str, start: int) -> Names:
    """Return whole names where “Michael T.” was taken for a family: Michael T. Anderson and Ann Smith. Title."""
    whole = _listed(text, start, "full")
    many = len(whole.names) > 1 and text[whole.end : whole.end + 1] == "."
    if many or re.match(_QUOTED, text[whole.end :]):
        return whole
    one = _PATTERNS["full"].match(text, start)
    if one and one.end() > bare.end and re.match(rf",\s[{UPPER}]", text[one.end() :]):
        bare.doubts.append(f"author: is “{one[0]}” one name?")
    return bare


def _turned(best: Names, text: str, start: int) -> Names:
    """Return names of which the first is turned round, or all whole: Rudi Adams, Vincent J. Cook, and Sorin Dragan."""
    inverted = _inverted(text, start)
    best = inverted if not best.names or len(inverted.names) > 1 else best
    first = best.names[0] if best.names else {}
    if re.search(rf"\b[{UPPER}]\.?\s\w\w", f"{first.get('family', '')}|{first.get('given', '')}"):
        return max(best, _whole(text, start), key=lambda names: len(names.names))
    return best


_QUOTED = r",\s[“‘\"«]"


def _whole(text: str, start: int) -> Names:
    """Read ``Rudi Adams and Paul M. Baker. Title``: whole names, the last after “and”, ended by a full stop."""
    found = _listed(text, start, "full")
    said = text[start : found.end]
    if found.names and re.match(_QUOTED, text[found.end :]) and not has_word(said, "bodies"):
        return found
    if (
        len(found.names) < 2
        or has_word(said, "bodies")
        or text[found.end : found.end + 2] != ". "
        or not re.search(r"\s(?:and|&)\s", said)
    ):
        return Names(form="full", end=start)
    if len(found.names) == 2 and not re.search(rf"\b[{UPPER}]\b", said):
        found.doubts.append(f"name: “{said}” was read as two persons")
    return found


def _is_body(name: Record) -> bool:
    """Return whether what looks like a person is a body: Cancer Research UK."""
    return has_word(name["family"], "bodies") or (
        " " in name["family"] and name["given"] in ("U. K.", "U. S.", "U. S. A.", "E. U.")
    )


def _listed(text: str, start: int, form: str) -> Names:
    found = Names(form=form, end=start)
    place = start
    while (name := _PATTERNS[form].match(text, place)) or (unlike := _unlike(text, place, found)):
        if name is None:
            found.names.append({"literal": unlike})
            found.doubts.append(f"name: “{unlike}” is written differently from the other names")
            place += len(unlike) + 2
            continue
        if _is_sentence(name, text) if form == "bare" else form == "full" and has_word(name[0], "publishers"):
            break
        found.names.append(_person(name))
        found.dotted |= "." in name["given"] and (
            len(name["given"]) > 2 or text[name.end() : name.end() + 1] in (",", ";")
        )
        found.end = name.end()
        separator = _SEPARATOR.match(text, name.end())
        if separator is None or separator.end() == name.end() or not separator[0].strip():
            break
        place = separator.end()
        if separator["last"] and form == "first" and len(found.names) == 1 and not _PATTERNS[form].match(text, place):
            return Names(form=form, end=start)  # U.S. Food and Drug Administration
        if separator["gap"] and (last := _PATTERNS[form].match(text, place)):
            found.gap = True
            found.doubts.append(f"name: names are missing before “{last[0]}”")
    if found.gap:
        found.truncated = True
    return found


def _unlike(text: str, place: int, found: Names) -> str:
    """Return what is between two names and is none by its form, as it is written: misprints, lost initials."""
    other = _UNLIKE.match(text, place) if found.form == "bare" and len(found.names) > 1 else None
    if other is None or text[place - 2 : place] != ", ":
        return ""
    name = _PATTERNS["bare"].match(text, other.end())
    return other["name"] if name and not _is_sentence(name, text) else ""


_UNLIKE = re.compile(rf"(?P<name>[{LETTER}][^\s,.;:()]{{1,30}}(?:\s[^\s,.;:()]{{1,20}}){{0,2}}),\s")


def _is_sentence(name: re.Match[str], text: str) -> bool:
    """Return whether what looks like a name, Hepatitis B, begins a title: lower-case words in between come next."""
    if len(name["given"]) == 1 and name["family"].lower() in listed("not_names"):
        return True
    return len(name["given"]) == 1 and bool(re.match(r"\s(?:and|in|et(?!\sal|\scoll))\s[a-z]", text[name.end() :]))


def _inverted(text: str, start: int) -> Names:
    """Read ``Muller, Sigfrid A., Richard K. Winkelmann``: only the first name is turned round."""
    found = Names(form="full", end=start)
    first = _INVERTED.match(text, start)
    if first is None:
        return found
    found.names.append(_person(first))
    found.end = first.end()
    place = first.end()
    while separator := _SEPARATOR.match(text, place):
        if not separator[0].strip():
            break
        again = separator[0].strip().startswith(";") or separator["last"]  # Haidt, Jonathan and Graham, Jesse
        turned = _INVERTED.match(text, separator.end()) if again else None
        name = turned or _PATTERNS["full"].match(text, separator.end())
        if body := _body_last(text, separator):
            found.names.append({"literal": body})
            found.end = separator.end() + len(body)
            break
        if name is None:
            break
        found.names.append(_person(name))
        found.end = place = name.end()
    closed = re.match(
        rf"\.?,?\s{{0,2}}(?:(?i:et al)\.?,?\s?)?(?:\.?\s?\(?{YEAR}|[“\"]|\(|editors?|eds?\b)|\.\s", text[found.end :]
    )
    return found if closed else Names(form="full", end=start)


def _body_last(text: str, separator: re.Match[str]) -> str:
    """Return the body that ends a list of whole names: …, Ahmed Kerwan, and SCARE Group."""
    found = re.match(rf"[{UPPER}][^.,;:()“”\"]{{3,80}}?(?=[.,]\s|\s\()", text[separator.end() :])
    return found[0] if found and has_word(found[0].rpartition(" ")[2], "bodies") else ""


def _person(name: re.Match[str]) -> Record:
    groups = name.groupdict()
    family, given = name["family"], name["given"]
    suffix = groups.get("suffix") or groups.get("early") or ""
    before, _, last = family.rpartition(" ")
    if before and re.fullmatch(_SUFFIX, last):  # R.N. Pearsall III
        family, suffix = before, last
    elif before and re.fullmatch(rf"[{UPPER}]{{1,3}}", last) and re.fullmatch(_SUFFIX, given):  # Dunham R Jr
        family, given, suffix = before, last, given
    found = {"family": family, "given": _spelled(given)}
    if suffix:
        found["suffix"] = suffix.rstrip(".")
    return found


def _spelled(given: str) -> str:
    """Return initials as ``S. A.`` or ``J.-P.``; whole names as they are."""
    particle = re.search(rf"{_DEMOTED}$", given)
    tail = particle[0] if particle else ""
    given = given[: len(given) - len(tail)]
    if re.search(rf"[{LETTER}]{{4}}", given.replace(".", "")) and not re.fullmatch(_BARE, given):
        return given + tail
    if re.search(r"[^\W\d_][a-zà-ÿ]{2}", given):
        return given + tail
    letters = re.findall(rf"[-‐‑]?[{UPPER}][a-z]{{0,2}}", given)
    return "".join(f"-{part[1:]}." if part[0] in "-‐‑" else f" {part}." for part in letters).strip() + tail


def plain(name: Record) -> str:
    """Return a name in words, for a doubt."""
    return str(name.get("literal") or f"{name.get('family', '')} {name.get('given', '')}".strip())
