"""Gains over doing nothing on toy catalogues: by hand where one study speaks, else by a dense Gaussian of our own.

The toy's spreads are as good as known: τ = 10, h = 5, s = 20; people differ by 25. An arm of n varies by 625/n + 25.
"""

import math
from typing import Any

import numpy as np
import pytest

from decide.catalog import Catalog
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.index import Effect
from decide.evidence.rows import given
from tests.evidence import dense
from tests.toy import Toy

PEN, LASER, SHOT = Effect("pen"), Effect("laser"), Effect("shot")
MIX = Effect("pen", "balm")


@pytest.fixture
def things(toy: Toy) -> Toy:
    """Treatments, something made to be added, a place where it matters which kind one has, and one where a base is had
    anyway.
    """
    for name in ("pen", "laser", "shot", "new"):
        toy.procedure(name)
    toy.cream("balm", role="adjunct")
    kinds = [("ice", "pitted", 0.5), ("box", "pitted", 0.3), ("raised", "raised", 0.2)]
    subtype = [{"id": i, "name": i, "group": g, "share": s} for i, g, s in kinds]
    return toy.add(
        "concern", id="marks", name="Marks", lends=0.5, lends_reason="A toy.", share_reason="A toy.",
        default_kind="ice", default_reason="A toy.", subtype=subtype,
    )  # fmt: skip


def arm(procedure: str, value: float, n: int = 25, **more: Any) -> dict[str, Any]:
    return {"procedure": procedure, "measure": "percent-improvement", "value": value, "n": n, **more}


def trial(toy: Toy, name: str, *arms: dict[str, Any], concern: str = "lines", **more: Any) -> Toy:
    return toy.study(name, concern, arm=list(arms), **more)


def asked(toy: Toy | Catalog, concern: str = "lines", kind: str = "") -> Benefits:
    return synthesis_of(toy.catalog() if isinstance(toy, Toy) else toy, concern, kind)


def by_the_oracle(toy: Toy, concern: str, *questions: tuple[Effect, str]) -> list[tuple[float, float]]:
    """Mean and standard deviation of gains, by the dense Gaussian."""
    catalog = toy.catalog()
    world = dense.world_of(catalog, concern)
    terms = [world.gain(given(catalog, concern, effect), {kind: 1.0}) for effect, kind in questions]
    world, found = dense.solved(catalog, concern, terms)
    return [(mean, math.sqrt(variance)) for mean, variance in map(found.of, terms)]


def figure(found: Benefits, effect: Effect) -> tuple[float, float]:
    gain = found.gain(effect)
    return gain.mean, gain.sd


# ------------------------------------------------------------------ by hand


def test_a_trial_against_placebo_gives_four_fifths_of_what_it_saw(things: Toy) -> None:
    # arms vary by 50 each, their difference by 100, gains by 400: 40 × 400 / 500 ± √(400 × 100 / 500)
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    assert figure(asked(things), PEN) == pytest.approx((32, math.sqrt(80)), rel=1e-5)


def test_what_placebo_came_to_moves_no_gain(things: Toy) -> None:
    trial(things, "a", arm("pen", 48 + 30), arm("placebo", 8 + 30))
    assert figure(asked(things), PEN) == pytest.approx((32, math.sqrt(80)), rel=1e-5)


def test_bias_is_doubt_and_moves_nothing_to_a_side(things: Toy) -> None:
    # open: (0.16 × 25)² = 16 more on the difference, so 400 / 516 of what was seen
    trial(things, "a", arm("pen", 48), arm("placebo", 8), blinded=False)
    assert figure(asked(things), PEN) == pytest.approx((40 * 400 / 516, math.sqrt(400 * 116 / 516)), rel=1e-5)


def test_halves_of_a_face_are_compared_more_surely(things: Toy) -> None:
    # the halves share half of 25: 12.5 + 25 of their own each, 75 between them
    trial(things, "a", arm("pen", 48), arm("placebo", 8), design="split-body-rct")
    assert figure(asked(things), PEN) == pytest.approx((40 * 400 / 475, math.sqrt(400 * 75 / 475)), rel=1e-5)


def test_a_series_speaks_through_a_level_that_runs_high(things: Toy) -> None:
    # nothing else is known: a level of 8 ± 10, and 8 ± 6 that series run high. Its own: 625/25 + 25 + 10²/2 by bias,
    # and 10² + 10² that its people and its design may shift it by
    trial(things, "a", arm("pen", 56), design="case-series")
    own = 25 + 25 + 50 + 100 + 100
    weight = 400 / (400 + own)
    # the level is held: it widens the gain, and is moved by nothing that the series says
    sd = math.sqrt(400 * own / (400 + own) + weight**2 * (100 + 36))
    assert figure(asked(things), PEN) == pytest.approx((weight * (56 - 16), sd), rel=1e-4)


