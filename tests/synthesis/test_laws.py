"""Laws of gains over doing nothing, on random networks."""

import itertools
import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.errors import InputError
from decide.synthesis import (
    ArmRow,
    Asked,
    ContrastRow,
    Gains,
    Kinds,
    Levels,
    LogNormal,
    Model,
    Network,
    Outliers,
    Prior,
    Share,
    Study,
    network,
    share_on_scale,
)
from tests.synthesis.dense import Group, Report
from tests.synthesis.worlds import model_of, random_world, rows_of, sure

SEEDS = st.integers(0, 10_000)
LEVELS = Levels(Prior(5, 8), 6, 4, Prior(8, 6), LogNormal(10, 0.5), cut=12, study_cut=5)
MODEL = Model(gains=Gains(LogNormal(20, 0.5)), levels=LEVELS, heterogeneity=LogNormal(5, 0.6), outliers=Outliers())


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_a_study_says_the_same_as_arms_and_as_differences(seed: int) -> None:
    """Bias and heterogeneity above nought, spreads integrated, whichever arm the differences are from."""
    rng = np.random.default_rng(seed)
    world, reports = random_world(seed, contrasts=False)
    world.levels = False
    world.untreated = ()
    for report in reports:
        report.paired = 0.0
        for arm in report.arms:
            arm.cut, arm.base = None, "placebo" if arm.base in ("vehicle", "left alone") else arm.base
    model = model_of(world, spread=0.5, outliers=Outliers())
    rows, studies = rows_of(reports)
    a = network(rows, "placebo", model=model, studies=studies)
    for report in reports:
        hub = int(rng.integers(len(report.arms)))
        if len(report.arms) > 1:
            report.differences = [
                (i, hub, report.arms[i].y - report.arms[hub].y) for i in range(len(report.arms)) if i != hub
            ]
    rows, studies = rows_of(reports)
    b = network(rows, "placebo", model=model, studies=studies)
    # which rows the rest determine hangs on which arm they are from, so outliers are told apart
    if set(a.outliers) != set(b.outliers):
        return
    for name in a.names:
        assert a.gain(name).mean == pytest.approx(b.gain(name).mean, abs=1e-9)
        assert a.gain(name).sd == pytest.approx(b.gain(name).sd, abs=1e-9)


@pytest.mark.parametrize("h", [0.0, 3.0])
@pytest.mark.parametrize("hub", [0, 1, 2])
def test_arms_are_differences_with_bias_and_heterogeneity(h: float, hub: int) -> None:
    values = {"placebo": (5.0, 4.0), "a": (20.0, 9.0), "b": (11.0, 2.0)}
    names = list(values)
    model = Model(gains=Gains(sure(20.0)), heterogeneity=h)
    studies = {"s": Study(bias=7.0)}
    more = [ArmRow("z", "a", 18.0, 3.0), ArmRow("z", "placebo", 2.0, 3.0)]
    arm_rows = [ArmRow("s", n, *values[n]) for n in names]
    base = names[hub]
    difference_rows = [
        ContrastRow("s", n, base, values[n][0] - values[base][0], values[n][1] + values[base][1], values[base][1])
        for n in names
        if n != base
    ]
    one = network([*arm_rows, *more], "placebo", model=model, studies=studies)
    other = network([*difference_rows, *more], "placebo", model=model, studies=studies)
    np.testing.assert_allclose(one.mean, other.mean, atol=1e-9)
    np.testing.assert_allclose(one.covariance, other.covariance, atol=1e-9)


