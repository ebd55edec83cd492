"""The authors' own works: which references they are, what is printed of them, and phrases that give them away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from casewriter.article.inline import CITATION
from casewriter.article.nodes import Citation, Inline, Text
from casewriter.article.paper import Article, ReferenceEntry
from casewriter.article.walk import map_block, map_run
from casewriter.blinding.finder import Finder
from casewriter.blinding.folding import folded
from casewriter.blinding.kinds import OWN_WORK
from casewriter.blinding.person import Person
from casewriter.builtin import data
from casewriter.citation import Library
from casewriter.model.case import Case
from casewriter.model.name import Name
from casewriter.model.reference import Reference
from casewriter.problem import Level, Path, Problem

_ROLES = (
    "author", "editor", "translator", "collection_editor", "container_author", "compiler", "contributor", "recipient",
    "interviewer", "original_author", "editorial_director",
)  # fmt: skip
_LEAST = 4
"""Letters from which one half of a double family name stands for the whole."""
_KEY = re.compile(r"@([^\s;,\[\]@{}]+)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|\n\s*\n")


def own_works(people: Iterable[Person], library: Library, finder: Finder) -> tuple[str, ...]:
    """Return the keys of the works of which an author of the paper is an author."""
    known = tuple(people)
    return tuple(key for key, one in library.items.items() if _is_own(one.reference, known, finder))


def _is_own(reference: Reference, people: tuple[Person, ...], finder: Finder) -> bool:
    names = [name for role in _ROLES for name in getattr(reference, role)]
    said = " ".join(name.literal for name in names if name.literal) + f" {reference.placeholder or ''}"
    return bool(finder.surely(said)) or any(is_same(name, person) for name in names for person in people)


def is_same(name: Name, person: Person) -> bool:
    """Return whether the name in a reference is that of an author, as far as both are given."""
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    family = _letters(" ".join(part for part in parts if part))
    bare = _letters(name.family or "")
    if not family or not person.family:
        return False
    halves = [_letters(part) for part in person.last if len(part) >= _LEAST] if len(person.last) > 1 else []
    whole = _letters(person.family)
    same = _variants(whole) & (_variants(family) | _variants(bare)) or bare in halves
    return bool(same) and _agree(name.given or "", person.first)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", folded(text).lower())


def _variants(name: str) -> set[str]:
    return {name, re.sub(r"([aou])e(?=[^aeiou])", r"\1", name)}


def _agree(given: str, first: tuple[str, ...]) -> bool:
    """Return whether given names may be those of one person: initials agree, and so do first names written out."""
    parts = [part for part in re.split(r"[\s.\-‐–]+", folded(given)) if part]
    parts = [sign for part in parts for sign in (part if part.isupper() and 1 < len(part) <= 4 else (part,))]
    mine = [folded(part) for part in first]
    if not parts or not mine:
        return True
    written = [one for one in (parts[0], mine[0]) if len(one) > 2]
    if len(written) == 2 and not (
        parts[0].lower().startswith(mine[0].lower()) or mine[0].lower().startswith(parts[0].lower())
    ):
        return False
    return all(a[:1].lower() == b[:1].lower() for a, b in zip(parts, mine, strict=False))


# -- what gives away ------------------------------------------------------------------------------------------------


@cache
def _phrases(language: str) -> tuple[re.Pattern[str], ...]:
    said: Mapping[str, list[str]] = data("blinding.yaml")["own_work"]
    chosen = dict.fromkeys((*said["en"], *said.get(language[:2].lower(), [])))
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in chosen)


def told(case: Case, own: Collection[str]) -> Iterator[Problem]:
    """Yield where the text cites an own work, and where a phrase says so of any work."""
    for path, text in case.texts:
        if "@" not in text:
            continue
        seen: Counter[str] = Counter()
        for sentence in _SENTENCE.split(text):
            cited = [key for one in CITATION.finditer(sentence) for key in _KEY.findall(one[1])]
            phrase = next((found[0] for one in _phrases(case.language) if (found := one.search(sentence))), "")
            if cited:
                yield from _of_sentence(path, phrase, [key for key in cited if key in own], seen)
            seen[phrase] += 1


def _of_sentence(path: Path, phrase: str, mine: list[str], seen: Counter[str]) -> Iterator[Problem]:
    if phrase:
        said = "the words before a citation say that the work is the authors' own"
        said += "" if mine else "; no author of the paper is among the authors of the reference"
        hint = "write about it as about the work of others: a previous case, Miller and colleagues reported"
        yield Problem(OWN_WORK, said, path, quote=phrase, nth=seen[phrase], hint=hint)
    for key in mine:
        quote = f"@{key}"
        if not phrase:
            message = "a work of the authors is cited; its entry keeps its number and is withheld"
            yield Problem(OWN_WORK, message, path, quote=quote, nth=seen[quote], weight=Level.INFO)
        seen[quote] += 1


# -- what is printed of them -----------------------------------------------------------------------------------------


def without_own(article: Article, keys: Collection[str], sign: str) -> Article:
    """Return an article in which own works have their numbers and no text, in the list and in citations by name."""
    if not keys:
        return article
    numeric = not article.by_name

    def change(node: Inline) -> Inline:
        if not isinstance(node, Citation) or numeric:
            return node
        parts = tuple(replace(part, text=sign) if part.key in keys else part for part in node.parts)
        return replace(node, parts=parts)

    def run(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_run(nodes, change)

    exhibits = map_block(article.exhibits, run) if article.exhibits else None
    return replace(
        article,
        title=run(article.title),
        abstract=tuple(
            replace(part, blocks=tuple(map_block(block, run) for block in part.blocks)) for part in article.abstract
        ),
        sections=tuple(map_block(section, run) for section in article.sections),
        exhibits=exhibits,
        references=tuple(_without(entry, keys, sign) for entry in article.references),
    )


def _without(entry: ReferenceEntry, keys: Collection[str], sign: str) -> ReferenceEntry:
    if entry.key not in keys:
        return entry
    return replace(entry, children=(Text(sign),), links=(), item=None)
