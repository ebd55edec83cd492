"""Records of tagged lines, as RIS and NBIB have them: values that go on over several lines."""

from __future__ import annotations

from collections import defaultdict

Tags = dict[str, list[str]]
"""The values of each tag, in the order of the record."""

CONTINUED = "\0"
"""Comes before a line that goes on with the value before it, until `joined`."""


def joined(tags: Tags) -> Tags:
    """Return the tags with the lines that go on with a value joined to it."""
    whole: Tags = defaultdict(list)
    for tag, values in tags.items():
        starts = [n for n, value in enumerate(values) if n == 0 or not value.startswith(CONTINUED)]
        parts = [values[a:b] for a, b in zip(starts, [*starts[1:], len(values)], strict=True)]
        whole[tag] = [" ".join(line.removeprefix(CONTINUED) for line in part).strip() for part in parts]
    return whole
