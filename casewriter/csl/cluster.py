"""Clusters: the cites of one pair of brackets, sorted, grouped and collapsed as the style asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from casewriter.csl.field import field
from casewriter.csl.item import Cite
from casewriter.csl.locale import CSL
from casewriter.csl.style import CompiledStyle, sorted_cites
from casewriter.csl.text import cite as cite_marks
from casewriter.csl.text import font, join, plain, styled


class _Piece(Struct):
    """One printed cite of a cluster, with what comes before it."""

    text: str
    delimiter: str | None = None


def cluster_text(cites: Sequence[Cite], style: CompiledStyle, *, as_written: bool = False) -> str:
    """Return a cluster with the affixes of its layout; each cite is marked with its place in `cites`.

    With `as_written` a cluster that holds the author's words, ``see @a, p. 12; cf. @b``, keeps their order and its
    semicolons: sorted, “see … cf.” turns round, and after a comma a place reads as another number. CSL and the
    reference implementation do neither.
    """
    places = {id(cite): place for place, cite in enumerate(cites)}
    kept = as_written and any(cite.prefix for cite in cites)
    ordered = _sorted(cites, style) if len(cites) > 1 and not kept else list(cites)
    layout = style.citation.find(f"{CSL}layout")
    delimiter = layout.get("delimiter", "")
    if as_written and delimiter.strip() in ("", ",") and any(_runs_on(cite, style, places) for cite in cites):
        delimiter = "; "
    collapse = style.citation.get("collapse")
    if collapse == "citation-number":
        pieces = _numbers(ordered, style, places)
    elif collapse or style.citation.get("cite-group-delimiter") is not None:
        pieces = _grouped(ordered, style, places, collapse)
    else:
        pieces = [_Piece(_cite(cite, style, places)) for cite in ordered]
    whole = ""
    for piece in pieces:
        if piece.text:
            between = delimiter if piece.delimiter is None else piece.delimiter
            whole = join(join(whole, between), piece.text) if whole else piece.text
    whole = join(join(layout.get("prefix", ""), whole), layout.get("suffix", "")) if whole else ""
    return styled(whole, font(dict(layout.attrib)))


def _sorted(cites: Sequence[Cite], style: CompiledStyle) -> list[Cite]:
    """Return cites in the order of the style; given names that only tell cites apart do not count."""
    bare = [replace(cite, given_levels={}) for cite in cites]
    of = {id(one): cite for one, cite in zip(bare, cites, strict=True)}
    return [of[id(one)] for one in sorted_cites(bare, style.citation_sort)]


def _cite(cite: Cite, style: CompiledStyle, places: dict[int, int]) -> str:
    cite.fresh()
    text = style.cite_text(cite)
    text = cite_marks(text, places[id(cite)])
    return with_affixes(text, cite)


def _runs_on(cite: Cite, style: CompiledStyle, places: dict[int, int]) -> bool:
    """Return whether what follows a cite after a comma would read as a part of it: words, or a place in no brackets."""
    return bool(cite.prefix or cite.suffix) or (
        bool(cite.locator) and plain(_cite(cite, style, places))[-1:] not in ")]"
    )


def with_affixes(text: str, cite: Cite) -> str:
    """Return a cite between what its author wrote before and after it."""
    prefix, suffix = field(cite.prefix), field(cite.suffix)
    if prefix and not prefix.endswith((" ", "\u00a0", "(", "[", "“", "/", "–", "—", "’", "'")):
        prefix += " "
    if (suffix and suffix[0].isalnum()) or suffix[:1] in ("(", "[", "–", "—"):
        suffix = f" {suffix}"
    return join(join(prefix, text), suffix) if text else join(prefix, suffix)


def _numbers(cites: list[Cite], style: CompiledStyle, places: dict[int, int]) -> list[_Piece]:
    """Return pieces in which runs of three and more become ``1–3``; a cite with a locator or affixes is alone."""
    pieces: list[_Piece] = []
    run: list[Cite] = []

    def close() -> None:
        if len(run) > 2:
            first, last = _cite(run[0], style, places), _cite(run[-1], style, places)
            pieces.append(_Piece(first))
            pieces.append(_Piece(last, "–"))
        else:
            pieces.extend(_Piece(_cite(cite, style, places)) for cite in run)
        run.clear()

    for cite in cites:
        bare = not (cite.prefix or cite.suffix) and (not cite.locator or _unseen(cite, style))
        if run and not (bare and cite.number == run[-1].number + 1):
            close()
        run.append(cite)
        if not bare:
            close()
    close()
    after = style.citation.get("after-collapse-delimiter")
    if after is not None:
        for number, piece in enumerate(pieces[1:], start=1):
            if pieces[number - 1].delimiter == "–" and piece.delimiter is None:
                piece.delimiter = after
    return pieces


def _unseen(cite: Cite, style: CompiledStyle) -> bool:
    """Return whether the style prints no locators."""
    without = replace(cite, locator="")
    cite.fresh()
    without.fresh()
    return style.cite_text(cite) == style.cite_text(without)


def _grouped(cites: list[Cite], style: CompiledStyle, places: dict[int, int], collapse: str | None) -> list[_Piece]:
    """Cites of the same names come together; with collapse the names are printed once."""
    layout = style.citation.find(f"{CSL}layout")
    between = style.citation.get("cite-group-delimiter")
    by_suffix = bool(collapse and collapse.startswith("year-suffix"))
    group_delimiter = between if between is not None else (layout.get("delimiter", "") if by_suffix else ", ")
    after = style.citation.get("after-collapse-delimiter", layout.get("delimiter", ""))
    pieces: list[_Piece] = []
    collapsed_before = False
    for group in _groups(cites, style, once=by_suffix):
        own = [_Piece(_cite(group[0], style, places))]
        if collapse and len(group) > 1:
            own += _collapsed(group, style, places, collapse, group_delimiter)
        else:
            own += [_Piece(_cite(cite, style, places), group_delimiter) for cite in group[1:]]
        if pieces and collapsed_before:
            own[0].delimiter = after
        collapsed_before = bool(collapse) and len(group) > 1
        pieces += own
    return pieces


def _groups(cites: list[Cite], style: CompiledStyle, *, once: bool) -> list[list[Cite]]:
    """Return the cites of the same names, neighbours unless the style sorts; `once`: a cite said twice appears once."""
    groups: list[tuple[str, list[Cite]]] = []
    for cite in cites:
        cite.fresh()
        style.cite_text(cite)
        names = plain(cite.lead[1]) if cite.lead else ""
        near = groups if style.citation_sort and names else groups[-1:]
        group = next((members for said, members in near if said == names), None)
        if group is None:
            groups.append((names, [cite]))
        elif not once or cite.locator or cite.prefix or cite.suffix or all(c.item.id != cite.item.id for c in group):
            group.append(cite)
    return [group for _, group in groups]


def _collapsed(
    group: list[Cite], style: CompiledStyle, places: dict[int, int], collapse: str, delimiter: str
) -> list[_Piece]:
    suffix_delimiter = style.citation.get("year-suffix-delimiter", delimiter)
    after = style.citation.get("after-collapse-delimiter", delimiter)
    pieces: list[_Piece] = []
    last_year = _year(group[0], style)
    for before, cite in pairwise(group):
        year = _year(cite, style)
        by_suffix = collapse.startswith("year-suffix") and year == last_year and cite.year_suffix and before.year_suffix
        if by_suffix and not before.locator and not before.suffix and not cite.prefix:
            text = with_affixes(cite_marks(cite.year_suffix, places[id(cite)]), cite)
            pieces.append(_Piece(text, suffix_delimiter))
        else:
            pieces.append(_Piece(_lone(cite, style, places), after if before.locator else delimiter))
        last_year = year
    return _ranged(group, pieces) if collapse == "year-suffix-ranged" else pieces


def _lone(cite: Cite, style: CompiledStyle, places: dict[int, int]) -> str:
    bare = replace(cite, suppress_lead=True)
    bare.fresh()
    return with_affixes(cite_marks(style.cite_text(bare), places[id(cite)]), cite)


def _year(cite: Cite, style: CompiledStyle) -> str:
    bare = replace(cite, suppress_lead=True, year_suffix="", locator="", prefix="", suffix="")
    bare.fresh()
    return plain(style.cite_text(bare))


def _ranged(group: list[Cite], pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces with runs of three and more consecutive letters as ``a–c``."""
    kept: list[_Piece] = []
    run = 0
    for number, piece in enumerate(pieces):
        before, cite = group[number], group[number + 1]
        follows = piece.delimiter is not None and plain(piece.text) == cite.year_suffix and _next(before, cite)
        run = run + 1 if follows else 0
        if run > 1 and kept:
            kept[-1] = _Piece(piece.text, "–")
        else:
            kept.append(piece)
    return kept


def _next(before: Cite, cite: Cite) -> bool:
    a, b = before.year_suffix, cite.year_suffix
    return len(a) == len(b) == 1 and ord(b) == ord(a) + 1
