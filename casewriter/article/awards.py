"""Funding as data: who gave the money, the number of the grant, who received it."""

from __future__ import annotations

from casewriter.article.builder import Builder
from casewriter.article.paper import Award
from casewriter.article.walk import plain


def awards(make: Builder) -> tuple[Award, ...]:
    """Return each source of money that names a funder."""
    funds = make.case.funding.items if make.case.funding else ()
    found = []
    for number, fund in enumerate(funds):
        path = ("funding", "items", number)
        funder, recipient = (plain(make.said(getattr(fund, k), (*path, k))) for k in ("funder", "recipient"))
        if funder:
            found.append(Award(funder, fund.award or "", recipient))
    return tuple(found)
