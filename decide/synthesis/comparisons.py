"""What a network says of every pair of its treatments, and in which order they stand.

Everything here takes the treatments' means and their covariance, whoever estimated them: `Network.mean` and
`Network.covariance`, a posterior's, or another program's. A reference that is fixed at 0 is a treatment of mean 0 and
variance 0. Only differences between treatments count, so it does not matter which one is the reference.
"""

import re
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.given import flag
from decide.mcda.labelled import Array, framed, like, matched, number, renamed, table, told, vector, whole
from decide.mcda.normal import phi
from decide.mcda.places import places, share, shared
from decide.mcda.problems import finite
from decide.mcda.rounding import ROUNDING, difference
from decide.synthesis.labels import known, label


class Comparisons(NamedTuple):
    """Each other treatment against one: `estimate`, and the ends of its interval."""

    names: tuple[str, ...]
    estimate: Array
    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class League:
    """Every treatment against every other: row minus column, (treatments, treatments).

    `estimate` and its standard error `se`, the interval `low` to `high` of probability `level`, and the two-sided
    p-value `p` of no difference; on the diagonal 0, 0, 0, 0 and 1.
    """

    names: tuple[str, ...]
    estimate: Array
    se: Array
    low: Array
    high: Array
    p: Array
    level: float

    def records(self) -> list[dict[str, Any]]:
        """One flat row for each pair, as pandas.DataFrame and polars.DataFrame take them."""
        return [
            {
                "treatment": self.names[i],
                "comparator": self.names[j],
                **{part: float(getattr(self, part)[i, j]) for part in ("estimate", "se", "low", "high", "p")},
            }
            for i in range(len(self.names))
            for j in range(len(self.names))
            if i != j
        ]

    def cells(self, digits: int = 2) -> list[list[str]]:
        """The table as it is printed: names on the diagonal, elsewhere "estimate (low to high)" of row minus column."""

        places = whole("digits", digits, 0, 20)

        def told_as(i: int, j: int) -> str:
            if i == j:
                return self.names[i]
            e, low, high = (shown(part[i, j], places) for part in (self.estimate, self.low, self.high))
            return f"{e} ({low} to {high})"

        every = range(len(self.names))
        return [[told_as(i, j) for j in every] for i in every]

    def against(self, comparator: str) -> Comparisons:
        """Every other treatment minus this one.

        Raises
        ------
        InputError : no treatment of that name.
        """
        j = self.names.index(known("treatment", label("a comparator", comparator), self.names))
        others = [i for i in range(len(self.names)) if i != j]
        names = tuple(self.names[i] for i in others)
        return Comparisons(names, self.estimate[others, j], self.low[others, j], self.high[others, j])

    def ordered(self, scores: ArrayLike) -> "League":
        """The same table with the treatments of the highest scores (treatments,) first, P-scores perhaps.

        Scores with names, in a series or a mapping, go by them.

        Raises
        ------
        InputError : scores of other treatments, or that are not finite.
        """
        s, own = vector("scores", scores)
        if s.shape != (len(self.names),):
            raise InputError(f"{len(self.names)} treatments need as many scores, not {s.size}")
        called = told(own)
        called = None if called is None else tuple(label("a treatment", one) for one in called)
        s = matched("scores", s, called, "the league", self.names)
        finite("scores", s)
        order = np.argsort(-s, kind="stable")
        parts = {part: getattr(self, part)[np.ix_(order, order)] for part in ("estimate", "se", "low", "high", "p")}
        return League(tuple(self.names[i] for i in order), **parts, level=self.level)


def shown(value: float, digits: int) -> str:
    """A number as it is printed; what rounds to nought has no sign."""
    return f"{value:z.{digits}f}"


def league_table(mean: ArrayLike, covariance: ArrayLike, names: Any = None, *, level: float = 0.95) -> League:
    """All comparisons of treatments with one another.

    Parameters
    ----------
    mean : (treatments,), their effects on one scale, against anything.
    covariance : (treatments, treatments) of the means.
    names : (treatments,), all different; the index of a series when left out, or else "1", "2" … Beside means with
        names, the same names in another order change nothing, and new ones rename in the order they stand.
    level : the probability of the intervals, which are normal; from 0 to below 1.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite, a covariance that is not one, a level
        outside 0 to 1.

    Source: as `netleague` of the R package netmeta (Balduzzi et al., J Stat Softw 106 (2023) 2) has it.
    """
    level = number("a level", level, 0, 1 - 1e-12)
    m, c, called = _effects(mean, covariance, names)
    estimate, se = _differences(m, c)
    reach = NormalDist().inv_cdf(0.5 + level / 2) * se
    p = 2.0 * phi(-np.abs(_standardised(estimate, se)))
    return League(called, estimate, se, estimate - reach, estimate + reach, p, level)


