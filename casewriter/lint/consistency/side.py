"""DATA: left in the prose and right in the data."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.dated import stems_of
from casewriter.lint.statement.located import COMPARED, Located, located
from casewriter.lint.statement.site import Side, sides
from casewriter.lint.statement.story import Sentence, story
from casewriter.lint.words import CaseProse
from casewriter.problem import Level
from casewriter.source import Source


@rule("DATA034", "side-contradicts", Level.WARNING)
def side_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text says left where the data say right, or vice versa.

    The side is read together with the part of the body after it (“left flank”, “right leg”), in a sentence that shares
    another word with the record. A part is reported if the data name it on the other side only. Remedy: correct one of
    the two: a wrong side has led to operations on the wrong one. Source: CARE items 5 to 8.
    """
    told = story(prose)
    known = [(one, side) for one in located(told) for side in sides(one.text, told.language)]
    for sentence in told.sentences if known else ():
        if sentence.is_datum or (told.english and not sentence.folded & {"left", "right"}):
            continue
        for side in sides(sentence.text, told.language, sentence.start, sentence.end):
            begin, end = sentence.clause(side.start)
            if sentence.of_others or COMPARED.search(sentence.text, begin, end):
                continue
            wrong = _opposite(sentence, side, known)
            if wrong is not None:
                quote, nth = sentence.quote(side.start, side.end)
                name = wrong.fact.record.title() or wrong.text
                message = (
                    f"the text says “{quote}”; the data say {_excerpt(wrong, side)} ({place(source, wrong.fact.path)})"
                )
                yield Found(message, sentence.path, f"correct one of the two: {name}"[:120], quote, nth)


def _excerpt(one: Located, side: Side) -> str:
    other = next((s for s in sides(one.text, "en") if set(s.words) & set(side.words)), None)
    return f"“{one.text[other.start : other.end].strip()}”" if other else one.text[:60]


def _opposite(sentence: Sentence, side: Side, known: list[tuple[Located, Side]]) -> Located | None:
    """Return the record that has the part on the other side, where none has it on this one."""
    begin, end = sentence.clause(side.start)
    words = {word for word in side.words if len(word) > 2 and word not in _UPPER}
    same = [(one, other) for one, other in known if words & set(other.words)]
    own = [pair for pair in same if sentence.path[: len(pair[0].fact.path)] != pair[0].fact.path]
    if not own or any(other.left is side.left for _, other in same):
        return None
    shared = stems_of(sentence.text[begin:end]) - {word[:7] for word in side.words} - {"left", "right"}
    return next((one for one, _ in own if one.stems & shared), None)


_UPPER = frozenset("upper lower middle posterior anterior lateral medial proximal distal side sided".split())


RULES = (side_contradicts,)
