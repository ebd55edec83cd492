"""Article -> one self-contained HTML page; with other addresses for pictures, it is what the PDF is made of."""

from __future__ import annotations

import base64
import hashlib
import re
import traceback
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2 import Template as Template_
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec.structs import replace

from casewriter.article.nodes import Block, Panel, Paragraph, Row, Run, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export.dark import SVG, dark
from casewriter.export.door import exporter
from casewriter.export.embedded import embedded_faces
from casewriter.export.estimate import is_tall
from casewriter.export.fit import table_places
from casewriter.export.flow import leaf_numbers
from casewriter.export.margin import beside
from casewriter.export.markup import html
from casewriter.export.readback import html_text
from casewriter.export.reseat import LEAF
from casewriter.export.rules import aligned_css, panel_css, table_class
from casewriter.export.tied import tied
from casewriter.image import Picture
from casewriter.problem import CannotRun, dotted
from casewriter.template import Template

Address = Callable[[Picture], str]
_TAG = re.compile(r"<[a-z][a-z0-9]*")


@exporter("html", suffix=".html", text=html_text, describes=True, exact=True)
def export(article: Article, template: Template) -> bytes:
    """Return the article as an HTML file that needs no other file and loads nothing from anywhere."""
    return page(article, template, data_address, embedded_faces(article)).encode()


def data_address(picture: Picture) -> str:
    """Return a picture as a data: address."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def page(
    article: Article,
    template: Template,
    address: Address,
    extra_css: str = "",
    *,
    policy: bool = True,
    origins: bool = False,
) -> str:
    """Return the page. `address` says where a picture is found; `extra_css` comes before the template's.

    With `origins`, each element says which part of the case it comes from.

    Raises CannotRun when the template is wrong, naming its file and line.
    """
    environment = _environment(template.folders)
    text, margin = beside(article, template.geometry)
    writer = _Writer(environment, origins=origins, leaves={} if policy else _numbered(article, text))
    figure_css = "\n".join(panel_css(figure, template.geometry) for figure in article.figures())
    parts = (extra_css, template.geometry.css(), aligned_css(article), template.stylesheet(), figure_css)
    css = "\n".join(part for part in parts if part)
    places = table_places(article)
    shared = {
        "article": text,
        "margin": margin,
        "strip": article.strip if template.geometry.margin_column else None,
        "words": article.words,
        "css": Markup(css.replace("</", "<\\/")),
        "csp": _policy(css) if policy else "",
        "inline": writer.inline,
        "blocks": writer.blocks,
        "plain": plain,
        "address": lambda picture: Markup(address(picture)),  # base64 or a name of ours: nothing to escape
        "sources": lambda panel: _sources(panel, address) if policy else (),
        "setting": template.setting,
        "origin": writer.origin,
        "place": writer.place,
        "trend": partial(trend_line, article.words["trend"] if template.setting("trends") == "true" else ""),
        "section_class": _section_class,
        "table_class": partial(table_class, template.geometry),
        "is_tall": lambda table, row: is_tall(table, row, template.geometry),
        "place_of": lambda table: places[id(table)],
    }
    writer.shared = shared
    return _rendered(_template(environment, "page.html.j2"), shared)


def _numbered(article: Article, text: Article) -> dict[int, int]:
    """Return the numbers of an article's blocks that are in its text; nothing moves behind one in the margin."""
    inside = leaf_numbers(text)
    return {block: number for block, number in leaf_numbers(article).items() if block in inside}


def _sources(panel: Panel, address: Address) -> list[tuple[str, Markup]]:
    """Return (media query, address) of what a panel shows on a narrow screen and on a dark page."""
    narrow, night = "(max-width: 34rem)", "(prefers-color-scheme: dark)"
    drawings = [
        (f"{narrow} and {night}", _at_night(panel.narrow)),
        (narrow, panel.narrow),
        (night, _at_night(panel.picture)),
    ]
    return [(media, Markup(address(drawing))) for media, drawing in drawings if drawing]


def _at_night(picture: Picture | None) -> Picture | None:
    """Return a drawing in the colours of a dark page; a photograph has none."""
    return _dark(picture) if picture and picture.media_type == SVG else None


_dark = lru_cache(maxsize=32)(dark)
"""Drawings remembered by what is in them: their colours are thousands."""


def _template(environment: Environment, name: str) -> Template_:
    try:
        return environment.get_template(name)
    except TemplateError as error:
        raise _wrong(error, name) from None


