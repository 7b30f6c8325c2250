"""Totals followed by hand: units, packs, renewals, bases and borrowed prices."""

import pytest

from decide.alternatives.costs import Cost, Priced, UnitPrice, course_costs, price_ref, renewals, unit_price
from decide.alternatives.delivery import Delivery, delivery_of
from decide.alternatives.pricing import PriceBook
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.toy import Toy

Ends = tuple[float, float, float]


def unit(toy: Toy, procedure: str, horizon: float = 12, concern: str = "scars") -> UnitPrice | None:
    catalog = toy.catalog()
    observed = PriceBook(catalog, catalog.market("us")).lookup(procedure)
    assert observed is not None
    return unit_price(Delivery(catalog, catalog.procedures[procedure], concern), observed, horizon)


def price_of(toy: Toy, procedure: str, horizon: float = 12) -> tuple[str, float, float, float]:
    found = unit(toy, procedure, horizon)
    assert found is not None
    return found.per, *(pytest.approx(x) for x in (found.low, found.typical, found.high))  # type: ignore[return-value]


def course(
    toy: Toy,
    effect: Effect | str,
    sessions: int | None = None,
    horizon: float = 12,
    market: str = "us",
    concern: str = "scars",
) -> Cost:
    catalog = toy.catalog()
    book = PriceBook(catalog, catalog.market(market))
    asked = Effect(effect) if isinstance(effect, str) else effect
    ((count, cost),) = course_costs(delivery_of(catalog, asked, concern)[0], book, [sessions], horizon)
    assert count == sessions
    return cost


def total(cost: Cost) -> Ends:
    return cost.total.low, cost.total.typical, cost.total.high


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


@pytest.fixture
def balm(toy: Toy) -> Toy:
    return toy.cream("balm")


# ------------------------------------------------------------------ units


def test_a_unit_price_has_the_lowest_low_the_highest_high_and_the_median_middle(pen: Toy) -> None:
    pen.price("pen", 100, 200).price("pen", 120, 400, source="two").price("pen", 90, 110, source="three")
    # middles 150, 260 and 100
    assert price_of(pen, "pen") == ("session", 90, 150, 400)


def test_a_typical_price_that_is_told_counts_as_the_middle(pen: Toy) -> None:
    pen.price("pen", 100, 200, typical=110)
    assert price_of(pen, "pen") == ("session", 100, 110, 200)


def test_a_price_per_procedure_is_one_of_a_session_in_a_clinic(pen: Toy) -> None:
    pen.price("pen", 100, unit="procedure")
    assert price_of(pen, "pen") == ("session", 100, 100, 100)


def test_a_price_per_procedure_is_paid_once_at_home(balm: Toy) -> None:
    balm.price("balm", 100, unit="procedure")
    assert price_of(balm, "balm") == ("once", 100, 100, 100)


@pytest.mark.parametrize("name", ["syringe", "vial", "area"])
def test_a_session_takes_as_many_units_as_the_catalogue_assumes(pen: Toy, name: str) -> None:
    pen.price("pen", 100, 200, unit=name).assumption("pen", "session-units", 1, 3, 4, unit=name)
    assert price_of(pen, "pen") == ("session", 1 * 100, 3 * 150, 4 * 200)


def test_a_unit_without_its_assumption_is_not_used(pen: Toy) -> None:
    pen.price("pen", 100, unit="syringe")
    assert unit(pen, "pen") is None
    pen.price("pen", 300, source="two")
    assert price_of(pen, "pen") == ("session", 300, 300, 300)


def test_a_price_per_course_is_shared_over_its_sessions(pen: Toy) -> None:
    pen.price("pen", 300, 600, unit="course", sessions=3)
    assert price_of(pen, "pen") == ("session", 100, 150, 200)


def test_a_price_per_month_stays_one(balm: Toy) -> None:
    balm.price("balm", 10, 30, unit="month")
    assert price_of(balm, "balm") == ("month", 10, 20, 30)


def test_packs_are_bought_whole(balm: Toy) -> None:
    balm.price("balm", 50, unit="course", months=5)
    # 12 months take ⌈12 / 5⌉ = 3 packs
    assert price_of(balm, "balm", 12) == ("month", 150 / 12, 150 / 12, 150 / 12)
    # 10 months take exactly 2
    assert price_of(balm, "balm", 10) == ("month", 10, 10, 10)


