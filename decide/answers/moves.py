"""Two catalogues compared, as data: what changes in the answers."""

from dataclasses import asdict
from typing import Any, Literal

from decide.lazily import dataclass
from decide.result import Result

Kind = Literal["first place", "appears", "vanishes", "rank", "benefit", "total", "stars"]


@dataclass(frozen=True)
class Move:
    """One change in one ranking; `before` and `after` are as shown."""

    kind: Kind
    concern: str
    concern_name: str
    market: str
    option: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Moves(Result):
    """Every change between two catalogues, first places first."""

    kind: Literal["moves"] = "moves"
    before: str
    after: str
    rankings: int
    changed: int
    moves: tuple[Move, ...]

    @property
    def first_places(self) -> tuple[Move, ...]:
        """The rankings that another option now leads."""
        return tuple(m for m in self.moves if m.kind == "first place")

    def records(self) -> list[dict[str, Any]]:
        """One flat dict per change, for tables and frames."""
        return [asdict(move) for move in self.moves]
