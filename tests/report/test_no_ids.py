"""No id of the catalogue stands where a person reads: what a source says is told in words."""

import re

import decide
from decide.catalog import Catalog
from decide.report.views.card import card_view


def test_a_card_holds_no_id(catalog: Catalog) -> None:
    ids = {name for name in (*catalog.procedures, *catalog.conditions, *catalog.criteria) if "-" in name}
    ids -= {re.sub("[^a-z-]", "", one.name.lower().replace(" ", "-")) for one in catalog.conditions.values()}
    for procedure in catalog.procedures:
        view = card_view(decide.show(procedure, catalog=catalog)[0])
        told = [
            view.glance,
            *(text for _, text in view.told),
            *(c.says for c in view.said),
            *(r.says for r in view.given),
        ]
        for text in told:
            assert ids.isdisjoint(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)), text
        assert all("fda" not in text for text in told), procedure


def test_a_harm_is_told_in_words(catalog: Catalog) -> None:
    """As people say it, not as a file names it."""
    events = {harm.event for procedure in catalog.procedures for harm in catalog.harms(procedure)}
    assert not {"systemic", "sexual", "swelling-bruising", "redness-prolonged", "skin-atrophy"} & events
