"""Who may have what: contraindications remove, cautions stay on the line, and what a person rules out is left out."""

from typing import Any

import pytest

from decide.alternatives.alternative import LeftOut
from decide.alternatives.eligibility import left_out as not_for_you
from decide.alternatives.eligibility import parts_of, ruled_out, screen
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.evidence.index import Effect
from decide.question.asker import holding
from decide.question.problem import Concern, Limits
from decide.question.request import Budget, Person
from decide.report.views.common import reason, why_left_out
from tests.posed import posed
from tests.toy import Toy

PLAIN = Effect("pen")


def screened(
    toy: Toy, effect: Effect = PLAIN, limits: Limits = Limits(), concern: str = "scars", **person: Any
) -> LeftOut | None:
    problem = posed(toy.catalog(), concern, person=person)
    barred = not_for_you(problem, effect, problem.concern)
    return barred or ruled_out(problem.catalog, effect, concern, "us", limits)


def cautions(toy: Toy, concern: str = "scars", **person: Any) -> list[tuple[str, str, str]]:
    found = screen(posed(toy.catalog(), concern, person=person), PLAIN, Concern(concern))
    return [(c.kind, c.value, c.source) for c in found.cautions]


def why(found: LeftOut | None) -> str | None:
    return found and found.why


def told(toy: Toy, found: LeftOut) -> str:
    return reason(found, toy.catalog(), "$")


@pytest.fixture
def pen(toy: Toy) -> Toy:
    return toy.procedure("pen", uses=["needles", "clinic"])


# ------------------------------------------------------------------ what is true of a person


@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"pregnant": True}, {"pregnancy", "could-become-pregnant", "female-sex"}),
        ({"trying_to_conceive": True}, {"trying-to-conceive", "pregnancy", "could-become-pregnant", "female-sex"}),
        ({"trying_to_conceive": True, "sex": "male"}, {"trying-to-conceive", "partner-pregnancy", "male-sex"}),
        ({"pregnant": False}, set()),
        ({"breast_feeding": True}, {"breast-feeding", "could-become-pregnant", "female-sex"}),
        ({"skin_type": 4}, set()),
        ({"skin_type": 5}, {"fitzpatrick-5-6"}),
        ({"skin_type": 6}, {"fitzpatrick-5-6"}),
        ({"sex": "female"}, {"could-become-pregnant", "female-sex"}),
        ({"conditions": ("anticoagulants", "active-acne")}, {"anticoagulant", "active-acne"}),
        ({"conditions": ("autoimmune",)}, {"autoimmune-disease"}),
    ],
)
def test_what_a_person_says_is_put_in_the_catalogue_s_words(toy: Toy, person: dict[str, Any], said: set[str]) -> None:
    assert holding(toy.catalog(), Person(**person)).true_of == said


# ------------------------------------------------------------------ contraindications


def test_a_contraindication_that_holds_removes_it_and_names_its_source(pen: Toy) -> None:
    pen.practice("pen", "contraindication", value="anticoagulant", source="two")
    found = screened(pen, conditions=("anticoagulants",))
    assert found is not None
    assert (found.why, found.value, found.source) == ("not for you", "anticoagulant", "two")
    assert told(pen, found) == "not with blood thinners"
    assert (found.id, found.name) == ("pen", "Pen")


def test_a_contraindication_that_does_not_hold_removes_nothing(pen: Toy) -> None:
    pen.practice("pen", "contraindication", value="anticoagulant")
    assert screened(pen) is None
    assert screened(pen, conditions=("active-acne",)) is None


def test_what_must_not_be_had_for_one_concern_must_not_be_had_for_another(pen: Toy) -> None:
    pen.practice("pen", "contraindication", value="active-acne", concern="lines")
    assert why(screened(pen, conditions=("active-acne",))) == "not for you"


