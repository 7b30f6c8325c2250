"""How many sessions make a course, and from which facts: the ladder followed by hand."""

import pytest

from decide.alternatives.cell import spread
from decide.alternatives.delivery import Delivery, Sessions, fact_ref
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.toy import Toy


def sessions(toy: Toy, procedure: str = "pen", concern: str = "scars") -> Sessions | None:
    catalog = toy.catalog()
    return Delivery(catalog, catalog.procedures[procedure], concern).sessions


def counts(toy: Toy, procedure: str = "pen", concern: str = "scars") -> tuple[int, int, int] | None:
    found = sessions(toy, procedure, concern)
    return found and (found.low, found.usual, found.high)


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


# ------------------------------------------------------------------ low, usual, high


def test_the_usual_number_is_the_median_of_the_middles(pen: Toy) -> None:
    for source, low, high in (("one", 1, 3), ("two", 3, 5), ("three", 6, 12)):
        pen.practice("pen", "sessions", low, high, concern="scars", source=source)
    # middles 2, 4 and 9
    assert counts(pen) == (1, 4, 12)


@pytest.mark.parametrize(
    ("numbers", "usual"),
    [((2, 3), 3), ((3, 4), 4), ((4, 5), 5), ((2, 4), 3), ((1, 2, 4), 2), ((2, 3, 4, 6), 4)],
)
def test_half_a_session_is_rounded_up(pen: Toy, numbers: tuple[int, ...], usual: int) -> None:
    for source, number in zip(("one", "two", "three", "four"), numbers, strict=False):
        pen.practice("pen", "sessions", number, number, concern="scars", source=source)
    assert counts(pen) == (numbers[0], usual, numbers[-1])


def test_an_open_end_counts_as_the_end_that_is_given(pen: Toy) -> None:
    pen.practice("pen", "sessions", 4).practice("pen", "sessions", None, 6, source="two")
    assert counts(pen) == (4, 5, 6)


def test_an_open_end_of_a_range_counts_as_the_other() -> None:
    # middles 6, 4 and 9
    assert spread([(None, 6), (2, 6), (9, None)]) == (2, 6, 9)


def test_fractions_of_a_session_are_kept_inside_the_range(pen: Toy) -> None:
    pen.practice("pen", "sessions", 1.5, 4.5)
    # the smallest whole number in the range is 2, the largest 4
    assert counts(pen) == (2, 3, 4)


def test_there_is_one_session_at_least(pen: Toy) -> None:
    pen.practice("pen", "sessions", 0.2, 0.4)
    assert counts(pen) == (1, 1, 1)


# ------------------------------------------------------------------ the ladder


def test_practice_for_this_concern_goes_before_what_its_studies_used(pen: Toy) -> None:
    pen.practice("pen", "sessions", 5, 5, concern="scars").helped("pen", sessions=3)
    found = sessions(pen)
    assert found is not None
    # a study used fewer, so that three is the smallest part course; the usual number is practice's
    assert found[:3] == (3, 5, 5)
    assert found.basis == "facts"
    assert [ref.kind for ref in found.refs] == ["practice"]


def test_a_study_that_used_more_widens_the_high_end(pen: Toy) -> None:
    pen.practice("pen", "sessions", 4, 4, concern="scars").helped("pen", sessions=8)
    assert counts(pen) == (4, 4, 8)


def test_what_the_studies_used_goes_before_practice_in_general(pen: Toy) -> None:
    pen.practice("pen", "sessions", 8, 8).helped("pen", sessions=3).helped("pen", sessions=5)
    found = sessions(pen)
    assert found is not None
    assert found[:3] == (3, 4, 5)
    assert [ref.kind for ref in found.refs] == ["study", "study"]
    assert fact_says(found.refs[0]) == "3 sessions"


def test_a_study_s_own_number_counts_where_its_results_name_none(pen: Toy) -> None:
    row = {"procedure": "pen", "measure": "percent-improvement", "value": 30}
    pen.study("trial", "scars", arm=[row], sessions=6)
    assert counts(pen) == (6, 6, 6)


def test_another_concern_s_studies_say_nothing(pen: Toy) -> None:
    pen.helped("pen", "lines", sessions=3)
    assert counts(pen) is None
    assert counts(pen, concern="lines") == (3, 3, 3)


def test_practice_in_general_goes_before_another_concern_s(pen: Toy) -> None:
    pen.practice("pen", "sessions", 2, 2, concern="lines").practice("pen", "sessions", 6, 6)
    found = sessions(pen)
    assert found is not None
    assert found[:3] == (6, 6, 6)
    assert found.basis == "facts"


