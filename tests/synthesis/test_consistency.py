"""Disagreement within networks: against refits of split networks, netmeta, and what was planted."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decide.synthesis import (
    ArmRow,
    ContrastRow,
    Gains,
    Kinds,
    Levels,
    LogNormal,
    Model,
    Outliers,
    Prior,
    arms,
    cochran_q,
    contrasts,
    network,
)
from tests.synthesis import published, senn
from tests.synthesis.worlds import sure

SENN = contrasts(senn.STUDY, senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE)
NAMES = ["a", "b", "c", "d", "e"]


def random_arms(seed: int, studies: int = 12, apart: float = 0.0) -> list[ArmRow]:
    rng = np.random.default_rng(seed)
    truth = {name: float(rng.normal(0, 5)) for name in NAMES}
    rows = []
    for j in range(studies):
        level = rng.normal(0, 20)
        held = list(rng.choice(NAMES, int(rng.integers(2, 4)), replace=False))
        v = float(rng.uniform(0.5, 3))
        rows += [ArmRow(j, n, level + truth[n] + float(rng.normal(0, math.sqrt(v))), v) for n in held]
    return rows


def refitted(rows: list[ArmRow], first: str, second: str, h: float) -> tuple[float, float, float]:
    """ω, its variance and the indirect difference, from one dense regression with a column for every study."""
    studies = list(dict.fromkeys(r.study for r in rows))
    names = sorted({r.treatment for r in rows})
    x = np.zeros((len(rows), len(studies) + len(names)))
    for i, row in enumerate(rows):
        x[i, studies.index(row.study)] = 1
        if row.treatment != names[0]:
            x[i, len(studies) + names.index(row.treatment)] = 1
        held = {r.treatment for r in rows if r.study == row.study}
        if {first, second} <= held:
            x[i, len(studies)] = 0.5 * (row.treatment == first) - 0.5 * (row.treatment == second)
    root = 1 / np.sqrt([r.variance + h * h for r in rows])
    covariance = np.linalg.pinv((x * root[:, None]).T @ (x * root[:, None]))
    found = covariance @ (x * root[:, None]).T @ (np.array([r.mean for r in rows]) * root)
    place = {n: len(studies) + names.index(n) for n in names}
    at = len(studies)

    def effect(name: str) -> float:
        return 0.0 if name == names[0] else float(found[place[name]])

    return float(found[at]), float(covariance[at, at]), effect(first) - effect(second)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 2.0]))
def test_a_split_is_the_refit_of_a_split_network(seed: int, h: float) -> None:
    rows = random_arms(seed)
    assume({r.treatment for r in rows} == set(NAMES))
    found = network(rows, "a", heterogeneity=h)
    splits = found.inconsistency()[0].splits
    assert any(one.testable for one in splits)
    for one in splits:
        if not one.testable:
            continue
        omega, variance, indirect = refitted(rows, one.first, one.second, h)
        assert one.difference == pytest.approx(omega, abs=1e-7)
        assert one.se**2 == pytest.approx(variance, rel=1e-7)
        assert one.indirect == pytest.approx(indirect, abs=1e-7)
        assert one.direct == pytest.approx(indirect + omega, abs=1e-7)
        assert one.z == pytest.approx(omega / math.sqrt(variance), abs=1e-6)


def test_two_arm_trials_split_by_back_calculation() -> None:
    """1/s² of the network is that of the direct plus that of the indirect evidence (netmeta's back-calculation)."""
    rows = [row for row in SENN if row.study != "Willms1999"]
    found = network(rows, "plac")
    for one in found.inconsistency()[0].splits:
        if one.testable:
            whole = found.difference(one.first, one.second)
            assert 1 / one.direct_se**2 + 1 / one.indirect_se**2 == pytest.approx(1 / whole.variance)
            pooled = one.direct / one.direct_se**2 + one.indirect / one.indirect_se**2
            assert pooled * whole.variance == pytest.approx(whole.mean)
            assert one.se**2 == pytest.approx(one.direct_se**2 + one.indirect_se**2)


def test_direct_evidence_of_senn2013_is_the_mean_of_its_trials() -> None:
    splits = {(s.first, s.second): s for s in network(SENN, "plac").inconsistency()[0].splits}
    own = [
        (d, v)
        for t, c, d, v in zip(senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE, strict=True)
        if (t, c) == ("rosi", "plac")
    ]
    weight = sum(1 / v for _, v in own)
    one = splits["plac", "rosi"]
    assert one.direct == pytest.approx(-sum(d / v for d, v in own) / weight)
    assert one.direct_se == pytest.approx(weight**-0.5)
    for drug in ("sita", "vild", "migl", "benf"):
        pair = tuple(sorted((drug, "plac")))
        assert not splits[pair].testable
        assert math.isnan(splits[pair].p)


def test_all_designs_together_are_what_netmeta_prints_for_senn2013() -> None:
    overall = network(SENN, "plac").inconsistency()[0].overall
    assert (round(overall.q, 2), overall.df, round(overall.p, 4)) == (22.53, 7, 0.0021)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_q_is_that_of_a_table_of_all_comparisons(seed: int) -> None:
    rows = random_arms(seed)
    assume({r.treatment for r in rows} == set(NAMES))
    table = [
        (a.study, a.treatment, b.treatment, a.mean - b.mean, a.variance + b.variance)
        for i, a in enumerate(rows)
        for b in rows[i + 1 :]
        if a.study == b.study
    ]
    q, plain = network(rows, "a").heterogeneity.q[""], cochran_q(*zip(*table, strict=True))
    assert q.total.df == plain.total.df
    for one, other in ((q.total, plain.total), (q.within, plain.within), (q.between, plain.between)):
        assert (one.q, one.df) == (pytest.approx(other.q, abs=1e-7), other.df)
    assert q.tau2 == pytest.approx(plain.tau2, abs=1e-8)
    assert set(q.designs) == set(plain.designs)
    overall = network(rows, "a").inconsistency()[0].overall
    assert (overall.q, overall.df) == (pytest.approx(plain.between.q, abs=1e-7), plain.between.df)


def test_without_a_closed_loop_nothing_can_be_tested_and_that_is_said() -> None:
    rows = [ArmRow(j, n, 1.0, 1.0) for j, pair in enumerate(("ab", "ac", "ad")) for n in pair]
    found = network(rows, "a").inconsistency()[0]
    assert (found.overall.df, math.isnan(found.overall.p)) == (0, True)
    assert len(found.splits) == 3
    assert not any(one.testable for one in found.splits)


def test_a_trial_of_three_arms_is_no_loop_of_its_own() -> None:
    rows = [ArmRow("s", n, float(i), 1.0) for i, n in enumerate("abc")]
    assert not any(one.testable for one in network(rows, "a").inconsistency()[0].splits)
    # of four arms a–b–c–d with a–c and b–d elsewhere, a–b is joined by a–c–d–b
    rows = [ArmRow("s", n, float(i), 1.0) for i, n in enumerate("abcd")]
    rows += [ArmRow("t", n, 0.0, 1.0) for n in "ac"] + [ArmRow("u", n, 0.0, 1.0) for n in "bd"]
    testable = {(one.first, one.second) for one in network(rows, "a").inconsistency()[0].splits if one.testable}
    assert ("a", "b") in testable
    for first, second in testable:
        omega, variance, _ = refitted(rows, first, second, 0.0)
        one = next(s for s in network(rows, "a").inconsistency()[0].splits if (s.first, s.second) == (first, second))
        assert (one.difference, one.se**2) == (pytest.approx(omega, abs=1e-9), pytest.approx(variance))


def test_a_planted_inconsistency_is_found_and_agreement_is_not_taken_for_one() -> None:
    found_far, found_near = 0, 0
    for seed in range(15):
        rng = np.random.default_rng(seed)
        truth = dict(zip(NAMES, rng.normal(0, 5, 5), strict=True))
        pairs = [(a, b) for i, a in enumerate(NAMES) for b in NAMES[i + 1 :]]
        rows = []
        for k, (a, b) in enumerate(pairs * 2):
            off = 8.0 if (a, b) == ("a", "b") else 0.0
            rows.append(ContrastRow(k, b, a, truth[b] - truth[a] + off + rng.normal(), 1.0))
        near = [row._replace(mean=row.mean - 8.0 * ((row.comparator, row.treatment) == ("a", "b"))) for row in rows]
        far = network(rows, "a").inconsistency()[0]
        worst = max((s for s in far.splits if s.testable), key=lambda s: abs(s.z))
        found_far += far.overall.p < 0.05 and (worst.first, worst.second) == ("a", "b")
        found_near += network(near, "a").inconsistency()[0].overall.p < 0.05
    assert found_far >= 14
    assert found_near <= 3


def test_planted_outliers_are_found_and_count_little() -> None:
    model = Model(gains=Gains(LogNormal(20, 0.5)), heterogeneity=LogNormal(3, 0.6), outliers=Outliers())
    for seed in range(6):
        rng = np.random.default_rng(seed)
        rows = []
        for j in range(12):
            gain = 45.0 if j == 3 else 12.0
            rows += [
                ArmRow(j, "a", gain + float(rng.normal(0, 3)), 4.0),
                ArmRow(j, "placebo", float(rng.normal(0, 3)), 4.0),
            ]
        found = network(rows, "placebo", model=model)
        assert found.outliers["3"] > 0.8
        assert all(chance < 0.5 for study, chance in found.outliers.items() if study != "3")
        plain = network(rows, "placebo", model=Model(gains=model.gains, heterogeneity=model.heterogeneity))
        clean = plain.without("3").gain("a").mean
        assert abs(found.gain("a").mean - clean) < abs(plain.gain("a").mean - clean) / 2
        assert found.heterogeneity.arm.mean < plain.heterogeneity.arm.mean
        assert found.shares("a").of("3") < plain.shares("a").of("3")


def test_an_only_study_has_nothing_held_against_it() -> None:
    model = Model(gains=Gains(sure(20)), heterogeneity=3.0, outliers=Outliers())
    rows = [ArmRow("far", "a", 90.0, 1.0), ArmRow("far", "placebo", 0.0, 1.0)]
    rows += [ArmRow("z", "b", 5.0, 1.0), ArmRow("z", "placebo", 0.0, 1.0)]
    assert network(rows, "placebo", model=model).outliers == {}


# ------------------------------------------------------------------ sums, and levels


def test_a_combination_that_is_more_than_its_parts_is_told() -> None:
    def rows(extra: float) -> list[ArmRow]:
        values = {"placebo": 0.0, "a": 10.0, "b": 6.0, ("a", "b"): 16.0 + extra}
        return [ArmRow(j, n, y, 1.0) for j in range(6) for n, y in values.items()]

    for extra in (0.0, 8.0):
        (one,) = network(rows(extra), "placebo").inconsistency()[0].sums
        assert one.testable
        assert one.first == "a + b"
        assert one.difference == pytest.approx(extra, abs=1e-9)
        # one trial's a + b − a − b + placebo has variance 4
        assert one.se == pytest.approx(math.sqrt(4 / 6))
    alone = [row for row in rows(0.0) if row.treatment != "b"]
    (one,) = network(alone, "placebo").inconsistency()[0].sums
    assert not one.testable  # nothing tells what b does alone


def level_model(**more: object) -> Model:
    levels = Levels(Prior(5, 1), 1e-3, 1.0, Prior(8, 1), sure(2.0))
    return Model(gains=Gains(sure(20)), levels=levels, heterogeneity=1e-3, **more)  # type: ignore[arg-type]


def test_comparisons_against_levels_by_hand() -> None:
    """Comparisons: 10 ± √2. A series: 40, of which 5 + 8 is level: 27, with v 1, τ² 4, μ and β 1 + 1 (less what a
    reference arm told of μ)."""
    rows = [ArmRow("s", "a", 15.0, 1.0), ArmRow("s", "placebo", 5.0, 1.0), ArmRow("z", "a", 40.0, 1.0)]
    found = network(rows, "placebo", model=level_model())
    (one,) = found.inconsistency()[0].levels
    assert one.testable
    assert (one.direct, one.direct_se**2) == (pytest.approx(10, abs=1e-4), pytest.approx(2, abs=1e-3))
    # μ: prior 1, one reference arm of variance 1 + 4
    level = 1 / (1 + 1 / 5)
    assert one.indirect == pytest.approx(27, abs=1e-3)
    assert one.indirect_se**2 == pytest.approx(1 + 4 + level + 1, abs=1e-3)
    assert one.z == pytest.approx((10 - 27) / math.sqrt(2 + 6 + level), abs=1e-3)
    only_levels = network([rows[0], rows[1], ArmRow("z", "b", 40.0, 1.0)], "placebo", model=level_model())
    assert only_levels.inconsistency()[0].levels == ()


def test_kinds_are_tested_group_by_group() -> None:
    kinds = Kinds({"one": "g", "two": "h"}, {"g": 0, "h": 0}, {"one": 0.5, "two": 0.5})
    model = Model(gains=Gains(sure(20)), heterogeneity=1.0, kinds=kinds)
    rows = [ArmRow(j, n, float(j), 1.0, kinds="one") for j, p in enumerate(("ab", "bc", "ac")) for n in p]
    rows += [ArmRow("t", n, 1.0, 1.0, kinds="two") for n in "ab"]
    one, two = network(rows, "a", model=model).inconsistency()
    assert (one.group, two.group) == ("g", "h")
    assert one.overall.df == 1
    assert sum(s.testable for s in one.splits) == 3
    assert two.overall.df == 0


def test_the_parkinson_network_agrees_with_itself() -> None:
    found = network(published.means(published.PARKINSON), "placebo").inconsistency()[0]
    assert found.overall.df > 0
    assert found.overall.p > 0.05


def test_direct_evidence_is_told_where_nothing_tests_it() -> None:
    rows = contrasts(*zip(("s", "b", "a", 1.0, 0.5), ("t", "b", "a", 2.0, 1.0), ("u", "c", "a", 5.0, 2.0), strict=True))
    found = {(one.first, one.second): one for one in network(rows, "a").inconsistency()[0].splits}
    one = found["a", "b"]
    assert not one.testable
    assert (one.direct, one.direct_se) == (pytest.approx(-4 / 3), pytest.approx((1 / 3) ** 0.5))
    assert math.isnan(one.indirect)
    assert math.isnan(one.p)
    assert (found["a", "c"].direct, found["a", "c"].direct_se) == (pytest.approx(-5), pytest.approx(2**0.5))


def test_direct_evidence_of_a_trial_of_three_arms_is_that_of_its_two() -> None:
    """a and c meet in one trial alone: what it says of them, and nothing that others lend."""
    three = arms(["s"] * 3, ["a", "b", "c"], [0.0, 1.0, 4.0], [0.5, 1.0, 0.25])
    other = arms(["t"] * 2, ["a", "b"], [0.0, 3.0], [1.0, 1.0])
    found = network([*three, *other], "a", heterogeneity=0.5).inconsistency()[0].splits
    one = {(s.first, s.second): s for s in found}["a", "c"]
    assert (one.direct, one.direct_se) == (pytest.approx(-4), pytest.approx((0.75 + 2 * 0.25) ** 0.5))


def test_direct_evidence_of_woods2010_is_what_netmeta_tells() -> None:
    """Table, and direct estimates of the common effect, as netmeta has them for Woods2010 (fixtures of NMAViz)."""
    table = [
        ("Boyd 1997", "Placebo", "Salmeterol", 0.00881062968215492, 1.41732520745006),
        ("Calverly 2003", "Fluticasone", "Placebo", -0.603821880439918, 0.631177236849451),
        ("Calverly 2003", "Fluticasone", "Salmeterol", 0.284975710854038, 0.767297897257843),
        ("Calverly 2003", "Fluticasone", "SFC", 0.654574905773706, 0.869201755328846),
        ("Calverly 2003", "Placebo", "Salmeterol", 0.888797591293956, 0.694064378892772),
        ("Calverly 2003", "Placebo", "SFC", 1.25839678621362, 0.805289383003557),
        ("Calverly 2003", "Salmeterol", "SFC", 0.369599194919668, 0.915888830152246),
        ("Celli 2003", "Placebo", "Salmeterol", 1.41751820157142, 1.22700434455123),
    ]
    study, first, second, difference, error = zip(*table, strict=True)
    found = network(contrasts(study, first, second, difference, [e * e for e in error]), "Placebo")
    direct = {(one.first, one.second): one.direct for one in found.inconsistency()[0].splits}
    printed = {
        ("Fluticasone", "Placebo"): -0.6038,
        ("Fluticasone", "Salmeterol"): 0.2850,
        ("Placebo", "Salmeterol"): 0.8620,
        ("Placebo", "SFC"): 1.2584,
        ("SFC", "Salmeterol"): -0.3696,
        ("Fluticasone", "SFC"): 0.6546,
    }
    assert direct == {pair: pytest.approx(value, abs=6e-5) for pair, value in printed.items()}
