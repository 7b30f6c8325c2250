"""Cost against effect: which options are worth their money, on arrays. It knows no medicine.

decide.economics.icers(cost, effect, names)               # the incremental table, as dampack prints it
decide.economics.frontier(cost, effect)                   # indices of the options on it
decide.economics.ceac(cost, effect, thresholds)           # draws in: probability that each option is the best buy
decide.economics.evpi(cost, effect, thresholds)           # what it would be worth to know for certain
decide.economics.evppi(cost, effect, thresholds, draws)   # and to know some parameters, each alone or several together

Cost and effect each hold one number an option, or draws by options; a threshold is what one more unit of effect is
worth, in units of cost. More effect is better, less cost is better.
"""

from decide.economics.frontier import Icer, frontier, icers
from decide.economics.uncertainty import (
    Ceaf,
    ceac,
    ceaf,
    evpi,
    evppi,
    expected_loss,
    net_benefit,
    nhb,
    nmb,
)

__all__ = [
    "Ceaf",
    "Icer",
    "ceac",
    "ceaf",
    "evpi",
    "evppi",
    "expected_loss",
    "frontier",
    "icers",
    "net_benefit",
    "nhb",
    "nmb",
]
