"""Gain of a course and of a part of it.

What a toy is `tested` for is expected: ± √80, so that eight in ten fall within 1.2816 × √80 = 11.46 of it. What nothing
measures gains 0 ± 20.
"""

import math

import pytest

from decide.alternatives.cell import Cell, Pull, merge
from decide.alternatives.delivery import fact_ref
from decide.criteria.benefit import benefit_cell, left_alone, nothing_done, part_share
from decide.criteria.table import performance_table
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect
from tests.posed import posed
from tests.shipped import CATALOG
from tests.toy import Toy
from tests.toy_rows import row
from tests.worths import in_part, worth_of

TENTH = 1.2815516
"""Standard deviations that a tenth lies beyond."""
EIGHT_IN_TEN = TENTH * math.sqrt(80)


def cell(toy: Toy, of_course: float = 1.0, concern: str = "scars") -> Cell:
    catalog = toy.catalog()
    return benefit_cell(catalog, synthesis_of(catalog, concern, ""), Effect("pen"), of_course)


def ends(found: Cell) -> tuple[float, float, float]:
    return found.low, found.typical, found.high


@pytest.mark.parametrize(
    ("share", "of_course", "left"),
    [
        (0.36, 1 / 2, 0.8),  # √0.64
        (0.51, 1 / 2, 0.7),  # √0.49
        (0.271, 1 / 3, 0.9),  # the cube root of 0.729
        (0.271, 2 / 3, 0.81),
        (0.0, 1 / 2, 1.0),
        (-0.44, 1 / 2, 1.2),  # harm shrinks as well: √1.44
    ],
)
def test_a_part_course_leaves_the_same_share_after_each_session(share: float, of_course: float, left: float) -> None:
    assert part_share(share, of_course) == pytest.approx(1 - left)


def test_a_whole_course_has_its_whole_benefit() -> None:
    assert part_share(0.36, 1.0) == 0.36
    assert part_share(1.2, 1.0) == 1.2


def test_a_part_of_a_course_that_does_all_stays_short_of_all() -> None:
    # a share of one or more is read as 0.999: 1 − 0.001^½
    assert part_share(1.0, 0.5) == pytest.approx(1 - math.sqrt(0.001))
    assert part_share(1.3, 0.5) == pytest.approx(1 - math.sqrt(0.001))


def test_what_nothing_measures_gains_nought_and_anything(toy: Toy) -> None:
    found = cell(toy.procedure("pen"))
    assert ends(found) == pytest.approx((-TENTH * 20, 0, TENTH * 20))
    assert found.basis == "prior"


def test_half_a_course_has_less_than_its_gain_and_more_than_half(toy: Toy) -> None:
    found = cell(toy.procedure("pen").tested("pen", 36), 0.5)
    low, high = 36 - EIGHT_IN_TEN, 36 + EIGHT_IN_TEN
    assert found.low == pytest.approx(100 * (1 - math.sqrt(1 - low / 100)))
    assert found.typical == pytest.approx(20)
    assert found.high == pytest.approx(100 * (1 - math.sqrt(1 - high / 100)))


def test_a_share_is_of_the_scale_s_own_full(toy: Toy) -> None:
    toy.add("measure", scale="hairs", measure="percent-improvement", how="as-is", reason="A toy.")
    found = cell(toy.procedure("pen").tested("pen", 36, "hair"), 0.5, "hair")
    # 36 of 60 hairs is a share of 0.6: 60 × (1 − √0.4)
    assert found.typical == pytest.approx(60 * (1 - math.sqrt(0.4)))


def test_nothing_above_the_full_scale_is_counted(toy: Toy) -> None:
    toy.add("measure", scale="hairs", measure="percent-improvement", how="as-is", reason="A toy.")
    toy.procedure("pen").tested("pen", 55, "hair")
    # 55 ± 11.46 of 60 hairs
    assert ends(cell(toy, concern="hair")) == pytest.approx((55 - EIGHT_IN_TEN, 55, 60))


def test_a_loss_is_told_as_one(toy: Toy) -> None:
    assert ends(cell(toy.procedure("pen").tested("pen", -20))) == pytest.approx(
        (-20 - EIGHT_IN_TEN, -20, -20 + EIGHT_IN_TEN)
    )


def test_what_a_trial_measured_says_so(toy: Toy) -> None:
    found = cell(toy.procedure("pen").tested("pen", 36, source="two"))
    assert (found.basis, found.other_kinds) == ("studies", False)
    assert ends(found) == pytest.approx((36 - EIGHT_IN_TEN, 36, 36 + EIGHT_IN_TEN))
    assert [ref.source for ref in found.refs] == ["two"]


def test_what_another_kind_lends_is_marked(toy: Toy) -> None:
    catalog = toy.procedure("pen").tested("pen", 36, subtype="deep").catalog()
    deep, flat = (benefit_cell(catalog, synthesis_of(catalog, "scars", k), Effect("pen")) for k in ("deep", "flat"))
    assert (deep.other_kinds, flat.other_kinds) == (False, True)


