"""Where the title of an article ends and its journal begins."""

from __future__ import annotations

import re

from casewriter.bibliography.pasted.draft import Draft
from casewriter.bibliography.pasted.head import Head
from casewriter.bibliography.pasted.title import tidy
from casewriter.bibliography.pasted.words import LETTER, UPPER, has_word, listed


def take_journal(draft: Draft, head: Head) -> bool:
    """Divide what comes before the tail into title and journal, with a doubt where the division is not plain."""
    text = draft.text.strip(" ,;")
    if draft.record.get("title"):
        return _set_journal(draft, text, head)
    title, journal = _divided(draft, text, head)
    if not journal:
        return False
    draft.put("title", _titled(draft, title))
    return _set_journal(draft, journal, head)


def _titled(draft: Draft, title: str) -> str:
    found = re.search(r"(?:\.\s?|\s(?=[\[(]))[\[(]?(letter|editorial|abstract)[\])]?[.\s]*$", title, re.IGNORECASE)
    if found:
        draft.put("genre", found[1].lower())
        title = title[: found.start()]
    return tidy(title)


def _set_journal(draft: Draft, text: str, head: Head) -> bool:
    journal = text.strip(" ,;:")
    journal = re.sub(r"^(?:In|in):?\s", "", journal)
    journal = journal.rstrip(".") if not re.search(r"\)\.$", journal) else journal[:-1]
    if not journal:
        return False
    draft.put("container-title", journal)
    draft.text = ""
    known = has_word(journal, "journal_heads") and journal[0].isupper() and not re.search(r"\.\s", journal)
    short = listed("journal_words") | listed("journal_abbreviations")
    long_words = [word for word in re.findall(rf"[{LETTER}]+", journal) if word.lower() not in short]
    longest = 14 if known else 10
    # after a year a journal may have lower-case letters, as PubMed writes them: BMJ case reports
    behind_year = head.mark == "year" and journal[0].isupper() and len(journal.split()) <= 6
    unlike = any(word[0].islower() for word in long_words) and not known and not behind_year
    if unlike or len(journal.split()) > longest or re.search(r"[?!“”]", journal):
        draft.doubt(f"container-title: is “{journal}” the journal? the title could end elsewhere")
    return True


def _divided(draft: Draft, text: str, head: Head) -> tuple[str, str]:
    """Return title and journal: divided at the last full stop in front of the abbreviations of a journal."""
    if head.form == "first" and head.mark in (",", ""):
        title, _, journal = text.rpartition(", ")
        word, stop, _ = journal.partition(". ")
        if stop and (has_word(word, "places") or has_word(word, "countries")):  # …, Wuhan, China. Lancet
            title, journal = f"{title}, {word}", journal.removeprefix(f"{word}. ")
        if title:
            title, more = _with_comma(title)
            return title, f"{more}, {journal}" if more else journal
    pieces = _sentences(text)
    if len(pieces) < 2:
        return _divided_otherwise(draft, text)
    first = len(pieces) - 1
    if first > 1 and head.mark == "year" and _SERIES.match(pieces[first - 1]):
        first -= 1
    while first > 1 and _is_short(pieces[first - 1], dotted=head.dotted or "dotted" in draft.signs):
        first -= 1
        if not _is_abbreviation(pieces[first].split()[-1]):
            draft.doubt(f"container-title: “{pieces[first]}” could belong to the title")
    title, journal = (
        _with_comma(pieces[first - 1]) if not _is_abbreviation(pieces[first - 1]) else (pieces[first - 1], "")
    )
    if journal:
        return " ".join((*pieces[: first - 1], title)), " ".join((journal, *pieces[first:]))
    _doubt_title(draft, pieces, first)
    return " ".join(pieces[:first]), " ".join(pieces[first:])


_SERIES = re.compile(
    r"(?:The )?(?:Nature reviews|Lancet|(?:[A-Z]\w+ )?[Jj]ournal of [^.]{3,60}|Biochimica et biophysica acta)\.$"
)
"""The first part of the name of a journal that PubMed writes in two: The Lancet. Oncology."""


def _sentences(text: str) -> list[str]:
    """Return the pieces of a text that full stops end; one of E. coli or vs. does not."""
    pieces: list[str] = []
    for piece in re.split(r"(?:(?<=[.?!])|(?<=[.?!][”’\"]))\s(?=\S)", text):
        if pieces and piece[:1].islower() and re.search(rf"(?:^|[\s(“])(?:[{UPPER}]|vs|cf|ca|resp)\.$", pieces[-1]):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _is_short(piece: str, *, dotted: bool) -> bool:
    """Return whether a piece that a full stop ends is the abbreviation of a word of a journal: Arch., Natl Acad."""
    if not piece.endswith("."):
        return False
    words = piece[:-1].split()
    if not words:
        return False
    capitals = all(word[0].isupper() for word in words)
    if len(words) <= 3 and (_is_abbreviation(piece) or (capitals and _is_abbreviation(words[-1]))):  # Saudi J.
        return True
    if not dotted:
        return False
    limit = 12 if len(words) == 1 else 7
    return (
        len(words) <= 2
        and all(re.fullmatch(rf"[{UPPER}][{LETTER}-]{{0,{limit}}}|&", word) for word in words)
        and words[0] not in ("I", "II", "III", "IV", "V")
    )


def _is_abbreviation(text: str) -> bool:
    """Return whether all words of a text are short forms of words in names of journals: Dtsch. med., Natl Acad."""
    words = re.findall(rf"[{LETTER}]+", text)
    return bool(words) and all(word.lower() in listed("journal_abbreviations") for word in words)


def _with_comma(piece: str) -> tuple[str, str]:
    """Return the title and the beginning of a journal after its commas: Skin, Int. J. Radiat. Oncol., Biol."""
    parts = piece.split(", ")
    first = len(parts)
    while first > 1 and parts[first - 1].endswith(".") and _is_abbreviation(parts[first - 1]):
        first -= 1
    return ", ".join(parts[:first]), ", ".join(parts[first:])


def _doubt_title(draft: Draft, pieces: list[str], first: int) -> None:
    if first < 2 or not pieces[first - 1].endswith("."):
        return
    last = pieces[first - 1].strip(".").split()
    numbered = re.fullmatch(r"[IVX]+|\d+", last[-1]) if last else True
    if numbered or not all(word[0].isupper() for word in last):
        return
    if len(last) <= 3 or (len(last) <= 6 and any(_is_abbreviation(word) for word in last)):
        draft.doubt(f"container-title: the journal could begin earlier, at “{' '.join(last)}”")


def _divided_otherwise(draft: Draft, text: str) -> tuple[str, str]:
    for mark in ("; ", ", ", ": "):
        title, _, journal = text.rpartition(mark)
        if title and re.match(rf"[{UPPER}]", journal) and len(journal.split()) <= 8:
            draft.doubt(f"title, container-title: split at “{mark.strip()}” before “{journal}”")
            return title, journal
    return "", ""
