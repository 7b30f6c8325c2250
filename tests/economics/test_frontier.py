"""The incremental table against published ones, the definition pair by pair, and what must hold of any frontier."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pandas as pd
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.economics import Icer, frontier, icers
from decide.errors import InputError


def table(rows: Sequence[Icer]) -> list[tuple[object, ...]]:
    return [(r.strategy, r.cost, r.effect, r.inc_cost, r.inc_effect, r.icer, r.status) for r in rows]


# --- published tables -------------------------------------------------------------------------------------------------


def test_the_table_in_dampacks_own_tests() -> None:
    """After the example of the Health Economics Resource Center, US Department of Veterans Affairs."""
    rows = icers([55000, 35000, 25000, 10000, 12000, 5000], [5, 4, 3, 2, 1.5, 1], ["E", "D", "C", "B", "A", "UC"])
    assert table(rows) == [
        ("UC", 5000, 1, None, None, None, "ND"),
        ("B", 10000, 2, 5000, 1, 5000, "ND"),
        ("D", 35000, 4, 25000, 2, 12500, "ND"),
        ("E", 55000, 5, 20000, 1, 20000, "ND"),
        ("C", 25000, 3, None, None, None, "ED"),
        ("A", 12000, 1.5, None, None, None, "D"),
    ]
    assert [r.by for r in rows] == [(), (), (), (), ("B", "D"), ("B",)]
    assert [r.place for r in rows] == [5, 3, 1, 0, 2, 4]


CDIFF = """
s3,57336.0059896538,12.9399639202408,NA,NA,NA,ND
s27,57541.2526373815,13.0140640696275,205.246647727639,0.0741001493866911,2769.85470915263,ND
s33,57642.2587507842,13.0389116321918,101.006113402713,0.0248475625643216,4065.03105249231,ND
s31,57934.0743411241,13.0966257932217,291.815590339931,0.0577141610298533,5056.2216470406,ND
s43,58072.1137208494,13.11285766912,138.039379725262,0.0162318758983169,8504.2160616553,ND
s44,58665.7823044647,13.1283328397025,593.668583615326,0.0154751705825014,38362.6519947134,ND
s39,57814.6470919581,13.0462790163185,NA,NA,NA,ED
s4,57887.481549326,12.9970657153765,NA,NA,NA,D
s13,58018.6252420203,13.0650412387992,NA,NA,NA,D
s37,58081.7947984323,13.1029711156978,NA,NA,NA,D
s20,58634.2026441398,13.1100568867995,NA,NA,NA,D
"""


def test_clostridioides_difficile_as_dampack_prints_it() -> None:
    """Rajasingham et al., Clin Infect Dis 2020, as in dampack's vignettes/cdiff_icers.csv."""
    printed = [line.split(",") for line in CDIFF.split()]
    shuffled = sorted(printed, key=lambda row: row[0])
    rows = icers([float(r[1]) for r in shuffled], [float(r[2]) for r in shuffled], [r[0] for r in shuffled])
    assert [r.strategy for r in rows] == [p[0] for p in printed]
    assert [r.status for r in rows] == [p[6] for p in printed]
    for row, p in zip(rows, printed, strict=True):
        for mine, theirs in zip((row.inc_cost, row.inc_effect, row.icer), p[3:6], strict=True):
            # the inputs are printed to 15 digits, of which the differences keep 11
            assert mine is None if theirs == "NA" else mine == pytest.approx(float(theirs), rel=1e-9)
    assert next(r.by for r in rows if r.strategy == "s39") == ("s33", "s31")


def test_hiv_screening() -> None:
    """Paltiel et al., Ann Intern Med 2006, table 4, as in dampack's vignette basic_cea (quality-adjusted months)."""
    names = ["status quo", "one time", "5yr", "3yr", "annual"]
    months = np.array([277.25, 277.57, 277.78, 277.83, 277.76])
    rows = icers([26000, 27000, 28020, 28440, 29440], months / 12, names)
    assert [(r.strategy, r.status) for r in rows] == [(n, "ND") for n in names[:4]] + [("annual", "D")]
    # 1,000 for 0.32 months, 1,020 for 0.21, 420 for 0.05
    assert [r.icer for r in rows[1:4]] == pytest.approx([37500.0, 58285.714286, 100800.0], rel=1e-8)


