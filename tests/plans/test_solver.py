"""Plans against every possible choice on small problems, dynamic programming on larger ones, and laws."""

import ctypes
import itertools
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from decide.errors import InputError, NothingFits
from decide.plans import (
    PlanSolution,
    Selection,
    asked,
    broken,
    combined,
    highs,
    marginal,
    problem,
    runner_ups,
    solve,
    solver,
)

NEAR = 1e-9


@dataclass(frozen=True)
class Case:
    """A problem in plain numbers, so that the check below shares nothing with the code it checks."""

    cost: list[float]
    benefit: list[list[float]]
    group: list[str]
    importance: list[float]
    mechanism: list[str | None]
    like: float
    budget: float
    requires: dict[int, set[str]] = field(default_factory=dict)
    forbidden: list[tuple[str, str]] = field(default_factory=list)
    include: list[str] = field(default_factory=list)
    most: int | None = None

    def made(self) -> Selection:
        return problem(
            self.cost,
            self.benefit,
            self.group,
            importance=self.importance,
            mechanism=self.mechanism,
            like=self.like,
            requires=self.requires,
            forbidden=self.forbidden,
            include=self.include,
            most=self.most,
        )

    def worth(self, items: Sequence[int]) -> float:
        """Σ w (1 − Π(1 − b')), the strongest of each kind first and at full, the others at `like`."""
        total = 0.0
        for k, weight in enumerate(self.importance):
            left = 1.0
            seen = set()
            for i in sorted(items, key=lambda i: -self.benefit[i][k]):
                again = self.mechanism[i] is not None and self.mechanism[i] in seen
                left *= 1 - self.benefit[i][k] * (self.like if again else 1)
                seen.add(self.mechanism[i])
            total += weight * (1 - left)
        return total / sum(self.importance)

    def choices(self, budget: float) -> Iterator[tuple[int, ...]]:
        names = list(dict.fromkeys(self.group))
        options = [[None, *(i for i, g in enumerate(self.group) if g == name)] for name in names]
        for picked in itertools.product(*options):
            items = tuple(sorted(i for i in picked if i is not None))
            held = {self.group[i] for i in items}
            if sum(self.cost[i] for i in items) > budget + NEAR:
                continue
            if any(not held & bases for i, bases in self.requires.items() if i in items):
                continue
            if self.most is not None and len(items) > self.most:
                continue
            if any(a in held and b in held for a, b in self.forbidden) or not held >= set(self.include):
                continue
            yield items

    def first(self, choices: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """Highest worth, then lowest cost, then fewest items, then first items."""
        worth = {items: self.worth(items) for items in choices}
        most = max(worth.values())
        tied = [items for items in choices if worth[items] >= most - NEAR]
        return min(tied, key=lambda items: (round(sum(self.cost[i] for i in items), 8), len(items), items))


@st.composite
def cases(draw: st.DrawFn, concerns: int = 3, include: bool = False) -> Case:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    groups = int(rng.integers(1, 6))
    names = [f"g{i}" for i in range(groups)]
    group = [name for name in names for _ in range(int(rng.integers(1, 4)))]
    rng.shuffle(group)
    n, k = len(group), draw(st.integers(1, concerns))
    if draw(st.booleans()):  # coarse numbers, so that plans tie
        cost = rng.integers(0, 6, n).astype(float)
        benefit = rng.choice([0, 0.1, 0.2, 0.2, 0.5, 0.9], (n, k))
        budget = float(rng.integers(0, 12))
    else:
        cost = rng.gamma(1.5, 2, n).round(2)
        benefit = rng.beta(1, 3, (n, k)) * (rng.random((n, k)) < 0.7)
        budget = float(rng.uniform(0, cost.sum()))
    importance = rng.choice([0, 1, 1, 2, 0.3], k)
    assume((benefit * importance).any())
    pairs = list(itertools.combinations(names, 2))
    forbidden = [pair for pair in pairs if rng.random() < 0.2]
    requires = {}
    for i in range(n):
        others = [x for x in names if x != group[i]]
        if others and rng.random() < 0.25:
            requires[i] = {str(x) for x in rng.choice(others, int(rng.integers(1, len(others) + 1)), replace=False)}
    return Case(
        cost=cost.tolist(),
        benefit=benefit.tolist(),
        group=[str(g) for g in group],
        importance=importance.tolist(),
        mechanism=[None if m == 0 else f"m{m}" for m in rng.integers(0, 4, n)],
        like=float(rng.choice([0, 0.3, 0.5, 1])),
        budget=budget,
        requires=requires,
        forbidden=forbidden,
        include=[str(x) for x in names if include and rng.random() < 0.4],
        most=None if include or rng.random() < 0.5 else int(rng.integers(1, groups + 1)),
    )


def made(case: Case) -> Selection:
    """The problem, unless it contradicts itself (which other tests are about)."""
    try:
        return case.made()
    except InputError as error:
        assume("forbidden together" not in str(error))
        raise


def check(case: Case, found: PlanSolution, expected: tuple[int, ...]) -> None:
    assert found.items == expected
    assert found.value == pytest.approx(case.worth(expected), abs=1e-12)
    assert found.cost == pytest.approx(sum(case.cost[i] for i in expected))
    assert found.proven
    assert found.settled
    assert found.gap <= 2 * NEAR


# --- every possible choice --------------------------------------------------------------------------------------------


@given(cases())
def test_the_best_plan_is_the_best_of_all_choices(case: Case) -> None:
    check(case, solve(made(case), case.budget), case.first(list(case.choices(case.budget))))


@given(cases(concerns=1))
def test_one_concern_too(case: Case) -> None:
    check(case, solve(made(case), case.budget), case.first(list(case.choices(case.budget))))


@given(cases())
def test_a_core_that_must_grow_changes_nothing(case: Case) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(highs, "_CORE", 1)
        check(case, solve(made(case), case.budget), case.first(list(case.choices(case.budget))))


@given(cases())
def test_asking_for_the_cheapest_of_many_ties_changes_nothing(case: Case) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solver, "_FEW", 0)
        check(case, solve(made(case), case.budget), case.first(list(case.choices(case.budget))))


