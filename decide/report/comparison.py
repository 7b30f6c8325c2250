"""A comparison as text: one column a side, a line for each criterion, and a verdict for each pair."""

import textwrap
from typing import TYPE_CHECKING

from tabulate import tabulate

from decide.report.text import TALK, basis, heading, wrap
from decide.report.words import benefit_short, course_length, days, money_range, number, span, stars

if TYPE_CHECKING:
    from decide.answers.comparison import Comparison, Side
    from decide.answers.ranking.result import Ranking


def comparison_text(comparison: "Comparison") -> str:
    """The sides next to each other over all criteria."""
    ranking = comparison.ranking
    unit = "better (%)" if "percent" in ranking.scale else "hairs/cm²"
    fields = [
        "total",
        "visits",
        unit,
        "evidence",
        "downtime",
        "risk, points in 100",
        "weeks to show",
        "lasts, months",
        "score",
    ]
    width = max(16, 78 // len(comparison.sides))
    table = []
    columns = [_column(side, ranking) for side in comparison.sides]
    for i, field in enumerate(fields):
        table.append([field, *[textwrap.fill(column[i], width) for column in columns]])
    headers = ["", *[textwrap.fill(side.name, width) for side in comparison.sides]]
    parts = [heading(ranking), tabulate(table, headers=headers, tablefmt="simple", disable_numparse=True)]
    for side in comparison.sides:
        if side.row is None:
            reason = f"{side.left_out.why}, {side.left_out.reason}" if side.left_out else "nothing is known of it here"
            parts.append(wrap(f"{side.name}: not compared ({reason})."))
    for pair in comparison.pairs:
        parts.append(wrap(pair.verdict))
        if pair.head_to_head:
            heads = "; ".join(f"{h.source} ({h.says})" for h in pair.head_to_head[:5])
            parts.append(wrap(f"Head to head: {heads}."))
        else:
            parts.append(wrap(f"No study compares {pair.first} with {pair.second} directly."))
    parts += [wrap(basis(ranking)), TALK]
    return "\n\n".join(parts)


def _column(side: "Side", ranking: "Ranking") -> list[str]:
    row = side.row
    if row is None:
        return ["—"] * 9
    lasts = row["durability"]
    return [
        money_range(row["cost"], ranking.symbol),
        course_length(row.option, ranking.horizon_months),
        benefit_short(row["benefit"]),
        stars(row.stars),
        f"{days(row['downtime'])} days" if row["downtime"].high else "none",
        f"{number(row['risk'].typical)} ({span(row['risk'].low, row['risk'].high)})",
        span(row["speed"].low, row["speed"].high) if row["speed"].known else "not known",
        "as long as used"
        if lasts.basis == "as long as used"
        else span(lasts.low, lasts.high)
        if lasts.known
        else "not known",
        f"{row.score:.2f} (place {row.rank})",
    ]
