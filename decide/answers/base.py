"""What answers share: the catalogue that they were worked out from, whose words every face uses."""

from dataclasses import field
from typing import Annotated, Any

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from decide.catalog import Catalog

Facts = Annotated[Catalog, InstanceOf(), SkipJsonSchema(), Field(exclude=True)]
"""A field that holds the catalogue: no part of an answer's plain form, nor of what makes two answers equal."""


def facts() -> Any:
    """The field's own settings."""
    return field(repr=False, compare=False)
