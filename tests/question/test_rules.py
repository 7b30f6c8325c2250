"""The rules of reading, each by ten examples of its own or more: what it takes, and what looks like it and is not.

A case names the parts of a reading that the rule decides; the rest is none of its business.
"""

from typing import Any

import pytest

from decide.catalog import Catalog
from decide.question.reading import understand
from decide.question.request import Request
from decide.question.restate import explain_gaps

RULES: dict[str, dict[str, dict[str, Any]]] = {
    "what was had is history and no wish": {
        "my GP put me on azelaic acid, rosacea": {"history": {"azelaic-acid": "now"}, "procedures": []},
        "dermatologist prescribed hydroquinone, melasma": {"history": {"hydroquinone": "now"}, "procedures": []},
        "on finasteride for three years, hair loss goes on": {"history": {"finasteride-oral": "now"}, "procedures": []},
        "used to get fillers for volume loss": {"history": {"fillers": "stopped"}, "procedures": []},
        "Sculptra didn't last, volume loss, what next": {"history": {"plla-filler": None}, "procedures": []},
        "four CO2 sessions, no improvement, acne scars": {"history": {"fractional-co2-laser": "failed"}},
        "tretinoin burned me, fine lines, what now": {"history": {"tretinoin": "harmed"}, "procedures": []},
        "tried 3 peels, Zorbex and a course of IPL": {"history": {"peels": None, "ipl": None}, "procedures": []},
        "tried microneedling and subcision for acne scars. Neither helped": {
            "history": {"microneedling": "failed", "subcision": "failed"}
        },
        "minoxidil worked well but I gave up, hair loss": {"history": {"minoxidil-topical": "worked"}},
        "quit spironolactone last year, hair thinning": {"history": {"spironolactone-oral": "stopped"}},
        "does tretinoin help fine lines": {"history": {}, "procedures": ["tretinoin"]},
        "can I use azelaic acid for rosacea": {"history": {}, "procedures": ["azelaic-acid"]},
        "never had Botox, frown lines": {"history": {}, "procedures": []},
        "on the pill, can I take tranexamic acid": {"history": {}, "procedures": ["tranexamic-acid-oral"]},
        "who should avoid hydroquinone": {"history": {}, "procedures": ["hydroquinone"], "exclude": []},
        "how many sessions of IPL make no difference to redness": {"history": {}},
        "does PRP make no difference to hair loss": {"history": {}, "procedures": ["prp"]},
    },
    "who had something, or would, is said by the words before": {
        "derm wants to put me on tranexamic acid, melasma": {"history": {}, "procedures": ["tranexamic-acid-oral"]},
        "doctor would put me on finasteride, hair loss": {"history": {}},
        "anyone had subcision for rolling scars": {"history": {}, "procedures": ["subcision"]},
        "has anybody tried Profhilo, fine lines": {"history": {}},
        "how soon after Accutane can I have microneedling for my scars": {"history": {}, "unread": ""},
        "after my baby should I get IPL for redness": {"history": {}, "procedures": ["ipl"]},
        "put me on hydroquinone, melasma": {"history": {"hydroquinone": "now"}},
        "had subcision for rolling scars": {"history": {"subcision": None}},
        "got 3 syringes of Juvederm, volume loss": {"history": {"ha-filler": None}},
        "did a few rounds of microneedling, acne scars": {"history": {"microneedling": None}},
        "is a few rounds of microneedling enough, acne scars": {"history": {}},
    },
    "what became of a treatment is told after it, also in brackets": {
        "tried metronidazole gel and it did nothing, rosacea": {"history": {"metronidazole-topical": "failed"}},
        "had IPL twice, that did not help, redness": {"history": {"ipl": "failed"}},
        "tried peels (did nothing), melasma": {"history": {"peels": "failed"}},
        "tried azelaic acid (did not work), peels and IPL, redness": {
            "history": {"azelaic-acid": "failed", "peels": None, "ipl": None}
        },
        "had filler and it made my hollows worse": {"history": {"fillers": "harmed"}},
        "tried a peel, it left my skin darker, melasma": {"history": {"peels": "harmed"}},
        "melacare every night for a year, melasma": {"history": {"triple-combination-cream": "now"}},
        "minoxidil for 6 months, still shedding, hair loss": {"history": {"minoxidil-topical": "now"}},
        "on min for 8 months with zero results, hair loss": {"history": {"minoxidil-topical": "failed"}},
        "is minoxidil for 6 months enough for hair loss": {"history": {}},
        "botox every 3 months for frown lines": {"history": {}, "procedures": ["botulinum-toxin"]},
        "20 min of downtime, redness": {"history": {}, "procedures": []},
    },
    "sex and age stand beside each other": {
        "hair thinning at crown 27 male not ready for surgery": {"sex": "male", "age": 27},
        "redness won't go away, 34 yr old guy, perth": {"sex": "male", "age": 34},
        "husband 52 losing hair": {"sex": "male", "age": 52},
        "my mum 70 has deep wrinkles": {"sex": "female", "age": 70},
        "my 12 year old has acne scars": {"age": 12},
        "41, crow's feet": {"age": 41},
        "17 and a half, frown lines": {"age": 17},
        "female pattern hair loss, trying to get pregnant": {"sex": "female", "age": None},
        "30 or 40 units for crow's feet": {"age": None},
        "my sister 3 kids, fine lines": {"age": None},
        "three men in my office talk of hair loss": {"sex": None},
    },
    "words between and money that is no matter change nothing": {
        "my hair is still falling out": {"concerns": ["hair-loss"]},
        "hair still thinning, 41": {"concerns": ["hair-loss"]},
        "face is red all the time and visible veins": {"kinds": ["persistent-erythema", "telangiectasia"]},
        "had Fraxel 3 weeks ago and still red": {"concerns": [], "history": {"fractional-nonablative-laser": None}},
        "acne marks, brown ones": {"kinds": ["post-inflammatory"]},
        "brown marks from acne": {"kinds": ["post-inflammatory"]},
        "Botox or Dysport for frown lines, price doesn't matter": {"aspect": None},
        "CO2 or microneedling for acne scars, price no object": {"aspect": None},
        "what is the price of Botox": {"aspect": "price"},
        "GP won't prescribe tret, wrinkles": {"exclude": [], "procedures": ["tretinoin"]},
        "vbeam x3 didn't touch my redness": {"history": {"vascular-laser": "failed"}},
        "frown lines 33 first timer": {"age": 33},
        "dark circles worse at 50": {"age": 50},
        "hysterectomy at 40, wrinkles": {"age": None},
        "acne scars 20 years": {"age": None},
    },
    "what followed a treatment, and who wants one, in other orders": {
        "melasma got worse after Fraxel": {"history": {"fractional-nonablative-laser": "harmed"}},
        "my skin is darker since the peel, melasma": {"history": {"peels": "harmed"}},
        "does melasma get worse after Fraxel": {"history": {}},
        "had Profhilo twice and saw no difference, fine lines": {"history": {"hybrid-ha": "failed"}},
        "spf 50 every day, melasma": {"history": {"sunscreen": "now"}, "procedures": []},
        "tretinoin every night and still fine lines": {"history": {"tretinoin": "now"}},
        "can I use tretinoin every night for fine lines": {"history": {}, "procedures": ["tretinoin"]},
        "anyone with a pacemaker had radiofrequency needling for scars": {
            "history": {}, "procedures": ["rf-microneedling"], "conditions": ["pacemaker"]
        },
        "filler makes me nervous, deep wrinkles": {"history": {}, "exclude": ["fillers"]},
        "filler gave me lumps, deep wrinkles": {"history": {"fillers": "harmed"}},
        "already on fin & min, hair loss": {"history": {"finasteride-oral": "now", "minoxidil-topical": "now"}},
        "the session took 20 min and fin": {"history": {}},
        "my husband's on prednisone for Crohn's, wants a hair transplant": {"sex": "male"},
        "my husband wants me to look younger, wrinkles": {"sex": None},
        "broken caps on cheeks": {"kinds": ["telangiectasia"]},
        "does a dermal roller help acne scars": {"procedures": ["microneedling"]},
    },
    "a comparison may have a side that nobody knows": {
        "Zorbex or Fraxel for acne scars": {"intent": "compare", "unread": "Zorbex"},
        "is Zorbex better than IPL for redness": {"intent": "compare", "unread": "Zorbex"},
        "tretinoin vs Zorbex, fine lines": {"intent": "compare", "unread": "Zorbex"},
        "hydroquinone or cysteamine for melasma": {"intent": "compare", "unread": "cysteamine"},
        "my doctor says Botox, the spa says fillers, wrinkles": {"intent": "compare"},
        "switch from finasteride to dutasteride, hair loss?": {"intent": "compare"},
        "switching from Botox to Zorbex for frown lines": {"intent": "compare", "unread": "Zorbex"},
        "CO2 versus a facelift for deep wrinkles": {"intent": "compare", "conditions": []},
        "Botox or Xeomin": {"intent": "compare", "procedures": ["botulinum-toxin"]},
        "is Fraxel good for acne scars or not": {"intent": "why"},
        "Fraxel for acne scars, or something cheaper": {"intent": "best"},
        "IPL for redness, I live in Zorbton": {"intent": "why"},
    },
    "two treatments with or after each other are a plan": {
        "microneedling before or after Botox": {"intent": "plan", "aspect": "combine"},
        "niacinamide first then tretinoin, fine lines": {"intent": "plan"},
        "add PRP to my minoxidil, hair loss": {"intent": "plan"},
        "both Botox and Profhilo for fine lines": {"intent": "plan"},
        "azelaic acid on top of tretinoin for melasma": {"intent": "plan"},
        "IPL and Botox same day": {"intent": "plan"},
        "can I have fillers and a peel in the same session": {"intent": "plan"},
        "tretinoin together with vitamin C for sun damage": {"intent": "plan"},
        "how long between Botox and microneedling": {"intent": "plan"},
        "which is better, both are dear: Botox or fillers": {"intent": "compare"},
        "scars on both cheeks, IPL or Fraxel": {"intent": "compare"},
        "tretinoin or retinol for wrinkles": {"intent": "compare"},
        "scars on both cheeks": {"intent": "best"},
    },
    "a tendency, a fear and what would be borne are no concern": {
        "PIH-prone skin, ice pick scars, which laser": {"concerns": ["acne-scars"], "unread": "PIH"},
        "scared of getting melasma, fine lines, what helps": {"concerns": ["wrinkles"], "unread": "melasma"},
        "a few days of redness is fine, acne scars": {"concerns": ["acne-scars"], "unread": "redness"},
        "I don't mind a bit of redness, deep wrinkles": {"concerns": ["wrinkles"], "unread": "redness"},
        "does Fraxel cause hyperpigmentation": {"concerns": [], "procedures": ["fractional-nonablative-laser"]},
        "worried about scarring, is TCA CROSS ok for PIH": {"concerns": ["pigment"], "unread": "scarring"},
        "risk of PIH with CO2 for boxcar scars": {"concerns": ["acne-scars"]},
        "what treats ice pick scars without leaving dark marks": {"concerns": ["acne-scars"]},
        "worried about my melasma, what helps": {"concerns": ["pigment"]},
        "I get melasma every summer, what helps": {"concerns": ["pigment"]},
        "redness and acne scars": {"concerns": ["acne-scars", "redness"]},
        "sunscreen user, melasma": {"concerns": ["pigment"], "procedures": [], "exclude": []},
        "I never wore sunscreen, sun damage": {"procedures": [], "exclude": []},
    },
    "everyday words are no cue": {
        "I work from home, acne scars": {"avoid": []},
        "WFH so downtime is fine, boxcar scars": {"avoid": []},
        "permanently tired-looking eyes": {"prefer": None},
        "hair loss, my beard grows fast": {"prefer": None},
        "wrinkles 45+": {"budget": None},
        "late 40s fine, melasma": {"concerns": ["pigment"]},
        "at home only, fine lines": {"avoid": ["clinic"]},
        "a fast fix for fine lines": {"prefer": "fastest"},
        "something permanent for hair loss": {"prefer": "longest-lasting"},
        "what works quickly for redness": {"prefer": "fastest"},
        "fastest treatment for melasma": {"prefer": "fastest"},
        "wrinkles, at least $450": {"budget": (450, None, "course")},
    },
    "off a medicine is no leave from work": {
        "6 weeks off isotretinoin, acne scars": {"days": None, "conditions": ["isotretinoin-recent"]},
        "2 weeks off tretinoin, melasma": {"days": None, "history": {"tretinoin": "stopped"}},
        "3 days off retinol, can I have a peel": {"days": None},
        "10 days off Zorbex, acne scars": {"days": None},
        "a week off my minoxidil, hair loss": {"days": None},
        "can take 3 weeks off work, deep wrinkles": {"days": 21},
        "3 days off, melasma": {"days": 3},
        "acne scars, two weeks off": {"days": 14},
        "I have a week off from work, acne scars": {"days": 7},
        "a weekend off for a peel, fine lines": {"days": 2},
    },
    "a bystander is not the one to be treated": {
        "my friend (f, 40) swears by Botox, is it worth it for wrinkles": {"sex": None, "age": None},
        "the lady at reception said IPL, redness": {"sex": None},
        "my colleague, 52, says PRP works for hair loss": {"age": None},
        "my mum had melasma too, fine lines, what helps me": {"concerns": ["wrinkles"], "sex": None},
        "my sister's wedding is in May, dark circles": {"sex": None},
        "a girl at work told me about Profhilo, fine lines": {"sex": None},
        "asking for my girlfriend, melasma": {"sex": "female"},
        "my husband is losing his hair": {"sex": "male"},
        "my mother, 70, deep wrinkles": {"sex": "female", "age": 70},
        "I'm a woman of 52, wrinkles": {"sex": "female", "age": 52},
        "my gf has melasma": {"sex": "female"},
    },
    "other forms and orders of a word mean the same": {
        "pitted scarring": {"concerns": ["acne-scars"], "kinds": ["atrophic"]},
        "circles under my eyes that are blue": {"concerns": ["dark-circles"], "kinds": ["vascular"]},
        "uneven pigmentation": {"concerns": ["pigment"]},
        "blotchy pigmentation on my face": {"concerns": ["pigment"]},
        "stubborn pigmentation": {"concerns": ["pigment"]},
        "black circles under my eyes": {"concerns": ["dark-circles"]},
        "dark spots left by chin acne": {"concerns": ["pigment"], "kinds": ["post-inflammatory"]},
        "my cheeks have gone hollow": {"concerns": ["volume-loss"]},
        "hollowing under the eyes": {"kinds": ["hollow"]},
        "my hair is getting thinner": {"concerns": ["hair-loss"]},
        "boxcar scarring": {"kinds": ["boxcar"]},
        "surgical scarring": {"concerns": []},
        "my shoes have gone hollow": {"concerns": []},
    },
    "money in other ways to write it": {
        "melasma, budget Rs 12,000": {"budget": None, "unread": "12,000"},
        "melasma, R5000": {"budget": None, "unread": "5000"},
        "acne scars, 2 lakh": {"budget": None, "unread": "lakh"},
        "hair loss, 20000 rupees": {"budget": None},
        "acne scars, 2 k": {"budget": (None, 2000, "course")},
        "acne scars, 1.5 k max": {"budget": (None, 1500, "course")},
        "acne scars, 5 sessions, $400 each": {"budget": (None, 400, "session")},
        "quoted $800 for IPL and $1500 for Fraxel, redness": {"budget": None, "unread": "800"},
        "IPL $400, Fraxel $900, which for redness": {"budget": None},
        "IPL or Fraxel for redness, $900": {"budget": (None, 900, "course")},
        "quoted $800 for IPL, redness": {"budget": (None, 800, "course")},
        "acne scars, $300 a session": {"budget": (None, 300, "session")},
    },
    "what is ruled out by a short form or an idiom": {
        "hair loss, no fin or dut": {"exclude": ["dutasteride-oral", "finasteride-oral"], "procedures": []},
        "keep me away from exosomes, hair loss": {"exclude": ["exosomes"], "procedures": []},
        "anything but tret for fine lines": {"exclude": ["tretinoin"]},
        "please don't suggest Botox, frown lines": {"exclude": ["botulinum-toxin"]},
        "hair loss, hard pass on spiro": {"exclude": ["spironolactone-oral"]},
        "not fin, hair loss": {"exclude": ["finasteride-oral"]},
        "hair loss without minox": {"exclude": ["minoxidil-topical"]},
        "would never touch fillers, volume loss": {"exclude": ["fillers"]},
        "fin for hair loss": {"exclude": [], "procedures": ["finasteride-oral"]},
        "tret or retinol for fine lines": {"exclude": [], "procedures": ["retinol", "tretinoin"]},
        "I'm not against Botox, frown lines": {"exclude": []},
    },
    "words of place and purpose bind": {
        "leg veins treatment": {"concerns": []},
        "laser hair removal for my chin": {"procedures": [], "intent": "unknown"},
        "scarring alopecia, what helps": {"concerns": []},
        "surgical scars, what helps": {"concerns": []},
        "dark underarms": {"concerns": []},
        "best treatment for active acne": {"concerns": [], "intent": "unknown"},
        "veins on my legs": {"concerns": []},
        "spider veins on my nose": {"kinds": ["telangiectasia"]},
        "is laser safe, I have active acne": {"conditions": ["active-acne"]},
        "laser for facial redness": {"concerns": ["redness"], "procedures": ["lasers"]},
        "acne scarring and alopecia": {"concerns": ["acne-scars", "hair-loss"]},
    },
    "an age may stand bare": {
        "Crow's feet, 41, Leeds": {"age": 41},
        "f38 melasma": {"age": 38, "sex": "female"},
        "31m hair loss": {"age": 31, "sex": "male"},
        "29 lol, acne scars": {"age": 29},
        "16 with acne scars": {"age": 16},
        "melasma, 44f, Perth": {"age": 44, "sex": "female"},
        "is tretinoin worth it at 50?": {"age": 50},
        "acne scars, 3 sessions": {"age": None},
        "fine lines, SPF 50": {"age": None},
        "acne scars, 20 %": {"age": None},
        "hair loss, 12 months": {"age": None},
        "at 8 weeks pregnant, melasma": {"age": None},
    },
    "towns are places, and words are words": {
        "melasma in Reading": {"market": "uk"},
        "melasma, Bath, £400": {"market": "uk"},
        "acne scars, Mobile": {"market": "us"},
        "wrinkles near Orange": {"market": "us"},
        "acne scars, Wolverhampton": {"market": "uk"},
        "redness in Toowoomba": {"market": "au"},
        "hair loss, McKinney": {"market": "us"},
        "melasma in Tyler": {"market": "us"},
        "Newcastle, melasma": {"market": None, "unread": "Newcastle"},
        "I like reading, melasma": {"market": None},
        "orange skin, melasma": {"market": None},
        "in bath water, melasma": {"market": None},
        "melasma, thanks, Tyler": {"market": None},
        "microneedling for acne scars, Minneapolis, MN": {"market": "us", "procedures": ["microneedling"]},
    },
    "one fact that is asked for": {
        "how many sessions of IPL for redness": {"aspect": "sessions"},
        "how many Fraxel sessions": {"aspect": "sessions"},
        "what does Botox cost in Leeds": {"aspect": "price"},
        "recovery time after CO2": {"aspect": "downtime"},
        "how long does CO2 take to heal": {"aspect": "downtime"},
        "how long until tretinoin works": {"aspect": "onset"},
        "how long does Profhilo last": {"aspect": "duration"},
        "is hydroquinone safe": {"aspect": "safety"},
        "side effects of dutasteride": {"aspect": "safety"},
        "can I combine tretinoin and vitamin C": {"aspect": "combine"},
        "what is IPL": {"aspect": None},
        "is PRP worth it for hair loss": {"aspect": None},
        "best for melasma, safest": {"aspect": None},
    },
    "who tries for a baby": {
        "my husband and I are trying, melasma": {"trying": True},
        "we are trying for a baby, melasma": {"trying": True},
        "my wife and I have been trying, hair loss": {"trying": True},
        "me and my partner are trying again, melasma": {"trying": True},
        "we are trying, wrinkles": {"trying": True},
        "we are trying to find a clinic, melasma": {"trying": None},
        "I am trying to fade melasma": {"trying": None},
        "my husband and I are trying to save, wrinkles": {"trying": None},
        "trying Botox for wrinkles": {"trying": None},
        "ttc, melasma": {"trying": True},
    },
}  # fmt: skip
CASES = [
    pytest.param(text, want, id=f"{rule[:30]}-{text[:40]}")
    for rule, ways in RULES.items()
    for text, want in ways.items()
]