def test_colorectal_cancer_screening() -> None:
    """ANZ Health Policy 2005, 2:10, table 7: Australian dollars per life-year gained, printed to the dollar."""
    cost = [0, 140117791, 248112291, 304301903, 370181240, 422777702]
    effect = [0, 3551, 6023, 6720, 7076, 7299]
    rows = icers(cost, effect, ["existing", "FOBT2", "DCBE5", "DCBE3", "FOBT1+DCBE5", "FOBT1+DCBE3"])
    assert {r.status for r in rows} == {"ND"}
    assert [r.inc_cost for r in rows[1:]] == [140117791, 107994500, 56189612, 65879337, 52596462]
    assert [r.inc_effect for r in rows[1:]] == [3551, 2472, 697, 356, 223]
    printed = [39459, 43687, 80616, 185054, 235859]
    # 39,458.69 is printed 39,459 and 235,858.57 is printed 235,859
    assert [round(r.icer) for r in rows[1:] if r.icer is not None] == printed


def test_breast_radiotherapy() -> None:
    """JNCI Cancer Spectrum 2020, pkaa004, table 1; effects are printed to six places, the ratio from more of them."""
    names = ["1", "2", "3"]
    rows = icers([1695.865, 12224.17, 12118.17], [8.570992, 8.583273, 8.590681], names)
    assert [(r.strategy, r.status, r.by) for r in rows] == [("1", "ND", ()), ("3", "ND", ()), ("2", "D", ("3",))]
    assert rows[1].inc_cost == pytest.approx(10422.31, abs=0.006)
    assert rows[1].inc_effect == pytest.approx(0.019688, abs=1.5e-6)
    assert rows[1].icer == pytest.approx(529365.8, rel=1e-6 / 0.019688)


def test_three_strategies_from_dampacks_tests() -> None:
    """The cheaper of two with the same effect stays, and dominates the one that does worse for more, too."""
    rows = icers([163771.0, 164848.7, 163765.1], [6.48273, 6.52861, 6.52861], ["No Treat", "Treat all", "Test & treat"])
    assert [(r.strategy, r.status) for r in rows] == [("Test & treat", "ND"), ("No Treat", "D"), ("Treat all", "D")]


def test_one_strategy() -> None:
    assert icers([1], [2], ["s"]) == (Icer("s", 1, 2, None, None, None, "ND", (), 0),)


# --- the definition, pair by pair -------------------------------------------------------------------------------------

whole = st.integers(-6, 6)
points = st.lists(st.tuples(whole, whole), min_size=1, max_size=12)


def by_definition(cost: Sequence[int], effect: Sequence[int]) -> list[str]:
    """Status of each strategy from the words: all pairs for D, all mixes of two for ED, in exact arithmetic."""
    n = len(cost)
    status = ["ND"] * n
    for i in range(n):
        for j in range(n):
            no_worse = cost[j] <= cost[i] and effect[j] >= effect[i]
            if no_worse and ((cost[j], effect[j]) != (cost[i], effect[i]) or j < i):
                status[i] = "D"
    left = [i for i in range(n) if status[i] == "ND"]
    for i in left:
        for a in left:
            for b in left:
                if effect[a] < effect[i] < effect[b]:
                    share = Fraction(effect[i] - effect[a], effect[b] - effect[a])
                    if cost[a] + share * (cost[b] - cost[a]) < cost[i]:
                        status[i] = "ED"
    return status


@given(points)
def test_statuses_are_those_of_the_definition(pairs: list[tuple[int, int]]) -> None:
    cost, effect = zip(*pairs, strict=True)
    rows = icers(cost, effect)
    found = {r.place: r.status for r in rows}
    assert [found[i] for i in range(len(cost))] == by_definition(cost, effect)
    assert sorted(r.place for r in rows) == list(range(len(cost)))


@given(points)
def test_what_dominates_does(pairs: list[tuple[int, int]]) -> None:
    cost, effect = zip(*pairs, strict=True)
    on = {r.strategy: r for r in icers(cost, effect)}
    for row in on.values():
        by = [on[name] for name in row.by]
        if row.status == "D":
            assert by[0].cost <= row.cost
            assert by[0].effect >= row.effect
            assert by[0].status != "D"
        if row.status == "ED":
            low, high = by
            assert low.status == high.status == "ND"
            assert low.effect < row.effect < high.effect
            assert (row.cost - low.cost) * (high.effect - low.effect) > (high.cost - low.cost) * (
                row.effect - low.effect
            )


# --- laws -------------------------------------------------------------------------------------------------------------

reals = st.floats(-1e6, 1e6, allow_nan=False)
real_points = st.lists(st.tuples(reals, reals), min_size=1, max_size=30)


