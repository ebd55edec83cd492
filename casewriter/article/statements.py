"""Consent, perspective and declarations as blocks: the author's sentences, or the data as they are."""

from __future__ import annotations

import re
from typing import Any

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, ListBlock, Paragraph, Run
from casewriter.article.walk import capitalised, plain
from casewriter.model.base import Listing
from casewriter.problem import Path


def _paragraph(run: Run, origin: Path) -> list[Block]:
    return [Paragraph(run, origin)] if run else []


def introduction(make: Builder) -> list[Block]:
    """Return the introduction."""
    return list(make.prose.blocks(make.case.introduction, ("introduction",)))


def conclusion(make: Builder) -> list[Block]:
    """Return the conclusion."""
    return list(make.prose.blocks(make.case.conclusion, ("conclusion",)))


def learning_points(make: Builder) -> list[Block]:
    """Return the take-away lessons as a list."""
    return _list(make, make.case.learning_points, ("learning_points",))


def highlights(make: Builder) -> list[Block]:
    """Return the highlights as a list."""
    return _list(make, make.case.highlights, ("highlights",))


def _list(make: Builder, texts: tuple[str, ...], path: Path) -> list[Block]:
    items = tuple(make.prose.blocks(text, (*path, n)) for n, text in enumerate(texts))
    return [ListBlock(False, items, origin=path)] if items else []


def patient_perspective(make: Builder) -> list[Block]:
    """Return the patient's own account and who tells it; the consent says why there is no account."""
    found = make.case.patient_perspective
    if found is None:
        return []
    path: Path = ("patient_perspective",)
    blocks: list[Block] = list(make.prose.blocks(found.text, (*path, "text")))
    if found.by and found.by != "patient":
        blocks += _paragraph(make.text(make.words["perspective_by"].format(make.word(found.by))), (*path, "by"))
    return blocks


def _perspective_not_obtained(make: Builder) -> list[Block]:
    """Return one sentence that says why there is no account of the patient's, or nothing where the profile says so."""
    found = make.case.patient_perspective
    if found is None or not found.not_obtained or make.telling.profile.not_obtained == "omit":
        return []
    path: Path = ("patient_perspective", "not_obtained")
    why = make.said(found.not_obtained, path)
    return _paragraph(_closed(make, (*make.text(f"{make.word('perspective_none')}{make.words['colon']}"), *why)), path)


def _closed(make: Builder, run: Run) -> Run:
    """Return a run that ends as a sentence does."""
    ended = not run or plain(run).rstrip().endswith((".", "!", "?", "…"))
    return run if ended else (*run, *make.text("."))


def consent(make: Builder) -> list[Block]:
    """Return the consent statement; without one, the data of the consent."""
    found = make.case.consent
    without = _perspective_not_obtained(make)
    if found is None:
        return without
    path: Path = ("consent",)
    blocks: list[Block] = list(make.prose.blocks(found.narrative, (*path, "narrative")))
    publication = found.publication
    rows: list[Fact] = []
    if publication is not None:
        where = (*path, "publication")
        statement = make.said(publication.statement, (*where, "statement"))
        blocks += _paragraph(statement, (*where, "statement"))
        if not statement and publication.status:
            by = ", ".join(make.inside(who) for who in publication.by)
            details = [make.text(make.words["by"].format(by)) if by else ()]
            status = make.text(make.word(publication.status))
            make.row(rows, "consent_publication", make.bracketed(status, details), where)
        make.row(rows, "because", make.said(publication.reason, (*where, "reason")), (*where, "reason"))
    if found.images and found.images != "not_applicable":
        make.row(rows, "consent_images", make.text(make.word(found.images)), (*path, "images"))
    make.row(rows, "consent_treatment", make.said(found.treatment, (*path, "treatment")), (*path, "treatment"))
    return [*blocks, *make.facts(rows), *without]


def ethics(make: Builder) -> list[Block]:
    """Return the ethics statement."""
    found = make.case.ethics
    if found is None:
        return []
    said = {key: make.said(getattr(found, key), ("ethics", key)) for key in ("approval", "board", "number")}
    number = make.labelled_inside("number", said["number"])
    board = make.joined([said["board"], number], ", ")
    ended = plain(said["approval"]).rstrip().endswith(".")
    whole = make.joined([said["approval"], board]) if ended else make.bracketed(said["approval"], [board])
    given = _paragraph(_closed(make, capitalised(whole)), ("ethics",))
    return [*make.prose.blocks(found.narrative, ("ethics", "narrative")), *given]


def registration(make: Builder) -> list[Block]:
    """Return the registration."""
    return _paragraph(make.said(make.case.registration, ("registration",)), ("registration",))


def _statement(
    make: Builder, listing: Listing[Any] | None, path: Path, none: str, keys: tuple[str, ...]
) -> list[Block]:
    if listing is None:
        return []
    blocks: list[Block] = list(make.prose.blocks(listing.narrative, (*path, "narrative")))
    label = "funder" if "award" in keys else "label"
    items = [make.answer(listing.model_copy(update={"narrative": None, "none": None}), path, keys, label)]
    if listing.none:
        items.insert(0, make.text(f"{make.word(none)}."))
    return [*blocks, *_paragraph(make.joined(items), path)]


