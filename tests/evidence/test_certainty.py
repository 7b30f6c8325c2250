"""Stars by domains and caps, on toys: every share, range and p-value by hand.

τ = 10, h = 5, s = 20, people differ by 25, noticeable is 10. A difference of two arms of n varies by V = 1250/n + 50,
so with a hundred an arm by 62.5; of two such trials the gain is believed as 400 : 31.25, ± √29.
"""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.catalog import Catalog
from decide.evidence.benefit import synthesis_of
from decide.evidence.certainty import Certainty, Working, certainty_of, regions, steps
from decide.evidence.index import Effect
from decide.evidence.informing import INACTIVE
from tests.shipped import CATALOG
from tests.toy import Toy

PEN = Effect("pen")


@pytest.fixture
def pen(toy: Toy) -> Toy:
    toy.add("measure", scale="percent", measure="difference-percent-improvement", how="as-is", reason="A toy.")
    return toy.procedure("pen").procedure("laser").procedure("shot")


def arm(procedure: str, value: float, n: int = 100) -> dict[str, Any]:
    return {"procedure": procedure, "measure": "percent-improvement", "value": value, "n": n}


def trial(
    toy: Toy, name: str, seen: float, n: int = 100, *, of: str = "pen", over: str = "placebo", **more: Any
) -> Toy:
    """A trial that saw so much between two arms of n each."""
    return toy.study(
        name, more.pop("concern", "lines"), arm=[arm(of, 8 + seen, n), arm(over, 8, n)],
        **{"participants": 2 * n, **more},
    )  # fmt: skip


def series(toy: Toy, name: str, value: float = 60, n: int = 100, **more: Any) -> Toy:
    return toy.study(name, "lines", arm=[arm("pen", value, n)], design="case-series", participants=n, **more)


def told(toy: Toy, name: str, **more: Any) -> Toy:
    result = {"procedure": "pen", "comparator": "placebo", "outcome": "x", "measure": "none", "direction": "better"}
    design = {"design": more.pop("design")} if "design" in more else {}
    return toy.study(name, "lines", outcome=[{**result, **more}], **design)


def judged(toy: Toy | Catalog, concern: str = "lines", kind: str = "", effect: Effect = PEN) -> Certainty:
    return certainty_of(toy.catalog() if isinstance(toy, Toy) else toy, concern, kind, effect)


def lost(found: Certainty) -> dict[str, int]:
    """What each domain takes off, where it takes anything."""
    return {one.domain: one.stars for one in found.working.lost if one.stars}


def caps(found: Certainty) -> dict[str, int]:
    return {one.limit: one.stars for one in found.working.caps}


def value(working: Working, domain: Any) -> float | None:
    one = working.of(domain)
    assert one is not None
    return one.value


@pytest.fixture
def two(pen: Toy) -> Toy:
    """Two blinded trials of a hundred an arm that agree."""
    return trial(trial(pen, "a", 40), "b", 40)


def test_two_large_blinded_trials_that_agree_have_five_stars(two: Toy) -> None:
    found = judged(two)
    assert (found.stars, lost(found), caps(found)) == (5, {}, {})
    assert [one.domain for one in found.working.lost] == [
        "bias", "indirectness", "imprecision", "heterogeneity", "incoherence", "reporting",
    ]  # fmt: skip
    assert (found.working.people, found.working.studies) == (400, 2)
    assert found.layers == {"clinical": 2, "preclinical": 0, "mechanistic": 0}


# ------------------------------------------------------------------ thresholds


@pytest.mark.parametrize(("share", "stars"), [(1, 0), (0.7, 0), (0.69, 1), (0.4, 1), (0.39, 2), (0, 2)])
def test_where_more_is_better_less_costs_stars(share: float, stars: int) -> None:
    assert steps(share, 0.7, 0.4) == stars


@pytest.mark.parametrize(("share", "stars"), [(0, 0), (0.2, 0), (0.21, 1), (0.5, 1), (0.51, 2), (1, 2)])
def test_where_less_is_better_more_costs_stars(share: float, stars: int) -> None:
    assert steps(share, 0.2, 0.5) == stars


