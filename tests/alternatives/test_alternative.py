"""What an option is: which effects make one, its id and name, and its numbers of sessions."""

import math

import pytest

from decide.alternatives.alternative import lower_first, option_id, option_name
from decide.alternatives.candidates import Offer, effects_for, offer
from decide.alternatives.pricing import PriceBook
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.evidence.index import Effect
from tests.posed import posed
from tests.toy import Toy
from tests.toy_rows import option
from tests.worths import in_part, worth_of


def effects(toy: Toy, concern: str = "scars") -> set[str]:
    return {str(effect) for effect in effects_for(toy.catalog(), concern)[0]}


# ------------------------------------------------------------------ ids and names


@pytest.fixture
def named(toy: Toy) -> Toy:
    toy.procedure("pen", name="Needling").procedure("prp", name="PRP", role="adjunct")
    toy.procedure("pen-prp", name="Needling with PRP", adjunct_to=["pen"])
    return toy.procedure("laser", name="Laser")


@pytest.mark.parametrize(
    ("effect", "identity", "name"),
    [
        (Effect("pen"), "pen", "Needling"),
        (Effect("pen", "prp"), "pen+prp", "Needling + PRP"),
        (Effect("prp", "pen"), "prp+pen", "PRP + needling"),
        (Effect("pen", "pen-prp"), "pen-prp", "Needling with PRP"),
        (Effect("laser", "pen-prp"), "pen-prp", "Needling with PRP (on laser)"),
    ],
)
def test_an_option_is_called_by_what_is_in_it(named: Toy, effect: Effect, identity: str, name: str) -> None:
    catalog = named.catalog()
    assert option_id(catalog, effect) == identity
    assert option_name(catalog, effect, "scars") == name


def test_what_is_put_on_a_base_that_is_had_anyway_comes_after_it(named: Toy) -> None:
    assert option_name(named.catalog(), Effect("pen", "prp"), "healing") == "PRP after needling"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Needling", "needling"), ("PRP", "PRP"), ("CaHA filler", "CaHA filler"), ("Deep peel", "deep peel"),
        ("Laser A", "laser A"),
    ],
)  # fmt: skip
def test_a_name_inside_a_sentence_starts_small_unless_it_is_an_abbreviation(name: str, inside: str) -> None:
    assert lower_first(name) == inside


# ------------------------------------------------------------------ what makes an option


def test_an_arm_a_contrast_or_a_clinical_outcome_makes_an_option(toy: Toy) -> None:
    for name in ("pen", "dab", "shot", "rub", "glow", "idle"):
        toy.procedure(name)
    contrast = {"procedure": "dab", "comparator": "placebo", "measure": "difference-percent-improvement", "value": 9}
    toy.study("a", "scars", arm=[{"procedure": "pen", "measure": "percent-improvement", "value": 30}])
    toy.study("b", "scars", contrast=[{**contrast, "direction": "better"}])
    toy.helped("shot")
    result = {"comparator": "baseline", "outcome": "x", "measure": "none", "direction": "better"}
    toy.study("c", "scars", outcome=[{"procedure": "rub", "layer": "preclinical", **result}])
    toy.study("d", "scars", outcome=[{"procedure": "glow", "about": "harm", **result}])
    assert effects(toy) == {"pen", "dab", "shot"}
    assert {p.id for p in effects_for(toy.catalog(), "scars")[1]} == {"rub", "glow", "idle"}
    assert effects(toy, "lines") == set()


def test_a_document_s_match_makes_an_option(toy: Toy) -> None:
    toy.procedure("pen").procedure("mix", adjunct_to=["pen"]).guide("scars", "deep", "pen", "mix")
    assert effects(toy) == {"pen", "mix on pen"}
    assert effects(toy, "lines") == set()


def test_a_pairing_without_a_name_needs_a_figure(toy: Toy) -> None:
    toy.procedure("pen").procedure("mix", role="adjunct").helped("mix", base="pen")
    assert effects(toy) == set()
    arm = {"procedure": "mix", "base": "pen", "measure": "percent-improvement", "value": 30}
    toy.study("trial", "scars", arm=[arm])
    assert effects(toy) == {"mix on pen"}


def test_a_combination_with_a_name_stands_on_the_first_base_that_it_names(toy: Toy) -> None:
    toy.procedure("pen").procedure("laser").procedure("mix", adjunct_to=["pen", "laser"]).helped("mix")
    toy.helped("mix", base="laser")
    assert effects(toy) == {"mix on pen"}


def test_a_base_that_is_had_anyway_is_no_option(toy: Toy) -> None:
    toy.procedure("laser").cream("balm", role="adjunct").helped("laser", "healing").helped("laser")
    arm = {"procedure": "balm", "base": "laser", "measure": "percent-improvement", "value": 30}
    toy.study("trial", "healing", arm=[arm])
    assert effects(toy, "healing") == {"balm on laser"}
    assert effects(toy) == {"laser"}


