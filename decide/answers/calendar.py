"""The calendar of a plan: which visit of which course in which week, and when each course starts, stops and shows."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from decide.alternatives.alternative import Option
from decide.alternatives.delivery import Delivery
from decide.catalog import Catalog
from decide.lazily import dataclass


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


WEEKS = 365.25 / 12 / 7
"""Weeks in a month."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a course asks beside its visits: to start or stop at home, to look again whether it shows, to renew it.

    `week` is None where no fact says when. `months` are those counted of a course at home, or, low and high, how long a
    result lasts before it is renewed; one that goes `on` has no end of its own.
    """

    kind: Literal["start", "look", "stop", "renew"]
    course: str
    week: int | None
    months: tuple[float, ...] = ()
    on: bool = False


def steps(
    catalog: Catalog, chosen: Mapping[Option, Sequence[str]], visits: Sequence[Visit], horizon: float
) -> tuple[Step, ...]:
    """The steps of every course but its visits; each option with the concerns that it treats."""
    found = []
    for option, concerns in chosen.items():
        weeks = [visit.week for visit in visits if visit.name == option.name] or [1]
        if option.sessions is None or option.months:
            found.append(Step(kind="start", course=option.id, week=weeks[0]))
        shows = [
            cell.high
            for concern in concerns
            if (cell := Delivery(catalog, catalog.procedures[option.procedure], concern).figure("onset-weeks"))
        ]
        found.append(Step(kind="look", course=option.id, week=weeks[0] + math.ceil(max(shows)) if shows else None))
        if option.months and not option.once:
            months = min(option.months, horizon)
            end, on = weeks[0] + round(months * WEEKS), option.months >= horizon
            found.append(Step(kind="stop", course=option.id, week=end, months=(months,), on=on))
        for lasts in [line.lasts for line in option.cost.lines if line.renewal and line.lasts][:1]:
            again = weeks[-1] + round(lasts[0] * WEEKS)
            found.append(Step(kind="renew", course=option.id, week=again, months=lasts))
    return tuple(found)
