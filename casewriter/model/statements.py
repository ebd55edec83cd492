"""Consent, ethics, funding, interests, use of AI: what a journal returns a paper for."""

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, GetJsonSchemaHandler, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from casewriter.model.base import (
    Blocks,
    Inline,
    Labelled,
    Model,
    OneOrMany,
    Plain,
    Several,
    Spelled,
    about,
    many,
    or_text,
)

By = Literal["patient", "parent", "guardian", "next_of_kin", "legal_representative"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class PublicationConsent(Model):
    """Consent to publish."""

    status: (
        Literal[
            "written",
            "electronic",
            "oral",
            "form_not_stated",
            "waived_by_ethics",
            "exhaustive_attempts",
            "pending",
            "not_obtained",
        ]
        | None
    ) = about(
        "written, electronic, oral, form_not_stated, waived_by_ethics, exhaustive_attempts, pending or not_obtained."
    )
    by: Annotated[tuple[By, ...], BeforeValidator(_as_list), OneOrMany] = many(
        "Who consented: patient, parent, guardian, next_of_kin, legal_representative."
    )
    statement: Inline | None = about("The sentence that the paper prints.")
    reason: Inline | None = about("Why the patient's own consent is missing.")
    version: Plain | None = about("The version on the signed form of `casewriter consent`, such as 3f9a0c41d2be.")

    @field_validator("version")
    @classmethod
    def _as_on_the_form(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9a-f]{12}", value):
            message = "this is no version of an article: 12 digits and letters from a to f"
            raise PydanticCustomError("version", message, {"hint": "copy it from the signed form, or leave it out"})
        return value


class Consent(Spelled):
    """Informed consent."""

    narrative: Blocks | None = about("The consent statement, where nothing more needs to be said.")
    publication: PublicationConsent | None = about("Consent to publish the case.")
    images: Literal["covered", "shown_to_patient", "not_applicable", "not_obtained"] | None = about(
        "Consent to publish pictures: covered (by the same), shown_to_patient, not_applicable or not_obtained."
    )
    treatment: Inline | None = about("Consent to the treatment, where it was unusual.")


class Ethics(Spelled):
    """Ethics approval."""

    narrative: Blocks | None = about("The ethics statement.")
    approval: Inline | None = about("approved, not required, waived.")
    board: Inline | None = about("The ethics committee.")
    number: Plain | None = about("Approval number.")


class Fund(Labelled):
    """One source of money."""

    text_key: ClassVar[str | None] = "funder"

    funder: Inline | None = about("Funder.")
    award: Plain | None = about("Grant number.")
    recipient: Inline | None = about("Who received it.")


class AiTool(Labelled):
    """A tool of artificial intelligence that was used."""

    text_key: ClassVar[str | None] = "name"

    name: Inline | None = about("Name of the tool.")
    vendor: Inline | None = about("Vendor.")
    version: Inline | None = about("Version.")
    settings: Inline | None = about("Settings, and where it ran.")
    purpose: Inline | None = about("What for.")
    stage: Inline | None = about("At which stage of the work.")
    inputs: Inline | None = about("What data were entered.")
    deidentified: bool | None = about("Whether the inputs were de-identified.")
    date: Plain | None = about("When it was used.")


class AiUse(Model):
    """Use of artificial intelligence in making this report; `no` is short for `{used: false}`."""

    used: bool | None = about("true or false.")
    tools: tuple[AiTool, ...] = many("The tools.")
    verification: Inline | None = about("How the output was checked.")
    responsible_author: Inline | None = about("The responsible author.")
    bias_and_compliance: Inline | None = about("Bias considered, rules followed.")
    materials: Several = many("Prompts and outputs that were kept.")

    @model_validator(mode="before")
    @classmethod
    def _not_used(cls, value: Any) -> Any:
        word = value.strip().rstrip(".").lower() if isinstance(value, str) else ""
        return {"used": "false"} if word in ("no", "none", "false") else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return or_text(schema, handler)
