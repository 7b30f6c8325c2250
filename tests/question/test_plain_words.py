"""What people say of themselves in few and plain words, and what must not be taken for safe in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.catalog import Catalog
from decide.question.conditions import implied
from decide.question.english import FILLER, MODIFIERS, english_stems, everyday_stems
from decide.question.reading import understand
from decide.question.tokens import stem
from decide.question.vague import meant
from decide.question.vocabulary import Vocabulary
from tests.shipped import CATALOG

HARM = """hair loss, I have no will to live since finasteride
hair loss, man, no will to live
hair loss, no longer want to live
hair loss, don't want to be here any more
hair loss, can't go on
hair loss, life is not worth living
hair loss, I don't see the point of living
volume loss, my lip is going blue after Juvederm
volume loss, lip turned grey after injection
volume loss, nose tip turning black after filler
volume loss, a livedo pattern after filler
volume loss, cheek numb and cold after filler
volume loss, throbbing pain and pale skin, filler yesterday
volume loss, since my filler I see double
volume loss, I see black spots in my eye after filler
volume loss, eye went dark after lip filler
volume loss, everything is foggy after filler
volume loss, I lost sight in one eye this morning
melasma, calf pain on tranexamic acid
hair loss, chest pain on minoxidil
wrinkles, my throat is tight after botox
volume loss, my throat closed after filler
wrinkles, sudden drooping of one eyelid
pigment, brown patch on my cheek is changing
pigment, spot with several colours
pigment, mole with jagged edges
pigment, a mole that is asymmetrical
pigment, my mole hurts
pigment, a new mole at 50
wrinkles, dark line under my nail
wrinkles, pearly bump on my nose
wrinkles, a growth on my nose that won't go away
sun damage, crusty patch for 3 months
sun damage, rough patch that keeps coming back
wrinkles, a horn on my ear
hair loss, scalp is shiny and scarred
hair loss, scalp itches and burns and hair is gone for good
hair loss, my eyebrows are falling out too
melasma, blisters after laser
melasma, skin turned black after peel
acne scars, yellow crust after microneedling
acne scars, smelly discharge after co2
volume loss, my filler migrated and got infected"""
NO_HARM = """volume loss, black woman, filler for my nose
dark circles under my eyes, filler or laser
wrinkles, dusky skin, filler or botox
want to see a difference with filler before my wedding
acne spots keep coming back, redness
hair growth on my scalp, what works for hair loss
I can't go out like this, acne scars
white skin, lip lines, filler
double chin and volume loss, filler"""


@pytest.mark.parametrize("text", HARM.splitlines())
def test_what_a_doctor_has_to_see_first_is_known_in_plain_words(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).red_flags


@pytest.mark.parametrize("text", NO_HARM.splitlines())
def test_harmless_words_raise_no_flag(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).red_flags == ()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("acne scars, 15, Leeds", 15),
        ("Crow's feet, 41, Leeds", 41),
        ("acne scars, 16", 16),
        ("acne scars 15", 15),
        ("acne scars, fifteen", 15),
        ("acne scars, sweet sixteen", 16),
        ("wrinkles, f38", 38),
        ("hair loss, 31m", 31),
        ("acne scars, 500", None),
        ("acne scars, 3 sessions, 2 months", None),
        ("wrinkles, under 50", None),
    ],
)
def test_a_bare_number_after_a_comma_or_at_the_end_is_the_age(catalog: Catalog, text: str, age: int | None) -> None:
    assert understand(text, catalog).person.age == age


OPEN = """acne scars, a teen
acne scars, for teens
acne scars, I'm in year 11
acne scars, 10th grader
acne scars, GCSE student
acne scars, I'm almost 18
acne scars, high school junior
acne scars, freshman
acne scars, born in 2011
acne scars, my lad"""


@pytest.mark.parametrize("text", OPEN.splitlines())
def test_what_leaves_a_young_age_open_is_asked_about(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.person.age is None
    assert "under-18" in (found := meant(catalog, read.person, read.unread)).certain | found.possible


STATES = {
    "pregnant": """knocked up
        |we're having a baby in June|my partner and I are having a baby|I'm carrying twins|I'm a surrogate
        |in the family way|baby bump|gravida 2|mother-to-be|baby on board|my wife and I are expecting|expecting twins
        |I'm an expecting mother|expecting a little girl in May|expecting a boy|carrying our second|since I conceived
        |I have a baby coming in July|another one on the way|baby arrives in August|I'm pregers|bump is growing
        |waiting for the baby|heavily pregnant|about to give birth|carrying number two|little one is due in May
        |I'm growing a human|growing a tiny human|14+3 today|9+2|24 weeks pregnant|pregnant, 11 weeks|5 months pregnant
        |pregnant (30 weeks)|missed my period|in my 30th week""",
    "trying_to_conceive": """embryo transfer next week|planning a family|trying for a little one
        |off birth control because we want kids""",
    "breast_feeding": """EBF|I nurse my 6-month-old|I express milk at work|still latches at night|tandem feeding
        |I pump at work|I still nurse at night|worried about my milk supply|I feed my baby myself|night feeds
        |baby on the boob|still giving him the boob|expressing milk|I'm not pregnant anymore, breastfeeding now
        |baby that I breastfeed""",
}  # fmt: skip


@pytest.mark.parametrize(("state", "said"), [(s, w.strip()) for s, ways in STATES.items() for w in ways.split("|")])
def test_a_mother_s_state_is_read_in_plain_words(catalog: Catalog, state: str, said: str) -> None:
    person = understand(f"melasma, {said}", catalog).person
    assert getattr(person, state)
    assert "combined-hormonal-contraception" not in person.conditions


@pytest.mark.parametrize("said", ["due in March", "my belly is growing, 24 weeks", "24 weeks", "maternity leave", "bf",
                                  "not ruling out being pregnant", "can't rule out pregnancy", "due in 6 weeks",
                                  "currently 7 months", "test came back positive this morning", "two pink lines",
                                  "for my friend who's expecting", "our first is arriving in June",
                                  "number two arrives in May", "I have a three month old baby that I feed",
                                  "my 5 week old baby", "haven't had my monthly", "my monthly is late",
                                  "the twins that I feed", "baby is 4 weeks old",
                                  "our second is due in spring"])  # fmt: skip
def test_what_may_mean_a_pregnancy_is_asked_about(catalog: Catalog, said: str) -> None:
    assert understand(f"melasma, {said}", catalog).unread


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("melasma, 8 weeks pregnant", True), ("melasma, pregnant (10 weeks)", True), ("melasma, 2 months gone", True),
        ("melasma, 12+6 today", True), ("melasma, 14 weeks pregnant", False), ("melasma, 5 months pregnant", False),
        ("melasma, 32+4", False),
    ],
)  # fmt: skip
def test_the_weeks_of_a_pregnancy_say_whether_it_is_in_its_first_three_months(
    catalog: Catalog, text: str, first: bool
) -> None:
    read = understand(text, catalog)
    assert (read.person.pregnant, "first-trimester" in read.person.conditions) == (True, first)
    assert (read.not_understood, read.person.age) == ((), None)


@pytest.mark.parametrize("text", ["acne scars, 2+1 sessions", "in my 3rd month on minoxidil",
                                  "not pregnant, 20 weeks since my peel",
                                  "my monthly facial", "no longer pregnant, melasma",
                                  "I'm not pregnant anymore, melasma"])  # fmt: skip
def test_numbers_and_words_near_to_a_pregnancy_set_none(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).person.pregnant is None


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("acne scars, can't live without warfarin", "anticoagulant"),
        ("wrinkles, without my pacemaker I'd be dead", "pacemaker"),
        ("acne scars, I haven't stopped warfarin", "anticoagulant"),
        ("acne scars, never stopped accutane", "isotretinoin-recent"),
        ("acne scars, not finished accutane yet", "isotretinoin-recent"),
        ("acne scars, no more accutane since last week", "isotretinoin-recent"),
        ("hair loss, man, can't sleep without prozac", "depression-history"),
        ("wrinkles, I have not quit smoking", "smoking"),
        ("acne scars, I'm no longer on accutane", "isotretinoin-recent"),
        ("melasma, I have no kidney function", "renal-impairment"),
        ("melasma, not on birth control", "could-become-pregnant"),
        ("melasma, no longer on the pill", "could-become-pregnant"),
    ],
)
def test_a_double_negative_and_the_denial_of_an_end_affirm(catalog: Catalog, text: str, condition: str) -> None:
    assert condition in implied(catalog, understand(text, catalog).person.conditions)


UNKNOWN = """melasma, CIDP
wrinkles, eaton-lambert
melasma, COCP
melasma, estradiol gel
acne scars, lixiana
acne scars, PICC line
melasma, rinvoq and a tight budget
best for melasma with zorbix twice a week
wrinkles, I take codeine
wrinkles, codeine daily
wrinkles, cocaine
wrinkles, melatonin
wrinkles, I have scabies
wrinkles, measles
wrinkles, rabies
wrinkles, polyps
wrinkles, growths
wrinkles, methadone program
wrinkles, varicose veins stripped
wrinkles, I'm on a trial drug
wrinkles, under the neurologist
wrinkles, hospice patient
wrinkles, fainted twice this week
wrinkles, general anaesthetic last week
wrinkles, I use cannabis
wrinkles, my ovary was removed
wrinkles, I had a fracture
wrinkles, waiting for a scan
wrinkles, tremor in my hands
wrinkles, a pacer wire
wrinkles, in rehab
wrinkles, kidney stones and vertigo
wrinkles, abortion in May
wrinkles, recovering from pneumonia
wrinkles, car accident last month
acne scars, learner driver age
acne scars, my surgical scar went hypertrophic
wrinkles, allergic to eggs and albumin
hair loss woman, breast cancer survivor
acne scars, slow healing
wrinkles, I bleed a lot when shaving
wrinkles, my consultant found flurbosis
melasma, flurbosis runs in the family
acne scars, flurbosis
acne scars, my 10th birthday was last month
acne scars, had my 16th birthday in May
wrinkles, I gasp on the stairs"""
NOT_OF_THE_PERSON = """melasma, what helps in Wolverhampton
is zorbix better than laser for melasma
does zorbix work for melasma
laser vs zorbix for wrinkles
what about zorbix for wrinkles
thinning ponytail, what regrows hair
sagging jowls, nothing invasive, moisturiser useless
rosacea, budget 900 euros
saggy jowls, marionette lines, no surgery
I live in London, Ontario and have acne scars
is microneedling safe with an active skin infection, wrinkles
definately want rid of my acne scars
is lymphatic drainage good for puffy eyes, dark circles
no drugs, something natural for hair loss
which drug works best for hair loss
drugstore retinol for wrinkles
medical grade skincare for melasma
my cheeks have collapsed, volume loss
limp hair, hair loss
insane prices for fraxel, acne scars
viral tiktok serum for dark spots
sodium hyaluronate serum for fine lines
is melasma going to relapse after laser
oxygen facial for wrinkles
titanium dioxide sunscreen and melasma
I'm expecting good results from laser, melasma
we are expecting to spend 900 on wrinkles
I pump iron at the gym, wrinkles
redness after spicy curry, I run marathons
bridesmaid in August, dull and blotchy skin with age spots
does finasteride ruin libido, hair loss
I moved to Tuscany with my fiance, wrinkles
groupon voucher for fraxel, acne scars, is it legit"""


@pytest.mark.parametrize("text", UNKNOWN.splitlines())
def test_a_word_that_nobody_knows_is_taken_as_one_about_the_person(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.unread or read.person.conditions


@pytest.mark.parametrize("text", NOT_OF_THE_PERSON.splitlines())
def test_a_town_or_what_is_asked_about_is_none(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).unread == ()


EVERYDAY = """I have a small budget and deep wrinkles
I have long hair, thinning on top, hair loss
I have tried everything for melasma
I have mature skin and age spots
I have blue eyes and dark circles
I have a big nose and broken veins
I have an important event, wrinkles
I am going on a cruise, age spots
I am on a diet and have hollow cheeks"""


@pytest.mark.parametrize("text", EVERYDAY.splitlines())
def test_who_has_an_everyday_thing_is_stopped_from_nothing(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).unread == ()


@pytest.mark.parametrize(("text", "age"), [("my boy is 14, acne scars", 14), ("sixteen here, acne scars", 16),
                                           ("acne scars, am 15", 15), ("acne scars, 15 (female)", 15)])  # fmt: skip
def test_an_age_is_read_beside_few_words(catalog: Catalog, text: str, age: int) -> None:
    assert understand(text, catalog).person.age == age


HARMED = {
    "tranexamic-acid-oral": "melasma, TXA allergy",
    "hydroquinone": "melasma, hydroquinone allergy|melasma, hydroquinone sensitivity|melasma, hydroquinone ochronosis",
    "tretinoin": "wrinkles, tretinoin allergy",
    "azelaic-acid": "redness, azelaic acid stings",
    "fillers": "dark circles, tear trough filler gone wrong",
    "microneedling": "acne scars, bad reaction to microneedling",
}


@pytest.mark.parametrize(("procedure", "text"), [(p, t) for p, texts in HARMED.items() for t in texts.split("|")])
def test_what_did_harm_is_no_wish(catalog: Catalog, procedure: str, text: str) -> None:
    read = understand(text, catalog)
    assert procedure not in read.procedures
    assert procedure in read.exclude or read.unread


@pytest.mark.parametrize("text", ["hair loss, man, allergic to finasteride", "melasma, TXA allergy",
                                  "volume loss, juvederm nodules"])  # fmt: skip
def test_a_reaction_is_about_the_person_so_that_its_sisters_are_asked_about(catalog: Catalog, text: str) -> None:
    assert understand(text, catalog).unread


@pytest.mark.parametrize(
    "text",
    [
        "new acne scars",
        "severe acne scars on my cheeks",
        "hormonal acne scars",
        "age spots from too much sun",
        "I have black and brown spots from acne",
        "wrinkled af, what helps wrinkles",
        "budget INR 50000 for melasma",
        "take as a start 500 for acne scars",
        "titanium dioxide sunscreen and melasma",
        "is there a risk of clots with tranexamic acid, melasma",
        "laser last resort for acne scars",
        "I pump iron at the gym, wrinkles",
        "we are expecting to spend 900 on wrinkles",
        "raised acne scars on my chest",
        "is numbing cream enough for microneedling acne scars",
        "nurse injector or doctor for botox, wrinkles",
        "one on the left cheek, one on the right, acne scars",
    ],
)
def test_words_that_only_look_like_a_condition_set_none(catalog: Catalog, text: str) -> None:
    person = understand(text, catalog).person
    assert person.conditions == ()
    assert (person.pregnant, person.breast_feeding) == (None, None)


@pytest.mark.parametrize("text", ["ipl for redness, on doxy", "redness, ipl, taking doxy"])
def test_a_medicine_that_is_taken_is_nothing_to_compare_with(catalog: Catalog, text: str) -> None:
    read = understand(text, catalog)
    assert read.procedures == ("ipl",)
    assert "photosensitising-drug" in read.person.conditions


def test_peeling_from_the_sun_is_no_wish_for_a_peel(catalog: Catalog) -> None:
    assert understand("melasma, my face is peeling from too much sun", catalog).procedures == ()


def test_a_child_that_is_expected_is_not_the_one_who_asks(catalog: Catalog) -> None:
    assert understand("melasma, expecting a boy", catalog).person.sex is None


RARE = sorted(english_stems() - everyday_stems())
SAID = (
    "{}",
    "I have {}",
    "my {} came back",
    "{} runs in the family",
    "since the {}",
    "they found {}",
    "with {} and redness",
)


@given(st.sampled_from(RARE), st.sampled_from(SAID))
@settings(max_examples=200)
def test_a_rarer_word_is_read_or_known_to_be_harmless_or_about_the_person(word: str, said: str) -> None:
    """Nothing unknown is taken for safe: wherever a word stands that is not of every day, it changes the reading."""
    says = Vocabulary.of(CATALOG).says
    bare = understand("acne scars", CATALOG)
    read = understand(f"acne scars, {said.format(word)}", CATALOG)
    harmless = (
        says("plain", word) or says("looks", word) or {word, stem(word)} & (FILLER | MODIFIERS | everyday_stems())
    )
    known = word not in " ".join(read.not_understood).split()
    assert harmless or known or read.unread or read.model_copy(update={"not_understood": ()}) != bare
