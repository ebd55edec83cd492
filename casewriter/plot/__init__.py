"""Figures of a case as SVG text: its laboratory values, its timeline, its course with treatments and tests.

What is drawn is here; how it is drawn is in `figures.py`, which is loaded when something is.
"""

from __future__ import annotations

from casewriter.plot.series import PlottedDose, PlottedEvent, PlottedPoint, PlottedTreatment, Track, Words

__all__ = ["PlottedDose", "PlottedEvent", "PlottedPoint", "PlottedTreatment", "Track", "Words"]
