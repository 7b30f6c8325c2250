"""How a procedure is given, how its results come and go, its harms, and what is assumed where no source says."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from decide.catalog.models.base import Fact, Id, NonNegative, Percent, Ranged, Seen, Spread, Text, Unit
from decide.catalog.models.procedures import Invasiveness

MOST_YEARS = 120

# ------------------------------------------------------------------ how a procedure is given


FACTS = (
    "sessions",
    "added-sessions",
    "interval-weeks",
    "downtime-days",
    "onset-weeks",
    "durability-months",
    "upkeep",
    "contraindication",
    "caution",
    "pairing",
    "absorption",
    "adverse-event",
    "pregnancy-compatible",
    "not-contraindicated",
    "gravest-harm",
    "status",
    "from-age",
    "no-bar-by-sex",
    "notice",
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
    "notice",
)
"""The kinds that say who may have something: no filter on evidence leaves them out."""
BARS = ("contraindication", "caution", "not-contraindicated")
"""The kinds whose value is a condition."""
SEX_CONDITIONS = ("female-sex", "male-sex")
"""The values of `no-bar-by-sex`."""
COMPATIBLE = ("pregnancy", "pregnancy-if-needed", "breast-feeding", "breast-feeding-if-needed")
"""The values of `pregnancy-compatible`."""
OF_USE = ("licensed", "off-label")
"""The statuses of a use: always of one concern."""
ON_PRESCRIPTION = "prescription-only"
SUPPLY = (ON_PRESCRIPTION, "pharmacy-only", "over-the-counter", "clinic-device")
"""The statuses that say how something is had in a market."""
STATUSES = (*OF_USE, *SUPPLY, "not-approved", "unlawful")
"""The values of `status`; those that are not of a use hold in one market."""


class Practice(Ranged):
    """How a procedure is given, what it asks, and who may not have it.

    `fact` is one of `FACTS` or a kind that a criterion names (`Catalog.fact_kinds`). A contraindication of `strength`
    weak rests on one page of a clinic, a seller or a blog that is no copy of a label or a law. A status or a number of
    sessions with `kinds` speaks of these kinds of its concern alone. `same_people_as` names the study of whose people
    it tells, where its source is another. A gravest harm is `grave` if it lasts or threatens life or sight: it is named
    whatever its rate.
    """

    procedure: Id
    concern: Id | None = None
    fact: Id
    value: Text | None = None
    market: Id | None = None
    strength: Literal["weak"] | None = None
    kinds: tuple[Id, ...] = ()
    source: Id
    same_people_as: Id | None = None
    seen: Seen | None = None
    grave: bool = False
    note: Text = ""

    @property
    def weak(self) -> bool:
        """Whether it is a bar that rests on one clinic's, seller's or blog's page."""
        return self.strength == "weak"

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.low is None and self.high is None and not self.value:
            raise ValueError("says nothing: give low, high or value")
        return self

    @model_validator(mode="after")
    def _in_its_words(self) -> Self:
        if self.strength and self.fact != "contraindication":
            raise ValueError("only a contraindication has a strength")
        if self.grave and self.fact != "gravest-harm":
            raise ValueError("only a gravest-harm is grave")
        if self.kinds and (self.fact not in ("status", "sessions") or self.concern is None):
            raise ValueError("only a status or a number of sessions for a concern has kinds")
        if self.fact == "status" and self.value in OF_USE and self.concern is None:
            raise ValueError(f"{self.value}: for which concern?")
        if self.fact == "status" and self.value in STATUSES[len(OF_USE) :] and self.market is None:
            raise ValueError(f"{self.value}: in which market?")
        return self

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        ends = [end for end in (self.low, self.high) if end is not None]
        if self.fact == "from-age" and (self.low is None or self.high is not None or not 0 < self.low <= MOST_YEARS):
            raise ValueError(f"from-age is a low end alone, in years up to {MOST_YEARS}")
        if self.fact == "gravest-harm" and (not self.value or any(not 0 <= end <= 100 for end in ends)):
            raise ValueError("gravest-harm is a harm by name, its ends percent of people")
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
    """An unwanted event, how bad, and in what share of people.

    `comparator` is of whom `comparator_rate` speaks: only what befalls people on placebo or without treatment is not
    the treatment's doing. A `grave` harm lasts or threatens life; it is named whatever its rate.
    """

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
    comparator: Literal["placebo", "untreated", "active", "unknown"] | None = None
    grave: bool = False
    note: Text = ""

    @property
    def background(self) -> float:
        """Percent of people with the same event on placebo or without treatment; 0 where nobody counted."""
        return (self.comparator_rate or 0.0) if self.comparator in ("placebo", "untreated") else 0.0

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.rate_low > self.rate_high:
            raise ValueError(f"rate_low {self.rate_low:g} is above rate_high {self.rate_high:g}")
        return self

    @model_validator(mode="after")
    def _of_whom(self) -> Self:
        if (self.comparator_rate is None) != (self.comparator is None):
            raise ValueError("comparator_rate and comparator (of whom it speaks) go together")
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
