"""Answers as HTML for a notebook cell."""

from html import escape
from typing import TYPE_CHECKING

from decide.report.text import TALK, basis, heading
from decide.report.words import benefit_short, course_length, days, money_range, stars

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking


def ranking_html(ranking: "Ranking") -> str:
    """A table with caption and basis; every text escaped."""
    cells = []
    for row in ranking.rows:
        visits = course_length(row.option, ranking.horizon_months)
        values = [
            str(row.rank),
            row.option.name,
            money_range(row["cost"], ranking.symbol),
            visits,
            benefit_short(row["benefit"]),
            stars(row.stars),
            days(row["downtime"]),
            f"{row.score:.2f}",
        ]
        cells.append("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in values) + "</tr>")
    head = "".join(
        f"<th>{name}</th>" for name in ("", "option", "total", "visits", "benefit", "evidence", "downtime", "score")
    )
    return (
        f"<table><caption>{escape(heading(ranking))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(cells)}</tbody></table><p>{escape(ranking.reasons)}</p>"
        f"<p><small>{escape(basis(ranking))} {escape(TALK)}</small></p>"
    )
