"""Our CSL processor beside the reference implementation citeproc-js, over a corpus of references and journal styles.

`python tests/oracle.py NODE_MODULES` runs both and writes anew what is committed: the entries and clusters in which they
differ, and a small sample of what citeproc-js prints. Its licence keeps citeproc-js itself out of the repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csl_suite import added, html

from casewriter.citation.style import _styles_folder
from casewriter.csl.item import read_item
from casewriter.csl.locale import _folder, read_xml
from casewriter.csl.processor import listed, with_positions
from casewriter.csl.style import compile_style

DATA = Path(__file__).parent / "data" / "styles"
SAMPLED = ("watson1953", "gagnier2013", "a001", "a022", "b004", "b011", "b023", "page2021")
SAMPLED_CLUSTERS = (0, 2, 5, 8, 20, 42)
Printed = dict[str, str]
"""What a style prints: entries under their id, clusters under ``cluster 0`` …"""


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def theirs(styles: list[str], node_modules: str) -> dict[str, Printed]:
    """Return what citeproc-js prints."""
    items, clusters = read("corpus.json"), read("clusters.json")
    job = {"styles": styles, "items": items, "clusters": clusters, "language": "en-US"}
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder) / "job.json", Path(folder) / "out.json"
        given.write_text(json.dumps(job), encoding="utf-8")
        command = ["node", DATA / "oracle.js", node_modules, _styles_folder(), _folder(), given, got]
        subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=600)
        answers = json.loads(got.read_text(encoding="utf-8"))
    return {style: _printed(answers[style]) for style in styles if not answers[style].get("error")}


def _printed(answer: dict[str, Any]) -> Printed:
    labels = answer.get("labels") or {}
    printed = {key: normal(f"{labels.get(key, '')} {text}") for key, text in answer["entries"].items()}
    return printed | {f"cluster {n}": normal(text) for n, text in enumerate(answer["clusters"])}


def ours(style_name: str, keys: set[str]) -> Printed:
    """Return what our processor prints; `keys` are the entries that the other prints."""
    root = read_xml(_styles_folder() / f"{style_name}.csl")
    style = compile_style(root, "en-US")
    document = listed([read_item(record) for record in read("corpus.json")], style)
    entries = zip(document.order, document.entries(), strict=True)
    printed = {item.id: normal(html(text, style.quotes)) for item, text in entries if item.id in keys}
    clusters = [[document.cite(str(one["id"]), **added(one)) for one in cluster] for cluster in read("clusters.json")]
    with_positions(clusters)
    texts = [normal(html(document.cluster(cluster), style.quotes)) for cluster in clusters]
    return printed | {f"cluster {n}": text for n, text in enumerate(texts)}


def normal(text: str) -> str:
    """Return HTML without what is no difference: spaces, boxes, and how upright text in italics is written."""
    text = re.sub(r'<span style="baseline">(.*?)</span>', r"\1", text)
    text = re.sub(r"</?div[^>]*>", " ", text).replace("&#38;", "&").replace("&amp;", "&")
    return " ".join(text.split())


def same(one: str, other: str) -> bool:
    """Tell whether two prints agree; the number before an entry, which styles set in a column, is left out."""
    return _NUMBER.sub("", one) == _NUMBER.sub("", other)


_NUMBER = re.compile(r"^(?:<(?:sup|b|i)>)?[\[(]?\d+[.)\]]?(?:</(?:sup|b|i)>)?[.:]?\s*(?=[^\d\s])")


def differing(style: str, other: Printed) -> Iterator[str]:
    """Yield the entries and clusters in which we differ."""
    own = ours(style, set(other))
    yield from (key for key, text in other.items() if not same(text, own.get(key, "")))


def main(node_modules: str) -> None:
    names = read("styles.json")
    styles = [*names["numeric"], *names["author-date"]]
    printed = theirs(styles, node_modules)
    found = {style: sorted(differing(style, printed[style])) for style in styles if style in printed}
    lines = ",\n".join(f" {json.dumps(style)}: {json.dumps(keys)}" for style, keys in found.items() if keys)
    (DATA / "differences.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    keys = {*SAMPLED, *(f"cluster {n}" for n in SAMPLED_CLUSTERS)}
    sample = {
        style: {key: text for key, text in printed[style].items() if key in keys and key not in found[style]}
        for style in printed
    }
    lines = ",\n".join(
        f" {json.dumps(style)}: {json.dumps(texts, ensure_ascii=False)}" for style, texts in sample.items()
    )
    (DATA / "sample.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
