"""How records become rows: one trial of all that tells of the same people, arms or differences, never both."""

import math
from statistics import NormalDist
from typing import Any

import pytest

from decide.evidence.rows import Rows, Used, rows_for
from decide.synthesis import ArmRow, ContrastRow
from tests.toy import Toy

SIGMA = 25.0
MEASURES = {
    "difference-percent-improvement": "as-is",
    "standardised-difference": "standardised",
    "odds-ratio": "odds-ratio",
    "risk-ratio": "not-used",
    "responders": "responders",
}


@pytest.fixture
def pen(toy: Toy) -> Toy:
    """Three treatments, an add-on, and the measures and cuts of shares."""
    for name in ("pen", "laser", "peel"):
        toy.procedure(name)
    toy.cream("balm", role="adjunct")
    for measure, how in MEASURES.items():
        toy.add("measure", scale="percent", measure=measure, how=how, reason="A toy.")
    for cut, at in (("half", 50), ("full", 95)):
        toy.add("cut", id=cut, scale="percent", says=f"{cut} better", threshold=at, spread=10, reason="A toy.")
    return toy


def arm(procedure: str, value: float, n: int | None = 25, **more: Any) -> dict[str, Any]:
    found = {"procedure": procedure, "measure": "percent-improvement", "value": value, "n": n, **more}
    return {key: x for key, x in found.items() if x is not None}


def share(procedure: str, value: float, cut: str, n: int = 20) -> dict[str, Any]:
    return arm(procedure, value, n, measure="responders", cut=cut)


def difference(procedure: str, comparator: str, value: float = 10, **more: Any) -> dict[str, Any]:
    base = {"measure": "difference-percent-improvement", "direction": "better", "n": 50}
    return {"procedure": procedure, "comparator": comparator, "value": value, **base, **more}


def told(procedure: str, comparator: str, **more: Any) -> dict[str, Any]:
    base = {"outcome": "x", "measure": "none", "direction": "better", "p_value": "0.05", "n": 100}
    return {"procedure": procedure, "comparator": comparator, **base, **more}


def rows(toy: Toy, concern: str = "scars", **switches: bool) -> Rows:
    return rows_for(toy.catalog(), concern, **switches)


def said(found: Rows) -> set[str]:
    """Every row in a word: the trial, its kind, what was held against what."""
    return {f"{u.trial} {u.kind} {u.effect}{f' over {u.against}' if u.against else ''}" for u in found.used}


def only(found: Rows) -> Used:
    (one,) = found.used
    return one


# ------------------------------------------------------------------ one trial of several records


def test_records_of_the_same_people_are_one_trial(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40)])
    pen.study("b", "scars", arm=[arm("placebo", 10)], same_people_as="a")
    pen.study("c", "scars", arm=[arm("laser", 30)], same_people_as="b")
    found = rows(pen)
    assert said(found) == {"a arm pen", "a arm placebo", "a arm laser"}
    assert set(found.trials) == {"a"}
    apart = rows(pen, overlaps=False)
    assert said(apart) == {"a arm pen", "b arm placebo", "c arm laser"}


def test_an_arm_that_two_records_tell_of_counts_once(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40), arm("placebo", 10)])
    pen.study("b", "scars", arm=[arm("pen", 44), arm("laser", 30)], same_people_as="a")
    found = rows(pen)
    assert said(found) == {"a arm pen", "a arm placebo", "a arm laser"}
    assert [(u.study.id, str(u.effect), u.reason, u.by) for u in found.unused] == [("b", "pen", "same people", "a")]


def test_what_is_on_the_scale_comes_before_a_share(pen: Toy) -> None:
    pen.study("a", "scars", arm=[share("pen", 50, "half"), share("placebo", 20, "half")])
    pen.study("b", "scars", arm=[arm("pen", 44), arm("placebo", 12)], same_people_as="a")
    assert {u.row.mean for u in rows(pen).used} == {44, 12}


