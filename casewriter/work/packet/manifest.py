"""The list of what is in a packet, with hashes, and of what is not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from casewriter.problem import Level
from casewriter.profile import Profile
from casewriter.work.digest import case_digest
from casewriter.work.packet.packing import Packing
from casewriter.work.packet.piece import NotMade, Piece

NAME = "manifest.json"


def manifest(packing: Packing, pieces: Iterable[Piece], missing: Iterable[NotMade]) -> bytes:
    """Return the manifest as JSON, version 1: keys are only ever added."""
    report, profile = packing.checked.report, packing.opened.profile
    data: dict[str, Any] = {
        "version": 1,
        "case": packing.opened.file.slug,
        "case_hash": case_digest(packing.opened),
        "profile": profile.id,
        "journal": profile.name,
        "as_of": profile.as_of,
        "files": [_file(piece) for piece in pieces],
        "not_made": [{"role": one.role, "reason": one.reason} for one in missing],
        "left_to_you": list(to_do(profile)),
        "lint": {level.name.lower() + "s": report.count(level) for level in Level},
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def _file(piece: Piece) -> dict[str, Any]:
    return {
        "file": piece.name,
        "role": piece.role,
        "size": len(piece.data),
        "sha256": hashlib.sha256(piece.data).hexdigest(),
        "note": piece.note or None,
    }


def to_do(profile: Profile) -> Iterable[str]:
    """Yield what the journal asks that only a person can do."""
    if profile.files.template == "required":
        yield f"Use the Word template of {profile.name}: name it as word_template in a profile of your own."
    if profile.consent_form == "own":
        note = f": {profile.consent_form_note}" if profile.consent_form_note else ""
        yield f"Have the consent form of {profile.name} signed{note}."
    if profile.files.note:
        yield f"Files: {profile.files.note}."
    yield from profile.left


def hashes(data: bytes) -> dict[str, str]:
    """Return the hash of each file that a manifest names; nothing where it cannot be read."""
    try:
        files = json.loads(data)["files"]
        return {str(one["file"]): str(one["sha256"]) for one in files}
    except (ValueError, KeyError, TypeError):
        return {}
