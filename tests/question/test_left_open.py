"""Words that leave something open about a person, and what a doctor has to look at first."""

import pytest

from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.reading import understand
from decide.question.redflags import flags_in
from decide.question.request import Person
from decide.question.vague import meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wrinkles, in my 40s", "40s"),
        ("redness, dark skin", "dark skin"),
        ("redness, african american woman", "african american woman"),
        ("redness, I'm Indian", "I'm Indian"),
        ("redness, wheatish", "wheatish"),
        ("acne scars, my kid", "my kid"),
        ("acne scars, my teenage daughter", "teenage"),
        ("acne scars, in high school", "in high school"),
        ("hair loss, I'm a trans man", "trans man"),
        ("melasma, I gave birth 3 weeks ago", "gave birth"),
        ("melasma, I have a newborn", "newborn"),
        ("wrinkles, Guillain-Barre", "Guillain-Barre"),
        ("wrinkles, fish oil daily", "fish oil daily"),
        ("acne scars, currently on 20mg iso", "20mg iso"),
        ("wrinkles, botox gave me droopy lids", "botox gave me droopy lids"),
    ],
)
def test_what_is_left_open_is_about_the_person_and_sets_nothing(catalog: Catalog, text: str, words: str) -> None:
    read = understand(text, catalog)
    assert words in read.unread
    assert (read.person.age, read.person.skin_type) == (None, None)
    assert read.not_understood


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("melasma, I'm expecting", "pregnant"),
        ("melasma, expecting twins, I am expecting in May", "pregnant"),
        ("melasma, 20 weeks gone", "pregnant"),
        ("melasma, my period is late", "pregnant"),
        ("melasma, third trimester", "pregnant"),
        ("melasma, pumping", "breast_feeding"),
        ("wrinkles, nursing my son", "breast_feeding"),
        ("melasma, I'm not pregnant but trying", "trying_to_conceive"),
        ("melasma, not pregnant yet", "trying_to_conceive"),
        ("melasma, we stopped using condoms", "trying_to_conceive"),
    ],
)
def test_a_mother_s_state_is_read_in_common_words(catalog: Catalog, text: str, field: str) -> None:
    person = understand(text, catalog).person
    assert getattr(person, field)
    assert person.sex != "male"


@pytest.mark.parametrize("text", ["what should I be expecting from laser for wrinkles", "wrinkles, nursing student",
                                  "wrinkles, I had acne as a teenager"])  # fmt: skip
def test_what_only_sounds_like_it_is_not(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.person == Person()
    assert read.unread == ()


def test_what_words_leave_open_is_certain_possible_or_settled(catalog: Catalog) -> None:
    fifties = meant(catalog, Person(), ["in my 50s"])
    assert ("over-45" in fifties.certain, fifties.ages) == (True, (50, 59))
    forties = meant(catalog, Person(), ["40s"])
    assert ("over-45" in forties.certain, "over-45" in forties.possible) == (False, True)
    assert "under-22" in meant(catalog, Person(), ["20s"]).possible
    assert "fitzpatrick-5-6" in meant(catalog, Person(), ["dark skin"]).possible
    assert meant(catalog, Person(skin_type=2), ["dark skin"]) == meant(catalog, Person(), [])
    assert meant(catalog, Person(age=47), ["in my 40s"]).ages is None
    assert meant(catalog, Person(), ["flurbosis"]) == meant(catalog, Person(), [])


RAISED = """volume loss, I can't see out of one eye after filler
volume loss, vision loss after filler
volume loss, after my filler my lip turned white
volume loss, filler lump is red hot and sore
wrinkles, after botox I can't swallow
wrinkles, the mole on my cheek has grown
wrinkles, spot bled yesterday
hair loss, hair falls out in handfuls
hair loss, alopecia areata
melasma on tranexamic, my leg hurts and is swollen
wrinkles, I want to end it"""
DENIED = """no blurred vision after filler. best for volume loss
wrinkles, I don't have a changing mole
hair loss, no bald patches
wrinkles, not suicidal
wrinkles, no bleeding, mole hasn't changed
wrinkles, my mole has not changed
dark spots and acne scars, which laser
can I see a difference with filler for wrinkles
wedding in 3 weeks, dull skin
want to end my acne scars, what is best"""


@pytest.mark.parametrize("text", RAISED.splitlines())
def test_a_red_flag_is_known_by_words_near_each_other_in_any_order(catalog: Catalog, text: str) -> None:
    raised = understand(text, catalog).red_flags
    assert raised
    assert all(flags_in(catalog, words) for words in raised)


@pytest.mark.parametrize("text", DENIED.splitlines())
def test_what_is_denied_or_harmless_raises_none(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).red_flags == ()


def test_in_doubt_a_flag_is_raised(catalog: Catalog) -> None:
    assert understand("wrinkles, I do not know if my mole changed", catalog).red_flags
    assert understand("no lasers, a mole that bleeds, wrinkles", catalog).red_flags


def test_words_that_raise_nothing_are_refused(catalog: Catalog) -> None:
    with pytest.raises(InputError, match="no red flag is known by 'a nice day'"):
        flags_in(catalog, "a nice day")


@pytest.mark.parametrize("text", ["hair loss, healthy man, no meds", "wrinkles, I don't take any medication",
                                  "wrinkles, no medical conditions, no allergies"])  # fmt: skip
def test_who_says_that_nothing_ails_them_is_stopped_from_nothing(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert (read.unread, read.person.conditions) == ((), ())


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("acne scars, my son (9)", {"sex": "male", "age": 9}),
        ("acne scars, my daughter is 7 years old", {"sex": "female", "age": 7}),
        ("under eye bags, diabetic type 2", {"conditions": ("diabetes",)}),
        ("man, 29, my wife is due in May, hair loss", {"sex": "male", "age": 29, "conditions": ("partner-pregnancy",)}),
        ("wrinkles, I have MS", {"conditions": ("multiple-sclerosis",)}),
    ],
)
def test_a_person_is_read_as_said(catalog: Catalog, text: str, person: dict[str, object]) -> None:
    assert understand(text, catalog).person == Person.model_validate(person)
