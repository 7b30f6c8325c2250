"""Q, its split, τ² and I² against what netmeta prints, and against plain least squares on arms."""

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from decide.errors import InputError
from decide.synthesis import cochran_q
from decide.synthesis.heterogeneity import chi_square_above
from tests.synthesis import senn

TABLE = (senn.STUDY, senn.TREATMENT, senn.COMPARATOR, senn.DIFFERENCE, senn.VARIANCE)


def test_the_split_is_what_netmeta_prints_for_senn2013() -> None:
    found = cochran_q(*TABLE)
    assert (round(found.total.q, 2), found.total.df) == (96.99, 18)
    assert (round(found.within.q, 2), found.within.df) == (74.46, 11)
    assert (round(found.between.q, 2), found.between.df, round(found.between.p, 4)) == (22.53, 7, 0.0021)
    assert (round(found.tau2, 4), round(found.tau2**0.5, 4), round(found.i2, 3)) == (0.1087, 0.3297, 0.814)
    assert found.total.p < 1e-4
    assert found.within.p < 1e-4


def test_each_design_is_what_decomp_design_prints_for_senn2013() -> None:
    found = {":".join(design): q for design, q in cochran_q(*TABLE).designs.items()}
    printed = {
        "benf:plac": (4.38, 1, 0.0363),
        "metf:plac": (42.16, 2, 0.0),
        "metf:rosi": (0.19, 1, 0.6655),
        "migl:plac": (6.45, 2, 0.0398),
        "plac:rosi": (21.27, 5, 0.0007),
    }
    assert {name: (round(q.q, 2), q.df, round(q.p, 4)) for name, q in found.items()} == printed


def contrasts(study: np.ndarray, treatment: np.ndarray, y: np.ndarray, v: np.ndarray) -> pd.DataFrame:
    """All comparisons of each trial's arms."""
    rows = []
    for one in np.unique(study):
        arms = np.flatnonzero(study == one)
        for k, i in enumerate(arms):
            rows += [(f"s{one}", treatment[i], treatment[j], y[i] - y[j], v[i] + v[j]) for j in arms[k + 1 :]]
    return pd.DataFrame(rows, columns=["study", "treatment", "comparator", "difference", "variance"])


