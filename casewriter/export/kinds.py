"""What can be wrong with a file that was written."""

from __future__ import annotations

from casewriter.problem import Kind, Level

CONTENT_LOST = Kind(
    "JRNL002",
    "content-lost",
    Level.ERROR,
    """A part of the article is not in the file that was written.

After each render the file is read back: every author, section, figure, table and reference must be in it. If one is
not, do not send the file; the template probably leaves it out.""",
)
GLYPH_MISSING = Kind(
    "JRNL003",
    "glyph-missing",
    Level.ERROR,
    """A character of the text is in none of the fonts of the page.

It would print as an empty box. Remedy: use another character, or a font that has it, by a template of your own.""",
)

KINDS = (CONTENT_LOST, GLYPH_MISSING)
