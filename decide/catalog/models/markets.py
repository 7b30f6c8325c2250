"""Facts of money: markets, price observations, exchange rates."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from decide.catalog.models.base import Amount, Fact, Id, Positive, Seen, Text, Unit, Year

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


class Price(Fact):
    """One price as seen: what one unit costs in one market.

    `sessions` and `months` say how much a price per course covers; `includes_base` that an adjunct's price already
    holds what it is given on top of; `once` that it is bought once; `doubtful` why better observations go first.
    """

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
    seen: Seen | None = None
    note: Text = ""
    sessions: Annotated[int, Field(ge=1, le=100)] | None = None
    months: Positive | None = None
    includes_base: bool = False
    once: bool = False
    covers_partial: Text = ""
    doubtful: Text = ""

    @property
    def quoted(self) -> bool:
        """Whether it is what this person was quoted, or a clinic's own list, and no observation of a market."""
        return self.source in ("your-quote", "clinic-price-list")

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
