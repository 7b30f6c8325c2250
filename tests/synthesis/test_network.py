"""What a researcher puts in and gets out: published networks, names of any kind, and what is refused."""

import math
import pickle
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.errors import InputError
from decide.synthesis import (
    ArmRow,
    ContrastRow,
    Gains,
    LogNormal,
    Model,
    Outliers,
    Study,
    arms,
    contrasts,
    forest_plot,
    league_plot,
    league_table,
    network,
    p_scores,
    rank_probabilities,
    sucra,
)
from tests.synthesis import published, senn
from tests.synthesis.test_comparisons import AGAINST_PLACEBO, COMMON, RANDOM, TAU2
from tests.synthesis.worlds import model_of, random_world, rows_of

NAMES = [f"t{i}" for i in range(7)]
SENN = contrasts(senn.STUDY, senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE)


# ------------------------------------------------------------------ published networks


def test_senn2013_is_netmetas_common_effect_to_four_digits() -> None:
    found = network(SENN, "plac")
    league = found.league()
    names, *parts = league.against("plac")
    told = zip(*(part.round(4).tolist() for part in parts), strict=True)
    assert dict(zip(names, told, strict=True)) == AGAINST_PLACEBO
    scores = p_scores(found.mean, found.covariance, smaller_is_better=True).round(4)
    assert dict(zip(found.names, scores.tolist(), strict=True)) == COMMON


def test_senn2013_is_netmetas_random_effects_to_four_digits() -> None:
    found = network(SENN, "plac", heterogeneity="moments")
    assert found.heterogeneity.comparison.mean**2 == pytest.approx(TAU2, abs=1e-9)
    scores = p_scores(found.mean, found.covariance, smaller_is_better=True).round(4)
    assert dict(zip(found.names, scores.tolist(), strict=True)) == RANDOM


def test_q_and_its_split_are_netmetas_for_senn2013() -> None:
    q = network(SENN, "plac").heterogeneity.q[""]
    assert (round(q.total.q, 2), q.total.df) == (96.99, 18)
    assert (round(q.within.q, 2), q.within.df) == (74.46, 11)
    assert (round(q.between.q, 2), q.between.df, round(q.between.p, 4)) == (22.53, 7, 0.0021)
    assert (round(q.tau2, 4), round(q.i2, 3)) == (0.1087, 0.814)
    assert {":".join(design) for design in q.designs} == {
        *("benf:plac", "metf:plac", "metf:rosi", "migl:plac", "plac:rosi")
    }


def test_parkinson_is_the_documents_fixed_effect() -> None:
    """NICE DSU TSD 2, example 5: two decimals, sampled."""
    found = network(published.means(published.PARKINSON), "placebo")
    told = {
        **{"pramipexole": (-1.81, 0.33), "ropinirole": (-0.47, 0.49)},
        **{"bromocriptine": (-0.52, 0.48), "cabergoline": (-0.82, 0.52)},
    }
    for name, (mean, sd) in told.items():
        got = found.gain(name)
        assert got.mean == pytest.approx(mean, abs=0.012)
        assert got.sd == pytest.approx(sd, abs=0.012)


def test_parkinson_with_its_heterogeneity_integrated_is_gemtcs() -> None:
    """gemtc's chains for the differences (parkinson-diff): τ uniform up to the largest difference seen, 2.3."""
    told = {
        "placebo": (0.5221, 0.6186),
        "pramipexole": (-1.3279, 0.6922),
        "ropinirole": (0.0270, 0.4688),
        "cabergoline": (-0.3002, 0.4267),
    }
    rows = published.means(published.PARKINSON)
    spreads = np.linspace(1e-3, 2.3, 120)
    fits = [network(rows, "bromocriptine", heterogeneity=tau / math.sqrt(2)) for tau in spreads]
    weight = np.exp([one.log_evidence for one in fits])
    weight /= weight.sum()
    assert weight @ spreads == pytest.approx(0.3857, abs=0.02)
    for name, (mean, sd) in told.items():
        m = np.array([one.gain(name).mean for one in fits])
        v = np.array([one.gain(name).variance for one in fits])
        assert weight @ m == pytest.approx(mean, abs=0.02)
        assert math.sqrt(weight @ (v + m**2) - (weight @ m) ** 2) == pytest.approx(sd, abs=0.02)


