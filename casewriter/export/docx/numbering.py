"""Lists of Word: each gets a numbering of its own, so that its signs are those of the article."""

from __future__ import annotations

from msgspec import Struct, field

from casewriter.article.nodes import BOX, ListBlock
from casewriter.export.docx.wml import Element, element, qualified

_KINDS = {
    "": ("bullet", "•"),
    "box": ("bullet", BOX),
    "decimal": ("decimal", "%1."),
    "decimal-parenthesis": ("decimal", "%1)"),
    "alpha-parenthesis": ("lowerLetter", "%1)"),
}
_STEP = 360
"""Twips that a list stands in from what it is in."""
LEVELS = 9
"""How deep lists of Word stand in each other."""


class Numbering(Struct):
    """The numbering part under way: our kinds of lists, and one numbering for each list."""

    root: Element
    kinds: dict[str, int] = field(default_factory=dict)
    used: int = 0

    def begin(self, block: ListBlock, level: int) -> int:
        """Return the number of the numbering of a list; items of ours count on from the first one's number."""
        self.used = max([self.used, *self._ids("w:num", "w:numId")]) + 1
        start = element("w:startOverride", val=block.numbers[0] if block.numbers else 1)
        kind = element("w:abstractNumId", val=self._kind(block.marks))
        self.root.append(element("w:num", kind, element("w:lvlOverride", start, ilvl=level), numId=self.used))
        return self.used

    def _kind(self, marks: str) -> int:
        if marks not in self.kinds:
            self.kinds[marks] = max([0, *self._ids("w:abstractNum", "w:abstractNumId")]) + 1
            levels = (_level(number, *_KINDS[marks]) for number in range(LEVELS))
            made = element(
                "w:abstractNum",
                element("w:multiLevelType", val="hybridMultilevel"),
                *levels,
                abstractNumId=self.kinds[marks],
            )
            last = self.root.findall(qualified("w:abstractNum"))
            self.root.insert(self.root.index(last[-1]) + 1 if last else 0, made)  # all kinds stand before the lists
        return self.kinds[marks]

    def _ids(self, name: str, attribute: str) -> list[int]:
        return [int(one.get(qualified(attribute), "0")) for one in self.root.iterfind(qualified(name))]


def _level(number: int, kind: str, text: str) -> Element:
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val=kind),
        element("w:lvlText", val=text.replace("%1", f"%{number + 1}")),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=_STEP * (number + 1), hanging=_STEP)),
        ilvl=number,
    )
