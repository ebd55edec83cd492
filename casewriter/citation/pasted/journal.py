"""Where the title of an article ends and its journal begins."""

from __future__ import annotations

import re

from casewriter.citation.pasted.draft import Draft
from casewriter.citation.pasted.head import Head
from casewriter.citation.pasted.title import tidy
from casewriter.citation.pasted.words import LETTER, UPPER, has_word, listed


def take_journal(draft: Draft, head: Head) -> bool:
    """Divide what stands before the tail into title and journal, with a doubt where the division is not plain."""
    text = draft.text.strip(" ,;")
    if draft.record.get("title"):
        return _set_journal(draft, text)
    title, journal = _divided(draft, text, head)
    if not journal:
        return False
    draft.put("title", _titled(draft, title))
    return _set_journal(draft, journal)


def _titled(draft: Draft, title: str) -> str:
    found = re.search(r"(?:\.\s?|\s(?=[\[(]))[\[(]?(letter|editorial|abstract)[\])]?[.\s]*$", title, re.IGNORECASE)
    if found:
        draft.put("genre", found[1].lower())
        title = title[: found.start()]
    return tidy(title)


def _set_journal(draft: Draft, text: str) -> bool:
    journal = text.strip(" ,;:")
    journal = re.sub(r"^(?:In|in):?\s", "", journal)
    journal = journal.rstrip(".") if not re.search(r"\)\.$", journal) else journal[:-1]
    if not journal:
        return False
    draft.put("container-title", journal)
    draft.text = ""
    known = has_word(journal, "journal_heads") and journal[0].isupper() and not re.search(r"\.\s", journal)
    long_words = [word for word in re.findall(rf"[{LETTER}]+", journal) if word.lower() not in listed("journal_words")]
    longest = 14 if known else 10
    unlike = any(word[0].islower() for word in long_words) and not known
    if unlike or len(journal.split()) > longest or re.search(r"[?!“”]", journal):
        draft.doubt(f"container-title: is “{journal}” the journal? the title could end elsewhere")
    return True


_SHORT = frozenset(
    "J Am N Engl Int Eur Br Ann Arch Clin Acta Exp Proc Rev Nat Semin Curr Dtsch Scand Natl Med Rheum".split()
)


def _divided(draft: Draft, text: str, head: Head) -> tuple[str, str]:
    """Return title and journal: divided at the last full stop in front of the abbreviations of a journal."""
    if head.form == "first" and head.mark in (",", ""):
        title, _, journal = text.rpartition(", ")
        word, stop, _ = journal.partition(". ")
        if stop and (has_word(word, "places") or has_word(word, "countries")):  # …, Wuhan, China. Lancet
            title, journal = f"{title}, {word}", journal.removeprefix(f"{word}. ")
        if title:
            return title, journal
    pieces = re.split(r"(?:(?<=[.?!])|(?<=[.?!][”’\"]))\s(?=\S)", text)
    if len(pieces) < 2:
        return _divided_otherwise(draft, text)
    first = len(pieces) - 1
    while first > 1 and _is_short(pieces[first - 1], dotted=head.dotted or "dotted" in draft.signs):
        first -= 1
    if len(pieces[first].strip(".")) > 8 and first < len(pieces) - 1:
        draft.doubt(f"container-title: “{pieces[first]}” could belong to the title")
    _doubt_title(draft, pieces, first)
    return " ".join(pieces[:first]), " ".join(pieces[first:])


def _is_short(piece: str, *, dotted: bool) -> bool:
    """Tell whether a piece that a full stop ends is the abbreviation of a word of a journal: Arch., Natl Acad."""
    if not piece.endswith("."):
        return False
    words = piece[:-1].split()
    if not words:
        return False
    if not dotted:
        return all(word in _SHORT for word in words) and len(words) <= 2
    limit = 12 if len(words) == 1 else 7
    return (
        len(words) <= 2
        and all(re.fullmatch(rf"[{UPPER}][{LETTER}-]{{0,{limit}}}|&", word) for word in words)
        and words[0] not in ("I", "II", "III", "IV", "V")
    )


def _doubt_title(draft: Draft, pieces: list[str], first: int) -> None:
    if first < 2 or not pieces[first - 1].endswith("."):
        return
    last = pieces[first - 1].strip(".").split()
    numbered = re.fullmatch(r"[IVX]+|\d+", last[-1]) if last else True
    if numbered or not all(word[0].isupper() for word in last):
        return
    if len(last) <= 3 or (len(last) <= 6 and set(last) & _SHORT):
        draft.doubt(f"container-title: the journal could begin earlier, at “{' '.join(last)}”")


def _divided_otherwise(draft: Draft, text: str) -> tuple[str, str]:
    for mark in ("; ", ", ", ": "):
        title, _, journal = text.rpartition(mark)
        if title and re.match(rf"[{UPPER}]", journal) and len(journal.split()) <= 8:
            draft.doubt(f"title, container-title: divided at “{mark.strip()}” before “{journal}”")
            return title, journal
    return "", ""