def test_of_several_shares_the_one_whose_pooled_share_is_nearest_one_half_is_used_for_all_arms(pen: Toy) -> None:
    # at half: 90 and 20 in 100, pooled 55; fully: 60 and 5, pooled 32.5. Arm by arm the pen would be read at the one
    # cut and the placebo at the other, and what the cuts err by would not cancel
    pen.study("a", "scars", arm=[share("pen", 60, "full"), share("placebo", 5, "full")])
    pen.study("b", "scars", arm=[share("pen", 90, "half"), share("placebo", 20, "half")], same_people_as="a")
    found = rows(pen)
    assert {(u.study.id, u.row.cut) for u in found.used if isinstance(u.row, ArmRow)} == {("b", "half")}
    assert len(found.used) == 2


def test_arms_of_one_record_are_different_people(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40), arm("pen", 50), arm("placebo", 10)])
    assert sorted(u.row.mean for u in rows(pen).used) == [10, 40, 50]


# ------------------------------------------------------------------ arms or differences, never both


def test_a_trial_with_two_arms_gives_no_comparison_beside_them(pen: Toy) -> None:
    pen.study(
        "a", "scars", arm=[arm("pen", 40), arm("placebo", 10)], contrast=[difference("pen", "placebo", 25)],
        outcome=[told("laser", "placebo")],
    )  # fmt: skip
    found = rows(pen)
    assert said(found) == {"a arm pen", "a arm placebo"}
    assert {(str(u.effect), u.reason, u.by) for u in found.unused} == {
        ("pen", "same people", "a"), ("laser", "same people", "a"),
    }  # fmt: skip


def test_comparisons_come_before_an_arm_that_stands_alone(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40)], contrast=[difference("pen", "placebo", 25)])
    found = rows(pen)
    assert said(found) == {"a contrast pen over placebo"}
    assert [(str(u.effect), u.reason, u.by) for u in found.unused] == [("pen", "same people", "a")]


def test_an_arm_alone_is_a_row_where_there_is_nothing_to_compare(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40)], outcome=[told("pen", "baseline")])
    assert said(rows(pen)) == {"a arm pen"}


def test_no_trial_gives_arms_and_differences(catalog: Any) -> None:
    """Of the catalogue as it is."""
    for concern in catalog.concerns:
        by_trial: dict[str, set[type]] = {}
        for used in rows_for(catalog, concern).used:
            by_trial.setdefault(used.trial, set()).add(type(used.row))
        assert all(len(kinds) == 1 for kinds in by_trial.values())


# ------------------------------------------------------------------ loops


def test_the_comparison_that_closes_a_loop_is_left_out_and_says_why(pen: Toy) -> None:
    three = [difference("pen", "placebo"), difference("laser", "placebo"), difference("pen", "laser")]
    pen.study("a", "scars", contrast=three)
    found = rows(pen)
    # which one goes does not hang on how the file is ordered
    assert len(found.used) == 2
    (left,) = found.unused
    assert (left.reason, left.by) == ("same people", "a")
    kept = said(found)
    pen.facts[-1] = ("study", {**pen.facts[-1][1], "contrast": three[::-1]})
    assert said(rows(pen)) == kept


def test_figures_come_before_directions_where_they_would_close_a_loop(pen: Toy) -> None:
    pen.study(
        "a", "scars", contrast=[difference("pen", "placebo"), difference("laser", "placebo")],
        outcome=[told("pen", "laser"), told("pen", "placebo")],
    )  # fmt: skip
    found = rows(pen)
    assert [u.kind for u in found.used] == ["contrast", "contrast"]
    assert [u.reason for u in found.unused] == ["same people"]


def test_comparisons_in_two_kinds_close_no_loop(pen: Toy) -> None:
    both = [difference("pen", "placebo", subtype=kind) for kind in ("deep", "flat")]
    pen.study("a", "scars", contrast=both)
    assert [u.row.kinds for u in rows(pen).used] == [{"deep": 1.0}, {"flat": 1.0}]


# ------------------------------------------------------------------ figures by hand


