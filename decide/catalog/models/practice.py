"""How a procedure is given, how its results come and go, its harms, and what is assumed where no source says."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from decide.catalog.models.base import Fact, Id, NonNegative, Percent, Ranged, Seen, Spread, Text, Unit
from decide.catalog.models.procedures import Invasiveness

# ------------------------------------------------------------------ how a procedure is given


FACTS = (
    "sessions",
    "interval-weeks",
    "downtime-days",
    "onset-weeks",
    "durability-months",
    "upkeep",
    "contraindication",
    "caution",
    "regulation",
    "pairing",
    "absorption",
    "adverse-event",
    "pregnancy-compatible",
    "not-contraindicated",
    "gravest-harm",
    "status",
    "from-age",
    "no-bar-by-sex",
)
"""The kinds of practice fact that the program reads; a criterion may name a kind of its own beside them."""
SAFETY = (
    "contraindication",
    "caution",
    "pregnancy-compatible",
    "not-contraindicated",
    "gravest-harm",
    "status",
    "from-age",
    "no-bar-by-sex",
)
"""The kinds that say who may have something: no filter on evidence leaves them out."""
BARS = ("contraindication", "caution", "not-contraindicated")
"""The kinds whose value is a condition."""
COMPATIBLE = ("pregnancy", "pregnancy-if-needed", "breast-feeding", "breast-feeding-if-needed")
"""The values of `pregnancy-compatible`."""
STATUSES = (
    "licensed",
    "off-label",
    "prescription-only",
    "pharmacy-only",
    "over-the-counter",
    "clinic-device",
    "not-approved",
    "unlawful",
)
"""The values of `status`."""


class Practice(Ranged):
    """How a procedure is given, what it asks, and who may not have it.

    `fact` is one of `FACTS` or a kind that a criterion names (`Catalog.fact_kinds`). A bar is `weak` that rests on one
    clinic's, seller's or blog's page that is no copy of a label or law.
    """

    procedure: Id
    concern: Id | None = None
    fact: Id
    value: Text | None = None
    market: Id | None = None
    strength: Literal["weak"] | None = None
    source: Id
    seen: Seen | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.low is None and self.high is None and not self.value:
            raise ValueError("says nothing: give low, high or value")
        return self


class Course(Ranged):
    """How a result came and went in one study."""

    source: Id
    procedure: Id
    base: Id | None = None
    concern: Id
    what: Literal[
        "downtime-days", "redness-days", "onset-weeks", "durability-months", "relapse-percent", "kept-percent"
    ]
    at_weeks: NonNegative | None = None
    note: Text = ""


class Harm(Fact):
    """An unwanted event, how bad, and in what share of people."""

    source: Id
    procedure: Id
    base: Id | None = None
    concern: Id
    event: Text
    severity: Literal["minor", "moderate", "serious"]
    rate_low: Percent
    rate_high: Percent
    skin_types: Text | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    comparator_rate: Percent | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.rate_low > self.rate_high:
            raise ValueError(f"rate_low {self.rate_low:g} is above rate_high {self.rate_high:g}")
        return self


class Assumption(Spread):
    """How units become a course where practice leaves it open; with a source where one says it."""

    procedure: Id
    concern: Id | None = None
    what: Literal["unit-months", "session-units", "course-months", "sessions", "renewal-sessions"]
    unit: Unit | None = None
    source: Id | None = None
    reason: Annotated[str, StringConstraints(min_length=8, max_length=600)]

    @model_validator(mode="after")
    def _positive(self) -> Self:
        if self.low <= 0:
            raise ValueError("must be above zero")
        if self.what in ("unit-months", "session-units") and self.unit is None:
            raise ValueError(f"{self.what} needs the unit it is about")
        return self


class RiskPrior(Fact):
    """Expected harm taken for a degree of invasiveness where no rate is known."""

    invasiveness: Invasiveness
    minor: Percent
    moderate: Percent
    serious: Percent
    reason: Text


class DowntimePrior(Spread):
    """Days of downtime taken for a degree of invasiveness where no source gives any."""

    invasiveness: Invasiveness
    reason: Text
