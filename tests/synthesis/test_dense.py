"""The network against the same model written out as one dense Gaussian, which shares no code with it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.synthesis import Network, Outliers, network
from decide.synthesis.levels import Held
from tests.synthesis import dense
from tests.synthesis.dense import Group, Report, World
from tests.synthesis.worlds import model_of, random_world, rows_of

NAME_OF = {"level": "mu", "series": "beta", "untreated": "untreated"}


def held_of(found: Network) -> tuple[dict[str, float], np.ndarray, list[str]]:
    held: Held = found._fit.held
    names = [NAME_OF.get(k[0], {"level of": "kappa", "cut": "cut"}.get(k[0], "") + " " + k[-1]) for k in held.keys]
    return dict(zip(names, held.mean.tolist(), strict=True)), held.covariance, names


def fitted(seed: int, *, kinds: bool = False) -> tuple[World, list[Report], Network]:
    world, reports = random_world(seed, kinds=kinds)
    rows, studies = rows_of(reports)
    return world, reports, network(rows, world.reference, model=model_of(world), studies=studies)


def figure(world: World, arm: Group, keys: list, m: np.ndarray, c: np.ndarray) -> tuple[float, float]:
    x = np.zeros(len(keys))
    extra = 0.0
    for key, value in dense.gain(world, arm)[0].items():
        if key in keys:
            x[keys.index(key)] += value
        else:
            extra += value**2 * dense.variance(world, key)
    return float(x @ m), float(x @ c @ x) + extra


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_gains_are_those_of_the_dense_gaussian(seed: int, kinds: bool) -> None:
    world, reports, found = fitted(seed, kinds=kinds)
    mean, spread, names = held_of(found)
    keys, m, c, _ = dense.combined(world, reports, mean, spread, names)
    for arm in [a for r in reports for a in r.arms] + [Group("unseen"), Group("a", ("b",))]:
        if arm.base in ("placebo", "vehicle", "left alone"):
            continue
        which = arm.kinds if kinds and set(arm.kinds) != {""} else ({"k1": 1.0} if kinds else {"": 1.0})
        asked = Group(arm.base, arm.added, which)
        got = found.gain((arm.base, *arm.added), which if kinds else None)
        expected, variance = figure(world, asked, keys, m, c)
        assert got.mean == pytest.approx(expected, abs=2e-5)
        assert got.variance == pytest.approx(variance, rel=1e-5, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_levels_are_those_of_reference_arms_alone(seed: int, kinds: bool) -> None:
    world, reports, found = fitted(seed, kinds=kinds)
    mean, spread, names = held_of(found)
    own = [n for n in names if n in ("mu", "untreated") or n.startswith("kappa")]
    prior = {n: (5.0, 64.0) if n == "mu" else (0.0, 16.0 if n == "untreated" else 36.0) for n in own}
    scale = [n for n in names if n not in own]
    at = [names.index(n) for n in scale]
    given_scale = spread[np.ix_(at, at)]
    assert mean["beta"] == pytest.approx(8)
    assert np.diag(given_scale) == pytest.approx([36.0 if n == "beta" else 144.0 for n in scale])
    _, m, c = dense.level_step(world, reports, prior, {n: mean[n] for n in scale}, given_scale)
    at = [names.index(n) for n in own]
    np.testing.assert_allclose([mean[n] for n in own], m, atol=1e-6)
    np.testing.assert_allclose(spread[np.ix_(at, at)], c, rtol=1e-6, atol=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_evidence_differs_by_what_the_dense_gaussian_says(seed: int) -> None:
    """Two models that differ in h and s, the held level at the same distribution."""
    world, reports = random_world(seed)
    reports = [r for r in reports if not any(a.base in (*world.reference, *world.untreated) for a in r.arms)]
    if not reports:
        return
    rows, studies = rows_of(reports)
    gaps, dense_gaps = [], []
    for h, s in ((2.0, 10.0), (6.0, 22.0)):
        world.h, world.s = h, s
        found = network(rows, world.reference, model=model_of(world), studies=studies)
        mean, _, _ = held_of(found)
        gaps.append(found.log_evidence)
        dense_gaps.append(dense.solve(world, reports, mean)[3])
    assert gaps[1] - gaps[0] == pytest.approx(dense_gaps[1] - dense_gaps[0], abs=1e-4)


@pytest.mark.parametrize(
    ("values", "far"),
    [((12.0, 14.0, 10.0, 45.0, 13.0, -20.0), {3, 5}), ((12.0, 14.0, 10.0, 29.0, 13.0, 11.0), {3})],
)
def test_the_outlier_mixture_is_the_sum_over_all_ways_of_standing_apart(values: tuple[float, ...], far: set) -> None:
    world = World(tau=8.0, h=3.0, s=20.0)
    reports = [Report([Group("a", y=5.0 + value, v=4.0), Group("placebo", y=5.0, v=4.0)]) for value in values]
    reports.append(Report([Group("b", y=20.0, v=4.0), Group("placebo", y=4.0, v=4.0)]))
    rows, studies = rows_of(reports)
    rule = Outliers()
    found = network(rows, "placebo", model=model_of(world, outliers=rule), studies=studies)
    looked_at = sorted(int(name[1:]) for name in found.outliers)
    assert far <= set(looked_at) <= set(range(6))
    assert 6 not in looked_at  # nothing speaks of b but its own study
    mean, spread, names = held_of(found)
    weights, means, variances, apart = [], [], [], []
    for chosen in dense.every_set(len(looked_at)):
        for place, stands in zip(looked_at, chosen, strict=True):
            reports[place].apart = stands
        keys, m, c, _ = dense.combined(world, reports, mean, spread, names)
        _, _, _, evidence = dense.solve(world, reports, mean)
        odds = sum(chosen) * np.log(rule.chance) + (len(chosen) - sum(chosen)) * np.log(1 - rule.chance)
        weights.append(evidence + odds)
        i = keys.index(("d", "", "a"))
        means.append(m[i])
        variances.append(c[i, i])
        apart.append(chosen)
    w = np.exp(np.array(weights) - max(weights))
    w /= w.sum()
    expected = float(w @ np.array(means))
    got = found.gain("a")
    assert got.mean == pytest.approx(expected, abs=0.05)  # components below one in a thousand are dropped
    assert got.variance == pytest.approx(
        float(w @ (np.array(variances) + np.array(means) ** 2)) - expected**2, rel=0.02
    )
    for k, place in enumerate(looked_at):
        chance = float(sum(one for one, chosen in zip(w, apart, strict=True) if chosen[k]))
        assert found.outliers[f"s{place:02}"] == pytest.approx(chance, abs=0.01)
    assert found.outliers["s03"] > (0.9 if len(far) > 1 else 0.2)
    assert len(far) > 1 or found.outliers["s03"] < 0.9


@pytest.mark.parametrize("off", [1.0, 0.3])
def test_the_grid_is_the_integral_over_tau_h_and_s(off: float) -> None:
    """Against a fine grid of dense solutions, ± 4 prior standard deviations; also where the priors' medians are off."""
    world, reports = random_world(11, contrasts=False, studies=7)
    world.s *= off
    for report in reports:
        for arm in report.arms:
            arm.cut = None
    rows, studies = rows_of(reports)
    found = network(rows, world.reference, model=model_of(world, spread=0.5), studies=studies)
    mean, _, _ = held_of(found)
    z = np.linspace(-4, 4, 11)
    keys: list = []
    weights, means = [], []
    base = (world.tau, world.h, world.s)
    for a in z:
        for b in z:
            for c in z:
                world.tau, world.h, world.s = (x * np.exp(0.5 * q) for x, q in zip(base, (a, b, c), strict=True))
                keys, m, _, evidence = dense.solve(world, reports, mean)
                weights.append(evidence - 0.5 * (a * a + b * b + c * c))
                means.append(m)
    w = np.exp(np.array(weights) - max(weights))
    w /= w.sum()
    expected = w @ np.array(means)
    for i, key in enumerate(keys):
        if key[0] == "d":
            got = found.gain(key[2])
            assert got.mean == pytest.approx(expected[i], abs=0.02 * got.sd)


