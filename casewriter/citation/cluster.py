"""Numbers cited together: sorted, deduplicated and collapsed from three on, in the form the style asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casewriter.citation.style import CitationForm


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text of a cluster, with the number of the reference it stands for (None for separators)."""

    text: str
    number: int | None = None


def cluster_text(cited: Sequence[tuple[int, str]], form: CitationForm) -> tuple[Part, ...]:
    """Return the printed parts of a cluster of (number, locator), brackets included.

    ``[(1, ""), (2, ""), (3, ""), (5, "")]`` gives ``[1–3,5]`` in a style with brackets; a run of two is not
    collapsed. Numbers with a locator stand alone. Source: CSL 1.0.2, "Citation Collapsing".
    """
    cited = list(dict.fromkeys(cited))
    if form.sorts:
        cited = sorted(cited)
    parts: list[Part] = [Part(form.prefix)] if form.prefix else []
    for position, run in enumerate(_runs(cited, form.collapses)):
        if position:
            parts.append(Part(form.delimiter))
        parts.extend(_run_parts(run, form))
    if form.suffix:
        parts.append(Part(form.suffix))
    return tuple(parts)


def _runs(cited: Sequence[tuple[int, str]], collapse: bool) -> list[list[tuple[int, str]]]:
    """Divide into runs of consecutive numbers; runs of two are divided again."""
    runs: list[list[tuple[int, str]]] = []
    for number, locator in cited:
        follows = runs and not locator and not runs[-1][-1][1] and number == runs[-1][-1][0] + 1
        if collapse and follows:
            runs[-1].append((number, locator))
        else:
            runs.append([(number, locator)])
    divided: list[list[tuple[int, str]]] = []
    for run in runs:
        divided.extend([run] if len(run) > 2 else [[one] for one in run])
    return divided


def _run_parts(run: list[tuple[int, str]], form: CitationForm) -> list[Part]:
    first, locator = run[0]
    parts = [_number(first, locator, form)]
    if len(run) > 1:
        parts += [Part("–"), _number(run[-1][0], "", form)]
    return parts


def _number(number: int, locator: str, form: CitationForm) -> Part:
    shown = re.sub(r"[\s.]", "", locator) if form.locator_bare else locator
    place = f"{form.locator_prefix}{shown}{form.locator_suffix}" if locator else ""
    return Part(f"{form.item_prefix}{number}{place}{form.item_suffix}", number)