@given(real_points)
def test_ratios_never_fall_along_the_frontier(pairs: list[tuple[float, float]]) -> None:
    rows = [r for r in icers(*zip(*pairs, strict=True)) if r.status == "ND"]
    ratios = [r.icer for r in rows[1:]]
    assert all(ratio is not None and ratio > 0 for ratio in ratios)
    assert ratios == sorted(ratios)  # type: ignore[type-var]
    assert [r.place for r in rows] == frontier(*zip(*pairs, strict=True)).tolist()


@given(points, st.tuples(st.integers(0, 4), st.integers(0, 4)), st.data())
def test_a_dominated_strategy_changes_nothing(
    pairs: list[tuple[int, int]], worse: tuple[int, int], data: st.DataObject
) -> None:
    cost, effect = (list(x) for x in zip(*pairs, strict=True))
    i = data.draw(st.integers(0, len(cost) - 1))
    more = icers([*cost, cost[i] + worse[0]], [*effect, effect[i] - worse[1]])
    assert [r for r in more if r.status == "ND"] == [r for r in icers(cost, effect) if r.status == "ND"]


@given(points, st.randoms(use_true_random=False))
def test_the_order_put_in_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = sorted(pairs, key=lambda _: random.random())  # type: ignore[attr-defined]
    first = icers(*zip(*pairs, strict=True))
    second = icers(*zip(*shuffled, strict=True))
    assert [r[1:7] for r in first] == [r[1:7] for r in second]


@given(points, st.sampled_from([0.5, 2.0, 8.0]), st.sampled_from([0.25, 4.0]), whole, whole)
def test_units_and_origin_do_not_matter(
    pairs: list[tuple[int, int]], per_cost: float, per_effect: float, up: int, right: int
) -> None:
    cost, effect = (np.array(x, dtype=float) for x in zip(*pairs, strict=True))
    before = icers(cost, effect)
    after = icers(cost * per_cost + up, effect * per_effect + right)
    assert [(r.strategy, r.status, r.by) for r in before] == [(r.strategy, r.status, r.by) for r in after]
    scaled = [None if r.icer is None else r.icer * per_cost / per_effect for r in before]
    assert [r.icer for r in after] == scaled


def test_a_hundred_thousand_on_the_frontier() -> None:
    effect = np.arange(100_000, dtype=float)
    rows = icers(effect**2, effect)
    assert len(rows) == 100_000
    assert {r.status for r in rows} == {"ND"}
    assert rows[-1].icer == 2 * 99_999 - 1


@pytest.mark.parametrize(
    ("cost", "effect", "names", "words"),
    [
        ([], [], None, "one strategy at least"),
        ([1, 2], [1], None, "one number a strategy"),
        ([[1, 2]], [[1, 2]], None, "one number a strategy"),
        ([1, np.inf], [1, 2], None, "cost of strategy 2 is inf"),
        ([1, 2], [np.nan, 2], None, "effect of strategy 1 is nan"),
        ([1, 2], [1, 2], ["a"], "as many names"),
        ([1, 2], [1, 2], ["a", "a"], "two strategies are called 'a'"),
    ],
)
def test_bad_input_is_refused_in_words(cost: object, effect: object, names: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        icers(cost, effect, names)  # type: ignore[arg-type]


# --- rounding, and names ----------------------------------------------------------------------------------------------


def test_effects_that_differ_by_rounding_are_one_effect() -> None:
    rows = icers([100, 200], [0.3, 0.1 + 0.2])
    assert [(r.strategy, r.status, r.by) for r in rows] == [("1", "ND", ()), ("2", "D", ("1",))]
    rows = icers([0.1 + 0.2, 0.3], [1, 2])
    assert [(r.strategy, r.status) for r in rows] == [("2", "ND"), ("1", "D")]


@pytest.mark.parametrize("scale", [1.0, 1e-6, 1e9, 1 / 3])
def test_strategies_on_a_line_stay_though_rounding_bends_it(scale: float) -> None:
    effect = np.array([0.1, 0.2, 0.1 + 0.2, 0.4, 0.7 - 0.2]) * scale
    rows = icers(np.array([1.0, 2.0, 3.0, 4.0, 5.0]) * scale, effect)
    assert {r.status for r in rows} == {"ND"}
    assert [r.icer for r in rows[1:]] == pytest.approx([10.0] * 4)
    assert sorted(r.icer or 0 for r in rows) == [r.icer or 0 for r in rows]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=12), st.integers(0, 2**31))