@given(cases(include=True))
def test_what_must_be_included_is(case: Case) -> None:
    plan = made(case)
    within, at_any_price = list(case.choices(case.budget)), list(case.choices(math.inf))
    if within:
        check(case, solve(plan, case.budget), case.first(within))
    elif at_any_price:
        least = min(sum(case.cost[i] for i in items) for items in at_any_price)
        with pytest.raises(NothingFits, match=f"cost {least:g} at least"):
            solve(plan, case.budget)
    else:
        with pytest.raises(InputError, match="contradict each other"):
            solve(plan, case.budget)


@given(cases(concerns=2))
def test_runner_ups_are_the_next_best_with_other_groups(case: Case) -> None:
    plan = made(case)
    best = solve(plan, case.budget)
    found = runner_ups(plan, case.budget, best, 3)

    def pointless(items: tuple[int, ...]) -> bool:
        """Holds what helps nothing, for no item that requires it."""
        return any(
            not any(b * w for b, w in zip(case.benefit[i], case.importance, strict=True))
            and not any(case.group[i] in case.requires.get(other, ()) for other in items)
            for i in items
        )

    choices = [items for items in case.choices(case.budget) if not pointless(items)]
    gone = {frozenset(case.group[i] for i in best.items)}
    for following in found:
        left = [c for c in choices if (held := frozenset(case.group[i] for i in c)) not in gone]
        assert following.value == pytest.approx(max(case.worth(c) for c in left), abs=2 * NEAR)
        assert following.proven
        assert not broken(plan, following.items, case.budget)
        held = frozenset(case.group[i] for i in following.items)
        assert held not in gone
        gone.add(held)
    if len(found) < 3:
        assert not [
            c for c in choices if c and frozenset(case.group[i] for i in c) not in gone and case.worth(c) > NEAR
        ]


@given(cases(concerns=2), st.integers(0, 5), st.integers(1, 5))
def test_more_money_buys_what_it_buys(case: Case, first: int, second: int) -> None:
    plan = made(case)
    found = marginal(plan, case.budget, (first, first + second))
    before = solve(plan, case.budget)
    for more, step in zip((first, first + second), found, strict=True):
        check(case, step.plan, case.first(list(case.choices(case.budget + more))))
        assert step.more == more
        assert step.gain == pytest.approx(step.plan.value - before.value, abs=NEAR)


