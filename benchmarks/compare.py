"""This checkout against an older one: the same commands on the same cases, in turn, in one run."""

from __future__ import annotations

from collections.abc import Iterator

from measure import Inside, Timer, cold, pairs
from rows import EXEMPLARY, Bench, Row, ratio_row, tried

_COMMANDS = {
    "lint, one case": ("lint", "case-0001"),
    "lint, a batch": ("lint", "batch"),
    "HTML, one case": ("html", "case-0001"),
    "PDF, one case": ("pdf", "case-0001"),
    "PDF, exemplary case": ("pdf", EXEMPLARY),
}
_WARM = {"warm: edit → problems": "lint", "warm: edit → HTML": "html", "warm: edit → PDF": "pdf"}


def compared(new: Bench, base: Bench) -> Iterator[Row]:
    """Yield rows of this checkout's time / the base's; both in milliseconds stand in the name. Below 1 is faster."""
    for what, (verb, case) in _COMMANDS.items():
        yield from tried(what, lambda v=verb, c=case, w=what: [_row(w, _cold(new, v, c), _cold(base, v, c), new.few)])  # type: ignore[misc]
    for what, verb in _WARM.items():
        yield from tried(what, lambda v=verb, w=what: [_warm(w, v, new, base)])  # type: ignore[misc]


def _row(what: str, new: Timer, base: Timer, count: int) -> Row:
    ratio = pairs(new, base, count)
    return ratio_row(f"{what}: new / base ({ratio.first * 1000:.0f} / {ratio.second * 1000:.0f} ms)", ratio)


def _cold(bench: Bench, verb: str, case: str) -> Timer:
    if verb != "lint":
        return bench.render(verb, case)
    names = [f"case-{n:04}" for n in range(1, bench.batch + 1)] if case == "batch" else [case]
    return cold([bench.place.casewriter, "lint", "--output-format", "concise", *map(bench.case, names)], (0, 1))


def _warm(what: str, verb: str, new: Bench, base: Bench) -> Row:
    with (
        Inside(new.place.python, new.case(), new.out) as first,
        Inside(base.place.python, base.case(), base.out) as second,
    ):
        return _row(what, first.timer(verb), second.timer(verb), new.few)
