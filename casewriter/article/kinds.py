"""What composing can find wrong: names in the text that lead nowhere, parts without a place."""

from __future__ import annotations

from casewriter.problem import Kind, Level

UNDEFINED_KEY = Kind(
    "REF005",
    "undefined-reference",
    Level.ERROR,
    """The text cites a key that no reference has.

The message names the nearest key. Remedy: correct the key, or add the reference; a reference still to be found may
be written as `{id: key, placeholder: what is known of it}`.""",
)
PLACEHOLDER = Kind(
    "REF006",
    "placeholder",
    Level.ERROR,
    """A reference is still to be found.

It is numbered and printed as one to be supplied, so that the manuscript can be read; it cannot be submitted.""",
)
UNCITED = Kind(
    "REF007",
    "uncited",
    Level.WARNING,
    """A reference is in the case and no text cites it.

Numbered styles list what is cited, so it is not printed. Remedy: cite it, remove it, or name it under `nocite`.""",
)
UNREAD_CITATION = Kind(
    "REF025",
    "citation-unread",
    Level.ERROR,
    """The text names a key where no citation is read, and prints as typed.

A citation stands in square brackets, and several are divided by semicolons: [@muller1959; @winkelmann1965], [see
@muller1959, p. 12]. An at sign that is meant as one is written \\@.""",
)
UNDEFINED_EXHIBIT = Kind(
    "FIG001",
    "undefined-exhibit",
    Level.ERROR,
    """The text mentions a figure or table that the case does not have.

The message names the nearest.""",
)
FILE_MISSING = Kind(
    "FIG002",
    "picture-missing",
    Level.ERROR,
    """The file of a picture is missing or lies outside the case's folder.

The figure prints as a labelled frame. Paths are relative to the case file, with / between folders.""",
)
UNDEFINED_PANEL = Kind(
    "FIG005",
    "undefined-panel",
    Level.ERROR,
    """The text mentions a panel that the figure does not have.

Panels are lettered a, b, c in the order of the figure's `panels`.""",
)
UNMENTIONED = Kind(
    "FIG006",
    "unmentioned",
    Level.WARNING,
    """A figure or table is never mentioned in the text.

It is numbered last and stands at the end. Journals return papers with exhibits that the text does not call.
Remedy: write @fig-id or @tbl-id where it belongs.""",
)
UNDEFINED_VALUE = Kind(
    "CASE014",
    "undefined-value",
    Level.ERROR,
    """`{{ path }}` names a datum that the case does not have.

The message names the nearest. Paths follow the keys of the file; records are named by their id or label.""",
)
LINK = Kind(
    "CASE015",
    "link-refused",
    Level.WARNING,
    """A link is none that a reader can follow, and prints as typed.

Links begin with https://, http://, mailto:, doi: or # (a place in the document). A link to a file of one's own computer
would tell its folders to every reader.""",
)
PROSE = Kind(
    "CASE016",
    "prose-unreadable",
    Level.ERROR,
    """A text cannot be read as Markdown and prints as typed.

Lists, quotations and emphasis may stand in each other a hundred deep; deeper ones exhaust the reader. Remedy: write it
with fewer marks, or put a backslash before the first.""",
)
FOREIGN = Kind(
    "CASE019",
    "foreign-markup",
    Level.ERROR,
    """The text holds markup of another editor, which prints as typed.

Footnotes, embedded files, formulas, commands of LaTeX, HTML tags and entities, marked or struck text and hidden
comments are not part of the format. A reader would see their signs, and a comment that was meant to be hidden. The hint
says what to write instead. A sign that is meant as one is written with a backslash before it, or in `code`.""",
)
DOUBTFUL = Kind(
    "CASE020",
    "markup-doubtful",
    Level.INFO,
    """A sign can be read as markup or as notation, and prints as typed.

`*5-HT*` could be italics or stand between two stars, `> 3 months` could be a quotation or a comparison. What is typed
is printed. Remedy: write _5-HT_ for italics; put a backslash before the sign to say that it is meant as one.""",
)
SYMBOL = Kind(
    "CASE021",
    "symbol-font-letter",
    Level.ERROR,
    """The text holds a private-use letter of the font Symbol or Wingdings, which prints as an empty box.

Word processors write β, µ or ≥ that way where the sign was set in that font, and the code is pasted along. The hint
names the letter that is meant.""",
)
NOT_PLACED = Kind(
    "JRNL001",
    "part-not-placed",
    Level.WARNING,
    """The journal's profile has no place for a part of the case.

Nothing is dropped: the part is appended after the last section. Remedy: move its content, or extend the profile.""",
)

KINDS = (
    UNDEFINED_KEY,
    PLACEHOLDER,
    UNCITED,
    UNREAD_CITATION,
    UNDEFINED_EXHIBIT,
    FILE_MISSING,
    UNDEFINED_PANEL,
    UNMENTIONED,
    UNDEFINED_VALUE,
    LINK,
    PROSE,
    FOREIGN,
    DOUBTFUL,
    SYMBOL,
    NOT_PLACED,
)
