"""At which price an option would lead."""

import numpy as np

from decide.answers.ranking.result import Ranking
from decide.answers.robustness.result import BreakEvenPrice
from decide.catalog import Catalog


def break_even_prices(catalog: Catalog, ranking: Ranking) -> tuple[BreakEvenPrice, ...]:
    """For every option but the first, those that only cost too much included, the exact price at which it draws level
    with the best of the rest.

    The total moves with the price of the option's own unit (a session, a month, the thing itself); what its base costs
    stays. None where it would not lead at any price. What would lead as it is, were there the money, has to come down
    to the budget.
    """
    from decide import mcda

    rows = (*ranking.rows, *ranking.beyond)
    if len(rows) < 2:
        return ()
    names = list(catalog.criteria)
    values = np.array([[row.values[n] for n in names] for row in rows])
    weight = np.array([ranking.weights[n] for n in names])
    anchors = catalog.criteria["cost"].anchors_in(ranking.currency)
    at, value = [a.at for a in anchors], [a.value for a in anchors]
    found = []
    for i, row in enumerate(rows):
        if i == 0 or row.nothing:
            continue
        own = catalog.procedures[row.option.procedure].name
        lines = [line for line in row.option.cost.lines if line.what == own]
        units = sum(line.units[1] for line in lines)
        fixed = row["cost"].typical - sum(line.amount[1] for line in lines)
        others = [k for k in range(len(ranking.rows)) if k != i]
        even = mcda.break_even(values[[i, *others]], weight, 0, names.index("cost"), at, value)
        level = even.performance if even.leads == "below" else None
        if row.over_budget_by is not None:
            budget = ranking.request.budget
            in_all = budget is not None and budget.per == "course"
            most = row["cost"].typical - row.over_budget_by if in_all else None
            level = most if even.leads == "always" else level
            level = min(level, most) if level is not None and most is not None else level
        price = (level - fixed) / units if level is not None and units else None
        if price is not None and price <= 0:
            price = None
        found.append(
            BreakEvenPrice(
                id=row.option.id,
                name=row.option.name,
                total=level if price is not None else None,
                price=price,
                unit=lines[0].unit if lines else "",
                now=lines[0].unit_price[1] if lines else row["cost"].typical,
            )
        )
    return tuple(found)
