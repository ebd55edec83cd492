"""The case report as plain text, all of it in one file."""

from collections.abc import Iterable, Iterator

from casewriter.article.nodes import Block, Facts, Figure, ListBlock, Paragraph, Quote, Section, Table
from casewriter.article.paper import Article
from casewriter.article.walk import plain
from casewriter.export.door import exporter


@exporter("plain", suffix=".txt", text=bytes.decode)
def export(article: Article) -> bytes:
    """Return all that an article prints, pictures by their legends and descriptions."""
    return ("\n\n".join(part for part in paper(article) if part) + "\n").encode()


def paper(article: Article) -> Iterator[str]:
    yield from (article.article_type, article.journal, article.plain_title)
    yield ", ".join(f"{', '.join((one.name, *one.degrees))}{','.join(one.marks)}" for one in article.authors)
    yield from (f"{one.mark} {plain(one.children)}" for one in (*article.affiliations, *article.author_notes))
    yield from (f"{plain(fact.label)}: {plain(fact.said)}" for fact in article.facts)
    yield from blocks([article.strip] if article.strip else [])
    yield article.words["at_a_glance"] if article.glance else ""
    yield from (f"{plain(fact.label)}: {plain(fact.said)}" for fact in article.glance)
    yield article.abstract_name
    for part in article.abstract:
        yield from (part.heading, *blocks(part.blocks))
    yield f"{article.words['keywords']}: {plain(article.keyword_line)}"
    yield from blocks(article.sections)
    yield article.words["references"]
    for entry in article.references:
        yield " ".join((entry.label, plain(entry.children), *(f"{name}: {address}" for name, address in entry.links)))
    yield from blocks([article.exhibits] if article.exhibits else [])


def blocks(some: Iterable[Block]) -> Iterator[str]:
    for block in some:
        match block:
            case Paragraph(children=children):
                yield plain(children)
            case Section(heading=heading, blocks=inner):
                yield from (plain(heading), *blocks(inner))
            case Quote(blocks=inner):
                yield from (f"> {text}" for text in blocks(inner))
            case ListBlock(items=items):
                yield "\n".join(
                    f"{sign} {'; '.join(blocks(item))}" for sign, item in zip(block.signs, items, strict=True)
                )
            case Facts():
                yield "\n".join(
                    f"{plain(label)}: " + "\n".join("".join(f.joint + plain(f.said) for f in line) for line in lines)
                    for label, lines in block.groups()
                )
            case Table():
                yield from table(block)
            case Figure():
                legend = " ".join(f"{part.letter} {plain(part.children)}" for part in block.legend)
                yield f"[{block.label}] {legend}"
                yield from (f"({panel.label}: {panel.alt or panel.missing})" for panel in block.panels)


def table(one: Table) -> Iterator[str]:
    yield f"{one.label} {plain(one.caption)}" if one.label else ""
    yield "\n".join("\t".join(plain(cell.children) for cell in row.cells) for row in (*one.head, *one.rows))
    yield "\n".join(f"{mark} {plain(note)}" for mark, note in one.notes)
