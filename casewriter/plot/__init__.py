"""Two figures of a case as SVG text: its laboratory values and its course."""

from __future__ import annotations

from casewriter.plot.course import course
from casewriter.plot.laboratory import laboratory
from casewriter.plot.series import PlottedEvent, PlottedPoint, Track, Words

__all__ = ["PlottedEvent", "PlottedPoint", "Track", "Words", "course", "laboratory"]