def test_the_low_end_takes_the_pack_that_lasts_longest(balm: Toy) -> None:
    balm.price("balm", 20, 40, unit="tube").assumption("balm", "unit-months", 2, 5, 7, unit="tube")
    # ⌈12 / 7⌉ = 2 tubes at 20, ⌈12 / 5⌉ = 3 at 30, ⌈12 / 2⌉ = 6 at 40
    assert price_of(balm, "balm") == ("month", 2 * 20 / 12, 3 * 30 / 12, 6 * 40 / 12)


def test_a_bottle_needs_its_own_assumption(balm: Toy) -> None:
    balm.price("balm", 20, unit="bottle").assumption("balm", "unit-months", 2, 5, 7, unit="tube")
    assert unit(balm, "balm") is None


def test_what_is_bought_once_is_paid_once(balm: Toy) -> None:
    balm.price("balm", 400, 600, unit="course", once=True)
    assert price_of(balm, "balm") == ("once", 400, 500, 600)


def test_visits_count_for_what_is_done_in_visits_and_months_for_what_is_used_at_home(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 30, unit="month").price("pen", 200)
    toy.cream("balm").price("balm", 30, unit="month").price("balm", 200)
    assert price_of(toy, "pen") == ("session", 200, 200, 200)
    assert price_of(toy, "balm") == ("month", 30, 30, 30)


def test_a_thing_to_own_is_priced_once_before_it_is_priced_by_the_month(balm: Toy) -> None:
    balm.price("balm", 30, unit="month").price("balm", 500, unit="procedure")
    assert price_of(balm, "balm") == ("once", 500, 500, 500)


def test_a_visit_is_no_price_of_what_is_used_at_home(balm: Toy) -> None:
    balm.price("balm", 200)
    assert unit(balm, "balm") is None


def test_the_observations_behind_a_price_are_told(pen: Toy) -> None:
    pen.price("pen", 1000, 2000, unit="syringe", covers="one cheek").assumption(
        "pen", "session-units", 1, 2, 3, unit="syringe"
    )
    found = unit(pen, "pen")
    assert found is not None
    assert [fact_says(ref) for ref in found.refs] == [
        "USD 1,000–2,000 a syringe, 2025: one cheek",
        "session units (syringe): 2 (1–3). A toy's reason.",
    ]


def test_prices_with_and_without_the_base_are_brought_to_one_basis(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 400, source="three").procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("mix", 499, basis="all-in").price("mix", 150, 170, source="two", basis="add-on")
    # the add-on of 150 to 170 costs 550 to 570 with its base of 400; two voices: 499 and 560
    cost = course(toy, Effect("pen", "mix"), 2)
    assert total(cost) == (2 * 499, 499 + 560, 2 * 570)
    assert [line.what for line in cost.lines] == ["Mix"]


def test_an_add_on_whose_base_has_no_price_cannot_be_brought_to_all_in(toy: Toy) -> None:
    toy.procedure("pen").procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("mix", 500, basis="all-in").price("mix", 150, source="two", basis="add-on")
    assert total(course(toy, Effect("pen", "mix"), 1)) == (500, 500, 500)


def test_a_seller_s_combination_stands_on_the_market_s_base_where_it_tells_its_own_base(toy: Toy) -> None:
    toy.procedure("pen").procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("pen", 400, source="cheap").price("pen", 700, source="dear").price("pen", 900, source="dearest")
    toy.price("mix", 450, source="cheap", basis="all-in", covers="both").price(
        "mix", 900, source="dear", basis="all-in"
    )
    # the cheap seller adds 50 and the dear one 200, to a base of 400 to 900, mostly 700
    cost = course(toy, Effect("pen", "mix"), 1)
    assert total(cost) == (400 + 50, 700 + 125, 900 + 200)
    assert [line.what for line in cost.lines] == ["Pen", "Mix"]
    said = [fact_says(ref) for ref in cost.total.refs]
    assert "USD 50 a session, 2025: both; 450 in all, where the base alone is 400" in said


def test_a_base_that_is_had_anyway_is_taken_off_a_price_that_holds_it(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 400).procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("mix", 450, basis="all-in")
    assert total(course(toy, Effect("pen", "mix"), 1, concern="healing")) == (50, 50, 50)


def test_where_the_base_is_had_anyway_prices_without_it_count_alone(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 400, source="three").procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("mix", 499, basis="all-in").price("mix", 150, 170, source="two", basis="add-on")
    assert total(course(toy, Effect("pen", "mix"), 2, concern="healing")) == (300, 320, 340)


