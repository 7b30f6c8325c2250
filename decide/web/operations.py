"""What programs may ask of the server, told from its own schema."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from decide.lazily import dataclass


@dataclass(frozen=True)
class Input:
    """One field that an operation takes."""

    name: str
    kind: str
    says: str
    needed: bool


@dataclass(frozen=True)
class Operation:
    """One operation: its fields, and an example that works as it stands (nothing for what takes no body)."""

    method: str
    path: str
    says: str
    inputs: tuple[Input, ...]
    example: str


def operations(schema: Mapping[str, Any]) -> list[Operation]:
    """Every operation of an OpenAPI schema, in its order."""
    models = schema["components"]["schemas"]
    return [
        Operation(method.upper(), path, one.get("description") or one["summary"], *_body(one, models))
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]


def _body(operation: Mapping[str, Any], models: Mapping[str, Any]) -> tuple[tuple[Input, ...], str]:
    if "requestBody" not in operation:
        return tuple(
            Input(one["name"], _kind(one["schema"]), one.get("description", ""), one.get("required", False))
            for one in operation.get("parameters", ())
        ), ""
    model = models[_of(operation["requestBody"]["content"]["application/json"]["schema"])]
    needed = model.get("required", ())
    fields = tuple(
        Input(name, _kind(field), field.get("description", ""), name in needed)
        for name, field in model["properties"].items()
    )
    return fields, json.dumps(model["example"], ensure_ascii=False)


def _kind(field: Mapping[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_kinds(field)))


def _kinds(field: Mapping[str, Any]) -> Iterator[str]:
    for one in field.get("anyOf", [field]):
        if "$ref" in one:
            yield _of(one).lower()
        elif "enum" in one:
            yield ", ".join(map(str, one["enum"]))
        elif one.get("type") == "array":
            yield f"list of {_kind(one['items'])}"
        elif one.get("type") != "null":
            yield {"string": "text", "object": "table", "boolean": "true or false"}.get(one["type"], one["type"])


def _of(reference: Mapping[str, Any]) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
