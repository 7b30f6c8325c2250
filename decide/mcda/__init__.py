"""Decision analysis on arrays: value functions, weights, scores, ranks. It knows no medicine and no money.

decide.mcda.weighted_sum(values, weights)                        # values in [0, 1], higher is better
decide.mcda.weighted_sum(matrix, weights, directions)            # raw performances, +1 or -1 per criterion
"""

from decide.mcda.values import piecewise
from decide.mcda.weighted_sum import ranks, weighted_sum
from decide.mcda.weights import normalised

__all__ = ["normalised", "piecewise", "ranks", "weighted_sum"]
