"""What was examined, as blocks: cultures, pictures, tests, tissue, genes; narrative first, then the records."""

from __future__ import annotations

from casewriter.article import quantities
from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Fact, Run
from casewriter.article.walk import capitalised
from casewriter.model.investigation import Susceptibility
from casewriter.problem import Path

_STUDY = ("technique", "findings", "impression")


def microbiology(make: Builder) -> list[Block]:
    """Return cultures and other searches for micro-organisms."""
    found = make.case.microbiology
    if found is None:
        return []
    rows: list[Fact] = []
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
        rows.append(_row(make, culture, name, told, path))
    return _told(make, "microbiology", rows)


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
    rows: list[Fact] = []
    for number, study in enumerate(found.studies):
        path: Path = ("imaging", "studies", number)
        name = make.joined(
            [make.said(study.modality, (*path, "modality")), make.said(study.region, (*path, "region"))], ", "
        )
        rows.append(_row(make, study, name, _findings(make, study, path, _STUDY), path))
    return _told(make, "imaging", rows)


def tests(make: Builder) -> list[Block]:
    """Return functional and other tests."""
    found = make.case.tests
    if found is None:
        return []
    rows: list[Fact] = []
    for number, test in enumerate(found.results):
        path: Path = ("tests", "results", number)
        kind = (test.kind or "other").replace("_", " ").capitalize()
        name = make.said(test.label, (*path, "label")) or make.text(kind)
        rows.append(_row(make, test, name, _findings(make, test, path, _STUDY), path))
    return _told(make, "tests", rows)


def pathology(make: Builder) -> list[Block]:
    """Return tissue and cells."""
    found = make.case.pathology
    if found is None:
        return []
    rows: list[Fact] = []
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
        rows.append(_row(make, specimen, name, make.joined(said), path))
    return _told(make, "pathology", rows)


def genetics(make: Builder) -> list[Block]:
    """Return genetic results of this case."""
    found = make.case.genetics
    if found is None:
        return []
    rows: list[Fact] = []
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
        gene = make.said(variant.gene, (*path, "gene")) or make.text(make.word("result"))
        rows.append(_row(make, variant, gene, make.joined(said), path))
    for number, finding in enumerate(found.findings):
        path = ("genetics", "findings", number)
        said = [make.said(finding.method, (*path, "method")), make.said(finding.note, (*path, "note"))]
        rows.append(_row(make, finding, make.said(finding.label, (*path, "label")), make.joined(said), path))
    for number, negative in enumerate(found.negative):
        path = ("genetics", "negative", number)
        said = [make.said(getattr(negative, key), (*path, key)) for key in ("genes", "method", "note")]
        make.row(rows, "negative_genes", make.joined(said), path)
    return _told(make, "genetics", rows)


def _told(make: Builder, name: str, rows: list[Fact]) -> list[Block]:
    """Return a section of records: its prose, its caption, the records."""
    found = getattr(make.case, name)
    narrative = make.prose.blocks(found.narrative, (name, "narrative"))
    return [*narrative, *make.captioned(found, name), *make.facts(rows)]


def _row(make: Builder, record: object, name: Run, said: Run, path: Path) -> Fact:
    """Return a record as a row: its name and time in front, what was found, and when that was reported."""
    label = capitalised(make.bracketed(name, [make.period(record)]))
    return Fact(label, capitalised(make.joined([said, _reported(make, record)])), path)


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
