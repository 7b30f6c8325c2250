"""Effort: visits, renewals included, and a share of one for each month of daily use at home."""

from decide.alternatives.cell import Cell
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """Visits and months of the course; what is added is given at the visit of what it is added to."""
    option = context.option
    lines = option.cost.lines
    visits = max((line.units[1] for line in lines if line.unit == "session" and not line.renewal), default=0)
    effort = visits + option.renewals + context.catalog.constant("effort-per-home-month") * (option.months or 0.0)
    return Cell(low=effort, typical=effort, high=effort, basis="facts")