def test_an_arm_varies_as_its_people_do(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40, 10), arm("laser", 30, 16, sd=12), arm("placebo", 10, None)])
    # 25²/10; 12²/16; of 40 people in three arms thirteen: 25²/13
    assert {str(u.effect): u.row.variance for u in rows(pen).used} == pytest.approx(
        {"pen": 62.5, "laser": 9, "placebo": 625 / 13}
    )


def test_a_share_stands_by_the_probit_of_it_off_the_ends_by_half_a_person(pen: Toy) -> None:
    pen.study("a", "scars", arm=[share("pen", 50, "half"), share("placebo", 0, "half", n=20)])
    found = {str(u.effect): u.row for u in rows(pen).used}
    normal = NormalDist()
    assert found["pen"].mean == pytest.approx(50)
    # p (1 − p) / (n φ²) with φ = 0.3989: 625 × 0.25 / (20 × 0.15915)
    assert found["pen"].variance == pytest.approx(625 * 0.25 / (20 * 0.159155), rel=1e-4)
    z = normal.inv_cdf(0.025)
    assert found["placebo"].mean == pytest.approx(50 + SIGMA * z)
    assert found["placebo"].variance == pytest.approx(625 * 0.025 * 0.975 / (20 * normal.pdf(z) ** 2))


@pytest.mark.parametrize(
    ("more", "mean", "sd"),
    [
        # 95 in 100 lie within ± 1.96 standard errors
        ({"low": 4.0, "high": 16.0}, 10, 12 / (2 * 1.959964)),
        # 50 people in two arms of 25: 25 √(4 / 50)
        ({}, 10, 25 * math.sqrt(4 / 50)),
        ({"measure": "standardised-difference", "value": 0.4, "low": 0.1, "high": 0.7}, 10, 15 / (2 * 1.959964)),
        # ln of an odds ratio over π/√3 is a standardised difference
        ({"measure": "odds-ratio", "value": math.e, "low": 1.0, "high": math.e**2}, 25 * math.sqrt(3) / math.pi,
         25 * math.sqrt(3) / math.pi * 2 / (2 * 1.959964)),
    ],
)  # fmt: skip
def test_a_difference_is_brought_to_the_scale(pen: Toy, more: dict[str, Any], mean: float, sd: float) -> None:
    pen.study("a", "scars", contrast=[difference("pen", "placebo", **more)], participants=None)
    one = only(rows(pen))
    assert isinstance(one.row, ContrastRow)
    assert (one.row.treatment, one.row.comparator) == (("pen",), ("placebo",))
    assert (one.row.mean, math.sqrt(one.row.variance)) == pytest.approx((mean, sd), rel=1e-5)


@pytest.mark.parametrize(
    ("more", "mean", "variance"),
    [
        # two-sided 0.05: 1.96 standard errors of 25 √(4/100) = 5
        ({}, 5 * 1.959964, 25),
        ({"direction": "worse"}, -5 * 1.959964, 25),
        # what chance could have made would have been called none: as even over ± 1.96 standard errors
        ({"direction": "no-difference"}, 0, 25 * (1 + 1.959964**2 / 3)),
        # "below 0.001" says no more than its bound, none is read as stronger, and how much more is as open as its size
        ({"p_value": "<0.00001"}, 5 * 3.290527, 25 * (1 + 3.290527**2)),
        ({"p_value": "<1e-16"}, 5 * 3.290527, 25 * (1 + 3.290527**2)),
        ({"p_value": "0.000"}, 5 * 3.290527, 25 * (1 + 3.290527**2)),
        ({"p_value": "2 x 10-5"}, 5 * 3.290527, 25 * (1 + 3.290527**2)),
    ],
)
def test_a_direction_is_what_its_p_value_says(pen: Toy, more: dict[str, Any], mean: float, variance: float) -> None:
    pen.study("a", "scars", outcome=[told("pen", "placebo", **more)])
    one = only(rows(pen))
    assert one.kind == "direction"
    assert (one.row.mean, one.row.variance) == pytest.approx((mean, variance), rel=1e-5)


