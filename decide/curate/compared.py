"""Two catalogues compared by what changes in the answers: first places, options, ranks, benefits, totals."""

from typing import get_args

from decide.answers.moves import Kind, Move, Moves
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranked, Ranking
from decide.catalog import Catalog
from decide.errors import InputError
from decide.question.build import request_of
from decide.question.problem import Preferences, Problem
from decide.report.words import NO_FIGURE, gain_short, money_range

ORDER: tuple[Kind, ...] = get_args(Kind)
"""What is listed first."""
SHOWN = ORDER[3:]
"""What is compared of an option that stands in both rankings."""


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
        problem = Problem.of(catalog, request_of(catalog, concerns=concern), Preferences(market=market))
        return rank(problem, leaders=False)
    except InputError as error:
        raise InputError(f"{concern} in {market} cannot be ranked: {error.message}", error.hint) from None


def _between(old: Ranking | None, new: Ranking | None) -> list[Move]:
    """The changes from one ranking to another."""
    about = new or old
    if about is None:
        return []
    was = {row.option.id: row for row in (old.options if old else ())}
    now = {row.option.id: row for row in (new.options if new else ())}
    found: list[Move] = []

    def move(kind: Kind, row: Ranked, before: str, after: str) -> None:
        where = about.concern, about.concern_name, about.market
        found.append(Move(kind, *where, row.option.id, _name(row), before, after))

    first = [r.best if r else None for r in (old, new)]
    leader = first[1] or first[0]
    if leader and len({row.option.id if row else None for row in first}) > 1:
        before, after = (_name(row) if row else "none" for row in first)
        move("first place", leader, before, after)
    for key in [k for k in now if k not in was]:
        move("appears", now[key], _out(old, key), f"place {now[key].rank} of {len(now)}")
    for key in [k for k in was if k not in now]:
        move("vanishes", was[key], f"place {was[key].rank} of {len(was)}", _out(new, key))
    for key in [k for k in now if k in was]:
        for kind, a, b in zip(SHOWN, _shown(was[key], about), _shown(now[key], about), strict=True):
            if a != b:
                move(kind, now[key], a, b)
    return found


def _shown(row: Ranked, ranking: Ranking) -> tuple[str, ...]:
    """What is compared of an option, in the order of `SHOWN`, as a person sees it."""
    return f"{row.rank}", gain_short(row["benefit"]), money_range(row["cost"], ranking.symbol), f"{row.stars}"


def _name(row: Ranked) -> str:
    """An option's name, with its sessions where it stands beside the same in more."""
    option = row.option
    return f"{option.name} ({option.sessions} sessions)" if "/" in option.id else option.name


def _out(ranking: Ranking | None, option: str) -> str:
    """Why an option does not stand in a ranking."""
    if ranking is None:
        return "no ranking"
    if any(item.id == option for item in ranking.unmeasured):
        return NO_FIGURE
    gone = next((item for item in ranking.left_out if item.id == option), None)
    return f"{gone.why}" if gone else "not there"
