"""DATA020 asks for abbreviations and not for names: gene symbols, markers, numbers of trials, databases, countries.

The sentences of tests/data/lint/abbreviations.yaml were written before the rule, those of abbreviations-unseen.yaml after
it and without a look at it. Genes of the lists below are those of the ACMG (SF v3.2, Genet Med 2023;25:100866) and of the
CPIC (level A, cpicpgx.org).
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casewriter.lint.consistency.abbreviation import abbreviation_undefined
from casewriter.lint.consistency.symbols import is_name, lists
from casewriter.lint.words import CaseProse
from casewriter.load import load
from casewriter.resources import data_file
from casewriter.source import read

DATA = Path(__file__).parent / "data" / "lint"
FIELD = (
    "Variants in BRCA1, TP53, CYP2C19, CYP2D6, IL28B, JAK2, HLA-B, NOTCH2, COL4A5, MT-TL1, KCNQ1, F8 and *CFTR* were "
    "sought; trial NCT01234567 closed. CD4, CD20, CA-125, CA 19-9, S100, SOX10, Ki-67, IgG4, C3, T4, FT4, EDTA, pH, DNA, "
    "RNA, PCR, HIV, COVID-19, SARS-CoV-2, USA, UK, WHO and FDA are known. ORCID, DOI, JAMA; SPSS; GRCh38; ClinVar; HER2; "
    "EGFR; ALK; ROS1; PD-L1; NSAID; MRI; CT; ECG; ICU."
)
ACMG = (
    "APC RET BRCA1 BRCA2 PALB2 SDHD SDHAF2 SDHC SDHB MAX TMEM127 BMPR1A SMAD4 TP53 MLH1 MSH2 MSH6 PMS2 MEN1 MUTYH NF2 STK11 "
    "PTEN RB1 TSC1 TSC2 VHL WT1 FBN1 TGFBR1 TGFBR2 SMAD3 ACTA2 MYH11 PKP2 DSP DSC2 TMEM43 DSG2 RYR2 CASQ2 TRDN TNNT2 LMNA "
    "FLNC TTN BAG3 DES RBM20 TNNC1 COL3A1 LDLR APOB PCSK9 MYH7 MYBPC3 TNNI3 TPM1 MYL3 ACTC1 PRKAG2 MYL2 KCNQ1 KCNH2 SCN5A "
    "CALM1 CALM2 CALM3 BTD GLA OTC GAA HFE ACVRL1 ENG RYR1 CACNA1S HNF1A RPE65 ATP7B TTR"
).split()
CPIC = (
    "ABCG2 CACNA1S CFTR CYP2B6 CYP2C19 CYP2C9 CYP2D6 CYP3A5 CYP4F2 DPYD G6PD HLA-A HLA-B IFNL3 MT-RNR1 NUDT15 RYR1 SLCO1B1 "
    "TPMT UGT1A1 VKORC1"
).split()


def asked(text: str, more: str = "") -> list[str]:
    """Return the abbreviations that lint asks for in a sentence of the course, as they stand there."""
    indented = text.replace("\n", "\n  ")
    loaded = load(read(f"format: 1\ncourse: |\n  {indented}\n{more}".encode(), "case.yaml"))
    assert loaded.case is not None
    assert loaded.whole
    found = abbreviation_undefined.run({"case": loaded.case, "prose": CaseProse(loaded.case)})
    return [str(problem.quote) for problem in found]


def table(name: str) -> list[tuple[str, list[str]]]:
    """Return the sentences of a table without their marks, and what is marked in each."""
    data = read((DATA / name).read_bytes(), name).data
    assert set(data) == {"names", "abbreviations"}
    assert all("⟦" not in text for text in data["names"])
    rows = [text for texts in data.values() for text in texts]
    return [(re.sub("[⟦⟧]", "", text), re.findall("⟦([^⟧]*)⟧", text)) for text in rows]


WRITTEN_BEFORE = table("abbreviations.yaml")
WRITTEN_AFTER = table("abbreviations-unseen.yaml")
WRONG = {
    # what the table has otherwise: + asked for and no abbreviation, - not asked for
    "The protocol is listed at ClinicalTrials.gov (NCT04280705) and in EU CTR 2020-001366-11.": "+CTR",
    "FGF23 was raised and KLOTHO was not measured.": "+KLOTHO",
    "FLT3-ITD was negative.": "+FLT3-ITD",
    "G-CSF was begun.": "-G-CSF",
    "TNF-α rose.": "-TNF-α",
    "FEV1/FVC was 0.6.": "-FEV1 -FVC",
    "R-CHOP was given, then DHAP.": "-R-CHOP",
    "HFpEF and HFREF differ.": "-HFpEF",
}
"""Known to be wrong; the list may only shrink."""


def test_the_tables_are_large_and_half_of_them_abbreviations() -> None:
    for rows in (WRITTEN_BEFORE, WRITTEN_AFTER):
        with_some = sum(bool(wanted) for _, wanted in rows)
        assert len(rows) >= 100
        assert 0.4 < with_some / len(rows) < 0.6


@pytest.mark.parametrize(("text", "wanted"), WRITTEN_BEFORE)
def test_abbreviations_are_asked_for_and_names_are_not(text: str, wanted: list[str]) -> None:
    assert asked(text) == wanted


def test_a_table_that_the_rule_was_not_made_for() -> None:
    wrong = {}
    for text, wanted in WRITTEN_AFTER:
        found = asked(text)
        more = [f"+{word}" for word in found if word not in wanted]
        if said := " ".join([*more, *(f"-{word}" for word in wanted if word not in found)]):
            wrong[text] = said
    assert wrong == WRONG


def test_the_sentence_of_the_field_has_nothing_to_ask_for() -> None:
    assert asked(FIELD) == []


@pytest.mark.parametrize("gene", [*ACMG, *CPIC])
def test_a_gene_is_known_beside_its_variant(gene: str) -> None:
    for text in (
        f"A heterozygous variant in {gene} was found.",
        f"A pathogenic {gene} variant was found by exome sequencing.",
        f"Mutations in {gene} are rare.",
        f"The {gene} gene was normal.",
        f"She had two *{gene}* alleles.",
        f"He carried _{gene}_ variants.",
    ):
        assert asked(text) == [], text


@pytest.mark.parametrize("gene", [gene for gene in (*ACMG, *CPIC) if re.search(r"\d", gene)])
def test_a_gene_with_a_figure_is_known_by_its_form(gene: str) -> None:
    assert asked(f"The result of {gene} was pending.") == []


def test_a_gene_that_one_text_names_is_known_in_the_others() -> None:
    assert asked("Testing of MYLK was planned.", "conclusion: The MYLK gene was normal.\n") == []
    assert asked("Testing of MYLK was planned.", "genetics: {narrative: No variant in MYLK was found.}\n") == []
    assert asked("Testing of MYLK was planned.") == ["MYLK"]


@pytest.mark.parametrize(
    "genes",
    [
        "variants: [{gene: MYLK, hgvs_c: c.1A>G}]",
        "variants: [{gene: '*MYLK*', hgvs_c: c.1A>G}]",
        "negative: [{genes: [ENG, MYLK]}]",
        "negative: [{genes: ['ENG, MYLK and CAD']}]",
    ],
)
def test_genes_of_the_data_are_known(genes: str) -> None:
    assert asked("MYLK was the cause.", f"genetics: {{{genes}}}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Mutations in AML are frequent.",
        "The HCM gene panel was negative.",
        "HCV genotype 1b was found.",
        "A variant of GBS was diagnosed.",
        "Sequencing of CSF found nothing.",
        "*SLE* was known.",
        "**PJP** was treated.",
    ],
)
def test_a_disease_or_specimen_beside_a_gene_is_asked_for(text: str) -> None:
    (word,) = asked(text)
    assert word in ("AML", "HCM", "HCV", "GBS", "CSF", "SLE", "PJP")


def test_only_the_last_of_several_belongs_to_a_single_noun() -> None:
    assert asked("RVSP, TAPSE and MYLK mutation were judged.") == ["RVSP", "TAPSE"]
    assert asked("DPAGT, MYLK and FKRP mutations were absent.") == []


def test_a_stage_of_a_defined_disease_is_defined() -> None:
    assert asked("She had CKD3.", "abbreviations: {CKD: chronic kidney disease}\n") == []


@pytest.mark.parametrize(
    "text", ["The cancer was stage IVC.", "Stage IIIC disease was found.", "Segments II, IV and XIV."]
)
def test_roman_numerals_and_stages_are_no_abbreviations(text: str) -> None:
    assert asked(text) == []


def test_codes_of_evidence_are_no_abbreviations() -> None:
    """Criteria of the ACMG and AMP for variants (Genet Med 2015;17:405)."""
    assert asked("The criteria PVS1, PS3, PM2, PP3, BS1 and BP4 were applied.") == []


def test_letters_that_are_no_roman_numeral_are_asked_for() -> None:
    assert asked("The IVC was wide, and ICC was suspected.") == ["IVC", "ICC"]


@settings(deadline=None, max_examples=150)
@given(st.from_regex(r"[A-Z]{2,5}[0-9][A-Z]?[0-9]?", fullmatch=True))
def test_any_symbol_of_the_form_of_a_gene_is_a_name(symbol: str) -> None:
    assume(not lists().shaped.fullmatch(symbol))
    assert asked(f"The result of {symbol} was pending.") == []


@settings(deadline=None, max_examples=150)
@given(st.text("BCDFGHJKMNPQRSTWZ", min_size=3, max_size=6))
def test_letters_alone_are_asked_for(word: str) -> None:
    assume(word not in lists().known | lists().genes)
    assume(not re.fullmatch(r"[CDM]+[A-Z]?", word))  # a Roman numeral, with the letter of a stage
    assert asked(f"The result of {word} was pending.") == [word]


# -- the lists -----------------------------------------------------------------------------------------------------------


def test_no_list_contradicts_another() -> None:
    known = lists()
    assert min(map(len, (known.known, known.genes, known.clinical, known.markers, known.states))) >= 20
    assert known.clinical & (known.known | known.genes) == set()
    assert [gene for gene in (*known.genes, *ACMG, *CPIC) if known.shaped.fullmatch(gene)] == []
    assert [word for word in known.clinical if is_name(word)] == []


def test_every_list_names_its_source() -> None:
    text = data_file("known_abbreviations.yaml").read_text("utf-8")
    blocks = re.split(r"\n(?=\w+: )", text)
    assert len(blocks) == 8  # seven lists, and what stands before the first
    assert [block[:40] for block in blocks[:-1] if "Source" not in block.rpartition("\n\n")[2]] == []


def test_long_runs_of_capitals_are_read_in_linear_time() -> None:
    for text in ("AB, " * 20_000, "AB/" * 20_000, "A" * 60_000 + "a", "AB and " * 15_000, "gene " * 20_000 + "XYZ"):
        started = time.perf_counter()
        asked(text.strip() + " end.")
        assert time.perf_counter() - started < 10, text[:10]
