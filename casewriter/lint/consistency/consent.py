"""DATA: consent that was given to another version of the text and the pictures than the present one."""

from __future__ import annotations

from collections.abc import Iterator

from casewriter.lint.rule import Found, rule
from casewriter.model.case import Case
from casewriter.problem import Level


@rule("DATA050", "consent-to-another-version", Level.WARNING)
def consent_to_another_version(case: Case, version: str) -> Iterator[Found]:
    """The text or the pictures have changed since the version that the patient saw and signed for.

    `consent.publication.version` is the version on the signed form. It stands for everything that the case says and
    shows of the patient: title, texts, data, tables, pictures with their captions and descriptions, keywords,
    acknowledgements. Not counted are authors, affiliations, contributions, guarantor, funding, competing interests,
    ethics, registration, data availability and the use of AI; references and the letter; the consent itself; comments,
    layout and settings.

    Remedy: show the patient the present version (`casewriter consent` makes the form for it), then write its version.
    If only wording has changed that says nothing new of the patient, decide whether the patient needs to see it, and
    write the present version. Sources: ICMJE Recommendations, II.E.1 (the patient is shown the manuscript to be
    published); COPE, Journals' best practices for ensuring consent for publishing medical case reports (2016).
    """
    publication = case.consent.publication if case.consent else None
    seen = publication.version if publication else None
    if seen and version and seen != version:
        yield Found(
            f"the text or the pictures have changed since version {seen}, for which the patient gave consent",
            ("consent", "publication", "version"),
            f"show the patient the present version; when it is signed for, write version: {version}",
        )


RULES = (consent_to_another_version,)
