"""What composing can find wrong: names in the text that lead nowhere, parts without a place."""

from __future__ import annotations

from casewriter.problem import Kind, Level

UNDEFINED_KEY = Kind(
    "REF005",
    "undefined-reference",
    Level.ERROR,
    """The text cites a key that no reference has.

The message suggests the nearest key. Remedy: correct the key, or add the reference. If you have yet to find it, write
`{id: key, placeholder: what is known about it}`.""",
)
PLACEHOLDER = Kind(
    "REF006",
    "placeholder",
    Level.ERROR,
    """A reference is still missing; only a placeholder is given.

It is numbered and printed as “to be supplied”, so that you can read the manuscript. It cannot be submitted yet.""",
)
UNCITED = Kind(
    "REF007",
    "uncited",
    Level.WARNING,
    """A reference is never cited.

Numbered styles list only cited works, so it is not printed. Remedy: cite it, remove it, or list it under `nocite`.""",
)
UNREAD_CITATION = Kind(
    "REF025",
    "citation-unread",
    Level.ERROR,
    """Text that looks like a citation but is not one is printed as typed.

Put citations in square brackets and separate them with semicolons: [@muller1959; @winkelmann1965], [see
@muller1959, p. 12]. For a plain at sign write \\@.""",
)
UNDEFINED_EXHIBIT = Kind(
    "FIG001",
    "undefined-exhibit",
    Level.ERROR,
    """The text mentions a figure or table that the case does not have.

The message suggests the nearest one. A figure drawn from the data needs data to draw: numbers with times, or
treatments with times.""",
)
FILE_MISSING = Kind(
    "FIG002",
    "picture-missing",
    Level.ERROR,
    """A picture file is missing or lies outside the case folder.

A labelled frame is printed in its place. Paths are relative to the case file, with / between folders.""",
)
UNDEFINED_PANEL = Kind(
    "FIG005",
    "undefined-panel",
    Level.ERROR,
    """The text mentions a panel that the figure does not have.

Panels are lettered a, b, c in the order of the figure's `panels`. A figure drawn from the data is followed by tests
instead, by their ids: @fig-course.alt,crp.""",
)
UNMENTIONED = Kind(
    "FIG006",
    "unmentioned",
    Level.WARNING,
    """A figure or table is never mentioned in the text.

It is placed behind the record that names it (`figure: leg`), else at the end, and numbered there. Journals return
manuscripts whose text does not mention every figure and table. Remedy: write @fig-id or @tbl-id where it belongs.""",
)
UNDEFINED_VALUE = Kind(
    "CASE014",
    "undefined-value",
    Level.ERROR,
    """`{{ path }}` refers to a value that the case does not have.

The message suggests the nearest path. Paths follow the keys of the file; records go by their id or label.""",
)
LINK = Kind(
    "CASE015",
    "link-refused",
    Level.WARNING,
    """A link does not lead anywhere that a reader can go, and is printed as typed.

Links begin with https://, http://, mailto:, doi: or # (a place in the document). A link to a file on your computer
would show its folders to every reader.""",
)
PROSE = Kind(
    "CASE016",
    "prose-unreadable",
    Level.ERROR,
    """A text cannot be read as Markdown and is printed as typed.

Lists, quotations and emphasis may be nested a hundred deep. Remedy: use fewer marks, or put a backslash before the
first.""",
)
FOREIGN = Kind(
    "CASE019",
    "foreign-markup",
    Level.ERROR,
    """The text contains markup from another editor, which is printed as typed.

Footnotes, embedded files, formulas, LaTeX commands, HTML tags and entities, highlighted or struck-through text and
hidden comments are not part of the format. Readers would see the markup, and comments meant to be hidden. The hint
gives the text to write instead. To print a sign as it is, put a backslash before it or set it in `code`.""",
)
DOUBTFUL = Kind(
    "CASE020",
    "markup-doubtful",
    Level.INFO,
    """A sign could be markup or notation; it is printed as typed.

`*5-HT*` could be italics or a word between two stars, `> 3 months` a quotation or a comparison. Remedy: write _5-HT_
for italics, or put a backslash before the sign to keep it.""",
)
SYMBOL = Kind(
    "CASE021",
    "symbol-font-letter",
    Level.ERROR,
    """The text contains a private character of the Symbol or Wingdings font, which would print as an empty box.

Word processors store β, µ or ≥ that way when the sign is set in that font, and pasting copies the code. The hint
names the intended letter.""",
)
TOLD_NOWHERE = Kind(
    "CASE022",
    "told-nowhere",
    Level.INFO,
    """A record is in the file, but the manuscript does not tell it.

`print: {part: none}`, or `records: none` in the profile, leaves out the lists and tables of a part, and no text of the
case says this record in its words and numbers. Remedy: say it in the prose, look it up with `{{ }}`, or print what the
prose does not tell with `print: {part: untold}`. Where it is left out on purpose, nothing is wrong.""",
)
NOT_PLACED = Kind(
    "JRNL001",
    "part-not-placed",
    Level.WARNING,
    """The journal profile has no place for a part of the case.

Nothing is dropped: the part is added after the last section. Remedy: move its content, or extend the profile.""",
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
    TOLD_NOWHERE,
    NOT_PLACED,
)
