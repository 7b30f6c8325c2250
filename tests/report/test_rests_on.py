"""What one study alone gives is said to rest on it, wherever the first place is told of."""

import pytest

from decide.answers.ranking.rank import rank
from decide.answers.ranking.verdict import verdict_of
from decide.answers.robustness.sureness import first_rests_on, with_sureness
from decide.catalog import Catalog
from decide.report.views.common import source_view
from decide.report.views.sureness import fragile
from tests.posed import posed
from tests.shipped import CATALOG

KINDS = [(c.id, kind) for c in CATALOG.concerns.values() for kind in (None, *(s.id for s in c.subtype))]


@pytest.mark.parametrize(("concern", "kind"), KINDS)
def test_the_verdict_and_the_working_say_the_same_of_a_lone_study(
    concern: str, kind: str | None, catalog: Catalog
) -> None:
    ranking = with_sureness(catalog, rank(posed(catalog, concern, subtype=kind)), draws=200)
    told = fragile(first_rests_on(catalog, ranking), catalog)
    only = verdict_of(ranking).only
    if only:
        assert f"Nothing but {source_view(catalog, only).label} has measured the first place." in told
        assert not any("No single source" in line for line in told)
    assert not any("hangs on no source" in line for line in told)
