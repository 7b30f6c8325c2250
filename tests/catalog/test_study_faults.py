"""Each kind of fault in a record of a study is found: what cannot be is an error, what is missing is a hole."""

from pathlib import Path
from typing import Any

import pytest

from decide.catalog.check import check
from decide.catalog.circles import circles
from decide.catalog.holes import holes
from decide.catalog.models import Bound, Cut, Family, Harm, Procedure, Product, Source, Study, StudyWord
from decide.catalog.read import Entry
from decide.catalog.study_check import wrong_bounds, wrong_sources, wrong_studies, wrong_words
from decide.catalog.study_holes import study_holes
from decide.catalog.words import any_of
from tests.shipped import CATALOG

ARM: dict[str, Any] = {"procedure": "laser", "n": 20, "measure": "percent-improvement", "value": 40}
IDLE: dict[str, Any] = {"procedure": "placebo", "n": 20, "measure": "percent-improvement", "value": 5}
WORDS = (
    {"id": "relapse", "about": "relapse", "words": ("relaps*",)},
    {"id": "happy", "about": "satisfaction", "words": ("satisfied",)},
    {"id": "slower", "about": "prevention", "words": ("prevention",)},
    {"id": "healthy", "about": "healthy", "words": ("healthy skin",)},
    {"id": "current", "differs": "route", "words": ("iontophoresis",)},
    {"id": "lesions", "differs": "unit", "words": ("share of lesions",)},
    {"id": "other", "differs": "outcome", "words": ("papules",)},
    {"id": "control", "owes": "control", "words": ("treated arm only", "randomised, controlled")},
    {"id": "sessions", "owes": "sessions", "words": ("# sessions", "two sittings")},
    {"id": "none", "interest": "none", "words": ("no interest", "none", "news summary")},
    {"id": "touch", "owes": "touch-up", "words": ("touch-up",)},
    {"id": "network", "owes": "trial", "words": ("indirect*",)},
    {"id": "within", "owes": "difference", "words": ("within",)},
)


def entry(table: str, fact: Any) -> Entry:
    return Entry(table, fact, Path("mine.toml"), 0)


def study(**fields: Any) -> Study:
    given = {"id": "s", "concern": "scars", "source": "paper", "design": "rct", "arm": (ARM, IDLE)} | fields
    return Study.model_validate(given)


def procedure(name: str, **fields: Any) -> Entry:
    made = Procedure.model_validate(
        {
            "id": name, "name": name.title(), "family": "things", "summary": "A thing.", "mode_of_action": "It acts.",
            "mechanism": "heat", "setting": "clinic", "route": "energy", "clinic": True, "role": "standalone",
            "invasiveness": "none",
        }
        | fields
    )  # fmt: skip
    return entry("procedure", made)


WORLD = [
    procedure("laser"),
    procedure("needling"),
    procedure("gel", role="adjunct", adjunct_to=("laser",)),
    procedure("cream", role="adjunct", adjunct_to=("laser",)),
    entry("cut", Cut(id="half", scale="percent-improvement", says="half", threshold=50, spread=10, reason="A toy.")),
    *(entry("study_word", StudyWord.model_validate(word)) for word in WORDS),
]


def errors(*studies: Study) -> list[str]:
    return [reason for _, reason in wrong_studies([*WORLD, *(entry("study", s) for s in studies)])]


def gaps(*studies: Study, more: tuple[Entry, ...] = ()) -> list[str]:
    return [reason for _, reason in study_holes([*WORLD, *more, *(entry("study", s) for s in studies)])]


def outcome(**fields: Any) -> dict[str, Any]:
    base = {"procedure": "laser", "comparator": "placebo", "outcome": "scars", "measure": "none", "direction": "better"}
    return base | fields


def test_a_sound_record_has_neither_error_nor_hole() -> None:
    sound = study(participants=40, outcome=(outcome(p_value="0.01"),), interest="paid for by the maker")
    assert errors(sound) == []
    assert gaps(sound) == []


# ------------------------------------------------------------------ errors


def test_a_base_that_disagrees_with_the_arms() -> None:
    on_needling = dict(ARM, procedure="gel", base="needling")
    bare = study(arm=(on_needling, dict(ARM, procedure="needling")), outcome=(outcome(procedure="gel"),))
    assert errors(bare) == ["gel stands on laser here and on needling there"]
    said = outcome(procedure="gel", base="needling", comparator="needling")
    assert errors(study(arm=(on_needling, dict(ARM, procedure="needling")), outcome=(said,))) == []


