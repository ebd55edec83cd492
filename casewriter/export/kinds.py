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
JATS_INCOMPLETE = Kind(
    "JRNL040",
    "jats-incomplete",
    Level.INFO,
    """The JATS file leaves out something that a published article has and the case does not say.

A case knows no ISSN, date of publication, volume, DOI or licence: the publisher adds them after acceptance, and
casewriter makes none of them up. A picture without a description is named as well: PubMed Central asks for alt-text,
and readers who cannot see the picture need it.""",
)

KINDS = (CONTENT_LOST, GLYPH_MISSING, JATS_INCOMPLETE)
