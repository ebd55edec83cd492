"""The rendering elements of CSL, compiled once into functions from a cite to its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from dataclasses import field as default
from typing import Any

from casewriter.citation.csl import number as numbers
from casewriter.citation.csl.condition import compile_condition
from casewriter.citation.csl.date import date_parts, render_date, sort_key
from casewriter.citation.csl.item import Cite
from casewriter.citation.csl.locale import CSL, Locale
from casewriter.citation.csl.names import compile_names
from casewriter.citation.csl.text import field, font, join, plain, quoted, styled
from casewriter.citation.csl.textcase import change_case

Render = Callable[[Cite], str]


@dataclass(frozen=True)
class Scope:
    """Where an element stands: its style's macros and options, its area, and what names inherit there."""

    locale: Locale
    macros: dict[str, Any]
    area: str
    name_options: dict[str, str] = default(default_factory=dict)
    sorting: dict[str, str] | None = None
    demote: str = "display-and-sort"
    hyphen: bool = True
    page_format: str | None = None
    english: bool = True
    outer_names: tuple[Any, Any, list[Any], bool] | None = None
    numbered: bool = True
    """Whether `citation-number` prints."""
    substituting: bool = False
    """Whether it stands in a cs:substitute, where a variable is printed once."""
    strips: bool = False
    """Whether an element around takes the full stops out of what variables and terms say."""
    compiled: dict[str, Render] = default(default_factory=dict)

    @property
    def range_delimiter(self) -> str:
        """What stands between the ends of a range of numbers."""
        return self.locale.term("page-range-delimiter") or "–"

    def inside_names(self, children: tuple[Any, Any, list[Any], bool]) -> Scope:
        """Return the scope of a cs:substitute."""
        return replace(self, outer_names=children, substituting=True, compiled={})


def compile_element(element: Any, scope: Scope, delimiter: str = "") -> Render:
    """Return the function that renders an element; `delimiter` is its parent's, which a choice hands on."""
    match element.tag.removeprefix(CSL):
        case "text":
            return _text(element, scope)
        case "number":
            return _number(element, scope)
        case "label":
            return _label(element, scope)
        case "date":
            return _date(element, scope)
        case "names":
            return compile_names(element, scope)
        case "group":
            return _group(element, scope)
        case "choose":
            return _choose(element, scope, delimiter)
        case _:
            return lambda _cite: ""


def compile_children(element: Any, scope: Scope, delimiter: str = "") -> Render:
    """Return the function that renders the children of an element, with its delimiter between them."""
    delimiter = element.get("delimiter", delimiter)
    children = [compile_element(child, scope, delimiter) for child in element]

    def render(cite: Cite) -> str:
        whole = ""
        for child in children:
            if text := child(cite):
                whole = join(join(whole, delimiter), text) if whole else text
        return whole

    return render


def affixed(text: str, element: Any) -> str:
    """Return a text between the prefix and suffix of an element; nothing stays nothing."""
    if not text:
        return ""
    return join(join(element.get("prefix", ""), text), element.get("suffix", ""))


Decorate = Callable[[str, Cite | None], str]


def decoration(element: Any, scope: Scope) -> Decorate:
    """Return what an element does to its text: periods, case, quotation marks, fonts, affixes, in this order.

    Title case asks the cite for the language of its item.
    """
    attributes = dict(element.attrib)
    case, styles = attributes.get("text-case"), font(attributes)
    leaf = "macro" not in attributes and len(element) == 0
    strip = leaf and (scope.strips or attributes.get("strip-periods") == "true")
    quotes = attributes.get("quotes") == "true"
    prefix, suffix = attributes.get("prefix", ""), attributes.get("suffix", "")
    display = attributes.get("display")
    english = scope.english
    if not (case or styles or strip or quotes or prefix or suffix or display):
        return lambda text, _cite: text

    def decorate(text: str, cite: Cite | None) -> str:
        if not text:
            return ""
        if strip:
            text = text.replace(".", "")
        if case:
            own = cite.item.english if cite is not None else None
            text = change_case(text, case, english=english if own is None else own)
        if quotes:
            text = quoted(text)
        if styles:
            text = styled(text, styles)
        if prefix:
            text = join(prefix, text)
        text = join(text, suffix) if suffix else text
        return join(" ", text) if display else text

    return decorate


