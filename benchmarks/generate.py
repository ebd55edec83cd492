"""Makes distinct, realistic, clean cases: 46 kB YAML, 2,500 words, 35 references, six pictures, two tables.

    python benchmarks/generate.py FOLDER --cases 100 --scale 1 --lab-rows 0

Case N is made from seed N alone, so that the same number always gives the same bytes. FOLDER/cases/ is for
casewriter; FOLDER/peers/ holds the same content as Markdown with CSL-JSON for pandoc. The patients are invented, and
so are the references. Clean means: `lint --strict` reports nothing, whatever the seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from vocabulary import Writer

Mapping = dict[str, Any]

TIMES = ("0", "3 d", "1 wk", "3 wk", "3 mo", "6 mo", "12 mo")
TESTS = (
    ("Eosinophils", "10*9/L", 0.1, 0.5), ("Haemoglobin", "g/L", 120, 160), ("Platelets", "10*9/L", 150, 400),
    ("Leucocytes", "10*9/L", 4, 11), ("Alanine aminotransferase", "U/L", 7, 35),
    ("Alkaline phosphatase", "U/L", 30, 120),
    ("Total bilirubin", "umol/L", 3, 21), ("Creatinine", "umol/L", 45, 84), ("C-reactive protein", "mg/L", 0, 5),
    ("Urate", "umol/L", 140, 360), ("Glucose", "mmol/L", 3.9, 7.8), ("Albumin", "g/L", 35, 50),
)  # fmt: skip
FAMILIES = ("Kardaun", "Cacoub", "Kano", "Hershfield", "Naranjo", "Gagnier", "Stamp", "Hung", "Brentano", "Roujeau",
            "Mockenhaupt", "Sekula", "Creamer", "Shiohara", "Descamps", "Musette")  # fmt: skip
JOURNALS = ("British Journal of Dermatology", "American Journal of Medicine", "Journal of Dermatology",
            "Clinical Pharmacology and Therapeutics", "Journal of Medical Case Reports")  # fmt: skip
PANELS = (("skin", "photograph"), ("histology", "micrograph"), ("imaging", "photograph"))
PICTURE = (1600, 1200)
ABSTRACT = {
    "background": "Thyroiditis is a rare sequel of a drug reaction, and its onset in this patient was unusually late.",
    "presentation": "The patient presented with fever and an itchy rash; confluent erythema covered the trunk.",
    "diagnosis": "The diagnosis was a drug reaction with eosinophilia.",
    "treatment": "Treatment began with prednisolone.",
    "outcome": "At twelve months the rash had cleared, and there was no itch.",
    "conclusion": "Laboratory tests at fixed times are worth their cost.",
}
WORTH = (
    "A drug reaction can be followed by autoimmune disease, which is rarely reported after so long an interval. "
    "The report follows the CARE guidelines{cite}. "
)


class _Dumper(yaml.SafeDumper):
    """Writes long texts as people do, as literal blocks."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def dump(case: Mapping) -> str:
    """Return a case as the text of its file."""
    return yaml.dump(case, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)


def references(rng: random.Random, count: int) -> list[Mapping]:
    """Return invented journal articles as CSL items in the format's short spelling."""
    found = []
    for number in range(1, count + 1):
        first = rng.randint(100, 2000)
        authors = [
            f"{name} {rng.choice('ABCDEFGHJKLM')}{rng.choice('ABCDEFGHJKLM')}" for name in rng.sample(FAMILIES, 6)
        ]
        title = Writer(rng).sentence().rstrip(".")
        item = {
            "id": f"ref{number}",
            "type": "article-journal",
            "author": authors,
            "title": f"{title} (report {number} of {rng.randint(1000, 9999)})",
            "container-title": rng.choice(JOURNALS),
            "issued": rng.randint(1985, 2025),
            "volume": rng.randint(1, 200),
            "page": f"{first}-{first + rng.randint(2, 12)}",
            "DOI": f"10.99999/bench.{number}.{rng.randint(10**6, 10**7)}",
        }
        found.append(item)
    return found


