"""Where an element of a style is: what its compilation needs to know of the style around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from casewriter.csl.item import Cite
from casewriter.csl.locale import Locale

Render = Callable[[Cite], str]


class Scope(Struct, frozen=True, dict=True):
    """Where an element is: its style's macros and options, and what names inherit there."""

    locale: Locale
    macros: dict[str, Any]
    name_options: dict[str, str] = field(default_factory=dict)
    sorting: dict[str, str] | None = None
    demote: str = "display-and-sort"
    hyphen: bool = True
    page_format: str | None = None
    english: bool = True
    outer_names: tuple[Any, Any, list[Any], bool] | None = None
    numbered: bool = True
    """Whether `citation-number` prints."""
    substituting: bool = False
    """Whether it is in a cs:substitute, where a variable is printed once."""
    strips: bool = False
    """Whether an element around takes the full stops out of what variables and terms say."""
    compiled: dict[str, Render] = field(default_factory=dict)

    @property
    def range_delimiter(self) -> str:
        """What is between the ends of a range of numbers."""
        return self.locale.term("page-range-delimiter") or "–"

    def inside_names(self, children: tuple[Any, Any, list[Any], bool]) -> Scope:
        """Return the scope of a cs:substitute."""
        return replace(self, outer_names=children, substituting=True, compiled={})
