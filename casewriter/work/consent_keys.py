"""What the author writes into the case when the form is signed: one piece of YAML that goes into the file as it is."""

from __future__ import annotations

from casewriter.project import Opened
from casewriter.source.additions import append_keys, scalar
from casewriter.source.positions import Source
from casewriter.source.tree import Mapping, Node
from casewriter.work.check import identifying

_WHAT = "consent"


def to_write(opened: Opened, version: str) -> str:
    """Return where it is written and, on a line of its own, what, as the file is now."""
    keys = {"status": "written", "by": "patient", "version": version}
    pair = f"publication: {{status: written, by: patient, version: {version}}}"
    source = opened.source
    consent = _at(source.root, "consent")
    if not isinstance(consent, Mapping):
        return _whole(opened, pair)
    if not consent.entries:
        return f"write in the place of the present consent:\nconsent: {{{pair}}}"
    publication = _at(consent, "publication")
    if "publication" not in consent.entries:
        return _added(source, consent, "consent:", {"publication": keys})
    if not isinstance(publication, Mapping) or not publication.entries:
        return f"write in the place of the present publication: under consent:\n{_indent(source, consent)}{pair}"
    if "version" in publication.entries:
        found = f"{_indent(source, publication)}version: {version}"
        return f"write in the place of the present version: under consent: publication:\n{found}"
    return _added(source, publication, "publication: under consent:", {"version": version})


def _whole(opened: Opened, pair: str) -> str:
    """Return the whole key, for a case that has none or says it in one text, which becomes the narrative.

    A text that may identify the patient is not repeated.
    """
    held = (opened.source.data or {}).get("consent")
    if not held:
        return f"write:\nconsent: {{{pair}}}"
    told = isinstance(held, str) and not any(problem.path[:1] == ("consent",) for problem in identifying(opened))
    text, dots = (scalar(held), "") if told else ("…", ", with its text for the dots")
    return f"write in the place of the present consent:{dots}\nconsent: {{narrative: {text}, {pair}}}"


def _added(source: Source, item: Mapping, where: str, fields: dict[str, str] | dict[str, dict[str, str]]) -> str:
    piece = append_keys(source, item, fields, _WHAT).text.strip("\n")
    place = f"before the brace that closes {where}" if item.flow else f"as the last line of {where}"
    return f"add {place}\n{piece}"


def _indent(source: Source, item: Mapping) -> str:
    """Return the spaces before the keys of a mapping; none in braces."""
    start = next(iter(item.entries.values()))[0].start
    return "" if item.flow else " " * (start - source.text.rfind("\n", 0, start) - 1)


def _at(node: Node | None, key: str) -> Node | None:
    return node.entries[key][1] if isinstance(node, Mapping) and key in node.entries else None
