"""COPRAS: gains and costs summed apart, then joined in proportion."""

from typing import Literal

from numpy.typing import ArrayLike

from decide.errors import InputError
from decide.mcda.given import choice
from decide.mcda.labelled import Array, like
from decide.mcda.problems import checked
from decide.mcda.rounding import in_reach
from decide.mcda.weights import normalised

Form = Literal["published", "pymcdm"]


def copras(
    matrix: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike | None = None,
    *,
    form: Form = "published",
) -> Array:
    """Utility degree (options,) or (draws, options): each option's significance over the largest. Higher is better.

    Parameters
    ----------
    matrix : (options, criteria) or (draws, options, criteria), zero or more, no column of zeros alone; or a frame.
    weights : (criteria,) or (draws, criteria), zero or more, not all zero; only their ratios matter.
    directions : (criteria,) of +1 (higher is better, also when left out) and −1. Without any −1 the gains decide alone.
    form : "published", Q = S₊ + ΣS₋ / (S₋ Σ(1/S₋)), as in the source and in scikit-criteria. "pymcdm" is what pymcdm
        1.4.0 computes: its fraction cancels to Q = S₊ + S₋, under which a higher cost raises the score. It is here so
        that the difference can be shown, not to decide by.

    From a frame the scores come as one, with the options' names.

    Raises
    ------
    InputError : shapes or names that do not fit, numbers that are not finite or below zero, weights negative or all
        zero, an option whose weighted costs are all zero.

    Source: Zavadskas, Kaklauskas & Sarka, Technological and Economic Development of Economy 1 (1994) 131-139.
    """
    choice("form", form, Form)
    asked = checked(matrix, weights, directions)
    x = in_reach(asked.matrix, axis=-2)
    total = x.sum(axis=-2, keepdims=True)
    asked.refuse(x.min(axis=-2) < 0, "COPRAS needs numbers of zero or more")
    asked.refuse((total == 0)[..., 0, :], "COPRAS needs a number above zero in each column", "leave the criterion out")
    y = x / total * normalised(asked.weights)[..., None, :]
    costs_of = [] if asked.directions is None else [j for j, sign in enumerate(asked.directions) if sign < 0]
    gains_of = [j for j in range(y.shape[-1]) if j not in costs_of]
    significance = y[..., gains_of].sum(axis=-1)
    costs = y[..., costs_of].sum(axis=-1)
    if form == "pymcdm":
        significance = significance + costs
    elif costs.any():
        if (costs == 0).any():
            raise InputError("COPRAS cannot divide by the costs of an option whose weighted costs are all zero")
        # the least cost over each, which cannot overflow as one over each can
        least = costs.min(axis=-1, keepdims=True)
        share = costs.sum(axis=-1, keepdims=True) / (least / costs).sum(axis=-1, keepdims=True)
        significance = significance + share * (least / costs)
    scores: Array = like(matrix, significance / significance.max(axis=-1, keepdims=True), "score")
    return scores
