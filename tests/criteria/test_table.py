"""From facts to a table of figures, and from figures to values by the fixed anchors."""

import math

import numpy as np
import pytest

from decide.alternatives.cell import Cell
from decide.answers.ranking.rank import rank
from decide.criteria.table import gain_criterion, own_worth
from decide.criteria.worth import combined, sides
from decide.errors import InputError
from decide.mcda.expected import Worth
from tests.posed import posed
from tests.toy import Toy
from tests.toy_rows import row
from tests.worths import worth_of


@pytest.fixture
def pen(toy: Toy) -> Toy:
    toy.procedure("pen").practice("pen", "sessions", 2, 4).practice("pen", "onset-weeks", 4, 6)
    return toy.practice("pen", "durability-months", 12, 18).tested("pen").price("pen", 90, 110)


def test_a_row_has_a_cell_for_every_criterion(pen: Toy) -> None:
    found = row(pen, "pen")
    assert list(found) == list(pen.catalog().criteria)
    typical = {criterion: cell.typical for criterion, cell in found.items()}
    assert typical == {
        "benefit": pytest.approx(36),
        "evidence": 3,  # 36 ± 18 in one sound trial: nothing is lost, and one trial has three at the most
        "cost": 3 * 100,
        "downtime": 3,  # the prior for needling
        "risk": pytest.approx(24),
        "speed": 5,
        "durability": 15,
        "effort": 3,
    }


def test_a_cost_has_the_range_of_its_prices(pen: Toy) -> None:
    found = row(pen, "pen")["cost"]
    assert (found.low, found.typical, found.high) == (270, 300, 330)


def cells(**typical: float) -> dict[str, Cell]:
    whole = {
        "benefit": 0, "evidence": 0, "cost": 0, "downtime": 0, "risk": 0, "speed": 0, "durability": 0, "effort": 0,
        **typical,
    }  # fmt: skip
    return {c: Cell(low=x / 2, typical=x, high=x * 2, basis="facts") for c, x in whole.items()}


def test_what_is_worth_something_by_itself_lies_on_straight_lines_between_the_anchors(toy: Toy) -> None:
    rows = [
        cells(benefit=25, evidence=2, cost=500, downtime=2.5, risk=30, speed=5, durability=6, effort=4),
        cells(benefit=75, evidence=5, cost=3000, downtime=20, risk=200, speed=20, durability=48, effort=10),
    ]
    found = own_worth(toy.catalog(), rows, "USD")
    # a gain is uncertain, and has its worth apart
    np.testing.assert_allclose(found[0], [0, 0.4, 0.75, 0.75, 0.7, 0.75, 0.25, 0.6])
    # beyond the last anchor its value holds
    np.testing.assert_allclose(found[1], [0, 1, 0.25, 0, 0, 0, 1, 0])


def test_values_are_of_the_end_that_is_asked_for(toy: Toy) -> None:
    rows = [cells(benefit=25, cost=500, downtime=2)]
    low, high = (own_worth(toy.catalog(), rows, "USD", end)[0] for end in ("low", "high"))
    np.testing.assert_allclose(low[[2, 3]], [0.875, 0.9])
    np.testing.assert_allclose(high[[2, 3]], [0.5, 0.6])


def test_proof_speed_and_durability_are_worth_what_the_gain_is(toy: Toy) -> None:
    criteria = list(toy.catalog().criteria.values())
    own = np.array([[0, 0.4, 0.75, 0.75, 0.7, 0.75, 0.25, 0.6]] * 3)
    # a sure gain worth 0.5; one worth 0.5 or a loss of 0.2; nothing
    found = combined(criteria, own, Worth(np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.2, 0.0])))
    np.testing.assert_allclose(found[0], [0.5, 0.2, 0.75, 0.75, 0.7, 0.375, 0.125, 0.6])
    np.testing.assert_allclose(found[1], [0.3, 0.0, 0.75, 0.75, 0.7, 0.175, -0.075, 0.6])
    np.testing.assert_allclose(found[2], [0, 0, 0.75, 0.75, 0.7, 0, 0, 0.6])


def test_a_certain_gain_lies_on_the_lines_and_a_loss_beyond_them_goes_on(toy: Toy) -> None:
    found = sides(gain_criterion(toy.catalog()), [0.25, 0.75, 1.5, -0.25, -1.0, 0.0])
    np.testing.assert_allclose(found.gain, [0.4, 0.9, 1, 0, 0, 0])
    np.testing.assert_allclose(found.loss, [0, 0, 0, 0.4, 1.6, 0])


def test_money_has_anchors_of_its_currency(toy: Toy) -> None:
    catalog, rows = toy.catalog(), [cells(cost=500)]
    assert own_worth(catalog, rows, "USD")[0, 2] == pytest.approx(0.75)
    assert own_worth(catalog, rows, "GBP")[0, 2] == pytest.approx(0.5)
    with pytest.raises(InputError, match="no anchors for cost in AUD"):
        own_worth(catalog, rows, "AUD")


def test_no_rows_make_an_empty_table(toy: Toy) -> None:
    assert own_worth(toy.catalog(), [], "USD").shape == (0, 8)


def test_a_score_is_the_weighted_sum_of_the_values(pen: Toy) -> None:
    weights = {"benefit": 5, "cost": 3, "effort": 2}
    silent = dict.fromkeys(("evidence", "downtime", "risk", "speed", "durability"), 0)
    found = rank(posed(pen.catalog(), "scars", weights={**silent, **weights}))["pen"]
    # a gain of 36 ± 8.9: 0.36 × 1.6 = 0.576, less what the bend at 0.5 takes of it; cost 300: 1 − 0.3 × 0.5 = 0.85;
    # effort 3 of 10: 0.7
    worth = worth_of(0.36, math.sqrt(80) / 100, [-0.5, 0, 0.5, 1], [-0.8, 0, 0.8, 1])
    assert 0.56 < worth.both < 0.576
    assert found.values["benefit"] == pytest.approx(worth.both, abs=1e-6)
    assert found.worth == pytest.approx((worth.gain, worth.loss), abs=1e-6)
    assert found.values["cost"] == pytest.approx(0.85)
    assert found.values["effort"] == pytest.approx(0.7)
    assert found.contributions["cost"] == pytest.approx(0.3 * 0.85)
    assert found.score == pytest.approx(0.5 * worth.both + 0.3 * 0.85 + 0.2 * 0.7, abs=1e-6)
    # three stars of five; weeks 5 of 20; months 15 of 24: each by what is gained, less what is lost
    assert found.values["evidence"] == pytest.approx(worth.gain * 0.6 - worth.loss, abs=1e-6)
    assert found.values["speed"] == pytest.approx(worth.gain * 0.75 - worth.loss, abs=1e-6)
    assert found.values["durability"] == pytest.approx(worth.gain * 15 / 24 - worth.loss, abs=1e-6)
