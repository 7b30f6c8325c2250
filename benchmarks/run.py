"""Side-by-side timings, as ratios from one run.

    python benchmarks/run.py

Cold: the whole command in a new process against importing what it is built on. Warm: `decide.rank` and
`decide.mcda.weighted_sum` against the weighted sums of pymcdm and scikit-criteria on the same matrix.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from tabulate import tabulate

QUESTION = "what's best for acne scars under $2000"
BASE = "import numpy, pydantic, click, tabulate"


def cold(arguments: list[str], runs: int = 15) -> float:
    """Median seconds of a new process."""
    times = []
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, env=environment)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def warm(call: Callable[[], object], least: float = 0.3) -> float:
    """Best seconds of one call, over as many calls as fit."""
    call()
    best, total = float("inf"), 0.0
    while total < least:
        start = time.perf_counter()
        call()
        taken = time.perf_counter() - start
        best, total = min(best, taken), total + taken
    return best


def peers(matrix: np.ndarray, weights: np.ndarray) -> dict[str, Callable[[], object]]:
    import skcriteria
    from pymcdm.methods import WSM
    from skcriteria.agg.simple import WeightedSumModel

    directions = np.ones(len(weights))
    wsm, model = WSM(), WeightedSumModel()
    data = skcriteria.mkdm(matrix, [max] * len(weights), weights=weights)
    return {
        "pymcdm": lambda: wsm(matrix, weights, directions),
        "scikit-criteria": lambda: model.evaluate(data),
    }


def main() -> None:
    import decide
    from decide import mcda

    rows = []
    command = [sys.executable, "-m", "decide", QUESTION]
    base = cold([sys.executable, "-c", BASE])
    rows.append(["cold question", f"python -c '{BASE}'", f"{cold(command) / base:.2f} times as long"])

    rng = np.random.default_rng(0)
    small, weights = rng.random((40, 8)), rng.dirichlet(np.ones(8))
    for what, draws in (("the order alone", 0), ("with P(best) from 2,000 draws", 2000)):
        ours = warm(lambda draws=draws: decide.rank("acne-scars", budget=2000, draws=draws))
        for name, call in peers(small, weights).items():
            rows.append(
                [
                    f"decide.rank, warm, whole answer, {what}",
                    f"{name}, 40 x 8",
                    f"{ours / warm(call):.2f} times as long",
                ]
            )

    for options in (40, 1_000, 100_000, 1_000_000):
        matrix = rng.random((options, 8))
        mine = warm(lambda m=matrix: mcda.ranks(mcda.weighted_sum(m, weights)))
        for name, call in peers(matrix, weights).items():
            rows.append(
                [f"mcda.weighted_sum and ranks, {options:,} x 8", name, f"{warm(call) / mine:,.1f} times as fast"]
            )
    print(tabulate(rows, headers=["what", "against", "ratio"]))


if __name__ == "__main__":
    main()