@pytest.mark.parametrize(
    ("low", "high", "entered"),
    [(12, 30, "gain"), (-5, 5, "little"), (-30, -12, "loss"), (5, 30, "little gain"), (-12, 30, "loss little gain"),
     (-30, 5, "loss little")],
)  # fmt: skip
def test_a_range_enters_a_loss_too_little_to_notice_or_a_gain(low: float, high: float, entered: str) -> None:
    names = ("loss", "little", "gain")
    assert " ".join(n for n, inside in zip(names, regions(low, high, 10), strict=True) if inside) == entered


# ------------------------------------------------------------------ bias


def test_bias_is_by_the_share_of_comparisons_that_are_blinded_and_randomised(pen: Toy) -> None:
    trial(trial(pen, "a", 40), "b", 40, blinded=False)
    found = judged(pen)
    # the open one varies by 16 more: 1/62.5 against 1/78.5
    assert value(found.working, "bias") == pytest.approx(78.5 / (62.5 + 78.5), rel=1e-4)
    assert (found.stars, lost(found)) == (4, {"bias": 1})


@pytest.mark.parametrize("more", [{"blinded": False}, {"blinded": None}, {"design": "non-randomised"}])
def test_where_none_is_blinded_and_randomised_two_stars_are_lost(pen: Toy, more: dict[str, Any]) -> None:
    trial(trial(pen, "a", 60, **more), "b", 60, **more)
    found = judged(pen)
    assert value(found.working, "bias") in (0, None)
    assert lost(found)["bias"] == 2


def test_levels_are_no_part_of_what_comparisons_say(pen: Toy) -> None:
    """A sound trial beside series is all of what comparisons say; a quarter of a figure is told by its share apart."""
    trial(pen, "a", 40, 12)
    for name in "bcd":
        series(pen, name, 60, 400)
    found = judged(pen)
    assert value(found.working, "bias") == pytest.approx(1)
    assert "series" not in caps(found)


def test_without_a_comparison_there_is_no_share_and_two_stars_are_lost(pen: Toy) -> None:
    series(pen, "a", 60, 400)
    found = judged(pen)
    assert value(found.working, "bias") is None
    assert lost(found)["bias"] == 2
    assert caps(found)["series"] == 2


@pytest.mark.parametrize("concern", [c.id for c in CATALOG.concerns.values()])
def test_domains_of_the_catalogue_follow_the_rules(concern: str) -> None:
    """By the shares and tests themselves: bias, series and incoherence of every effect of every kind."""
    catalog = CATALOG
    for kind in [k.id for k in catalog.concerns[concern].subtype] or [""]:
        found = synthesis_of(catalog, concern, kind)
        for effect in found.effects:
            if not found.studied(effect) or (effect.treatment in INACTIVE and not effect.adjunct):
                continue
            within = found.shares(effect).within
            sound = {
                name
                for name, rows in found.trials.items()
                if {"rct", "split-body-rct"} >= {r.study.design for r in rows} and all(r.study.blinded for r in rows)
            }
            judged_so = certainty_of(catalog, concern, kind, effect).working
            whole = sum(within.values())
            assert judged_so.series == (whole < 0.005)
            share = sum(v for name, v in within.items() if name in sound) / whole if whole >= 0.005 else 0
            bias, clash = judged_so.of("bias"), judged_so.of("incoherence")
            assert bias is not None
            assert clash is not None
            assert bias.stars == (0 if share >= 0.7 else 1 if share >= 0.4 else 2)
            least = min([1.0, *(test.p for test in found.tests(effect) if test.testable)])
            assert clash.stars == (0 if least >= 0.1 else 1 if least >= 0.01 else 2)


# ------------------------------------------------------------------ indirectness


@pytest.fixture
def kinds(pen: Toy) -> Toy:
    subtype = [{"id": k, "name": k, "share": s} for k, s in (("ice", 0.5), ("box", 0.25), ("roll", 0.25))]
    return pen.add(
        "concern", id="marks", name="Marks", lends=1, lends_reason="A toy.", share_reason="A toy.", subtype=subtype
    )


