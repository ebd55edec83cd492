"""`casewriter refs`: the references of a case, from and to the files that other programs hold."""

from __future__ import annotations

import sys

import click

from casewriter.cli.app import Verbs

VERBS = {
    "add": "add references from files, a pasted list, DOIs or PubMed ids",
    "list": "list the references of a case, and what is cited",
    "check": "check references for missing fields; with --online, compare them with Crossref and PubMed",
    "convert": "print the references of files in another format",
}


class _Refs(Verbs):
    verbs = VERBS
    package = "casewriter.cli.refs"


@click.group("refs", cls=_Refs)
def command() -> None:
    """Add, list, check and convert references."""


def from_input() -> bytes:
    """Return what is typed or piped in: the source of references that is named “-”."""
    return sys.stdin.buffer.read()
