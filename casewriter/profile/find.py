"""Finds a profile by its name and reads it with those that it extends."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casewriter.named import Chain, Collection, File, key_by_key
from casewriter.problem import CannotRun
from casewriter.profile.record import Profile
from casewriter.profile.wrong import check_id, check_plans, check_values, message_of
from casewriter.profile_parts.values import origins
from casewriter.resources import data_folder

PROFILES = Collection("profile", "profiles", data_folder("profiles"), listing="casewriter profile")


def find_profile(name: str, folders: Iterable[Path] = ()) -> Profile:
    """Return a profile by its id; `folders` are looked through first, then installed packages, then ours.

    Raises CannotRun when there is none, or when its file is wrong (with file, line and column).
    """
    chain = PROFILES.find(name, folders)
    check_id(chain, name)
    check_values(chain)
    try:
        profile = Profile.model_validate(_merged(chain))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise CannotRun(chain.place(tuple(detail["loc"]), message_of(detail))) from None
    check_plans(profile, chain)
    return _with_word_template(profile, chain)


def _merged(chain: Chain) -> dict[str, Any]:
    """Return what a profile and its parents say, with the origin of each value."""
    return reduce(_laid_over, reversed(chain.files), {})


def _laid_over(base: dict[str, Any], file: File) -> dict[str, Any]:
    merged = key_by_key(base, file)
    return merged | {"values": origins(file.name, file.data, merged, base.get("values", {}))}


def _with_word_template(profile: Profile, chain: Chain) -> Profile:
    """Return a profile with the place of its Word template, which lies beside the file that names it."""
    if profile.word_template is None:
        return profile
    file = chain.holding(("word_template",)).path.parent / profile.word_template
    if Path(profile.word_template).name != profile.word_template or not file.is_file():
        message = (
            f"there is no “{profile.word_template}” beside the profile; give the name of a .docx file in its folder"
        )
        raise CannotRun(chain.place(("word_template",), message))
    return profile.model_copy(update={"word_template": str(file)})


def all_profiles(folders: Iterable[Path] = ()) -> dict[str, Path]:
    """Return the file of every profile by id, the first found of each."""
    return PROFILES.names(folders)
