"""Names that only look like abbreviations: gene symbols by form and by context, markers, numbers of registers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from msgspec import Struct

from casewriter.builtin import data

SYMBOL = r"[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)?"
_FORM = re.compile(r"[A-Z]{2,}\d[A-Z0-9]*(?:-\d+)?|MT-[A-Z]+\d*")
"""Capitals with figures after them: symbols of genes (BRCA1, NKX2-5; HGNC guidelines 2020), markers, NCT01234567."""
_NUMBERED = re.compile(r"[A-Z]+-[A-Z]*\d{5,}")
"""A number of a register: JPRN-UMIN000012345."""


class Lists(Struct, frozen=True):
    """The words of `known_abbreviations.yaml`; `shaped` are abbreviations that have the form of a gene symbol."""

    known: frozenset[str]
    genes: frozenset[str]
    markers: frozenset[str]
    clinical: frozenset[str]
    states: frozenset[str]
    shaped: re.Pattern[str]


@cache
def lists() -> Lists:
    """Return what is known of abbreviations."""
    words = {key: str(text).split() for key, text in data("known_abbreviations.yaml").items()}
    return Lists(
        known=frozenset((*words["known"], *words["names"])),
        genes=frozenset(words["genes"]),
        markers=frozenset(words["markers"]),
        clinical=frozenset(words["clinical"]),
        states=frozenset(words["states"]),
        shaped=re.compile("|".join(words["shaped"])),
    )


def is_name(token: str) -> bool:
    """Return whether a token is a symbol or number that nobody spells out, by its form or because it is known."""
    known = lists()
    head, _, tail = token.partition("-")
    if known.shaped.fullmatch(head):
        return False
    if token in known.genes or _FORM.fullmatch(token) or _NUMBERED.fullmatch(token):
        return True
    if head in known.markers and re.fullmatch(r"[A-Z]?\d+", tail):
        return True
    return bool(tail) and is_name(head) and is_name(tail)  # a fusion: NPM1-ALK


# -- genes by what surrounds them --------------------------------------------------------------------------------

_MARK = r"[*_]{0,3}"
_ONE = rf"{_MARK}{SYMBOL}{_MARK}"
_JOINED = rf"{_ONE}(?:(?:/|–|::){_ONE})*"
_CHAIN = re.compile(
    rf"(?<![\w*^~./-]){_JOINED}(?:(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+){_JOINED})*(?![\w^~]|[-/]\w)"
)
_ITALIC = re.compile(r"(?:\*(?!\*)|_(?!_)).*[^*_](?:\*|_)", re.DOTALL)
_LIST = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or|nor)\s+")

_KIND = r"(?:(?:likely\s+)?pathogenic|missense|nonsense|frameshift|germ-?line|somatic|founder|risk|activating)"
_AMINO = "[ACDEFGHIKLMNPQRSTVWY]"
_CHANGE = rf"{_AMINO}\d{{2,4}}[ACDEFGHIKLMNPQRSTVWXY*]"
"""A changed amino acid in one letter: V600E, C282Y."""
_VERB = r"(?:sequenced|genotyped|mutated|wild[- ]type|rearranged|methylated|amplified)"
_BEHIND = re.compile(
    rf"\s+(?:{_KIND}\s+)*(?:(?P<all>genes|mutations|polymorphisms|alleles|haplotypes|genotypes|rearrangements|exons"
    rf"|(?:were|are)\s+{_VERB})|(?:was|is)\s+{_VERB}|gene|mutation|mutated|mutant|polymorphism|allele|haplotype|genotype"
    r"|genotyping|haploinsufficiency|rearrangement|rearranged|exon|intron|codon|promoter|wild[- ]type"
    r"|(?P<weak_all>variants|deletions|duplications|fusions|transcripts)"
    r"|(?P<weak>variant|deletion|duplication|fusion|amplification|methylation|transcript|locus|expansion|repeats?))\b"
    rf"|\s+\(?(?:[cpmn]\.\S|N[MPGC]_\d|{_CHANGE}\b)"
)
_BEFORE = re.compile(
    r"(?:\b(?i:genes?(?:\s+(?:such\s+as|including))?|mutations?|polymorphisms?|rearrangements?|haploinsufficiency|promoter"
    r"|(?:exons?|codons?)\s+\d+(?:\s*(?:–|-|to|and)\s*\d+)?|(?:homo|hetero|hemi)zygous"
    r"|variants?(?=\s+(?:\S+\s+)?(?:in|within|affecting|involving)\s)"
    r"|(?P<weak>deletions?|duplications?|amplifications?|sequencing|methylation|frameshift|copies|alleles?|loss"
    r"|repeats?|expansions?))"
    rf"|\b{_CHANGE}|\b[cp]\.\S+)"
    r"\s+(?:(?:was|were|found|detected|identified)\s+)?(?:(?:in|of|for|within|affecting|involving)\s+)?"
    r"(?:(?:the|both|either|genes?)\s+)*$"
)
_GENETIC = re.compile(
    r"\bgen(?:e|es|etic\w*|om\w*|otyp\w*)\b|pathogenic|zygous|missense|nonsense|frameshift|splice|germ-?line|somatic"
    r"|de novo|\bexon|\ballel|exome|mutat|sequence|sequencing|inherit"
    r"|uncertain significance|\b[cp]\.|[ACGT]{3}\)?n? repeat",
    re.IGNORECASE,
)
_NEAR, _SENTENCE = 80, 300
"""How many characters before a symbol, and on each side of it, are read."""


def genes_in(texts: Iterable[str]) -> set[str]:
    """Return the symbols that the texts use as genes: in italics, or beside “gene”, “mutation”, “c.68_69del”, V600E.

    Diseases, viruses and methods that are there too (“mutations in AML”) are not among them.
    """
    return {symbol for text in texts for symbol in _genes_in(text) if symbol not in lists().clinical}


@lru_cache(2048)
def _genes_in(text: str) -> frozenset[str]:
    return frozenset(symbol for chain in _CHAIN.finditer(text) for symbol in _genes_of(text, chain))


def _genes_of(text: str, chain: re.Match[str]) -> Iterator[str]:
    units = [re.findall(SYMBOL, unit) for unit in _LIST.split(chain[0])]
    all_of_them = [symbol for unit in units for symbol in unit]
    if _ITALIC.fullmatch(chain[0]):
        yield from all_of_them
        return
    behind = _BEHIND.match(text, chain.end())
    if behind and (not (behind["weak"] or behind["weak_all"]) or _is_genetic(text, chain, all_of_them)):
        yield from all_of_them if behind["all"] or behind["weak_all"] else units[-1]
    before = _BEFORE.search(text[max(0, chain.start() - _NEAR) : chain.start()])
    if before and (not before["weak"] or _is_genetic(text, chain, all_of_them)):
        yield from all_of_them


def _is_genetic(text: str, chain: re.Match[str], symbols: list[str]) -> bool:
    """Return whether the sentence speaks of genetics, or one of the symbols is a gene by itself."""
    start = max(text.rfind(". ", 0, chain.start()) + 1, chain.start() - _SENTENCE)
    end = text.find(". ", chain.end(), chain.end() + _SENTENCE)
    sentence = text[start : end if end >= 0 else chain.end() + _SENTENCE]
    return bool(_GENETIC.search(sentence)) or any(is_name(symbol) for symbol in symbols)
