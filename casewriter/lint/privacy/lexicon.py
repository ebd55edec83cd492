"""Words that tell a person, place or institution from lookalikes: each check returns whether a match counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from casewriter.builtin import data
from casewriter.lint.privacy.caseless import chinese, japanese, korean, thai
from casewriter.lint.privacy.namelist import FAMILY, FAMILY_TOO, GIVEN, GIVEN_TOO, known


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of `data/privacy/words.yaml`."""
    return frozenset(str(data("privacy/words.yaml")[name]).split())


_ROLES = ("titles", "not_names", "after_names", "institution_kinds", "institution_words", "place_terms")
_PLACES = ("countries", "cities", "calendar")
_TERM = re.compile(
    r"(?:itis|osis|oses|a?emia|pathy|logy|log(?:ist|ia|ía|ie)|graphy|scopy|ectomy|otomy|plasty|mycin|cillin|mab|nib|sartan|"
    r"olol|azole|statin|parin|xaban|oxacin|cycline|azepam|prazole|solone|tion|ment|ness|iatrics?|iatry|virus|coccus|bacter|"
    r"bacillus|monas|myces|[a-z]{4}oma|ung|keit|heit|schaft|ción|zione|ção|aire|hospital|klinik)$"
)
"""Endings of words of medicine, which no surname is likely to have."""


@cache
def _lower(*names: str) -> frozenset[str]:
    return frozenset(word.lower() for name in names for word in words(name))


@lru_cache(4096)
def is_role(word: str) -> bool:
    """Return whether a capitalised word names no person even after a title: a role, department or medical term."""
    small = word.lower()
    if small in _lower(*_ROLES):
        return True
    return len(small) > 6 and _TERM.search(small) is not None and not known(word)  # Encarnación ends like a term


@lru_cache(4096)
def is_term(word: str) -> bool:
    """Return whether a capitalised word by itself names no person: a role, a term, a place or a month."""
    return is_role(word) or word.lower() in _lower(*_PLACES)


def is_eponym(word: str) -> bool:
    """Return whether a name by itself may be that of a sign, disease, stain, method, maker or product."""
    known_ones = _lower("eponyms", "brands")
    return all(part in known_ones for part in word.lower().split("-"))


ROUTES = frozenset("IV IM PO SC ID IO IT IN DM TB AI EC AM PM IE EG US UK".split())


@cache
def _given() -> frozenset[str]:
    return frozenset(word.lower() for word in words("given"))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[\s\u00a0-]+", text.strip(" .,")) if part]


def person_name(text: str, after: str) -> bool:
    """A name that is no eponym, role or common noun, and does not begin a term such as a scale or a syndrome."""
    del after
    first = _parts(text)[0].rstrip("’'s") if _parts(text) else ""
    return bool(first) and not is_role(first) and not is_role(_parts(text)[0])


def initials(text: str, after: str) -> bool:
    """Initials with full stops that are no route, species or abbreviation."""
    del after
    bare = re.sub(r"[\s.]", "", text)
    return len(bare) >= 2 and bare not in ROUTES and "." in text


def first_name_alone(text: str, after: str) -> bool:
    """A common given name by itself."""
    del after
    return text.lower() in _given()


def last_first(text: str, after: str) -> bool:
    """A surname, a comma and a common given name."""
    del after
    last, _, first = text.partition(",")
    return first.strip().lower() in _given() and last not in words("not_names") and last.lower() not in _given()


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
    """Return whether a place is the beginning of a term: a scale, criteria, a classification, within the next words."""
    clause = re.split(r"[.;:()]", after)[0]
    following = [part.strip(",") for part in _parts(clause)[:3]]
    return any(part.lower() in _lower("place_terms") for part in (*parts, *following))


def city(text: str, after: str) -> bool:
    """A large city, and no term that is named after one."""
    parts = _parts(text)
    known = [part for part in parts if part in words("cities")]
    return bool(known) and not _term(parts, after)


def institution(text: str, after: str) -> bool:
    """A named hospital, clinic, university or school: more than general words."""
    if re.match(
        r"(?:.*\s)?Hospital (?:Anxiety|Depression|Frailty|Episode|Course|Stay|Day|Visit|Discharge|Admission)", text
    ) or re.match(r"\s(?:Anxiety|Depression|day|stay|admission|discharge|course|Frailty|Episode)\b", after):
        return False
    own = [
        part
        for part in _parts(text)
        if part[:1].isupper() and part not in words("institution_words") and part not in words("not_names")
    ]
    return any(part not in words("institution_kinds") for part in own) or "Charité" in text or "Inselspital" in text


def ward(text: str, after: str) -> bool:
    """A numbered ward, room or bed, and no days in bed."""
    return not re.match(r"\s?(?:days?|weeks?|hours?|times)", after) and not re.fullmatch(
        r"(?:sala|bay|bed) \d{4}", text.lower()
    )


def eastern_hospital(text: str, after: str) -> bool:
    """A hospital of East Asia with a name, and not one of its kind."""
    del after
    return not re.fullmatch(
        r"(?:当|本|他|同|某|近|前|別の?|近くの?|地域の?|総合|大学|市立|国立|県立|公立|私立|救急|専門|一般|地方|外|基层|当地|上级|下级|"
        r"종합|대학|본|타|개인|지역|요양|인근|동네|상급종합|다른|외부)*(?:病院|[医醫]院|クリニック|医療センター|診療所|卫生院|병원|의료원|의원)",
        text,
    )


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


def titled(text: str, after: str) -> bool:
    """A name after a title, a signature or a form: whatever it is, but no role, place or term."""
    del after
    parts = [part for part in _parts(text) if len(part.strip(".")) > 1] or [text]
    surname = known(parts[0]) & (FAMILY | FAMILY_TOO)  # Mr Young, Dr Case
    return (
        len(parts[0]) > 1
        and (bool(surname) or not is_role(parts[0]))
        and not (parts[0].isupper() and len(parts[0]) < 4)
    )


def cued(text: str, after: str) -> bool:
    """A name after words that may also precede a department: known, or two words, or with an initial."""
    parts = _parts(text)
    long = [part for part in parts if len(part) > 2]
    if (
        not long
        or any(is_term(part) for part in parts if len(part) > 1 and part[0].isupper())
        or (long[0].isupper() and len(long) < 2)
    ):
        return False
    return known_name(text, after) or len(long) > 1 or len(parts) > 1


def known_name(text: str, after: str) -> bool:
    """A name that the lexicon knows; one that is a word too where it ends before a comma or a verb follows."""
    parts = [part for part in re.split(r"[\s\u00a0]+", text.strip(" .,")) if len(part) > 2]
    if not parts or is_term(parts[0]) or (is_eponym(parts[0]) and len(parts) < 2):
        return False
    found = known(parts[0])
    return bool(found & (GIVEN | FAMILY)) or bool(
        found & GIVEN_TOO and (len(parts) > 1 or after[:1] in (",", ")", "."))
    )


def bare_name(text: str, after: str) -> bool:
    """A name after the word for patient, in a language that writes other nouns small."""
    parts = _parts(text)
    return (
        known_name(text, after)
        or (len(parts) > 1 and titled(text, after))
        or (len(text.strip()) > 5 and titled(text, after))
    )


LEXICON: dict[str, Callable[[str, str], bool]] = {
    check.__name__: check
    for check in (
        person_name, initials, titled, cued, known_name, bare_name, first_name_alone, last_first,
        chinese, japanese, korean, thai,
        not_country, place_name, city, institution, ward, eastern_hospital, organisation, street_de, uk_postcode,
    )
}  # fmt: skip
