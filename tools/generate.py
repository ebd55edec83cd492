"""Make the committed files that are made from code; with --check, say which of them are stale.

Each artefact is a function that returns its text; the test is this program's check mode.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> str:
    """Return the JSON Schema (2020-12) of the case format."""
    from casewriter.model.case import Case

    schema = Case.model_json_schema(by_alias=True, mode="validation")
    head = {"$schema": SCHEMA_ID, "$id": "urn:casewriter:case-1", "title": "casewriter case, format 1"}
    _tidy(schema)
    # An id may be written as a number in YAML; `format: 1` too.
    schema["properties"]["format"] = {"const": 1, "description": "Version of the case format: 1."}
    return json.dumps({**head, **schema}, indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def _tidy(node: object) -> None:
    """Drop generated titles and defaults: an editor shows the description, and null defaults say nothing."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str) and ("type" in node or "anyOf" in node or "$ref" in node):
            node.pop("title")
        node.pop("default", None)
        for value in node.values():
            _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)


def command_help() -> str:
    """Return the help of every verb, as docs/cli.md shows it."""
    from click.testing import CliRunner

    from casewriter.cli.app import VERBS, cli

    parts = ["# The command line\n\nMade by `tools/generate.py` from the program's own help.\n"]
    for words in ([], *([verb] for verb in VERBS)):
        text = CliRunner().invoke(cli, [*words, "--help"], prog_name="casewriter", terminal_width=100).output
        title = " ".join(["casewriter", *words])
        parts.append(f"\n## {title}\n\n```text\n{text.rstrip()}\n```\n")
    return "".join(parts)


def rule_table() -> str:
    """Return the table of all rules, as docs/rules.md shows it."""
    from casewriter.cli.catalogue import all_kinds

    lines = ["# Rules\n\nMade by `tools/generate.py`. `casewriter rule CODE` prints the page of one.\n\n"]
    lines.append("| code | level | name | what |\n|---|---|---|---|\n")
    lines += [f"| {k.code} | {k.level.value} | {k.name} | {k.summary} |\n" for k in all_kinds()]
    return "".join(lines)


ARTEFACTS: dict[str, Callable[[], str]] = {
    "casewriter/data/schema/case-1.json": case_schema,
    "docs/cli.md": command_help,
    "docs/rules.md": rule_table,
}


def main(arguments: list[str]) -> int:
    """Write the artefacts, or name the stale ones and return 1."""
    stale = []
    for name, make in ARTEFACTS.items():
        file, text = ROOT / name, make()
        if file.is_file() and file.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            print(f"wrote {name}")
    if "--check" in arguments and stale:
        print(f"stale: {', '.join(stale)}; run python tools/generate.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
