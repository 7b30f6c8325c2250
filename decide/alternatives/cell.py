"""A figure with its range and the facts behind it: what every cell of an answer is made of."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Annotated, Literal

from pydantic import field_serializer

from decide.catalog.models import (
    Arm,
    AsData,
    Assumption,
    Contrast,
    Course,
    DowntimePrior,
    Outcome,
    Practice,
    Price,
    RiskPrior,
)
from decide.lazily import dataclass

Basis = Literal[
    "facts", "borrowed", "elsewhere", "base", "assumption", "prior", "as-used", "unknown", "studies", "nothing",
]  # fmt: skip
"""Where a figure comes from: facts (of another concern: elsewhere; of what it is given on top of: base), a price of
another market, a named assumption or prior, use without an end, the studies; or nowhere. Of doing nothing: nothing.
"""


@dataclass(frozen=True)
class Borrowed:
    """The market whose prices stand in, and what its money is worth here."""

    lender: str
    rate: float


@dataclass(frozen=True)
class Frequency:
    """An unwanted event of some severity: in how many of 100 more than without treatment, and of how many people."""

    severity: str
    event: str
    low: float
    high: float
    people: int


@dataclass(frozen=True)
class Expected:
    """In how many of 100 people a harm of each severity is expected, the gravest first."""

    serious: float
    moderate: float
    minor: float


@dataclass(frozen=True)
class Counted:
    """In how many sessions a study gave it."""

    sessions: float


@dataclass(frozen=True)
class Pull:
    """What a study states (an outcome: `against` what; of responders: from which `cut` on), and how far it moves the
    pooled value.
    """

    record: Annotated[Arm | Contrast | Outcome, AsData]
    against: str
    weight: float
    cut: str = ""


Behind = (
    Price
    | Practice
    | Course
    | Assumption
    | RiskPrior
    | DowntimePrior
    | Borrowed
    | Frequency
    | Expected
    | Counted
    | Pull
)


@dataclass(frozen=True, kw_only=True)
class Ref:
    """One fact behind a figure: where it was read, and the fact. `decide.report` words it."""

    kind: Literal["price", "quote", "practice", "course", "harm", "assumption", "prior", "study", "exchange"]
    source: str
    fact: Annotated[Behind, AsData]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Low, typical and high of one figure; on what basis; the facts behind it. `unknown` figures have no facts."""

    low: float
    typical: float
    high: float
    basis: Basis
    refs: tuple[Ref, ...] = ()
    other_kinds: bool = False
    """Whether it was studied, but only in other kinds of the concern than the one asked about."""

    @field_serializer("low", "typical", "high")
    def _figure(self, value: float) -> float | None:
        # what an unknown figure is scored with is no figure
        return value if self.known else None

    @property
    def known(self) -> bool:
        """Whether any fact, assumption or prior stands behind it."""
        return self.basis != "unknown"


def spread(ranges: Sequence[tuple[float | None, float | None]]) -> tuple[float, float, float]:
    """Lowest low, median of the middles, highest high; an open end counts as the end that is given."""
    lows, middles, highs = [], [], []
    for low, high in ranges:
        a = low if low is not None else high
        b = high if high is not None else low
        assert a is not None
        assert b is not None
        lows.append(a)
        highs.append(b)
        middles.append((a + b) / 2)
    return min(lows), median(middles), max(highs)


def merge(refs: Iterable[Sequence[Ref]]) -> tuple[Ref, ...]:
    """References in order, each once."""
    return tuple(dict.fromkeys(ref for group in refs for ref in group))
