"""Everything's speed beside its peers and its floor, in one run: python benchmarks/performance.py > docs/performance.md

Each line holds one of ours against a peer, where there is one, and against its floor: the least that any program that
gives the same answer must do. Both are timed by turns in one process, the least of several runs each; new processes are
timed by the processor time that they take. Growth is the slope of log time over log size. Takes some ten minutes.
"""

import datetime
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
from tabulate import tabulate

Call = Callable[[], object]
QUESTION = "what's best for acne scars under $2000"
LIBRARIES = "import numpy, pydantic, click, tabulate"
MODULES = "import decide.answers.ask, decide.cli.ask, decide.cli.main, decide.report.formats"
TOLD = ("numpy", "pymcdm", "scikit-criteria", "scipy", "pyarrow", "pydantic")


def seconds(call: Call, least: float = 0.5, runs: int = 3) -> float:
    """The least seconds of one call."""
    call()
    best, total, done = float("inf"), 0.0, 0
    while total < least or done < runs:
        start = time.perf_counter()
        call()
        taken = time.perf_counter() - start
        best, total, done = min(best, taken), total + taken, done + 1
    return best


def process(*arguments: str, runs: int = 7) -> float:
    """The least processor seconds of a new process."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        # an installed program has its modules compiled: here the first run does that
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(runs))


def memory(code: str) -> float:
    """Peak megabytes of a new process that runs this."""
    # since it began: what the process that started it held does not count
    told = "print([int(l.split()[1]) / 1024 for l in open('/proc/self/status') if l.startswith('VmHWM')][0])"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{told}"], check=True, capture_output=True, text=True)
    return float(run.stdout.split()[-1])


def slope(sizes: list[int], times: list[float]) -> str:
    """The exponent with which time grows."""
    return f"{np.polyfit(np.log(sizes), np.log(times), 1)[0]:.2f}"


class Lines:
    """The lines of one table."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def add(self, what: str, ours: float, peers: dict[str, float], floor: tuple[str, float] | None = None) -> None:
        shown = f"{ours * 1e3:,.3g} ms"
        own = f"{ours / floor[1]:,.2f} × {floor[0]}" if floor else ""
        self.rows += [[what, shown, name, f"{took / ours:,.3g} ×", own] for name, took in peers.items()] or [
            [what, shown, "", "", own]
        ]

    def __str__(self) -> str:
        heads = ["what", "ours", "peer", "ours is faster", "over its floor"]
        return tabulate(self.rows, heads, tablefmt="github", disable_numparse=True)


def starts(lines: Lines) -> None:
    ask = process("-m", "decide", QUESTION)
    lines.add("a question in a new process", ask, {}, ("importing its libraries", process("-c", LIBRARIES)))
    lines.add("a question in a new process", ask, {}, ("importing itself", process("-c", MODULES)))
    lines.add("`--version` in a new process", process("-m", "decide", "--version"), {}, ("Python", process("-c", "")))


def warm(lines: Lines) -> None:
    import decide
    from decide import mcda

    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.ones(8))
    small = rng.random((40, 8))
    for what, draws in (("the order alone", 0), ("with P(best) of 2,000 draws", 2000)):
        mine = seconds(lambda draws=draws: decide.rank("acne-scars", budget=2000, draws=draws))
        peers = {name: seconds(call) for name, call in sums(small, weights).items()}
        lines.add(f"`decide.rank`, whole answer, {what}; peers score 40 × 8", mine, peers)
    for options in (40, 10_000, 1_000_000):
        m = rng.random((options, 8))
        peers = {name: seconds(call, 0.3, 2) for name, call in sums(m, weights).items()}
        floor = ("product and sort", seconds(lambda m=m: np.argsort(-(m @ weights), kind="stable")))
        ours = seconds(lambda m=m: mcda.ranks(mcda.weighted_sum(m, weights)))
        lines.add(f"weighted sum and ranks, {options:,} × 8", ours, peers, floor)
        peers = {name: seconds(call, 0.3, 2) for name, call in topsis(m, weights).items()}
        floor = ("two passes and a sort", seconds(lambda m=m: least_topsis(m, weights)))
        lines.add(f"TOPSIS, {options:,} × 8", seconds(lambda m=m: mcda.topsis(m, weights)), peers, floor)


def sums(matrix: np.ndarray, weights: np.ndarray) -> dict[str, Call]:
    import skcriteria
    from pymcdm.methods import WSM
    from skcriteria.agg.simple import WeightedSumModel

    ways, one, other = np.ones(len(weights)), WSM(), WeightedSumModel()
    data = skcriteria.mkdm(matrix, [max] * len(weights), weights=weights)
    return {"pymcdm": lambda: one.rank(one(matrix, weights, ways)), "scikit-criteria": lambda: other.evaluate(data)}


def topsis(matrix: np.ndarray, weights: np.ndarray) -> dict[str, Call]:
    import skcriteria
    from pymcdm.methods import TOPSIS
    from skcriteria.agg import topsis as beside

    ways, one, other = np.ones(len(weights)), TOPSIS(), beside.TOPSIS()
    data = skcriteria.mkdm(matrix, [max] * len(weights), weights=weights)
    return {"pymcdm": lambda: one(matrix, weights, ways), "scikit-criteria": lambda: other.evaluate(data)}


