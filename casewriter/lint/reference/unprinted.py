"""REF: numbers of a report or series that the citation style leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.article.citing import style_of
from casewriter.article.paper import Article
from casewriter.citation import Library
from casewriter.citation.document import item_of
from casewriter.citation.fitting import unprinted
from casewriter.lint.reference.place import place
from casewriter.lint.rule import Found, rule
from casewriter.problem import Level
from casewriter.profile import Profile


@rule("REF030", "number-unprinted", Level.INFO)
def number_unprinted(library: Library, article: Article, profile: Profile) -> Iterator[Found]:
    """The citation style does not print the number of a report, standard or series.

    Many journal styles leave out series and their numbers, so “CLSI guideline M45” is listed as one of its publisher's
    many books. The list follows the style; nothing is added to it. Remedy: if readers need the number to find the work,
    add it to the title. Source: Citing Medicine, 2nd edition (NLM), chapters 2 and 4 (series, reports).
    """
    style = style_of(profile)
    compiled = style.compiled(article.language)
    for listed in article.references:
        item = library.items[listed.key]
        if item.placeholder:
            continue
        left_out = dict(unprinted(item_of(item.key, item.reference, compiled), compiled))
        if left_out:
            said = ", ".join(f"“{text}”" for text in dict.fromkeys(left_out.values()))
            message = f"the citation style {style.name} does not print {said} of “{item.key}”"
            hint = "if readers need it to find the work, add it to the title"
            yield Found(message, **place(item, next(iter(left_out))), hint=hint)


RULES = (number_unprinted,)
