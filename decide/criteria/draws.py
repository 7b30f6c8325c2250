"""How many draws stand behind a figure: one number a purpose, each with its reason."""

ORDER = 2_000
"""Behind an order (P(best), acceptability): a share of a half is then known to about two points in a hundred, and the
draws of sixty options over eight criteria take a tenth of a second."""
PAIR = 20_000
"""Behind the chance that one of two helps more: its error is below half a percent, for only two columns are drawn."""
MOST = 200_000
"""More than this is refused: the memory for it would be gigabytes."""
