"""What became of a result is told: how much was kept, and whether it came back; it moves no score."""

import pytest

from decide.alternatives.delivery import Delivery
from decide.api import rank, show, why
from decide.catalog.models import Course
from decide.evidence.index import Effect
from decide.report.views.answer import view_of
from tests.toy import Toy


@pytest.fixture
def fading(toy: Toy) -> Toy:
    toy.procedure("pen").price("pen", 100).practice("pen", "sessions", 2, 2).tested("pen")
    toy.procedure("mix", adjunct_to=["pen"], role="adjunct")
    toy.course("pen", "relapse-percent", 100, 100, at_weeks=24, note="Every patient relapsed.")
    return toy


def test_what_came_back_stands_on_the_row_and_moves_no_score(fading: Toy) -> None:
    (fact,) = (ref.fact for ref in rank("scars", catalog=fading.catalog())["pen"].afterwards)
    assert isinstance(fact, Course)
    assert (fact.what, fact.low) == ("relapse-percent", 100)
    before = rank("scars", catalog=fading.catalog())["pen"].score
    fading.course("pen", "kept-percent", 0, 0)
    assert rank("scars", catalog=fading.catalog())["pen"].score == before


def test_the_chain_and_the_card_tell_it(fading: Toy) -> None:
    said = "it came back: 100 of 100 (scars) at 24 weeks: Every patient relapsed."
    for found in (why("pen", "scars", catalog=fading.catalog()), show("pen", catalog=fading.catalog())):
        (answer,) = found if isinstance(found, list | tuple) else (found,)
        assert said in " ".join(str(view_of(answer)).split())


def test_it_is_told_of_what_was_given_for_what_it_was_given(fading: Toy) -> None:
    fading.course("mix", "kept-percent", 50, 50, base="pen").course("pen", "kept-percent", 70, 70, concern="lines")
    catalog = fading.catalog()
    alone = Delivery(catalog, catalog.procedures["pen"], "scars").afterwards
    added = Delivery(catalog, catalog.procedures["mix"], "scars", Effect("pen", "mix")).afterwards
    assert [ref.fact.low for ref in alone if isinstance(ref.fact, Course)] == [100]
    assert [ref.fact.low for ref in added if isinstance(ref.fact, Course)] == [50]


def test_the_laser_with_hydroquinone_for_melasma_tells_that_it_came_back_in_everybody() -> None:
    rows = rank("pigment", subtype="melasma", draws=0).rows
    row = next(r for r in rows if (r.option.procedure, r.option.base) == ("q-switched-laser", "hydroquinone"))
    told = [ref.fact for ref in row.afterwards if isinstance(ref.fact, Course)]
    assert ("wattanakrai-2010-toning", "relapse-percent", 100) in [(f.source, f.what, f.low) for f in told]
