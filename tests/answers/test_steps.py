"""The calendar of a plan holds every course: it starts or is visited, shows, stops, is renewed."""

from html import unescape

import pytest

import decide
from decide.answers.plan import Plan, PlanCourse
from decide.catalog import Catalog
from decide.report.views.plan import plan_view
from decide.report.words import whole_span

PLANS = (
    "acne scars and melasma under $3000",
    "hair loss and wrinkles under $2500, man 45",
    "redness and age spots under £1500, woman 60",
)


@pytest.fixture(scope="module", params=PLANS)
def plan(request: pytest.FixtureRequest, catalog: Catalog) -> Plan:
    (found,) = decide.ask(request.param, catalog=catalog).parts
    assert isinstance(found, Plan)
    return found


def test_every_course_begins_and_says_when_it_shows_or_that_nobody_knows(plan: Plan) -> None:
    view = plan_view(plan)
    for course in plan.best.courses:
        kinds = {step.kind: step for step in plan.steps if step.course == course.id}
        visits = [visit for visit in plan.calendar if visit.name == course.name]
        assert "start" in kinds or len(visits) == course.sessions
        assert ("start" in kinds) == (course.sessions is None or bool(course.months))
        assert (kinds["look"].week is None) == (course.name in view.unsaid)
        first = min([visit.week for visit in visits], default=1)
        assert all(step.week is None or step.week >= first for step in kinds.values())


def test_what_is_used_at_home_ends_after_its_months(plan: Plan) -> None:
    for course in plan.best.courses:
        (*_, stop) = [None, *(step for step in plan.steps if (step.course, step.kind) == (course.id, "stop"))]
        if course.months:
            begun = min([v.week for v in plan.calendar if v.name == course.name], default=1)
            assert stop is not None
            assert stop.week is not None
            assert 4.2 <= (stop.week - begun) / stop.months[0] <= 4.6
            assert stop.months[0] <= course.months


def test_what_fades_is_renewed_after_the_last_visit(catalog: Catalog) -> None:
    (found,) = decide.ask("frown lines and redness, plan, $3000", catalog=catalog).parts
    assert isinstance(found, Plan)
    again = [step for step in found.steps if step.kind == "renew"]
    assert again
    for step in again:
        name = next(course.name for course in found.best.courses if course.id == step.course)
        last = max(visit.week for visit in found.calendar if visit.name == name)
        assert step.week is not None
        assert step.week > last
        assert step.months[0] <= step.months[1]


def test_the_calendar_is_told_in_the_order_of_its_weeks(plan: Plan) -> None:
    view = plan_view(plan)
    weeks = [int(when.partition("week ")[2]) for when, _, _ in view.diary]
    assert weeks == sorted(weeks)
    told = " ".join(what for _, what, _ in view.diary)
    assert all(course.name in told for course in plan.best.courses)


def test_every_step_stands_on_every_face(plan: Plan) -> None:
    from decide.report.html import report

    view, shown, page = plan_view(plan), " ".join(str(plan).split()), unescape(report(plan))
    assert view.diary
    for when, what, _ in view.diary:
        assert when in shown
        assert when in page
        assert what in page
    assert all(word in shown for _, what, _ in view.diary for word in what.split())


def test_what_courses_do_together_is_told_with_its_range(plan: Plan) -> None:
    for each in (plan.best, *plan.runner_ups):
        for concern, (low, high) in each.ranges.items():
            assert low < each.benefits[concern] < high
            alone = max(course.alone.get(concern, 0.0) for course in each.courses)
            assert high > alone
    for low, high in plan.best.ranges.values():
        assert f"{whole_span(low, high)})" in plan_view(plan).together


def test_what_does_most_for_its_money_at_home_comes_first(plan: Plan) -> None:
    def per_money(course: PlanCourse) -> float:
        gained = sum(plan.importance[c] * course.alone.get(c, 0.0) / plan.fulls[c] for c in plan.concerns)
        return gained / max(course.cost.typical, 1.0)

    courses = plan.best.courses
    visited = [per_money(course) for course in courses if course.sessions]
    first = {c.id for c in courses if not c.sessions and visited and per_money(c) >= max(visited)}
    named = plan.best.home_first.courses if plan.best.home_first else ()
    assert set(named) == first
    assert [course.id for course in courses[: len(first)]] == list(named)
    assert bool(first) == plan_view(plan).order.startswith("Start at home")
    if plan.best.home_first:
        least = min(per_money(course) for course in courses if course.id in first)
        assert plan.best.home_first.times == pytest.approx(least / max(visited))
