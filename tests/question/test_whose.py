"""Of whom something is told: sex, age and type of skin are those of who is to be treated, and of nobody else."""

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand

SEXES = """
none = I feed my son myself, what's best for hair loss
none = my dad was bald at 30, hair loss
none = two sons and a husband and hair loss, what is best
none = my grandfather and uncles all bald, hair loss
none = men in my family bald early, hair loss
none = bald men run in our family, hair loss
none = my son's hair is great but mine falls, hair loss
none = my sons drive me mad, hair loss
none = my son is one, hair loss ever since
none = had a boy in May, hair loss
none = I married a bald man, hair loss
none = I look like a man now, hair loss
none = boys at school laugh at my hair loss
none = the men in my office talk about finasteride, hair loss
none = is finasteride only for men, hair loss
none = men's rogaine for hair loss
none = can I share my husband's finasteride, hair loss
none = took my dad's propecia, hair loss
none = thanks guys, hair loss
none = hey man, hair loss
none = dude, hair loss help
none = my hairdresser, he says I have hair loss
none = hubby and I are going for number two, wrinkles
none = my sister takes spironolactone for hair loss, would it work for me?
none = mum had wrinkles at 60, I have them now
none = my mum is past the menopause, I have hair loss
none = my husband's skin is very fair, acne scars on me
male = I'm a man with hair loss
male = hair loss, man, 31
male = 31 year old guy, hair loss
male = best hair loss treatment for men under $500
male = male pattern hair loss
male = best for hair loss, I am a 45 year old male
male = for my husband, hair loss
male = my husband has hair loss, what helps
male = hair loss for him, he is 30
female = women's hair loss
female = hair loss woman 30
female = what works best for women with thinning hair
female = I'm a mum of two, hair loss
female = my wife has thinning hair, what helps
female = best for my mother's hair loss
female = 35F hair loss
female = black woman, hair loss
female = lady of 60 with thinning hair
"""

TYPES = """
none = I'm Nigerian and have HSV type 1, best for sun damage
none = not type 1 diabetes, type 2, acne scars
none = diabetes, type 2, acne scars
none = herpes type 2, wrinkles
none = von willebrand type 3, wrinkles
none = rosacea type 2
none = acne scars, my scars are type 2
none = type 3 curly hair, hair loss
none = collagen type 1, wrinkles
none = my husband's skin is very fair, acne scars on me
6 = black woman, hep C type 1, IPL for sun damage
5 = brown skin, type 2 diabetic on metformin, type 2, sun damage
2 = skin type 2, acne scars
5 = acne scars, type 5
4 = I'm type 4, acne scars
5 = acne scars, Fitzpatrick V
3 = skin: type 3, acne scars
"""


def rows(text: str) -> list[list[str]]:
    return [line.split(" = ") for line in text.strip().splitlines()]


@pytest.mark.parametrize(("sex", "text"), rows(SEXES))
def test_the_sex_is_that_of_who_is_to_be_treated(catalog: Catalog, sex: str, text: str) -> None:
    assert (understand(text, catalog).person.sex or "none") == sex


@pytest.mark.parametrize(("kind", "text"), rows(TYPES))
def test_a_type_is_the_skins_where_it_is_said_of_skin(catalog: Catalog, kind: str, text: str) -> None:
    assert str(understand(text, catalog).person.skin_type or "none") == kind


@pytest.mark.parametrize("text", ["mum had wrinkles at 60, I have them now", "my dad was bald at 30, hair loss here"])
def test_an_age_at_which_a_relative_had_it_is_none_of_the_askers(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).person.age is None


def test_what_a_relative_is_past_is_none_of_the_askers(catalog: Catalog) -> None:
    person = understand("my mum is past the menopause, I have hair loss", catalog).person
    assert person.conditions == ()
    assert person.sex is None


@pytest.mark.parametrize(
    "text",
    [
        "my wife has epilepsy, could you find for me the best for her wrinkles",
        "my wife has epilepsy and relies on me, best for her wrinkles",
        "a friend of mine asked, my wife has epilepsy, best for her wrinkles",
    ],
)
def test_what_a_relative_has_who_may_be_the_one_to_be_treated_is_never_dropped(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert "epilepsy" in read.person.conditions or any("epilepsy" in said for said in read.unread)
