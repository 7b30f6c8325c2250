"""One way out for every answer and every format."""

import json
from collections.abc import Callable, Sequence

from decide.errors import InputError
from decide.report import html, markdown, terminal
from decide.report import records as _records  # noqa: F401 - registers how answers are flattened
from decide.report.layout import blocks
from decide.report.tables import rows_as
from decide.report.terminal import Screen
from decide.report.views.answer import AnswerView, view_of
from decide.report.views.ranking import RankingView, with_every_column
from decide.result import Result

RULE = "\n\n" + "─" * 60 + "\n\n"


def text(answer: Result, most: int | None = terminal.OPTIONS, screen: Screen = Screen()) -> str:
    """An answer for a terminal, its rankings with so many options (all for None)."""
    return terminal.written(blocks(view_of(answer, most)), screen)


def as_markdown(answer: Result, most: int | None = None) -> str:
    """An answer as Markdown."""
    view = view_of(answer, most)
    parts = view.parts if isinstance(view, AnswerView) else (view,)
    # no page is too narrow for any criterion
    parts = tuple(with_every_column(part) if isinstance(part, RankingView) else part for part in parts)
    return markdown.written(blocks(view._replace(parts=parts) if isinstance(view, AnswerView) else parts[0]))


FORMS: dict[str, Callable[[Result], str]] = {"text": text, "markdown": as_markdown, "html": html.notebook}
"""How one answer shows itself."""


def render(answer: Result | Sequence[Result], form: str, *, everything: bool = False, screen: Screen = Screen()) -> str:
    """An answer, or several, in one of the formats; `everything` shows every option in a table for the `screen`.

    Raises
    ------
    InputError : the answer has no lines to put into CSV.
    """
    many = [answer] if isinstance(answer, Result) else list(answer)
    if form == "json":
        dumped = [item.to_dict() for item in many]
        return json.dumps(dumped[0] if isinstance(answer, Result) else dumped, indent=2, ensure_ascii=False)
    if form == "table":
        most = None if everything else terminal.OPTIONS
        return RULE.join(text(item, most, screen) for item in many)
    if form == "markdown":
        return "\n\n".join(as_markdown(item) for item in many)
    if form == "html":
        return html.report(many)
    records = [record for item in many for record in item.records()]
    if not records:
        raise InputError(f"this answer has no lines to show as {form}", "use --format table or json")
    return rows_as(records, form)
