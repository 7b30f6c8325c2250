"""Words that leave something open about a person, and what a doctor has to look at first."""

import pytest

from decide.alternatives.eligibility import screen
from decide.catalog import Catalog
from decide.errors import InputError
from decide.evidence.index import Effect
from decide.question.problem import Problem
from decide.question.reading import understand
from decide.question.redflags import flags_in
from decide.question.request import Person
from decide.question.vague import meant, named_in


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
want to end my acne scars, what is best
volume loss, filler, my eyes look tired"""


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


HARMS = """hair loss, dutasteride gave me no sex drive|dutasteride-oral|dutasteride gave me no sex drive
hair loss, finasteride ruined my libido|finasteride-oral|finasteride ruined my libido
hair loss, finasteride totally killed my sex drive|finasteride-oral|finasteride totally killed my sex drive
melasma, hydroquinone turned my skin grey|hydroquinone|hydroquinone turned my skin grey
acne scars, got burned by CO2 laser|fractional-co2-laser|burned by CO2 laser
acne scars, CO2 laser burns last time|fractional-co2-laser|CO2 laser burns last time
volume loss, my face swelled after filler|fillers|swelled after filler
volume loss, after filler my face swelled|fillers|after filler my face swelled
hair loss, minoxidil side effects were awful|minoxidil-topical|minoxidil side effects were
hair loss, terrible headaches from oral minoxidil|minoxidil-oral|headaches from oral minoxidil
wrinkles, tried Botox and got droopy lids|botulinum-toxin|tried Botox and got droopy
redness, on ivermectin I had a rash|ivermectin-topical|on ivermectin I had a rash
redness, ivermectin cream stung badly|ivermectin-topical|ivermectin cream stung badly
redness, Mirvaso made it worse|brimonidine-topical|Mirvaso made it worse
acne scars, fraxel left me with dark patches|fractional-nonablative-laser|fraxel left me with dark patches"""


@pytest.mark.parametrize("row", HARMS.splitlines())
def test_what_did_harm_is_about_the_person_and_no_wish_in_whatever_order_it_is_told(catalog: Catalog, row: str) -> None:
    text, procedure, words = row.split("|")
    read = understand(text, catalog)
    assert procedure not in read.procedures
    assert words in read.unread
    assert procedure in {name for said in read.unread for name in named_in(catalog, said)}


@pytest.mark.parametrize(
    "text",
    [
        "does finasteride ruin your libido, hair loss", "will filler make my face puffy, volume loss",
        "what are the side effects from finasteride for hair loss", "wrinkles, Botox never hurt me",
        "is there a risk of burns from CO2 laser for acne scars", "acne scars, worried about burns from CO2 laser",
        "hair loss, minoxidil gave me great results", "wrinkles, retinol made my skin better",
        "does microneedling hurt, acne scars",
    ],
)  # fmt: skip
def test_a_harm_that_is_feared_denied_or_asked_about_is_no_history(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).unread == ()


PERSONS = """acne scars, 17 and a half|age=17
acne scars, my daughter 17|age=17
acne scars, son 17|age=17
acne scars, my 17 son|age=17
acne scars, my grandson 16|age=16
acne scars, a lad of seventeen|age=17
acne scars, 17yrs|age=17
redness, child of 8|age=8
acne scars, my pupil is 16|age=16
hair loss, woman 60 on losartan|age=60 sex=female
hair loss, woman 33 postpartum|age=33 sex=female
hair loss. Sex: F. Age: 30|age=30 sex=female
hair loss, 30yo F|age=30 sex=female
hair loss, widow of 58|age=58 sex=female
wrinkles, hysterectomy at 40|age=None
hair loss, woman, menopause at 45|age=None sex=female
wrinkles at 45|age=45
acne scars, 3|age=None
I have hair loss, my kid is 5 now|age=None
hair loss, man, my son is 5|age=None sex=male
wrinkles, I'm a mum of two|age=None sex=female
wrinkles, I'm the husband, we start IVF|trying_to_conceive sex=male
wrinkles, mother of a 12 year old|age=None
hair loss treatment for women over 50|sex=female
melasma, 8 weeks along|pregnant
wrinkles, I'm 14 weeks|pregnant
melasma, pregnancy test positive|pregnant
wrinkles for my pregnant wife|pregnant sex=female
hair loss, man, my girlfriend is 3 months gone|sex=male conditions=partner-pregnancy
my wife is 12 weeks pregnant and I am losing hair|conditions=partner-pregnancy
hair loss, male 30, wife pregnant|age=30 sex=male conditions=partner-pregnancy
hair loss, man, my pregnant wife|sex=male conditions=partner-pregnancy
melasma, pregnant: no, breastfeeding: no|
melasma, pregnant? no. breastfeeding? yes|breast_feeding
acne scars, without any medical problems other than hepatitis B|conditions=liver-disease
melasma, pill user|conditions=combined-hormonal-contraception
melasma from the pill|conditions=combined-hormonal-contraception
melasma since starting the pill|conditions=combined-hormonal-contraception"""


@pytest.mark.parametrize("row", PERSONS.splitlines())
def test_a_person_is_read_in_few_words(catalog: Catalog, row: str) -> None:
    text, said = row.split("|")
    read = understand(text, catalog)
    found = read.person.model_dump(exclude_defaults=True)
    for item in said.split():
        key, _, value = item.partition("=")
        assert str(found.pop(key, None)) == (value or "True") if key != "conditions" else value in found.pop(key)
    assert not {"pregnant", "breast_feeding", "age"} & set(found)
    assert not read.avoid
    assert "tablets" not in read.procedures


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wrinkles, pregnancy - positive", "pregnancy"), ("melasma of pregnancy", "pregnancy"),
        ("wrinkles, expectant mum", "expectant"), ("wrinkles, due date 3 march", "due date"),
        ("wrinkles, no period for 2 months", "no period"), ("wrinkles, 22 weeks", "22 weeks"),
        ("wrinkles, 20wks", "20wks"), ("wrinkles, I'm due 3 march", "due"),
        ("wrinkles, two lines on the stick", "two lines"),
    ],
)  # fmt: skip
def test_what_may_be_a_pregnancy_is_left_open(catalog: Catalog, text: str, words: str) -> None:
    read = understand(text, catalog)
    assert read.person.pregnant or any(words in said for said in read.unread)
    assert read.person.pregnant or "pregnancy" in meant(catalog, read.person, read.unread).possible


@pytest.mark.parametrize("text", ["wrinkles, bfing", "wrinkles, i pump milk", "wrinkles, gave birth 3 weeks ago",
                                  "melasma, breast feading", "redness, 2 weeks postpartum",
                                  "wrinkles, had my baby 6 weeks ago"])  # fmt: skip
def test_what_may_be_nursing_is_left_open(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert "breast-feeding" in meant(catalog, read.person, read.unread).possible or read.person.breast_feeding
    assert meant(catalog, read.person, read.unread).ages is None


RELATIVES = """I have melasma, my mother has lupus|clear
I have wrinkles. My sister has myasthenia gravis|clear
melasma, my mother has lupus|open|autoimmune-disease
hair loss, my dad has prostate cancer|open|cancer-history
hair loss, my husband is on warfarin|open|anticoagulant
best for my mother's wrinkles, she has lupus|theirs
what helps my husband, he has rosacea and takes warfarin|theirs
I have melasma, my mother had a clot|mine"""


@pytest.mark.parametrize("row", RELATIVES.splitlines())
def test_an_illness_of_a_relative_is_the_asker_s_only_where_the_relative_is_asked_for(
    catalog: Catalog, row: str
) -> None:
    text, whose, *condition = row.split("|")
    read = understand(text, catalog)
    if whose in ("theirs", "mine"):
        assert read.person.conditions
        return
    assert read.person.conditions == ()
    assert read.not_understood
    assert bool(read.unread) is (whose == "open")
    for name in condition:
        assert name in meant(catalog, read.person, read.unread).possible


@pytest.mark.parametrize(
    "text",
    ["wrinkles, hay fever", "wrinkles, I have hay fever", "hair loss, woman, had a baby 10 years ago",
     "redness, I use CeraVe", "redness, I use CeraVe moisturiser", "hair loss, 35m, Doncaster",
     "acne scars, I use SPF 50 daily", "wrinkles, I drink wine daily", "wrinkles, had covid in 2020",
     "melasma, blood tests normal"],
)  # fmt: skip
def test_everyday_words_stop_nothing_and_are_told_as_not_used(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.unread == ()


@pytest.mark.parametrize(
    "text", ["hair loss, no pills", "redness, patches on my face", "melasma, I was pregnant in 2015"]
)
def test_what_only_sounds_like_the_pill_or_a_pregnancy_stops_nothing(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).unread == ()


@pytest.mark.parametrize("text", ["melasma, pill", "melasma, I take my pill every day", "melasma, i'm on pill",
                                  "melasma, I wear the patch", "melasma which started with the pill"])  # fmt: skip
def test_the_pill_in_any_shape_bars_what_it_bars(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    open_ = meant(catalog, read.person, read.unread).possible
    assert "combined-hormonal-contraception" in {*read.person.conditions, *open_}


def test_a_lone_number_that_is_no_age_is_asked_back(catalog: Catalog) -> None:
    read = understand("acne scars, 3", catalog)
    assert (read.unread, read.not_understood) == (("3",), ("3",))


@pytest.mark.parametrize("text", ["melasma, vitamin D tablets every day", "wrinkles, St. Johns Wort capsules",
                                  "acne scars, numbing cream made me swell", "wrinkles, laser eye surgery in 2010",
                                  "melasma, having surgery on my knee next week",
                                  "acne scars, on tablets to thin the blood",
                                  "redness, on Zorbix patches"])  # fmt: skip
def test_what_is_taken_or_done_elsewhere_is_no_wish(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert (read.procedures, read.avoid, read.exclude) == ((), (), ())
    assert read.unread or read.person.conditions


@pytest.mark.parametrize(
    "text",
    ["wrinkles, I think about suicide since my skin got bad", "acne scars, thinking of ending it all",
     "volume loss, had filler today and my eye is blurry", "pigment, my freckle went black",
     "redness, my face is hot swollen and I have fever", "had filler last night, skin looks like lace, volume loss"],
)  # fmt: skip
def test_a_grave_sentence_gets_its_flag_and_no_error(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.red_flags
    assert all(flags_in(catalog, words) for words in read.red_flags)


@pytest.mark.parametrize("typed", ["sucidal", "mole is bleding", "mole is changeing", "suspicius mole", "overdoze",
                                   "vision went blury after filler"])  # fmt: skip
def test_a_misspelt_flag_is_raised_wherever_it_is_handed_on(catalog: Catalog, typed: str) -> None:
    read = understand(f"wrinkles, {typed}", catalog)
    assert read.red_flags
    assert Problem.of(catalog, read).red_flags


def test_the_place_round_the_eye_is_asked_about(catalog: Catalog) -> None:
    read = understand("plla under the eyes", catalog)
    assert "under-eye-site" in meant(catalog, read.person, read.unread).possible
    assert screen(Problem.of(catalog, read), Effect("plla-filler"), None).verdict == "ask-first"
