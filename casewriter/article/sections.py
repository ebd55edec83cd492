"""The sections of the paper, as the profile orders them; what it has no place for is appended, never dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.article import kinds
from casewriter.article.builder import Builder, shared
from casewriter.article.levels import levelled
from casewriter.article.nodes import Block, Facts, Section
from casewriter.article.parts import TELLERS
from casewriter.article.sifting import Sifter, sifter
from casewriter.article.words import heading
from casewriter.model.parts import PARTS, Part, expanded, heading_of, matter_of
from casewriter.problem import Problem
from casewriter.profile_parts import Listed, SectionPlan

_STORY = "observation"
"""The part whose prose comes before the first of its records, wherever a profile places these."""


def sections(make: Builder) -> list[Section]:
    """Return the sections of the profile that hold something, then those without a place, each with a problem."""
    told = {name: tell(make) for name, tell in TELLERS.items()}
    teller, profile = _Teller(make, told, sifter(make, told)), make.telling.profile
    done: list[Section] = []
    for plan in profile.plans():
        section = teller.section(plan, headed=plan is profile.declarations)
        if section and plan is profile.declarations:
            section = replace(section, matter="declarations")
        elif section and any(plan is one for one in profile.back):
            section = replace(section, matter="back")
        done += [section] if section else []
    done += teller.left()
    return [replace(levelled(section), anchor=f"sec-{n}") for n, section in enumerate(done, start=1)]


class _Teller(Struct):
    """Tells each part once."""

    make: Builder
    blocks: Mapping[str, list[Block]]
    sifter: Sifter
    told: set[str] = field(default_factory=set)

    def section(self, plan: SectionPlan, *, headed: bool) -> Section | None:
        """Return a section of the profile, or None where the case has nothing for it.

        In a `headed` one, each part has a heading of its own.
        """
        blocks: list[Block] = []
        names = []
        for name in plan.parts:
            found = [block for part in expanded(name) for block in self.tell(part, plan.records)]
            if not found:
                continue
            names.append(name)
            own = plan.headings.get(name, heading_of(name) if headed else "")
            blocks += [self._made(self.make.heading(own), found, (name,), level=3)] if own else found
        return self._made(self.make.heading(plan.heading), blocks, tuple(names)) if blocks else None

    def _made(self, heading: str, blocks: list[Block], parts: tuple[str, ...], level: int = 2) -> Section:
        origin = shared(part.path for name in parts for part in expanded(name))
        run = self.make.text(heading)
        return Section(run, tuple(_merged(blocks)), level, parts=parts, matter=matter_of(parts), origin=origin)

    def tell(self, part: Part, listed: Listed = "untold") -> list[Block]:
        """Return the blocks of a part, once; the prose of the presentation goes before its first part."""
        names = (f"{_STORY}_narrative", part.name) if part.within == _STORY else (part.name,)
        new = [name for name in dict.fromkeys(names) if name not in self.told]
        self.told.update(new)
        return [block for name in new for block in self.sifter.sift(part, self.blocks[name], listed)]

    def left(self) -> Iterator[Section]:
        """Yield a section for each part that the profile has no place for, and report it."""
        for part in PARTS:
            if part.name == f"{_STORY}_narrative":
                continue  # told before its first part
            if blocks := self.tell(part):
                name = part.names[-1]
                profile = self.make.telling.profile.id
                message = f"the profile “{profile}” has no place for “{name}”; it is appended"
                hint = "move its content, or name the part under `from` in a section of your own profile"
                self.make.telling.problems.append(Problem(kinds.NOT_PLACED, message, part.path, hint=hint))
                yield self._made(heading(part.heading, self.make.telling.language), blocks, (name,))


def _merged(blocks: list[Block]) -> list[Block]:
    """Return blocks with facts that follow each other made one."""
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(block, Facts) and isinstance(before, Facts):
            done[-1] = Facts((*before.rows, *block.rows), shared((before.origin, block.origin)))
        else:
            done.append(block)
    return done
