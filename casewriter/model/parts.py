"""The parts of a case that a paper tells: their names in profiles, their place in the file and in the paper.

The only list of them. Profiles name parts in `from`, the article has a function for each, and the back matter, the
counted words and the headings of parts without a place of their own follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from casewriter.problem import Path

Matter = Literal["front", "body", "declarations", "back"]
"""Where in a paper a part belongs. The words of the body alone count as words of the text."""


class Part(Struct, frozen=True):
    """A part of a case.

    `path` is where it is in the file, `beside` are other places that it tells. `heading` is the English one that it has
    where a profile gives it none (see `headings.yaml`). `within` names the part that stands for it and its siblings in
    a profile; one that is `implied` has no name of its own there.
    """

    name: str
    path: Path
    heading: str
    matter: Matter = "body"
    within: str = ""
    implied: bool = False
    beside: tuple[Path, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names in a profile that bring it: that of the part it is within, its own last."""
        return tuple(name for name in (self.within, "" if self.implied else self.name) if name)


def _part(name: str, heading: str, matter: Matter = "body", beside: tuple[Path, ...] = ()) -> Part:
    return Part(name, (name,), heading, matter, beside=beside)


def _inside(name: str, path: str, heading: str, within: str = "") -> Part:
    return Part(name, tuple(path.split(".")), heading, within=within)


PARTS: tuple[Part, ...] = (
    _part("introduction", "Introduction"),
    Part("observation_narrative", ("observation", "narrative"), "Case presentation", "body", "observation", True),
    _inside("patient", "observation.patient", "Patient information", "observation"),
    _inside("complaints", "observation.complaints", "Complaints", "observation"),
    _inside("history", "observation.history", "History", "observation"),
    _inside("past_interventions", "observation.history.past_interventions", "Past interventions", "observation"),
    _inside("examination", "observation.examination", "Clinical findings", "observation"),
    _part("others", "Other persons"),
    _part("timeline", "Timeline"),
    _part("labs", "Laboratory results"),
    _part("microbiology", "Microbiology"),
    _part("imaging", "Imaging"),
    _part("tests", "Other tests"),
    _part("pathology", "Pathology"),
    _part("genetics", "Genetics"),
    Part("diagnosis_narrative", ("diagnosis",), "Diagnosis", "body", "diagnosis", True),
    _inside("diagnosis.final", "diagnosis.final", "Diagnosis", "diagnosis"),
    _inside("diagnosis.differential", "diagnosis.differential", "Differential diagnosis", "diagnosis"),
    Part("diagnosis_rest", ("diagnosis",), "Diagnosis", "body", "diagnosis", True),
    _part("course", "Course"),
    _part("treatment", "Therapeutic intervention"),
    _part("operations", "Operative details"),
    _part("follow_up", "Follow-up"),
    _inside("outcomes", "follow_up.outcomes", "Outcomes"),
    _inside("adverse_events", "follow_up.adverse_events", "Adverse events"),
    _part("discussion", "Discussion"),
    _part("literature_search", "Literature search", beside=(("prior_cases",),)),
    _part("conclusion", "Conclusion"),
    _part("learning_points", "Learning points"),
    _part("highlights", "Highlights", "front"),
    _part("patient_perspective", "Patient perspective"),
    _part("consent", "Informed consent", "declarations"),
    _part("ethics", "Ethics approval", "declarations"),
    _part("registration", "Registration", "declarations"),
    _part("funding", "Funding", "declarations"),
    _part("competing_interests", "Competing interests", "declarations"),
    _part("contributions", "Author contributions", "declarations", beside=(("authors",),)),
    _part("guarantor", "Guarantor", "declarations"),
    _part("data_availability", "Data availability", "declarations"),
    _part("acknowledgements", "Acknowledgements", "declarations"),
    _part("prior_presentation", "Prior presentation", "declarations"),
    _part("ai_use", "Use of artificial intelligence", "declarations"),
    _part("abbreviations", "Abbreviations", "back"),
    _part("videos", "Videos", "back"),
    _part("supplements", "Supplementary material", "back"),
)
"""Every part, in the order in which those without a place in a profile are appended."""

NAMES = tuple(dict.fromkeys(name for part in PARTS for name in part.names))
"""The names that a section of a profile may give in `from`."""


WITH_RECORDS = tuple(
    "patient complaints history past_interventions examination observation others timeline labs microbiology imaging"
    " tests pathology genetics diagnosis.final diagnosis.differential diagnosis treatment operations follow_up outcomes"
    " adverse_events".split()
)
"""The names of parts that hold records, which a list or table prints where the prose does not tell them."""


@cache
def expanded(name: str) -> tuple[Part, ...]:
    """Return the parts that a name in a profile stands for."""
    return tuple(part for part in PARTS if name in part.names)


def heading_of(name: str) -> str:
    """Return the English heading of a part by its name in a profile."""
    return next((part.heading for part in PARTS if part.names[-1] == name), name)


@cache
def part_at(path: Path) -> Part | None:
    """Return the part that a place of the file belongs to, or None."""
    places = ((place, part) for part in PARTS for place in (part.path, *part.beside))
    around = ((len(place), part) for place, part in places if path[: len(place)] == place)
    return max(around, key=lambda found: found[0], default=(0, None))[1]


def matter_of(names: Iterable[str]) -> Matter:
    """Return where in a paper several parts belong together: in the body, where one of them does."""
    matters: dict[Matter, None] = dict.fromkeys(part.matter for name in names for part in expanded(name))
    return "body" if "body" in matters or not matters else next(iter(matters))
