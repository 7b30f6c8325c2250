"""Expected harm of a course: rates of unwanted events times how bad they are, in harm points per 100 people.

Rates from studies are averaged by people; a named prior by how deep the treatment goes stands behind them as so many
people more, so that one small study without a mishap does not make a thing safe. Serious and moderate harms count by
rate. Nuisances count by rate up to a cap: however common, they weigh no more than a few moderate harms.
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from decide.alternatives.cell import Basis, Cell, Expected, Frequency, Ref
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.catalog.models import Criterion, Harm, Procedure
from decide.criteria.context import Context
from decide.evidence.index import Effect
from decide.question.skin import types_in

SEVERITIES = ("serious", "moderate", "minor")
"""The gravest first."""


def measure(context: Context, criterion: Criterion) -> Cell:
    """Harm points of the course for this person: by rates for the skin type, and more where a caution holds."""
    cell = risk(context.catalog, context.option.effect, context.person.skin_type)
    if not context.care:
        return cell
    factor = context.catalog.constant("caution-risk-factor")
    return replace(cell, low=cell.low * factor, typical=cell.typical * factor, high=cell.high * factor)


@derived(most=4096)
def risk(catalog: Catalog, effect: Effect, skin_type: int | None = None) -> Cell:
    """Harm points per 100 people of an effect: the sum over severities of rate × weight, that of nuisances capped.

    For a known skin type, rates seen in other types alone are left out.
    """
    own = _with_parts(catalog, catalog.procedures[effect.main], skin_type)
    base = catalog.procedures.get(effect.treatment) if effect.adjunct else None
    if base is None:
        return own
    # what is added cannot make its base safer
    under = _with_parts(catalog, base, skin_type)
    if under.typical <= own.typical:
        return own
    return replace(under, basis="base")


def _with_parts(catalog: Catalog, procedure: Procedure, skin_type: int | None) -> Cell:
    """The points of a procedure; without rates of its own it is no safer than anything it is made of."""
    own = _points(catalog, procedure, skin_type)
    if own.basis == "facts":
        return own
    parts = [_with_parts(catalog, known, skin_type) for p in procedure.parts if (known := catalog.procedures.get(p))]
    worst = max((own, *parts), key=lambda cell: cell.typical)
    return own if worst is own else replace(worst, basis="base")


def _points(catalog: Catalog, procedure: Procedure, skin_type: int | None) -> Cell:
    prior = catalog.risk_priors[procedure.invasiveness]
    behind = catalog.constant("harm-prior-people")
    harms = [h for h in catalog.harms(procedure.id) if skin_type is None or applies(h.skin_types, skin_type)]
    low = typical = high = 0.0
    refs: list[Ref] = []
    rates: dict[str, float] = {}
    for severity in SEVERITIES:
        weight = catalog.constant(f"harm-{severity}")
        most = catalog.constant("harm-minor-most") if severity == "minor" else math.inf
        expected = float(getattr(prior, severity))
        rate = (expected * behind, expected * behind, expected * behind)
        people = behind
        worst_of = _worst_per_source(harms, severity, round(catalog.constant("n-unknown")))
        for source, worst in sorted(worst_of.items()):
            n = worst.people
            rate = (rate[0] + worst.low * n, rate[1] + worst.typical * n, rate[2] + worst.high * n)
            people += n
            refs.append(Ref(kind="harm", source=source, fact=worst.event))
        rates[severity] = rate[1] / people
        low += min(weight * rate[0] / people, most)
        typical += min(weight * rate[1] / people, most)
        high += min(weight * rate[2] / people, most)
    expected_of = Ref(kind="prior", source="risk.toml", fact=Expected(**rates))
    behind_it = Ref(kind="prior", source="risk.toml", fact=prior)
    basis: Basis = "facts" if refs else "prior"
    return Cell(low=low, typical=typical, high=high, basis=basis, refs=(expected_of, *refs, behind_it))


def applies(skin_types: str | None, skin_type: int) -> bool:
    """Whether a rate seen in these Fitzpatrick types tells of this one; one without readable types tells of all."""
    found = types_in(skin_types or "")
    return not found or min(found) <= skin_type <= max(found)


class Worst(NamedTuple):
    """In how many of 100 people a source saw any event of a severity, at the least; its commonest event."""

    low: float
    typical: float
    high: float
    people: int
    event: Frequency


def _worst_per_source(harms: Iterable[Harm], severity: str, people_unknown: int) -> dict[str, Worst]:
    """Per source how many had an event of a severity: as many as had the commonest, for its people overlap.

    Each end is the highest of all events, so that one event more never makes a thing safer.
    """
    found: dict[str, list[Frequency]] = {}
    for harm in harms:
        if harm.severity == severity:
            # what befalls those without it too is not its doing
            low, high = (max(rate - harm.background, 0.0) for rate in (harm.rate_low, harm.rate_high))
            event = Frequency(severity, harm.event, low, high, harm.n or people_unknown)
            found.setdefault(harm.source, []).append(event)
    return {source: _worst(events) for source, events in found.items()}


def _worst(events: list[Frequency]) -> Worst:
    commonest = max(events, key=lambda event: (event.low + event.high, event.high, event.people, event.event))
    return Worst(
        low=max(event.low for event in events),
        typical=(commonest.low + commonest.high) / 2,
        high=max(event.high for event in events),
        people=commonest.people,
        event=commonest,
    )
