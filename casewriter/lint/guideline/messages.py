"""What lint says of a guideline item: missing, incomplete, thin, or for a person to decide."""

from __future__ import annotations

from casewriter.guideline import Adequacy, Guideline, GuidelineItem
from casewriter.lint.guideline.checks import faults
from casewriter.lint.guideline.fault import paths_of
from casewriter.lint.guideline.parts import Found
from casewriter.lint.guideline.reading import shortened
from casewriter.lint.guideline.told import named_prose, readable
from casewriter.model.case import Case
from casewriter.problem import Kind, Level, Path, Problem
from casewriter.profile import Profile

OVERRULED = Kind(
    "JRNL004",
    "guideline-overruled",
    Level.INFO,
    """The journal requires the opposite of the reporting guideline, and the journal takes precedence.

The guideline item is judged without that part; the message names the item and the reason. No action is needed.
Source: `overrides` of the journal's profile.""",
)


def overruled(guideline: Guideline, item: GuidelineItem, profile: Profile, because: str) -> Problem:
    """Return the note that a journal takes precedence over the guideline."""
    message = f"{guideline.name} item {item.id} is judged as {profile.name} requires: {because}"
    return Problem(OVERRULED, message, place(item), on_key=True, items=(item.id,))


def unsure(guideline: Guideline, item: GuidelineItem, quote: str | None) -> Problem:
    """Return the question whether the case tells an item, with what was read."""
    looked = item.reading.looks_for if item.reading else item.requirement
    read = f"; it reads: “{shortened(quote)}”" if quote else ""
    message = f"item {item.id} ({item.topic}): does the case tell this? Looked for {looked}{read}"
    may_waive = item.na_allowed and "waive the item" not in item.remedy
    waive = f", or waive it: {guideline.answers}: {{not_applicable: {{{item.id}: why}}}}" if may_waive else ""
    hint = f"{item.remedy}; or confirm it: {guideline.answers}: {{confirmed: {{{item.id}: yes}}}}{waive}"
    return Problem(
        guideline.kinds[guideline.codes.prose], message, place(item), hint=hint, items=(item.id,), on_key=True
    )


def incomplete(guideline: Guideline, item: GuidelineItem, found: Found) -> Problem:
    """Return what is said of an item of which only some parts are there."""
    kind = guideline.kinds[guideline.codes.incomplete or item.code]
    lacks = [f"not found: {', '.join(found.none)}"] if found.none else []
    lacks += [f"only in part: {', '.join(found.some)}"] if found.some else []
    has = f" (found: {', '.join(found.full)})" if found.full else ""
    read = f"; the nearest sentence reads: “{shortened(found.quote)}”" if found.quote else ""
    message = f"item {item.id} ({item.topic}) is incomplete; {'; '.join(lacks)}{has}{read}"
    return Problem(kind, message, _first_lacking(item, found), hint=item.remedy, items=(item.id,), on_key=True)


def _first_lacking(item: GuidelineItem, found: Found) -> Path:
    paths = paths_of(found.lacking[0]) if found.lacking else ()
    return tuple(step.removesuffix("[]") for step in paths[0].split("|")[0].split(".")) if paths else place(item)


def missing(case: Case, guideline: Guideline, item: GuidelineItem, found: Found) -> Problem:
    """Return what is said of an item of which nothing is there."""
    read = item.reading if named_prose(case, item) and readable(case) else None
    seen = f"; prose was searched for {read.looks_for}" if read else ""
    wrong = [fault for check in found.lacking for fault in faults(case, check)]
    where = wrong[0][0] if wrong else place(item)
    kind = guideline.kinds[item.code]
    return Problem(kind, item.missing + seen, where, hint=item.remedy, items=(item.id,), on_key=True)


def weak(guideline: Guideline, item: GuidelineItem, check: Adequacy, path: Path, what: str) -> Problem:
    """Return what a check of adequacy found."""
    message = check.says.replace("{what}", what)
    return Problem(guideline.kinds[check.code], message, path, hint=check.remedy, items=(item.id,), on_key=True)


def place(item: GuidelineItem) -> Path:
    """Return where an item belongs in a case."""
    return tuple(part.removesuffix("[]") for part in item.field[0].split("."))
