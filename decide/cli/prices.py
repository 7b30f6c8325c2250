"""A clinic's own price list: an empty one to fill in, and whether one can be read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from decide.catalog import Catalog, load_catalog
from decide.catalog.files import write_whole
from decide.catalog.models import Market, Price, Procedure, Unit
from decide.cli.options import FOLDER, MARKET
from decide.cli.output import write
from decide.errors import InputError
from decide.question.problem import known_market


@click.group()
def prices() -> None:
    """A clinic's own price list, for --prices: write one to fill in, or see whether one can be read."""


@prices.command()
@click.argument("file", metavar="FILE")
@MARKET
@FOLDER
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(file: str, market: str | None, folder: str | None, force: bool) -> None:
    """Write a price list to FILE with every procedure, each line switched off until you put in your price."""
    catalog = load_catalog(folder)
    known = known_market(catalog, market)
    text = template(catalog, known)
    if file == "-":
        write(text)
        return
    if Path(file).exists() and not force:
        raise InputError(f"{file}: is already there", "--force writes over it")
    write_whole(Path(file), [text.encode("utf-8")])
    write(f"{file}: written. Put in your prices, then: decide prices check {file} --market {known.id}")


@prices.command()
@click.argument("file", metavar="FILE")
@MARKET
@FOLDER
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table", show_default=True,
    help="How to show what was read.",
)  # fmt: skip
@click.option("-o", "--output", "target", metavar="FILE", help="Write to FILE instead of the terminal.")
def check(file: str, market: str | None, folder: str | None, form: str, target: str | None) -> None:
    """Say whether the price list in FILE can be read, and show each price beside the catalogue's."""
    from decide.alternatives.quotes import quoted
    from decide.question.problem import Preferences, Problem
    from decide.question.request import Request

    catalog = load_catalog(folder)
    known = known_market(catalog, market)
    problem = Problem.of(catalog, Request(), Preferences(market=known.id, price_list=file))
    found = quoted(catalog, known, problem.quotes)
    records = [_record(catalog, known, price) for listed in found.values() for price in listed]
    write(_shown(file, known, records, form), target)


# ---------------------------------------------------------------- the template


def template(catalog: Catalog, market: Market) -> str:
    """A price list with a line for every procedure, as a comment; a line without its "# " is a price."""
    from decide.alternatives.pricing import PriceBook
    from decide.report.words import plain

    edition = catalog.edition
    book = PriceBook(catalog, market)
    lines = [
        f"# Price list for --prices: {market.name}, in {market.currency}. decide catalogue {edition.version}.",
        '# For each treatment that you sell: take away the "# " before its brace, and put in your own price.',
        '# A range is low = 150, high = 250 instead of price; another unit is, for example, unit = "course".',
        "# Behind each line: its name, what one price is for, and the lowest to highest price that the catalogue",
        f"# has for that in this market (price = starts at their middle); ~ is worked out into {market.currency}",
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


def _line(catalog: Catalog, book: Any, procedure: Procedure) -> str:
    from decide.alternatives.quotes import usual_unit

    unit = usual_unit(catalog, procedure.id)
    low, high, mark = _known(book, procedure.id, unit)
    start = 100 if low is None or high is None else _tidy((low + high) / 2)
    listed = "no price" if low is None else f"{mark}{_range(low, high)}"
    entry = f'# {{ procedure = "{procedure.id}", price = {start} }},'
    return f"{entry:<62} # {procedure.name}; {_per(unit)}; {listed}"


def _known(book: Any, procedure: str, unit: Unit) -> tuple[float | None, float | None, str]:
    """Lowest and highest price of a unit, and a mark where it is borrowed."""
    found = book.lookup(procedure)
    listed = [p for p in found.prices if p.unit == unit] if found else []
    if not listed:
        return None, None, ""
    mark = "~" if found.origin == "borrowed" else ""
    return float(min(p.low for p in listed)), float(max(p.high for p in listed)), mark


def _tidy(value: float) -> str:
    """A sum in whole units, cents below ten: what is written is a price that can be read back."""
    return f"{value:.0f}" if value >= 10 else f"{max(value, 0.01):.2f}"


def _sum(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}".removesuffix(".00")


def _per(unit: str) -> str:
    return "a whole course" if unit == "course" else f"one {unit.replace('-', ' ')}"


# ---------------------------------------------------------------- the check


def _record(catalog: Catalog, market: Market, price: Price) -> dict[str, Any]:
    from decide.alternatives.pricing import PriceBook

    low, high, mark = _known(PriceBook(catalog, market), price.procedure, price.unit)
    return {
        "procedure": price.procedure,
        "name": catalog.procedures[price.procedure].name,
        "unit": price.unit,
        "price_from": float(price.low),
        "price_to": float(price.high),
        "currency": market.currency,
        "catalogue_from": None if low is None else round(low, 2),
        "catalogue_to": None if high is None else round(high, 2),
        "borrowed": bool(mark),
        "outside": bool(low and float(price.high) < low / 2) or bool(high and float(price.low) > high * 2),
    }


def _shown(file: str, market: Market, records: Sequence[dict[str, Any]], form: str) -> str:
    if form == "json":
        import json

        return json.dumps(list(records), indent=2, ensure_ascii=False)
    if form != "table":
        from decide.report.tables import rows_as

        return rows_as(records, form)
    from decide.report.tables import table
    from decide.report.terminal import wrap

    rows = [
        [
            r["name"],
            r["unit"],
            _range(r["price_from"], r["price_to"]),
            ("~" if r["borrowed"] else "") + _range(r["catalogue_from"], r["catalogue_to"]) + ("!" * r["outside"]),
        ]
        for r in records
    ]
    ids = len({r["procedure"] for r in records})
    plural = "" if len(records) == 1 else "s"
    head = f"{file}: can be read: {len(records)} price{plural} of {ids} treatment{'' if ids == 1 else 's'}, in"
    listed = table(rows, ["name", "price for", "yours", "catalogue"])
    parts = [wrap(f"{head} {market.currency} ({market.name})."), listed]
    notes = []
    if any(r["borrowed"] for r in records):
        notes.append("~ is worked out from another market's prices.")
    if any(r["outside"] for r in records):
        notes.append("! is less than half or more than twice the catalogue's: see whether the unit is the right one.")
    return "\n\n".join([*parts, *([wrap(" ".join(notes))] if notes else [])])


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "none"
    return _sum(low) if low == high else f"{_sum(low)}-{_sum(high)}"
