"""What every answer can do: become plain values, and be shown.

Answers hold data and write no sentence. How one is shown is decided in one place: `show`, to which `decide.report`
registers an implementation for each kind of answer.
"""

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
        text: bytes = _plain(type(self)).dump_json(self)
        return text.decode("utf-8")

    def __str__(self) -> str:
        return show(self, "text")

    def _repr_html_(self) -> str:
        return show(self, "html")
