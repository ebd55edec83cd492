"""The CASE family: what can be wrong with the keys and values of a case."""

from __future__ import annotations

from casewriter.problem import Kind, Level

UNKNOWN_KEY = Kind(
    "CASE001",
    "unknown-key",
    Level.ERROR,
    """A key is not part of the case format.

Anything under an unknown key would not be printed, so this is an error. The message suggests the nearest known
key. Source: the case format; `casewriter schema` prints it.""",
)
MISSING_KEY = Kind(
    "CASE002",
    "missing-key",
    Level.ERROR,
    """A key that the format requires is missing.

Only `format` is required: `format: 1`. The rest may be missing while you write; lint reports what is missing.""",
)
SHAPE = Kind(
    "CASE003",
    "wrong-shape",
    Level.ERROR,
    """A value has the wrong shape: a list, mapping or text where the format expects one of the others.

Sections may be written as text, as a list of their records, or as a mapping with `narrative` and the records.""",
)
NOT_A_CHOICE = Kind(
    "CASE004",
    "not-a-choice",
    Level.ERROR,
    """A word is not one of those allowed here.

The message lists the allowed words and suggests the nearest.""",
)
TIME = Kind(
    "CASE005",
    "time",
    Level.ERROR,
    """A time, duration or age is not written in a recognised form.

Times are relative to `timeline.index`: 0, 3 d, 2 wk, 6 mo, 10 y, day 3, ~1 mo, 2-3 wk, {after: id, by: 2 d}. The unit
of a bare number would have to be guessed. Calendar dates of the patient's course are not accepted, because they
identify the patient (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)).""",
)
QUANTITY = Kind(
    "CASE006",
    "quantity",
    Level.ERROR,
    """A value or reference range is not written in a recognised form.

Values: 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {median:, range:}, pending, {not_done: reason}. Write digits
without grouping (15000) and with a decimal point: 1,234 could be read in two ways.""",
)
BARE_NONE = Kind(
    "CASE007",
    "bare-none",
    Level.ERROR,
    """A negative answer does not say whether anyone looked.

`no`, `-` or `[]` could mean that nobody asked. `none`, or `{none: true, how_assessed: asked at admission}`, says that
someone looked.""",
)
ID = Kind(
    "CASE008",
    "id",
    Level.ERROR,
    """The name of a record is malformed or used twice.

Names begin with a lower-case letter and contain lower-case letters, digits, hyphens and underscores. Figures, tables
and references each have their own namespace; all other records share one.""",
)
DANGLING_ID = Kind(
    "CASE009",
    "dangling-id",
    Level.ERROR,
    """A record refers to a name that does not exist.

The message suggests the nearest. Records without `id` go by their label in lower case with hyphens:
`Total bilirubin` is `total-bilirubin`.""",
)
ROW = Kind(
    "CASE010",
    "row-length",
    Level.ERROR,
    """A row of a table or grid has the wrong number of cells.

Often a comma has split a cell in two: quote the cell.""",
)
FORMAT = Kind(
    "CASE011",
    "format-version",
    Level.ERROR,
    """The file uses a format version that this program does not read.

A later format may give the same key another meaning, so casewriter does not guess. Remedy: write `format: 1`, or use a
version of the program that reads the other format.""",
)
CONFLICT = Kind(
    "CASE012",
    "contradiction",
    Level.ERROR,
    """Two parts of one entry are mutually exclusive.

Examples: `none: true` beside a list, or a figure with both a file and panels.""",
)
VALUE = Kind(
    "CASE013",
    "value",
    Level.ERROR,
    """A value is outside what the format allows here.

It would print something that nobody measured or meant. Remedy: use one of the values that the message lists.""",
)

KINDS = (
    UNKNOWN_KEY,
    MISSING_KEY,
    SHAPE,
    NOT_A_CHOICE,
    TIME,
    QUANTITY,
    BARE_NONE,
    ID,
    DANGLING_ID,
    ROW,
    FORMAT,
    CONFLICT,
    VALUE,
)
