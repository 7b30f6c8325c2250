"""One view of each answer: its texts and its marks. A face places them: it chooses no word, no rounding and no mark."""

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _views() -> dict[type, Callable[..., Any]]:
    """Which function makes the view of which answer."""
    from decide.answers.ask import Answer
    from decide.answers.card import Card
    from decide.answers.comparison import Comparison
    from decide.answers.documents import Documents
    from decide.answers.instead import Instead
    from decide.answers.plan import Plan
    from decide.answers.ranking.result import Ranking
    from decide.answers.why import Why
    from decide.product.findings import ProductCheck
    from decide.report.views.answer import answer_view
    from decide.report.views.card import card_view
    from decide.report.views.comparison import comparison_view
    from decide.report.views.documents import documents_view
    from decide.report.views.instead import instead_view
    from decide.report.views.plan import plan_view
    from decide.report.views.product import product_view
    from decide.report.views.ranking import ranking_view
    from decide.report.views.why import why_view

    return {
        Answer: answer_view,
        Ranking: ranking_view,
        Comparison: comparison_view,
        Instead: instead_view,
        Plan: plan_view,
        Why: why_view,
        Card: card_view,
        Documents: documents_view,
        ProductCheck: product_view,
    }


def view_of(answer: object, most: int | None = None) -> Any:
    """The view of an answer; `most` is how many options of a ranking a face shows."""
    from decide.answers.ask import Answer
    from decide.answers.ranking.result import Ranking

    make = _views()[type(answer)]
    return make(answer, most) if type(answer) in (Answer, Ranking) else make(answer)
