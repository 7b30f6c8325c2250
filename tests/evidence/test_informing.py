"""What may move a figure or a star: what was studied is what the id says, and people are counted once."""

from pathlib import Path
from typing import Any

import pytest

from decide.catalog import Catalog
from decide.catalog.models import Study
from decide.catalog.read import Entry
from decide.evidence.index import Effect, effect_of
from decide.evidence.informing import informing, people_of
from decide.evidence.rows import Used, arm_on_scale, arm_size, rows_for
from decide.synthesis import ArmRow

CONCERN = "volume-loss"
THING = "tca-cross"
"""A treatment of which the concern has no record, so that every row on it is the test's."""


def study(**fields: Any) -> Study:
    arm = {"procedure": THING, "n": 20, "measure": "percent-improvement", "value": 40}
    idle = {"procedure": "placebo", "n": 20, "measure": "percent-improvement", "value": 5}
    base = {"id": "s", "concern": CONCERN, "source": "lim-2024-exosomes", "design": "rct", "arm": (arm, idle)}
    return Study.model_validate(base | fields)


def told(**fields: Any) -> dict[str, Any]:
    base = {"procedure": THING, "comparator": "placebo", "outcome": "volume", "measure": "none", "direction": "better"}
    return base | {"p_value": "0.01", "n": 40} | fields


def arm(**fields: Any) -> dict[str, Any]:
    return {"procedure": THING, "n": 20, "measure": "percent-improvement", "value": 40} | fields


def rows(catalog: Catalog, *studies: Study) -> list[Used]:
    used = rows_for(with_studies(catalog, *studies), CONCERN).used
    return [item for item in used if item.effect == Effect(THING)]


def with_studies(catalog: Catalog, *studies: Study) -> Catalog:
    return catalog.with_facts(*(Entry("study", s, Path("test"), k) for k, s in enumerate(studies)))


def test_a_sound_record_informs(catalog: Catalog) -> None:
    (row,) = rows(catalog, study())
    assert isinstance(row.row, ArmRow)
    assert row.row.mean == 40
    # whether whoever judged knew was not told: 0.08 of the spread between people of 25
    assert (row.kind, row.bias, row.row.treatment) == ("arm", pytest.approx(2), (THING,))


@pytest.mark.parametrize(("use", "reason"), [("display", "display"), ("compare", "shared")])
def test_what_is_shown_or_compared_moves_no_figure(catalog: Catalog, use: str, reason: str) -> None:
    world = with_studies(catalog, study(use=use, outcome=(told(),)))
    assert rows(catalog, study(use=use, outcome=(told(),))) == []
    assert [(u.reason, u.effect) for u in informing(world, CONCERN).unused if u.study.id == "s"] == [
        (reason, Effect(THING))
    ]


@pytest.mark.parametrize("what", ["drug", "dose", "device", "route", "unit", "site", "population", "outcome"])
def test_what_differs_without_a_reason_is_not_pooled(catalog: Catalog, what: str) -> None:
    differing = {"differs": (what,)}
    for record in (study(**differing), study(arm=(arm(**differing), study().arm[1].model_dump()))):
        assert rows(catalog, record) == []
    reasoned = {**differing, "differs_ok": "it is the same here"}
    assert len(rows(catalog, study(**reasoned))) == 1
    assert len(rows(catalog, study(arm=(arm(**reasoned), study().arm[1].model_dump())))) == 1


def test_an_arm_that_differs_takes_what_was_said_of_it_along(catalog: Catalog) -> None:
    parts = (arm(differs=("route",)), arm(procedure="pico-laser"), study().arm[1].model_dump())
    record = study(arm=parts, participants=60, outcome=(told(), told(procedure="pico-laser")))
    kept = next(s for s in informing(with_studies(catalog, record), CONCERN).studies if s.id == "s")
    assert [a.procedure for a in kept.arm] == ["pico-laser", "placebo"]
    assert [o.procedure for o in kept.outcome] == ["pico-laser"]
    assert kept.participants == 40


def test_a_dummy_alone_speaks_of_nothing(catalog: Catalog) -> None:
    record = study(arm=(arm(differs=("drug",)), study().arm[1].model_dump()))
    used = rows_for(with_studies(catalog, record), CONCERN).used
    assert not [item for item in used if item.study.id == "s"]


def test_a_direction_that_differs_moves_nothing(catalog: Catalog) -> None:
    record = study(arm=(), outcome=(told(differs=("drug",)),))
    assert rows(catalog, record) == []
    assert [u.by for u in informing(with_studies(catalog, record), CONCERN).unused if u.study.id == "s"] == ["drug"]
    assert len(rows(catalog, study(arm=(), outcome=(told(differs=("drug",), differs_ok="it is the same"),)))) == 1


@pytest.mark.parametrize("direction", ["better", "no-difference"])
def test_a_record_moves_no_figure_by_an_arm_and_a_direction(catalog: Catalog, direction: str) -> None:
    record = study(arm=(arm(),), design="case-series", outcome=(told(comparator="untreated", direction=direction),))
    assert [item.kind for item in rows(catalog, record)] == ["direction"]
    apart = study(arm=(), outcome=(told(comparator="untreated", direction=direction),))
    assert [item.kind for item in rows(catalog, apart)] == ["direction"]


