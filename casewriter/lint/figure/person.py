"""FIG: pictures of a person need consent, and a bar over the eyes is not consent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casewriter.lint.figure.panels import panels
from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level

_BARRED = re.compile(
    r"\b(?:eyes?|face)\b[^.]{0,30}\b(?:mask\w*|bar(?:red)?|black(?:ed)?|blur\w*|cover\w*|obscur\w*|pixel\w*|hidden)\b"
    r"|\b(?:mask\w*|black(?:ed)?|blur\w*|pixel\w*|obscur\w*)\b[^.]{0,30}\b(?:eyes|face)\b|\bblack bar\b",
    re.IGNORECASE,
)
_FINDING = re.compile(r"\bface mask|\bmask[- ]like|\bblurred vision|\bswollen (?:eye)?lid", re.IGNORECASE)
_PHOTOGRAPH = re.compile(r"\bphoto(?!micro)|clinical picture|selfie", re.IGNORECASE)


@rule("FIG013", "person-without-consent", Level.ERROR)
def person_without_consent(case: Case) -> Iterator[Found]:
    """A picture shows a recognisable person, but consent to publish it is not stated.

    Remedy: `consent: {images: covered}` if the written consent covers pictures, or `shown_to_patient`. Source: ICMJE
    Recommendations, II.E.1 (an identifiable patient must be shown the manuscript); CARE item 13.
    """
    images = case.consent.images if case.consent else None
    for name, figure in case.figures.items():
        if figure.shows_person == "true" and images not in ("covered", "shown_to_patient"):
            path = ("figures", name, "shows_person")
            yield Found(
                "the figure shows a person, but consent to publish pictures is not stated",
                path,
                "write consent: images: covered",
            )


@rule("FIG014", "person-not-stated", Level.WARNING)
def person_not_stated(case: Case) -> Iterator[Found]:
    """A photograph does not say whether it shows a person.

    Only the author can tell. Remedy: `shows_person: false`, `part` (a part of the body) or `true` (a recognisable
    person). Source: 45 CFR 164.514(b)(2)(i)(Q), full-face photographs and comparable images; ICMJE Recommendations,
    II.E.1.
    """
    asked = set()
    for path, figure, panel in panels(case):
        modality = panel.modality or figure.modality or ""
        if figure.shows_person is None and _PHOTOGRAPH.search(modality) and path[1] not in asked:
            asked.add(path[1])
            yield Found(
                "it is not stated whether this photograph shows a person",
                path[:2],
                "write shows_person: false, part or true",
                on_key=True,
            )


@rule("FIG016", "eyes-masked", Level.WARNING)
def eyes_masked(case: Case) -> Iterator[Found]:
    """A caption or alt text says that eyes or face are masked, which does not protect the person.

    People are recognised by hair, ears, skin marks and surroundings. Remedy: crop to what the reader needs, and obtain
    consent for it. Source: ICMJE Recommendations, II.E.1 (“masking the eye region is inadequate”).
    """
    for path, _, panel in panels(case):
        for key in ("caption", "alt"):
            text = getattr(panel, key)
            found = _BARRED.search(text) if text and not _FINDING.search(text) else None
            if found:
                yield Found(
                    "masking eyes or face does not make a person unrecognisable",
                    (*path, key),
                    "crop the picture",
                    quote=found[0],
                )


RULES = (person_without_consent, person_not_stated, eyes_masked)
