"""What a "no" denies: only what it stands right before, and that for good. In any doubt the condition holds."""

import pytest

from decide.catalog import Catalog
from decide.question.conditions import implied
from decide.question.reading import understand

HOLDS = """
best for melasma, I haven't told anyone I'm pregnant = pregnancy
best for melasma, I can't believe I'm pregnant = pregnancy
melasma, I didn't know I was pregnant until yesterday = pregnancy
melasma, I didn't plan to be pregnant but I am = pregnancy
melasma, I was told I couldn't get pregnant, but I am = pregnancy
never thought I'd be pregnant at 40, what helps melasma = pregnancy
melasma, isn't it bad that I'm pregnant? = pregnancy
melasma, I never expected to be pregnant again = pregnancy
melasma, nobody knows yet that I'm pregnant = pregnancy
I haven't said so at work, but I'm pregnant, melasma = pregnancy
melasma, not sure how far along but pregnant = pregnancy
I don't want to harm the baby, I'm pregnant, melasma = pregnancy
melasma, haven't stopped breastfeeding = breast-feeding
I haven't stopped nursing yet, what's best for melasma = breast-feeding
melasma, I'm not done breastfeeding = breast-feeding
best for melasma, I haven't had a blood clot in ten years = thrombosis-history
melasma, I haven't had a clot since 2014 = thrombosis-history
melasma, no further blood clots since 2018 = thrombosis-history
melasma, I have never had clots except once in the leg = thrombosis-history
melasma, never had a blood clot apart from one after surgery = thrombosis-history
melasma, I no longer have the blood clot in my leg = thrombosis-history
melasma, no new blood clots = thrombosis-history
microneedling for acne scars, no new keloids since 2010 = keloid-tendency
fractional laser for acne scars, I have never had keloids except one on my ear = keloid-tendency
acne scars, no more keloids since the injections = keloid-tendency
acne scars, I haven't taken accutane since March = isotretinoin-recent
acne scars, no accutane for 2 months now = isotretinoin-recent
acne scars, not on isotretinoin for the last 8 weeks = isotretinoin-recent
acne scars, haven't been on accutane for a month = isotretinoin-recent
best for melasma, without doubt pregnant = pregnancy
melasma, not long pregnant = pregnancy
melasma, not far along in my pregnancy = pregnancy
best for wrinkles, no cure for my epilepsy = epilepsy
wrinkles, no luck with my epilepsy = epilepsy
wrinkles, not well controlled epilepsy = epilepsy
wrinkles, not had a seizure this year = epilepsy
acne scars, not on roaccutane any more = oral-retinoid
acne scars, no longer taking isotretinoin since May = oral-retinoid
acne scars, no keloids on my face, only on my chest = keloid-tendency
acne scars, keloids? not on my face = keloid-tendency
wrinkles, no cure for lupus, and I have it = autoimmune-disease
wrinkles, not free of cold sores = herpes
wrinkles, no glaucoma in the left eye, only the right = glaucoma
wrinkles, no symptoms from my hepatitis B = liver-disease
wrinkles, no rejection since my kidney transplant = kidney-transplant
wrinkles, never been the same since my depression = depression-history
wrinkles, I haven't got cancer now but I did in 2018 = cancer-history
wrinkles, not in treatment for cancer any more = cancer-history
"""

DENIED = """
melasma, I'm not pregnant
melasma, I am definitely not pregnant
melasma, not pregnant or breastfeeding
melasma, no longer pregnant
melasma, I have never been pregnant
melasma, no history of blood clots
melasma, I don't have any blood clots
melasma, never had a blood clot
melasma, I have never had a blood clot or a stroke
acne scars, no keloids
acne scars, I don't get keloids
acne scars, I have never taken accutane
acne scars, not taking isotretinoin
acne scars, no isotretinoin ever
acne scars, no accutane for years
acne scars no keloids no blood thinners
wrinkles, I don't have epilepsy what do you suggest
wrinkles, I have never been diagnosed with cancer
wrinkles, no history of epilepsy or seizures in my family
acne scars, not on any blood thinners, 900 dollars
I am not pregnant or breastfeeding and have melasma
"""

LEFT_OPEN = {
    "stopped nursing", "was pregnant", "get pregnant", "stopped breastfeeding", "done breastfeeding", "doubt pregnant",
    "long pregnant", "along in my pregnancy",
}  # fmt: skip


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


def held(catalog: Catalog, text: str) -> frozenset[str]:
    person = understand(text, catalog).person
    return implied(catalog, (*(state.condition for state in person.states), *person.conditions))


@pytest.mark.parametrize("row", lines(HOLDS))
def test_what_only_sounds_denied_holds(catalog: Catalog, row: str) -> None:
    text, _, condition = row.partition(" = ")
    found = understand(text, catalog)
    # what may be left open stops as much
    assert condition in held(catalog, text) or set(found.unread) & LEFT_OPEN, found


@pytest.mark.parametrize("text", lines(DENIED))
def test_a_plain_denial_denies(catalog: Catalog, text: str) -> None:
    found = understand(text, catalog)
    assert not held(catalog, text), found
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("melasma, not pregnant, no clots", ()),
        ("melasma, no illnesses, no medicines, no allergies", ()),
        ("melasma, no clots since 2018", ("clots",)),
        ("wrinkles, they gave me Ocrevus", ("Ocrevus",)),
        ("wrinkles, I take something called Ocrevus", ("Ocrevus",)),
        ("wrinkles, I have a shunt", ("shunt",)),
        ("acne scars, not yet sixteen", ("not yet sixteen",)),
        ("acne scars, nearly 16", ("nearly 16",)),
        ("acne scars, my son turns 17 this year", ("turns 17 this year",)),
        ("microneedling costs about 16 dollars", ()),
        ("acne scars for almost 15 years", ()),
        ("redness, about 15 spots", ()),
    ],
)
def test_what_is_denied_is_told_apart_from_what_is_left_open(
    catalog: Catalog, text: str, unread: tuple[str, ...]
) -> None:
    assert understand(text, catalog).unread == unread


@pytest.mark.parametrize(
    "said",
    [
        "expecting a boy",
        "expecting twins",
        "my wife and I are expecting",
        "I'm an expecting mother",
        "just found out I'm having a girl",
        "expecting a little girl in May",
    ],
)
def test_who_expects_a_child_is_pregnant_and_no_boy(catalog: Catalog, said: str) -> None:
    person = understand(f"melasma, {said}", catalog).person
    assert person.pregnant
    assert person.sex != "male"
