"""DATA: treatments that were given by the text and not by the data, or the other way round; and the patient's death."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casewriter.lint.consistency.place import place
from casewriter.lint.rule import Found, rule
from casewriter.lint.statement.index import Mention
from casewriter.lint.statement.late import Late
from casewriter.lint.statement.story import Sentence, Story, story
from casewriter.lint.words import CaseProse
from casewriter.model.case import Case
from casewriter.problem import Level, Path
from casewriter.source import Source

_GIVEN = r"(?:given|administered|started|begun|performed|done|carried out|used|prescribed|infused|injected|applied)"
_ENDS = r"(?=\s*(?:[.,;)]|$|because|as (?:she|he|the)|since|owing|due))"
_NOT_BEHIND = Late(
    rf" (?:itself )?(?:(?:was|were|had) (?:not|never)(?: been)? {_GIVEN}{_ENDS}|(?:was|were) (?:declined|refused"
    rf"|withheld|not needed)\b"
    r"|(?:was|were) (?:offered|proposed|advised)(?: \w+)?(?:,)? (?:but|and) (?:declined|refused))",
    re.IGNORECASE,
)
_NOT_BEFORE = Late(
    r"\b(?:(?:declined|refused)|(?:did not|never) (?:receive[d]?|undergo|underwent|take|took)|was (?:not"
    r"|never) (?:given|treated with))"
    r" (?:the |any |an? |to undergo )?(?:\w+ )?$",
    re.IGNORECASE,
)
_DONE_BEHIND = Late(
    rf"(?: \d[\d.]* ?(?:mg|g|µg|mL|IU|U)(?:/\w+)?)?(?: (?:daily|once|twice daily))? (?:was|were) (?:then |also "
    rf"|successfully )?{_GIVEN}\b"
    r"(?! (?:but|only if|if))",
    re.IGNORECASE,
)
_DONE_BEFORE = Late(
    r"\b(?:received|underwent|was treated with|was given|took|was started on) (?:the |an? |oral |intravenous )?$", re.I
)
_CHANGED = Late(r"\b(?:again|anew|longer|restart\w*|until|yet|at first|initially|before|repeat\w*)\b", re.IGNORECASE)


@rule("DATA037", "status-contradicts", Level.WARNING)
def status_contradicts(prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about whether a treatment was given.

    “Was given”, “received” and “underwent” are compared with `status: declined`, `planned`, `advised` and
    `unavailable`; “was not given”, “was declined” and “refused” with treatments that the data list as given. Remedy:
    correct one of the two.
    """
    told = story(prose)
    for sentence in told.sentences if told.english else ():
        if not any(one.of("intervention") for one in sentence.mentions) or sentence.of_others:
            continue
        for one in sentence.mentions:
            records = [fact for fact in one.of("intervention") if sentence.path[: len(fact.path)] != fact.path]
            said = _said(sentence, one) if records else None
            if said is None or _CHANGED.search(sentence.text, *sentence.clause(one.start)):
                continue
            done, start, end = said
            if all(_was_given(fact.record) is (not done) for fact in records) and not sentence.says(
                one.start, "unsure"
            ):
                quote, nth = sentence.quote(start, end)
                status = records[0].record.status or "given"
                where = place(source, records[0].path)
                message = f"the text says “{quote}”; the data say {records[0].record.title()} {status} ({where})"
                yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _said(sentence: Sentence, one: Mention) -> tuple[bool, int, int] | None:
    """Return whether the text says that something was done, and where; None where it says neither."""
    text, start = sentence.text, max(sentence.start, one.start - 50)
    for pattern, done in ((_NOT_BEHIND, False), (_DONE_BEHIND, True)):
        if found := pattern.match(text, one.end, sentence.end):
            return done, one.start, found.end()
    for pattern, done in ((_NOT_BEFORE, False), (_DONE_BEFORE, True)):
        if found := pattern.search(text[start : one.start]):
            return done, start + found.start(), one.end
    return None


def _was_given(record: Any) -> bool | None:
    if record.status in ("declined", "planned", "advised", "unavailable"):
        return False
    if record.status in ("given", "stopped"):
        return True
    return True if record.at is not None and record.status is None else None


