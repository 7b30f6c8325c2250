"""SMAA at 100,000 draws × 40 options × 8 criteria, as ratios from one run.

    python benchmarks/smaa.py [draws]

Against a plain `numpy.argsort` of the scores' size; against that sort and the matrix products no SMAA-2 can do without
(the scores, and the scores of every option under every option's central weights); and against a loop that calls
pymcdm's weighted sum for each draw (timed on part of the draws and scaled up). "300 times a pymcdm loop" is said of the
loop that works out the same results (`loop_for_all`: ranks, pairs, central weights and confidence factors); one that
counts ranks alone does a small part of that.

Other sizes and scores that tie have rows of their own, from what people have to the worst that was thought of. Ours and
its floor, the two products and a stable argsort, are timed by turns, in the process's own time, and the ratio of the
least of each is shown.
"""

import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from pymcdm.methods import WSM
from tabulate import tabulate

from decide import mcda

OPTIONS, CRITERIA = 40, 8
LOOPED = 2_000
LARGER = ((1_000_000, 3, 2), (200, 2_000, 3), (100, 5_000, 3))


def best(call: Callable[[], object], runs: int = 7) -> float:
    """Best seconds of a call."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def products(values: np.ndarray, weights: np.ndarray, central: np.ndarray) -> None:
    """The two matrix products, the second in pieces that fit the processor's own memory."""
    np.matmul(values, weights[:, :, None])
    piece = np.empty((64 * OPTIONS, OPTIONS))
    columns = np.ascontiguousarray(central.T)
    for start in range(0, len(values), 64):
        rows = values[start : start + 64].reshape(-1, CRITERIA)
        np.matmul(rows, columns, out=piece[: len(rows)])


