"""The rendering elements of CSL, compiled once into functions from a cite to its text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from casewriter.csl import number as numbers
from casewriter.csl.condition import compile_condition
from casewriter.csl.date import date_parts, render_date, sort_key
from casewriter.csl.field import field
from casewriter.csl.item import Cite
from casewriter.csl.locale import CSL
from casewriter.csl.names import compile_names
from casewriter.csl.scope import Render, Scope
from casewriter.csl.text import OWN, font, join, plain, quoted, styled
from casewriter.csl.textcase import change_case
from casewriter.csl.variable import value


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


_STOPS = re.compile(rf"(?<!{OWN})\.")

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
            text = _STOPS.sub("", text)
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
        text = value(variable, cite, scope, short=short)
        if text or variable == "year-suffix":  # so that “n.d.” with an empty year suffix remains
            cite.filled += 1
            cite.printed.append(variable)
        return decorate(text, cite)

    return render


def _number(element: Any, scope: Scope) -> Render:
    variable, form = element.get("variable", ""), element.get("form", "numeric")
    decorate = decoration(element, scope)
    gender = scope.locale.gender(variable)

    def render(cite: Cite) -> str:
        cite.called += 1
        text = "" if variable in cite.suppressed else value(variable, cite, scope)
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
