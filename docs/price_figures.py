"""Figures on the catalogue's prices: what those of each market rest on."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import get_args

from decide.catalog import Catalog
from decide.catalog.models import Grade, Price

MARKED: dict[str, Callable[[Price], bool]] = {
    "starting prices": lambda p: p.from_,
    "offers": lambda p: p.promotion,
    "doubtful": lambda p: bool(p.doubtful),
    "of one product": lambda p: p.product is not None,
}


def prices_table(catalog: Catalog) -> str:
    """The prices of each market by grade, what is no plain price among them, and how much they cover."""
    prices = {m: [p for found in catalog.prices(m).values() for p in found] for m in catalog.markets}
    sellers = {m: {catalog.sources[p.source].voice for p in found} for m, found in prices.items()}
    sound = {m: {p.procedure for p in found if not (p.doubtful or p.promotion)} for m, found in prices.items()}
    rows = [["", *(catalog.markets[m].name for m in prices)], ["---"] * (len(prices) + 1)]
    rows.append(["prices", *(f"{len(found)}" for found in prices.values())])
    rows += [[grade, *(_share(found, grade) for found in prices.values())] for grade in get_args(Grade)]
    rows += [[name, *(f"{sum(map(marked, found))}" for found in prices.values())] for name, marked in MARKED.items()]
    rows.append(["sellers and pages", *(f"{len(found)}" for found in sellers.values())])
    rows.append(
        ["procedures with a price", *(f"{len(catalog.prices(m))} of {len(catalog.procedures)}" for m in prices)]
    )
    rows.append(["procedures with a sound price", *(f"{len(found)}" for found in sound.values())])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _share(prices: Sequence[Price], grade: Grade) -> str:
    count = Counter(p.grade for p in prices)[grade]
    return f"{count} ({count / len(prices):.0%})" if count else "0"