def test_smoking_is_the_same_by_arms_and_by_all_its_comparisons() -> None:
    by_arms = published.log_odds(published.SMOKING)
    columns: list[list[Any]] = [[], [], [], [], []]
    for study in dict.fromkeys(row.study for row in by_arms):
        mine = [row for row in by_arms if row.study == study]
        for i, a in enumerate(mine):
            for b in mine[i + 1 :]:
                values = (study, a.treatment, b.treatment, a.mean - b.mean, a.variance + b.variance)
                for column, value in zip(columns, values, strict=True):
                    column.append(value)
    for how in (0.0, 0.4, "moments", "likelihood"):
        one, other = (network(rows, "A", heterogeneity=how) for rows in (by_arms, contrasts(*columns)))
        np.testing.assert_allclose(one.mean, other.mean, atol=1e-7)
        np.testing.assert_allclose(one.covariance, other.covariance, atol=1e-7)
    # gemtc's exact binomial likelihood gives 0.49, 0.84, 1.10: log odds with half events added are drawn to nought
    assert one.mean[1:] == pytest.approx([0.49, 0.84, 1.10], abs=0.25)


def test_thrombolytics_are_near_gemtcs_exact_likelihood() -> None:
    """Sampled with a binomial likelihood and random effects: every difference within a third of its own doubt."""
    found = network(published.log_odds(published.THROMBOLYTIC), "ASPAC", heterogeneity=0.113 / math.sqrt(2))
    told = {"AtPA": (-0.2673, 0.1701), "SK": (-0.0408, 0.1083), "tPA": (-0.0595, 0.1207)}
    for name, (mean, sd) in told.items():
        assert found.gain(name).mean == pytest.approx(mean, abs=sd / 3)
    for name, (mean, sd) in {"Ret": (0.0520, 0.1238), "SKtPA": (0.1682, 0.1624), "Ten": (0.0047, 0.1670)}.items():
        assert found.difference(name, "AtPA").mean == pytest.approx(mean, abs=sd / 3)
    q = found.heterogeneity.q[""]
    assert (q.within.df, q.between.df, q.total.df) == (15, 8, 23)
    assert q.total.q < q.total.df  # trials agree better than chance would have it


# ------------------------------------------------------------------ plain least squares


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


def least_squares(rows: list[ArmRow], reference: str, h: float) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Contrasts against each study's first arm, whose variance stands off the diagonal (Lu & Ades 2004)."""
    treatments = sorted({r.treatment for r in rows} - {reference})
    blocks = []
    for study in dict.fromkeys(r.study for r in rows):
        base, *rest = [r for r in rows if r.study == study]
        x = np.zeros((len(rest), len(treatments)))
        for i, r in enumerate(rest):
            for name, sign in ((r.treatment, 1), (base.treatment, -1)):
                if name != reference:
                    x[i, treatments.index(name)] += sign
        v = np.diag([r.variance + h**2 for r in rest]) + base.variance + h**2
        blocks.append((x, np.linalg.inv(v), np.array([r.mean - base.mean for r in rest])))
    covariance = np.linalg.inv(sum(x.T @ w @ x for x, w, _ in blocks))
    return treatments, covariance @ sum(x.T @ w @ y for x, w, y in blocks), covariance


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 3.0]))
def test_flat_gains_and_free_levels_are_the_usual_network_meta_analysis(seed: int, h: float) -> None:
    rows = random_rows(seed)
    found = network(rows, "t0", heterogeneity=h)
    names, mean, covariance = least_squares(rows, "t0", h)
    assert found.names == ("t0", *names)
    np.testing.assert_allclose(found.mean[1:], mean, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.covariance[1:, 1:], covariance, rtol=1e-9, atol=1e-9)


