"""JRNL: sections and parts of the abstract that the journal limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casewriter.article.counting import words_told
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.lint.rule import Found, rule
from casewriter.model.parts import expanded
from casewriter.problem import Level, Path
from casewriter.profile import Profile
from casewriter.profile_parts import SectionPlan


@rule("JRNL027", "section-long", Level.WARNING)
def section_long(article: Article, profile: Profile) -> Iterator[Found]:
    """A section, or a part of the abstract, has more words than the journal allows.

    Headings, tables, figures and citations are not counted. Source: the journal's instructions, as recorded in the
    profile (`casewriter profile NAME`); check the journal's own page.
    """
    limited = [plan for plan in profile.plans() if plan.max_words is not None]
    for section in article.sections if limited else ():
        plan = next((one for one in limited if set(section.parts) <= set(one.parts)), None)
        if plan and section.parts:
            words = words_told(section.blocks)
            yield from _over(words, plan, plain(section.heading), expanded(section.parts[0])[0].path, profile)
    yield from _abstract(article, profile)


def _abstract(article: Article, profile: Profile) -> Iterator[Found]:
    plans = {plan.heading: plan for plan in profile.abstract.parts if plan.max_words is not None}
    for part in article.abstract if plans else ():
        if plan := plans.get(part.heading):
            yield from _over(words_told(part.blocks), plan, part.heading, ("abstract", plan.parts[0]), profile)


def _over(words: int, plan: SectionPlan, heading: str, path: Path, profile: Profile) -> Iterable[Found]:
    most = plan.max_words or 0
    if words > most:
        message = f"{words} words under “{heading}”; {profile.name} allows {most}"
        yield Found(message, path, f"remove {words - most}", on_key=True)


RULES = (section_long,)