def test_two_add_ons_of_one_trial_on_two_bases() -> None:
    told = outcome(procedure="gel", base="needling", comparator="cream")
    (reason,) = errors(study(arm=(), outcome=(told,)))
    assert reason == "cream is taken to stand on laser, gel on needling: say comparator_base"
    assert errors(study(arm=(), outcome=(told | {"comparator_base": "needling"},))) == []


def test_a_review_may_hold_a_thing_on_several_bases() -> None:
    mixed = (outcome(procedure="gel", base="needling"), outcome(procedure="gel"))
    assert errors(study(arm=(), design="systematic-review", outcome=mixed)) == []
    assert errors(study(arm=(), outcome=mixed)) == ["gel stands on laser here and on needling there"]


@pytest.mark.parametrize(
    ("participants", "people", "found"),
    [
        (40, (20, 20), []),
        (39, (20, 20), ["its arms hold 40 people, and 39 took part"]),
        (60, (60, None), ["all 60 people are given to one arm of several"]),
    ],
)
def test_people_of_all_arms_given_to_one(participants: int, people: tuple[int | None, ...], found: list[str]) -> None:
    arms = tuple(dict(arm, n=n) for arm, n in zip((ARM, IDLE), people, strict=True))
    assert errors(study(participants=participants, arm=arms)) == found
    assert errors(study(participants=2 * participants, arm=arms, paired=True)) == []


def test_people_who_have_every_arm_and_are_shared_out_all_the_same() -> None:
    false = "every person has every arm, and its arms add up to the 40 who took part"
    assert errors(study(participants=40, paired=True)) == [false]
    assert errors(study(participants=40, design="split-body-rct")) == [false]
    assert errors(study(participants=20, paired=True)) == []
    assert errors(study(participants=40)) == []


@pytest.mark.parametrize(
    ("direction", "p", "denied"),
    [
        ("no-difference", "<0.001", True), ("no-difference", "0.30", False), ("no-difference", ">0.05", False),
        ("no-difference", None, False), ("no-difference", "not significant, 0.01 in one centre", False),
        ("better", "0.40", True), ("worse", ">0.05", True), ("better", "0.05", False), ("better", "<1e-16", False),
        ("unclear", "0.40", False),
    ],
)  # fmt: skip
def test_a_direction_that_its_own_p_value_denies(direction: str, p: str | None, denied: bool) -> None:
    told = outcome(direction=direction, p_value=p)
    assert errors(study(outcome=(told,))) == ([f"laser: {direction}, and p {p}"] if denied else [])
    assert errors(study(outcome=(told | {"comparator": "baseline"},))) == []


@pytest.mark.parametrize("p", ["7", "1.5", "p = 40"])
def test_a_p_value_is_a_chance(p: str) -> None:
    with pytest.raises(ValueError, match="a p-value is a chance from 0 to 1"):
        study(outcome=(outcome(p_value=p),))


@pytest.mark.parametrize(("p", "chance"), [("<1e-16", 1e-16), ("1.2 x 10-5", 1.2e-5), ("<.05", 0.05), ("0", 0.0)])
def test_a_p_value_is_read_in_whatever_form(p: str, chance: float) -> None:
    assert study(outcome=(outcome(p_value=p),)).outcome[0].chance == chance


def test_a_cut_whose_words_state_another_share() -> None:
    def past(says: str) -> Study:
        return study(arm=(dict(ARM, measure="responders", cut="half", cut_says=says), IDLE))

    assert errors(past("> 75 % better")) == ["cut 'half' stands for 50, and its words are '> 75 %'"]
    for sound in ("more than 50 % better", "50 to 74 or 75 to 100 %", "good"):
        assert errors(past(sound)) == []


def contrast(**fields: Any) -> dict[str, Any]:
    found = {"procedure": "laser", "comparator": "placebo", "measure": "odds-ratio", "value": 2, "direction": "better"}
    return found | fields


def test_more_people_than_took_part_in_one_arm_or_comparison() -> None:
    many = "400 people are given to one part of it, and 40 took part"
    both = (dict(ARM, n=400), dict(IDLE, n=40))
    assert errors(study(arm=both, participants=40, paired=True)) == [many]
    assert errors(study(arm=(), contrast=(contrast(n=400),), participants=40)) == [many]
    assert errors(study(arm=(), contrast=(contrast(n=40),), participants=40)) == []
    assert errors(study(contrast=(contrast(n=60),))) == ["60 people are compared, and its arms hold 40"]


def test_a_comparison_without_people() -> None:
    bare = study(arm=(), contrast=(contrast(),))
    assert gaps(bare) == ["laser: no number of people in its comparison"]
    assert gaps(bare.model_copy(update={"participants": 40})) == []