def test_one_study_of_two_arms_gives_their_difference() -> None:
    found = network([ArmRow("s", "a", 1.0, 0.25), ArmRow("s", "b", 3.5, 0.5)], "a")
    gap = found.difference("b", "a")
    assert (gap.mean, gap.variance) == pytest.approx((2.5, 0.75))
    assert gap.interval(0.95) == pytest.approx((2.5 - 1.959964 * 0.75**0.5, 2.5 + 1.959964 * 0.75**0.5), abs=1e-6)
    assert found.difference("a", "a").sd == 0
    assert found.difference("a", "b").mean == pytest.approx(-2.5)


def test_a_study_of_one_arm_says_nothing_when_levels_are_free() -> None:
    rows = random_rows(7)
    a, b = network(rows, "t0"), network([*rows, ArmRow("alone", "t0", 1e6, 1.0)], "t0")
    np.testing.assert_allclose(a.mean, b.mean, atol=1e-9)


def test_a_large_network_is_solved_in_memory_that_grows_with_it() -> None:
    rng = np.random.default_rng(0)
    names = [f"p{i}" for i in range(300)]
    rows = [
        ArmRow(f"s{j}", names[int(k)], float(rng.normal()), 1.0)
        for j in range(2000)
        for k in rng.choice(300, 3, replace=False)
    ]
    found = network(rows, "p0")
    assert len(found.names) == 300
    assert np.linalg.eigvalsh(found.covariance[1:, 1:]).min() > 0


# ------------------------------------------------------------------ names of any kind


def test_a_name_means_nothing_by_how_it_is_spelt() -> None:
    rows = [
        *(ArmRow("s", "Placebo", 1, 0.25), ArmRow("s", "ICS/LABA", 3.5, 0.5)),
        *(ArmRow("z", "ICS/LABA", 3, 0.5), ArmRow("z", "ICS+LABA", 4, 0.5)),
    ]
    found = network(rows, "Placebo")
    assert found.gain("ICS/LABA").mean == pytest.approx(2.5)
    assert found.gain("ICS/LABA").variance == pytest.approx(0.75)
    assert found.gain("ICS+LABA").mean == pytest.approx(3.5)
    assert found.gain("ICS+LABA").variance == pytest.approx(1.75)
    for odd in ("optimism", "+PRP", "(2025)|[y]", "level", "日焼け止め", "a b"):
        renamed = [row._replace(treatment=odd if row.treatment == "ICS/LABA" else row.treatment) for row in rows]
        assert network(renamed, "Placebo").gain(odd).mean == pytest.approx(2.5)


@pytest.mark.parametrize("kind", [int, np.int64, float, str])
def test_numbered_treatments_and_studies_are_names(kind: type) -> None:
    rows = [ArmRow(kind(s), kind(t), y, 1.0) for s, t, y in [(1, 1, 0.0), (1, 2, 3.0), (2, 2, 5.0), (2, 3, 6.0)]]
    found = network(rows, kind(1))
    assert found.names == ("1", "2", "3")
    assert found.gain(3).mean == found.gain("3").mean == pytest.approx(4.0)


def test_a_typo_is_named_with_what_was_meant() -> None:
    rows = random_rows(3)
    with pytest.raises(InputError, match=r"no treatment 'plcebo'.*'placebo'"):
        network([ArmRow("s", "placebo", 1, 1), ArmRow("s", "a", 1, 1)], "plcebo")
    found = network(rows, "t0")
    for ask in (lambda: found.gain("zzz"), lambda: found.difference("t1", "zzz"), lambda: found.joint(["zzz"])):
        with pytest.raises(InputError, match="no treatment 'zzz'"):
            ask()
    with pytest.raises(InputError, match="names a kind"):
        found.gain("t1", "left")
    gains = Gains(LogNormal(20, 0.5), added=0.4, made_to_add=("t9",))
    with pytest.raises(InputError, match="no treatment 't9'"):
        network(rows, "t0", model=Model(gains=gains))
    with pytest.raises(InputError, match="no treatment 'zzz'"):
        network(rows, "zzz", model=Model(gains=Gains(LogNormal(20, 0.5))))


# ------------------------------------------------------------------ what is refused

