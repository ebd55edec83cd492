"""A measured thing: its value as written, unit, reference range and flag, once or as a series."""

from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from casewriter.model.base import SCALAR_SCHEMA, Inline, Model, Plain, Record, about, many
from casewriter.model.time import At
from casewriter.model.value import Reference, Value, parse_reference, parse_value
from casewriter.model.verdict import Flag, computed_flag

_MAPPING_OR_SCALAR: dict[str, Any] = {"anyOf": [SCALAR_SCHEMA, {"type": "object"}]}
Measured = Annotated[Value, PlainValidator(parse_value), WithJsonSchema(_MAPPING_OR_SCALAR)]
Interval = Annotated[Reference, PlainValidator(parse_reference), WithJsonSchema(_MAPPING_OR_SCALAR)]


class Also(Model):
    """The same value in another unit."""

    value: Measured | None = about("The value in the other unit.")
    unit: Plain | None = about("The other unit.")


class Point(Model):
    """One measurement of a series."""

    at: At | None = about("When it was measured.")
    value: Measured | None = about("The value: 9.2, <0.5, 1:640, a word, {not_done: reason}.")
    flag: Flag | None = about("low, high, normal, abnormal or none; computed if missing.")
    note: Inline | None = about("A remark on this measurement.")


class Quantity(Record):
    """A measured thing: a vital sign, a score, a measurement on a picture."""

    label: Inline | None = about("What was measured.")
    value: Measured | None = about("The value: 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {not_done: reason}.")
    unit: Plain | None = about("The unit, in UCUM or as printed: mg/dL, umol/L, mmHg, °C.")
    reference: Interval | None = about("The laboratory's own reference range: 8.6-10.3, <5, {low:, high:} or a word.")
    flag: Flag | None = about("low, high, normal, abnormal; computed if missing; none turns it off.")
    series: tuple[Point, ...] = many("The same thing measured again: [{at: 0, value: 12.2}, …].")
    method: Inline | None = about("How it was measured.")
    condition: Inline | None = about("Under what condition, such as during hypoglycaemia.")
    also: Also | None = about("The same value in another unit.")

    def points(self) -> tuple[Point, ...]:
        """Return every measurement, in the author's order; a single value is a series of one."""
        if self.series:
            return self.series
        return (Point.model_construct(at=self.at, value=self.value, flag=self.flag),) if self.value is not None else ()

    def computed(self, point: Point) -> Flag | None:
        """Return low, high, normal or abnormal by the reference; None where the two cannot be compared."""
        return computed_flag(point.value, self.reference, self.unit) if point.value else None