@pytest.mark.parametrize("scale", ["relapse at 36 weeks", "share of satisfied people", "healthy skin of volunteers"])
def test_a_comparison_of_what_is_no_benefit(scale: str) -> None:
    (reason,) = gaps(study(arm=(), contrast=(contrast(n=40),), scale=scale))
    assert reason.endswith("is no benefit, and its comparisons stand as one")
    assert gaps(study(arm=(), contrast=(contrast(n=40, differs=("outcome",)),), scale=scale)) == []


def test_the_same_people_under_their_full_name() -> None:
    first, other = study(id="a"), study(id="b", same_people_as="scars/a", source="another")
    assert gaps(first, other) == ["laser: the same people move its figure in 'a' too"]


def test_one_arm_entered_twice() -> None:
    assert errors(study(arm=(ARM, IDLE, dict(IDLE, sex="male")))) == ["placebo stands twice with the same figure"]
    assert errors(study(arm=(ARM, IDLE, dict(IDLE, value=6)))) == []


@pytest.mark.parametrize("interest", ["no interest declared", "none seen", "news summary of a paper"])
def test_an_interest_that_describes_none(interest: str) -> None:
    assert errors(study(interest=interest)) == [f"interest {interest!r} describes none: it goes into 'declared'"]
    assert errors(study(declared=interest)) == []


def test_a_harm_under_an_active_comparator_is_no_background() -> None:
    harm = Harm(
        source="paper", procedure="laser", concern="scars", event="redness", severity="minor",
        rate_low=30, rate_high=30, comparator_rate=30, comparator="untreated",
    )  # fmt: skip
    active = study(arm=(ARM, dict(ARM, procedure="needling")))
    found = [r for _, r in wrong_studies([*WORLD, entry("study", active), entry("harm", harm)])]
    assert found == ["comparator untreated, and its study compares with active treatments alone"]
    assert (
        list(
            wrong_studies(
                [*WORLD, entry("study", study()), entry("harm", harm.model_copy(update={"comparator": "placebo"}))]
            )
        )
        == []
    )


def test_an_unknown_cut() -> None:
    share = dict(ARM, measure="responders", cut="hlaf")
    assert errors(study(arm=(share, IDLE))) == ["unknown cut 'hlaf'"]
    with pytest.raises(ValueError, match="responders need the cut"):
        study(arm=(dict(ARM, measure="responders"),))


def test_records_that_name_each_other_in_a_circle_or_nobody() -> None:
    a, b = study(id="a", same_people_as="b"), study(id="b", same_people_as="a")
    assert errors(a, b) == ["same_people_as runs in a circle: scars/a → scars/b → scars/a"]
    assert errors(study(same_people_as="nobody")) == ["same_people_as names no study: 'nobody'"]
    assert errors(study(id="a"), study(id="b", same_people_as="scars/a")) == [
        "'scars/a' stands under the same concern: write it without it"
    ]
    assert errors(study(id="a", replaces=("b",)), study(id="b", replaces=("a",)))[-1] == (
        "replaces runs in a circle: scars/a → scars/b → scars/a"
    )
    assert errors(study(id="a", replaces=("a",))) == ["replaces runs in a circle: scars/a → scars/a"]
    assert errors(study(replaces=("nobody",))) == ["replaces names no study: 'nobody'"]
    elsewhere = study(id="a", concern="lines")
    assert errors(study(same_people_as="lines/a"), elsewhere) == []


def test_what_is_replaced_in_another_concern_may_not_count_there() -> None:
    old = study(id="old", concern="lines")
    (reason,) = errors(study(replaces=("lines/old",)), old)
    assert "replaces lines/old, which still counts there" in reason
    assert errors(study(replaces=("lines/old",)), old.model_copy(update={"use": "display"})) == []


def test_circles_are_found_once_each() -> None:
    assert list(circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})) == [("a", "a → b → c → a")]
    assert list(circles({"a": ["b", "c"], "b": ["d"], "c": ["d"]})) == []
    assert [name for name, _ in circles({"a": ["a"], "b": ["b"]})] == ["a", "b"]


def test_an_alias_that_means_two_things() -> None:
    hot, cold = procedure("hot", aliases=("Peel-Off",)), procedure("cold", aliases=("peel off",))
    assert [r for _, r in wrong_words([hot, cold])] == ["'peel off' also means 'hot'"]
    family = entry("family", Family(id="f", name="Peel off"))
    assert [r for _, r in wrong_words([hot, family])] == ["'peel off' also means 'hot'"]
    own = entry("product", Product(id="hot:strong", procedure="hot", name="Strong", words=("peel off",)))
    assert list(wrong_words([hot, own])) == []
    many = procedure("many", aliases=("peel-offs",))
    assert [r for _, r in wrong_words([hot, many])] == ["'peel off' also means 'hot'"]


