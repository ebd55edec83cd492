"""The patient's parts as blocks: narrative first, then the records as rows of facts."""

from __future__ import annotations

from casewriter.article import quantities
from casewriter.article.builder import Builder, Rows
from casewriter.article.nodes import Block, Run
from casewriter.model.base import Listing
from casewriter.model.investigation import Susceptibility
from casewriter.problem import Path

_PATIENT = (
    "age sex gender ethnicity occupation minor gestational_age birth_weight mode_of_presentation weight height".split()
)
_HISTORY = {
    "medical": ("outcome",),
    "surgical": ("outcome",),
    "family": ("relation", "condition", "age"),
    "psychosocial": ("outcome",),
    "genetic": ("outcome",),
    "perinatal": ("outcome",),
    "obstetric": ("outcome",),
    "immunisations": ("outcome",),
    "exposures": ("outcome",),
    "medications": ("dose", "route", "frequency", "indication"),
    "allergies": ("reaction", "severity"),
    "review_of_systems": ("outcome",),
}
_STUDY = ("technique", "findings", "impression")


def observation_narrative(make: Builder) -> list[Block]:
    """Return the prose of the presentation."""
    observation = make.case.observation
    return list(make.prose.blocks(observation.narrative, ("observation", "narrative"))) if observation else []


def patient(make: Builder) -> list[Block]:
    """Return the facts of the patient."""
    found = make.case.observation.patient if make.case.observation else None
    rows: Rows = []
    for key in _PATIENT if found else ():
        value = getattr(found, key)
        if key == "minor" and not value:
            continue
        make.row(rows, key, make.said(value, ("observation", "patient", key)))
    return make.facts(rows)


def complaints(make: Builder) -> list[Block]:
    """Return what brought the patient."""
    found = make.case.observation.complaints if make.case.observation else None
    rows: Rows = []
    if found:
        keys = ("site", "severity", "onset", "course")
        make.row(rows, "complaints", make.answer(found, ("observation", "complaints"), keys))
    return make.facts(rows)


def history(make: Builder) -> list[Block]:
    """Return what was known before."""
    found = make.case.observation.history if make.case.observation else None
    if found is None:
        return []
    path: Path = ("observation", "history")
    rows: Rows = []
    for key, keys in _HISTORY.items():
        listing: Listing[object] | None = getattr(found, key)
        if listing is not None:
            make.row(rows, key, make.answer(listing, (*path, key), keys))
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def past_interventions(make: Builder) -> list[Block]:
    """Return earlier treatments of this problem."""
    history_ = make.case.observation.history if make.case.observation else None
    found = history_.past_interventions if history_ else None
    rows: Rows = []
    if found:
        keys = ("dose", "route", "frequency", "outcome")
        path: Path = ("observation", "history", "past_interventions")
        make.row(rows, "past_interventions", make.answer(found, path, keys))
    return make.facts(rows)


def examination(make: Builder) -> list[Block]:
    """Return the physical examination."""
    found = make.case.observation.examination if make.case.observation else None
    if found is None:
        return []
    path: Path = ("observation", "examination")
    rows: Rows = []
    vitals = (make.quantity(v, (*path, "vitals", n)) for n, v in enumerate(found.vitals))
    make.row(rows, "vitals", make.joined(vitals))
    findings = (make.record(f, (*path, "findings", n), ("site", "severity")) for n, f in enumerate(found.findings))
    make.row(rows, "findings", make.joined(findings))
    make.row(
        rows,
        "negatives",
        make.joined(make.said(v, (*path, "negatives", n)) for n, v in enumerate(found.negatives)),
    )
    make.row(
        rows,
        "scores",
        make.joined(make.quantity(s, (*path, "scores", n)) for n, s in enumerate(found.scores)),
    )
    return [*make.prose.blocks(found.narrative, (*path, "narrative")), *make.facts(rows)]


def others(make: Builder) -> list[Block]:
    """Return the other people of the story."""
    rows: Rows = []
    for number, other in enumerate(make.case.others):
        path: Path = ("others", number)
        details = [make.said(other.age, (*path, "age")), make.said(other.sex, (*path, "sex"))]
        said = [
            make.joined(details, ", "),
            make.said(other.text, (*path, "text")),
            make.said(other.label, (*path, "label")),
        ]
        said.append(make.said(other.note, (*path, "note")))
        label = make.said(other.role, (*path, "role")) or make.text(make.word("others"))
        rows.append((label, make.joined(said)))
    return make.facts(rows)


def microbiology(make: Builder) -> list[Block]:
    """Return cultures and other searches for micro-organisms."""
    found = make.case.microbiology
    if found is None:
        return []
    rows: Rows = []
    for number, culture in enumerate(found.cultures):
        path: Path = ("microbiology", "cultures", number)
        keys = ("specimen", "method") if culture.label else ("method",)
        name = make.said(culture.label or culture.specimen, (*path, "label" if culture.label else "specimen"))
        details = make.joined((make.said(getattr(culture, key), (*path, key)) for key in keys), ", ")
        organisms = []
        for place, organism in enumerate(culture.organisms):
            where = (*path, "organisms", place)
            tests = [
                make.text(f"{drug} {s.value or ''}{_measured(make, s)}".strip())
                for drug, s in organism.susceptibility.items()
            ]
            quantity = make.said(organism.quantity, (*where, "quantity"))
            organisms.append(
                make.bracketed(make.said(organism.name, (*where, "name")), [quantity, make.joined(tests, ", ")])
            )
        positive = (
            make.words["positive_after"].format(make.duration(culture.positive_after)) if culture.positive_after else ""
        )
        said = [
            make.text(make.word(culture.result)) if culture.result else (),
            *organisms,
            make.text(positive),
        ]
        said.append(make.said(culture.note, (*path, "note")))
        told = make.joined([details, make.joined(said)], ": ")
        rows.append((name, _timed(make, culture, told)))
    narrative = make.prose.blocks(found.narrative, ("microbiology", "narrative"))
    return [*narrative, *make.captioned(found, "microbiology"), *make.facts(rows)]


