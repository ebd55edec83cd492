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
    said = _count(len(case.keywords), profile.keywords, "keywords", profile)
    if said:
        yield Found(said, ("keywords",), "add or remove some", on_key=True)
    yield from _lacking(case, "keywords", profile.keywords, profile)


@rule("JRNL017", "learning-points-count", Level.WARNING)
def learning_points_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of learning points does not match the journal's instructions.

    Source: the journal's instructions, as recorded in the profile (`casewriter profile NAME`); check the journal's own
    page.
    """
    if said := _count(len(case.learning_points), profile.learning_points, "learning points", profile):
        yield Found(said, ("learning_points",), "write learning_points: [ … ]", on_key=True)
    yield from _lacking(case, "learning_points", profile.learning_points, profile)


@rule("JRNL028", "highlights-count", Level.WARNING)
def highlights_count(case: Case, profile: Profile) -> Iterator[Found]:
    """The number of highlights does not match the journal's instructions.

    Elsevier prints three to five short points before the paper. Source: the journal's instructions, as recorded in the
    profile (`casewriter profile NAME`); check the journal's own page.
    """
    if said := _count(len(case.highlights), profile.highlights, "highlights", profile):
        yield Found(said, ("highlights",), "write highlights: [ … ]", on_key=True)
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


def _count(number: int, asked: Count, words: str, profile: Profile) -> str | None:
    least, most = asked.minimum, asked.maximum
    if (least is None or number >= least) and (most is None or number <= most):
        return None
    both = (
        f"{least} to {most}"
        if least is not None and most is not None
        else f"at least {least}"
        if most is None
        else f"at most {most}"
    )
    return f"{number} {words}; {profile.name} asks for {both}"


RULES = (keywords_count, learning_points_count, highlights_count, entry_long)