@pytest.mark.parametrize("word", ["Acne scars", "acne scar", "melasma", "pregnant", "deep melasma"])
def test_an_alias_that_is_what_somebody_has(shipped: list[Entry], word: str) -> None:
    planted = procedure("planted", aliases=(word,))
    (reason,) = [r for e, r in wrong_words([*shipped, planted]) if e is planted]
    assert "also means" in reason


def test_an_alias_that_is_a_place(shipped: list[Entry]) -> None:
    planted = procedure("planted", aliases=("London",))
    assert [r for e, r in wrong_words([*shipped, planted]) if e is planted] == ["'london' also means 'uk'"]


@pytest.mark.parametrize(
    ("one", "two", "mark"),
    [
        ({"doi": "10.1000/X.7"}, {"url": "https://doi.org/10.1000%2Fx.7"}, "DOI"),
        (
            {"title": "A randomised trial of colour in labelled skin"},
            {"title": "A randomized trial of color in labeled skin"},
            "title",
        ),
        ({"title": "A randomised trial of laser in men"}, {"title": "A randomised trial of laser in women"}, ""),
        ({"doi": "10.1000/X.7"}, {"doi": "10.1000/x.7"}, "DOI"),
        ({"doi": "10.1000/X.7"}, {"doi": "https://dx.doi.org/10.1000/x.7"}, "DOI"),
        ({"doi": "10.1000/X.7"}, {"doi": "doi:10.1000/x.7."}, "DOI"),
        ({"doi": "10.1000/X.7"}, {"url": "https://doi.org/10.1000/x.7?from=mail"}, "DOI"),
        ({"url": "https://dx.doi.org/10.1000/x.7"}, {"url": "http://doi.org/10.1000/x.7/"}, "DOI"),
        ({"pmid": "1234567"}, {"pmid": "1234567"}, "PMID"),
        ({"pmid": "1234567"}, {"url": "https://pubmed.ncbi.nlm.nih.gov/1234567/"}, "PMID"),
        ({"pmid": "1234567"}, {"url": "https://www.ncbi.nlm.nih.gov/pubmed/1234567?dopt=Abstract"}, "PMID"),
        ({"title": "One trial of a laser: for scars"}, {"title": "One trial of a laser for scars."}, "title"),
        ({"doi": "10.1000/X.7"}, {"doi": "10.1000/x.71"}, ""),
        ({"pmid": "1234567"}, {"url": "https://pubmed.ncbi.nlm.nih.gov/12345678/"}, ""),
    ],
)
def test_one_paper_under_two_ids(one: dict[str, str], two: dict[str, str], mark: str) -> None:
    papers = [
        Source.model_validate({"id": name, "title": name, "kind": "journal-article"} | marks)
        for name, marks in (("one", one), ("two", two))
    ]
    found = [r for _, r in wrong_sources([entry("source", paper) for paper in papers])]
    assert found == ([f"the same paper as 'one', by its {mark}"] if mark else [])


@pytest.mark.parametrize("end", ["PMC4482214", "PMC4482214/?report=full"])
def test_one_paper_by_its_number_and_by_a_longer_title(end: str) -> None:
    one = Source(id="one", title="A", kind="journal-article", url="https://pmc.ncbi.nlm.nih.gov/articles/PMC4482214/")
    two = Source(id="two", title="B", kind="journal-article", url=f"http://www.ncbi.nlm.nih.gov/pmc/articles/{end}")
    assert [r for _, r in wrong_sources([entry("source", s) for s in (one, two)])] == [
        "the same paper as 'one', by its number at PMC"
    ]
    bare = Source(id="one", title="One trial of a laser for scars", kind="journal-article")
    told = bare.model_copy(update={"id": "two", "title": f"{bare.title} (Journal 2020;1:2)"})
    assert [r for _, r in wrong_sources([entry("source", s) for s in (bare, told)])] == [
        "the same paper as 'one', by its title"
    ]


def test_a_short_title_is_no_mark_of_a_paper() -> None:
    pages = [Source(id=i, title="Chemical peels", kind="journal-article") for i in ("one", "two")]
    assert list(wrong_sources([entry("source", s) for s in pages])) == []


