"""What can be wrong with a file that was written."""

from __future__ import annotations

from casewriter.problem import Kind, Level

CONTENT_LOST = Kind(
    "JRNL002",
    "content-lost",
    Level.ERROR,
    """A part of the article is not in the file that was written.

After each render the file is read back: every author, section, figure, table and reference must be in it. If something
is missing, do not send the file; the template probably leaves it out.""",
)
GLYPH_MISSING = Kind(
    "JRNL003",
    "glyph-missing",
    Level.ERROR,
    """No font of the page has a character of the text.

It would print as an empty box. Remedy: use another character, or a template with a font that has it.""",
)

KINDS = (CONTENT_LOST, GLYPH_MISSING)
