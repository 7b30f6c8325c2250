"""What answers are as JSON, as a JSON schema: the document that every command writes, and a line of a batch.

Made from the answers' own types, so that it cannot tell of another shape than they have. What may be missing is null,
never left out and never an empty text.
"""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from decide.answers.ask import Part
from decide.answers.documents import Documents
from decide.answers.moves import Moves
from decide.lazily import dataclass
from decide.product.findings import ProductCheck
from decide.question.problem import RedFlag
from decide.question.request import Request

DIALECT = GenerateJsonSchema.schema_dialect
ANSWER = Annotated[Part | Documents | ProductCheck | Moves, Field(discriminator="kind")]


@dataclass(frozen=True, kw_only=True)
class Document:
    """What was asked, as it was read, and the answers to it, each of the kind that it names."""

    request: Request | None
    restated: str | None
    gaps: list[str]
    unread: list[str]
    red_flags: list[RedFlag]
    answers: list[ANSWER]


@dataclass(frozen=True, kw_only=True)
class Line(Document):
    """One line of a batch: the document under its id and words; of one that was refused, why and what would do."""

    id: int | str
    q: str | None
    error: str | None
    hint: str | None


def schema(of: type = Document) -> dict[str, Any]:
    """The JSON schema of a document, or of a `Line` of a batch."""
    found = TypeAdapter(of).json_schema(mode="serialization")
    return {"$schema": DIALECT, "title": "decide", **_strict(found)}


def _strict(part: Any) -> Any:
    """Every field is there and no other is; a text that is empty by default is null."""
    if isinstance(part, list):
        return [_strict(item) for item in part]
    if not isinstance(part, dict):
        return part
    found: JsonSchemaValue = {name: _strict(value) for name, value in part.items()}
    if "properties" in found:
        found |= {"required": list(found["properties"]), "additionalProperties": False}
    if found.pop("default", None) == "":
        choices = [None if choice == "" else choice for choice in found.pop("enum", ())]
        return {**found, "type": ["string", "null"]} | ({"enum": choices} if choices else {})
    return found