@given(cases())
def test_what_is_said_of_a_choice(case: Case) -> None:
    plan = made(case)
    allowed = set(case.choices(case.budget))
    for count in range(4):
        for items in itertools.combinations(range(len(case.cost)), count):
            assert (not broken(plan, items, case.budget)) == (items in allowed)
    for items in itertools.islice(allowed, 20):
        assert float(combined(plan, items) @ plan.importance) == pytest.approx(case.worth(items), abs=1e-12)


# --- larger ones ------------------------------------------------------------------------------------------------------


def catalogue(seed: int, groups: int, sessions: int, concerns: int, kinds: int = 12) -> dict[str, Any]:
    """Session counts of procedures: costs rise slightly less than in proportion, benefits level off."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), sessions)
    count = np.tile(np.arange(1, sessions + 1), groups)
    price = rng.lognormal(np.log(250), 0.8, groups)[group]
    once = (rng.beta(1.2, 12, (groups, concerns)) * (rng.random((groups, concerns)) < 0.6))[group]
    return {
        "cost": np.maximum(np.round(price * count * 0.95 ** (count - 1)), 1),
        "benefit": 1 - (1 - once) ** (count[:, None] ** 0.6),
        "group": group.tolist(),
        "mechanism": rng.integers(0, kinds, groups)[group].tolist(),
    }


@pytest.mark.parametrize("seed", range(4))
def test_one_concern_against_dynamic_programming(seed: int) -> None:
    """The multiple-choice knapsack of 60 procedures by 6 session counts, money to the dollar."""
    given_ = catalogue(seed, 60, 6, 1)
    budget = 2500
    best = np.zeros(budget + 1)
    for g in range(60):
        after = best.copy()
        for i in range(6 * g, 6 * g + 6):
            cost, gain = int(given_["cost"][i]), -math.log1p(-given_["benefit"][i, 0])
            if cost <= budget:
                after[cost:] = np.maximum(after[cost:], best[: budget + 1 - cost] + gain)
        best = after
    found = solve(problem(given_["cost"], given_["benefit"], given_["group"]), budget)
    assert found.proven
    assert -math.log1p(-found.value) == pytest.approx(best[-1], abs=1e-8)


def test_three_hundred_procedures_by_six_session_counts_by_three_concerns() -> None:
    plan = problem(**catalogue(0, 300, 6, 3), importance=[5, 3, 2])
    found = solve(plan, 2000)
    assert found.proven
    assert found.gap <= NEAR
    assert not broken(plan, found.items, 2000)
    # nothing that is left out could take the place of one that is in, or join
    for out in [(), *((i,) for i in found.items)]:
        kept = [i for i in found.items if i not in out]
        for i in range(plan.cost.size):
            if i not in found.items and not broken(plan, [*kept, i], 2000):
                assert float(combined(plan, [*kept, i]) @ plan.importance) <= found.value + NEAR


# --- laws -------------------------------------------------------------------------------------------------------------


@given(cases(), st.floats(0, 10))
def test_a_larger_budget_never_lowers_the_worth(case: Case, more: float) -> None:
    plan = made(case)
    assert solve(plan, case.budget + more).value >= solve(plan, case.budget).value - NEAR


@given(cases(), st.data())
def test_dropping_a_constraint_never_lowers_the_worth(case: Case, data: st.DataObject) -> None:
    before = solve(made(case), case.budget).value
    freer = [replace(case, forbidden=[p for p in case.forbidden if p != pair]) for pair in case.forbidden]
    freer += [replace(case, requires={i: g for i, g in case.requires.items() if i != item}) for item in case.requires]
    if freer:
        assert solve(made(data.draw(st.sampled_from(freer))), case.budget).value >= before - NEAR


@given(cases())
def test_kinds_only_ever_take_away(case: Case) -> None:
    alike = solve(made(case), case.budget).value
    apart = solve(made(replace(case, mechanism=[None] * len(case.cost))), case.budget)
    whole = solve(made(replace(case, like=1.0)), case.budget)
    assert alike <= apart.value + NEAR
    assert whole.value == pytest.approx(apart.value, abs=NEAR)


@given(cases(), st.sampled_from([0.01, 8.0, 1000.0]))
def test_the_unit_of_money_does_not_matter(case: Case, unit: float) -> None:
    scaled = replace(case, cost=[c * unit for c in case.cost])
    found, other = solve(made(case), case.budget), solve(made(scaled), case.budget * unit)
    assert found.value == pytest.approx(other.value, abs=2 * NEAR)
    assert found.items == other.items


@given(cases())
def test_asking_again_gives_the_same(case: Case) -> None:
    assert solve(made(case), case.budget) == solve(made(case), case.budget)


@settings(max_examples=20)
@given(cases(), st.sampled_from([0.0, 1e-4]))
def test_out_of_time_a_plan_and_an_honest_gap_come_back(case: Case, limit: float) -> None:
    plan = made(case)
    most = max(case.worth(items) for items in case.choices(case.budget))
    found = solve(plan, case.budget, time_limit=limit)
    assert not broken(plan, found.items, case.budget)
    assert found.value - NEAR <= most <= found.value + found.gap + NEAR


# --- the edges --------------------------------------------------------------------------------------------------------


def test_nothing_within_the_budget_names_the_cheapest() -> None:
    found = solve(problem([300, 200, 250], [0.3, 0.2, 0.2], ["a", "b", "c"]), 150)
    assert (found.items, found.value, found.cost, found.proven, found.cheapest) == ((), 0, 0, True, (1,))
    # an adjunct's base is part of its price, and what helps nothing is no way in
    plan = problem([10, 120, 140], [0.3, 0.0, 0.2], ["prp", "needling", "peel"], requires={0: ["needling"]})
    assert solve(plan, 100).cheapest == (0, 1)


def test_no_limit_takes_all_that_helps() -> None:
    found = solve(problem([5, 7, 9], [[0.1], [0.2], [0.0]], ["a", "b", "c"]), math.inf)
    assert found.items == (0, 1)
    assert found.value == pytest.approx(0.28)


def test_a_budget_met_to_the_cent() -> None:
    plan = problem([0.1, 0.2, 0.3], [0.1, 0.2, 0.29], ["a", "b", "c"])
    assert solve(plan, 0.3).items == (2,)
    assert solve(plan, 0.6).items == (0, 1, 2)
    assert solve(plan, 0.1 + 0.2).items == (2,)


def test_nobody_pays_for_what_cannot_be_told() -> None:
    """Once a concern is all but gone, a further course adds less than is counted, and the cheaper plan is taken."""
    plan = problem([1, 1, 1, 1, 50], [0.999, 0.999, 0.999, 0.999, 0.999], list("abcde"))
    assert solve(plan, 100).items == (0, 1, 2)


def test_the_laser_and_three_tubes_of_tretinoin_beat_three_exosome_sessions() -> None:
    group = ["exosomes"] * 3 + ["laser"] * 3 + ["tretinoin"]
    plan = problem([900, 1800, 2700, 900, 1800, 2600, 120], [0.08, 0.12, 0.15, 0.25, 0.4, 0.45, 0.3], group)
    found = solve(plan, 2000)
    assert found.items == (4, 6)
    assert found.value == pytest.approx(1 - 0.6 * 0.7)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"cost": []}, "nothing to choose from"),
    ({"cost": [1, -1]}, "cost of item 1 is -1"),
    ({"cost": [1, math.inf]}, "cost of item 1 is inf"),
    ({"cost": [math.nan, 1]}, "cost of item 0 is nan"),
    ({"benefit": [0.1, 1.0]}, "benefit of item 1 for concern 0 is 1.0"),
    ({"benefit": [-0.1, 0.5]}, "benefit of item 0 for concern 0 is -0.1"),
    ({"benefit": [0.1, math.nan]}, "is nan"),
    ({"benefit": [0.1]}, "items by concerns"),
    ({"benefit": [0, 0]}, "improves any of the concerns"),
    ({"benefit": [[0.1, 0], [0.1, 0]], "importance": [0, 1]}, "improves any of the concerns"),
    ({"importance": [0]}, "not all zero"),
    ({"importance": [1, 1]}, "as many weights"),
    ({"group": ["a"]}, "as many groups"),
    ({"mechanism": ["m"]}, "as many mechanisms"),
    ({"like": 1.5}, "between 0 and 1"),
    ({"like": math.nan}, "between 0 and 1"),
    ({"requires": {0: ["z"]}}, "names 'z'"),
    ({"requires": {0: ["a"]}}, "other than its own"),
    ({"requires": {0: []}}, "other than its own"),
    ({"requires": {7: ["a"]}}, "item that requires another must be from 0 to 1, not 7"),
    ({"requires": {0: ["b"]}, "forbidden": [("b", "a")]}, "'a' requires 'b', and is forbidden together with that"),
    ({"forbidden": [("a", "a")]}, "forbidden together with itself"),
    ({"forbidden": [("a", "z")]}, "names 'z'"),
    ({"include": ["z"]}, "names 'z'"),
    ({"include": ["a", "b"], "forbidden": [("a", "b")]}, "'a' and 'b' must both be included"),
]


@pytest.mark.parametrize(("wrong", "words"), BAD)
def test_bad_input_is_refused_in_words(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        problem(**({"cost": [1, 2], "benefit": [0.1, 0.2], "group": ["a", "b"]} | wrong))


@pytest.mark.parametrize("budget", [-1, math.nan])
def test_a_budget_that_is_none_is_refused(budget: float) -> None:
    plan = problem([1], [0.1], ["a"])
    with pytest.raises(InputError, match="a budget must be"):
        solve(plan, budget)
    with pytest.raises(InputError, match="a time limit must be"):
        solve(plan, 1, time_limit=budget)


def test_without_scipy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(InputError, match=r"pip install 'decide-treatments\[plans\]'"):
        solve(problem([1], [0.1], ["a"]), 1)


def test_what_highs_prints_is_kept_out_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    libc = ctypes.CDLL(None)
    for _ in range(2):
        with highs._without_noise():
            libc.puts(b"HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();")
            libc.puts(b"of another library")
            os.write(1, b"Python's\n")
            subprocess.run(["echo", "a child's"], check=True)
            assert capfd.readouterr().out == "Python's\na child's\n"
        assert capfd.readouterr().out == "of another library\n"


def test_highs_own_line_is_kept_out(capfd: pytest.CaptureFixture[str]) -> None:
    for seed in (0, 1, 2):
        rng = np.random.default_rng(seed)
        cost = rng.integers(50, 1000, 40).astype(float)
        benefit = np.clip((cost / 1000)[:, None] * rng.uniform(0.1, 0.5, (40, 3)), 0, 0.95)
        solve(problem(cost, benefit, list(range(40))), float(cost.sum()) / 10)
    assert capfd.readouterr().out == ""


def test_what_a_child_started_meanwhile_writes_later_is_not_lost() -> None:
    script = """
