"""JRNL: values of the profile that were remembered, or read in a copy without a date."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level, Path
from casewriter.profile import Profile

_COUNTS = ("keywords", "highlights", "learning_points")


@rule("JRNL037", "profile-unsure", Level.INFO)
def profile_unsure(case: Case, profile: Profile) -> Iterator[Found]:
    """Numbers that lint compares this case with were not read on the journal's own page, or the page had no date.

    Journals change their instructions. Read the journal's page before you submit, and put what you find into a profile
    of your own, which `extends` this one. `casewriter profile NAME` shows for each value how it was learned.
    """
    remembered, undated = [], []
    for key, said in _numbers(profile):
        value = profile.value(key)
        if value.confidence is None:
            continue
        if value.confidence != "looked_up":
            remembered.append(said)
        elif value.as_of == "unknown":
            undated.append(said)
    parts = (
        f"remembered, not looked up: {', '.join(remembered)}" if remembered else "",
        f"from a copy without a date: {', '.join(undated)}" if undated else "",
    )
    if told := "; ".join(part for part in parts if part):
        message = f"of the limits of {profile.name}, these are {told}"
        where: Path = ("profile",) if case.profile == profile.id else ()  # else --profile named it
        yield Found(message, where, "check the journal's own page before you submit")


def _numbers(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield the key of each number that lint compares with, and how a message tells it."""
    for key, value in profile.limits:
        if isinstance(value, int) and not isinstance(value, bool):
            yield f"limits.{key}", f"{key.replace('_', ' ')} {value}"
    if profile.title.max_words is not None:
        yield "title.max_words", f"title words {profile.title.max_words}"
    for key in _COUNTS:
        asked = getattr(profile, key)
        if numbers := [str(one) for one in (asked.minimum, asked.maximum) if one is not None]:
            yield key, f"{key.replace('_', ' ')} {' to '.join(numbers)}"


RULES = (profile_unsure,)