def test_evidence_is_an_integral_over_the_spreads() -> None:
    """Series alone, so that nothing is held but priors: integrated less known, against the dense integral."""
    world = World(tau=10.0, h=5.0, s=20.0)
    reports = [Report([Group(n, y=y, v=9.0)]) for n, y in (("a", 70.0), ("b", 5.0), ("a", 45.0), ("c", -30.0))]
    rows, _ = rows_of(reports)
    found, known = (network(rows, (), model=model_of(World(10.0, 5.0, 20.0), spread=w)) for w in (0.6, 1e-9))
    mean, _, _ = held_of(found)
    z = np.linspace(-5, 5, 17)
    total = []
    for a in z:
        for b in z:
            for c in z:
                world.tau, world.h, world.s = 10 * np.exp(0.6 * a), 5 * np.exp(0.6 * b), 20 * np.exp(0.6 * c)
                total.append(dense.solve(world, reports, mean)[3] - 0.5 * (a * a + b * b + c * c))
    whole = max(total) + np.log(np.exp(np.array(total) - max(total)).sum() * (z[1] - z[0]) ** 3 / (2 * np.pi) ** 1.5)
    world.tau, world.h, world.s = 10.0, 5.0, 20.0
    gap = whole - dense.solve(world, reports, mean)[3]
    assert found.log_evidence - known.log_evidence == pytest.approx(gap, abs=0.05)


def test_the_level_is_the_integral_over_tau_and_h_of_its_own() -> None:
    """Three reference arms far above the prior: how far μ follows them hangs on τ, so the integral widens it."""
    world = World(tau=10.0, h=5.0, s=20.0)
    seen = [38.0, 30.0, 45.0]
    reports = [Report([Group("a", y=60.0, v=4.0), Group("placebo", y=y, v=4.0)]) for y in seen]
    rows, _ = rows_of(reports)
    found = network(rows, "placebo", model=model_of(world, spread=0.9))
    z = np.linspace(-4, 4, 41)
    weights, means, variances = [], [], []
    for a in z:
        for b in z:
            own = 4.0 + (10 * np.exp(0.9 * a)) ** 2 + (5 * np.exp(0.9 * b)) ** 2
            spread = own * np.eye(3) + 64.0
            off = np.array(seen) - 5.0
            weights.append(-0.5 * (off @ np.linalg.solve(spread, off) + np.linalg.slogdet(spread)[1] + a * a + b * b))
            variances.append(1 / (1 / 64 + 3 / own))
            means.append(variances[-1] * (5 / 64 + sum(seen) / own))
    w = np.exp(np.array(weights) - max(weights))
    w /= w.sum()
    expected = float(w @ np.array(means))
    sd = float(w @ (np.array(variances) + np.array(means) ** 2) - expected**2) ** 0.5
    level = found.level()
    assert level.mean == pytest.approx(expected, abs=0.1)
    assert level.sd == pytest.approx(sd, rel=0.02)
    assert sd > 1.2 * float(w @ np.array(variances)) ** 0.5
