"""A journal's profile, read from data: headings, order, layout, citation style; resolves `extends`."""

from casewriter.profile.find import PROFILES, all_profiles, find_profile
from casewriter.profile.record import Profile
from casewriter.profile.wrong import ABSTRACT_PARTS

__all__ = ["ABSTRACT_PARTS", "PROFILES", "Profile", "all_profiles", "find_profile"]
