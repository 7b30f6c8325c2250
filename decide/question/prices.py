"""Prices from outside the catalogue, as plain data: what a person was quoted, and a clinic's own list.

    "$1200/session", 1200, "60/tube"         a quote's sum, by name
    "microneedling=$1200/session"            the same with its name, as typed after --price

Which units a procedure can be priced in, and what a quote beats, is for `decide.alternatives.quotes`.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import Field, ValidationError

from decide.catalog import Catalog
from decide.catalog.models import Amount, Fact, Unit
from decide.catalog.read import line_of, read_toml
from decide.errors import CatalogError, InputError
from decide.question.money import amount, parse
from decide.question.names import procedure_named

UNITS: tuple[Unit, ...] = get_args(Unit)
DEAREST = Decimal(1_000_000)
"""No unit of anything is priced higher: the most that a price fact may hold."""
MOST = 100
"""Nobody was quoted more prices than this; a longer list is a file."""


class Quote(NamedTuple):
    """A price somebody was quoted or a clinic lists: of a procedure or family, a unit (None: its usual one)."""

    procedure: str
    low: Decimal
    high: Decimal
    unit: Unit | None = None
    currency: str | None = None
    sessions: int | None = None
    months: float | None = None
    note: str = ""
    origin: Literal["your-quote", "clinic-price-list"] = "your-quote"
    said: str = ""
    """How it was written, for what is said of it when it cannot be used."""


Prices = Mapping[str, object] | Iterable[str | Quote]


def quotes_of(catalog: Catalog, prices: Prices) -> tuple[Quote, ...]:
    """Quotes from sums by name ({"fraxel": "$1200/session"}), from texts ("fraxel=1200/session") or as they are.

    Raises
    ------
    InputError : an unknown name, what is no sum, an unknown unit, or too many.
    """
    if isinstance(prices, Mapping):
        found = [_quote(catalog, name, value) for name, value in prices.items()]
    else:
        found = [item if isinstance(item, Quote) else _quote(catalog, *_named(item)) for item in prices]
    if sum(quote.origin == "your-quote" for quote in found) > MOST:
        raise InputError(f"{len(found)} quoted prices are too many", f"at most {MOST}; a longer list is a file")
    return tuple(found)


def _named(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    if not name.strip() or not value.strip():
        raise InputError(f"the price {text!r:.80} needs a name and a sum", "for example 'fraxel=1200'")
    return name.strip(), value.strip()


def _quote(catalog: Catalog, name: str, value: object) -> Quote:
    identity = procedure_named(catalog, name)
    what = f"price of {name}"
    if not isinstance(value, str):
        sum_ = _bounded(amount(value, what), what)
        return Quote(identity, sum_, sum_, said=f"{name}={value}")
    money, _, unit = value.partition("/")
    if not unit:
        # "$1200 a session" says the same
        worded = re.fullmatch(r"(.+?)\s+(?:an?|per|each|every)\s+(\w+)", value.strip())
        money, unit = (worded[1], worded[2]) if worded else (value, "")
    sum_, currency = parse(money, catalog, what)
    sum_ = _bounded(sum_, what)
    return Quote(identity, sum_, sum_, _unit(unit.strip().lower(), f"{name}={value}"), currency, said=f"{name}={value}")


def _bounded(sum_: Decimal, what: str) -> Decimal:
    if sum_ > DEAREST:
        raise InputError(f"the {what} {sum_:,f} is absurdly large", f"the limit is {DEAREST:,}")
    return sum_


def _unit(text: str, whole: str) -> Unit | None:
    if not text:
        return None
    for unit in UNITS:
        if text in (unit, f"{unit}s"):
            return unit
    raise InputError(f"the price {whole!r:.80}: unknown unit {text!r:.40}", f"units are {', '.join(UNITS)}")


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


def read_price_list(path: str | Path, catalog: Catalog) -> tuple[Quote, ...]:
    """A clinic's own price list: a TOML file of `[[price]]` tables with `procedure` and `price` (or `low`, `high`).

    `procedure` may be an id, a name, an alias or a family; `unit` is what the price is for (what the catalogue counts
    in when left out). `currency`, at the top, holds for every line.

    Raises
    ------
    CatalogError : the file cannot be read, or an entry is wrong; the message names file, line and reason.
    """
    path = Path(path)
    document = read_toml(path)
    currency = document.pop("currency", None)
    if currency is not None and not isinstance(currency, str):
        raise CatalogError(f"{path}: currency must be text, not {currency!r:.40}", 'for example currency = "USD"')
    unknown = sorted(set(document) - {"price"})
    if unknown:
        raise CatalogError(f"{path}: unknown key {unknown[0]!r}", "a price list holds 'currency' and [[price]] tables")
    rows = document.get("price", [])
    if not isinstance(rows, list) or not rows:
        raise CatalogError(f"{path}: no [[price]] in it", "each price is a [[price]] table with procedure and price")
    found = []
    for index, row in enumerate(rows):
        place = f"{path}:{line_of(path, 'price', index) or index + 1}"
        try:
            entry = ClinicPrice.model_validate(row)
            low, high = entry.low or entry.price, entry.high or entry.price
            if low is None or high is None or low > high:
                raise InputError(f"{entry.procedure}: give price, or low and high in order")
            found.append(
                Quote(
                    procedure_named(catalog, entry.procedure), low, high, entry.unit, currency, entry.sessions,
                    entry.months, entry.note, "clinic-price-list", place,
                )
            )  # fmt: skip
        except ValidationError as error:
            item = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in item["loc"])
            raise CatalogError(f"{place}: {where}: {item['msg'].lower()}") from None
        except InputError as error:
            raise CatalogError(f"{place}: {error.message}", error.hint) from None
    return tuple(found)
