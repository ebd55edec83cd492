"""Lint's findings as SARIF 2.1.0, which code scanning services and editors read.

Nothing of the machine or the moment is in it, and no text of the case but what the messages say.
Source: OASIS SARIF 2.1.0 with errata 01; the numbers in brackets are its sections.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from casewriter import __version__
from casewriter.cli.format.place import file_of
from casewriter.problem import Kind, Level, Problem, Span
from casewriter.work.check import Checked

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_BASE_IS = "The folder that casewriter ran in; a case outside it is named by its own folder."
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_NOWHERE = Span(1, 1, 1, 1)  # a result without a line is refused or lost by services that show lines
_MOVING = re.compile(r"\b(?:lines?|columns?|bytes?) \d+")


def document(checked: Iterable[Checked]) -> str:
    """Return one SARIF run with the problems of all cases, in their order."""
    found = [(problem, case.source.name) for case in checked for problem in case.report.problems]
    kinds = sorted({problem.code: problem.kind for problem, _ in found}.values(), key=lambda kind: kind.code)
    indices = {kind.code: index for index, kind in enumerate(kinds)}
    seen: Counter[str] = Counter()
    driver = {"name": "casewriter", "version": __version__, "rules": [_rule(kind) for kind in kinds]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": _BASE_IS}}},
        "results": [_result(problem, name, indices[problem.code], seen) for problem, name in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(kind: Kind) -> dict[str, Any]:
    """Return what SARIF says of a kind of problem [3.49]; its page is there as text and as Markdown."""
    manual = kind.manual.strip() or kind.name
    return {
        "id": kind.code,
        "name": "".join(word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", kind.name)),
        "shortDescription": {"text": manual.splitlines()[0]},
        "fullDescription": {"text": manual},
        "help": {"text": manual, "markdown": f"**{kind.code}** `{kind.name}`\n\n{manual}"},
        "defaultConfiguration": {"level": _LEVELS[kind.level]},
    }


def _result(problem: Problem, name: str, index: int, seen: Counter[str]) -> dict[str, Any]:
    uri = quote(file_of(problem, name), safe="/", errors="surrogateescape")
    span = problem.span or _NOWHERE
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    place = {"artifactLocation": {"uri": uri, "uriBaseId": _BASE}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.level],
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"casewriterProblem/v1": _fingerprint(problem, uri, seen)},
        "properties": {"items": list(problem.items), "path": list(problem.path)},
    }


def _message(problem: Problem) -> str:
    """Return message and remedy; braces are doubled [3.11.5], and brackets never make a link [3.11.6]."""
    text = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    text = text.replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text


def _fingerprint(problem: Problem, uri: str, seen: Counter[str]) -> str:
    """Return what stays the same when lines move: a hash of file, code, path and message, numbered where alike.

    The quoted text is not in it: who knows the rest could find a short one, such as a date, by trying them all.
    """
    identity = json.dumps([uri, problem.code, problem.path, _MOVING.sub("", problem.message)])
    seen[identity] += 1
    return sha256(f"{identity} {seen[identity]}".encode()).hexdigest()