def test_statuses_of_tenths_are_those_of_the_whole_numbers_they_stand_for(
    pairs: list[tuple[int, int]], seed: int
) -> None:
    # sums of tenths, added in random order, are off in their last digits; whole numbers are exact
    rng = np.random.default_rng(seed)
    cost, effect = (list(x) for x in zip(*pairs, strict=True))

    def tenths(n: int) -> float:
        parts = rng.multinomial(n, [0.25] * 4)
        return float(sum(rng.permutation(parts * 0.1)))

    found = {r.place: r.status for r in icers([tenths(c) for c in cost], [tenths(e) for e in effect])}
    exact = {r.place: r.status for r in icers(cost, effect)}
    same = [i for i in exact if exact[i] != found[i]]
    for i in same:  # of two that are one, either may be the one that stays
        assert pairs.count(pairs[i]) > 1
    assert sorted(found.values()) == sorted(exact.values())


def test_a_far_strategy_does_not_make_the_near_ones_one() -> None:
    near = icers([1, 2, 3], [1, 1.5, 1.75])
    far = icers([1, 2, 3, 1e18], [1, 1.5, 1.75, -1e18])
    assert [r[:7] for r in far if r.status == "ND"] == [r[:7] for r in near]


def test_series_and_mappings_go_by_their_names() -> None:
    cost, effect = {"a": 1.0, "b": 2.0, "c": 9.0}, {"c": 8.0, "b": 5.0, "a": 3.0}
    expected = icers([1, 2, 9], [3, 5, 8], ["a", "b", "c"])
    assert icers(pd.Series(cost), pd.Series(effect)) == expected
    assert icers(cost, effect) == expected
    assert icers(pd.Series(cost), [3, 5, 8]) == expected
    assert frontier(cost, effect).tolist() == [0, 1, 2]
    assert [r.strategy for r in icers(pd.Series([1.0, 2.0]), pd.Series([1.0, 2.0]))] == ["1", "2"]
    frame = pd.DataFrame({"cost": cost, "effect": effect})
    assert icers(frame["cost"], frame["effect"]) == expected
    for bad in ({"a": 1, "b": 2, "d": 3}, pd.Series([3.0, 5.0, 8.0]), pd.Series({"a": 1.0, "b": 2.0})):
        with pytest.raises(InputError, match="different names"):
            icers(pd.Series(cost), bad)
    with pytest.raises(InputError, match="effect of strategy 'b' is nan"):
        icers(pd.Series(cost), pd.Series({**effect, "b": np.nan}))
    with pytest.raises(InputError, match="names must be a list"):
        icers([1, 2, 3], [1, 2, 3], "abc")
    with pytest.raises(InputError, match="are masked"):
        icers(np.ma.array([1.0, 2.0], mask=[True, False]), [1, 2])


def test_the_table_goes_into_either_frame_with_its_names() -> None:
    rows = icers([1, 2, 9], [3, 5, 4], ["a", "b", "c"])
    for kind in (pd.DataFrame, polars.DataFrame):
        table = kind(rows)
        assert list(table.columns) == list(Icer._fields)
        assert list(table["strategy"]) == ["a", "b", "c"]


@pytest.mark.parametrize("effect", [[0, 0.1 + 0.2 - 0.3], [0.1 + 0.2 - 0.3, 0], [0, -(0.1 + 0.2 - 0.3)], [0, 5.6e-17]])
def test_next_to_no_effect_is_not_worth_its_price_beside_a_real_one(effect: list[float]) -> None:
    rows = icers([100, 200, 300], [*effect, 1])
    assert [(row.status, row.icer) for row in rows[:2]] == [("ND", None), ("ND", pytest.approx(200))]
    assert rows[2].status == ("ED" if effect[1] > effect[0] else "D")


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=7),
    st.sampled_from([1e9, 1e15, 1e16, 1e20, 1e100]),
)
def test_one_enormous_strategy_changes_no_other(pairs: list[tuple[int, int]], size: float) -> None:
    cost, effect = (list(x) for x in zip(*pairs, strict=True))
    near = {row.place: row for row in icers(cost, effect)}
    for more in ((size, max(effect) + 1), (size, -size), (max(cost) + 1, -size)):
        far = {row.place: row for row in icers([*cost, more[0]], [*effect, more[1]])}
        assert {place: far[place].status for place in near} == {place: row.status for place, row in near.items()}
        assert [far[place].icer for place in near] == [row.icer for row in near.values()]


def test_a_difference_too_large_to_be_told_is_refused() -> None:
    with pytest.raises(InputError, match="too large to be told"):
        icers([-1e308, 1e308], [0, 1])
    with pytest.raises(InputError, match="too large to be told"):
        icers([0, 1], [-1e308, 1e308])


def test_a_strategy_needs_a_name() -> None:
    with pytest.raises(InputError, match="name"):
        icers([1, 2], [1, 2], [None, "x"])
