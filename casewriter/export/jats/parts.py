"""Which section goes where: body, back, a note about authors; and what JATS calls it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from casewriter.article.nodes import Run, Section
from casewriter.article.paper import Article
from casewriter.article.walk import plain

_CASES = frozenset(
    "observation patient complaints history past_interventions examination others timeline labs microbiology imaging "
    "tests pathology genetics diagnosis diagnosis.final diagnosis.differential course treatment operations follow_up "
    "outcomes adverse_events".split()
)
_KINDS = {
    "introduction": "intro",
    "discussion": "discussion",
    "conclusion": "conclusions",
    "literature_search": "methods",
}
"""What JATS and PubMed Central suggest for sec-type, by the part that a section holds."""
ETHICS = {"ethics": "ethics-approval", "consent": "ethics-consent-publication"}
ATTACHED = frozenset(("videos", "supplements"))


class Divided(Struct):
    """The sections of a paper by where they go; `titles` head the back, where declarations had a heading in common."""

    body: list[Section] = field(default_factory=list)
    titles: list[Run] = field(default_factory=list)
    interests: list[Section] = field(default_factory=list)
    funding: list[Section] = field(default_factory=list)
    ethics: list[Section] = field(default_factory=list)
    back: list[Section] = field(default_factory=list)


def divided(article: Article) -> Divided:
    """Return the sections of an article, divided. Funding is also in the back, where it is printed."""
    made = Divided()
    for section in article.sections:
        if section.matter not in ("declarations", "back"):
            made.body.append(section)
            continue
        for one in _each(section, made.titles):
            _put(one, made)
    return made


def _each(section: Section, titles: list[Run]) -> Iterator[Section]:
    """Yield the declarations that stand under one heading, which heads the back; any other section as it is."""
    inner = [block for block in section.blocks if isinstance(block, Section)]
    if section.matter != "declarations" or len(inner) != len(section.blocks) or not inner:
        yield section
        return
    if plain(section.heading).strip():
        titles.append(section.heading)
    yield from inner


def _put(section: Section, made: Divided) -> None:
    parts = frozenset(section.parts)
    if parts == {"competing_interests"}:
        made.interests.append(section)
    elif parts and parts <= ETHICS.keys():
        made.ethics.append(section)
    else:
        made.back.append(section)
    if parts == {"funding"}:
        made.funding.append(section)


def kind_of(parts: Iterable[str]) -> str:
    """Return the sec-type of a section of the body by the parts that it holds; empty where none is known.

    Two kinds are joined, as in PubMed Central's `materials|methods`. A literature search counts where it is alone.
    """
    names = tuple(parts)
    kinds = dict.fromkeys("cases" if name in _CASES else _KINDS.get(name, "") for name in names)
    known = [kind for kind in kinds if kind and (kind != "methods" or len(kinds) == 1)]
    return "|".join(known)
