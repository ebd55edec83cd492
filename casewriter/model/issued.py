"""A date of publication: an EDTF date of YAML, the `date-parts` of CSL-JSON, or words."""

import re
from typing import Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from casewriter.model.base import Model, Plain, about, or_text

_POINT = r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
_DATE = re.compile(rf"{_POINT}(?:/{_POINT})?([~?]?)")
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


class Issued(Model):
    """A date of publication, as precise as it is known; a span such as Nov–Dec 1995; words such as in press.

    In YAML an EDTF date (ISO 8601-2): ``1959``, ``2019-03-21``, ``1995-11/1995-12``, ``2005-21`` for spring, ``1480~``.
    """

    year: int | None = about("Year.", ge=-9999, le=2200)
    month: int | None = about("Month, 1–12.", ge=1, le=12)
    day: int | None = about("Day.", ge=1, le=31)
    season: int | None = about("Season, 1 (spring) to 4 (winter).", ge=1, le=4)
    end_year: int | None = about("Year in which a span ends.", alias="end-year")
    end_month: int | None = about("Month in which a span ends.", ge=1, le=12, alias="end-month")
    end_day: int | None = about("Day on which a span ends.", ge=1, le=31, alias="end-day")
    circa: bool = Field(default=False, description="true for a date that is uncertain.")
    literal: Plain | None = about("In words, such as in press.")

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:
        if isinstance(value, dict) and "date-parts" in value:
            return _from_parts(value)
        if isinstance(value, dict) and isinstance(value.get("raw"), str):
            value = value["raw"]
        return _from_text(value) if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return or_text(schema, handler)

    def csl(self) -> dict[str, Any]:
        """Return the date as CSL-JSON."""
        points = [(self.year, self.month, self.day), (self.end_year, self.end_month, self.end_day)]
        parts = [[n for n in point if n is not None] for point in points if point[0] is not None]
        found: dict[str, Any] = {"date-parts": parts} if parts else {}
        more = {"season": self.season, "circa": self.circa or None, "literal": self.literal}
        return found | {name: value for name, value in more.items() if value is not None}


def _from_parts(value: dict[str, Any]) -> dict[str, Any]:
    """Return our fields of CSL-JSON's `date-parts`."""
    lists = value["date-parts"] if isinstance(value["date-parts"], list) else []
    found = {k: v for k, v in value.items() if k in ("season", "circa", "literal") and v not in (None, "", False)}
    names = (("year", "month", "day"), ("end-year", "end-month", "end-day"))
    for keys, parts in zip(names, [part for part in lists if isinstance(part, list)], strict=False):
        found |= {key: part for key, part in zip(keys, parts, strict=False) if part not in (None, "", 0, "0")}
    if "circa" in found:
        found["circa"] = "true"
    return _with_season(found)


def _from_text(text: str) -> dict[str, Any]:
    """Return our fields of an EDTF date; other words are a literal."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return {"literal": text}
    keys = ("year", "month", "day", "end-year", "end-month", "end-day")
    fields: dict[str, Any] = {k: v for k, v in zip(keys, found.groups(), strict=False) if v}
    if found[7]:
        fields["circa"] = "true"
    return _with_season(fields)


def _with_season(found: dict[str, Any]) -> dict[str, Any]:
    month = str(found.get("month", ""))
    if month.isdigit() and int(month) in _SEASONS:
        found["season"] = str(_SEASONS[int(month)])
        del found["month"]
    return found
