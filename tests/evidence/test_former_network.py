"""The network meta-analysis against independent solvers and published arithmetic."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from decide.errors import InputError
from decide.evidence.former_network import ArmRow, ContrastRow, Prior, arms, network

NAMES = [f"t{i}" for i in range(7)]


def random_rows(seed: int, studies: int = 14) -> list[ArmRow]:
    rng = np.random.default_rng(seed)
    rows = []
    for j in range(studies):
        # every study holds t0 or t1, and one links them, so that the network is in one piece
        first = ["t0", "t1"] if j == 0 else [NAMES[j % 2]]
        others = [n for n in NAMES if n not in first]
        rest = list(rng.choice(others, int(rng.integers(1, 4)), replace=False))
        rows += [ArmRow(f"s{j}", n, float(rng.normal(0, 10)), float(rng.uniform(0.2, 30))) for n in (*first, *rest)]
    return rows


def contrast_wls(rows: list[ArmRow], reference: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Common-effect network meta-analysis on contrasts: V of a multi-arm study holds the base arm's variance off the
    diagonal (Lu & Ades 2004). Independent of the code under test: it differences arms and never sees study levels.
    """
    treatments = sorted({r.treatment for r in rows} - {reference})
    blocks_x, blocks_y, blocks_v = [], [], []
    for study in dict.fromkeys(r.study for r in rows):
        mine = [r for r in rows if r.study == study]
        if len(mine) < 2:
            continue
        base, rest = mine[0], mine[1:]
        x = np.zeros((len(rest), len(treatments)))
        for i, r in enumerate(rest):
            if r.treatment != reference:
                x[i, treatments.index(r.treatment)] += 1
            if base.treatment != reference:
                x[i, treatments.index(base.treatment)] -= 1
        blocks_x.append(x)
        blocks_y.append(np.array([r.mean - base.mean for r in rest]))
        blocks_v.append(np.diag([r.variance for r in rest]) + base.variance)
    x, y = np.vstack(blocks_x), np.concatenate(blocks_y)
    v = np.zeros((len(y), len(y)))
    at = 0
    for block in blocks_v:
        v[at : at + len(block), at : at + len(block)] = block
        at += len(block)
    information = x.T @ np.linalg.solve(v, x)
    cov = np.linalg.inv(information)
    return treatments, cov @ (x.T @ np.linalg.solve(v, y)), cov


@given(st.integers(0, 10_000))
def test_flat_priors_and_free_levels_give_common_effect_network_meta_analysis(seed: int) -> None:
    rows = random_rows(seed)
    present = {r.treatment for r in rows}
    found = network(rows, reference="t0")
    treatments, mean, cov = contrast_wls(rows, "t0")
    assert set(treatments) == present - {"t0"}
    index = [found.names.index(t) for t in treatments]
    np.testing.assert_allclose(found.mean[index], mean, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.covariance[np.ix_(index, index)], cov, rtol=1e-9, atol=1e-9)


