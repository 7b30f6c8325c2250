"""Why a pooled figure is another than its own studies say: no reason is given that draws the other way."""

import pytest

from decide.answers.ranking.rank import rank
from decide.answers.why import Why, why
from decide.catalog import Catalog, load_catalog
from decide.report.views.why import why_view
from tests.posed import posed

KINDS = [(c.id, kind) for c in load_catalog().concerns.values() for kind in ([s.id for s in c.subtype] or [None])]


def own(chain: Why) -> float:
    """What its own studies say, each by its pull."""
    return sum(s.weight * s.implied for s in chain.studies) / sum(s.weight for s in chain.studies)


@pytest.mark.parametrize(("concern", "kind"), KINDS)
def test_a_reason_draws_the_way_that_the_figure_lies(concern: str, kind: str | None, catalog: Catalog) -> None:
    asked = posed(catalog, concern, subtype=kind)
    for row in rank(asked, leaders=False).options:
        for chain in why(asked, row.option.id):
            if not chain.studies or chain.gain.basis != "studies":
                continue
            said, alone, figure = why_view(chain).pooled[0], own(chain), chain.gain.typical
            up, away = figure > alone, figure * alone < 0 or abs(figure) > abs(alone)
            assert not (up and "run high" in said), (chain.name, said)
            assert not (away and ("to none" in said or "believed less" in said)), (chain.name, said)
            assert not (up and "draws it down" in said), said
            assert not (not up and "draws it up" in said), said
            if round(alone) != round(figure):
                assert said.count(". ") == 1, said
