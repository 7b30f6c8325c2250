"""Importing this module lets every answer show itself and be flattened; no face is read until one does."""

from decide.answers.plan import NoPlan
from decide.report import records as _records  # noqa: F401 - registers how answers are flattened
from decide.report.views.plan import no_plan
from decide.result import Form, Result, outcome, show


@show.register(Result)
def _shown(answer: Result, form: Form) -> str:
    from decide.report.formats import FORMS

    return FORMS[form](answer)


outcome.register(NoPlan, no_plan)