import subprocess, sys
from decide.plans import highs
late = "import sys; sys.stdin.read(); print('late')"
with highs._without_noise():
    child = subprocess.Popen([sys.executable, "-c", late], stdin=subprocess.PIPE)
child.communicate(b"")
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout == "late\n"


@pytest.mark.parametrize("unit", [1e-10, 1.0, 1e12])
def test_a_budget_is_kept_in_any_unit(unit: float) -> None:
    plan = problem([unit] * 3, [0.3] * 3, ["a", "b", "c"])
    assert solve(plan, unit).items == (0,)
    assert solve(plan, 2 * unit).items == (0, 1)
    dear = problem([unit * (1 + 1e-9), 0.1 * unit], [0.3, 0.1], ["a", "b"])
    assert solve(dear, unit).items == (1,)
    assert solve(problem([0.1 * unit, 0.2 * unit], [0.3, 0.1], ["a", "b"]), 0.3 * unit).items == (0, 1)


def test_a_time_limit_of_what_more_money_buys_is_for_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(solver.time, "monotonic", lambda: now)
    asked: list[float | None] = []
    plain = solver._solve

    def timed(master: Any, budget: float, deadline: float | None, known: Any = None) -> Any:
        nonlocal now
        assert deadline is not None
        asked.append(deadline - now)
        now = deadline
        return plain(master, budget, None, known)

    monkeypatch.setattr(solver, "_solve", timed)
    found = marginal(problem([1.0, 2.0], [0.5, 0.3], ["a", "b"]), 1, (1, 2, 2), time_limit=6)
    assert [one.more for one in found] == [1, 2, 2]
    assert asked == pytest.approx([2, 2, 2])