def test_a_difference_pooled_over_trials_lets_their_departures_average_out() -> None:
    def doubt(k: int) -> float:
        row = ContrastRow("r", "a", "placebo", 10.0, 1.0, studies=k)
        return network([row], "placebo", heterogeneity=6.0).gain("a").variance

    assert doubt(1) == pytest.approx(1 + 2 * 36)
    assert doubt(9) == pytest.approx(1 + 2 * 36 / 9)
    rows = [ContrastRow("r", "a", "p", 1.0, 4.0, 2.0, studies=3), ContrastRow("r", "b", "p", 1.0, 4.0, 2.0, studies=12)]
    found = network(rows, "p", heterogeneity=6.0)
    # the common arm keeps what even the larger pool has: v 2 + h²/12
    np.testing.assert_allclose(np.diag(found.covariance)[1:], [4 + 2 * 36 / 3, 4 + 2 * 36 / 12])
    assert found.covariance[1, 2] == pytest.approx(2 + 36 / 12)


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.booleans())
def test_a_row_more_lowers_the_covariance(seed: int, series: bool) -> None:
    """Loewner, for spreads that are known and a level that is given."""
    world, reports = random_world(seed)
    reports.insert(0, Report([Group(name, y=1.0, v=1.0) for name in ("a", "b", "c", "d/e", "+f")]))
    more = Report([Group("a", y=40.0, v=3.0)] if series else [Group("b", y=2.0, v=3.0), Group("c", y=9.0, v=3.0)])
    found = []
    for some in (reports, [*reports, more]):
        rows, studies = rows_of(some)
        one = network(rows, world.reference, model=model_of(world), studies=studies)
        asked = [one._ask.terms(name) for name in ("a", "b", "c", "d/e", "+f", "x")]
        found.append(one._ask.part(one._fit.blocks[0], asked).together[0])
    assert np.linalg.eigvalsh(found[0] - found[1]).min() > -1e-9
    assert found[0][0, 0] > found[1][0, 0]


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.floats(-40, 40))
def test_moving_the_cut_of_a_controlled_study_moves_its_gains_by_nothing(seed: int, move: float) -> None:
    rng = np.random.default_rng(seed)
    shares = rng.uniform(0.1, 0.9, 3)

    def rows(cut: float) -> list[ArmRow]:
        found = []
        for name, share in zip(("placebo", "a", "b"), shares, strict=True):
            y = share_on_scale(Share(float(share), 30, cut, "half"), 25.0)
            found.append(ArmRow("s", name, y.mean, y.variance, cut=y.cut))
        return [*found, ArmRow("z", "a", 30.0, 5.0), ArmRow("z", "placebo", 6.0, 5.0)]

    a, b = (network(rows(cut), "placebo", model=MODEL, studies={"s": Study(bias=5)}) for cut in (50.0, 50.0 + move))
    np.testing.assert_allclose(a.mean, b.mean, atol=1e-8)
    np.testing.assert_allclose(a.covariance, b.covariance, atol=1e-8)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_what_nothing_measures_has_its_prior(seed: int) -> None:
    world, reports = random_world(seed)
    rows, studies = rows_of(reports)
    found = network(rows, world.reference, model=model_of(world), studies=studies)
    assert found.gain("unseen").mean == 0
    assert found.gain("unseen").sd == pytest.approx(world.s)
    # an add-on to it: δ (if anything measures it), its own departure on this base, and the base
    pair = found.gain(("unseen", "x"))
    assert pair.variance > world.s**2


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.floats(0.03, 0.97), st.integers(5, 200))
def test_a_lone_share_claims_no_more_than_the_mean_it_would_have_come_from(seed: int, share: float, n: int) -> None:
    y = share_on_scale(Share(share, n, 40.0, "half"), 25.0)
    rest = [ArmRow("r", "placebo", 5.0, 4.0), ArmRow("r", "b", 9.0, 4.0)]
    by_share, by_mean = (
        network([*rest, row], "placebo", model=_known(MODEL)).gain("a")
        for row in (
            ArmRow("s", "a", y.mean, y.variance, cut="half"),
            ArmRow("s", "a", y.mean, 25.0**2 / n),
        )
    )
    assert by_share.sd >= by_mean.sd - 1e-9
    assert abs(by_share.mean) <= abs(by_mean.mean) + 1e-9


def _known(model: Model) -> Model:
    levels = Levels(Prior(5, 8), 6, 4, Prior(8, 6), sure(10), cut=12, study_cut=5)
    return Model(gains=Gains(sure(20)), levels=levels, heterogeneity=sure(5), outliers=None)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_dummies_are_one_nothing_by_whatever_name(seed: int) -> None:
    world, reports = random_world(seed)
    rows, studies = rows_of(reports)
    model = model_of(world, spread=0.4, outliers=Outliers())
    a = network(rows, ("placebo", "vehicle", "sham"), model=model, studies=studies)
    for report in reports:
        for arm in report.arms:
            arm.base = {"placebo": "sham", "vehicle": "placebo"}.get(arm.base, arm.base)
    b = network(rows_of(reports)[0], ("placebo", "vehicle", "sham"), model=model, studies=studies)
    for name in ("a", "d/e", "x"):
        assert a.gain(name).mean == pytest.approx(b.gain(name).mean, abs=1e-8)
        assert a.gain(name).sd == pytest.approx(b.gain(name).sd, abs=1e-8)


