"""What a journal's profile is made of."""

from casewriter.profile_parts.asked import AiPlan, Deidentification, Override, Statement
from casewriter.profile_parts.base import ProfilePart
from casewriter.profile_parts.files import FigureFiles, FilesPlan
from casewriter.profile_parts.limits import Count, JournalLimits, TitleRules
from casewriter.profile_parts.sections import AbstractPlan, CitationPlan, Listed, SectionPlan
from casewriter.profile_parts.values import Confidence, Value

__all__ = [
    "AbstractPlan",
    "AiPlan",
    "CitationPlan",
    "Confidence",
    "Count",
    "Deidentification",
    "FigureFiles",
    "FilesPlan",
    "JournalLimits",
    "Listed",
    "Override",
    "ProfilePart",
    "SectionPlan",
    "Statement",
    "TitleRules",
    "Value",
]
