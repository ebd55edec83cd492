"""A case, its references and pictures -> the same without the names of its authors, and what was done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.article.words import words_for
from casewriter.blinding.covering import Cover, Place
from casewriter.blinding.finder import Finder
from casewriter.blinding.folding import folded
from casewriter.blinding.mapping import updated
from casewriter.blinding.masking import Mask
from casewriter.blinding.naming import names, renamed
from casewriter.blinding.own import own_works, told, without_own
from casewriter.blinding.removing import without_people
from casewriter.blinding.withheld import authors, is_word_too, withheld
from casewriter.citation import Library
from casewriter.image import Picture
from casewriter.model.case import Case
from casewriter.model.reference import Reference, ReferenceFile
from casewriter.problem import Path, Problem

Pictures = Mapping[str, Picture | str]
_SMALL = re.compile(r"(?<![\w@./-])[^\W\d_]{2,}(?![\w@/-])")


class Blinded(Struct, frozen=True):
    """A case without names.

    `case` is what is composed, `delivered` what exporters are given: without the records of own works, whose keys are
    `own`. `masked` are the places where a text was changed, `left` those where the letters of a name were taken for a
    word or for the name of a disease. `counts` say how much of each kind was taken out.
    """

    case: Case
    delivered: Case
    library: Library
    pictures: dict[str, Picture | str]
    finder: Finder
    sign: str
    own: frozenset[str]
    families: frozenset[str]
    masked: tuple[Place, ...]
    left: tuple[Place, ...]
    counts: Counter[str]
    problems: tuple[Problem, ...]

    def article(self, article: Article) -> Article:
        """Return the article of `case` without the text of own works, and without the letter to the editor."""
        return replace(without_own(article, self.own, self.sign), letter=())

    def in_files(self, article: Article, surroundings: Iterable[str]) -> Finder:
        """Return what no file may hold: all that is withheld, but for words that are printed of something else.

        These are what was left in the case, the works of others, and the `surroundings`: words of the program. What
        masking should have found and did not is looked for.
        """
        others = (plain(entry.children) for entry in article.references)
        ours = self.finder.without(place.quote for place in self.left)
        return ours.without(surroundings).without(others, every=True)

    def stem(self, slug: str) -> str:
        """Return what files are called after the folder of the case: not by its name where that holds a name."""
        parts = set(re.split(r"[\W\d_]+", folded(slug).lower()))
        return "case" if parts & self.families or self.finder.find(slug).hits else slug


def blind(case: Case, library: Library, pictures: Pictures) -> Blinded:
    """Return a case without the names of its authors, their places and whatever else leads to them."""
    sign = words_for(case.language)["withheld"]
    finder, own = _finder(case, library)
    new = names(case, finder, own, library.items)
    cover = Cover(Mask(finder, sign), new)
    bare, counts = without_people(case, sign)
    masked_case = renamed(updated(bare, cover.values(bare)), new)
    works = _works(library, own, cover)
    counts.update(cover.counted)
    counts.update({"own works in the reference list": len(own)})
    keys = frozenset(new.keys[key] for key in own)
    return Blinded(
        masked_case,
        _delivered(masked_case, works, keys, sign),
        works,
        {new.files.get(name, name): one for name, one in pictures.items()},
        finder,
        sign,
        keys,
        frozenset(folded(part).lower() for one in authors(case) for part in one.last if len(part) > 2),
        tuple(cover.masked),
        tuple(cover.left),
        +counts,
        tuple(told(case, own)),
    )


def _finder(case: Case, library: Library) -> tuple[Finder, tuple[str, ...]]:
    """Return what finds the names, and the keys of own works."""
    small = {word for _, text in _texts(case) for word in _SMALL.findall(folded(text)) if word.islower()}

    def ordinary(word: str) -> bool:
        return len(word) < 4 or folded(word).lower() in small or is_word_too(word)

    first = Finder(withheld(case, (), ordinary), case.language)
    own = own_works(authors(case), library, first)
    works = [library.items[key].reference for key in own]
    return Finder(withheld(case, works, ordinary), case.language), own


def _texts(case: Case) -> Iterator[tuple[Path, str]]:
    """Yield every text of a case but its references and the names of its authors and their places."""
    outside = ("references", "authors", "affiliations")
    return ((path, part) for path, part in case.parts if isinstance(part, str) and path[0] not in outside)


def _works(library: Library, own: Iterable[str], cover: Cover) -> Library:
    """Return the references by their new keys, the titles of others' works masked. Names in them are others' names."""
    mine, new, finder = frozenset(own), cover.new.keys, cover.mask
    items = {}
    for key, item in library.items.items():
        name, reference = new.get(key, key), item.reference
        if key not in mine:
            reference = _masked(reference, finder)
        sign = finder.sign if key in mine else ""
        items[name] = replace(item, key=name, reference=updated(reference, {"id": name}), withheld=sign)
    return Library(items, library.problems)


_PRINTED = (
    "title", "title_short", "publisher", "note", "url", "event_title", "archive", "placeholder",
)  # fmt: skip


def _masked(reference: Reference, mask: Mask) -> Reference:
    """Return a reference of others without what surely leads to the authors: an institution, a whole name."""
    new = {}
    for name in _PRINTED:
        text = getattr(reference, name)
        if text and mask.finder.surely(text):
            new[name] = mask.of(text).text
    done: Reference = updated(reference, new)
    return done


def _delivered(case: Case, works: Library, own: frozenset[str], sign: str) -> Case:
    """Return a case whose references are records of its own, those of the authors with the sign for a title."""
    entries: list[Reference | ReferenceFile] = []
    for key, item in works.items.items():
        entries.append(Reference(id=key, type="document", title=sign) if key in own else item.reference)
    done: Case = updated(case, {"references": tuple(entries)})
    return done
