"""Frontier, acceptability, value of knowing and plans: timings side by side, as ratios from one run.

    python benchmarks/economics.py

The frontier is held against the loop over pairs that `calculate_icers` of dampack is, in Python as well; acceptability
against a loop over thresholds and draws; the big plan has 300 procedures by 6 session counts by 3 concerns. Time limits
are tried on thousands of items, where HiGHS alone oversteps its own by minutes.
"""

import time
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import numpy as np
from tabulate import tabulate

from decide import economics, plans


def seconds(call: Callable[[], object], runs: int = 3) -> float:
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def pairs(cost: list[float], effect: list[float]) -> dict[int, str]:
    """Statuses by the loops of dampack: every pair for strong dominance, then rounds of extended dominance."""
    order = sorted(range(len(cost)), key=lambda i: (cost[i], -effect[i]))
    status = dict.fromkeys(order, "ND")
    for a, i in enumerate(order):
        for j in order[a + 1 :]:
            if effect[j] <= effect[i]:
                status[j] = "D"
    while True:
        left = [i for i in order if status[i] == "ND"]
        ratios = [(cost[j] - cost[i]) / (effect[j] - effect[i]) for i, j in pairwise(left)]
        out = [left[i + 1] for i in range(len(ratios) - 1) if ratios[i] > ratios[i + 1]]
        if not out:
            return status
        status.update(dict.fromkeys(out, "ED"))


def loops(cost: np.ndarray, effect: np.ndarray, thresholds: np.ndarray) -> list[list[float]]:
    draws, strategies = cost.shape
    share = [[0.0] * strategies for _ in thresholds]
    for t, worth in enumerate(thresholds):
        for i in range(draws):
            benefit = worth * effect[i] - cost[i]
            share[t][int(benefit.argmax())] += 1 / draws
    return share


def catalogue(seed: int) -> dict[str, Any]:
    """300 procedures: costs rise slightly less than in proportion to sessions, benefits level off, 12 kinds."""
    rng = np.random.default_rng(seed)
    group, count = np.repeat(np.arange(300), 6), np.tile(np.arange(1, 7), 300)
    price = rng.lognormal(np.log(250), 0.8, 300)[group]
    once = (rng.beta(1.2, 12, (300, 3)) * (rng.random((300, 3)) < 0.6))[group]
    return {
        "cost": np.round(price * count * 0.95 ** (count - 1)),
        "benefit": 1 - (1 - once) ** (count[:, None] ** 0.6),
        "group": group.tolist(),
        "mechanism": rng.integers(0, 12, 300)[group].tolist(),
        "importance": [5, 3, 2],
    }


def many(kind: str, items: int) -> dict[str, Any]:
    """Many single items: of different worth for their money, of one cost, or of worth in proportion to it."""
    rng = np.random.default_rng(0)
    cost = np.full(items, 100.0) if kind == "equal" else rng.integers(50, 500, items) * 1.0
    benefit = cost / 2_000 + 0.01 if kind == "alike" else rng.beta(1, 5, items)
    return {"cost": cost, "benefit": benefit, "group": range(items)}


def main() -> None:
    rng = np.random.default_rng(0)
    rows = []
    for n in (100, 1_000, 5_000):
        effect = rng.random(n)
        cost = 1e4 * effect**2 + rng.exponential(50, n)
        ours = seconds(lambda c=cost, e=effect: economics.icers(c, e))
        theirs = seconds(lambda c=cost.tolist(), e=effect.tolist(): pairs(c, e), 1)
        same = pairs(cost.tolist(), effect.tolist()) == {r.place: r.status for r in economics.icers(cost, effect)}
        rows.append([f"icers, {n:,} strategies", "loop over pairs", ours, f"{theirs / ours:,.0f}", same])
    for shape, effect in (("in a cloud", rng.random(100_000)), ("all on the frontier", np.sort(rng.random(100_000)))):
        cost = 1e4 * effect**2 if shape != "in a cloud" else rng.random(100_000)
        rows.append([f"icers, 100,000 {shape}", "", seconds(lambda c=cost, e=effect: economics.icers(c, e)), "", ""])

    cost, effect = rng.gamma(2, 500, (2_000, 10)), rng.normal(1, 1, (2_000, 10))
    thresholds = np.linspace(0, 5_000, 51)
    ours = seconds(lambda: economics.ceac(cost, effect, thresholds))
    theirs = seconds(lambda: loops(cost, effect, thresholds), 1)
    same = np.allclose(loops(cost, effect, thresholds), economics.ceac(cost, effect, thresholds))
    rows.append(["ceac, 2,000 draws x 10 x 51 thresholds", "loop over draws", ours, f"{theirs / ours:,.0f}", same])
    parameters = rng.normal(size=(2_000, 12))
    alone = seconds(lambda: economics.evppi(cost, effect, thresholds, parameters))
    once = seconds(lambda: [economics.evppi(cost, effect, value, parameters) for value in thresholds], 1)
    rows.append(["evppi, 12 parameters x 51 thresholds", "a fit for each threshold", alone, f"{once / alone:,.0f}", ""])
    pair = seconds(lambda: economics.evppi(cost, effect, thresholds, parameters, together=[range(6)]))
    rows.append(["evppi, 6 parameters together", "", pair, "", ""])
    print(tabulate(rows, ["what", "against", "seconds", "times as fast", "same answer"], floatfmt=".4f"))

    rows = []
    for seed, budget in ((0, 1_000), (0, 2_000), (0, 5_000), (1, 2_000), (1, 10_000)):
        plan = plans.problem(**catalogue(seed))
        start = time.perf_counter()
        found = plans.solve(plan, budget)
        took = time.perf_counter() - start
        rows.append([seed, budget, len(found.items), found.value, found.gap, found.proven and found.settled, took])
    print()
    print(
        tabulate(
            rows, ["catalogue", "budget", "courses", "worth", "gap", "proven", "seconds"], floatfmt=("", "", "", ".9f")
        )
    )

    rows = []
    for kind, items, limit in product(("unlike", "equal", "alike"), (1_000, 10_000), (1, 5)):
        plan = plans.problem(**many(kind, items))
        start = time.perf_counter()
        found = plans.solve(plan, 2_000, time_limit=limit)
        rows.append([kind, items, limit, (time.perf_counter() - start) / limit, found.value, found.gap])
    print()
    print(
        tabulate(rows, ["items", "how many", "limit (s)", "time / limit", "worth", "gap"], floatfmt=("", "", "", ".2f"))
    )


if __name__ == "__main__":
    main()
