"""Everyday words that leave open what holds of a person are asked about first, and words near to them stop nothing."""

import tomllib
from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand
from decide.question.vague import meant

SAID = tomllib.loads((Path(__file__).parent / "open.toml").read_text("utf-8"))
OPEN = [(entry["condition"], said) for entry in SAID["open"] for said in entry["said"]]


@pytest.mark.parametrize(("condition", "said"), OPEN)
def test_what_may_hold_of_a_person_is_asked_about(catalog: Catalog, condition: str, said: str) -> None:
    read = understand(said, catalog)
    left = meant(catalog, read.person, read.unread)
    assert condition in left.certain | left.possible | {*read.person.conditions}


@pytest.mark.parametrize("said", [said for entry in SAID["harmless"] for said in entry["said"]])
def test_words_near_to_them_stop_nothing(catalog: Catalog, said: str) -> None:
    read = understand(said, catalog)
    assert (read.unread, read.red_flags, read.person.conditions) == ((), (), ())


@pytest.mark.parametrize(
    "said", ["cushings", "I have cushings", "alpha 1 antitrypsin", "on muscle relaxants", "behcets"]
)
def test_a_word_of_health_is_mended_into_nothing_else(catalog: Catalog, said: str) -> None:
    read = understand(f"wrinkles, {said}", catalog)
    assert read.unread
    assert not read.procedures


@pytest.mark.parametrize(
    ("said", "condition", "never"),
    [
        ("PsA", "autoimmune-disease", "psa-testing"),
        ("sarcoid", "autoimmune-disease", "cancer-history"),
        ("CLL", "blood-cancer", "psa-testing"),
        ("polycythaemia", "blood-disorder", "thrombosis-history"),
        ("bp 85/50", "low-blood-pressure", "hypertension"),
        ("dental implants for years", "metal-implant", "recent-dental-work"),
        ("dental implant last week", "recent-dental-work", "metal-implant"),
        ("CKD 5", "severe-renal-impairment", "hypertension"),
        ("my father died of a blood clot", "family-history-thrombosis", "thrombosis-history"),
        ("skin cancer in the family", "family-history-skin-cancer", "skin-cancer"),
        ("jessners on monday", "recent-resurfacing", "recent-laser"),
        ("nuts close my throat", "soya-or-peanut-allergy", "lidocaine-allergy"),
    ],
)
def test_a_word_like_another_is_not_taken_for_it(catalog: Catalog, said: str, condition: str, never: str) -> None:
    read = understand(f"wrinkles, {said}", catalog)
    assert never not in read.person.conditions
    left = meant(catalog, read.person, read.unread)
    held = {c for name in read.person.conditions for c in (name, *catalog.conditions[name].implies)}
    assert condition in held | left.possible
