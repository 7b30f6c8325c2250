"""Facts of money: each fault that a price can have is an error or a hole."""

from pathlib import Path

import pytest

from decide.catalog import Catalog
from decide.catalog.check import check
from decide.catalog.holes import holes
from tests.overlays import laid
from tests.shipped import CATALOG

SOURCE = """
[[source]]
id = "{id}"
title = "A list"
kind = "clinic-page"
{more}
"""


def price(procedure: str = "subcision", market: str = "au", **more: object) -> str:
    """A sound price, its fields changed or, by None, left out."""
    currency = {"us": "USD", "uk": "GBP", "au": "AUD"}[market]
    row: dict[str, object] = {
        "procedure": procedure, "market": market, "currency": currency, "year": 2026, "unit": "session", "low": 300,
        "high": 300, "grade": "own-list-copy", "source": "clinic-a", **more,
    }  # fmt: skip
    said = {key: str(x).lower() if isinstance(x, bool | int) else f'"{x}"' for key, x in row.items() if x is not None}
    return "[[price]]\n" + "\n".join(f"{key} = {x}" for key, x in said.items()) + "\n"


def source(identity: str = "clinic-a", **more: str) -> str:
    told = {"publisher": f"Clinic {identity}", **more}
    return SOURCE.format(id=identity, more="\n".join(f'{key} = "{x}"' for key, x in told.items() if x))


def errors(folder: Path, *texts: str) -> list[str]:
    return [fault.reason for fault in check(laid(folder / "facts", *texts))]


def found(folder: Path, *texts: str) -> list[str]:
    catalog = laid(folder / "facts", *texts)
    return [h.reason for h in holes(catalog) if not h.file.startswith("catalog/")]


def test_a_sound_price_is_neither_fault_nor_hole(tmp_path: Path) -> None:
    sound = price(covers="one session", product=None)
    assert errors(tmp_path, source(), sound) == []
    assert found(tmp_path / "again", source(), sound) == []


def test_a_price_without_a_grade_is_an_error(tmp_path: Path) -> None:
    assert errors(tmp_path, source(), price(grade=None)) == ["grade: missing"]


def test_a_product_of_another_procedure_is_an_error(tmp_path: Path) -> None:
    (fault,) = errors(tmp_path, source(), price(product="adapalene:0.1-percent"))
    assert fault == "'adapalene:0.1-percent' is no product of 'subcision'"


def test_a_basis_of_what_is_given_on_nothing_is_an_error(tmp_path: Path) -> None:
    assert errors(tmp_path, source(), price(basis="add-on")) == ["basis 'add-on': subcision is given on nothing"]


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        ("https://a.example/x", "https://www.a.example/y", True),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://github.com/o/one/x", "https://github.com/o/one/y", True),
        ("", "", False),
    ],
)
def test_one_site_under_two_publishers_is_an_error(tmp_path: Path, first: str, second: str, wrong: bool) -> None:
    texts = (source("a", url=first), source("b", url=second), price(source="a"), price(source="b", low=200))
    assert bool([r for r in errors(tmp_path, *texts) if "write one business one way" in r]) == wrong


def test_a_fact_of_the_same_people_names_a_study_of_its_concern(tmp_path: Path) -> None:
    fact = """
[[practice]]
procedure = "subcision"
concern = "acne-scars"
fact = "sessions"
low = 3
source = "clinic-a"
same_people_as = "no-such-study"
"""
    assert errors(tmp_path, source(), fact) == ["same_people_as names no study of acne-scars: 'no-such-study'"]


