"""The copy without names in the work of a render: what is composed, what files are called, what is said at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from casewriter.article.paper import Article
from casewriter.blinding.blind import Blinded, blind
from casewriter.blinding.covering import Place
from casewriter.blinding.finder import Finder
from casewriter.builtin import data
from casewriter.model.case import Case
from casewriter.problem import dotted
from casewriter.profile import Profile
from casewriter.project import Opened
from casewriter.resources import templates_folder
from casewriter.source import Source
from casewriter.template import Template
from casewriter.work.outputs import BLINDED


class Copy(Struct, frozen=True):
    """What the export of a copy without names differs in: the data and the names of files, and what none may hold."""

    case: Case
    stem: str
    finder: Finder


def blinded(opened: Opened) -> tuple[Opened, Blinded]:
    """Return an opened case without names, and what was done. Its file and source are those of the author."""
    assert opened.loaded.case is not None
    done = blind(opened.loaded.case, opened.library, opened.pictures)
    loaded = replace(opened.loaded, case=done.case)
    return replace(opened, loaded=loaded, library=done.library, pictures=done.pictures), done


def copy_of(done: Blinded, article: Article, opened: Opened, template: Template) -> Copy:
    """Return what the export differs in."""
    words = (*_of_template(template), *_of_program(article, opened.profile))
    return Copy(done.delivered, done.stem(opened.file.slug), done.in_files(article, words))


def _of_template(template: Template) -> Iterator[str]:
    """Yield the texts of our own templates, whose words are printed or name elements of the page.

    Those of an author's template are the author's: a name in them is reported.
    """
    for folder in (folder for _, folder in template.folders if folder.is_relative_to(templates_folder())):
        for pattern in ("*.j2", "*.css", "partials/*.j2"):
            for path in sorted(folder.glob(pattern)):
                yield path.read_text("utf-8", "replace")


def _of_program(article: Article, profile: Profile) -> Iterator[str]:
    yield from article.words.values()
    yield from data("headings.yaml").get(article.language[:2].lower(), {}).values()
    yield profile.name
    for plan in profile.plans():
        yield from (plan.heading, *plan.headings.values())


def summary(done: Blinded, opened: Opened, source: Source) -> tuple[str, ...]:
    """Return what was withheld, in lines for the author: kinds and counts, then each place; never the words."""
    said = ", ".join(f"{kind} {count}" for kind, count in done.counts.items())
    lines = [f"withheld: {said or 'nothing: the case names no authors'}"]
    lines += _places("masked", done.masked, source)
    lines += _places("left as typed; check it", done.left, source)
    if done.stem(opened.file.slug) != opened.file.slug:
        lines.append(f"the name of the case folder holds a name; the files are called {done.stem('case')}{BLINDED}")
    return tuple(lines)


def _places(what: str, places: tuple[Place, ...], source: Source) -> list[str]:
    """Return a line for each thing that was found, with where in the file it is."""
    found: Counter[str] = Counter()
    for place in places:
        span = source.span(place.path, place.quote or None, place.nth)
        where = f"{span.line}:{span.column} " if span else ""
        found[f"{where}{dotted(place.path)}: {place.what}"] += 1
    return [f"{what}: {line}" for line in found]