def test_a_direction_without_a_p_value_or_without_people_says_nothing(pen: Toy) -> None:
    pen.study("a", "scars", outcome=[told("pen", "placebo", p_value=None)])
    pen.study("b", "scars", outcome=[told("pen", "placebo", n=None)], participants=None)
    found = rows(pen)
    assert not found.used
    assert {u.study.id: u.reason for u in found.unused} == {"a": "no p-value", "b": "no people"}


def test_an_add_on_against_a_dummy_is_held_against_its_base(pen: Toy) -> None:
    pen.study("a", "scars", outcome=[told("balm", "placebo", base="pen")])
    one = only(rows(pen))
    assert (str(one.effect), str(one.against)) == ("balm on pen", "pen")
    assert (one.row.treatment, one.row.comparator) == (("pen", "balm"), ("pen",))


# ------------------------------------------------------------------ what is refused, with a reason


@pytest.mark.parametrize(
    ("contrast", "reason"),
    [
        (difference("pen", "other"), "mixture"),
        (difference("pen", "placebo", measure="risk-ratio"), "measure"),
        (difference("pen", "placebo", 0, measure="odds-ratio"), "zero ratio"),
        (difference("pen", "placebo", design="expert-opinion"), "design"),
    ],
)
def test_a_difference_that_cannot_be_used_says_why(pen: Toy, contrast: dict[str, Any], reason: str) -> None:
    pen.study("a", "scars", contrast=[contrast])
    found = rows(pen)
    assert not found.used
    assert [u.reason for u in found.unused] == [reason]


def test_a_direction_over_a_mixture_is_none(pen: Toy) -> None:
    pen.study("a", "scars", outcome=[told("pen", "other")])
    assert not rows(pen).used


@pytest.mark.parametrize("design", ["vendor-claim", "expert-opinion", "guideline", "laboratory"])
def test_what_measures_nobody_is_no_row(pen: Toy, design: str) -> None:
    pen.study("a", "scars", design=design, arm=[arm("pen", 40), arm("placebo", 10)])
    found = rows(pen)
    assert not found.used
    assert {u.reason for u in found.unused} == {"design"}


def test_nearly_all_there_is_to_gain_in_one_arm_alone_is_refused(pen: Toy) -> None:
    # a share of 50 past 95 stands at 95, of 100 in all; beside a control it is believed
    pen.study("a", "scars", design="case-series", arm=[share("pen", 50, "full")])
    assert [u.reason for u in rows(pen).unused] == ["one arm"]
    pen.study("b", "scars", arm=[share("laser", 50, "full"), share("placebo", 5, "full")])
    assert said(rows(pen)) == {"b arm laser", "b arm placebo"}


# ------------------------------------------------------------------ bias


@pytest.mark.parametrize(
    ("fields", "of_sigma"),
    [
        ({}, 0),
        ({"blinded": False}, 0.16),
        ({"blinded": None}, 0.08),  # nobody says whether the judge knew: half a doubt
        ({"design": "non-randomised"}, 0.32),
        # √(0.32² + 0.16² + 0.2²)
        ({"design": "non-randomised", "blinded": False, "interest": "The maker."}, math.sqrt(0.168)),
        ({"interest": "The maker."}, 0.2),
        ({"design": "split-body-rct"}, 0),
        ({"design": "case-series"}, 0.4),
    ],
)
def test_bias_is_by_design_blinding_and_interest(pen: Toy, fields: dict[str, Any], of_sigma: float) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40), arm("placebo", 10)], **fields)
    found = rows(pen)
    assert [u.bias for u in found.used] == pytest.approx([SIGMA * of_sigma] * 2)
    assert found.trials["a"].bias == pytest.approx(SIGMA * of_sigma)


def test_a_trial_of_several_records_has_the_worst_of_their_biases(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40)])
    pen.study("b", "scars", arm=[arm("placebo", 10)], same_people_as="a", blinded=False)
    assert rows(pen).trials["a"].bias == pytest.approx(SIGMA * 0.16)