def test_options_stand_in_the_catalogue_s_order(toy: Toy) -> None:
    for name in ("c", "a", "b"):
        toy.procedure(name, name=f"Thing {name}")
    toy.helped("b").helped("a").helped("c")
    assert [e.treatment for e in effects_for(toy.catalog(), "scars")[0]] == ["c", "a", "b"]


# ------------------------------------------------------------------ numbers of sessions


@pytest.fixture
def pen(toy: Toy) -> Toy:
    """Two to four sessions, three as a rule."""
    return toy.procedure("pen").practice("pen", "sessions", 2, 4).helped("pen").price("pen", 100)


def test_a_course_is_offered_in_every_number_from_the_smallest_to_the_usual(pen: Toy) -> None:
    catalog = pen.catalog()
    found = offer(catalog, PriceBook(catalog, catalog.market("us")), Effect("pen"), "scars", 12)
    assert isinstance(found, Offer)
    assert [(count, cost.total.typical) for count, cost in found.costs] == [(2, 200), (3, 300)]


def test_fewer_sessions_than_usual_are_a_part_course(pen: Toy) -> None:
    part, whole = option(pen, "pen", sessions=2), option(pen, "pen")
    assert (part.part_course, part.share_of_course) == (True, pytest.approx(2 / 3))
    assert (whole.part_course, whole.share_of_course) == (False, 1)
    assert (part.usual_sessions, whole.usual_sessions) == (3, 3)


def test_what_is_used_at_home_is_no_part_of_anything(toy: Toy) -> None:
    toy.cream("balm").price("balm", 10, unit="month")
    found = option(toy, "balm")
    assert (found.sessions, found.usual_sessions, found.months) == (None, None, 12)
    assert (found.part_course, found.share_of_course, found.once) == (False, 1, False)


def test_a_thing_bought_once_is_known_as_one(toy: Toy) -> None:
    toy.cream("lamp").price("lamp", 300, unit="procedure")
    assert option(toy, "lamp").once


def test_a_cream_on_a_base_in_visits_counts_in_the_base_s_sessions(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 4, 4).price("pen", 100)
    toy.cream("balm", role="adjunct").price("balm", 10, unit="month")
    found = option(toy, Effect("pen", "balm"))
    assert (found.sessions, found.months, found.procedure, found.base) == (4, 12, "balm", "pen")
    assert found.effect == Effect("pen", "balm")


def test_a_base_that_is_had_anyway_counts_no_sessions(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 4, 4).price("pen", 100)
    toy.cream("balm", role="adjunct").price("balm", 10, unit="month")
    found = option(toy, Effect("pen", "balm"), concern="healing")
    assert (found.sessions, found.cost.total.typical) == (None, 120)


# ------------------------------------------------------------------ part courses in a ranking


def lines(ranking: Ranking) -> list[tuple[str, int | None]]:
    return [(row.option.id, row.option.sessions) for row in ranking.options]


def test_a_part_course_stands_beside_the_whole_only_where_it_scores_higher(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 2, 4).tested("pen")
    # at 5 a visit a third visit is worth its price: the part course is not shown
    assert lines(rank(posed(toy.price("pen", 5).catalog(), "scars"))) == [("pen", 3)]


def test_a_dear_last_visit_puts_the_part_course_first(toy: Toy) -> None:
    toy.procedure("pen").practice("pen", "sessions", 2, 4).tested("pen", 36).price("pen", 1500)
    weights = {**dict.fromkeys(("evidence", "downtime", "risk", "speed", "durability"), 0), "benefit": 1, "cost": 1}
    found = rank(posed(toy.catalog(), "scars", weights={**weights, "effort": 1}))
    # 3 × 1500: 0.0625 of value, 36 of gain; 2 × 1500: 0.25 of value, 25.7 of gain: more cost saved than lost
    assert lines(found) == [("pen/2-sessions", 2), ("pen", 3)]
    whole, part = found["pen"], found["pen/2-sessions"]
    assert part["benefit"].typical == pytest.approx(100 * (1 - 0.64 ** (2 / 3)))
    anchors = ([-0.5, 0, 0.5, 1], [-0.8, 0, 0.8, 1])
    sure = worth_of(0.36, math.sqrt(80) / 100, *anchors)
    less = worth_of(0.36, math.sqrt(80) / 100, *anchors, of=in_part(2 / 3))
    assert whole.values["benefit"] == pytest.approx(sure.both, abs=1e-6)
    # the value of a part is drawn through straight pieces
    assert part.values["benefit"] == pytest.approx(less.both, abs=0.01)
    # effort of two visits in place of three is a tenth of the value more
    gained = (0.25 - 0.0625) + 0.1 + part.values["benefit"] - sure.both
    assert part.score - whole.score == pytest.approx(gained / 3)
