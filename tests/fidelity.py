"""What is typed against what is printed: cases whose every text is clinical notation, and both sides made comparable.

The text of a page is written back with the signs of its markup (emphasis gives its stars back, a superscript its carets).
Then it must be what was typed, but for the typography that docs/typography.md lists, which `folded` undoes on both sides.
It is written anew here and imports nothing of the reader that it checks.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from test_compose import Maker

from casewriter.model.base import AuthorText, Blocks
from casewriter.model.case import Case
from casewriter.model.walking import walk

NOTATION = (
    "HLA-B*58:01", "HLA-A*33:03", "CYP2C19*2/*17", "*1/*1", "*4", "TPMT*1/*3A", "DRB1*07:01", "5~10 mg", "~9 mm", "~2 g", "1h~2h",
    "10^9/L", "212 x 10^9/L", "4 × 10^3/µL", "10^-3", "2^n", "- 4", "-4", "−4", "– 4", "+ 2", "> 5", "< 0.05", ">5000 IU", "≥ 38.5 °C",
    "≤5", "p<0.001", "p = .04", "± 2", "+/- 3", "5 ± 2", "37-39", "12 - 15", "10–20%", "120/80", "5'10\"", "6' 2\"", "3\" scar", "4. stage",
    "12. rib", "1) drug", "a) alpha", "#", "# 3", "#2", "***", "---", "**", "*", "_", "__", "~", "^", "`", "``", "|", "||", "\\", "=", "== 5",
    "c.1521_1523del", "p.(Met1Val)", "p.Arg117*", "NM_000492.4:c.350_352dup", "c.88-2A>G", "g.(?_1)_(5_?)del", "46,XX,t(9;22)(q34;q11)",
    "IL-6", "CD4+", "CD4/CD8", "T-cell", "α-fetoprotein", "β₂", "µmol/L", "Δ", "μ", "10⁹/L", "Na⁺", "²", "½", "°", "→", "↑", "12.5 (H)",
    "12.5*", "2+", "++", "(+)", "1:640", "1/640", "S/CO", "[18F]FDG", "{n=3}", "(a)", "[b]", "a/b", "x_y", "IMG_0001", "@ 5 mg",
    "a@b", "A&B", "R&D", "AT&T", "<5", "x<y>z", "5 %", "$5", "US$ 10", "100%", "N/A", "...", "“so”", "‘so’", '"so"', "'so'", "it's", "—", "–",
    "86%-89%", "CA -125", "( - )", "5' UTR", "0 - 1 - 0", "‑", "ﬁndings", "a\u00a0b", "5\u202fmg", "حمى", "لا أستطيع", "שלום", "발열", "熱", "がん", "é", "Ångström", "ß", "naïve",
)  # fmt: skip
"""What clinicians type that a reader of markup may take for something else."""

MARKUP = (
    "*in vitro*",
    "_E. coli_",
    "**bold**",
    "***both***",
    "H~2~O",
    "10^9^/L",
    "CD4^+^",
    "^18^F",
    "PaCO~2~",
    "`code`",
    "*HLA-B*58:01*",
)
"""The documented inline markup."""

WORDS = ("fever", "the patient", "was given", "and", "of", "rash", "dose", "MRI", "in", "noted")


def clinical(rng: random.Random) -> str:
    """Return a line of words, notation and markup in any order, parted by spaces, stops or nothing."""
    pieces = [rng.choice(rng.choice((NOTATION, NOTATION, MARKUP, WORDS))) for _ in range(rng.randint(1, 9))]
    text = pieces[0]
    for piece in pieces[1:]:
        text += rng.choice((" ", " ", " ", ", ", "; ", ". ", "", "/", " (")) + piece
    return text


def narrative(rng: random.Random) -> str:
    """Return lines and paragraphs of clinical text: signs stand where lists, headings and quotations begin."""
    lines = [clinical(rng) for _ in range(rng.randint(1, 4))]
    return "".join(line + rng.choice(("\n", "\n\n")) for line in lines)


@dataclass(frozen=True)
class Typed:
    """A case whose texts are clinical notation, and each text by the token that stands before and behind it."""

    case: Case
    texts: dict[str, str]


def typed_case(seed: int, share: float) -> Typed:
    """Return the case of a seed; `share` of the optional keys is there."""
    rng = random.Random(seed)
    data = Maker(seed, share).case()
    kinds = {str(part): type(part) for _, part in walk(Case.model_validate(data)) if isinstance(part, AuthorText)}
    texts: dict[str, str] = {}

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        if value not in kinds or not re.fullmatch(r"zq\d+zq", value):
            return value
        texts[value] = (narrative if kinds[value] is Blocks else clinical)(rng)
        return f"{value} {texts[value]} {value}e"

    return Typed(Case.model_validate(filled(data)), texts)


_SIGNS = {"em": "*", "strong": "**", "sup": "^", "sub": "~", "code": "`"}
_BLOCKS = ("li", "blockquote", "h3", "h4", "td")


class _Page(HTMLParser):
    """Writes the text of a page with the signs of its markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "title"):
            self._skipped += 1
        made = "" if dict(attrs).get("class") in ("note-mark", "citation") else _SIGNS.get(tag, "")
        if tag in _BLOCKS:
            self.parts.append("\x01")
        if tag not in ("br", "meta", "img", "wbr", "link", "col"):
            self._open.append(made)
            self.parts.append(made)
        elif tag == "br":
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title"):
            self._skipped -= 1
        if tag not in ("br", "meta", "img", "wbr", "link", "col"):
            self.parts.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)


def with_signs(html: str) -> str:
    """Return the text of a page with the signs of its markup; \\x01 stands where an item, quotation or heading begins."""
    page = _Page()
    page.feed(html)
    return "".join(page.parts)


_FOLDS = (
    (re.compile(r"10\^(?=[-−–+]?\d)"), "10"),
    (re.compile("[“”„«»]"), '"'),
    (re.compile("[‘’‚]"), "'"),
    (re.compile("…"), "..."),
    (re.compile("[-‐\u2011–—−⁻]+"), "-"),
    (re.compile("_"), "*"),  # both mark italics
    (re.compile(r"\\(?=[\\`*_{}\[\]()>#+\-.!@|~^<\"'$])"), ""),
)


def folded(text: str) -> str:
    """Return a text without what typography may change: quotation marks, dashes, powers, spaces."""
    for pattern, plain in _FOLDS:
        text = pattern.sub(plain, text)
    return re.sub("`+", "`", re.sub(r"[\s\x01]", "", unicodedata.normalize("NFKC", text)))


def differences(typed: Typed, html: str) -> list[str]:
    """Return each text that a page shows otherwise than it was typed, with what is shown."""
    shown = with_signs(html)
    found = []
    for token, text in typed.texts.items():
        printed = re.findall(rf"(?is){token} ?(.*?)\s?{token}e", shown)
        found += [f"{text!r} is shown as {one!r}" for one in printed if not _same(text, one)]
    return found


def _same(text: str, shown: str) -> bool:
    """Return whether a text is shown as typed; where lists or headings are, but for the signs that begin their lines."""
    if folded(text) == folded(shown):
        return True
    if "\x01" not in shown:
        return False
    begun = re.findall(r"(?m)^[ \t]*([-*+>•]|#{1,6}|\d{1,3}[.)]|[a-z]\))(?=[ \t])", text)
    missing = Counter(folded(text)) - Counter(folded(shown))
    return not Counter(folded(shown)) - Counter(folded(text)) and not missing - Counter("".join(map(folded, begun)))
