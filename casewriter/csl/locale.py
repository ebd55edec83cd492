"""The words of a language: terms, date formats and options of CSL's locales, and what a style changes in them."""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from msgspec import Struct, field

from casewriter.csl.finish import Quotes
from casewriter.problem import CannotRun

CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Term(Struct, frozen=True):
    """A word in one form: for one, for several, and its gender."""

    single: str
    multiple: str
    gender: str = ""


class Locale(Struct):
    """What one language says, after a style has changed it."""

    lang: str
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    ordinals: dict[tuple[str, str], str] = field(default_factory=dict)
    matches: dict[str, str] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """Return a term; a form that is not there falls back as CSL 1.0.2 ("Terms") says. None: no such term."""
        wanted: str | None = form or "long"
        while wanted:
            if found := self.terms.get((name, wanted)):
                return found.multiple if plural else found.single
            wanted = _FALLBACK.get(wanted)
        return None

    def gender(self, name: str) -> str:
        """Return the gender of a term."""
        found = self.terms.get((name, "long"))
        return found.gender if found else ""

    def quotes(self) -> Quotes:
        """Return the quotation marks."""
        names = ("open-quote", "close-quote", "open-inner-quote", "close-inner-quote")
        opens, closes, inner_opens, inner_closes = (self.term(name) or '"' for name in names)
        inside = self.options.get("punctuation-in-quote") == "true"
        return Quotes(opens, closes, inner_opens, inner_closes, inside)

    def add(self, root: Any) -> None:
        """Lay a `locale` element over this one."""
        for options in root.iterfind(f"{CSL}style-options"):
            self.options.update(options.attrib)
        for date in root.iterfind(f"{CSL}date"):
            self.dates[date.get("form")] = date
        terms = root.find(f"{CSL}terms")
        if terms is None:
            return
        if any(str(term.get("name", "")).startswith("ordinal") for term in terms):
            self.ordinals.clear()
            self.matches.clear()
        for term in terms.iterfind(f"{CSL}term"):
            self._add_term(term)

    def _add_term(self, term: Any) -> None:
        name, form = term.get("name", ""), term.get("form", "long")
        if name == "ordinal" or name.startswith("ordinal-"):
            self.ordinals[name, term.get("gender-form", "")] = term.text or ""
            self.matches[name] = term.get("match", "")
            return
        if term.get("gender-form"):
            self.ordinals[name, term.get("gender-form")] = term.text or ""
            return
        single, multiple = term.find(f"{CSL}single"), term.find(f"{CSL}multiple")
        text = (term.text or "") if single is None else (single.text or "")
        several = text if multiple is None else (multiple.text or "")
        known = self.terms.get((name, form))
        self.terms[name, form] = Term(text, several, term.get("gender") or (known.gender if known else ""))


def locale_for(lang: str, style: Any) -> Locale:
    """Return the locale of a language as a style (its root element) changes it.

    The order of precedence is that of CSL 1.0.2, "Locale Fallback".
    """
    lang = full_lang(lang)
    locale = Locale(lang)
    files = ["en-US", _dialects().get(lang[:2], "en-US"), lang]
    for name in dict.fromkeys(files):
        if (root := _file(name)) is not None:
            locale.add(root)
    for wanted in (None, lang[:2], lang):
        for root in style.iterfind(f"{CSL}locale"):
            if root.get(XML_LANG) == wanted:
                locale.add(root)
    return locale


def full_lang(lang: str) -> str:
    """Return ``de-DE`` for ``de``; English where the language is not known."""
    code, _, region = lang.replace("_", "-").partition("-")
    if region and _file(f"{code.lower()}-{region.upper()}") is not None:
        return f"{code.lower()}-{region.upper()}"
    return _dialects().get(code.lower(), "en-US")


@cache
def _dialects() -> dict[str, str]:
    """Return the primary dialect of each language (`locales.json` of the CSL locales)."""
    return dict(json.loads((_folder() / "locales.json").read_bytes())["primary-dialects"])


@cache
def _file(name: str) -> Any:
    path = _folder() / f"locales-{name}.xml"
    return read_xml(path) if path.is_file() else None


def read_xml(path: Path) -> Any:
    """Return the root element of a file of CSL."""
    return ElementTree.parse(path).getroot()  # noqa: S314 - a file of a package, not of a user


@cache
def _folder() -> Path:
    found = find_spec("citeproc")
    if found is None or found.origin is None:
        raise CannotRun("the package citeproc-py is missing, which provides the CSL locales: pip install citeproc-py")
    return Path(found.origin).parent / "data" / "locales"
