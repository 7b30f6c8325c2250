"""League tables, P-scores and ranks against what netmeta prints, and against one another."""

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from decide.errors import InputError
from decide.mcda import smaa
from decide.synthesis import contrasts, network
from decide.synthesis.comparisons import League, league_table, p_scores, rank_probabilities, sucra
from decide.synthesis.plots import forest_plot, league_plot
from tests.synthesis import senn

TAU2 = 0.1087169231
# netrank of netmeta on Senn2013: common effects as in its examples, random effects as in Rücker & Schwarzer (2015)
COMMON = {
    **{"rosi": 0.9789, "metf": 0.8513, "piog": 0.7686, "migl": 0.6200, "benf": 0.5727},
    **{"acar": 0.4792, "vild": 0.3512, "sita": 0.2386, "sulf": 0.1395, "plac": 0.0000},
}
RANDOM = {
    **{"rosi": 0.8934, "metf": 0.7818, "piog": 0.7746, "migl": 0.6137, "acar": 0.5203},
    **{"benf": 0.4358, "vild": 0.4232, "sita": 0.3331, "sulf": 0.2103, "plac": 0.0139},
}
# netmeta(..., ref = "plac") on Senn2013, common effects
AGAINST_PLACEBO = {
    "acar": (-0.8274, -1.0401, -0.6147),
    "benf": (-0.9052, -1.1543, -0.6561),
    "metf": (-1.1141, -1.2309, -0.9973),
    "migl": (-0.9439, -1.1927, -0.6952),
    "piog": (-1.0664, -1.2151, -0.9178),
    "rosi": (-1.2018, -1.2953, -1.1084),
    "sita": (-0.5700, -0.8230, -0.3170),
    "sulf": (-0.4395, -0.6188, -0.2602),
    "vild": (-0.7000, -0.9495, -0.4505),
}


@pytest.mark.parametrize(("tau2", "printed"), [(0.0, COMMON), (TAU2, RANDOM)])
def test_p_scores_are_netmetas(tau2: float, printed: dict[str, float]) -> None:
    found = p_scores(*senn.estimates(tau2), smaller_is_better=True)
    assert dict(zip(senn.NAMES, found.round(4), strict=True)) == printed


def test_the_league_is_netmetas() -> None:
    league = league_table(*senn.estimates(), senn.NAMES)
    names, *parts = league.against("plac")
    assert (
        dict(zip(names, zip(*(part.round(4).tolist() for part in parts), strict=True), strict=True)) == AGAINST_PLACEBO
    )
    first = league.ordered(p_scores(*senn.estimates(), smaller_is_better=True))
    assert first.names == tuple(COMMON)
    cells = first.cells()
    assert [cells[i][i] for i in range(10)] == list(COMMON)
    assert cells[0][9] == "-1.20 (-1.30 to -1.11)"
    assert cells[9][0] == "1.20 (1.11 to 1.30)"


