"""No contraindication of the catalogue is ever offered: not in a ranking, a comparison, a plan, or for the same money.

Every fact is enumerated: who has what it names is asked about for each concern that the procedure, or anything that
holds it, is an option for.
"""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from decide.alternatives.alternative import option_id
from decide.alternatives.candidates import effects_for
from decide.alternatives.eligibility import parts_of, screen
from decide.answers.comparison import compare
from decide.answers.instead import instead
from decide.answers.plan import plan
from decide.answers.ranking.rank import rank
from decide.errors import InputError, NothingFits
from decide.evidence.index import Effect
from decide.question.asker import holding
from decide.question.problem import Problem
from decide.question.request import Person
from tests.posed import posed
from tests.shipped import CATALOG

BARRED = sorted(
    {
        (fact.value or "", procedure)
        for procedure in CATALOG.procedures
        for fact in CATALOG.practice(procedure, "contraindication")
        if CATALOG.conditions[fact.value or ""].is_state
    }
)
WORDED: list[tuple[str, str, str]] = [
    # condition, procedure, what the words of its source make of it
    ("sunburn-or-recent-tan", "tretinoin", "ask-first"),
    ("sunburn-or-recent-tan", "adapalene", "ask-first"),
    ("sunburn", "tretinoin", "ask-first"),
    ("sunburn", "adapalene", "not-for-you"),
    ("sunburn-or-recent-tan", "erbium-laser", "ask-first"),
    ("sunburn-or-recent-tan", "medium-tca-peel", "ask-first"),
    ("damaged-skin", "tretinoin", "ask-first"),
    ("damaged-skin", "adapalene", "not-for-you"),
    ("damaged-skin", "brimonidine-topical", "not-for-you"),
    ("damaged-skin", "oxymetazoline-topical", "not-for-you"),
    ("damaged-skin", "microneedling", "ask-first"),
    ("damaged-skin", "rf-microneedling", "ask-first"),
    ("damaged-skin", "fractional-co2-laser", "ask-first"),
    ("damaged-skin", "superficial-peel", "ask-first"),
    ("damaged-skin", "ha-filler", "not-for-you"),
    ("recent-laser", "brimonidine-topical", "not-for-you"),
    ("recent-laser", "depigmenting-peel", "ask-first"),
    ("recent-laser", "rf-microneedling", "ask-first"),
    ("recent-resurfacing", "microneedling", "ask-first"),
    ("recent-filler", "microneedling", "ask-first"),
    ("psoriasis-or-vitiligo", "medium-tca-peel", "ask-first"),
    ("psoriasis-or-vitiligo", "superficial-peel", "ask-first"),
    ("psoriasis-or-vitiligo", "microneedling", "ask-first"),
    ("psoriasis-or-vitiligo", "hair-transplant", "ask-first"),
    ("tretinoin-or-corticosteroid-use-alongside", "ipl", "ask-first"),
    ("tretinoin-or-corticosteroid-use-alongside", "vascular-laser", "ask-first"),
    ("tretinoin-or-corticosteroid-use-alongside", "adapalene", "ask-first"),
    ("oral-retinoid", "tretinoin", "ask-first"),
    ("oral-retinoid", "adapalene", "not-for-you"),
    ("oral-retinoid", "triple-combination-cream", "ask-first"),
    ("photosensitising-drug", "low-level-light", "ask-first"),
    ("photosensitising-drug", "superficial-peel", "ask-first"),
    ("epilepsy", "low-level-light", "ask-first"),
    ("pacemaker", "low-level-light", "ask-first"),
    ("cancer-history", "low-level-light", "ask-first"),
    ("post-menopause", "tranexamic-acid-oral", "ask-first"),
    ("dermal-melasma", "superficial-peel", "not-for-you"),
    ("dermal-melasma", "medium-tca-peel", "not-for-you"),
    ("dermal-melasma", "depigmenting-peel", "ask-first"),
    ("lidocaine-allergy", "subcision", "ask-first"),
    ("lidocaine-allergy", "subcision-plus-filler", "not-for-you"),
    ("lidocaine-allergy", "punch-excision", "ask-first"),
    ("lidocaine-allergy", "blepharoplasty", "ask-first"),
    ("lidocaine-allergy", "fat-graft", "ask-first"),
    ("anticoagulant", "subcision", "ask-first"),
    ("anticoagulant", "blepharoplasty", "ask-first"),
    ("herpes", "rf-microneedling", "ask-first"),
    ("herpes", "fractional-co2-laser", "ask-first"),
    ("diabetes", "fractional-co2-laser", "ask-first"),
    ("active-acne", "plla-filler", "not-for-you"),
    ("fish-allergy", "polynucleotides", "ask-first"),
    ("silicone-allergy", "silicone-gel", "not-for-you"),
    ("dpd-deficiency", "intralesional-5fu", "not-for-you"),
    ("dpd-deficiency", "intralesional-steroid-5fu", "not-for-you"),
    ("cold-urticaria", "cryotherapy", "not-for-you"),
    ("swallowing-or-breathing-difficulty", "intralesional-bleomycin", "not-for-you"),
    ("potassium-raising-drug", "spironolactone-oral", "ask-first"),
    # what a source words as care stays that
    ("epilepsy", "tranexamic-acid-oral", "ask-first"),
    ("severe-renal-impairment", "tranexamic-acid-oral", "ask-first"),
    ("oral-retinoid", "retinol", "offered"),
    ("rosacea", "microneedling", "offered"),
    ("polycystic-ovaries", "tranexamic-acid-oral", "ask-first"),
    ("anticoagulant", "ha-filler", "offered"),
    ("isotretinoin-recent", "superficial-peel", "offered"),
    ("cardiovascular-disease", "brimonidine-topical", "ask-first"),
    ("depression-history", "brimonidine-topical", "ask-first"),
    ("liver-disease", "brimonidine-topical", "ask-first"),
    ("sun-exposure", "tretinoin", "offered"),
    ("smoking", "prp-injection", "ask-first"),
]
"""By hand, from the words of the sources."""
OF_ITS_OWN: dict[str, dict[str, Any]] = {
    "pregnancy": {"pregnant": True},
    "breast-feeding": {"breast_feeding": True},
    "fitzpatrick-5-6": {"skin_type": 5},
    "male-sex": {"sex": "male"},
    "female-sex": {"sex": "female"},
    "trying-to-conceive": {"trying_to_conceive": True},
    "under-12": {"age": 11},
    "under-18": {"age": 17},
    "under-22": {"age": 21},
}
"""Conditions that have a key of their own in a request."""


