"""Why a pooled figure is another than its own studies say: no reason is given that draws the other way."""

import pytest

from decide.answers.ranking.rank import rank
from decide.answers.why import Why, why
from decide.catalog import Catalog
from decide.report.formats import text
from decide.report.views.why import why_view
from tests.posed import posed
from tests.shipped import CATALOG

KINDS = [(c.id, kind) for c in CATALOG.concerns.values() for kind in ([s.id for s in c.subtype] or [None])]


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


@pytest.mark.parametrize(
    ("name", "concern"), [("prp", "hair-loss"), ("tretinoin", "wrinkles"), ("fractional-co2-laser", "wrinkles")]
)
def test_whether_it_helps_stands_first_and_the_sum_of_its_score_last(name: str, concern: str, catalog: Catalog) -> None:
    (chain, *_) = why(posed(catalog, concern), name)
    view = why_view(chain)
    helps = next(line for line in view.answer if line.label == "Does it help?")
    assert helps.says.startswith(("Yes. ", "Probably. ", "Nobody knows. ", "Probably not. "))
    assert view.gain in helps.says or "of 100 people" in helps.says
    lines = text(chain).splitlines()
    assert next(line for line in lines[1:] if line.strip()).startswith(("Does it help?", "Not ranked"))
    if chain.row is not None:
        assert {line.kind for line in view.answer} >= {"helps", "sure", "cost", "catch"}
        at = [k for k, line in enumerate(lines) if "score 0." in line]
        assert at == [k for k in at if k > next(k for k, line in enumerate(lines) if line.startswith("Money"))]
