"""A plan as text: its courses, what they do together, the runners-up, what more money adds, and a calendar."""

import textwrap
from typing import TYPE_CHECKING

from decide.report.tables import table
from decide.report.text import TALK, wrap
from decide.report.words import money, money_range, number, stars

if TYPE_CHECKING:
    from decide.answers.plan import Plan, PlanCourse, PlanView


def plan_text(plan: "Plan") -> str:
    """The best plan first; then why it is the best, what comes next, and when what is done."""
    title = " + ".join(plan.concern_names)
    parts = [f"Plan for {title.lower()} · up to {money(plan.budget, plan.symbol)} in all · {plan.market} prices"]
    parts.append(_courses(plan))
    parts.append(
        wrap(
            f"Together: {_together(plan, plan.best)}, for {money(plan.best.cost, plan.symbol)} (up to "
            f"{money(sum(c.cost.high for c in plan.best.courses), plan.symbol)} at the dearest)."
        )
    )
    proof = (
        f"No other set of up to {plan.most} courses within the budget is expected to do more"
        if plan.proven
        else f"The best found in the time given; no plan can be better by more than {plan.gap:.3f} in value"
    )
    parts.append(
        wrap(
            f"{proof}, if effects on one concern combine as shares of what is left, and a further course "
            f"that works the same way counts {plan.like:.0%}. Only what has {plan.least_stars} stars or more is used."
        )
    )
    if plan.runner_ups:
        lines = ["Next best:"]
        for view in plan.runner_ups:
            names = " + ".join(_short(c) for c in view.courses)
            lines.append(wrap(f"  {names}: {_together(plan, view)}, {money(view.cost, plan.symbol)}", "  "))
        parts.append("\n".join(lines))
    more = [m for m in plan.more_money if m.gain > 0.0005]
    if more:
        texts = [f"{money(m.more, plan.symbol)} more adds {m.gain * 100:.1f} points of improvement" for m in more]
        parts.append(wrap(f"More money: {'; '.join(texts)} (with {' + '.join(more[-1].courses)})."))
    else:
        parts.append(wrap("More money, up to a thousand, adds nothing."))
    if plan.calendar:
        lines = ["Calendar:"]
        for visit in plan.calendar:
            days = f", {visit.downtime_days} days of downtime" if visit.downtime_days else ""
            lines.append(f"  week {visit.week:>2}: {visit.name}, visit {visit.number} of {visit.of}{days}")
        parts.append("\n".join(lines))
    gone = [item for item in plan.left_out if item.why in ("contraindicated", "not known safe")]
    if gone:
        named = "; ".join(f"{i.name} ({i.reason}{f'; {i.source}' if i.source else ''})" for i in gone[:8])
        parts.append(wrap(f"Not for you: {named}{f'; and {len(gone) - 8} more' if len(gone) > 8 else ''}."))
    parts.append(TALK)
    return "\n\n".join(parts)


def _courses(plan: "Plan") -> str:
    rows = []
    for course in plan.best.courses:
        alone = ", ".join(
            f"{name.lower()} {_amount(plan, c, course.alone[c])} {stars(course.stars[c])}"
            for c, name in zip(plan.concerns, plan.concern_names, strict=True)
            if c in course.alone
        )
        rows.append(
            [
                textwrap.fill(course.name, 26),
                _how_much(course),
                textwrap.fill(money_range(course.cost, plan.symbol), 22),
                textwrap.fill(alone, 32),
            ]
        )
    return table(rows, ["course", "how much", "total", "alone it does"])


def _how_much(course: "PlanCourse") -> str:
    if course.sessions:
        return f"{course.sessions} visits"
    return f"{number(course.months)} months" if course.months else "once"


def _amount(plan: "Plan", concern: str, value: float) -> str:
    return f"{value:.0f}%" if "percent" in plan.scales[concern] else f"{value:.0f} hairs/cm²"


def _together(plan: "Plan", view: "PlanView") -> str:
    return ", ".join(
        f"{name.lower()} about {_amount(plan, c, view.benefits[c])}{' better' if 'percent' in plan.scales[c] else ''}"
        for c, name in zip(plan.concerns, plan.concern_names, strict=True)
    )


def _short(course: "PlanCourse") -> str:
    return f"{course.name} ({course.sessions})" if course.sessions else course.name
