"""DATA: abbreviations that the reader meets undefined, never meets, or meets defined twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casewriter.lint.consistency.symbols import SYMBOL, genes_in, is_name, lists
from casewriter.lint.rule import Found, rule
from casewriter.lint.words import CaseProse
from casewriter.model.base import AuthorText
from casewriter.model.case import Case
from casewriter.model.whole import holds_whole
from casewriter.problem import Level, Path

_TOKEN = re.compile(
    r"(?:(?<![\w@{/.:^~-])|(?<=(?<!\w)_))[A-Z]{2}[A-Z0-9]*(?:-[A-Z0-9]+)?s?(?:(?=_(?!\w))|(?![\w}^~]|[-/.]\w))"
)
"""Two capitals or more, with figures and a second part after a hyphen perhaps, plain or in emphasis."""
_DEFINED = re.compile(r"((?:[\w’'-]+[ \n]){1,9})\(([A-Z][\w/-]*[A-Z0-9][\w-]*)(?:[;,)])")
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})[AB]?s?")
_PLACE = re.compile(r"\b[A-Z][a-z]+, ([A-Z]{2})(?=, U\.?S|\)|;)")
_ADDRESS = re.compile(
    r"https?://\S+|\{\{.*?\}\}|`[^`]*`|\bHLA-\S+|\b[A-Z]{2,}\d*:[\w.]+|\b[cgpmn]\.\S+|\b10\.\d{4,}/\S+"
    r"|\b[A-Z][A-Z0-9]+\*\d[\w:*/]*"  # alleles: CYP2D6*4, DRB1*15:01
    r"|\bCA[- ]\d+(?:-\d+)?"  # CA 19-9
    r"|\b(?i:stages?|types?|class|FIGO) [IVX]+[A-D]\d?"  # stage IVC, not the vein
    r"|\b[ACGTU]{3,6}(?=[- ](?:\w+[- ])?(?:repeat|expansion|triplet))|\([ACGTU]{3,6}\)(?=n|[~_]|\d)"
    r"|\b(?:codons?|genotypes?|alleles?)(?: \w+){0,2} \(?[ACGTU]{2,3}\b(?:/[ACGTU]{2,3}\b)?"  # codon (CGG)
    r"|\b[ACGTU]{2,3}(?= (?:codon|genotype|allele|homozyg|carrier))|\b[ACGTU]{3} ?(?:>|→|to) ?[ACGTU]{3}\b"
)
"""Addresses, values, codes, alleles, stages, markers of two words and bases: nothing that could be spelled out."""
_ELSEWHERE = {
    "references",
    "authors",
    "affiliations",
    "abbreviations",
    "figures",
    "keywords",
    "lint",
    "care",
    "scare",
    "funding",
}
_ELSEWHERE |= {
    "registration",
    "ethics",
    "genetics",
    "acknowledgements",
    "contributions",
    "ai_use",
    "literature_search",
    "patient_perspective",
}


def _bare(token: str) -> str:
    return token[:-1] if token.endswith("s") and len(token) > 3 else token


def _read(prose: CaseProse) -> list[tuple[Path, AuthorText, str]]:
    """Return (path, text, the same with addresses, citations and codes blanked) of the texts that use abbreviations."""
    return [(path, text, _blanked(plain)) for path, text, plain in prose.uncited if str(path[0]) not in _ELSEWHERE]


@lru_cache(2048)
def _blanked(plain: str) -> str:
    plain = _ADDRESS.sub(lambda m: " " * len(m[0]), plain)
    return _PLACE.sub(lambda m: " " * len(m[0]) if m[1] in lists().states else m[0], plain)


@lru_cache(2048)
def _definitions(text: str) -> tuple[tuple[str, str, int], ...]:
    """Return (abbreviation, words that define it, place) of each “long form (ABBR)” whose initials agree."""
    return tuple(_defining(text)) if "(" in text else ()


def _defining(text: str) -> Iterator[tuple[str, str, int]]:
    for found in _DEFINED.finditer(text):
        abbreviation = _bare(found[2])
        words = re.findall(r"[\w’']+", found[1])
        letters = [letter.lower() for letter in abbreviation if letter.isalpha()]
        initials = "".join(word[0].lower() for word in words)
        if letters and letters[0] in initials and _initials_agree(letters, words):
            yield abbreviation, " ".join(words), found.start(2)


def _initials_agree(letters: list[str], words: list[str]) -> bool:
    """Return whether the letters of an abbreviation begin words, or are in them, in this order."""
    for start in range(len(words)):
        if not words[start].lower().startswith(letters[0]):
            continue
        rest, place = "".join(words[start:]).lower(), 0
        for letter in letters:
            place = rest.find(letter, place) + 1
            if not place:
                break
        else:
            return True
    return False


def _genes(case: Case) -> set[str]:
    """Return the symbols under `genetics`, also where a field holds several or is in italics."""
    variants = case.genetics.variants if case.genetics else ()
    panels = case.genetics.negative if case.genetics else ()
    listed = [str(gene) for one in panels for gene in one.genes]
    listed += [str(one.gene) for one in variants if one.gene]
    return {*listed, *re.findall(SYMBOL, " ".join(listed))}


def _defined(case: Case, prose: CaseProse) -> set[str]:
    """Return what is defined: in `abbreviations`, in brackets in the text, as the whole of a label, or as a gene."""
    found = {_bare(name) for name in case.abbreviations} | set(case.abbreviations) | _genes(case)
    for _, _, text in prose.uncited:
        found.update(name for name, _, _ in _definitions(text))
    return found


@rule("DATA020", "abbreviation-undefined", Level.WARNING)
def abbreviation_undefined(case: Case, prose: CaseProse) -> Iterator[Found]:
    """The text uses an abbreviation that is not defined.

    An abbreviation is defined under `abbreviations`, or in the text as “long form (ABBR)”. Not reported: abbreviations
    that every reader knows (DNA, HIV, MRI: AMA Manual of Style, 13.11), Roman numerals, and names that nobody spells
    out: gene symbols (named under `genetics`, in italics, beside “gene” or “mutation”, or with the form of one: BRCA1),
    cell and tumour markers (CD20, CA-125), trial numbers (NCT04280705), databases, programs and countries. Only English
    texts are read. Source: ICMJE Recommendations, IV.A.3.k (abbreviations).
    """
    if not case.language.lower().startswith("en"):
        return
    defined = _defined(case, prose)
    unknown = [one for one in _tokens(prose) if not _settled(one[2], defined)]
    genes = genes_in(plain for _, _, plain in prose.uncited) if unknown else set()
    told: set[str] = set()
    for path, text, token, place in unknown:
        name = _bare(token)
        if name in told or genes & {name, token}:
            continue
        told.add(name)
        hint = f"add {name}: to abbreviations:, or write “long form ({name})” at first mention"
        nth = text.count(token, 0, place)
        yield Found(f"the abbreviation {name} is not defined", path, hint, token, nth)


def _tokens(prose: CaseProse) -> Iterator[tuple[Path, AuthorText, str, int]]:
    """Yield what looks like an abbreviation, with its text and its place there."""
    for path, text, plain in _read(prose):
        yield from ((path, text, token, place) for token, place in _tokens_of(plain))


@lru_cache(2048)
def _tokens_of(plain: str) -> tuple[tuple[str, int], ...]:
    """Return what looks like an abbreviation, with its place; texts in capitals alone hold none."""
    if plain.upper() == plain:
        return ()
    return tuple((found[0], found.start()) for found in _TOKEN.finditer(plain))


def _settled(token: str, defined: set[str]) -> bool:
    """Return whether a token is defined, known to every reader, or a name that nobody spells out."""
    name = _bare(token)
    forms = {token, name, name.split("-")[0]}
    stage = name.rstrip("0123456789")  # CKD3, where CKD is defined
    if forms & lists().known or (forms | {stage}) & defined:
        return True
    return bool(_ROMAN.fullmatch(token)) or is_name(name)


@rule("DATA021", "abbreviation-unused", Level.WARNING)
def abbreviation_unused(case: Case, prose: CaseProse) -> Iterator[Found]:
    """An abbreviation is defined but never used.

    Remedy: remove it from `abbreviations`.
    """
    said = "\n".join(text for path, text in prose.texts if path[0] not in ("abbreviations", "references"))
    units = " ".join(str(part.unit) for _, part in case.having("unit") if part.unit)
    everything = f"{said}\n{units}"
    for name in case.abbreviations:
        if not any(holds_whole(everything, f"{name}{ending}") for ending in ("", "s", "es")):
            yield Found(f"the abbreviation {name} is never used", ("abbreviations", name), "remove it", on_key=True)


@rule("DATA023", "abbreviation-defined-twice", Level.WARNING)
def abbreviation_defined_twice(case: Case, prose: CaseProse) -> Iterator[Found]:
    """An abbreviation is defined twice in the text, or differently under `abbreviations`.

    The abstract counts as a separate text: what it defines must be defined again in the paper. Source: AMA Manual of
    Style, 13.11.
    """
    seen: dict[tuple[bool, str], bool] = {}
    for path, text, plain in _read(prose):
        if path[0] in ("tables", "highlights", "learning_points", "title"):
            continue
        for name, words, place in _definitions(plain):
            key = (path[0] == "abstract", name)
            nth = text.count(name, 0, place)
            listed = case.abbreviations.get(name)
            if key in seen:
                yield Found(f"{name} is defined a second time", path, "define it once, at first mention", name, nth)
            elif listed and not _same(listed, words):
                message = f"{name} is “{listed}” under abbreviations: but different here"
                yield Found(message, path, "make the two definitions agree", name, nth)
            seen[key] = True


def _same(listed: str, words: str) -> bool:
    def folded(text: str) -> str:
        return "".join(re.findall(r"\w", text.lower())).rstrip("s")

    return folded(words).endswith(folded(listed)) or folded(listed).endswith(folded(words))


RULES = (abbreviation_undefined, abbreviation_unused, abbreviation_defined_twice)
