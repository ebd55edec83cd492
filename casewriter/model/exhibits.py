"""Figures with panels, the author's own tables, videos and supplements."""

import re
from typing import Any, Literal, Self

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from casewriter.model.base import Inline, Model, Plain, about, many

ShowsPerson = Literal["false", "part", "true"]


class Panel(Model):
    """One picture of a figure."""

    file: Plain | None = about("Picture file, relative to the case folder: figures/fig1a.jpg.")
    caption: Inline | None = about("What this panel shows.")
    alt: Plain | None = about("What a reader who cannot see the picture needs to know; not the caption.")
    modality: Plain | None = about("photograph, computed tomography, histology, …")


class Figure(Panel):
    """A figure of one picture, or of several panels."""

    panels: tuple[Panel, ...] = many("Pictures, lettered A, B, C … in this order.")
    credit: Inline | None = about("Whose picture it is, and with whose permission it is used.")
    shows_person: ShowsPerson | None = about(
        "false, part (a part of the body) or true (a recognisable person).",
        json_schema_extra={"anyOf": [{"enum": ["false", "part", "true"]}, {"type": ["boolean", "null"]}]},
    )
    width: Plain | None = about("Width as a share of the column: 60%.")
    note: Inline | None = about("A remark under the caption.")

    @field_validator("shows_person", mode="before")
    @classmethod
    def _as_word(cls, value: Any) -> Any:
        words = {"no": "false", "none": "false", "yes": "true", "face": "true"}
        return words.get(value.lower(), value.lower()) if isinstance(value, str) else value

    @field_validator("width")
    @classmethod
    def _percent(cls, value: str | None) -> str | None:
        if value is None:
            return None
        found = re.fullmatch(r"(\d{1,3})\s*%", value.strip())
        if not found or not 10 <= int(found[1]) <= 100:
            raise PydanticCustomError("width", "the width is a percentage from 10% to 100%", {"hint": "write 60%"})
        return f"{int(found[1])}%"

    @model_validator(mode="after")
    def _one_or_many(self) -> Self:
        if self.file and self.panels:
            raise PydanticCustomError(
                "figure",
                "a figure has either a file or panels, not both",
                {"hint": "make the file a panel of its own"},
            )
        return self

    @property
    def pictures(self) -> tuple[Panel, ...]:
        """The pictures in order: the panels, or the one file."""
        return self.panels or ((self,) if self.file else ())


class OwnTable(Model):
    """A table as the author writes it."""

    caption: Inline | None = about("Caption.")
    columns: tuple[Inline, ...] = many("Column headings.")
    rows: tuple[tuple[Inline | None, ...], ...] = many("Rows: each a list of cells.")
    notes: Inline | None = about("Notes under the table.")

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        for number, row in enumerate(self.rows):
            if self.columns and len(row) > len(self.columns):
                message = "row {row} has {cells} cells for {columns} columns"
                facts: dict[str, Any] = {
                    "row": number + 1,
                    "cells": len(row),
                    "columns": len(self.columns),
                    "within": ("rows", number),
                    "hint": "quote a cell that holds a comma",
                }
                raise PydanticCustomError("table", message, facts)
        return self


class Attachment(Model):
    """A video or supplementary file."""

    file: Plain | None = about("The file, relative to the case folder.")
    caption: Inline | None = about("Caption.")
    credit: Inline | None = about("Credit.")
