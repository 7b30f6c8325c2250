"""From facts to a table of figures, and from figures to values by the fixed anchors."""

import numpy as np
import pytest

from decide.alternatives.cell import Cell
from decide.answers.ranking.rank import rank
from decide.criteria.table import value_matrix
from decide.errors import InputError
from tests.posed import posed
from tests.toy import Toy
from tests.toy_rows import row


@pytest.fixture
def pen(toy: Toy) -> Toy:
    toy.procedure("pen").practice("pen", "sessions", 2, 4).practice("pen", "onset-weeks", 4, 6)
    return toy.practice("pen", "durability-months", 12, 18).helped("pen").price("pen", 90, 110)


def test_a_row_has_a_cell_for_every_criterion(pen: Toy) -> None:
    found = row(pen, "pen")
    assert list(found) == list(pen.catalog().criteria)
    typical = {criterion: cell.typical for criterion, cell in found.items()}
    assert typical == {
        "benefit": pytest.approx(36),
        "evidence": 2,  # 40 people in one sound trial
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


def test_values_lie_on_straight_lines_between_the_anchors(toy: Toy) -> None:
    rows = [
        cells(benefit=25, evidence=2, cost=500, downtime=2.5, risk=30, speed=5, durability=6, effort=4),
        cells(benefit=75, evidence=5, cost=3000, downtime=20, risk=200, speed=20, durability=48, effort=10),
    ]
    found = value_matrix(toy.catalog(), rows, "USD", 100, "typical")
    np.testing.assert_allclose(found[0], [0.4, 0.4, 0.75, 0.75, 0.7, 0.75, 0.25, 0.6])
    # beyond the last anchor its value holds
    np.testing.assert_allclose(found[1], [0.9, 1, 0.25, 0, 0, 0, 1, 0])


def test_values_are_of_the_end_that_is_asked_for(toy: Toy) -> None:
    rows = [cells(benefit=25, cost=500, downtime=2)]
    low, high = (value_matrix(toy.catalog(), rows, "USD", 100, end)[0] for end in ("low", "high"))
    np.testing.assert_allclose(low[[0, 2, 3]], [0.2, 0.875, 0.9])
    np.testing.assert_allclose(high[[0, 2, 3]], [0.8, 0.5, 0.6])


def test_benefit_is_a_share_of_the_scale(toy: Toy) -> None:
    # 15 of 60 hairs is a quarter
    assert value_matrix(toy.catalog(), [cells(benefit=15)], "USD", 60, "typical")[0, 0] == pytest.approx(0.4)


def test_money_has_anchors_of_its_currency(toy: Toy) -> None:
    catalog, rows = toy.catalog(), [cells(cost=500)]
    assert value_matrix(catalog, rows, "USD", 100, "typical")[0, 2] == pytest.approx(0.75)
    assert value_matrix(catalog, rows, "GBP", 100, "typical")[0, 2] == pytest.approx(0.5)
    with pytest.raises(InputError, match="no anchors for cost in AUD"):
        value_matrix(catalog, rows, "AUD", 100, "typical")


def test_no_rows_make_an_empty_table(toy: Toy) -> None:
    assert value_matrix(toy.catalog(), [], "USD", 100, "typical").shape == (0, 8)


def test_a_score_is_the_weighted_sum_of_the_values(pen: Toy) -> None:
    weights = {"benefit": 5, "cost": 3, "effort": 2}
    silent = dict.fromkeys(("evidence", "downtime", "risk", "speed", "durability"), 0)
    found = rank(posed(pen.catalog(), "scars", weights={**silent, **weights}))["pen"]
    # benefit 36: 0.36 / 0.5 × 0.8 = 0.576; cost 300: 1 − 0.3 × 0.5 = 0.85; effort 3 of 10: 0.7
    assert found.values["benefit"] == pytest.approx(0.576)
    assert found.values["cost"] == pytest.approx(0.85)
    assert found.values["effort"] == pytest.approx(0.7)
    assert found.contributions["cost"] == pytest.approx(0.3 * 0.85)
    assert found.score == pytest.approx(0.5 * 0.576 + 0.3 * 0.85 + 0.2 * 0.7)
