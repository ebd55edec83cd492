"""Operations: what the author wrote in sentences as prose, short statements as a table, an operation a column."""

from __future__ import annotations

from casewriter.article.builder import Builder
from casewriter.article.nodes import Block, Cell, Fact, Paragraph, Run, Styled, Table, Text
from casewriter.article.tables import body_row, head
from casewriter.article.walk import capitalised, plain
from casewriter.model.treatment import Operation
from casewriter.problem import Path

_ORDER = (
    "rationale", "optimisation", "setting", "operator", "anaesthesia", "approach", "findings", "technique", "devices",
    "duration", "blood_loss", "deviations", "aftercare", "note",
)  # fmt: skip
"""As an operation goes: why, how it was prepared, where and by whom, what was done and found, what followed."""


def operations(make: Builder) -> list[Block]:
    """Return each operation in prose, then a table of what is said of operations in a few words."""
    told = [_said(make, one, ("operations", n)) for n, one in enumerate(make.case.operations)]
    blocks = [block for n, said in enumerate(told) for block in _prose(make, n, said)]
    short = [{key: run for key, run in said.items() if not _is_sentence(run)} for said in told]
    shown = [n for n, said in enumerate(short) if said or not told[n]]
    keys = [key for key in _ORDER if any(key in said for said in short)]
    if keys:
        return [*blocks, _table(make, shown, keys, short)]
    rows: list[Fact] = []
    for n in shown:
        path: Path = ("operations", n)
        make.row(rows, "operations", _title(make, make.case.operations[n], path), path)
    return [*blocks, *make.facts(rows)]


def _said(make: Builder, operation: Operation, path: Path) -> dict[str, Run]:
    """Return what is said of an operation, by key."""
    said = {key: make.said(getattr(operation, key), (*path, key)) for key in _ORDER if key != "devices"}
    devices = []
    for place, device in enumerate(operation.devices):
        where = (*path, "devices", place)
        made_by = [make.said(device.manufacturer, (*where, "manufacturer")), make.said(device.model, (*where, "model"))]
        devices.append(make.bracketed(make.said(device.label, (*where, "label")), [make.joined(made_by, ", ")]))
    said["devices"] = make.joined(devices)
    return {key: said[key] for key in _ORDER if said[key]}


def _is_sentence(run: Run) -> bool:
    text = plain(run).rstrip()
    return text.endswith((".", "!", "?", "…")) and " " in text


def _title(make: Builder, operation: Operation, path: Path) -> Run:
    """Return what an operation is called, with its time."""
    name = make.name(operation.of) if operation.of else ()
    return capitalised(make.bracketed(name, [make.said(operation.at, (*path, "at"))]))


def _prose(make: Builder, number: int, said: dict[str, Run]) -> list[Block]:
    """Return the sentences about an operation as a paragraph that begins with its name."""
    path: Path = ("operations", number)
    sentences = [capitalised(run) for run in said.values() if _is_sentence(run)]
    if not sentences:
        return []
    title = _title(make, make.case.operations[number], path)
    begun: Run = (Styled("strong", (*title, Text("."))), Text(" ")) if title else ()
    return [Paragraph((*begun, *make.joined(sentences, " ")), path)]


def _table(make: Builder, shown: list[int], keys: list[str], short: list[dict[str, Run]]) -> Table:
    """Return the table: a row for each thing said, a column for each operation."""
    titles = [_title(make, make.case.operations[n], ("operations", n)) for n in shown]
    rows = []
    for key in keys:
        cells = [Cell(capitalised(short[n].get(key, ())), origin=("operations", n, key)) for n in shown]
        word = make.text(make.word("operation_duration" if key == "duration" else key))
        rows.append(
            body_row((Cell(word), *cells), ("operations", shown[0], key) if len(shown) == 1 else ("operations",))
        )
    caption = make.text(make.word("operations"))
    heads = head((), *titles) if any(titles) else ()
    return Table("operations", caption, heads, tuple(rows), kind="operations", origin=("operations",))
