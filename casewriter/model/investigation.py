"""What was examined beyond the laboratory's numbers: cultures, pictures, tests, tissue, genes."""

from typing import ClassVar, Literal

from pydantic import Field

from casewriter.model.base import (
    Blocks,
    Inline,
    Labelled,
    Model,
    Plain,
    Record,
    Several,
    SeveralIds,
    Spelled,
    about,
    many,
)
from casewriter.model.duration import Length
from casewriter.model.quantity import Measured, Quantity
from casewriter.model.time import At


class Susceptibility(Spelled):
    """The answer of an antimicrobial susceptibility test; `S` alone is short for `{value: S}`."""

    text_key: ClassVar[str | None] = "value"

    value: Literal["S", "I", "R", "SDD", "NS"] | None = about("S, I, R, SDD or NS.")
    mic: Measured | None = about("Minimum inhibitory concentration, with its unit: 0.5 mg/L.")
    zone: Measured | None = about("Diameter of the inhibition zone, with its unit: 22 mm.")


class Organism(Model):
    """A micro-organism that was found."""

    name: Inline | None = about('Name, in italics: "*Staphylococcus aureus*".')
    quantity: Inline | None = about("How much: heavy, 10^5 CFU/mL.")
    susceptibility: dict[str, Susceptibility] = Field(
        default_factory=dict, description="Drug: S, I or R, or {value: S, mic: 0.5 mg/L}."
    )


CultureResult = Literal["growth", "no growth", "detected", "not detected", "contaminant", "pending", "not_reported"]


class Culture(Record):
    """A culture or other search for a micro-organism."""

    label: Inline | None = about("Name of the row, where specimen and method are not enough.")
    specimen: Inline | None = about("What was sampled: pus, blood.")
    method: Inline | None = about("culture, PCR, antigen test, serology.")
    result: CultureResult | None = about(
        "growth, no growth, detected, not detected, contaminant, pending or not_reported."
    )
    reported_at: At | None = about("When the result was reported.")
    positive_after: Length | None = about("Time to positivity.")
    organisms: tuple[Organism, ...] = many("What grew or was detected.")

    def title(self) -> str | None:
        """Return the label, or the specimen with its method."""
        return self.label or ", ".join(part for part in (self.specimen, self.method) if part) or None


class Microbiology(Spelled):
    """Cultures and other searches for micro-organisms."""

    list_key: ClassVar[str | None] = "cultures"

    narrative: Blocks | None = about("The section in prose.")
    caption: Inline | None = about("Caption of the table.")
    cultures: tuple[Culture, ...] = many("Cultures, antigen tests, PCR.")


class Study(Record):
    """An imaging study."""

    modality: Inline | None = about("computed tomography, radiography, ultrasonography, …")
    region: Several = many("What was imaged: [pelvis, thigh].")
    technique: Inline | None = about("How: contrast, sequence, dose.")
    findings: Inline | None = about("Findings, with pertinent negatives.")
    impression: Inline | None = about("Interpretation.")
    figure: SeveralIds = many("The figure, or figure.panel, that shows it.")
    measurements: tuple[Quantity, ...] = many("What was measured on it.")
    reported_at: At | None = about("When the result was reported.")

    def title(self) -> str | None:
        """Return modality and region."""
        region = ", ".join(self.region)
        return " of ".join(part for part in (self.modality, region) if part) or None


class Imaging(Spelled):
    """Imaging studies."""

    list_key: ClassVar[str | None] = "studies"

    narrative: Blocks | None = about("The section in prose.")
    caption: Inline | None = about("Caption of the table.")
    studies: tuple[Study, ...] = many("Imaging studies, with findings.")


TestKind = Literal[
    "electrocardiography",
    "electroencephalography",
    "electromyography",
    "lung_function",
    "endoscopy",
    "provocation",
    "questionnaire",
    "other",
]


