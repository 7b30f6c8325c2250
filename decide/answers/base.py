"""What answers share: the facts that they were worked out from, whose words every face uses.

An answer holds ids and figures; the names behind ids (of a procedure, a condition, a source) are those of the facts it
hangs on, so that it reads as it did when it was made. The field is no part of what is dumped, compared or printed.
"""

from typing import Annotated

from pydantic import Field, InstanceOf
from pydantic.json_schema import SkipJsonSchema

from decide.catalog import Catalog

Facts = Annotated[Catalog, InstanceOf(), SkipJsonSchema(), Field(exclude=True)]
"""The type of the field that holds it: no part of an answer's plain form."""
