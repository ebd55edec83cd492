"""What a lack of one record weighs: the item is weak where most of them are inadequate, or the one that matters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from casewriter.article.chronicle import entries
from casewriter.guideline import Adequacy, Check
from casewriter.lint.guideline.checks import has
from casewriter.lint.guideline.fault import Fault, paths_of
from casewriter.lint.guideline.places import child, elements, filled, meets, places
from casewriter.lint.guideline.reading import matches
from casewriter.lint.guideline.text_checks import stems, words_of
from casewriter.model.base import Listing
from casewriter.model.case import Case
from casewriter.problem import Path


def weighed(case: Case, check: Adequacy, found: list[Fault], sentences: Iterable[str]) -> tuple[list[Fault], bool]:
    """Return the faults that stand and whether they weaken the item; what a sentence says of a record is no lack."""
    if check.rule == "covers":
        unsorted = any(not entry.kind for entry in entries(case))  # what has no kind may be of any
        return found, not unsorted and 2 * len(found) > len(check.values)
    looked = dict(_looked_at(case, check))
    if not looked:
        return found, True
    told = list(sentences)
    kept = [
        fault
        for fault in found
        if not check.or_said or fault[0] not in looked or not _said(looked[fault[0]], check, told)
    ]
    poor = [place for place, _ in kept if place not in looked or not _nearly(looked[place], check)]
    main = _main(case, check, looked)
    few = len(looked) - len(poor) < len(looked) * (check.share or 0.5)
    return kept, few or any(place in poor for place in main)


def _looked_at(case: Case, check: Check) -> Iterable[tuple[Path, Any]]:
    """Yield the records that a check of each record looks at."""
    if check.rule not in ("each_has", "each_matches", "timed"):
        return
    for path in paths_of(check) or ("timeline.events[]",):
        for where, value in places(case, path):
            several = isinstance(value, Listing | tuple | dict)
            for place, item in elements(where, value) if several else [(where, value)]:
                if item is not None and meets(item, check.condition):
                    yield place, item


def _nearly(item: Any, check: Check) -> bool:
    """Return whether a record has enough of what is asked, though not all."""
    return check.enough is not None and sum(has(item, key) for key in check.keys) >= check.enough


def _main(case: Case, check: Check, looked: dict[Path, Any]) -> list[Path]:
    """Return the records that matter: those whose whole label is named where the guideline says, such as the title."""
    named = {stem for path in check.main for text in words_of(case, path) for stem in stems(text)}
    return [place for place, item in looked.items() if (own := set(stems(_label(item)))) and own <= named]


def _said(item: Any, check: Adequacy, sentences: list[str]) -> bool:
    own = set(stems(_label(item)))
    return matches(check.or_said, str(child(item, "label") or "")) or any(
        own and 2 * len(own & set(stems(sentence))) >= len(own) and matches(check.or_said, sentence)
        for sentence in sentences
    )


def _label(item: Any) -> str:
    label = child(item, "label") or " ".join(child(item, "components") or ())
    return re.sub(r"\([^)]*\)", "", str(label)) if filled(label) else ""
