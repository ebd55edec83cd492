"""The YAML family: what can be wrong with the text of a file before anybody asks what it means."""

from __future__ import annotations

from casewriter.problem import Kind, Level

SYNTAX = Kind(
    "YAML001",
    "syntax",
    Level.ERROR,
    """The file is not YAML.

The YAML reader stopped at the marked place. The cause is often a line or two above: an unclosed quotation mark or
bracket, or inconsistent indentation. Source: YAML 1.2.""",
)
UNREADABLE = Kind(
    "YAML002",
    "not-text",
    Level.ERROR,
    """The file is not text in UTF-8.

UTF-8 is read with or without a byte order mark, UTF-16 and UTF-32 only with one. Anything else would have to be
guessed, and a wrong guess silently changes names and symbols. Remedy: save the file as UTF-8.""",
)
DUPLICATE_KEY = Kind(
    "YAML003",
    "duplicate-key",
    Level.ERROR,
    """A key appears twice in the same mapping.

YAML readers commonly keep the last and silently drop the first. Remedy: rename or merge the two. Keys
that look alike but are composed of different Unicode characters count as the same. Source: YAML 1.2, 3.2.1.3.""",
)
TAG = Kind(
    "YAML004",
    "tag-refused",
    Level.ERROR,
    """A YAML tag (`!something`) is not allowed.

Tags can make other YAML readers run code or change the type of a value. Here every scalar is text, and the case format
says what it means. Remedy: remove the tag, or put the text in quotes if it begins with `!`.""",
)
ALIAS = Kind(
    "YAML005",
    "alias-refused",
    Level.ERROR,
    """A YAML alias, anchor or merge key cannot be used like this.

A few anchors are fine; merge keys, undefined names, an alias inside its own anchor and aliases beyond the limit
are not. A text that begins with `*` or `&` must be quoted.""",
)
LIMIT = Kind(
    "YAML006",
    "limit",
    Level.ERROR,
    """The file is larger or more deeply nested than a case needs.

The message gives the limit. Limits keep an untrusted file from exhausting the machine.""",
)
COLON = Kind(
    "YAML007",
    "unquoted-colon",
    Level.ERROR,
    """A text that contains a colon and a space needs quotes.

`title: Calcinosis: a case report` is read by YAML as a key inside a value. Remedy: put the text in double
quotes.""",
)
COMMA = Kind(
    "YAML008",
    "unquoted-comma",
    Level.ERROR,
    """A comma ended a text inside braces.

In `{label: fever, chills and cough}`, YAML reads a second key, `chills and cough`, without a value. Remedy: put the
text in quotes.""",
)
START = Kind(
    "YAML009",
    "text-start",
    Level.ERROR,
    """A text begins with a character that has another meaning in YAML.

`@`, `` ` ``, `%`, `*`, `&`, `!`, `>`, `|`, `[`, `{`, `- ` and a quotation mark cannot begin an unquoted text. Remedy:
write the text on the next line under `|`, or put it in quotes.""",
)
HASH = Kind(
    "YAML010",
    "text-lost",
    Level.WARNING,
    """Text after ` #` is a comment to YAML and is lost.

`Patient #2 was` is read as `Patient`. Remedy: quote the text. A real comment after a value is not reported if there are
two spaces before the `#` and one after it.""",
)
SPLIT_ITEM = Kind(
    "YAML011",
    "split-item",
    Level.WARNING,
    """A comma inside a list in brackets may have split one text in two.

YAML reads `[no fever, chills or cough]` as two items. Remedy: quote the items, or write one per line with `- `.""",
)
KEY = Kind(
    "YAML012",
    "key-not-text",
    Level.ERROR,
    """A key of a mapping must be text.

A list or mapping was found where a key is expected. Often a text begins with `{{`, `[` or `?` without quotes.""",
)
DOCUMENTS = Kind(
    "YAML013",
    "several-documents",
    Level.ERROR,
    """The file contains more than one YAML document.

One file describes one patient. Remedy: remove the `---` line or split the file.""",
)
BIDI = Kind(
    "YAML014",
    "bidi-control",
    Level.WARNING,
    """An invisible character changes the direction of the text.

Such characters can make text read differently from what is stored. Remedy: delete the character.""",
)
IGNORE = Kind(
    "YAML015",
    "ignore-malformed",
    Level.ERROR,
    """An ignore comment has no code or no reason.

The form is `# casewriter: ignore[FIG002] why this is right here`. The reason is mandatory: it is what a co-author
or a reviewer reads.""",
)
NOTHING = Kind(
    "YAML016",
    "bare-null",
    Level.WARNING,
    """A value is `~` or `null`, which may mean “none” or “not yet known”.

`~` counts as no value, and nothing is printed for it; in a list it leaves a place empty, as in the values of a grid.
`null` is printed as typed, though editors take it for an empty value. Remedy: leave the value empty while it is not yet
known, write `none` if there is none, or quote the sign if you mean it literally. Source: YAML 1.2, 10.2.1.1.""",
)
SPACE = Kind(
    "YAML017",
    "odd-space",
    Level.ERROR,
    """A no-break space, or another special space, is part of the layout of the file.

Text copied from a web page or a word processor may contain U+00A0 in its indentation, after a colon or after a hyphen.
It looks like a space, but YAML treats it as a letter and reads another structure. Inside a text such spaces are kept.
Remedy: type a plain space, or run `casewriter lint --fix`. Source: YAML 1.2, 5.5 and 6.1.""",
)

KINDS = (
    SYNTAX,
    UNREADABLE,
    DUPLICATE_KEY,
    TAG,
    ALIAS,
    LIMIT,
    COLON,
    COMMA,
    START,
    HASH,
    SPLIT_ITEM,
    KEY,
    DOCUMENTS,
    BIDI,
    IGNORE,
    NOTHING,
    SPACE,
)
