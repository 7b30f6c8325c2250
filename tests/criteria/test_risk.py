"""Harm points followed by hand: rates times weights (1, 5, 40), with a prior that counts as 40 people behind them, and
nuisances no more than 50 in all.

The prior for needling is 10 minor, 2 moderate and 0.1 serious in 100: 10 × 1 + 2 × 5 + 0.1 × 40 = 24 points.
"""

import random
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.alternatives.cell import Cell, Expected
from decide.answers.ranking.rank import rank
from decide.catalog.models import Harm, RiskPrior
from decide.criteria.risk import SEVERITIES, applies, risk
from decide.evidence.index import Effect
from decide.report.views.facts import fact_says
from tests.posed import posed
from tests.toy import CONSTANTS, Toy


def points(toy: Toy, *effect: str, skin_type: int | None = None) -> float:
    return risk(toy.catalog(), Effect(*effect), skin_type).typical


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


def test_without_rates_the_prior_stands(pen: Toy) -> None:
    found = risk(pen.catalog(), Effect("pen"))
    assert (found.low, found.typical, found.high) == pytest.approx((24, 24, 24))
    assert found.basis == "prior"
    assert [ref.kind for ref in found.refs] == ["prior", "prior"]
    assert fact_says(found.refs[0]) == (
        "expected in 100 people, before any caution: lasting or dangerous 0.1, to be treated or for weeks 2, passing 10"
    )


def test_a_trial_of_forty_weighs_as_much_as_the_prior(pen: Toy) -> None:
    pen.harm("pen", 30, n=40)
    # minor: (10 × 40 + 30 × 40) / 80 = 20; the other severities keep their priors
    assert points(pen, "pen") == pytest.approx(20 * 1 + 2 * 5 + 0.1 * 40)


def test_a_small_trial_without_a_mishap_does_not_make_a_thing_safe(pen: Toy) -> None:
    pen.harm("pen", 0, n=10)
    # minor: (10 × 40 + 0 × 10) / 50 = 8
    assert points(pen, "pen") == pytest.approx(8 + 10 + 4)


@pytest.mark.parametrize(("severity", "weight", "prior"), [("minor", 1, 10), ("moderate", 5, 2), ("serious", 40, 0.1)])
def test_each_severity_has_its_own_weight(pen: Toy, severity: str, weight: float, prior: float) -> None:
    pen.harm("pen", 50, n=60, severity=severity)
    rate = (prior * 40 + 50 * 60) / 100
    assert points(pen, "pen") == pytest.approx(24 - prior * weight + rate * weight)


def test_what_befalls_people_without_the_treatment_is_taken_off(pen: Toy) -> None:
    pen.harm("pen", 40, comparator_rate=15, comparator="untreated", n=40)
    # (10 × 40 + (40 − 15) × 40) / 80 = 17.5
    assert points(pen, "pen") == pytest.approx(17.5 + 10 + 4)


def test_a_rate_below_the_comparator_s_counts_as_nought(pen: Toy) -> None:
    pen.harm("pen", 5, 20, comparator_rate=15, comparator="untreated", n=40)
    found = risk(pen.catalog(), Effect("pen"))
    # ends 0 and 20 − 15 = 5, middle 2.5; each averaged with the prior's 10
    assert found.low == pytest.approx((10 + 0) / 2 + 14)
    assert found.typical == pytest.approx((10 + 2.5) / 2 + 14)
    assert found.high == pytest.approx((10 + 5) / 2 + 14)


@pytest.mark.parametrize("rates", [(20, 60), (60, 20)])
def test_of_several_events_in_one_source_the_commonest_counts(pen: Toy, rates: tuple[float, float]) -> None:
    for event, rate in zip(("redness", "swelling"), rates, strict=True):
        pen.harm("pen", rate, event=event, n=40)
    # (10 × 40 + 60 × 40) / 80 = 35, whichever stands first in the file
    found = risk(pen.catalog(), Effect("pen"))
    assert found.typical == pytest.approx(35 + 14)
    assert len(found.refs) == 3