@pytest.mark.parametrize(
    "base", [{"doubtful": "old"}, {"promotion": True}, {"from": True}, {"unit": "procedure"}, {"low": 500}]
)
def test_a_base_price_that_tells_no_difference_leaves_a_combination_as_it_is(toy: Toy, base: dict[str, object]) -> None:
    toy.procedure("pen").procedure("mix", role="adjunct", adjunct_to=["pen"])
    toy.price("pen", **{"low": 400, **base}).price("mix", 450, basis="all-in")  # type: ignore[arg-type]
    # another seller's base is no part of it either
    toy.price("pen", 700, source="two").price("pen", 700, source="three")
    assert course(toy, Effect("pen", "mix"), 1).total.typical == 450


def test_one_seller_s_fixed_price_is_as_wide_as_sellers_are_apart(pen: Toy) -> None:
    pen.price("pen", 600)
    pen.procedure("ox").price("ox", 100).price("ox", 120, source="two").price("ox", 240, source="three")
    pen.price("ox", 9000, source="four", doubtful="old").price("ox", 100, 900, source="five")
    # the pairs 1.2, 2 and 2.4: the middle one
    assert price_of(pen, "pen") == ("session", 300, 600, 1200)
    assert price_of(pen, "ox") == ("session", 100, 180, 900)
    assert fact_says(unit(pen, "pen").refs[0]) == "USD 600 a session, 2025: "  # type: ignore[union-attr]


def test_how_far_sellers_are_apart_is_told_by_prices_of_one_grade(pen: Toy) -> None:
    pen.price("pen", 600).procedure("ox").price("ox", 100).price("ox", 300, source="two", grade="guide")
    assert price_of(pen, "pen") == ("session", 600, 600, 600)


def test_one_seller_s_range_and_a_quote_are_no_wider_than_told(pen: Toy) -> None:
    pen.procedure("ox").price("ox", 100).price("ox", 200, source="two").price("pen", 600, 700)
    assert price_of(pen, "pen") == ("session", 600, 650, 700)


def test_an_add_on_given_in_some_of_the_visits_is_paid_for_in_those_alone(toy: Toy) -> None:
    toy.procedure("cut").price("cut", 400).procedure("cut-and-fill", role="adjunct", adjunct_to=["cut"])
    toy.practice("cut-and-fill", "added-sessions", 1, 1, concern="scars")
    effect = Effect("cut", "cut-and-fill")
    toy.price("cut-and-fill", 1000, basis="all-in")
    # one visit with the filler, two without
    assert total(course(toy, effect, 3)) == (1800, 1800, 1800)
    assert course(toy, effect, 3).per_visit == (1000, 1000, 1000)
    assert total(course(toy, effect, 1)) == (1000, 1000, 1000)


def test_a_visit_whose_price_holds_the_base_is_paid_once(toy: Toy) -> None:
    """Where no seller tells both prices, what the add-on costs with its base is all that is known of that visit."""
    toy.procedure("cut").price("cut", 400).procedure("cut-and-fill", role="adjunct", adjunct_to=["cut"])
    toy.practice("cut-and-fill", "added-sessions", 1, 1, concern="scars")
    toy.price("cut-and-fill", 900, 1300, basis="all-in", source="two")
    cost = course(toy, Effect("cut", "cut-and-fill"), 3)
    assert total(cost) == (900 + 800, 1100 + 800, 1300 + 800)
    assert cost.per_visit == (900, 1100, 1300)


def test_an_add_on_s_own_price_is_paid_as_often_as_it_is_given(toy: Toy) -> None:
    toy.procedure("cut").price("cut", 400).procedure("cut-and-fill", role="adjunct", adjunct_to=["cut"])
    toy.practice("cut-and-fill", "added-sessions", 1, 1, concern="scars").price("cut-and-fill", 600, basis="add-on")
    assert total(course(toy, Effect("cut", "cut-and-fill"), 3)) == (1800, 1800, 1800)


def test_a_voice_is_who_tells_a_price_that_is_used(pen: Toy) -> None:
    pen.price("pen", 100, 120).price("pen", 90, 110, unit="month", source="two")
    assert course(pen, "pen", 3).voices == 1


def test_a_course_of_two_has_the_voices_of_the_part_with_fewer(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).price("pen", 120, source="two").price("pen", 130, source="three")
    toy.procedure("mix", role="adjunct").price("mix", 40).price("mix", 50, source="two")
    assert (course(toy, "pen", 3).voices, course(toy, Effect("pen", "mix"), 3).voices) == (3, 2)


