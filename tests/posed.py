"""A decision problem in one line, for tests."""

from typing import Any

from decide.catalog import Catalog
from decide.question.build import request_of
from decide.question.problem import Preferences, Problem

HOW = tuple(Preferences.__dataclass_fields__)


def posed(catalog: Catalog, *concerns: str, **more: Any) -> Problem:
    """The problem about these concerns; fields of `Preferences` and of a request as keywords, None for not said."""
    said = {name: value for name, value in more.items() if value is not None}
    how = {name: said.pop(name) for name in HOW if name in said}
    return Problem.of(catalog, request_of(catalog, concerns=concerns, **said), Preferences(**how))
