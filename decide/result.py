"""What every answer can do: become plain values, and be shown.

Answers hold data and write no sentence. How one is shown is decided in one place: `show`, to which `decide.report`
registers an implementation for each kind of answer; and in `flat` where it is flattened. Nothing here knows of it: the
package, at the top, says what is to be loaded when an answer is first shown (`views_by`).
"""

import json
from collections.abc import Callable
from functools import singledispatch
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Form = Literal["text", "html", "markdown"]
T = TypeVar("T", bound="Result")


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


@singledispatch
def outcome(found: object) -> tuple[str, str]:
    """What is said of an outcome that is no answer: what it is, and what would do.

    Raises
    ------
    TypeError : nothing is registered for this kind of outcome.
    """
    raise TypeError(f"no words are registered for {type(found).__name__}")


def said_of(found: object) -> tuple[str, str]:
    """What is said of an outcome, its words loaded where they are not."""
    _with_views()
    return outcome(found)


_LATER: list[Callable[[], object]] = []


def views_by(load: Callable[[], object]) -> None:
    """Have the views registered by this call, once, when an answer is first shown or flattened."""
    _LATER.append(load)


def _with_views() -> None:
    while _LATER:
        _LATER.pop()()


_ADAPTERS: dict[type, Any] = {}


def _plain(kind: type) -> Any:
    """The serialiser of a class, made once."""
    if kind not in _ADAPTERS:
        from pydantic import TypeAdapter

        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def told(plain: Any) -> Any:
    """A plain form in which what is not known is null: an empty text as well."""
    if isinstance(plain, dict):
        return {name: None if value == "" else told(value) for name, value in plain.items()}
    return [told(item) for item in plain] if isinstance(plain, list) else plain


class Result:
    """Base of all answers: a frozen dataclass with a plain form and one way to be shown.

    What it holds hangs on nothing: who changes a dict inside it changes that one answer.
    """

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers; None for what is not known."""
        found: dict[str, Any] = told(_plain(type(self)).dump_python(self, mode="json"))
        return found

    def records(self) -> list[dict[str, Any]]:
        """One flat dict a line, for tables and frames, None for what is not known; none where there are no lines."""
        _with_views()
        return [told(line) for line in flat(self)]

    def to_json(self) -> str:
        """Everything, as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_pandas(self) -> "pd.DataFrame":
        """The lines as a pandas DataFrame (pandas must be installed)."""
        import pandas as pd

        return pd.DataFrame.from_records(self.records())

    def to_polars(self) -> "pl.DataFrame":
        """The lines as a polars DataFrame (polars must be installed)."""
        import polars as pl

        return pl.DataFrame(self.records())

    def __str__(self) -> str:
        _with_views()
        return show(self, "text")

    def _repr_html_(self) -> str:
        _with_views()
        return show(self, "html")


class Results(Result, tuple[T, ...]):
    """Several answers of one kind: a tuple that is told and shown as each of them is."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain dicts, lists, strings and numbers: `answers`, one after the other."""
        return {"answers": [answer.to_dict() for answer in self]}

    def records(self) -> list[dict[str, Any]]:
        """The lines of all of them, one after the other."""
        return [line for answer in self for line in answer.records()]

    def __str__(self) -> str:
        return "\n\n".join(str(answer) for answer in self)

    def _repr_html_(self) -> str:
        return "".join(answer._repr_html_() for answer in self)
