"""`casewriter doctor`: what this machine has and what is missing."""

from __future__ import annotations

import platform

import click


@click.command("doctor")
def command() -> int:
    """Check this machine for what PDF output needs, and show how to install what is missing."""
    from casewriter import __version__
    from casewriter.export.weasy import install_line, missing_libraries, weasyprint
    from casewriter.problem import CannotRun
    from casewriter.resources import font_files, templates_folder

    lacking = []
    _say(True, f"casewriter {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    _say(templates_folder().is_dir(), f"templates in {templates_folder()}")
    fonts = font_files()
    _say(bool(fonts), f"{len(fonts)} font files" if fonts else "no fonts: pip install rendercv-fonts")
    missing = missing_libraries()
    try:
        version = weasyprint().__version__
        _say(True, f"WeasyPrint {version}, Pango found")
    except CannotRun as error:
        lacking.append("pdf")
        _say(False, str(error))
    if missing and not lacking:
        _say(
            False,
            f"not found: {', '.join(missing)}; PDFs are still written, but with different bytes: {install_line()}",
        )
    if not fonts or not templates_folder().is_dir():
        lacking.append("package")
    return 2 if lacking else 0


def _say(good: bool, text: str) -> None:
    mark = click.style("ok     ", fg="green") if good else click.style("missing", fg="red", bold=True)
    click.echo(f"{mark} {text}")
