"""Two drugs of one substance or one class are never in one plan."""

import pytest

import decide
from decide.answers.plan import _forbidden
from decide.catalog import Catalog


def test_every_two_of_a_kin_are_kept_apart_whatever_holds_them(catalog: Catalog) -> None:
    kept = {frozenset(pair) for pair in _forbidden(catalog, set(catalog.procedures))}
    for kin in catalog.kin:
        for first in kin.members:
            for second in kin.members:
                assert first == second or frozenset((first, second)) in kept


@pytest.mark.parametrize("budget", [600, 1500, 4000])
def test_no_plan_for_hair_holds_two_of_one_class(budget: int, catalog: Catalog) -> None:
    plan = decide.plan(["hair loss"], budget, person={"sex": "male"}, most=8, catalog=catalog)
    for view in (plan.best, *plan.runner_ups):
        for kin in catalog.kin:
            had = [course.id for course in view.courses if set(course.id.split("+")) & set(kin.members)]
            assert len(had) <= 1, had
