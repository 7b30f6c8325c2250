"""Benefit: how much a course is expected to gain over doing nothing, on the concern's scale; the laws of part courses
and of chances.

g_k = 1 − (1 − g)^(k / k_usual)        a part course, g the whole course's gain as a share of the scale
P(a beats b) = P(a > b) + ½ P(a = b)   over joint draws
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from decide.alternatives.alternative import Option
from decide.alternatives.cell import Basis, Cell, Pull, Ref
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Criterion
from decide.criteria.context import Context
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.index import Effect
from decide.mcda import moved
from decide.synthesis import Posterior

Array = NDArray[np.float64]
MOST_NAMED = 12
"""Records named behind an expected gain; `Benefits.pull` has them all."""
MOST_SHARE = 0.999
"""A part of a course that does everything stays short of everything: its share is read as this."""


def law(share: Array, power: Array | float) -> Array:
    """What a gain becomes in so many times its sessions: each takes the same share of what is left. Its inverse is
    itself, with one over the power.
    """
    left: Array = (1 - share) ** power
    return 1 - left


def part_share(share: ArrayLike, of_course: ArrayLike) -> Array:
    """Gain of a part course as a share, of any shape; a whole course (`of_course` of 1 or more) keeps its own."""
    whole, power = np.asarray(share, dtype=np.float64), np.asarray(of_course, dtype=np.float64)
    return np.where(power < 1, law(np.minimum(whole, MOST_SHARE), power), whole)


def part_anchors(at: Array, value: Array, of_course: float) -> tuple[Array, Array]:
    """The anchors of what a whole course's gain is worth where only a part of the course is had."""
    most = float(part_share(1.0, of_course))
    return moved(at, value, lambda shares: law(shares, 1 / of_course), most) if of_course < 1 else (at, value)


def chance_better(a: ArrayLike, b: ArrayLike) -> float:
    """P(a beats b) over draws (draws,) made together; a tie counts half."""
    first, second = np.asarray(a), np.asarray(b)
    return float((first > second).mean() + 0.5 * (first == second).mean())


def draw_shares(
    found: Benefits, options: Sequence[Option], full: float, count: int, seed: "int | np.random.Generator" = 0
) -> Array:
    """Joint draws (count, options) of the courses' gains as shares of the scale, part courses scaled."""
    whole = found.draws([option.given for option in options], count, seed) / full
    return part_share(whole, [option.share_of_course for option in options])


def benefit_cell(catalog: Catalog, benefits: Benefits, effect: Effect, of_course: float = 1.0) -> Cell:
    """Expected gain on the concern's scale, with the range in which eight in ten would fall."""
    full = catalog.scales[catalog.concerns[benefits.concern].scale].full
    found = benefits.expected(effect)
    shares = part_share(np.array([found.low, found.mean, found.high]) / full, of_course)
    low, typical, high = np.clip(shares * full, -full, full).tolist()
    refs = tuple(
        Ref(kind="study", source=used.study.source, fact=Pull(used.record, str(used.against or ""), weight, used.cut))
        for used, weight in benefits.pull(effect)[:MOST_NAMED]
    )
    basis: Basis = "studies" if found.studied else "prior"
    return Cell(low=low, typical=typical, high=high, basis=basis, refs=refs, other_kinds=benefits.lent(effect))


def measure(context: Context, criterion: Criterion) -> Cell:
    """The course's expected gain, part courses scaled."""
    option = context.option
    return benefit_cell(context.catalog, context.benefits, option.given, option.share_of_course)


@derived(most=256)
def nothing_done(catalog: Catalog, concern: str, kind: str) -> Cell:
    """What people come to with a dummy treatment in the trials: what gains are over."""
    found = synthesis_of(catalog, concern, kind)
    return _level(catalog, found.nothing(), "studies" if found.level_known else "prior")


@derived(most=256)
def left_alone(catalog: Catalog, concern: str, kind: str) -> Cell | None:
    """What people come to when left alone; None where no study left anybody alone."""
    found = synthesis_of(catalog, concern, kind).left_alone()
    return None if found is None else _level(catalog, found, "studies")


def _level(catalog: Catalog, found: Posterior, basis: Basis) -> Cell:
    low, high = found.interval(catalog.constant("interval"))
    return Cell(low=low, typical=found.mean, high=high, basis=basis)
