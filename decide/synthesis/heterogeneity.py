"""How far the trials of a network disagree: Cochran's Q, and where it comes from.

Q is the weighted sum of squares that comparisons within trials keep from the common-effect estimates of the network. It
splits by designs (which treatments a trial compares): within designs trials of the same treatments disagree, which is
heterogeneity; between designs direct and indirect comparisons do, which is inconsistency.

Sources: Higgins et al., Research Synthesis Methods 3 (2012) 98-110; Krahn, Binder & König, BMC Medical Research
Methodology 13 (2013) 35 (the split); Jackson, White & Riley, Statistics in Medicine 31 (2012) 3805-3820 (τ²);
names and figures as `netmeta` and `decomp.design` of the R package netmeta print them.
"""

import math
from typing import NamedTuple


class Q(NamedTuple):
    """A sum of squares, its degrees of freedom, and the chance of one as large if trials agreed (NaN for none)."""

    q: float
    df: int
    p: float


class Heterogeneity(NamedTuple):
    """Q of the whole network, its parts within and between designs, and each design's own part.

    `designs` holds, for every set of treatments that more than one trial compares, the part its trials disagree among
    themselves. `tau2` is the variance between trials of one comparison by the method of moments, `i2` the share of the
    total that is more than chance, from 0 to 1.
    """

    total: Q
    within: Q
    between: Q
    designs: dict[tuple[str, ...], Q]
    tau2: float
    i2: float


def chi_square_above(x: float, df: int) -> float:
    """The chance that χ² with `df` degrees of freedom is above x; NaN without any.

    The finite sums for whole degrees of freedom (Abramowitz & Stegun 26.4.4 and 26.4.5).
    """
    if df <= 0:
        return math.nan
    half = x / 2.0
    if df % 2 == 0:
        term, found = 1.0, 1.0
        for k in range(1, df // 2):
            term *= half / k
            found += term
        return min(1.0, found * math.exp(-half))
    found, term = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2.0 * math.exp(-half)
    for k in range(3, df + 1, 2):
        found += term
        term *= x / k
    return min(1.0, found)


def as_q(value: float, df: int) -> Q:
    """A sum of squares with the chance of one as large."""
    return Q(value, df, chi_square_above(value, df))