def seen(read: Request) -> dict[str, Any]:
    """The parts of a reading that the rules decide, in plain values without order."""
    budget, person = read.budget, read.person
    return {
        "intent": read.intent, "procedures": sorted(read.procedures), "exclude": sorted(read.exclude),
        "concerns": sorted({c.id for c in read.concerns}), "kinds": [c.subtype for c in read.concerns],
        "history": {had.procedure: had.went for had in read.history}, "aspect": read.aspect, "prefer": read.prefer,
        "budget": budget and (budget.low, budget.high, budget.per), "avoid": sorted(read.avoid),
        "days": read.max_downtime_days, "sex": person.sex, "age": person.age, "conditions": list(person.conditions),
        "trying": person.trying_to_conceive, "market": read.market,
    }  # fmt: skip


@pytest.mark.parametrize(("text", "want"), CASES)
def test_a_rule_takes_what_it_should_and_no_more(text: str, want: dict[str, Any], catalog: Catalog) -> None:
    read = understand(text, catalog)
    found = seen(read)
    assert {name: found[name] for name in want if name != "unread"} == {k: v for k, v in want.items() if k != "unread"}
    assert want.get("unread", "") in " ".join(read.not_understood)


def test_every_rule_has_ten_examples() -> None:
    assert [rule for rule, ways in RULES.items() if len(ways) < 10] == []


