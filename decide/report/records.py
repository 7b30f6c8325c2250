"""Answers as flat records: one dict a line, for CSV, Markdown and frames."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decide.answers.ranking.result import Ranking


def ranking_records(ranking: "Ranking") -> list[dict[str, Any]]:
    """One flat dict per option, and one per thing left out (rank empty, reason filled)."""
    found: list[dict[str, Any]] = []
    for row in ranking.rows:
        record: dict[str, Any] = {
            "rank": row.rank,
            "id": row.option.id,
            "option": row.option.name,
            "score": round(row.score, 6),
            "currency": ranking.currency,
            "sessions": row.option.sessions,
            "usual_sessions": row.option.usual_sessions,
            "months": row.option.months,
            "stars": row.stars,
            "borrowed_from": row.option.cost.borrowed_from,
        }
        for name, cell in row.cells.items():
            record |= {
                f"{name}_low": round(cell.low, 6),
                f"{name}": round(cell.typical, 6),
                f"{name}_high": round(cell.high, 6),
                f"{name}_basis": cell.basis,
            }
        if row.cells["benefit"].basis != "studies":
            record |= {"benefit_low": None, "benefit": None, "benefit_high": None}
        record |= {f"contribution_{name}": round(value, 6) for name, value in row.contributions.items()}
        record["left_out"] = ""
        found.append(record)
    blank = dict.fromkeys(found[0]) if found else {}
    for item in ranking.left_out:
        line: dict[str, Any] = {**blank, "rank": None, "id": item.id, "option": item.name}
        line["currency"] = ranking.currency
        line["left_out"] = f"{item.why}: {item.reason}"
        found.append(line)
    return found
