"""Words that tell a person, place or institution from what looks like one: each check tells whether a match counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from casewriter.resources import data_file
from casewriter.source import read


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of `data/privacy/words.yaml`."""
    file = data_file("privacy/words.yaml")
    return frozenset(str(read(file.read_bytes(), file.name).data[name]).split())


_ROUTES = frozenset("IV IM PO SC ID IO IT IN DM TB AI EC AM PM IE EG".split())


@cache
def _given() -> frozenset[str]:
    return frozenset(word.lower() for word in words("given"))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s\u00a0-]+", text.strip(" .,")) if part]


def person_name(text: str, after: str) -> bool:
    """A name that is no eponym, role or common noun, and does not begin a term such as a scale or a syndrome."""
    del after
    first = _parts(text)[0].rstrip("’'s") if _parts(text) else ""
    return bool(first) and first not in words("not_names") and _parts(text)[0] not in words("not_names")


def initials(text: str, after: str) -> bool:
    """Initials with full stops that are no route, species or abbreviation."""
    del after
    bare = re.sub(r"[\s.]", "", text)
    return (
        len(bare) >= 2
        and bare not in ("IV", "IM", "PO", "SC", "ID", "IO", "IT", "IN", "DM", "TB", "AI", "EC", "AM", "PM", "IE", "EG")
        and "." in text
    )


def first_name(text: str, after: str) -> bool:
    """A common given name with a capitalised word behind it, that is not the beginning of a term."""
    parts = _parts(text)
    following = [part.strip(" ,.;:") for part in _parts(after)[:1]]
    if (
        len(parts) < 2
        or parts[0].split("-")[0].lower() not in _given()
        or (following and following[0] in words("after_names"))
    ):
        return False
    last = parts[-1]
    return last not in words("not_names") and last not in words("after_names") and not re.match(r"[’']s\s+\w+", after)


def first_name_initial(text: str, after: str) -> bool:
    """A common given name with the initial of a surname."""
    del after
    return _parts(text)[0].split("-")[0].lower() in _given()


def first_name_alone(text: str, after: str) -> bool:
    """A common given name by itself."""
    del after
    return text.lower() in _given()


def last_first(text: str, after: str) -> bool:
    """A surname, a comma and a common given name."""
    del after
    last, _, first = text.partition(",")
    return first.strip().lower() in _given() and last not in words("not_names") and last.lower() not in _given()


def first_name_token(text: str, after: str) -> bool:
    """A common given name in a file name or key."""
    del after
    return text.lower() in _given() and len(text) > 3


def not_country(text: str, after: str) -> bool:
    """A place that is no country, state, institution or common noun."""
    del after
    parts = _parts(text)
    if parts and parts[-1] in words("institution_kinds"):
        return False
    allowed = words("countries") | words("not_names") | words("institution_words")
    return bool(parts) and not all(part in allowed for part in parts) and parts[0] not in words("not_names")


def place_name(text: str, after: str) -> bool:
    """A place below the country, and no term that is named after one."""
    return not_country(text, after) and not _term(_parts(text), after)


def _term(parts: list[str], after: str) -> bool:
    """Tell whether a place is the beginning of a term: a scale, criteria, a classification, within the next words."""
    clause = re.split(r"[.;:()]", after)[0]
    following = [part.strip(",") for part in _parts(clause)[:3]]
    return any(part.lower() in _place_terms() for part in (*parts, *following))


@cache
def _place_terms() -> frozenset[str]:
    return frozenset(word.lower() for word in words("place_terms"))


def city(text: str, after: str) -> bool:
    """A large city, and no term that is named after one."""
    parts = _parts(text)
    known = [part for part in parts if part in words("cities")]
    return bool(known) and not _term(parts, after)


def institution(text: str, after: str) -> bool:
    """A named hospital, clinic, university or school: more than general words."""
    if re.match(r"(?:.*\s)?Hospital (?:Anxiety|Depression|Frailty|Episode)", text) or re.match(
        r"\s(?:Anxiety|Depression|day|stay|admission|discharge|course|Frailty|Episode)\b", after
    ):
        return False
    own = [
        part
        for part in _parts(text)
        if part[:1].isupper() and part not in words("institution_words") and part not in words("not_names")
    ]
    return any(part not in words("institution_kinds") for part in own) or "Charité" in text or "Inselspital" in text


def organisation(text: str, after: str) -> bool:
    """An employer with a name."""
    return institution(text, after) and not_country(text, after)


def street_de(text: str, after: str) -> bool:
    """A street with a number, and no word of medicine that ends alike."""
    del after
    return not re.match(
        r"(?:Atem|Leitungs|Harn|Gallen|Luft|Verdauungs|Signal|Stoffwechsel|Kreis|Zugangs|"
        r"Im Alter|Am Tag|Im Jahr|Am Aufnahme|Im Verlauf|Auf der Station|Zum Zeitpunkt)",
        text,
    )


def uk_postcode(text: str, after: str) -> bool:
    """A postcode whose area exists: one or two letters that no vitamin, vertebra or dose has."""
    del after
    area = re.match(r"[A-Z]+", text)
    return bool(area) and area[0] in words("postcode_areas") and " " in text  # type: ignore[index]


LEXICON: dict[str, Callable[[str, str], bool]] = {
    check.__name__: check
    for check in (
        person_name, initials, first_name, first_name_initial, first_name_alone, last_first, first_name_token,
        not_country, place_name, city, institution, organisation, street_de, uk_postcode,
    )
}  # fmt: skip
