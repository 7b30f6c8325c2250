"""How sure an order is, and what would change it.

- `sureness`: rank acceptability over joint draws, weight ranges, break-even prices, what is worth knowing.
- `frontier`: which options are dominated, and what a point more costs.
- `result`: what these hold.
"""