def test_each_end_is_the_highest_of_all_events_of_a_source(pen: Toy) -> None:
    pen.harm("pen", 20, 20, event="redness", n=40).harm("pen", 10, 40, event="swelling", n=40)
    # at least 20 had something, perhaps 40: low 20, typical the higher middle (25 against 20), high 40
    found = risk(pen.catalog(), Effect("pen"))
    assert found.high == pytest.approx((10 + 40) / 2 + 14)
    assert found.typical == pytest.approx((10 + 25) / 2 + 14)
    assert found.low == pytest.approx((10 + 20) / 2 + 14)
    assert [fact_says(ref) for ref in found.refs[1:2]] == ["minor: swelling, 10–40 in 100"]


@pytest.mark.parametrize(
    ("first", "second", "typical"),
    [
        # of (30, 30) and (10, 30) the first has the higher middle: (10 + 30) / 2
        ({"low": 30, "high": 30, "n": 40}, {"low": 10, "high": 30, "n": 40}, 20),
        # of two alike the one seen in more people: (10 × 40 + 30 × 120) / 160
        ({"low": 30, "high": 30, "n": 40}, {"low": 30, "high": 30, "n": 120}, 25),
        # one without a number of people counts as ten: (10 × 40 + 30 × 40) / 80
        ({"low": 30, "high": 30}, {"low": 30, "high": 30, "n": 40}, 20),
    ],
)
def test_of_two_events_with_one_high_end_it_does_not_matter_which_stands_first(
    toy: Toy, first: dict[str, float], second: dict[str, float], typical: float
) -> None:
    toy.procedure("pen").harm("pen", **first, event="redness").harm("pen", **second, event="swelling")
    toy.procedure("turned").harm("turned", **second, event="swelling").harm("turned", **first, event="redness")
    assert points(toy, "pen") == pytest.approx(typical + 14)
    assert points(toy, "turned") == pytest.approx(typical + 14)


def test_sources_are_averaged_by_their_people(pen: Toy) -> None:
    pen.harm("pen", 20, n=100, source="one").harm("pen", 80, n=20, source="two")
    assert points(pen, "pen") == pytest.approx((10 * 40 + 20 * 100 + 80 * 20) / (40 + 100 + 20) + 14)


def test_events_of_different_severity_in_one_source_all_count(pen: Toy) -> None:
    pen.harm("pen", 30, n=40, severity="minor").harm("pen", 6, n=40, severity="moderate")
    # minor (10 + 30) / 2 = 20, moderate (2 + 6) / 2 = 4
    assert points(pen, "pen") == pytest.approx(20 * 1 + 4 * 5 + 4)


def test_a_source_without_a_number_of_people_counts_as_ten(pen: Toy) -> None:
    pen.harm("pen", 60)
    assert points(pen, "pen") == pytest.approx((10 * 40 + 60 * 10) / 50 + 14)


def test_a_range_of_rates_gives_a_range_of_points(pen: Toy) -> None:
    pen.harm("pen", 10, 50, n=40, severity="moderate")
    found = risk(pen.catalog(), Effect("pen"))
    # moderate: (2 + 10) / 2 = 6, (2 + 30) / 2 = 16, (2 + 50) / 2 = 26
    assert (found.low, found.typical, found.high) == pytest.approx((14 + 6 * 5, 14 + 16 * 5, 14 + 26 * 5))


def test_harms_are_pooled_over_concerns(pen: Toy) -> None:
    pen.harm("pen", 30, n=40, concern="scars", source="one").harm("pen", 50, n=40, concern="lines", source="two")
    assert points(pen, "pen") == pytest.approx((10 + 30 + 50) / 3 + 14)