@given(st.integers(0, 10_000))
def test_contrasts_of_one_comparator_say_what_their_arms_say(seed: int) -> None:
    rows = random_rows(seed)
    contrasts = []
    for study in dict.fromkeys(r.study for r in rows):
        base, *rest = [r for r in rows if r.study == study]
        contrasts += [
            ContrastRow(study, r.treatment, base.treatment, r.mean - base.mean, r.variance, shared=base.variance)
            for r in rest
        ]
    a, b = network(rows, reference="t0"), network(contrasts, reference="t0")
    order = [b.names.index(n) for n in a.names]
    np.testing.assert_allclose(a.mean, b.mean[order], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(a.covariance, b.covariance[np.ix_(order, order)], rtol=1e-8, atol=1e-8)


def dense_posterior(rows: list[ArmRow], m: float, s: float, tau: float, h: float, beta: Prior, delta: Prior):
    """The same model as one dense Gaussian: prior and data covariances written out, then conditioned."""
    treatments = sorted({r.treatment for r in rows})
    adjuncts = sorted({r.adjunct for r in rows if r.adjunct})
    k = len(treatments) + len(adjuncts) + 1
    mean0 = np.array([m] * len(treatments) + [delta.mean] * len(adjuncts) + [beta.mean])
    cov0 = np.diag([s**2] * len(treatments) + [delta.sd**2] * len(adjuncts) + [beta.sd**2])
    x = np.zeros((len(rows), k))
    for i, r in enumerate(rows):
        x[i, treatments.index(r.treatment)] = 1
        if r.adjunct:
            x[i, len(treatments) + adjuncts.index(r.adjunct)] = 1
        x[i, -1] = float(r.uncontrolled)
    same = np.array([[a.study == b.study for b in rows] for a in rows], dtype=float)
    shared = np.array([max(r.shared for r in rows if r.study == q.study) for q in rows])
    v = np.diag([r.variance + h**2 for r in rows]) + same * (tau**2 + shared[:, None])
    y = np.array([r.mean for r in rows])
    gain = cov0 @ x.T @ np.linalg.inv(x @ cov0 @ x.T + v)
    mean = mean0 + gain @ (y - x @ mean0)
    cov = cov0 - gain @ x @ cov0
    evidence = multivariate_normal(x @ mean0, x @ cov0 @ x.T + v).logpdf(y)
    return treatments, adjuncts, mean, cov, evidence


@given(st.integers(0, 10_000), st.floats(0.5, 30), st.floats(0, 10))
def test_posterior_is_that_of_the_dense_gaussian(seed: int, tau: float, h: float) -> None:
    rng = np.random.default_rng(seed)
    rows = [
        ArmRow(
            r.study,
            r.treatment,
            r.mean,
            r.variance,
            adjunct=str(rng.choice(["a", "b"])) if rng.random() < 0.3 else None,
            uncontrolled=bool(rng.random() < 0.3),
            shared=float(rng.uniform(0, 4)),
        )
        for r in random_rows(seed)
    ]
    beta, delta = Prior(8, 8), Prior(0, 6)
    found = network(rows, treatment=Prior(5, 12), adjunct=delta, optimism=beta, study_sd=tau, heterogeneity_sd=h)
    treatments, adjuncts, mean, cov, _ = dense_posterior(rows, 5, 12, tau, h, beta, delta)
    names = [*treatments, *[f"+{a}" for a in adjuncts], "optimism"]
    keep = [i for i, n in enumerate(names) if n in found]
    order = [found.names.index(names[i]) for i in keep]
    np.testing.assert_allclose(found.mean[order], mean[keep], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found.covariance[np.ix_(order, order)], cov[np.ix_(keep, keep)], rtol=1e-7, atol=1e-8)


@given(st.integers(0, 10_000), st.floats(1, 20), st.floats(1, 20))
def test_log_evidence_differs_by_what_the_dense_gaussian_says(seed: int, tau: float, other: float) -> None:
    rows = random_rows(seed)
    priors = {"treatment": Prior(5, 12), "optimism": Prior(8, 8)}
    gap = network(rows, **priors, study_sd=tau).log_evidence - network(rows, **priors, study_sd=other).log_evidence
    dense = [dense_posterior(rows, 5, 12, t, 0, Prior(8, 8), Prior(0, 1))[4] for t in (tau, other)]
    assert gap == pytest.approx(dense[0] - dense[1], rel=1e-6, abs=1e-6)


@given(st.integers(0, 10_000))
def test_influence_is_the_derivative_of_the_mean(seed: int) -> None:
    rows = random_rows(seed)
    options = {"treatment": Prior(8, 20), "study_sd": 12.0, "heterogeneity_sd": 3.0}
    found = network(rows, **options)
    pull = found.influence("t2") if "t2" in found else found.influence("t0")
    name = "t2" if "t2" in found else "t0"
    for i in (0, len(rows) // 2):
        moved = [*rows]
        moved[i] = ArmRow(rows[i].study, rows[i].treatment, rows[i].mean + 1, rows[i].variance)
        step = network(moved, **options).sum(name)[0] - found.sum(name)[0]
        assert pull[i] == pytest.approx(step, abs=1e-9)


def test_order_of_rows_does_not_matter() -> None:
    rows = random_rows(3)
    a = network(rows, treatment=Prior(8, 20), study_sd=12)
    b = network(rows[::-1], treatment=Prior(8, 20), study_sd=12)
    for name in a.names:
        assert a.sum(name) == pytest.approx(b.sum(name), rel=1e-10)


def test_draws_have_the_posterior_s_mean_and_covariance() -> None:
    found = network(random_rows(5), treatment=Prior(8, 20), study_sd=12)
    draws = found.draws(200_000, seed=1)
    np.testing.assert_allclose(draws.mean(axis=0), found.mean, atol=0.15)
    np.testing.assert_allclose(np.cov(draws.T), found.covariance, atol=3.0)


def test_the_same_seed_draws_the_same() -> None:
    found = network(random_rows(5), treatment=Prior(8, 20), study_sd=12)
    once = found.draws(5, seed=1)
    assert once.shape == (5, len(found.names))
    assert (found.draws(5, seed=1) == once).all()
    assert (found.draws(5, seed=2) != once).all()


def test_a_single_arm_study_says_nothing_when_levels_are_free() -> None:
    rows = random_rows(7)
    alone = [*rows, ArmRow("alone", "t0", 1e6, 1.0)]
    a, b = network(rows, reference="t0"), network(alone, reference="t0")
    for name in a.names:
        assert a.sum(name) == pytest.approx(b.sum(name), rel=1e-9, abs=1e-9)


# Seven trials of four dopamine agonists and placebo as an addition in Parkinson's disease: mean off-time reduction, its
# standard deviation and the people in each arm (NICE DSU Technical Support Document 2, example 5).
PARKINSON = {
    1: [("placebo", -1.22, 3.7, 54), ("drug 3", -1.53, 4.28, 95)],
    2: [("placebo", -0.7, 3.7, 172), ("drug 2", -2.4, 3.4, 173)],
    3: [("placebo", -0.3, 4.4, 76), ("drug 2", -2.6, 4.3, 71), ("drug 4", -1.2, 4.3, 81)],
    4: [("drug 3", -0.24, 3, 128), ("drug 4", -0.59, 3, 72)],
    5: [("drug 3", -0.73, 3, 80), ("drug 4", -0.18, 3, 46)],
    6: [("drug 4", -2.2, 2.31, 137), ("drug 5", -2.5, 2.18, 131)],
    7: [("drug 4", -1.8, 2.48, 154), ("drug 5", -2.1, 2.99, 143)],
}
PUBLISHED = {"drug 2": (-1.81, 0.33), "drug 3": (-0.47, 0.49), "drug 4": (-0.52, 0.48), "drug 5": (-0.82, 0.52)}
"""Difference from placebo and its standard deviation, by the document's fixed-effect model (two decimals, sampled)."""


def test_the_published_parkinson_example_is_reproduced() -> None:
    rows = [
        ArmRow(str(study), name, mean, sd**2 / people)
        for study, groups in PARKINSON.items()
        for name, mean, sd, people in groups
    ]
    found = network(rows, reference="placebo")
    for name, (mean, sd) in PUBLISHED.items():
        got, variance = found.sum(name)
        assert got == pytest.approx(mean, abs=0.012)
        assert math.sqrt(variance) == pytest.approx(sd, abs=0.012)


def test_one_study_of_two_arms_gives_their_difference() -> None:
    # y2 - y1 with variance v1 + v2
    found = network([ArmRow("s", "a", 1.0, 0.25), ArmRow("s", "b", 3.5, 0.5)], reference="a")
    mean, variance = found.sum("b")
    assert mean == pytest.approx(2.5)
    assert variance == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([], {}, "at least one row"),
        ([ArmRow("s", "a", math.nan, 1)], {}, "not a number"),
        ([ArmRow("s", "a", 1, 0)], {}, "variance of 'a' in study 's'"),
        ([ArmRow("s", "a", 1, -1)], {}, "above zero"),
        ([ArmRow("s", "a", 1, 1, unit="%"), ArmRow("s", "b", 1, 1, unit="hairs")], {}, "different units"),
        ([ArmRow("s", "a", 1, 1), ArmRow("s", "b", 1, 1)], {}, "does not determine"),
        (
            [ArmRow("s", "a", 1, 1), ArmRow("s", "b", 1, 1), ArmRow("z", "c", 1, 1), ArmRow("z", "d", 1, 1)],
            {"reference": "a"},
            "not connected",
        ),
        ([ArmRow("s", "a", 1, 1)], {"study_sd": -1}, "zero or more"),
    ],
)
def test_bad_input_is_refused_in_words(rows: list[ArmRow], options: dict[str, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        network(rows, **options)


def test_columns_must_be_equally_long() -> None:
    with pytest.raises(InputError, match="equally long"):
        arms(["s"], ["a", "b"], [1.0, 2.0], [1.0, 1.0])
    assert len(arms(["s", "s"], ["a", "b"], [1.0, 2.0], [1.0, 1.0])) == 2


def test_a_large_network_is_solved_in_memory_that_grows_with_it() -> None:
    rng = np.random.default_rng(0)
    names = [f"p{i}" for i in range(500)]
    rows = [
        ArmRow(f"s{j}", names[int(k)], float(rng.normal()), 1.0)
        for j in range(3400)
        for k in rng.choice(500, 3, replace=False)
    ]
    found = network(rows, treatment=Prior(0, 10), study_sd=1.0)
    assert len(found.names) == 500
    assert np.linalg.eigvalsh(found.covariance).min() > 0
