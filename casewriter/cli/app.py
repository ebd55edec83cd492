"""The command `casewriter`: which verbs there are, and what every run has in common."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from casewriter import __version__

VERBS = {
    "new": "write a new case file, with every section explained",
    "render": "render cases to HTML and PDF",
    "lint": "check a case and report every problem, with line and column",
    "checklist": "fill in the reporting checklist, with pages and lines",
    "consent": "write a blank form for the patient's consent to publication",
    "packet": "write all that a journal asks for into one folder",
    "refs": "add, list, check and convert references",
    "export": "write the references of a case as a file for other programs",
    "schema": "print the JSON Schema of the case format",
    "profile": "list journal profiles, show one, or compare two",
    "rule": "list the rules, or explain one",
    "templates": "list templates, or show which file is used",
    "doctor": "check this machine for missing requirements",
}


def everywhere() -> list[click.Option]:
    """Return the options that are allowed before or after any verb."""

    def note(ctx: click.Context, option: click.Parameter, value: bool) -> None:
        chosen: dict[str, bool] = ctx.ensure_object(dict)
        chosen[str(option.name)] = value or chosen.get(str(option.name), False)
        if option.name == "no_color" and value:
            ctx.color = False
        if option.name == "verbose" and value:
            import logging

            logging.basicConfig(format="%(message)s", level=logging.WARNING)
            logging.getLogger("casewriter").setLevel(logging.INFO)

    flags = (
        (("-q", "--quiet"), "Print errors only."),
        (("-v", "--verbose"), "Print each step."),
        (("--no-color",), "Print without colour."),
        (("--debug",), "Print a traceback when the program itself fails."),
    )
    return [
        click.Option(list(names), is_flag=True, expose_value=False, help=text, callback=note) for names, text in flags
    ]


class Verbs(click.Group):
    """Loads the module of a verb only when that verb runs."""

    verbs: dict[str, str] = VERBS
    package = "casewriter.cli"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order in which people meet them."""
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb."""
        del ctx
        if cmd_name not in self.verbs:
            return None
        command: click.Command = import_module(f"{self.package}.{cmd_name}").command
        own = {option for parameter in command.params for option in parameter.opts}
        command.params.extend(option for option in everywhere() if not own & set(option.opts))
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Return the verb that was asked for; an unknown one names the nearest."""
        if args and args[0] not in self.verbs and not args[0].startswith("-"):
            from difflib import get_close_matches  # bad usage is answered without importing the program

            near = get_close_matches(args[0].lower(), self.verbs, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "known: " + ", ".join(self.verbs)
            ctx.fail(f"unknown verb “{args[0]}”; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing any."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(list(self.verbs.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="casewriter %(version)s")
def cli() -> None:
    """Turn one YAML file into a clinical case report."""


cli.params.extend(everywhere())


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code: 0 clean, 1 problems, 2 could not run, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a look through every installed package, for nothing
    gc.disable()  # a run is short, and most of what it allocates are the classes of its imports
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Return the exit code of a command line."""
    try:
        code = cli.main(arguments, prog_name="casewriter", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if "--debug" in arguments:
            raise
        from casewriter.work.failures import reason

        click.echo(f"casewriter: {reason(error)}", err=True)
        return 2
    return code if isinstance(code, int) else 0
