"""Decision analysis on arrays: value functions, weights, scores, ranks. It knows no medicine and no money.

decide.mcda.weighted_sum(values, weights)                        # values in [0, 1], higher is better
decide.mcda.weighted_sum(matrix, weights, directions)            # raw performances, +1 or -1 per criterion
decide.mcda.smaa(values, weights)                                # either or both as draws: how sure is the order?
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decide.mcda.best_worst import BestWorst, best_worst
    from decide.mcda.break_even import BreakEven, break_even
    from decide.mcda.copras import copras
    from decide.mcda.information import evpi, evppi
    from decide.mcda.kendall import kendall_tau
    from decide.mcda.methods import METHODS, Method
    from decide.mcda.promethee import promethee_ii
    from decide.mcda.smaa import Smaa, smaa
    from decide.mcda.swing_weights import swing_weights
    from decide.mcda.topsis import topsis
    from decide.mcda.tornado import Tornado, tornado
    from decide.mcda.values import piecewise
    from decide.mcda.vikor import vikor
    from decide.mcda.weight_draws import rank_order_centroid, weights_for
    from decide.mcda.weight_stability import weight_stability
    from decide.mcda.weighted_product import weighted_product
    from decide.mcda.weighted_sum import ranks, weighted_sum
    from decide.mcda.weights import normalised

_PLACES = {
    "BestWorst": "decide.mcda.best_worst",
    "best_worst": "decide.mcda.best_worst",
    "BreakEven": "decide.mcda.break_even",
    "break_even": "decide.mcda.break_even",
    "copras": "decide.mcda.copras",
    "evpi": "decide.mcda.information",
    "evppi": "decide.mcda.information",
    "kendall_tau": "decide.mcda.kendall",
    "METHODS": "decide.mcda.methods",
    "Method": "decide.mcda.methods",
    "promethee_ii": "decide.mcda.promethee",
    "Smaa": "decide.mcda.smaa",
    "smaa": "decide.mcda.smaa",
    "swing_weights": "decide.mcda.swing_weights",
    "topsis": "decide.mcda.topsis",
    "Tornado": "decide.mcda.tornado",
    "tornado": "decide.mcda.tornado",
    "piecewise": "decide.mcda.values",
    "vikor": "decide.mcda.vikor",
    "rank_order_centroid": "decide.mcda.weight_draws",
    "weights_for": "decide.mcda.weight_draws",
    "weight_stability": "decide.mcda.weight_stability",
    "weighted_product": "decide.mcda.weighted_product",
    "ranks": "decide.mcda.weighted_sum",
    "weighted_sum": "decide.mcda.weighted_sum",
    "normalised": "decide.mcda.weights",
}

__all__ = [
    "METHODS",
    "BestWorst",
    "BreakEven",
    "Method",
    "Smaa",
    "Tornado",
    "best_worst",
    "break_even",
    "copras",
    "evpi",
    "evppi",
    "kendall_tau",
    "normalised",
    "piecewise",
    "promethee_ii",
    "rank_order_centroid",
    "ranks",
    "smaa",
    "swing_weights",
    "topsis",
    "tornado",
    "vikor",
    "weight_stability",
    "weighted_product",
    "weighted_sum",
    "weights_for",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'decide.mcda' has no attribute {name!r}")
    found = getattr(import_module(_PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
