"""Leaving a study out, against fitting again; and what a figure rests on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.errors import InputError
from decide.synthesis import ArmRow, Asked, Network, Outliers, Study, contrasts, network
from tests.synthesis import dense, senn
from tests.synthesis.dense import Group, Report, World
from tests.synthesis.test_dense import held_of
from tests.synthesis.worlds import model_of, random_world, rows_of


def fit(world: World, reports: list[Report], **more: object) -> Network:
    rows, studies = rows_of(reports)
    return network(rows, world.reference, model=model_of(world, **more), studies=studies)  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_leaving_a_study_out_is_fitting_without_it(seed: int, kinds: bool) -> None:
    """The level step included: a study's reference arm leaves it, too."""
    world, reports = random_world(seed, kinds=kinds)
    found = fit(world, reports)
    rows, studies = rows_of(reports)
    for j in range(0, len(reports), 2):
        name = f"s{j:02}"
        kept = [row for row in rows if row.study != name]
        again = network(
            kept, world.reference, model=model_of(world), studies={k: v for k, v in studies.items() if k != name}
        )
        other = found.without(name)
        assert name not in other.studies
        for treatment in ("a", "d/e", "x"):
            for kind in ("k1", "k3") if kinds else (None,):
                a, b = other.gain(treatment, kind), again.gain(treatment, kind)
                assert a.mean == pytest.approx(b.mean, abs=1e-7)
                assert a.variance == pytest.approx(b.variance, rel=1e-7)
        assert other.level().mean == pytest.approx(again.level().mean, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_a_glimpse_without_each_study_is_what_is_found_without_it(seed: int, kinds: bool) -> None:
    world, reports = random_world(seed, kinds=kinds)
    reports.append(Report([Group("placebo", kinds={"k1": 1.0} if kinds else {"": 1.0}, y=9.0, v=3.0)]))
    found = fit(world, reports, spread=0.4, outliers=Outliers(above=0.8))
    asked = [("a", "x"), "b", "unseen", "left alone"]
    for one in found.leave_one_out(asked, "k1" if kinds else None):
        other = found.without(one.study)
        for i, treatment in enumerate(asked):
            gain = other.gain(treatment, "k1" if kinds else None)
            assert one.mean[i] == pytest.approx(gain.mean, abs=1e-8)
            assert one.sd[i] == pytest.approx(gain.sd, abs=1e-8)


def test_several_studies_leave_one_after_another() -> None:
    world, reports = random_world(5)
    found = fit(world, reports)
    both = found.without("s01", "s04")
    other_way = found.without("s04").without("s01")
    again = fit(world, [r for j, r in enumerate(reports) if j not in (1, 4)])
    assert both.gain("a").mean == pytest.approx(again.gain("a").mean, abs=1e-8)
    assert both.gain("a").sd == pytest.approx(other_way.gain("a").sd, abs=1e-10)


def test_what_a_study_told_of_the_spreads_leaves_with_it() -> None:
    """Over a grid, the weights without a study are those of the same nodes fitted without it."""
    world, reports = random_world(8, contrasts=False)
    found = fit(world, reports, spread=0.5)
    mean, _, _ = held_of(found)
    reports_left = reports[1:]
    other = found.without("s00")
    held_after, _, _ = held_of(other)
    block = other._fit.blocks[0]
    evidence = []
    for node, s in zip(block.node, block.scale, strict=True):
        world.tau, world.h, world.s = float(other._fit.grid.tau[node]), float(other._fit.grid.h[node]), float(s)
        evidence.append(dense.solve(world, reports_left, held_after)[3])
    before = found._fit.blocks[0]
    prior = []
    for node, s in zip(before.node, before.scale, strict=True):
        world.tau, world.h, world.s = float(found._fit.grid.tau[node]), float(found._fit.grid.h[node]), float(s)
        prior.append(dense.solve(world, reports, mean)[3])
    # what is left of each weight once its evidence is taken off is the prior, with and without the study
    with_it = np.log(before.weight) - prior
    without_it = np.log(block.weight) - evidence
    np.testing.assert_allclose(with_it - with_it[0], without_it - without_it[0], atol=2e-4)


@pytest.mark.parametrize("values", [(12.0, 14.0, 10.0, 45.0, 13.0, -20.0), (12.0, 14.0, 10.0, 29.0, 13.0, 30.0)])
def test_an_outlier_that_leaves_takes_its_doubt_along(values: tuple[float, ...]) -> None:
    world = World(tau=8.0, h=3.0, s=20.0)
    reports = [Report([Group("a", y=5 + v, v=4.0), Group("placebo", y=5.0, v=4.0)]) for v in values]
    rule = Outliers()
    found = fit(world, reports, outliers=rule)
    other = found.without("s03")
    looked_at = sorted(int(name[1:]) for name in other.outliers)
    assert 3 not in looked_at
    mean, spread, names = held_of(other)
    weights, means = [], []
    for chosen in dense.every_set(len(looked_at)):
        for place, stands in zip(looked_at, chosen, strict=True):
            reports[place].apart = stands
        left = [r for j, r in enumerate(reports) if j != 3]
        keys, m, _, _ = dense.combined(world, left, mean, spread, names)
        odds = sum(chosen) * math.log(rule.chance) + (len(chosen) - sum(chosen)) * math.log(1 - rule.chance)
        weights.append(dense.solve(world, left, mean)[3] + odds)
        means.append(m[keys.index(("d", "", "a"))])
    w = np.exp(np.array(weights) - max(weights))
    assert other.gain("a").mean == pytest.approx(float(w @ np.array(means) / w.sum()), abs=0.05)


def test_a_usual_network_says_what_is_lost_without_a_study() -> None:
    rows = contrasts(senn.STUDY, senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE)
    found = network(rows, "plac")
    left = {one.study: one for one in found.leave_one_out()}
    assert set(left) == set(senn.STUDY)
    again = network([r for r in rows if r.study != "Willms1999"], "plac")
    at = found.names.index("metf")
    assert left["Willms1999"].mean[at] == pytest.approx(again.gain("metf").mean, rel=1e-10)
    only = found.names.index("sita")
    assert math.isnan(left["Hermansen2007"].mean[only])  # the only trial of sitagliptin
    assert np.isfinite(left["Hermansen2007"].mean[at])
    with pytest.raises(InputError, match=r"no study 'Wilms1999'.*Willms1999"):
        found.without("Wilms1999")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_shares_of_the_pull_add_up_to_one(seed: int, kinds: bool) -> None:
    world, reports = random_world(seed, kinds=kinds)
    found = fit(world, reports, spread=0.4)
    for name in ("a", "b", "unseen"):
        shares = found.shares(name, "k1" if kinds else None)
        parts = [*shares.within.values(), *shares.level.values(), shares.prior, shares.assumed]
        assert min(parts) >= 0
        assert sum(parts) == pytest.approx(1)
    assert found.shares("unseen", "k1" if kinds else None).prior == pytest.approx(1)


def test_shares_are_the_parts_of_information_worked_by_hand() -> None:
    """One trial of a against placebo, v 4 an arm, hardly any heterogeneity, and a prior of 20."""
    world = World(tau=10.0, h=1e-6, s=20.0)
    found = fit(world, [Report([Group("a", y=15.0, v=4.0), Group("placebo", y=5.0, v=4.0)])])
    shares = found.shares("a")
    # precision 1/8 of the comparison and 1/400 of the prior
    assert shares.within["s00"] == pytest.approx((1 / 8) / (1 / 8 + 1 / 400), rel=1e-6)
    assert shares.prior == pytest.approx((1 / 400) / (1 / 8 + 1 / 400), rel=1e-6)
    assert shares.assumed == 0
    alone = fit(world, [Report([Group("a", y=15.0, v=4.0)])]).shares("a")
    # a series: 4 + τ² 100 of its own; the level is given as N(5, 64 + 36 of κ) and β as N(8, 36)
    assert alone.within["s00"] == 0
    own, given_level = 104.0, 64.0 + 36.0
    c = 1 / (1 / own + 1 / 400)
    whole = c + (c / own) ** 2 * given_level
    assert alone.level["s00"] == pytest.approx((c / own) ** 2 * own / whole, rel=1e-6)
    assert alone.assumed == pytest.approx((c / own) ** 2 * given_level / whole, rel=1e-6)
    assert alone.assumption == pytest.approx(alone.prior + alone.assumed)


def test_what_gains_are_over_rests_on_nothing() -> None:
    world = World(tau=10.0, h=1.0, s=20.0)
    found = fit(world, [Report([Group("a", y=15.0, v=4.0), Group("placebo", y=5.0, v=4.0)])])
    with pytest.raises(InputError, match="rests on nothing"):
        found.shares("placebo")
    with pytest.raises(InputError, match="nothing is left"):
        found.without("s00")


def test_bias_and_studies_are_named_alike() -> None:
    with pytest.raises(InputError, match="no study 'two'"):
        network([ArmRow("one", "a", 1, 1), ArmRow("one", "b", 2, 1)], "a", studies={"two": Study(bias=3)})


@pytest.mark.parametrize("how", ["moments", "likelihood"])
@pytest.mark.parametrize("seed", range(4))
def test_a_heterogeneity_that_was_estimated_leaves_with_the_study_it_came_from(how: str, seed: int) -> None:
    """As metafor's leave1out and a rerun of netmeta have it; a number that was given stays."""
    rng = np.random.default_rng(seed)
    pairs = rng.permutation(np.tile([["t", "p"], ["u", "p"], ["t", "u"]], (4, 1)))
    y = np.append(rng.normal(1, 0.4, len(pairs) - 1), 5.0)
    of = [f"s{i:02}" for i in range(len(pairs))]
    rows = contrasts(of, pairs[:, 0].tolist(), pairs[:, 1].tolist(), y, rng.uniform(0.01, 0.1, len(pairs)))
    found = network(rows, "p", heterogeneity=how)
    for one in found.leave_one_out():
        again = network([row for row in rows if row.study != one.study], "p", heterogeneity=how)
        other = found.without(one.study)
        np.testing.assert_allclose(one.mean, again.mean, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(one.sd[1:], np.sqrt(np.diag(again.covariance))[1:], rtol=1e-6)
        np.testing.assert_allclose(other.covariance, again.covariance, rtol=1e-6)
        assert other.heterogeneity.comparison.mean == pytest.approx(again.heterogeneity.comparison.mean, abs=1e-6)
    number = network(rows, "p", heterogeneity=0.3)
    assert number.without("s00").heterogeneity.arm.mean == 0.3


def test_without_its_outlier_a_plain_meta_analysis_is_that_of_dersimonian_and_laird() -> None:
    """τ² by their formula, worked here; and without what a study says of τ, as netmeta gives it for Senn 2013."""
    y, v = np.array([1, 1.1, 0.9, 1.05, 5]), np.full(5, 0.01)
    rows = contrasts(list("abcde"), ["t"] * 5, ["p"] * 5, y, v)
    left = network(rows, "p", heterogeneity="moments").leave_one_out()
    for out, one in enumerate(left):
        kept = np.arange(5) != out
        w = 1 / v[kept]
        centre = (w @ y[kept]) / w.sum()
        q = w @ (y[kept] - centre) ** 2
        tau2 = max(0.0, (q - 3) / (w.sum() - (w @ w) / w.sum()))
        w = 1 / (v[kept] + tau2)
        assert one.mean[1] == pytest.approx((w @ y[kept]) / w.sum())
        assert one.sd[1] == pytest.approx(1 / math.sqrt(w.sum()))
    assert left[-1].sd[1] == pytest.approx(0.05)

    table = contrasts(senn.STUDY, senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE)
    other = network(table, "plac", heterogeneity="moments").without("DeFronzo1995")
    assert other.gain("metf").sd == pytest.approx(0.1408, abs=5e-5)
    assert other.heterogeneity.comparison.mean == pytest.approx(0.251, abs=5e-4)


def test_what_is_asked_without_each_study_may_be_any_question() -> None:
    """Things given together, as one row measures them, too; and a name that nothing knows is refused."""
    rows = [
        ArmRow("one", "p", 0, 1),
        ArmRow("one", ("a", "b"), 2, 1),
        ArmRow("two", "p", 0, 1),
        ArmRow("two", "c", 1, 1),
    ]
    rows += [ArmRow("three", "p", 0, 1), ArmRow("three", ("a", "b"), 3, 1)]
    found = network(rows, "p")
    left = {one.study: one for one in found.leave_one_out([("a", "b"), Asked("c"), "p"])}
    assert left["one"].mean.tolist() == pytest.approx([3.0, 1.0, 0.0])
    assert left["two"].mean[0] == pytest.approx(2.5)
    assert math.isnan(left["two"].mean[1])
    with pytest.raises(InputError, match="nothing"):
        found.leave_one_out(["nothing"])