def residual(columns: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[float, int]:
    """Weighted sum of squares that a linear model of the arms leaves, and its degrees of freedom."""
    root = 1 / np.sqrt(v)
    fitted = np.linalg.lstsq(columns * root[:, None], y * root, rcond=None)[0]
    kept = (y - columns @ fitted) * root
    return float(kept @ kept), len(y) - int(np.linalg.matrix_rank(columns))


@given(st.integers(0, 2**31), st.integers(2, 5), st.integers(2, 10))
def test_the_split_is_that_of_plain_models_of_the_arms(seed: int, treatments: int, trials: int) -> None:
    rng = np.random.default_rng(seed)
    held = [rng.choice(treatments, int(rng.integers(2, treatments + 1)), replace=False) for _ in range(trials)]
    held[0] = np.arange(treatments)  # one trial of all, so that the network is in one piece
    study = np.repeat(np.arange(trials), [len(one) for one in held])
    treatment = np.concatenate(held)
    y, v = rng.normal(0, 3, study.size), rng.uniform(0.2, 4, study.size)
    design = np.array(["".join(map(str, sorted(held[s]))) for s in study])
    by_study = (study[:, None] == np.unique(study)).astype(float)
    by_treatment = (treatment[:, None] == np.arange(treatments)).astype(float)
    cells = np.char.add(np.char.add(design, ":"), treatment.astype(str))
    by_cell = (cells[:, None] == np.unique(cells)).astype(float)
    total, df = residual(np.hstack([by_study, by_treatment]), y, v)
    within, df_within = residual(np.hstack([by_study, by_cell]), y, v)
    found = cochran_q(*contrasts(study, treatment, y, v).to_dict("list").values(), tolerance=1e-9)
    assert (found.total.df, found.within.df, found.between.df) == (df, df_within, df - df_within)
    assert found.total.q == pytest.approx(total, abs=1e-8)
    assert found.within.q == pytest.approx(within, abs=1e-8)
    assert found.between.q == pytest.approx(total - within, abs=1e-8)
    assert found.within.q == pytest.approx(sum(q.q for q in found.designs.values()))
    assert 0 <= found.i2 <= 1


def test_two_trials_of_one_comparison_have_the_moments_estimate_of_dersimonian_and_laird() -> None:
    y, v = np.array([1.0, 3.0, 2.0]), np.array([0.5, 0.25, 1.0])
    found = cochran_q(["a", "b", "c"], ["x"] * 3, ["y"] * 3, y, v)
    w = 1 / v
    q = float(w @ (y - w @ y / w.sum()) ** 2)
    assert found.total.q == pytest.approx(q)
    assert found.tau2 == pytest.approx((q - 2) / (w.sum() - (w**2).sum() / w.sum()))
    assert found.between == (0.0, 0, pytest.approx(float("nan"), nan_ok=True))


def test_the_expected_q_is_its_degrees_of_freedom_and_what_tau2_adds() -> None:
    # trials of three arms that agree but for noise and a known spread between trials
    rng = np.random.default_rng(0)
    study, treatment = np.repeat(np.arange(300), 3), np.tile(np.arange(3), 300)
    v = rng.uniform(0.1, 0.5, study.size)
    y = treatment + rng.normal(0, np.sqrt(v)) + rng.normal(0, np.sqrt(0.4 / 2), study.size)
    found = cochran_q(*contrasts(study, treatment, y, v).to_dict("list").values())
    assert found.tau2 == pytest.approx(0.4, rel=0.15)


@given(st.floats(0, 400), st.integers(1, 80))
def test_the_chance_of_chi_square_is_scipys(x: float, df: int) -> None:
    assert chi_square_above(x, df) == pytest.approx(float(chi2.sf(x, df)), rel=1e-9, abs=1e-300)


def test_frames_of_either_library_give_their_columns() -> None:
    frame = pd.DataFrame(dict(zip(["study", "t", "c", "d", "v"], TABLE, strict=True)))
    for table in (frame, polars.from_pandas(frame), frame.sample(frac=1, random_state=0)):
        found = cochran_q(table["study"], table["t"], table["c"], table["d"], table["v"])
        assert found.total.q == pytest.approx(cochran_q(*TABLE).total.q)


THREE = (["s"] * 3, ["a", "a", "b"], ["b", "c", "c"], [1.0, 3.0, 2.0], [2.0, 2.0, 2.0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({3: [1.0, 3.0, 2.5]}, "do not add up"),
        ({4: [2.0, 2.0, 9.0]}, "variances of study 's' contradict"),
        ({4: [2.0, 0.0, 2.0]}, "'s' must be above zero"),
        ({4: [2.0, np.nan, 2.0]}, "finite"),
        ({3: [1.0, np.inf, 2.0]}, "finite"),
        ({1: ["a", "a", "c"]}, "with itself"),
        ({2: ["b", "b", "c"]}, "twice"),
        ({0: ["s", "s"]}, "equally long"),
        ({0: "sss"}, "must be a list"),
        ({4: ["2", "2", "2"]}, "text where numbers"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_in_words(change: dict[int, object], words: str) -> None:
    cochran_q(*THREE)
    with pytest.raises(InputError, match=words):
        cochran_q(*[change.get(k, column) for k, column in enumerate(THREE)])


def test_a_trial_without_all_its_comparisons_and_a_network_in_pieces_are_refused() -> None:
    with pytest.raises(InputError, match=r"3 treatments and 2 comparisons.*give all 3"):
        cochran_q(*[column[:2] for column in THREE])
    with pytest.raises(InputError, match="in pieces"):
        cochran_q(["s", "t"], ["a", "c"], ["b", "d"], [1, 1], [1, 1])
