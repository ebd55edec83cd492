"""A reporting guideline read from data: its items, what shows that each is there, and what makes it weak."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from casewriter.problem import CannotRun, Kind, Level, Problem, Refused, did_you_mean
from casewriter.resources import data_folder
from casewriter.source import Source, read


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Part):
    """One check: the name of a rule and what it looks at. Paths are paths of the case; [] is every element.

    `if` limits the elements that are looked at, `when` the cases: {path: word|word}.
    """

    rule: str
    path: str | None = None
    paths: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    minimum: int | None = Field(default=None, alias="min")
    maximum: int | None = Field(default=None, alias="max")
    share: float | None = None
    pattern: str | None = None
    position: str | None = None
    condition: dict[str, str] = Field(default_factory=dict, alias="if")
    when: dict[str, str] = Field(default_factory=dict)


class Adequacy(Check):
    """A check of what is there: failing it makes the item weak (as an info, it is a hint alone).

    `says` is what lint says, with {what} for what the check found.
    """

    code: str
    name: str
    says: str
    remedy: str
    level: Literal["error", "warning", "info"] = "warning"


class Reading(_Part):
    """How prose is read for an item: every pattern of `all` in one sentence (or text), and the sentence not denied.

    `looks_for` says it in words; {NAME} in a pattern is one of the guideline's `phrases`. With `denial_counts` a
    sentence such as “no adverse event occurred” is an answer, with `unknown_counts` one that says it is not known; a
    match of `denied_by` denies in any case. With `any_part` any of the patterns leaves it to a person, else the first.
    """

    looks_for: str
    all: tuple[str, ...]
    within: Literal["sentence", "text"] = "sentence"
    denial_counts: bool = False
    unknown_counts: bool = False
    any_part: bool = False
    denied_by: str | None = None


class GuidelineItem(_Part):
    """One item: what it asks, where it is answered, what makes it weak, and whether it may be waived.

    `missing` is what lint says when it is not there, `remedy` what to write; `prose` names its sections, which may
    answer it in words and are read as `reading` says, `elsewhere` others that are read too; `ask` is a question that
    only the author can answer; `weakened_by` names codes of other rules that make it weak.
    """

    id: str
    code: str
    topic: str
    requirement: str
    missing: str
    remedy: str
    field: tuple[str, ...]
    presence: tuple[Check, ...]
    adequacy: tuple[Adequacy, ...] = ()
    weakened_by: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    reading: Reading | None = None
    ask: str | None = None
    ask_when: dict[str, str] = Field(default_factory=dict)
    severity: Literal["error", "warning", "info"] = "error"
    na_allowed: bool = False

    def slug(self) -> str:
        """Return the topic as a name: ``abstract-introduction``."""
        return self.topic.lower().replace(" - ", "-").replace(", ", "-").replace(" ", "-")


class AnswerCodes(_Part):
    """Codes of what lint says of the author's answers to a guideline."""

    prose: str
    refused: str
    question: str
    denied: str


class Guideline(_Part):
    """A reporting guideline. `answers` is the key of the case that holds waivers and confirmations."""

    id: str
    name: str
    extends: str | None = None
    edition: str
    source: _Words
    answers: str
    codes: AnswerCodes
    phrases: dict[str, str] = Field(default_factory=dict)
    items: tuple[GuidelineItem, ...]

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Every kind of problem that this guideline raises, by code."""
        kinds = [*_answer_kinds(self)]
        for item in self.items:
            kinds.append(_missing_kind(self, item))
            kinds.extend(_weak_kind(self, item, check) for check in item.adequacy)
        return {kind.code: kind for kind in reversed(kinds)}  # of a code with several checks the first tells

    @property
    def citation(self) -> str:
        """Where the items come from."""
        return f"{self.name} checklist, {self.edition}; {'; '.join(self.source)}"


def guideline_names(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the file of every guideline by id: the first found in `folders`, then ours."""
    found: dict[str, Path] = {}
    for folder in (*folders, data_folder("guidelines")):
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            found.setdefault(path.stem, path)
    return found