def test_one_publisher_is_one_voice(pen: Toy) -> None:
    pen.add("source", id="a1", title="A", publisher="A clinic").add("source", id="a2", title="A", publisher="A clinic")
    pen.add("source", id="b", title="B", publisher="B clinic").add("source", id="c", title="C", publisher="C clinic")
    pen.price("pen", 495, source="a1").price("pen", 550, source="a1", covers="x").price("pen", 750, source="a2")
    pen.price("pen", 300, source="b").price("pen", 320, source="c")
    # A speaks once, with its median of 550: the middle of 300, 320 and 550
    assert price_of(pen, "pen") == ("session", 300, 320, 750)


def test_sites_of_one_agency_are_one_voice(pen: Toy) -> None:
    for name in ("a", "b", "c"):
        pen.add("source", id=name, title=name, publisher=f"clinic {name}", agency="" if name == "c" else "one maker")
    pen.price("pen", 100, source="a").price("pen", 200, source="b").price("pen", 400, source="c")
    # 150 against 400, not the median of three
    assert price_of(pen, "pen") == ("session", 100, 275, 400)


def test_botulinum_by_the_unit_takes_the_units_of_a_session(pen: Toy) -> None:
    pen.price("pen", 10, 12, unit="unit").assumption("pen", "session-units", 15, 30, 59, unit="unit")
    assert price_of(pen, "pen") == ("session", 150, 330, 708)


def test_a_price_by_the_graft_takes_the_grafts_of_a_session(pen: Toy) -> None:
    pen.price("pen", 5, unit="graft").assumption("pen", "session-units", 1000, 2000, 3000, unit="graft")
    assert price_of(pen, "pen") == ("session", 5000, 10000, 15000)


def test_a_starting_price_says_from_and_its_high_end_is_drawn(pen: Toy) -> None:
    pen.price("pen", 200, **{"from": True}).price("other", 100, 150).procedure("other")
    found = unit(pen, "pen")
    assert found is not None
    # the one range of this grade goes up by a half
    assert (found.low, found.typical, found.high) == (200, 250, 300)
    assert fact_says(found.refs[0]) == "USD from 200 a session, 2025: "
    cost = course(pen, "pen", 1)
    assert cost.starting


def test_a_price_in_a_unit_without_an_assumption_is_passed_over_and_said(pen: Toy) -> None:
    catalog = pen.price("pen", 10, unit="unit").price("pen", 300, source="two", grade="guide").catalog()
    priced = Priced.of(
        Delivery(catalog, catalog.procedures["pen"], "scars"), PriceBook(catalog, catalog.market("us")), 12
    )
    assert priced is not None
    assert priced.unit.typical == 300
    assert [(p.price.unit, p.why) for p in priced.observed.passed_over] == [("unit", "unit")]


def test_a_session_in_a_clinic_is_no_price_of_a_thing_used_at_home(balm: Toy) -> None:
    catalog = balm.price("balm", 40, unit="session").price("balm", 200, unit="procedure", market="uk").catalog()
    priced = Priced.of(
        Delivery(catalog, catalog.procedures["balm"], "scars"), PriceBook(catalog, catalog.market("us")), 12
    )
    assert priced is not None
    assert (priced.observed.origin, priced.unit.per) == ("borrowed", "once")
    assert [(p.price.unit, p.why) for p in priced.observed.passed_over] == [("session", "unit")]


# ------------------------------------------------------------------ the course


def test_a_course_in_visits_is_sessions_times_price(pen: Toy) -> None:
    pen.price("pen", 100, 300)
    cost = course(pen, "pen", 4)
    assert total(cost) == (400, 800, 1200)
    assert cost.per_visit == (100, 200, 300)
    assert cost.years == (2025,)
    assert cost.total.basis == "facts"


def test_a_course_at_home_is_months_times_price(balm: Toy) -> None:
    balm.price("balm", 10, 30, unit="month")
    assert total(course(balm, "balm")) == (120, 240, 360)
    assert total(course(balm, "balm", horizon=20)) == (200, 400, 600)
    assert course(balm, "balm").per_visit is None


def test_a_shorter_course_at_home_ends_before_the_horizon(balm: Toy) -> None:
    balm.price("balm", 10, unit="month").assumption("balm", "course-months", 3, 6, 18)
    assert total(course(balm, "balm", horizon=12)) == (30, 60, 120)
    assert total(course(balm, "balm", horizon=5)) == (30, 50, 50)