def test_one_arm_of_a_trial_without_its_control_is_a_series(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40)])
    assert only(rows(pen)).bias == pytest.approx(SIGMA * 0.4)


def test_halves_of_one_face_share_what_people_differ_by(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40), arm("placebo", 10)], design="split-body-rct")
    pen.study("b", "scars", arm=[arm("pen", 40), arm("placebo", 10)])
    found = rows(pen).trials
    assert (found["a"].paired, found["b"].paired) == (0.5, 0)


# ------------------------------------------------------------------ kinds


@pytest.fixture
def kinds(pen: Toy) -> Toy:
    groups = [("ice", "pitted", 0.6, False), ("box", "pitted", 0.2, False), ("all-pitted", "pitted", None, True),
              ("raised", "raised", 0.2, False)]  # fmt: skip
    subtype = [
        {k: v for k, v in (("id", i), ("name", i), ("group", g), ("share", s), ("whole", w)) if v is not None}
        for i, g, s, w in groups
    ]
    return pen.add(
        "concern", id="marks", name="Marks", lends=0.5, lends_reason="A toy.", share_reason="A toy.",
        default_kind="all-pitted", default_reason="A toy.", subtype=subtype,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("subtype", "shares"),
    [("ice", {"ice": 1.0}), ("raised", {"raised": 1.0}), ("all-pitted", {"ice": 0.75, "box": 0.25})],
)
def test_the_people_of_a_record_are_a_mixture_of_kinds(kinds: Toy, subtype: str, shares: Any) -> None:
    kinds.study("a", "marks", subtype=subtype, arm=[arm("pen", 40), arm("placebo", 10)])
    assert all(u.row.kinds == (shares and pytest.approx(shares)) for u in rows(kinds, "marks").used)


def test_people_of_several_groups_are_a_row_of_each_with_the_doubt_of_how_far_the_others_depart(kinds: Toy) -> None:
    kinds.study("a", "marks", arm=[arm("pen", 40), arm("placebo", 10)])
    found = rows(kinds, "marks")
    shares = {u.trial: u.row.kinds for u in found.used}
    assert shares == {
        "a (as pitted)": pytest.approx({"ice": 0.75, "box": 0.25}), "a (as raised)": pytest.approx({"raised": 1.0}),
    }  # fmt: skip
    # a fifth are not pitted, four fifths not raised: √2 of the spread of gains, by that part
    assert {name: mark.window for name, mark in found.trials.items()} == pytest.approx(
        {"a (as pitted)": math.sqrt(2) * 20 * 0.2, "a (as raised)": math.sqrt(2) * 20 * 0.8}
    )


def test_two_kinds_of_one_people_are_two_trials(kinds: Toy) -> None:
    """Each has a level of its own: what placebo came to in one kind says nothing of the other."""
    for kind, level in (("ice", 24), ("box", 2)):
        kinds.study(
            f"of-{kind}", "marks", subtype=kind, arm=[arm("pen", level + 40), arm("placebo", level)],
            same_people_as=None if kind == "ice" else "of-ice",
        )  # fmt: skip
    assert len(rows(kinds, "marks").trials) == 2


def test_several_comparisons_of_one_pair_are_averaged(pen: Toy) -> None:
    """Two devices against one arm: 10 and 20 of a variance of 50 each, of which half is that arm's."""
    pen.study("a", "scars", contrast=[difference("pen", "placebo", x) for x in (10, 20)])
    found = rows(pen)
    one = only(found)
    assert (one.row.mean, one.row.variance) == pytest.approx((15, 25 + 25 / 2))
    assert [u.reason for u in found.unused] == ["averaged"]


def test_a_comparison_may_name_a_kind_of_its_own(kinds: Toy) -> None:
    kinds.study("a", "marks", subtype="ice", contrast=[difference("pen", "placebo", subtype="box")])
    assert only(rows(kinds, "marks")).row.kinds == {"box": 1.0}


