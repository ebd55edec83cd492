"""The problems that a guideline can raise, each with its manual page in the guideline's own words."""

from __future__ import annotations

from casewriter.guideline.model import Adequacy, Guideline, GuidelineItem
from casewriter.problem import Kind, Level


def guideline_kinds(guideline: Guideline) -> dict[str, Kind]:
    """Return every kind of problem that a guideline raises, by code."""
    kinds = [*_answer_kinds(guideline), *_incomplete_kind(guideline)]
    for item in guideline.items:
        kinds.append(_missing_kind(guideline, item))
        kinds.extend(_weak_kind(guideline, item, check) for check in item.adequacy)
    return {kind.code: kind for kind in reversed(kinds)}  # where several checks share a code, the first gives the page


def _missing_kind(guideline: Guideline, item: GuidelineItem) -> Kind:
    title = item.title or f"{guideline.name} item {item.id} missing: {_lowered(item.topic)}"
    parts = f"Its parts: {'; '.join(part.name for part in item.parts)}.\n" if item.parts[1:] else ""
    reading = f"Prose is searched for {item.reading.looks_for}.\n" if item.reading else ""
    manual = (
        f"{_sentence(title)}\n\n{_asks(guideline, item)}\n"
        f"Fields checked: {', '.join(item.field)}.\n{parts}{reading}"
        f"Remedy: {_sentence(item.remedy)}\nSource: {guideline.citation}."
    )
    return Kind(item.code, f"{item.slug()}-missing", Level(item.severity), manual)


def _weak_kind(guideline: Guideline, item: GuidelineItem, check: Adequacy) -> Kind:
    hint = "This is only a hint: the item still counts as present."
    effect = hint if check.level == "info" else "The item then counts as weak."
    title = check.title or _without_gap(check.says)
    manual = (
        f"{_sentence(title)}\n\n{_asks(guideline, item)} {effect}\n"
        f"Remedy: {_sentence(check.remedy)}\nSource: {guideline.citation}."
    )
    return Kind(check.code, check.name, Level(check.level), manual)


def _incomplete_kind(guideline: Guideline) -> tuple[Kind, ...]:
    if guideline.codes.incomplete is None:
        return ()
    manual = f"""Part of what an item of {guideline.name} asks for is missing.

The item counts as weak. The message names what was found, in keys or in prose, and what was not; the place is the key
in which the first of these belongs. Remedy: add it, in its key or in the prose of the section. An item of which nothing
was found is missing and has a code of its own.
Source: {guideline.citation}."""
    return (Kind(guideline.codes.incomplete, "item-incomplete", Level.WARNING, manual),)


def _asks(guideline: Guideline, item: GuidelineItem) -> str:
    return f"{guideline.name} item {item.id}, {_lowered(item.topic).replace(' - ', ' – ')}: {item.requirement}"


def _without_gap(says: str) -> str:
    """Return a message as a title, for guidelines that give none: the place of what was found becomes an ellipsis."""
    said = says.replace(" ({what})", "").replace(": {what}", "").replace("{what}", "…")
    return said[:1].upper() + said[1:]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


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
            f"""An item of {guideline.name} may be answered in prose; only a reader can be sure.

The section is written as prose whose words were not recognised, or in a language that is not read, or nothing shows
whether the item applies to this patient. The message asks, and quotes what was read. Remedy: read the section; then
either give the fact its own key, or confirm the item in the case:
`{answers}: {{confirmed: {{ID: yes}}}}`.""",
        ),
        Kind(
            codes.refused,
            "waiver-refused",
            Level.ERROR,
            f"""A waiver or confirmation names an item of {guideline.name} that does not exist or cannot be waived.

The guideline requires some items in every case, and every waiver needs a reason. The message names the item.""",
        ),
        Kind(
            codes.question,
            "question-for-the-author",
            Level.INFO,
            f"""An item of {guideline.name} raises a question that only the author can answer.

The item counts as present until it is answered. Remedy: answer it in the case:
`{answers}: {{confirmed: {{ID: yes}}}}`; `no` makes the item weak, `na` means that it does not apply.""",
        ),
        Kind(
            codes.denied,
            "answered-no",
            Level.WARNING,
            f"""The author answered “no” to the question of an item of {guideline.name}.

Remedy: revise the case, then answer yes.""",
        ),
    )
