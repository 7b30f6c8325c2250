"""The page on agreement: our order beside every rank table that the catalogue holds for comparison.

Those tables move no figure here. Why an order parts from one stands in agreement.toml; the rest comes from the program.
"""

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path

from decide.alternatives.alternative import option_name
from decide.catalog import Catalog
from decide.catalog.models import Study
from decide.evidence.benefit import Benefits, synthesis_of
from decide.evidence.index import Effect, effect_of
from decide.mcda.kendall import kendall_tau

WHY = Path(__file__).parent / "agreement.toml"
FEWEST = 3
"""Treatments without which a table has no order to speak of."""
LOW = 0.5
"""An agreement below which the page owes a reason."""
HEAD = """# Agreement with published orders

Reviews and networks that the catalogue holds for comparison (`use = "compare"`) are no part of any figure here. Each
that orders three or more treatments that have a figure here stands beside our order by expected gain. Kendall's τ is 1
where the two orders are the same and −1 where one is the other reversed; only what both order is counted. Where τ is
below 0.5 the reason stands below, written by hand in `docs/agreement.toml`; the rest is written by
`python docs/generate.py`; do not edit this page.
"""


def agreement_page(catalog: Catalog) -> str:
    """docs/agreement.md: a table for each published order, with its τ and why it is low.

    Raises
    ------
    ValueError : an order parts from ours and no reason is given.
    """
    why = {row["study"]: row["says"] for row in tomllib.loads(WHY.read_text("utf-8"))["why"]}
    parts, taus = [HEAD], []
    for concern in catalog.concerns.values():
        for study in catalog.studies(concern.id):
            found = synthesis_of(catalog, concern.id, study.subtype or concern.default_kind or "")
            order = [pair for pair in theirs(catalog, study) if pair[0] in found.effects]
            if study.use == "compare" and len(order) >= FEWEST:
                tau, text = _table(catalog, study, found, order)
                taus.append(tau)
                if tau < LOW and study.id not in why:
                    raise ValueError(f"docs/agreement.toml gives no reason for {study.id}")
                parts.append(f"{text}\n{why[study.id] if tau < LOW else ''}".rstrip() + "\n")
    middle = sorted(taus)[len(taus) // 2]
    parts.insert(1, f"{len(taus)} orders; the middle τ is {middle:.2f}.\n")
    return "\n".join(parts)


def theirs(catalog: Catalog, study: Study) -> list[tuple[Effect, float]]:
    """Each treatment with what a study orders it by, the best first: ranks, else differences to nothing, else arms.

    What stands twice (two doses, two outcomes) counts by its best.
    """
    ranks = [c for c in study.contrast if c.measure == "rank-probability"]
    same = [c for c in study.contrast if c.measure != "rank-probability" and c.comparator in ("placebo", "untreated")]
    rows = ranks or same or [a for a in study.arm if a.value is not None]
    best: dict[Effect, float] = {}
    for row in rows:
        effect = effect_of(catalog, row.procedure, row.base)
        best[effect] = max(best.get(effect, -math.inf), row.value or 0)
    return sorted(best.items(), key=lambda item: -item[1])


def _table(catalog: Catalog, study: Study, found: Benefits, order: list[tuple[Effect, float]]) -> tuple[float, str]:
    ours = {effect: found.expected(effect).mean for effect, _ in order}
    tau = kendall_tau([value for _, value in order], [ours[effect] for effect, _ in order])
    place = {effect: k for k, effect in enumerate(sorted(ours, key=lambda e: -ours[e]), 1)}
    where = " · ".join(filter(None, (study.concern, study.subtype)))
    return tau, "\n".join((f"## {study.id} ({where}): τ {tau:.2f}\n", *_rows(catalog, study, order, ours, place), ""))


def _rows(
    catalog: Catalog,
    study: Study,
    order: list[tuple[Effect, float]],
    ours: dict[Effect, float],
    place: dict[Effect, int],
) -> Iterator[str]:
    yield "| place there | by | treatment | place here | gain here |\n|---|---|---|---|---|"
    for k, (effect, value) in enumerate(order, 1):
        name = option_name(catalog, effect, study.concern)
        yield f"| {k} | {value:g} | {name} | {place[effect]} | {ours[effect]:.0f} |"
