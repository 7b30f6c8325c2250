"""Facts that decide first places are of what their records say was studied, and of what is sold."""

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
    tretinoin = [p for p in catalog.prices("au")["tretinoin"] if p.source == "qr8-2023-cost"]
    assert tretinoin
    assert all(price.doubtful for price in tretinoin)
    (helmet,) = [p for p in catalog.prices("uk")["low-level-light"] if p.source == "theradome-2017-helmet"]
    assert helmet.grade == "guide"
