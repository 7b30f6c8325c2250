"""Facts of money: markets, price observations, exchange rates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from decide.catalog.models.base import Amount, Fact, Grade, Id, Positive, ProductId, Seen, Text, Unit, Year

# ------------------------------------------------------------------ markets


class Market(Fact):
    """One price list: one market, one currency."""

    id: Id
    name: Text
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    symbol: str
    long_symbol: str
    places: tuple[str, ...] = ()
    currency_words: tuple[str, ...] = ()

    @property
    def money_words(self) -> tuple[str, ...]:
        """What its money is called: code, signs and words; a bare `$` is that of any list, so of none in particular."""
        signs = (sign for sign in (self.symbol, self.long_symbol) if sign and sign != "$")
        return tuple(dict.fromkeys((self.currency.lower(), *(sign.lower() for sign in signs), *self.currency_words)))


ASSUMED: Mapping[Unit, str] = {
    **dict.fromkeys(("syringe", "vial", "area", "unit", "graft"), "session-units"),
    **dict.fromkeys(("tube", "bottle"), "unit-months"),
}
"""Units that need an assumption of the catalogue (how many a session takes, how long one lasts) to become a total."""


class PriceWord(Fact):
    """Words in what is noted of a price that owe it a mark; `none` are those that only look like it, as dates do."""

    mark: Literal["from", "promotion", "doubtful", "guide", "none"]
    words: tuple[str, ...]


class Price(Fact):
    """One price as seen: what one unit costs in one market.

    `product` says of which form it is, where it is of one. `basis`: of what is given on top of something else, whether
    that is in the price. `from_` (`from` in a file): a starting price, its high end open. `promotion`: an offer.
    `tariff`: a sum that a law sets for the people of this market, lent to no other.
    `sessions` and `months` say how much a price per course covers; `once` that it is bought once; `doubtful` why better
    observations go first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)
    procedure: Id
    market: Id
    currency: str
    year: Year
    unit: Unit
    low: Amount
    typical: Amount | None = None
    high: Amount
    covers: Text = ""
    source: Id
    grade: Grade
    seen: Seen | None = None
    note: Text = ""
    product: ProductId | None = None
    basis: Literal["all-in", "add-on"] | None = None
    from_: Annotated[bool, Field(alias="from")] = False
    promotion: bool = False
    tariff: bool = False
    sessions: Annotated[int, Field(ge=1, le=100)] | None = None
    months: Positive | None = None
    once: bool = False
    covers_partial: Text = ""
    doubtful: Text = ""

    @property
    def quoted(self) -> bool:
        """Whether it is what this person was quoted, or a clinic's own list, and no observation of a market."""
        return self.source in ("your-quote", "clinic-price-list")

    @property
    def middle(self) -> Decimal:
        """What it typically is: as told, else half-way."""
        return self.typical if self.typical is not None else (self.low + self.high) / 2

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        typical = self.typical if self.typical is not None else self.low
        if not self.low <= typical <= self.high:
            raise ValueError(f"low {self.low}, typical {self.typical}, high {self.high} are not in order")
        return self


class Exchange(Fact):
    """A dated average exchange rate: one unit of `from_` buys `rate` of `to`."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)
    from_: Annotated[str, Field(alias="from")]
    to: str
    rate: Positive
    year: Year
    source: Id
    note: Text = ""