def test_nothing_measured_is_no_gain_and_all_the_doubt_there_was(things: Toy) -> None:
    found = asked(things)
    assert figure(found, PEN) == (0, 20)
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    found = asked(things)
    assert figure(found, Effect("new")) == pytest.approx((0, 20))
    # made to be added: 0.4 of the spread, and half as much again from base to base
    assert figure(found, MIX) == pytest.approx((32, math.sqrt(80 + 400 * 0.16 * 1.25)), rel=1e-5)
    # a treatment of its own on top of another: 0.6
    both = figure(found, Effect("pen", "new"))
    assert both == pytest.approx((32, math.sqrt(80 + 400 * 0.36 * 1.25)), rel=1e-5)


def test_what_is_added_is_the_difference_to_its_base(things: Toy) -> None:
    # head to head, with no placebo anywhere: 20 seen between arms of 50 each, of what varies by 400 × 0.16 × 1.25 = 80
    difference = {
        "procedure": "balm", "base": "pen", "comparator": "pen", "value": 20, "n": 50, "direction": "better",
        "measure": "difference-percent-improvement", "low": 20 - 1.959964 * math.sqrt(50),
        "high": 20 + 1.959964 * math.sqrt(50),
    }  # fmt: skip
    things.add("measure", scale="percent", measure=difference["measure"], how="as-is", reason="A toy.")
    things.study("a", "lines", contrast=[difference])
    found = asked(things)
    added = found.added(MIX)
    assert (added.mean, added.sd) == pytest.approx((20 * 80 / 180, math.sqrt(80 * 100 / 180)), rel=1e-5)
    # the base is left where it was
    assert figure(found, PEN) == pytest.approx((0, 20), rel=1e-5)
    assert found.gain(MIX).variance == pytest.approx(400 + added.variance, rel=1e-5)


def test_where_a_base_is_had_anyway_the_gain_is_over_the_base_alone(things: Toy) -> None:
    trial(things, "a", arm("balm", 60, base="pen"), arm("pen", 40), arm("placebo", 8), concern="healing")
    found = asked(things, "healing")
    assert found.gain(MIX).mean == pytest.approx(found.added(MIX).mean)
    assert found.gain(MIX).sd == pytest.approx(found.added(MIX).sd)
    elsewhere = Toy(things.folder.parent / "elsewhere", things.rules)
    elsewhere.facts = [(t, {**f, "concern": "lines"} if t == "study" else f) for t, f in things.facts]
    whole = asked(elsewhere, "lines")
    assert whole.gain(MIX).mean == pytest.approx(found.gain(MIX).mean + whole.gain(PEN).mean)
    assert whole.gain(MIX).mean > found.gain(MIX).mean + 10


# ------------------------------------------------------------------ by the oracle


def test_everything_at_once_is_what_the_dense_gaussian_says(things: Toy) -> None:
    """Trials against placebo and against nothing, head to head, series, faces in halves, add-ons, kinds that lend half
    and nothing, a mixture of kinds.
    """
    at = {"concern": "marks"}
    trial(things, "a", arm("pen", 48), arm("placebo", 12, 30), subtype="ice", **at)
    trial(things, "b", arm("pen", 35, 40), arm("untreated", 3), subtype="box", blinded=False, **at)
    trial(things, "c", arm("laser", 52), arm("pen", 40, 18), design="split-body-rct", **at)
    trial(things, "d", arm("laser", 70, 60), design="case-series", subtype="raised", **at)
    trial(things, "e", arm("shot", 55), arm("placebo", 20), arm("laser", 30), subtype="raised", **at)
    trial(things, "f", arm("balm", 58, base="pen"), arm("pen", 47), interest="The maker.", subtype="ice", **at)
    trial(things, "g", arm("shot", 30, 12), design="non-randomised", subtype="ice", **at)
    effects = [PEN, LASER, SHOT, MIX, Effect("laser", "balm"), Effect("new")]
    questions = [(effect, kind) for effect in effects for kind in ("ice", "box", "raised")]
    expected = by_the_oracle(things, "marks", *questions)
    for (effect, kind), (mean, sd) in zip(questions, expected, strict=True):
        got = figure(asked(things, "marks", kind), effect)
        assert got == pytest.approx((mean, sd), rel=1e-4, abs=1e-4), (effect, kind)
    joint = asked(things, "marks", "ice").joint(effects)
    assert joint.mean == pytest.approx(
        [mean for (_, kind), (mean, _) in zip(questions, expected, strict=True) if kind == "ice"]
    )
    assert np.linalg.eigvalsh(joint.covariance).min() > 0