def funding(make: Builder) -> list[Block]:
    """Return who paid, or that nobody did."""
    return _statement(make, make.case.funding, ("funding",), "none", ("award", "recipient"))


def competing_interests(make: Builder) -> list[Block]:
    """Return the competing interests of all and of each author."""
    blocks = _statement(make, make.case.competing_interests, ("competing_interests",), "none_declared", ())
    rows: list[Fact] = []
    for number, author in enumerate(make.case.authors):
        if author.conflicts is None:
            continue
        path: Path = ("authors", number, "conflicts")
        none = make.text(make.word("none_declared")) if author.conflicts.none else ()
        beside = make.answer(author.conflicts.model_copy(update={"none": None}), path)
        if blocks and none and not beside:
            continue  # the statement of all says it
        said = make.joined([none, beside])
        rows.append(Fact(make.text(author.name), said, path))
    return [*blocks, *make.facts(rows)]


def contributions(make: Builder) -> list[Block]:
    """Return who did what: CRediT roles with names, then the author's words."""
    from casewriter.model.people import CREDIT_ROLES

    rows: list[Fact] = []
    for role in CREDIT_ROLES:
        names = [author.name for author in make.case.authors if role in author.roles]
        if names:
            rows.append(Fact(make.text(role), make.text(", ".join(names)), ("authors",)))
    return [*make.facts(rows), *make.prose.blocks(make.case.contributions, ("contributions",))]


def guarantor(make: Builder) -> list[Block]:
    """Return who answers for the whole."""
    return _paragraph(make.said(make.case.guarantor, ("guarantor",)), ("guarantor",))


def data_availability(make: Builder) -> list[Block]:
    """Return where the data are."""
    return list(make.prose.blocks(make.case.data_availability, ("data_availability",)))


def acknowledgements(make: Builder) -> list[Block]:
    """Return the thanks."""
    return list(make.prose.blocks(make.case.acknowledgements, ("acknowledgements",)))


def prior_presentation(make: Builder) -> list[Block]:
    """Return where the case was shown before."""
    return list(make.prose.blocks(make.case.prior_presentation, ("prior_presentation",)))


_TOOL = ("vendor", "version", "settings", "purpose", "stage", "inputs", "date")


def ai_use(make: Builder) -> list[Block]:
    """Return the use of artificial intelligence."""
    found = make.case.ai_use
    if found is None:
        return []
    path: Path = ("ai_use",)
    not_used = _paragraph(make.text(f"{make.words['not_used']}."), (*path, "used")) if found.used is False else []
    tools = []
    for number, tool in enumerate(found.tools):
        where = (*path, "tools", number)
        details = [make.said(getattr(tool, k), (*where, k)) for k in _TOOL]
        if tool.deidentified is not None:
            said = make.words["yes" if tool.deidentified else "no"]
            details.append(make.labelled("deidentified", make.text(said)))
        name, label = (make.said(getattr(tool, key), (*where, key)) for key in ("name", "label"))
        details = [label if name else (), *details, make.said(tool.note, (*where, "note"))]
        tools.append(make.bracketed(name or label, details))
    rows: list[Fact] = []
    make.row(rows, "tools", make.joined(tools), (*path, "tools"))
    for key in ("verification", "responsible_author", "bias_and_compliance", "materials"):
        make.row(rows, key, make.said(getattr(found, key), (*path, key)), (*path, key))
    used = _paragraph(make.text(f"{make.words['used']}."), (*path, "used")) if found.used and not rows else []
    return [*not_used, *used, *make.facts(rows)]


def _natural(entry: tuple[str, str]) -> list[tuple[bool, int, str]]:
    """Return a key that sorts ABC2 before ABC10, and small letters beside capitals."""
    parts = re.findall(r"\d+|\D+", entry[0].casefold())
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def abbreviations(make: Builder) -> list[Block]:
    """Return the abbreviations and their meanings."""
    rows = [
        Fact(make.text(k), make.said(v, ("abbreviations", k)), ("abbreviations", k))
        for k, v in sorted(make.case.abbreviations.items(), key=_natural)
    ]
    return make.facts(rows)


def videos(make: Builder) -> list[Block]:
    """Return the list of videos."""
    return _attachments(make, "videos", "video")


def supplements(make: Builder) -> list[Block]:
    """Return the list of supplementary files."""
    return _attachments(make, "supplements", "supplement")


def _attachments(make: Builder, key: str, word: str) -> list[Block]:
    rows: list[Fact] = []
    for number, one in enumerate(getattr(make.case, key)):
        path: Path = (key, number)
        caption = make.said(one.caption, (*path, "caption")) or make.text(one.file or "")
        said = make.bracketed(caption, [make.said(one.credit, (*path, "credit"))])
        rows.append(Fact(make.text(f"{make.word(word)} {number + 1}"), said, path))
    return make.facts(rows)
