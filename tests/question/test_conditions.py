"""Conditions: read from the catalogue's words, denied as people deny, listed to choose from, and named in sentences."""

import pytest

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.conditions import avoid_choices, condition_choices, known_avoids, known_conditions, readable
from decide.question.reading import understand
from decide.question.request import Person
from decide.question.skin import types_in


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("I have herpes, best for wrinkles", ["herpes"]),
        ("I get cold sores, is microneedling good for acne scars", ["herpes"]),
        ("I smoke, what helps wrinkles", ["smoking"]),
        ("I've had a DVT and want something for melasma", ["thrombosis-history"]),
        ("on the pill, best for melasma", ["combined-hormonal-contraception"]),
        ("I have haemophilia and acne scars", ["bleeding-disorder"]),
        ("kidney disease and melasma", ["renal-impairment"]),
        ("allergic to nickel, acne scars", ["metal-allergy"]),
        ("is botox ok with myasthenia gravis", ["myasthenia-gravis"]),
        ("best for alopecia areata", ["alopecia-areata"]),
        ("acne scars, I'm HIV positive and take warfarin", ["anticoagulant", "immunosuppression"]),
    ],
)
def test_conditions_are_read(catalog: Catalog, text: str, conditions: list[str]) -> None:
    read = understand(text, catalog)
    assert sorted(read.person.conditions) == conditions
    # of an allergy it matters what it did
    assert not read.not_understood or "metal-allergy" in conditions
    assert not read.unread


@pytest.mark.parametrize(
    "text",
    [
        "no blood clots, best for wrinkles",
        "never had cancer, best for wrinkles",
        "I haven't had keloids, best for acne scars",
        "I don't smoke, best for wrinkles",
        "not allergic to nickel, best for acne scars",
        "I have no kidney problems or liver disease, wrinkles",
    ],
)
def test_a_denial_is_no_condition(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).person.conditions == ()


def test_only_the_denied_one_is_denied(catalog: Catalog) -> None:
    read = understand("no blood clots but I have a bleeding disorder, best for acne scars", catalog)
    assert read.person.conditions == ("bleeding-disorder",)


@pytest.mark.parametrize("text", ["I took accutane 10 years ago, acne scars", "accutane years ago, acne scars"])
def test_what_was_lately_is_no_more_after_years(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).person.conditions == ()


def test_every_word_of_a_condition_is_read_as_that_condition(catalog: Catalog) -> None:
    wrong = [
        (condition.id, word)
        for condition in catalog.conditions.values()
        for word in condition.words
        if condition.id not in understand(f"wrinkles. {word}.", catalog).person.conditions
    ]
    assert wrong == []


def test_choices_leave_out_what_is_asked_by_a_key_of_its_own_or_is_no_state(catalog: Catalog) -> None:
    ids = [identity for identity, _ in condition_choices(catalog)]
    assert {"herpes", "keloid-tendency", "rosacea"} <= set(ids)
    assert not {"pregnancy", "breast-feeding", "male-sex", "fitzpatrick-5-6", "irritation"} & set(ids)
    assert known_conditions(catalog, ids) == tuple(ids)
    assert dict(avoid_choices(catalog))["lasers"] == "Lasers or light"
    assert known_avoids(catalog, ["lasers", "lasers"]) == ("lasers",)


def test_unknown_names_are_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="unknown condition 'herpez'") as error:
        known_conditions(catalog, ["herpez"])
    assert error.value.hint == "did you mean herpes?"
    with pytest.raises(InputError, match="unknown thing to avoid") as error:
        known_avoids(catalog, ["qqqq"])
    assert "injections" in (error.value.hint or "")


def test_old_names_become_the_new_ones() -> None:
    assert Person(conditions=("anticoagulants", "autoimmune")).conditions == ("anticoagulant", "autoimmune-disease")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("anticoagulant", "blood thinners"),
        ("fitzpatrick-5-6", "skin type V or VI"),
        ("not-listed-here", "not listed here"),
    ],
)
def test_a_condition_is_named_inside_a_sentence(catalog: Catalog, condition: str, said: str) -> None:
    assert readable(catalog, condition) == said


def test_skin_types_stand_as_roman_numerals() -> None:
    assert types_in("I-IV and VI") == [1, 4, 6]
    assert types_in("dark skin, type 4") == []