TWO = [ArmRow("s", "a", 1, 1), ArmRow("s", "b", 1, 1)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "at least one row"),
        ([("s", "a", 1, 1)], "must be an ArmRow or a ContrastRow"),
        ([ArmRow("s", "a", math.nan, 1), TWO[1]], "mean of 'a' in study 's'"),
        ([ArmRow("s", "a", "x", 1), TWO[1]], "text where numbers"),
        ([ArmRow("s", "a", None, 1), TWO[1]], "mean of 'a' in study 's'"),
        ([ArmRow("s", "a", 1, 0), TWO[1]], "variance of 'a' in study 's' must be above zero"),
        ([ArmRow("s", "a", 1, -1), TWO[1]], "above zero"),
        ([ArmRow("s", "a", 1, math.inf), TWO[1]], "variance of 'a' in study 's'"),
        ([ArmRow("s", math.nan, 1, 1), TWO[1]], "a treatment must be a name"),
        ([ArmRow("s", None, 1, 1), TWO[1]], "a treatment must be a name"),
        ([ArmRow("s", "", 1, 1), TWO[1]], "a treatment has no name"),
        ([ArmRow(None, "a", 1, 1), TWO[1]], "a study must be a name"),
        ([ArmRow("s", ("b", "b"), 1, 1), TWO[0]], "different names"),
        ([ArmRow("s", "a", 1, 1, unit="%"), ArmRow("s", "b", 1, 1, unit="hairs")], "different units"),
        ([*TWO, ArmRow("z", "c", 1, 1), ArmRow("z", "d", 1, 1)], "nothing connects 'c', 'd' with 'a'"),
        ([*TWO, ContrastRow("s", "c", "a", 1, 1)], "arms and differences for the same people"),
        ([ContrastRow("s", "a", "a", 1, 1)], "with itself"),
        ([ContrastRow("s", "b", "a", 1, 1, 2.0)], "below that of the difference"),
        ([ContrastRow("s", "b", "a", 1, 1, studies=0)], "must be from 1"),
        (
            [ContrastRow("s", "b", "a", 1, 2), ContrastRow("s", "c", "a", 1, 2), ContrastRow("s", "c", "b", 0, 2)],
            "close a loop.*m − 1 differences",
        ),
        ([ContrastRow("s", "b", "a", 1, 2), ContrastRow("s", "a", "b", -1, 2)], "close a loop"),
        (
            [ContrastRow("s", "b", "a", 1, 4, 1.0), ContrastRow("s", "c", "a", 1, 4, 2.0)],
            "two variances for one comparator",
        ),
        ([ArmRow("s", "a", 1, 1, kinds="left"), TWO[1]], "names a kind"),
    ],
)
def test_rows_that_cannot_be_used_are_refused_in_words(rows: list[Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        network(rows, "a")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"heterogeneity": -1}, "heterogeneity must be between 0"),
        ({"heterogeneity": math.nan}, "heterogeneity must be between 0"),
        ({"heterogeneity": "much"}, "'moments' or 'likelihood'"),
        ({"studies": {"s": Study(bias=-1)}}, "bias of study 's'"),
        ({"studies": {"s": Study(paired=1.0)}}, "arms of study 's' share"),
        ({"studies": {"t": Study()}}, "no study 't'"),
        ({"model": Model(gains=Gains(LogNormal(1, 1))), "heterogeneity": "moments"}, "flat gains"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_in_words(more: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        network(TWO, "a", **more)


@pytest.mark.parametrize("sd", [0.0, 1e-200, 1e200, math.inf, math.nan, -1.0])
def test_spreads_without_sense_are_refused(sd: float) -> None:
    with pytest.raises(InputError):
        LogNormal(sd, 0.5)


def test_decimals_are_numbers_and_draws_want_whole_ones() -> None:
    found = network([ArmRow("s", "a", Decimal("1.5"), Decimal(1)), TWO[1]._replace(mean=2)], "a")
    assert found.gain("b").mean == pytest.approx(0.5)
    for count, seed in ((2.5, 0), (True, 0), (10, "x"), (10, -1), (-1, 0)):
        with pytest.raises(InputError):
            found.draws(count, seed)  # type: ignore[arg-type]
    draws = found.draws(20_000, 1)
    assert draws.shape == (20_000, 2)
    assert (draws == found.draws(20_000, 1)).all()
    assert draws[:, 1].mean() == pytest.approx(0.5, abs=0.05)
    assert draws[:, 1].var() == pytest.approx(2.0, rel=0.05)


# ------------------------------------------------------------------ tables of comparisons


def test_a_trial_of_several_arms_counts_once() -> None:
    """Three arms of variance 1: the difference's standard error is √2, not 1.155."""
    table = (["s"] * 3, ["b", "c", "c"], ["a", "a", "b"], [1.0, 3.0, 2.0], [2.0, 2.0, 2.0])
    found = network(contrasts(*table), "a")
    assert found.gain("b").sd == pytest.approx(math.sqrt(2))
    assert found.difference("c", "b").sd == pytest.approx(math.sqrt(2))
    by_arms = network(arms(["s"] * 3, ["a", "b", "c"], [0.0, 1.0, 3.0], [1.0] * 3), "a")
    np.testing.assert_allclose(found.covariance, by_arms.covariance, atol=1e-12)


@pytest.mark.parametrize("library", [pd.DataFrame, pl.DataFrame])
def test_frames_go_in_and_out(library: Any) -> None:
    frame = library(
        {
            **{"study": senn.STUDY, "treatment": senn.TREATMENT, "comparator": senn.COMPARATOR},
            **{"difference": senn.DIFFERENCE, "variance": senn.VARIANCE},
        }
    )
    columns = [frame[name] for name in ("study", "treatment", "comparator", "difference", "variance")]
    found = network(contrasts(*columns), "plac")
    np.testing.assert_allclose(found.mean, network(SENN, "plac").mean, atol=1e-12)
    out = library(found.league().records())
    assert out.shape == (90, 7)
    numbered = library({"s": [1, 1], "t": [1, 2], "y": [0.0, 1.0], "v": [1.0, 1.0]})
    assert network(arms(*(numbered[k] for k in "styv")), 1).gain(2).mean == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ((["s"] * 2, ["b", "b"], ["a", "a"], [1, 1], [1, 1]), "twice"),
        ((["s"], ["a"], ["a"], [1], [1]), "with itself"),
        ((["s"] * 4, ["b", "c", "d", "c"], ["a", "a", "a", "b"], [1, 1, 1, 0], [2] * 4), "4 treatments and 4 comp"),
        ((["s"] * 3, ["b", "c", "c"], ["a", "a", "b"], [1, 3, 9], [2, 2, 2]), "differences of study 's' contradict"),
        ((["s"] * 3, ["b", "c", "c"], ["a", "a", "b"], [1, 3, 2], [1, 1, 9]), "no arms could give them"),
        ((["s"], ["b"], ["a"], [1], [1, 2]), "equally long"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(table: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        contrasts(*table)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(3, 6))
def test_all_comparisons_of_a_trial_say_what_its_arms_say(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    names = [str(rng.integers(1000)) + "-" + str(i) for i in range(count)]
    y, v = rng.normal(0, 10, count), rng.uniform(0.5, 9, count)
    pairs = [(i, j) for i in range(count) for j in range(i)]
    rng.shuffle(pairs)
    pairs = [(i, j) if rng.random() < 0.5 else (j, i) for i, j in pairs]
    table = zip(*[("s", names[i], names[j], y[i] - y[j], v[i] + v[j]) for i, j in pairs], strict=True)
    a = network(contrasts(*table), names[0], heterogeneity=2.0)
    b = network(arms(["s"] * count, names, y, v), names[0], heterogeneity=2.0)
    np.testing.assert_allclose(a.mean, b.mean, atol=1e-8)
    np.testing.assert_allclose(a.covariance, b.covariance, atol=1e-8)


# ------------------------------------------------------------------ what stands on it


def test_league_scores_ranks_and_plots_stand_on_it() -> None:
    found = network(SENN, "plac")
    league = found.league()
    assert (league.estimate == league_table(found.mean, found.covariance, found.names).estimate).all()
    assert forest_plot(*league.against("plac"))["data"]["values"]
    assert league_plot(league)["data"]["values"]
    scores = p_scores(found.mean, found.covariance, smaller_is_better=True)
    drawn = sucra(rank_probabilities(found.draws(20_000, 1), smaller_is_better=True))
    np.testing.assert_allclose(scores, drawn, atol=0.01)


def test_a_network_is_kept_and_read_again() -> None:
    world, reports = random_world(2, kinds=True)
    rows, studies = rows_of(reports)
    found = network(rows, world.reference, model=model_of(world, spread=0.4, outliers=Outliers()), studies=studies)
    again = pickle.loads(pickle.dumps(found))
    assert again.gain("a", "k1").mean == found.gain("a", "k1").mean
    assert again.without("s00").gain("a", "k1").sd == found.without("s00").gain("a", "k1").sd


@pytest.mark.parametrize("mean", [None, math.nan, math.inf, "x"])
def test_a_mean_that_is_none_is_told_as_such(mean: Any) -> None:
    with pytest.raises(InputError, match=r"the mean of 'b' in study 's'(: text| must be a finite number, not)"):
        network([ArmRow("s", "a", 1.0, 1.0), ArmRow("s", "b", mean, 1.0)], "a")


@pytest.mark.parametrize("scale", [1e-30, 1e-8, 1.0, 1e8, 1e30])
@pytest.mark.parametrize("how", ["likelihood", "moments"])
def test_heterogeneity_has_the_unit_of_the_data(scale: float, how: str) -> None:
    y, v = np.array([1.0, 6.0, 3.0, -1.0]), np.array([1.0, 2.0, 1.5, 1.0])
    rows = contrasts(list("stuv"), ["b"] * 4, ["a"] * 4, y * scale, v * scale**2)
    found, plain = (
        network(one, "a", heterogeneity=how) for one in (rows, contrasts(list("stuv"), ["b"] * 4, ["a"] * 4, y, v))
    )
    assert found.heterogeneity.comparison.mean / scale == pytest.approx(plain.heterogeneity.comparison.mean, rel=1e-5)
    assert found.gain("b").mean / scale == pytest.approx(plain.gain("b").mean, rel=1e-5)
    assert found.gain("b").sd / scale == pytest.approx(plain.gain("b").sd, rel=1e-5)
    assert plain.heterogeneity.comparison.mean > 1


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1.0, 1e12])
def test_differences_add_up_or_not_in_any_unit(scale: float) -> None:
    columns = ["s"] * 3, ["b", "c", "c"], ["a", "a", "b"]
    v = np.full(3, 2.0) * scale**2
    with pytest.raises(InputError, match=r"differences of study 's' contradict.*tolerance"):
        contrasts(*columns, np.array([2.0, 4.0, -4.0]) * scale, v)
    with pytest.raises(InputError, match="no arms could give them"):
        contrasts(*columns, np.array([1.0, 3.0, 2.0]) * scale, np.array([1.0, 1.0, 9.0]) * scale**2)
    rounded = contrasts(*columns, np.array([2.0, 4.0, 2.02]) * scale, v)
    assert [row.mean / scale for row in rounded] == pytest.approx([2.0, 4.0], abs=0.02)
    assert contrasts(*columns, np.array([2.0, 4.0, 3.0]) * scale, v, tolerance=0.2)


@pytest.mark.parametrize(
    ("bad", "words"), [(np.inf, "finite"), (np.nan, "finite"), (0.0, "above zero"), (-1.0, "above zero")]
)
def test_a_variance_that_is_none_is_told_with_its_study(bad: float, words: str) -> None:
    with pytest.raises(InputError, match=f"study 'B' .*{words}"):
        contrasts(["A", "B"], ["b", "b"], ["a", "a"], [1, 1], [1, bad])


def test_a_number_and_a_text_that_look_alike_are_not_taken_for_one() -> None:
    with pytest.raises(InputError, match="both the number 1 and the text '1'"):
        network(arms(["s", "s", "t", "t"], [1, "a", "1", "a"], [0, 1, 0, 1], [1] * 4), "a")
    with pytest.raises(InputError, match="both the number 1 and the text '1'"):
        contrasts([1, "1"], ["b", "b"], ["a", "a"], [1, 1], [1, 1])
    with pytest.raises(InputError, match="both the number 1 and the text '1'"):
        contrasts(["s", "t"], ["1", "a"], ["a", 1], [1, 1], [1, 1])
