"""The page of a rule for the terminal: what it is, why, and its examples with the place marked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import click

from casewriter.lint.examples import Example
from casewriter.problem import Kind, Span

_INDENT = "    "


def page(kind: Kind, example: Example | None) -> Iterator[str]:
    """Yield the lines of a rule's page; packages may bring rules without examples."""
    yield click.style(f"{kind.code} {kind.name} ({kind.level.value})", bold=True)
    yield ""
    yield from kind.manual.strip().splitlines()
    if example is not None:
        yield ""
        yield from _told(example)


def _told(example: Example) -> Iterator[str]:
    if example.untold:
        yield example.untold
        return
    marked = example.span if example.file is None else None
    yield from _block("Bad" + with_options(example), example.bad, marked)
    for name, text in beside(example).items():
        yield ""
        yield from _block(f"Beside it, {name}", text, example.span if name == example.file else None)
    yield ""
    yield from _block("Good", example.good)


def with_options(example: Example) -> str:
    """Return the options that the example is linted with, as words: `` (with --guideline scare)``, or nothing."""
    said = " ".join(f"--{name} {value}" for name, value in example.options.items())
    return f" (with {said})" if said else ""


def beside(example: Example) -> dict[str, str]:
    """Return the files beside the case that are text; a picture is not shown."""
    return {name: text for name, text in example.files.items() if "\0" not in text}


def visible(text: str) -> str:
    """Return a text with its control and direction characters by number: ``‹U+202E›``."""
    return "".join(f"‹U+{ord(c):04X}›" if _is_invisible(c) else c for c in text)


def _is_invisible(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")


def _block(title: str, text: str, span: Span | None = None) -> Iterator[str]:
    yield click.style(f"{title}:", bold=True)
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        yield f"{_INDENT}{visible(line)}".rstrip()
        if span is not None and span.line <= number <= span.end_line:
            start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
            end = span.end_column - 1 if number == span.end_line else len(line)
            yield f"{_INDENT}{' ' * len(visible(line[:start]))}{'^' * max(1, len(visible(line[start:end])))}"
