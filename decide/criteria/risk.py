"""Expected harm of a course: rates of unwanted events times how bad they are, in harm points per 100 people.

Rates from studies are averaged by people; a named prior by how deep the treatment goes stands behind them as so many
people more, so that one small study without a mishap does not make a thing safe.
"""

from dataclasses import replace

from decide.alternatives.cell import Cell, Frequency, Ref
from decide.catalog import Catalog
from decide.catalog.models import Criterion, Harm, Procedure
from decide.criteria.context import Context
from decide.evidence.index import Effect
from decide.question.skin import types_in

SEVERITIES = ("minor", "moderate", "serious")


def measure(context: Context, criterion: Criterion) -> Cell:
    """Harm points of the course for this person: by rates for the skin type, and more where a caution holds."""
    cell = risk(context.catalog, context.option.effect, context.person.skin_type)
    if not context.care:
        return cell
    factor = context.catalog.constant("caution-risk-factor")
    return replace(cell, low=cell.low * factor, typical=cell.typical * factor, high=cell.high * factor)


def risk(catalog: Catalog, effect: Effect, skin_type: int | None = None) -> Cell:
    """Harm points per 100 people (sum over severities of rate × weight) of an effect.

    For a known skin type, rates seen in other types alone are left out.
    """
    procedure = catalog.procedures[effect.main]
    base = catalog.procedures.get(effect.treatment) if effect.adjunct else None
    own = _points(catalog, procedure, skin_type)
    if base is None:
        return own
    # what is added cannot make its base safer
    under = _points(catalog, base, skin_type)
    if under.typical <= own.typical:
        return own
    return replace(under, basis="base")


def _points(catalog: Catalog, procedure: Procedure, skin_type: int | None) -> Cell:
    prior = catalog.risk_priors[procedure.invasiveness]
    behind = catalog.constant("harm-prior-people")
    harms = [h for h in catalog.harms(procedure.id) if skin_type is None or applies(h.skin_types, skin_type)]
    low = typical = high = 0.0
    refs: list[Ref] = []
    for severity in SEVERITIES:
        weight = catalog.constant(f"harm-{severity}")
        expected = float(getattr(prior, severity))
        rate = (expected * behind, expected * behind, expected * behind)
        people = behind
        for source, worst in _worst_per_source(harms, severity, round(catalog.constant("n-unknown"))).items():
            n, middle = worst.people, (worst.low + worst.high) / 2
            rate = (rate[0] + worst.low * n, rate[1] + middle * n, rate[2] + worst.high * n)
            people += n
            refs.append(Ref(kind="harm", source=source, fact=worst))
        low += weight * rate[0] / people
        typical += weight * rate[1] / people
        high += weight * rate[2] / people
    ref = Ref(kind="prior", source="risk.toml", fact=prior)
    return Cell(low=low, typical=typical, high=high, basis="facts" if refs else "prior", refs=(*refs, ref))


def applies(skin_types: str | None, skin_type: int) -> bool:
    """Whether a rate seen in these Fitzpatrick types tells of this one; one without readable types tells of all."""
    found = types_in(skin_types or "")
    return not found or min(found) <= skin_type <= max(found)


def _worst_per_source(harms: list[Harm], severity: str, people_unknown: int) -> dict[str, Frequency]:
    """Per source the commonest event of a severity: people with several events are counted once.

    The highest high end is the commonest; of equals the higher low end, then more people, whichever stands first.
    """
    worst: dict[str, Frequency] = {}
    for harm in harms:
        if harm.severity != severity:
            continue
        # what befalls those without it too is not its doing
        low, high = (max(rate - harm.background, 0.0) for rate in (harm.rate_low, harm.rate_high))
        found = Frequency(severity, harm.event, low, high, harm.n or people_unknown)
        if harm.source not in worst or _commoner(found) > _commoner(worst[harm.source]):
            worst[harm.source] = found
    return worst


def _commoner(event: Frequency) -> tuple[float, float, int]:
    return event.high, event.low, event.people
