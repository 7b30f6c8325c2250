"""A plan as texts and marks."""

from typing import TYPE_CHECKING, NamedTuple

from decide.alternatives.cell import Cell
from decide.answers.calendar import WEEKS
from decide.question.conditions import readable
from decide.question.names import lower_first
from decide.question.restate import asker
from decide.report.views.common import Group, left_out_view, quote_lines
from decide.report.views.marks import Mark, gathered, name_signs, price_marks, screening_marks, simple, total_signs
from decide.report.words import (
    OTHER_KINDS,
    SERIES,
    gain,
    gain_alone,
    listed,
    money,
    money_range,
    months,
    number,
    part_of_score,
    plural,
    share,
    span,
    stars,
    stars_says,
)

if TYPE_CHECKING:
    from decide.answers.calendar import Step
    from decide.answers.plan import NoPlan, Plan, PlanCourse, PlanView

NOT_HAD = ("not for you", "ask first")
TWICE = 1.5
"""From here on one is told as so many times the other."""
TELLS = 0.0005
"""Money that adds less value than this adds nothing."""


class AloneView(NamedTuple):
    """What a course does alone for one concern."""

    concern: str
    name: str
    figure: str
    stars: str
    aloud: str

    @property
    def line(self) -> str:
        """All of it in one text."""
        return f"{self.name.lower()} {self.figure} {self.stars}"


class CourseView(NamedTuple):
    """One course of a plan."""

    id: str
    name: str
    signs: str
    length: str
    total: str
    alone: tuple[AloneView, ...]
    marks: tuple[Mark, ...]


class PlanTexts(NamedTuple):
    """Everything that a face shows of a plan."""

    title: str
    assumed: str
    concerns: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    courses: tuple[CourseView, ...]
    together: str
    order: str
    """What to try first at home, and why."""
    proof: str
    legend: tuple[Mark, ...]
    runner_ups: tuple[str, ...]
    more: str
    diary: tuple[tuple[str, str, str], ...]
    """Every step of every course: start, visits, look again, stop, renew."""
    unsaid: str
    """Of which courses no source says when they show."""
    left_out: tuple[Group, ...]


def plan_view(plan: "Plan") -> PlanTexts:
    """A plan as texts and marks."""
    courses = tuple(_course(course, plan) for course in plan.best.courses)
    best = plan.best
    dearest = sum(course.cost.high for course in best.courses)
    gone = [item for item in plan.left_out if item.why in NOT_HAD]
    title = f"Plan for {' + '.join(plan.concern_names).lower()} · up to {money(plan.budget, plan.symbol)}"
    return PlanTexts(
        title=" · ".join((f"{title} in all", *asker(plan.request, plan.catalog), f"{plan.market_name} prices")),
        assumed=_assumed(plan),
        concerns=tuple(zip(plan.concerns, plan.concern_names, strict=True)),
        columns=("course", "how much", "total", "alone it gains"),
        courses=courses,
        together=f"Together: {_together(plan, best)}, for {money(best.cost, plan.symbol)} "
        f"(up to {money(dearest, plan.symbol)} at the dearest).{_nothing_for(plan)}",
        order=_order(plan),
        proof=" ".join((_proof(plan), *quote_lines(plan.quotes, plan.catalog, plan.symbol))),
        legend=gathered((course.name, course.marks) for course in courses),
        runner_ups=tuple(
            f"{' + '.join(_short(c) for c in view.courses)}: {_together(plan, view)}, {money(view.cost, plan.symbol)}"
            for view in plan.runner_ups
        ),
        more=_more(plan),
        diary=_diary(plan, courses),
        unsaid=_unsaid(plan, courses),
        left_out=left_out_view(gone, plan.catalog, plan.symbol),
    )


STEPS = {
    "start": "Start",
    "visit": "Visit",
    "look": "Look again",
    "stop": "Stop",
    "end": "Stop or go on",
    "renew": "Renew",
}
"""What is done, in the order in which it stands within one week."""


def _diary(plan: "Plan", courses: tuple[CourseView, ...]) -> tuple[tuple[str, str, str], ...]:
    """Every step by its week: when, what, and what is to be known of it."""
    named = {course.id: course for course in courses}
    found = [(v.week, "visit", f"{v.name} {v.number} of {v.of}", _off(v.downtime_days)) for v in plan.calendar]
    told = ((step, named[step.course]) for step in plan.steps)
    found += [
        (step.week, "end" if step.on else step.kind, course.name, _step(step, course))
        for step, course in told
        if step.week is not None
    ]
    found.sort(key=lambda step: (step[0], [*STEPS].index(step[1])))
    return tuple(
        (f"Month {int((week - 1) // WEEKS) + 1}, week {week}", f"{STEPS[kind]}: {what}", more)
        for week, kind, what, more in found
    )


def _order(plan: "Plan") -> str:
    first = plan.best.home_first
    if first is None:
        return ""
    names = listed([lower_first(course.name) for course in plan.best.courses if course.id in first.courses])
    more = f"at least {number(first.times)} times as much as" if first.times >= TWICE else "no less than"
    each = "it is" if len(first.courses) == 1 else "each is"
    return (
        f"Start at home, with {names}: for the same money {each} expected to do {more} the visits here. Look again "
        "before you pay for more of them."
    )


def _off(days: int) -> str:
    return f"{plural(days, 'day')} off" if days else ""


