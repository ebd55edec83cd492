"""What a rule is: a pure function that says what it needs by its parameters, and whose docstring is its manual page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casewriter.problem import Kind, Level, Problem

Check = Callable[..., Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the kinds of problem it can raise, and the function that looks.

    The function takes any of `case`, `source`, `profile`, `guideline`, `library`, `article`, by name.
    """

    kinds: tuple[Kind, ...]
    check: Check

    def run(self, inputs: Mapping[str, Any]) -> list[Problem]:
        """Return what the rule finds; inputs it does not name are not given to it."""
        wanted = inspect.signature(self.check).parameters
        return list(self.check(**{name: inputs[name] for name in wanted}))


def rule(code: str, name: str, level: Level) -> Callable[[Callable[..., Iterable[tuple[Any, ...]]]], Rule]:
    """Return a decorator that makes a rule of a function which yields (message, path, hint)."""

    def made(function: Callable[..., Iterable[tuple[Any, ...]]]) -> Rule:
        kind = Kind(code, name, level, inspect.cleandoc(function.__doc__ or ""))

        def check(**inputs: Any) -> Iterable[Problem]:
            for message, path, hint in function(**inputs):
                yield Problem(kind, message, path, hint=hint)

        check.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        return Rule((kind,), check)

    return made
