"""What all parts of the composition share: the case, its words and language, times, and names of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from casewriter.article.times import Speech
from casewriter.article.words import words_for
from casewriter.citation import Library
from casewriter.image import Picture
from casewriter.model.case import Case
from casewriter.model.chronology import Chronology
from casewriter.model.records import records
from casewriter.problem import Path, Problem
from casewriter.profile import Profile
from casewriter.template.geometry import Geometry


class Telling(Struct, dict=True):
    """One composition under way. `problems` and `looked_up` grow; everything else stays as it is.

    `looked_up` are pairs: the place of a text, and the place of a datum that it looks up and so tells. `speaking` are
    the records whose phrases are under way: a phrase may hold another, but not itself.
    `reached` are the places that look-ups went through, with what each holds.
    `page` is the page that figures are drawn for; without it nothing is known of their printed size.
    """

    case: Case
    profile: Profile
    library: Library
    pictures: Mapping[str, Picture | str]
    problems: list[Problem] = field(default_factory=list)
    looked_up: list[tuple[Path, Path]] = field(default_factory=list)
    speaking: list[Path] = field(default_factory=list)
    page: Geometry | None = None
    reached: dict[Path, dict[str, list[tuple[Path, Any]]]] = field(default_factory=dict)

    @cached_property
    def words(self) -> dict[str, str]:
        """The words that are printed, in the language of the case."""
        return words_for(self.case.language)

    @cached_property
    def chronology(self) -> Chronology:
        """When everything happened."""
        return Chronology(self.case)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each record is called where another names it, as the author wrote it: `short`, else label or title."""
        found: dict[str, str] = {}
        for _, name, record, _ in records(self.case):
            found.setdefault(name, getattr(record, "short", None) or record.title() or name)
        return found

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Tell something again, as in a figure: what is wrong in it, and what it tells, counts where it is written."""
        before = len(self.problems), len(self.looked_up)
        yield
        del self.problems[before[0] :], self.looked_up[before[1] :]

    @property
    def language(self) -> str:
        """The language of the case."""
        return self.case.language

    @cached_property
    def speech(self) -> Speech:
        """How times are said, in plain text."""
        return Speech(
            self.words,
            self.case.language,
            self.case.timeline.first_day if self.case.timeline else 0,
            self.chronology.index_is_birth,
            lambda name: self.names.get(name, name.replace("-", " ").replace("_", " ")),
        )
