"""Make the lexicon of personal names that PRIV reads with, from the name lists of the package Faker (MIT licence).

    pip download faker==40.63.0 --no-deps -d DOWNLOAD && unzip DOWNLOAD/faker-*.whl -d FAKER
    apt-get install wamerican wbritish wngerman wogerman wgerman-medical wfrench wspanish witalian wportuguese wbrazilian \
        wdutch wswedish wdanish
    python tools/names.py FAKER

Faker keeps lists of given and family names for some eighty locales. They are folded as the reader folds (small letters, no
accents, no apostrophes). A name that is also a word of English, of German or of two other languages (Mark, Rose, May) goes
into a class of its own, which counts only beside other evidence; words come from the word lists of Debian (small-letter
entries only) and from the places and terms that `data/privacy/words.yaml` knows. A name that is a word of medicine is left
out. Same input, same bytes.
"""

from __future__ import annotations

import gzip
import importlib
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DATA = ROOT / "casewriter" / "data"
TARGET = DATA / "privacy" / "names.txt.gz"
DICT = Path("/usr/share/dict")
FIRST_LISTS = (("american-english", "british-english"), ("ngerman", "ogerman"))
"""A name that is a word of one of these is doubtful."""
OTHER_LISTS = (
    ("french",),
    ("spanish",),
    ("italian",),
    ("portuguese", "brazilian"),
    ("dutch",),
    ("swedish",),
    ("danish",),
)
"""These lists hold many names with a small letter: a name is doubtful when two of them have it."""
MEDICAL = "german-medical"
PROVIDERS = "faker.providers.person"
GERMAN = ("de_AT", "de_CH", "de_DE", "en_US", "es_ES", "fr_FR", "it_IT")
"""A given name that German writes like a noun is one where it is usual in one of these; a surname is doubtful."""
DOUBTFUL = frozenset("amber beryl dirk frank grace harry heather jack jade mark poppy roger rosa".split())
"""Of the common given names of words.yaml, those that are words first; the others are names whatever the lists say."""
PARTICLES = frozenset(
    "de del della dei di da das do dos du des la las le les el los van von den der ten ter zu zur af av bin ibn bint al "
    "and et of y e i st san santa md phd jr sr ii iii".split()
)
CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяієїґўјљњћђџ",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i ye yi g w j lj nj c dj dz".split(),
        strict=True,
    )
)
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)


