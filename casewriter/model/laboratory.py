"""Laboratory results: single, as series, in groups that share facts, or as a grid."""

from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from casewriter.model.base import Blocks, Id, Inline, Model, Plain, Record, Several, Spelled, about, many
from casewriter.model.quantity import Interval, Measured, Quantity
from casewriter.model.time import At
from casewriter.model.verdict import Flag
from casewriter.problem import Path


class Result(Quantity):
    """A laboratory result: one test once or as a series, or many tests with one answer."""

    test: Inline | None = about("Name of the test: Calcium.")
    tests: Several = many("Several tests with the same result: [Glucose, Urea].")
    loinc: Plain | None = about("LOINC code: 17861-6.")
    specimen: Inline | None = about("serum, plasma, blood, urine, …")
    panel: Inline | None = about("The panel it is printed under: chemistry.")
    reported_at: At | None = about("When the result was reported.")

    def title(self) -> str | None:
        """Return the name of the test."""
        return self.test or self.label or (", ".join(self.tests) or None)


class Group(Record):
    """Results that share facts: keys beside `results` are inherited by each."""

    panel: Inline | None = about("Panel of all these results.")
    specimen: Inline | None = about("Specimen of all these results.")
    method: Inline | None = about("Method of all these results.")
    condition: Inline | None = about("Condition of all these results.")
    unit: Plain | None = about("Unit of all these results.")
    results: tuple[Result, ...] = many("The results.")


class GridRow(Model):
    """One test of a grid, with a value for each time."""

    id: Id | None = about("Name of this row for references.")
    test: Inline | None = about("Name of the test.")
    short: Inline | None = about("A shorter name, for figures.")
    unit: Plain | None = about("Unit.")
    reference: Interval | None = about("Reference range.")
    loinc: Plain | None = about("LOINC code.")
    specimen: Inline | None = about("Specimen.")
    flag: Flag | None = about("none turns off flags for this row.")
    note: Inline | None = about("A remark printed under the table.")
    values: tuple[Measured | None, ...] = many("One value for each time of the grid; leave a place empty with ~.")

    def title(self) -> str | None:
        """Return the name of the test."""
        return self.test


class Grid(Model):
    """A table as the author has it: times across, tests down."""

    at: tuple[At, ...] = many("The times of the columns: [0, 3 d, 1 wk].")
    panel: Inline | None = about("Panel of all rows.")
    specimen: Inline | None = about("Specimen of all rows.")
    rows: tuple[GridRow, ...] = many("The tests.")

    @model_validator(mode="after")
    def _values_fit(self) -> Self:
        for number, row in enumerate(self.rows):
            if len(row.values) != len(self.at):
                message = "row {row} has {values} values for {times} times"
                facts: dict[str, Any] = {
                    "row": number + 1,
                    "values": len(row.values),
                    "times": len(self.at),
                    "within": ("rows", number, "values"),
                    "hint": "give one value for each time; ~ leaves a place empty",
                }
                raise PydanticCustomError("grid", message, facts)
        return self


class Laboratory(Spelled):
    """Laboratory results and what is said of them."""

    list_key: ClassVar[str | None] = "results"

    narrative: Blocks | None = about("The results in prose; it comes before the table.")
    caption: Inline | None = about("Caption of the table of results.")
    results: tuple[Result, ...] = many("Results: [{test: Calcium, value: 9.2, unit: mg/dL, reference: 8.6-10.3}].")
    groups: tuple[Group, ...] = many("Results that share panel, time or specimen.")
    grids: tuple[Grid, ...] = many("Tables as you have them: times across, tests down.")

    def rows(self) -> tuple[tuple[Path, Result], ...]:
        """Return every result with its path inside the laboratory: results, groups and grids alike."""
        return self._rows

    def panel_place(self, path: Path) -> Path:
        """Return where the panel of a result is written: with the result, or with its group or grid."""
        kind, number, *_ = path
        if kind == "results" or (kind == "groups" and self.groups[int(number)].results[int(path[3])].panel):
            return (*path, "panel")
        return (kind, number, "panel")

    def value_place(self, path: Path, number: int) -> Path:
        """Return where a measurement of a result is written, by its number among those of the result."""
        result = self._by_path[path]
        if path[0] != "grids":
            return (*path, "series", number) if result.series else (*path, "value")
        values = self.grids[int(path[1])].rows[int(path[3])].values
        there = [place for place, value in enumerate(values) if value is not None]
        return (*path, "values", there[number])

    def row_at(self, path: Path) -> Result | None:
        """Return the result at a path inside the laboratory, with what its group or grid says of it."""
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> dict[Path, Result]:
        return dict(self.rows())

    @cached_property
    def _rows(self) -> tuple[tuple[Path, Result], ...]:
        found: list[tuple[tuple[str | int, ...], Result]] = []
        found += [(("results", i), result) for i, result in enumerate(self.results)]
        for g, group in enumerate(self.groups):
            found += [(("groups", g, "results", i), _inherit(group, r)) for i, r in enumerate(group.results)]
        for g, grid in enumerate(self.grids):
            found += [(("grids", g, "rows", i), _spread(grid, row)) for i, row in enumerate(grid.rows)]
        return tuple(found)


def _inherit(group: Group, result: Result) -> Result:
    shared = {k: getattr(group, k) for k in ("at", "panel", "specimen", "method", "condition", "unit")}
    update: dict[str, Any] = {k: v for k, v in shared.items() if getattr(result, k) is None and v}
    if group.note:
        update["note"] = Inline("; ".join(note for note in (result.note, group.note) if note))
    return result.model_copy(update=update)


def _spread(grid: Grid, row: GridRow) -> Result:
    from casewriter.model.quantity import Point

    pairs = zip(grid.at, row.values, strict=False)
    series = tuple(Point(at=at, value=value, flag=row.flag) for at, value in pairs if value is not None)
    return Result(
        id=row.id,
        test=row.test,
        short=row.short,
        unit=row.unit,
        reference=row.reference,
        loinc=row.loinc,
        specimen=row.specimen or grid.specimen,
        panel=grid.panel,
        flag=row.flag,
        note=row.note,
        series=series,
    )