def _value(rng: random.Random, low: float, high: float) -> float:
    return round(rng.uniform(low * 0.7 + 0.01, high * 1.5), 2 if high < 10 else 0) or 0.1


def laboratory(rng: random.Random, scale: int) -> list[Mapping]:
    """Return twelve tests with seven points each, `scale` times over."""
    rows = []
    for turn in range(scale):
        for number, (test, unit, low, high) in enumerate(TESTS):
            rows.append(
                {
                    "id": f"lab{turn * len(TESTS) + number}",
                    "test": test if not turn else f"{test} {turn + 1}",
                    "unit": unit,
                    "reference": f"{low}-{high}",
                    "specimen": "serum",
                    "panel": f"course {turn + 1}" if scale > 1 else "course",
                    "series": [{"at": at, "value": _value(rng, low, high)} for at in TIMES],
                }
            )
    rows[0]["series"][0]["value"] = round(rng.uniform(1.5, 6), 2)  # the eosinophilia that the diagnosis speaks of
    return rows


def _figures(scale: int) -> Mapping:
    figures: Mapping = {}
    for turn in range(scale):
        for name, modality in PANELS:
            panels = [
                {
                    "file": f"figures/{name}{turn}-{letter}.jpg",
                    "caption": f"{name.capitalize()} {when}.",
                    "alt": f"A speckled field of {name} in which darker spots run together, {when}.",
                    "modality": modality,
                }
                for letter, when in (("a", "at admission"), ("b", "after three months"))
            ]
            caption = f"Findings of {name}, before and after treatment."
            credit = "Drawn by a program."
            figures[f"{name}{turn}"] = {"caption": caption, "credit": credit, "shows_person": False, "panels": panels}
    return figures


def _events(rng: random.Random, scale: int) -> list[Mapping]:
    kinds = ("presentation", "diagnostic", "follow_up", "outcome")
    writer = Writer(rng)
    return [
        {
            "id": f"event{n}",
            "at": f"{2 * n} d",
            "label": " ".join(writer.sentence().split()[:8]).rstrip(",."),
            "kind": kinds[n % 4],
        }
        for n in range(10 * scale)
    ]


def _interventions(rng: random.Random, scale: int) -> list[Mapping]:
    drugs = ("prednisolone", "ciclosporin", "febuxostat", "clobetasol")
    return [
        {
            "id": f"drug{n}",
            "kind": "drug",
            "label": drugs[n % len(drugs)],
            "indication": "hepatitis with exanthema",
            "treats": ["dx-main"],
            "dose": f"{rng.randint(1, 12) * 5} mg",
            "route": "oral",
            "frequency": "once daily",
            "at": f"{2 * n + 1} d",
            "duration": f"{rng.randint(2, 20)} wk",
            "changes": {"none": True, "how_assessed": "drug chart and outpatient record"},
            "status": "given",
            "response": "improvement",
            "brand": "Examplin",
            "manufacturer": "Example Generics",
        }
        for n in range(4 * scale)
    ]


def _front(seed: int, writer: Writer) -> Mapping:
    people = [("Ana B.", "Example"), ("Chidi D.", "Sample"), ("Eva F.", "Specimen")]
    return {
        "format": 1,
        "title": f"Thyroiditis after a drug reaction with eosinophilia in patient {seed}: a case report",
        "short_title": f"Drug reaction, patient {seed}",
        "focus": {"kind": "disease", "label": "drug reaction with eosinophilia"},
        "keywords": ["case report", "drug reaction", "eosinophilia", "thyroiditis"],
        "guideline": "care",
        "profile": "generic-care",
        "language": "en",
        "authors": [
            {"given": given, "family": family, "degrees": ["MD"], "email": f"{family.lower()}@example.org",
             "affiliations": ["aff-one"], "corresponding": family == "Example", "roles": ["Investigation"],
             "conflicts": {"none": True}}
            for given, family in people
        ],
        "affiliations": {"aff-one": {"department": "Department of Dermatology", "institution": "Example Hospital"}},
        "abstract": {part: f"{said} {Writer(writer.rng).paragraphs(12)}" for part, said in ABSTRACT.items()},
        "introduction": writer.filled(WORTH) + writer.paragraphs(210, each=110 * writer.scale),
    }  # fmt: skip