def test_what_is_bought_once_costs_the_same_over_any_horizon(balm: Toy) -> None:
    balm.price("balm", 500, unit="procedure")
    assert total(course(balm, "balm", horizon=6)) == total(course(balm, "balm", horizon=60)) == (500, 500, 500)


def test_a_whole_tube_is_paid_for(balm: Toy) -> None:
    balm.price("balm", 20, unit="tube").assumption("balm", "unit-months", 5, 5, 5, unit="tube")
    assert total(course(balm, "balm", horizon=12)) == pytest.approx((60, 60, 60))
    assert total(course(balm, "balm", horizon=15)) == pytest.approx((60, 60, 60))
    assert total(course(balm, "balm", horizon=16)) == pytest.approx((80, 80, 80))


# ------------------------------------------------------------------ renewals


@pytest.mark.parametrize(
    ("months", "horizon", "times"),
    [(3, 12, 3), (4, 12, 2), (5, 12, 2), (6, 12, 1), (11, 12, 1), (12, 12, 0), (18, 12, 0), (12, 24, 1), (1, 12, 11)],
)
def test_a_result_is_renewed_as_often_as_the_horizon_holds_it_less_once(
    pen: Toy, months: float, horizon: float, times: float
) -> None:
    pen.practice("pen", "durability-months", months, months)
    catalog = pen.catalog()
    low, typical, high, lasts = renewals(Delivery(catalog, catalog.procedures["pen"], "scars"), horizon)
    assert (low, typical, high) == (times, times, times)
    assert lasts is not None


def test_the_high_total_takes_what_fades_first(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 3, 9)
    # lasting 9, 6 and 3 months: 1, 1 and 3 renewals of one visit, on top of 2 visits
    assert total(course(pen, "pen", 2)) == (300, 300, 500)
    assert course(pen, "pen", 2).lines[1].lasts == (3, 9)


def test_what_lasted_at_least_so_long_is_renewed_in_the_high_end_alone(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 6)
    # seen for six months, when the trial ended: one renewal in a year at the most
    assert total(course(pen, "pen", 2)) == (200, 200, 300)
    pen.practice("pen", "durability-months", 6, 6, source="two")
    assert total(course(pen, "pen", 2)) == (300, 300, 300)


def test_nothing_is_renewed_where_nobody_says_how_long_it_lasts(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 3, 3, concern="lines")
    assert total(course(pen, "pen", 2, horizon=60)) == (200, 200, 200)
    assert total(course(pen, "pen", 2, concern="lines")) == (500, 500, 500)


def test_a_renewal_takes_the_sessions_that_the_catalogue_assumes(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 6, 6).assumption("pen", "renewal-sessions", 1, 2, 3)
    assert total(course(pen, "pen", 4)) == (500, 600, 700)


def test_a_renewal_never_takes_more_than_the_course(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 6, 6).assumption("pen", "renewal-sessions", 1, 3, 5)
    assert total(course(pen, "pen", 2)) == (300, 400, 400)


def test_renewals_stand_on_a_line_of_their_own(pen: Toy) -> None:
    pen.price("pen", 100).practice("pen", "durability-months", 4, 4)
    first, second = course(pen, "pen", 3).lines
    assert (first.what, first.units, first.amount, first.renewal) == ("Pen", (3, 3, 3), (300, 300, 300), False)
    assert (second.what, second.units, second.lasts) == ("Pen", (2, 2, 2), (4, 4))
    assert second.amount == (200, 200, 200)


def test_what_is_used_at_home_is_not_renewed(balm: Toy) -> None:
    balm.price("balm", 10, unit="month").practice("balm", "durability-months", 1, 1)
    assert total(course(balm, "balm")) == (120, 120, 120)


# ------------------------------------------------------------------ on top of something


def test_an_addition_carries_its_base(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100, 200).procedure("mix", role="adjunct").price("mix", 40, 60)
    cost = course(toy, Effect("pen", "mix"), 3)
    assert total(cost) == (3 * 140, 3 * 200, 3 * 260)
    assert [line.what for line in cost.lines] == ["Pen", "Mix"]
    assert cost.per_visit == (140, 200, 260)


def test_a_price_that_holds_the_base_is_the_whole(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).procedure("mix", role="adjunct").price("mix", 40, basis="all-in")
    assert total(course(toy, Effect("pen", "mix"), 3)) == (120, 120, 120)