def test_each_source_stands_behind_the_figure_in_words(pen: Toy) -> None:
    pen.harm("pen", 30, n=40).harm("pen", 10, 15, severity="moderate", event="infection", source="two")
    found = risk(pen.catalog(), Effect("pen"))
    # the graver first
    harms = [ref for ref in found.refs if ref.kind == "harm"]
    assert [ref.source for ref in harms] == ["two", "one"]
    assert [ref.source for ref in found.refs if ref not in harms] == ["risk.toml", "risk.toml"]
    assert fact_says(harms[0]) == "moderate: infection, 10–15 in 100"
    assert fact_says(harms[1]) == "minor: redness, 30 in 100"
    # serious 0.1; moderate (2 × 40 + 12.5 × 10) / 50 = 4.1; minor (10 + 30) / 2 = 20
    assert found.refs[0].fact == Expected(
        serious=pytest.approx(0.1), moderate=pytest.approx(4.1), minor=pytest.approx(20)
    )
    assert found.basis == "facts"


# ------------------------------------------------------------------ graver harms first


def test_nuisances_count_by_rate_up_to_the_cap_and_no_further(pen: Toy) -> None:
    pen.harm("pen", 90, 100, n=160)
    # (10 × 40 + 95 × 160) / 200 = 78 in 100, of which 50 points count, whichever end is asked
    found = risk(pen.catalog(), Effect("pen"))
    assert (found.low, found.typical, found.high) == pytest.approx((50 + 14, 50 + 14, 50 + 14))


def test_an_end_below_the_cap_is_not_moved_by_it(pen: Toy) -> None:
    pen.harm("pen", 20, 100, n=40)
    # (10 + 20) / 2 = 15, (10 + 60) / 2 = 35, (10 + 100) / 2 = 55, of which 50 count
    found = risk(pen.catalog(), Effect("pen"))
    assert (found.low, found.typical, found.high) == pytest.approx((15 + 14, 35 + 14, 50 + 14))


@pytest.mark.parametrize("severity", ["moderate", "serious"])
def test_what_is_no_nuisance_has_no_cap(pen: Toy, severity: str) -> None:
    pen.harm("pen", 100, n=160, severity=severity)
    weight, prior = {"moderate": (5, 2), "serious": (40, 0.1)}[severity]
    assert points(pen, "pen") == pytest.approx(24 - weight * prior + weight * (prior * 40 + 100 * 160) / 200)


@pytest.mark.parametrize("comparator", ["active", "unknown"])
def test_what_another_treatment_did_is_not_taken_off(pen: Toy, comparator: str) -> None:
    pen.harm("pen", 40, comparator_rate=30, comparator=comparator, n=40)
    assert points(pen, "pen") == pytest.approx((10 + 40) / 2 + 14)


RATES = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
EVENTS = st.lists(
    st.tuples(st.sampled_from(SEVERITIES), st.sampled_from(("one", "two")), RATES, st.sampled_from((10, 40, 300))),
    max_size=4,
)


def harmed(events: Sequence[tuple[str, str, Sequence[int], int]]) -> Cell:
    """The risk of needling with these events, each seen by a source of one size."""
    facts = catalog_of_harms(
        Harm(source=f"{source}-{people}", procedure="pen", concern="scars", event=f"event-{i}", severity=severity,
             rate_low=low, rate_high=high, n=people)
        for i, (severity, source, (low, high), people) in enumerate(events)
    )  # fmt: skip
    return risk(facts, Effect("pen"))


def catalog_of_harms(harms: Iterable[Harm]) -> Any:
    """What `risk` asks of a catalogue, and nothing else: needling with these harms."""
    prior = RiskPrior(invasiveness="needling", minor=10, moderate=2, serious=0.1, reason="A toy.")
    found = list(harms)
    return SimpleNamespace(
        procedures={"pen": SimpleNamespace(id="pen", invasiveness="needling", parts=())},
        risk_priors={"needling": prior},
        constant=lambda name: (CONSTANTS | {"n-unknown": 10})[name],
        harms=lambda procedure: found,
        kept={},
    )


