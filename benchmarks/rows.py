"""The rows of the table: what is timed against what, and the budget beside it (docs: README.md)."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from install import ROOT, Place
from measure import Failed, Inside, Ratio, Run, Timer, cold, pairs, remove, run
from peers import Peer, all_peers, word_peers

EXEMPLARY = "exemplary-dress"
"""The complete case of the repository; copied beside the generated ones, because warm rows edit it."""
PASS_OF_BUDGETS = 0.014
"""Seconds that `python -c pass` took where the budgets in milliseconds were set: they are read as multiples of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `holds` is None where there is no budget, or nothing to judge."""

    what: str
    measured: str
    spread: str = ""
    pairs: int = 0
    budget: str = ""
    holds: bool | None = None


@dataclass
class Bench:
    """What every row needs: where things lie, how often to measure, and how large a batch is."""

    place: Place
    many: int
    few: int
    batch: int
    peaks: dict[int, float] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """The folder that holds the generated cases."""
        return self.place.work / "project"

    @property
    def out(self) -> Path:
        """Where outputs go; deleted before each cold render."""
        return self.place.work / "out"

    def case(self, name: str = "case-0001") -> Path:
        """Return the folder of a generated case."""
        return self.project / "cases" / name

    def caches(self) -> tuple[Path, ...]:
        """Return what casewriter may have kept from an earlier run."""
        return (self.place.work / "cache" / "casewriter", self.project / ".casewriter", self.out)

    def generate(self, *options: str) -> None:
        """Write generated cases into the project."""
        script = Path(__file__).with_name("generate.py")
        subprocess.run([self.place.python, script, self.project, *options], check=True)

    def passing(self) -> Timer:
        """Return a timer of the same interpreter doing nothing."""
        return cold([self.place.python, "-c", "pass"])

    def render(self, form: str, case: str = "case-0001", *, keep_caches: bool = False) -> Timer:
        """Return a timer of one whole cold render."""
        made = self.out / case / f"{case}.{form}"
        command: list[str | Path] = [self.place.casewriter, "render", self.case(case), "--to", form, "-o", self.out]
        return cold(command, clear=() if keep_caches else self.caches(), makes=made)


def ratio_row(what: str, ratio: Ratio, budget: float | None = None, *, least: bool = False) -> Row:
    """Return the row of a ratio, judged against its budget."""
    spread = f"{ratio.low:.2f}–{ratio.high:.2f}"
    if budget is None:
        return Row(what, f"{ratio.value:.2f}", spread, ratio.pairs)
    holds = ratio.value >= budget if least else ratio.value <= budget
    return Row(what, f"{ratio.value:.2f}", spread, ratio.pairs, f"{'≥' if least else '≤'} {budget:g}", holds)


def time_row(what: str, ratio: Ratio, milliseconds: float) -> Row:
    """Return the row of a ratio to `pass` whose budget was set in milliseconds."""
    budget = milliseconds / 1000 / PASS_OF_BUDGETS
    measured = f"{ratio.value:.2f} pass ({ratio.first * 1000:.0f} ms)"
    text = f"≤ {budget:.2f} pass ({milliseconds:g} ms)"
    return Row(what, measured, f"{ratio.low:.2f}–{ratio.high:.2f}", ratio.pairs, text, ratio.value <= budget)


def start_up(bench: Bench) -> Iterator[Row]:
    """Yield the rows of commands that do next to nothing."""
    tries: tuple[tuple[str, list[str], int], ...] = (
        ("`--version` / pass", ["--version"], 0),
        ("bad usage (unknown verb) / pass", ["rendr"], 2),
        ("bad usage (unknown option of lint) / pass", ["lint", "--no-such-option"], 2),
    )
    for what, arguments, code in tries:
        timer = cold([bench.place.casewriter, *arguments], (code,))
        yield ratio_row(what, pairs(timer, bench.passing(), bench.many), 4.5)


def lint_cold(bench: Bench) -> Iterator[Row]:
    """Yield the row of linting one case without errors."""
    timer = cold([bench.place.casewriter, "lint", bench.case()])
    yield ratio_row("`lint`, one case without errors, cold / pass", pairs(timer, bench.passing(), bench.many), 15)


def lint_batch(bench: Bench) -> Iterator[Row]:
    """Yield the rows of many cases, and of a case ten times as long."""
    cases = [bench.case(f"case-{n:04}") for n in range(1, bench.batch + 1)]
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []  # a batch would use them all
    command: list[str | Path] = [*one_core, bench.place.casewriter, "lint", "--output-format", "concise"]
    whole, one, bare = cold([*command, *cases]), cold([*command, cases[0]]), bench.passing()
    slopes, against = [], []
    for _ in range(bench.few):
        slopes.append((whole() - one()) / (len(cases) - 1))
        against.append(slopes[-1] / statistics.median(bare() for _ in range(3)))
    median = statistics.median
    found = Ratio(median(against), min(against), max(against), median(slopes), 0, bench.few)
    yield _slope_row(f"`lint`, each further case of {len(cases)}, one core", found)
    yield _growth(bench, "lint", bench.many)


def _growth(bench: Bench, what: str, count: int) -> Row:
    long, short = bench.case("case-0900"), bench.case("case-0901")
    size = (long / "case.yaml").stat().st_size / (short / "case.yaml").stat().st_size
    with Inside(bench.place.python, long, bench.out) as first, Inside(bench.place.python, short, bench.out) as second:
        ratio = pairs(first.timer(what), second.timer(what), count)
    scale = 10 / size
    found = Ratio(ratio.value * scale, ratio.low * scale, ratio.high * scale, ratio.first, ratio.second, count)
    return ratio_row(f"`{what}`, warm, case x10 / x1 (file x{size:.1f}, scaled to 10)", found, 10.3)


def _slope_row(what: str, found: Ratio) -> Row:
    measured = f"{found.value:.2f} pass ({found.first * 1000:.0f} ms)"
    return Row(what, measured, f"{found.low:.2f}–{found.high:.2f}", found.pairs, "≤ 2.5 pass", found.value <= 2.5)


def finished_page(bench: Bench, case: str = "case-0001") -> Path:
    """Return the HTML of the case that the peers print."""
    page = bench.place.work / "finished" / case / f"{case}.html"
    run([bench.place.casewriter, "render", bench.case(case), "--to", "html", "-o", page.parent.parent])
    return page


def _peer_timer(peer: Peer) -> Timer:
    return cold(peer.command, makes=peer.makes, cwd=peer.makes.parent)


def renders(bench: Bench) -> Iterator[Row]:
    """Yield the rows of a cold render against each peer."""
    found = all_peers(bench.place, finished_page(bench), bench.project / "peers" / "case-0001")
    budgets = {"weasyprint": 0.95, "pandoc": 0.60, "chromium": 1.2}
    for short, peer in found.items():
        what = f"cold render to PDF / {peer.name}"
        if peer.missing:
            yield Row(what, f"skipped: {peer.missing}")
            continue
        yield from tried(what, lambda p=peer, w=what, s=short: [_against(bench, p, w, budgets.get(s))])  # type: ignore[misc]
    yield from tried("exemplary", lambda: [_exemplary(bench)])
    yield from tried("again", lambda: [_again(bench, found["weasyprint"])])


def _against(bench: Bench, peer: Peer, what: str, budget: float | None) -> Row:
    return ratio_row(what, pairs(bench.render("pdf"), _peer_timer(peer), bench.few), budget)


def _exemplary(bench: Bench) -> Row:
    """Return the row of the case that the repository shows: wide tables, a course, drawn figures."""
    peer = all_peers(bench.place, finished_page(bench, EXEMPLARY), bench.project)["weasyprint"]
    ratio = pairs(bench.render("pdf", EXEMPLARY), _peer_timer(peer), bench.few)
    return ratio_row("exemplary case, cold render to PDF / `weasyprint` command on its page", ratio, 1.0)


def _again(bench: Bench, peer: Peer) -> Row:
    bench.render("pdf")()
    ratio = pairs(bench.render("pdf", keep_caches=True), _peer_timer(peer), bench.few)
    return ratio_row("the same with what an earlier run cached / `weasyprint` command", ratio)


def word(bench: Bench) -> Iterator[Row]:
    """Yield the rows of a cold Word file: its time and its size beside pandoc's."""
    page = finished_page(bench)
    for peer in word_peers(bench.place, page, bench.project / "peers" / "case-0001"):
        what = f"cold render to Word / {peer.name}"
        if peer.missing:
            yield Row(what, f"skipped: {peer.missing}")
            continue
        yield from tried(what, lambda p=peer, w=what: _word_rows(bench, p, w))  # type: ignore[misc]