def least_topsis(m: np.ndarray, weights: np.ndarray) -> np.ndarray:
    v = m / np.sqrt((m**2).sum(axis=0)) * weights
    far, near = (np.sqrt(((v - end) ** 2).sum(axis=1)) for end in (v.min(axis=0), v.max(axis=0)))
    return far / (far + near)


def many_draws(lines: Lines) -> None:
    import smaa as beside

    from decide import mcda

    rng = np.random.default_rng(0)
    draws = 50_000
    values, weights = rng.random((draws, 40, 8)), rng.dirichlet(np.ones(8), draws)
    central, scores = mcda.smaa(values, weights).central_weights, rng.random((draws, 40))
    floor = seconds(lambda: np.argsort(scores, axis=1, kind="stable"))
    floor += seconds(lambda: beside.products(values, weights, central))
    v, w, each = values[:200], weights[:200], draws / 200
    peers = {
        "pymcdm loop, the same results": each * seconds(lambda: beside.loop_for_all(v, w, central), 0, 1),
        "pymcdm loop, rank counts alone": each * seconds(lambda: beside.loop(v, w), 0, 1),
    }
    lines.add(f"SMAA, {draws:,} draws × 40 × 8", seconds(lambda: mcda.smaa(values, weights)), peers, ("floor", floor))


def economy(lines: Lines) -> None:
    import economics as beside

    from decide import economics, plans

    rng = np.random.default_rng(0)
    effect = rng.random(1_000)
    cost = 1e4 * effect**2 + rng.exponential(50, 1_000)
    pairs = {"loop over pairs, as dampack": seconds(lambda: beside.pairs(cost.tolist(), effect.tolist()), 0, 1)}
    floor = ("a sort", seconds(lambda: np.lexsort((-effect, cost))))
    lines.add("ICERs of 1,000 strategies", seconds(lambda: economics.icers(cost, effect)), pairs, floor)
    problem = plans.problem(**beside.catalogue(0))
    lines.add("plan, 300 procedures × 6 × 3 concerns", seconds(lambda: plans.solve(problem, 2_000), 0, 2), {})


def networks(lines: Lines) -> None:
    from decide import synthesis

    rng = np.random.default_rng(0)
    trials, treatments = 60, 12
    pairs = [rng.choice(treatments, 2, replace=False) for _ in range(trials)]
    rows = synthesis.contrasts(
        [f"t{k}" for k in range(trials)],
        [f"x{a}" for a, _ in pairs],
        [f"x{b}" for _, b in pairs],
        rng.normal(size=trials),
        variance=np.full(trials, 0.04),
    )
    design = np.zeros((trials, treatments))
    for k, (a, b) in enumerate(pairs):
        design[k, a], design[k, b] = 1, -1
    y = rng.normal(size=trials)
    floor = ("one least-squares solve", seconds(lambda: np.linalg.lstsq(design[:, 1:], y, rcond=None)))
    ours = seconds(lambda: synthesis.network(rows, "x0"))
    lines.add(f"network of {trials} trials, {treatments} treatments", ours, {}, floor)


def batches(lines: Lines) -> None:
    """Many rankings at once against one by one; a file of them by two local workers of Dask against one process."""
    import pyarrow as pa
    from distributed import LocalCluster

    import decide
    from decide.batch import rank_batch
    from decide.batch.job import Dask, Engine, Recipe, run

    many, concerns, markets = 20_000, sorted(decide.load_catalog().concerns), ("us", "uk", "au")
    rng = np.random.default_rng(0)
    rows = [
        {
            "concern": concerns[i % len(concerns)],
            "market": markets[i % len(markets)],
            "budget": int(rng.integers(1, 60) * 100),
        }
        for i in range(many)
    ]
    batch = pa.RecordBatch.from_pylist(rows)
    single = seconds(
        lambda: [decide.rank(r["concern"], market=r["market"], budget=r["budget"], draws=0) for r in rows[:60]], 0, 1
    )
    one_by_one = {"decide.rank, one by one": single * many / 60}
    lines.add(f"`rank_batch` of {many:,} rows, the order alone", seconds(lambda: rank_batch(batch)), one_by_one)
    named = seconds(lambda: rank_batch(batch, draws=2_000))
    lines.add(f"`rank_batch` of {many:,} rows, with P(best) of 2,000 draws", named, {})
    with tempfile.TemporaryDirectory() as folder, LocalCluster(n_workers=2, threads_per_worker=1) as cluster:
        source, target = Path(folder) / "in.csv", Path(folder) / "out.csv"
        heads = list(rows[0])
        cells = [",".join(str(row[head]) for head in heads) for row in rows * 5]
        source.write_text("\n".join([",".join(heads), *cells]) + "\n", "utf-8")
        alone = seconds(lambda: run(source, target, Recipe(), Engine), 0, 1)
        shared = seconds(lambda: run(source, target, Recipe(), lambda: Dask(cluster.scheduler_address)), 0, 1)
    lines.add(f"a file of {len(cells):,} rows by Dask, two local workers", shared, {"in one process": alone})


