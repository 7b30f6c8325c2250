"""The calendar of a plan holds every course: it starts or is visited, shows, stops, is renewed."""

import pytest

import decide
from decide.answers.plan import Plan
from decide.catalog import Catalog
from decide.report.views.plan import plan_view

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
    weeks = [int(week.removeprefix("Week ")) for week, _, _ in view.diary]
    assert weeks == sorted(weeks)
    told = " ".join(what for _, what, _ in view.diary)
    assert all(course.name in told for course in plan.best.courses)
