"""Ways out of an answer in which nothing fits: what of the question to change, and how that is said."""

import math
from typing import TYPE_CHECKING, NamedTuple

from decide.question.names import name_of
from decide.report.words import money, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from decide.answers.plan import NoPlan
    from decide.answers.ranking.result import Ranking


class Door(NamedTuple):
    """One way out: a field of the question, what it is set to ("" to drop it), and the value that is dropped."""

    says: str
    field: str
    to: str = ""
    drop: str = ""


def doors(ranking: "Ranking") -> tuple[Door, ...]:
    """What would let something in where nothing is: more money, more days, or one thing less that is ruled out."""
    return () if ranking.options or ranking.unmeasured else tuple(_doors(ranking))


def _doors(ranking: "Ranking") -> "Iterator[Door]":
    catalog, gone, budget = ranking.catalog, ranking.left_out, ranking.request.budget
    dearer = [item.amount for item in gone if item.why == "over budget" and item.amount]
    if dearer and budget is not None and budget.high is not None:
        yield _with(float(budget.high) + min(dearer), ranking.symbol)
    days = [math.ceil(item.days) for item in gone if item.why == "downtime" and item.days is not None]
    if days:
        yield Door(f"Allow {plural(min(days), 'day')} off", "max_downtime", f"{min(days)}")
    for avoid in ranking.request.avoid:
        if any(item.why == "avoided" and item.value == avoid for item in gone):
            yield Door(f"Drop “{catalog.avoids[avoid].says}”", "avoid", drop=avoid)
    excluded = {item.id for item in gone if item.why == "excluded"}
    for name in ranking.request.exclude:
        if excluded & {*catalog.members(name)}:
            yield Door(f"Drop “not {name_of(catalog, name)}”", "exclude", drop=name)


def plan_doors(found: "NoPlan") -> tuple[Door, ...]:
    """What would let a plan have anything in it."""
    return (_with(found.money.cost, found.money.symbol),) if found.money is not None else ()


def _with(total: float, symbol: str) -> Door:
    whole = math.ceil(total)
    return Door(f"Show with {money(whole, symbol)}", "budget", f"{whole}")