def ends(cell: Cell) -> tuple[float, float, float]:
    return cell.low, cell.typical, cell.high


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(events: list[Any], chance: random.Random) -> None:
    first, turned = harmed(events), harmed(chance.sample(events, len(events)))
    assert ends(turned) == ends(first)
    assert [ref.source for ref in turned.refs] == [ref.source for ref in first.refs]


@given(EVENTS, st.data())
def test_more_harm_never_lowers_risk(events: list[Any], data: st.DataObject) -> None:
    """A higher rate, or one event more among the same people."""
    before = ends(harmed(events))
    if events:
        at = data.draw(st.integers(0, len(events) - 1))
        severity, source, (low, high), people = events[at]
        more = data.draw(st.integers(0, 100))
        raised = (severity, source, (min(low + more, 100), min(high + more, 100)), people)
        after = ends(harmed([*events[:at], raised, *events[at + 1 :]]))
        assert all(b <= a + 1e-9 for b, a in zip(before, after, strict=True))
        again = (severity, source, data.draw(RATES), people)
        after = ends(harmed([*events, again]))
        assert all(b <= a + 1e-9 for b, a in zip(before, after, strict=True))


@given(EVENTS, EVENTS)
def test_no_nuisance_outweighs_ten_more_in_a_hundred_with_a_moderate_harm(events: list[Any], others: list[Any]) -> None:
    """With graver harms alike, all nuisances there are weigh as much as cap ÷ weight moderate harms: 50 ÷ 5."""
    graver = [event for event in events if event[0] != "minor"]
    nuisances = [event for event in others if event[0] == "minor"]
    ten_moderate_harms = 10 * CONSTANTS["harm-moderate"]
    without = ends(harmed(graver))
    prior = 10  # the nuisances that the prior has where no source speaks of them
    for bare, full in zip(without, ends(harmed([*graver, *nuisances])), strict=True):
        assert full <= bare - prior + ten_moderate_harms + 1e-9


# ------------------------------------------------------------------ on top of something


def test_what_is_added_cannot_make_its_base_safer(toy: Toy) -> None:
    toy.procedure("shot", invasiveness="injection").cream("balm", role="adjunct")
    found = risk(toy.catalog(), Effect("shot", "balm"))
    # the balm alone carries nothing, the shot 20 + 4 × 5 + 0.2 × 40 = 48
    assert found.typical == pytest.approx(48)
    assert found.basis == "base"


def test_what_is_added_can_make_a_course_riskier(toy: Toy) -> None:
    toy.procedure("shot", invasiveness="injection").cream("balm", role="adjunct")
    found = risk(toy.catalog(), Effect("balm", "shot"))
    assert found.typical == pytest.approx(48)
    assert found.basis == "prior"


def test_what_is_made_of_several_things_is_no_safer_than_any_of_them(toy: Toy) -> None:
    toy.procedure("pen").procedure("shot", invasiveness="injection").procedure("mix", parts=["pen", "shot"])
    toy.procedure("outer", parts=["mix"])
    # the pen 24, the shot 48, and by its own prior the mix 24
    for name in ("mix", "outer"):
        found = risk(toy.catalog(), Effect(name))
        assert found.typical == pytest.approx(48)
        assert found.basis == "base"


def test_a_mixture_with_rates_of_its_own_stands_by_them(toy: Toy) -> None:
    toy.procedure("pen").procedure("shot", invasiveness="injection").procedure("mix", parts=["pen", "shot"])
    toy.harm("mix", 30, n=40)
    assert points(toy, "mix") == pytest.approx(20 + 14)


# ------------------------------------------------------------------ skin types


@pytest.mark.parametrize(
    ("said", "skin_type", "holds"),
    [
        ("I-III", 2, True),
        ("I-III", 5, False),
        ("IV-VI", 2, False),
        ("IV-VI", 4, True),
        ("IV-VI", 6, True),
        ("III to V", 3, True),
        ("III to V", 2, False),
        ("III to V", 6, False),
        ("VI", 6, True),
        ("VI", 5, False),
        ("IV", 5, False),
        ("I, II", 2, True),
        ("dark skin", 1, True),
        ("", 6, True),
        (None, 4, True),
    ],
)
def test_a_rate_tells_of_the_types_it_was_seen_in(said: str | None, skin_type: int, holds: bool) -> None:
    assert applies(said, skin_type) is holds