def _text(element: Any, scope: Scope) -> Render:
    decorate = decoration(element, scope)
    if macro := element.get("macro"):
        return _macro(macro, decorate, scope, strips=element.get("strip-periods") == "true")
    if variable := element.get("variable"):
        return _variable(variable, element, decorate, scope)
    if term := element.get("term"):
        plural = element.get("plural") == "true"
        fixed = decorate(scope.locale.term(term, element.get("form", "long"), plural=plural) or "", None)
        return lambda _cite: fixed
    value = decorate(field(element.get("value", "")), None)
    return lambda _cite: value


def _macro(name: str, decorate: Decorate, scope: Scope, *, strips: bool) -> Render:
    element = scope.macros.get(name)
    if element is None:
        return lambda _cite: ""
    if strips and not scope.strips:
        scope = replace(scope, strips=True, compiled={})
    inner = scope.compiled.get(name)
    if inner is None:
        scope.compiled[name] = lambda _cite: ""  # a macro that calls itself renders nothing
        inner = scope.compiled[name] = compile_children(element, replace(scope, outer_names=None))

    def render(cite: Cite) -> str:
        called, filled = cite.called, cite.filled
        text = inner(cite)
        if not text or (cite.called > called and cite.filled == filled):
            return ""
        cite.filled += 1  # to the group around it a macro that says something is a variable that does
        return decorate(text, cite)

    return render


def _variable(variable: str, element: Any, decorate: Decorate, scope: Scope) -> Render:
    short = element.get("form") == "short"

    def render(cite: Cite) -> str:
        cite.called += 1
        if variable in cite.suppressed:
            return ""
        text = _value(variable, cite, scope, short=short)
        if text or variable == "year-suffix":  # so that “n.d.” with a year suffix that is empty stands
            cite.filled += 1
            cite.printed.append(variable)
        return decorate(text, cite)

    return render


def _value(variable: str, cite: Cite, scope: Scope, *, short: bool) -> str:
    texts = cite.item.texts
    if short and (found := texts.get(f"{variable}-short")):
        return found
    if (own := _OWN.get(variable)) is not None:
        return own(cite, scope)
    text = texts.get(variable, "")
    if variable in _NUMBERED:
        return _RANGE.sub(scope.range_delimiter, text).replace("\\-", "-")
    return text


def _number_of(cite: Cite, scope: Scope) -> str:
    if not scope.numbered or not cite.number:
        return ""
    return str(cite.number) if scope.sorting is None else f"{cite.number:08d}"


def _suffix_of(cite: Cite, _scope: Scope) -> str:
    cite.suffix_done = True
    return cite.year_suffix


def _first_page(cite: Cite, _scope: Scope) -> str:
    texts = cite.item.texts
    return (texts.get("page-first") or re.split(r"[-–,&]", texts.get("page", ""), maxsplit=1)[0]).strip()


def _short_container(cite: Cite, _scope: Scope) -> str:
    return cite.item.texts.get("container-title-short") or cite.item.texts.get("container-title", "")


_NUMBERED = frozenset("number-of-volumes volume issue number collection-number edition".split())
_RANGE = re.compile(r"(?<=^\d)-(?=\d+$)|(?<=^\d\d)-(?=\d+$)|(?<=^\d{3})-(?=\d+$)|(?<=^\d{4})-(?=\d+$)")


def _pages(text: str, scope: Scope) -> str:
    return numbers.pages(text, scope.page_format, scope.range_delimiter) if text else ""


def _locator(cite: Cite, scope: Scope) -> str:
    if not cite.locator or "–" in cite.locator:
        return cite.locator
    if cite.label in ("page", "chapter", "line", "figure", "table", "note", "section", "paragraph", "verse", "folio"):
        return _pages(cite.locator, scope)
    return re.sub(r"(?<=\d)-(?=\d)", scope.range_delimiter, cite.locator)


def _trigraph(cite: Cite, _scope: Scope) -> str:
    """Return a label such as ``Dead66`` from names and year (CSL 1.0.2, `citation-label`)."""
    if found := cite.item.texts.get("citation-label"):
        return found
    persons = cite.item.names.get("author", ())
    families = [plain(p.family or p.literal) for p in persons[:4]]
    letters = {1: 4, 2: 2, 3: 1}.get(len(families), 1)
    issued = cite.item.dates.get("issued")
    year = f"{issued.start[0] % 100:02d}" if issued and issued.start[0] else ""
    return "".join(family[:letters] for family in families) + year + cite.year_suffix


