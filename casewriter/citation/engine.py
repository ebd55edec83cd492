"""The one adapter to the CSL engine citeproc-py: one reference in, marked text out, its known faults mended.

Mended: the label of the list is taken out (numbering is ours); delimiters of dates that a style defines in its own
locale are kept; doubled punctuation (``et al..``, ``?.``, ``::``) is single; a source that ends in et al. does so here.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import lru_cache
from io import BytesIO
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.source.json import CiteProcJSON
from lxml import etree

from casewriter.citation import markup
from casewriter.citation.style import Style
from casewriter.model.reference import Reference

_CSL = "{http://purl.org/net/xbiblio/csl}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, load_dtd=False)
_LOCALES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "pt": "pt-PT", "it": "it-IT"}
Options = tuple[tuple[str, str], ...]
_UNPRINTED = {"abstract", "keyword", "annote", "archive_location"}


class _Marks:
    """What the engine calls a formatter: our marks instead of HTML, and no escaping."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    Italic = Oblique = staticmethod(lambda text: markup.wrap(str(text), "italic"))
    Bold = staticmethod(lambda text: markup.wrap(str(text), "bold"))
    Superscript = staticmethod(lambda text: markup.wrap(str(text), "superscript"))
    Subscript = staticmethod(lambda text: markup.wrap(str(text), "subscript"))
    SmallCaps = staticmethod(lambda text: markup.wrap(str(text), "smallcaps"))
    Light = Underline = staticmethod(str)


def format_reference(reference: Reference, style: Style, language: str) -> str:
    """Return a reference in a style as text with marks; the same item is formatted once in a process."""
    item = json.dumps(reference.csl(), sort_keys=True, ensure_ascii=False)
    known = len(reference.author) if reference.authors_truncated else None
    return _format(item, known, str(style.path), style.options, language)


def sort_order(references: list[Reference], style: Style, language: str) -> list[int]:
    """Return the positions of the references in the order of the style's list."""
    engine = _engine(str(style.path), style.options, language, None)
    items = [_input(reference.csl()) | {"id": str(n)} for n, reference in enumerate(references)]
    bibliography = CitationStylesBibliography(engine, _source(items), _Marks)
    bibliography.register(Citation([CitationItem(str(n)) for n in range(len(references))]))
    bibliography.sort()
    return [int(key) for key in bibliography.keys]


@lru_cache(maxsize=20_000)
def _format(item_json: str, truncated_at: int | None, path: str, options: Options, language: str) -> str:
    item = _input(json.loads(item_json)) | {"id": "item"}
    if truncated_at is not None:
        item["author"] = [*item.get("author", []), *({"family": "Z", "given": "Z."} for _ in range(120))]
    engine = _engine(path, options, language, truncated_at)
    bibliography = CitationStylesBibliography(engine, _source([item]), _Marks)
    bibliography.register(Citation([CitationItem("item")]))
    entries = bibliography.bibliography()
    return _mend(str(entries[0]) if entries else "")


def _source(items: list[dict[str, Any]]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the engine warns of every variable that it does not know
        return CiteProcJSON(items)


def _input(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item as the engine wants it: no unprinted fields, our marks for CSL's tags."""
    cleaned: dict[str, Any] = {}
    for key, value in item.items():
        if key in _UNPRINTED:
            continue
        cleaned[key] = markup.from_csl(value) if isinstance(value, str) else value
    if "container-title" in cleaned:
        cleaned.setdefault("container-title-short", cleaned["container-title"])
    return cleaned


@lru_cache(maxsize=64)
def _engine(path: str, options: Options, language: str, truncated_at: int | None) -> Any:
    root = etree.parse(path, _PARSER).getroot()
    _take_out_label(root)
    _keep_date_delimiters(root)
    _set_options(root, options)
    if truncated_at is not None:
        _truncate_at(root, truncated_at)
    locale = root.get("default-locale") or _LOCALES.get(language[:2], "en-US")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles newer than the engine's schema
        return CitationStylesStyle(BytesIO(etree.tostring(root)), locale=locale, validate=False)


def _take_out_label(root: Any) -> None:
    for element in list(root.iter(f"{_CSL}text", f"{_CSL}number")):
        inside = any(True for _ in element.iterancestors(f"{_CSL}bibliography", f"{_CSL}macro"))
        if element.get("variable") == "citation-number" and inside:
            element.getparent().remove(element)


def _keep_date_delimiters(root: Any) -> None:
    """Copy the delimiter of a date format onto the dates that use it: the engine looks there only."""
    formats = {d.get("form"): d.get("delimiter") for d in root.iterfind(f"{_CSL}locale/{_CSL}date")}
    for date in root.iter(f"{_CSL}date"):
        if date.get("variable") and formats.get(date.get("form")) and date.get("delimiter") is None:
            date.set("delimiter", formats[date.get("form")])


def _set_options(root: Any, options: Options) -> None:
    """Set inheritable name options for the whole list, over what single names say."""
    for name, value in options:
        for element in root.iter():
            if element.get(name) is not None:
                element.set(name, value)
        root.find(f"{_CSL}bibliography").set(name, value)


def _truncate_at(root: Any, known: int) -> None:
    """Make the style stop after the authors that the source gives: it prints et al. after them."""
    holders = [e for e in root.iter() if e.get("et-al-use-first") is not None]
    for holder in holders or [root]:
        shown = int(holder.get("et-al-use-first", known))
        holder.set("et-al-use-first", str(max(1, min(shown, known))))
        holder.set("et-al-min", "2")


_MARK = "([\uf8a0-\uf8af]*)"
_DOUBLED = (
    (re.compile(rf"\.{_MARK}\.(?!\.)"), r".\1"),
    (re.compile(rf"([?!]){_MARK}\."), r"\1\2"),
    (re.compile(rf"([,;:]){_MARK}\1"), r"\1\2"),
    (re.compile(r" {2,}"), " "),
)


def _mend(text: str) -> str:
    for pattern, replacement in _DOUBLED:
        text = pattern.sub(replacement, text)
    return text.strip()
