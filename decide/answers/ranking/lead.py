"""What puts the first place ahead of the second, and which options are the best buys, from the rows' own figures."""

from collections.abc import Sequence

from decide import economics
from decide.answers.ranking.result import ForMore, Lead, Ranked
from decide.catalog import Catalog
from decide.question.problem import Limits

TELLS = 0.004
"""A criterion that adds less than this to the gap of two scores is not told of."""
AHEAD, BEHIND = 3, 2


def lead_of(catalog: Catalog, rows: Sequence[Ranked]) -> Lead | None:
    """The criteria that put the first place ahead of the second, and those that speak against it; None without two."""
    if len(rows) < 2 or rows[0].nothing:
        return None
    first, second = rows[:2]
    if first.rank == second.rank:
        return Lead(kind="tie", second=second.option.id)
    gaps = {c: first.contributions[c] - second.contributions[c] for c in catalog.criteria}
    order = sorted(gaps, key=lambda c: -abs(gaps[c]))
    ahead = tuple(c for c in order if gaps[c] > TELLS)[:AHEAD]
    behind = tuple(c for c in order if gaps[c] < -TELLS)[:BEHIND]
    return Lead(kind="ahead" if ahead else "close", second=second.option.id, ahead=ahead, behind=behind)


def for_more(limits: Limits, leading: Sequence[Ranked]) -> tuple[ForMore, ...]:
    """How much more it costs to have each of what would come first for more money."""
    return tuple(
        ForMore(
            id=row.option.id, name=row.option.name, sessions=row.option.sessions, more=row.over_budget_by or 0.0,
            per=limits.per, total=row.option.cost.total, gain=row["benefit"], score=row.score,
        )
        for row in leading
    )  # fmt: skip


def best_buys(rows: Sequence[Ranked]) -> tuple[str, ...]:
    """The frontier of expected total and gain among options that gain something, cheapest first."""
    known = [row for row in rows if row["benefit"].typical > 0]
    if not known:
        return ()
    places = economics.frontier([r["cost"].typical for r in known], [r["benefit"].typical for r in known])
    return tuple(known[i].option.id for i in places)
