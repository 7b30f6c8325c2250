"""The catalogue's own rows, solved by a dense Gaussian that shares no code with the synthesis: one τ, h and s."""

from dataclasses import replace
from functools import cache

import pytest

from decide.evidence.benefit import Benefits, Fitted
from decide.evidence.model import problem_of
from decide.evidence.rows import given, rows_for
from decide.synthesis import LogNormal, Problem, Scale, network, scale_step
from tests.evidence import dense
from tests.shipped import CATALOG

CONCERNS = ("acne-scars", "pigment", "hair-loss")


def known(spread: LogNormal) -> LogNormal:
    return LogNormal(spread.median, 1e-9)


@cache
def steady(concern: str) -> Problem:
    """A concern's network with its spreads as good as known, and no study that is looked at for standing apart."""
    problem = problem_of(CATALOG, concern, rows_for(CATALOG, concern))
    model = problem.model
    assert model.gains is not None
    assert model.levels is not None
    assert isinstance(model.heterogeneity, LogNormal)
    model = replace(
        model,
        gains=replace(model.gains, spread=known(model.gains.spread)),
        levels=replace(model.levels, between=known(model.levels.between)),
        heterogeneity=known(model.heterogeneity),
        outliers=None,
    )
    return problem._replace(model=model)


@cache
def steady_scale(scale: str) -> Scale:
    concerns = [c.id for c in CATALOG.concerns.values() if c.scale == scale and rows_for(CATALOG, c.id).used]
    return scale_step({name: steady(name) for name in concerns})


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_gain_and_level_of_the_catalogue_is_that_of_a_dense_gaussian(concern: str) -> None:
    rows, problem = rows_for(CATALOG, concern), steady(concern)
    scale = steady_scale(CATALOG.concerns[concern].scale)
    net = network(problem.rows, problem.reference, model=problem.model, studies=problem.studies, scale=scale)
    found = Benefits(CATALOG, concern, "", lambda: rows, Fitted.of(net))
    world = dense.world_of(CATALOG, concern)
    asked = {
        (kind, effect): world.gain(given(CATALOG, concern, effect), {kind: 1.0})
        for kind in world.shares or [""]
        for effect in sorted(found.of_kind(kind).effects, key=str)
        if effect.treatment not in dense.NOTHING or effect.adjunct
    }
    world, expected = dense.solved(CATALOG, concern, asked.values())
    series, spread = expected.of({("beta",): 1.0})
    assert scale.series == pytest.approx((series, spread**0.5), rel=1e-6)
    for (kind, effect), terms in asked.items():
        got, (mean, variance) = found.of_kind(kind).gain(effect), expected.of(terms)
        assert got.mean == pytest.approx(mean, abs=1e-3), (kind, effect)
        assert got.variance == pytest.approx(variance, rel=1e-4), (kind, effect)
    for kind in world.shares or [""]:
        level, got = expected.of(world.level({kind: 1.0})), found.of_kind(kind).nothing()
        assert (got.mean, got.variance) == pytest.approx(level, rel=1e-5)
    # nothing was skipped: but what most people of no kind had
    measured = {item.effect for item in rows.used if item.effect.treatment not in dense.NOTHING}
    left = {effect for effect in measured if effect not in {one for _, one in asked}}
    assert all(i.part * max(i.row.kinds.values()) < 0.5 for i in rows.used if i.effect in left and i.row.kinds)
    assert len(left) <= 2
