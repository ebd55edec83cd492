"""Make the committed files that are made from code; with --check, say which of them are stale.

An artefact is a function that returns its text, or for a folder of pages the text of each by name; pages that are no
longer made are stale too. The test is this program's check mode.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casewriter.lint.examples import Example
    from casewriter.problem import Kind

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from format_page import format_page  # noqa: E402 - it reads the package of this checkout

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def case_schema() -> str:
    """Return the JSON Schema (2020-12) of the case format."""
    from casewriter.model.case import Case

    schema = Case.model_json_schema(by_alias=True, mode="validation")
    head = {"$schema": SCHEMA_ID, "$id": "urn:casewriter:case-1", "title": "casewriter case, format 1"}
    _tidy(schema)
    # An id may be written as a number in YAML; `format: 1` too.
    _allow_empty(schema)
    schema["properties"]["format"] = {"const": 1, "description": "Version of the case format: 1."}
    return json.dumps({**head, **schema}, indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def _allow_empty(node: object) -> None:
    """Let every key be without a value, as the program does: a case is written over weeks."""
    if isinstance(node, dict):
        properties = node.get("properties")
        for name, value in properties.items() if isinstance(properties, dict) else ():
            if isinstance(value, dict):
                properties[name] = _or_nothing(value)
        for value in node.values():
            _allow_empty(value)
    elif isinstance(node, list):
        for value in node:
            _allow_empty(value)


def _or_nothing(schema: dict[str, object]) -> dict[str, object]:
    nothing = {"type": "null"}
    types = schema.get("type")
    if isinstance(types, list) and "enum" not in schema:
        return {**schema, "type": [*types, *(["null"] if "null" not in types else [])]}
    choices = schema.get("anyOf")
    if isinstance(choices, list):
        return schema if nothing in choices else {**schema, "anyOf": [*choices, nothing]}
    said = {key: schema[key] for key in ("description",) if key in schema}
    return {**said, "anyOf": [{key: value for key, value in schema.items() if key not in said}, nothing]}


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
    from casewriter.cli.refs import VERBS as REFS

    parts = ["# The command line\n\nMade by `tools/generate.py` from the program's own help.\n"]
    inner = [["refs", verb] for verb in REFS]
    for words in ([], *([verb] for verb in VERBS), *inner):
        text = CliRunner().invoke(cli, [*words, "--help"], prog_name="casewriter", terminal_width=100).output
        title = " ".join(["casewriter", *words])
        parts.append(f"\n## {title}\n\n```text\n{text.rstrip()}\n```\n")
    return "".join(parts)


FAMILIES = {
    "CARE": "items of the CARE guideline",
    "CASE": "keys and values of a case, and what its text names",
    "DATA": "data and prose that contradict each other",
    "FIG": "figures, tables and their files",
    "JRNL": "what the journal asks",
    "PLUG": "installed packages",
    "PRIV": "what identifies a person",
    "REF": "references and citations",
    "SCARE": "items of the SCARE guideline",
    "YAML": "the text of the file",
}


def rule_index() -> str:
    """Return the list of all rules by family, as docs/rules.md shows it."""
    from casewriter.work.catalogue import all_kinds

    lines = ["# Rules\n\nMade by `tools/generate.py`. `casewriter rule CODE` prints the page of one.\n"]
    for family, kinds in groupby(all_kinds(), key=lambda kind: kind.family):
        lines.append(f"\n## {family}: {FAMILIES[family]}\n\n| code | level | name | what |\n|---|---|---|---|\n")
        for k in kinds:
            summary = k.summary.replace("|", "\\|")
            lines.append(f"| [{k.code}](rules/{k.code}.md) | {k.level.value} | {k.name} | {summary} |\n")
    return "".join(lines)


def rule_pages() -> dict[str, str]:
    """Return the page of each rule by its file name, as docs/rules/ holds them; its bad example is linted here."""
    from casewriter.lint.examples import all_examples
    from casewriter.work.catalogue import all_kinds

    kinds, examples = all_kinds(), all_examples()
    if lacking := [kind.code for kind in kinds if kind.code not in examples]:
        sys.exit(f"no example in casewriter/data/examples/ for {', '.join(lacking)}")
    return {f"{kind.code}.md": "\n".join(_rule_page(kind, examples[kind.code])) for kind in kinds}


def _rule_page(kind: Kind, example: Example) -> Iterator[str]:
    from casewriter.cli.format.page import beside, visible, with_options

    yield f"# {kind.code} {kind.name}\n\nLevel: {kind.level.value}. All rules: [rules.md](../rules.md).\n"
    yield f"{kind.manual.strip()}\n"
    if example.untold:
        yield f"## Example\n\n{example.untold}\n"
        return
    yield f"## Bad\n\n```yaml\n{visible(example.bad)}```\n"
    for name, text in beside(example).items():
        yield f"Beside it lies `{name}`:\n\n```text\n{visible(text)}```\n"
    yield f"Lint{with_options(example)} says of it:\n"
    yield "\n".join(("```text", *_linted(example), "```\n"))
    yield f"## Good\n\n```yaml\n{visible(example.good)}```\n"


def _linted(example: Example) -> list[str]:
    """Return what lint prints of an example's own code, in the concise form."""
    from casewriter.cli.format.text import concise
    from casewriter.project import find_cases
    from casewriter.work.check import check

    with TemporaryDirectory() as folder:
        for name, text in {"case.yaml": example.bad, **example.files}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        (file,) = find_cases([folder])
        problems = check(file, **example.options).report.problems
    return [concise(problem, "case.yaml") for problem in problems if problem.code == example.code]


ARTEFACTS: dict[str, Callable[[], str]] = {
    "casewriter/data/schema/case-1.json": case_schema,
    "docs/cli.md": command_help,
    "docs/format.md": format_page,
    "docs/rules.md": rule_index,
}
FOLDERS: dict[str, Callable[[], dict[str, str]]] = {"docs/rules": rule_pages}


def made() -> dict[str, str | None]:
    """Return the text of every artefact by its path; None for a page in one of the folders that is no longer made."""
    texts: dict[str, str | None] = {name: make() for name, make in ARTEFACTS.items()}
    for folder, make in FOLDERS.items():
        texts |= {f"{folder}/{path.name}": None for path in sorted((ROOT / folder).glob("*.md"))}
        texts |= {f"{folder}/{name}": text for name, text in make().items()}
    return texts


def main(arguments: list[str]) -> int:
    """Write the artefacts, or name the stale ones and return 1."""
    stale = []
    for name, text in made().items():
        file = ROOT / name
        if text is not None and file.is_file() and file.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            _write(file, text)
            print(f"{'removed' if text is None else 'wrote'} {name}")
    if "--check" in arguments and stale:
        print(f"stale: {', '.join(stale)}; run python tools/generate.py")
        return 1
    return 0


def _write(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
