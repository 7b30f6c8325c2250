"""What to take to an appointment: what to bring, to say and to have in writing, and what to ask."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import Ranking
from decide.answers.why import Why
from decide.question.conditions import readable
from decide.question.names import OptionId
from decide.report.views.common import OWN_QUESTIONS, about_view
from decide.report.words import money
from decide.result import Result

FIRST = 3
"""Options of a ranking that one talks about."""
BRING = "Bring this page, the names of all medicines you take, and photographs in daylight."
ALONE = "Ask what can be tried at home first, and what happens if you do nothing."


class _Named(NamedTuple):
    """An option that is talked about, and the most that it may come to."""

    id: str
    name: str
    dearest: str = ""


def checklist(answers: Iterable[Result]) -> tuple[str, ...]:
    """One list for all answers; nothing where they name no treatment."""
    told = [answer for answer in answers if isinstance(answer, Ranking | Comparison | Plan | Why | Instead | Card)]
    if not told:
        return ()
    first = told[0]
    catalog = first.ranking.catalog if isinstance(first, Comparison) else first.catalog
    named = list(dict.fromkeys(one for answer in told for one in _named(answer)))
    ids = [OptionId.parse(one.id) for one in named]
    wholes = [catalog.procedures[p] for one in ids for p in (one.base, one.procedure) if p]
    parts = dict.fromkeys(part for whole in wholes for part in (whole.id, *whole.parts))
    bars = dict.fromkeys(
        readable(catalog, f.value)
        for part in parts
        for f in catalog.practice(part, "contraindication", "caution")
        if f.value
    )
    sums = "; ".join(dict.fromkeys(f"{one.name} {one.dearest}" for one in named if one.dearest))
    asked = [question for concern in _concerns(told) for question in about_view(catalog, concern).questions]
    lines = (
        BRING,
        f"Say so if one of these is true of you: {', '.join(bars)}." if bars else "",
        f"Have the sum of all visits in writing. At the dearest it may come to: {sums}." if sums else "",
        *(asked or OWN_QUESTIONS),
        ALONE,
    )
    return tuple(dict.fromkeys(line for line in lines if line))


def _named(answer: Result) -> Iterator[_Named]:
    if isinstance(answer, Ranking | Comparison):
        ranking = answer if isinstance(answer, Ranking) else answer.ranking
        rows = ranking.options[:FIRST] if isinstance(answer, Ranking) else [s.row for s in answer.sides if s.row]
        for row in rows:
            yield _Named(row.option.id, row.option.name, money(row["cost"].high, ranking.symbol))
    elif isinstance(answer, Plan):
        for course in answer.best.courses:
            yield _Named(course.id, course.name, money(course.cost.high, answer.symbol))
    elif isinstance(answer, Why):
        yield _Named(answer.id, answer.name, money(answer.row["cost"].high, answer.symbol) if answer.row else "")
    elif isinstance(answer, Card):
        yield _Named(answer.procedure.id, answer.procedure.name)
    elif isinstance(answer, Instead) and len(answer.rows) == 1:
        for side in filter(None, (answer.rows[0].named, answer.rows[0].other)):
            yield _Named(side.id, side.name, money(side.cost.high, answer.symbol))


def _concerns(answers: Sequence[Result]) -> Iterator[str]:
    for answer in answers:
        if isinstance(answer, Plan):
            yield from answer.concerns
        elif isinstance(answer, Instead) and len(answer.rows) == 1:
            yield answer.rows[0].concern
        elif isinstance(answer, Comparison):
            yield answer.ranking.concern
        elif isinstance(answer, Ranking | Why):
            yield answer.concern