@pytest.mark.parametrize(("bias", "h"), [(0.0, 4.0), (9.0, 4.0), (9.0, 0.0)])
def test_no_number_of_people_takes_away_what_a_design_leaves(bias: float, h: float) -> None:
    rows = [ArmRow("s", "a", 30.0, 1e-9), ArmRow("s", "placebo", 5.0, 1e-9)]
    found = network(rows, "placebo", heterogeneity=h, studies={"s": Study(bias=bias)})
    assert found.gain("a").variance >= 2 * h * h + bias * bias - 1e-6
    late = network(rows, "placebo", heterogeneity=h, studies={"s": Study(bias=bias, window=3.0)})
    assert late.gain("a").variance == pytest.approx(found.gain("a").variance + 9.0)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.floats(-60, 60))
def test_a_series_moves_only_what_shares_with_it(seed: int, move: float) -> None:
    """Spreads known: d/e's series moves no gain of another treatment, however it comes out."""
    world, reports = random_world(seed)
    reports = [r for r in reports if not any(a.base == "d/e" for a in r.arms)]
    series = Report([Group("d/e", y=20.0, v=9.0)])
    before, after = [], []
    for y in (20.0, 20.0 + move):
        series.arms[0].y = y
        rows, studies = rows_of([*reports, series])
        found = network(rows, world.reference, model=model_of(world), studies=studies)
        (before if y == 20.0 and not before else after).append(found)
    a, b = before[0], (after or before)[-1]
    for name in ("a", "b", "c", "+f"):
        assert a.gain(name).mean == pytest.approx(b.gain(name).mean, abs=1e-9)
    assert a.level().mean == pytest.approx(b.level().mean)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.booleans())
def test_the_order_of_rows_changes_nothing(seed: int, kinds: bool) -> None:
    world, reports = random_world(seed, kinds=kinds)
    rows, studies = rows_of(reports)
    model = model_of(world, spread=0.4, outliers=Outliers())
    shuffled = [rows[i] for i in np.random.default_rng(seed).permutation(len(rows))]
    a, b = (network(some, world.reference, model=model, studies=studies) for some in (rows, shuffled))
    assert a.names == b.names
    assert a.outliers == pytest.approx(b.outliers, abs=1e-9)
    for name in a.names:
        one, other = (found.gain(name, "k1" if kinds else None) for found in (a, b))
        assert (one.mean, one.sd) == pytest.approx((other.mean, other.sd), abs=1e-9)


def test_naming_the_parts_of_a_combination_in_another_order_changes_nothing() -> None:
    rest = [ArmRow("s", "placebo", 5.0, 2.0), ArmRow("z", "laser", 20.0, 2.0), ArmRow("z", "placebo", 4.0, 2.0)]
    gains = Gains(sure(20), combined=0.6, pair=0.5, bases=("laser",))
    for order in itertools.permutations(("laser", "plasma", "cream")):
        found = network([*rest, ArmRow("s", order, 31.0, 2.0)], "placebo", model=Model(gains=gains, heterogeneity=3.0))
        assert found.names == ("placebo", "laser", "laser + cream + plasma")
        assert found.gain(("cream", "laser", "plasma")).mean == pytest.approx(25.4, abs=0.1)
        with_dummy, alone = found.gain(("laser", "placebo")), found.gain("laser")
        assert (with_dummy.mean, with_dummy.sd) == (alone.mean, alone.sd)
    assert found.difference(("laser", "plasma"), "laser").mean > 0


def test_an_add_on_has_a_narrower_prior_and_its_pair_a_departure() -> None:
    rows = [ArmRow("s", "a", 1.0, 1.0), ArmRow("s", "placebo", 0.0, 1.0)]
    also = ("plasma", "peel", "z")
    gains = Gains(sure(10.0), combined=0.6, pair=0.5, added=0.4, made_to_add=("plasma",), also=also)
    found = network(rows, "placebo", model=Model(gains=gains, heterogeneity=1.0))
    assert found.difference(("z", "plasma"), "z").sd == pytest.approx(math.sqrt(4.0**2 + 2.0**2))
    assert found.difference(("z", "peel"), "peel").sd > found.difference(("z", "plasma"), "z").sd
    # one add-on on two bases: δ is common, each pair's departure is not
    gap = [1.0, -1.0, -1.0, 1.0]
    joint = found.joint([("z", "plasma"), "z", ("a", "plasma"), "a"])
    assert joint.of(gap).sd == pytest.approx(math.sqrt(2 * 2.0**2))


