"""The figures that are drawn, each as SVG text; loaded when something is drawn."""

from __future__ import annotations

from casewriter.plot.clinical import Drawn, clinical_course
from casewriter.plot.course import course
from casewriter.plot.laboratory import laboratory
from casewriter.plot.sheet import PHONE, Sheet, printed
from casewriter.plot.spark import trend
from casewriter.plot.strip import Strip, StripEvent, listed, strip
from casewriter.plot.testrow import test_marks

__all__ = [
    "PHONE",
    "Drawn",
    "Sheet",
    "Strip",
    "StripEvent",
    "clinical_course",
    "course",
    "laboratory",
    "listed",
    "printed",
    "strip",
    "test_marks",
    "trend",
]
