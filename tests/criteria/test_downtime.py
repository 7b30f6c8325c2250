"""Days that a session shows: from which facts, in which order, and what a course of two things asks."""

import pytest

from decide.alternatives.candidates import Offer, offer
from decide.alternatives.cell import Cell
from decide.alternatives.delivery import Delivery, delivery_of, worse
from decide.alternatives.pricing import PriceBook
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.toy import Toy
from tests.toy_rows import row

Ends = tuple[float, float, float]


def ends(cell: Cell) -> Ends:
    return cell.low, cell.typical, cell.high


def downtime(toy: Toy, procedure: str = "pen", concern: str = "scars") -> Cell:
    catalog = toy.catalog()
    return Delivery(catalog, catalog.procedures[procedure], concern).downtime


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


def test_low_is_the_lowest_high_the_highest_typical_the_median_of_middles(pen: Toy) -> None:
    for low, high in ((1, 3), (2, 8), (4, 14)):
        pen.practice("pen", "downtime-days", low, high, concern="scars")
    found = downtime(pen)
    # middles 2, 5 and 9
    assert ends(found) == (1, 5, 14)
    assert found.basis == "facts"


def test_facts_about_this_concern_go_before_general_ones(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", 9, 9).practice("pen", "downtime-days", 2, 4, concern="scars")
    assert ends(downtime(pen)) == (2, 3, 4)


def test_general_facts_go_before_those_about_another_concern(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", 9, 9, concern="lines").practice("pen", "downtime-days", 2, 4)
    found = downtime(pen)
    assert ends(found) == (2, 3, 4)
    assert found.basis == "facts"


def test_facts_about_another_concern_go_before_a_prior_and_say_so(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", 4, 6, concern="lines")
    found = downtime(pen)
    assert ends(found) == (4, 5, 6)
    assert found.basis == "elsewhere"


def test_what_trials_saw_stands_beside_practice(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", 2, 4, concern="scars").course("pen", "downtime-days", 6, 10)
    # middles 3 and 8
    assert ends(downtime(pen)) == (2, 5.5, 10)


def test_up_to_seven_days_starts_at_nought(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", None, 7)
    assert ends(downtime(pen)) == (0, 3.5, 7)


def test_at_least_four_days_counts_as_four(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", 4)
    assert ends(downtime(pen)) == (4, 4, 4)


def test_a_fact_in_words_alone_gives_no_figure(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", value="a while")
    assert downtime(pen).basis == "prior"


def test_days_to_heal_after_a_laser_are_not_the_serum_s(toy: Toy) -> None:
    toy.procedure("pen").course("pen", "downtime-days", 10, 12, concern="healing")
    # the prior for needling, not the ten days that a laser took to heal
    assert ends(downtime(toy)) == (1, 3, 7)
    assert downtime(toy).basis == "prior"
    # where recovery is what is asked about, they are the figure
    assert ends(downtime(toy, concern="healing")) == (10, 11, 12)


def test_what_was_seen_on_top_of_something_else_is_left_out(toy: Toy) -> None:
    toy.procedure("pen").procedure("mix", adjunct_to=["pen"], role="adjunct")
    toy.procedure("other")
    toy.course("mix", "downtime-days", 20, 20, base="other").course("mix", "downtime-days", 4, 4, base="pen")
    assert ends(downtime(toy, "mix")) == (4, 4, 4)


def test_a_combination_asks_what_its_worst_part_asks(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "downtime-days", 2, 4)
    toy.procedure("shot").practice("shot", "downtime-days", 5, 7)
    toy.procedure("both", parts=["pen", "shot"])
    found = downtime(toy, "both")
    assert ends(found) == (5, 6, 7)
    assert found.basis == "base"


def test_a_base_that_is_had_anyway_asks_no_days(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "downtime-days", 20, 20)
    toy.procedure("balm", clinic=False).practice("balm", "downtime-days", 1, 1)
    catalog = toy.catalog()
    effect = Effect("pen", "balm")
    for concern, days in (("healing", 1), ("scars", 20)):
        main, base = delivery_of(catalog, effect, concern)
        asked = worse(main.downtime, base.downtime) if base is not None else main.downtime
        assert asked.typical == days


def test_what_is_added_asks_what_its_base_asks_where_nobody_says(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "downtime-days", 2, 4)
    toy.procedure("mix", adjunct_to=["pen"], role="adjunct")
    assert ends(downtime(toy, "mix")) == (2, 3, 4)


def test_where_no_source_says_the_depth_of_the_treatment_does(toy: Toy) -> None:
    toy.procedure("pen").procedure("shot", invasiveness="injection").procedure("cut", invasiveness="surgery")
    assert ends(downtime(toy)) == (1, 3, 7)
    shot = downtime(toy, "shot")
    assert ends(shot) == (0, 1, 9)
    assert shot.basis == "prior"
    # there is no prior for surgery here: the stand-in for unknown figures, shown as unknown
    cut = downtime(toy, "cut")
    assert ends(cut) == (0, 5, 14)
    assert not cut.known


def test_the_fact_behind_the_days_is_named(pen: Toy) -> None:
    pen.practice("pen", "downtime-days", None, 7, concern="lines", source="two")
    (ref,) = downtime(pen).refs
    assert (ref.kind, ref.source, fact_says(ref)) == ("practice", "two", "days off after a visit: up to 7 (lines)")


# ------------------------------------------------------------------ two things in one course


def cell(low: float, typical: float, high: float, basis: str = "facts") -> Cell:
    return Cell(low=low, typical=typical, high=high, basis=basis)  # type: ignore[arg-type]


def test_of_two_figures_the_worse_is_taken_end_by_end() -> None:
    found = worse(cell(1, 3, 7, "prior"), cell(0, 4, 5, "facts"))
    assert ends(found) == (1, 4, 7)
    assert found.basis == "facts"


@pytest.mark.parametrize("turned", [False, True])
def test_a_known_figure_stands_beside_an_unknown_one(turned: bool) -> None:
    known, unknown = cell(1, 2, 3), cell(0, 5, 14, "unknown")
    found = worse(unknown, known) if turned else worse(known, unknown)
    assert ends(found) == (1, 2, 3)
    assert found.basis == "facts"


def test_two_unknown_figures_stay_unknown() -> None:
    assert not worse(cell(0, 5, 14, "unknown"), cell(0, 5, 14, "unknown")).known


def test_a_course_with_a_base_has_the_worse_of_the_two(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "downtime-days", 2, 4).practice("pen", "sessions", 3, 3)
    toy.procedure("shot", invasiveness="injection").practice("shot", "downtime-days", 1, 9)
    toy.practice("shot", "sessions", 3, 3).price("pen", 100).price("shot", 50)
    catalog = toy.catalog()
    found = offer(catalog, PriceBook(catalog, catalog.market("us")), Effect("pen", "shot"), "scars", 12)
    assert isinstance(found, Offer)
    # lows 2 and 1, middles 3 and 5, highs 4 and 9
    assert ends(found.downtime) == (2, 5, 9)
    # the table says the same of the pairing, and of its base what that asks alone
    assert ends(row(toy, Effect("pen", "shot"))["downtime"]) == (2, 5, 9)
    assert ends(row(toy, "pen")["downtime"]) == (2, 3, 4)
