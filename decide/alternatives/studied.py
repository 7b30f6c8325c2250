"""What the trials behind a benefit gave: in how many sessions, and which products.

A course is priced as it was studied. Each trial weighs as much as its records pull on the pooled figure, so that a
small paper does not set the length, or the brand, of a course whose benefit others found.
"""

from collections.abc import Sequence
from typing import NamedTuple

from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Arm, Contrast, Study
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect, effect_of


class Trial(NamedTuple):
    """One trial and the sum of what its records pull."""

    study: Study
    pull: float


@derived(most=4096)
def trials(catalog: Catalog, concern: str, kind: str, effect: Effect) -> tuple[Trial, ...]:
    """The trials that move the figure of an effect for one kind of a concern (none: the one that is meant), each once,
    the strongest first; none where it has no figure.
    """
    found: dict[str, Trial] = {}
    synthesis = synthesis_of(catalog, concern, kind)
    for record, pull in synthesis.pull(effect) if synthesis.studied(effect) else ():
        trial = found.get(record.study.id, Trial(record.study, 0.0))
        found[record.study.id] = Trial(record.study, trial.pull + pull)
    return tuple(sorted(found.values(), key=lambda trial: -trial.pull))


@derived(most=4096)
def products_studied(catalog: Catalog, concern: str, kind: str, effect: Effect) -> frozenset[str]:
    """The products that the trials behind an effect gave for a kind of a concern; empty where most of the pull names
    none, and so speaks of the procedure as a whole.
    """
    named: set[str] = set()
    known = every = 0.0
    for study, pull in trials(catalog, concern, kind, effect):
        records: tuple[Arm | Contrast, ...] = (*study.arm, *study.contrast)
        given = {
            record.product
            for record in records
            if record.product and effect_of(catalog, record.procedure, record.base) == effect
        }
        named |= given
        every += pull
        known += pull if given else 0.0
    return frozenset(named if known * 2 >= every else ())


def weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """The value with half of the weight on either side; half-way between two where the halves meet between them.

    With equal weights it is the median.

    Raises
    ------
    ValueError : no weight at all.
    """
    ranked = sorted((value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0)
    half = sum(weight for _, weight in ranked) / 2
    if half <= 0:
        raise ValueError("no weight")
    reached = 0.0
    for place, (value, weight) in enumerate(ranked):
        reached += weight
        if abs(reached - half) <= 1e-9 * half and place + 1 < len(ranked):
            return (value + ranked[place + 1][0]) / 2
        if reached >= half:
            return value
    return ranked[-1][0]
