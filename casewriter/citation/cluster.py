"""What a text cites in one pair of brackets, as written and as printed."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element

from msgspec import Struct

from casewriter.csl.locale import full_lang, locale_for


class Cited(Struct, frozen=True):
    """One cite as the author writes it: ``[see @muller1959, pp. 12-14, for a list]``.

    `locator` is the number alone, `label` what it numbers, in CSL's names (page, figure, chapter …); `bare` asks for
    a cite without its names, ``[-@muller1959]``.
    """

    key: str
    prefix: str = ""
    label: str = ""
    locator: str = ""
    suffix: str = ""
    bare: bool = False


class PrintedPart(Struct, frozen=True):
    """A run of printed text of a cluster, the key of the reference it stands for, and its style.

    `key` is None for what is between; `style` is empty, or italic, bold, superscript, subscript or smallcaps.
    """

    text: str
    key: str | None = None
    style: str = ""


LABELS = (
    "act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus page "
    "paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version volume"
).split()
"""What a locator numbers (CSL 1.0.2, "Locators")."""

_ONE = r"(?:[A-Za-z]{0,2}\d[\w.:/]*|[ivxlcdm]+\b)"
_NUMBERS = re.compile(rf"({_ONE}(?:\s*[-–—,&]\s*{_ONE})*)(.*)$", re.DOTALL)


def read_cited(text: str, language: str) -> Cited:
    """Return one cite of a cluster from its source: ``see @a, p. 12, for a list``."""
    found = re.search(r"(-?)@([^\s;,\[\]@{}]+)", text)
    if found is None:
        raise ValueError(f"no key in {text!r}")
    prefix, rest = text[: found.start()].strip(), text[found.end() :].strip()
    label, locator, suffix = _locator(rest.removeprefix(",").strip(), language)
    if suffix and rest.startswith(",") and not locator:
        suffix = f", {suffix}"
    return Cited(found[2], prefix, label, locator, suffix, bool(found[1]))


def _locator(text: str, language: str) -> tuple[str, str, str]:
    """Divide what follows a key into what is numbered, its number, and words."""
    if not text:
        return "", "", ""
    words = _words(full_lang(language))
    label = "page"
    start = re.match(r"([^\W\d_]+\.?|[§¶]{1,2})\s*(?=\S)", text)
    rest = text
    if start and start[1].casefold().rstrip(".") in words:
        label, rest = words[start[1].casefold().rstrip(".")], text[start.end() :]
    numbers = _NUMBERS.match(rest)
    if numbers is None or (rest is text and not numbers[1][:1].isdigit()):
        return "", "", text
    return label, " ".join(numbers[1].split()), numbers[2].strip()


@cache
def _words(lang: str) -> dict[str, str]:
    """Return the words of a language and of English for what locators number, as CSL's locales have them."""
    found: dict[str, str] = {"§": "section", "§§": "section", "¶": "paragraph", "¶¶": "paragraph", "s": "section"}
    for one in ("en-US", lang):
        locale = locale_for(one, Element("none"))
        for label in LABELS:
            for form in ("long", "short", "symbol"):
                for plural in (False, True):
                    if word := locale.term(label, form, plural=plural):
                        found[word.casefold().rstrip(".")] = label
    return found | {"pp": "page", "p": "page", "tab": "table", "figs": "figure"}
