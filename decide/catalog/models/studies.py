"""What was found: studies with arms, contrasts and outcomes; how measures are brought to a scale; what is claimed."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from decide.catalog.models.base import (
    Amount,
    Design,
    Direction,
    Fact,
    Id,
    Layer,
    NonNegative,
    Number,
    Positive,
    ProductId,
    Ranged,
    Seen,
    Text,
)

# ------------------------------------------------------------------ studies


class Arm(Ranged):
    """What one group of people in a study got, and how they did."""

    procedure: Id
    product: ProductId | None = None
    base: Id | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    measure: Literal["percent-improvement", "responders", "density-gain"]
    value: Number
    sd: Positive | None = None
    threshold: Number | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.measure == "responders":
            if not 0 <= self.value <= 100:
                raise ValueError(f"responders are a share from 0 to 100, not {self.value:g}")
            if self.threshold is None:
                raise ValueError("responders need the threshold that makes one")
        return self


class Contrast(Ranged):
    """A comparison without arm figures, or a pooled result."""

    procedure: Id
    base: Id | None = None
    comparator: Id
    comparator_base: Id | None = None
    subtype: str | None = None
    design: Design | None = None
    measure: Literal[
        "difference-percent-improvement",
        "difference-density",
        "odds-ratio",
        "risk-ratio",
        "standardised-difference",
        "rank-probability",
    ]
    value: Number
    n: Annotated[int, Field(ge=1)] | None = None
    studies: Annotated[int, Field(ge=1)] | None = None
    direction: Direction
    note: Text = ""


class Outcome(Ranged):
    """One result as its source reports it: for display, certainty and direction.

    A field left out is the study's own; `subtype = ""` means the whole concern. `comparator` is a procedure, placebo,
    untreated, baseline or other; only what is `about` the benefit bears on whether a thing works.
    """

    procedure: Id
    base: Id | None = None
    comparator: Id
    comparator_base: Id | None = None
    layer: Layer = "clinical"
    design: Design | None = None
    blinded: bool | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    subtype: str | None = None
    about: Literal["benefit", "harm", "other"] = "benefit"
    outcome: Text
    measure: Literal["percent-improvement", "percent-responders", "score-change", "density-change-per-cm2", "none"]
    value: Number | None = None
    comparator_value: Number | None = None
    p_value: str | None = None
    direction: Direction
    adverse: Text = ""
    seen: Seen | None = None
    note: Text = ""


class Study(Fact):
    """Everything read from one study about one concern."""

    id: Id
    concern: Id
    source: Id
    subtype: str = ""
    design: Design
    blinded: bool | None = None
    participants: Annotated[int, Field(ge=1)] | None = None
    paired: bool = False
    follow_up_weeks: NonNegative | None = None
    sessions: NonNegative | None = None
    scale: Text = ""
    interest: Text = ""
    declared: Text = ""
    same_people_as: Id | None = None
    arm: tuple[Arm, ...] = ()
    contrast: tuple[Contrast, ...] = ()
    outcome: tuple[Outcome, ...] = ()


# ------------------------------------------------------------------ the founding documents


class Comparison(Fact):
    """What a document puts ahead of what, for a concern and a sum of money.

    `ahead` and `behind` list alternatives; `together` says that those ahead are meant as one plan.
    """

    concern: Id
    market: Id | None = None
    spend_low: Amount | None = None
    spend_high: Amount | None = None
    ahead: tuple[Id, ...]
    ahead_cost_low: Amount | None = None
    ahead_cost_high: Amount | None = None
    ahead_sessions: int | None = None
    behind: tuple[Id, ...]
    verdict: Literal["ahead", "behind", "undecided"]
    together: bool = False
    source: Id
    note: Text = ""


class Match(Fact):
    """Procedures that a document matches to a subtype."""

    concern: Id
    subtype: Id
    procedures: tuple[Id, ...]
    source: Id


class Claim(Ranged):
    """Something said about a procedure or a family, by whom."""

    procedure: Id
    about: Id
    value: str | Number | None = None
    of: Number | None = None
    source: Id
    note: Text = ""


class Scale(Fact):
    """What a concern's benefit is measured on.

    `full` is the most that is counted: a benefit as a share is benefit / full. `unit` follows a number; `short` says
    what a figure is in a table's heading or after it, `long` in full, `step` what a difference of two figures counts.
    """

    id: Id
    name: Text
    unit: Text
    short: Text
    long: Text
    step: Text
    phrase: Text
    full: Positive
    reason: Text


class Constant(Fact):
    """One constant of the synthesis, per scale (or for one concern), with the reason for it."""

    name: Id
    scale: Id | None = None
    concern: Id | None = None
    value: Number
    reason: Text
    source: Id | None = None


class Measure(Fact):
    """How a measure that studies report is brought to a scale."""

    scale: Id
    measure: Id
    how: Literal["as-is", "responders", "standardised", "odds-ratio", "not-used"]
    reason: Text
