"""Laws of what a gain is worth in a score: doubt is never paid for, and nothing is worth less than no gain at all."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.answers.ranking.order import nothing_row
from decide.answers.ranking.rank import rank
from decide.answers.robustness.sureness import draw_values
from decide.catalog import Catalog
from decide.criteria import benefit
from decide.criteria.benefit import part_share
from decide.criteria.table import gain_criterion
from decide.criteria.worth import combined, expected
from decide.mcda import weighted_sum
from decide.synthesis import Joint
from tests.posed import posed
from tests.shipped import CATALOG
from tests.toy import Toy
from tests.worths import worth_of

CRITERIA = list(CATALOG.criteria.values())
ANCHORS = gain_criterion(CATALOG).anchors
means, spreads = st.floats(-80, 90), st.floats(0.01, 60)
own_values = st.lists(st.floats(0, 1), min_size=len(CRITERIA), max_size=len(CRITERIA))
weight_lists = st.lists(st.floats(0.01, 50), min_size=len(CRITERIA), max_size=len(CRITERIA))


def sides_of(mean: float, sd: float, part: float = 1.0) -> Any:
    gains = Joint(np.ones(1), np.array([[mean]]), np.array([[[sd**2]]]))
    return expected(gain_criterion(CATALOG), gains, [part], 100.0)


def score(mean: float, sd: float, own: list[float], weights: list[float]) -> float:
    values = combined(CRITERIA, np.array([own]), sides_of(mean, sd))
    return float(weighted_sum(values, np.array(weights))[0])


@given(means, spreads)
def test_both_sides_are_those_of_a_fine_grid(mean: float, sd: float) -> None:
    found = sides_of(mean, sd)
    told = worth_of(mean / 100, sd / 100, [a.at for a in ANCHORS], [a.value for a in ANCHORS], count=100_001)
    assert (found.gain[0], found.loss[0]) == pytest.approx((told.gain, told.loss), abs=1e-5)


LAWS: dict[str, Any] = {
    "the law": benefit.law,
    "another, that a part of the sessions brings its part of the gain": lambda share, power: share * power,
}


@settings(max_examples=25)
@given(
    st.floats(-40, 110), st.floats(0.5, 30), st.sampled_from([1 / 6, 1 / 3, 0.5, 2 / 3, 0.75]), st.sampled_from([*LAWS])
)
def test_a_part_course_is_worth_what_its_part_of_the_gain_is(mean: float, sd: float, part: float, law: str) -> None:
    """The law that scales the gain of a row and its draws is the one that scales its worth, whatever it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(benefit, "law", LAWS[law])
        found = sides_of(mean, sd, part)
        told = worth_of(
            mean / 100, sd / 100, [a.at for a in ANCHORS], [a.value for a in ANCHORS],
            of=lambda g: part_share(g, part),
        )  # fmt: skip
    assert (found.gain[0], found.loss[0]) == pytest.approx((told.gain, told.loss), abs=0.012)


@given(means, spreads, own_values, weight_lists)
def test_what_is_expected_to_be_worth_nothing_scores_no_more_than_doing_nothing(
    mean: float, sd: float, own: list[float], weights: list[float]
) -> None:
    found = sides_of(mean, sd)
    idle = nothing_row(CATALOG, dict(zip(CATALOG.criteria, weights, strict=True))).score
    if found.gain[0] <= found.loss[0]:
        assert score(mean, sd, own, weights) <= idle + 1e-12
    # and nothing in the world can make up for a sure loss
    assert score(-abs(mean) - 1, 0.01, [1.0] * len(own), weights) < idle


@given(means, spreads, st.floats(0, 60), own_values, weight_lists)
def test_doubt_about_a_gain_never_raises_a_score(
    mean: float, sd: float, more: float, own: list[float], weights: list[float]
) -> None:
    """Nor where it makes proof, speed and durability worth something by luck."""
    del own
    # of what counts with a gain the whole is had: then the score is a concave function of the gain
    sure, unsure = (score(mean, s, [1.0] * len(CRITERIA), weights) for s in (sd, sd + more))
    assert unsure <= sure + 1e-12


@given(means, spreads, st.floats(0, 40), own_values, weight_lists)
def test_a_larger_gain_never_lowers_a_score(
    mean: float, sd: float, more: float, own: list[float], weights: list[float]
) -> None:
    assert score(mean + more, sd, own, weights) >= score(mean, sd, own, weights) - 1e-12


def test_doing_nothing_is_nought_where_a_gain_counts_and_the_most_elsewhere() -> None:
    row = nothing_row(CATALOG, dict.fromkeys(CATALOG.criteria, 1 / 8))
    assert {c: v for c, v in row.values.items() if v == 0} == dict.fromkeys(
        ("benefit", "evidence", "speed", "durability"), 0.0
    )
    assert row.score == pytest.approx(4 / 8)
    assert sum(row.contributions.values()) == pytest.approx(row.score)


@pytest.mark.parametrize("gain", [60, 36, 8, -10])
def test_the_score_is_the_mean_of_its_draws_where_only_the_gain_is_uncertain(toy: Toy, gain: float) -> None:
    toy.procedure("pen").tested("pen", gain).price("pen", 200)
    for fact, at in (("sessions", 3), ("downtime-days", 2), ("onset-weeks", 5), ("durability-months", 9)):
        toy.practice("pen", fact, at, at)
    catalog = toy.catalog()
    weights = {"benefit": 5, "evidence": 2, "cost": 1, "downtime": 1, "risk": 0, "speed": 3, "durability": 4}
    ranking = rank(posed(catalog, "scars", weights={**weights, "effort": 1}))
    values, drawn = draw_values(catalog, ranking, 40_000, 1)
    at = [row.option.id for row in ranking.rows].index("pen")
    assert {criterion for _, criterion in drawn} <= {"benefit", "risk"}
    scores = values[:, at] @ np.array(list(ranking.weights.values()))
    assert scores.mean() == pytest.approx(ranking["pen"].score, abs=4 * scores.std() / 200)
    # doing nothing is the same in every draw
    idle = values[:, [row.nothing for row in ranking.rows].index(True)]
    assert np.ptp(idle, axis=0) == pytest.approx(np.zeros(8))


def test_a_value_that_bends_up_is_refused(rules: Path) -> None:
    from pydantic import ValidationError

    benefit = gain_criterion(Catalog(rules))
    bent = [{"at": at, "value": v} for at, v in ((-0.5, -0.2), (0, 0), (0.5, 0.8), (1, 1))]
    with pytest.raises(ValidationError, match="must not bend up"):
        type(benefit).model_validate({**benefit.model_dump(), "anchors": bent})
