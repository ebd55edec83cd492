"""A JATS document of a case, read with the standard library alone; and the DTD of JATS 1.3, where there is one.

The DTD (public domain, NLM) is not part of the project: set CASEWRITER_JATS_DTD to JATS-journalpublishing1-3.dtd, or have
it in `../shared/schemas/jats-publishing-1.3`.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from stress import PUBLISHED, ROOT, source

from casewriter.article.compose import compose
from casewriter.article.paper import Article
from casewriter.citation import read_library
from casewriter.export.jats import export
from casewriter.image import Picture
from casewriter.model.case import Case
from casewriter.profile import find_profile
from casewriter.project import case_file, open_case
from casewriter.work.check import compose_opened

_BESIDE = ROOT.parent / "shared"
_SCHEMA = _BESIDE / "schemas" / "jats-publishing-1.3" / "JATS-journalpublishing1-3.dtd"
DTD = os.environ.get("CASEWRITER_JATS_DTD", "") or (str(_SCHEMA) if _SCHEMA.is_file() else "")
needs_dtd = pytest.mark.skipif(not DTD, reason="no DTD of JATS 1.3: set CASEWRITER_JATS_DTD")
_WRITTEN = sorted((ROOT / "tests" / "data" / "literature").glob("*/case.yaml"))
_TRUTH = sorted((_BESIDE / "truth").glob("*/case.yaml"))
SPECIMENS = (*PUBLISHED, "stress", *(str(file) for file in (*_WRITTEN, *_TRUTH)))
"""Cases by name, or by their file."""
HREF = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PIXELS = Picture(b"\x89PNG\r\n\x1a\n", "image/png", 1, 1)


class Jats:
    """A document, and the files beside it by name."""

    def __init__(self, article: Article, stem: str = "x", raster: Any = lambda picture, width: PIXELS) -> None:
        self.article = article
        made = export(article, stem, raster)
        self.files = {f"{stem}{output.suffix}": output.data for output in made}
        self.data = made[0].data
        self.root = ET.fromstring(self.data)
        self.parents = {inner: outer for outer in self.root.iter() for inner in outer}

    def all(self, path: str) -> list[ET.Element]:
        """Return the elements at a path anywhere in the document."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> ET.Element:
        """Return the only element at a path."""
        (found,) = self.all(path)
        return found

    def texts(self, path: str) -> list[str]:
        """Return the text of each element at a path."""
        return [text(one) for one in self.all(path)]

    def shape(self, element: ET.Element) -> str:
        """Return an element as text, without the lines between its elements."""
        written = ET.tostring(element, encoding="unicode")
        return " ".join(written.split()).replace("> <", "><")

    def mistakes(self) -> list[str]:
        """Return where the document is not as the DTD has it."""
        dtd = grammar()
        dtd.validate(etree.fromstring(self.data))
        return [f"{error.line}: {error.message}" for error in dtd.error_log.filter_from_errors()]

    def addresses(self) -> list[str]:
        """Return the names of the files that pictures are in."""
        return [unquote(one.get(HREF, "")) for one in self.all("graphic")]


@cache
def grammar() -> Any:
    return etree.DTD(DTD)


def text(element: ET.Element) -> str:
    return "".join(element.itertext())


@cache
def specimen(name: str) -> Jats:
    """Return the document of a specimen."""
    file = source(name) if not name.endswith(".yaml") else Path(name)
    return Jats(compose_opened(open_case(case_file(file, None), None), "article").article)


def jats(case: dict[str, Any], profile: str = "generic-care", **pictures: Picture) -> Jats:
    """Return the document of a case; `pictures` are those of files such as ``a`` for ``a.png``."""
    return Jats(composed(case, profile, **pictures))


def composed(case: dict[str, Any], profile: str = "generic-care", **pictures: Picture) -> Article:
    read = Case.model_validate({"format": "1"} | case)
    files = {f"{name}.png": picture for name, picture in pictures.items()}
    return compose(read, find_profile(profile), read_library(read, {}), files, layout="article").article
