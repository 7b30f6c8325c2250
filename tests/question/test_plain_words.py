"""What people say of themselves in few and plain words, and what must not be taken for safe in it."""

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand

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
acne scars, smelly discharge after co2"""
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
