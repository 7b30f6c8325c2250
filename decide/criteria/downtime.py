"""Downtime: days that a session shows."""

from decide.alternatives.cell import Cell
from decide.alternatives.delivery import worse
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The days after a session; with a base the worse of the two."""
    own = context.main.downtime
    return worse(own, context.base.downtime) if context.base is not None else own
