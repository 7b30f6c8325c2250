"""Laws of evidence: who may move what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.answers.ranking.rank import rank
from decide.catalog import load_catalog
from decide.catalog.models import Arm, Outcome, Study
from decide.catalog.read import Entry
from decide.evidence.benefit import benefits
from decide.evidence.certainty import Witness, certainty, judge, rules_of
from decide.evidence.index import effect_of
from tests.posed import posed

CATALOG = load_catalog()
concerns = st.sampled_from(list(CATALOG.concerns))
procedures = st.sampled_from([p for p in CATALOG.procedures if not CATALOG.procedures[p].adjunct_to])


def with_study(study: Study):
    return CATALOG.with_facts(Entry("study", study, Path("test"), 0))


def study_of(concern: str, procedure: str, design: str, n: int, value: float, direction: str = "better") -> Study:
    arm = {"procedure": procedure, "n": n, "measure": "percent-improvement", "value": value}
    idle = {"procedure": "placebo", "n": n, "measure": "percent-improvement", "value": 5}
    if concern == "hair-loss":
        arm["measure"] = idle["measure"] = "density-gain"
    return Study(
        id="new-study",
        concern=concern,
        source="lim-2024-exosomes",
        design=design,
        blinded=True,
        participants=n * 2,
        arm=(Arm.model_validate(arm), Arm.model_validate(idle)),
        outcome=(
            Outcome(
                procedure=procedure,
                comparator="placebo",
                outcome="better",
                measure="none",
                direction=direction,
                n=n * 2,
            ),
        ),
    )


@given(concerns, procedures, st.integers(10, 5000), st.floats(20, 100))
def test_a_vendor_claim_never_raises_anything(concern: str, procedure: str, n: int, value: float) -> None:
    claimed = with_study(study_of(concern, procedure, "vendor-claim", n, value))
    effect = effect_of(CATALOG, procedure)
    assert certainty(claimed, concern, effect).stars <= certainty(CATALOG, concern, effect).stars
    before, after = benefits(CATALOG, concern).estimate(effect), benefits(claimed, concern).estimate(effect)
    assert after.mean == pytest.approx(before.mean, abs=1e-9)
    assert after.sd == pytest.approx(before.sd, abs=1e-9)
    old = rank(posed(CATALOG, concern))
    new = rank(posed(claimed, concern))
    scores = {r.option.id: r.score for r in old.rows}
    for row in new.rows:
        # a claim makes the claimed thing visible as an option; it may not make it, or anything else, better
        assert row.score <= scores.get(row.option.id, 1.0) + 1e-9


@given(concerns, procedures, st.integers(5, 2000))
def test_a_well_made_agreeing_study_never_lowers_the_stars(concern: str, procedure: str, n: int) -> None:
    effect = effect_of(CATALOG, procedure)
    agreeing = with_study(study_of(concern, procedure, "rct", n, 40))
    assert certainty(agreeing, concern, effect).stars >= certainty(CATALOG, concern, effect).stars


@given(concerns, procedures, st.integers(20, 2000), st.sampled_from([-40.0, 5.0, 90.0]))
def test_a_study_pulls_the_value_towards_what_it_found(concern: str, procedure: str, n: int, value: float) -> None:
    effect = effect_of(CATALOG, procedure)
    idle = effect_of(CATALOG, "placebo")

    def gap(catalog) -> float:
        found = benefits(catalog, concern)
        return found.estimate(effect).mean - found.estimate(idle).mean

    before, after = gap(CATALOG), gap(with_study(study_of(concern, procedure, "rct", n, value)))
    found = value - 5
    assert abs(after - found) <= abs(before - found) + 1.5


witness = st.builds(
    lambda n, q, controlled, pooled, direction: Witness(
        study_of("wrinkles", "retinol", "rct", 5, 20), n, q * n, controlled, pooled, direction
    ),
    st.integers(1, 3000),
    st.floats(0.05, 1),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["for", "against", "silent"]),
)
LAYERS = {"clinical": 1, "preclinical": 0, "mechanistic": 0}


@given(st.lists(witness, max_size=8))
def test_stars_stay_in_bounds_and_under_their_caps(witnesses: list[Witness]) -> None:
    rules = rules_of(CATALOG)
    found = judge(witnesses, LAYERS, rules)
    assert 0 <= found.stars <= 5
    if not any(w.controlled for w in witnesses):
        assert found.stars <= rules.cap_uncontrolled
    working = found.working
    # the working leads to the stars
    if not working.only:
        counted = working.stars if working.cap is None else working.cap
        assert found.stars == counted - (working.against is not None)


@given(st.lists(witness, max_size=8), st.integers(10, 3000), st.booleans())
def test_one_more_agreeing_witness_never_lowers(witnesses: list[Witness], n: int, controlled: bool) -> None:
    rules = rules_of(CATALOG)
    more = Witness(study_of("wrinkles", "retinol", "rct", 5, 20), n, float(n), controlled, False, "for")
    assert judge([*witnesses, more], LAYERS, rules).stars >= judge(witnesses, LAYERS, rules).stars


def test_nothing_clinical_is_at_most_one_star() -> None:
    rules = rules_of(CATALOG)
    assert judge([], {"clinical": 0, "preclinical": 9, "mechanistic": 9}, rules).stars == rules.cap_nonclinical
    assert judge([], {"clinical": 0, "preclinical": 0, "mechanistic": 0}, rules).stars == 0


def test_a_harm_is_no_vote_on_whether_a_thing_works() -> None:
    # finasteride's sexual side effects are worse than placebo's; that says nothing against its effect on hair
    found = certainty(CATALOG, "hair-loss", effect_of(CATALOG, "finasteride-oral"))
    assert all(w.study.id != "lee-2019-5ari-sexual" for w in found.witnesses)
