"""Speed: weeks until a result shows."""

from decide.alternatives.cell import Cell
from decide.alternatives.delivery import unknown
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The weeks of what the course is named for; a stand-in where no fact says."""
    return context.main.figure("onset-weeks") or unknown(criterion)
