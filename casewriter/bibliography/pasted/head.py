"""The beginning of a reference: its authors or editors, the body that wrote it, and a year after them."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from casewriter.bibliography.pasted.dates import date_pattern, read_date
from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.names import Names, plain, read_names
from casewriter.bibliography.pasted.words import LETTER, UPPER, YEAR, has_word, listed
from casewriter.bibliography.reading.record import Record


class Head(Struct, frozen=True):
    """How a reference begins: the form of its names (or group, or none), and the mark that closes them."""

    form: str = "none"
    mark: str = ""
    dotted: bool = False
    """Whether the names have full stops, as journals then mostly have."""


_EDITOR = r"(?:[Ee]ds?|EDS?|[Ee]ditors?|Hrsg|Hg|Herausgeber|[Dd]ir|éd(?:s|iteurs?)?|coord|editores)"
_ROLE = re.compile(
    rf"(?P<editor>[,.]?\s?[(\[]{_EDITOR}\b\.?[)\]]|,\s?{_EDITOR}\b\.?(?!['’])|\.?\s?{_EDITOR}(?:\.(?=[\s,])|(?=[,:;])))"
    r"|[,.]?\s?\(?\b(?P<inventor>inventors?)\b\)?",
)
_GROUP_AFTER = re.compile(
    rf"\s?(?P<mark>[;,](?:\s…)?|\s(?=for\s|on\sbehalf|and\s|&\s))\s?(?P<and>(?:and|&)\s)?(?P<for>(?:for|on\sbehalf\sof)\s)?(?P<group>(?:[Tt]he\s)?"
    rf"[{UPPER}](?:[^.:;(“\"]|\([^()]{{1,90}}\)){{3,150}}?)(?=\.\s|,\s[“‘\"]|[:;]\s|\s\({YEAR}|\.?\s?$)"
)
_GROUP_LISTED = re.compile(
    rf",\s(?P<group>[{UPPER}][^.,:;()“”]{{1,60}}\s(?:Group|Collaborators|Collaboration|Committee|Investigators|Network|Consortium))(?=,\s)"
)
"""A body among names that a comma divides from the title: A. Kerwan, SCARE Group, The SCARE 2020 guideline."""
_WHOLE_BODY = re.compile(
    r".{2,80}?\b(?:Group|Initiative|Investigators|Collaborators|Collaboration|Network|Consortium|Committee|Society|Force|Association)"
    rf"(?=\s[{UPPER}\d][^\s]*\s)(?!\s(?:of|for|on|and)\b)"
)
_BODY = re.compile(
    rf"(?P<group>(?:(?<=[{UPPER}])\.(?=[{UPPER}]\.)|(?<=[{UPPER}]\.[{UPPER}])\.(?![{UPPER}]\.)|[^.(“\"‘?!]|\((?!{YEAR}|n\.d|in\spress)[^()]{{1,60}}\)|(?<=\bSt)\.(?!\w\.)){{2,160}}?)"
    rf"(?P<end>\.?(?=\s?\((?:{YEAR}|n\.d|in\spress))|\.\s|,?\s(?={YEAR}[.,]\s))"
)
_BODY_BEFORE = re.compile(
    rf"(?P<group>[{UPPER}](?:[^.:,;(“\"]|\([^()]{{1,30}}\)){{1,120}}?)(?:\set\sal\.)?(?P<end>,|:)\s(?=[{UPPER}“\"])"
)


def read_head(draft: Draft) -> Head:
    """Cut the authors and a year after them off the draft; where no one is named, what that leaves open is a doubt."""
    if nobody := re.match(r"(?:Anonymous|Anon)\b[.:,]?\s", draft.text):
        draft.known.append(draft.cut(*nobody.span()))
        return Head()
    names = read_names(draft.text)
    head = _people(draft, names) if names else _body_and_people(draft) or _body(draft)
    if head.form == "none":
        return head
    year = _year(draft)
    mark = "year" if year else head.mark
    if not year and (closed := re.match(r"\s{0,2}([.:,;])\s{0,3}", draft.text)):
        mark = closed[1]
        draft.text = draft.text[closed.end() :]
    draft.text = draft.text.lstrip(" .,;:" if year else " ")
    return Head(head.form, mark, head.dotted)


def _people(draft: Draft, names: Names) -> Head:
    record = draft.record
    people = list(names.names)
    rest = draft.text[names.end :]
    while found := _group(draft, names, rest):
        people.append({"literal": found[0]})
        rest = found[1]
    role = "author"
    if marked := _ROLE.match(rest):
        role = "editor" if marked["editor"] else "author"
        if marked["inventor"]:
            draft.signs.add("patent")
        rest = rest[marked.end() :]
    record[role] = people
    if names.truncated:
        record["authors_truncated"] = "true"
    mark = "." if names.truncated and draft.text[: names.end].endswith(".") else ""
    draft.text = rest
    _doubts(draft, names, people[0])
    return Head(names.form, mark, names.dotted)


def _group(draft: Draft, names: Names, rest: str) -> tuple[str, str] | None:
    """Return the body that comes after names, and the text after it."""
    if names.form == "first" and (listed_body := _GROUP_LISTED.match(rest)):
        return listed_body["group"], rest[listed_body.end() :]
    group = _GROUP_AFTER.match(rest)
    if group is None:
        return None
    body = group["group"].strip(" ,")
    if not _follows(group, body, names):
        return None
    rest = rest[group.end() :]
    ended = has_word(body.rpartition(" ")[2], "writing_bodies")
    whole = _WHOLE_BODY.match(body) if group["mark"] == ";" and not ended else None
    if whole:  # MDPI: …; SCARE Group The SCARE 2020 Guideline: …
        rest = f"{body[whole.end() :]}{rest}"
        body = whole[0]
        draft.doubt(f"name: does the name of the organisation end after “{body}”?")
    if "…" in group["mark"]:
        names.truncated = True
        draft.doubt(f"name: names are missing before “{body}”")
    return body.removeprefix("the ") if group["for"] else body, rest


def _doubts(draft: Draft, names: Names, first: Record) -> None:
    """Say what is not certain of names: one person or two, a person or a body."""
    for doubt in names.doubts:
        draft.doubt(doubt)
    given = first.get("given", "")
    if len(names.names) == 1 and given in ("N. Z.", "U. K.", "U. S.", "E. U.", "U. S. A."):
        draft.doubt(f"author: is “{plain(first)}” a person?")  # Asthma UK
    # Gil Yosipovitch, Jeffrey D. Bernhard
    two = "." not in given or re.search(rf"\.\s[{UPPER}][{LETTER}]{{2,}}$", given)
    if names.form == "full" and " " in first.get("family", "") and two:
        draft.doubt(f"author: are “{plain(first)}” one person or two?")


_BODY_FIRST = re.compile(rf"(?P<group>[{UPPER}][^.:,;(“\"]{{3,120}}?)[,;]\s(?:(?:and|&)\s)?")


def _body_and_people(draft: Draft) -> Head | None:
    """Read a body that persons follow: RECOVERY Collaborative Group, Horby P, Lim WS."""
    found = _BODY_FIRST.match(draft.text)
    if not found or not has_word(found["group"], "writing_bodies") or not _is_capital(found["group"]):
        return None
    names = read_names(draft.text, found.end())
    if names is None:
        return None
    head = _people(draft, names)
    draft.record["author"].insert(0, {"literal": found["group"]})
    return head


def _follows(group: re.Match[str], body: str, names: Names) -> bool:
    """Return whether a body is at the end of the names: after “for”, after a semicolon, or ended by a full stop."""
    if not has_word(body, "bodies") or not _is_capital(body):
        return False
    if names.form == "first" and group["and"]:
        return True
    return bool(group["for"]) or group["mark"] == ";" or (names.form != "first" and len(body.split()) <= 12)


def _is_capital(text: str) -> bool:
    """Return whether most of the long words of a text begin with a capital."""
    words = re.findall(rf"[{LETTER}]{{4,}}", text)
    capital = sum(word[0].isupper() for word in words if word.lower() not in ("against", "from", "with", "into"))
    return not words or capital / len(words) >= 0.6


def _body(draft: Draft) -> Head:
    if draft.record.get("type") == "document":
        return Head()
    found = _BODY.match(draft.text)
    if found:
        early = re.match(rf"[.,]?\s?\(?(?:{YEAR}|n\.d|in\spress)", draft.text[found.end("group") :])
        found = found if _may_be_body(found["group"], early_year=bool(early)) else None
    if found is None:
        found = _BODY_BEFORE.match(draft.text)
        if found is None or not (has_word(found["group"], "bodies") and _is_capital(found["group"])):
            return Head()
        if found["end"] == ":" and found["group"].isupper():
            return Head()
    said = found["group"].strip(" ,.;")
    if more := re.search(r"\set\sal$", said):
        said = said[: more.start()]
        draft.record["authors_truncated"] = "true"
    certain = has_word(said, "bodies") and not (found["end"].startswith(".") and _is_weak(said))
    if not certain and not _is_acronym(said):
        draft.doubt(f"author: “{said}” was read as an organisation")
    draft.record["author"] = _bodies(draft, said)
    draft.text = draft.text[found.end("group") :]
    return Head("group", found["end"].strip()[:1])


def _is_weak(text: str) -> bool:
    """Return whether a text names a body only by words that also begin titles: Hospital outbreak, Research ethics."""
    words = set(re.findall(rf"[{LETTER}]+", text.lower())) & listed("bodies")
    return words <= listed("weak_bodies")


def _may_be_body(text: str, *, early_year: bool) -> bool:
    if early_year:
        return len(text.split()) <= 14 and _is_capital(text) and any(letter.isupper() for letter in text)
    if _is_acronym(text):
        return True
    return has_word(text, "bodies") and _is_capital(text) and not text[:1].islower() and len(text.split()) > 1


def _is_acronym(text: str) -> bool:
    return (
        " " not in text and 2 <= len(text) <= 9 and text.isalpha() and sum(letter.isupper() for letter in text) >= 2
    ) or (" " not in text and text[1:].lower() != text[1:] and text.isalpha() and len(text) <= 9)


def _bodies(draft: Draft, said: str) -> list[Record]:
    """Return one body, or two where each of them is of the kind that writes: a committee, a society."""
    parts = re.split(r",\s", said)
    words = [set(re.findall(rf"[{LETTER}]+", part.lower())) for part in parts]
    if len(parts) > 1 and all(word & listed("writing_bodies") for word in words):
        draft.doubt(f"author: “{said}” was read as {len(parts)} organisations")
        return [{"literal": part} for part in parts]
    return [{"literal": said}]


@cache
def _year_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    none = r"n\.\s?d\.|no\sdate|o\.\s?J\."
    date = rf"{YEAR}[a-z]?(?:[,;]\s[^()]{{3,30}})?|{date_pattern()}|in\spress|im\sDruck|{none}|forthcoming"
    return (
        re.compile(rf"[.,]?\s{{0,2}}\((?P<date>{date})\)\s?[.:,;]?(?=\s|$|[“\"‘])"),
        re.compile(rf"[.,;]?\s?(?P<date>{YEAR})[a-z]?[.,;](?=\s(?!\d)|$)"),
    )


def _year(draft: Draft) -> bool:
    bracketed, bare = _year_patterns()
    found = bracketed.match(draft.text) or bare.match(draft.text)
    if not found:
        return False
    if not draft.text[found.end() :].strip():
        return False
    said = found["date"]
    if re.search(r"\d[a-z]$|\bd", said):  # 2005a: a style gives the letter again; n.d.
        draft.known.append(said)
    if re.match(r"in press|im Druck|forthcoming", said):
        draft.put("status", "in press" if said[0] == "i" else said)
    elif date := read_date(re.sub(rf"({YEAR})[a-z]", r"\1", said)):
        draft.record["issued"] = date
    draft.text = draft.text[found.end() :]
    return True