def loads(lines: Lines) -> Iterator[str]:
    from decide.catalog import load_catalog
    from decide.catalog.catalog import shipped_root

    root = shipped_root()
    texts = [path.read_text("utf-8") for path in sorted(root.rglob("*.toml"))]
    tables = [json.dumps(tomllib.loads(text)) for text in texts]

    def whole(*folders: str) -> object:
        catalog = load_catalog(*folders)
        return [catalog.studies(c) for c in catalog.concerns], [catalog.prices(m) for m in catalog.markets]

    parse = {"tomllib, no checks": seconds(lambda: [tomllib.loads(text) for text in texts], 0, 2)}
    floor = ("reading the same as JSON", seconds(lambda: [json.loads(text) for text in tables]))
    lines.add("the catalogue, every fact checked", seconds(whole, 0, 3), parse, floor)
    sizes, times = [], []
    with tempfile.TemporaryDirectory() as made:
        for times_more in (1, 10, 100):
            folder = Path(made) / str(times_more)
            folder.mkdir()
            copies(root, folder, times_more)
            sizes.append(times_more)
            times.append(seconds(lambda folder=folder: whole(str(folder)), 0, 1))
            shutil.rmtree(folder)
    yield f"| catalogue with 1, 10 and 100 times its prices laid over it | facts | {slope(sizes, times)} |"


def copies(root: Path, folder: Path, times: int) -> None:
    """So many times the prices of the catalogue."""
    for path in sorted((root / "markets").glob("*.toml")):
        prices = [part for part in path.read_text("utf-8").split("\n[[")[1:] if part.startswith("price]]")]
        body = "\n".join(f'[[price]]\nmarket = "{path.stem}"{part.removeprefix("price]]")}' for part in prices)
        for copy in range(times):
            (folder / f"{path.stem}-{copy}.toml").write_text(body, "utf-8")


def growth() -> Iterator[str]:
    from decide import mcda

    rng = np.random.default_rng(0)

    def line(what: str, by: str, sizes: list[int], call: Callable[[int], Call]) -> str:
        return f"| {what} | {by} | {slope(sizes, [seconds(call(n), 0.2, 2) for n in sizes])} |"

    def scored(n: int, criteria: int) -> Call:
        m, w = rng.random((n, criteria)), rng.dirichlet(np.ones(criteria))
        return lambda: mcda.ranks(mcda.weighted_sum(m, w))

    def drawn(draws: int, options: int) -> Call:
        v, w = rng.random((draws, options, 8)), rng.dirichlet(np.ones(8), draws)
        return lambda: mcda.smaa(v, w)

    yield line("weighted sum and ranks", "options", [10_000, 100_000, 1_000_000], lambda n: scored(n, 8))
    yield line("weighted sum and ranks, 10,000 options", "criteria", [8, 32, 128], lambda n: scored(10_000, n))
    yield line("SMAA, 40 × 8", "draws", [2_000, 20_000, 200_000], lambda n: drawn(n, 40))
    yield line("SMAA, 2,000 draws × 8", "options", [20, 80, 320], lambda n: drawn(2_000, n))


def peaks() -> Iterator[str]:
    bare = memory("import numpy, pydantic")
    cases = {
        "importing numpy and pydantic": "import numpy, pydantic",
        "one question": f"import decide; decide.ask({QUESTION!r})",
        "every concern ranked": "import decide\nfor c in decide.load_catalog().concerns: decide.rank(c)",
        "SMAA, 100,000 draws × 40 × 8 (256 MB of values)": (
            "import numpy as np; from decide import mcda; r = np.random.default_rng(0)\n"
            "mcda.smaa(r.random((100_000, 40, 8)), r.dirichlet(np.ones(8), 100_000))"
        ),
    }
    for what, code in cases.items():
        peak = memory(code)
        yield f"| {what} | {peak:,.0f} MB | {peak - bare:,.0f} MB |"


def machine() -> str:
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    chip = names[0] if names else platform.processor()
    from decide.version import __version__

    versions = f"decide {__version__}, " + ", ".join(f"{name} {version(name)}" for name in TOLD)
    return (
        f"{datetime.date.today()}, {chip}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}; {versions}."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    lines = Lines()
    for part in (starts, warm, many_draws, economy, networks, batches):
        part(lines)
    grown = [*loads(lines), *growth()]
    print(__doc__ and "# Performance\n")
    print("Made by `python benchmarks/performance.py > docs/performance.md`, all in one run.")
    print(f"{machine()}\n")
    print(
        'Above 1 under "ours is faster" is in our favour. The floor is the least that any program must do for the same'
    )
    print("answer; the figure is how many times that ours takes.\n")
    print(f"{lines}\n\n## Growth\n\nThe exponent of size with which time grows: 1 is in proportion.\n")
    print("| what | by | exponent |\n|---|---|---|", *grown, sep="\n")
    print("\n## Memory\n\nPeak of a new process, and what of it is above the libraries.\n")
    print("| what | peak | above |\n|---|---|---|", *peaks(), sep="\n")


if __name__ == "__main__":
    main()
