"""The same case as Markdown and CSL-JSON, for the peers that start from those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Mapping = dict[str, Any]


def csl_json(case: Mapping) -> list[Mapping]:
    """Return the references as CSL-JSON."""
    found = []
    for item in case["references"]:
        names = [author.rsplit(" ", 1) for author in item["author"]]
        authors = [{"family": family, "given": initials} for family, initials in names]
        found.append({**item, "author": authors, "issued": {"date-parts": [[item["issued"]]]}})
    return found


def markdown(case: Mapping, home: Path) -> str:
    """Return the article as pandoc's Markdown: same prose, citations, tables and pictures."""
    home = home.resolve()
    numbers = {name: number for number, name in enumerate(case["figures"], 1)}
    body = "\n\n".join(_parts(case, home))
    body = re.sub(r"@fig-(\w+)(?:\.([a-z]))?", lambda m: f"Figure {numbers[m[1]]}{(m[2] or '').upper()}", body)
    body = re.sub(r"@tbl-(\w+)", r"Table (\1)", body)
    body = re.sub(r"\{\{ labs\.(\w+)( at 0|\.last) \}\}", lambda m: _value(case, m[1], m[2]), body)
    authors = "\n".join(f"  - {a['given']} {a['family']}" for a in case["authors"])
    head = f'title: "{case["title"]}"\nauthor:\n{authors}\nlang: en\nlink-citations: true'
    return f"---\n{head}\n---\n\n{body}\n\n# References\n"


def _value(case: Mapping, name: str, which: str) -> str:
    row = next(row for row in case["labs"]["results"] if row["id"] == name)
    return f"{row['series'][-1 if which == '.last' else 0]['value']} {row['unit']}"


def _parts(case: Mapping, home: Path) -> Iterator[str]:
    yield "# Abstract"
    yield from case["abstract"].values()
    yield f"# Introduction\n\n{case['introduction']}"
    seen = case["observation"]
    yield f"# Patient information\n\n{seen['narrative']}\n\n{seen['history']['medical']}"
    yield "# Timeline\n\n" + _table(["Time", "Event"], [[e["at"], e["label"]] for e in case["timeline"]["events"]])
    yield f"# Diagnostic assessment\n\n{case['labs']['narrative']}\n\n{_laboratory(case)}"
    yield from (f"{study['findings']} {study['impression']}." for study in case["imaging"]["studies"])
    yield case["pathology"]["narrative"]
    yield from _figures(case, home)
    yield "\n\n".join(str(case["diagnosis"][part]) for part in ("challenges", "reasoning", "prognosis"))
    yield _table(case["tables"]["score"]["columns"], case["tables"]["score"]["rows"])
    yield f"# Course\n\n{case['course']}\n\n# Therapeutic intervention"
    yield _table(
        ["Drug", "Dose", "Duration"],
        [[i["label"], i["dose"], i["duration"]] for i in case["treatment"]["interventions"]],
    )
    yield f"# Follow-up and outcomes\n\n{case['follow_up']['narrative']}\n\n# Discussion"
    yield from (text for text in case["discussion"].values() if isinstance(text, str))
    yield f"# Conclusion\n\n{case['conclusion']}\n\n# Learning points"
    yield "\n".join(f"- {point}" for point in case["learning_points"])
    yield f"# Patient perspective\n\n{case['patient_perspective']['text']}"


def _laboratory(case: Mapping) -> str:
    rows = case["labs"]["results"]
    times = [str(point["at"]) for point in rows[0]["series"]]
    cells = [
        [r["test"], r["unit"].replace("*", r"\*"), r["reference"], *(str(p["value"]) for p in r["series"])]
        for r in rows
    ]
    return _table(["Test", "Unit", "Reference", *times], cells)


def _figures(case: Mapping, home: Path) -> Iterator[str]:
    for figure in case["figures"].values():
        pictures = " ".join(f"![]({home / panel['file']}){{width=48%}}" for panel in figure["panels"])
        captions = " ".join(panel["caption"] for panel in figure["panels"])
        yield f"{pictures}\n\n*{figure['caption']} {captions}*"


def _table(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
