"""What answers share: the facts that they were worked out from, whose words every face uses."""

from typing import Annotated

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from decide.catalog import Catalog

Facts = Annotated[Catalog, InstanceOf(), SkipJsonSchema(), Field(exclude=True)]
"""The type of the field that holds it: no part of an answer's plain form."""
