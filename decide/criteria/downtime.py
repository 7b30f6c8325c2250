"""Downtime: days that a session shows."""

from decide.alternatives.cell import Cell
from decide.alternatives.delivery import downtime_of
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The days after a session; with a base the worse of the two."""
    return downtime_of(context.main, context.base)