def test_another_concern_s_practice_goes_before_an_assumption(pen: Toy) -> None:
    pen.practice("pen", "sessions", 2, 2, concern="lines").assumption("pen", "sessions", 5, 6, 7)
    found = sessions(pen)
    assert found is not None
    assert found[:3] == (2, 2, 2)
    assert found.basis == "elsewhere"


def test_an_assumption_stands_where_nothing_else_does(pen: Toy) -> None:
    pen.assumption("pen", "sessions", 2, 3, 7)
    found = sessions(pen)
    assert found is not None
    # the middle of its three numbers is their mean: (2 + 3 + 7) / 3 = 4
    assert found[:3] == (2, 4, 7)
    assert found.basis == "assumption"


def test_this_concern_s_own_assumption_goes_before_the_general_one(pen: Toy) -> None:
    pen.assumption("pen", "sessions", 9, 9, 9).assumption("pen", "sessions", 2, 2, 2, concern="scars")
    assert counts(pen) == (2, 2, 2)
    assert counts(pen, concern="lines") == (9, 9, 9)


def test_another_concern_s_assumption_is_none(pen: Toy) -> None:
    pen.assumption("pen", "sessions", 2, 2, 2, concern="lines")
    assert counts(pen) is None


def test_without_any_fact_there_is_no_number(pen: Toy) -> None:
    assert counts(pen) is None


def test_what_is_used_at_home_has_no_sessions(toy: Toy) -> None:
    toy.cream("balm").practice("balm", "sessions", 3, 3)
    catalog = toy.catalog()
    assert Delivery(catalog, catalog.procedures["balm"], "scars").at_home
    assert counts(toy, "balm") is None


# ------------------------------------------------------------------ assumptions by unit


def test_an_assumption_is_found_by_what_and_by_unit(pen: Toy) -> None:
    pen.assumption("pen", "session-units", 1, 2, 3, unit="syringe")
    pen.assumption("pen", "session-units", 4, 5, 6, unit="vial")
    pen.assumption("pen", "session-units", 7, 8, 9, unit="vial", concern="scars")
    catalog = pen.catalog()
    given = Delivery(catalog, catalog.procedures["pen"], "scars")
    found = [given.assumed("session-units", unit) for unit in ("syringe", "vial")]
    assert [a and a.typical for a in found] == [2, 8]
    assert given.assumed("session-units") is None
    assert given.assumed("unit-months", "vial") is None


# ------------------------------------------------------------------ facts in words


def test_facts_are_told_with_their_ends(pen: Toy) -> None:
    pen.practice("pen", "sessions", 3, 6, concern="scars").practice("pen", "sessions", 4)
    pen.practice("pen", "sessions", None, 8).practice("pen", "sessions", 5, 5)
    pen.assumption("pen", "session-units", 1, 2, 3, unit="syringe")
    catalog = pen.catalog()
    facts = [*catalog.practice("pen", "sessions"), *catalog.assumptions("pen")]
    assert [fact_says(fact_ref(fact)) for fact in facts] == [
        "sessions: 3–6 (scars)",
        "sessions: at least 4",
        "sessions: up to 8",
        "sessions: 5",
        "session units (syringe): 2 (1–3). A toy's reason.",
    ]


# ------------------------------------------------------------------ what is added to a base


def test_an_add_on_is_given_as_often_as_is_usual(pen: Toy) -> None:
    pen.practice("pen", "added-sessions", 1, 3, concern="scars")
    catalog = pen.catalog()
    given = Delivery(catalog, catalog.procedures["pen"], "scars")
    assert [given.added(count) for count in (1, 2, 5, None)] == [1, 2, 2, None]
    # what is said of another concern says nothing here
    assert Delivery(catalog, catalog.procedures["pen"], "lines").added(5) == 5


def test_what_no_study_gave_on_a_base_takes_its_own_number(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").helped("mix", sessions=2)
    catalog = pen.catalog()
    found = Delivery(catalog, catalog.procedures["mix"], "scars", Effect("pen", "mix")).sessions
    assert found is not None
    assert found[:3] == (2, 2, 2)


def test_what_came_afterwards_is_told_of_this_concern_alone(pen: Toy) -> None:
    pen.course("pen", "kept-percent", 50, 60).course("pen", "relapse-percent", 5, 9, concern="lines")
    catalog = pen.catalog()
    told = {c: Delivery(catalog, catalog.procedures["pen"], c).afterwards for c in ("scars", "lines", "hair")}
    assert {c: [ref.fact.low for ref in refs] for c, refs in told.items()} == {  # type: ignore[union-attr]
        "scars": [50], "lines": [5], "hair": [],
    }  # fmt: skip
