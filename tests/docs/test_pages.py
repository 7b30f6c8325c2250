"""The pages that the program writes about its facts: every first place has its reason, and the figures are sums."""

import tomllib

import pytest

from decide.catalog import Catalog
from docs.figures import BEGIN, END, PRICES, left_out_page, quality, with_figures
from docs.places import FORMER, first_place, reasons_for
from docs.price_figures import prices_table

STORED = tomllib.loads(FORMER.read_text("utf-8"))


def test_every_concern_kind_and_market_stands_in_what_was_recorded(catalog: Catalog) -> None:
    wanted = {
        (concern.id, kind, market)
        for concern in catalog.concerns.values()
        for kind in ("", *(k.id for k in concern.subtype))
        for market in catalog.markets
    }
    assert wanted == {(p["concern"], p["kind"], p["market"]) for p in STORED["place"]}


@pytest.mark.parametrize("place", STORED["place"], ids=lambda p: f"{p['concern']}-{p['kind']}-{p['market']}")
def test_every_first_place_has_a_reason_why_it_changed_or_stayed(place: dict[str, object]) -> None:
    assert list(reasons_for(STORED["reason"], place))


def test_a_reason_of_one_kind_is_not_given_for_another() -> None:
    place = {"concern": "c", "kind": "x", "market": "us"}
    reasons = [
        {"concern": "c", "text": "all"},
        {"concern": "c", "kind": "y", "text": "y"},
        {"concern": "d", "text": "d"},
    ]
    assert list(reasons_for(reasons, place)) == ["all"]


def test_the_first_place_is_that_of_the_ranking(catalog: Catalog) -> None:
    import decide

    found = first_place(catalog, "wrinkles", "dynamic", "uk")
    asked = decide.rank("wrinkles", subtype="dynamic", market="uk", catalog=catalog)
    assert found is not None
    assert found.option.id == asked.rows[0].option.id


def test_the_figures_add_up_over_concerns(catalog: Catalog) -> None:
    rows = [line.strip("| ").split(" | ") for line in quality(catalog).splitlines()[2:] if line.startswith("|")]
    for column in (1, 2, 3, 4, 6, 8):
        assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])
    assert all(0 < int(row[2]) <= int(row[1]) for row in rows)
    assert rows[-1][7] == "100%", "every responder has its cut"


def test_only_the_block_between_its_marks_is_written_anew(catalog: Catalog) -> None:
    page = with_figures(f"before\n{BEGIN}\nold\n{END}\nbetween\n{PRICES}\nold\n{END}\nafter\n", catalog)
    assert page.startswith(f"before\n{BEGIN}\n| concern |")
    assert f"\n{END}\nbetween\n{PRICES}\n|  |" in page
    assert page.endswith(f"\n{END}\nafter\n")
    assert "old\n" not in page


def test_every_price_has_one_grade_and_the_shares_are_of_their_market(catalog: Catalog) -> None:
    table = [line.strip("|").split(" | ") for line in prices_table(catalog).splitlines()]
    rows = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in table}
    for at, market in enumerate(catalog.markets):
        listed = [price for prices in catalog.prices(market).values() for price in prices]
        assert int(rows["prices"][at]) == len(listed)
        counts = [int(rows[grade][at].split()[0]) for grade in ("own-list", "own-list-copy", "survey", "guide")]
        assert sum(counts) == len(listed)
        assert rows["guide"][at] == f"{counts[3]} ({counts[3] / len(listed):.0%})"
        assert int(rows["offers"][at]) == sum(price.promotion for price in listed)


def test_what_differs_is_told_as_left_out(catalog: Catalog) -> None:
    page = left_out_page(catalog)
    line = next(row for row in page.splitlines() if row.startswith("| what was studied differs: route"))
    assert "`iontophoresis-1995-estriol-tretinoin` (Tretinoin)" in line


def test_the_figures_in_the_catalogue_s_readme_are_what_the_program_makes(catalog: Catalog) -> None:
    page = (FORMER.parent.parent / "catalog" / "README.md").read_text("utf-8")
    assert with_figures(page, catalog) == page