def test_a_base_that_is_had_anyway_is_not_paid_for(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).procedure("mix", role="adjunct").price("mix", 40)
    assert total(course(toy, Effect("pen", "mix"), 3, concern="healing")) == (120, 120, 120)


def test_a_cream_on_top_of_visits_is_paid_by_the_month(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).practice("pen", "sessions", 4, 4)
    toy.cream("balm", role="adjunct").price("balm", 10, unit="month")
    # the base comes in its four visits, the cream for twelve months
    assert total(course(toy, Effect("pen", "balm"), 4)) == (520, 520, 520)


def test_fewer_visits_under_a_cream_cost_less(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).practice("pen", "sessions", 2, 6)
    toy.cream("balm", role="adjunct").price("balm", 10, unit="month")
    for visits in (2, 4):
        assert total(course(toy, Effect("pen", "balm"), visits)) == (100 * visits + 120,) * 3


def test_visits_on_top_of_a_cream_leave_it_its_months(toy: Toy) -> None:
    toy.cream("balm").price("balm", 10, unit="month").procedure("pen", role="adjunct").price("pen", 100)
    assert total(course(toy, Effect("balm", "pen"), 3)) == (420, 420, 420)


def test_where_either_has_no_price_there_is_no_total(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).procedure("mix", role="adjunct").procedure("bare")
    toy.procedure("top", role="adjunct").price("top", 20)
    catalog = toy.catalog()
    book = PriceBook(catalog, catalog.market("us"))
    for effect in (Effect("pen", "mix"), Effect("bare", "top"), Effect("bare")):
        assert course_costs(delivery_of(catalog, effect, "scars")[0], book, [2], 12) == []


def test_what_is_partly_covered_or_doubtful_is_told_of_the_whole_course(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100, covers_partial="numbing is extra", year=2021)
    toy.procedure("mix", role="adjunct").price("mix", 40, doubtful="two pages disagree", year=2024)
    cost = course(toy, Effect("pen", "mix"), 3)
    assert cost.partial == ("numbing is extra",)
    assert cost.doubtful
    assert cost.years == (2021, 2024)
    assert not course(toy, "pen", 3).doubtful


# ------------------------------------------------------------------ borrowed prices


def test_a_borrowed_total_is_converted_widened_and_marked(pen: Toy) -> None:
    pen.price("pen", 100, 300)
    # one dollar is half a pound: 50, 100 and 150, the ends widened by half
    cost = course(pen, "pen", 2, market="uk")
    assert total(cost) == pytest.approx((2 * 50 * 0.5, 2 * 100, 2 * 150 * 1.5))
    assert cost.total.basis == "borrowed"
    assert cost.borrowed_from == "us"
    assert "borrowed from us prices at 0.5000, range widened" in [fact_says(ref) for ref in cost.total.refs]


def test_one_borrowed_part_marks_the_whole(toy: Toy) -> None:
    toy.procedure("pen").price("pen", 100).procedure("mix", role="adjunct").price("mix", 40, market="uk")
    turned = Toy(toy.folder.parent / "turned", toy.rules).procedure("pen").price("pen", 100, market="uk")
    turned.procedure("mix", role="adjunct").price("mix", 40)
    for found in (course(t, Effect("pen", "mix"), 2, market="uk") for t in (toy, turned)):
        assert found.total.basis == "borrowed"
        assert found.borrowed_from == "us"


def test_a_price_that_cannot_be_brought_to_a_unit_counts_as_missing(pen: Toy) -> None:
    pen.price("pen", 40, market="uk", unit="vial").price("pen", 100)
    # nobody says how many vials a session takes, so the dollar price is borrowed
    cost = course(pen, "pen", 2, market="uk")
    assert cost.total.typical == pytest.approx(100)
    assert cost.borrowed_from == "us"


def test_a_procedure_without_any_price_is_not_priced(pen: Toy) -> None:
    catalog = pen.catalog()
    given = Delivery(catalog, catalog.procedures["pen"], "scars")
    assert Priced.of(given, PriceBook(catalog, catalog.market("us")), 12) is None


def test_a_quote_is_told_from_a_list_s_price(pen: Toy) -> None:
    pen.price("pen", 100)
    (price,) = pen.catalog().prices("us")["pen"]
    assert price_ref(price).kind == "price"
    assert price_ref(price.model_copy(update={"source": "your-quote"})).kind == "quote"
