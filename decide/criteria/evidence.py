"""Evidence: how sure it is that a thing helps at all, in stars (docs/method.md, section 4)."""

from decide.alternatives.cell import Cell
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The stars of the course's effect for the whole concern: a cell without a range."""
    stars = float(context.certainty.stars)
    return Cell(low=stars, typical=stars, high=stars, basis="studies")