def _measured(make: Builder, susceptibility: Susceptibility) -> str:
    """Return the inhibitory concentration and the zone of inhibition as they were typed."""
    found = (("MIC", susceptibility.mic), (make.word("inhibition_zone"), susceptibility.zone))
    said = [f"{name} {quantities.value(value, make.words, make.telling.language)}" for name, value in found if value]
    return f" ({', '.join(said)})" if said else ""


def imaging(make: Builder) -> list[Block]:
    """Return the imaging studies."""
    found = make.case.imaging
    if found is None:
        return []
    rows: Rows = []
    for number, study in enumerate(found.studies):
        path: Path = ("imaging", "studies", number)
        name = make.joined(
            [make.said(study.modality, (*path, "modality")), make.said(study.region, (*path, "region"))], ", "
        )
        rows.append((name, _timed(make, study, _findings(make, study, path, _STUDY))))
    narrative = make.prose.blocks(found.narrative, ("imaging", "narrative"))
    return [*narrative, *make.captioned(found, "imaging"), *make.facts(rows)]


def tests(make: Builder) -> list[Block]:
    """Return functional and other tests."""
    found = make.case.tests
    if found is None:
        return []
    rows: Rows = []
    for number, test in enumerate(found.results):
        path: Path = ("tests", "results", number)
        kind = (test.kind or "other").replace("_", " ").capitalize()
        name = make.said(test.label, (*path, "label")) or make.text(kind)
        rows.append((name, _timed(make, test, _findings(make, test, path, _STUDY))))
    narrative = make.prose.blocks(found.narrative, ("tests", "narrative"))
    return [*narrative, *make.captioned(found, "tests"), *make.facts(rows)]


def pathology(make: Builder) -> list[Block]:
    """Return tissue and cells."""
    found = make.case.pathology
    if found is None:
        return []
    rows: Rows = []
    for number, specimen in enumerate(found.specimens):
        path: Path = ("pathology", "specimens", number)
        parts = [make.said(getattr(specimen, key), (*path, key)) for key in ("label", "procedure", "site")]
        name = make.joined(parts, ", ")
        markers = [
            make.joined(
                [
                    make.said(m.label, (*path, "markers", n, "label")),
                    make.said(m.result, (*path, "markers", n, "result")),
                    make.text(f"{m.percent}%".replace("%%", "%") if m.percent else ""),
                ],
                " ",
            )
            for n, m in enumerate(specimen.markers)
        ]
        said = [
            make.labelled("stains", make.said(specimen.stains, (*path, "stains"))),
            _findings(make, specimen, path, ("findings", "impression")),
            make.labelled("markers", make.joined(markers, ", ")),
            make.labelled("grade", make.said(specimen.grade, (*path, "grade"))),
            make.labelled("margins", make.said(specimen.margins, (*path, "margins"))),
        ]
        rows.append((name, _timed(make, specimen, make.joined(said))))
    narrative = make.prose.blocks(found.narrative, ("pathology", "narrative"))
    return [*narrative, *make.captioned(found, "pathology"), *make.facts(rows)]


def genetics(make: Builder) -> list[Block]:
    """Return genetic results of this case."""
    found = make.case.genetics
    if found is None:
        return []
    rows: Rows = []
    for number, variant in enumerate(found.variants):
        path: Path = ("genetics", "variants", number)
        keys = (
            "transcript",
            "hgvs_c",
            "hgvs_p",
            "zygosity",
            "inheritance",
            "classification",
            "method",
            "note",
        )
        said = [make.said(getattr(variant, key), (*path, key)) for key in keys]
        reported = make.when(variant.reported_at)
        said.append(make.text(make.period(variant)))
        said.append(make.labelled("result", make.text(reported)))
        rows.append((make.said(variant.gene, (*path, "gene")) or make.text(make.word("result")), make.joined(said)))
    for number, negative in enumerate(found.negative):
        path = ("genetics", "negative", number)
        said = [make.said(getattr(negative, key), (*path, key)) for key in ("genes", "method", "note")]
        make.row(rows, "negative_genes", make.joined(said))
    narrative = make.prose.blocks(found.narrative, ("genetics", "narrative"))
    return [*narrative, *make.captioned(found, "genetics"), *make.facts(rows)]


def _timed(make: Builder, record: object, said: Run) -> Run:
    """Return what is said with its time before it."""
    return make.joined([make.text(make.period(record)), said], ": ")


def _findings(make: Builder, record: object, path: Path, keys: tuple[str, ...]) -> Run:
    said = []
    for key in keys:
        run = make.said(getattr(record, key, None), (*path, key))
        said.append(make.labelled("impression", run) if key == "impression" else run)
    measured = [make.quantity(q, (*path, "measurements", n)) for n, q in enumerate(getattr(record, "measurements", ()))]
    said.append(make.joined(measured))
    said.append(make.said(getattr(record, "note", None), (*path, "note")))
    return make.joined(said)