def test_a_base_s_contraindication_removes_what_is_added_to_it(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").practice("pen", "contraindication", value="active-acne")
    assert why(screened(pen, Effect("pen", "mix"), conditions=("active-acne",))) == "not for you"


def test_a_part_s_contraindication_removes_the_combination(pen: Toy) -> None:
    pen.procedure("both", parts=["pen"]).practice("pen", "contraindication", value="active-acne")
    assert why(screened(pen, Effect("both"), conditions=("active-acne",))) == "not for you"


def test_a_caution_is_no_bar(pen: Toy) -> None:
    pen.practice("pen", "caution", value="active-acne")
    assert screened(pen, conditions=("active-acne",)) is None


def test_a_course_holds_its_base_and_what_each_is_made_of(toy: Toy) -> None:
    for name in ("pen", "gel", "shot"):
        toy.procedure(name)
    toy.procedure("both", parts=["gel", "shot"]).procedure("mix", adjunct_to=["pen", "shot"])
    catalog = toy.catalog()
    assert {p.id for p in parts_of(catalog, Effect("pen", "both"))} == {"pen", "both", "gel", "shot"}
    # a combination stands on the first base that it names
    assert {p.id for p in parts_of(catalog, Effect("mix"))} == {"mix", "pen"}


def test_a_caution_that_was_said_of_another_concern_is_told_here_too(pen: Toy) -> None:
    pen.practice("pen", "caution", value="active-acne", concern="lines", note="there")
    pen.practice("pen", "caution", value="fitzpatrick-5-6", source="two")
    person = {"skin_type": 6, "conditions": ("active-acne",)}
    both = [("care", "active-acne", "one"), ("care", "fitzpatrick-5-6", "two")]
    assert cautions(pen, "lines", **person) == both
    assert cautions(pen, "scars", **person) == both
    found = screen(posed(pen.catalog(), "scars", person=person), PLAIN, Concern("scars"))
    assert [(c.concern, c.note) for c in found.cautions] == [("lines", "there"), ("", "")]


def test_silence_is_not_safety(pen: Toy) -> None:
    pen.practice("pen", "caution", value="active-acne")
    found = cautions(pen, skin_type=6, sex="male", conditions=("active-acne", "autoimmune"))
    assert found == [
        ("care", "active-acne", "one"),
        ("no-fact", "fitzpatrick-5-6", ""),
        ("no-fact", "autoimmune-disease", ""),
    ]


# ------------------------------------------------------------------ pregnancy and breast-feeding


@pytest.mark.parametrize(("person", "word"), [("pregnant", "pregnancy"), ("breast_feeding", "breast-feeding")])
def test_what_nobody_has_found_fit_is_not_offered_to_two_people_at_once(pen: Toy, person: str, word: str) -> None:
    found = screened(pen, **{person: True})
    assert found is not None
    assert (found.why, found.value) == ("not for you", word)
    assert told(pen, found) == f"no source lets it through with {word}"
    # a caution says nothing for it
    pen.practice("pen", "caution", value=word)
    assert why(screened(pen, **{person: True})) == "not for you"
    pen.practice("pen", "pregnancy-compatible", value=word)
    assert screened(pen, **{person: True}) is None


def test_a_cosmetic_may_not_be_had_without_a_fact_either(toy: Toy) -> None:
    toy.cream("balm")
    assert why(screened(toy, Effect("balm"), pregnant=True)) == "not for you"


def test_each_part_of_a_course_must_have_been_found_fit(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").practice("mix", "pregnancy-compatible", value="pregnancy")
    assert why(screened(pen, Effect("pen", "mix"), pregnant=True)) == "not for you"
    assert screened(pen, Effect("mix"), pregnant=True) is None


def test_a_contraindication_comes_before_what_is_not_known(pen: Toy) -> None:
    pen.practice("pen", "contraindication", value="active-acne")
    found = screened(pen, pregnant=True, conditions=("active-acne",))
    assert found is not None
    assert (found.why, found.value) == ("not for you", "active-acne")


# ------------------------------------------------------------------ what a person rules out


def test_a_procedure_or_its_family_can_be_ruled_out(pen: Toy) -> None:
    pen.add("family", id="needling", name="Needling")
    pen.procedure("dot", groups=["needling"])
    for name, excluded in (("pen", "pen"), ("pen", "toys"), ("dot", "needling")):
        assert why(screened(pen, Effect(name), Limits(exclude=frozenset({excluded})))) == "excluded"
    assert screened(pen, PLAIN, Limits(exclude=frozenset({"needling"}))) is None


def test_ruling_out_a_base_rules_out_what_stands_on_it(pen: Toy) -> None:
    pen.procedure("mix", role="adjunct").procedure("both", parts=["pen"])
    limits = Limits(exclude=frozenset({"pen"}))
    assert why(screened(pen, Effect("pen", "mix"), limits)) == "excluded"
    # a thing of its own that is made of it was not ruled out by name
    assert screened(pen, Effect("both"), limits) is None


@pytest.mark.parametrize(
    ("fields", "word", "needs"),
    [
        ({"uses": ["needles"]}, "needles", "needs needles"),
        ({"uses": ["lasers"]}, "lasers", "needs a laser or light"),
        ({"clinic": True}, "clinic", "needs a clinic"),
    ],
)
def test_what_needs_a_thing_that_is_avoided_is_left_out(
    toy: Toy, fields: dict[str, Any], word: Any, needs: str
) -> None:
    toy.procedure("pen", **{"clinic": False, **fields})
    found = screened(toy, PLAIN, Limits(avoid=(word,)))
    assert found is not None
    assert (found.why, found.value, told(toy, found)) == ("avoided", word, needs)
    assert screened(toy, PLAIN, Limits(avoid=("surgery",))) is None


def test_what_is_on_prescription_here_is_left_out_where_prescriptions_are_avoided(pen: Toy) -> None:
    pen.practice("pen", "status", value="prescription-only", market="us")
    found = screened(pen, PLAIN, Limits(avoid=("prescription",)))
    assert found is not None
    assert (found.why, told(pen, found)) == ("avoided", "needs a prescription")
    pen.practice("pen", "status", value="over-the-counter", market="us")
    assert screened(pen, PLAIN, Limits(avoid=("prescription",))) is None


def test_what_a_part_needs_the_course_needs(pen: Toy) -> None:
    pen.cream("balm", adjunct_to=["pen"])
    assert why(screened(pen, Effect("pen", "balm"), Limits(avoid=("needles",)))) == "avoided"


# ------------------------------------------------------------------ days off and money, in a ranking


def ranked(toy: Toy, **asked: Any) -> Ranking:
    return rank(posed(toy.catalog(), "scars", **asked))


def left_out(ranking: Ranking, option: str = "pen") -> LeftOut:
    return next(item for item in ranking.left_out if item.id == option)


@pytest.fixture
def offered(pen: Toy) -> Toy:
    """Three sessions (two at the least) at 100, with four days of downtime."""
    pen.practice("pen", "downtime-days", 3, 5).practice("pen", "sessions", 2, 4)
    return pen.tested("pen").price("pen", 80, 120)


def test_more_days_off_than_allowed_leave_it_out(offered: Toy) -> None:
    found = left_out(ranked(offered, max_downtime_days=3))
    assert (found.why, found.days, found.guess) == ("downtime", 4, False)
    assert told(offered, found) == "about 4 days of downtime"
    assert ranked(offered, max_downtime_days=4).options


def test_no_downtime_bears_one_day(offered: Toy) -> None:
    offered.procedure("dab").practice("dab", "downtime-days", 1, 1).practice("dab", "sessions", 3, 3)
    offered.tested("dab").price("dab", 100)
    found = ranked(offered, avoid=("downtime",))
    assert [row.option.id for row in found.options] == ["dab"]
    assert left_out(found).why == "downtime"
    # the stricter of the two holds
    assert not ranked(offered, avoid=("downtime",), max_downtime_days=0.5).options
    assert [row.option.id for row in ranked(offered, avoid=("downtime",), max_downtime_days=10).options] == ["dab"]


def test_a_guess_about_days_off_is_called_one(pen: Toy) -> None:
    pen.practice("pen", "sessions", 3, 3).helped("pen").price("pen", 100)
    found = left_out(ranked(pen, max_downtime_days=2))
    assert (found.days, found.guess) == (3, True)
    assert told(pen, found) == "about 3 days of downtime (a guess)"


def test_a_caution_stays_on_the_line(offered: Toy) -> None:
    offered.practice("pen", "caution", value="fitzpatrick-5-6", source="two")
    (row,) = ranked(offered, person={"skin_type": 5, "conditions": ("active-acne",)}).options
    told = [(c.kind, c.value, c.source) for c in row.screening.cautions]
    assert told == [("care", "fitzpatrick-5-6", "two"), ("no-fact", "active-acne", "")]
    assert ranked(offered).options[0].screening.cautions == ()


def test_the_typical_total_is_held_against_the_budget(offered: Toy) -> None:
    (row,) = ranked(offered, budget=300).options
    assert (row.option.sessions, row.high_end_over_budget) == (3, True)
    assert [r.high_end_over_budget for r in ranked(offered, budget=360).options] == [False]


def test_so_is_what_a_month_of_it_costs_and_its_dearest(offered: Toy) -> None:
    (whole,) = ranked(offered, budget=300).options
    months = offered.catalog().edition.default_horizon_months
    typical, high = (x / months for x in (whole["cost"].typical, whole["cost"].high))
    for budget, over in ((typical, True), (high, False)):
        (row,) = ranked(offered, budget=budget, per="month").options
        assert (row.option.sessions, row.high_end_over_budget) == (3, over)


def test_so_is_what_a_visit_costs_and_its_dearest(offered: Toy) -> None:
    # a visit costs 80 to 120
    for budget, over in ((100, True), (119, True), (120, False)):
        (row,) = ranked(offered, budget=budget, per="session").options
        assert (row.option.sessions, row.high_end_over_budget) == (3, over)


def test_so_it_is_of_what_has_no_figure(toy: Toy) -> None:
    toy.procedure("dim").practice("dim", "sessions", 3, 3).helped("dim").price("dim", 80, 120)
    for per, enough, dearest in (("session", 100, 120), ("course", 300, 360), ("month", 25, 30)):
        for budget, over in ((enough, True), (dearest - 0.5, True), (dearest, False)):
            (item,) = ranked(toy, budget=budget, per=per).unmeasured
            assert item.high_end_over_budget is over
        assert not ranked(toy, budget=enough - 0.5, per=per).unmeasured


def test_a_smaller_budget_buys_the_largest_part_course_that_fits(offered: Toy) -> None:
    (row,) = ranked(offered, budget=299).options
    assert (row.option.sessions, row.option.part_course) == (2, True)


def test_what_no_part_course_makes_affordable_is_left_out_with_the_sum_that_is_missing(offered: Toy) -> None:
    found = left_out(ranked(offered, budget=150))
    assert found.why == "over budget"
    assert found.amount == pytest.approx(50)
    assert (found.per, found.total and found.total.typical, found.sessions, found.usual) == ("course", 200, 2, 3)
    assert told(offered, found) == "over by $50 ($200 in all, for 2 of 3 sessions)"


@pytest.mark.parametrize(("per", "enough"), [("session", 100), ("month", 300 / 12)])
def test_a_budget_per_visit_or_month_is_held_against_one(offered: Toy, per: str, enough: float) -> None:
    for slack, fits in ((0.01, True), (-10, False)):
        budget = Budget.model_validate({"high": enough + slack, "per": per})
        assert any(row.option.sessions == 3 for row in ranked(offered, budget=budget).options) is fits


# ------------------------------------------------------------------ why else something is left out


def test_what_has_no_price_no_number_or_no_study_says_so(toy: Toy) -> None:
    toy.procedure("dear").practice("dear", "sessions", 3, 3).helped("dear")
    toy.procedure("vague").helped("vague").price("vague", 100)
    toy.procedure("new").price("new", 100)
    found = {item.id: (item.why, why_left_out(item, toy.catalog(), "$")) for item in ranked(toy).left_out}
    assert found == {
        "dear": ("no price", "no price known here (ask for a quote)"),
        "vague": ("no count", "no course known: no source says how many sessions a course takes"),
        "new": ("no study", "no study of this or this kind here"),
    }


def test_what_an_addition_s_base_costs_alone_is_told(pen: Toy) -> None:
    pen.practice("pen", "sessions", 3, 3).price("pen", 100)
    pen.procedure("mix", role="adjunct").practice("mix", "sessions", 3, 3)
    arm = {"procedure": "mix", "base": "pen", "measure": "percent-improvement", "value": 30}
    found = left_out(ranked(pen.study("trial", "scars", arm=[arm])), "pen+mix")
    assert (found.why, found.base, found.base_total) == ("no price", "Pen", 300)
    assert told(pen, found) == "Pen alone is $300"


def test_what_the_law_forbids_here_is_left_out(offered: Toy) -> None:
    offered.practice("pen", "status", value="unlawful", market="us", source="two")
    found = left_out(ranked(offered))
    assert (found.why, found.value, found.source) == ("not allowed", "unlawful", "two")
    offered.price("pen", 90, market="uk")
    elsewhere = rank(posed(offered.catalog(), "scars", market="uk"))
    assert elsewhere["pen"].option.cost.borrowed_from == ""