def test_an_option_of_fewer_sessions_has_the_part_s_gain(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 2, 2).practice("pen", "sessions", 4, 8, source="two")
    toy.price("pen", 100).tested("pen", 36)
    # the middles 2 and 6 make a usual course of 4; half of it leaves √0.64 of what was to be gained
    assert row(toy, "pen")["benefit"].typical == pytest.approx(36)
    assert row(toy, "pen", sessions=2)["benefit"].typical == pytest.approx(100 * (1 - 0.8))


def test_a_gain_is_worth_the_mean_over_its_doubt(toy: Toy) -> None:
    toy.procedure("pen").tested("pen", 36).practice("pen", "sessions", 2, 4).price("pen", 100)
    problem = posed(toy.catalog(), "scars")
    table = performance_table(problem, problem.concern)
    anchors = ([-0.5, 0, 0.5, 1], [-0.8, 0, 0.8, 1])

    three, two = (worth_of(0.36, math.sqrt(80) / 100, *anchors, of=of) for of in (in_part(1), in_part(2 / 3)))
    # in three sessions, and in two; what a part is worth is drawn through straight pieces
    assert table.gains.gain == pytest.approx([three.gain, two.gain], abs=0.01)
    assert table.gains.loss == pytest.approx([three.loss, two.loss], abs=0.01)
    assert table.gains.gain[0] == pytest.approx(three.gain, abs=1e-7)
    assert table.values[:, 0] == pytest.approx(table.gains.gain - table.gains.loss)
    # doubt costs: the value of 36 itself is 0.576
    assert table.values[0, 0] < 0.576


def test_what_has_no_figure_is_no_row_of_the_table(toy: Toy) -> None:
    toy.procedure("pen").tested("pen").practice("pen", "sessions", 3, 3).price("pen", 100)
    toy.procedure("dab").helped("dab").practice("dab", "sessions", 3, 3).price("dab", 100)
    problem = posed(toy.catalog(), "scars")
    table = performance_table(problem, problem.concern)
    assert [option.id for option in table.options] == ["pen"]
    assert [offer.id for offer in table.unmeasured] == ["dab"]


# ------------------------------------------------------------------ what nothing does


def arms(*pairs: tuple[str, int]) -> list[dict[str, object]]:
    return [{"procedure": name, "measure": "percent-improvement", "value": value, "n": 400} for name, value in pairs]


def test_doing_nothing_is_assumed_where_nobody_went_without(toy: Toy) -> None:
    found = nothing_done(toy.catalog(), "lines", "")
    assert found.basis == "prior"
    assert ends(found) == pytest.approx((8 - TENTH * 10, 8, 8 + TENTH * 10))
    assert left_alone(toy.catalog(), "lines", "") is None


def test_doing_nothing_is_what_a_dummy_came_to(toy: Toy) -> None:
    # a prior of 8 ± 10, and 20 of 400 people: 625/400 + 25 + 10² of their own
    toy.procedure("pen").study("trial", "lines", arm=arms(("pen", 60), ("placebo", 20)))
    found = nothing_done(toy.catalog(), "lines", "")
    own = 625 / 400 + 25 + 100
    assert found.basis == "studies"
    assert found.typical == pytest.approx((8 * own + 20 * 100) / (own + 100), rel=1e-4)
    sd = math.sqrt(100 * own / (own + 100))
    assert (found.low, found.high) == pytest.approx((found.typical - TENTH * sd, found.typical + TENTH * sd), rel=1e-4)
    assert left_alone(toy.catalog(), "lines", "") is None


def test_left_alone_is_told_apart_where_somebody_was(toy: Toy) -> None:
    toy.procedure("pen").study("trial", "lines", arm=arms(("pen", 60), ("untreated", -10)))
    found = left_alone(toy.catalog(), "lines", "")
    assert found is not None
    # μ + ω: 8, varying by 100 + 16, against −10
    own = 625 / 400 + 25 + 100
    assert found.typical == pytest.approx((8 * own - 10 * 116) / (own + 116), rel=1e-4)
    # and the dummy is known by it as far as both have in common
    dummy = nothing_done(toy.catalog(), "lines", "").typical
    assert dummy == pytest.approx(8 - 18 * 100 / (own + 116), rel=1e-4)


def test_the_facts_behind_it_are_the_records_with_what_they_are_against_and_their_pull() -> None:
    catalog = CATALOG
    found = synthesis_of(catalog, "acne-scars", "")
    for effect in found.effects:
        behind = {(str(used.against or ""), used.record, weight) for used, weight in found.pull(effect)}
        told = [ref.fact for ref in benefit_cell(catalog, found, effect).refs]
        assert all(isinstance(fact, Pull) for fact in told)
        assert {(fact.against, fact.record, fact.weight) for fact in told if isinstance(fact, Pull)} <= behind
    assert any(used.against for used in found.used)


def test_a_fact_behind_two_figures_stands_once(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "downtime-days", 1, 2)
    ref = fact_ref(toy.catalog().practice("pen")[0])
    assert merge([[ref], [ref]]) == (ref,)
