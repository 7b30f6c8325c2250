"""Every other method against pymcdm and scikit-criteria, which nobody here wrote, on random problems."""

import warnings
from collections.abc import Callable

import numpy as np
import pytest
import skcriteria
from hypothesis import given
from hypothesis import strategies as st
from pymcdm import methods, normalizations
from pymcdm.correlations import kendall_tau as pymcdm_tau
from scipy.stats import kendalltau
from skcriteria.agg import copras as sk_copras
from skcriteria.agg import topsis as sk_topsis
from skcriteria.agg import vikor as sk_vikor
from skcriteria.agg.simple import WeightedProductModel

from decide.errors import InputError
from decide.mcda import (
    METHODS,
    copras,
    kendall_tau,
    promethee_ii,
    ranks,
    topsis,
    vikor,
    weighted_product,
)

Problem = tuple[np.ndarray, np.ndarray, np.ndarray]
sizes = st.tuples(st.integers(2, 25), st.integers(1, 9), st.integers(0, 2**31))


def problem(size: tuple[int, int, int]) -> Problem:
    """A random problem whose last criterion is a cost, as COPRAS needs one."""
    options, criteria, seed = size
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(0.1, 100, (options, criteria))
    directions = rng.choice([-1, 1], criteria)
    directions[-1] = -1
    return matrix, rng.dirichlet(np.ones(criteria)), directions


def close(ours: np.ndarray, theirs: np.ndarray) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9)


