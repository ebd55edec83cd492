"""JRNL: how many keywords, highlights and learning points the journal asks for, and how long each may be."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level
from casewriter.profile import Profile
from casewriter.profile_parts import Count


@rule("JRNL011", "keywords-count", Level.WARNING)
def keywords_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of keywords, or a required keyword, does not match the journal's instructions.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    yield from _count(case, "keywords", profile.keywords, profile)
    yield from _lacking(case, "keywords", profile.keywords, profile)


@rule("JRNL017", "learning-points-count", Level.WARNING)
def learning_points_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of learning points does not match the journal's instructions.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    yield from _count(case, "learning_points", profile.learning_points, profile)
    yield from _lacking(case, "learning_points", profile.learning_points, profile)


@rule("JRNL028", "highlights-count", Level.WARNING)
def highlights_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of highlights does not match the journal's instructions.

    Elsevier prints three to five short points before the paper. Source: the journal's instructions, as recorded in the
    profile (`casewriter profile NAME`); check the journal's own page.
    """
    yield from _count(case, "highlights", profile.highlights, profile)
    yield from _lacking(case, "highlights", profile.highlights, profile)


@rule("JRNL029", "entry-long", Level.WARNING)
def entry_long(case: Case, profile: Profile) -> Iterator[Found]:
    """A highlight, keyword or learning point has more characters than the journal allows.

    Spaces count. Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the
    journal's own page.
    """
    for key in ("highlights", "keywords", "learning_points"):
        most = getattr(profile, key).max_chars
        for number, text in enumerate(getattr(case, key) if most is not None else ()):
            if (length := len(text.strip())) > most:
                message = f"{length} characters; {profile.name} allows {most} in each of the {key.replace('_', ' ')}"
                yield Found(message, (key, number), f"remove {length - most}")


def _lacking(case: Case, key: str, asked: Count, profile: Profile) -> Iterator[Found]:
    """Yield the words that the journal requires in one of the entries and that none has."""
    words = " | ".join(getattr(case, key)).lower() if asked.must_contain else ""
    for wanted in asked.must_contain:
        if wanted.lower() not in words:
            message = f"{profile.name} requires “{wanted}” among the {key.replace('_', ' ')}"
            yield Found(message, (key,), "add it", on_key=True)


def _count(case: Case, key: str, asked: Count, profile: Profile) -> Iterator[Found]:
    """Yield that a list has too few or too many entries, with how many to add or remove."""
    number, least, most = len(getattr(case, key)), asked.minimum, asked.maximum
    if (least is None or number >= least) and (most is None or number <= most):
        return
    both = (
        f"{least} to {most}"
        if least is not None and most is not None
        else f"at least {least}"
        if most is None
        else f"at most {most}"
    )
    message = f"{number} {key.replace('_', ' ')}; {profile.name} asks for {both}"
    yield Found(message, (key,), _remedy(key, number, least or 0, most), on_key=True)


def _remedy(key: str, number: int, least: int, most: int | None) -> str:
    """Return what to do: “remove 1 or 2”, “add 3”; where there is no entry yet, the key to write."""
    if most is not None and number > most:
        if not most:
            return f"remove {key}:"
        return f"remove {_between(number - most, number - (least or most))}"
    missing = _between(least - number, None if most is None else most - number)
    return f"add {missing}" if number else f"write {key}: [ … ] with {missing}"


def _between(least: int, most: int | None) -> str:
    """Return “2”, “2 or 3”, “2 to 4”, or “2 or more”."""
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} {'or' if most == least + 1 else 'to'} {most}"


RULES = (keywords_count, learning_points_count, highlights_count, entry_long)
