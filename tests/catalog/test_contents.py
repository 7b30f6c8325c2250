"""What the catalogue holds: enough to answer, every number sourced, families and concerns that people name."""

from decide.catalog import Catalog
from decide.catalog.read import read_file


def entries(catalog: Catalog) -> list:
    return [entry for path in catalog.files() for entry in read_file(path)[0]]


def test_every_fact_read_for_the_first_edition_stands_in_it(catalog: Catalog) -> None:
    found = entries(catalog)
    count = {table: sum(e.table == table for e in found) for table in ("price", "harm", "course")}
    assert count == {"price": 214, "harm": 247, "course": 106}
    studies = [e.fact for e in found if e.table == "study"]
    assert sum(len(s.outcome) for s in studies) == 654
    assert sum(len(s.arm) for s in studies) == 374
    assert sum(len(s.contrast) for s in studies) == 75
    assert sum(e.table == "practice" for e in found) >= 500


def test_every_number_has_a_source_or_a_reason(catalog: Catalog) -> None:
    for entry in entries(catalog):
        if entry.table in ("price", "practice", "course", "harm", "study", "exchange", "comparison", "claim"):
            assert entry.fact.source, entry
        if entry.table in ("assumption", "constant", "risk_prior", "downtime_prior", "measure"):
            assert len(entry.fact.reason) > 8, entry


def test_every_source_is_leaned_on(catalog: Catalog) -> None:
    used = {getattr(e.fact, "source", None) for e in entries(catalog)}
    assert set(catalog.sources) - used - {"plated-lupo-interview", "biothera-ev-post-procedure"} == set()


def test_every_home_medicine_priced_by_the_pack_says_how_long_a_pack_lasts(catalog: Catalog) -> None:
    for market in catalog.markets:
        for procedure, prices in catalog.prices(market).items():
            for price in prices:
                if price.unit in ("tube", "bottle"):
                    assert any(
                        a.what == "unit-months" and a.unit == price.unit for a in catalog.assumptions(procedure)
                    ), (procedure, price.unit)


def test_aliases_mean_one_thing(catalog: Catalog) -> None:
    meanings: dict[str, set[str]] = {}
    for thing in (*catalog.procedures.values(), *catalog.families.values()):
        for alias in thing.aliases:
            meanings.setdefault(alias.lower(), set()).add(thing.id)
    assert {alias: ids for alias, ids in meanings.items() if len(ids) > 1} == {}


def test_rates_invert_and_go_through_a_third_currency(catalog: Catalog) -> None:
    to, _ = catalog.rate("USD", "GBP")
    back, _ = catalog.rate("GBP", "USD")
    assert abs(float(to * back) - 1) < 1e-12
    aud_usd, year = catalog.rate("AUD", "USD")
    assert float(aud_usd) == 0.6644
    assert year == 2023
