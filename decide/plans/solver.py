"""The best plan within a budget, exactly.

Worth is a sum of concave functions of what is linear in the choice (`decide.plans.model`), so tangents bound it from
above: with t_k ≤ 1 − e^(−γ) + e^(−γ)(G_k − γ) for a set of points γ, the mixed-integer linear program

    maximise Σ w_k t_k   over x (which items), y (which item leads its kind), G, t

has an optimum no lower than the best plan's worth. Its solution is a plan, hence a value to compare; tangents at that
plan's own G make the bound exact there, and the program is solved again until bound and best plan agree to 1e-9
(outer approximation; with one concern −log(1 − B) is itself linear and one program does). A choice within the budget
that HiGHS's tolerances let through while it costs more is cut off by name.

Long because bound, cuts and proof are one argument, and stand together to be checked.

Each plan found is then cut off, so that the last bound also says that no other plan is as good. Of plans equal in worth
to 1e-9 the cheapest is taken, of those the one with the fewest items, and of those the one whose items come first;
where there are many, a second program looks for the cheapest plan of that worth.

Source: Duran & Grossmann, Mathematical Programming 1986 (outer approximation).
"""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from decide.errors import InputError, NothingFits
from decide.mcda.given import instance
from decide.mcda.labelled import listed, number, whole
from decide.plans.clock import still_wanted
from decide.plans.highs import Found, Row, maximise, own_process
from decide.plans.model import Selection, afford, broken, logs, money, slack

Array = NDArray[np.float64]
Index = NDArray[np.int64]

TOLERANCE = 1e-9
"""Worth (of 1) below which two plans are equally good, and to which an optimum is proven."""
_SCALE = 1e4
"""HiGHS works to 1e-6 in the unit it is given; worth is given to it in ten-thousandths."""
_ROUNDS = 60
_FEW = 4
"""Plans of equal worth that are looked at before the cheapest of them all is asked for."""
_TIES = 40
_MANY = 100
"""Items above which only a few such questions are asked: ties are rare there, or beyond number."""
_FARTHEST = 20.0
"""Beyond this G a concern is gone but for 2e-9: tangents there add nothing."""


class PlanSolution(NamedTuple):
    """A plan: its items, its worth, what it costs, what it does for each concern, and how sure it is the best.

    No plan within the budget is worth more than `value` + `gap`; `proven` says that this is nothing beyond rounding.
    `settled` says that no plan of equal worth comes before this one (cheaper, shorter, earlier items): with very many
    of equal worth, or out of time, not all of them are looked at. `cheapest` is given when the plan is empty and there
    was time to find it: the items that cost least of all that help at all (one, or one and what it requires).
    """

    items: tuple[int, ...]
    value: float
    cost: float
    benefits: tuple[float, ...]
    gap: float
    proven: bool
    settled: bool
    cheapest: tuple[int, ...] = ()


class Marginal(NamedTuple):
    """What `more` money on top of the budget would buy, and by how much that is better."""

    more: float
    plan: PlanSolution
    gain: float


def solve(plan: Selection, budget: float, *, time_limit: float | None = None) -> PlanSolution:
    """The best plan within the budget.

    Parameters
    ----------
    plan : what `decide.plans.problem` makes.
    budget : money, zero or more; `inf` for no limit.
    time_limit : seconds after which the best plan so far is given, with the gap that is left. HiGHS keeps it to within
        some tenths of a second: of many items it is asked in a process that can be ended. The program is put together
        first, whatever the limit, which takes up to half a second for every 10,000 items, and for every 100 concerns.

    Returns
    -------
    PlanSolution : empty, with the cheapest items named, when the budget buys nothing.

    Raises
    ------
    InputError : a budget or time limit that is not a number of zero or more, constraints that leave no plan at any
        price, no plan found in time that holds what must be included, or scipy missing.
    NothingFits : what must be included costs more than the budget.
    """
    budget, deadline = money(budget), _deadline(time_limit)
    with own_process():
        return _solve(_Master(plan), budget, deadline)


