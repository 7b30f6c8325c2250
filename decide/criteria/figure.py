"""A figure: any criterion that practice facts of one kind speak of, without a module of its own."""

from functools import reduce

from decide.alternatives.cell import Cell
from decide.alternatives.delivery import unknown, worse
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """What the facts of the criterion's kind say, by the ladder of `Delivery.figure`; with a base the worse of the two;
    the criterion's stand-in where no fact speaks.
    """
    assert criterion.fact is not None  # the model asks for it
    parts = [part for part in (context.main, context.base) if part is not None]
    known = [cell for part in parts if (cell := part.figure(criterion.fact)) is not None]
    if not known:
        return unknown(criterion)
    return reduce(lambda a, b: worse(a, b, criterion.better), known)
