"""What can be wrong with a copy without names."""

from __future__ import annotations

from casewriter.problem import Kind, Level

LEAK = Kind(
    "BLIND001",
    "name-in-blinded-file",
    Level.ERROR,
    """A file of the copy without names holds what is withheld, and was not written.

With `render --blinded` each file is searched before it is written: its text, links, alternative texts, properties,
pictures and everything packed into it. The message says which file, where in it, and what was found, never the words.
Remedy: remove it from the case, the template or the file where it comes from.""",
)
OWN_WORK = Kind(
    "BLIND002",
    "own-work-cited",
    Level.WARNING,
    """The text cites a work of the authors in a copy without names.

The entry keeps its number, and its text is withheld. A phrase such as “our previous case [12]” still says whose work
it is. Remedy: write about it as about the work of others (“a previous case [12]”). Where nothing in the sentence says
whose work it is, this is a note.""",
)

KINDS = (LEAK, OWN_WORK)
