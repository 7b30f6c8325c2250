"""How each criterion is measured: the measures by the names that the catalogue calls them by."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from decide.alternatives.cell import Cell
from decide.catalog.models import Criterion
from decide.criteria import benefit, cost, downtime, durability, effort, evidence, figure, risk, speed
from decide.criteria.context import Context
from decide.errors import CatalogError


class Measure(NamedTuple):
    """A measure, and what its cell depends on besides what is given.

    `by_course`: courses of one effect differ (by sessions, by cost); else one cell serves them all. `by_person`: it
    differs from person to person. `guessed`: where no fact is known the criterion's `unknown` stands in.
    """

    of: Callable[[Context, Criterion], Cell]
    by_course: bool = False
    by_person: bool = False
    guessed: bool = False


MEASURES: Mapping[str, Measure] = {
    "benefit": Measure(benefit.measure, by_course=True),
    "evidence": Measure(evidence.measure),
    "cost": Measure(cost.measure, by_course=True),
    "downtime": Measure(downtime.measure, guessed=True),
    "risk": Measure(risk.measure, by_person=True),
    "speed": Measure(speed.measure, guessed=True),
    "durability": Measure(durability.measure, by_course=True, guessed=True),
    "effort": Measure(effort.measure, by_course=True),
    "figure": Measure(figure.measure, guessed=True),
}
GUESSED: Mapping[str, bool] = {name: measure.guessed for name, measure in MEASURES.items()}
"""Every measure's name, and whether its criterion must say what an unknown figure is scored with."""


def measure_of(criterion: Criterion) -> Measure:
    """The measure that a criterion names.

    Raises
    ------
    CatalogError : there is none of that name.
    """
    if criterion.measure not in MEASURES:
        raise CatalogError(
            f"criterion {criterion.id}: unknown measure {criterion.measure!r}", f"measures are {', '.join(MEASURES)}"
        )
    return MEASURES[criterion.measure]
