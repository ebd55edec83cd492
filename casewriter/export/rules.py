"""Rules of style that depend on the article: widths of panels, digits under digits, the classes of tables."""

from __future__ import annotations

from casewriter.article.nodes import Figure, Panel, Table
from casewriter.article.paper import Article
from casewriter.export.dark import SVG
from casewriter.export.estimate import stays_whole
from casewriter.template.geometry import PANEL_GAP, Geometry


def aligned_css(article: Article) -> str:
    """Return the rules that put digits under digits; numbers of one column end at different places."""
    cells = (c for b in article.blocks() if isinstance(b, Table) for row in b.rows for c in row.cells if c.aligned)
    behind = sorted({cell.aligned.behind for cell in cells if cell.aligned})
    slot = ".aligned { white-space: nowrap; }\n.slot { display: inline-block; min-width: 1.15em; text-align: left; }"
    return "\n".join([slot, *(f".behind-{n} {{ padding-right: {n / 2:g}ch; }}" for n in behind)]) if behind else ""


_WIDE = 7
"""Columns beyond which a table is set smaller."""


def table_class(page: Geometry, table: Table) -> str:
    """Return the class of a table: its kind, and how its size lets it be set."""
    sizes = {
        "wide": table.columns > _WIDE,
        "short": stays_whole(table, page),
        "narrow": table.columns <= 2 and table.kind != "timeline",
    }
    return " ".join(("table", f"table-{table.kind}", *(name for name, applies in sizes.items() if applies)))


def _ratio(panel: Panel) -> float:
    picture = panel.picture
    return picture.width / picture.height if picture and picture.width and picture.height else 4 / 3


def panel_css(figure: Figure, page: Geometry) -> str:
    """Return the widths that give the panels of a row one height, no taller than a page."""
    name = f"#fig-{figure.target}"
    ratios = [_ratio(panel) for panel in figure.panels]
    drawn = any(panel.picture and panel.picture.media_type == SVG for panel in figure.panels)
    shares = page.shares(ratios, drawn=drawn)
    if page.beside(ratios) and not (drawn or figure.width):
        return _beside_css(name, shares[0][0], page)
    rules = [
        f"{name} .panel-{number} {{ width: {share:.3f}%; margin-left: {PANEL_GAP if follows else 0}%; }}"
        for number, (share, follows) in enumerate(shares, start=1)
    ]
    if figure.width:
        rules.append(f"{name} .panels {{ width: {figure.width}; margin-left: auto; margin-right: auto; }}")
    return "\n".join(rules)


def _beside_css(name: str, share: float, page: Geometry) -> str:
    """Return the rules of a tall picture that stands left of its legend, on a printed page."""
    rules = (
        f"{name} {{ display: table; width: {page.text_width:g}mm; }}",
        f"{name} .panels {{ display: table-cell; width: {share:.3f}%; }}",
        f"{name} .panel {{ width: 100%; margin: 0; }}",
        f"{name} figcaption {{ display: table-cell; vertical-align: bottom; padding-left: 5mm; }}",
    )
    return f"@media print {{\n{chr(10).join(rules)}\n}}"
