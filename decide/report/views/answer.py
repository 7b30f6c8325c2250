"""A whole answer: the question as it was read, what was not, and its parts; and which view is of which answer."""

from collections.abc import Callable
from typing import Any, NamedTuple

from decide.answers.ask import Answer
from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.documents import Documents
from decide.answers.instead import Instead
from decide.answers.moves import Moves
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.product.findings import ProductCheck
from decide.report.views.card import card_view
from decide.report.views.common import sentence
from decide.report.views.comparison import comparison_view
from decide.report.views.documents import documents_view
from decide.report.views.instead import instead_view
from decide.report.views.moves import moves_view
from decide.report.views.plan import plan_view
from decide.report.views.product import product_view
from decide.report.views.ranking import ranking_view
from decide.report.views.why import why_view


class AnswerView(NamedTuple):
    """Everything that a face shows of an answer to a question."""

    title: str
    status: str
    gaps: tuple[str, ...]
    parts: tuple[Any, ...]
    """A view for each part."""


def answer_view(answer: Answer, most: int | None = None) -> AnswerView:
    """An answer, each of its rankings with so many options."""
    parts = tuple(view_of(part, most) for part in answer.parts)
    ranked = [part.status for part, found in zip(parts, answer.parts, strict=True) if found is answer.ranking]
    status = ranked[0] if ranked else answer.restated
    flags = tuple(f"See a doctor first: {sentence(flag.says)} ({flag.source})" for flag in answer.red_flags)
    status = "See a doctor first." if flags else status
    return AnswerView(title=answer.restated, status=status, gaps=(*flags, *answer.gaps), parts=parts)


VIEWS: dict[type, Callable[[Any], Any]] = {
    Comparison: comparison_view,
    Instead: instead_view,
    Plan: plan_view,
    Why: why_view,
    Card: card_view,
    Documents: documents_view,
    ProductCheck: product_view,
}
SHORTENED: dict[type, Callable[[Any, int | None], Any]] = {
    Answer: answer_view,
    Ranking: ranking_view,
    Moves: moves_view,
}
"""Views of which a face may show the first options alone."""


def view_of(answer: object, most: int | None = None) -> Any:
    """The view of an answer; `most` is how many options of a ranking a face shows."""
    kind = type(answer)
    return SHORTENED[kind](answer, most) if kind in SHORTENED else VIEWS[kind](answer)