@pytest.mark.parametrize(
    ("studied", "asked", "elsewhere", "stars"),
    [("ice", "ice", 0, 0), ("", "ice", 0.5, 1), ("", "box", 0.75, 2), ("ice", "box", 1, 2), ("ice", "", 0, 0)],
)
def test_indirectness_is_the_share_of_people_of_another_kind(
    kinds: Toy, studied: str, asked: str, elsewhere: float, stars: int
) -> None:
    at = {"concern": "marks", "subtype": studied}
    trial(trial(kinds, "a", 40, **at), "b", 40, **at)
    found = judged(kinds, "marks", asked)
    assert value(found.working, "indirectness") == pytest.approx(elsewhere)
    assert lost(found) == ({"indirectness": stars} if stars else {})


def test_people_of_the_other_sex_are_others(pen: Toy) -> None:
    subtype = [{"id": k, "name": k, "sex": s} for k, s in (("hers", "female"), ("his", "male"))]
    pen.add("concern", id="locks", name="Locks", lends=1, lends_reason="A toy.", subtype=subtype)
    at = {"concern": "locks", "subtype": "hers"}
    trial(trial(pen, "a", 40, **at), "b", 40, sex="male", **at)
    assert value(judged(pen, "locks", "hers").working, "indirectness") == pytest.approx(0.5)
    assert lost(judged(pen, "locks", "hers")) == {"indirectness": 1}


# ------------------------------------------------------------------ imprecision and heterogeneity


@pytest.mark.parametrize(
    ("seen", "n", "imprecise", "heterogeneous"),
    [
        # of 25 an arm: V = 100, gain 0.8 of what was seen ± √80, 95 in 100 within 17.5; a new trial within 22.3
        (40, 25, 0, 1),  # 32: 14.5 to 49.5; 9.7 to 54.3
        (20, 25, 1, 0),  # 16: −1.5 to 33.5; −6.3 to 38.3
        (15, 25, 1, 1),  # 12: −5.5 to 29.5; −10.3 to 34.3
        (5, 25, 2, 0),  # 4: −13.5 to 21.5 on both sides of what can be seen
        (0, 25, 2, 0),
        (-40, 25, 0, 1),  # a sure loss is as sure
        (0, 10**6, 0, 2),  # nought ± 6.7: 95 in 100 within 13.1
    ],
)
def test_imprecision_counts_what_the_range_enters_and_heterogeneity_what_a_new_trial_s_does_beyond(
    pen: Toy, seen: float, n: int, imprecise: int, heterogeneous: int
) -> None:
    found = judged(trial(pen, "a", seen, n))
    if n > 25:
        # V = 50: ± √(400 × 50 / 450) alone; a second trial makes it 25
        found = judged(trial(pen, "b", seen, n))
        assert 1.96 * math.sqrt(400 * 25 / 425) < 10 < 1.96 * math.sqrt(400 * 25 / 425 + 50)
    assert (value(found.working, "imprecision"), value(found.working, "heterogeneity")) == (imprecise, heterogeneous)


def test_a_sure_nothing_loses_none_for_imprecision(pen: Toy) -> None:
    found = judged(trial(trial(pen, "a", 0, 10**6), "b", 0, 10**6))
    assert "imprecision" not in lost(found)


# ------------------------------------------------------------------ incoherence


@pytest.mark.parametrize(("apart", "stars"), [(20, 0), (30, 1), (40, 2)])
def test_incoherence_is_by_the_least_p_of_direct_against_indirect(pen: Toy, apart: float, stars: int) -> None:
    # pen over placebo 60 directly; through the laser 60 − apart. Three differences of 62.5 each tell of the gap
    trial(trial(pen, "a", 60), "b", 40, of="laser")
    trial(pen, "c", 20 - apart, of="pen", over="laser")
    found = judged(pen)
    p = math.erfc(apart / math.sqrt(3 * 62.5) / math.sqrt(2))
    # two tests of the pen, over placebo and over the laser, are the same gap, and no two chances
    assert value(found.working, "incoherence") == pytest.approx(p, rel=1e-4)
    assert lost(found).get("incoherence", 0) == stars
    assert found.disagree is (stars > 0)


