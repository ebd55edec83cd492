"""What every part of a case has in common: frozen, strict about keys, with its ways of being spelled."""

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from casewriter.model.time import At

# An editor's YAML reader sees 9.2 and true as number and boolean; the program reads the same scalars as text.
SCALAR_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}


def about(description: str, **more: Any) -> Any:
    """Return an optional key; its description is the sentence that the author's editor shows."""
    return Field(default=None, description=description, **more)


def many(description: str, **more: Any) -> Any:
    """Return an optional key that holds a list, empty by default."""
    return Field(default=(), description=description, **more)


class AuthorText(str):
    """A text that may hold the inline syntax: emphasis, citations, cross-references, values."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(SCALAR_SCHEMA)


class Inline(AuthorText):
    """One run of text: a label, a finding, a caption, a table cell."""

    __slots__ = ()


class Blocks(AuthorText):
    """Paragraphs, lists, tables, sub-headings: a narrative."""

    __slots__ = ()


def _plain_schema(schema: JsonSchemaValue) -> None:
    schema.pop("type", None)
    schema.update(SCALAR_SCHEMA)


Plain = Annotated[str, Field(json_schema_extra=_plain_schema)]
"""A text without inline syntax: a name, an identifier, a unit, a path."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
"""The name of a record, by which others refer to it."""


def as_list(value: Any) -> Any:
    """Return one text or mapping as a list of it."""
    return [value] if isinstance(value, str | dict) else value


class OneOrMany:
    """Marks a list that may be written as its only item, for the JSON Schema."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        array = handler(schema)
        return {"anyOf": [array["items"], array]}


def or_text(schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Return the JSON Schema of a mapping that may be written as text."""
    mapping = handler(schema)
    target = handler.resolve_ref_schema(mapping)
    if "anyOf" not in target:
        body = {k: target.pop(k) for k in list(target) if k not in ("title", "description")}
        target["anyOf"] = [body, dict(SCALAR_SCHEMA)]
    return mapping


Several = Annotated[tuple[Inline, ...], BeforeValidator(as_list), OneOrMany]
"""One text or a list of texts."""

SeveralIds = Annotated[tuple[Plain, ...], BeforeValidator(as_list), OneOrMany]
"""One id or a list of ids."""


class Model(BaseModel):
    """A part of a case: immutable, no unknown keys, built when first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Say that there is no such key, as rules ask thousands of times; pydantic would look for private ones."""
            raise AttributeError(f"{type(self).__name__} has no {name}")

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_keys(cls, value: Any) -> Any:
        """A key without value says nothing: a case is written over weeks."""
        if not isinstance(value, dict):
            return value
        if None not in value.values():
            return value
        return {k: v for k, v in value.items() if v is not None or k not in _names(cls)}


@cache
def _names(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


class Spelled(Model):
    """A mapping that may also be written as plain text, or as a list of its records."""

    text_key: ClassVar[str | None] = "narrative"
    list_key: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: Any) -> Any:
        if isinstance(value, str) and cls.text_key:
            return {cls.text_key: value}
        if isinstance(value, list) and cls.list_key:
            return {cls.list_key: value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        mapping = handler(schema)
        target = handler.resolve_ref_schema(mapping)
        if "anyOf" in target:
            return mapping
        body = {k: target.pop(k) for k in list(target) if k not in ("title", "description")}
        choices: list[dict[str, Any]] = [body]
        if cls.text_key:
            choices.append(dict(SCALAR_SCHEMA))
        if cls.list_key:
            choices.append(dict(body["properties"][cls.list_key]))
        target["anyOf"] = choices
        return mapping


class Record(Model):
    """Something that happened or was found; may carry an id, a time and a note."""

    id: Id | None = about("Name of this record, for others to refer to: lower-case letters, digits, - and _.")
    at: At | None = about("When, counted from timeline.index: 0, 3 d, 10 y, ~1 mo, day 3, {after: id, by: 2 d}.")
    short: Inline | None = about("A shorter name, for figures and for times such as “2 days after surgery”.")
    note: Inline | None = about("A remark printed under the table or list of this record.")
    timeline: bool | None = about("true adds this record to the timeline, false leaves it out.")

    def title(self) -> str | None:
        """Return the words this record is known by, or None."""
        return getattr(self, "label", None)


class Labelled(Spelled, Record):
    """A record that may be written as its label alone."""

    text_key: ClassVar[str | None] = "label"

    label: Inline | None = about("What it is, in words.")


_BARE = {"no", "-", "–", "nil", "n/a", "nothing", "never"}
"""Answers that could mean that nobody asked; `none` is the author's word for `{none: true}`."""
R = TypeVar("R")


def is_bare(value: Any) -> bool:
    """Return whether an answer could mean that nobody asked."""
    return value == [] or (isinstance(value, str) and value.strip().rstrip(".").lower() in _BARE)


class Listing(Spelled, Generic[R]):
    """A list that can say why it is empty: text, list, `{none: true}`, or a mapping with `absent`."""

    text_key: ClassVar[str | None] = "narrative"
    list_key: ClassVar[str | None] = "items"

    narrative: Blocks | None = about("The section in prose.")
    items: tuple[R, ...] = many("The records.")
    absent: Several = many("What was looked for or asked about and is absent.")
    none: bool | None = about("true: there is none, and someone looked or asked.")
    scope: Inline | None = about("What the “none” refers to, such as drugs.")
    how_assessed: Inline | None = about("How this was established: asked at admission.")

    @model_validator(mode="before")
    @classmethod
    def _read_bare_none(cls, value: Any) -> Any:
        if isinstance(value, str) and value.strip().rstrip(".").lower() == "none":
            return {"none": True}
        if is_bare(value):
            hint = "write none if someone looked, with {none: true, how_assessed: …} to say how; otherwise leave it out"
            raise PydanticCustomError("bare_none", "this does not say whether anyone looked", {"hint": hint})
        return value

    @model_validator(mode="after")
    def _none_or_some(self) -> Self:
        if self.none is False:
            message = "none: false has no meaning"
            raise PydanticCustomError("none_false", message, {"hint": "give the list, or remove the key"})
        if self.none and self.items:
            raise PydanticCustomError(
                "none_and_some", "this says none but also lists entries", {"hint": "remove one of the two"}
            )
        return self

    @property
    def answered(self) -> bool:
        """Whether the author said anything: some, none, or what is absent."""
        return bool(self.narrative or self.items or self.absent or self.none)
