"""Cost: what a course comes to over the horizon, in the market's money (`decide.alternatives.costs`)."""

from decide.alternatives.cell import Cell
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The course's total."""
    return context.option.cost.total
