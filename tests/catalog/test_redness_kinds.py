"""Redness by its kinds: what was counted in one kind speaks for no other."""

import re

import pytest

from decide.answers.ranking.kinds import named_for
from decide.answers.ranking.rank import rank
from decide.catalog import Catalog
from decide.evidence.benefit import synthesis_of
from decide.evidence.informing import informing
from tests.posed import posed

BUMPS = re.compile(r"papule|pustule|bump|lesion", re.IGNORECASE)
OF_BUMPS = {"ivermectin-topical", "metronidazole-topical", "azelaic-acid", "doxycycline-oral"}
OF_REDNESS = {"brimonidine-topical", "oxymetazoline-topical", "vascular-laser", "ipl"}


def figured(catalog: Catalog, kind: str) -> set[str]:
    """What has a figure of its own in a kind of redness."""
    found = synthesis_of(catalog, "redness", kind)
    return {effect.main for effect in found.effects if not found.lent(effect)}


def test_a_count_of_bumps_moves_bumps_alone(catalog: Catalog) -> None:
    counted = [s for s in informing(catalog, "redness").studies if s.arm and BUMPS.search(s.scale)]
    assert len(counted) > 10
    assert {s.subtype for s in counted} == {"papulopustular"}
    assert not any("papules" in s.differs_ok for s in catalog.studies("redness"))


def test_each_kind_has_figures_of_what_was_tried_on_it(catalog: Catalog) -> None:
    assert figured(catalog, "papulopustular") >= OF_BUMPS
    assert not figured(catalog, "papulopustular") & OF_REDNESS
    assert figured(catalog, "persistent-erythema") >= OF_REDNESS
    assert not figured(catalog, "persistent-erythema") & OF_BUMPS
    assert figured(catalog, "telangiectasia") - {"untreated"} == {"vascular-laser", "ipl"}
    assert figured(catalog, "flushing") == set()


def test_nobody_has_measured_flushing_and_what_was_tried_elsewhere_does_not_stand_there(catalog: Catalog) -> None:
    ranking = rank(posed(catalog, "redness", subtype="flushing"))
    assert not ranking.options
    shown = {item.id for item in ranking.unmeasured}
    assert {"brimonidine-topical", "vascular-laser", "ipl", "botulinum-toxin"} <= shown
    assert not shown & OF_BUMPS
    assert {item.why for item in ranking.left_out if item.id in OF_BUMPS} == {"no study"}
    assert {item.id for item in named_for(catalog, "redness", "flushing") if not item.measured} == shown & OF_REDNESS


@pytest.mark.parametrize(
    ("person", "barred", "careful"),
    [
        ({"pregnant": True}, {"oxymetazoline-topical", "vascular-laser", "ipl"}, set()),
        ({"breast_feeding": True}, {"oxymetazoline-topical", "brimonidine-topical", "ipl"}, set()),
        ({"age": 16}, OF_REDNESS, set()),
        ({"conditions": ["maoi"]}, {"brimonidine-topical"}, {"oxymetazoline-topical"}),
        ({"conditions": ["hypertension"]}, set(), {"oxymetazoline-topical", "brimonidine-topical"}),
        ({"conditions": ["glaucoma"]}, set(), {"oxymetazoline-topical"}),
        ({"skin_type": 6}, set(), {"vascular-laser"}),
    ],
)
def test_who_must_not_have_what_pales_a_red_face(
    catalog: Catalog, person: dict[str, object], barred: set[str], careful: set[str]
) -> None:
    ranking = rank(posed(catalog, "redness", subtype="persistent-erythema", person=person))
    assert barred <= {item.id for item in ranking.left_out}
    warned = {row.option.procedure for row in ranking.options if row.screening.cautions}
    assert careful <= warned


@pytest.mark.parametrize("kind", ["papulopustular", "persistent-erythema", "flushing"])
def test_who_asks_about_a_kind_of_rosacea_has_rosacea_and_its_triggers(catalog: Catalog, kind: str) -> None:
    known = {s.id: s for s in catalog.concerns["redness"].subtype}
    assert "rosacea" in known[kind].implies
    assert any("sets it off" in f.text for f in catalog.foundations("redness", kind))


def test_what_guides_name_for_bumps_is_not_named_for_redness(catalog: Catalog) -> None:
    named = {(g.kind, g.procedure) for g in catalog.guidelines if g.concern == "redness" and g.line == "1"}
    assert {p for k, p in named if k == "papulopustular"} == OF_BUMPS
    assert {p for k, p in named if k == "persistent-erythema"} == OF_REDNESS
