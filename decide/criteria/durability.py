"""Durability: months that a result lasts."""

from dataclasses import replace

from decide.alternatives.cell import Cell
from decide.alternatives.delivery import unknown
from decide.catalog.models import Criterion
from decide.criteria.context import Context


def measure(context: Context, criterion: Criterion) -> Cell:
    """The months for this concern or in general: to the horizon for what is used all the time, and at least to the
    horizon for what is paid to be renewed.
    """
    main, base, horizon = context.main, context.base, context.horizon
    if main.at_home and main.assumed("course-months") is None:
        return Cell(low=horizon, typical=horizon, high=horizon, basis="as-used")
    lasts = main.durability or (base.durability if base is not None else None)
    if lasts is None:
        return unknown(criterion)
    least = horizon if context.option.renewals else 0.0
    return replace(lasts, low=max(lasts.low, least), typical=max(lasts.typical, least), high=max(lasts.high, least))
