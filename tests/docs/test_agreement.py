"""The page on agreement: every published order of three or more treatments, with a reason where it parts from ours."""

from docs.agreement import FEWEST, agreement_page, theirs
from tests.shipped import CATALOG


def test_an_order_is_read_from_ranks_before_differences_and_the_best_goes_first() -> None:
    study = next(s for s in CATALOG.studies("hair-loss") if s.id == "mn-prp-minoxidil-network")
    values = [value for _, value in theirs(CATALOG, study)]
    assert len(values) >= FEWEST
    assert values == sorted(values, reverse=True)
    assert max(values) == 95.8


def test_what_clears_sun_spots_stands_as_the_pooled_review_has_it() -> None:
    page = agreement_page(CATALOG)
    assert "## mukovozov-2023-lentigines (pigment · solar-lentigines): τ 1.00" in page
    assert "Cryotherapy" in page


def test_no_network_that_moves_a_figure_is_held_against_the_answer() -> None:
    page = agreement_page(CATALOG)
    told = [line.split()[1] for line in page.splitlines() if line.startswith("## ")]
    used = {s.id for c in CATALOG.concerns for s in CATALOG.studies(c) if s.use == "compare"}
    assert told
    assert set(told) <= used
