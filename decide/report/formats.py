"""One way out for every answer and every format."""

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TypeAlias

from decide.answers.ask import document
from decide.errors import InputError
from decide.report import FORMATS, terminal
from decide.report import records as _records  # noqa: F401 - registers how answers are flattened
from decide.report.layout import blocks
from decide.report.tables import rows_as
from decide.report.terminal import OPTIONS, Screen
from decide.report.views.answer import AnswerView, view_of
from decide.report.views.ranking import RankingView, with_every_column
from decide.result import Result

Answers: TypeAlias = Result | Sequence[Result]
RULE = "\n\n" + "─" * 60 + "\n\n"


def text(answer: Result, most: int | None = OPTIONS, screen: Screen = Screen()) -> str:
    """An answer for a terminal, its rankings with so many options; with all, or for a whole `screen`, at length."""
    brief = 0 if most is None or screen.whole else screen.width
    return terminal.written(blocks(view_of(answer, most), brief=brief), screen)


def written(answer: Result) -> str:
    """An answer as Markdown."""
    from decide.report import markdown

    view = view_of(answer)
    parts = view.parts if isinstance(view, AnswerView) else (view,)
    # no page is too narrow for any criterion
    parts = tuple(with_every_column(part) if isinstance(part, RankingView) else part for part in parts)
    return markdown.written(blocks(view._replace(parts=parts) if isinstance(view, AnswerView) else parts[0]))


def _notebook(answer: Result) -> str:
    from decide.report.html import notebook

    return notebook(answer)


FORMS: dict[str, Callable[[Result], str]] = {"text": text, "markdown": written, "html": _notebook}
"""How one answer shows itself."""


def several(answer: Answers) -> list[Result]:
    """The answers, also where it is one."""
    return list(answer) if isinstance(answer, Sequence) else [answer]


def as_table(answer: Answers, most: int | None, screen: Screen) -> str:
    """For a terminal."""
    return RULE.join(text(item, most, screen) for item in several(answer))


def as_json(answer: Answers, most: int | None, screen: Screen) -> str:
    """Everything as data, in one shape: see `decide.report.schema`."""
    return json.dumps(document(answer), indent=2, ensure_ascii=False)


def as_csv(answer: Answers, most: int | None, screen: Screen) -> str:
    """The lines of all answers."""
    records = [record for item in several(answer) for record in item.records()]
    if not records:
        raise InputError("this answer has no lines to show as csv", "use --format table or json")
    return rows_as(records, "csv")


def as_markdown(answer: Answers, most: int | None, screen: Screen) -> str:
    """Markdown, one answer after the other."""
    return "\n\n".join(map(written, several(answer)))


def as_html(answer: Answers, most: int | None, screen: Screen) -> str:
    """One page to print."""
    from decide.report import html

    return html.report(answer)


def render(answer: Answers, form: str, *, everything: bool = False, screen: Screen = Screen()) -> str:
    """An answer, or several, in one of the formats; `everything` shows every option in a table for the `screen`.

    Raises
    ------
    InputError : the answer has no lines to put into CSV.
    """
    module, name = FORMATS[form].split(":")
    write: Callable[[Answers, int | None, Screen], str] = getattr(import_module(module), name)
    return write(answer, None if everything else OPTIONS, screen)
