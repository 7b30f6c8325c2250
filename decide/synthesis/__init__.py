"""What studies say together: arms and contrasts in, means and covariance out, and how far to trust them.

`network` is the closed-form Bayesian network meta-analysis; it knows no dermatology. League tables, P-scores, SUCRA,
Cochran's Q and plots stand on its means and covariance, or on anybody's. `decide.evidence` brings a
concern's studies to its rows, and gives the stars.
"""

from decide.synthesis.comparisons import League, league_table, p_scores, rank_probabilities, sucra
from decide.synthesis.heterogeneity import Heterogeneity, cochran_q
from decide.synthesis.network import ArmRow, ContrastRow, Network, Prior, arms, network
from decide.synthesis.plots import forest_plot, league_plot

__all__ = [
    "ArmRow",
    "ContrastRow",
    "Heterogeneity",
    "League",
    "Network",
    "Prior",
    "arms",
    "cochran_q",
    "forest_plot",
    "league_plot",
    "league_table",
    "network",
    "p_scores",
    "rank_probabilities",
    "sucra",
]
