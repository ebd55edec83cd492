"""Pictures: opened, checked, and written anew so that nothing but the pixels is left."""

from __future__ import annotations

from casewriter.image.picture import KINDS, Picture, clean
from casewriter.image.traces import Traces, traces

__all__ = ["KINDS", "Picture", "Traces", "clean", "traces"]