def test_every_kind_of_figure_has_bounds(shipped: list[Entry]) -> None:
    bounds: list[Bound] = [e.fact for e in shipped if e.table == "bound"]
    named = {(b.table, b.what) for b in bounds}
    from fnmatch import fnmatchcase

    for e in shipped:
        if e.table == "constant":
            assert any(t == "constant" and fnmatchcase(e.fact.name, w) for t, w in named), e.fact.name
        if e.table in ("course", "assumption"):
            assert (e.table, e.fact.what) in named
        if e.table == "practice" and (e.fact.low, e.fact.high) != (None, None):
            assert ("practice", e.fact.fact) in named, e.fact.fact


@pytest.mark.parametrize(
    ("name", "value"),
    [("sigma", 0.0), ("pair-correlation", 1.0), ("bias-rct", -0.1), ("gain-sd", -1.0), ("n-unknown", 0.0)],
)
def test_a_constant_that_the_arithmetic_cannot_bear_is_an_error(shipped: list[Entry], name: str, value: float) -> None:
    bounds = [e for e in shipped if e.table == "bound"]
    one = next(e for e in shipped if e.table == "constant" and e.fact.name == name)
    assert list(wrong_bounds([*bounds, one])) == []
    wrong = entry("constant", one.fact.model_copy(update={"value": value}))
    assert [r.split(" is not")[0] for _, r in wrong_bounds([*bounds, wrong])] == [f"{name} {value:g}"]


