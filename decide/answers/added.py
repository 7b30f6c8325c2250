"""What is added to a base, judged apart from it: its own gain and its own price."""

from decide.alternatives.alternative import option_id
from decide.answers.ranking.result import Ranked, Ranking
from decide.catalog import Catalog
from decide.evidence.benefit import Benefits
from decide.evidence.index import Effect
from decide.lazily import dataclass


@dataclass(frozen=True, kw_only=True)
class AddOn:
    """What something adds to its base: the gain with its range, what it costs more, and per point of gain."""

    base: str
    gain: float
    low: float
    high: float
    noticeable: float
    p_noticeable: float
    extra_cost: float | None
    per_point: float | None


def add_on_of(catalog: Catalog, found: Benefits, effect: Effect, ranking: Ranking, row: Ranked | None) -> AddOn | None:
    """What an adjunct adds to its base; None for what is given on its own."""
    if not effect.adjunct or effect.treatment not in catalog.procedures:
        return None
    gain = found.added(effect)
    low, high = gain.interval(catalog.constant("interval"))
    noticeable = catalog.constant("noticeable", ranking.concern)
    base = next((r for r in ranking.rows if r.option.id == option_id(catalog, Effect(effect.treatment))), None)
    extra = None
    if row is not None and base is not None:
        extra = row["cost"].typical - base["cost"].typical
    return AddOn(
        base=catalog.procedures[effect.treatment].name,
        gain=gain.mean,
        low=low,
        high=high,
        noticeable=noticeable,
        p_noticeable=gain.above(noticeable),
        extra_cost=extra,
        per_point=extra / gain.mean if extra is not None and extra > 0 and gain.mean > 0.5 else None,
    )
