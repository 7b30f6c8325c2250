"""Importing this module lets every answer show itself and be flattened; nothing heavy is read until one does."""

from collections.abc import Callable
from typing import Any

from decide.answers.ask import Answer
from decide.answers.comparison import Comparison
from decide.answers.documents import Documents
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.product.findings import ProductCheck
from decide.report import records
from decide.result import Form, Result, flat, show


@show.register(Result)
def _shown(answer: Result, form: Form) -> str:
    from decide.report.formats import FORMS

    return FORMS[form](answer)


_RECORDS: dict[type, Callable[[Any], list[records.Record]]] = {
    Answer: records.answer_records,
    Ranking: records.ranking_records,
    Comparison: records.comparison_records,
    Instead: records.instead_records,
    Plan: records.plan_records,
    Documents: records.documents_records,
    ProductCheck: records.product_records,
}
for _kind, _flat in _RECORDS.items():
    flat.register(_kind, _flat)