@pytest.mark.parametrize(
    ("table", "fields", "wrong"),
    [
        ("cut", {"threshold": 500}, "percent-improvement 500"),
        ("cut", {"threshold": -500}, "percent-improvement -500"),
        ("exchange", {"rate": 1e6}, "rate 1e+06"),
        ("study", {"sessions": 0}, "sessions 0"),
        ("study", {"sessions": 500}, "sessions 500"),
        ("study", {"arm": (dict(ARM, value=-300),)}, "percent-improvement -300"),
        ("study", {"arm": (dict(ARM, sd=500),)}, "sd 500"),
        ("study", {"outcome": (outcome(sessions=500),)}, "sessions 500"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be(shipped: list[Entry], table: str, fields: dict[str, Any], wrong: str) -> None:
    bounds = [e for e in shipped if e.table == "bound"]
    if table == "study":
        sound, planted = study(sessions=3), study(**fields)
    else:
        sound = next(e.fact for e in shipped if e.table == table)
        planted = sound.model_copy(update=fields)
    assert list(wrong_bounds([*bounds, entry(table, sound)])) == []
    assert [r.split(" is not")[0] for _, r in wrong_bounds([*bounds, entry(table, planted)])] == [wrong]


# ------------------------------------------------------------------ holes


def test_one_arm_of_a_controlled_trial() -> None:
    alone = study(arm=(ARM,), participants=40)
    assert gaps(alone) == ["a control was had and its arm does not stand here: laser stands alone"]
    assert gaps(study(arm=(ARM,), design="case-series")) == []


def test_an_arm_of_a_controlled_trial_with_nothing_beside_it_that_moves_a_figure() -> None:
    unread = "a control was had and its arm moves no figure: laser stands alone"
    assert gaps(study(arm=(ARM, dict(IDLE, measure="none", value=None)))) == [unread]
    assert gaps(study(arm=(ARM, dict(ARM, procedure="needling", differs=("drug",))))) == [unread]
    elsewhere = contrast(procedure="needling", comparator="placebo", n=40)
    assert gaps(study(arm=(ARM,), contrast=(elsewhere,), participants=40)) == [unread]
    assert gaps(study(arm=(ARM,), contrast=(contrast(n=40),), participants=40)) == []
    doses = study(arm=(dict(ARM, dose="1 %"), dict(ARM, dose="2 %", value=50)))
    assert gaps(doses) == ["laser is compared with itself alone, and no arm shows what comes without it"]
    assert gaps(doses.model_copy(update={"design": "case-series"})) == []


def test_arms_too_unequal_to_have_been_drawn_so() -> None:
    odd = study(arm=(dict(ARM, n=200), IDLE))
    assert gaps(odd) == ["arms of 20 and 200 people, and how many took part is not said"]
    assert gaps(odd.model_copy(update={"participants": 220})) == []
    assert gaps(study(arm=(dict(ARM, n=60), IDLE))) == []


def test_an_add_on_to_several_things_says_which() -> None:
    mask = procedure("mask", role="adjunct", adjunct_to=("laser", "needling"))
    unsaid = "mask: what it is given on is not said"
    bare = outcome(procedure="mask", comparator="laser", p_value="0.01")
    assert gaps(study(arm=(), outcome=(bare,)), more=(mask,)) == [unsaid]
    assert gaps(study(arm=(), design="meta-analysis", outcome=(bare,)), more=(mask,)) == [unsaid]
    turned = outcome(comparator="mask", p_value="0.01")
    assert gaps(study(arm=(), outcome=(turned,)), more=(mask,)) == [unsaid]
    assert gaps(study(arm=(), outcome=(bare | {"base": "laser"},)), more=(mask,)) == []


def test_a_harm_under_a_dummy_whose_note_names_a_treatment() -> None:
    harm = Harm(
        source="elsewhere", procedure="laser", concern="scars", event="redness", severity="minor",
        rate_low=30, rate_high=30, comparator_rate=30, comparator="placebo", note="Comparator: needling.",
    )  # fmt: skip
    assert gaps(more=(entry("harm", harm),)) == ["held against placebo, and its note names 'needling'"]
    for sound in ({"comparator": "needling"}, {"note": "Comparator: the laser switched off."}):
        assert gaps(more=(entry("harm", harm.model_copy(update=sound)),)) == []


@pytest.mark.parametrize("where", ["note", "title"])
def test_a_treated_arm_of_a_trial_that_stands_as_a_series(where: str) -> None:
    told = dict(ARM, note="Treated arm only, by the abstract." if where == "note" else "")
    title = "A randomised, controlled study" if where == "title" else "A study"
    paper = entry("source", Source(id="paper", title=title, kind="journal-article"))
    (reason,) = gaps(study(arm=(told,), design="case-series"), more=(paper,))
    assert reason.endswith("and its design names no control")
    assert gaps(study(arm=(told,)), more=(paper,)) == [
        "a control was had and its arm does not stand here: laser stands alone"
    ]


@pytest.mark.parametrize(
    ("said", "word"), [("Mean 3.2 sessions.", "3.2 sessions"), ("In two sittings.", "two sittings")]
)
def test_sessions_that_a_note_tells_and_no_field(said: str, word: str) -> None:
    told = (dict(ARM, note=said), IDLE)
    assert gaps(study(arm=told)) == [f"says {word!r}, and its sessions are not entered"]
    assert gaps(study(arm=told, sessions=3)) == []


def test_an_arm_and_a_direction_of_one_record_that_move_one_figure() -> None:
    twice = "laser: an arm and a direction of the same people, and the arm alone counts"
    told = outcome(comparator="untreated", p_value="0.01")
    assert gaps(study(design="case-series", arm=(ARM,), outcome=(told,))) == [twice]
    assert gaps(study(outcome=(outcome(p_value="0.01"),))) == [], "both sides are arms, so the direction is only shown"
    assert gaps(study(arm=(), outcome=(told,))) == []
    on_laser = dict(ARM, procedure="gel", base="laser")
    dummy = outcome(procedure="gel", base="laser", p_value="0.01")
    assert gaps(study(arm=(on_laser, ARM), outcome=(dummy,))) == [], "on a dummy, the laser is had all the same"


@pytest.mark.parametrize("where", [{"note": "0.3 mL touch-up."}, {"dose": "1 mL and a touch-up"}])
def test_an_optional_touch_up_that_counts_as_a_session(where: dict[str, str]) -> None:
    told = (ARM | where, IDLE)
    assert gaps(study(arm=told, sessions=2)) == ["says 'touch-up', and counts it as a session"]
    assert gaps(study(arm=told, sessions=1)) == []


def test_what_a_network_inferred_is_no_trial() -> None:
    told = study(arm=(), contrast=(contrast(n=40, note="Indirect, by a network."),))
    assert gaps(told) == ["says 'Indirect', and counts as a trial that compared"]
    assert gaps(told.model_copy(update={"use": "compare"})) == []


def test_a_p_value_of_each_side_for_itself() -> None:
    told = outcome(p_value="0.001 within each arm")
    assert gaps(study(arm=(), outcome=(told,))) == ["says 'within', and its p-value is of no difference"]
    assert gaps(study(arm=(), outcome=(told | {"comparator": "baseline"},))) == []
    assert gaps(study(arm=(), outcome=(told | {"p_value": "0.001"},))) == []


def test_one_trial_under_two_sources() -> None:
    one, other = study(id="a"), study(id="b", source="another")
    assert gaps(one, other) == ["laser: people and figure of 'a' again: one trial?"]
    assert gaps(one, study(id="b", source="another", arm=(dict(ARM, value=41), IDLE))) == []
    assert gaps(one, other.model_copy(update={"use": "display"})) == []


def test_the_words_that_variants_were_missed_by_are_listed(shipped: list[Entry]) -> None:
    words = {e.fact.id: any_of(e.fact.words) for e in shipped if e.table == "study_word"}
    missed = {
        "relapse": ["recurrence-free at a year", "remission kept", "maintained clear"],
        "prevention": ["protects from new spots"],
        "satisfaction": ["would have it again"],
        "healthy": ["look of normal skin"],
        "another-unit": ["a share per lesion", "each eyelid"],
        "other-people": ["ex vivo", "in pigs"],
        "another-dose": ["half the dose"],
        "another-drug": ["mixed with tretinoin", "Er:YAG, not this"],
        "a-control": ["Versus saline on the other side"],
        "sessions": ["Five treatments", "given three times"],
        "no-interest": ["nil", "-", "disclosures: none", "no industry ties", "editorial summary"],
    }
    for name, texts in missed.items():
        for text in texts:
            assert words[name].search(text), (name, text)
    assert not words["no-interest"].match("Galderma - the maker")


def test_an_arm_without_people() -> None:
    assert gaps(study(arm=(dict(ARM, n=None), IDLE))) == ["laser: no number of people in its arm"]
    assert gaps(study(arm=(dict(ARM, n=None), dict(IDLE, n=None)), participants=20, paired=True)) == []


@pytest.mark.parametrize("second", ["arm", "direction", "no difference"])
def test_two_records_of_the_same_people_that_both_move_a_figure(second: str) -> None:
    parts = {
        "arm": {"arm": (ARM, IDLE)},
        "direction": {"arm": (), "outcome": (outcome(p_value="0.01"),)},
        "no difference": {"arm": (), "outcome": (outcome(direction="no-difference"),)},
    }
    first, other = study(id="a"), study(id="b", same_people_as="a", **parts[second])
    assert gaps(first, other) == ["laser: the same people move its figure in 'a' too"]
    assert gaps(first, other.model_copy(update={"use": "display"})) == []
    assert gaps(first.model_copy(update={"subtype": "deep"}), other) == []


@pytest.mark.parametrize(("first", "second"), [(40, 40), (40, 38), (None, 40), (None, None)])
@pytest.mark.parametrize("kind", ["", "deep"])
def test_two_records_of_one_source_say_whether_their_people_are_the_same(
    first: int | None, second: int | None, kind: str
) -> None:
    one, other = study(id="a", participants=first), study(id="b", participants=second, subtype=kind)
    (reason,) = gaps(one, other)
    assert reason == "laser: the same source moves its figure in 'a': one and the same people?"
    assert gaps(one, other.model_copy(update={"other_people": True})) == [], "two trials in one paper"
    elsewhere = study(id="b", participants=second, subtype=kind, source="another", arm=(dict(ARM, value=41), IDLE))
    assert gaps(one, elsewhere) == []


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("relapsed within a year", "relapsed"),
        ("prevention of new marks", "prevention"),
        ("satisfied with the result", "satisfied"),
        ("look of healthy skin", "healthy skin"),
    ],
)
def test_what_is_no_benefit_and_stands_as_one(said: str, word: str) -> None:
    assert gaps(study(outcome=(outcome(outcome=said),))) == [f"laser: {word!r} is no benefit, and stands as one"]
    assert gaps(study(outcome=(outcome(outcome=said, about="other"),))) == []
    assert gaps(study(scale=said)) == [f"{word!r} is no benefit, and its arms stand as one"]
    noted = dict(ARM, note=said)
    assert gaps(study(arm=(noted, IDLE))) == [f"{word!r} is no benefit, and its arms stand as one"]
    assert gaps(study(arm=(dict(noted, differs=("outcome",)), IDLE))) == []


@pytest.mark.parametrize(("said", "what"), [("by iontophoresis", "route"), ("a share of lesions", "unit")])
def test_an_arm_whose_note_says_another_thing(said: str, what: str) -> None:
    told = dict(ARM, note=f"Given {said}.")
    (reason,) = gaps(study(arm=(told, IDLE)))
    assert reason.endswith(f"and no 'differs' names the {what}")
    assert gaps(study(arm=(dict(told, differs=(what,)), IDLE))) == []
    assert gaps(study(arm=(told, IDLE), differs=(what,), differs_ok="it is the same thing here")) == []


def test_a_direction_whose_note_says_another_thing() -> None:
    told = outcome(p_value="0.01", note="Given by iontophoresis.")
    (reason,) = gaps(study(arm=(), outcome=(told,)))
    assert reason == "laser: says 'iontophoresis', and no 'differs' names the route"
    assert gaps(study(arm=(), outcome=(dict(told, differs=("route",)),))) == []
    assert gaps(study(arm=(), outcome=(dict(told, p_value=None),))) == [], "without a p-value it moves no figure"
    other = study(arm=(dict(ARM, differs=("route",)), IDLE), outcome=(told,))
    assert gaps(other) == [], "it goes with the arm that differs"


def test_another_outcome_is_told_by_the_scale_not_by_what_else_was_counted() -> None:
    assert len(gaps(study(scale="papules, week 12"))) == 2
    assert gaps(study(arm=(dict(ARM, note="Papules fell too."), IDLE))) == []


def test_an_arm_that_names_no_product_where_there_are_some() -> None:
    strong = entry("product", Product(id="laser:strong", procedure="laser", name="Strong laser"))
    assert gaps(study(), more=(strong,)) == ["laser: which product is not said"]
    assert gaps(study(arm=(dict(ARM, product="laser:strong"), IDLE)), more=(strong,)) == []


def test_what_moves_no_figure_has_no_hole() -> None:
    bad = study(arm=(dict(ARM, n=None),))
    assert gaps(bad) != []
    assert gaps(bad.model_copy(update={"use": "compare"})) == []
    assert gaps(bad.model_copy(update={"differs": ("dose",)})) == []


# ------------------------------------------------------------------ in a catalogue


OVERLAY = """
[[source]]
id = "twin"
title = "The same trial again"
doi = "10.1000/mine"
kind = "journal-article"

[[source]]
id = "twin-2"
title = "And again"
doi = "https://doi.org/10.1000/MINE"
kind = "journal-article"
interest = "no conflict of interest"

[[constant]]
name = "sigma"
scale = "percent-improvement"
value = 0
reason = "A slip."

[[study]]
id = "mine"
concern = "acne-scars"
source = "twin"
design = "rct"
participants = 40
  [[study.arm]]
  procedure = "adapalene"
  product = "tretinoin:0.05-percent"
  n = 40
  measure = "responders"
  value = 50
  cut = "half"
"""


def test_the_command_finds_faults_of_studies_with_their_place(tmp_path: Path) -> None:
    from decide.catalog import load_catalog

    (tmp_path / "mine.toml").write_text(OVERLAY)
    catalog = load_catalog(tmp_path)
    found = "\n".join(str(p) for p in check(catalog))
    assert "mine.toml:8: [[source]] twin-2: the same paper as 'twin', by its DOI" in found
    assert "interest 'no conflict of interest' describes none" in found
    assert "sigma 0 is not between" in found
    assert "'tretinoin:0.05-percent' is no product of 'adapalene'" in found
    assert "all 40 people are given to one arm of several" in found
    missing = "\n".join(str(h) for h in holes(catalog))
    assert "mine.toml:21: [[study]] mine: a control was had and its arm does not stand here" in missing


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("low = 6\nhigh = 6", 1),
        ("low = 6", 0),
        ("low = 3\nhigh = 6", 0),
        ('what = "onset-weeks"\nlow = 6\nhigh = 6', 0),
    ],
)
def test_a_result_that_lasted_as_long_as_it_was_looked_at_owes_an_open_end(
    tmp_path: Path, told: str, missing: int
) -> None:
    from decide.catalog import load_catalog

    what = "" if "what" in told else 'what = "durability-months"\n'
    (tmp_path / "mine.toml").write_text(
        f'[[course]]\nsource = "twin"\nprocedure = "ipl"\nconcern = "redness"\n{what}{told}\nnote = "At least, for '
        'follow-up ended."\n[[source]]\nid = "twin"\ntitle = "Made up"\nyear = 2020\nkind = "journal-article"\n'
    )
    found = [h.reason for h in holes(load_catalog(tmp_path)) if not h.file.startswith("catalog/")]
    assert found == ["says 'At least', and stands as if it had ended then"] * missing


def test_a_thing_that_is_made_of_itself_is_one_clear_line(tmp_path: Path) -> None:
    from decide.catalog import load_catalog
    from decide.errors import CatalogError

    known = CATALOG.procedures["microneedling"].model_dump(mode="json", exclude_none=True)
    from decide.catalog.toml import tables_text

    (tmp_path / "mine.toml").write_text(tables_text([("procedure", known | {"parts": ["prp-microneedling"]})]))
    with pytest.raises(CatalogError, match="microneedling: parts runs in a circle"):
        _ = load_catalog(tmp_path).procedures
    assert any("parts runs in a circle" in str(p) for p in check(load_catalog(tmp_path)))


@pytest.fixture(scope="module")
def shipped() -> list[Entry]:
    from decide.catalog.read import read_file

    return [e for path in CATALOG.files() for e in read_file(path)[0]]
