"""What is told of more money is what somebody with that money is told."""

import pytest

from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import NOTHING, Ranking
from decide.catalog import Catalog
from tests.posed import posed
from tests.shipped import CATALOG

KINDS = [(c.id, kind) for c in CATALOG.concerns.values() for kind in (None, *(s.id for s in c.subtype))]
BUDGETS = (30, 60, 150, 300, 800, 2000)


def led(ranking: Ranking) -> tuple[str, int | None]:
    """Who comes first, and with how many sessions."""
    first = ranking.rows[0].option
    return first.effect.main if first.id != NOTHING else NOTHING, first.sessions


@pytest.mark.parametrize("market", ["us", "uk", "au"])
@pytest.mark.parametrize(("concern", "kind"), KINDS)
def test_what_is_said_of_more_money_holds_for_who_has_it(
    concern: str, kind: str | None, market: str, catalog: Catalog
) -> None:
    def asked(money: float) -> Ranking:
        return rank(posed(catalog, concern, subtype=kind, budget=round(money, 2), market=market), leaders=False)

    for budget in BUDGETS:
        ranking = asked(budget)
        # what leads is told of money once: from its sum on, until the next sum
        told = [(NOTHING if ranking.best is None else led(ranking)[0], 0.0)]
        assert [one.more for one in ranking.for_more] == sorted(one.more for one in ranking.for_more)
        for one in ranking.for_more:
            assert 0 < one.more <= budget / 2
            there = asked(budget + one.more + 0.01)
            assert there.rows[0].option.id.partition("/")[0] == one.id.partition("/")[0], (budget, one.name)
            assert there.rows[0].option.sessions == one.sessions, (budget, one.name)
            told.append((led(there)[0], one.more))
        for part in (0.1, 0.25, 0.4, 0.5):
            there = asked(budget * (1 + part))
            last = [who for who, more in told if more <= budget * part + 1e-9][-1]
            assert led(there)[0] == last, (budget, part)


@pytest.mark.parametrize("concern", [c.id for c in CATALOG.concerns.values()])
def test_doing_nothing_is_a_row_where_nothing_else_fits(concern: str, catalog: Catalog) -> None:
    ranking = rank(posed(catalog, concern, budget=0.01))
    assert [row.option.id for row in ranking.rows if row.nothing] == [NOTHING]
    assert ranking.best is None