def test_kinds_lend_the_share_that_is_said() -> None:
    rows = [ArmRow("s", "a", 30.0, 0.01, kinds="one"), ArmRow("s", "placebo", 0.0, 0.01, kinds="one")]
    group = {"one": "g", "two": "g", "apart": "h"}

    def asked(rho: float, kind: str) -> tuple[float, float]:
        kinds = Kinds(group, {"g": rho, "h": 0.0}, {"one": 0.5, "two": 0.25, "apart": 0.25})
        model = Model(gains=Gains(sure(20.0)), heterogeneity=1e-3, kinds=kinds)
        got = network(rows, "placebo", model=model).gain("a", kind)
        return got.mean, got.sd

    for rho in (0.0, 0.5, 0.86, 1.0):
        mean, sd = asked(rho, "two")
        assert mean == pytest.approx(30 * rho, abs=0.05)
        assert sd == pytest.approx(20 * math.sqrt(1 - rho**2), abs=0.2)
        assert asked(rho, "apart") == (0.0, pytest.approx(20.0))
    kinds = Kinds(group, {"g": 0.5, "h": 0.0}, {"one": 0.5, "two": 0.25, "apart": 0.25})
    found = network(rows, "placebo", model=Model(gains=Gains(sure(20.0)), heterogeneity=1e-3, kinds=kinds))
    # no kind asked: ½ of one, ¼ of two, ¼ of what nothing measures
    whole = found.gain("a")
    assert whole.mean == pytest.approx(0.5 * 30 + 0.25 * 15, abs=0.05)
    assert whole.variance == pytest.approx((0.25 * 20) ** 2 * (1 - 0.25) + (0.25 * 20) ** 2, abs=0.5)
    with pytest.raises(InputError, match="no kind 'thre'"):
        found.gain("a", "thre")
    with pytest.raises(InputError, match="lend nothing"):
        found.shares("a")


def test_groups_that_lend_nothing_have_a_spread_each_and_share_tau_and_h() -> None:
    """What is large in one group says nothing of the size of gains in another."""
    rng = np.random.default_rng(1)
    rows: list[ArmRow] = []
    for j in range(24):
        kind, size = ("big", 40.0) if j % 2 else ("small", 4.0)
        gain = float(rng.normal(0, size))
        rows += [ArmRow(j, f"t{j}", gain, 1.0, kinds=kind), ArmRow(j, "placebo", 0.0, 1.0, kinds=kind)]
    kinds = Kinds({"big": "x", "small": "y"}, {"x": 0, "y": 0}, {"big": 0.5, "small": 0.5})
    gains = Gains(LogNormal(15, 0.8), also=("unseen",))
    found = network(rows, "placebo", model=Model(gains=gains, heterogeneity=LogNormal(2, 0.3), kinds=kinds))
    big, small = found.gain("unseen", "big"), found.gain("unseen", "small")
    assert big.sd > 25
    assert small.sd < 8
    joint = found.joint([Asked("unseen", "big"), Asked("unseen", "small")])
    assert joint.covariance[0, 1] == pytest.approx(0, abs=1e-9)
    mixed = network(
        [*rows, ArmRow("m", "t1", 9.0, 4.0), ArmRow("m", "placebo", 0.0, 4.0)], "placebo", model=found._names.model
    )
    assert mixed.gain("unseen", "big").sd == pytest.approx(mixed.gain("unseen", "small").sd)  # a row joins them


def test_a_product_departs_from_its_treatment() -> None:
    rows = [
        *(ArmRow("s", "retinoid", 20.0, 0.01, product="0.3 %"), ArmRow("s", "placebo", 0.0, 0.01)),
        *(ArmRow("z", "retinoid", 12.0, 0.01, product="0.1 %"), ArmRow("z", "placebo", 0.0, 0.01)),
    ]
    model = Model(gains=Gains(sure(20.0), product=0.25), heterogeneity=1e-3)
    found = network(rows, "placebo", model=model)
    assert found.gain("retinoid", product="0.3 %").mean == pytest.approx(20, abs=0.05)
    assert found.gain("retinoid", product="0.1 %").mean == pytest.approx(12, abs=0.05)
    # d ~ 20², each product 5²: the mean of two, drawn to nought by its prior
    assert found.gain("retinoid").mean == pytest.approx(16 * 400 / (400 + 12.5), abs=0.05)
    new = found.gain("retinoid", product="1 %")
    assert new.mean == pytest.approx(found.gain("retinoid").mean)
    assert new.variance == pytest.approx(found.gain("retinoid").variance + 25)
    with pytest.raises(InputError, match="tells no products"):
        network(rows, "placebo", model=Model(gains=Gains(sure(20.0)), heterogeneity=1.0))
    usual = network(rows, "placebo")
    assert usual.names == ("placebo", "retinoid (0.1 %)", "retinoid (0.3 %)")