def test_conflict_lowers_stars(pen: Toy) -> None:
    """More trials, fewer stars: nothing is claimed to rise with more evidence."""
    trial(trial(pen, "a", 60), "d", 60)
    agreeing = judged(pen).stars
    trial(trial(pen, "b", 40, of="laser"), "c", -25, of="pen", over="laser")
    assert judged(pen).stars < agreeing


def test_where_nothing_can_be_tested_nothing_is_taken_off_and_it_is_told_apart(two: Toy) -> None:
    assert value(judged(two).working, "incoherence") is None
    assert not judged(two).disagree


# ------------------------------------------------------------------ reporting


@pytest.mark.parametrize(("interested", "stars"), [("a", 0), ("ab", 1)])
def test_a_star_is_lost_where_more_than_half_is_from_who_gains_by_it(pen: Toy, interested: str, stars: int) -> None:
    for name in "ab":
        trial(pen, name, 40, interest="The maker." if name in interested else "")
    found = judged(pen)
    # an interest adds (0.2 × 25)² = 25 to what a difference varies by
    share = 62.5 / (62.5 + 87.5) if interested == "a" else 1
    assert value(found.working, "reporting") == pytest.approx(share, rel=1e-4)
    assert lost(found).get("reporting", 0) == stars


@pytest.mark.parametrize(("second", "stars"), [(24, 1), (25, 0)])
def test_a_star_is_lost_where_every_study_is_small(pen: Toy, second: int, stars: int) -> None:
    trial(trial(pen, "a", 60, 24), "b", 60, second)
    assert lost(judged(pen)).get("reporting", 0) == stars


# ------------------------------------------------------------------ caps


@pytest.mark.parametrize(("n", "capped"), [(3, True), (4, False)])
def test_what_is_more_assumed_than_found_has_two_at_the_most(pen: Toy, n: int, capped: bool) -> None:
    # V = 1250/3 + 50 = 466.7 against 400; 1250/4 + 50 = 362.5
    found = judged(trial(pen, "a", 90, n))
    assert ("assumption" in caps(found)) is capped
    if capped:
        assert found.working.caps[0].value == pytest.approx(466.667 / 866.667, rel=1e-4)
        assert found.stars <= 2


def test_a_single_study_has_three_at_the_most(pen: Toy) -> None:
    found = judged(trial(pen, "a", 60, 10**4))
    assert (found.stars, lost(found), caps(found)) == (3, {}, {"one study": 3})


def test_two_records_of_the_same_people_are_a_single_study(pen: Toy) -> None:
    trial(pen, "a", 60, 10**4)
    trial(pen, "b", 60, 10**4, over="laser", same_people_as="a")
    assert caps(judged(pen)) == {"one study": 3}


def test_a_pooled_result_is_not_a_single_study(pen: Toy) -> None:
    pooled = {
        "procedure": "pen", "comparator": "placebo", "measure": "difference-percent-improvement", "value": 60,
        "n": 4000, "studies": 6, "direction": "better",
    }  # fmt: skip
    pen.study("r", "lines", design="meta-analysis", contrast=[pooled], participants=4000)
    assert "one study" not in caps(judged(pen))


def test_series_alone_have_two_at_the_most(pen: Toy) -> None:
    for name in "abcdef":
        series(pen, name, 95, 4000)
    found = judged(pen)
    assert caps(found)["series"] == 2
    assert found.stars <= 2
    assert value(found.working, "bias") in (0, None)
    # one comparison beside them lifts it
    assert "series" not in caps(judged(trial(pen, "z", 40)))


def test_what_has_no_figure_has_one_at_the_most(pen: Toy) -> None:
    found = judged(told(pen, "a"))
    assert (found.stars, caps(found), found.working.studies) == (1, {"no figure": 1}, 1)


@pytest.mark.parametrize("layer", ["preclinical", "mechanistic"])
def test_a_mouse_or_a_mechanism_is_one_star(pen: Toy, layer: str) -> None:
    found = judged(told(pen, "a", layer=layer))
    assert (found.stars, caps(found)) == (1, {"laboratory": 1})


@pytest.mark.parametrize("about", ["healthy", "satisfaction", "prevention", "harm", "relapse", "other"])
def test_what_is_about_something_else_adds_nothing(pen: Toy, about: str) -> None:
    assert judged(told(pen, "a", about=about)).stars == 0


