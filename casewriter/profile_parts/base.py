"""What all parts of a profile have in common."""

from pydantic import BaseModel, ConfigDict


class ProfilePart(BaseModel):
    """A part of a profile: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
