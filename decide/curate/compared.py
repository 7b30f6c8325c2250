"""Two catalogues compared by what changes in the answers: first places, options, ranks, benefits, totals."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranked, Ranking
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.build import request_of
from decide.question.problem import Preferences, Problem
from decide.report.words import benefit_short, money_range
from decide.result import Result

Kind = Literal["first place", "appears", "vanishes", "rank", "benefit", "total", "stars"]
ORDER: tuple[Kind, ...] = ("first place", "appears", "vanishes", "rank", "benefit", "total", "stars")
"""What is listed first."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One change in one ranking. `before` and `after` are as shown; numbers stand beside them."""

    kind: Kind
    concern: str
    concern_name: str
    market: str
    option: str
    name: str
    before: str
    after: str
    before_value: float | None = None
    after_value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Moves(Result):
    """Every change between two catalogues, first places first."""

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


def moves(before: Catalog, after: Catalog, names: tuple[str, str] = ("before", "after")) -> Moves:
    """What changes in the answers, for every concern and market of either catalogue, at default settings."""
    concerns = list(dict.fromkeys((*after.concerns, *before.concerns)))
    markets = list(dict.fromkeys((*after.markets, *before.markets)))
    found: list[Move] = []
    changed = 0
    for concern in concerns:
        for market in markets:
            old, new = _ranking(before, concern, market), _ranking(after, concern, market)
            mine = _between(old, new)
            changed += bool(mine)
            found.extend(mine)
    found.sort(key=lambda m: ORDER.index(m.kind))
    return Moves(before=names[0], after=names[1], rankings=len(concerns) * len(markets), changed=changed,
                 moves=tuple(found))  # fmt: skip


def _ranking(catalog: Catalog, concern: str, market: str) -> Ranking | None:
    """The ranking, or None where this catalogue lacks the concern or the market."""
    if concern not in catalog.concerns or market not in catalog.markets:
        return None
    try:
        return rank(Problem.of(catalog, request_of(catalog, concerns=concern), Preferences(market=market)))
    except InputError as error:
        raise InputError(f"{concern} in {market} cannot be ranked: {error.message}", error.hint) from None


def _between(old: Ranking | None, new: Ranking | None) -> list[Move]:
    """The changes from one ranking to another."""
    about = new or old
    if about is None:
        return []
    was = {row.option.id: row for row in (old.rows if old else ())}
    now = {row.option.id: row for row in (new.rows if new else ())}
    found: list[Move] = []

    def move(kind: Kind, row: Ranked, before: str, after: str, values: tuple[float, float] | None = None) -> None:
        found.append(
            Move(kind=kind, concern=about.concern, concern_name=about.concern_name, market=about.market,
                 option=row.option.id, name=_name(row), before=before, after=after,
                 before_value=values[0] if values else None, after_value=values[1] if values else None)
        )  # fmt: skip

    first_old, first_new = (r.best if r else None for r in (old, new))
    if first_new is not None and (first_old is None or first_old.option.id != first_new.option.id):
        move("first place", first_new, _name(first_old) if first_old else "none", _name(first_new))
    elif first_new is None and first_old is not None:
        move("first place", first_old, _name(first_old), "none")
    for key in [k for k in now if k not in was]:
        move("appears", now[key], _out(old, key), f"place {now[key].rank} of {len(now)}")
    for key in [k for k in was if k not in now]:
        move("vanishes", was[key], f"place {was[key].rank} of {len(was)}", _out(new, key))
    scale = about.catalog.scales[about.scale]
    for key in [k for k in now if k in was]:
        a, b = was[key], now[key]
        if a.rank != b.rank:
            move("rank", b, str(a.rank), str(b.rank), (a.rank, b.rank))
        shown = benefit_short(a.cells["benefit"], scale), benefit_short(b.cells["benefit"], scale)
        if shown[0] != shown[1]:
            move("benefit", b, *shown, (a.cells["benefit"].typical, b.cells["benefit"].typical))
        shown = money_range(a.cells["cost"], about.symbol), money_range(b.cells["cost"], about.symbol)
        if shown[0] != shown[1]:
            move("total", b, *shown, (a.cells["cost"].typical, b.cells["cost"].typical))
        if a.stars != b.stars:
            move("stars", b, str(a.stars), str(b.stars), (a.stars, b.stars))
    return found


def _name(row: Ranked) -> str:
    """An option's name, with its sessions where it stands beside the same in more."""
    option = row.option
    return f"{option.name} ({option.sessions} sessions)" if "/" in option.id else option.name


def _out(ranking: Ranking | None, option: str) -> str:
    """Why an option does not stand in a ranking."""
    if ranking is None:
        return "no ranking"
    gone = next((item for item in ranking.left_out if item.id == option), None)
    return f"{gone.why}" if gone else "not there"