def test_nothing_known_is_no_star(pen: Toy) -> None:
    found = judged(pen)
    assert (found.stars, caps(found)) == (0, {"nothing": 0})


def test_a_claim_is_no_star(pen: Toy) -> None:
    found = judged(told(pen, "a", design="vendor-claim"))
    assert (found.stars, caps(found)) == (0, {"claims": 0})


def test_what_differs_from_what_the_id_says_is_no_star(pen: Toy) -> None:
    assert judged(told(pen, "a", differs=["drug"])).stars == 0
    trial(pen, "b", 60, differs=["population"])
    assert judged(pen).stars == 0


@pytest.mark.parametrize("use", ["display", "compare"])
def test_what_is_shown_or_compared_is_no_star(pen: Toy, use: str) -> None:
    assert judged(trial(pen, "a", 60, use=use)).stars == 0


def test_stars_are_of_the_kind_that_is_asked_about(pen: Toy) -> None:
    """Kinds that lend nothing: what was studied in one has no figure, and no star, in the other."""
    subtype = [{"id": k, "name": k, "group": k} for k in ("dark", "red")]
    pen.add("concern", id="spots", name="Spots", default_kind="dark", default_reason="A toy.", subtype=subtype)
    at = {"concern": "spots", "subtype": "dark"}
    trial(trial(pen, "a", 40, **at), "b", 40, **at)
    assert judged(pen, "spots", "dark").stars == judged(pen, "spots").stars == 5
    assert judged(pen, "spots", "red").stars == 0


# ------------------------------------------------------------------ laws

FACTS = st.fixed_dictionaries(
    {
        "seen": st.floats(-60, 80), "n": st.sampled_from([3, 10, 25, 100, 2000]), "blinded": st.booleans(),
        "design": st.sampled_from(["rct", "split-body-rct", "non-randomised"]), "interest": st.sampled_from(["", "x"]),
    }
)  # fmt: skip


def made(tmp: Any, rules: Any, *studies: dict[str, Any]) -> Toy:
    toy = Toy(tmp.mktemp("law") / "toy", rules).procedure("pen").procedure("laser")
    for i, study in enumerate(studies):
        trial(toy, f"t{i}", **study)
    return toy


@given(st.lists(FACTS, min_size=1, max_size=3))
def test_stars_are_five_less_what_is_lost_and_under_every_cap(
    tmp_path_factory: Any, rules: Any, studies: list[dict[str, Any]]
) -> None:
    found = judged(made(tmp_path_factory, rules, *studies))
    left = 5 - sum(one.stars for one in found.working.lost)
    assert found.stars == max(0, min([left, *(cap.stars for cap in found.working.caps)]))
    assert 0 <= found.stars <= 5


@given(FACTS)
def test_that_the_judge_knew_never_raises_the_stars_of_a_trial(
    tmp_path_factory: Any, rules: Any, study: dict[str, Any]
) -> None:
    blinded, open_ = (
        judged(made(tmp_path_factory, rules, {**study, "blinded": known})).stars for known in (True, False)
    )
    assert open_ <= blinded


@given(FACTS, st.integers(5, 5000), st.floats(20, 100))
def test_a_claim_moves_neither_a_star_nor_a_figure(
    tmp_path_factory: Any, rules: Any, study: dict[str, Any], n: int, claimed: float
) -> None:
    from decide.evidence.benefit import synthesis_of

    toy = made(tmp_path_factory, rules, study)
    before, gain = judged(toy), synthesis_of(toy.catalog(), "lines", "").gain(PEN)
    trial(toy, "claim", claimed - 8, n, design="vendor-claim")
    after, moved = judged(toy), synthesis_of(toy.catalog(), "lines", "").gain(PEN)
    assert after.working == before.working
    assert (moved.mean, moved.sd) == (gain.mean, gain.sd)


def test_a_harm_is_no_vote_on_whether_a_thing_works(catalog: Catalog) -> None:
    # finasteride's sexual side effects are worse than placebo's; that says nothing against its effect on hair
    from decide.evidence.rows import rows_for

    assert all(used.study.id != "lee-2019-5ari-sexual" for used in rows_for(catalog, "hair-loss").used)
