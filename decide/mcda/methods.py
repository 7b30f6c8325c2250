"""The other methods on the same matrix, as a cross-check on the weighted sum, each with which way its scores point."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from decide.mcda.copras import copras
from decide.mcda.labelled import Array
from decide.mcda.promethee import promethee_ii
from decide.mcda.topsis import topsis
from decide.mcda.vikor import vikor
from decide.mcda.weighted_product import weighted_product


class Method(NamedTuple):
    """A method (matrix, weights, directions) -> scores; `sign * scores` is higher for the better option. One
    `from_nought` takes no negative cells.
    """

    score: Callable[..., Array]
    sign: int
    from_nought: bool = False


METHODS: Mapping[str, Method] = {
    "weighted_product": Method(weighted_product, +1, from_nought=True),
    "topsis": Method(topsis, +1),
    "vikor": Method(vikor, -1),
    "promethee_ii": Method(promethee_ii, +1),
    "copras": Method(copras, +1, from_nought=True),
}
