"""A course is priced as it was studied: in the sessions, and of the product, of the trials that give its benefit."""

from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.alternatives.costs import refusal
from decide.alternatives.delivery import Delivery, Sessions
from decide.alternatives.studied import products_studied, trials, weighted_median
from decide.api import rank
from decide.evidence.index import Effect
from tests.toy import Toy


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen")


def trial(toy: Toy, name: str, sessions: int | None, n: int = 40, product: str | None = None, **more: Any) -> Toy:
    arm = {"procedure": "pen", "measure": "percent-improvement", "value": 30, "n": n}
    more = {"source": name, "concern": "scars", "sessions": sessions, **more}
    return toy.study(name, more.pop("concern"), arm=[arm | ({"product": product} if product else {})], **more)


def sessions(toy: Toy, concern: str = "scars", kind: str = "") -> Sessions:
    catalog = toy.catalog()
    found = Delivery(catalog, catalog.procedures["pen"], concern, kind=kind).sessions
    assert found is not None
    return found


# ------------------------------------------------------------------ the weighted median


def test_the_weighted_median_has_half_of_the_weight_on_either_side() -> None:
    assert weighted_median([2, 3, 4], [0.09, 0.122, 0.058]) == 3
    assert weighted_median([2, 3, 4], [0.5, 0.1, 0.1]) == 2
    # the halves meet between 2 and 4
    assert weighted_median([4, 2], [1, 1]) == 3
    assert weighted_median([9, 1, 5], [0, 1, 0]) == 1
    with pytest.raises(ValueError, match="no weight"):
        weighted_median([3], [0])


numbers = st.lists(st.integers(1, 12).map(float), min_size=1, max_size=9)


@given(numbers)
def test_with_equal_weights_it_is_the_median(values: list[float]) -> None:
    assert weighted_median(values, [0.3] * len(values)) == median(values)


@given(numbers, st.data())
def test_it_is_a_median_of_as_many_copies_as_each_weighs(values: list[float], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(0, 5), min_size=len(values), max_size=len(values)).filter(any))
    copies = [value for value, weight in zip(values, weights, strict=True) for _ in range(weight)]
    assert weighted_median(values, weights) == median(copies)


# ------------------------------------------------------------------ sessions


def test_the_trial_that_pulls_most_sets_the_number(pen: Toy) -> None:
    trial(pen, "large", 4, n=400)
    trial(pen, "small", 2, n=10)
    assert sessions(pen)[:3] == (2, 4, 4)


def test_a_practice_fact_weighs_as_much_as_the_average_trial(pen: Toy) -> None:
    trial(pen, "large", 4, n=400)
    trial(pen, "small", 4, n=10)
    pen.practice("pen", "sessions", 2, 2, concern="scars", source="clinic")
    # two trials against one fact of their average weight: two thirds say four
    assert sessions(pen)[:3] == (2, 4, 4)


def test_a_fact_read_in_a_trial_behind_the_benefit_is_that_trial_and_counts_once(pen: Toy) -> None:
    trial(pen, "large", 4, n=400)
    trial(pen, "small", 2, n=10)
    for _ in range(2):
        pen.practice("pen", "sessions", 2, 2, concern="scars", source="small", note=str(len(pen.facts)))
    assert sessions(pen).usual == 4
    assert [ref.kind for ref in sessions(pen).refs] == ["study", "study"]


def test_a_fact_of_the_same_people_under_another_source_counts_once(pen: Toy) -> None:
    trial(pen, "large", 4, n=400)
    pen.practice("pen", "sessions", 3, 3, concern="scars", source="news", same_people_as="large")
    assert sessions(pen)[:3] == (4, 4, 4)


def test_a_trial_that_tells_no_number_is_spoken_for_by_the_fact_read_in_it(pen: Toy) -> None:
    trial(pen, "large", None, n=400)
    trial(pen, "small", 2, n=10)
    pen.practice("pen", "sessions", 5, 5, concern="scars", source="large")
    assert sessions(pen).usual == 5


def test_a_study_that_moves_no_figure_sets_no_number_beside_one_that_does(pen: Toy) -> None:
    trial(pen, "large", 4)
    pen.helped("pen", sessions=9).helped("pen", sessions=9)
    assert sessions(pen).usual == 4


# ------------------------------------------------------------------ kinds


