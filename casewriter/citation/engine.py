"""The one adapter to the CSL engine citeproc-py: one reference in, marked text out, its known faults mended.

Mended: the label of the list is taken out (numbering is ours); delimiters of dates that a style defines in its own
locale are kept; doubled punctuation (``et al..``, ``?.``, ``::``) is single; a source that ends in et al. does so here;
what stands in for a missing author is not printed twice; page ranges are whole; stops stand inside quotation marks
where the locale wants them there.
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
from citeproc.model import Names, Substitute
from citeproc.source import VariableError
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
    if "page" in item and _page_format(path):
        item["page"] = _whole_range(item["page"])
    if truncated_at is not None:
        item["author"] = [*item.get("author", []), *({"family": "Z", "given": "Z."} for _ in range(120))]
    engine = _engine(path, options, language, truncated_at)
    bibliography = CitationStylesBibliography(engine, _source([item]), _Marks)
    bibliography.register(Citation([CitationItem("item")]))
    entries = bibliography.bibliography()
    inside = engine.root.get_locale_option("punctuation-in-quote") == "true"
    return _mend(str(entries[0]) if entries else "", punctuation_in_quote=inside)


@lru_cache(maxsize=64)
def _page_format(path: str) -> str | None:
    found: str | None = etree.parse(path, _PARSER).getroot().get("page-range-format")
    return found


def _whole_range(pages: str) -> str:
    """Return ``312-318`` for ``312-8``: a style with a form of its own for ranges starts from whole numbers."""
    found = re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", pages)
    if not found or len(found[2]) >= len(found[1]):
        return pages
    return f"{found[1]}-{found[1][: -len(found[2])]}{found[2]}"


def _source(items: list[dict[str, Any]]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the engine warns of every variable that it does not know
        return CiteProcJSON(items)


def _input(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item as the engine wants it: no unprinted fields, our marks for CSL's tags."""
    cleaned = {key: _marked(value) for key, value in item.items() if key not in _UNPRINTED}
    if "container-title" in cleaned:
        cleaned.setdefault("container-title-short", cleaned["container-title"])
    return cleaned


def _marked(value: Any) -> Any:
    """Return a field with marks for tags; names and dates, which have no tags, without any mark."""
    if isinstance(value, str):
        return markup.from_csl(value)
    if isinstance(value, list):
        return [_marked(part) for part in value]
    if isinstance(value, dict):
        return {key: markup.plain(part) if isinstance(part, str) else _marked(part) for key, part in value.items()}
    return value


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


_AFTER_QUOTE = re.compile(rf"(?P<before>.)(?P<close>[”’]{_MARK})(?P<mark>[.,])")


def _mend(text: str, *, punctuation_in_quote: bool) -> str:
    for pattern, replacement in _DOUBLED:
        text = pattern.sub(replacement, text)
    if punctuation_in_quote:
        text = _AFTER_QUOTE.sub(_into_quote, text)
    return text.strip()


def _into_quote(found: re.Match[str]) -> str:
    """Return ``facts,”`` for ``facts”,``; a quotation that ends in ? or ! or a stop takes no second one."""
    kept = "" if found["before"] in ".?!" and found["mark"] == "." else found["mark"]
    return f"{found['before']}{kept}{found['close']}"


def _remember_substitutes(self: Any, child: Any, context: Any) -> None:
    """Note every variable that stood in for another, so that it is not printed again (CSL 1.0.2, "Substitute")."""
    repressed = (context if context is not None else self).get_layout().repressed
    for variable in _variables(child):
        for tag in ("text", "names", "date", "number"):
            repressed.setdefault(f"{_CSL}{tag}", []).append(variable)


def _variables(element: Any, depth: int = 0) -> list[str]:
    names = (element.get("variable") or "").split()
    children = list(element)
    if element.get("macro") and depth < 8:
        children.append(element.get_macro(element.get("macro")))
    return names + [name for child in children for name in _variables(child, depth + 1)]


def _names_unless_substituted(original: Any) -> Any:
    def process(self: Any, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        repressed = (context if context is not None else self).get_layout().repressed.get(f"{_CSL}names", [])
        if names_context is None and set((self.get("variable") or "").split()) <= set(repressed):
            raise VariableError
        return original(self, item, names_context=names_context, context=context, **options)

    return process


# The engine forgets what a substitute has printed when it is a macro or a list of names.
Substitute.add_to_repressed_list = _remember_substitutes
Names.process = _names_unless_substituted(Names.process)
