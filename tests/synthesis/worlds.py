"""Random networks, as rows for decide.synthesis and as reports for the dense solver."""

import numpy as np

from decide.synthesis import ArmRow, ContrastRow, Gains, Kinds, Levels, LogNormal, Model, Outliers, Prior, Study
from tests.synthesis.dense import Group, Report, World

NAMES = ["a", "b", "c", "d/e", "+f"]
IDLE = ["placebo", "vehicle", "sham", "left alone"]
ALSO = ("unseen", "x", *NAMES, *IDLE)
CUTS = [None, None, "half", "full"]


def sure(value: float) -> LogNormal:
    """A spread that is as good as known."""
    return LogNormal(value, 1e-9)


def model_of(world: World, *, outliers: Outliers | None = None, spread: float = 1e-9, **more: object) -> Model:
    """The model of a world; `spread` is how little τ, h and s are known."""
    kinds = None
    if set(world.group) != {""}:
        kinds = Kinds(world.group, world.lends, {k: 1 / len(world.group) for k in world.group})
    levels = Levels(Prior(5, 8), 6, 4, Prior(8, 6), LogNormal(world.tau, spread), cut=12.0, study_cut=world.cut_own)
    return Model(
        gains=Gains(LogNormal(world.s, spread), combined=world.added, pair=world.pair, also=ALSO),
        levels=levels if world.levels else None,
        heterogeneity=LogNormal(world.h, spread),
        kinds=kinds,
        outliers=outliers,
        untreated=world.untreated,
        **more,  # type: ignore[arg-type]
    )


def random_world(
    seed: int, *, kinds: bool = False, contrasts: bool = True, studies: int = 9
) -> tuple[World, list[Report]]:
    """A world and its studies: controlled, head-to-head, series, differences; bias, pairs, cuts, add-ons."""
    rng = np.random.default_rng(seed)
    world = World(
        tau=float(rng.uniform(4, 14)),
        h=float(rng.uniform(1, 8)),
        s=float(rng.uniform(8, 25)),
        reference=("placebo", "vehicle"),
        untreated=("left alone",),
    )
    if kinds:
        world.group = {"k1": "g", "k2": "g", "k3": "other"}
        world.lends = {"g": 0.5, "other": 0.0}
        # one kind alone has all of a gain in common with itself
        world.lends["other"] = 1.0
    reports = []
    for _ in range(studies):
        names = list(rng.choice(NAMES, int(rng.integers(1, 4)), replace=False))
        arms = [
            Group(
                n,
                ("x",) if rng.random() < 0.25 and n != "+f" else (),
                y=float(rng.normal(20, 15)),
                v=float(rng.uniform(2, 40)),
            )
            for n in names
        ]
        if rng.random() < 0.6:
            idle = str(rng.choice(["placebo", "vehicle", "left alone"]))
            arms.append(Group(idle, y=float(rng.normal(5, 8)), v=float(rng.uniform(2, 40))))
        cut = CUTS[int(rng.integers(4))]
        which = {"": 1.0}
        if kinds:
            which = [{"k1": 1.0}, {"k2": 1.0}, {"k1": 0.3, "k2": 0.7}, {"k3": 1.0}][int(rng.integers(4))]
        for arm in arms:
            arm.cut, arm.kinds = cut, which
        report = Report(arms, bias=float(rng.choice([0.0, 6.0])), paired=float(rng.choice([0.0, 0.5])))
        if contrasts and len(arms) > 1 and rng.random() < 0.3:
            for arm in arms:
                arm.cut = None
            report.paired = 0.0
            report.differences = [(i, 0, arms[i].y - arms[0].y) for i in range(1, len(arms))]
        reports.append(report)
    return world, reports


def rows_of(reports: list[Report]) -> tuple[list[ArmRow | ContrastRow], dict[str, Study]]:
    """The same studies as rows."""
    rows: list[ArmRow | ContrastRow] = []
    studies = {}
    for j, report in enumerate(reports):
        name = f"s{j:02}"
        studies[name] = Study(bias=report.bias, paired=report.paired)

        def given(arm: Group) -> object:
            return (arm.base, *arm.added) if arm.added else arm.base

        def held(arm: Group) -> object:
            return None if set(arm.kinds) == {""} else arm.kinds

        if report.differences is None:
            rows += [ArmRow(name, given(a), a.y, a.v, kinds=held(a), cut=a.cut) for a in report.arms]
        else:
            for i, k, value in report.differences:
                a, b = report.arms[i], report.arms[k]
                rows.append(ContrastRow(name, given(a), given(b), value, a.v + b.v, b.v, kinds=held(a)))
    return rows, studies