# --- time -------------------------------------------------------------------------------------------------------------


def test_another_process_finds_what_this_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    rows = [highs.Row(np.arange(120), rng.uniform(1, 9, 120), 40.0), highs.Row(np.array([0, 1]), np.ones(2), 1.0)]
    asked = (rng.uniform(1, 9, 120), rows, np.ones(120), 120)
    here = highs.maximise(*asked, time_limit=300)
    monkeypatch.setattr(highs, "_LARGE", 0)
    there = highs.maximise(*asked, time_limit=300)
    assert here.x is not None
    np.testing.assert_array_equal(there.x, here.x)
    assert there[1:] == here[1:]


def test_highs_is_ended_when_the_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a solver that never answers: if it were waited for, this test would not end
    script = tmp_path / "never.py"
    script.write_text("import time\nwhile True:\n    time.sleep(60)\n")
    monkeypatch.setattr(highs, "_SCRIPT", str(script))
    monkeypatch.setattr(highs, "_LARGE", 0)
    plan = problem([3.0, 2.0, 2.0], [0.5, 0.3, 0.3], ["a", "b", "c"])
    found = solve(plan, 4, time_limit=0.3)
    assert found.items  # the one that takes most for its money first
    assert not broken(plan, found.items, 4)
    assert not found.proven
    assert found.value + found.gap >= solve(plan, 4).value
    nothing = solve(plan, 1, time_limit=0.3)
    assert (nothing.items, nothing.cheapest) == ((), (1,))
    assert runner_ups(plan, 4, found, time_limit=0.3) == ()
    held = solve(problem([3.0, 2.0, 1.0], [0.5, 0.3, 0.2], ["a", "b", "c"], include=["b"]), 4, time_limit=0.3)
    assert held.items == (1, 2)  # what must be, and what takes most for the money that is left
    # a requires b or c, and each of them something that it may not be with
    odd = problem(
        [1.0, 2.0, 2.0, 1.0, 1.0],
        [0.5, 0.3, 0.3, 0.1, 0.1],
        list("abcde"),
        include=["a"],
        requires={0: ["b", "c"], 1: ["d"], 2: ["e"]},
        forbidden=[("a", "d")],
    )
    with pytest.raises(InputError, match="no plan that holds a was found in time"):
        solve(odd, 9, time_limit=0.3)


