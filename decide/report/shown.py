"""Which view shows which answer: importing this module lets every answer print itself."""

from decide.answers.ask import Answer
from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.documents import DocumentRow
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.product.findings import ProductCheck
from decide.result import Form, show


@show.register
def _ranking(answer: Ranking, form: Form) -> str:
    if form == "html":
        from decide.report.notebook import ranking_html

        return ranking_html(answer)
    from decide.report.text import ranking_text

    return ranking_text(answer)


@show.register
def _answer(answer: Answer, form: Form) -> str:
    if form == "html" and answer.ranking is not None:
        return show(answer.ranking, form)
    return _page(answer.text(), form)


@show.register
def _comparison(answer: Comparison, form: Form) -> str:
    from decide.report.comparison import comparison_text

    return _page(comparison_text(answer), form)


@show.register
def _instead(answer: Instead, form: Form) -> str:
    from decide.report.instead import instead_text

    return _page(instead_text(answer), form)


@show.register
def _plan(answer: Plan, form: Form) -> str:
    from decide.report.plan import plan_text

    return _page(plan_text(answer), form)


@show.register
def _why(answer: Why, form: Form) -> str:
    from decide.report.why import why_text

    return _page(why_text(answer), form)


@show.register
def _card(answer: Card, form: Form) -> str:
    from decide.report.card import card_text

    return _page(card_text(answer), form)


@show.register
def _document(answer: DocumentRow, form: Form) -> str:
    from decide.report.documents import documents_text

    return _page(documents_text([answer]), form)


@show.register
def _product(answer: ProductCheck, form: Form) -> str:
    from decide.report.product import product_text

    return _page(product_text(answer), form)


def _page(text: str, form: Form) -> str:
    from html import escape

    return f"<pre>{escape(text)}</pre>" if form == "html" else text