def _observation(writer: Writer) -> Mapping:
    rng = writer.rng
    none = {"none": True, "how_assessed": "asked at admission"}
    mentions = "The skin changes are shown in @fig-skin0.a, the course in @tbl-timeline.\n"
    return {
        "patient": {"age": f"{rng.randint(2, 8)}0s", "sex": rng.choice(["female", "male"])},
        "complaints": [
            {"id": "fever", "label": "fever", "onset": "-7 d", "duration": "7 d", "severity": "severe"},
            {"id": "rash", "label": "itchy rash", "onset": "-5 d", "duration": "5 d", "severity": "severe"},
        ],
        "history": {
            "medical": writer.paragraphs(40),
            "surgical": none,
            "allergies": {**none, "scope": "drugs"},
            "family": "The father had gout; no relative was known to have had a severe drug reaction.",
            "psychosocial": "Lives with her spouse and manages all daily activities.",
            "genetic": none,
            "past_interventions": [
                {
                    "id": "past",
                    "label": "cetirizine",
                    "dose": "10 mg/day",
                    "at": "-3 d",
                    "until": "0",
                    "outcome": "no effect",
                }
            ],
        },
        "examination": {
            "vitals": [{"id": "temperature", "label": "Temperature", "value": "38.9", "unit": "Cel"}],
            "findings": [
                {"id": "exanthem", "label": "confluent erythema", "site": "trunk", "severity": "severe", "at": "0"}
            ],
            "negatives": ["no erosion of the mouth", "no blister", "no neck stiffness"],
        },
        "narrative": f"{writer.paragraphs(130)}\n{mentions}",
    }


def _findings(writer: Writer, scale: int) -> Mapping:
    labs = "Eosinophils were {{ labs.lab0 at 0 }} and creatinine was {{ labs.lab7.last }} at the end (@tbl-labs).\n"
    studies = [
        {"id": f"study{n}", "modality": "ultrasonography", "region": ["abdomen"], "at": f"{2 * n + 1} d",
         "technique": "grey-scale and colour Doppler", "findings": writer.sentence(),
         "impression": "hepatitis without obstruction"}
        for n in range(3 * scale)
    ]  # fmt: skip
    others = ", ".join(f"@fig-{name}{turn}" for turn in range(scale) for name, _ in PANELS)
    specimen = {"id": "biopsy", "site": "skin", "procedure": "punch biopsy", "at": "1 d", "stains": ["H&E"],
                "findings": writer.paragraphs(40)}  # fmt: skip
    return {
        "timeline": {"index": "admission to hospital", "events": _events(writer.rng, scale)},
        "labs": {"narrative": labs, "results": laboratory(writer.rng, scale)},
        "imaging": {"studies": studies},
        "pathology": {"narrative": f"{writer.sentence()} All pictures are in {others}.\n", "specimens": [specimen]},
        "diagnosis": {
            "final": [{"id": "dx-main", "label": "drug reaction with eosinophilia", "codes": {"icd10": "D72.12"}}],
            "differential": [
                {"id": "ddx-viral", "label": "viral exanthem", "status": "excluded", "for": "fever and rash",
                 "against": "marked eosinophilia", "excluded_by": ["biopsy"]}
            ],
            "challenges": writer.paragraphs(60),
            "reasoning": writer.paragraphs(90),
            "prognosis": "Liver function was preserved.\n",
        },
    }  # fmt: skip