def test_levels_are_learned_from_reference_arms_alone(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("placebo", 20))
    trial(things, "b", arm("laser", 48, 60), arm("untreated", 2))
    before = asked(things)
    world, found = dense.solved(things.catalog(), "lines")
    assert (before.nothing().mean, before.nothing().variance) == pytest.approx(found.of(world.level({"": 1.0})))
    alone = before.left_alone()
    assert alone is not None
    assert alone.mean == pytest.approx(found.of({("mu",): 1.0, ("omega",): 1.0})[0])
    # a series that did well raises no level, for nobody in it went without
    trial(things, "c", arm("shot", 90, 400), design="case-series")
    assert asked(things).nothing().mean == pytest.approx(before.nothing().mean, abs=1e-6)


# ------------------------------------------------------------------ who lends to whom


@pytest.fixture
def iced(things: Toy) -> Toy:
    """One trial, in one of two kinds that lend half to each other."""
    return trial(things, "a", arm("pen", 48), arm("placebo", 8), concern="marks", subtype="ice")


def test_kinds_that_lend_half_give_half_of_the_gain(iced: Toy) -> None:
    assert figure(asked(iced, "marks", "ice"), PEN) == pytest.approx((32, math.sqrt(80)), rel=1e-5)
    # cov(box, ice) = 200: 200/500 × 40, and 400 − 200²/500
    assert figure(asked(iced, "marks", "box"), PEN) == pytest.approx((16, math.sqrt(320)), rel=1e-5)
    assert figure(asked(iced, "marks", "raised"), PEN) == pytest.approx((0, 20), rel=1e-5)


def test_what_is_lent_is_told_apart_from_what_was_studied(iced: Toy) -> None:
    ice, box, raised = (asked(iced, "marks", kind) for kind in ("ice", "box", "raised"))
    assert (ice.studied(PEN), ice.lent(PEN)) == (True, False)
    assert (box.studied(PEN), box.lent(PEN)) == (True, True)
    assert (raised.studied(PEN), raised.lent(PEN)) == (False, False)
    assert PEN not in raised.effects
    assert PEN in box.effects


def test_asked_without_a_kind_where_kinds_stand_apart_is_asked_about_the_default_one(iced: Toy) -> None:
    assert figure(asked(iced, "marks"), PEN) == figure(asked(iced, "marks", "ice"), PEN)
    assert asked(iced, "marks").kind == "ice"


def test_a_record_that_names_no_kind_tells_of_each_group_with_its_doubt(things: Toy) -> None:
    """Eight in ten are pitted: as pitted it has the doubt of two in ten who are not, √2 × 20 × 0.2."""
    trial(things, "a", arm("pen", 48), arm("placebo", 8), concern="marks")
    pitted = asked(things, "marks", "ice")
    assert pitted.studied(PEN)
    expected = by_the_oracle(things, "marks", (PEN, "ice"), (PEN, "raised"))
    assert figure(pitted, PEN) == pytest.approx(expected[0], rel=1e-4)
    assert figure(asked(things, "marks", "raised"), PEN) == pytest.approx(expected[1], rel=1e-4)
    assert expected[1][0] < expected[0][0]


def test_each_kind_of_one_people_gains_its_own_difference(things: Toy) -> None:
    """Whatever the level of the other."""
    for level in (2, 30):
        toy = Toy(things.folder.parent / f"level-{level}", things.rules)
        toy.facts = list(things.facts)
        trial(toy, "a", arm("pen", 48), arm("placebo", 8), concern="marks", subtype="ice")
        trial(toy, "b", arm("pen", level), arm("placebo", level), concern="marks", subtype="raised", same_people_as="a")
        assert figure(asked(toy, "marks", "ice"), PEN)[0] == pytest.approx(32, rel=1e-4)
        assert figure(asked(toy, "marks", "raised"), PEN)[0] == pytest.approx(0, abs=1e-6)


