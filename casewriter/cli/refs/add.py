"""`casewriter refs add`: references into a case or its file of references, every other byte as it was."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from casewriter.citation.library import Library, read_library
from casewriter.citation.reading.record import free_key, made_key
from casewriter.citation.works import Works
from casewriter.citation.writing import written
from casewriter.citation.writing.case_item import case_item
from casewriter.cli.refs.case import opened, the_case
from casewriter.cli.refs.sources import Incoming, gather
from casewriter.cli.writing import write
from casewriter.load import load
from casewriter.model.reference import Reference, ReferenceFile
from casewriter.problem import CannotRun
from casewriter.project import Opened, inside, shown
from casewriter.source import read
from casewriter.source.additions import append_items, fill_keys
from casewriter.source.edits import Edit, apply
from casewriter.source.tree import Mapping, Sequence

_FILLED = "PMID PMCID DOI volume issue page number issued container-title edition publisher publisher-place".split()
"""What a second record of a work may add to the first."""


@dataclass(slots=True)
class _Plan:
    """What is to be written: new references, and keys that references of the case lack."""

    new: list[tuple[Incoming, Reference]] = field(default_factory=list)
    filled: dict[str, dict[str, Any]] = field(default_factory=dict)


@click.command("add")
@click.argument("sources", nargs=-1, required=True)
@click.option("--case", "path", help="The case; without it the only one of the project.")
@click.option("--into", "name", help="A .bib, .ris or .json file of the case to write to, instead of the case file.")
@click.option("--diff", is_flag=True, help="Print what would change, and change nothing.")
def command(sources: tuple[str, ...], path: str | None, name: str | None, diff: bool) -> int:
    """Add references from SOURCES: files of any format, a pasted list (- reads it from the input), DOIs, PubMed ids.

    A work that the case has already is not added again; what its record lacks is filled in.
    """
    from casewriter.lookup import Services

    file = the_case(path)
    case = opened(file)
    found = gather(sources, Services())
    plan = _planned(found.incoming, case.library, own_keys=not (name or "").lower().endswith(".ris"))
    for line in found.refused:
        click.echo(f"refused {line}", err=True)
    try:
        changes = _changes(case, plan, name)
    except ValueError as error:
        raise CannotRun(f"{shown(file.path)}: {error}; add the references by hand, or with --into") from None
    _hold(case, plan, changes)
    for target, before, after in changes:
        if diff:
            old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after))
            click.echo("".join(difflib.unified_diff(old, new, shown(target), shown(target))), nl=False)
        else:
            write(target, after)
            click.echo(f"wrote {shown(target)}", err=True)
    click.echo(f"read {len(found.incoming)}, refused {len(found.refused)}, added {len(plan.new)}", err=True)
    return 1 if found.refused else 0


def _planned(incoming: Iterable[Incoming], library: Library, *, own_keys: bool) -> _Plan:
    plan = _Plan()
    works = Works((key, item.reference) for key, item in library.items.items() if not item.placeholder)
    known = {key: item.reference for key, item in library.items.items()}
    taken: Counter[str] = Counter(dict.fromkeys(library.items, 1))
    for one in incoming:
        if twin := works.find(one.reference):
            _told_again(one, *twin, known[twin[0]], plan)
            continue
        wanted = one.reference.id if own_keys and one.own_key and one.reference.id else made_key(one.reference.csl())
        key = free_key(wanted, taken)
        reference = one.reference.model_copy(update={"id": key})
        if not one.sure:
            reference = Reference.model_validate({"id": key, "placeholder": one.source})
        plan.new.append((one, reference))
        works.add(key, reference)
        known[key] = reference
        _tell(one, key)
    return plan


def _tell(one: Incoming, key: str) -> None:
    if one.sure:
        click.echo(f"{key}  {_short(one.reference)}  ({one.where})")
    else:
        click.echo(f"{key}  to be read by you: {one.source}  ({one.where})")
    for doubt in one.doubts:
        click.echo(f"   {doubt}")


def _told_again(one: Incoming, key: str, what: str, held: Reference, plan: _Plan) -> None:
    """Say that the case has a work already, what it lacks of it, and what the two say differently."""
    have, new = {**case_item(held), **plan.filled.get(key, {})}, case_item(one.reference)
    lacking = {name: new[name] for name in _FILLED if name in new and name not in have}
    click.echo(f"{key}  is there already (same {what})" + (f"; adds {', '.join(lacking)}" if lacking else ""))
    for name in _FILLED:
        if name in new and name in have and str(new[name]).casefold() != str(have[name]).casefold():
            click.echo(f"   {name}: {have[name]} in the case, {new[name]} in {one.where}")
    if lacking:
        plan.filled[key] = {**plan.filled.get(key, {}), **lacking}


def _short(reference: Reference) -> str:
    first = reference.author[0] if reference.author else None
    name = (first.family or first.literal or "") if first else ""
    year = str(reference.issued.year or reference.issued.literal or "") if reference.issued else ""
    return " ".join(filter(None, (name, year, reference.title or "")))[:100]


def _changes(case: Opened, plan: _Plan, name: str | None) -> list[tuple[Path, bytes, bytes]]:
    """Return the files that change, with their bytes before and after."""
    before = case.file.path.read_bytes()
    edits = list(_fills(case, plan))
    changes: list[tuple[Path, bytes, bytes]] = []
    new = [reference for _, reference in plan.new]
    if name is not None and new:
        changes.append(_into_file(case, name, new))
        listed = {getattr(entry, "file", None) for entry in case.loaded.case.references} if case.loaded.case else set()
        if name not in listed:
            edits.append(append_items(case.source, "references", [{"file": name}], "the file of references"))
    elif new:
        edits.append(append_items(case.source, "references", [_item(one, ref) for one, ref in plan.new], "references"))
    if edits:
        changes.insert(0, (case.file.path, before, apply(before, edits)))
    return changes


def _item(one: Incoming, reference: Reference) -> dict[str, Any]:
    if reference.placeholder is not None:
        return {"id": reference.id, "placeholder": reference.placeholder}
    item = case_item(reference)
    return {"#": f"check against the source: {'; '.join(one.doubts)}", **item} if one.doubts else item


def _fills(case: Opened, plan: _Plan) -> Iterable[Edit]:
    for key, lacking in plan.filled.items():
        item = case.library.items.get(key)
        root = case.source.root
        if item is None or item.file is not None or not isinstance(root, Mapping):
            where = item.file if item else "what is added now"
            click.echo(f"   {key} stands in {where}; add there: {', '.join(lacking)}", err=True)
            continue
        listed = root.entries["references"][1]
        node = listed.items[int(item.path[1])] if isinstance(listed, Sequence) else None
        if isinstance(node, Mapping):
            yield from fill_keys(case.source, node, lacking, key)


def _hold(case: Opened, plan: _Plan, changes: list[tuple[Path, bytes, bytes]]) -> None:
    """Read back what is to be written. Raises CannotRun where the case would lose or change anything."""
    after = {path: data for path, _, data in changes}
    source = read(after.get(case.file.path, case.file.path.read_bytes()), shown(case.file.path))
    loaded = load(source)
    wanted = {key: item.reference for key, item in case.library.items.items()}
    added = {str(reference.id): reference for _, reference in plan.new}
    if loaded.case is not None:
        files = {path.relative_to(case.file.folder).as_posix(): data for path, data in after.items()}
        names = [entry.file for entry in loaded.case.references if isinstance(entry, ReferenceFile)]
        held = {name: files.get(name) or _bytes(case.file.folder, name) for name in names}
        library = read_library(loaded.case, {name: data for name, data in held.items() if data is not None})
        same = [
            library.items[key].reference == ref
            for key, ref in wanted.items()
            if key not in plan.filled and key in library.items
        ]
        lost = [key for key in (*wanted, *added) if key not in library.items]
        worse = len(source.problems) + len(loaded.problems) > len(case.source.problems) + len(case.loaded.problems)
        if not lost and all(same) and not worse:
            return
    raise CannotRun(
        f"{shown(case.file.path)}: what would be written cannot be read back; nothing is changed; add by hand"
    )


def _bytes(folder: Path, name: str) -> bytes | None:
    path = inside(folder, name)
    return path.read_bytes() if path is not None else None


def _into_file(case: Opened, name: str, references: list[Reference]) -> tuple[Path, bytes, bytes]:
    forms = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}
    ending = Path(name).suffix.lower()
    if ending not in forms:
        raise CannotRun(f"{name}: references are written to .bib, .ris and .json files")
    folder = case.file.folder.resolve()
    target = folder / name
    if Path(name).is_absolute() or name.startswith("~") or not target.resolve().is_relative_to(folder):
        raise CannotRun(f"{name}: the file lies outside the case's folder")
    before = target.read_bytes() if target.is_file() else b""
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotRun(f"{name}: the file is not UTF-8; save it as UTF-8 first") from None
    text = written(references, forms[ending])
    if ending == ".json" and before.strip():
        return target, before, _into_list(before, text)
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    return target, before, before + gap + text.encode()


def _into_list(before: bytes, added: str) -> bytes:
    """Return a JSON list with more items at its end, what stood there untouched."""
    place = before.rstrip().rfind(b"]")
    inner = before[: max(place, 0)].rstrip()
    if place < 0 or before[place + 1 :].strip() or not before.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        raise CannotRun("the .json file is no list of references")
    comma = b"" if inner.endswith(b"[") else b","
    return inner + comma + b"\n" + added.strip()[1:-1].strip("\n").encode() + b"\n" + before[place:]
