"""Laws of the ranking, on the real catalogue with random questions and weights."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import decide
from decide.alternatives.alternative import option_id
from decide.alternatives.candidates import effects_for
from decide.answers.ranking.order import TIE
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog, load_catalog
from decide.errors import InputError
from decide.report.views.common import why_left_out
from tests.posed import posed
from tests.shipped import CATALOG

CRITERIA = list(CATALOG.criteria)
WITH_GAIN = [c.id for c in CATALOG.criteria.values() if c.measure == "benefit" or c.with_gain]
concerns = st.sampled_from(list(CATALOG.concerns))
markets = st.sampled_from(list(CATALOG.markets))
weight_sets = st.fixed_dictionaries({c: st.floats(0, 50) for c in CRITERIA}).filter(lambda w: sum(w.values()) > 1)
budgets = st.floats(5, 20_000)


def ranked(
    concern: str, market: str, weights: dict[str, float], budget: float | None = None, **more: object
) -> Ranking:
    return rank(posed(CATALOG, concern, budget=budget, market=market, weights=weights, **more))


def order(ranking: Ranking) -> list[str]:
    return [row.option.id for row in ranking.rows]


@given(concerns, markets, weight_sets, budgets)
def test_a_dominated_option_never_ranks_above_its_dominator(
    concern: str, market: str, weights: dict[str, float], budget: float
) -> None:
    rows = ranked(concern, market, weights, budget).rows
    for i, a in enumerate(rows):
        for b in rows[i + 1 :]:
            if all(b.values[c] >= a.values[c] for c in CRITERIA):
                assert b.score <= a.score + TIE


@given(concerns, markets, weight_sets, budgets, st.floats(1, 5))
def test_a_larger_budget_never_removes_an_option_nor_lowers_the_best_score(
    concern: str, market: str, weights: dict[str, float], budget: float, more: float
) -> None:
    small = ranked(concern, market, weights, budget)
    large = ranked(concern, market, weights, budget * more)
    whole = {row.option.id for row in small.rows if "/" not in row.option.id}
    assert whole <= {row.option.id for row in large.rows}
    if small.rows:
        assert large.rows[0].score >= small.rows[0].score - TIE


@given(concerns, markets, weight_sets, st.floats(0.01, 1000))
def test_scaling_all_weights_changes_nothing(
    concern: str, market: str, weights: dict[str, float], factor: float
) -> None:
    a = ranked(concern, market, weights)
    b = ranked(concern, market, {c: w * factor for c, w in weights.items()})
    assert [r.score for r in a.rows] == pytest.approx([r.score for r in b.rows], abs=1e-9)


@given(concerns, markets, weight_sets, st.sampled_from(CRITERIA))
def test_a_criterion_of_no_weight_cannot_matter(
    concern: str, market: str, weights: dict[str, float], criterion: str
) -> None:
    weights = {**weights, criterion: 0.0}
    if sum(weights.values()) < 1:
        return
    for row in ranked(concern, market, weights).rows:
        assert row.contributions[criterion] == 0
        rest = sum(v for c, v in row.contributions.items() if c != criterion)
        assert row.score == pytest.approx(rest, abs=1e-12)


@given(concerns, markets, weight_sets, st.data())
def test_removing_an_option_keeps_the_order_of_the_rest(
    concern: str, market: str, weights: dict[str, float], data: st.DataObject
) -> None:
    everything = ranked(concern, market, weights)
    gone = data.draw(st.sampled_from([row.option.procedure for row in everything.options]))
    without = ranked(concern, market, weights, exclude=(gone,))
    kept = [i for i in order(everything) if i in set(order(without))]
    assert kept == order(without)


@given(concerns, markets, weight_sets)
def test_contributions_add_up_to_the_score_and_values_stay_in_bounds(
    concern: str, market: str, weights: dict[str, float]
) -> None:
    rows = ranked(concern, market, weights).rows
    for row in rows:
        assert sum(row.contributions.values()) == pytest.approx(row.score, abs=1e-12)
        assert all(value <= 1 for value in row.values.values())
        assert all(row.values[c] >= 0 for c in CRITERIA if c not in WITH_GAIN)
        # what is lost is lost in all that counts with a gain
        assert row.values["benefit"] == pytest.approx(row.worth[0] - row.worth[1])
        assert all(-row.worth[1] <= row.values[c] + 1e-12 <= row.worth[0] + 1e-9 for c in WITH_GAIN)
        for cell in row.cells.values():
            assert cell.low <= cell.typical + 1e-9
            assert cell.typical <= cell.high + 1e-9
    assert [r.rank for r in rows] == sorted(r.rank for r in rows)


@given(concerns, markets, budgets)
def test_every_effect_known_for_a_concern_is_ranked_or_left_out_with_a_reason(
    concern: str, market: str, budget: float
) -> None:
    found = ranked(concern, market, {"benefit": 1.0}, budget)
    ranked_, unmeasured = ({x.option.id.partition("/")[0] for x in rows} for rows in (found.options, found.unmeasured))
    everywhere = ranked_ | unmeasured | {item.id for item in found.left_out}
    assert not ranked_ & unmeasured
    effects, unstudied = effects_for(CATALOG, concern)
    assert {option_id(CATALOG, e) for e in effects} <= everywhere
    assert {p.id for p in unstudied} <= everywhere
    assert all(why_left_out(item, CATALOG, found.symbol) for item in found.left_out)


@given(concerns, markets, budgets)
def test_what_is_offered_fits_the_budget_and_what_is_over_says_by_how_much(
    concern: str, market: str, budget: float
) -> None:
    found = ranked(concern, market, {"benefit": 1.0}, budget)
    assert all(row["cost"].typical <= budget + 1e-6 for row in found.rows)
    assert all(item.total.typical <= budget + 1e-6 for item in found.unmeasured)
    for item in found.left_out:
        if item.why == "over budget":
            assert item.total is not None
            assert item.amount == pytest.approx(item.total.typical - budget)
            assert item.amount > 0


@pytest.mark.parametrize("weights", [dict.fromkeys(CRITERIA, 0), {"cost": -1}, {"cost": math.nan}, {"beauty": 1}])
def test_weights_that_cannot_be_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(InputError):
        decide.rank("acne-scars", weights=weights)


def test_the_same_question_gives_the_same_answer(catalog: Catalog) -> None:
    a = rank(posed(catalog, "pigment", budget=900, market="uk"))
    b = rank(posed(load_catalog(), "pigment", budget=900, market="uk"))
    assert a == b
