"""Who may have what: each rule by facts made up for it, and laws that hold whatever the facts are."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.alternatives.eligibility import screen
from decide.alternatives.screening import Screening
from decide.catalog.read import Entry
from decide.errors import InputError
from decide.evidence.index import Effect
from decide.question.problem import Concern, Problem
from decide.question.request import Person, Request
from tests.alternatives.world import (
    CELLS,
    CONCERN,
    CREAM,
    LAMP,
    LASER,
    MADE_UP,
    PAIR,
    SERUM,
    SHOT,
    TABLET,
    allowed,
    bar,
    effect,
    entry,
    fact,
    posed,
    world,
)
from tests.shipped import CATALOG

PREGNANT, FEEDING = Person(pregnant=True), Person(breast_feeding=True)
OFFERED, ASK, NOT = "offered", "ask-first", "not-for-you"


def screened(person: Person, *facts: Entry, name: str = CREAM, **more: Any) -> Screening:
    return screen(posed(world(CATALOG, *facts), person, **more), effect(name), CONCERN)


# ------------------------------------------------------------------ pregnancy and breast-feeding


@pytest.mark.parametrize("state", ["pregnancy", "breast-feeding"])
@pytest.mark.parametrize(
    ("positive", "needed", "weak", "strong", "verdict"),
    [
        (False, False, False, False, NOT),
        (True, False, False, False, OFFERED),
        (True, True, False, False, OFFERED),
        (False, True, False, False, ASK),
        (True, False, True, False, ASK),
        (True, True, True, False, ASK),
        (False, True, True, False, NOT),
        (False, False, True, False, NOT),
        (True, False, False, True, NOT),
        (True, True, True, True, NOT),
        (False, True, False, True, NOT),
        (False, False, False, True, NOT),
    ],
)
def test_only_a_positive_fact_without_a_bar_lets_through(
    state: str, positive: bool, needed: bool, weak: bool, strong: bool, verdict: str
) -> None:
    facts = [
        *([allowed(CREAM, state)] if positive else []),
        *([allowed(CREAM, f"{state}-if-needed")] if needed else []),
        *([bar(CREAM, state, weak=True)] if weak else []),
        *([bar(CREAM, state)] if strong else []),
    ]
    person = PREGNANT if state == "pregnancy" else FEEDING
    assert screened(person, *facts).verdict == verdict
    # who says it by the condition's id says the same
    assert screened(Person(conditions=(state,)), *facts).verdict == verdict


def test_a_caution_is_shown_and_keeps_nothing_back() -> None:
    found = screened(PREGNANT, allowed(CREAM, "pregnancy"), fact(CREAM, "caution", "pregnancy"))
    assert found.verdict == OFFERED
    assert [(c.kind, c.value) for c in found.cautions] == [("care", "pregnancy")]


def test_a_caution_alone_says_nothing_for_it() -> None:
    assert screened(PREGNANT, fact(CREAM, "caution", "pregnancy")).verdict == NOT


def test_of_a_course_of_several_parts_every_part_must_pass() -> None:
    parts = [allowed(part, "pregnancy") for part in (CREAM, SHOT, PAIR)]
    assert screened(PREGNANT, *parts, name=PAIR).verdict == OFFERED
    for less in range(3):
        assert screened(PREGNANT, *(p for i, p in enumerate(parts) if i != less), name=PAIR).verdict == NOT
    assert screened(PREGNANT, *parts, bar(SHOT, "pregnancy"), name=PAIR).verdict == NOT
    assert screened(PREGNANT, *parts, bar(SHOT, "pregnancy", weak=True), name=PAIR).verdict == ASK


def test_a_pairing_without_a_name_is_its_two_parts() -> None:
    facts = world(CATALOG, allowed(CREAM, "pregnancy"))
    assert screen(posed(facts, PREGNANT), Effect(CREAM), CONCERN).offered
    assert not screen(posed(facts, PREGNANT), Effect(CREAM, SERUM), CONCERN).offered


def test_a_positive_fact_for_another_concern_is_none_here() -> None:
    assert screened(PREGNANT, allowed(CREAM, "pregnancy", concern="redness")).verdict == NOT
    assert screened(PREGNANT, allowed(CREAM, "pregnancy", concern=CONCERN.id)).verdict == OFFERED


def test_a_bar_for_another_concern_is_a_bar_here() -> None:
    assert screened(PREGNANT, allowed(CREAM, "pregnancy"), bar(CREAM, "pregnancy", concern="redness")).verdict == NOT


def test_a_bar_in_a_narrower_case_than_was_said_is_asked_about_first() -> None:
    found = screened(PREGNANT, allowed(CREAM, "pregnancy"), bar(CREAM, "first-trimester"))
    assert found.verdict == ASK
    assert [(g.kind, g.condition) for g in found.grounds] == [("if", "first-trimester")]
    early = Person(conditions=("first-trimester",))
    assert screened(early, allowed(CREAM, "pregnancy"), bar(CREAM, "first-trimester")).verdict == NOT


def test_what_stays_on_the_skin_is_let_through_in_breast_feeding_by_inference_that_is_named() -> None:
    found = screened(FEEDING, allowed(SERUM, "pregnancy"), name=SERUM)
    assert found.verdict == OFFERED
    assert [(c.kind, c.value, c.part) for c in found.cautions] == [("inferred", "breast-feeding", SERUM)]


@pytest.mark.parametrize("name", [CREAM, CELLS, SHOT])
def test_nothing_is_inferred_for_medicines_and_biologicals(name: str) -> None:
    assert screened(FEEDING, allowed(name, "pregnancy"), name=name).verdict == NOT


@pytest.mark.parametrize(
    ("otherwise", "verdict"),
    [
        (bar(SERUM, "breast-feeding"), NOT),
        (bar(SERUM, "breast-feeding", weak=True), NOT),
        (allowed(SERUM, "breast-feeding-if-needed"), ASK),
    ],
)
def test_nothing_is_inferred_against_a_fact_on_breast_feeding(otherwise: Entry, verdict: str) -> None:
    assert screened(FEEDING, allowed(SERUM, "pregnancy"), otherwise, name=SERUM).verdict == verdict


def test_pregnant_and_feeding_needs_both() -> None:
    both = Person(pregnant=True, breast_feeding=True)
    assert screened(both, allowed(CREAM, "pregnancy")).verdict == NOT
    assert screened(both, allowed(CREAM, "pregnancy"), allowed(CREAM, "breast-feeding")).verdict == OFFERED


# ------------------------------------------------------------------ trying to conceive, could become pregnant


@pytest.mark.parametrize("sex", ["female", None])
def test_who_tries_to_conceive_and_is_no_man_is_as_pregnant(sex: Any) -> None:
    person = Person(trying_to_conceive=True, sex=sex)
    assert screened(person).verdict == NOT
    assert screened(person, allowed(CREAM, "pregnancy")).verdict == OFFERED
    assert screened(person, allowed(CREAM, "pregnancy"), bar(CREAM, "trying-to-conceive")).verdict == NOT
    assert screened(person, allowed(CREAM, "pregnancy"), bar(CREAM, "pregnancy", weak=True)).verdict == ASK


def test_for_a_man_who_tries_to_conceive_only_what_a_father_passes_on_counts() -> None:
    man = Person(trying_to_conceive=True, sex="male")
    assert screened(man).verdict == OFFERED
    for of_women in ("pregnancy", "could-become-pregnant", "breast-feeding", "female-sex"):
        assert screened(man, bar(CREAM, of_women)).verdict == OFFERED
    for of_fathers in ("trying-to-conceive", "partner-pregnancy"):
        assert screened(man, bar(CREAM, of_fathers)).verdict == NOT
        assert screened(man, bar(CREAM, of_fathers, weak=True)).verdict == ASK
        by_id = Person(conditions=("trying-to-conceive",), sex="male")
        assert screened(by_id, bar(CREAM, of_fathers)).verdict == NOT


@pytest.mark.parametrize(
    ("person", "verdict"),
    [
        (Person(sex="female"), NOT),
        (Person(sex="female", age=28), NOT),
        (Person(sex="female", age=54), NOT),
        (Person(sex="female", age=55), OFFERED),
        (Person(sex="female", age=40, conditions=("post-menopause",)), OFFERED),
        (Person(sex="male", age=28), OFFERED),
        (Person(age=28), OFFERED),
        (Person(breast_feeding=True), NOT),
    ],
)
def test_a_woman_below_the_age_could_become_pregnant_unless_she_says_otherwise(person: Person, verdict: str) -> None:
    facts = [bar(CREAM, "could-become-pregnant"), allowed(CREAM, "breast-feeding")]
    assert screened(person, *facts).verdict == verdict


def test_the_age_stands_in_the_catalogue() -> None:
    changed = entry("constant", name="fertile-below-age", value=70, reason="For a test.")
    problem = posed(world(CATALOG, changed, bar(CREAM, "could-become-pregnant")), Person(sex="female", age=60))
    assert not screen(problem, Effect(CREAM), CONCERN).offered


# ------------------------------------------------------------------ age


def test_under_age_only_what_is_allowed_from_an_age() -> None:
    child = Person(age=15)
    assert screened(child).verdict == NOT
    assert [g.kind for g in screened(child).grounds] == ["age"]
    assert screened(child, fact(CREAM, "from-age", low=12)).verdict == OFFERED
    assert screened(child, fact(CREAM, "from-age", low=16)).verdict == NOT
    assert screened(child, fact(CREAM, "from-age", low=12), bar(CREAM, "under-18")).verdict == NOT
    assert screened(child, fact(CREAM, "from-age", low=12), bar(CREAM, "under-18", weak=True)).verdict == ASK
    assert screened(child, fact(CREAM, "from-age", low=12, concern="redness")).verdict == NOT
    assert screened(child, fact(CREAM, "from-age", low=12, market="uk")).verdict == NOT
    assert screened(child, fact(CREAM, "from-age", low=12, market="uk"), market="uk").verdict == OFFERED
    assert screened(Person(age=18)).verdict == OFFERED
    assert screened(Person(conditions=("under-12",)), fact(CREAM, "from-age", low=1)).verdict == NOT


@pytest.mark.parametrize(("age", "verdict"), [(21, NOT), (22, OFFERED), (66, NOT), (65, OFFERED)])
def test_conditions_of_age_follow_from_the_age(age: int, verdict: str) -> None:
    assert screened(Person(age=age), bar(CREAM, "under-22"), bar(CREAM, "over-65")).verdict == verdict


# ------------------------------------------------------------------ sex, skin, conditions, kinds


def test_sex_and_skin_type_are_conditions() -> None:
    assert screened(Person(sex="male"), bar(CREAM, "male-sex")).verdict == NOT
    assert screened(Person(sex="female"), bar(CREAM, "male-sex")).verdict == OFFERED
    for skin, verdict in ((4, OFFERED), (5, NOT), (6, NOT), (None, OFFERED)):
        assert screened(Person(skin_type=skin), bar(CREAM, "fitzpatrick-5-6")).verdict == verdict


def test_a_condition_holds_with_all_that_it_implies_and_not_the_other_way() -> None:
    assert screened(Person(conditions=("x-narrow",)), bar(CREAM, "x-wide")).verdict == NOT
    wide = screened(Person(conditions=("x-wide",)), bar(CREAM, "x-narrow"))
    assert wide.verdict == ASK
    assert [(g.kind, g.condition) for g in wide.grounds] == [("if", "x-narrow")]
    assert [(c.kind, c.value) for c in wide.cautions] == [("no-fact", "x-wide")]


def test_what_no_fact_speaks_of_is_offered_and_said() -> None:
    found = screened(Person(conditions=("x-wide",)))
    assert found.verdict == OFFERED
    assert [(c.kind, c.value) for c in found.cautions] == [("no-fact", "x-wide")]


@pytest.mark.parametrize(
    "asked",
    [
        {"concerns": [{"id": "acne-scars"}], "person": {"conditions": ["melasma"]}},
        {"concerns": [{"id": "acne-scars"}, {"id": "pigment", "subtype": "melasma"}]},
    ],
)
def test_what_was_tried_in_people_who_have_it_is_no_unknown(asked: dict[str, Any]) -> None:
    """Melasma is a kind of pigment: what was studied there was studied in people who have it."""
    problem = Problem.of(CATALOG, Request.model_validate(asked))

    def untold(procedure: str) -> bool:
        found = screen(problem, Effect(procedure), problem.concern)
        return ("no-fact", "melasma") in [(c.kind, c.value) for c in found.cautions]

    assert not untold("azelaic-acid")
    assert untold("subcision")


@pytest.mark.parametrize("said", ["keloid-tendency", "anticoagulant", "immunosuppression"])
def test_what_breaks_the_skin_is_asked_about_where_no_fact_speaks_of_how_it_heals(said: str) -> None:
    found = screened(Person(conditions=(said,)), name=SHOT)
    assert ("silent", said, SHOT) in [(g.kind, g.condition, g.part) for g in found.grounds]
    assert found.verdict == ASK
    known = screened(Person(conditions=(said,)), fact(SHOT, "caution", said), name=SHOT)
    assert said not in [g.condition for g in known.grounds if g.kind == "silent"]
    # nothing is broken by a cream
    assert screened(Person(conditions=(said,))).verdict == OFFERED


@pytest.mark.parametrize(
    ("said", "wounding"),
    [
        ("damaged-skin", (SHOT, LASER)),
        ("recent-laser", (SHOT, LASER)),
        ("radiotherapy-to-site", (SHOT, LASER)),
        ("isotretinoin-recent", (LASER,)),
        ("oral-retinoid", (LASER,)),
    ],
)
def test_skin_that_heals_badly_is_neither_pierced_nor_heated_without_a_fact(said: str, wounding: tuple[str]) -> None:
    for name in (CREAM, SHOT, LASER):
        assert screened(Person(conditions=(said,)), name=name).verdict == (ASK if name in wounding else OFFERED)


def test_a_tan_bears_on_what_heats_the_skin_and_not_on_a_needle() -> None:
    tan = entry("condition", id="x-tan", name="Tan", kind="skin", wounds=["resurfaced"])
    person = Person(conditions=("x-tan",))
    assert screened(person, tan, name=LASER).verdict == ASK
    assert screened(person, tan, name=SHOT).verdict == OFFERED


def test_a_fact_on_what_a_condition_implies_speaks_of_how_it_heals() -> None:
    heals = entry("condition", id="x-heals", name="Heals badly", kind="skin", wounds=["broken"], implies=["x-wide"])
    person = Person(conditions=("x-heals",))
    assert screened(person, heals, name=SHOT).grounds[0].kind == "silent"
    assert screened(person, heals, fact(SHOT, "caution", "x-wide"), name=SHOT).verdict == OFFERED


def test_a_weak_bar_is_asked_first_with_who_says_so() -> None:
    found = screened(Person(conditions=("x-wide",)), bar(CREAM, "x-wide", weak=True, note="A blog."))
    assert found.verdict == ASK
    assert (found.grounds[0].source, found.grounds[0].strength, found.grounds[0].note) == (
        "s-contraindication-x-wide-2", "weak", "A blog.",
    )  # fmt: skip
    assert (
        screened(Person(conditions=("x-wide",)), bar(CREAM, "x-wide", weak=True), bar(CREAM, "x-wide")).verdict == NOT
    )


def test_a_source_that_finds_no_bar_is_shown_and_lifts_none() -> None:
    person = Person(conditions=("x-wide",))
    none = fact(CREAM, "not-contraindicated", "x-wide")
    assert [(c.kind, c.value) for c in screened(person, none).cautions] == [("no-bar", "x-wide")]
    assert screened(person, none, bar(CREAM, "x-wide")).verdict == NOT


def test_the_kind_that_is_asked_about_is_a_condition() -> None:
    facts = world(CATALOG, bar(CREAM, "melasma"))
    problem = posed(facts, Person())
    assert screen(problem, Effect(CREAM), Concern("pigment", "melasma")).verdict == NOT
    assert screen(problem, Effect(CREAM), Concern("pigment", "solar-lentigines")).verdict == OFFERED
    assert screen(problem, Effect(CREAM), Concern("pigment")).verdict == OFFERED


def test_a_kind_that_is_assumed_is_a_condition_as_well() -> None:
    facts = world(CATALOG, bar(CREAM, "melasma"))
    unsaid = Problem.of(facts, Request.model_validate({"concerns": [{"id": "pigment"}]}))
    assert unsaid.concern.kind == "melasma"
    assert screen(unsaid, Effect(CREAM), unsaid.concern).verdict == NOT
    spots = unsaid.of_kind("pigment", "solar-lentigines")
    assert screen(spots, Effect(CREAM), spots.concern).verdict == OFFERED


def test_an_assumed_kind_says_nothing_of_the_sex_of_who_asks() -> None:
    """Hair loss is men's, unless said otherwise; a woman may ask all the same, and what only men may have is asked
    about first.
    """
    facts = world(CATALOG, bar(CREAM, "could-become-pregnant"))

    def verdict(**asked: Any) -> str:
        request = {"concerns": [{"id": "hair-loss", **asked.pop("kind", {})}], "person": asked}
        problem = Problem.of(facts, Request.model_validate(request))
        return screen(problem, Effect(CREAM), problem.concern).verdict

    assert verdict() == ASK
    assert verdict(sex="male") == verdict(kind={"subtype": "male-pattern"}) == OFFERED
    assert verdict(sex="female") == verdict(kind={"subtype": "female-pattern"}) == NOT


def test_what_every_kind_of_a_concern_means_holds_without_a_kind() -> None:
    made = [
        entry("condition", id="x-site", name="A place", kind="site"),
        entry("concern", id="x-concern", name="Made up", scale="percent-better", summary="Made up.",
              subtype=[{"id": kind, "name": kind, "implies": ["x-site"]} for kind in ("aa", "bb")]),
    ]  # fmt: skip
    scale = next(iter(CATALOG.concerns.values())).scale
    made[1] = entry("concern", **{**made[1].fact.model_dump(exclude_unset=True), "scale": scale})
    problem = posed(world(CATALOG, *made, bar(CREAM, "x-site")), Person())
    assert screen(problem, Effect(CREAM), Concern("x-concern")).verdict == NOT


def test_what_was_studied_in_one_sex_alone_is_not_offered_to_the_other_as_studied() -> None:
    row = {"design": "rct", "source": "made-up", "concern": "hair-loss"}
    arm = {"procedure": CREAM, "n": 9, "measure": "change-percent", "value": 5.0}
    study = next(iter(CATALOG.studies("hair-loss"))).model_dump(exclude_none=True)
    arm = {**study["arm"][0], "procedure": CREAM} if study["arm"] else arm
    made = entry("study", **{**study, **row, "design": study["design"], "id": "x-study", "subtype": "male-pattern",
                             "arm": [arm], "contrast": [], "outcome": []})  # fmt: skip
    facts = world(CATALOG, made)
    hair = Concern("hair-loss")
    assert screen(posed(facts, Person(sex="female")), Effect(CREAM), hair).grounds[0].kind == "studied"
    assert screen(posed(facts, Person(sex="male")), Effect(CREAM), hair).verdict == OFFERED
    unsaid = screen(posed(facts, Person()), Effect(CREAM), hair)
    assert unsaid.verdict == ASK
    assert unsaid.grounds[0].sex == "female"
    # of a study that tells no kind nobody knows in whom it was
    untold = made.fact.model_dump(exclude_none=True) | {"id": "y-study"}
    del untold["subtype"]
    both = world(CATALOG, made, entry("study", **untold))
    assert screen(posed(both, Person(sex="female")), Effect(CREAM), hair).verdict == OFFERED


def test_what_one_sex_must_not_have_is_asked_about_where_the_sex_decides_and_was_not_said() -> None:
    """No ground then says more than the verdict does."""
    facts, hair = world(CATALOG, bar(CREAM, "female-sex"), bar(CREAM, "x-wide", weak=True)), Concern("hair-loss")
    verdicts = [screen(posed(facts, Person(sex=sex)), Effect(CREAM), hair).verdict for sex in ("female", "male")]
    assert verdicts == [NOT, OFFERED]
    unsaid = screen(posed(facts, Person(conditions=("x-wide",))), Effect(CREAM), hair)
    assert unsaid.verdict == ASK
    assert {(g.condition, g.verdict, g.sex) for g in unsaid.grounds} == {
        ("female-sex", ASK, "female"), ("x-wide", ASK, ""),
    }  # fmt: skip


# ------------------------------------------------------------------ what could not be read


@pytest.mark.parametrize(
    ("name", "verdict"),
    [(TABLET, ASK), (SHOT, ASK), (PAIR, ASK), (CREAM, ASK), (CELLS, ASK), (LAMP, ASK), (SERUM, OFFERED)],
)
def test_what_was_said_and_not_read_stops_all_but_cosmetics(name: str, verdict: str) -> None:
    found = screened(Person(), name=name, unread=("flurbosis",))
    assert found.verdict == verdict
    assert {g.condition for g in found.grounds if g.kind == "unread"} == ({"flurbosis"} if verdict == ASK else set())


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [("x-wide", ASK), ("maoi", ASK), ("metal-allergy", ASK), ("active-infection", ASK), ("female-sex", OFFERED),
     ("under-12", OFFERED), ("fitzpatrick-5-6", OFFERED)],
)  # fmt: skip
def test_what_was_not_read_may_be_any_illness_or_medicine_that_bars_a_serum(condition: str, verdict: str) -> None:
    for weak in (False, True):
        found = screened(Person(age=60), bar(SERUM, condition, weak=weak), name=SERUM, unread=("flurbosis",))
        assert found.verdict == verdict


@pytest.mark.parametrize("market", ["us", "uk"])
def test_what_was_not_read_stops_what_is_on_prescription_anywhere(market: str) -> None:
    status = fact(SERUM, "status", "prescription-only", market="uk")
    assert screened(Person(), status, name=SERUM, unread=("flurbosis",), market=market).verdict == ASK
    assert screened(Person(), status, name=SERUM, market=market).verdict == OFFERED


def test_what_may_be_a_pregnancy_is_asked_about_before_all_that_nothing_lets_through() -> None:
    words = ("due next month",)
    assert screened(Person(), unread=words).verdict == ASK
    assert screened(Person(), name=SERUM, unread=words).verdict == ASK
    assert screened(Person(), allowed(CREAM, "pregnancy"), unread=words).verdict == OFFERED
    assert screened(Person(), allowed(CREAM, "pregnancy-if-needed"), unread=words).verdict == ASK
    assert screened(Person(sex="male"), unread=words).verdict == OFFERED


def test_what_may_be_nursing_is_asked_about_too() -> None:
    words = ("on maternity leave",)
    assert screened(Person(), allowed(CREAM, "pregnancy"), unread=words).verdict == ASK
    both = (allowed(CREAM, "pregnancy"), allowed(CREAM, "breast-feeding"))
    assert screened(Person(), *both, unread=words).verdict == OFFERED


def test_what_harmed_one_is_asked_about_before_its_kin() -> None:
    kin = entry("kin", members=[TABLET, SERUM], reason="One substance, for a test.")
    words = (f"{TABLET} burned my face",)
    (ground,) = screened(Person(), kin, name=SERUM, unread=words).grounds
    assert (ground.kind, ground.condition, ground.verdict) == ("unread", words[0], ASK)
    assert screened(Person(), name=SERUM, unread=words).verdict == OFFERED


def test_the_shipped_kin_hold_each_substance_that_is_had_in_two_ways() -> None:
    kin = [set(k.members) for k in CATALOG.kin]
    for both in (
        {"minoxidil-oral", "minoxidil-topical"}, {"tranexamic-acid-oral", "tranexamic-acid-topical"},
        {"finasteride-oral", "finasteride-topical", "dutasteride-oral"}, {"ha-filler", "hybrid-ha"},
    ):  # fmt: skip
        assert any(both <= members for members in kin)


# ------------------------------------------------------------------ what stands on the row


def test_status_is_by_market_and_concern() -> None:
    facts = [
        fact(CREAM, "status", "prescription-only", market="uk"),
        fact(CREAM, "status", "over-the-counter", market="us"),
        fact(CREAM, "status", "off-label", market="us", concern=CONCERN.id),
        fact(CREAM, "status", "off-label", market="us", concern="redness", note="n"),
    ]
    here = screened(Person(), *facts)
    assert [(s.value, s.market) for s in here.status] == [("over-the-counter", "us"), ("off-label", "us")]
    there = screened(Person(), *facts, market="uk")
    assert [s.value for s in there.status] == ["prescription-only"]


def test_status_for_some_kinds_of_a_concern_is_none_for_the_others() -> None:
    licensed = fact(CREAM, "status", "licensed", market="us", concern="pigment", kinds=["melasma"])
    problem = posed(world(CATALOG, licensed), Person())
    told = {kind: screen(problem, Effect(CREAM), Concern("pigment", kind)).status for kind in ("melasma", "age-spots")}
    assert [s.value for s in told["melasma"]] == ["licensed"]
    assert told["age-spots"] == ()


def test_the_licence_of_a_mix_is_not_that_of_one_of_its_parts() -> None:
    part = fact(CREAM, "status", "over-the-counter", market="us")
    mix = fact(PAIR, "status", "prescription-only", market="us")
    assert "over-the-counter" in [s.value for s in screened(Person(), part, name=PAIR).status]
    told = screened(Person(), part, mix, name=PAIR).status
    assert [s.value for s in told if s.part in (CREAM, PAIR)] == ["prescription-only"]


def test_a_prescription_option_names_who_must_not_take_it() -> None:
    facts = [
        fact(CREAM, "status", "prescription-only", market="us"), bar(CREAM, "pregnancy"),
        bar(CREAM, "x-wide", weak=True), fact(CREAM, "caution", "smoking"),
    ]  # fmt: skip
    assert screened(Person(), *facts).not_with == ("pregnancy", "x-wide")
    assert screened(Person(), bar(SERUM, "pregnancy"), name=SERUM).not_with == ()
    assert screened(Person(), *facts, name=PAIR).not_with == ("pregnancy", "x-wide")


def test_the_gravest_harm_is_named() -> None:
    found = screened(Person(), fact(CREAM, "gravest-harm", "blindness", low=0.01, high=0.02, grave=True))
    assert [(g.value, g.low, g.high, g.grave) for g in found.gravest] == [("blindness", 0.01, 0.02, True)]
    found = screened(Person(), fact(CREAM, "gravest-harm", "rash"))
    assert [(g.value, g.grave) for g in found.gravest] == [("rash", False)]


def test_a_grave_harm_that_a_study_counted_is_named_too_and_one_that_none_had_is_not() -> None:
    harm = {"concern": CONCERN.id, "severity": "serious", "grave": True, "source": "s-one"}
    found = screened(
        Person(),
        entry("harm", procedure=CREAM, event="scarring", rate_low=1, rate_high=2, **harm),
        entry("harm", procedure=CREAM, event="blindness", rate_low=0, rate_high=0, **harm),
        entry("harm", procedure=CREAM, event="redness", rate_low=5, rate_high=5, **{**harm, "grave": False}),
    )
    assert [(g.value, g.low, g.high, g.grave) for g in found.gravest] == [("scarring", 1, 2, True)]


@pytest.mark.parametrize(("name", "unknown"), [(CREAM, False), (SERUM, False), (SHOT, True), (TABLET, True)])
def test_that_nobody_names_the_gravest_harm_is_told_of_what_goes_deep(name: str, unknown: bool) -> None:
    found = screened(Person(), name=name).gravest
    assert [(g.value, g.source, g.part) for g in found] == ([("", "", name)] if unknown else [])
    assert not any(not g.value for g in screened(Person(), fact(name, "gravest-harm", "rash"), name=name).gravest)


# ------------------------------------------------------------------ evidence filters and overlays


def test_leaving_a_source_out_leaves_safety_as_it_is() -> None:
    facts = world(
        CATALOG, bar(CREAM, "x-wide", source="dow-2009"), fact(CREAM, "caution", "smoking", source="dow-2009"),
        allowed(CREAM, "pregnancy", source="dow-2009"),
        fact(CREAM, "status", "not-approved", market="us", source="dow-2009"),
        entry("source", id="dow-2009", kind="guideline", title="Made up"),
    )  # fmt: skip
    for person in (Person(), PREGNANT, Person(conditions=("x-wide",)), Person(conditions=("smoking",))):
        whole = screen(posed(facts, person), Effect(CREAM), CONCERN)
        bare = screen(posed(facts.without(["dow-2009"]), person), Effect(CREAM), CONCERN)
        assert bare == whole


def test_a_procedure_that_an_overlay_moves_keeps_its_facts() -> None:
    before = CATALOG.practice("tretinoin")
    moved = CATALOG.with_facts(
        entry("procedure", **{**CATALOG.procedures["tretinoin"].model_dump(), "family": "skincare"})
    )
    assert moved.practice("tretinoin") == before != ()


# ------------------------------------------------------------------ what cannot be true


@pytest.mark.parametrize(
    "person",
    [
        {"pregnant": True, "sex": "male"},
        {"breast_feeding": True, "sex": "male"},
        {"conditions": ["could-become-pregnant"], "sex": "male"},
        {"pregnant": True, "conditions": ["male-sex"]},
        {"sex": "female", "conditions": ["male-sex"]},
    ],
)
def test_what_cannot_be_true_of_one_person_is_refused_in_a_line(person: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        Problem.of(world(CATALOG), Request.model_validate({"person": person}))
    assert "\n" not in str(caught.value)
    assert "man" in caught.value.message


@pytest.mark.parametrize(("condition", "age"), [("under-18", 40), ("over-65", 30), ("under-12", 15)])
def test_a_condition_against_the_age_is_refused(condition: str, age: int) -> None:
    with pytest.raises(InputError, match=f"age {age}"):
        Problem.of(world(CATALOG), Request.model_validate({"person": {"conditions": [condition], "age": age}}))


def test_an_unknown_condition_is_refused_with_those_that_come_near() -> None:
    with pytest.raises(InputError) as caught:
        Problem.of(CATALOG, Request.model_validate({"person": {"conditions": ["keloid-tendancy"]}}))
    assert "keloid-tendency" in caught.value.hint


# ------------------------------------------------------------------ laws

VALUES = (
    "pregnancy", "first-trimester", "breast-feeding", "trying-to-conceive", "could-become-pregnant",
    "partner-pregnancy", "female-sex", "male-sex", "under-12", "under-18", "under-22", "x-wide", "x-narrow",
    "fitzpatrick-5-6", "melasma",
)  # fmt: skip
SAID = ("pregnancy", "breast-feeding", "trying-to-conceive", "first-trimester", "x-wide", "x-narrow", "under-18",
        "under-12", "could-become-pregnant", "partner-pregnancy", "keloid-tendency")  # fmt: skip
ORDER = [OFFERED, ASK, NOT]

bars = st.builds(bar, st.sampled_from([CREAM, SHOT]), st.sampled_from(VALUES), weak=st.booleans())
positives = st.builds(
    allowed, st.sampled_from([CREAM, SHOT, PAIR]),
    st.sampled_from(["pregnancy", "pregnancy-if-needed", "breast-feeding", "breast-feeding-if-needed"]),
)  # fmt: skip
ages = st.builds(lambda p, low: fact(p, "from-age", low=low), st.sampled_from([CREAM, SHOT]), st.sampled_from([5, 12]))
fact_lists = st.lists(st.one_of(bars, positives, ages), max_size=6)
people = st.builds(
    Person, sex=st.sampled_from(["male", "female", None]), age=st.sampled_from([None, 10, 15, 30, 60]),
    skin_type=st.sampled_from([None, 3, 6]), pregnant=st.sampled_from([None, True]),
    trying_to_conceive=st.sampled_from([None, True]), breast_feeding=st.sampled_from([None, True]),
    conditions=st.lists(st.sampled_from(SAID), max_size=2, unique=True).map(tuple),
)  # fmt: skip


def verdict(person: Person, facts: list[Entry], name: str) -> str:
    """The verdict, past the check that refuses what cannot be true: the laws hold for any person whatever."""
    problem = posed(world(CATALOG, *facts), Person())
    request = problem.request.model_copy(update={"person": person})
    return screen(replace(problem, request=request), effect(name), CONCERN).verdict


@given(people, fact_lists, bars, st.sampled_from([CREAM, PAIR]))
def test_one_more_bar_never_makes_anything_offered(person: Person, facts: list[Entry], one: Entry, name: str) -> None:
    assert ORDER.index(verdict(person, [*facts, one], name)) >= ORDER.index(verdict(person, facts, name))


@given(people, fact_lists, st.sampled_from(VALUES), st.sampled_from([CREAM, PAIR]))
def test_a_weak_bar_and_a_strong_one_are_alike_for_whether_it_is_offered(
    person: Person, facts: list[Entry], value: str, name: str
) -> None:
    weak = verdict(person, [*facts, bar(CREAM, value, weak=True)], name)
    strong = verdict(person, [*facts, bar(CREAM, value)], name)
    assert (weak == OFFERED) == (strong == OFFERED)
    assert ORDER.index(strong) >= ORDER.index(weak)


@given(people, fact_lists, st.sampled_from(SAID), st.sampled_from([CREAM, PAIR]))
def test_one_more_condition_never_makes_anything_offered(
    person: Person, facts: list[Entry], condition: str, name: str
) -> None:
    more = person.model_copy(update={"conditions": (*person.conditions, condition)})
    assert verdict(more, facts, name) == OFFERED or verdict(person, facts, name) in ORDER
    if verdict(person, facts, name) != OFFERED:
        assert verdict(more, facts, name) != OFFERED


def test_every_made_up_thing_is_screened_alike_in_every_order_of_its_facts() -> None:
    facts = [bar(CREAM, "x-wide"), bar(CREAM, "x-wide", weak=True), allowed(CREAM, "pregnancy")]
    person = Person(pregnant=True, conditions=("x-wide",))
    assert {screened(person, *order).verdict for order in (facts, facts[::-1])} == {NOT}
    assert set(MADE_UP) == {CREAM, TABLET, SHOT, SERUM, CELLS, LAMP, LASER, PAIR}