def cases(draws: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Values and weights of other sizes, and such as tie: what people have, and then the worst."""
    rng = np.random.default_rng(1)

    def drawn(count: int, options: int, criteria: int, kind: str = "random") -> tuple[np.ndarray, np.ndarray]:
        shape, weights = (count, options, criteria), rng.dirichlet(np.ones(criteria), count)
        values = rng.random(shape)
        match kind:
            case "ratings":
                values = rng.integers(1, 6, shape) / 5.0
            case "yes or no":
                values = rng.integers(0, 2, shape).astype(float)
            case "twice":
                values[:, -1] = values[:, 0]
            case "pairs":
                values[:, options // 2 :] = values[:, : options // 2]
            case "equal":
                values[:] = 1.0
        return values, weights

    ratings, weights = drawn(draws, 40, 3, "ratings")
    small, few = drawn(1_000, 10, 4)
    return {
        "random, 40 options, 8 criteria": drawn(draws, 40, 8),
        "random, 10 options, 4 criteria": drawn(draws, 10, 4),
        "random, 5 options, 3 criteria": drawn(draws, 5, 3),
        "random, 1,000 draws, 300 options, 5 criteria": drawn(1_000, 300, 5),
        "random, 1,000 draws, 10 options, 4 criteria": (small, few),
        "the same, values fixed (small)": (small[0], few),
        "3 options, 3 criteria, values fixed": (drawn(1, 3, 3)[0][0], drawn(draws, 1, 3)[1]),
        "an option twice, of 40, 3 criteria": drawn(draws, 40, 3, "twice"),
        "an option twice, of 8, 4 criteria": drawn(draws, 8, 4, "twice"),
        "ratings from 1 to 5, 40 options, 3 criteria": (ratings, weights),
        "the same, weights fixed": (ratings, weights[0]),
        "the same, values fixed": (ratings[0], weights),
        "20 options twice, 8 criteria": drawn(draws, 40, 8, "pairs"),
        "40 equal options, 8 criteria": drawn(draws, 40, 8, "equal"),
        "yes or no, 40 options, 3 criteria": drawn(draws, 40, 3, "yes or no"),
        "yes or no, 2,000 draws, 200 options, 3 criteria": drawn(2_000, 200, 3, "yes or no"),
        "yes or no, 100 draws, 1,000 options, 2 criteria": drawn(100, 1_000, 2, "yes or no"),
        "values fixed, 1,500 options, 1,500 weights": (drawn(1, 1_500, 3)[0][0], rng.dirichlet(np.ones(3), 1_500)),
    }


def against_floor(values: np.ndarray, weights: np.ndarray, runs: int = 7) -> float:
    """Our time over that of the products and a stable argsort, both in turn: the least of the runs of each."""
    central = np.nan_to_num(mcda.smaa(values, weights).central_weights)
    drawn, many = values if values.ndim == 3 else values[None], weights if weights.ndim == 2 else weights[None]
    columns, piece = np.ascontiguousarray(central.T), np.empty((64 * drawn.shape[1], drawn.shape[1]))

    def floor() -> None:
        scores = many @ drawn[0].T if len(drawn) == 1 else np.matmul(drawn, many[:, :, None])[:, :, 0]
        for start in range(0, len(drawn), 64):
            rows = drawn[start : start + 64].reshape(-1, columns.shape[0])
            np.matmul(rows, columns, out=piece[: len(rows)])
        np.argsort(scores, axis=1, kind="stable")

    times: list[list[float]] = [[], []]
    for _ in range(runs):
        for call, taken in zip((lambda: mcda.smaa(values, weights), floor), times, strict=True):
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
    return min(times[0]) / min(times[1])


def loop(values: np.ndarray, weights: np.ndarray, checks: bool = False) -> np.ndarray:
    """Rank counts by pymcdm, one draw at a time."""
    method, directions = WSM(lambda x, cost: x), np.ones(CRITERIA)
    counts = np.zeros((OPTIONS, OPTIONS))
    for v, w in zip(values, weights, strict=True):
        ranks = method.rank(method(v, w, directions, validation=checks)).astype(int)
        counts[np.arange(OPTIONS), ranks - 1] += 1
    return counts


def loop_for_all(values: np.ndarray, weights: np.ndarray, central: np.ndarray) -> np.ndarray:
    """What `loop` counts, and pairs, central weights and confidence factors as well."""
    method, directions = WSM(lambda x, cost: x), np.ones(CRITERIA)
    counts, pairs = np.zeros((OPTIONS, OPTIONS)), np.zeros((OPTIONS, OPTIONS))
    leads, firsts = np.zeros((OPTIONS, CRITERIA)), np.zeros(OPTIONS)
    for v, w in zip(values, weights, strict=True):
        ranks = method.rank(method(v, w, directions, validation=False)).astype(int)
        counts[np.arange(OPTIONS), ranks - 1] += 1
        pairs += ranks[:, None] < ranks
        leads[ranks == 1] += w
        for i, own in enumerate(central):
            firsts[i] += method(v, own, directions, validation=False).argmax() == i
    return counts


def beside(draws: int, options: int, criteria: int) -> int:
    """Bytes that `smaa` needs at most beside its input and its result."""
    rng = np.random.default_rng(0)
    values, weights = rng.random((draws, options, criteria)), rng.dirichlet(np.ones(criteria), draws)
    tracemalloc.start()
    found = mcda.smaa(values, weights)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - found.rank_acceptability.nbytes - found.pairwise.nbytes


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = np.random.default_rng(0)
    values, weights = rng.random((draws, OPTIONS, CRITERIA)), rng.dirichlet(np.ones(CRITERIA), draws)
    scores = rng.random((draws, OPTIONS))
    central = mcda.smaa(values, weights).central_weights
    few = min(draws, LOOPED)
    v, w = values[:few], weights[:few]
    assert np.allclose(loop(v, w) / few, mcda.smaa(v, w).rank_acceptability)

    ours = best(lambda: mcda.smaa(values, weights))
    bare = best(lambda: mcda.smaa(values, weights, confidence=False))
    sort = best(lambda: np.argsort(scores, axis=1))
    stable = best(lambda: np.argsort(scores, axis=1, kind="stable"))
    score = best(lambda: np.matmul(values, weights[:, :, None]))
    product = best(lambda: products(values, weights, central))
    each = draws / few
    ranks_alone = best(lambda: loop(v, w), 1) * each
    checked = best(lambda: loop(v, w, True), 1) * each
    everything = best(lambda: loop_for_all(v[:200], w[:200], central), 1) * draws / min(few, 200)
    peak = beside(draws, OPTIONS, CRITERIA)

    def longer(mine: float, theirs: float) -> str:
        return f"{mine / theirs:.2f} times as long"

    def faster(mine: float, theirs: float) -> str:
        return f"{theirs / mine:,.0f} times as fast"

    rows = [
        ["smaa", "argsort", longer(ours, sort)],
        ["smaa", "stable argsort", longer(ours, stable)],
        ["smaa", "argsort and both matrix products", longer(ours, sort + product)],
        ["smaa", "stable argsort and both matrix products", longer(ours, stable + product)],
        ["smaa", "pymcdm loop, the same results", faster(ours, everything)],
        ["smaa", "pymcdm loop, rank counts alone", faster(ours, ranks_alone)],
        ["no confidence factors", "argsort", longer(bare, sort)],
        ["no confidence factors", "stable argsort", longer(bare, stable)],
        ["no confidence factors", "argsort and the scores' product", longer(bare, sort + score)],
        ["no confidence factors", "pymcdm loop, rank counts alone", faster(bare, ranks_alone)],
        ["no confidence factors", "pymcdm loop, rank counts alone, its checks on", faster(bare, checked)],
        ["weights fixed", "argsort", longer(best(lambda: mcda.smaa(values, weights[0]), 3), sort)],
        ["values fixed", "argsort", longer(best(lambda: mcda.smaa(values[0], weights), 3), sort)],
    ]
    print(f"{draws:,} draws x {OPTIONS} options x {CRITERIA} criteria")
    print(tabulate(rows, headers=["what", "against", "ratio"]))
    floors = [[name, against_floor(*given)] for name, given in cases(min(draws, 30_000)).items()]
    print()
    print(tabulate(floors, [f"{min(draws, 30_000):,} draws where not said", "times its floor"], floatfmt=".2f"))
    sizes = [(draws, OPTIONS, CRITERIA, peak), *((*shape, beside(*shape)) for shape in LARGER)]
    print()
    print(
        tabulate([[d, n, c, p / 1e6] for d, n, c, p in sizes], ["draws", "options", "criteria", "MB"], floatfmt=".0f")
    )
    print("MB beside the input and the two shares of each pair of options that are the result")


if __name__ == "__main__":
    main()
