"""DATA: the second or third of a row of procedures on another day than in the data."""

from __future__ import annotations

from casewriter.lint.statement.dated import Dated, stems_of
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.moment import Said, rank
from casewriter.lint.statement.story import Sentence

_NTH = Late(
    r"\b(?P<nth>second|third|fourth|fifth) (?P<noun>[a-z-]+(?: [a-z-]+)?)(?:,? (?:which |that )?(?:was|were"
    r"|had been|took"
    r"|followed|came)(?: (?:needed|done|performed|carried out|given|made|required|undertaken|place))?)?,?"
    r" (?:on|in|at)? ?(?:the )?$",
    2,
)
_GENERAL = frozenset(("session", "proced", "procedu", "attempt", "interve", "operati", "treatme", "sitting"))


def nth_on(sentence: Sentence, said: Said, known: list[Dated]) -> tuple[int, int, Dated] | None:
    """Return the stretch and record where “a second session on the seventh day” was on another day."""
    begin = max(sentence.start, said.start - 70)
    found = _NTH.search(sentence.text[begin : said.start])
    stems = stems_of(found["noun"]) if found else frozenset()
    if not found or not stems:
        return None
    records = _numbered(known, rank(found["nth"]), found["nth"].lower(), stems)
    if not records or any(said.meets(*entry.begins) or (entry.ends and said.meets(*entry.ends)) for entry in records):
        return None
    return begin + found.start(), said.end, records[0]


def _numbered(known: list[Dated], count: int, nth: str, stems: frozenset[str]) -> list[Dated]:
    """Return the records that are called the second, or are the second in time of those with the noun."""
    done = [entry for entry in known if entry.fact.sort in ("intervention", "study", "specimen")]
    of_noun = [
        entry for entry in done if stems & entry.stems or (stems & _GENERAL and entry.fact.sort == "intervention")
    ]
    called = [entry for entry in of_noun if nth in str(entry.fact.record.title() or "").lower()]
    if called or stems & _GENERAL:
        return called
    days = sorted({entry.begins[0] for entry in of_noun})
    return [entry for entry in of_noun if entry.begins[0] == days[count - 1]] if len(days) >= count else []
