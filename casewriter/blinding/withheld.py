"""What is withheld of a case: every author, where they work, who paid, who approved and who is thanked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from casewriter.blinding.folding import folded
from casewriter.blinding.person import Ordinary, Person
from casewriter.blinding.person import secrets as spellings
from casewriter.blinding.place import abbreviated, department, identifies, institution, named, short, words_of
from casewriter.blinding.secret import AFTER, BEFORE, Secret, code, edged, exact, hint, listed, phrase
from casewriter.lint.privacy.lexicon import is_term
from casewriter.lint.privacy.namelist import FAMILY_TOO, GIVEN, GIVEN_TOO, known
from casewriter.model.case import Case
from casewriter.model.reference import Reference

_LEAST_CODE = 5
"""Letters and digits that a number of digits alone must have, or it could be a value."""
_TITLED = (
    r"(?:Sister|Nurse|Matron|Schwester|Pfleger|"
    r"Dr(?:es)?|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Dra|Herrn?|Frau|Mme|Mlle|Dott(?:\.ssa)?|Sra?)\.?\s+"
)
_CAPITAL = r"[^\W\d_a-zß-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_NAMED = re.compile(
    rf"(?:{_TITLED})+(?:med\.\s+)?({_CAPITAL}\.?(?:\s+{_CAPITAL}\.?){{0,3}})|\b({_CAPITAL}(?:\s+{_CAPITAL}\.?){{1,3}})"
)


def authors(case: Case) -> tuple[Person, ...]:
    """Return the authors as people who must not be named."""
    return tuple(
        Person(one.given or "", one.family or "", f"author {number}")
        for number, one in enumerate(case.authors, start=1)
    )


def towns(case: Case) -> frozenset[str]:
    """Return the places of the affiliations, in small letters."""
    found = (name for one in case.affiliations.values() for name in (one.city, one.region, one.country))
    return frozenset(folded(name).lower() for name in found if name)


def withheld(case: Case, own: Iterable[Reference], ordinary: Ordinary) -> tuple[Secret, ...]:
    """Return everything that is withheld of a case; `own` are works of its authors."""
    found: dict[tuple[str, str], Secret] = {}
    for secret in _everything(case, own, ordinary):
        found.setdefault((secret.pattern, secret.judge), secret)  # two authors share a mail domain, two an institution
    return tuple(found.values())


def _everything(case: Case, own: Iterable[Reference], ordinary: Ordinary) -> Iterator[Secret]:
    for person in (*authors(case), *_others(case)):
        defined = person.initials in case.abbreviations
        yield from (one for one in spellings(person, ordinary) if not (defined and one.judge == "initials"))
    yield from _contacts(case)
    yield from _places(case, ordinary)
    yield from _ethics(case)
    yield from _money(case)
    for number, reference in enumerate(own, start=1):
        yield from _own_work(reference, f"own work {number}")


def _others(case: Case) -> Iterator[Person]:
    """Yield who is thanked, answers for the work or received money, unless they are authors."""
    known_ones = {folded(one.family).lower() for one in authors(case)}
    funds = case.funding.items if case.funding else ()
    said = [("a person who is thanked", case.acknowledgements), ("the guarantor", case.guarantor)]
    said += [("the recipient of an award", fund.recipient) for fund in funds]
    for who, text in said:
        for person in _named(text or "", who):
            if folded(person.family).lower() not in known_ones:
                yield person


def _named(text: str, who: str) -> Iterator[Person]:
    for found in _NAMED.finditer(text):
        parts = (found[1] or found[2]).split()
        first = parts[0].strip(".")
        if found[2] and (not known(first) & (GIVEN | GIVEN_TOO) or any(is_term(part) for part in parts)):
            continue
        if len(parts[-1].strip(".")) > 1:
            yield Person(" ".join(parts[:-1]), parts[-1], who)


def _contacts(case: Case) -> Iterator[Secret]:
    for number, one in enumerate(case.authors, start=1):
        who = f"author {number}"
        if one.email and "@" in one.email:
            yield from _mail(one.email.strip(), who)
        digits = re.sub(r"\D", "", one.phone or "")
        if len(digits) >= 6:
            pattern = r"[\s()./\-]*".join(digits[-8:])
            yield Secret(f"the telephone number of {who}", "telephone numbers", rf"{pattern}(?!\d)")
        if one.address:
            yield from _address(one.address, f"the address of {who}")
        orcid = re.sub(r"[^\dXx]", "", (one.orcid or "")[-19:])
        if len(orcid) == 16:
            pattern = "[-\\s]?".join(orcid[place : place + 4] for place in range(0, 16, 4))
            yield Secret(f"the ORCID iD of {who}", "ORCID iDs", pattern)


def _mail(address: str, who: str) -> Iterator[Secret]:
    name, _, host = address.partition("@")
    at = r"\s*(?:@|%40|[\[(]\s*at\s*[\])])\s*"
    yield Secret(f"the e-mail address of {who}", "e-mail addresses", rf"(?i:{re.escape(name)}{at}{re.escape(host)})")
    if host.lower() not in listed("mail"):
        what = f"the mail domain of {who}"
        yield Secret(what, "e-mail addresses", rf"(?<![\w-])(?i:{re.escape(host)})(?![\w-])", (host.lower(),))


def _address(text: str, what: str) -> Iterator[Secret]:
    yield Secret(what, "addresses", edged(phrase(text), text), hint(text))
    for line in re.split(r"\s*[,;\n]\s*", text):
        if len(words_of(line)) > 1 and re.search(r"\d", line) and re.search(r"[^\W\d_]{3}", line):
            yield Secret(what, "addresses", edged(phrase(line), line), hint(line))


def _places(case: Case, ordinary: Ordinary) -> Iterator[Secret]:
    around, texts = towns(case), [text for _, text in case.texts]
    for number, one in enumerate(case.affiliations.values(), start=1):
        what = f"the institution of affiliation {number}"
        if one.institution:
            yield from institution(one.institution, what, around, ordinary)
            yield from abbreviated(one.institution, texts, what)
            pattern = re.compile(phrase(one.institution))
            yield from (short(name, what) for name, said in case.abbreviations.items() if pattern.search(folded(said)))
        if one.city and len(one.city) > 3:
            yield Secret(
                f"the town of affiliation {number}", "towns", edged(exact(one.city), one.city), hint(one.city), "town"
            )
        if one.department:
            yield from department(one.department, f"the department of affiliation {number}")
        if one.street:
            yield from _address(one.street, f"the street of affiliation {number}")
        if one.ror:
            name = one.ror.rstrip("/").rsplit("/", 1)[-1]
            yield Secret(f"the ROR id of affiliation {number}", "ROR ids", edged(f"(?i:{re.escape(name)})", name))


def _ethics(case: Case) -> Iterator[Secret]:
    if case.ethics is None:
        return
    if case.ethics.board:
        yield from named(case.ethics.board, "the ethics board")
    if case.ethics.number:
        yield from _number(case.ethics.number, "the number of the ethics approval", "approval numbers")


def _number(text: str, what: str, kind: str) -> Iterator[Secret]:
    signs = re.findall(r"[^\W_]", text)
    mixed = any(sign.isdigit() for sign in signs) and any(sign.isalpha() for sign in signs)
    if len(signs) >= (_LEAST_CODE - mixed):
        yield Secret(what, kind, rf"(?<![^\W_])(?i:{code(text)})(?![^\W_])")


def _money(case: Case) -> Iterator[Secret]:
    for number, fund in enumerate(case.funding.items if case.funding else (), start=1):
        name = (fund.funder or fund.label or "").strip()
        parts = [part for part in re.split(r"\s*[,;]\s*", name) if part]
        for part in parts if len(parts) > 1 else ():
            if any(sign.isdigit() for sign in part):
                yield from _number(part, f"the award of funder {number}", "awards")
            elif len(words_of(part)) > 1:
                yield from named(part, f"funder {number}", "funders")
        if len(words_of(name)) > 1:
            yield from named(name, f"funder {number}", "funders")
        elif name and identifies(name):
            yield Secret(f"funder {number}", "funders", edged(phrase(name), name), hint(name), "fund")
        if fund.award:
            yield from _number(fund.award, f"the award of funder {number}", "awards")


def _own_work(reference: Reference, what: str) -> Iterator[Secret]:
    if reference.doi:
        name = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", reference.doi.strip(), flags=re.IGNORECASE)
        yield Secret(f"the DOI of {what}", "own works", f"(?i:{re.escape(name)})", (name.lower()[:7],))
    if reference.pmid and len(reference.pmid.strip()) > 5:
        yield Secret(f"the PubMed id of {what}", "own works", rf"(?<!\d){re.escape(reference.pmid.strip())}(?!\d)")
    if reference.pmcid:
        pattern = rf"(?i:pmc){re.escape(reference.pmcid.strip().upper().removeprefix('PMC'))}(?!\d)"
        yield Secret(f"the PubMed Central id of {what}", "own works", pattern)
    if reference.url and (parts := urlsplit(reference.url)).path.strip("/"):
        place = f"{parts.netloc}{parts.path}".rstrip("/")
        yield Secret(f"the address of {what}", "own works", f"(?i:{re.escape(place)})")
    if reference.title and len(words_of(reference.title)) > 4:
        pattern = f"{BEFORE}{phrase(re.sub('<[^>]*>|[{}]', '', reference.title))}{AFTER}"
        yield Secret(f"the title of {what}", "own works", pattern, hint(reference.title))


_TOO = GIVEN_TOO | FAMILY_TOO


def is_word_too(name: str) -> bool:
    """Return whether a name is a word as well, by the list of names or by ours."""
    return bool(known(name) & _TOO) or is_term(name) or folded(name).lower() in listed("ordinary")
