"""A problem is what was asked with everything that bears on it resolved: followed by hand on toys."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from decide.answers.ranking.rank import rank
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.problem import LONGEST, Concern, Limits, known_market
from decide.question.request import Budget
from tests.posed import posed
from tests.toy import Toy


@pytest.fixture
def facts(toy: Toy) -> Catalog:
    toy.procedure("pen").tested("pen").practice("pen", "sessions", 3, 3).price("pen", 100)
    toy.procedure("dot").tested("dot").practice("dot", "sessions", 2, 2).price("dot", 80)
    toy.add("profile", id="thrifty", name="Thrifty", reason="A toy.", prefer="cheapest", weights={"cost": 3, "risk": 1})
    return toy.catalog()


def budget(high: float, **more: Any) -> Budget:
    return Budget.model_validate({"high": high, **more})


# ------------------------------------------------------------------ market and money


def test_the_market_is_the_one_named_else_the_money_s_else_the_shell_s_else_the_default(
    facts: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    pounds = budget(90, currency="GBP")
    assert posed(facts, "scars").market.id == "us"
    monkeypatch.setenv("DECIDE_MARKET", " AU ")
    assert posed(facts, "scars").market.id == known_market(facts).id == "au"
    assert posed(facts, "scars", budget=pounds).market.id == "uk"
    assert posed(facts, "scars", market="us").market.id == known_market(facts, "us").id == "us"
    assert posed(facts, "scars", market="uk", budget=pounds).market.id == "uk"


def test_a_budget_in_other_money_than_the_market_s_is_refused(facts: Catalog) -> None:
    with pytest.raises(InputError, match="the budget is in GBP, but the US list is in USD"):
        posed(facts, "scars", market="us", budget=budget(90, currency="GBP"))
    with pytest.raises(InputError, match="no price list is in JPY"):
        posed(facts, "scars", budget=budget(90, currency="JPY"))


def test_a_quote_in_other_money_than_the_market_s_is_refused(facts: Catalog) -> None:
    with pytest.raises(InputError, match="pen=90 GBP is in GBP, but the US list is in USD"):
        posed(facts, "scars", prices={"pen": "90 GBP"})
    assert posed(facts, "scars", market="uk", prices={"pen": "90 GBP"}).quotes[0].currency == "GBP"


@pytest.mark.parametrize(
    ("per", "horizon", "total"), [("course", 12, 300), ("month", 12, 3600), ("month", 5, 1500)]
)  # fmt: skip
def test_a_budget_in_all_is_that_of_every_month(facts: Catalog, per: str, horizon: int, total: float) -> None:
    assert posed(facts, "scars", budget=budget(300, per=per), horizon=horizon).total_budget == total


def test_a_budget_a_session_is_spent_at_every_visit() -> None:
    a_visit, a_month, once = (Limits(budget_high=30, per=per) for per in ("session", "month", "course"))
    assert (a_visit.in_all(12, 4), a_visit.in_all(12)) == (120, None)
    assert (a_month.in_all(12), once.in_all(12), Limits().in_all(12, 4)) == (360, 30, None)


def test_a_budget_a_session_is_none_in_all(facts: Catalog) -> None:
    assert posed(facts, "scars").total_budget is None
    with pytest.raises(InputError, match="says nothing of the whole"):
        _ = posed(facts, "scars", budget=budget(300, per="session")).total_budget


# ------------------------------------------------------------------ weights and horizon


def test_weights_sum_to_one_over_every_criterion(facts: Catalog) -> None:
    found = posed(facts, "scars")
    assert (found.profile, dict(found.weights)) == ("even", dict.fromkeys(facts.criteria, pytest.approx(1 / 8)))


def test_what_is_preferred_chooses_the_profile_unless_one_is_named(facts: Catalog) -> None:
    liked = posed(facts, "scars", prefer="cheapest")
    # a criterion that a profile does not name has no weight in it
    assert (liked.profile, {c: w for c, w in liked.weights.items() if w}) == ("thrifty", {"cost": 0.75, "risk": 0.25})
    assert posed(facts, "scars", prefer="cheapest", profile="even").profile == "even"
    # nobody made a profile for the fastest
    assert posed(facts, "scars", prefer="fastest").profile == "even"
    with pytest.raises(InputError, match="unknown profile 'odd'"):
        posed(facts, "scars", profile="odd")


def test_a_changed_weight_stands_beside_the_profile_s(facts: Catalog) -> None:
    found = posed(facts, "scars", profile="thrifty", weights={"risk": "5"})
    assert {c: w for c, w in found.weights.items() if w} == pytest.approx({"cost": 3 / 8, "risk": 5 / 8})
    again = posed(facts, "scars", profile="thrifty").weighing({"risk": 5})
    assert (again.profile, dict(again.weights)) == ("thrifty", dict(found.weights))
    with pytest.raises(InputError, match="the weight of risk must be a number, not 'much'"):
        posed(facts, "scars", weights={"risk": "much"})


@pytest.mark.parametrize("months", [1, 7.0, LONGEST])
def test_a_horizon_is_whole_months_within_reason(facts: Catalog, months: float) -> None:
    found = posed(facts, "scars", horizon=months).horizon
    assert (found, type(found)) == (months, int)


@pytest.mark.parametrize("months", [0, -3, 0.5, LONGEST + 1])
def test_a_horizon_out_of_reason_is_refused(facts: Catalog, months: float) -> None:
    with pytest.raises(InputError, match="out of range"):
        posed(facts, "scars", horizon=months)


@pytest.mark.parametrize("months", [float("nan"), float("inf"), "long"])
def test_a_horizon_that_is_no_number_is_refused(facts: Catalog, months: Any) -> None:
    with pytest.raises(InputError, match="the horizon"):
        posed(facts, "scars", horizon=months)


def test_half_a_month_is_refused_with_the_months_on_either_side(facts: Catalog) -> None:
    with pytest.raises(InputError, match=r"12\.5 months is not whole") as caught:
        posed(facts, "scars", horizon=12.5)
    assert caught.value.hint == "12 or 13 months"
    assert posed(facts, "scars").horizon == 12


# ------------------------------------------------------------------ what is asked about


def test_a_concern_has_kinds_of_its_own_alone(facts: Catalog) -> None:
    assert posed(facts, "scars", subtype="deep").concern == Concern("scars", "deep")
    assert posed(facts, "lines").concern == Concern("lines")
    with pytest.raises(InputError, match="scars has no kind 'wide'") as caught:
        posed(facts, "scars", subtype="wide")
    assert caught.value.hint == "its kinds are deep, flat"
    with pytest.raises(InputError, match="lines has no kind 'deep'") as caught:
        posed(facts, "lines", subtype="deep")
    assert caught.value.hint == "it has no kinds"


def test_without_a_concern_those_that_there_are_are_told(facts: Catalog) -> None:
    with pytest.raises(InputError, match="no concern named") as caught:
        _ = posed(facts).concern
    assert caught.value.hint == "concerns are scars, lines, hair, healing"


def test_only_what_was_named_is_ranked(facts: Catalog) -> None:
    problem = posed(facts, "scars", procedures=["dot"])
    assert [row.option.id for row in rank(problem).options] == ["dot"]
    whole = problem.about(Concern("scars"), only=())
    assert {row.option.id for row in rank(whole).options} == {"pen", "dot"}
    assert whole.request.procedures == ()
    # about something else it is still about the same treatments
    assert problem.about(Concern("lines")).limits.only == {"dot"}
    assert [c.id for c in problem.about(Concern("lines")).request.concerns] == ["lines"]


def test_names_of_what_there_is_not_are_refused(facts: Catalog) -> None:
    for unknown in ({"avoid": ("lions",)}, {"person": {"conditions": ("valour",)}}, {"exclude": ["nothing-such"]}):
        with pytest.raises(InputError, match=r"unknown|nothing"):
            posed(facts, "scars", **unknown)


def test_limits_hold_what_was_said(facts: Catalog) -> None:
    found = posed(
        facts, "scars", budget=budget(300, per="month"), max_downtime_days=2, avoid=("needles", "needles"),
        exclude=["pen"],
    ).limits  # fmt: skip
    assert (found.budget_high, found.per, found.max_downtime_days) == (300, "month", 2)
    assert (found.avoid, found.exclude, found.only) == (("needles",), {"pen"}, frozenset())
    assert found.restrict
    assert not posed(facts, "scars", budget=300).limits.restrict


# ------------------------------------------------------------------ the same problem, changed


def test_other_money_is_for_the_whole_course_and_in_the_same_money(facts: Catalog) -> None:
    asked = posed(facts, "scars", market="uk", budget=budget(30, per="month", currency="GBP"))
    other = asked.spending(200.004)
    assert (other.limits.budget_high, other.limits.per, other.total_budget) == (200, "course", 200)
    assert other.request.budget == Budget(high=Decimal(200), currency="GBP")
    none = asked.spending(None)
    assert (none.limits.budget_high, none.request.budget, none.total_budget) == (None, None, None)


def test_the_key_tells_problems_apart(facts: Catalog) -> None:
    ways: list[dict[str, Any]] = [
        {}, {"market": "uk"}, {"horizon": 24}, {"profile": "thrifty"}, {"weights": {"risk": 3}}, {"borrow": False},
        {"prices": {"pen": 90}}, {"budget": 300}, {"subtype": "deep"}, {"person": {"skin_type": 5}},
    ]  # fmt: skip
    assert len({posed(facts, "scars", **way).key for way in ways}) == len(ways)
    assert posed(facts, "scars").key == posed(facts, "scars").key
    # a price is the same however it was written
    one, other = (posed(facts, "scars", prices=prices) for prices in ({"pen": "90/session"}, ["Pen=90/session"]))
    assert one.key == other.key


def test_a_price_of_one_s_own_is_in_the_answer_and_a_clinic_s_list_beneath_it(facts: Catalog, tmp_path: Path) -> None:
    listing = tmp_path / "clinic.toml"
    listing.write_text('[[price]]\nprocedure = "pen"\nprice = 50\n[[price]]\nprocedure = "dot"\nprice = 40\n', "utf-8")

    def totals(**how: Any) -> dict[str, float]:
        return {row.option.id: row["cost"].typical for row in rank(posed(facts, "scars", **how)).options}

    assert totals() == {"pen": 300, "dot": 160}
    assert totals(price_list=listing) == {"pen": 150, "dot": 80}
    assert totals(price_list=listing, prices={"pen": "70/session"}) == {"pen": 210, "dot": 80}
    assert totals() == {"pen": 300, "dot": 160}