def runner_ups(
    plan: Selection,
    budget: float,
    best: PlanSolution,
    count: int = 3,
    *,
    time_limit: float | None = None,
) -> tuple[PlanSolution, ...]:
    """The next best plans, each with other groups than the best and than those before it, best first.

    None of them holds an item that helps nothing and that no other item of the plan requires.
    Fewer than `count` come back when there are no more plans, or when the time runs out (seconds for all together).
    Parameters and errors are otherwise those of `solve`.
    """
    budget, deadline, count = money(budget), _deadline(time_limit), whole("the count", count)
    master, best = _Master(plan), _known(best, plan)
    cuts = [master.other_groups(best.items)]
    found: list[PlanSolution] = []
    with own_process():
        while len(found) < count:
            following = _best(master, budget, deadline, cuts)
            if following is None or not following.items:
                break
            found.append(following)
            cuts.append(master.other_groups(following.items))
    return tuple(found)


def marginal(
    plan: Selection,
    budget: float,
    more: Sequence[float] = (100.0, 500.0, 1000.0),
    *,
    best: PlanSolution | None = None,
    time_limit: float | None = None,
) -> tuple[Marginal, ...]:
    """What each of these sums on top of the budget would buy; `best` saves solving for the budget itself again.

    `time_limit` is in seconds, for all together: each has an equal part of what is left. Parameters and errors are
    otherwise those of `solve`.
    """
    budget, deadline = money(budget), _deadline(time_limit)
    more = [money(step, "each of more") for step in listed("more", more, ordered=False)]
    steps, result = sorted(set(more)), {}
    master = _Master(plan)
    with own_process():
        before = _solve(master, budget, _part(deadline, len(steps) + 1)) if best is None else _known(best, plan)
        known = before
        for i, step in enumerate(steps):
            # what less money buys is a plan for more money, too: worth never falls, even when time runs out
            known = _solve(master, budget + step, _part(deadline, len(steps) - i), known)
            result[step] = Marginal(step, known, max(known.value - before.value, 0.0))
    return tuple(result[step] for step in more)


