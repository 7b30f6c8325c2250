"""A clinic's own price list: an empty one to fill in, and whether one can be read."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import click

from decide.alternatives.pricing import PriceBook, for_sale, typical
from decide.alternatives.quotes import commonest, quoted, usual_unit
from decide.catalog import Catalog
from decide.catalog.models import Market, Price, Procedure, Unit
from decide.cli.draft import FORCE, put
from decide.cli.options import FOLDER, MARKET, OUTPUT, Flags, takes
from decide.cli.output import write
from decide.question.problem import known_market


@click.group()
def prices() -> None:
    """A clinic's own price list, for --prices: write one to fill in, or see whether one can be read."""


@prices.command()
@click.argument("list_", metavar="FILE")
@takes((MARKET, FOLDER, FORCE))
def new(list_: str, force: bool, flags: Flags) -> None:
    """Write a price list to FILE with every procedure, each line switched off until you put in your price."""
    market = known_market(flags.catalog, flags.market)
    told = f"Put in your prices, then: decide prices check {list_} --market {market.id}"
    put(list_, template(flags.catalog, market), force, told)


@prices.command()
@click.argument("price_list", metavar="FILE")
@takes((MARKET, FOLDER), OUTPUT)
def check(flags: Flags) -> None:
    """Say whether the price list in FILE can be read, and show each price beside the catalogue's."""
    from decide.report.tables import rows_as

    catalog, problem = flags.catalog, flags.problem()
    market = problem.market
    book = PriceBook(catalog, market)
    listed = [price for found in quoted(catalog, market, problem.quotes).values() for price in found]
    records = [_record(catalog, book, price) for price in listed]
    shown = _shown(flags.price_list, market, records) if flags.form == "table" else rows_as(records, flags.form)
    write(shown, flags.file)


class _Known(NamedTuple):
    """The price of a unit that the catalogue uses, if any, its range, and a mark where it is borrowed."""

    unit: Unit
    low: float | None = None
    high: float | None = None
    mark: str = ""
    typical: Decimal | None = None

    @classmethod
    def of(cls, book: PriceBook, procedure: str, unit: Unit | None = None) -> "_Known":
        """What is used for a unit; without one, for the unit in which most of what is used is counted."""
        found = book.lookup(procedure, for_sale(book.catalog, procedure))
        if unit is None:
            unit = commonest(found.prices) if found else usual_unit(book.catalog, procedure)
        listed = [p for p in found.prices if p.unit == unit] if found else []
        if not found or not listed:
            return cls(unit)
        mark = "~" if found.origin == "borrowed" else ""
        low, high = float(min(p.low for p in listed)), float(max(p.high for p in listed))
        return cls(unit, low, high, mark, typical(book.catalog, listed))


def _range(low: float | None, high: float | None, mark: str = "") -> str:
    if low is None or high is None:
        return ""
    shown = [f"{x:,.0f}" if x >= 10 else f"{x:.2f}".removesuffix(".00") for x in (low, high)]
    return mark + "-".join(dict.fromkeys(shown))


# ---------------------------------------------------------------- the template


def template(catalog: Catalog, market: Market) -> str:
    """A price list with a line for every procedure, as a comment; a line without its "# " is a price."""
    from decide.report.words import plain

    book = PriceBook(catalog, market)
    lines = [
        f"# Price list for --prices: {market.name}, in {market.currency}. decide catalogue {catalog.edition.version}.",
        '# For each treatment that you sell: take away the "# " before its brace, and put in your own price.',
        '# A range is low = 150, high = 250 instead of price; another unit is, for example, unit = "course".',
        "# Behind each line: its name, what one price is for, and the lowest to highest price that the catalogue",
        f"# uses for that in this market (price = starts at what it takes); ~ is worked out into {market.currency}",
        "# from another market. Where the catalogue has no price at all, price = 100 is only a place to write yours.",
        "",
        f'currency = "{market.currency}"',
        "price = [",
    ]
    families: dict[str, list[Procedure]] = {}
    for procedure in catalog.procedures.values():
        families.setdefault(procedure.family, []).append(procedure)
    for family, members in families.items():
        lines += ["", f"## {catalog.families[family].name}"]
        lines += [_line(catalog, book, procedure) for procedure in members]
    return plain("\n".join([*lines, "", "]"]) + "\n")


def _line(catalog: Catalog, book: PriceBook, procedure: Procedure) -> str:
    known = _Known.of(book, procedure.id)
    start = f"{known.typical:.2f}".removesuffix(".00") if known.typical else "100"
    unit = f', unit = "{known.unit}"' if known.unit != usual_unit(catalog, procedure.id) else ""
    entry = f'# {{ procedure = "{procedure.id}", price = {start}{unit} }},'
    one = "a whole course" if known.unit == "course" else f"one {known.unit.replace('-', ' ')}"
    return f"{entry:<62} # {procedure.name}; {one}; {_range(known.low, known.high, known.mark) or 'no price'}"


# ---------------------------------------------------------------- the check


def _record(catalog: Catalog, book: PriceBook, price: Price) -> dict[str, Any]:
    _, low, high, mark, _ = _Known.of(book, price.procedure, price.unit)
    return {
        "procedure": price.procedure,
        "name": catalog.procedures[price.procedure].name,
        "unit": price.unit,
        "price_from": float(price.low),
        "price_to": float(price.high),
        "currency": price.currency,
        "catalogue_from": None if low is None else round(low, 2),
        "catalogue_to": None if high is None else round(high, 2),
        "borrowed": bool(mark),
        "outside": bool(low and float(price.high) < low / 2) or bool(high and float(price.low) > high * 2),
    }


def _shown(file: str | None, market: Market, records: Sequence[dict[str, Any]]) -> str:
    from decide.report.tables import table
    from decide.report.terminal import wrap

    rows = [
        [
            r["name"], r["unit"], _range(r["price_from"], r["price_to"]),
            (_range(r["catalogue_from"], r["catalogue_to"], "~" * r["borrowed"]) or "none") + "!" * r["outside"],
        ]
        for r in records
    ]  # fmt: skip
    ids = len({r["procedure"] for r in records})
    count = f"{len(records)} price{'s' * (len(records) != 1)} of {ids} treatment{'s' * (ids != 1)}"
    notes = [
        "~ is worked out from another market's prices." * any(r["borrowed"] for r in records),
        "! is less than half or more than twice the catalogue's: see whether the unit is the right one."
        * any(r["outside"] for r in records),
    ]
    head = wrap(f"{file}: can be read: {count}, in {market.currency} ({market.name}).")
    listed = table(rows, ["name", "price for", "yours", "catalogue"])
    return "\n\n".join(filter(None, [head, listed, wrap(" ".join(filter(None, notes)))]))
