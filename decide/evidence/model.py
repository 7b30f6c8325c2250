"""What is supposed of a concern's network beyond its rows: priors, kinds and levels, from the catalogue's constants."""

from collections import Counter

from decide.catalog import Catalog, kinds
from decide.catalog.derived import derived
from decide.evidence import compiled
from decide.evidence.rows import Rows, rows_for
from decide.synthesis import Gains, Kinds, Levels, LogNormal, Model, Outliers, Prior, Problem, Scale, scale_step

REFERENCE = ("placebo",)
"""What gains are over: a dummy treatment."""
UNTREATED, BASELINE = "untreated", "baseline"


def model_of(catalog: Catalog, concern: str, rows: Rows) -> Model:
    """The model of a concern's network."""

    def constant(name: str) -> float:
        return catalog.constant(name, concern)

    procedures = tuple(catalog.procedures)
    as_base = Counter(item.effect.treatment for item in rows.used if item.effect.adjunct)
    return Model(
        gains=Gains(
            spread=LogNormal(constant("gain-sd"), constant("gain-log-sd")),
            combined=constant("combined-share"),
            added=constant("added-share"),
            pair=constant("pair-share"),
            product=constant("product-share"),
            made_to_add=frozenset(p.id for p in catalog.procedures.values() if p.role == "adjunct" or p.adjunct_to),
            bases=tuple(sorted(procedures, key=lambda one: -as_base[one])),
            also=frozenset((*procedures, *REFERENCE, UNTREATED, BASELINE)),
        ),
        levels=Levels(
            mean=Prior(constant("level-mean"), constant("level-sd")),
            kind=constant("level-kind-sd"),
            untreated=constant("untreated-sd"),
            series=Prior(constant("series-mean"), constant("series-sd")),
            between=LogNormal(constant("study-sd"), constant("study-log-sd")),
            cut={
                cut.id: cut.spread
                for (scale, _), cut in catalog.cuts.items()
                if scale == catalog.concerns[concern].scale
            },
            study_cut=constant("study-cut-sd"),
        ),
        heterogeneity=LogNormal(constant("heterogeneity-sd"), constant("heterogeneity-log-sd")),
        kinds=kinds_of(catalog, concern),
        outliers=Outliers(
            chance=constant("outlier-chance"),
            inflation=constant("outlier-inflation"),
            above=constant("outlier-above"),
            most=round(constant("outlier-most")),
        ),
        untreated=(UNTREATED,),
        baseline=(BASELINE,),
    )


def kinds_of(catalog: Catalog, concern: str) -> Kinds | None:
    """How the kinds of a concern lend to each other; None for a concern without kinds."""
    found = kinds.kinds_of(catalog.concerns[concern])
    if not found.shares:
        return None
    return Kinds(found.groups, dict.fromkeys(found.groups.values(), found.lends), found.shares)


def problem_of(catalog: Catalog, concern: str, rows: Rows) -> Problem:
    """A concern's network, as the synthesis takes it."""
    return Problem([item.row for item in rows.used], REFERENCE, model_of(catalog, concern, rows), rows.trials)


@derived(most=8)
def scale_of(catalog: Catalog, scale: str) -> Scale | None:
    """How far series run high and cuts err, from all concerns of a scale together; None where no study speaks."""
    known: Scale | None = compiled.found(catalog, name := compiled.scale_of(scale))
    if known is None:
        known = _scale(catalog, scale)
        compiled.keep(catalog, name, known)
    return known


def _scale(catalog: Catalog, scale: str) -> Scale | None:
    found = {}
    for concern in catalog.concerns.values():
        if concern.scale == scale and (rows := rows_for(catalog, concern.id)).used:
            found[concern.id] = problem_of(catalog, concern.id, rows)
    return scale_step(found) if found else None