def test_a_share_of_one_arm_near_all_there_is_to_gain_is_refused(catalog: Catalog) -> None:
    # 75 % past a cut at 75 on a spread of 25 stands at 75 + 25 x 0.674 = 92
    high = arm(measure="responders", value=75, cut="excellent")
    alone = study(arm=(high,), design="case-series")
    assert rows(catalog, alone) == []
    unused = rows_for(with_studies(catalog, alone), CONCERN).unused
    assert [u.reason for u in unused if u.study.id == "s"] == ["one arm"]
    assert len(rows(catalog, study(arm=(high, study().arm[1].model_dump())))) == 1
    assert len(rows(catalog, study(arm=(high | {"value": 70},), design="case-series"))) == 1


def test_an_arm_without_its_control_weighs_as_a_series(catalog: Catalog) -> None:
    alone = {"arm": (arm(),), "participants": 20}
    (series,) = rows(catalog, study(design="case-series", **alone))
    (trial,) = rows(catalog, study(design="rct", **alone))
    assert trial.bias == series.bias > 0
    (both,) = rows(catalog, study(design="rct"))
    assert both.bias < series.bias


def test_the_same_people_move_a_figure_once(catalog: Catalog) -> None:
    first = study(id="a")
    for second in (
        study(id="b", same_people_as="a", arm=(), outcome=(told(),)),
        study(id="b", same_people_as="a", arm=(), outcome=(told(direction="no-difference"),)),
        study(
            id="b", same_people_as="a", arm=(),
            contrast=({"procedure": THING, "comparator": "placebo", "measure": "standardised-difference", "value": 1,
                       "low": 0.5, "high": 1.5, "direction": "better"},),
        ),
    ):  # fmt: skip
        assert [item.study.id for item in rows(catalog, first, second)] == ["a"]
        apart = second.model_copy(update={"same_people_as": None})
        assert [item.study.id for item in rows(catalog, first, apart)] == ["a", "b"]


def test_the_same_people_are_one_trial_through_a_chain(catalog: Catalog) -> None:
    chain = (study(id="a", same_people_as="b"), study(id="b", same_people_as="c"), study(id="c"))
    assert set(people_of(chain).values()) == {"c"}
    assert len({item.trial for item in rows(catalog, *chain)}) == 1


@pytest.mark.parametrize(
    ("design", "paired", "people"), [("rct", False, None), ("rct", True, 40), ("case-series", False, 40)]
)
def test_the_people_of_all_arms_are_not_those_of_the_one_that_was_read(
    design: str, paired: bool, people: int | None
) -> None:
    record = study(design=design, paired=paired, participants=40, arm=(arm(n=None),))
    assert arm_size(record, record.arm[0]) == people


def test_a_score_becomes_percent_of_the_way_to_its_best_end(catalog: Catalog) -> None:
    # from 3.23 on a scale from 1 (none) to 5: 1.21 points of the 2.23 that there are, 54.3 %
    score = arm(measure="score-change", value=1.21, baseline=3.23, scale_range=(1, 5), sd=0.6)
    (row,) = rows(catalog, study(arm=(score, study().arm[1].model_dump())))
    assert row.row.mean == pytest.approx(54.26, abs=0.01)
    mean, variance = arm_on_scale(study(arm=(score,)).arm[0], "score", 20, 25)
    assert (mean, variance) == (pytest.approx(54.26, abs=0.01), pytest.approx((0.6 / 2.23 * 100) ** 2 / 20))
    bare = arm(measure="score-change", value=1.21)
    assert rows(catalog, study(arm=(bare, study().arm[1].model_dump()))) == []


def test_a_share_stands_where_its_cut_stands(catalog: Catalog) -> None:
    # half of the people past a cut: the mean is the cut
    for cut in ("any-better", "half", "cleared"):
        share = arm(measure="responders", value=50, cut=cut)
        (row,) = rows(catalog, study(arm=(share, study().arm[1].model_dump())))
        assert row.row.mean == pytest.approx(catalog.cuts["percent-improvement", cut].threshold)


def test_a_share_beside_its_control_may_stand_above_the_end_of_the_scale(catalog: Catalog) -> None:
    # 25 Φ⁻¹(0.9) = 32.04 above a cut that stands for 90: what is compared is where the spread of people lies
    nearly_all = arm(measure="responders", value=90, cut="clear-or-almost")
    (row,) = rows(catalog, study(arm=(nearly_all, study().arm[1].model_dump())))
    assert row.row.mean == pytest.approx(122.04, abs=0.01)


def test_what_is_replaced_is_gone(catalog: Catalog) -> None:
    old, new = study(id="old"), study(id="new", replaces=("old",))
    assert [item.study.id for item in rows(catalog, old, new)] == ["new"]


def test_an_option_needs_a_record_that_may_inform(catalog: Catalog) -> None:
    from decide.alternatives.candidates import effects_for

    shown = with_studies(catalog, study(use="display", outcome=(told(),)))
    assert effect_of(catalog, THING) not in effects_for(shown, CONCERN)[0]
    assert effect_of(catalog, THING) in effects_for(with_studies(catalog, study()), CONCERN)[0]
