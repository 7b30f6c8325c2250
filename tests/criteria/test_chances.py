"""The chance that one helps more than another, and the law of part courses: one rule for every answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import decide
from decide import mcda
from decide.answers.ranking.rank import rank
from decide.catalog import Catalog
from decide.criteria.benefit import chance_better, draw_shares, part_share
from decide.criteria.draws import PAIR
from decide.evidence.benefit import synthesis_of
from tests.posed import posed

few = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@given(arrays(np.float64, (40, 3), elements=few))
def test_the_chance_is_that_of_pairwise_winning_on_the_same_draws(draws: np.ndarray) -> None:
    pairwise = mcda.smaa(draws[:, :, None], [1.0], confidence=False).pairwise
    for a in range(3):
        for b in range(3):
            assert chance_better(draws[:, a], draws[:, b]) == pytest.approx(pairwise[a, b])


def test_ties_count_half() -> None:
    assert chance_better([1, 1, 2, 0], [1, 1, 1, 1]) == 0.5
    assert chance_better([1, 1], [1, 1]) == 0.5
    assert chance_better([2, 1], [1, 1]) == 0.75


@given(st.floats(-2, 1.5), st.floats(0.01, 1.5))
def test_a_part_course_does_less_than_the_whole_and_a_whole_one_all_of_it(share: float, of_course: float) -> None:
    part = float(part_share(share, of_course))
    if of_course >= 1:
        assert part == share
    else:
        assert abs(part) <= abs(share) + 1e-12
        assert part < 1


@given(arrays(np.float64, (5, 4), elements=st.floats(-1, 1.2)))
def test_the_law_on_arrays_is_the_law_one_by_one(shares: np.ndarray) -> None:
    of_course = [0.25, 0.5, 1.0, 2.0]
    together = part_share(shares, of_course)
    for i in range(5):
        for k in range(4):
            assert together[i, k] == pytest.approx(float(part_share(shares[i, k], of_course[k])))


def test_comparison_and_same_money_agree_on_the_chance(catalog: Catalog) -> None:
    """They draw the same courses from the same posterior; so does what is recomputed here by hand."""
    problem = posed(catalog, "acne-scars")
    ranking = rank(problem)
    a, b = ranking.rows[0].option, ranking["subcision"].option
    found = synthesis_of(catalog, "acne-scars", "")
    first, second = draw_shares(found, [a, b], ranking.scale_full, PAIR).T
    (pair,) = decide.compare([a.id, b.id], "acne scars", catalog=catalog).pairs
    assert pair.p_better == chance_better(first, second)
    assert pair.gain == pytest.approx((first - second).mean() * ranking.scale_full)
    table = np.stack([first, second], axis=1)[:, :, None]
    assert pair.p_better == pytest.approx(mcda.smaa(table, [1.0], confidence=False).pairwise[0, 1])


def test_part_courses_are_drawn_by_the_law(catalog: Catalog) -> None:
    ranking = rank(posed(catalog, "acne-scars", budget=700))
    parts = [row.option for row in ranking.rows if row.option.part_course]
    assert parts
    found = synthesis_of(catalog, "acne-scars", "")
    whole = found.draws([option.given for option in parts], 50, 3) / ranking.scale_full
    drawn = draw_shares(found, parts, ranking.scale_full, 50, 3)
    expected = 1 - (1 - np.minimum(whole, 0.999)) ** [option.sessions / option.usual_sessions for option in parts]
    assert drawn == pytest.approx(expected)
