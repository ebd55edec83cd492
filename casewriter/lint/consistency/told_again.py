"""DATA: the patient described again in the discussion, as a man where the data say female."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.statement.dated import stems_of
from casewriter.lint.words import CITATION, CaseProse, sentences
from casewriter.model.case import Case
from casewriter.model.records import texts
from casewriter.problem import Path

_PERSON = re.compile(r"\b[Aa]n? (?:[a-z-]+ )?(?P<who>man|woman|boy|girl) (?:with|who|on|after)\b")
_ELSE = re.compile(
    r"\b(?:reported|described|published|series|et al|another|other|cases?|literature|review\w*|unlike|whereas|first"
    r"|earlier"
    r"|previous\w*)\b",
    re.IGNORECASE,
)
_OWN = ("observation", "diagnosis", "treatment")


def again(case: Case, prose: CaseProse) -> Iterator[tuple[re.Match[str], Path, str]]:
    """Yield “a man with diabetes and a hepaticojejunostomy” of a discussion where both are what this patient has."""
    known: frozenset[str] | None = None
    for path, text, plain in prose.uncited:
        if path[0] != "discussion" or not _PERSON.search(plain):
            continue
        for start, words in sentences(plain):
            found = _PERSON.search(plain, start, start + len(words))
            if found is None or CITATION.search(text[start : start + len(words)]) or _ELSE.search(words):
                continue
            known = _known(case) if known is None else known
            if len(stems_of(plain[found.end() : start + len(words)]) & known) >= 2:
                yield found, path, plain


def _known(case: Case) -> frozenset[str]:
    """Return the words of the records and of the history; running text has too many words to tell patients apart."""
    history = ("observation", "history")
    own = (text for path, text in texts(case) if path[0] in _OWN and (path[:2] == history or "narrative" not in path))
    return frozenset().union(*(stems_of(str(text)) for text in own))