def find_guideline(name: str, folders: Iterable[Path] = ()) -> Guideline:
    """Return a guideline by its id; `folders` are looked through before ours. Raises CannotRun when there is none."""
    known = guideline_names(folders)
    if name not in known:
        hint = did_you_mean(name, known) or "known: " + ", ".join(sorted(known))
        raise CannotRun(f"there is no guideline “{name}”; {hint}")
    return _read(name, tuple(known.items()), known[name].stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _read(name: str, known: tuple[tuple[str, Path], ...], changed: int) -> Guideline:
    del changed
    data = _spelled_out(_merged(name, dict(known), ()))
    try:
        return Guideline.model_validate(data)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        source = _source(dict(known)[name])
        span = source.span(detail["loc"])
        where = ".".join(str(part) for part in detail["loc"])
        raise CannotRun(f"{source.name}:{span.line}:{span.column}: {where}: {detail['msg']}") from None


def _spelled_out(data: dict[str, Any]) -> dict[str, Any]:
    """Return a guideline's data with the phrases put into the patterns of its readings."""
    found = data.get("phrases")
    phrases: dict[str, Any] = found if isinstance(found, dict) else {}

    def spelled(text: str) -> str:
        return re.sub(r"\{([A-Z]+)\}", lambda m: spelled(str(phrases[m[1]])) if m[1] in phrases else m[0], text)

    def read_as(item: Any) -> Any:
        reading = item.get("reading") if isinstance(item, dict) else None
        if not isinstance(reading, dict) or not isinstance(reading.get("all"), list):
            return item
        return {**item, "reading": {**reading, "all": [spelled(str(pattern)) for pattern in reading["all"]]}}

    return {**data, "items": [read_as(item) for item in data.get("items", ())]}


def _source(path: Path) -> Source:
    try:
        source = read(path.read_bytes(), str(path))
        problems: tuple[Problem, ...] = source.problems
    except Refused as refused:
        problems = refused.problems
    wrong = [problem for problem in problems if problem.level is Level.ERROR]
    if wrong:
        span = wrong[0].span
        place = f"{span.line}:{span.column}: " if span else ""
        raise CannotRun(f"{path}:{place}{wrong[0].message}")
    return source


def _merged(name: str, known: dict[str, Path], seen: tuple[str, ...]) -> dict[str, Any]:
    """Return a guideline's data laid over that of the one it extends: items of the same id are overlaid key by key."""
    if name in seen or name not in known:
        chain = " → ".join((*seen, name))
        raise CannotRun(f"the guideline “{name}” {'extends itself' if name in seen else 'does not exist'}: {chain}")
    data: Any = _source(known[name]).data
    own = dict(data) if isinstance(data, dict) else {}
    if not (parent := own.get("extends")):
        return own
    base = _merged(str(parent), known, (*seen, name))
    items = {item["id"]: item for item in base.get("items", ())}
    for item in own.get("items") or ():
        key = str(item.get("id", "")) if isinstance(item, dict) else ""
        items[key] = {**items.get(key, {}), **item}
    for dropped in _several(own.pop("without", None) or ()):
        if dropped not in items:
            hint = did_you_mean(str(dropped), items) or "known: " + ", ".join(items)
            raise CannotRun(
                f"{known[name]}: `without` names the item “{dropped}”, which “{parent}” does not have; {hint}"
            )
        items.pop(dropped)
    return {**base, **own, "items": list(items.values())}


def _missing_kind(guideline: Guideline, item: GuidelineItem) -> Kind:
    reading = f"Prose is read for {item.reading.looks_for}.\n" if item.reading else ""
    manual = (
        f"{guideline.name} item {item.id}, {_lowered(item.topic)}, is missing.\n\n{item.requirement}\n"
        f"Looked at: {', '.join(item.field)}.\n{reading}"
        f"Remedy: {_sentence(item.remedy)}\nSource: {guideline.citation}."
    )
    return Kind(item.code, f"{item.slug()}-missing", Level(item.severity), manual)


def _weak_kind(guideline: Guideline, item: GuidelineItem, check: Adequacy) -> Kind:
    effect = "It is a hint; the item counts as present." if check.level == "info" else "It makes the item weak."
    said = check.says.replace(" ({what})", "").replace(": {what}", "").replace("{what}", "…")
    manual = (
        f"{guideline.name} item {item.id}, {_lowered(item.topic)}: {said}.\n\n{item.requirement} {effect}\n"
        f"Remedy: {_sentence(check.remedy)}\nSource: {guideline.citation}."
    )
    return Kind(check.code, check.name, Level(check.level), manual)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _lowered(topic: str) -> str:
    """Return a topic inside a sentence; an abbreviation such as AI keeps its capitals."""
    return topic if topic[1:2].isupper() else topic[:1].lower() + topic[1:]


def _answer_kinds(guideline: Guideline) -> tuple[Kind, ...]:
    codes, answers = guideline.codes, guideline.answers
    return (
        Kind(
            codes.prose,
            "item-in-prose",
            Level.INFO,
            f"""An item of {guideline.name} may be answered in prose, of which the program is not sure.

The section is prose, and only a part of what answers the item was found in it; the message says what was looked for.
Remedy: read it; then either give the datum its key, or answer for it in the case:
`{answers}: {{confirmed: {{ID: yes}}}}`.""",
        ),
        Kind(
            codes.refused,
            "waiver-refused",
            Level.ERROR,
            f"""A waiver or confirmation names an item of {guideline.name} that does not exist or may not be waived.

The guideline asks for some items of every case; a waiver needs its reason. The message names the item.""",
        ),
        Kind(
            codes.question,
            "question-for-the-author",
            Level.INFO,
            f"""An item of {guideline.name} has a question that only a person can answer.

It is asked once. Remedy: answer it in the case: `{answers}: {{confirmed: {{ID: yes}}}}`; `no` makes the item weak,
`na` says that it does not apply.""",
        ),
        Kind(
            codes.denied,
            "answered-no",
            Level.WARNING,
            f"""The author answered “no” to the question of an item of {guideline.name}.

Remedy: amend the case, then answer yes.""",
        ),
    )
