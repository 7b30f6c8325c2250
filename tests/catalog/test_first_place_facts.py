"""Facts that decide first places are of what their records say was studied, and of what is sold."""

import pytest

from decide.alternatives.delivery import Delivery
from decide.catalog import Catalog
from decide.evidence.index import effect_of
from decide.evidence.informing import informing, informing_records


def moving(catalog: Catalog, concern: str, procedure: str, base: str | None = None) -> set[str]:
    found = informing_records(catalog, concern).get(effect_of(catalog, procedure, base), ())
    return {record.study.id for record in found}


def test_a_ready_mix_of_two_fillers_is_not_both_fillers(catalog: Catalog) -> None:
    mixed = moving(catalog, "volume-loss", "caha-filler", "ha-filler")
    assert mixed.isdisjoint({"fakih-gomez-2022-hybrid", "gritti-2025-hacaha"})


def test_depth_on_ultrasound_of_a_scar_just_filled_is_not_the_scar(catalog: Catalog) -> None:
    assert "peg-ha-caha-subcision" not in moving(catalog, "acne-scars", "subcision-plus-filler", "subcision")
    assert "peg-ha-caha-subcision" in {u.study.id for u in informing(catalog, "acne-scars").unused}


def test_where_masked_raters_saw_nothing_people_s_own_word_of_the_same_trial_does_not_stand(catalog: Catalog) -> None:
    (trial,) = [s for s in informing(catalog, "wrinkles").studies if s.id == "psp-2018-prp-news"]
    assert {outcome.direction for outcome in trial.outcome} == {"no-difference"}
    assert trial.same_people_as == "rejuvenation/alam-2018-prp"


def test_filler_for_volume_is_priced_in_the_middle_of_what_its_trials_gave(catalog: Catalog) -> None:
    for assumed in catalog.assumptions("ha-filler"):
        if assumed.what == "session-units" and assumed.concern == "volume-loss":
            # 2 mL, 2.2 mL and 6.23 mL by their pull: 2.2 mL, in syringes of 1 mL
            assert (assumed.typical, assumed.high) == (3, 7)


def test_a_cream_of_unsaid_content_and_a_newspaper_s_price_are_no_sound_list(catalog: Catalog) -> None:
    # what a service mixes and does not name is no price of tretinoin
    for market in catalog.markets:
        for price in catalog.prices(market)["tretinoin"]:
            assert "tretinoin" in f"{price.covers} {catalog.sources[price.source].title}".lower(), price.source
    (helmet,) = [p for p in catalog.prices("uk")["low-level-light"] if p.source == "theradome-2017-helmet"]
    assert helmet.grade == "guide"


@pytest.mark.parametrize(("kind", "visits"), [("post-inflammatory", 8), ("solar-lentigines", 3)])
def test_light_is_given_in_the_visits_that_its_own_kind_was(catalog: Catalog, kind: str, visits: int) -> None:
    given = Delivery(catalog, catalog.procedures["ipl"], "pigment", kind=kind).sessions
    assert given is not None
    assert given.usual == visits


def test_what_differs_tells_no_number_of_sessions(catalog: Catalog) -> None:
    for procedure in catalog.procedures:
        for fact in catalog.practice(procedure, "sessions", "added-sessions"):
            read_in = [s for s in catalog.studies(fact.concern) if s.source == fact.source] if fact.concern else []
            arms = [a for s in read_in for a in s.arm if a.procedure == procedure]
            assert not any(s.other for s in read_in), (procedure, fact.source)
            assert not arms or not all(a.other for a in arms), (procedure, fact.source)


@pytest.mark.parametrize(
    ("concern", "record", "use"),
    [
        ("pigment", "park-2016-ipl-pih", "display"),
        ("pigment", "healio-2016-ipl-pih", "pool"),
        ("acne-scars", "subcision-ha-plla-threads-news", "display"),
        ("wrinkles", "plla-sge-2011", "display"),
    ],
)
def test_what_its_text_leaves_open_is_shown_only(catalog: Catalog, concern: str, record: str, use: str) -> None:
    (found,) = [s for s in catalog.studies(concern) if s.id == record]
    assert found.use == use


def test_two_grades_that_are_better_of_four_are_any_better(catalog: Catalog) -> None:
    (hands,) = [s for s in catalog.studies("pigment") if s.id == "maruyama-ipl-hands"]
    assert [(a.value, a.events, a.cut) for a in hands.arm] == [(60.1, 77, "any-better")]


def test_an_optional_touch_up_is_no_session(catalog: Catalog) -> None:
    trials = {s.id: s.sessions for concern in catalog.concerns for s in catalog.studies(concern)}
    touched_up = ("weiss-2016-lyft-midface", "moradi-2021-caha-jawline", "harc-v-voluma-2021", "eyelight-rct-2024")
    assert {trials[name] for name in (*touched_up, "biesman-2024-belotero-hollow")} == {1}
