"""The scale step: how far series run high and by how much cuts err, from many networks, gains flat."""

import numpy as np
import pytest

from decide.errors import InputError
from decide.synthesis import ArmRow, Gains, Levels, LogNormal, Model, Prior, Problem, network, scale_step
from tests.synthesis.worlds import sure

BETA, CUT, MU = 11.0, {"half": 9.0, "full": 30.0}, (2.0, 12.0, -5.0)


def model(beta: Prior = Prior(8, 6), mean: float = 5.0, spread: float = 0.5) -> Model:
    levels = Levels(Prior(mean, 10), 6, 4, beta, LogNormal(10, spread), cut=25, study_cut=5)
    return Model(gains=Gains(LogNormal(20, 0.5)), levels=levels, heterogeneity=LogNormal(5, 0.5))


def planted(seed: int, studies: int = 90) -> dict[str, Problem]:
    """Three networks with one β and one error a class of cut; treatments with and without a reference arm."""
    rng = np.random.default_rng(seed)
    found = {}
    for c, mu in enumerate(MU):
        truth = {f"t{i}": float(rng.normal(40, 15)) for i in range(8)}  # all do well: no gain is centred on nought
        rows = []
        for j in range(studies):
            cut = [None, "half", "full"][int(rng.integers(3))]
            level = mu + CUT.get(cut or "", 0.0) + float(rng.normal(0, 8))
            name = f"t{int(rng.integers(8))}"
            series = rng.random() < 0.5
            level += BETA * series
            rows.append(ArmRow(j, name, level + truth[name] + float(rng.normal(0, 3)), 4.0, cut=cut))
            if not series:
                rows.append(ArmRow(j, "placebo", level + float(rng.normal(0, 3)), 4.0, cut=cut))
        found[f"concern {c}"] = Problem(rows, "placebo", model())
    return found


def test_what_was_planted_is_found_though_every_treatment_does_well() -> None:
    found = scale_step(planted(1))
    mean, sd = found.series
    assert mean == pytest.approx(BETA, abs=3 * sd)
    assert sd < 3
    for name, (at, doubt) in found.cuts.items():
        assert at == pytest.approx(CUT[name], abs=3 * doubt)
        assert doubt < 3
    # in one likelihood with gains centred on nought β would take what the treatments do
    shrunk = network(next(iter(planted(1).values())).rows, "placebo", model=model())
    assert shrunk._fit.held.mean[shrunk._fit.held.keys.index(("series",))] == 8


def test_the_scale_is_plain_conditioning_at_known_spreads() -> None:
    """One dense Gaussian over β, cuts, μ, wide gains and every study's level, at one τ and h."""
    known = Levels(Prior(5, 10), 6, 4, Prior(8, 6), sure(10), cut=25, study_cut=5)
    own = Model(gains=Gains(sure(20)), levels=known, heterogeneity=sure(5))
    problems = {k: p._replace(model=own) for k, p in planted(2, studies=20).items()}
    found = scale_step(problems)
    unknowns = ["beta", "half", "full"]
    prior = {"beta": (8.0, 36.0), "half": (0.0, 625.0), "full": (0.0, 625.0)}
    for k, problem in problems.items():
        for row in problem.rows:
            for name in (f"{k} mu", f"{k} {row.treatment}", f"{k} study {row.study}"):
                if name not in unknowns and not name.endswith("placebo"):
                    unknowns.append(name)
                    study_cut = 25.0 if row.cut else 0.0
                    prior[name] = (
                        (5.0, 100.0) if "mu" in name else (0.0, 100.0 + study_cut) if "study" in name else (0.0, 1e8)
                    )
    rows, y, v = [], [], []
    for k, problem in problems.items():
        controlled = {r.study for r in problem.rows if r.treatment == "placebo"}
        for row in problem.rows:
            x = np.zeros(len(unknowns))
            x[unknowns.index(f"{k} mu")] = 1
            x[unknowns.index(f"{k} study {row.study}")] = 1
            if row.cut:
                x[unknowns.index(row.cut)] = 1
            if row.study not in controlled:
                x[0] = 1
            if row.treatment != "placebo":
                x[unknowns.index(f"{k} {row.treatment}")] = 1
            rows.append(x)
            y.append(row.mean)
            v.append(row.variance + 25.0)
    x = np.array(rows)
    precision = np.diag([1 / prior[n][1] for n in unknowns])
    covariance = np.linalg.inv(precision + x.T @ (x / np.array(v)[:, None]))
    mean = covariance @ (precision @ [prior[n][0] for n in unknowns] + x.T @ (np.array(y) / np.array(v)))
    assert found.series == pytest.approx((mean[0], covariance[0, 0] ** 0.5), rel=1e-5)
    for i, name in enumerate(("half", "full"), start=1):
        assert found.cuts[name] == pytest.approx((mean[i], covariance[i, i] ** 0.5), rel=1e-5)


def test_a_network_holds_the_scale_and_cannot_move_it() -> None:
    problems = planted(3)
    scale = scale_step(problems)
    first = next(iter(problems.values()))
    found = network(first.rows, "placebo", model=first.model, scale=scale)
    held = found._fit.held
    assert held.mean[held.keys.index(("series",))] == pytest.approx(scale.series[0])
    assert held.mean[held.keys.index(("cut", "full"))] == pytest.approx(scale.cuts["full"][0])
    # μ is brought to the scale by the cuts that its reference arms were read with
    assert found.level().mean == pytest.approx(MU[0], abs=3 * found.level().sd)
    unseen = [*first.rows, ArmRow("new", "t1", 40.0, 4.0, cut="a grade")]
    with pytest.raises(InputError, match="nothing of the class of cut 'a grade'"):
        network(unseen, "placebo", model=first.model, scale=scale)


def test_a_scale_needs_networks_with_levels() -> None:
    with pytest.raises(InputError, match="one network"):
        scale_step({})
    with pytest.raises(InputError, match="nothing of levels"):
        scale_step({"one": Problem([ArmRow("s", "a", 1, 1)], "b", Model())})
