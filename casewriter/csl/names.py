"""cs:names: the persons of variables with their labels, or what stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from casewriter.csl.item import Cite
from casewriter.csl.locale import CSL, Locale
from casewriter.csl.namelist import NamesForm, cut, list_text, names_form, separated, with_dashes
from casewriter.csl.person import Person
from casewriter.csl.scope import Render, Scope
from casewriter.csl.text import font, join, styled
from casewriter.csl.textcase import change_case

if TYPE_CHECKING:
    from casewriter.csl.element import Decorate


class _Names(Struct, frozen=True, dict=True):
    """One cs:names; `substitutes` says of each child of cs:substitute whether it prints names."""

    variables: list[str]
    form: NamesForm
    labels: list[Any]
    label_first: bool
    substitutes: list[tuple[Render, bool]]
    decorate: Decorate
    delimiter: str
    scope: Scope

    def __call__(self, cite: Cite) -> str:
        """Return the text of a cite's names."""
        cite.called += 1
        first = cite.lead is None  # these are the names that the cite begins with
        groups = _groups(self.variables, cite, self.scope.locale)
        text = self._count(groups, cite) if self.form.name.form == "count" else self._own(groups, cite)
        if not text:
            return self._substitute(cite, first=first)
        if first and cite.suppress_lead:
            return ""
        cite.filled += 1
        if self.scope.substituting:
            cite.suppressed.update(role for role, _ in groups)
        return text

    def _count(self, groups: list[tuple[str, tuple[Person, ...]]], cite: Cite) -> str:
        return str(sum(len(cut(persons, self.form, cite, None)[0]) for _, persons in groups)) if groups else ""

    def _own(self, groups: list[tuple[str, tuple[Person, ...]]], cite: Cite) -> str:
        texts = []
        for role, persons in groups:
            cite.printed += [role] if role in self.variables else self.variables
            text = list_text(persons, self.form, cite, cite.item.truncated if role == "author" else None)
            text = _dashed(text, persons, self.form, cite, self.scope)
            texts.append(self._labelled(text, role, plural=len(persons) > 1))
        return self.decorate(separated(texts, self.delimiter), cite)

    def _substitute(self, cite: Cite, *, first: bool) -> str:
        for choice, prints_names in self.substitutes:
            before = len(cite.printed)
            text = choice(cite)
            if text and cite.lead is None and self.scope.sorting is None:
                cite.lead = ((), text)
            if text or (first and cite.lead is not None):
                cite.suppressed.update(cite.printed[before:])
                if first and cite.suppress_lead:
                    return ""
                cite.filled += 1
                return self.decorate(text, cite) if prints_names else text
        return ""

    def _labelled(self, text: str, role: str, *, plural: bool) -> str:
        from casewriter.csl.element import affixed

        for label in self.labels if self.scope.sorting is None else ():
            rule = label.get("plural", "contextual")
            many = rule == "always" or (rule == "contextual" and plural)
            word = self.scope.locale.term(role, label.get("form", "long"), plural=many) or ""
            if label.get("strip-periods") == "true":
                word = word.replace(".", "")
            word = affixed(styled(change_case(word, label.get("text-case")), font(dict(label.attrib))), label)
            text = join(word, text) if self.label_first else join(text, word)
        return text


def compile_names(element: Any, scope: Scope) -> Render:
    """Return the function that renders a cs:names."""
    from casewriter.csl.element import compile_element, decoration

    children = _children(element)
    if scope.outer_names is not None and not len(element):
        children = scope.outer_names  # a bare cs:names in a cs:substitute has the form of those around it
    name, et_al, labels, label_first = children
    inner = scope.inside_names(children)
    return _Names(
        variables=element.get("variable", "").split(),
        form=names_form(name, et_al, scope),
        labels=labels,
        label_first=label_first,
        substitutes=[
            (compile_element(child, inner), child.tag in (f"{CSL}names", f"{CSL}choose"))
            for child in element.iterfind(f"{CSL}substitute/*")
        ],
        decorate=decoration(element, scope),
        delimiter=element.get("delimiter") or scope.name_options.get("names-delimiter") or "",
        scope=scope,
    )


def _children(element: Any) -> tuple[Any, Any, list[Any], bool]:
    name, et_al = element.find(f"{CSL}name"), element.find(f"{CSL}et-al")
    labels = element.findall(f"{CSL}label")
    order = [child.tag for child in element]
    first = bool(labels) and f"{CSL}name" in order and order.index(f"{CSL}label") < order.index(f"{CSL}name")
    return name, et_al, labels, first


def _groups(variables: list[str], cite: Cite, locale: Locale) -> list[tuple[str, tuple[Person, ...]]]:
    names = cite.item.names
    found = [(role, names[role]) for role in variables if role not in cite.suppressed and names.get(role)]
    if [role for role, _ in found] in (["editor", "translator"], ["translator", "editor"]):
        both = "editor-translator" if locale.term("editor-translator") else "editortranslator"
        if found[0][1] == found[1][1] and locale.term(both):
            return [(both, found[0][1])]
    return found


def _dashed(text: str, persons: tuple[Person, ...], form: NamesForm, cite: Cite, scope: Scope) -> str:
    """Note the first names of an entry, and put a style's dash for those said in the entry before."""
    if cite.lead is not None or scope.sorting is not None:
        return text
    cite.lead = (persons, text)
    if cite.substitute is None:
        return text
    dash, rule, before, before_text = cite.substitute
    if rule == "complete-all":
        return dash if persons == before and text == before_text else text
    if rule == "complete-each":
        if not (persons == before and text == before_text):
            return text
        same = len(persons)
    else:
        same = 0
        while same < min(len(persons), len(before)) and persons[same] == before[same]:
            same += 1
        same = min(same, 1) if rule == "partial-first" else same
    if not same:
        return text
    held = [dash if number < same else None for number in range(len(persons))]
    return with_dashes(persons, held, form, cite)
