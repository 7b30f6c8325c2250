"""What options are judged by: criteria with their value functions, and weights."""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from decide.catalog.models.base import Fact, Id, NonNegative, Number, Spread, Text
from decide.errors import InputError

# ------------------------------------------------------------------ how answers are weighed


class Anchor(Fact):
    """One point of a value function: this performance is worth this much, 1 at most (a loss is worth less than 0)."""

    at: Number
    value: Annotated[float, Field(ge=-100, le=1)]


class Criterion(Fact):
    """What a course is judged on: unit, direction and value function, with fixed anchors.

    `anchors` run from left to right and are joined by straight lines; outside them the end value holds.
    `anchors_by_currency` replaces them where the unit is money. `measure` is how a course is measured
    (`decide.criteria.registry`); a `figure` is what practice facts of the kind `fact` say. `unknown` is what an option
    is scored with when no fact is known; it is always shown as unknown. What is worth something `with_gain` only is
    scaled by what the gain is worth (`decide.criteria.worth`).

    The words are how a face says it: `column` heads a table (that of a ranking where it has a `place` there), `phrase`
    holds a cell's range at its `{}`, `nought` stands for a range that is all nought, `ahead` and `behind` follow an
    option's name ("it helps more"). `swing` is the step from the worst anchor to the best, where figures say little.
    """

    id: Id
    name: Text
    unit: Text
    better: Literal["higher", "lower"]
    question: Text
    reason: Text
    measure: Id
    fact: Id | None = None
    column: Text
    place: Annotated[int, Field(ge=1)] | None = None
    phrase: Text
    nought: Text = ""
    ahead: Text
    behind: Text
    swing: Text = ""
    anchors: tuple[Anchor, ...] = ()
    anchors_by_currency: dict[str, tuple[Anchor, ...]] = Field(default_factory=dict)
    unknown: Spread | None = None
    with_gain: bool = False

    def anchors_in(self, currency: str) -> tuple[Anchor, ...]:
        """The points of the value function, those of a currency where the unit is money.

        Raises
        ------
        InputError : the unit is money, and no anchors are given in this currency.
        """
        if self.anchors_by_currency and currency not in self.anchors_by_currency:
            raise InputError(f"criteria.toml has no anchors for {self.id} in {currency}")
        return self.anchors_by_currency.get(currency, self.anchors)

    @model_validator(mode="after")
    def _worded(self) -> Self:
        if self.phrase.count("{}") != 1 or set(self.phrase.replace("{}", "")) & set("{}"):
            raise ValueError("phrase needs one {} for the figure")
        if (self.measure == "figure") != (self.fact is not None):
            raise ValueError("a measure 'figure' names the fact that it reads, and no other measure does")
        return self

    @model_validator(mode="after")
    def _from_nought(self) -> Self:
        values = [a.value for anchors in (self.anchors, *self.anchors_by_currency.values()) for a in anchors]
        if self.measure == "benefit":
            at = [a.at for a in self.anchors]
            if not at or not at[0] < 0 < at[-1] <= 1 or Anchor(at=0, value=0) not in self.anchors:
                raise ValueError("a gain is worth nought at nought: it needs an anchor (0, 0) and others on both sides")
            slopes = [(b.value - a.value) / (b.at - a.at) for a, b in pairwise(self.anchors) if b.at > a.at]
            if any(a < b - 1e-9 for a, b in pairwise(slopes)):
                raise ValueError("the worth of a gain must not bend up: doubt would be paid for")
        elif any(value < 0 for value in values):
            raise ValueError("only a gain can be worth less than nought")
        return self

    @model_validator(mode="after")
    def _monotone(self) -> Self:
        for anchors in (self.anchors, *self.anchors_by_currency.values()):
            pairs = list(pairwise(anchors))
            if any(a.at >= b.at for a, b in pairs):
                raise ValueError("anchors must rise from left to right")
            steps = [b.value - a.value for a, b in pairs]
            if any(step < 0 if self.better == "higher" else step > 0 for step in steps):
                raise ValueError(f"value must not run against 'better = {self.better}'")
        if not self.anchors and not self.anchors_by_currency:
            raise ValueError("needs anchors")
        return self


class Profile(Fact):
    """A named set of swing weights; only their ratios matter."""

    id: Id
    name: Text
    reason: Text
    weights: dict[Id, NonNegative]
    prefer: str = ""
