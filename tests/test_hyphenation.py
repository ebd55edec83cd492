"""Patterns that are read late are those of pyphen, in every language that it knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyphen
import pytest

from casewriter.export.hyphenation import _Patterns
from casewriter.export.weasy import weasyprint

FILES = sorted(set(pyphen.LANGUAGES.values()))
WORDS = (
    "eosinophilia",
    "carbamazepine",
    "Überempfindlichkeitsreaktion",
    "hypersensibilité",
    "reação",
    "ipersensibilità",
)


def _both(path: Path) -> tuple[Any, Any]:
    weasyprint()
    late: Any = pyphen.HyphDict
    return late(path), late.original(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_late_patterns_are_those_of_pyphen(path: Path) -> None:
    late, whole = _both(path)
    assert whole.patterns
    assert late.maxlen == whole.maxlen
    assert {letters: late.patterns.get(letters) for letters in whole.patterns} == whole.patterns
    assert [late.positions(word) for word in WORDS] == [whole.positions(word) for word in WORDS]
    if isinstance(late.patterns, _Patterns):
        assert [one for one in late.patterns.written if late.patterns.get(one) and one not in whole.patterns] == []


@pytest.mark.parametrize("language", ["en_GB", "en_US", "de_DE", "fr", "it_IT", "pt_PT", "pt_BR"])
def test_languages_of_articles_are_read_late(language: str) -> None:
    late, _ = _both(pyphen.LANGUAGES[language])
    assert isinstance(late.patterns, _Patterns)


def test_words_are_divided_as_dictionaries_say() -> None:
    weasyprint()
    assert next(pyphen.Pyphen(lang="en_US").iterate("medication")) == ("medica", "tion")
    assert next(pyphen.Pyphen(lang="de_DE").iterate("Behandlung")) == ("Behand", "lung")