class _Master:
    """The mixed-integer program of a selection; its tangents grow, and hold for every budget.

    Columns: x (items), y (leaders), G (concerns), t (concerns).
    """

    def __init__(self, plan: Selection) -> None:
        self.plan = instance("plan", plan, Selection, "`decide.plans.problem` makes one")
        n, concerns = plan.full.shape
        self.weight = plan.importance
        lead = plan.full - plan.further
        rows: list[Row] = []
        by_group = np.argsort(plan.group, kind="stable")
        ends = np.cumsum(np.bincount(plan.group, minlength=len(plan.labels)))
        in_group = np.split(by_group, ends[:-1])
        self.in_group = in_group

        groups_of_kind: dict[int, set[int]] = defaultdict(set)
        for i in range(n):
            groups_of_kind[int(plan.kind[i])].add(int(plan.group[i]))
        alone = np.array([len(groups_of_kind[int(k)]) == 1 for k in plan.kind])
        # a kind with one group never has two items in a plan: its items count fully, and need no leader
        linear = np.where(alone[:, None], plan.full, plan.further)
        item, concern = np.nonzero((lead > 0) & ~alone[:, None] & (self.weight > 0))
        y = n + np.arange(item.size)
        self.first_log = n + item.size
        self.size = self.first_log + 2 * concerns
        self.items = n

        rows += [Row(members, np.ones(members.size), 1.0) for members in in_group if members.size > 1]
        leaders: dict[tuple[int, int], list[int]] = defaultdict(list)
        for column, i, k in zip(y.tolist(), item.tolist(), concern.tolist(), strict=True):
            rows.append(Row(np.array([column, i]), np.array([1.0, -1.0]), 0.0))
            leaders[int(plan.kind[i]), k].append(column)
        rows += [Row(np.array(columns), np.ones(len(columns)), 1.0) for columns in leaders.values()]

        needing: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
        for i, bases in plan.requires:
            needing[int(plan.group[i]), bases].append(i)
        for (_, bases), members_of in needing.items():
            held = np.concatenate([in_group[base] for base in bases])
            columns = np.concatenate([np.array(members_of), held])
            rows.append(Row(columns, np.repeat([1.0, -1.0], [len(members_of), held.size]), 0.0))
        for a, b in plan.forbidden:
            both = np.concatenate([in_group[a], in_group[b]])
            rows.append(Row(both, np.ones(both.size), 1.0))
        if plan.most is not None:
            rows.append(Row(np.arange(n), np.ones(n), float(plan.most)))
        for g in plan.include:
            rows.append(Row(in_group[g], -np.ones(in_group[g].size), -1.0))

        strongest = np.zeros((len(in_group), concerns))
        np.maximum.at(strongest, plan.group, plan.full)
        most = strongest.sum(axis=0)
        for k in range(concerns):
            used = np.flatnonzero(linear[:, k])
            leading = y[concern == k]
            columns = np.concatenate([[self.first_log + k], used, leading])
            values = np.concatenate([[1.0], -linear[used, k], -lead[item[concern == k], k]])
            rows.append(Row(columns, values, 0.0))
        self.rows = rows
        self.single = int(np.flatnonzero(self.weight)[0]) if np.count_nonzero(self.weight) == 1 else None
        self.most = most
        for k in range(concerns):
            for point in np.arange(0.0, min(most[k], _FARTHEST) + 0.1, 0.1):
                self.tangent(k, float(point))

        self.upper = np.ones(self.size)
        self.upper[self.first_log : self.first_log + concerns] = np.inf
        self.upper[self.first_log + concerns :] = _SCALE
        # what helps no concern that counts is in a plan only for an item that requires it, or where it must be
        dependents: dict[int, list[int]] = defaultdict(list)
        for i, bases in plan.requires:
            for base in bases:
                dependents[base].append(i)
        for i in np.flatnonzero(~(plan.full[:, self.weight > 0] > 0).any(axis=1)).tolist():
            g = int(plan.group[i])
            if g in plan.include:
                continue
            if g in dependents:
                others = dependents[g]
                rows.append(Row(np.array([i, *others]), np.repeat([1.0, -1.0], [1, len(others)]), 0.0))
            else:
                self.upper[i] = 0.0

    def tangent(self, k: int, point: float) -> None:
        """t_k lies below the tangent of 1 − e^(−G) at this point."""
        if self.single is not None or not self.weight[k]:
            return
        slope = np.exp(-point)
        columns = np.array([self.first_log + self.weight.size + k, self.first_log + k])
        height = -np.expm1(-point) - slope * point
        self.rows.append(Row(columns, np.array([1.0, -_SCALE * slope]), _SCALE * height))

    def tangents_at(self, point: Array) -> None:
        """Tangents at a plan's own G, where they are exact, and closely around it."""
        for k, value in enumerate(point.tolist()):
            for aside in (0.0, -0.02, 0.02):
                self.tangent(k, max(value + aside, 0.0))

    def worth(self, items: Iterable[int]) -> tuple[float, Array]:
        """A plan's worth, and its G."""
        total = logs(self.plan, np.fromiter(items, dtype=np.int64))
        return float(self.weight @ -np.expm1(-total)), total

    def best(self, budget: float, cuts: Sequence[Row], enough: float | None, limit: float | None) -> Found:
        """The relaxation's optimum: a choice, and a bound on the worth of every plan (plans below `enough` aside)."""
        objective = np.zeros(self.size)
        if self.single is None:
            objective[self.first_log + self.weight.size :] = self.weight
        else:
            objective[self.first_log + self.single] = _SCALE
        least = -np.inf
        if enough is not None:
            least = _SCALE * (enough if self.single is None else -float(np.log1p(-enough)))
        rows = [*self.rows, *self.limits(budget), *cuts]
        found = maximise(objective, rows, self.allowed(budget), self.items, least, limit)
        bound = found.bound / _SCALE
        return found._replace(bound=float(bound if self.single is None else -np.expm1(-bound)))

    def cheapest(self, budget: float, cuts: Sequence[Row], limit: float | None) -> Found:
        """The cheapest choice within the budget; possible unless there is none."""
        unit = _SCALE / max(float(self.plan.cost.max()), 1e-300)
        objective = np.zeros(self.size)
        objective[: self.items] = -self.plan.cost * unit
        least = -(budget + slack(budget)) * unit if np.isfinite(budget) else -np.inf
        rows = [*self.rows, *self.limits(budget), *cuts]
        found = maximise(objective, rows, self.allowed(budget), self.items, least, limit)
        return found._replace(possible=found.possible and (found.x is not None or found.bound > least))

    def limits(self, budget: float) -> list[Row]:
        """The budget as a row, in units of itself so that HiGHS's tolerance is relative to it."""
        if not np.isfinite(budget):
            return []
        # what is dearer than all of it is not allowed at all, however much
        share = np.minimum(self.plan.cost, 2 * budget) / budget if budget else np.zeros(self.items)
        return [Row(np.arange(self.items), share, 1.0 + slack(1.0))]

    def allowed(self, budget: float) -> Array:
        """Upper bounds of the columns: items dearer than the whole budget are out."""
        upper = self.upper.copy()
        upper[: self.items][self.plan.cost > budget + slack(budget)] = 0.0
        return upper

    def worth_at_least(self, value: float) -> Row:
        """Only choices whose (bound on) worth reaches this value."""
        if self.single is not None:
            return Row(np.array([self.first_log + self.single]), np.array([-1.0]), float(np.log1p(-value)))
        columns = self.first_log + self.weight.size + np.arange(self.weight.size)
        return Row(columns, -self.weight, -_SCALE * value)

    def other_items(self, items: Iterable[int]) -> Row:
        """Not exactly these items."""
        sign = -np.ones(self.items)
        chosen = list(items)
        sign[chosen] = 1.0
        return Row(np.arange(self.items), sign, len(chosen) - 1.0)

    def not_all(self, items: Sequence[int]) -> Row:
        """Not all of these items together."""
        return Row(np.array(items), np.ones(len(items)), len(items) - 1.0)

    def other_groups(self, items: Iterable[int]) -> Row:
        """Not exactly these items' groups."""
        groups = np.unique(self.plan.group[list(items)])
        sign = np.where(np.isin(self.plan.group, groups), 1.0, -1.0)
        return Row(np.arange(self.items), sign, groups.size - 1.0)


