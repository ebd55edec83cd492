"""JRNL: whether the text names the reporting guideline, where the journal asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.article.paper import Article
from casewriter.guideline import Guideline
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CaseProse
from casewriter.problem import Level
from casewriter.profile import Profile


@rule("JRNL036", "guideline-not-named", Level.WARNING)
def guideline_not_named(article: Article, prose: CaseProse, profile: Profile, guideline: Guideline) -> Iterator[Found]:
    """The text does not name the reporting guideline, and no printed reference does; the journal asks for it.

    Say in the text that the report follows the guideline, and cite it. Source: SCARE 2023; the journal's instructions,
    as recorded in the profile (`casewriter profile NAME`); check the journal's own page.
    """
    if profile.guideline_cited != "required":
        return
    named = re.compile(rf"\b{re.escape(guideline.name)}\b")
    titles = (entry.item.title or "" for entry in article.references if entry.item)
    texts = (*(text for _, text, _ in prose.uncited), *titles)
    if not any(named.search(text) for text in texts):
        sentence = profile.sentences.get("guideline") or f"This report follows the {guideline.name} guideline."
        hint = f"if it is true, write in the introduction: {sentence} And cite the guideline."
        message = f"{profile.name} asks for {guideline.name} to be named and cited in the text"
        yield Found(message, ("introduction",), hint, on_key=True)


RULES = (guideline_not_named,)
