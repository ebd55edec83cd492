"""What lint calls a guideline's problems, and the manual page of each, made from the guideline's own words."""

from __future__ import annotations

from casewriter.guideline.model import Adequacy, Guideline, GuidelineItem
from casewriter.problem import Kind, Level


def guideline_kinds(guideline: Guideline) -> dict[str, Kind]:
    """Return every kind of problem that a guideline raises, by code."""
    kinds = [*_answer_kinds(guideline)]
    for item in guideline.items:
        kinds.append(_missing_kind(guideline, item))
        kinds.extend(_weak_kind(guideline, item, check) for check in item.adequacy)
    return {kind.code: kind for kind in reversed(kinds)}  # of a code with several checks the first tells


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