_SUBJECT = r"\b(?:the )?(?:patient|she|he|infant|child|boy|girl|man|woman)"
_DIED = Late(
    rf"{_SUBJECT} (?:then |finally |eventually |subsequently |unfortunately )?(?:died|expired|passed away|succumbed)\b"
    rf"|{_SUBJECT} (?:did not survive|was (?:declared|pronounced) dead|could not be (?:saved|resuscitated))\b"
    r"|\b(?:death of the patient|the patient[’']s death|(?:her|his) death)\b|\bfatal (?:outcome|course)\b",
    re.IGNORECASE,
)
_LIVES = Late(
    rf"{_SUBJECT} (?:has |had )?(?:is alive|was alive|remains alive|survived|recovered (?:fully|completely)"
    rf"|made a (?:full|complete) recovery"
    r"|(?:recovered|improved)(?: [a-z]+)? and (?:was discharged|went home|left|returned)|(?:had"
    r"|made) an uneventful recovery"
    r"|(?:(?:then|finally|eventually|later|soon) )?(?:was (?:finally |later |then )?discharged(?! from (?:the"
    r"|another|a)\b)"
    r"|left (?:the )?hospital|went home|returned home)"
    r"|fully recovered|(?:was|is|remains|remained) (?:well|symptom-free|free of symptoms"
    r"|in (?:complete )?remission) at (?:the )?(?:last|final|\w+[- ]month|\w+[- ]year))\b",
    re.IGNORECASE,
)
_SIGNS = frozenset(
    "died expired passed succumbed death fatal alive survived recovered recovery well remission free symptom"
    " discharged home left uneventful"
    " survive dead saved resuscitated".split()
)
_DEATH = Late(r"\b(?:death|died|deceased|fatal)\b", re.IGNORECASE)


@rule("DATA036", "death-contradicts", Level.WARNING)
def death_contradicts(case: Case, prose: CaseProse, source: Source) -> Iterator[Found]:
    """The text and the data disagree about whether the patient died.

    “The patient died”, “her death”, “fatal outcome”, “survived”, “recovered fully” and “is alive” are compared with
    `follow_up.death` and with outcomes and events that name a death. Remedy: correct one of the two, or write
    `follow_up: {death: {at: …, cause: …}}`. Source: CARE item 10a.
    """
    told = story(prose)
    follow = case.follow_up
    if follow is None or not told.english:
        return
    death = _death(case)
    survival = _outcome(told) if death is None else None
    pattern, known = (_LIVES, death) if death else (_DIED, survival)
    for sentence in told.sentences if known else ():
        if not sentence.folded & _SIGNS:
            continue
        found = pattern.search(sentence.text, sentence.start, sentence.end)
        if found and death and _LEFT.search(found[0]) and _went_home(told):
            continue
        if not found or sentence.of_others or _is_denied(sentence, found) or _is_datum(sentence.path):
            continue
        quote, nth = sentence.quote(*found.span())
        stated = "a death" if death else "an outcome, and no death"
        message = f"the text says “{quote}”; the data say {stated} ({place(source, known or ())})"
        yield Found(message, sentence.path, "correct one of the two", quote, nth)


def _is_denied(sentence: Sentence, found: re.Match[str]) -> bool:
    """Return whether a statement is denied or doubted, but for the “not” and “could” that it holds itself."""
    return " not " not in found[0] and sentence.says(found.start(), "unsure", "no")


def _is_datum(path: Path) -> bool:
    return path[:2] in (("timeline", "events"), ("follow_up", "outcomes"), ("follow_up", "death"))


def _death(case: Case) -> Path | None:
    """Return where the data say that the patient died."""
    if case.follow_up and case.follow_up.death:
        return ("follow_up", "death")
    for path, part in case.models:
        if path[:2] in (("timeline", "events"), ("follow_up", "outcomes")) and _DEATH.search(
            str(getattr(part, "label", None) or "")
        ):
            return path
    return None


def _outcome(told: Story) -> Path | None:
    """Return the last outcome of a patient who is not said to have died."""
    outcomes = [fact.path for fact in told.index.facts if fact.path[:2] == ("follow_up", "outcomes")]
    return outcomes[-1] if outcomes else None


def _went_home(told: Story) -> bool:
    """Return whether the data themselves have the patient leave hospital, so that the text may say so too."""
    return any(_HOME.search(str(fact.record.title() or "")) for fact in told.index.facts)


_HOME = Late(r"\b(?:discharge\w*|home|readmi\w+|left (?:the )?hospital|outpatient)\b", re.IGNORECASE)
_LEFT = Late(r"\b(?:discharged|left|home)\b", re.IGNORECASE)


RULES = (status_contradicts, death_contradicts)
