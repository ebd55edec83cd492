"""What was examined, as blocks: cultures, pictures, tests, tissue, genes; narrative first, then the records."""

from __future__ import annotations

from casewriter.article import quantities
from casewriter.article.builder import Builder, Rows
from casewriter.article.nodes import Block, Run
from casewriter.model.investigation import Susceptibility
from casewriter.problem import Path

_STUDY = ("technique", "findings", "impression")


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
        after = make.duration(culture.positive_after)
        positive = make.phrase("positive_after", after) if after else ()
        said = [
            make.text(make.word(culture.result)) if culture.result else (),
            *organisms,
            positive,
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
        said += [make.period(variant), _reported(make, variant)]
        rows.append((make.said(variant.gene, (*path, "gene")) or make.text(make.word("result")), make.joined(said)))
    for number, finding in enumerate(found.findings):
        path = ("genetics", "findings", number)
        said = [make.said(finding.method, (*path, "method")), make.period(finding), _reported(make, finding)]
        said.append(make.said(finding.note, (*path, "note")))
        rows.append((make.said(finding.label, (*path, "label")), make.joined(said)))
    for number, negative in enumerate(found.negative):
        path = ("genetics", "negative", number)
        said = [make.said(getattr(negative, key), (*path, key)) for key in ("genes", "method", "note")]
        make.row(rows, "negative_genes", make.joined(said))
    narrative = make.prose.blocks(found.narrative, ("genetics", "narrative"))
    return [*narrative, *make.captioned(found, "genetics"), *make.facts(rows)]


def _timed(make: Builder, record: object, said: Run) -> Run:
    """Return what is said with its time before it, and behind it when it was reported."""
    return make.joined([make.joined([make.period(record), said], ": "), _reported(make, record)])


def _reported(make: Builder, record: object) -> Run:
    """Return when a result came."""
    when = make.when(getattr(record, "reported_at", None))
    return make.phrase("reported", when) if when else ()


def _findings(make: Builder, record: object, path: Path, keys: tuple[str, ...]) -> Run:
    said = []
    for key in keys:
        run = make.said(getattr(record, key, None), (*path, key))
        said.append(make.labelled("impression", run) if key == "impression" else run)
    measured = [make.quantity(q, (*path, "measurements", n)) for n, q in enumerate(getattr(record, "measurements", ()))]
    said.append(make.joined(measured))
    said.append(make.said(getattr(record, "note", None), (*path, "note")))
    return make.joined(said)