def test_a_baseline_is_a_change_and_so_an_arm() -> None:
    gains = Gains(sure(20.0), also=("before",))
    model = Model(gains=gains, levels=LEVELS, heterogeneity=5.0, baseline=("before",))
    rows = [ArmRow("r", "placebo", 5.0, 4.0), ArmRow("r", "b", 9.0, 4.0)]
    a = network([*rows, ContrastRow("s", "a", "before", 30.0, 4.0)], "placebo", model=model)
    b = network([*rows, ArmRow("s", "a", 30.0, 4.0)], "placebo", model=model)
    assert a.gain("a").mean == pytest.approx(b.gain("a").mean)
    assert a.gain("a").mean < 25  # no comparison: the level takes its part


def test_untreated_arms_differ_from_dummies_by_omega_which_is_never_added_to_a_gain() -> None:
    model = Model(gains=Gains(sure(20.0)), levels=LEVELS, heterogeneity=1.0, untreated=("left alone",))
    rows = [ArmRow(f"r{j}", "placebo", 12.0, 1.0) for j in range(6)]
    rows += [ArmRow(f"u{j}", "left alone", 2.0, 1.0) for j in range(6)]
    rows += [ArmRow("s", "a", 30.0, 0.01), ArmRow("s", "left alone", 4.0, 0.01)]
    found = network(rows, "placebo", model=model)
    omega = found.gain("left alone")
    assert -10 < omega.mean < -6
    assert found.level(untreated=True).mean == pytest.approx(found.level().mean + omega.mean)
    # a beat those left alone by 26; over a dummy it is less by what a dummy does
    assert found.gain("a").mean == pytest.approx(26 + omega.mean, abs=0.5)
    assert not found.level_is_assumed()


def test_a_level_without_reference_arms_is_called_assumed() -> None:
    kinds = Kinds({"one": "g", "two": "h"}, {"g": 0, "h": 0}, {"one": 0.5, "two": 0.5})
    model = Model(gains=Gains(sure(20.0)), levels=LEVELS, heterogeneity=1.0, kinds=kinds)
    rows = [ArmRow("s", "a", 20.0, 1.0, kinds="two"), ArmRow("r", "placebo", 4.0, 1.0, kinds="one")]
    found = network(rows, "placebo", model=model)
    assert not found.level_is_assumed("one")
    assert found.level_is_assumed("two")
    assert found.level("two").sd > found.level("one").sd


def test_the_active_arms_of_a_field_do_not_raise_what_nothing_does() -> None:
    rows = [ArmRow(f"s{j}", f"t{j}", 60.0, 1.0) for j in range(20)]
    rows += [ArmRow("r", "placebo", -6.0, 1.0), ArmRow("r", "t0", 50.0, 1.0)]
    found = network(rows, "placebo", model=MODEL)
    alone = network(rows[-2:], "placebo", model=MODEL)
    assert found.level().mean == pytest.approx(alone.level().mean)


def test_a_spread_on_the_grid_is_told_with_its_range() -> None:
    world, reports = random_world(3)
    rows, studies = rows_of(reports)
    found = network(rows, world.reference, model=model_of(world, spread=0.5), studies=studies)
    spreads = found.heterogeneity
    assert spreads.level is not None
    for one in (spreads.arm, spreads.comparison, spreads.level):
        assert 0 < one.low < one.mean < one.high
    assert spreads.comparison.mean == pytest.approx(math.sqrt(2) * spreads.arm.mean)
    plain, new = found.gain("a"), found.gain("a", predicted=True)
    assert new.variance == pytest.approx(
        plain.variance + 2 * float(found._fit.blocks[0].weight @ found._fit.grid.h[found._fit.blocks[0].node] ** 2)
    )


def test_less_than_five_in_a_hundred_of_the_weight_is_at_either_end_of_the_grid() -> None:
    world, reports = random_world(4)
    world.tau, world.h = 1.0, 1.0  # far from what the rows say
    rows, studies = rows_of(reports)
    found = network(rows, world.reference, model=model_of(world, spread=0.5), studies=studies)
    grid, weight = found._fit.grid, found._fit.weight
    for z in (grid.tau_z, grid.h_z):
        assert weight[z == z.min()].sum() < 0.05
        assert weight[z == z.max()].sum() < 0.05