@pytest.mark.parametrize(("skin_type", "seen"), [(None, True), (2, True), (5, False), (6, False)])
def test_rates_of_other_skin_types_alone_are_left_out(pen: Toy, skin_type: int | None, seen: bool) -> None:
    pen.harm("pen", 30, n=40, skin_types="I-IV")
    assert points(pen, "pen", skin_type=skin_type) == pytest.approx(20 + 14 if seen else 24)


def test_rates_of_darker_types_say_nothing_of_fair_skin(pen: Toy) -> None:
    pen.harm("pen", 30, n=40, skin_types="V-VI")
    assert points(pen, "pen", skin_type=2) == pytest.approx(24)
    assert points(pen, "pen", skin_type=6) == pytest.approx(34)


def test_the_base_s_rates_are_for_the_skin_type_too(toy: Toy) -> None:
    toy.procedure("shot", invasiveness="injection").cream("balm", role="adjunct")
    toy.harm("shot", 80, n=40, skin_types="I-II")
    # for type 6 the prior of the shot stands: 48; for type 1 its minor harms are (20 + 80) / 2 = 50
    assert points(toy, "shot", "balm", skin_type=6) == pytest.approx(48)
    assert points(toy, "shot", "balm", skin_type=1) == pytest.approx(50 + 20 + 8)


# ------------------------------------------------------------------ cautions


def rank_for(toy: Toy, **person: object) -> float:
    ranking = rank(posed(toy.catalog(), "scars", person=person))
    return ranking["pen"]["risk"].typical


def test_a_ranking_goes_by_the_person_s_skin_type(pen: Toy) -> None:
    pen.tested("pen", sessions=3).price("pen", 100).harm("pen", 30, n=40, skin_types="I-IV")
    assert rank_for(pen) == rank_for(pen, skin_type=2) == pytest.approx(20 + 14)
    assert rank_for(pen, skin_type=6) == pytest.approx(24)


def test_a_caution_that_holds_raises_the_points_by_half_once(pen: Toy) -> None:
    pen.tested("pen", sessions=3).price("pen", 100)
    pen.practice("pen", "caution", value="fitzpatrick-5-6").practice("pen", "caution", value="active-acne")
    assert rank_for(pen) == pytest.approx(24)
    assert rank_for(pen, skin_type=2) == pytest.approx(24)
    assert rank_for(pen, skin_type=5) == pytest.approx(24 * 1.5)
    assert rank_for(pen, skin_type=5, conditions=("active-acne",)) == pytest.approx(24 * 1.5)


def test_a_raised_risk_is_worth_less(pen: Toy) -> None:
    pen.tested("pen", sessions=3).price("pen", 100).practice("pen", "caution", value="fitzpatrick-5-6")
    calm, raised = (rank(posed(pen.catalog(), "scars", person={"skin_type": k}))["pen"] for k in (2, 5))
    # a point of a hundred is a hundredth of the value, and risk has an eighth of the weight
    assert calm.values["risk"] == pytest.approx(1 - 0.24)
    assert raised.values["risk"] == pytest.approx(1 - 0.36)
    assert calm.score - raised.score == pytest.approx(0.12 / 8)


def test_all_ends_are_raised_by_a_caution(pen: Toy) -> None:
    pen.tested("pen", sessions=3).price("pen", 100).practice("pen", "caution", value="fitzpatrick-5-6")
    pen.harm("pen", 10, 50, n=40)
    found = rank(posed(pen.catalog(), "scars", person={"skin_type": 6}))["pen"]["risk"]
    assert (found.low, found.typical, found.high) == pytest.approx((24 * 1.5, 34 * 1.5, 44 * 1.5))
