"""The calendar of a plan: which visit of which course in which week."""

from collections.abc import Sequence
from dataclasses import dataclass

from decide.alternatives.alternative import Option
from decide.alternatives.delivery import Delivery
from decide.catalog import Catalog


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One entry of the calendar."""

    week: int
    name: str
    number: int
    of: int
    downtime_days: int


def calendar(catalog: Catalog, chosen: Sequence[Option], names: Sequence[str]) -> tuple[Visit, ...]:
    """Which visit in which week: each course's own interval, and the weeks that sources keep two procedures apart."""
    from decide import plans

    visits = [option for option in chosen if option.sessions]
    courses = []
    for option in visits:
        procedure = catalog.procedures[option.procedure]
        interval = None
        for concern in names:
            interval = interval or Delivery(catalog, procedure, concern).figure("interval-weeks")
        downtime = Delivery(catalog, procedure, names[0]).downtime
        courses.append(
            plans.Course(
                name=option.name,
                sessions=option.sessions or 1,
                low=interval.low if interval else catalog.constant("interval-unknown"),
                high=interval.high if interval else None,
                downtime=round(downtime.typical),
            )
        )
    rules: dict[tuple[int, int], float] = {}
    for rule in catalog.spacings:
        if rule.weeks is None:
            continue
        first, second = set(catalog.members(rule.first)), set(catalog.members(rule.second))
        for i, a in enumerate(visits):
            for j, b in enumerate(visits):
                if i != j and a.procedure in first and b.procedure in second:
                    pair = (min(i, j), max(i, j))
                    rules[pair] = max(rules.get(pair, 0.0), rule.weeks)
    sessions = plans.schedule(courses, rules, apart=catalog.constant("apart-unknown")) if courses else ()
    return tuple(
        Visit(
            week=s.week,
            name=s.name,
            number=s.number,
            of=courses[s.course].sessions,
            downtime_days=courses[s.course].downtime,
        )
        for s in sessions
    )