def _rendered(template: Template_, values: dict[str, Any]) -> str:
    try:
        return template.render(values)
    except CannotRun:
        raise
    except Exception as error:  # noqa: BLE001 - a template is a program of somebody's own, and may fail in any way
        raise _wrong(error, template.name or "") from None


def _wrong(error: Exception, name: str) -> CannotRun:
    """Return the error that names file and line of a template."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    place = getattr(error, "filename", None) or (frames[-1].filename if frames else name)
    line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else None)
    where = f"{place}:{line}" if line else place
    return CannotRun(f"{where}: the template is wrong: {type(error).__name__}: {error}")


class _Writer:
    """Renders blocks by their partials, one template file for each kind of node."""

    def __init__(self, environment: Environment, *, origins: bool, leaves: dict[int, int]) -> None:
        """On a paged medium blocks have numbers, by their identity: what begins a page may be moved behind another.

        The end of each paragraph is known there too, and its last word is kept from standing alone.
        """
        self._environment = environment
        self._origins = origins
        self._leaves = leaves
        self._templates: dict[str, Template_] = {}
        self.shared: dict[str, Any] = {}

    def origin(self, node: Any) -> Markup:
        """Return the attribute that says which part of the case a node comes from, where the page shall hold it."""
        also = " ".join(dotted(path) for path in getattr(node, "also", ()))
        beside = f' data-also="{escape(also)}"' if self._origins and also else ""
        return self.place(*node.origin) + Markup(beside)

    def place(self, *path: str | int) -> Markup:
        """Return the attribute that says which part of the case is printed, where the page shall hold it."""
        return Markup(f' data-origin="{escape(dotted(path))}"' if self._origins and path else "")

    def inline(self, run: Run) -> Markup:
        """Return a run as HTML."""
        return Markup(html(run))

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Return blocks as HTML."""
        return Markup("\n").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        number = self._leaves.get(id(block))
        if isinstance(block, Paragraph) and self._leaves:
            block = replace(block, children=tied(block.children))
        name = f"partials/{type(block).__name__.lower()}.html.j2"
        if name not in self._templates:
            self._templates[name] = _template(self._environment, name)
        made = _rendered(self._templates[name], {**self.shared, "block": block})
        return Markup(made if number is None else _TAG.sub(f'\\g<0> {LEAF}="{number}"', made, count=1))


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that asks once for each kind of thing whether templates may have an attribute of it.

    Jinja2's answer depends on the type and the name alone; a page asks for some thousand.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may have an attribute."""
        asked = type(obj), attr
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]


@lru_cache(maxsize=16)
def _environment(folders: tuple[tuple[str, Any], ...]) -> Environment:
    """Return the sandbox of a chain of templates.

    ``page.html.j2`` is that of the first template that has one; ``article/page.html.j2`` that of the one named.
    """
    loaders: list[BaseLoader] = [FileSystemLoader(str(folder)) for _, folder in folders]
    named = PrefixLoader({name: FileSystemLoader(str(folder)) for name, folder in folders})
    return _Sandbox(
        loader=ChoiceLoader([*loaders, named]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,
    )


def _policy(css: str) -> str:
    """Return the Content Security Policy: this style sheet, pictures and fonts in the page, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.replace("</", "<\\/").encode()).digest()).decode()
    allowed = f"img-src data:; font-src data:; style-src 'sha256-{digest}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _section_class(section: Section) -> str:
    """Return the classes of a section: its level, the first part of the case in it, and where in a paper it belongs."""
    first = section.parts[0].replace(".", "-") if section.parts else ""
    part = f" part-{first}" if first else ""
    return f"level-{section.level}{part} matter-{section.matter}"


def trend_line(word: str, table: Table, row: Row) -> Markup | None:
    """Return the trend line of a row, empty where it has none; None where the table shows no trends.

    `word` is what a trend line is called; it is empty where the template asks for none.
    """
    if not word or not table.before_trends:
        return None
    from casewriter.plot.spark import trend  # drawing is loaded when something is drawn

    days = [point.days for one in table.rows if one.trend for point in one.trend.points]
    return Markup(trend(row.trend, days, f"{word}: {row.trend.label}")) if row.trend else Markup("")


def all_pictures(article: Article) -> dict[str, Picture]:
    """Return every picture of the article by its digest."""
    figures = (*article.figures(), *([article.strip] if article.strip else ()))
    return {p.picture.digest: p.picture for figure in figures for p in figure.panels if p.picture}
