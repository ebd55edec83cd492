"""The figures, videos and supplements of a case as a form names them, each with its number and caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casewriter.article.nodes import Citation, CrossReference, Facts, Figure, Inline, Run, Styled, Text
from casewriter.article.paper import Article
from casewriter.article.walk import map_run, plain
from casewriter.article.words import words_for
from casewriter.forms.sheet import printed
from casewriter.model.case import Case
from casewriter.problem import Path


def exhibits(case: Case, article: Article, language: str, texts: Mapping[str, str]) -> Iterator[Run]:
    """Yield the figures in the order of their numbers, then videos and supplements, as a form names them.

    The captions are the author's, in the language of the case; the words around them are those of the form.
    """
    words = words_for(language)
    for figure in article.figures():
        yield _named(words["figure"], figure.number, _legend(figure), _remark(case, figure.origin, texts))
    listed = _listed(article)
    for key, word in (("videos", "video"), ("supplements", "supplement")):
        for place, one in enumerate(getattr(case, key)):
            caption = listed.get((key, place), ()) if one.caption else ()  # never the name of a file
            yield _named(words[word], place + 1, caption, "")


def _named(word: str, number: int, caption: Run, remark: str) -> Run:
    """Return what is ticked: its name, what the case says of the person in it, and the caption."""
    name = Styled("strong", printed(f"{word}\u00a0{number}"))
    return (name, *printed(f" ({remark})" if remark else ""), *((*printed(". "), *caption) if caption else ()))


def _remark(case: Case, origin: Path, texts: Mapping[str, str]) -> str:
    """Return what the case says of the person in a figure."""
    figure = case.figures.get(str(origin[1])) if origin[:1] == ("figures",) else None
    names = {"true": "shows_person", "part": "shows_part"}
    name = names.get(figure.shows_person or "") if figure else None
    return texts[name] if name else ""


def _legend(figure: Figure) -> Run:
    """Return the captions of a figure and of its panels; notes and credits say nothing of what is in the picture."""
    made: Run = ()
    for part in figure.legend:
        if part.role in ("caption", "panel") and part.children:
            letter = (Styled("strong", printed(part.letter)), *printed(" ")) if part.letter else ()
            made = (*made, *(printed(" ") if made else ()), *letter, *part.children)
    return unlinked(made)


def _listed(article: Article) -> dict[Path, Run]:
    """Return what the article lists of videos and supplements by their places in the case."""
    rows = (row for block in article.body() if isinstance(block, Facts) for row in block.rows)
    return {row.origin: unlinked(row.said) for row in rows if row.origin[:1] in (("videos",), ("supplements",))}


def unlinked(run: Run) -> Run:
    """Return a run with citations and mentions as text: a form has no list of references to lead to."""

    def change(node: Inline) -> Inline:
        return Text(plain((node,))) if isinstance(node, Citation | CrossReference) else node

    return map_run(run, change)