def _solve(master: _Master, budget: float, deadline: float | None, known: PlanSolution | None = None) -> PlanSolution:
    plan = master.plan
    start = [known.items] if known else []
    if plan.include:
        start.append(_included(master, budget, deadline))
    if deadline is not None:
        held = start[-1] if plan.include else ()
        start.append(_greedy(plan, budget, time.monotonic() + (deadline - time.monotonic()) / 3, held))
    found = _best(master, budget, deadline, [], start)
    assert found is not None  # the empty plan, or the one that includes what must be, is always there
    if found.items:
        return found
    helpful = np.flatnonzero(plan.full @ plan.importance > 0)
    if not plan.requires:
        return found._replace(cheapest=(int(helpful[plan.cost[helpful].argmin()]),))
    least = master.cheapest(np.inf, [Row(helpful, -np.ones(helpful.size), -1.0)], _left(deadline))
    return found if least.x is None else found._replace(cheapest=_chosen(least.x, master.items))


def _best(
    master: _Master,
    budget: float,
    deadline: float | None,
    cuts: Sequence[Row],
    start: Iterable[tuple[int, ...]] = (),
) -> PlanSolution | None:
    """Rounds of outer approximation; None when no plan is left (or none was found in time).

    Every plan found is cut off, so that `rest` bounds what is not known yet: once that is below the best known plan,
    the best is proven, and no other plan ties with it.
    """
    plan = master.plan
    cuts = list(cuts)
    known = {items: master.worth(items)[0] for items in start}
    if not cuts and not plan.include:
        known[()] = 0.0
    rest = float(master.weight @ -np.expm1(-master.most))
    value = max(known.values(), default=-1.0)
    ties = 0
    for turn in range(_ROUNDS):
        ties += rest <= value + TOLERANCE
        if rest < value - TOLERANCE or ties > _FEW or _late(deadline):
            break
        # what is known before the first turn is no plan to measure others by
        enough = value - 2 * TOLERANCE if turn and value > 0 else None
        found = master.best(budget, cuts, enough, _left(deadline))
        rest = min(rest, found.bound) if found.possible else -np.inf
        if found.x is None:
            break
        items = _chosen(found.x, master.items)
        if broken(plan, items, budget):
            cuts.append(master.not_all(items))
            continue
        cuts.append(master.other_items(items))
        known[items], point = master.worth(items)
        master.tangents_at(point)
        value = max(value, known[items])
    if not known:
        return None
    tied = [items for items, worth in known.items() if worth >= value - TOLERANCE]
    best = min(tied, key=lambda items: _order(plan, items))
    proven = rest <= value + TOLERANCE
    settled = rest < value - TOLERANCE
    if proven and not settled:
        best, settled = _first_of_ties(master, budget, deadline, cuts, best, value)
    own, point = master.worth(best)
    benefits = tuple((-np.expm1(-point)).tolist())
    return PlanSolution(best, own, afford(plan, best), benefits, max(rest, value) - own, proven, settled)


