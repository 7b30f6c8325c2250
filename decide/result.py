"""What every answer can do: become plain values, and be shown.

Answers hold data and write no sentence. How one is shown is decided in one place: `show`, to which `decide.report`
registers an implementation for each kind of answer; and in `flat` where it is flattened.
"""

import json
from functools import singledispatch
from typing import Any, Literal

Form = Literal["text", "html", "markdown"]


@singledispatch
def show(answer: object, form: Form) -> str:
    """An answer as text for a terminal, as HTML for a notebook cell, or as Markdown.

    Raises
    ------
    TypeError : nothing is registered for this kind of answer.
    """
    raise TypeError(f"no view is registered for {type(answer).__name__}")


@singledispatch
def flat(answer: object) -> list[dict[str, Any]]:
    """An answer as flat records, one a line, for tables and frames; none where it has no lines."""
    return []


_ADAPTERS: dict[type, Any] = {}


def _plain(kind: type) -> Any:
    """The serialiser of a class, made once."""
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


class Result:
    """Base of all answers: frozen data with a plain form and one way to be shown."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers."""
        found: dict[str, Any] = _plain(type(self)).dump_python(self, mode="json")
        return found

    def to_json(self) -> str:
        """Everything, as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def records(self) -> list[dict[str, Any]]:
        """One flat dict a line, for tables and frames; none where the answer has no lines."""
        return flat(self)

    def to_pandas(self) -> Any:
        """The lines as a pandas DataFrame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame.from_records(self.records())

    def to_polars(self) -> Any:
        """The lines as a polars DataFrame (polars must be installed)."""
        import polars as pl

        return pl.DataFrame(self.records())

    def __str__(self) -> str:
        return show(self, "text")

    def _repr_html_(self) -> str:
        return show(self, "html")
