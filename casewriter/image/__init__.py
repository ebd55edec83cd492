"""Pictures: opened, checked, and rewritten so that nothing but the pixels is left."""

from __future__ import annotations

from casewriter.image.kinds import KINDS
from casewriter.image.look import remarks
from casewriter.image.picture import Picture, clean
from casewriter.image.traces import Traces, traces

__all__ = ["KINDS", "Picture", "Traces", "clean", "remarks", "traces"]