def p_scores(mean: ArrayLike, covariance: ArrayLike, *, smaller_is_better: bool = False) -> Array:
    """How surely each treatment (treatments,) is better than the others, on average over them; from 0 to 1.

    The mean over all others of Φ(difference / standard error): what `sucra` of rank probabilities comes to, without
    drawing. Their mean is ½. From a series of means a series.

    Parameters and errors are those of `league_table`.

    Source: Rücker & Schwarzer, BMC Medical Research Methodology 15 (2015) 58.
    """
    m, c, _ = _effects(mean, covariance, None)
    smaller_is_better = flag("smaller_is_better", smaller_is_better)
    if len(m) < 2:
        raise InputError("there must be two treatments at least to compare")
    sure = phi(_standardised(*_differences(-m if smaller_is_better else m, c)))
    scores: Array = like(mean, (sure.sum(axis=1) - 0.5) / (len(m) - 1), "P-score")
    return scores


def rank_probabilities(draws: ArrayLike, *, smaller_is_better: bool = False) -> Array:
    """The share of draws (draws, treatments) in which each treatment takes each rank: (treatments, ranks).

    A frame comes back as one, its columns the rows.

    k treatments that tie (to within rounding) fill k ranks, a kth of each. Rows and columns sum to 1.

    Raises
    ------
    InputError : draws that are not finite numbers, draws by treatments.

    Source: Salanti, Ades & Ioannidis, Journal of Clinical Epidemiology 64 (2011) 163-171.
    """
    d, _, names = table("draws", draws)
    smaller_is_better = flag("smaller_is_better", smaller_is_better)
    if d.ndim != 2 or not d.size:
        raise InputError("draws must be draws by treatments, one of each at least")
    count = d.shape[1]
    shares = np.zeros((count, count))
    for start in range(0, len(d), step := max(1, 100_000 // count)):
        some = d[start : start + step]
        placing = places(-some if smaller_is_better else some, ROUNDING)
        for i in range(count):
            shares[i] += np.bincount(placing.place[:, i], minlength=count)
        share(shared(placing.ties, shares), shares, shares)
    result: Array = framed(draws, shares / len(d), names or (), None, "treatment")
    return result


def sucra(probabilities: ArrayLike) -> Array:
    """Surface under the cumulative ranking curve (treatments,) of rank probabilities (treatments, ranks).

    1 for a treatment that is sure to be first, 0 for one that is sure to be last: (ranks − expected rank)/(ranks − 1).
    Columns with names are put in order by the number in each ("2", "rank 2"), from 1.

    Raises
    ------
    InputError : what is no table of probabilities, as many ranks as treatments, rows and columns summing to 1; columns
        whose names are not those of the ranks.

    Source: Salanti, Ades & Ioannidis, Journal of Clinical Epidemiology 64 (2011) 163-171.
    """
    shares, _, columns = table("rank probabilities", probabilities)
    square = shares.ndim == 2 and shares.shape[0] == shares.shape[1] >= 2
    sums = [shares.sum(axis=axis) for axis in range(2)] if square else []
    if not square or not (shares >= 0).all() or not np.allclose(sums, 1.0):
        raise InputError("rank probabilities must be treatments by ranks, two at least, rows and columns summing to 1")
    count = len(shares)
    if named := told(columns):
        numbered = [re.fullmatch(r"\D*(\d+)\D*", label("a rank", one)) for one in named]
        called = tuple(int(found[1]) if found else None for found in numbered)
        shares = matched("the columns", shares, called, "the ranks", tuple(range(1, count + 1)))
    result: Array = like(probabilities, (count - shares @ np.arange(1.0, count + 1)) / (count - 1), "sucra")
    return result


def _effects(mean: Any, covariance: Any, names: Any) -> tuple[Array, Array, tuple[str, ...]]:
    m, known = vector("means", mean)
    c, rows, columns = table("covariance", covariance)
    c = matched("covariance", matched("covariance", c, columns, "means", known).T, rows, "means", known).T
    if m.ndim != 1 or not m.size or c.shape != (m.size, m.size):
        raise InputError(f"means must be one for each treatment, and their covariance square, not {c.shape}")
    if not (np.isfinite(m).all() and np.isfinite(c).all()):
        raise InputError("means and their covariance must be finite numbers")
    size = float(np.abs(c).max())
    if not np.allclose(c, c.T, atol=1e-9 * size) or np.linalg.eigvalsh((c + c.T) / 2)[0] < -1e-9 * max(size, 1e-300):
        raise InputError(
            "that is no covariance: it is not symmetric, or some difference would vary less than not at all"
        )
    known = told(known)
    called = [str(name) for name in known] if known else [str(i + 1) for i in range(m.size)]
    if names is not None:
        called = renamed("treatment", names, "means", known)
    if len(called) != m.size or len(set(called)) != m.size:
        raise InputError(f"{m.size} treatments need as many names, all different")
    return m, c, tuple(called)


def _differences(mean: Array, covariance: Array) -> tuple[Array, Array]:
    variance = np.diag(covariance)
    spread = variance[:, None] + variance - covariance - covariance.T
    # what is left of numbers that cancel is no spread
    spread = np.where(spread > 1e-14 * (variance[:, None] + variance), spread, 0.0)
    size = np.maximum(np.abs(mean[:, None]), np.abs(mean))
    return difference(mean[:, None], mean, size), np.sqrt(spread)


def _standardised(difference: Array, se: Array) -> Array:
    sure = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    result: Array = np.divide(difference, se, out=sure, where=se > 0)
    return result
