"""Doing nothing is a row, what has no figure is none, and every answer goes by the same gains: on toys."""

import math
from typing import Any

import numpy as np
import pytest

from decide.answers.card import card
from decide.answers.comparison import compare
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import other_methods, sureness
from decide.answers.why import why
from decide.catalog import Catalog
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect
from tests.posed import posed
from tests.toy import Toy


def had(toy: Toy, name: str, price: float = 100, **more: Any) -> Toy:
    return toy.procedure(name, **more).practice(name, "sessions", 3, 3).price(name, price)


@pytest.fixture
def four(toy: Toy) -> Toy:
    """Two that help, one that harms, and one that nobody measured."""
    had(toy, "pen").tested("pen", 45)
    had(toy, "laser", 200).tested("laser", 40)
    had(toy, "rub", 50).tested("rub", -30)
    return had(toy, "dab", 60).helped("dab")


def ranked(toy: Toy | Catalog, concern: str = "scars", **asked: Any) -> Ranking:
    asked = {"weights": {"benefit": 6}, **asked}
    return rank(posed(toy.catalog() if isinstance(toy, Toy) else toy, concern, **asked))


def ids(ranking: Ranking) -> list[str]:
    return [row.option.id for row in ranking.rows]


# ------------------------------------------------------------------ doing nothing


def test_doing_nothing_is_a_row_and_what_is_worth_less_stands_below_it(four: Toy) -> None:
    found = ranked(four)
    assert ids(found) == ["pen", "laser", "nothing", "rub"]
    assert [row.nothing for row in found.rows] == [False, False, True, False]
    assert [row.option.id for row in found.options] == ["pen", "laser", "rub"]
    nothing = found["nothing"]
    assert nothing["benefit"].typical == nothing["cost"].typical == 0
    # all there is to have of cost, downtime, risk and effort: 4 of 13
    assert nothing.score == pytest.approx(4 / 13)
    assert found["rub"].score < nothing.score


def test_doing_nothing_is_never_the_best(four: Toy) -> None:
    bare = ranked(four, weights={"benefit": 0, "evidence": 0, "speed": 0, "durability": 0})
    assert bare.rows[0].nothing
    assert bare.best is None
    assert bare.lead is None
    best = ranked(four).best
    assert best is not None
    assert best.option.id == "pen"


def test_of_equals_doing_nothing_comes_last(toy: Toy) -> None:
    """A cream that asks nothing, where neither what it gains nor its price counts."""
    toy.cream("balm").tested("balm", 20).price("balm", 10, unit="month").practice("balm", "downtime-days", 0, 0)
    silent = dict.fromkeys(("benefit", "evidence", "speed", "durability", "effort", "cost"), 0)
    found = ranked(toy, weights=silent)
    assert ids(found) == ["balm", "nothing"]
    assert [row.rank for row in found.rows] == [1, 1]


def test_doing_nothing_is_dropped_by_no_filter(four: Toy) -> None:
    for asked in ({"budget": 1}, {"exclude": ("toys",)}, {"avoid": ("clinic",)}):
        found = ranked(four, **asked)
        assert not found.options
        assert not found.unmeasured
        assert found.best is None


# ------------------------------------------------------------------ what has no figure


def test_what_nobody_measured_is_no_row_and_takes_no_chance_of_being_best(four: Toy) -> None:
    catalog = four.catalog()
    found = rank(posed(catalog, "scars"))
    assert "dab" not in ids(found)
    (dab,) = found.unmeasured
    assert (dab.id, dab.stars, dab.total.typical) == ("dab", 1, 180)
    assert dab.stars_working.caps[0].limit == "no figure"
    sure = sureness(catalog, found, draws=300)
    assert sure is not None
    assert sure.options == tuple(ids(found))
    assert sum(sure.p_best) == pytest.approx(1)


