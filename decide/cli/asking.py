"""Questions put to a person at a terminal, on standard error: asked again until the answer can be read."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

import click

from decide.errors import InputError

SKIP = "Enter to leave out"


def say(text: str) -> None:
    """A line that is no question."""
    click.echo(text, err=True)


def ask(question: str, read: Callable[[str], Any], empty: str = "") -> Any:
    """An answer as `read` gives it; None for an empty one, where `empty` says what that does."""

    def proc(text: str) -> Any:
        text = text.strip()
        if not text and empty:
            return None
        try:
            if not text:
                raise InputError("an answer is needed")
            return read(text)
        except InputError as error:
            raise click.UsageError(str(error)) from None

    ending, default = (f" ({empty})", "") if empty else ("", None)
    return click.prompt(question + ending, default=default, show_default=False, value_proc=proc, err=True)


def choose(question: str, answers: Sequence[str], empty: str = "", *, numbered: bool = False) -> Any:
    """One of these answers, by as many of its first letters as tell it from the others, or by its number."""

    def read(text: str) -> str:
        found = [a for a in answers if a == text.lower()] or [a for a in answers if a.startswith(text.lower())]
        found = found or [a for n, a in enumerate(answers, 1) if numbered and text == str(n)]
        if len(found) != 1:
            near = get_close_matches(text.lower(), answers, n=1)
            raise InputError(f"{text!r:.60} is not one of them", f"did you mean {near[0]!r}?" if near else "")
        return found[0]

    return ask(f"{question} [{', '.join(answers)}]", read, empty)


def agree(question: str, *more: str) -> bool | None:
    """Yes or no; None for another answer that may be given."""
    return {"yes": True, "no": False}.get(choose(question, ("yes", "no", *more)))
