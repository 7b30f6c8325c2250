"""The best-worst method: weights from comparing every criterion with the best and with the worst of them."""

from collections.abc import Hashable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda.labelled import Names, like, place_of, told, two
from decide.mcda.rounding import level

Array = NDArray[np.float64]

_SCALE = 9.0


@dataclass(frozen=True, eq=False)
class BestWorst:
    """`weights` (criteria,) summing to 1 and how well the comparisons fit together.

    deviation : ξ, the largest deviation any comparison is left with, in units of weight; 0 when all fit.
    consistency_ratio : the input-based ratio: 0 when all comparisons agree, above 1 only where one of them passes the
        comparison of best with worst; large values call for asking again.
    least_consistent : the criterion whose two comparisons disagree most, by name where they have names.
    """

    weights: Array
    deviation: float
    consistency_ratio: float
    least_consistent: Hashable


def best_worst(best_to_others: ArrayLike, others_to_worst: ArrayLike, best: Hashable, worst: Hashable) -> BestWorst:
    """Weights that keep the largest deviation from the comparisons smallest (the linear best-worst method).

    Parameters
    ----------
    best_to_others : (criteria,), how many times as important the best is as each, 1 to 9; 1 for itself.
    others_to_worst : (criteria,), how many times as important each is as the worst, 1 to 9; 1 for itself.
    best, worst : which criteria these are, by place or, where the comparisons have names, by name. From a series the
        weights come as one.

    Minimise ξ with |w_B − a_j w_j| ≤ ξ, |w_j − c_j w_W| ≤ ξ, Σw = 1, w ≥ 0; no linear programme is needed. Take w_W as
    the unit and let b stand for w_B. A criterion between can keep both its bounds when ξ ≥ |b − a_j c_j| / (1 + a_j),
    and the pair best-worst itself when ξ ≥ |b − a_W|. The least ξ(b) is thus a maximum of tents turned over, and the
    other weights are as large as it lets them be, as only ξ over the sum of all weights counts. That sum is concave in
    b along each straight piece of ξ and positive where the piece meets zero, so ξ over it falls where ξ falls and rises
    where ξ rises: the one optimum is the lowest point of ξ(b), where the two tents furthest apart cross.

    Raises
    ------
    InputError : comparisons of different lengths, outside 1 to 9, not 1 with itself, or best and worst disagreeing.

    Source: Rezaei, Omega 64 (2016) 126-130 (linear form); Liang, Brunelli & Rezaei, Omega 96 (2020) 102175 (ratio).
    """
    a, c, best, worst, names = _comparisons(best_to_others, others_to_worst, best, worst)
    times = float(a[worst])
    between = np.ones(a.size, dtype=bool)
    between[[best, worst]] = False
    a, c = a[between], c[between]
    fits = np.append(a * c, times)
    reach = np.append(1.0 + a, 1.0)
    least = np.abs(fits[:, None] - fits) / (reach[:, None] + reach)
    pair = list(np.unravel_index(least.argmax(), least.shape))
    xi = float(least.max())
    lower = pair[int(fits[pair].argmin())]
    b = float(fits[lower] + xi * reach[lower])
    shares = np.minimum((b + xi) / a, c + xi)
    total = b + 1.0 + float(shares.sum())
    weights = np.empty(between.size)
    weights[between], weights[best], weights[worst] = shares, b, 1.0
    gaps = np.zeros(between.size)
    if times > 1:
        gaps[between] = np.abs(a * c - times) / (times * times - times)
    weights = like(best_to_others, weights / total, "weight")
    worst_fit = int(gaps.argmax())
    return BestWorst(weights, xi / total, float(gaps.max()), worst_fit if names is None else names[worst_fit])


def _comparisons(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, best: Hashable, worst: Hashable
) -> tuple[Array, Array, int, int, Names | None]:
    a, c, names = two(("best_to_others", "others_to_worst"), best_to_others, others_to_worst)
    if a.ndim != 1 or a.shape != c.shape or a.size < 2:
        raise InputError("both rows of comparisons must hold one number per criterion, two criteria at least")
    best, worst = place_of("best", best, names, a.size), place_of("worst", worst, names, a.size)
    if best == worst:
        raise InputError("the best and the worst must be two of the criteria")
    if not all(((row >= 1) & (row <= _SCALE)).all() for row in (a, c)):
        raise InputError("comparisons go from 1 (as important) to 9 (nine times as important)")
    if a[best] != 1 or c[worst] != 1:
        raise InputError("the best compared with itself, and the worst with itself, must be 1")
    if not level(a[worst], c[best]):
        raise InputError("the best compared with the worst must be the same number in both rows")
    return a, c, best, worst, told(names)