def _order(plan: Selection, items: tuple[int, ...]) -> tuple[float, int, tuple[int, ...]]:
    """Which of two plans of equal worth comes first: cheaper (to twelve digits), shorter, earlier items."""
    return (float(f"{afford(plan, items):.12g}"), len(items), items)


def _first_of_ties(
    master: _Master,
    budget: float,
    deadline: float | None,
    cuts: Sequence[Row],
    best: tuple[int, ...],
    value: float,
) -> tuple[tuple[int, ...], bool]:
    """Of all plans not cut off yet and worth as much, and `best`: the first in order; and whether that is sure."""
    plan = master.plan
    cuts = [*cuts, master.worth_at_least(value - TOLERANCE)] if value > TOLERANCE else list(cuts)
    for _ in range(_TIES if master.items <= _MANY else _FEW):
        if _late(deadline):
            return best, False
        cost = afford(plan, best)
        found = master.cheapest(min(budget, cost + slack(cost)), cuts, _left(deadline))
        if not found.possible:
            return best, True
        if found.x is None:
            return best, False
        items = _chosen(found.x, master.items)
        cuts.append(master.other_items(items))
        worth, point = master.worth(items)
        master.tangents_at(point)
        if worth >= value - TOLERANCE and not broken(plan, items, budget):
            best = min(best, items, key=lambda items: _order(plan, items))
    return best, False


def _included(master: _Master, budget: float, deadline: float | None) -> tuple[int, ...]:
    """The cheapest plan that holds what must be included; out of time, one within the budget."""
    plan = master.plan
    items, least = _one_of_each(plan)
    wrong, late, named = broken(plan, items, np.inf), False, ", ".join(str(plan.labels[g]) for g in plan.include)
    if wrong or afford(plan, items) > least:
        found = master.cheapest(np.inf, [], _left(deadline))
        late = found.possible and found.x is None and deadline is not None
        if not late and (not found.possible or found.x is None):
            raise InputError(f"no plan holds {named}: what they require and what is forbidden contradict each other")
        items = items if found.x is None else _chosen(found.x, master.items)
        least = afford(plan, items)
    if late and (wrong or least > budget + slack(budget)):
        raise InputError(f"no plan that holds {named} was found in time", "give it more")
    if least > budget + slack(budget):
        raise NothingFits(
            f"{named} and what goes with them cost {least:g} at least, and the budget is {budget:g}",
            f"raise the budget to {least:g}, or leave something out",
        )
    return items