# ------------------------------------------------------------------ foundations


def test_what_is_had_with_anything_is_no_base(pen: Toy) -> None:
    pen.add("foundation", concern="scars", procedure="peel", text="With anything.", source="one")
    pen.study("a", "scars", arm=[arm("laser", 40, base="peel"), arm("placebo", 10)])
    found = {str(u.effect): u.row.treatment for u in rows(pen).used}
    assert found["laser on peel"] == ("laser",)
    # for one kind of it alone it stays a base
    pen.facts[-2] = ("foundation", {**pen.facts[-2][1], "kind": "deep"})
    assert {str(u.effect): u.row.treatment for u in rows(pen).used}["laser on peel"] == ("peel", "laser")


# ------------------------------------------------------------------ pooled results


def test_a_pooled_result_stands_beside_the_arms_of_its_own_record(pen: Toy) -> None:
    pooled = difference("pen", "placebo", 20, studies=6, n=400)
    pen.study("a", "scars", arm=[arm("pen", 40), arm("laser", 30)], contrast=[pooled])
    found = rows(pen)
    assert said(found) == {"a arm pen", "a arm laser", "a (pooled) pooled pen over placebo"}
    assert rows(pen, pooled=False).used == tuple(u for u in found.used if u.kind == "arm")


def test_a_pooled_result_counts_for_the_people_that_no_row_has_yet(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40, 50), arm("placebo", 10, 50)])
    pen.study("r", "scars", design="meta-analysis", contrast=[difference("pen", "placebo", 20, studies=6, n=400)])
    found = next(u for u in rows(pen).used if u.kind == "pooled")
    # 400 people, of whom 100 are counted by their own arms: 625 × 4 / 400, over the three quarters that are left
    assert found.row.variance == pytest.approx(6.25 / 0.75)
    assert found.bias == pytest.approx(SIGMA * 0.12)
    assert isinstance(found.row, ContrastRow)
    assert found.row.studies == 6


def test_a_pooled_result_whose_people_all_have_rows_is_left_out(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40, 50), arm("placebo", 10, 50)])
    pen.study("r", "scars", design="meta-analysis", contrast=[difference("pen", "placebo", 20, studies=6, n=104)])
    found = rows(pen)
    assert [u.kind for u in found.used] == ["arm", "arm"]
    assert [(u.study.id, u.reason) for u in found.unused] == [("r", "counted")]


def test_of_two_pooled_results_of_one_comparison_the_larger_counts(pen: Toy) -> None:
    for name, n in (("r", 300), ("s", 500)):
        pen.study(name, "scars", design="meta-analysis", contrast=[difference("pen", "placebo", 20, studies=6, n=n)])
    found = rows(pen)
    assert said(found) == {"s pooled pen over placebo"}
    assert [(u.study.id, u.reason, u.by) for u in found.unused] == [("r", "overlaps", "s")]


# ------------------------------------------------------------------ switches


def test_directions_can_be_left_out(pen: Toy) -> None:
    pen.study("a", "scars", outcome=[told("pen", "placebo")])
    assert rows(pen).used
    assert not rows(pen, directions=False).used


def test_a_pooled_result_that_does_not_say_of_how_many_counts_for_as_many_as_its_range_amounts_to(pen: Toy) -> None:
    pen.study("a", "scars", arm=[arm("pen", 40, 50), arm("placebo", 10, 50)])
    # ± 20/3.92: that of 625 × 4 / 96 people, of whom a hundred have rows; twice as narrow, that of 384
    for name, reach, used in (("r", 10, False), ("s", 5, True)):
        span = {"n": None, "low": 20 - reach, "high": 20 + reach}
        pen.study(
            name,
            "scars",
            design="meta-analysis",
            participants=None,
            contrast=[difference("pen", "placebo", 20, **span)],
        )
        found = rows(pen)
        assert any(item.study.id == name for item in found.used) is used
        if not used:
            assert [(one.study.id, one.reason) for one in found.unused] == [(name, "no count")]
