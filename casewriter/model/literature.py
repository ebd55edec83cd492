"""What was published before: how the literature was searched, and the earlier cases that were found."""

from typing import ClassVar

from pydantic import Field

from casewriter.model.base import Blocks, Inline, Model, Plain, Several, Spelled, about, many


class DatabaseSearch(Spelled):
    """The search of one database."""

    text_key: ClassVar[str | None] = "database"

    database: Inline | None = about("The database: PubMed.")
    query: Plain | None = about("The query as typed into it; printed character for character.")
    date: Inline | None = about("Month or date of the search: 2026-03.")
    hits: Inline | None = about("How many records it found: 14.")
    included: Inline | None = about("How many of them are used: 3.")

    def title(self) -> str | None:
        """Return the name of the database, or None."""
        return self.database


class LiteratureSearch(Model):
    """How the literature was searched; of several databases with a query each, one record for each."""

    databases: Several = many("Databases: [PubMed, Embase].")
    date: Inline | None = about("Month or date of the search: 2026-03.")
    terms: Inline | None = about("Search terms.")
    query: Plain | None = about("The query as typed into the database; printed character for character.")
    hits: Inline | None = about("How many records it found: 14.")
    included: Inline | None = about("How many of them are used: 3.")
    searches: tuple[DatabaseSearch, ...] = many("Where each database had its own: {database:, query:, date:, hits:}.")
    narrative: Blocks | None = about("The search in prose.")


class PriorCase(Model):
    """A case that was published before, with the reference that reports it."""

    reference: Plain = Field(description="Key of the reference that reports it: muller1959.")
    label: Inline | None = about("Which patient of that report, where it has several: case 2.")
    patients: int | None = about("How many patients this row tells of, if more than one.", ge=1)
    age: Inline | None = about("Age, as the report gives it: 37 y.")
    sex: Inline | None = about("Sex.")
    presentation: Inline | None = about("How the case presented.")
    treatment: Inline | None = about("What was done.")
    outcome: Inline | None = about("How it ended.")
    more: dict[str, Inline] = Field(
        default_factory=dict, description="Further columns, by their headings: {Dose: 30 mg}."
    )
    note: Inline | None = about("A remark printed under the table.")


class PriorCases(Spelled):
    """The earlier cases, a row each, as a table: mention it as @tbl-prior-cases."""

    text_key: ClassVar[str | None] = None
    list_key: ClassVar[str | None] = "items"

    caption: Inline | None = about("Caption of the table.")
    items: tuple[PriorCase, ...] = many("The cases, a row each.")

    @property
    def patients(self) -> int:
        """How many patients the rows tell of."""
        return sum(one.patients or 1 for one in self.items)