class Test(Record):
    """An examination that is neither blood nor picture nor tissue."""

    label: Inline | None = about("Name of the test, where the kind is not enough.")
    reported_at: At | None = about("When the result was reported.")
    kind: TestKind | None = about("electrocardiography, endoscopy, lung_function, provocation, questionnaire, …")
    technique: Inline | None = about("How it was done.")
    findings: Inline | None = about("Findings.")
    impression: Inline | None = about("Interpretation.")
    figure: SeveralIds = many("The figure, or figure.panel, that shows it.")
    measurements: tuple[Quantity, ...] = many("What was measured.")

    def title(self) -> str | None:
        """Return the label, or the kind in words."""
        return self.label or (self.kind.replace("_", " ") if self.kind else None)


class Tests(Spelled):
    """Functional and other tests."""

    list_key: ClassVar[str | None] = "results"

    narrative: Blocks | None = about("The section in prose.")
    caption: Inline | None = about("Caption of the table.")
    results: tuple[Test, ...] = many("Electrocardiography, endoscopy, lung function, questionnaires, …")


class Marker(Model):
    """A stain or marker of a specimen."""

    label: Inline | None = about("Name: CD20.")
    result: Inline | None = about("positive, negative, equivocal.")
    percent: Plain | None = about("Percentage of cells.")


class Specimen(Record):
    """A tissue or cell specimen."""

    label: Inline | None = about("Name of the row, where site and procedure are not enough.")
    site: Inline | None = about("Where it was taken: skin of the thigh.")
    procedure: Inline | None = about("How it was taken: punch biopsy.")
    stains: Several = many("Stains: [H&E, von Kossa].")
    findings: Inline | None = about("Findings.")
    impression: Inline | None = about("Interpretation.")
    markers: tuple[Marker, ...] = many("Immunohistochemistry and other markers.")
    grade: Inline | None = about("Grade.")
    margins: Inline | None = about("Margins.")
    reported_at: At | None = about("When the result was reported.")
    figure: SeveralIds = many("The figure, or figure.panel, that shows it.")
    measurements: tuple[Quantity, ...] = many("What was measured.")

    def title(self) -> str | None:
        """Return the label, or procedure and site."""
        return self.label or ", ".join(part for part in (self.procedure, self.site) if part) or None


class Pathology(Spelled):
    """Tissue and cells."""

    list_key: ClassVar[str | None] = "specimens"

    narrative: Blocks | None = about("The section in prose.")
    caption: Inline | None = about("Caption of the table.")
    specimens: tuple[Specimen, ...] = many("Biopsies, resections, cytology.")


class Variant(Record):
    """A genetic variant found in this patient."""

    gene: Inline | None = about("Gene symbol: NOTCH2.")
    transcript: Plain | None = about("Reference transcript with version: NM_024408.4.")
    hgvs_c: Plain | None = about("Coding DNA change in HGVS: c.1A>G.")
    hgvs_p: Plain | None = about("Protein change in HGVS: p.(Met1Val).")
    zygosity: Inline | None = about("heterozygous, homozygous, hemizygous, mosaic.")
    inheritance: Inline | None = about("de novo, maternal, paternal, unknown.")
    classification: Inline | None = about("pathogenic, likely pathogenic, uncertain significance, …")
    method: Inline | None = about("exome sequencing, panel, Sanger.")
    reported_at: At | None = about("When the result was reported.")

    def title(self) -> str | None:
        """Return gene and change."""
        return " ".join(part for part in (self.gene, self.hgvs_c or self.hgvs_p) if part) or None


class GeneticFinding(Labelled):
    """A genetic finding that is no variant of one gene: chromosomes, methylation, repeats."""

    method: Inline | None = about("karyotype, array, methylation analysis.")
    reported_at: At | None = about("When the result was reported.")


class NegativeGenes(Model):
    """Genes that were examined without finding."""

    genes: Several = many("Genes: [JAG1, ABCB11].")
    method: Inline | None = about("How they were examined.")
    note: Inline | None = about("A remark.")


class Genetics(Spelled):
    """Genetic results of this case."""

    list_key: ClassVar[str | None] = "variants"

    narrative: Blocks | None = about("The section in prose.")
    caption: Inline | None = about("Caption of the table.")
    variants: tuple[Variant, ...] = many("Variants found.")
    findings: tuple[GeneticFinding, ...] = many(
        "Chromosomes, methylation, repeats: [{label: trisomy 21, method: karyotype}]."
    )
    negative: tuple[NegativeGenes, ...] = many("What was examined, with no variant found.")
