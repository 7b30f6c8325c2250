"""COPRAS: gains and costs summed apart, then joined in proportion."""

from typing import Literal

from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.problems import Array, problems


def copras(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    form: Literal["published", "pymcdm"] = "published",
) -> Array:
    """Utility degree (options,) or (draws, options): each option's significance over the largest. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), zero or more, no column of zeros alone.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1. Without any −1 the gains decide alone.
    form : "published", Q = S₊ + ΣS₋ / (S₋ Σ(1/S₋)), as in the source and in scikit-criteria. "pymcdm" is what pymcdm
        1.4.0 computes: its fraction cancels to Q = S₊ + S₋, under which a higher cost raises the score. It is here so
        that the difference can be shown, not to decide by.

    Raises
    ------
    InputError : shapes that do not fit, numbers that are not finite or below zero, weights negative or all zero, an
        option whose weighted costs are all zero.

    Source: Zavadskas, Kaklauskas & Sarka, Technological and Economic Development of Economy 1 (1994) 131-139.
    """
    x, w, d = problems(matrix, weights, directions)
    total = x.sum(axis=-2, keepdims=True)
    if (x < 0).any() or (total == 0).any():
        raise InputError("COPRAS needs numbers of zero or more, and no column of zeros alone")
    y = x / total * w
    significance = y[..., d > 0].sum(axis=-1)
    costs = y[..., d < 0].sum(axis=-1)
    if form == "pymcdm":
        significance = significance + costs
    elif form != "published":
        raise InputError(f"unknown form {form!r}", "published or pymcdm")
    elif costs.any():
        if (costs == 0).any():
            raise InputError("COPRAS cannot divide by the costs of an option whose weighted costs are all zero")
        share = costs.sum(axis=-1, keepdims=True) / (1.0 / costs).sum(axis=-1, keepdims=True)
        significance = significance + share / costs
    result: Array = significance / significance.max(axis=-1, keepdims=True)
    return result
