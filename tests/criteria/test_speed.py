"""Weeks until a result shows: the ladder of facts, and the stand-in where nobody says."""

import pytest

from decide.alternatives.delivery import Delivery
from decide.evidence.index import Effect
from tests.toy import Toy
from tests.toy_rows import row


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen").practice("pen", "sessions", 3, 3).helped("pen").price("pen", 100)


def test_weeks_come_from_facts_about_this_concern_first(pen: Toy) -> None:
    pen.practice("pen", "onset-weeks", 20, 20).practice("pen", "onset-weeks", 4, 8, concern="scars")
    found = row(pen, "pen")["speed"]
    assert (found.low, found.typical, found.high) == (4, 6, 8)


def test_another_concern_s_weeks_stand_in_and_say_so(pen: Toy) -> None:
    pen.practice("pen", "onset-weeks", 4, 8, concern="lines")
    found = row(pen, "pen")["speed"]
    assert (found.typical, found.basis) == (6, "elsewhere")


def test_an_unknown_wait_is_scored_with_its_stand_in_and_shown_as_unknown(pen: Toy) -> None:
    found = row(pen, "pen")["speed"]
    # the toy's criteria say 2, 12 and 26 weeks
    assert (found.low, found.typical, found.high) == (2, 12, 26)
    assert not found.known
    assert found.refs == ()


def test_the_wait_is_that_of_what_is_added(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 3, 3).practice("pen", "onset-weeks", 10, 10).price("pen", 100)
    toy.cream("balm", role="adjunct").practice("balm", "onset-weeks", 4, 4).price("balm", 20, unit="month")
    assert row(toy, Effect("pen", "balm"))["speed"].typical == 4


def test_what_is_added_shows_when_its_base_does_where_nobody_says(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "onset-weeks", 10, 14)
    toy.procedure("mix", adjunct_to=["pen"], role="adjunct")
    catalog = toy.catalog()
    found = Delivery(catalog, catalog.procedures["mix"], "scars").figure("onset-weeks")
    assert found is not None
    assert (found.typical, found.basis) == (12, "base")
