"""Lists of names: delimiters, the last “and”, et al, and a dash for names said before."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from casewriter.csl.item import Cite
from casewriter.csl.locale import Locale
from casewriter.csl.person import NameForm, Person, name_text
from casewriter.csl.scope import Scope
from casewriter.csl.text import font, join, styled

_INHERITED = (
    "and delimiter-precedes-et-al delimiter-precedes-last et-al-min et-al-use-first et-al-use-last "
    "et-al-subsequent-min et-al-subsequent-use-first initialize initialize-with name-as-sort-order sort-separator"
).split()


def inheritable(*elements: Any) -> dict[str, str]:
    """Return the name options of elements, the later over the earlier (CSL 1.0.2, "Inheritable Name Options")."""
    options: dict[str, str] = {}
    for element in elements:
        if element is None:
            continue
        for name in (*_INHERITED, "names-delimiter"):
            if element.get(name) is not None:
                options[name] = element.get(name)
        for own, name in (("name-form", "form"), ("name-delimiter", "delimiter")):
            if element.get(own) is not None:
                options[name] = element.get(own)
    return options


class NamesForm(Struct, frozen=True):
    """Everything that one cs:names says of how its lists are set."""

    options: dict[str, str]
    name: NameForm
    attributes: dict[str, str]
    et_al: str
    et_al_font: tuple[str, ...]
    locale: Locale
    sorting: bool = False

    def number(self, option: str, default: int = 0) -> int:
        """Return a whole-number option."""
        value = self.options.get(option, "")
        return int(value) if value.isdigit() else default


def names_form(name: Any, et_al: Any, scope: Scope) -> NamesForm:
    """Return the form of a cs:names from its cs:name and cs:et-al (or None) and what they inherit."""
    own = dict(name.attrib) if name is not None else {}
    options = {**scope.name_options, **own}
    if scope.sorting:
        options.update(scope.sorting)
    parts = {part.get("name"): dict(part.attrib) for part in (name if name is not None else ())}
    formats = [tuple((k, v) for k, v in parts.get(which, {}).items() if k != "name") for which in ("family", "given")]
    form = NameForm(
        form=options.get("form", "long"),
        initialize=options.get("initialize", "true") == "true",
        initialize_with=options.get("initialize-with"),
        sort_order=options.get("name-as-sort-order", ""),
        sort_separator=options.get("sort-separator", ", "),
        demote=_demote(scope),
        hyphen=scope.hyphen,
        family=formats[0],
        given=formats[1],
    )
    term = et_al.get("term", "et-al") if et_al is not None else "et-al"
    text = scope.locale.term(term) or ""
    style = font(dict(et_al.attrib)) if et_al is not None else ()
    return NamesForm(options, form, own, text, style, scope.locale, scope.sorting is not None)


def _demote(scope: Scope) -> str:
    """Return where particles are: ``sort`` in a sort key after the name, also of a short form."""
    if scope.sorting is not None:
        return "never" if scope.demote == "never" else "sort"
    return "display-and-sort" if scope.demote == "display-and-sort" else "never"


def list_text(persons: tuple[Person, ...], form: NamesForm, cite: Cite, truncated: int | None = None) -> str:
    """Return a list of names with its delimiters, its last “and”, and et al where the style cuts it."""
    shown, rest = cut(persons, form, cite, truncated)
    texts = [_one(person, number, form, cite) for number, person in enumerate(shown)]
    delimiter = form.options.get("delimiter", ", ")
    if rest is None:
        inverted = len(shown) > 1 and not shown[-2].literal and _inverts(len(shown) - 2, form)
        if len(shown) > 1 and shown[-1].literal and not shown[-2].literal:
            form = replace(form, options={**form.options, "delimiter-precedes-last": "contextual"})
        joined = _and_joined(texts, form, delimiter, inverted=inverted)
    else:
        joined = separated(texts, delimiter)
        if not joined:
            return ""
        if form.sorting and not rest:
            return joined
        if rest:
            last = _one(rest, len(persons) - 1, form, cite)
            joined = join(join(joined, delimiter), f"… {last}") if texts else joined
        elif form.et_al:
            precedes = form.options.get("delimiter-precedes-et-al", "contextual")
            inverted_last = not shown[-1].literal and _inverts(len(shown) - 1, form)
            many = len(shown) > 1 or (truncated is not None and form.number("et-al-use-first") > 1)
            with_delimiter = _precedes(precedes, many, inverted_last)
            et_al = styled(form.et_al, form.et_al_font)
            joined = join(join(joined, delimiter if with_delimiter else " "), et_al)
    joined = styled(joined, font(form.attributes))
    return join(join(form.attributes.get("prefix", ""), joined), form.attributes.get("suffix", ""))


def cut(
    persons: tuple[Person, ...], form: NamesForm, cite: Cite, truncated: int | None
) -> tuple[tuple[Person, ...], Person | Literal[False] | None]:
    """Return the names printed, and what follows: None nothing, False et al, a person after an ellipsis."""
    least, first = form.number("et-al-min"), form.number("et-al-use-first")
    if cite.position not in ("first", ""):
        least = form.number("et-al-subsequent-min", least)
        first = form.number("et-al-subsequent-use-first", first)
    count = len(persons)
    shown = max(first, cite.names_shown)
    if truncated is not None:
        shown = min(shown, truncated) if least and first and truncated >= first else truncated
        return persons[: shown or 1], False
    if not least or not first or count < least or shown >= count:
        return persons, None
    if form.options.get("et-al-use-last") == "true" and shown <= count - 2:
        return persons[:shown], persons[-1]
    return persons[:shown], False


def _inverts(number: int, form: NamesForm) -> bool:
    return form.name.sort_order == "all" or (form.name.sort_order == "first" and number == 0)


def _one(person: Person, number: int, form: NamesForm, cite: Cite) -> str:
    level = cite.given_levels.get(person, 0)
    return name_text(person, form.name, inverted=_inverts(number, form), level=level)


def separated(texts: list[str], delimiter: str) -> str:
    """Return names with the delimiter between them."""
    whole = ""
    for text in texts:
        whole = join(join(whole, delimiter), text) if whole else text
    return whole


def _precedes(rule: str, many: bool, inverted: bool) -> bool:
    return rule == "always" or (rule == "contextual" and many) or (rule == "after-inverted-name" and inverted)


def _and_joined(texts: list[str], form: NamesForm, delimiter: str, *, inverted: bool) -> str:
    word = {"text": form.locale.term("and") or "and", "symbol": "&"}.get(form.options.get("and", ""))
    if word is None or len(texts) < 2 or form.sorting:
        return separated(texts, delimiter)
    before = separated(texts[:-1], delimiter)
    precedes = form.options.get("delimiter-precedes-last", "contextual")
    with_delimiter = _precedes(precedes, len(texts) > 2, inverted)
    glue = f"{delimiter.rstrip()} " if with_delimiter else " "
    if with_delimiter and delimiter[-1:] not in (" ", ""):
        glue = f"{delimiter} "
    return join(join(join(before, glue), f"{word} "), texts[-1])


def with_dashes(persons: tuple[Person, ...], held: list[str | None], form: NamesForm, cite: Cite) -> str:
    """Return a list in which some names are a dash."""
    shown, rest = cut(persons, form, cite, None)
    texts = [held[n] or _one(person, n, form, cite) for n, person in enumerate(shown)]
    delimiter = form.options.get("delimiter", ", ")
    if rest is None:
        return _and_joined(texts, form, delimiter, inverted=_inverts(len(texts) - 2, form))
    precedes = form.options.get("delimiter-precedes-et-al", "contextual")
    glue = delimiter if _precedes(precedes, len(shown) > 1, _inverts(len(shown) - 1, form)) else " "
    return join(join(separated(texts, delimiter), glue), styled(form.et_al, form.et_al_font))