def _treatment(writer: Writer, scale: int) -> Mapping:
    reaction = {
        "id": "ae-reaction",
        "label": "drug reaction",
        "at": "-7 d",
        "severity": "severe",
        "suspected": [{"of": "drug0", "role": "suspect"}],
        "action": "stopped for good",
        "outcome": "recovered",
        "dechallenge": "positive",
        "rechallenge": "not done",
        "causality": [{"scale": "Naranjo", "score": 7, "category": "probable"}],
    }
    return {
        "course": writer.paragraphs(150),
        "treatment": {"interventions": _interventions(writer.rng, scale)},
        "follow_up": {
            "duration": "12 mo",
            "schedule": "monthly to six months, then at twelve months",
            "setting": "dermatology clinic",
            "method": "visits in person with blood tests",
            "outcomes": {
                "clinician": [{"id": "healed", "at": "3 mo", "label": "rash cleared"}],
                "patient": [{"id": "itch", "at": "12 mo", "label": "no itch; daily life as before"}],
            },
            "tests": [{"result": "lab0"}, {"study": "study0"}],
            "adherence": {"value": "full", "how_assessed": "tablet counts"},
            "tolerability": {"value": "good", "how_assessed": "structured interview"},
            "adverse_events": [reaction],
            "narrative": writer.paragraphs(200),
        },
    }


def _closing(writer: Writer, items: list[Mapping], scale: int) -> Mapping:
    discussion: Mapping = {
        "narrative": writer.paragraphs(200),
        "literature": writer.paragraphs(450),
        "rationale": writer.paragraphs(180),
        "strengths": writer.paragraphs(60),
        "limitations": writer.paragraphs(90),
        "implications": writer.paragraphs(90),
        "claims_first_report": False,
    }
    discussion["literature"] += f"\n{writer.leftover()}\n" if writer.waiting else ""
    rows = [
        [f"Criterion {n}", " ".join(writer.sentence().split()[:5]).rstrip(",."), str(n % 3)] for n in range(10 * scale)
    ]
    confirmed = ["2", "5a", "6", "7", "8a", "8b", "8c", "9b", "9c", "10b", "10c", "11a", "11b", "11c", "12", "13"]
    return {
        "discussion": discussion,
        "conclusion": Writer(writer.rng, scale=scale).paragraphs(80, each=80 * scale),
        "learning_points": [Writer(writer.rng).sentence() for _ in range(4 * scale)],
        "patient_perspective": {"by": "patient", "text": "I felt well when they told me of my thyroid.\n"},
        "consent": {
            "publication": {"status": "written", "by": ["patient"], "statement": "The patient consented in writing."},
            "images": "covered",
            "treatment": "Written informed consent was obtained.",
        },
        "ethics": {"approval": "Not required.", "board": "Research Ethics Committee of Example Hospital"},
        "funding": {"none": True},
        "competing_interests": {"none": True},
        "data_availability": "All data of this case are contained in the article.",
        "ai_use": {"used": False},
        "figures": _figures(scale),
        "tables": {"score": {"caption": "Score.", "columns": ["Criterion", "Finding", "Points"], "rows": rows}},
        "references": items,
        "care": {"confirmed": dict.fromkeys(confirmed, "yes")},
    }  # fmt: skip


def make(seed: int, scale: int = 1) -> Mapping:
    """Return case number `seed`; `scale` multiplies prose, references, records and pictures."""
    rng = random.Random(seed)
    items = references(rng, 35 * scale)
    writer = Writer(rng, [str(item["id"]) for item in items], scale)
    case = {
        **_front(seed, writer),
        "observation": _observation(writer),
        **_findings(writer, scale),
        **_treatment(writer, scale),
    }
    case["diagnosis"]["reasoning"] += "\nThe score is set out in @tbl-score.\n"
    return {**case, **_closing(writer, items, scale)}


