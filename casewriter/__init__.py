"""casewriter: a clinical case report, ready to submit, out of one validated YAML file.

The four verbs, in order: `load` a case, `lint` it, `compose` an article, `export` it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casewriter.article.compose import compose
    from casewriter.article.nodes import Article
    from casewriter.lint.run import lint
    from casewriter.load import load
    from casewriter.model.case import Case
    from casewriter.problem import Problem
    from casewriter.source import read

__version__ = "0.1.0"
__all__ = ["Article", "Case", "Problem", "compose", "lint", "load", "read"]

_PLACES = {
    "read": "casewriter.source",
    "load": "casewriter.load",
    "lint": "casewriter.lint.run",
    "compose": "casewriter.article.compose",
    "Article": "casewriter.article.nodes",
    "Case": "casewriter.model.case",
    "Problem": "casewriter.problem",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: `import casewriter` stays cheap."""
    if name not in _PLACES:
        raise AttributeError(f"module “casewriter” has no attribute “{name}”")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