@pytest.mark.parametrize(
    ("changes", "hole"),
    [
        ({"note": "A 'from' price."}, "says \"'from' price\" and stands as one figure without from"),
        ({"covers": "starting price"}, "says 'starting price' and stands as one figure without from"),
        ({"covers": "starting price", "from": True}, None),
        ({"covers": "starting price", "high": 500}, None),
        ({"note": "A promotional price."}, "says 'promotional' and has no promotion"),
        ({"covers": "from A$501 a session"}, "says 'from A$501' and stands as one figure without from"),
        ({"note": "Size of the tube not stated."}, "says 'Size of the tube not stated' and is not marked doubtful"),
        ({"note": "Page says usually 400, now 300."}, "says 'usually 400, now 300' and has no promotion"),
        ({"covers": "special offers in May"}, "says 'special offers' and has no promotion"),
        ({"note": "20 % off this week."}, "says '20 % off' and has no promotion"),
        ({"covers": "a session from US$300"}, "says 'from US$300' and stands as one figure without from"),
        ({"note": "Prices start at 300."}, "says 'Prices start at' and stands as one figure without from"),
        ({"covers": "one area, 300+"}, "says '300+' and stands as one figure without from"),
        ({"note": "Valid from 1 May 2024."}, None),
        ({"note": "In force from May 2024, from 2024 on."}, None),
        ({"note": "From 3 June 2025 on; from 300 a session."}, "says 'from 300' and stands as one figure without from"),
        ({"covers": "a custom medicated cream"}, "says 'custom medicated cream' and is not marked doubtful"),
        (
            {"note": "A newspaper's text as shown by the maker."},
            "says 'A newspaper' and is graded as a seller's own list",
        ),
        ({"note": "A newspaper's text as shown by the maker.", "grade": "guide"}, None),
        ({"covers": "as low as 300"}, "says 'as low as' and stands as one figure without from"),
        ({"note": "Minimum charge."}, "says 'Minimum' and stands as one figure without from"),
        ({"covers": "300 onwards"}, "says '300 onwards' and stands as one figure without from"),
        ({"covers": "beginning at 300"}, "says 'beginning at' and stands as one figure without from"),
        ({"covers": "as low as 300", "from": True}, None),
        ({"note": "Limited slots."}, "says 'Limited slots' and has no promotion"),
        ({"note": "New clients only."}, "says 'New clients only' and has no promotion"),
        ({"note": "Members only."}, "says 'Members only' and has no promotion"),
        ({"note": "With a voucher."}, "says 'voucher' and has no promotion"),
        ({"note": "Size not told."}, "says 'Size not told' and is not marked doubtful"),
        ({"note": "Size not told.", "doubtful": "size not told"}, None),
        ({"unit": "syringe"}, "no assumption session-units of a syringe: the price is not used"),
        ({"unit": "unit"}, "no assumption session-units of a unit: the price is not used"),
        ({"promotion": True}, "nothing but an offer is known in this market"),
        ({"procedure": "exosomes-rf-infusion"}, "basis is not said: read as on top of its base"),
        ({"procedure": "exosomes-rf-infusion", "basis": "add-on"}, None),
    ],
)
def test_each_fault_of_a_price_is_a_hole(tmp_path: Path, changes: dict[str, object], hole: str | None) -> None:
    assert found(tmp_path, source(), price(**changes)) == ([hole] if hole else [])  # type: ignore[arg-type]


def test_two_bases_without_a_price_of_the_base_are_a_hole(tmp_path: Path) -> None:
    texts = [price("subcision-plus-filler", basis=basis, low=x) for basis, x in (("all-in", 200), ("add-on", 100))]
    (hole,) = found(tmp_path, source(), *texts)
    assert hole == "all-in and add-on prices are mixed, and subcision has no price to level them"
    assert found(tmp_path / "again", source(), *texts, price()) == []


def test_a_source_of_prices_without_a_publisher_is_a_hole(tmp_path: Path) -> None:
    (hole,) = found(tmp_path, source(publisher=""), price())
    assert hole == "names no publisher: its prices count as a business of their own"


def test_publishers_that_look_alike_are_a_hole(tmp_path: Path) -> None:
    texts = (source("a", publisher="VenuX, Sydney"), source("b", publisher="Venux (city)"))
    (hole,) = found(tmp_path, *texts, price(source="a"), price(source="b", low=200))
    assert hole == "publisher 'Venux (city)' looks like 'VenuX, Sydney' of a"


def test_sites_kept_by_one_hand_share_an_agency(tmp_path: Path) -> None:
    urls = ("https://github.com/maker/one", "https://github.com/maker/two")
    prices = (price(source="a"), price(source="b", low=200))
    (hole,) = found(tmp_path, source("a", url=urls[0]), source("b", url=urls[1]), *prices)
    assert hole == "kept by github.com/maker like a, and they share neither publisher nor agency"
    shared = [source(name, url=url, agency="Maker") for name, url in zip("ab", urls, strict=True)]
    assert found(tmp_path / "again", *shared, *prices) == []


def test_what_has_no_price_in_a_market_is_a_hole(catalog: Catalog, tmp_path: Path) -> None:
    told = {(h.entry, h.reason) for h in holes(catalog)}
    assert ("au", "no price of subcision") in told
    laid_over = laid(tmp_path / "facts", source(), price())
    assert "subcision" in laid_over.prices("au")
    assert ("au", "no price of subcision") not in {(h.entry, h.reason) for h in holes(laid_over)}


# ------------------------------------------------------------------ the shipped prices


def test_every_price_of_another_s_business_says_whose_it_is(catalog: Catalog) -> None:
    for market in catalog.markets:
        for prices in catalog.prices(market).values():
            for p in prices:
                assert catalog.sources[p.source].publisher, p.source


def test_no_copy_is_called_a_list_seen_live() -> None:
    catalog = CATALOG
    grades = {p.grade for m in catalog.markets for prices in catalog.prices(m).values() for p in prices}
    # what was read was read in stored pages and in the source text of sites
    assert grades == {"own-list-copy", "survey", "guide"}