@st.composite
def effects(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    count = draw(st.integers(2, 7))
    root = rng.normal(size=(count, count))
    covariance = root @ root.T
    if draw(st.booleans()):  # a reference that is fixed
        covariance[0] = covariance[:, 0] = 0.0
    return rng.normal(0, 2, count), covariance


@given(effects())
def test_a_league_is_a_difference_at_a_time(case: tuple[np.ndarray, np.ndarray]) -> None:
    mean, covariance = case
    league = league_table(mean, covariance, level=0.9)
    for i, j in np.ndindex(covariance.shape):
        pick = np.zeros(len(mean))
        pick[i] += 1
        pick[j] -= 1
        sd = np.sqrt(max(pick @ covariance @ pick, 0))
        assert league.estimate[i, j] == pytest.approx(pick @ mean, abs=1e-12)
        assert league.se[i, j] == pytest.approx(sd, abs=1e-6)
        assert league.high[i, j] - league.estimate[i, j] == pytest.approx(norm.ppf(0.95) * sd, abs=1e-6)
        if i != j:
            assert league.p[i, j] == pytest.approx(2 * norm.sf(abs(pick @ mean) / sd), abs=1e-9)
    np.testing.assert_allclose(league.low, -league.high.T, atol=1e-12)
    assert (np.diag(league.p) == 1).all()


@given(effects(), st.floats(-5, 5))
def test_which_treatment_is_the_reference_does_not_matter(case: tuple[np.ndarray, np.ndarray], up: float) -> None:
    mean, covariance = case
    count = len(mean)
    shift = np.eye(count)
    shift[:, -1] -= 1.0  # every treatment against the last
    moved = shift @ covariance @ shift.T
    for one, other in (
        (p_scores(mean, covariance), p_scores(shift @ mean + up, moved)),
        (league_table(mean, covariance).se, league_table(shift @ mean + up, moved).se),
    ):
        np.testing.assert_allclose(one, other, atol=1e-6)


@given(effects())
def test_p_scores_average_a_half_and_turn_round(case: tuple[np.ndarray, np.ndarray]) -> None:
    scores = p_scores(*case)
    assert scores.mean() == pytest.approx(0.5)
    np.testing.assert_allclose(p_scores(*case, smaller_is_better=True), 1 - scores, atol=1e-12)


def test_sucra_of_draws_comes_to_the_p_scores() -> None:
    mean, covariance = senn.estimates(TAU2)
    draws = np.random.default_rng(0).multivariate_normal(mean, covariance, 200_000)
    ranks = rank_probabilities(draws, smaller_is_better=True)
    np.testing.assert_allclose(sucra(ranks), p_scores(mean, covariance, smaller_is_better=True), atol=0.004)


@given(st.integers(1, 40), st.integers(2, 6), st.integers(0, 2**31))
def test_ranks_are_those_of_smaa_and_sucra_is_the_mean_share_of_duels_won(draws: int, count: int, seed: int) -> None:
    drawn = np.random.default_rng(seed).integers(0, 4, (draws, count)).astype(float)  # with ties
    for smaller in (False, True):
        sign = -1 if smaller else 1
        found = rank_probabilities(drawn, smaller_is_better=smaller)
        theirs = smaa(sign * drawn[:, :, None] + 10.0, np.ones((draws, 1)))
        np.testing.assert_allclose(found, theirs.rank_acceptability, atol=1e-12)
        duels = (theirs.pairwise.sum(axis=1) - 0.5) / (count - 1)
        np.testing.assert_allclose(sucra(found), duels, atol=1e-12)


def test_what_is_sure_is_sure_and_what_is_equal_is_even() -> None:
    assert p_scores([3, 2, 1], np.zeros((3, 3))).tolist() == [1, 0.5, 0]
    assert p_scores([1, 1], np.zeros((2, 2))).tolist() == [0.5, 0.5]
    assert sucra(rank_probabilities([[3.0, 2.0, 1.0]])).tolist() == [1, 0.5, 0]
    assert league_table([1, 1], np.ones((2, 2))).se.tolist() == [[0, 0], [0, 0]]


def test_names_go_with_the_numbers() -> None:
    mean, covariance = senn.estimates()
    series = pd.Series(mean, index=senn.NAMES)
    frame = pd.DataFrame(covariance, index=senn.NAMES, columns=senn.NAMES)
    shuffled = frame.sample(frac=1, random_state=0).sample(frac=1, axis=1, random_state=1)
    league = league_table(series, shuffled)
    assert league.names == tuple(senn.NAMES)
    np.testing.assert_array_equal(league.se, league_table(mean, covariance).se)
    scores = p_scores(series, shuffled, smaller_is_better=True)
    assert scores.round(4).to_dict() == COMMON
    for kind in (pd.DataFrame, polars.DataFrame):
        table = kind(league.records())
        assert len(table) == 90
        assert list(table.columns) == ["treatment", "comparator", "estimate", "se", "low", "high", "p"]
    with pytest.raises(InputError, match="different names"):
        league_table(series, frame.rename(columns={"plac": "x"}))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: league_table([1, 2], np.eye(3)), "square"),
        (lambda: league_table([1, np.nan], np.eye(2)), "finite"),
        (lambda: league_table([1, 2], [[1, 0.5], [0.1, 1]]), "not symmetric"),
        (lambda: league_table([1, 2], [[1, 2], [2, 1]]), "vary less"),
        (lambda: league_table([1, 2], np.eye(2), ["a", "a"]), "all different"),
        (lambda: league_table([1, 2], np.eye(2), "ab"), "must be a list"),
        (lambda: league_table([1, 2], np.eye(2), level=95), "between 0 and 1"),
        (lambda: league_table([1, 2], np.eye(2), ["a", "b"]).against("c"), "no treatment 'c'"),
        (lambda: league_table([1, 2], np.eye(2)).ordered([1]), "as many scores"),
        (lambda: p_scores([1], [[1]]), "two treatments"),
        (lambda: rank_probabilities([1, 2]), "draws by treatments"),
        (lambda: rank_probabilities([[1, np.nan]]), "finite"),
        (lambda: sucra([[0.5, 0.4], [0.5, 0.6]]), "summing to 1"),
        (lambda: sucra([[1.0]]), "two at least"),
    ],
)
def test_bad_input_is_refused_in_words(call: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()  # type: ignore[operator]


def test_a_league_holds_what_it_was_made_of() -> None:
    league = league_table([0.0, 1.0], [[0, 0], [0, 4]], ["a", "b"])
    assert isinstance(league, League)
    assert (league.level, league.estimate[1, 0], league.se[1, 0]) == (0.95, 1, 2)


def test_what_rounds_to_nought_has_no_sign() -> None:
    league = league_table([0.0, -0.001], [[0.0, 0.0], [0.0, 1e-8]], ["a", "b"])
    assert league.cells() == [["a", "0.00 (0.00 to 0.00)"], ["0.00 (0.00 to 0.00)", "b"]]
    assert league.cells(3)[1][0] == "-0.001 (-0.001 to -0.001)"
    assert "-0.00 " not in str(league_plot(league))
    assert "-0.00 " not in str(forest_plot(*league.against("a")))


def test_ranks_that_two_treatments_take_for_sure_are_no_probabilities() -> None:
    with pytest.raises(InputError, match="summing to 1"):
        sucra([[1, 0], [1, 0]])


def test_ranks_go_by_their_names() -> None:
    draws = pd.DataFrame(np.random.default_rng(0).normal(np.arange(12) / 3, 1, (200, 12)), columns=list("abcdefghijkl"))
    ranks = rank_probabilities(draws)
    as_text = sorted(ranks.columns)  # "10" before "2", as a program sorts them
    assert as_text != list(ranks.columns)
    plain = sucra(ranks.to_numpy())
    for columns in (as_text, list(ranks.columns)[::-1]):
        np.testing.assert_array_equal(sucra(ranks[columns]), plain)
        np.testing.assert_array_equal(sucra(ranks[columns].rename(columns=lambda one: f"rank {one}")), plain)
        np.testing.assert_array_equal(sucra(ranks[columns].rename(columns=float)), plain)
        np.testing.assert_array_equal(sucra(polars.from_pandas(ranks[columns].reset_index()))["sucra"], plain)
        np.testing.assert_array_equal(sucra(ranks[columns].to_dict("list")), plain)
    np.testing.assert_array_equal(sucra(ranks.set_axis(range(12), axis=1)), plain)  # names that nobody gave
    found = smaa(np.eye(3), np.random.default_rng(0).dirichlet([1, 2, 3], 50))
    records = pd.DataFrame(found.records())[["rank 3", "rank 1", "rank 2"]]
    np.testing.assert_array_equal(sucra(records), sucra(found.rank_acceptability))
    for names in (range(2, 14), [*range(1, 12), 11], draws.columns):
        with pytest.raises(InputError, match="rank"):
            sucra(ranks.set_axis(names, axis=1))


@pytest.mark.parametrize("common", [0.02, 0.3, 0.9])
def test_a_trial_given_against_one_arm_is_the_trial_given_whole_where_that_arms_variance_is_said(common: float) -> None:
    """By generalised least squares on the arms, worked here; without it half of the smallest variance is taken."""
    y, own = {"a": 1.0, "b": 0.4, "p": 0.0}, {"a": 1.0, "b": 1.4, "p": common}
    pairs = [("a", "p"), ("b", "p"), ("a", "b")]
    columns = [
        ["s"] * 3,
        *zip(*pairs, strict=True),
        [y[a] - y[b] for a, b in pairs],
        [own[a] + own[b] for a, b in pairs],
    ]
    other = ("t", "a", "b", 0.1, 0.5)
    whole = network(contrasts(*([*c, x] for c, x in zip(columns, other, strict=True))), "p")
    some = [[*c[:2], x] for c, x in zip(columns, other, strict=True)]
    said = network(contrasts(*some, [common, common, np.nan]), "p")
    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]])
    v = np.array([[own["a"] + common, common, 0], [common, own["b"] + common, 0], [0, 0, 0.5]])
    expected = np.linalg.inv(x.T @ np.linalg.inv(v) @ x)
    np.testing.assert_allclose(said.covariance[1:, 1:], expected)
    np.testing.assert_allclose(whole.covariance[1:, 1:], expected)
    np.testing.assert_allclose(said.mean[1:], expected @ x.T @ np.linalg.inv(v) @ [1.0, 0.4, 0.1])
    guessed = (1.0 + common) / 2
    np.testing.assert_allclose(
        network(contrasts(*some), "p").covariance, network(contrasts(*some, [guessed, guessed, np.nan]), "p").covariance
    )
    with pytest.raises(InputError, match="comparator's variance"):
        network(contrasts(*some, [9.0, 9.0, np.nan]), "p")
    with pytest.raises(InputError, match="equally long"):
        contrasts(*some, [0.1])