@settings(max_examples=60, deadline=None)
@given(cases(include=True))
def test_what_must_be_included_is_in_a_plan_at_once(case: Case) -> None:
    """Without a solver: what is cheapest of it is found as every choice tells, or left to the solver."""
    plan = made(case)
    items, least = solver._one_of_each(plan)
    choices = list(case.choices(math.inf))
    cheapest = min((sum(case.cost[i] for i in chosen) for chosen in choices), default=math.inf)
    assert least <= cheapest + NEAR
    if not broken(plan, items, math.inf):
        assert items in choices
        if not case.requires and case.most is None:
            assert sum(case.cost[i] for i in items) == pytest.approx(cheapest)
            greedy = solver._greedy(plan, case.budget + least, math.inf, items)
            assert set(items) <= set(greedy)
            assert greedy in list(case.choices(case.budget + least))


def test_a_start_that_holds_what_must_be_is_found_among_thousands() -> None:
    rng = np.random.default_rng(0)
    n = 1500
    cost, benefit = rng.integers(50, 2000, n).astype(float), rng.random((n, 3)) * 0.3
    plan = problem(cost, benefit, [f"g{i // 3}" for i in range(n)], include=["g1", "g5"], most=5)
    found = solve(plan, 5000, time_limit=0.2)
    assert not broken(plan, found.items, 5000)
    assert found.value > solve(problem(cost[[3, 4, 5, 15, 16, 17]], benefit[[3, 4, 5, 15, 16, 17]], [0] * 6), 9e9).value


def test_a_process_that_fails_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "fails.py"
    script.write_text("raise SystemExit(1)\n")
    monkeypatch.setattr(highs, "_SCRIPT", str(script))
    monkeypatch.setattr(highs, "_LARGE", 0)
    plan = problem([3.0, 2.0, 2.0], [0.5, 0.3, 0.3], ["a", "b", "c"])
    assert not solve(plan, 4, time_limit=30).proven


def test_ten_thousand_items_are_planned() -> None:
    rng = np.random.default_rng(0)
    plan = problem(rng.integers(50, 500, 10_000), rng.beta(1, 5, 10_000), range(10_000))
    found = solve(plan, 2000, time_limit=4)
    assert not broken(plan, found.items, 2000)
    assert found.items
    assert found.gap >= 0


# --- what goes in -----------------------------------------------------------------------------------------------------


