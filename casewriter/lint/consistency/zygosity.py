"""DATA: a variant that prose and data give in two zygosities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import story
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level, Path
from casewriter.source import Source

_ZYGOUS = Late(r"\b(?P<kind>homo|(?<!compound )hetero|hemi)zyg(?:ous|osity|ote)\w*", re.IGNORECASE)
_PARENTS = Late(
    r"\b(?:parents?|carriers?|compound|if|would|may|might|not|no|neither|usually|disease|inheritance)\b", re.IGNORECASE
)


@rule("DATA039", "zygosity-contradicts", Level.WARNING)
def zygosity_contradicts(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text calls a variant homozygous and the data heterozygous, or vice versa.

    The text is reported if no variant or event in the data has its word and the data have the other. Remedy: correct
    one of the two. Source: HGVS recommendations for the description of alleles; ACMG/AMP 2015 (zygosity in a report).
    """
    known = dict(_known(case))
    for sentence in story(prose).sentences if known else ():
        found = _ZYGOUS.search(sentence.text, sentence.start, sentence.end) if "zyg" in sentence.text else None
        if not found or sentence.is_datum or sentence.of_others or _PARENTS.search(sentence.words):
            continue
        if found["kind"].lower() not in known:
            quote, nth = sentence.quote(*found.span())
            kind, path = next(iter(known.items()))
            message = f"the text says “{quote}”; the data say {kind}zygous ({place(source, path)})"
            yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _known(case: Case) -> Iterator[tuple[str, Path]]:
    """Yield each zygosity that variants and events name, with its place."""
    for number, one in enumerate(case.genetics.variants if case.genetics else ()):
        for found in _ZYGOUS.finditer(str(one.zygosity or "")):
            yield found["kind"].lower(), ("genetics", "variants", number, "zygosity")
    for number, event in enumerate(case.timeline.events if case.timeline else ()):
        for found in _ZYGOUS.finditer(str(event.label or "")):
            yield found["kind"].lower(), ("timeline", "events", number)


RULES = (zygosity_contradicts,)
