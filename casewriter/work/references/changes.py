"""What a merge of references writes: into the case file or a file of references; and whether it can be read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from casewriter.bibliography.merge import Incoming, Merge
from casewriter.bibliography.writing import written
from casewriter.bibliography.writing.case_item import case_item
from casewriter.bibliography.writing.loss import loss
from casewriter.citation.library import Library, read_library
from casewriter.load import load
from casewriter.model.reference import Reference, ReferenceFile
from casewriter.problem import CannotRun
from casewriter.project import Opened, inside, shown
from casewriter.source import read
from casewriter.source.additions import COMMENT, append_items, fill_keys
from casewriter.source.edits import Edit, apply
from casewriter.source.tree import Mapping, Sequence

_FORMS = {".bib": "bibtex", ".ris": "ris", ".json": "csl-json"}


class Changes(Struct):
    """Files with their bytes before and after, by their real path; and what is to be said on standard error."""

    files: dict[Path, tuple[bytes, bytes]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def changes(case: Opened, plan: Merge, name: str | None) -> Changes:
    """Return what a merge changes: in the file `name` beside the case, or in the case file without one.

    Raises CannotRun where that cannot be written, or would not be read back as it was meant.
    """
    found = Changes()
    before = case.file.read()
    try:
        edits = [*_fills(case, plan, found), *_additions(case, plan, name, found)]
    except ValueError as error:
        raise CannotRun(f"{shown(case.file.path)}: {error}; add the references by hand, or with --into") from None
    if edits:
        found.files = {case.file.path.resolve(): (before, apply(before, edits)), **found.files}
    _hold(case, plan, found, into_case=name is None)
    return found


def _additions(case: Opened, plan: Merge, name: str | None, found: Changes) -> Iterator[Edit]:
    items: list[dict[str, Any]] = []
    whole = [reference for _, reference in plan.new if reference.placeholder is None]
    if name is not None and whole:
        target, before, after = _into_file(case, name, whole, found)
        found.files[target] = (before, after)
        folder = case.file.folder.resolve()
        entries = case.loaded.case.references if case.loaded.case else ()
        if target not in ((folder / entry.file).resolve() for entry in entries if isinstance(entry, ReferenceFile)):
            items.append({"file": target.relative_to(folder).as_posix()})
    # no format of other programs has a placeholder: it stays in the case
    items += [_item(*one) for one in plan.new if name is None or one[1].placeholder is not None]
    if items:
        yield append_items(case.source, "references", items, "references")


def _item(one: Incoming, reference: Reference) -> dict[str, Any]:
    if reference.placeholder is not None:
        return {"id": reference.id, "placeholder": reference.placeholder}
    comment = {COMMENT: "\n".join(("check against the source:", *one.doubts))} if one.doubts else {}
    return comment | case_item(reference)


def _fills(case: Opened, plan: Merge, found: Changes) -> Iterator[Edit]:
    for key, lacking in plan.filled.items():
        item = case.library.items.get(key)
        root = case.source.root
        if item is None or item.file is not None or not isinstance(root, Mapping):
            where = item.file if item else "what is added now"
            found.said.append(f"   {key} is in {where}; add these there: {', '.join(lacking)}")
            continue
        listed = root.entries["references"][1]
        node = listed.items[int(item.path[1])] if isinstance(listed, Sequence) else None
        if isinstance(node, Mapping):
            yield from fill_keys(case.source, node, lacking, key)


def _into_file(case: Opened, name: str, references: list[Reference], found: Changes) -> tuple[Path, bytes, bytes]:
    """Return the file of references with its bytes before and after."""
    form = _FORMS.get(Path(name).suffix.lower())
    if form is None:
        raise CannotRun(f"{name}: references are written to .bib, .ris and .json files")
    folder = case.file.folder.resolve()
    target = (folder / name).resolve()
    if Path(name).is_absolute() or name.startswith("~") or not target.is_relative_to(folder):
        raise CannotRun(f"{name}: the file is outside the case folder")
    before = target.read_bytes() if target.is_file() else b""
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotRun(f"{name}: the file is not UTF-8; save it as UTF-8 first") from None
    text = written(references, form)
    if lost := loss(references, text, form):
        found.said.append(f"{name} cannot hold: {lost}")
    if form == "csl-json" and before.strip():
        return target, before, _into_list(before, text)
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    return target, before, before + gap + text.encode()


def _into_list(before: bytes, added: str) -> bytes:
    """Return a JSON list with more items at its end, what stood there untouched."""
    place = before.rstrip().rfind(b"]")
    inner = before[: max(place, 0)].rstrip()
    if place < 0 or before[place + 1 :].strip() or not before.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        raise CannotRun("the .json file is not a list of references")
    comma = b"" if inner.endswith(b"[") else b","
    return inner + comma + b"\n" + added.strip()[1:-1].strip("\n").encode() + b"\n" + before[place:]


def _hold(case: Opened, plan: Merge, found: Changes, *, into_case: bool) -> None:
    """Read back what is to be written. Raises CannotRun where the case would lose or change anything."""
    library, problems = _read_back(case, found)
    items = library.items
    old = case.library.references
    new = {str(reference.id): reference for _, reference in plan.new}
    as_meant = (
        all(key in items for key in (*old, *new))
        and all(_dump(items[key].reference) == _dump(ref) for key, ref in old.items() if key not in plan.filled)
        and all(
            case_item(items[key].reference) == case_item(ref)
            for key, ref in new.items()
            if into_case or ref.placeholder
        )
        and all(
            case_item(old[key]).items() <= case_item(items[key].reference).items() for key in plan.filled if key in old
        )
    )
    if not as_meant or problems > len(case.source.problems) + len(case.loaded.problems):
        what = "the result could not be read back, so nothing was changed; add this by hand"
        raise CannotRun(f"{shown(case.file.path)}: {what}")


def _read_back(case: Opened, found: Changes) -> tuple[Library, int]:
    """Return the references as they would be after the changes, and the number of problems of the case file."""
    path, folder = case.file.path.resolve(), case.file.folder.resolve()
    after = {target: data for target, (_, data) in found.files.items()}
    source = read(after.get(path) or case.file.read(), shown(path))
    loaded = load(source)
    problems = len(source.problems) + len(loaded.problems)
    if loaded.case is None:
        return Library(), problems + 1
    files: dict[str, bytes] = {}
    for entry in loaded.case.references:
        if isinstance(entry, ReferenceFile):
            real = inside(folder, entry.file)
            data = after.get((folder / entry.file).resolve()) or (real.read_bytes() if real else None)
            files |= {entry.file: data} if data is not None else {}
    return read_library(loaded.case, files), problems


def _dump(reference: Reference) -> dict[str, Any]:
    """Return what a reference holds; a text that ended with the file now ends with its line."""
    held = reference.model_dump(exclude_defaults=True)
    return {key: value.rstrip("\n") if isinstance(value, str) else value for key, value in held.items()}
