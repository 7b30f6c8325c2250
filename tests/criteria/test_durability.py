"""Months that a result lasts: to the horizon while it is used or renewed, else as long as a fact says."""

import pytest

from decide.alternatives.delivery import Delivery
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.toy import Toy
from tests.toy_rows import option, row


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen").practice("pen", "sessions", 3, 3).price("pen", 100)


@pytest.fixture
def balm(toy: Toy) -> Toy:
    return toy.cream("balm").price("balm", 20, unit="month")


def ends(toy: Toy, effect: Effect | str, horizon: float = 12) -> tuple[float, float, float]:
    cell = row(toy, effect, horizon=horizon)["durability"]
    return cell.low, cell.typical, cell.high


def test_what_outlasts_the_horizon_lasts_as_long_as_it_lasts(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 18, 30)
    assert ends(pen, "pen") == (18, 24, 30)
    assert row(pen, "pen")["durability"].basis == "facts"


def test_what_is_renewed_lasts_to_the_horizon_at_least(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 4, 20)
    # a middle of 12 needs no renewal in 12 months; over 24 it is renewed once, and lasts 24 at each end
    assert ends(pen, "pen", 12) == (4, 12, 20)
    assert ends(pen, "pen", 24) == (24, 24, 24)


def test_a_renewed_result_keeps_an_end_beyond_the_horizon(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 4, 36)
    # middle 20: renewed once in 24 months; the high end of 36 stays
    assert ends(pen, "pen", 24) == (24, 24, 36)
    assert fact_says(row(pen, "pen", horizon=24)["durability"].refs[0]) == "months that it lasts: 4–36"


def test_what_is_used_at_home_lasts_as_long_as_it_is_used(balm: Toy) -> None:
    balm.practice("balm", "durability-months", 3, 3)
    assert ends(balm, "balm", 12) == (12, 12, 12)
    assert ends(balm, "balm", 30) == (30, 30, 30)
    assert row(balm, "balm")["durability"].basis == "as-used"


def test_a_course_at_home_that_ends_lasts_as_long_as_a_fact_says(balm: Toy) -> None:
    balm.assumption("balm", "course-months", 2, 3, 4).practice("balm", "durability-months", 6, 10)
    assert ends(balm, "balm") == (6, 8, 10)


def test_how_long_it_lasts_for_another_concern_is_not_taken_over(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 30, 30, concern="lines")
    found = row(pen, "pen")["durability"]
    # unknown: the toy's criteria say 3, 6 and 24
    assert (found.low, found.typical, found.high) == (3, 6, 24)
    assert found.basis == "unknown"


def test_what_it_is_made_of_does_not_bring_another_concern_s_either(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "durability-months", 30, 30, concern="lines")
    toy.procedure("both", parts=["pen"])
    catalog = toy.catalog()
    assert Delivery(catalog, catalog.procedures["both"], "scars").durability is None
    found = Delivery(catalog, catalog.procedures["both"], "lines").durability
    assert found is not None
    assert found.typical == 30


def test_facts_about_this_concern_go_before_general_ones(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 60, 60).practice("pen", "durability-months", 14, 16, concern="scars")
    assert ends(pen, "pen") == (14, 15, 16)


def test_what_is_added_lasts_as_long_as_its_base_where_nobody_says(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3).price("mix", 50)
    pen.practice("pen", "durability-months", 15, 15)
    assert ends(pen, Effect("pen", "mix")) == (15, 15, 15)
    pen.practice("mix", "durability-months", 18, 18)
    assert ends(pen, Effect("pen", "mix")) == (18, 18, 18)


def test_renewals_are_counted_from_how_long_it_lasts(pen: Toy) -> None:
    pen.practice("pen", "durability-months", 3, 7)
    # middle 5: 12 / 5 rounded up, less the course itself, makes 2 renewals of one visit
    assert option(pen, "pen").renewals == 2
