"""What an exporter is: a pure function that says what it needs by its parameters, and returns the bytes of files."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from casewriter import plugins
from casewriter.article.paper import Article
from casewriter.problem import CannotRun, Problem, did_you_mean

_SUFFIX = re.compile(r"[-\w]*(?:\.[-\w]+)+")


class Output(Struct, frozen=True):
    """One file: the suffix of its name, such as ``.pdf`` or ``-figure-1.tiff``, and its bytes."""

    suffix: str
    data: bytes


def _several(made: Any) -> tuple[Any, ...]:
    """Return the files that an exporter returned; nothing where it returned something else."""
    return tuple(made) if isinstance(made, Iterable) and not isinstance(made, str) else ()


Export = Callable[..., bytes | Iterable[Output]]


class Exporter(Struct, frozen=True):
    """A format that a case is rendered to.

    `text` returns the text of a file, by which it is checked that it holds every word of the article; without it,
    nothing is checked. Where it `describes`, this text holds the alternative texts of pictures; where it is `exact`, no
    page divides it, and each text of the article is in it in one piece. `remarks` yields what else is wrong with an
    article in this format. Called like the function that it was made of, it returns what this returns.
    """

    name: str
    suffix: str
    export: Export
    text: Callable[[bytes], str] | None = None
    remarks: Callable[[Article], Iterable[Problem]] | None = None
    describes: bool = False
    exact: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """What it asks for: its parameters without a default."""
        several = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        parameters = inspect.signature(self.export).parameters.values()
        return tuple(one.name for one in parameters if one.default is one.empty and one.kind not in several)

    def __call__(self, *inputs: Any, **named: Any) -> bytes | Iterable[Output]:
        """Return the bytes of the file, or several files."""
        return self.export(*inputs, **named)

    def run(self, inputs: Mapping[str, Callable[[], Any]]) -> tuple[Output, ...]:
        """Return the files. `inputs` gives each thing that may be asked for when it is called.

        Raises CannotRun when the exporter asks for something else, or names a file as no file is named.
        """
        for name in self.wanted:
            if name not in inputs:
                hint = did_you_mean(name, inputs) or "known: " + ", ".join(inputs)
                raise CannotRun(f"the exporter “{self.name}” asks for “{name}”; {hint}")
        made: Any = self.export(**{name: inputs[name]() for name in self.wanted})
        outputs = (Output(self.suffix, made),) if isinstance(made, bytes) else _several(made)
        if not outputs or not all(isinstance(output, Output) for output in outputs):
            raise CannotRun(f"the exporter “{self.name}” returned no file; return bytes, or one Output or more")
        for output in outputs:
            if not _SUFFIX.fullmatch(output.suffix):
                raise CannotRun(f"the exporter “{self.name}” names a file “{output.suffix}”; write a suffix like .txt")
        return outputs


def exporter(
    name: str,
    *,
    suffix: str,
    text: Callable[[bytes], str] | None = None,
    remarks: Callable[[Article], Iterable[Problem]] | None = None,
    describes: bool = False,
    exact: bool = False,
) -> Callable[[Export], Exporter]:
    """Return a decorator that makes an exporter of a function; see `Exporter`.

    The parameters of the function say what it is given:

    - `article`: the case told as a paper (`casewriter.article.paper.Article`)
    - `case`: the case as data (`casewriter.model.case.Case`)
    - `template`: the layout (`casewriter.template.Template`); the names of files then end in the template's suffix
    - `report`: what lint says of the case (`casewriter.lint.run.Report`)
    - `pages`: where in the PDF each part of the case is printed (`casewriter.export.places.Places`)
    - `pictures`: a function from a picture to the same at print resolution (`casewriter.export.raster.raster`)
    - `stem`: how the names of the files begin, for a file that names another
    - `reference`: a function that returns the bytes of a Word file whose styles and page are wanted, or None

    It returns bytes, or several `Output`. It writes nothing and reads nothing but what it is given.
    """
    return lambda function: Exporter(name, suffix, function, text, remarks, describes, exact)


def formats() -> tuple[str, ...]:
    """Return the names of all formats, ours and those of installed packages; none is imported."""
    return plugins.names("exporters")


def find_exporter(name: str) -> Exporter:
    """Return the exporter of a format. Raises CannotRun for an unknown format, or one that cannot be loaded."""
    if name not in formats():
        hint = did_you_mean(name, formats()) or "known: " + ", ".join(formats())
        raise CannotRun(f"unknown format “{name}”; {hint}")
    found = plugins.load_one("exporters", name)
    if isinstance(found, Problem):
        raise CannotRun(found.message)
    if not isinstance(found, Exporter):
        raise CannotRun(f"the package that brings the format “{name}” declares no exporter; decorate it with @exporter")
    return found