def laboratory_case(rows: int) -> Mapping:
    """Return a case that is one long table: `rows` tests at four times, seven columns."""
    rng = random.Random(rows)
    grid = [
        {"test": f"{TESTS[n % 12][0]} {n}", "unit": TESTS[n % 12][1],
         "reference": f"{TESTS[n % 12][2]}-{TESTS[n % 12][3]}",
         "values": [_value(rng, *TESTS[n % 12][2:]) for _ in range(4)]}
        for n in range(rows)
    ]  # fmt: skip
    return {
        "format": 1,
        "title": f"A table of {rows} rows",
        "observation": {"patient": {"age": "40s", "sex": "female"}},
        "labs": {"narrative": "All results are in @tbl-labs.\n", "grids": [{"at": list(TIMES[:4]), "rows": grid}]},
    }


def cited_case(count: int) -> Mapping:
    """Return a case of `count` references, each cited, in clusters of one to four."""
    rng = random.Random(count)
    items = references(rng, count)
    keys = [str(item["id"]) for item in items]
    sentences = []
    while keys:
        taken, keys = keys[: rng.randint(1, 4)], keys[4:] if len(keys) > 4 else []
        sentences.append(f"Sentence {len(sentences)} rests on others [{'; '.join(f'@{key}' for key in taken)}].")
    return {
        "format": 1,
        "title": f"A case of {count} references",
        "introduction": "\n".join(sentences) + "\n",
        "references": items,
        "nocite": "all",
    }


def picture(seed: int) -> Image.Image:
    """Return a speckled 1600 x 1200 picture, about as hard to compress as a photograph of skin."""
    rng = random.Random(seed)
    bands = []
    for _ in range(3):
        coarse = Image.frombytes("L", (40, 30), rng.randbytes(1200)).resize(PICTURE, Image.Resampling.BICUBIC)
        fine = Image.frombytes("L", (800, 600), rng.randbytes(480_000)).resize(PICTURE, Image.Resampling.BILINEAR)
        bands.append(Image.blend(coarse, fine, 0.22))
    return Image.merge("RGB", bands)


def write_pictures(folder: Path, seed: int, names: Iterable[str]) -> None:
    """Write six pictures; further names are hard links to them, so that a case ten times as large stays writable."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names):
        target = folder / Path(name).name
        target.unlink(missing_ok=True)
        if number < 6:
            picture(seed * 6 + number).save(target, quality=80)
        else:
            os.link(folder / Path(name).name.replace(re.findall(r"\d+", name)[-1], "0"), target)


def _names(case: Mapping) -> list[str]:
    return [panel["file"] for figure in case.get("figures", {}).values() for panel in figure["panels"]]


def write_case(folder: Path, slug: str, case: Mapping, seed: int) -> Path:
    """Write a case with its pictures, and the same content for the peers; return the case file."""
    home = folder / "cases" / slug
    home.mkdir(parents=True, exist_ok=True)
    (home / "case.yaml").write_text(dump(case), "utf-8")
    write_pictures(home / "figures", seed, _names(case))
    if "figures" in case:  # the long lists are compared with no peer
        from export import csl_json, markdown

        peer = folder / "peers" / slug
        peer.mkdir(parents=True, exist_ok=True)
        (peer / "case.md").write_text(markdown(case, home), "utf-8")
        (peer / "references.json").write_text(json.dumps(csl_json(case)), "utf-8")
    return home / "case.yaml"


def main() -> None:
    """Write the cases that the command line asks for."""
    parser = argparse.ArgumentParser(description="Generate distinct, realistic, clean cases.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--scale", type=int, default=1, help="10: ten times the prose, references, records, pictures")
    parser.add_argument("--seed", type=int, default=1, help="number of the first case")
    parser.add_argument("--lab-rows", type=int, default=0, help="instead: one case that is a table of so many rows")
    parser.add_argument("--references", type=int, default=0, help="instead: one case of so many references")
    options = parser.parse_args()
    if options.references:
        write_case(options.folder, f"references-{options.references}", cited_case(options.references), 0)
        return
    if options.lab_rows:
        write_case(options.folder, f"rows-{options.lab_rows}", laboratory_case(options.lab_rows), 0)
        return
    for seed in range(options.seed, options.seed + options.cases):
        write_case(options.folder, f"case-{seed:04}", make(seed, options.scale), seed)


if __name__ == "__main__":
    main()