@pytest.mark.parametrize(
    ("asked", "why_not"),
    [
        ({"exclude": ("dab",)}, "excluded"),
        ({"avoid": ("needles",)}, "avoided"),
        ({"budget": 100}, "over budget"),
        ({"max_downtime_days": 1}, "downtime"),
        ({"person": {"pregnant": True}}, "not for you"),
        ({"person": {"conditions": ("active-acne",)}}, "not for you"),
    ],
)
def test_what_nobody_measured_is_left_out_for_the_same_reasons(toy: Toy, asked: dict[str, Any], why_not: str) -> None:
    for name in ("pen", "dab"):
        had(toy, name, uses=["needles"]).practice(name, "contraindication", value="active-acne")
    toy.tested("pen").helped("dab")
    found = ranked(toy, **asked)
    assert "dab" not in {item.id for item in found.unmeasured}
    out = {item.id: item.why for item in found.left_out}
    assert out["dab"] == why_not
    if why_not != "excluded":
        assert out["pen"] == why_not


def test_only_what_is_asked_about_is_among_the_unmeasured(four: Toy) -> None:
    had(four, "glow").helped("glow")
    assert {item.id for item in ranked(four, procedures=("glow",)).unmeasured} == {"glow"}
    assert {item.id for item in ranked(four).unmeasured} == {"dab", "glow"}


def test_a_caution_stands_beside_what_nobody_measured(four: Toy) -> None:
    four.practice("dab", "caution", value="active-acne", source="two")
    (dab,) = ranked(four, person={"conditions": ("active-acne",)}).unmeasured
    assert ("care", "active-acne") in [(c.kind, c.value) for c in dab.screening.cautions]


# ------------------------------------------------------------------ kinds


@pytest.fixture
def spots(toy: Toy) -> Toy:
    """Kinds that lend nothing: each has a treatment of its own."""
    subtype = [{"id": k, "name": k.title(), "group": k} for k in ("dark", "red")]
    toy.add("concern", id="spots", name="Spots", default_kind="dark", default_reason="A toy.", subtype=subtype)
    had(toy, "pen").tested("pen", 45, "spots", subtype="dark").tested("pen", -20, "spots", subtype="red")
    had(toy, "laser").tested("laser", 40, "spots", subtype="red")
    return had(toy, "dab").tested("dab", 30, "spots", subtype="dark")


def test_without_a_kind_the_answer_is_that_of_the_default_one_and_says_so(spots: Toy) -> None:
    unsaid, said = ranked(spots, "spots"), ranked(spots, "spots/dark")
    assert (unsaid.subtype, unsaid.kind_assumed) == ("dark", True)
    assert (said.subtype, said.kind_assumed) == ("dark", False)
    assert [(r.option.id, r.score) for r in unsaid.rows] == [(r.option.id, r.score) for r in said.rows]


def test_leaders_of_the_other_kinds_are_those_of_the_ranking_asked_so(spots: Toy) -> None:
    (other,) = ranked(spots, "spots").kinds
    asked = ranked(spots, "spots/red")
    assert asked.best is not None
    assert (other.id, other.first, other.changes) == ("red", asked.best.option.name, True)
    assert other.gain is not None
    assert other.gain.typical == asked.best["benefit"].typical == pytest.approx(40)
    assert ids(asked) == ["laser", "nothing", "pen"]
    # what was studied in the other kind alone is not offered here
    assert not asked.unmeasured
    assert {item.id: item.why for item in asked.left_out} == {"dab": "no study"}


def test_what_a_document_names_for_a_kind_stands_there_without_a_figure(spots: Toy) -> None:
    spots.add("guideline", concern="spots", kind="red", procedure="dab", line="1")
    assert [item.id for item in ranked(spots, "spots/red").unmeasured] == ["dab"]


def test_the_leader_of_another_kind_is_screened_for_that_kind(spots: Toy) -> None:
    spots.add("condition", id="red", name="Red spots", kind="skin")
    spots.practice("laser", "contraindication", value="red")
    (other,) = ranked(spots, "spots").kinds
    assert (other.first, other.gain) == ("", None)


# ------------------------------------------------------------------ every answer goes by the gain