def _word_rows(bench: Bench, peer: Peer, what: str) -> list[Row]:
    ratio = ratio_row(what, pairs(bench.render("docx"), _peer_timer(peer), bench.few))
    bench.render("docx")()
    (ours,) = bench.out.rglob("*.docx")
    size, other = ours.stat().st_size, peer.makes.stat().st_size
    return [ratio, Row(f"{what}: size", f"{size / other:.2f} ({size / 1000:.0f} kB)")]


def warm(bench: Bench) -> Iterator[Row]:
    """Yield the rows of an edit in a process that runs on."""
    page = finished_page(bench)
    peer = all_peers(bench.place, page, bench.project / "peers" / "case-0001")["weasyprint"]
    with Inside(bench.place.python, bench.case(), bench.out) as inside:
        yield time_row("warm: edit → new HTML", pairs(inside.timer("html"), bench.passing(), bench.many), 60)
        ratio = pairs(inside.timer("pdf"), _peer_timer(peer), bench.few)
        yield ratio_row("warm: edit → new PDF / `weasyprint` command, cold", ratio, 0.55)
    with Inside(bench.place.python, bench.case(EXEMPLARY), bench.out) as inside:
        for what, word, budget in (("html", "new HTML", 60), ("lint", "problems", 100)):
            ratio = pairs(inside.timer(what), bench.passing(), bench.many)
            yield time_row(f"warm: edit → {word}, exemplary case", ratio, budget)