def _step(step: "Step", course: CourseView) -> str:
    """What is to be known of one step."""
    if step.kind == "start":
        sold = [mark.says.partition(" (")[0].lower() for mark in course.marks if mark.kind == "status"]
        return "; ".join(("at home", *sold))
    if step.kind == "look":
        return "by now it should show; if it does not, ask whether to go on"
    if step.kind == "stop":
        counted = months(step.months[0])
        return f"{counted} are counted here; go on only if it helps" if step.on else f"the course of {counted} is over"
    return f"when it fades: a result lasts {span(*step.months)} months"


def _unsaid(plan: "Plan", courses: tuple[CourseView, ...]) -> str:
    names = [c.name for c in courses for step in plan.steps if step.course == c.id and step.week is None]
    return f"No source says when it shows: {listed(names)}. Ask before you start." if names else ""


def _assumed(plan: "Plan") -> str:
    """Of which concerns nobody said the kind, and which stands in."""
    names = dict(zip(plan.concerns, plan.concern_names, strict=True))
    return " ".join(
        f"You did not say which kind: this is for {names[c].lower()}, the one most asked about."
        for c in plan.kinds_assumed
    )


def no_plan(found: "NoPlan") -> tuple[str, str]:
    """Why there is no plan, and what would do."""
    if found.money is not None:
        symbol, budget, cheapest, cost = found.money
        would = f"the cheapest is {cheapest} at {money(cost, symbol)}"
        return f"{money(budget, symbol)} buys nothing that helps {listed(found.about).lower()}", would
    if found.barred:
        return f"nothing that is proven enough may be offered to you ({', '.join(found.barred)})", "see a doctor"
    what = listed(found.about).lower()
    return (
        f"nothing that is proven enough, may be had and is worth more than doing nothing helps {what}",
        "ask for less proof, or allow more",
    )


def _course(course: "PlanCourse", plan: "Plan") -> CourseView:
    part = bool(course.sessions and course.usual_sessions and course.sessions < course.usual_sessions)
    length = f"{course.sessions} of {course.usual_sessions}" if part else ""
    marks = (
        *([simple("part", length)] if part else []),
        *price_marks(course.cost, course.borrowed_from, course.doubtful),
        *([simple("kind", OTHER_KINDS)] if course.other_kinds else []),
        *([simple("series", SERIES)] if course.series else []),
        *screening_marks(course.screening, plan.catalog),
    )
    return CourseView(
        id=course.id,
        name=course.name,
        signs=name_signs(marks),
        length=f"{length} visits" if part else _length(course),
        total=f"{money_range(course.cost, plan.symbol)}{total_signs(marks)}",
        alone=tuple(
            AloneView(c, name, _figure(plan, c, course.alone[c]), stars(course.stars[c]), stars_says(course.stars[c]))
            for c, name in zip(plan.concerns, plan.concern_names, strict=True)
            if c in course.alone
        ),
        marks=marks,
    )


def _length(course: "PlanCourse") -> str:
    if course.sessions:
        return plural(course.sessions, "visit")
    return months(course.months) if course.months else "once"


def _figure(plan: "Plan", concern: str, value: float) -> str:
    scale = plan.catalog.scales[plan.scales[concern]]
    return gain(value, scale)


def _together(plan: "Plan", view: "PlanView") -> str:
    treated = {concern for course in view.courses for concern in course.alone}
    return ", ".join(
        f"{name.lower()} about {_likely(plan, view, c)}" if c in treated else f"nothing for {name.lower()}"
        for c, name in zip(plan.concerns, plan.concern_names, strict=True)
    )


def _likely(plan: "Plan", view: "PlanView", concern: str) -> str:
    """What the courses do together, and the range in which that is likely."""
    low, high = view.ranges[concern]
    cell = Cell(low=low, typical=view.benefits[concern], high=high, basis="studies")
    return gain_alone(cell, plan.catalog.scales[plan.scales[concern]])


def _nothing_for(plan: "Plan") -> str:
    """For which concerns nothing that is proven enough may be had, and why."""
    names = dict(zip(plan.concerns, plan.concern_names, strict=True))
    return "".join(
        f" {names[c]}: nothing that is proven enough "
        + (
            f"is offered to you ({', '.join(readable(plan.catalog, x) for x in barred)}): see a doctor."
            if barred
            else "may be had."
        )
        for c, barred in plan.nothing_for.items()
    )


def _short(course: "PlanCourse") -> str:
    return f"{course.name} ({course.sessions})" if course.sessions else course.name


def _proof(plan: "Plan") -> str:
    proof = (
        f"No other set of up to {plural(plan.most, 'course')} within the budget is expected to do more"
        if plan.proven
        else f"The best found in the time given; no plan can be better by more than {part_of_score(plan.gap)} in value"
    )
    return (
        f"{proof}, if effects on one concern combine as shares of what is left, and a further course that works the "
        f"same way counts {share(plan.like)}. Only what has {plural(plan.least_stars, 'star')} or more is used. "
        "Gains are over a dummy treatment."
    )


def _more(plan: "Plan") -> str:
    gains = [m for m in plan.more_money if m.gain > TELLS]
    if not gains:
        most = max((m.more for m in plan.more_money), default=0.0)
        return f"More money, up to {money(most, plan.symbol)}, adds nothing."
    texts = listed([f"{money(m.more, plan.symbol)} more adds {m.gain * 100:.1f} points of gain" for m in gains])
    return f"More money: {texts} (with {' + '.join(gains[-1].courses)})."