def test_every_answer_tells_the_same_gain(four: Toy) -> None:
    catalog = four.catalog()
    gain = synthesis_of(catalog, "scars", "").gain(Effect("pen"))
    assert gain.mean == pytest.approx(45)
    problem = posed(catalog, "scars")
    (chain,) = why(problem, "pen")
    assert chain.gain.typical == pytest.approx(45)
    assert chain.nothing_done.typical == pytest.approx(rank(problem).nothing_done.typical)
    assert (chain.rests.comparisons, chain.rests.prior) == pytest.approx((0.8, 0.2), rel=1e-4)
    assert not chain.rests.series
    sd = math.sqrt(80 + 50)
    assert chain.new_trial == pytest.approx((45 - 1.2816 * sd, 45 + 1.2816 * sd), rel=1e-3)
    (line,) = chain.studies
    # 45 / 0.8 over what the dummy came to
    assert line.implied == pytest.approx(45 / 0.8, rel=1e-4)
    sides = compare(problem, ["pen", "laser"])
    (pair,) = sides.pairs
    assert pair.gain == pytest.approx(5, abs=0.3)
    known = next(one for one in card(problem, "pen").concerns if one.concern == "scars")
    assert known.typical == pytest.approx(45)


def test_a_series_says_that_it_is_one(toy: Toy) -> None:
    had(toy, "pen").study(
        "a", "scars", design="case-series",
        arm=[{"procedure": "pen", "measure": "percent-improvement", "value": 60, "n": 40}],
    )  # fmt: skip
    (chain,) = why(posed(toy.catalog(), "scars"), "pen")
    assert chain.rests.series
    assert chain.rests.comparisons == pytest.approx(0, abs=1e-6)
    assert chain.rests.assumption + chain.rests.levels == pytest.approx(1)
    (line,) = chain.studies
    assert line.level
    # over the level of a dummy, 8
    assert line.implied == pytest.approx(60 - chain.nothing_done.typical)


# ------------------------------------------------------------------ how sure the order is


def test_tiers_are_contiguous_and_begin_with_the_first(catalog: Catalog) -> None:
    for concern in ("volume-loss", "hair-loss"):
        ranking = rank(posed(catalog, concern))
        sure = sureness(catalog, ranking, draws=300)
        assert sure is not None
        assert len(sure.tiers) == len(ranking.rows)
        assert sure.tiers[0] == 0
        assert set(np.diff(sure.tiers)) <= {0, 1}


def test_methods_that_take_nothing_negative_see_losses_all_the_same(four: Toy) -> None:
    """`rub` loses: its benefit is below nought, and weighted product and COPRAS still put it last."""
    catalog = four.catalog()
    ranking = ranked(catalog)
    assert ranking["rub"].values["benefit"] < 0
    views = {view.method: view for view in other_methods(catalog, ranking)}
    assert set(views) == {"weighted_product", "topsis", "vikor", "promethee_ii", "copras"}
    assert {views[name].first for name in ("weighted_product", "copras")} == {"Pen"}
    assert all(math.isfinite(view.tau) for view in views.values())
    assert views["copras"].tau == pytest.approx(1)


def test_a_tornado_tells_what_the_whole_score_becomes_with_a_gain_at_its_end(four: Toy) -> None:
    catalog = four.catalog()
    ranking = ranked(catalog)
    sure = sureness(catalog, ranking, draws=200, working=True)
    assert sure is not None
    first, second = ranking["pen"], ranking["laser"]
    swing = next(s for s in sure.tornado if (s.option, s.criterion) == ("Pen", "benefit"))
    # at the low end, 45 − 11.46, the gain is worth 1.6 × 0.3354, and what counts with it follows
    g = (45 - 1.2815516 * math.sqrt(80)) / 100 * 1.6
    own = {"benefit": 1.0, "evidence": 0.6, "speed": 1 - 12 / 20, "durability": 6 / 24}
    moved = sum(ranking.weights[c] * (g * v - first.values[c]) for c, v in own.items())
    assert swing.lead_at_low == pytest.approx(first.score + moved - second.score, abs=1e-6)


@pytest.mark.parametrize("concern", ["acne-scars", "pigment"])
def test_no_answer_of_the_catalogue_has_more_chance_than_there_is(catalog: Catalog, concern: str) -> None:
    ranking = rank(posed(catalog, concern))
    assert ranking.best is None or not ranking.best.nothing
    assert sum(row.nothing for row in ranking.rows) == 1
    assert all(row["benefit"].basis == "studies" for row in ranking.options)