def _render_many(bench: Bench, jobs: int, count: int, *, fresh: bool = True) -> Run:
    if fresh:
        for path in bench.caches():
            remove(path)
    cases = [bench.case(f"case-{n:04}") for n in range(1, count + 1)]
    done = run([bench.place.casewriter, "render", *cases, "--to", "pdf", "--jobs", str(jobs), "-o", bench.out])
    made = len(list(bench.out.glob("*/*.pdf")))
    if made < count:
        raise Failed(f"{made} of {count} PDF were made")
    if jobs > 1:
        bench.peaks[count] = max(done.peak, bench.peaks.get(count, 0))
    return done


def batch(bench: Bench) -> Iterator[Row]:
    """Yield the rows of many distinct cases: two workers against one, memory, and what an unchanged case costs."""
    count, part = bench.batch, max(2, bench.batch // 4)
    one = partial(_render_many, bench, 1, count)
    two = partial(_render_many, bench, 2, count)
    ratio = pairs(lambda: one().seconds, lambda: two().seconds, bench.few, warm_up=False)
    yield ratio_row(f"{count} distinct cases to PDF: time of one worker / of two", ratio, 1.9, least=True)
    _render_many(bench, 2, part)
    whole, some = bench.peaks[count], bench.peaks[part]
    yield Row(
        f"peak memory of the largest process, two workers, {count} cases",
        f"{whole:.0f} MiB",
        "",
        1,
        "≤ 140 MiB",
        whole <= 140,
    )
    flat = whole / some
    yield Row(f"the same / with {part} cases (flat)", f"{flat:.2f}", "", 1, "≤ 1.05", flat <= 1.05)
    yield _unchanged(bench)


def _unchanged(bench: Bench) -> Row:
    what = "1,000 unchanged cases, rendering nothing (from the slope)"
    budget = f"≤ {1 / PASS_OF_BUDGETS:.0f} pass (1 s)"
    first = _render_many(bench, 2, bench.batch).seconds
    again = [_render_many(bench, 2, bench.batch, fresh=False).seconds for _ in range(2)]
    if min(again) > first / 2:
        return Row(what, "not built", "", 0, budget)
    one = min(_render_many(bench, 2, 1, fresh=False).seconds for _ in range(2))
    seconds = max(0.0, min(again) - one) / (bench.batch - 1) * 1000
    passes = seconds / statistics.median(bench.passing()() for _ in range(5))
    return Row(what, f"{passes:.0f} pass ({seconds:.2f} s)", "", 2, budget, passes * PASS_OF_BUDGETS <= 1)


def table(bench: Bench) -> Iterator[Row]:
    """Yield the row of a long table."""
    python = bench.place.python
    long, short = bench.case("rows-2000"), bench.case("rows-200")
    with Inside(python, long, bench.out) as first, Inside(python, short, bench.out) as second:
        first.ask("lint")
        second.ask("pdf")
        ratio = pairs(first.timer("pdf"), second.timer("pdf"), bench.few, warm_up=False)
    yield ratio_row("laboratory table to PDF, warm, 2,000 rows / 200 rows", ratio, 11)


def citations(bench: Bench) -> Iterator[Row]:
    """Yield the rows of long reference lists."""
    python = bench.place.python
    long, short = bench.case("references-2000"), bench.case("references-200")
    with Inside(python, long, bench.out) as first, Inside(python, short, bench.out) as second:
        cold_ratio = pairs(first.timer("html"), second.timer("html"), 1, warm_up=False)
        yield ratio_row("2,000 references to HTML / 200 references, first in a process", cold_ratio, 10.5)
        ratio = pairs(first.timer("html"), second.timer("html"), bench.few)
    yield ratio_row("the same after an edit of the prose", ratio, 10.5)


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "start": start_up,
    "lint": lint_cold,
    "lint-batch": lint_batch,
    "render": renders,
    "word": word,
    "warm": warm,
    "batch": batch,
    "table": table,
    "citations": citations,
}


def generate_all(bench: Bench) -> None:
    """Write every case that the rows need."""
    os.environ["XDG_CACHE_HOME"] = str(bench.place.work / "cache")
    remove(bench.project)
    bench.generate("--cases", str(bench.batch))
    bench.generate("--seed", "900", "--scale", "10")
    bench.generate("--seed", "901")
    shutil.copytree(ROOT / "cases" / EXEMPLARY, bench.case(EXEMPLARY))
    for rows in ("200", "2000"):
        bench.generate("--lab-rows", rows)
        bench.generate("--references", rows)


def rows_of(bench: Bench, groups: list[str]) -> Iterator[Row]:
    """Yield the rows of the groups; a group that fails is a row that says so, and the others go on."""
    for name in groups:
        yield from tried(name, partial(GROUPS[name], bench))


def tried(name: str, make: Callable[[], Iterator[Row] | list[Row]]) -> Iterator[Row]:
    """Yield rows, or the one row that says why they could not be measured."""
    try:
        yield from make()
    except (Failed, OSError, subprocess.SubprocessError) as error:
        yield Row(name, f"failed: {error}", holds=False)