def someone(condition: str) -> dict[str, Any]:
    return OF_ITS_OWN.get(condition, {"conditions": (condition,)})


@cache
def courses(concern: str) -> dict[str, Effect]:
    """Every course that a concern's studies know, by its option's id."""
    return {option_id(CATALOG, effect): effect for effect in effects_for(CATALOG, concern)[0]}


@cache
def holders(procedure: str) -> dict[str, list[str]]:
    """The courses that hold a procedure, by concern."""
    found = {
        concern: [
            option
            for option, effect in courses(concern).items()
            if procedure in {part.id for part in parts_of(CATALOG, effect)}
        ]
        for concern in CATALOG.concerns
    }
    return {concern: options for concern, options in found.items() if options}


def whole(option: str) -> str:
    return option.partition("/")[0]


def problem_of(condition: str, *concerns: str, **more: Any) -> Problem:
    """Of somebody whom no flag sends to a doctor before anything is screened."""
    return replace(posed(CATALOG, *concerns, person=someone(condition), **more), red_flags=())


def test_every_fact_names_a_condition_that_can_hold() -> None:
    assert len(BARRED) > 60
    for condition, _ in BARRED:
        assert CATALOG.conditions[condition].is_state
        assert condition in holding(CATALOG, Person(**someone(condition))).true_of


@pytest.mark.parametrize("condition", sorted({condition for condition, _ in BARRED}))
def test_a_contraindicated_course_is_in_no_ranking_and_no_comparison(condition: str) -> None:
    barred = [procedure for name, procedure in BARRED if name == condition]
    for concern in CATALOG.concerns:
        asked = [options for procedure in barred if (options := holders(procedure).get(concern))]
        if not asked:
            continue
        problem = problem_of(condition, concern)
        ranking = rank(problem)
        assert not {whole(row.option.id) for row in ranking.rows} & {option for options in asked for option in options}
        why = {item.id: item for item in ranking.left_out}
        other = next((row.option.id for row in ranking.options), None)
        of_kind = problem.of_kind(concern, ranking.subtype or "") if ranking.kind_assumed else problem
        for options in asked:
            for option in options:
                assert why[option].why in ("not for you", "ask first", "not allowed"), (concern, option)
                # in pregnancy and under age silence alone bars, and has no source
                silent = why[option].screening is not None and why[option].screening.grounds[0].kind in (
                    "silent",
                    "age",
                )
                assert silent or why[option].source in CATALOG.sources
            if other is not None:
                # with no kind said, that in which these two were studied may be compared: it bars there too
                assert compare(problem, [options[0], other]).sides[0].row is None
                sides = compare(of_kind, [options[0], other]).sides
                assert [side.row is None for side in sides] == [True, False]