def provider_names(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) of a locale: kind is given or family."""
    for attribute in dir(module.Provider):
        values = getattr(module.Provider, attribute)
        if not isinstance(values, (tuple, list, dict)) or re.search("format|language|pairs", attribute):
            continue
        kind = "given" if attribute.startswith(("first_", "middle_")) else "family" if "last_" in attribute else ""
        for value in values if kind else ():
            yield from ((kind, part) for part in re.split(r"[\s‐-]+", value))


def gathered(folder: Path) -> dict[str, set[str]]:
    """Return the names of all locales, given and family apart, as they are written."""
    sys.path.insert(0, str(folder))
    found: dict[str, set[str]] = {"given": set(), "family": set()}
    locales = sorted(path.parent.name for path in (folder / "faker/providers/person").glob("*/__init__.py"))
    for locale in locales:
        for kind, name in provider_names(importlib.import_module(f"{PROVIDERS}.{locale}")):
            bare = name.strip(".,()'’\"")
            if (len(bare) >= 2 or bare >= "\u3400") and bare.lower() not in PARTICLES and not re.search(r"\d", bare):
                found[kind].add(bare)
    for names in found.values():
        names |= {spelled for name in names if (spelled := romanised(name))}
    return found


def romanised(name: str) -> str:
    """Return a Cyrillic or Greek name in Latin letters, as passports spell it roughly; empty for other scripts."""
    table = CYRILLIC if re.match(r"[А-Яа-яЁёІіЇїЄє]", name) else GREEK if re.match(r"[Α-Ωα-ωΆ-ώ]", name) else {}
    plain = unicodedata.normalize("NFD", name.lower()) if table is GREEK else name.lower()
    letters = [table.get(letter, "") for letter in plain]
    return "".join(letters).replace("-", "").capitalize() if table else ""


def dictionary(name: str) -> set[str]:
    """Return the words of a Debian word list that are written with a small letter."""
    raw = (DICT / name).read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return {word.removesuffix("'s") for word in text.split("\n") if word and word[0].islower()}


def everyday() -> set[str]:
    """Return what is also a word or a place, in small letters."""
    from casewriter.lint.privacy.lexicon import words

    found: set[str] = set().union(*(dictionary(name) for names in FIRST_LISTS for name in names))
    others = Counter(word for names in OTHER_LISTS for word in set().union(*map(dictionary, names)))
    found |= {word for word, languages in others.items() if languages >= 2}
    for name in (
        "countries",
        "cities",
        "not_names",
        "after_names",
        "institution_kinds",
        "institution_words",
        "calendar",
    ):
        found |= {word.lower() for word in words(name)}
    return found


def terms() -> set[str]:
    """Return words of medicine that no name should be taken for: analytes, abbreviations, Latin terms."""
    from casewriter.source import read

    found = dictionary(MEDICAL)
    for name in ("analytes.yaml", "known_abbreviations.yaml"):
        found |= {
            word.lower() for word in re.findall(r"[^\W\d_]{2,}", str(read((DATA / name).read_bytes(), name).data))
        }
    return found


def nouns() -> set[str]:
    """Return what German writes with a capital, nouns and names alike, in small letters."""
    text = "".join((DICT / name).read_text("utf-8") for name in FIRST_LISTS[1])
    return {word.lower() for word in text.split("\n") if word[:1].isupper()}


def german_given() -> set[str]:
    """Return the given names that are usual in German texts."""
    names = (pair for locale in GERMAN for pair in provider_names(importlib.import_module(f"{PROVIDERS}.{locale}")))
    return {name.lower() for kind, name in names if kind == "given"}


def classes(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the four classes: given, family, and each of them where it is a word as well."""
    from casewriter.lint.privacy.lexicon import words
    from casewriter.lint.privacy.namelist import fold

    words_too, medical = everyday(), terms()
    doubtful = {"given": words_too | (nouns() - german_given()), "family": words_too | nouns()}
    common = {word.lower() for word in words("given")} - DOUBTFUL
    sorted_out: dict[str, set[str]] = {}
    for kind, names in found.items():
        kept = {name for name in names if name.lower() not in medical or name.lower() in common}
        certain = {name for name in kept if name.lower() not in doubtful[kind] or name.lower() in common}
        sorted_out[kind] = {fold(name) for name in certain} - {""}
        sorted_out[f"{kind} and word"] = {fold(name) for name in kept - certain} - sorted_out[kind] - {""}
    return sorted_out


HEAD = """\
# Personal names by class, for the privacy scan. Made by tools/names.py; do not edit.
# From Faker {version} (https://github.com/joke2k/faker), MIT licence: see names.LICENSE.txt beside this file.
"""


def grouped(names: set[str]) -> list[str]:
    """Return a line for each two letters that names begin with, so that a reader takes apart only the lines it needs."""
    return [f"{letters} {' '.join(group)}" for letters, group in groupby(sorted(names), key=lambda name: name[:2])]


def main(folder: Path) -> None:
    """Write the lexicon."""
    found = classes(gathered(folder))
    version = (folder / "faker/__init__.py").read_text("utf-8").split('VERSION = "')[1].split('"')[0]
    lines = [line for name, names in sorted(found.items()) for line in (f"[{name}]", *grouped(names))]
    text = HEAD.format(version=version) + "\n".join(lines) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    counts = ", ".join(f"{len(names)} {name}" for name, names in sorted(found.items()))
    print(f"{TARGET.relative_to(ROOT)}: {counts}; {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
