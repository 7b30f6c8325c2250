"""What a person is to know of a ranking first: the best, the best for less, what ties, and what is not worth it."""

from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

from decide.alternatives.cell import Cell
from decide.answers.claims import said_of
from decide.answers.ranking.result import NotWorth, People, Ranked, Ranking, Unmeasured, Verdict
from decide.catalog import Catalog

if TYPE_CHECKING:
    from decide.answers.why import Why


def verdict_of(ranking: Ranking) -> Verdict:
    """What is to be known first."""
    best = ranking.best
    return Verdict(
        best=best,
        people=people_of(ranking, best["benefit"]) if best is not None else None,
        less=_for_less(ranking, best) if best is not None else None,
        tied=_tied(ranking),
        only=best.stars_working.only if best is not None else "",
        not_worth=_not_worth(ranking),
        barred=tuple(item for item in ranking.left_out if item.screening is not None),
    )


def people_of(ranking: "Ranking | Why", gain: Cell) -> People | None:
    """How many of a hundred come past the cut that the scale names; None where it names none or nothing is measured.

    The way back of how shares are brought to the scale: people spread about their mean by `sigma`.
    """
    catalog = ranking.catalog
    cut = catalog.cut(ranking.scale, catalog.scales[ranking.scale].told or "")
    if cut is None or gain.basis != "studies":
        return None
    spread, dummy = catalog.constant("sigma", ranking.concern), ranking.nothing_done.typical
    past = [100 * NormalDist(cut.threshold, spread).cdf(dummy + x) for x in (0.0, gain.low, gain.typical, gain.high)]
    return People(cut=cut.says, dummy=past[0], low=past[1], typical=past[2], high=past[3])


def proven(catalog: Catalog, row: Ranked) -> bool:
    """Whether it is not next to unproven."""
    return row.stars >= catalog.constant("proven-enough")


def clearly_less(catalog: Catalog, cost: Cell, other: Cell) -> bool:
    """Whether one total is clearly below another."""
    return cost.typical <= catalog.constant("clearly-less") * other.typical


def _above_nothing(ranking: Ranking) -> tuple[Ranked, ...]:
    at = next((k for k, row in enumerate(ranking.rows) if row.nothing), len(ranking.rows))
    return ranking.rows[:at]


def _for_less(ranking: Ranking, best: Ranked) -> Ranked | None:
    """The first that costs clearly less and is not next to unproven."""
    return next(
        (
            r
            for r in _above_nothing(ranking)
            if clearly_less(ranking.catalog, r["cost"], best["cost"]) and proven(ranking.catalog, r)
        ),
        None,
    )


def _tied(ranking: Ranking) -> tuple[Ranked, ...]:
    tiers = ranking.sureness.tiers if ranking.sureness is not None else ()
    found = tuple(row for row, tier in zip(ranking.rows, tiers, strict=False) if tier == tiers[0])
    return found if len(found) > 1 else ()


def _not_worth(ranking: Ranking) -> NotWorth | None:
    """Of what is not worth its money, what is claimed most by those who sell it; else the dearest."""
    catalog, above = ranking.catalog, _above_nothing(ranking)

    def item(row: Ranked | Unmeasured, why: Literal["no figure", "worse than nothing", "beaten"]) -> NotWorth:
        said = said_of(catalog, catalog.procedures[row.option.effect.main])
        sellers = sum(bool(catalog.sources[one.source].interest) for one in said)
        total, by = (row["cost"], _beaten_by(ranking, row)) if isinstance(row, Ranked) else (row.total, None)
        return NotWorth(row=row, why=why, total=total, by=by, claims=len(said), sellers=sellers)

    worse = [item(row, "worse than nothing") for row in ranking.options if row not in above]
    blind = [found for row in ranking.unmeasured if (found := item(row, "no figure")).sellers]
    beaten = [item(row, "beaten") for row in above[1:] if _beaten_by(ranking, row)]
    claimed = [found for found in (*worse, *blind, *beaten) if found.sellers]
    return max(claimed or worse or beaten, key=lambda x: (x.sellers, x.total.typical), default=None)


def _beaten_by(ranking: Ranking, row: Ranked) -> Ranked | None:
    """The first that costs clearly less, helps as much and is as well proven."""
    return next(
        (
            r
            for r in _above_nothing(ranking)
            if clearly_less(ranking.catalog, r["cost"], row["cost"])
            and r["benefit"].typical >= row["benefit"].typical
            and r.stars >= row.stars
        ),
        None,
    )