@pytest.mark.parametrize("condition", sorted({condition for condition, _ in BARRED}))
def test_a_contraindicated_course_is_in_no_plan(condition: str) -> None:
    """For the concern of which the condition bars most."""
    barred: dict[str, set[str]] = {}
    for name, procedure in BARRED:
        for concern, options in holders(procedure).items() if name == condition else ():
            barred.setdefault(concern, set()).update(options)
    concern, mine = max(barred.items(), key=lambda item: (len(item[1]), item[0]))
    try:
        found = plan(problem_of(condition, concern, budget=1000), least_stars=1, most=2)
    except NothingFits:
        rows = rank(problem_of(condition, concern, budget=1000)).rows
        assert not {whole(row.option.id) for row in rows} & mine
        return
    chosen = {whole(course.id) for view in (found.best, *found.runner_ups) for course in view.courses}
    assert not chosen & mine
    # what has no figure or price in the kind that is planned for is in no plan of anybody's
    free = {whole(row.option.id) for row in rank(posed(CATALOG, concern)).rows}
    assert not mine & free or mine & {item.id for item in found.left_out}


@pytest.mark.parametrize(("condition", "procedure"), BARRED)
def test_a_contraindicated_course_is_not_bought_for_the_same_money(condition: str, procedure: str) -> None:
    concerns = holders(procedure)
    if not concerns:
        pytest.skip("no concern has a study of it")
    for concern, options in concerns.items():
        (row,) = instead(problem_of(condition, concern), procedure).rows
        assert row.named is None or whole(row.named.id) not in options
        assert row.other is None or whole(row.other.id) not in options


@pytest.mark.parametrize(("condition", "procedure", "verdict"), WORDED)
def test_who_may_have_what_is_as_the_words_of_the_source_are(condition: str, procedure: str, verdict: str) -> None:
    assert screen(problem_of(condition, "pigment"), Effect(procedure), None).verdict == verdict


def test_a_peel_that_deep_melasma_bars_is_offered_for_melasma() -> None:
    rows = rank(posed(CATALOG, "pigment", subtype="melasma")).rows
    assert "triple-combination-cream+superficial-peel" in {row.option.id for row in rows}


@pytest.mark.parametrize("old", ["anticoagulants", "autoimmune"])
def test_the_old_names_of_conditions_still_exclude(old: str) -> None:
    ranking = rank(posed(CATALOG, "acne-scars", person={"conditions": [old]}))
    assert "microneedling" in {item.id for item in ranking.left_out if item.why in ("not for you", "ask first")}


def test_what_a_condition_implies_excludes_too() -> None:
    ranking = rank(posed(CATALOG, "wrinkles", person={"conditions": ["myasthenia-gravis"]}))
    barred = {item.id for item in ranking.left_out if item.why in ("not for you", "ask first")}
    # of nerves and muscles, and autoimmune
    assert {"botulinum-toxin", "microneedling"} <= barred


def test_somebody_trying_to_conceive_is_offered_nothing_that_pregnancy_bars() -> None:
    for concern in CATALOG.concerns:
        barred = {option for c, p in BARRED if c == "pregnancy" for option in holders(p).get(concern, ())}
        ranking = rank(posed(CATALOG, concern, person={"trying_to_conceive": True}))
        assert not {whole(row.option.id) for row in ranking.rows} & barred


def test_what_is_not_for_a_place_is_not_offered_there() -> None:
    """Dark circles lie round the eye, where a filler's label says that it must not go."""
    assert any(fact.value == "under-eye-site" for fact in CATALOG.practice("plla-filler", "contraindication"))
    barred = set(holders("plla-filler").get("dark-circles", []))
    assert not {whole(row.option.id) for row in rank(posed(CATALOG, "dark-circles")).rows} & barred
    assert "under-eye-site" in holding(CATALOG, Person(), "dark-circles").true_of


def test_an_unknown_condition_is_refused_and_not_passed_over() -> None:
    with pytest.raises(InputError, match="unknown condition 'keloid'"):
        posed(CATALOG, "acne-scars", person={"conditions": ["keloid"]})
    with pytest.raises(InputError, match="unknown condition 'irritation'"):
        # a note to show, and no state of a person
        posed(CATALOG, "acne-scars", person={"conditions": ["irritation"]})
