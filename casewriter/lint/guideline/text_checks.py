"""Checks of texts that a guideline can name: words, counts, citations, and what the last paragraph says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from casewriter.article.counting import words_in
from casewriter.guideline import Check
from casewriter.lint.guideline.fault import Fault, first, paths_of
from casewriter.lint.guideline.places import places, texts, values
from casewriter.lint.guideline.reading import sentences_of
from casewriter.lint.words import SENTENCE_END
from casewriter.model.case import Case

_CITED = re.compile(r"\[(?:[^\]@]*\s)?-?@[^\]\s]+[^\]]*\]")
_KEY = re.compile(r"(?<![\w.])@(?!fig-|tbl-)[\w:./-]*\w")


def words_of(case: Case, path: str) -> list[str]:
    """Return every text at a path."""
    return [text for value in values(case, path) for text in texts(value)]


def contains_any(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where none of the words occurs; with ``position: end``, where none is in the last clause."""
    text = " \n ".join(word for path in paths_of(check) for word in words_of(case, path)).lower()
    if check.position == "end":
        text = re.split(r"[:.?!–—]", text.rstrip(" .?!\n"))[-1]
    if not any(re.search(rf"\b{re.escape(word.lower())}\b", text) for word in check.any_of):
        yield first(check), ""


def not_contains(case: Case, check: Check) -> Iterator[Fault]:
    """Yield one of the words where it occurs."""
    text = " \n ".join(word for path in paths_of(check) for word in words_of(case, path)).lower()
    found = [word for word in check.any_of if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text)]
    if found:
        yield first(check), found[0]


def mentions(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where the text names none of the labels (words in any order, short ones and endings left aside).

    With ``share`` it is enough that this part of a label's words occurs: a label is often longer than its mention.
    """
    text = " ".join(word for path in paths_of(check) for word in words_of(case, path))
    if check.pattern and re.search(check.pattern, text, re.IGNORECASE):
        return
    said = set(stems(text))
    labels = [set(stems(label)) for path in check.of for label in words_of(case, path)]
    labels = [label for label in labels if label]
    if not text.strip() or (
        labels and not any(len(label & said) >= len(label) * (check.share or 1) for label in labels)
    ):
        yield first(check), ""


_COMMON = frozenset(
    "with from after before during into over under this that these those which were been have case cases report "
    "reports "
    "patient patients man woman child treatment treated therapy disease acute chronic severe unknown other".split()
)
"""Words that occur in any title and name nothing."""


def stems(text: str) -> list[str]:
    """Return the longer words without the endings that a plural or adjective changes."""
    found = [word for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in _COMMON]
    return [re.sub(r"(ies|y|es|s|ic|al)$", "", word)[:7] for word in found if len(word) > 3] or found


def keys_cited(text: str) -> int:
    """Return how many keys a text cites."""
    return sum(len(_KEY.findall(group)) for group in _CITED.findall(text))


def cites(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where too few references are cited."""
    count = sum(keys_cited(text) for path in paths_of(check) for text in words_of(case, path))
    if count < (check.minimum or 1):
        yield first(check), str(count)


def words_between(case: Case, check: Check) -> Iterator[Fault]:
    """Yield a text with too few or too many words; a missing text is reported by presence."""
    found = [text for path in paths_of(check) for text in words_of(case, path) if text.strip()]
    if not found:
        return
    count = sum(words_in(re.sub(_CITED, "", text)) for text in found)
    if not (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count):
        yield first(check), f"{count} word{'s' if count != 1 else ''}"


def paragraphs_between(case: Case, check: Check) -> Iterator[Fault]:
    """Yield a text with too few or too many paragraphs."""
    for where, value in places(case, check.path or ""):
        count = len([part for part in re.split(r"\n\s*\n", value) if part.strip()]) if isinstance(value, str) else 0
        if count and not (check.minimum or 0) <= count <= (check.maximum if check.maximum is not None else count):
            yield where, f"{count} paragraphs"


def distinct(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where a text shares more than `share` of its words with another (Jaccard index of the words)."""
    own = {word.lower() for text in words_of(case, check.path or "") for word in re.findall(r"\w+", text)}
    for path in check.of:
        other = {word.lower() for text in words_of(case, path) for word in re.findall(r"\w+", text)}
        if own and other and len(own & other) / len(own | other) > (check.share or 0.6):
            yield first(check), path.replace("_", " ")


_LESSON = re.compile(
    r"\b(?:should|must|ought to|needs? to|lessons?|conclu\w+|highlights?|suggests?|underlin\w+|underscores?|"
    r"emphasi[sz]\w+|"
    r"illustrates?|reminds?|demonstrates?|aware(?:ness)?|recommend\w*|(?:is|are) (?:essential|important|crucial|vital|"
    r"warranted)|(?:may|can|could) (?:prevent|avoid|help|be)|think of|consider\w*)\b",
    re.IGNORECASE,
)


def closing_lesson(case: Case, check: Check) -> Iterator[Fault]:
    """Yield where no part of the discussion ends with a paragraph that cites nothing and draws a lesson."""
    if not any(lessons(text) for path in paths_of(check) for text in words_of(case, path)):
        yield first(check), ""


def lessons(text: str) -> list[str]:
    """Return the sentences of the last paragraph that draw a lesson, where it cites nothing."""
    closing = re.split(r"\n\s*\n", text.strip())[-1]
    return [] if keys_cited(closing) else [one for one in sentences_of([closing]) if _LESSON.search(one)]


def citing(text: str) -> list[str]:
    """Return the sentences that cite, without their citations."""
    return [plain for one in SENTENCE_END.split(text) if keys_cited(one) for plain in sentences_of([one])]


SENTENCES: dict[str, Callable[[str], list[str]]] = {"closing_lesson": lessons, "cites": citing}
"""For checks of what sentences say: the sentences of a text by which they hold."""
