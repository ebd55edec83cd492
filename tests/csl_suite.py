"""Fixtures of the public CSL test suite: read and run with our processor, its answer in the HTML that they expect."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from casewriter.csl.finish import Quotes, runs
from casewriter.csl.item import read_item
from casewriter.csl.processor import ListedItems, listed
from casewriter.csl.style import compile_style

_HTML = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "smallcaps": ('<span style="font-variant:small-caps;">', "</span>"),
    "normalcaps": ('<span style="font-variant:normal;">', "</span>"),
    "roman": ('<span style="font-style:normal;">', "</span>"),
    "light": ('<span style="font-weight:normal;">', "</span>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
    "nounderline": ('<span style="text-decoration:none;">', "</span>"),
    "baseline": ('<span style="baseline">', "</span>"),
}


def sections(path: Path) -> dict[str, str]:
    """Return the parts of a fixture by name."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r">>=+ ([A-Z-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", text, re.DOTALL)
    return dict(found)


def runnable(parts: dict[str, str]) -> bool:
    """Tell whether a fixture asks for what we do: no interactive session, no filtered list."""
    return parts["MODE"].strip() in ("citation", "bibliography") and not {
        "CITATIONS",
        "BIBSECTION",
        "BIBENTRIES",
    } & set(parts)


def answer(parts: dict[str, str]) -> str:
    """Return what our processor makes of a fixture."""
    root = ElementTree.fromstring(parts["CSL"])
    style = compile_style(root, "en-US")
    items = [read_item(record) for record in json.loads(parts["INPUT"])]
    document = listed(items, style)
    if parts["MODE"].strip() == "bibliography":
        entries = [html(text, style.quotes) for text in document.entries()]
        body = "\n".join(f'  <div class="csl-entry">{entry}</div>' for entry in entries)
        return f'<div class="csl-bib-body">\n{body}\n</div>'
    clusters = json.loads(parts["CITATION-ITEMS"]) if "CITATION-ITEMS" in parts else [[{"id": i.id} for i in items]]
    return "\n".join(html(_cluster(document, cluster), style.quotes) for cluster in clusters)


def _cluster(document: ListedItems, cluster: list[dict[str, Any]]) -> str:
    return document.cluster([document.cite(str(one["id"]), **added(one)) for one in cluster])


def added(one: dict[str, Any]) -> dict[str, Any]:
    added = {k: str(one[k]) for k in ("locator", "label", "prefix", "suffix") if one.get(k)}
    positions = {0: "first", 1: "subsequent", 2: "ibid", 3: "ibid-with-locator"}
    if "position" in one:
        added["position"] = positions[int(one["position"])]
    if one.get("suppress-author"):
        added["suppress_lead"] = True
    if one.get("near-note"):
        added["near_note"] = True
    return added


def html(text: str, quotes: Quotes) -> str:
    """Return a marked text as the HTML that the reference implementation writes."""
    whole, active = "", ()
    for part, asked in [*runs(text, quotes), ("", ())]:
        styles = tuple(s for s in asked if s in _HTML)
        same = 0
        while same < min(len(active), len(styles)) and active[same] == styles[same]:
            same += 1
        whole += "".join(_HTML[s][1] for s in reversed(active[same:])) + "".join(_HTML[s][0] for s in styles[same:])
        whole += part.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;")
        active = styles
    return whole
