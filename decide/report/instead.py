"""Same money elsewhere as text: one row a concern, in the shape of the documents' own table."""

import textwrap
from typing import TYPE_CHECKING

from tabulate import tabulate

from decide.report.text import TALK, wrap
from decide.report.words import benefit_short, money, stars

if TYPE_CHECKING:
    from decide.answers.instead import Bought, Instead


def instead_text(instead: "Instead") -> str:
    """What the money buys as the named procedure, what it buys best otherwise, and a verdict in words."""
    table = []
    for row in instead.rows:
        unit = "%" if "percent" in row.scale else " hairs"
        spend = money(row.spend, instead.symbol) if row.spend else "—"
        table.append(
            [
                textwrap.fill(row.concern_name, 13),
                spend,
                textwrap.fill(_side(row.named, instead.symbol, unit), 24),
                textwrap.fill(_side(row.other, instead.symbol, unit), 24),
                textwrap.fill(f"{row.verdict}: {row.words}", 22),
            ]
        )
    headers = ["concern", "money", f"as {instead.name.lower()}", "best otherwise", "the first is"]
    return "\n\n".join(
        [
            f"Same money elsewhere: {instead.name} · {instead.market} prices",
            str(tabulate(table, headers=headers, tablefmt="simple", disable_numparse=True)),
            wrap(
                "Best otherwise: the course of largest expected benefit that the money buys. "
                "Ranges hold 8 times in 10. Too close: neither helps more in three draws of four. "
                "≈ a price borrowed from another market. ? doubtful prices alone."
            ),
            TALK,
        ]
    )


def _side(side: "Bought | None", symbol: str, unit: str) -> str:
    if side is None:
        return "—"
    part = " (part course)" if side.part_course else ""
    mark = "≈" if side.cost.basis == "borrowed price" else ""
    mark = f"?{mark}" if side.doubtful else mark
    benefit = benefit_short(side.benefit).replace(" (", f"{unit} (")
    return f"{side.name}{part}, {mark}{money(side.cost.typical, symbol)}: {benefit} {stars(side.stars)}"