def _one_of_each(plan: Selection) -> tuple[tuple[int, ...], float]:
    """The cheapest of each group that must be included, with the cheapest that it requires, chosen one by one; and what
    no plan that holds these groups can cost less than.
    """
    held, wanted, items = set(plan.include), list(plan.include), []
    for g in wanted:
        ways = (_with_base(plan, i, held) for i in np.flatnonzero(plan.group == g).tolist())
        item, *bases = min(ways, key=lambda way: (afford(plan, way), way))
        items.append(item)
        wanted += [int(plan.group[base]) for base in bases]
        held.update(wanted)
    return tuple(sorted(items)), math.fsum(plan.cost[plan.group == g].min() for g in plan.include)


def _with_base(plan: Selection, item: int, held: set[int]) -> tuple[int, ...]:
    """An item, and the cheapest of what it requires and may have, unless that is held."""
    bases = dict(plan.requires).get(item, ())
    if held & set(bases):
        return (item,)
    barred = {b for pair in plan.forbidden for a, b in (pair, pair[::-1]) if a in held}
    able = np.flatnonzero(np.isin(plan.group, [base for base in bases if base not in barred]))
    return (item, *able[np.argsort(plan.cost[able], kind="stable")][:1].tolist())


def _greedy(plan: Selection, budget: float, deadline: float, start: tuple[int, ...] = ()) -> tuple[int, ...]:
    """A plan at once: to those at the start whatever adds most worth for its money next, of what requires nothing that
    is not there yet.
    """
    lead = plan.full - plan.further
    needs = dict(plan.requires)
    apart: dict[int, set[int]] = defaultdict(set)
    for a, b in plan.forbidden:
        apart[a].add(b)
        apart[b].add(a)
    items: list[int] = []
    left = np.zeros((plan.kind.max() + 1, plan.importance.size))
    total = np.zeros(plan.importance.size)
    money = budget
    free = np.ones(plan.cost.size, dtype=bool)

    def take(item: int) -> None:
        nonlocal total, money, free
        items.append(item)
        kind, group = plan.kind[item], int(plan.group[item])
        total = total + plan.further[item] + np.maximum(lead[item] - left[kind], 0.0)
        left[kind] = np.maximum(left[kind], lead[item])
        money -= float(plan.cost[item])
        free = free & ~np.isin(plan.group, [group, *apart[group]])

    for item in start:
        take(item)
    while True:
        held = {int(plan.group[i]) for i in items}
        open_ = free & (plan.cost <= money)
        for item, bases in needs.items():
            if not held & set(bases):
                open_[item] = False
        candidates = np.flatnonzero(open_)
        if not candidates.size or len(items) == plan.most or _late(deadline):
            return tuple(sorted(items))
        added = plan.further[candidates] + np.maximum(lead[candidates] - left[plan.kind[candidates]], 0.0)
        gain = (np.exp(-total) * -np.expm1(-added)) @ plan.importance
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(gain > 0, gain / plan.cost[candidates], 0.0)
        at = int(rate.argmax())
        if not rate[at] > 0:
            return tuple(sorted(items))
        take(int(candidates[at]))


def _known(best: PlanSolution, plan: Selection) -> PlanSolution:
    items = instance("best", best, PlanSolution, "what `solve` found").items
    if not all(item < plan.cost.size for item in items):
        raise InputError("best is a solution of another plan")
    return best


def _chosen(x: Array, items: int) -> tuple[int, ...]:
    return tuple(np.flatnonzero(x[:items] > 0.5).tolist())


def _deadline(time_limit: float | None) -> float | None:
    still_wanted()
    if time_limit is None:
        return None
    return time.monotonic() + number("a time limit", time_limit, 0)


def _part(deadline: float | None, parts: int) -> float | None:
    """The first of equal parts of the time that is left."""
    return None if deadline is None else deadline - (parts - 1) / parts * max(deadline - time.monotonic(), 0.0)


def _left(deadline: float | None) -> float | None:
    still_wanted()
    return None if deadline is None else max(deadline - time.monotonic(), 0.0)


def _late(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline
