"""CSL's `text-case`: lower, upper, capitalised, sentence and title case, marks and protected spans left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from casewriter.csl.text import CLOSE, OPEN

_SMALL = frozenset(
    """a about above across afore after against al along alongside amid amidst among amongst an anenst and apropos apud
    around as aside astride at athwart atop barring before behind below beneath beside besides between beyond
    but by c ca circa d' de despite down during et except for forenenst from given in inside into la le lest
    like modulo near next nor notwithstanding of off on onto or out over per plus pro qua sans since so than the
    through thru throughout thruout till to toward towards under underneath until unto up upon v v. van versus
    via vis-à-vis von vs vs. with within without yet""".split()
)
"""English words that title case leaves small inside a title (CSL 1.0.2, appendix IV: the stop words)."""

_MARKS = "\uf880-\uf8cf"
_KEPT = ("nocase", "superscript", "subscript", "smallcaps")
_PROTECTED = re.compile("|".join(f"{OPEN[style]}.*?{CLOSE[style]}" for style in _KEPT))
_WORD = re.compile(rf"[^\s{_MARKS}/—–-]+")
_TITLE_WORD = re.compile(rf"[^\s{_MARKS}—–/-]+")
_LEADING = re.compile(r"^[^\w]+")
_AFTER = re.compile(rf"[:?!][{_MARKS}”’\"')\]]*\s+[{_MARKS}“‘\"'(\[]*$")


def change_case(text: str, case: str | None, *, english: bool = True) -> str:
    """Return a text in a case of CSL; `title` changes English only."""
    match case:
        case "lowercase":
            return _unprotected(text, str.lower)
        case "uppercase":
            return _unprotected(text, str.upper)
        case "capitalize-first":
            return _capitalise_first(text)
        case "capitalize-all":
            return _unprotected(text, lambda part: _WORD.sub(lambda w: _upper_first(w[0]), part))
        case "sentence":
            return _sentence(text)
        case "title" if english:
            return _title(text)
        case _:
            return text


def _unprotected(text: str, change: Callable[[str], str]) -> str:
    parts, end = [], 0
    for found in _PROTECTED.finditer(text):
        parts += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, change(text[end:])])


def _upper_first(word: str) -> str:
    return word[:1].upper() + word[1:]


def _capitalise_first(text: str) -> str:
    for found in re.finditer(rf"[^\s{_MARKS}]", text):
        if not found[0].isalnum():
            continue
        if any(p.start() <= found.start() < p.end() for p in _PROTECTED.finditer(text)):
            return text
        word = re.match(rf"[^\s{_MARKS}]+", text[found.start() :])
        if word and word[0] != word[0].lower():
            return text
        return text[: found.start()] + found[0].upper() + text[found.end() :]
    return text


def _shouts(text: str) -> bool:
    """Return whether every letter is a capital."""
    return text == text.upper() and text != text.lower()


def _sentence(text: str) -> str:
    if _shouts(re.sub(_PROTECTED, "", text)):
        text = _unprotected(text, str.lower)
    return _capitalise_first(text)


def _title(text: str) -> str:
    protected = [(p.start(), p.end()) for p in _PROTECTED.finditer(text)]
    words = [w for w in _TITLE_WORD.finditer(text) if any(c.isalnum() for c in w[0])]
    parts, end = [], 0
    for number, found in enumerate(words):
        parts.append(text[end : found.start()])
        end = found.end()
        if any(a <= found.start() < b for a, b in protected):
            parts.append(found[0])
            continue
        edge = number in (0, len(words) - 1) or bool(_AFTER.search(text[max(0, found.start() - 12) : found.start()]))
        parts.append(_title_word(found[0], edge=edge, hyphened=text[found.end() : found.end() + 1] == "-"))
    return "".join([*parts, text[end:]])


def _title_word(word: str, *, edge: bool, hyphened: bool) -> str:
    """Return a word of a title: a capital for a small word unless it is a stop word; capitals stay."""
    leading = _LEADING.match(word)
    start = leading.end() if leading else 0
    bare = re.sub(r"[^\w.'’]+$", "", word[start:])
    letter = len(bare) == 1
    stays = (bare.rstrip(".,;") in _SMALL or letter) and not edge and not hyphened
    if word != word.lower() or (letter and not bare.isascii()) or stays:
        return word
    return word[:start] + _upper_first(word[start:])
