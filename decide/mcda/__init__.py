"""Decision analysis on arrays: value functions, weights, scores, ranks. It knows no medicine and no money.

decide.mcda.weighted_sum(values, weights)                        # values in [0, 1], higher is better
decide.mcda.weighted_sum(matrix, weights, directions)            # raw performances, +1 or -1 per criterion
decide.mcda.smaa(values, weights)                                # either or both as draws: how sure is the order?

Lists, arrays, mappings, and frames and series of pandas or polars all do; what has names goes by them
(`decide.mcda.labelled`), and what came as a frame goes out as one. Numbers that differ in their last digits only count
as equal, everywhere and by one measure (`decide.mcda.rounding`).
"""

from decide.mcda.best_worst import BestWorst, best_worst
from decide.mcda.break_even import BreakEven, break_even
from decide.mcda.copras import copras
from decide.mcda.expected import Worth, expected_value, expected_worth, moved
from decide.mcda.information import evpi, evppi
from decide.mcda.kendall import kendall_tau
from decide.mcda.methods import METHODS, Method
from decide.mcda.promethee import promethee_ii
from decide.mcda.smaa import Smaa, smaa
from decide.mcda.swing_weights import swing_weights
from decide.mcda.tiers import tiers
from decide.mcda.topsis import topsis
from decide.mcda.tornado import Tornado, tornado
from decide.mcda.values import piecewise
from decide.mcda.vikor import vikor
from decide.mcda.weight_draws import rank_order_centroid, weights_for
from decide.mcda.weight_stability import weight_stability
from decide.mcda.weighted_product import weighted_product
from decide.mcda.weighted_sum import ranks, weighted_sum
from decide.mcda.weights import normalised

__all__ = [
    "METHODS",
    "BestWorst",
    "BreakEven",
    "Method",
    "Smaa",
    "Tornado",
    "Worth",
    "best_worst",
    "break_even",
    "copras",
    "evpi",
    "evppi",
    "expected_value",
    "expected_worth",
    "kendall_tau",
    "moved",
    "normalised",
    "piecewise",
    "promethee_ii",
    "rank_order_centroid",
    "ranks",
    "smaa",
    "swing_weights",
    "tiers",
    "topsis",
    "tornado",
    "vikor",
    "weight_stability",
    "weighted_product",
    "weighted_sum",
    "weights_for",
]
