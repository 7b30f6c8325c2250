"""What guidelines name for a kind: told by line, an option without moving a figure; on raised scars too."""

from decide.answers.card import card
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import effect_of
from decide.report.views.verdict import named
from tests.posed import posed
from tests.toy import Toy


def had(toy: Toy, *names: str) -> Toy:
    for name in names:
        toy.procedure(name).practice(name, "sessions", 3, 3).price(name, 100)
    return toy


def told(ranking: Ranking) -> str:
    return " ".join(named(ranking))


def test_a_guide_s_lines_are_told_with_who_says_so_and_for_whom(toy: Toy) -> None:
    had(toy, "pen", "laser", "dab").tested("pen", 45, subtype="deep")
    toy.guide("scars", "deep", "pen", line="1", source="one").guide("scars", "deep", "pen", line="1", source="two")
    toy.guide("scars", "deep", "laser", line="2", source="one", note="old ones")
    toy.guide("scars", None, "dab", line="avoid", source="two")
    found = rank(posed(toy.catalog(), "scars", subtype="deep"))
    text = told(found)
    assert "Guides name first: Pen (One, Two)." in text
    assert "Guides name second: Laser (old ones) (One)." in text
    assert "Guides name to be left: Dab (Two)." in text
    assert "no study read here gives a usable gain in this kind: Laser." in text


def test_what_a_guide_names_is_an_option_and_what_it_advises_against_is_none(toy: Toy) -> None:
    had(toy, "pen", "laser", "dab").tested("pen", 45)
    before = rank(posed(toy.catalog(), "scars"))
    toy.guide("scars", None, "laser", line="1").guide("scars", None, "dab", line="avoid")
    after = rank(posed(toy.catalog(), "scars"))
    assert {item.option.id for item in after.unmeasured} - {item.option.id for item in before.unmeasured} == {"laser"}
    assert [row["benefit"] for row in after.rows] == [row["benefit"] for row in before.rows]


def test_a_guide_on_one_kind_says_nothing_of_another(toy: Toy) -> None:
    had(toy, "pen").tested("pen", 45).guide("scars", "deep", "pen", line="1")
    assert told(rank(posed(toy.catalog(), "scars", subtype="flat"))) == ""


def test_a_card_tells_for_what_guides_name_it(catalog: Catalog) -> None:
    found = {(guide.line, guide.kind) for guide in card(posed(catalog, "acne-scars"), "silicone-gel").named}
    assert ("1", "hypertrophic") in found


# ------------------------------------------------------------------ raised scars, by what reviews agree on


def test_raised_scars_are_led_by_what_was_studied_in_them(catalog: Catalog) -> None:
    found = rank(posed(catalog, "acne-scars", subtype="hypertrophic"))
    assert found.best is not None
    assert found.best.option.id == "intralesional-steroid"
    places = [row.option.id for row in found.rows]
    assert places.index("intralesional-steroid") < places.index("vascular-laser")
    assert not {"subcision", "microneedling", "ha-filler", "fractional-co2-laser"} & set(places)


def test_the_mixture_with_fluorouracil_gains_more_than_the_steroid_alone(catalog: Catalog) -> None:
    """As pooled results say that are no part of the figures (odds ratio 4.03, risk ratio 1.59); verapamil less."""
    found = synthesis_of(catalog, "acne-scars", "hypertrophic")
    both, steroid, verapamil = (
        found.expected(effect_of(catalog, name)).mean
        for name in ("intralesional-steroid-5fu", "intralesional-steroid", "intralesional-verapamil")
    )
    assert both > steroid > verapamil > 0


def test_silicone_is_named_first_and_said_to_have_no_usable_gain(catalog: Catalog) -> None:
    text = told(rank(posed(catalog, "acne-scars", subtype="hypertrophic")))
    assert "Guides name first: Silicone gel or sheet" in text
    assert "gives a usable gain in this kind: Silicone gel or sheet" in text
