"""The founding documents' comparisons as text."""

import textwrap
from typing import TYPE_CHECKING

from tabulate import tabulate

from decide.report.text import wrap
from decide.report.words import span

if TYPE_CHECKING:
    from decide.answers.documents import DocumentRow, SideSays


def documents_text(rows: "list[DocumentRow]") -> str:
    """One block a row: what the document says, what the engine says on the same money, and the verdict."""
    table = []
    for i, row in enumerate(rows, 1):
        money = f"{row.market}, {row.spend:,.0f}" if row.spend else row.market
        table.append(
            [
                i,
                textwrap.fill(f"{row.concern} ({money}), {row.source}: {row.says}", 35),
                textwrap.fill(f"{_side(row.ahead)} against {_side(row.behind)}", 33),
                textwrap.fill(f"{row.verdict.upper()}: {row.why}", 24),
            ]
        )
    counts = {
        v: sum(row.verdict == v for row in rows)
        for v in ("agrees", "disagrees", "too close", "over the money", "no figure")
    }
    summary = ", ".join(f"{verdict} {count}" for verdict, count in counts.items() if count)
    return "\n\n".join(
        [
            str(tabulate(table, headers=["", "the document says", "the studies say", "the engine"], tablefmt="simple")),
            wrap(f"{len(rows)} comparisons: {summary}. Ranges hold 8 times in 10. The engine follows the studies."),
        ]
    )


def _side(side: "SideSays") -> str:
    if side.benefit is None or side.low is None or side.high is None:
        return f"{side.what} (nothing known here)"
    figure = f"{side.benefit:.0f} ({span(round(side.low), round(side.high))})" if side.measured else "no figure"
    cost = f", {side.cost:,.0f}" if side.cost is not None else ""
    return f"{side.what} [{side.course}{cost}]: {figure}"
