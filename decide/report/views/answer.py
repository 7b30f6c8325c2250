"""A whole answer: the question as it was read, what was not, and its parts; and which view is of which answer."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from decide.answers.ask import Answer
from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.documents import Documents
from decide.answers.instead import Instead
from decide.answers.moves import Moves
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.together import Together
from decide.answers.why import Why
from decide.product.findings import ProductCheck
from decide.report.views.card import CardView, card_view
from decide.report.views.common import sentence
from decide.report.views.comparison import ComparisonView, comparison_view
from decide.report.views.documents import DocumentsView, documents_view
from decide.report.views.instead import InsteadView, instead_view
from decide.report.views.moves import MovesView, moves_view
from decide.report.views.plan import PlanTexts, plan_view
from decide.report.views.product import ProductView, product_view
from decide.report.views.ranking import RankingView, ranking_view
from decide.report.views.screening import source_label
from decide.report.views.together import TogetherView, together_view
from decide.report.views.why import WhyView, why_view
from decide.result import Result

Part: TypeAlias = (
    RankingView
    | ComparisonView
    | InsteadView
    | PlanTexts
    | WhyView
    | CardView
    | DocumentsView
    | ProductView
    | MovesView
    | TogetherView
)
"""The view of one answer."""


class AnswerView(NamedTuple):
    """Everything that a face shows of an answer to a question."""

    title: str
    status: str
    gaps: tuple[str, ...]
    parts: tuple[Part, ...]


View: TypeAlias = AnswerView | Part


def answer_view(answer: Answer, most: int | None = None) -> AnswerView:
    """An answer, each of its rankings with so many options."""
    parts = tuple(part_view(part, most) for part in answer.parts)
    status = next((part.status for part in parts if isinstance(part, RankingView)), answer.restated)
    flags = tuple(
        f"See a doctor first: {sentence(flag.says)} ({source_label(answer.catalog, flag.source)})"
        for flag in answer.red_flags
    )
    status = "See a doctor first." if flags else status
    return AnswerView(title=answer.restated, status=status, gaps=(*flags, *answer.gaps), parts=parts)


VIEWS: dict[type[Result], Callable[..., Part]] = {
    Ranking: ranking_view,
    Comparison: comparison_view,
    Instead: instead_view,
    Plan: plan_view,
    Why: why_view,
    Card: card_view,
    Documents: documents_view,
    ProductCheck: product_view,
    Moves: moves_view,
    Together: together_view,
}
SHORTENED = (Ranking, Moves)
"""Answers of which a face may show the first lines alone."""


def part_view(answer: Result, most: int | None = None) -> Part:
    """The view of one answer; `most` is how many options of a ranking a face shows."""
    view = VIEWS[type(answer)]
    return view(answer, most) if isinstance(answer, SHORTENED) else view(answer)


def view_of(answer: Result, most: int | None = None) -> View:
    """The view of an answer, or of a whole one with its parts."""
    return answer_view(answer, most) if isinstance(answer, Answer) else part_view(answer, most)