def test_a_field_of_series_alone_needs_no_reference() -> None:
    found = network([ArmRow("s", "a", 40.0, 4.0), ArmRow("t", "b", 15.0, 4.0)], (), model=MODEL)
    assert found.names == ("a", "b")
    assert found.gain("a").mean > found.gain("b").mean > 0
    assert found.level_is_assumed()
    assert found.level().mean == pytest.approx(5)
    assert found.inconsistency()[0].splits == ()


def test_a_name_for_nothing_that_no_row_holds_is_a_typo() -> None:
    rows = [ArmRow("s", "a", 40.0, 4.0), ArmRow("s", "placebo", 5.0, 4.0)]
    with pytest.raises(InputError, match="no treatment 'placbo'"):
        network(rows, ("placebo", "placbo"), model=MODEL)
    with pytest.raises(InputError, match="no treatment 'untreatd'"):
        network(rows, "placebo", model=replace(MODEL, untreated=("untreatd",)))
    with pytest.raises(InputError, match="no comparator 'befor'"):
        network([*rows, ContrastRow("z", "a", "before", 9, 1)], "placebo", model=replace(MODEL, baseline=("befor",)))


def test_kinds_may_be_numbered() -> None:
    kinds = Kinds({1: "g", 2: "g"}, {"g": 0.5}, {1: 0.5, 2: 0.5})  # type: ignore[dict-item]
    rows = [ArmRow("s", "a", 30.0, 0.01, kinds=1), ArmRow("s", "placebo", 0.0, 0.01, kinds=1)]
    found = network(rows, "placebo", model=Model(gains=Gains(sure(20.0)), heterogeneity=1e-3, kinds=kinds))
    assert found.gain("a", 2).mean == pytest.approx(15, abs=0.05)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.floats(0.03, 0.97), st.integers(5, 200))
def test_a_share_is_no_further_from_what_the_rest_predicts_and_no_surer(seed: int, share: float, n: int) -> None:
    world, reports = random_world(seed)
    rows, studies = rows_of([Report([Group("a", y=3.0, v=9.0), Group("placebo", y=1.0, v=9.0)]), *reports])
    y = share_on_scale(Share(share, n, 40.0, "half"), 25.0)
    seen = []
    for more in ([], [ArmRow("n", "a", y.mean, 25.0**2 / n)], [ArmRow("n", "a", y.mean, y.variance, cut="half")]):
        found = network([*rows, *more], world.reference, model=model_of(world), studies=studies)
        seen.append((found.gain("a").mean, given_level(found, "a")))
    (rest, _), (by_mean, mean_variance), (by_share, share_variance) = seen
    assert abs(by_share - rest) <= abs(by_mean - rest) + 1e-9
    assert share_variance >= mean_variance - 1e-9


def given_level(found: Network, name: str) -> float:
    """The variance of a gain, were the level known: a series that weighs more takes more of the level's doubt along."""
    covariance = found._ask.part(found._fit.blocks[0], [found._ask.terms(name)]).together
    return float(covariance[0, 0, 0])


def test_what_is_shown_is_read_off_the_level_and_the_gain() -> None:
    rows = [ArmRow("s", "a", 95.0, 4.0), ArmRow("s", "placebo", 25.0, 4.0), ArmRow("r", "placebo", 20.0, 4.0)]
    found = network(rows, "placebo", model=MODEL)
    told = found.shown("a", -50, 100)
    assert told.gain == told.level - told.nothing
    assert told.nothing == pytest.approx(found.level().mean, abs=0.01)
    assert 60 < told.level < found.level().mean + found.gain("a").mean + 1
    people = found.in_hundred("a", 25.0, 25.0)
    assert people.without == pytest.approx(
        100 * NormalDist(25, math.hypot(25, found.level().sd)).cdf(found.level().mean)
    )
    assert people.low < people.with_it <= people.high <= 99
    with pytest.raises(InputError, match="nothing of levels"):
        network(rows, "placebo").shown("a", -50, 100)


def test_combinations_need_spreads_of_their_own() -> None:
    rows = [ArmRow("s", ("a", "b"), 20.0, 1.0), ArmRow("s", "placebo", 2.0, 1.0)]
    with pytest.raises(InputError, match="'b' is added to something"):
        network(rows, "placebo", model=Model(gains=Gains(sure(20.0)), heterogeneity=1.0))
    with pytest.raises(InputError, match="give `added`"):
        Gains(sure(20.0), combined=0.6, pair=0.5, made_to_add=("b",))
