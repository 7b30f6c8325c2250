"""What the catalogue holds: enough to answer, every number sourced, families and concerns that people name."""

from collections.abc import Callable, Iterable

from decide.alternatives.quotes import units_sold
from decide.catalog import Catalog
from decide.catalog.read import read_file


def entries(catalog: Catalog) -> list:
    return [entry for path in catalog.files() for entry in read_file(path)[0]]


def test_every_fact_that_stands_in_a_file_is_found_by_what_it_is_about(catalog: Catalog) -> None:
    every = entries(catalog)

    def facts(table: str) -> list:
        return [e.fact for e in every if e.table == table]

    def by_procedure(find: Callable[[str], tuple]) -> list:
        # facts about what is no treatment (placebo, no treatment) stand under names of their own
        names = {f.procedure for table in ("practice", "course", "harm", "assumption") for f in facts(table)}
        return [fact for name in sorted(names) for fact in find(name)]

    def alike(found: Iterable, written: Iterable) -> bool:
        found, written = list(found), list(written)
        return len(found) == len(written) > 50 and set(map(repr, found)) == set(map(repr, written))

    assert alike((p for m in catalog.markets for ps in catalog.prices(m).values() for p in ps), facts("price"))
    assert alike((s for c in catalog.concerns for s in catalog.studies(c)), facts("study"))
    assert alike(by_procedure(catalog.practice), facts("practice"))
    assert alike(by_procedure(catalog.courses), facts("course"))
    assert alike(by_procedure(catalog.harms), facts("harm"))
    assert alike(by_procedure(catalog.assumptions), facts("assumption"))
    assert alike(catalog.procedures.values(), facts("procedure"))
    assert alike(catalog.sources.values(), facts("source"))


def test_every_number_has_a_source_or_a_reason(catalog: Catalog) -> None:
    for entry in entries(catalog):
        if entry.table in ("price", "practice", "course", "harm", "study", "exchange", "comparison", "claim"):
            assert entry.fact.source, entry
        if entry.table in ("assumption", "constant", "risk_prior", "downtime_prior", "measure"):
            assert len(entry.fact.reason) > 8, entry


def test_what_lasts_weeks_needs_treating_or_scars_is_no_nuisance(catalog: Catalog) -> None:
    """The severities that catalog/README.md defines, whatever the treatment."""
    for entry in entries(catalog):
        if entry.table == "harm" and entry.fact.event in (
            "change of skin colour",
            "lasting redness",
            "scarring",
            "infection",
        ):
            assert entry.fact.severity != "minor", entry
        if entry.table == "harm" and entry.fact.grave:
            assert entry.fact.severity != "minor", entry


def test_every_source_is_leaned_on(catalog: Catalog) -> None:
    used = {getattr(e.fact, "source", None) for e in entries(catalog)}
    used |= {name for concern in catalog.concerns.values() for name in concern.kind_sources}
    assert set(catalog.sources) - used - {"plated-lupo-interview", "biothera-ev-post-procedure"} == set()


def test_what_is_priced_by_the_pack_says_how_long_a_pack_lasts(catalog: Catalog) -> None:
    silent = {
        (procedure, price.unit)
        for market in catalog.markets
        for procedure, prices in catalog.prices(market).items()
        for price in prices
        if price.unit in ("tube", "bottle") and price.unit not in units_sold(catalog, procedure)
    }
    # no text says how long 60 g of it last: a hole, and its price is shown and not used
    assert silent == {("finasteride-topical", "bottle")}


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
