"""Benefit of a course and of a part of it.

Nothing is measured in these toys, so a course stands on the prior: mean 36, standard deviation 10, and a range of 1.5
standard deviations: 21 to 51 on a scale of 100.
"""

import math

import pytest

from decide.alternatives.cell import Pull, merge
from decide.alternatives.delivery import fact_ref
from decide.catalog import load_catalog
from decide.criteria.benefit import benefit_cell, nothing_done, part_share
from decide.criteria.table import performance_table
from decide.evidence.benefit import benefits
from decide.evidence.index import Effect
from tests.posed import posed
from tests.toy import Toy
from tests.toy_rows import row


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


def test_an_unmeasured_effect_stands_on_the_prior(toy: Toy) -> None:
    catalog = toy.procedure("pen").catalog()
    found = benefit_cell(catalog, benefits(catalog, "scars"), Effect("pen"))
    assert (found.low, found.typical, found.high) == pytest.approx((36 - 1.5 * 10, 36, 36 + 1.5 * 10))
    assert found.basis == "prior"


def test_half_a_course_has_less_than_its_benefit_and_more_than_half(toy: Toy) -> None:
    catalog = toy.procedure("pen").catalog()
    found = benefit_cell(catalog, benefits(catalog, "scars"), Effect("pen"), 0.5)
    assert found.low == pytest.approx(100 * (1 - math.sqrt(0.79)))
    assert found.typical == pytest.approx(20)
    assert found.high == pytest.approx(30)


def test_a_share_is_of_the_scale_s_own_full(toy: Toy) -> None:
    catalog = toy.procedure("pen").catalog()
    found = benefit_cell(catalog, benefits(catalog, "hair"), Effect("pen"), 0.5)
    # 36 of 60 hairs is a share of 0.6: 60 × (1 − √0.4)
    assert found.typical == pytest.approx(60 * (1 - math.sqrt(0.4)))


def test_nothing_above_the_full_scale_is_counted(toy: Toy) -> None:
    # 36 + 1.5 × 20 = 66 of 60 hairs
    toy.add("constant", name="prior-sd", scale="hairs", value=20, reason="A toy.")
    catalog = toy.procedure("pen").catalog()
    found = benefit_cell(catalog, benefits(catalog, "hair"), Effect("pen"))
    assert (found.low, found.typical, found.high) == pytest.approx((6, 36, 60))


def test_what_a_trial_measured_says_so(toy: Toy) -> None:
    arms = [
        {"procedure": "pen", "measure": "percent-improvement", "value": 60},
        {"procedure": "shot", "measure": "percent-improvement", "value": 20},
    ]
    catalog = toy.procedure("pen").procedure("shot").study("trial", "scars", arm=arms).catalog()
    found = benefit_cell(catalog, benefits(catalog, "scars"), Effect("pen"))
    assert found.basis == "studies"
    assert 36 < found.typical < 60
    assert [ref.source for ref in found.refs] == ["one"]


def test_an_option_of_fewer_sessions_has_the_part_s_benefit(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 2, 2).practice("pen", "sessions", 4, 8, source="two")
    toy.price("pen", 100)
    # the middles 2 and 6 make a usual course of 4; half of it leaves √0.64 of what was to be gained
    assert row(toy, "pen")["benefit"].typical == pytest.approx(36)
    assert row(toy, "pen", sessions=2)["benefit"].typical == pytest.approx(100 * (1 - 0.8))


def test_for_a_kind_that_no_study_is_of_every_course_is_worth_what_it_is_worth_in_general(toy: Toy) -> None:
    toy.procedure("pen").helped("pen").practice("pen", "sessions", 2, 4).price("pen", 100)
    problem = posed(toy.catalog(), "scars")
    table = performance_table(problem, problem.concern)
    # 36 of 100 in three sessions, and 100 × (1 − 0.64^⅔) in two
    assert table.values[:, 0] == pytest.approx([0.36 / 0.5 * 0.8, (1 - 0.64 ** (2 / 3)) / 0.5 * 0.8])
    assert len(table.kind_worth) == 2
    for worth in table.kind_worth:
        assert worth == pytest.approx(table.values[:, 0])


def test_doing_nothing_is_what_placebo_gives_where_it_was_tried_else_no_treatment(toy: Toy) -> None:
    def arms(*pairs: tuple[str, int]) -> list[dict[str, object]]:
        return [{"procedure": name, "measure": "percent-improvement", "value": value} for name, value in pairs]

    def is_that_of(idle: str) -> bool:
        catalog = toy.catalog()
        found, estimate = nothing_done(catalog, "scars", ""), benefits(catalog, "scars").estimate(Effect(idle))
        assert estimate.studied == (found.basis == "studies")
        assert (found.low, found.high) == pytest.approx(estimate.interval(1.5))
        return found.typical == estimate.mean

    assert is_that_of("placebo")
    toy.procedure("pen").study("trial", "scars", arm=arms(("pen", 60), ("untreated", 2)), participants=400)
    assert is_that_of("untreated")
    toy.study("other", "scars", arm=arms(("pen", 60), ("placebo", 20)), participants=400)
    assert is_that_of("placebo")


def test_the_facts_behind_it_are_the_records_with_what_they_are_against_and_their_pull() -> None:
    catalog = load_catalog()
    found = benefits(catalog, "acne-scars")
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
