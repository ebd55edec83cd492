"""Whether a match is the name or only the same letters: `Young performed`, `young woman`, `Lynch syndrome`."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from casewriter.blinding.secret import Secret, listed
from casewriter.lint.privacy.lexicon import is_eponym, words

_WORD_BEFORE = re.compile(r"([^\W\d_]+)(\.?)[\s*_(\[]*$")
_CALENDAR = frozenset(word.lower() for word in words("calendar"))
_TERM_AFTER = re.compile(r"(?:'s|'|s'?)?((?:[\s-]+[^\W\d_]+){1,3})")
_NAME_AFTER = re.compile(r",?\s+(?:et\s+al|and\s+(?:colleagues|co-?workers)|u\.\s?a\.|und\s+Mitarbeiter|e\s+col)")
_ACTS = re.compile(
    r"\s+(?:performed|wrote|saw|agreed|reported|described|operated|drafted|contributed|proposed|designed|conceived|supervised|conducted)\b"
)
_CAPITAL_AFTER = re.compile(r"[\s-]+[A-Z][^\W\d_]")
_MONEY = re.compile(r"\b(?:fund|support|grant|sponsor|award|financ|förder|gefördert|subven|finanz)", re.IGNORECASE)
_NEAR = 60


class Around(Struct, frozen=True):
    """A match in its folded text, with what is before and after it."""

    text: str
    start: int
    end: int
    language: str

    @property
    def before(self) -> str:
        """The signs before the match."""
        return self.text[max(0, self.start - _NEAR) : self.start]

    @property
    def after(self) -> str:
        """The signs after the match."""
        return self.text[self.end : self.end + _NEAR]

    @property
    def matched(self) -> str:
        """The match itself."""
        return self.text[self.start : self.end]

    @property
    def word_before(self) -> str:
        """The word before the match, with its stop, or nothing."""
        found = _WORD_BEFORE.search(self.before)
        return f"{found[1]}{found[2]}" if found else ""

    @property
    def titled(self) -> bool:
        """Whether a title is before the match, with initials between them or not."""
        bare = re.sub(r"(?:\b[A-Z]\.?[\s-]*){1,3}$", "", self.before)
        return any(
            found[1].lower() in listed("titles") for one in (self.before, bare) if (found := _WORD_BEFORE.search(one))
        )


def is_it(secret: Secret, around: Around) -> bool:
    """Return whether a match is what is withheld."""
    judge = _JUDGES.get(secret.judge)
    return judge is None or judge(around)


def eponymous(around: Around) -> bool:
    """Return whether a name is that of a disease, sign or scale here."""
    found = _TERM_AFTER.match(around.after)
    behind = re.findall(r"[^\W\d_]+", found[1]) if found else []
    term = any(word.lower() in listed("eponymous") for word in behind[:1])
    if not term and len(behind) > 1:  # `Young Mania Rating Scale`: the words between begin with capitals
        term = behind[0][0].isupper() and any(word.lower() in listed("eponymous") for word in behind[1:])
    joined = re.match(r"-[A-Z][^\W\d_]", around.after) or re.search(r"[^\W\d_]-$", around.before)
    return term or bool(joined and is_eponym(around.matched))


def _beside_a_name(around: Around) -> bool:
    """Return whether a name is joined to another: `Example & Young, a case`, not `Berger and Lynch syndrome`."""
    joined = re.search(r"[A-Z][\w'-]+\s+(?:&|and|und|et|y|e)\s+$", around.before)
    return bool(joined and re.match(r"\s*(?:[,;:.)(\[\d]|$)", around.after))


def _family(around: Around) -> bool:
    return around.titled or not eponymous(around)


def _word(around: Around) -> bool:
    """Judge a name that is a word too: it is the name with a title, as an agent, or with a capital in a sentence."""
    if around.titled or _NAME_AFTER.match(around.after) or _beside_a_name(around):
        return True
    if around.matched.lower() in _CALENDAR or eponymous(around):
        return False
    if re.match(r"'s\b", around.after) or _ACTS.match(around.after):
        return True
    inside = re.search(r"(?:^|[\s(])[^\W\d_A-Z][^\W\d_]*[\s*_]+$", around.before)
    return bool(inside) and around.language[:2] != "de" and not _CAPITAL_AFTER.match(around.after)


def _eponym(around: Around) -> bool:
    """Judge a name that signs or diseases have too: `Doppler`, `Roux-en-Y`. A capital in a sentence says nothing."""
    if around.titled or _NAME_AFTER.match(around.after) or _beside_a_name(around):
        return True
    acts = re.match(r"'s\b", around.after) or _ACTS.match(around.after)
    agent = re.search(r"\b(?:by|from|courtesy of|thank|and)\s+$", around.before) and not _CAPITAL_AFTER.match(
        around.after
    )
    return bool(acts or agent) and not eponymous(around)


def _initial(around: Around) -> bool:
    """Judge a name with initials; in `hepatitis B. Novak saw` the letter belongs to the word before it."""
    matched = around.matched
    if around.titled or not re.match(r"[A-Z]\b", matched):
        return True
    return not eponymous(around) and around.word_before.lower() not in listed("letters")


def _common(around: Around) -> bool:
    """Judge a name that is a word too, with initials: but not in `A Young Woman` or `Miller A. Long courses`."""
    matched = around.matched
    if around.titled or not re.match(r"[A-Z]\b", matched):
        return True
    before = around.word_before
    listed_name = len(before) > 2 and before[0].isupper() and "." in matched[:4] and around.before.endswith(" ")
    return _initial(around) and not listed_name and not re.match(r"[AIOEY]\s", matched)


def _initials(around: Around) -> bool:
    near = around.text[max(0, around.start - _NEAR) : around.end + _NEAR]
    return any(word.lower() in listed("initials") for word in re.findall(r"[^\W\d_]+", near))


def _place(around: Around) -> bool:
    """Judge one word of an institution: with a capital inside a sentence it is no word at the start of one."""
    return bool(re.search(r"[^\W_A-Z][,;]?[\s*_(]+$|[,(]\s*$", around.before)) and not eponymous(around)


def _titled(around: Around) -> bool:
    return around.titled


def _never(around: Around) -> bool:
    """Judge a town: the text may say where the patient was treated, and the author decides."""
    del around
    return False


def _address(around: Around) -> bool:
    """Judge a name inside a longer word: it is one in a web address, `github.com/jmueller`."""
    start = around.text.rfind(" ", 0, around.start) + 1
    return bool(re.search(r"://|www\.|\b10\.\d{4,9}/|\w@\w", around.text[start:].split(" ", 1)[0]))


def _funds(around: Around) -> bool:
    return bool(_MONEY.search(around.before + around.after))


_JUDGES: dict[str, Callable[[Around], bool]] = {
    "family": _family,
    "word": _word,
    "eponym": _eponym,
    "initial": _initial,
    "common": _common,
    "initials": _initials,
    "title": _titled,
    "place": _place,
    "fund": _funds,
    "town": _never,
    "address": _address,
}


UNSURE = ("initials", "place", "town", "address")
"""How that is judged which is known in a sentence of the author alone."""


def surely(secret: Secret, around: Around) -> bool:
    """Return whether a match in a file is what is withheld: there, words stand beside others by the layout alone."""
    if secret.judge in ("word", "eponym", "common"):
        return around.titled or bool(_NAME_AFTER.match(around.after))
    return is_it(secret, around)
