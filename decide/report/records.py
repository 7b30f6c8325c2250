"""Answers as flat records: one dict a line, for CSV and frames. `standing` says what a line of a ranking is: an option
that is ranked, doing nothing, what has no figure, or what is left out; what no study gives is no figure here either.
"""

from collections.abc import Callable
from typing import Any

from decide.alternatives.cell import Cell
from decide.alternatives.screening import Screening
from decide.answers.ask import Answer
from decide.answers.comparison import Comparison
from decide.answers.documents import Documents
from decide.answers.instead import Bought, Instead
from decide.answers.plan import Plan
from decide.answers.ranking.result import NotWorth, Ranking
from decide.catalog import Catalog
from decide.product.findings import ProductCheck
from decide.report.views.common import claim_views, why_left_out
from decide.report.views.documents import claim, verdict_words
from decide.report.views.marks import screening_marks
from decide.report.words import NO_FIGURE
from decide.result import flat

Record = dict[str, Any]


def _safety(screening: Screening, catalog: Catalog) -> str:
    """What bears on safety, in one text."""
    return "; ".join(mark.says for mark in screening_marks(screening, catalog))


def _figure(cell: Cell, value: float) -> float | None:
    return round(value, 6) if cell.known else None


def _verdicts(ranking: Ranking) -> dict[str, str]:
    """What the verdict says of an option, by its id; the weightier of two."""
    found = ranking.verdict
    tied = {row.option.id: "toss-up with the best" for row in found.tied}
    for item, says in ((found.not_worth, "not worth it"), (found.less, "best for less"), (found.best, "best")):
        if item is not None:
            tied[item.row.option.id if isinstance(item, NotWorth) else item.option.id] = says
    return tied


def ranking_records(ranking: Ranking) -> list[Record]:
    """One flat dict per option and for doing nothing; then one per thing without a figure or left out (rank empty)."""
    found: list[Record] = []
    says = _verdicts(ranking)
    for row in ranking.rows:
        record: Record = {
            "rank": None if row.nothing else row.rank,
            "standing": "doing nothing" if row.nothing else "ranked",
            "id": row.option.id,
            "option": row.option.name,
            "verdict": says.get(row.option.id),
            "score": round(row.score, 6),
            "p_best": row.p_best,
            "currency": ranking.currency,
            "gain_unit": ranking.units.gain[ranking.concern],
            "sessions": row.option.sessions,
            "usual_sessions": row.option.usual_sessions,
            "months": row.option.months,
            "stars": None if row.nothing else row.stars,
            "series": row.stars_working.series,
            "borrowed_from": row.option.cost.borrowed_from,
        }
        for criterion, cell in row.cells.items():
            name = "gain" if ranking.catalog.criteria[criterion].measure == "benefit" else criterion
            record |= {
                f"{name}_low": _figure(cell, cell.low),
                f"{name}": _figure(cell, cell.typical),
                f"{name}_high": _figure(cell, cell.high),
                f"{name}_basis": cell.basis,
            }
        record |= {f"contribution_{name}": round(value, 6) for name, value in row.contributions.items()}
        record["safety"] = _safety(row.screening, ranking.catalog)
        record |= {"claims": "", "left_out": ""}
        found.append(record)
    blank = dict.fromkeys(found[0]) if found else {}
    for blind in ranking.unmeasured:
        claims = claim_views(blind.claims, ranking.catalog)
        found.append(
            {
                **blank, "standing": NO_FIGURE, "id": blind.id, "option": blind.name, "verdict": says.get(blind.id),
                "currency": ranking.currency, "sessions": blind.option.sessions, "stars": blind.stars,
                "borrowed_from": blind.option.cost.borrowed_from,
                "cost_low": round(blind.total.low, 6), "cost": round(blind.total.typical, 6),
                "cost_high": round(blind.total.high, 6), "cost_basis": blind.total.basis,
                "safety": _safety(blind.screening, ranking.catalog),
                "claims": "; ".join(f"{claim.says} (says {claim.source.id})" for claim in claims), "left_out": "",
            }
        )  # fmt: skip
    for item in ranking.left_out:
        line: Record = {**blank, "standing": "left out", "id": item.id, "option": item.name}
        line["currency"] = ranking.currency
        line["left_out"] = why_left_out(item, ranking.catalog, ranking.symbol)
        found.append(line)
    return found


def comparison_records(found: Comparison) -> list[Record]:
    """One flat dict per side."""
    sides = {side.row.option.id for side in found.sides if side.row is not None}
    return [record for record in ranking_records(found.ranking) if record["id"] in sides]


def instead_records(found: Instead) -> list[Record]:
    """One flat dict a concern."""

    def side(key: str, bought: Bought | None) -> Record:
        return {
            key: bought.name if bought else None,
            f"{key}_gain": round(bought.benefit.typical, 2) if bought else None,
            f"{key}_cost": round(bought.cost.typical, 2) if bought else None,
            f"{key}_cost_basis": bought.cost.basis if bought else None,
            f"{key}_safety": _safety(bought.screening, found.catalog) if bought else "",
        }

    return [
        {
            "concern": row.concern,
            "spend": row.spend,
            **side("named", row.named),
            **side("other", row.other),
            "unit": found.catalog.scales[row.scale].step,
            "symbol": found.symbol,
            "p_other_better": row.p_other_better,
            "verdict": row.verdict,
            "left_out": why_left_out(row.left_out, found.catalog, found.symbol) if row.left_out else "",
        }
        for row in found.rows
    ]


def plan_records(plan: Plan) -> list[Record]:
    """One flat dict a course of the best plan."""
    return [
        {
            "id": course.id,
            "course": course.name,
            "sessions": course.sessions,
            "months": course.months,
            "cost": course.cost.typical,
            "safety": _safety(course.screening, plan.catalog),
            **{f"gain_{concern}": value for concern, value in course.alone.items()},
        }
        for course in plan.best.courses
    ]


def documents_records(found: Documents) -> list[Record]:
    """One flat dict a comparison."""
    return [
        {
            "source": row.source,
            "concern": row.concern,
            "market": row.market,
            "spend": row.spend,
            "says": claim(row),
            "p_ahead": row.p_ahead,
            "verdict": row.verdict,
            "why": verdict_words(row),
            "note": row.note,
        }
        for row in found.rows
    ]


def product_records(check: ProductCheck) -> list[Record]:
    """One flat dict per item."""
    return [
        {
            "framework": one.framework,
            "subject": one.subject,
            "item": item.id,
            "status": item.status,
            "why": item.reason,
            "verdict": "met" if one.verdict.met else "not met",
        }
        for one in check.frameworks
        for item in one.items
    ]


def answer_records(answer: Answer) -> list[Record]:
    """The lines of every part that has lines."""
    return [record for part in answer.parts for record in part.records()]


RECORDS: dict[type, Callable[[Any], list[Record]]] = {
    Answer: answer_records,
    Ranking: ranking_records,
    Comparison: comparison_records,
    Instead: instead_records,
    Plan: plan_records,
    Documents: documents_records,
    ProductCheck: product_records,
}
for _kind, _records in RECORDS.items():
    flat.register(_kind, _records)
