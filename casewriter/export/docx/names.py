"""Names of bookmarks: at most 40 letters, digits and underscores; those that begin with an underscore are hidden."""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct, field

_LONGEST = 40
_UNFIT = re.compile(r"\W", re.ASCII)


class Bookmarks(Struct):
    """The bookmarks of one document: a name for each anchor, a number for each place."""

    names: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    placed: dict[str, int] = field(default_factory=dict)

    def name(self, anchor: str) -> str:
        """Return the name of an anchor; two anchors never share one."""
        if anchor not in self.names:
            name = "_" + _UNFIT.sub("_", anchor)
            if name != f"_{anchor}".replace("-", "_") or len(name) > _LONGEST or name in self.taken:
                digest = hashlib.sha256(anchor.encode()).hexdigest()[:10]
                name = f"{name[: _LONGEST - 11]}_{digest}"
            self.taken.add(name)
            self.names[anchor] = name
        return self.names[anchor]

    def place(self, anchor: str) -> int | None:
        """Return the number of the bookmark that an anchor gets here; None where it has one elsewhere."""
        if anchor in self.placed:
            return None
        self.placed[anchor] = len(self.placed) + 1
        return self.placed[anchor]