# ---------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("melazma, what helps", "melazma", "melasma"),
        ("rosaceaa treatment", "rosaceaa", "rosacea"),
        ("tretinoen for wrinkles", "tretinoen", "Tretinoin"),
        ("hydroquinome for melasma", "hydroquinome", "Hydroquinone"),
        ("microneedlinq for acne scars", "microneedlinq", "Microneedling"),
        ("wrinklles, what helps", "wrinklles", "wrinkle"),
    ],
)
def test_a_mended_word_is_told_as_typed_and_as_read(text: str, typed: str, meant: str, catalog: Catalog) -> None:
    (slip,) = understand(text, catalog).respelled
    assert (slip.typed, slip.read) == (typed, meant)
    assert f"read '{typed}' as {meant}" in explain_gaps(understand(text, catalog), catalog)


@pytest.mark.parametrize(
    "text",
    [
        "Fiancée with melasma",
        "is Finaceo good for redness",
        "Tretinoen for wrinkles",
        "the BotoxX device for wrinkles",
        "is Fraxelle good for acne scars",
        "fractal patterns, acne scars",
        "my finance is tight, hair loss",
        "a minor thing, hair loss",
        "Profillio for fine lines",
        "I am a retired teacher, wrinkles",
        "I have cushings, fine lines",
    ],
)
def test_no_name_and_no_english_word_becomes_a_drug(text: str, catalog: Catalog) -> None:
    read = understand(text, catalog)
    assert (read.procedures, read.exclude, read.history) == ((), (), ())
