"""A figure with its range and the facts behind it: what every cell of an answer is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Basis = Literal[
    "facts",
    "borrowed price",
    "other concern",
    "its base",
    "assumption",
    "prior",
    "as long as used",
    "unknown",
    "studies",
]


@dataclass(frozen=True, kw_only=True)
class Ref:
    """One fact behind a figure: where it was read and what it says."""

    kind: Literal["price", "quote", "practice", "course", "harm", "assumption", "prior", "study", "exchange"]
    source: str
    says: str


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