def test_frames_and_series_go_by_their_names() -> None:
    names = ["x", "y", "z"]
    cost = pd.Series([3.0, 2.0, 2.0], index=names)
    benefit = pd.DataFrame({"skin": [0.5, 0.3, 0.3], "hair": [0.1, 0.0, 0.4]}, index=names)
    expected = problem([3, 2, 2], [[0.5, 0.1], [0.3, 0.0], [0.3, 0.4]], names, importance=[1, 2])
    found = problem(cost, benefit.loc[["z", "x", "y"]], names, importance=pd.Series({"hair": 2.0, "skin": 1.0}))
    for name in ("cost", "benefit", "importance", "full", "further"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))
    one = problem(cost, benefit["skin"][::-1], names)
    np.testing.assert_array_equal(one.benefit[:, 0], [0.5, 0.3, 0.3])
    with pytest.raises(InputError, match="different names"):
        problem(cost, benefit.rename(index={"x": "w"}), names)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"group": "abc"}, "group must be a list"),
        ({"mechanism": "abc"}, "mechanism must be a list"),
        ({"include": "a"}, "include must be a list"),
        ({"forbidden": ["ab"]}, "a forbidden pair must be a list"),
        ({"forbidden": [("a", "b", "c")]}, "must hold two groups"),
        ({"requires": {0: "b"}}, "a requirement must be a list"),
        ({"requires": {"a": ["b"]}}, "must be a whole number"),
        ({"most": 1.5}, "must be a whole number"),
        ({"cost": ["1", "2", "3"]}, "cost: text where numbers"),
        ({"benefit": [[0.1], [0.2, 0.3], [0.1]]}, "differ in length"),
        ({"importance": "x"}, "importance: text where numbers"),
    ],
)
def test_a_string_is_no_list_and_text_no_number(more: dict[str, Any], words: str) -> None:
    given_ = {"cost": [1, 2, 3], "benefit": [0.1, 0.2, 0.3], "group": ["a", "b", "c"], **more}
    with pytest.raises(InputError, match=words):
        problem(given_.pop("cost"), given_.pop("benefit"), given_.pop("group"), **given_)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda plan: solve(plan, "100"), "budget: text where numbers"),
        (lambda plan: solve(plan, None), "a budget"),
        (lambda plan: solve(plan, True), "a budget must be"),
        (lambda plan: solve(plan, [1]), "a budget must be"),
        (lambda plan: solve(plan, 1, time_limit="5"), "time limit: text where numbers"),
        (lambda plan: solve(plan, 1, time_limit=-1), "a time limit must be"),
        (lambda plan: broken(plan, [5], 1), "an item must be from 0 to 1"),
        (lambda plan: combined(plan, ["a"]), "an item must be a whole number"),
        (lambda plan: runner_ups(plan, 1, solve(plan, 1), 1.5), "the count must be a whole number"),
        (lambda plan: marginal(plan, 1, "12"), "more must be a list"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(call: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call(problem([1, 2], [0.1, 0.2], ["a", "b"]))


def test_with_almost_no_time_left_highs_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("HiGHS was asked")

    plan = problem([3.0, 2.0, 1.0], [0.5, 0.3, 0.2], ["a", "b", "c"], include=["b"], requires={1: ["c"]})
    whole = solve(plan, 4)
    monkeypatch.setattr(highs.asked, "answer", refused)
    monkeypatch.setattr(highs, "_elsewhere", refused)
    found = solve(plan, 4, time_limit=0.09)
    assert found.items == (1, 2)  # what must be there, and what it requires
    assert not found.proven
    assert found.value + found.gap >= whole.value


def test_what_may_not_be_taken_counts_for_the_size_of_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of a few columns of very many takes HiGHS as long to set out as all of them."""
    sizes: list[tuple[int, int]] = []

    def elsewhere(request: asked.Request, _: float) -> asked.Answer | None:
        sizes.append((np.count_nonzero(request.upper[: request.whole]), request.upper.size))
        return None if request.whole else asked.answer(request._replace(seconds=None))

    monkeypatch.setattr(highs, "_elsewhere", elsewhere)
    rng = np.random.default_rng(1)
    cost = rng.uniform(10, 1000, 1200)
    solve(problem(cost, cost / 1500 * rng.uniform(0.5, 1.5, 1200), range(1200)), 5000, time_limit=300)
    assert all(size > 1200 for _, size in sizes)
    assert any(0 < open_ < 200 for open_, _ in sizes)
