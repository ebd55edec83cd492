"""Case and profile -> Article: told in the profile's order, numbered once, nothing dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casewriter.article import kinds
from casewriter.article.builder import Builder
from casewriter.article.citing import citations, listed, placed, printed, style_of, works
from casewriter.article.counting import counts
from casewriter.article.exhibits import figures, own_tables
from casewriter.article.front import abstract, affiliations, bylines
from casewriter.article.nodes import Article, Block, Facts, Figure, Panel, Run, Section
from casewriter.article.numbering import Placing, exhibit_numbers, key_of, mentioned_in_text, numbered, resolver
from casewriter.article.parts import OBSERVATION, TELLERS, expanded
from casewriter.article.prose import Prose
from casewriter.article.references import reference_list
from casewriter.article.tell import Telling
from casewriter.article.walk import map_block, map_run, plain
from casewriter.article.words import capital
from casewriter.citation import Library
from casewriter.image import Picture
from casewriter.model.case import RESERVED_EXHIBITS, Case
from casewriter.model.records import texts
from casewriter.problem import Problem
from casewriter.profile import Profile
from casewriter.profile_parts import SectionPlan


@dataclass(frozen=True, slots=True)
class Composed:
    """The article and what composing found wrong."""

    article: Article
    problems: tuple[Problem, ...]


def compose(
    case: Case,
    profile: Profile,
    library: Library,
    pictures: Mapping[str, Picture | str] | None = None,
    layout: str | None = None,
    *,
    formatted: bool = True,
) -> Composed:
    """Return the article of a case.

    Without `formatted` the reference list has its numbers and no text, and nothing is drawn: lint needs no more.

    `pictures` gives for each file of a panel its picture, or in words why there is none. Raises CannotRun when the
    profile's citation style does not exist.
    """
    telling = Telling(case, profile, library, pictures or {})
    style = style_of(profile)
    make = Builder(telling, Prose(telling))
    title = make.said(case.title, ("title",)) or make.text(telling.words["untitled"])
    parts = abstract(make)
    keywords = tuple(make.said(word, ("keywords", n)) for n, word in enumerate(case.keywords))
    sections = _place(make, _sections(make), draw=formatted)

    reading: list[Run | Block] = [title, *(b for part in parts for b in part.blocks), *sections, *keywords]
    cited = citations(reading)
    keys = works(telling, cited)
    listing = listed(telling, style, keys) if formatted else None
    exhibits = exhibit_numbers(sections)
    change = resolver(printed(cited, listing) if listing else {}, exhibits, telling.words)

    def resolved(run: Run) -> Run:
        return placed(map_run(run, change))

    done = tuple(numbered(map_block(s, resolved), exhibits, telling.words) for s in sections)
    abstract_parts = tuple(replace(p, blocks=tuple(map_block(b, resolved) for b in p.blocks)) for p in parts)
    title = resolved(title)
    article = Article(
        title=title,
        plain_title=plain(title),
        short_title=plain(make.said(case.short_title, ("short_title",))) or plain(title),
        article_type=make.heading(profile.article_type),
        language=case.language,
        authors=bylines(make),
        affiliations=affiliations(make),
        abstract_name=make.heading(profile.abstract.name),
        abstract=abstract_parts,
        keywords=tuple(resolved(k) for k in keywords),
        sections=tuple(s for s in done if isinstance(s, Section)),
        references=reference_list(telling, style, keys, listing),
        counts=counts(abstract_parts, done, len(keys), exhibits),
        words=telling.words,
        journal=profile.name if profile.id != "generic-care" else "",
        layout=layout or profile.layout,
        figures_at_end=profile.figures == "at_end",
    )
    return Composed(article, tuple(telling.problems))


def _sections(make: Builder) -> list[Section]:
    """Return the sections of the profile that hold something; what has no place is appended, with a problem."""
    told: set[str] = set()
    sections: list[Section] = []
    declarations = make.telling.profile.declarations
    told_plans = (_section(make, plan, told, headed=plan is declarations) for plan in make.telling.profile.plans())
    sections.extend(section for section in told_plans if section)
    for name in TELLERS:
        blocks = [] if name == "observation_narrative" else _tell(make, name, told)
        if blocks:
            part = name.partition("_narrative")[0].partition("_rest")[0]
            message = f"the profile “{make.telling.profile.id}” has no place for “{part}”; it is appended"
            hint = "name the part under `from` in a section of a profile of your own, or move its content"
            make.telling.problems.append(Problem(kinds.NOT_PLACED, message, _path_of(part), hint=hint))
            sections.append(Section(make.text(capital(make.word(part.replace(".", " ")))), tuple(blocks), part=part))
    return [replace(s, anchor=f"sec-{n}") for n, s in enumerate(sections, start=1)]


def _path_of(part: str) -> tuple[str, ...]:
    inside = {
        **{name: ("observation", name) for name in ("patient", "complaints", "history", "examination")},
        "past_interventions": ("observation", "history", "past_interventions"),
        "outcomes": ("follow_up", "outcomes"),
        "adverse_events": ("follow_up", "adverse_events"),
    }
    return inside.get(part, tuple(part.split(".")))


def _section(make: Builder, plan: SectionPlan, told: set[str], *, headed: bool) -> Section | None:
    blocks: list[Block] = []
    for part in plan.parts:
        found: list[Block] = []
        for name in expanded((part,)):
            found += _tell(make, name, told)
        heading = make.heading(plan.headings.get(part, "")) or (capital(make.word(part)) if headed else None)
        if found and heading:
            blocks.append(Section(make.text(heading), tuple(_merged(found)), level=3, part=part))
        else:
            blocks += found
    if not blocks:
        return None
    return Section(
        make.text(make.heading(plan.heading)), tuple(_merged(blocks)), part=plan.parts[0] if plan.parts else ""
    )


def _merged(blocks: list[Block]) -> list[Block]:
    """Return blocks with facts that follow each other made one."""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Facts) and done and isinstance(done[-1], Facts):
            done[-1] = Facts((*done[-1].rows, *block.rows))
        else:
            done.append(block)
    return done


def _tell(make: Builder, name: str, told: set[str]) -> list[Block]:
    """Return the blocks of a part, once; the prose of the presentation goes before its first part."""
    blocks: list[Block] = []
    if name in OBSERVATION and "observation_narrative" not in told:
        told.add("observation_narrative")
        blocks += TELLERS["observation_narrative"](make)
    if name in told:
        return blocks
    told.add(name)
    return blocks + TELLERS[name](make)


def _place(make: Builder, sections: Iterable[Section], *, draw: bool) -> tuple[Section, ...]:
    """Return the sections with exhibits behind their first mention, unmentioned ones before the back matter."""
    sections = list(sections)
    exhibits: tuple[Block, ...] = (*figures(make), *own_tables(make), *_drawn(make, draw=draw))
    floats = {key: block for block in exhibits if (key := key_of(block))}
    for section in sections:
        for block in section.blocks:
            for inner in block.blocks if isinstance(block, Section) else (block,):
                if key := key_of(inner):
                    floats.setdefault(key, inner)
    standing = {key for key, block in floats.items() if getattr(block, "kind", "own") != "own"}
    mentioned_only = {("fig", "labs"), ("fig", "timeline")}
    alone = (s.blocks for section in sections for s in (section, *_inner_sections(section)) if len(s.blocks) == 1)
    pinned = frozenset(key for blocks in alone if (key := key_of(blocks[0])))
    placing = Placing(floats, pinned, mentioned_in_text(sections))
    placed = list(placing.sections(sections))
    left = [b for b in placing.left() if key_of(b) not in standing | mentioned_only]
    for block in left:
        _unmentioned(make, block)
    return tuple(_with_left(placed, left, make))


def _drawn(make: Builder, *, draw: bool) -> list[Figure]:
    """Return the figures drawn from data that a text calls; without `draw` their places alone: drawing costs time."""
    called = [name for name in RESERVED_EXHIBITS if any(f"@fig-{name}" in text for _, text in texts(make.case))]
    if not called:
        return []
    if not draw:
        return [Figure(name, (), (Panel("", (), "", "", None),)) for name in called]

    from casewriter.article.drawn import drawn_figures

    return drawn_figures(make)


def _inner_sections(section: Section) -> list[Section]:
    return [block for block in section.blocks if isinstance(block, Section)]


def _unmentioned(make: Builder, block: Block) -> None:
    key = key_of(block)
    if key is None:
        return
    kind, name = key
    word = "figures" if kind == "fig" else "tables"
    message = f"the {word[:-1]} “{name}” is never mentioned; it has been placed at the end"
    problem = Problem(
        kinds.UNMENTIONED, message, (word, name), on_key=True, hint=f"write @{kind}-{name} where it belongs"
    )
    make.telling.problems.append(problem)


def _with_left(sections: list[Section], left: list[Block], make: Builder) -> list[Section]:
    if not left:
        return sections
    profile = make.telling.profile
    back = {id(plan) for plan in (profile.declarations, *profile.back) if plan is not None}
    headings = {make.heading(plan.heading) for plan in profile.plans() if id(plan) in back}
    body = [n for n, s in enumerate(sections) if plain(s.heading) not in headings]
    if not body:
        return [
            *sections,
            Section(make.text(make.words["figure_legends"]), tuple(left), anchor="sec-exhibits"),
        ]
    last = body[-1]
    sections[last] = replace(sections[last], blocks=(*sections[last].blocks, *left))
    return sections
