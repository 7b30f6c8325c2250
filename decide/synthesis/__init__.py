"""What studies say together: arms and contrasts in, means and covariance out, and how far to trust them.

`network` is the closed-form Bayesian network meta-analysis; it knows no dermatology. `decide.evidence` brings a
concern's studies to its rows, and gives the stars.
"""

from decide.synthesis.network import ArmRow, ContrastRow, Network, Prior, arms, network

__all__ = ["ArmRow", "ContrastRow", "Network", "Prior", "arms", "network"]
