"""Whose fault it is that a page cannot be laid out: a rule of a template's own style sheet, or nobody's here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from casewriter.problem import CannotRun
from casewriter.resources import templates_folder
from casewriter.template import Template

Attempt = Callable[[Template], object]
"""Lays a page out with a template; raises where that fails."""


def blamed(template: Template, attempt: Attempt, error: Exception) -> CannotRun | None:
    """Return the complaint about the rule without which the layout succeeds; None where no own style sheet is at fault.

    Only style sheets that are not ours are tried, each without its rules, then with more and more of them.
    """
    sheets = template.sheets()
    for place, (path, text) in enumerate(sheets):
        if path.is_relative_to(templates_folder()):
            continue

        def fails(css: str, place: int = place, path: Path = path) -> bool:
            changed = (*sheets[:place], (path, css), *sheets[place + 1 :])
            return not _succeeds(attempt, replace(template, styles=changed))

        if not fails(""):
            line, rule = _first_bad_rule(text, fails)
            said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            hint = f"take this rule out or write it differently: {rule}"
            return CannotRun(f"{path}:{line}: WeasyPrint cannot lay the page out with this rule ({said}); {hint}")
    return None


def _succeeds(attempt: Attempt, template: Template) -> bool:
    try:
        attempt(template)
    except Exception:  # noqa: BLE001 - what fails, and how, is WeasyPrint's matter; that it fails is what we ask
        return False
    return True


def _first_bad_rule(text: str, fails: Callable[[str], bool]) -> tuple[int, str]:
    """Return line and text of the rule with which the layout begins to fail, by halving."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    good, bad = 0, len(rules)
    while bad - good > 1:
        middle = (good + bad) // 2
        if fails(tinycss2.serialize(rules[:middle])):
            bad = middle
        else:
            good = middle
    found = rules[bad - 1] if rules else None
    if found is None:
        return 1, ""
    return found.source_line, " ".join(found.serialize().split())[:120]
