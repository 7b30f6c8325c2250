"""Prices from outside the catalogue: what a person was quoted, and a clinic's own list."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from decide.catalog import Catalog
from decide.catalog.models import Amount, Fact, Market, Price, Unit
from decide.catalog.read import line_of, read_toml
from decide.errors import CatalogError, InputError

# ------------------------------------------------------------------ a clinic's list, a person's quote


class ClinicPrice(Fact):
    """One line of a clinic's own list: a procedure and what a unit of it costs there."""

    procedure: Annotated[str, Field(min_length=1, max_length=120)]
    unit: Unit | None = None
    price: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    sessions: Annotated[int, Field(ge=1, le=100)] | None = None
    months: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    note: str = ""


def usual_unit(catalog: Catalog, procedure: str) -> Unit:
    """The unit that a bare price of this procedure means: what the price lists count in, else a session or a month."""
    for market in (catalog.edition.default_market, *catalog.markets):
        prices = catalog.prices(market).get(procedure)
        if prices:
            units = [p.unit for p in prices if not p.doubtful] or [p.unit for p in prices]
            return max(set(units), key=lambda u: (units.count(u), u == "session", u))
    return "session" if catalog.procedures[procedure].clinic else "month"


def quote(
    catalog: Catalog,
    market: Market,
    procedure: str,
    low: Decimal,
    high: Decimal,
    unit: Unit | None,
    origin: str,
    **extra: object,
) -> Price:
    """A price from outside the catalogue, for one procedure."""
    unit = unit or usual_unit(catalog, procedure)
    sessions = extra.get("sessions")
    if unit == "course" and sessions is None and extra.get("months") is None:
        extra["once"] = True
    known = catalog.procedures[procedure]
    return Price.model_validate(
        {
            "procedure": procedure,
            "market": market.id,
            "currency": market.currency,
            "year": 2000,
            "unit": unit,
            "low": low,
            "high": high,
            "source": origin,
            # whoever is quoted for a visit is quoted for all that is done in it; what is used at home comes on top
            "includes_base": any(catalog.procedures[base].clinic for base in known.adjunct_to[:1]),
            **{k: v for k, v in extra.items() if v is not None},
        }
    )


def read_price_list(path: str | Path, catalog: Catalog, market: Market) -> dict[str, tuple[Price, ...]]:
    """A clinic's own price list: a TOML file of `[[price]]` tables with `procedure` and `price` (or `low`, `high`).

    `procedure` may be an id, a name, an alias or a family; `unit` is what the price is for (what the catalogue counts
    in when left out). `currency`, at the top, must be the market's when given.

    Raises
    ------
    CatalogError : the file cannot be read, or an entry is wrong; the message names file, line and reason.
    """
    from decide.question.vocabulary import Vocabulary

    path = Path(path)
    document = read_toml(path)
    currency = document.pop("currency", market.currency)
    if currency != market.currency:
        raise CatalogError(
            f"{path}: prices are in {currency!r}, but the {market.name} list is in {market.currency}",
            "choose the market with --market",
        )
    unknown = sorted(set(document) - {"price"})
    if unknown:
        raise CatalogError(f"{path}: unknown key {unknown[0]!r}", "a price list holds 'currency' and [[price]] tables")
    rows = document.get("price", [])
    if not isinstance(rows, list) or not rows:
        raise CatalogError(f"{path}: no [[price]] in it", "each price is a [[price]] table with procedure and price")
    vocabulary = Vocabulary.of(catalog)
    found: dict[str, list[Price]] = {}
    for index, row in enumerate(rows):
        place = f"{path}:{line_of(path, 'price', index) or index + 1}"
        try:
            entry = ClinicPrice.model_validate(row)
            low, high = entry.low or entry.price, entry.high or entry.price
            if low is None or high is None or low > high:
                raise CatalogError(f"{place}: {entry.procedure}: give price, or low and high in order")
            for procedure in catalog.members(vocabulary.procedure(entry.procedure)):
                price = quote(
                    catalog,
                    market,
                    procedure,
                    low,
                    high,
                    entry.unit,
                    "clinic-price-list",
                    sessions=entry.sessions,
                    months=entry.months,
                    note=entry.note,
                )
                found.setdefault(procedure, []).append(price)
        except ValidationError as error:
            item = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in item["loc"])
            raise CatalogError(f"{place}: {where}: {item['msg'].lower()}") from None
        except CatalogError:
            raise
        except InputError as error:
            raise CatalogError(f"{place}: {error.message}", error.hint) from None
    return {procedure: tuple(prices) for procedure, prices in found.items()}
