"""What a packet is made of: files, and what could not be made."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Role = Literal[
    "manuscript",
    "blinded manuscript",
    "title page",
    "figure",
    "table",
    "checklist",
    "declarations",
    "cover letter",
    "consent form",
    "JATS",
    "supplement",
    "source",
    "contents",
]


class Piece(Struct, frozen=True):
    """A file of the packet: its name within the folder, what it is for, its bytes, and what a person should know."""

    name: str
    role: Role
    data: bytes
    note: str = ""


class NotMade(Struct, frozen=True):
    """Something that the journal asks for and that is not in the packet, with the reason."""

    role: Role
    reason: str


Made = Piece | NotMade
