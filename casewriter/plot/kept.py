"""Figures drawn once: what is drawn from the same data, words and sheet is the same figure."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Drawn = TypeVar("_Drawn")
_MOST = 32
"""Figures that are remembered: those of a few cases."""


def drawn_once(draw: Callable[_Given, _Drawn]) -> Callable[_Given, _Drawn]:
    """Return a function that draws a figure of records and remembers it by all that it was given.

    While the text of a case is written, its data seldom change; to find places for the labels is dear.
    """
    remembered = lru_cache(_MOST)(draw)

    @wraps(draw)
    def drawn(*given: _Given.args, **named: _Given.kwargs) -> _Drawn:
        lists: tuple[Any, ...] = tuple(tuple(one) if isinstance(one, list) else one for one in given)
        keywords: dict[str, Any] = dict(named)
        return remembered(*lists, **keywords)

    return drawn
