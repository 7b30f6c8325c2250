"""What studies say together: arms and differences in, gains with their doubt out, and how far to trust them.

`network` is network meta-analysis in closed form, from the usual one to a full model of a field; it knows no
dermatology. League tables, P-scores, SUCRA, Cochran's Q and plots stand on its means and covariance, or on anybody's.
"""

from decide.synthesis.comparisons import League, league_table, p_scores, rank_probabilities, sucra
from decide.synthesis.heterogeneity import Heterogeneity
from decide.synthesis.levels import Problem, Scale, scale_step
from decide.synthesis.model import Gains, Kinds, Levels, LogNormal, Model, Outliers, Prior
from decide.synthesis.network import Network, network
from decide.synthesis.plots import forest_plot, league_plot
from decide.synthesis.posterior import Joint, Posterior
from decide.synthesis.questions import Asked
from decide.synthesis.rows import ArmRow, ContrastRow, Study, arms, contrasts
from decide.synthesis.shares import Share, mean_on_scale, nearest_half, share_on_scale
from decide.synthesis.spreads import cochran_q

__all__ = [
    "ArmRow",
    "Asked",
    "ContrastRow",
    "Gains",
    "Heterogeneity",
    "Joint",
    "Kinds",
    "League",
    "Levels",
    "LogNormal",
    "Model",
    "Network",
    "Outliers",
    "Posterior",
    "Prior",
    "Problem",
    "Scale",
    "Share",
    "Study",
    "arms",
    "cochran_q",
    "contrasts",
    "forest_plot",
    "league_plot",
    "league_table",
    "mean_on_scale",
    "nearest_half",
    "network",
    "p_scores",
    "rank_probabilities",
    "scale_step",
    "share_on_scale",
    "sucra",
]
