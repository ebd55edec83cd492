"""The course in time: what happened when, counted from the index."""

from typing import ClassVar, Literal

from pydantic import Field

from casewriter.model.base import Blocks, Inline, Labelled, Spelled, about, many
from casewriter.model.duration import Length
from casewriter.model.time import At

EventKind = Literal["history", "presentation", "diagnostic", "intervention", "follow_up", "outcome"]


class Event(Labelled):
    """Something that happened and is recorded nowhere else in the file."""

    until: At | None = about("When it ended.")
    duration: Length | None = about("How long it lasted.")
    kind: EventKind | None = about("history, presentation, diagnostic, intervention, follow_up or outcome.")


class Timeline(Spelled):
    """The events of the case; records elsewhere that have a time join by themselves."""

    list_key: ClassVar[str | None] = "events"

    narrative: Blocks | None = about("What the timeline shows, in prose.")
    index: Inline | None = about("What time 0 is: the admission, the diagnosis, the operation.")
    index_year: int | None = about(
        "Calendar year of the index; sorts years of the history, never printed.", ge=1800, le=2200
    )
    first_day: int = Field(default=0, description="1 when the index itself is day 1, as in hospital day 3.", ge=0, le=1)
    caption: Inline | None = about("Caption of the timeline table.")
    events: tuple[Event, ...] = many("Events with their time, label and kind.")
