"""Figures of a case as SVG text: its laboratory values, its timeline, its course with treatments and tests."""

from __future__ import annotations

from casewriter.plot.clinical import Drawn, clinical_course
from casewriter.plot.course import course
from casewriter.plot.laboratory import laboratory
from casewriter.plot.series import PlottedDose, PlottedEvent, PlottedPoint, PlottedTreatment, Track, Words
from casewriter.plot.sheet import PHONE, Sheet, printed
from casewriter.plot.spark import trend
from casewriter.plot.strip import Strip, StripEvent, listed, strip
from casewriter.plot.testrow import test_marks

__all__ = [
    "PHONE",
    "Drawn",
    "PlottedDose",
    "PlottedEvent",
    "PlottedPoint",
    "PlottedTreatment",
    "Sheet",
    "Strip",
    "StripEvent",
    "Track",
    "Words",
    "clinical_course",
    "course",
    "laboratory",
    "listed",
    "printed",
    "strip",
    "test_marks",
    "trend",
]