def test_a_base_s_trial_is_no_study_of_the_combination(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    found = asked(things)
    assert found.studied(PEN)
    assert not found.studied(MIX)


# ------------------------------------------------------------------ laws


def test_a_series_of_one_option_moves_no_other_s_gain(things: Toy) -> None:
    """Law 9: but through what both share. The scale's own step, which learns how far series run high, is held."""
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    trial(things, "b", arm("laser", 30, 40), arm("placebo", 10))
    before = asked(things)
    trial(things, "c", arm("shot", 75, 90), design="case-series")
    after = asked(things)
    for effect in (PEN, LASER):
        assert figure(after, effect) == pytest.approx(figure(before, effect), abs=1e-6)
    assert figure(after, SHOT) != figure(before, SHOT)
    # what shares a base with it is moved
    trial(things, "d", arm("balm", 75, 90, base="pen"), design="case-series")
    assert figure(asked(things), PEN)[0] > figure(after, PEN)[0] + 0.1


def test_more_of_what_a_trial_saw_is_more_gain(things: Toy) -> None:
    trial(things, "b", arm("laser", 30, 40), arm("pen", 20))
    gains = []
    for value in (10, 30, 60):
        one = Toy(things.folder.parent / f"at-{value}", things.rules)
        one.facts = list(things.facts)
        gains.append(figure(asked(trial(one, "a", arm("pen", value), arm("placebo", 8))), PEN)[0])
    assert gains == sorted(gains)
    assert gains[0] < gains[1] < gains[2]


def test_seeds_and_the_order_of_facts_change_nothing(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    trial(things, "b", arm("laser", 30, 40), arm("pen", 20), arm("untreated", 5))
    one = asked(things)
    turned = Toy(things.folder.parent / "turned", things.rules)
    turned.facts = things.facts[::-1]
    for effect in (PEN, LASER):
        assert figure(asked(turned), effect) == pytest.approx(figure(one, effect), abs=1e-9)


def test_a_new_trial_would_differ_by_what_trials_differ_by(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    found = asked(things)
    predicted = found.gain(PEN, predicted=True)
    assert predicted.mean == found.gain(PEN).mean
    assert predicted.variance == pytest.approx(80 + 2 * 25, rel=1e-5)


def test_draws_are_of_what_is_told(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("laser", 30), arm("placebo", 8))
    found = asked(things)
    draws = found.draws([PEN, LASER], 40_000, 3)
    assert draws.mean(axis=0) == pytest.approx([found.gain(PEN).mean, found.gain(LASER).mean], abs=0.2)
    assert draws.std(axis=0) == pytest.approx([found.gain(PEN).sd, found.gain(LASER).sd], rel=0.02)
    # they share the placebo arm: what it errs by moves both
    assert np.corrcoef(draws.T)[0, 1] == pytest.approx(found.joint([PEN, LASER]).covariance[0, 1] / 80, abs=0.1)
    assert np.corrcoef(draws.T)[0, 1] > 0.2


# ------------------------------------------------------------------ what it rests on


def test_shares_of_the_pull_add_up_and_are_those_by_hand(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("placebo", 8))
    found = asked(things).shares(PEN)
    # the prior holds 80/400 of the figure, the comparison the rest
    assert found.prior == pytest.approx(0.2, rel=1e-5)
    assert found.within == {"a": pytest.approx(0.8, rel=1e-5)}
    assert found.assumed == pytest.approx(0, abs=1e-9)


def test_a_series_rests_on_a_level_that_is_taken_as_given(things: Toy) -> None:
    trial(things, "a", arm("pen", 56), design="case-series")
    found = asked(things).shares(PEN)
    variance = figure(asked(things), PEN)[1] ** 2
    weight = 400 / 700
    assert found.assumed == pytest.approx(weight**2 * 136 / variance, rel=1e-3)
    assert found.within.get("a", 0) == pytest.approx(0, abs=1e-9)
    assert found.level["a"] == pytest.approx(1 - found.assumed - found.prior, rel=1e-6)


def test_the_pull_of_a_trial_is_shared_out_among_its_records_of_the_effect(things: Toy) -> None:
    trial(things, "a", arm("pen", 48), arm("pen", 44), arm("placebo", 8))
    found = asked(things)
    pulls = [pull for _, pull in found.pull(PEN)]
    assert len(pulls) == 2
    assert pulls[0] == pytest.approx(pulls[1])
    assert sum(pulls) == pytest.approx(found.shares(PEN).of("a"))


def test_a_level_is_known_where_somebody_of_the_kind_went_without(iced: Toy) -> None:
    assert asked(iced, "marks", "ice").level_known
    assert not asked(iced, "marks", "raised").level_known
    assert asked(iced, "marks", "ice").left_alone() is None
