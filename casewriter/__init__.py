"""casewriter turns one validated YAML file into a clinical case report, ready to submit.

The four verbs, in order: load, lint, compose, export. The names here do not collide with those of the modules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casewriter.article.compose import compose
    from casewriter.article.paper import Article
    from casewriter.export.html import export as export_html
    from casewriter.export.pdf import export as export_pdf
    from casewriter.lint.run import lint as lint_case
    from casewriter.load import load as load_case
    from casewriter.model.case import Case
    from casewriter.problem import Problem
    from casewriter.source import read as read_source

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Case",
    "Problem",
    "compose",
    "export_html",
    "export_pdf",
    "lint_case",
    "load_case",
    "read_source",
]

_PLACES = {
    "read_source": "casewriter.source:read",
    "load_case": "casewriter.load:load",
    "lint_case": "casewriter.lint.run:lint",
    "compose": "casewriter.article.compose:compose",
    "export_html": "casewriter.export.html:export",
    "export_pdf": "casewriter.export.pdf:export",
    "Article": "casewriter.article.paper:Article",
    "Case": "casewriter.model.case:Case",
    "Problem": "casewriter.problem:Problem",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: `import casewriter` stays cheap."""
    if name not in _PLACES:
        raise AttributeError(f"module “casewriter” has no attribute “{name}”")
    from importlib import import_module

    module, _, attribute = _PLACES[name].partition(":")
    return getattr(import_module(module), attribute)
