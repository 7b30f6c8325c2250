"""A decision problem: what is asked, for whom, where, over how long and with which weights, resolved once."""

import os
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from decide.catalog import Catalog
from decide.errors import InputError
from decide.mcda import normalised
from decide.mcda.weights import changed
from decide.question.conditions import known_avoids, known_conditions
from decide.question.request import AskedConcern, Request


@dataclass(frozen=True)
class Limits:
    """What the person allows: money, days, and things to keep out."""

    budget_high: float | None = None
    per: Literal["course", "session", "month"] = "course"
    max_downtime_days: float | None = None
    avoid: tuple[str, ...] = ()
    exclude: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    @property
    def restrict(self) -> bool:
        """Whether anything but money is limited."""
        return bool(self.avoid or self.exclude or self.max_downtime_days is not None)


class Settings(BaseModel):
    """How an answer is worked out, apart from the question: market, weights, horizon, prices."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)
    market: str | None = None
    profile: str | None = None
    weights: dict[str, float] = Field(default_factory=dict)
    horizon_months: float | None = None
    borrow: bool = True
    quotes: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    clinic: dict[str, tuple[Any, ...]] = Field(default_factory=dict)


def market_for(catalog: Catalog, request: Request, settings: Settings) -> str:
    """The market in force: the one named, the one whose currency was written, `DECIDE_MARKET`, the default.

    Raises
    ------
    InputError : an unknown market, or a currency that no list or another list has.
    """
    named = settings.market or request.market
    currency = request.budget.currency if request.budget else None
    by_currency = None
    if currency:
        by_currency = next((m.id for m in catalog.markets.values() if m.currency == currency), None)
        if by_currency is None:
            known = ", ".join(f"{m.currency} ({m.id})" for m in catalog.markets.values())
            raise InputError(f"no price list is in {currency}", f"there are lists in {known}")
    if named:
        market = catalog.market(named)
        if currency and market.currency != currency:
            raise InputError(
                f"the budget is in {currency}, but the {market.name} list is in {market.currency}",
                "leave the market out, or give the budget in its currency",
            )
        return market.id
    if by_currency:
        return by_currency
    return catalog.market((os.environ.get("DECIDE_MARKET") or "").strip().lower() or catalog.edition.default_market).id


def weights_for(catalog: Catalog, request: Request, settings: Settings) -> tuple[str, dict[str, float]]:
    """The profile in force and its weights, changed as asked and summing to 1, one per criterion of the catalogue."""
    name = settings.profile
    if name is None and request.prefer:
        name = next((p.id for p in catalog.profiles.values() if p.prefer == request.prefer), None)
    name = name or catalog.edition.default_profile
    if name not in catalog.profiles:
        raise InputError(f"unknown profile {name!r}", f"profiles are {', '.join(catalog.profiles)}")
    base = {c: float(catalog.profiles[name].weights.get(c, 0.0)) for c in catalog.criteria}
    total = normalised(list(changed(base, settings.weights).values()))
    return name, dict(zip(base, (float(x) for x in total), strict=True))


def horizon_for(catalog: Catalog, settings: Settings) -> float:
    """The horizon in months."""
    horizon = settings.horizon_months
    if horizon is None:
        return float(catalog.edition.default_horizon_months)
    if not 1 <= horizon <= 120:
        raise InputError(f"a horizon of {horizon:g} months is out of range", "from 1 to 120 months")
    return float(horizon)


def concern_of(catalog: Catalog, asked: AskedConcern) -> tuple[str, str]:
    """The ids of a concern and its subtype ('' for none), checked."""
    if asked.id not in catalog.concerns:
        raise InputError(f"unknown concern {asked.id!r}", f"concerns are {', '.join(catalog.concerns)}")
    subtype = asked.subtype or ""
    known = [s.id for s in catalog.concerns[asked.id].subtype]
    if subtype and subtype not in known:
        hint = f"its kinds are {', '.join(known)}" if known else "it has no kinds"
        raise InputError(f"{asked.id} has no kind {subtype!r}", hint)
    return asked.id, subtype


def limits_of(catalog: Catalog, request: Request) -> Limits:
    """What the person allows, from the request; unknown names are refused."""
    for name in (*request.exclude, *request.procedures):
        if name not in catalog.procedures and name not in catalog.families:
            raise InputError(f"unknown procedure {name!r}", "'decide catalog list' shows what there is")
    known_conditions(catalog, request.person.conditions)
    budget = request.budget
    return Limits(
        budget_high=float(budget.high) if budget and budget.high is not None else None,
        per=budget.per if budget else "course",
        max_downtime_days=request.max_downtime_days,
        avoid=known_avoids(catalog, request.avoid),
        exclude=frozenset(request.exclude),
        only=frozenset(request.procedures),
    )
