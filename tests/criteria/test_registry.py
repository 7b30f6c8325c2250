"""Every criterion is measured by what the catalogue names, and only what differs is measured anew."""

from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.catalog.models import Criterion
from decide.criteria.registry import GUESSED, MEASURES, measure_of
from decide.criteria.table import for_person, own_worth, performance_table
from decide.criteria.worth import combined, worth
from decide.errors import CatalogError, InputError
from tests.overlays import DISCOMFORT, WEIGHED, laid
from tests.posed import posed


def test_every_criterion_of_the_catalogue_has_a_measure_and_what_it_needs(catalog: Catalog) -> None:
    for criterion in catalog.criteria.values():
        measure = measure_of(criterion)
        assert not measure.guessed or criterion.unknown is not None
    assert {c.measure for c in catalog.criteria.values()} == set(MEASURES) - {"figure"}
    assert set(GUESSED) == set(MEASURES)


def test_an_unknown_measure_is_refused_in_one_line(catalog: Catalog) -> None:
    odd = catalog.criteria["risk"].model_copy(update={"measure": "luck"})
    with pytest.raises(CatalogError, match="criterion risk: unknown measure 'luck'") as error:
        measure_of(odd)
    assert "benefit" in (error.value.hint or "")


def test_a_stand_in_that_is_missing_is_refused_in_one_line(tmp_path: Path) -> None:
    bare = "\n".join(line for line in DISCOMFORT.splitlines() if not line.startswith("unknown"))
    catalog = laid(tmp_path / "facts", bare, WEIGHED)
    problem = posed(catalog, "wrinkles")
    with pytest.raises(CatalogError, match="criterion discomfort: no 'unknown' to score an unknown figure with"):
        performance_table(problem, problem.concern)


def test_a_row_has_every_criterion_in_the_catalogue_s_order(catalog: Catalog) -> None:
    problem = posed(catalog, "acne-scars")
    table = performance_table(problem, problem.concern)
    assert all(list(row) == list(catalog.criteria) for row in table.cells)
    assert table.values.shape == (len(table.options), len(catalog.criteria))
    assert (table.own == own_worth(catalog, table.cells, "USD")).all()
    assert (table.values == combined(list(catalog.criteria.values()), table.own, table.gains)).all()
    assert (table.own >= 0).all()
    assert (table.values <= 1).all()
    # only what counts with a gain can be worth less than nothing
    alone = [not (c.with_gain or c.measure == "benefit") for c in catalog.criteria.values()]
    assert (table.values[:, alone] >= 0).all()


def test_only_what_differs_from_person_to_person_is_measured_anew(catalog: Catalog) -> None:
    problem = posed(catalog, "acne-scars")
    table = performance_table(problem, problem.concern)
    assert for_person(table, problem, problem.concern) is table
    mine = for_person(table, posed(catalog, "acne-scars", person={"skin_type": 6}), problem.concern)
    personal = {c.id for c in catalog.criteria.values() if MEASURES[c.measure].by_person}
    assert personal == {"risk"}
    changed = {
        c for before, after in zip(table.cells, mine.cells, strict=True) for c in before if before[c] != after[c]
    }
    assert changed == personal
    # the kept table is not touched
    assert performance_table(problem, problem.concern) is table
    assert (mine.own == own_worth(catalog, mine.cells, "USD")).all()
    assert (mine.values == combined(list(catalog.criteria.values()), mine.own, table.gains)).all()


def test_money_without_anchors_is_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="no anchors for cost in EUR"):
        worth(catalog.criteria["cost"], [100.0], "EUR")


def test_a_criterion_says_what_it_can_be_worded_by(catalog: Catalog) -> None:
    for criterion in catalog.criteria.values():
        assert criterion.phrase.count("{}") == 1
        assert criterion.ahead != criterion.behind
    columns = [c.column for c in catalog.criteria.values()]
    assert len(set(columns)) == len(columns)


def test_anchors_of_money_go_by_currency(catalog: Catalog) -> None:
    cost: Criterion = catalog.criteria["cost"]
    assert cost.anchors_in("GBP") == cost.anchors_by_currency["GBP"]
    assert catalog.criteria["risk"].anchors_in("GBP") == catalog.criteria["risk"].anchors