_OWN: dict[str, Callable[[Cite, Scope], str]] = {
    "citation-number": _number_of,
    "year-suffix": _suffix_of,
    "locator": _locator,
    "page": lambda cite, scope: _pages(cite.item.texts.get("page", ""), scope),
    "page-first": _first_page,
    "container-title-short": _short_container,
    "first-reference-note-number": lambda cite, _scope: str(cite.note or ""),
    "citation-label": _trigraph,
}
"""The variables that are not simply read from the item."""


def _number(element: Any, scope: Scope) -> Render:
    variable, form = element.get("variable", ""), element.get("form", "numeric")
    decorate = decoration(element, scope)
    gender = scope.locale.gender(variable)

    def render(cite: Cite) -> str:
        cite.called += 1
        text = "" if variable in cite.suppressed else _value(variable, cite, scope, short=False)
        if not text:
            return ""
        cite.filled += 1
        cite.printed.append(variable)
        if variable != "page":
            text = numbers.in_form(text, form, scope.locale, gender)
        return decorate(text, cite)

    return render


def _label(element: Any, scope: Scope) -> Render:
    variable, form = element.get("variable", ""), element.get("form", "long")
    rule = element.get("plural", "contextual")
    decorate = decoration(element, scope)

    def render(cite: Cite) -> str:
        text = cite.locator if variable == "locator" else cite.item.texts.get(variable, "")
        if variable == "page-first" and not text:
            text = cite.item.texts.get("page", "")
        if not text or variable in cite.suppressed:
            return ""
        counts = variable.startswith("number-of-") and text.isdigit()
        many = int(text) > 1 if counts else numbers.is_plural(plain(text))
        term = cite.label if variable == "locator" else variable
        word = scope.locale.term(term, form, plural=rule == "always" or (rule == "contextual" and many))
        return decorate(word or "", cite)

    return render


def _date(element: Any, scope: Scope) -> Render:
    variable = element.get("variable", "")
    parts, known = date_parts(element, scope.locale)
    delimiter = element.get("delimiter") or known.get("delimiter", "")
    merged = {**{k: v for k, v in known.items() if k not in ("form", "delimiter")}, **element.attrib}
    decorate = decoration(_Attributes(merged), scope)
    sorting = scope.sorting is not None
    wanted = {part.name for part in parts}

    def render(cite: Cite) -> str:
        cite.called += 1
        date = cite.item.dates.get(variable)
        if not date or variable in cite.suppressed:
            return ""
        if sorting:
            cite.filled += 1
            return sort_key(date, wanted)
        suffix = ""
        if variable == "issued" and cite.implicit_suffix and not cite.suffix_done and "year" in wanted:
            cite.suffix_done, suffix = True, cite.year_suffix
        text = render_date(date, parts, delimiter, scope.locale, suffix)
        if not text:
            return ""
        cite.filled += 1
        cite.printed.append(variable)
        return decorate(text, cite)

    return render


class _Attributes:
    """The attributes of a date: its locale's under its own."""

    def __init__(self, attrib: dict[str, str]) -> None:
        self.attrib = attrib

    def __len__(self) -> int:
        return 0


def _group(element: Any, scope: Scope) -> Render:
    inner = compile_children(element, scope)
    decorate = decoration(element, scope)

    def render(cite: Cite) -> str:
        called, filled = cite.called, cite.filled
        text = inner(cite)
        if cite.called > called and cite.filled == filled:
            return ""  # every variable it calls is empty: terms and values alone say nothing
        return decorate(text, cite)

    return render


def _choose(element: Any, scope: Scope, delimiter: str) -> Render:
    branches = []
    for branch in element:
        name = branch.tag.removeprefix(CSL)
        holds = compile_condition(branch) if name != "else" else None
        branches.append((holds, compile_children(branch, scope, delimiter)))

    def render(cite: Cite) -> str:
        for holds, inner in branches:
            if holds is None or holds(cite):
                return inner(cite)
        return ""

    return render
