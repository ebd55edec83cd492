"""A name in a reference: family and given, or a body; in YAML `Muller SA` or `Muller, Sigfrid A.`."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from casewriter.model.base import Model, OneOrMany, Plain, about, or_text


class Name(Model):
    """The name of a person, or of a body as `literal`."""

    family: Plain | None = about("Family name.")
    given: Plain | None = about("Given names or initials.")
    literal: Plain | None = about("An organisation or undivided name: World Health Organization.")
    suffix: Plain | None = about("Jr, III.")
    dropping_particle: Plain | None = about("Particle ignored in sorting: van.", alias="dropping-particle")
    non_dropping_particle: Plain | None = about(
        "Particle kept with the family name: de.", alias="non-dropping-particle"
    )

    @model_validator(mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return split_name(value) if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return or_text(schema, handler)


def split_name(text: str) -> dict[str, str]:
    """Return family and given of ``Muller SA``: the last token is the initials when it is in capitals."""
    text = " ".join(text.split())
    if "," in text:
        family, _, given = text.partition(",")
        return {"family": family.strip(), "given": given.strip()}
    if re.fullmatch(r"(?:[A-Z]\.?[ -]?){1,4}", text):
        message = "“{text}” is only initials, without a name"
        raise PydanticCustomError(
            "name", message, {"text": text, "hint": 'quote a name that contains a comma: "Müller, A."'}
        )
    family, apart = initials_apart(text)
    if apart:
        return {"family": family, "given": apart}
    family, _, initials = text.rpartition(" ")
    letters = initials.replace("-", "").replace(".", "")
    if family and letters.isalpha() and letters.isupper() and len(letters) <= 5:
        parts = re.findall(r"-?[^\W\d_]", initials)
        given = "".join(p if p.startswith("-") else f" {p}" for p in (f"{p}." for p in parts)).strip()
        return {"family": family, "given": given.replace(" -", "-")}
    return {"literal": text}


_APART = re.compile(
    r"(.*?\S)\s((?:[^\W\d_a-zß-ÿ]\.?(?:-[^\W\d_a-zß-ÿ]\.?)?\s){1,3}[^\W\d_a-zß-ÿ]\.?(?:-[^\W\d_a-zß-ÿ]\.?)?)"
)
"""A name and two to four initials after it that are set apart."""


def initials_apart(text: str) -> tuple[str, str]:
    """Return family and given of ``Brownstein C D`` or ``Smith J. A.``; no given if initials are not set apart."""
    found = _APART.fullmatch(text)
    if not found or (found[1].isupper() and " " in found[1]):
        return text, ""
    letters = re.sub(r"([^\W\d_])\.?", r"\1.", found[2])
    return found[1], " ".join(letters.split())


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str | dict) else value


Names = Annotated[tuple[Name, ...], BeforeValidator(_names), OneOrMany]
