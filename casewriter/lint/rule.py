"""What a rule is: a pure function that says what it needs by its parameters, and whose docstring is its manual page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from casewriter.problem import Kind, Level, Path, Problem, Span

Check = Callable[..., Iterable[Problem]]


class Found(Struct, frozen=True):
    """What a rule found: the message, where (see `Problem`), and what to do."""

    message: str
    path: Path
    hint: str | None = None
    quote: str | None = None
    nth: int = 0
    on_key: bool = False
    file: str | None = None
    span: Span | None = None


class Rule(Struct, frozen=True):
    """One rule: the kinds of problem it can raise, and the function that looks.

    The function takes any of the attributes of a `Subject` by name: `case`, `source`, `profile`, `guideline`,
    `library`, `article`, `traces`, `names`, `privacy`, `template`, `version`; and `prose`, the texts of the case
    (`words.Prose`).
    """

    kinds: tuple[Kind, ...]
    check: Check

    def can_run(self, inputs: Mapping[str, Any]) -> bool:
        """Return whether there is everything that the rule asks for."""
        return set(_wanted(self.check)) <= set(inputs)

    def run(self, inputs: Mapping[str, Any]) -> list[Problem]:
        """Return what the rule finds; inputs it does not name are not given to it."""
        return list(self.check(**{name: inputs[name] for name in _wanted(self.check)}))


@cache
def _wanted(check: Check) -> tuple[str, ...]:
    """Return what a rule asks for."""
    return tuple(inspect.signature(check).parameters)


def rule(code: str, name: str, level: Level) -> Callable[[Callable[..., Iterable[Found]]], Rule]:
    """Return a decorator that makes a rule of a function which yields what it found.

    The docstring is the rule's manual page; a function without one raises ValueError.
    """

    def made(function: Callable[..., Iterable[Found]]) -> Rule:
        manual = inspect.cleandoc(function.__doc__ or "")
        if not manual:
            raise ValueError(f"the rule {code} has no docstring: it is the rule's manual page")
        kind = Kind(code, name, level, manual)

        def check(**inputs: Any) -> Iterable[Problem]:
            for found in function(**inputs):
                place = (found.quote, found.nth, found.on_key)
                yield Problem(kind, found.message, found.path, *place, found.hint, found.span, file=found.file)

        check.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        return Rule((kind,), check)

    return made