@given(sizes)
def test_weighted_product_is_pymcdms(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    close(weighted_product(x, w, d), methods.WPM()(x, w, d, validation=False))


@given(sizes)
def test_topsis_is_pymcdms(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    close(topsis(x, w, d), methods.TOPSIS()(x, w, d, validation=False))
    theirs = methods.TOPSIS(normalizations.vector_normalization)(x, w, d, validation=False)
    close(topsis(x, w, d, normalise="vector"), theirs)


@given(sizes, st.floats(0, 1))
def test_vikor_is_pymcdms(size: tuple[int, int, int], v: float) -> None:
    x, w, d = problem(size)
    with np.errstate(all="ignore"):
        half, other = (methods.VIKOR(v=k)(x, w, d, validation=False) for k in (0.5, v))
    if np.isfinite(half).all():  # pymcdm divides zero by zero when all regrets are the same
        close(vikor(x, w, d), half)
        close(vikor(x, w, d, v=v), other)


@given(sizes)
def test_promethee_ii_is_pymcdms_under_every_preference(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    x = np.round(x / 10) * 10 + 1  # equal performances happen, and differences at the thresholds
    q, p = np.full(w.size, 10.0), np.full(w.size, 30.0)
    thresholds = {"usual": {}, "ushape": {"q": q}, "vshape": {"p": p}}
    for name in ("usual", "ushape", "vshape", "level", "vshape_2"):
        given_ = thresholds.get(name, {"p": p, "q": q})
        theirs = methods.PROMETHEE_II(name, **given_)(x, w, d, validation=False)
        close(promethee_ii(x, w, d, preference=name, **given_), theirs)


@given(sizes)
def test_copras_is_scikit_criterias(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    data = skcriteria.mkdm(x / x.sum(axis=0), [max if k > 0 else min for k in d], weights=w)
    close(copras(x, w, d), sk_copras.COPRAS().evaluate(data).e_.score / 100)


@given(sizes)
def test_copras_in_pymcdms_form_is_pymcdms(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    close(copras(x, w, d, form="pymcdm"), methods.COPRAS()(x, w, d, validation=False))


@pytest.mark.filterwarnings("ignore:Alternatives with indices")
def test_a_higher_cost_lowers_copras_though_not_in_pymcdms_form() -> None:
    x, w, d = [[5.0, 10.0], [5.0, 20.0]], [0.5, 0.5], [1, -1]
    cheap, dear = copras(x, w, d)
    assert cheap > dear
    cheap, dear = methods.COPRAS()(np.array(x), np.array(w), np.array(d))
    assert cheap < dear  # once this fails, pymcdm is mended and form="pymcdm" has had its day


@given(sizes)
def test_topsis_and_weighted_product_are_scikit_criterias(size: tuple[int, int, int]) -> None:
    x, w, d = problem(size)
    senses = [max if k > 0 else min for k in d]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scaled = skcriteria.mkdm(x / np.sqrt((x * x).sum(axis=0)), senses, weights=w)
        close(topsis(x, w, d, normalise="vector"), sk_topsis.TOPSIS().evaluate(scaled).e_.similarity)
    gains = skcriteria.mkdm(x, [max] * w.size, weights=w)
    theirs = WeightedProductModel().evaluate(gains).e_.score
    close(np.log10(weighted_product(x, w, normalise="none")), theirs)


@given(sizes, st.booleans())
def test_vikor_is_scikit_criterias_also_with_a_column_that_tells_nothing(
    size: tuple[int, int, int], level: bool
) -> None:
    x, w, d = problem(size)
    if level:
        x[:, 0] = 7.0
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        data = skcriteria.mkdm(x, [max if k > 0 else min for k in d], weights=w)
        theirs = sk_vikor.VIKOR(use_compromise_set=False).evaluate(data)
    close(vikor(x, w, d), theirs.e_.q_k)


@given(sizes, st.integers(1, 6), st.sampled_from(sorted(METHODS)), st.sampled_from(["matrix", "weights", "both"]))
def test_draws_are_the_same_as_one_at_a_time(size: tuple[int, int, int], draws: int, name: str, drawn: str) -> None:
    x, w, d = problem(size)
    rng = np.random.default_rng(size[2])
    score: Callable[..., np.ndarray] = METHODS[name].score
    xs = x * rng.uniform(0.5, 2, (draws, *x.shape)) if drawn != "weights" else x
    ws = rng.dirichlet(np.ones(w.size), draws) if drawn != "matrix" else w
    together = score(xs, ws, d)
    assert together.shape == (draws, len(x))
    for i in range(draws):
        alone = score(xs[i] if xs.ndim == 3 else xs, ws[i] if ws.ndim == 2 else ws, d)
        close(together[i], alone)


@given(sizes, st.sampled_from(sorted(METHODS)))
def test_a_dominated_option_never_scores_above_its_dominator(size: tuple[int, int, int], name: str) -> None:
    x, w, d = problem(size)
    x[0] = np.where(d > 0, x.max(axis=0), x.min(axis=0))
    score, sign, _ = METHODS[name]
    oriented = sign * score(x, w, d)
    assert oriented[0] >= oriented.max() - 1e-9
    assert ranks(oriented, 1e-9)[0] == 1


@pytest.mark.parametrize("name", sorted(METHODS))
def test_one_option_and_equal_options_have_a_score_and_tie(name: str) -> None:
    for options in (1, 5):
        scores = METHODS[name].score(np.full((options, 3), 2.0), [1, 2, 3], [1, -1, 1])
        assert np.isfinite(scores).all()
        assert len(set(scores.tolist())) == 1


@pytest.mark.parametrize("name", sorted(METHODS))
@pytest.mark.parametrize(
    ("matrix", "weights", "directions", "words"),
    [
        ([[1, np.nan]], [1, 1], [1, -1], "not a finite number"),
        ([[1, 2]], [0, 0], [1, -1], "all zero"),
        ([[[1, 2]], [[1, 2]]], [[0, 0], [1, 1]], [1, -1], "all zero"),
        ([[1, 2]], [-1, 2], [1, -1], "zero or more"),
        ([[1, 2]], [1, 2, 3], [1, -1], "as many weights"),
        ([[[1, 2]], [[1, 2]]], [[1, 1]] * 3, [1, -1], "do not fit"),
        ([1, 2], [1, 2], [1, -1], "options by criteria"),
        (np.empty((0, 2)), [1, 2], [1, -1], "at least one"),
        ([[1, 2]], [1, 2], [1, 0], "must be"),
    ],
)
def test_bad_input_is_refused_in_words(
    name: str, matrix: object, weights: object, directions: object, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        METHODS[name].score(matrix, weights, directions)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: weighted_product([[0, 1]], [1, 1]), "above zero"),
        (lambda: weighted_product([[1, 1]], [1, 1], normalise="max"), "sum or none"),
        (lambda: topsis([[1, 1]], [1, 1], normalise="sum"), "minmax, vector or none"),
        (lambda: vikor([[1, 1]], [1, 1], v=2), "between 0 and 1"),
        (lambda: copras([[1, 0], [1, 1]], [1, 1], [1, -1]), "costs"),
        (lambda: copras([[-1, 1]], [1, 1]), "zero or more"),
        (lambda: copras([[1, 1]], [1, 1], form="x"), "published or pymcdm"),
        (lambda: promethee_ii([[1, 1]], [1, 1], preference="gauss"), "preference must be"),
        (lambda: promethee_ii([[1, 1]], [1, 1], preference="vshape"), "needs p"),
        (lambda: promethee_ii([[1, 1]], [1, 1], preference="level", p=[1, 1], q=[1, 2]), "above q"),
        (lambda: kendall_tau([1, 2], [1]), "as many"),
        (lambda: kendall_tau([1, np.nan], [1, 2]), "finite"),
    ],
)
def test_what_a_method_cannot_use_is_refused_in_words(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
def test_kendalls_tau_is_scipys(pairs: list[tuple[int, int]]) -> None:
    a, b = zip(*pairs, strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = kendalltau(a, b).statistic
    np.testing.assert_allclose(kendall_tau(a, b), theirs, rtol=1e-12, atol=1e-12, equal_nan=True)


def test_kendalls_tau_is_pymcdms_without_ties() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.permutation(20), rng.permutation(20)
    assert kendall_tau(a, b) == pytest.approx(pymcdm_tau(a, b), abs=1e-12)
