"""Lint's findings as SARIF 2.1.0, which code scanning services and editors read.

Nothing of the machine or the moment is in it, and no text of the case but what the messages say.
Source: OASIS SARIF 2.1.0 with errata 01; the numbers in brackets are its sections.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from casewriter import __version__
from casewriter.cli.format.place import file_of
from casewriter.problem import Kind, Level, Problem, Span
from casewriter.work.check import Checked

Draft = dict[str, Any]
_PRINT = "casewriterProblem/v1"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_BASE_IS = "The folder that casewriter ran in; a case outside it is named by its own folder."
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_NOWHERE = Span(1, 1, 1, 1)  # a result without a line is refused or lost by services that show lines
_END = "]\n    }\n  ]\n}"
"""How a document ends behind its results."""
_MOVING = re.compile(r"\b(?:lines?|columns?|bytes?) \d+")


def document(checked: Iterable[Checked]) -> str:
    """Return one SARIF run with the problems of all cases, in their order."""
    found = [(problem, case.source.name) for case in checked for problem in case.report.problems]
    drafts = [draft(problem, name) for problem, name in found]
    return "".join(streamed(drafts, (problem.kind for problem, _ in found)))


def streamed(drafts: Iterable[Draft], kinds: Iterable[Kind], lost: Iterable[tuple[str, str]] = ()) -> Iterator[str]:
    """Yield the document piece by piece: `kinds` are those of the drafts, `lost` the cases that were not checked."""
    known = sorted({kind.code: kind for kind in kinds}.values(), key=lambda kind: kind.code)
    indices = {kind.code: index for index, kind in enumerate(known)}
    driver = {"name": "casewriter", "version": __version__, "rules": [_rule(kind) for kind in known]}
    run = {
        "tool": {"driver": driver},
        **({"invocations": [_invocation(failed)]} if (failed := list(lost)) else {}),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": _BASE_IS}}},
        "results": [],
    }
    whole = _text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
    yield whole.removesuffix(_END)
    seen: Counter[bytes] = Counter()
    mark = ""
    for one in drafts:
        # a line end in JSON is never one of a text, which is escaped
        yield f"{mark}\n        " + _text(_settled(one, indices, seen)).replace("\n", "\n        ")
        mark = ","
    yield f"\n      {_END}" if mark else _END


def _invocation(failed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return that the run was not complete, and for which cases [3.20.14, 3.20.21]."""
    notes = [{"level": "error", "message": {"text": _escaped(f"{path}: not checked: {why}")}} for path, why in failed]
    return {"executionSuccessful": False, "toolExecutionNotifications": notes}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


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


def draft(problem: Problem, name: str) -> Draft:
    """Return a result without its index and number, which depend on the other cases."""
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
        "ruleIndex": -1,
        "level": _LEVELS[problem.level],
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_PRINT: _identity(problem, uri)},
        "properties": {"items": list(problem.items), "path": list(problem.path)},
    }


def _settled(found: Draft, indices: dict[str, int], seen: Counter[bytes]) -> Draft:
    """Return a result with the index of its rule, and its fingerprint: a hash of what it is, numbered where alike."""
    identity = found["partialFingerprints"][_PRINT]
    key = sha256(identity.encode()).digest()
    seen[key] += 1
    print_ = sha256(f"{identity} {seen[key]}".encode()).hexdigest()
    return {**found, "ruleIndex": indices[found["ruleId"]], "partialFingerprints": {_PRINT: print_}}


def _message(problem: Problem) -> str:
    """Return message and remedy."""
    return _escaped(f"{problem.message}; {problem.hint}" if problem.hint else problem.message)


def _escaped(text: str) -> str:
    """Return a text of a message: braces are doubled [3.11.5], and brackets never make a link [3.11.6]."""
    text = text.replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text


def _identity(problem: Problem, uri: str) -> str:
    """Return what stays the same when lines move: file, code, path and message.

    The quoted text is not in it: who knows the rest could find a short one, such as a date, by trying them all.
    """
    return json.dumps([uri, problem.code, problem.path, _MOVING.sub("", problem.message)])
