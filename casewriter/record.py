"""Records that are compared by what they say, not by where it comes from."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct


class Sourced(Struct, frozen=True, eq=False):
    """A frozen record; the fields named in `beside` do not count when two are compared or hashed."""

    beside: ClassVar[frozenset[str]] = frozenset(("origin", "also"))

    def __eq__(self, other: object) -> bool:
        return (
            self.compared() == other.compared()
            if isinstance(other, Sourced) and type(other) is type(self)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self.compared())

    def compared(self) -> tuple[Any, ...]:
        """Return the fields that count."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in self.beside)
