"""Things in the order of time: by day where it is known, after what they follow, else between their neighbours."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from msgspec import Struct

Edge = tuple[int, int]
"""Two places in the file: the first thing never appears below the second."""


class Thing(Struct, frozen=True):
    """Something to be put in order: its day or None, the list of the file it is in, and whether it ends a story."""

    day: float | None
    list: object = None
    closing: bool = False


def in_order(things: Sequence[Thing], edges: Iterable[Edge] = ()) -> list[int]:
    """Return the places of things, given in the order of the file, in the order of time.

    Things of one day keep the order of the file unless an edge says otherwise. A thing without a day follows the one
    before it in its list, or precedes the one after it; the only one of its list comes before what ends the story.
    Edges hold for it too; those that lead in a circle are left aside.
    """
    earlier: dict[int, set[int]] = {place: set() for place in range(len(things))}
    for first, second in edges:
        if first != second:
            earlier[second].add(first)
    known = {place for place, thing in enumerate(things) if thing.day is not None}
    placed = _topological(things, {p: earlier[p] & known for p in known})
    unknown = earlier.keys() - known
    for place in _topological(things, {p: earlier[p] - known for p in unknown}):
        later = {other for other, before in earlier.items() if place in before}
        placed.insert(_spot(place, placed, things, earlier[place], later), place)
    return placed


def _topological(things: Sequence[Thing], earlier: dict[int, set[int]]) -> list[int]:
    """Return places by day, then by the order of the file, each after what it follows."""
    waiting = {place: set(before) for place, before in earlier.items()}
    later: dict[int, list[int]] = {place: [] for place in earlier}
    for place, before in earlier.items():
        for other in before:
            later[other].append(place)
    key = {place: (things[place].day or 0.0, place) for place in waiting}
    ready = [key[place] for place, before in waiting.items() if not before]
    heapq.heapify(ready)
    done: list[int] = []
    while waiting:
        if not ready:  # a circle: the earliest of what is left goes first
            ready.append(min(key[place] for place in waiting))
        _, place = heapq.heappop(ready)
        if waiting.pop(place, None) is None:
            continue
        done.append(place)
        for other in later[place]:
            if other in waiting:
                waiting[other].discard(place)
                if not waiting[other]:
                    heapq.heappush(ready, key[other])
    return done


def _spot(place: int, placed: list[int], things: Sequence[Thing], earlier: set[int], later: set[int]) -> int:
    """Return where a thing without a day goes among those that have their place."""
    at = {other: spot for spot, other in enumerate(placed)}
    lowest = max((at[other] + 1 for other in earlier if other in at), default=0)
    highest = min((at[other] for other in later if other in at), default=len(placed))
    siblings = [other for other in placed if things[other].list == things[place].list]
    before = max((other for other in siblings if other < place), default=None)
    after = min((other for other in siblings if other > place), default=None)
    if before is not None and (after is None or at[before] < at[after]):
        wanted = at[before] + 1
    elif after is not None:
        wanted = at[after]
    elif lowest:
        wanted = lowest
    else:
        wanted = _before_closing(placed, things)
    return max(lowest, min(wanted, highest))


def _before_closing(placed: list[int], things: Sequence[Thing]) -> int:
    end = len(placed)
    while end and things[placed[end - 1]].closing:
        end -= 1
    return end
