"""Weights from points given to swings."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.errors import InputError
from decide.mcda.problems import weights_as_given
from decide.mcda.weights import normalised


def swing_weights(points: ArrayLike) -> NDArray[np.float64]:
    """Weights (criteria,) summing to 1 from points (criteria,): what each swing from worst to best is worth.

    The swing that matters most gets the most points (100 by custom), every other its part of that, 0 if it does not
    matter.

    Raises
    ------
    InputError : points that are not one number a criterion, negative, or all zero.

    Source: von Winterfeldt & Edwards, Decision Analysis and Behavioral Research (1986), ch. 8.
    """
    if weights_as_given(points)[0].ndim != 1:
        raise InputError("points must be one number per criterion")
    return normalised(points)
