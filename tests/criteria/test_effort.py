"""What a course asks: its visits, its renewals, and half a visit for each month of daily use."""

import pytest

from decide.evidence.index import Effect
from tests.toy import Toy
from tests.toy_rows import row


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen").practice("pen", "sessions", 2, 4).price("pen", 100)


def effort(toy: Toy, effect: Effect | str, **of: float) -> float:
    cell = row(toy, effect, **of)["effort"]  # type: ignore[arg-type]
    assert cell.low == cell.typical == cell.high
    return cell.typical


def test_every_visit_counts_as_one(pen: Toy) -> None:
    assert effort(pen, "pen") == 3
    assert effort(pen, "pen", sessions=2) == 2


def test_a_month_of_daily_use_counts_as_half_a_visit(toy: Toy) -> None:
    toy.cream("balm").price("balm", 20, unit="month")
    assert effort(toy, "balm", horizon=12) == 0.5 * 12
    assert effort(toy, "balm", horizon=20) == 0.5 * 20


def test_only_the_months_of_the_course_count(toy: Toy) -> None:
    toy.cream("balm").price("balm", 20, unit="month").assumption("balm", "course-months", 2, 4, 6)
    assert effort(toy, "balm", horizon=12) == 0.5 * 4


def test_renewals_are_visits_too(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 5, 5)
    # 12 / 5 rounded up less one: two renewals, a visit each
    assert effort(pen, "pen") == 3 + 2


def test_a_renewal_takes_the_visits_that_the_catalogue_says(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 5, 5).assumption("pen", "renewal-sessions", 1, 2, 3)
    assert effort(pen, "pen") == 3 + 2 * 2


def test_what_is_added_is_given_at_the_visits_of_its_base(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3).price("mix", 50)
    assert effort(pen, Effect("pen", "mix")) == 3


def test_a_cream_on_top_of_visits_adds_its_months(pen: Toy) -> None:
    pen.cream("balm", role="adjunct").price("balm", 20, unit="month")
    assert effort(pen, Effect("pen", "balm")) == 3 + 0.5 * 12
