"""Who wrote the report, and where they work."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casewriter.model.base import Inline, Listing, Model, Plain, about, many
from casewriter.problem import nearest

CREDIT_ROLES = (
    "Conceptualization",
    "Data curation",
    "Formal analysis",
    "Funding acquisition",
    "Investigation",
    "Methodology",
    "Project administration",
    "Resources",
    "Software",
    "Supervision",
    "Validation",
    "Visualization",
    "Writing – original draft",
    "Writing – review & editing",
)
"""The fourteen contributor roles (ANSI/NISO Z39.104-2022, CRediT)."""


def _role_key(role: str) -> str:
    return " ".join(role.replace("—", "–").replace("-", "–").replace("–", " ").replace(" and ", " & ").lower().split())


_ROLES = {_role_key(role): role for role in CREDIT_ROLES}


def _role(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if found := _ROLES.get(_role_key(value)):
        return found
    near = nearest(_role_key(value), _ROLES)
    hint = f"did you mean “{_ROLES[near]}”?" if near else "the fourteen roles: " + ", ".join(CREDIT_ROLES)
    raise PydanticCustomError("role", "“{role}” is not a CRediT role", {"role": value, "hint": hint})


Role = Annotated[Plain, BeforeValidator(_role)]


class Author(Model):
    """An author, in the order of the title page."""

    given: Plain | None = about("Given names and initials, as they should be printed: Ana B.")
    family: Plain | None = about("Family name, with its particles: van der Berg.")
    suffix: Plain | None = about("What follows the name: Jr, III.")
    degrees: tuple[Plain, ...] = many("Degrees, such as MD, PhD.")
    orcid: Plain | None = about("ORCID iD: 0000-0002-1825-0097.")
    email: Plain | None = about("E-mail; printed for the corresponding author only.")
    phone: Plain | None = about("Telephone; printed for the corresponding author only, on the title page.")
    address: Plain | None = about("Postal address of the corresponding author.")
    affiliations: tuple[Plain, ...] = many("Keys of `affiliations`, in the order of this author.")
    corresponding: bool = Field(default=False, description="true for the corresponding author.")
    equal: bool = Field(
        default=False, description="true for authors who contributed equally; adjacent authors form a group."
    )
    deceased: bool = Field(default=False, description="true if the author has died.")
    roles: tuple[Role, ...] = many("CRediT roles: Conceptualization, Investigation, Writing – original draft, …")
    conflicts: Listing[Inline] | None = about("This author's competing interests, or {none: true}.")

    @property
    def name(self) -> str:
        """Given and family name as printed."""
        name = " ".join(part for part in (self.given, self.family) if part)
        return f"{name}, {self.suffix}" if self.suffix and name else name


class Affiliation(Model):
    """Where an author works."""

    department: Plain | None = about("Department or division.")
    institution: Plain | None = about("Hospital, university, company.")
    street: Plain | None = about("Street address, where the journal asks for it.")
    city: Plain | None = about("City.")
    region: Plain | None = about("State or province.")
    postcode: Plain | None = about("Postcode.")
    country: Plain | None = about("Country.")
    ror: Plain | None = about("Research Organization Registry id.")

    @property
    def parts(self) -> tuple[str, ...]:
        """What is printed of it, in order."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        parts = (self.department, self.institution, self.street, town, self.region, self.country)
        return tuple(part for part in parts if part)
