"""The CASE family: what can be wrong with the keys and values of a case."""

from __future__ import annotations

from casewriter.problem import Kind, Level

UNKNOWN_KEY = Kind(
    "CASE001",
    "unknown-key",
    Level.ERROR,
    """A key is not one of the case format.

Whatever is under an unknown key would not be printed, so it is an error. The message names the nearest known
key. Source: the case format; `casewriter schema` prints it.""",
)
MISSING_KEY = Kind(
    "CASE002",
    "missing-key",
    Level.ERROR,
    """A key that the format requires is missing.

Only `format` is required: `format: 1`. All else may be missing while a case is written; lint says what is lacking.""",
)
SHAPE = Kind(
    "CASE003",
    "wrong-shape",
    Level.ERROR,
    """A value has the wrong shape: a list, a mapping or a text where the format needs another of these.

Sections may be written as text, as a list of their records, or as a mapping with `narrative` and the records.""",
)
NOT_A_CHOICE = Kind(
    "CASE004",
    "not-a-choice",
    Level.ERROR,
    """A word is not one of those the format knows here.

The message lists them and names the nearest.""",
)
TIME = Kind(
    "CASE005",
    "time",
    Level.ERROR,
    """A time, duration or age is not in a form that the format knows.

Times are relative to `timeline.index`: 0, 3 d, 2 wk, 6 mo, 10 y, day 3, ~1 mo, 2-3 wk, {after: id, by: 2 d}. A number
without unit would have to be guessed. Calendar dates of the patient's course have no form here, because they
identify (HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)).""",
)
QUANTITY = Kind(
    "CASE006",
    "quantity",
    Level.ERROR,
    """A value or reference range is not in a form that the format knows.

Values: 9.2, <0.5, ~90, 37-39, 1:640, 2+, a word, {median:, range:}, pending, {not_done: reason}. Digits are written
without grouping (15000) and with a decimal point: 1,234 could be read in two ways.""",
)
BARE_NONE = Kind(
    "CASE007",
    "bare-none",
    Level.ERROR,
    """An answer does not say whether anybody looked.

`no`, `-` or `[]` could mean that nobody asked. `none`, or `{none: true, how_assessed: asked at admission}`, says that
somebody looked.""",
)
ID = Kind(
    "CASE008",
    "id",
    Level.ERROR,
    """The name of a record is malformed or used twice.

Names begin with a small letter and hold small letters, digits, hyphens and underscores. Figures, tables and
references have name spaces of their own; all other records share one.""",
)
DANGLING_ID = Kind(
    "CASE009",
    "dangling-id",
    Level.ERROR,
    """A record refers to a name that no record has.

The message names the nearest. Records without `id` are known by their label in small letters with hyphens:
`Total bilirubin` is `total-bilirubin`.""",
)
ROW = Kind(
    "CASE010",
    "row-length",
    Level.ERROR,
    """A row of a table or grid does not fit its columns.

Often a comma inside a cell cut it in two: quote the cell.""",
)
FORMAT = Kind(
    "CASE011",
    "format-version",
    Level.ERROR,
    """The file is of a format version that this program does not read.

A later format may mean something else by the same key, so nothing of the file is guessed at. Remedy: write
`format: 1`, or use a version of the program that reads the other format.""",
)
CONFLICT = Kind(
    "CASE012",
    "contradiction",
    Level.ERROR,
    """Two parts of one entry exclude each other.

Such as `none: true` beside a list, or a figure with both a file and panels.""",
)
VALUE = Kind(
    "CASE013",
    "value",
    Level.ERROR,
    """A value is outside what the format allows here.

It would print as something that nobody measured or meant. Remedy: the message names the values that are allowed.""",
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
