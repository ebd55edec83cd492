"""The code of a country by its name, as far as it is known."""

from __future__ import annotations

import unicodedata
from functools import cache

from casewriter.builtin import data


def code_of(name: str) -> str | None:
    """Return the code of ISO 3166-1 (alpha-2) of a country, or None where its name is not known."""
    return _codes().get(_folded(name))


@cache
def _codes() -> dict[str, str]:
    return {_folded(name): code for code, names in data("countries.yaml").items() for name in names}


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFC", name).casefold().replace("’", "'").replace(" and ", " & ")
    return " ".join(letters.split())