@pytest.fixture
def apart(two: Toy) -> Toy:
    """Spots and a rash, which have nothing in common: each is treated in its own way. Spots are asked about most."""
    kinds = [{"id": kind, "name": kind.title(), "group": kind} for kind in ("spots", "rash")]
    two.add("concern", id="marks", name="Marks", subtype=kinds, default_kind="spots", default_reason="A toy.")
    for kind, count in (("spots", 2), ("rash", 8)):
        two.add("source", id=kind, title=kind)
        trial(two, kind, count, product="pen:weak" if kind == "spots" else "pen:strong", concern="marks", subtype=kind)
    return two


def test_each_kind_is_given_as_the_trials_behind_its_own_gain_gave_it(apart: Toy) -> None:
    for kind, count, product in (("spots", 2, "pen:weak"), ("rash", 8, "pen:strong"), ("", 2, "pen:weak")):
        assert sessions(apart, "marks", kind)[:3] == (count, count, count)
        assert products_studied(apart.catalog(), "marks", kind, Effect("pen")) == {product}
        assert [t.study.id for t in trials(apart.catalog(), "marks", kind, Effect("pen"))] == [kind or "spots"]


def test_a_fact_on_the_concern_stands_beside_the_trials_of_each_kind(apart: Toy) -> None:
    apart.practice("pen", "sessions", 6, 6, concern="marks", source="clinic")
    assert sessions(apart, "marks", "spots").usual == 4
    assert sessions(apart, "marks", "rash").usual == 7


def test_another_kind_s_trials_count_no_sessions_where_a_fact_does(apart: Toy) -> None:
    apart.add("concern", id="marks", name="Marks", subtype=[
        {"id": kind, "name": kind.title(), "group": kind} for kind in ("spots", "rash", "moles")
    ], default_kind="spots", default_reason="A toy.")  # fmt: skip
    trial(apart, "moles", None, concern="marks", subtype="moles")
    apart.practice("pen", "sessions", 3, 3, concern="marks", source="clinic")
    assert sessions(apart, "marks", "moles")[:3] == (3, 3, 3)


def test_where_nothing_tells_the_number_for_a_kind_that_of_the_others_stands_in(apart: Toy) -> None:
    apart.add("concern", id="marks", name="Marks", subtype=[
        {"id": kind, "name": kind.title(), "group": kind} for kind in ("spots", "rash", "moles")
    ], default_kind="spots", default_reason="A toy.")  # fmt: skip
    # one study of each of the others: two visits and eight
    assert sessions(apart, "marks", "moles")[:3] == (2, 5, 8)


def test_a_course_is_priced_for_the_kind_asked_about(apart: Toy) -> None:
    apart.price("pen", 100, product="pen:weak", source="one").price("pen", 300, product="pen:strong", source="two")
    found = {}
    for kind in ("spots", "rash"):
        rows = rank("marks", subtype=kind, catalog=apart.catalog()).rows
        found[kind] = next((r.option.sessions, r.option.cost.total.typical) for r in rows if r.option.id == "pen")
    assert found == {"spots": (2, 200), "rash": (8, 2400)}


# ------------------------------------------------------------------ products


def products(toy: Toy) -> frozenset[str]:
    return products_studied(toy.catalog(), "scars", "", Effect("pen"))


@pytest.fixture
def two(pen: Toy) -> Toy:
    for name in ("weak", "strong"):
        pen.add("product", id=f"pen:{name}", procedure="pen", name=name)
    return pen


def test_the_products_of_the_trials_behind_a_benefit_are_those_studied(two: Toy) -> None:
    trial(two, "a", 3, n=400, product="pen:strong")
    assert products(two) == {"pen:strong"}
    trial(two, "b", 3, n=5)
    assert products(two) == {"pen:strong"}


def test_where_most_of_the_pull_names_no_product_the_whole_was_studied(two: Toy) -> None:
    trial(two, "a", 3, n=10, product="pen:strong")
    trial(two, "b", 3, n=400)
    assert products(two) == frozenset()


def test_a_price_of_another_product_than_was_studied_is_refused(two: Toy) -> None:
    trial(two, "a", 3, product="pen:strong")
    two.price("pen", 10, product="pen:weak").price("pen", 50, product="pen:strong").price("pen", 20, source="two")
    catalog = two.catalog()
    delivery = Delivery(catalog, catalog.procedures["pen"], "scars")
    found = {float(p.low): refusal(delivery, p) for p in catalog.prices("us")["pen"]}
    assert found == {10: "product", 50: None, 20: None}


def test_pulls_add_up_by_trial_and_are_told_strongest_first(pen: Toy) -> None:
    trial(pen, "small", 2, n=10)
    trial(pen, "large", 4, n=400)
    found = trials(pen.catalog(), "scars", "", Effect("pen"))
    assert [t.study.id for t in found] == ["large", "small"]
    assert found[0].pull > found[1].pull > 0
