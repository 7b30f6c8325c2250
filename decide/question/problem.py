"""A decision problem: what is asked, for whom, where, over how long and with which weights, resolved once.

    problem = Problem.of(catalog, request, Preferences(market="uk"))

Every answer takes a `Problem` and resolves nothing again: market, horizon, weights, budget, limits and quoted prices
have their one home here. Long because what it holds and how that is resolved are read together.
"""

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any, NamedTuple

from decide.catalog import Catalog
from decide.catalog.kinds import meant
from decide.catalog.models import Market, Sex
from decide.catalog.named import nothing_misnamed
from decide.errors import InputError
from decide.lazily import dataclass
from decide.mcda import normalised
from decide.mcda.weights import changed
from decide.question.asker import Asker, asker_of, sexed
from decide.question.build import budget_of
from decide.question.conditions import check_person, known_avoids, meant_beside
from decide.question.names import OptionId, option_named
from decide.question.prices import Prices, Quote, quotes_of, read_price_list
from decide.question.redflags import flags_in, flags_of
from decide.question.request import AskedConcern, Per, Person, Request

LONGEST = 120
"""Months over which costs may be counted: past ten years no price or result can be foreseen."""


@dataclass(frozen=True)
class Preferences:
    """Preferences: how an answer is worked out, apart from the question.

    market : id of a price list ("us"); the question's, `DECIDE_MARKET`, then the default when None.
    profile, weights : named weights, and changes to them by criterion.
    horizon : whole months over which costs are counted.
    prices : quoted prices, {"fraxel": "$1200/session"} or "fraxel=1200/session"; they beat every list.
    price_list : a clinic's own list, a file; it beats the catalogue's.
    borrow : whether a missing price may be borrowed from another market.
    """

    market: str | None = None
    profile: str | None = None
    weights: Mapping[str, object] = field(default_factory=dict)
    horizon: float | None = None
    prices: Prices = ()
    price_list: str | Path | None = None
    borrow: bool = True


class Concern(NamedTuple):
    """A concern that is asked about, by id, and its kind ('' for none)."""

    id: str
    kind: str = ""


def within(money: Any, budget: Any) -> Any:
    """Whether budgets admit sums: numbers, or arrays that go together; rounding counts for nothing."""
    return money <= budget + 1e-9


@dataclass(frozen=True)
class Limits:
    """What the person allows: money, days, and things to keep out."""

    budget_high: float | None = None
    per: Per = "course"
    max_downtime_days: float | None = None
    avoid: tuple[str, ...] = ()
    exclude: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()

    def allows(self, money: Any) -> Any:
        """Whether the budget admits so much, of what it is for (a number, or an array of them)."""
        return within(money, math.inf if self.budget_high is None else self.budget_high)

    def in_all(self, horizon: float, visits: float | None = None) -> float | None:
        """What the budget comes to over the horizon, for a course of so many visits; None without a budget, or where a
        budget a session meets no number of them.
        """
        if self.budget_high is None or (self.per == "session" and visits is None):
            return None
        return self.budget_high * {"course": 1.0, "month": horizon, "session": visits or 0.0}[self.per]

    @property
    def restrict(self) -> bool:
        """Whether anything but money is limited."""
        return bool(self.avoid or self.exclude or self.failed or self.max_downtime_days is not None)


@dataclass(frozen=True, kw_only=True)
class RedFlag:
    """Words of the question that mean that a doctor has to look first, what to tell, and who says so."""

    words: str
    says: str
    source: str


@dataclass(frozen=True)
class Problem:
    """A decision problem over one catalogue, with everything that bears on its answer resolved and checked."""

    catalog: Catalog
    request: Request
    market: Market
    horizon: int
    profile: str
    weights: Mapping[str, float]
    concerns: tuple[Concern, ...]
    limits: Limits
    quotes: tuple[Quote, ...] = ()
    borrow: bool = True
    red_flags: tuple[RedFlag, ...] = ()
    """With one there is no answer but to see a doctor (`decide.alternatives.eligibility.screen` refuses)."""
    _askers: dict[Concern | None, Asker] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, catalog: Catalog, request: Request, preferences: Preferences = Preferences()) -> "Problem":
        """The problem that a request poses under preferences.

        Raises
        ------
        InputError : an unknown name, weights that are all zero, a horizon or price that cannot be, a market or
            currency that no list has, a red flag that the catalogue does not know.
        CatalogError : facts of one's own that name what there is not.
        """
        nothing_misnamed(catalog)
        check_kinds(catalog, request)
        # a part course is ruled out with its whole: nobody wants the rest of what they do not want
        gone = dict.fromkeys(str(OptionId.parse(name).whole) for name in request.exclude)
        request = request.model_copy(update={"exclude": tuple(gone)})
        market = _market(catalog, request, preferences)
        profile, weights = weights_in(catalog, request, preferences)
        found = cls(
            catalog=catalog,
            request=request,
            market=market,
            horizon=_horizon(catalog, preferences),
            profile=profile,
            weights=weights,
            concerns=tuple(_concern(catalog, asked, request.person.sex) for asked in request.concerns),
            limits=_limits(catalog, request),
            quotes=_quotes(catalog, market, request, preferences),
            borrow=preferences.borrow,
        )
        return replace(found, red_flags=_red_flags(found))

    @property
    def person(self) -> Person:
        """Who asks."""
        return self.request.person

    @property
    def unread(self) -> tuple[str, ...]:
        """What was said of who asks and could not be read."""
        return self.request.unread

    @property
    def concern(self) -> Concern:
        """The first concern that is asked about.

        Raises
        ------
        InputError : none is.
        """
        if not self.concerns:
            known = ", ".join(c.name.lower() for c in self.catalog.concerns.values())
            raise InputError("no concern named", f"concerns are {known}")
        return self.concerns[0]

    @property
    def total_budget(self) -> float | None:
        """The most to spend in all over the horizon; None without a budget.

        Raises
        ------
        InputError : the budget is for a session, which says nothing of the whole.
        """
        found = self.limits.in_all(self.horizon)
        if found is None and self.limits.budget_high is not None:
            raise InputError("a budget a session says nothing of the whole", "give the sum for everything")
        return found

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this problem from others over the same catalogue."""
        quotes = tuple(quote._replace(said="") for quote in self.quotes)
        weights = tuple(self.weights.items())
        said = self.request.model_dump_json()
        return (said, self.market.id, self.horizon, self.profile, weights, quotes, self.borrow)

    def about(self, *concerns: Concern, only: Iterable[str] | None = None) -> "Problem":
        """The same problem about other concerns, and these procedures alone (None: as it is; empty: all)."""
        kept = self.limits.only if only is None else frozenset(only)
        asked = tuple(AskedConcern(id=c.id, subtype=None if self.assumed(c) else c.kind or None) for c in concerns)
        update: dict[str, object] = {"concerns": asked, "person": self.whoever(*concerns)}
        request = self.request.model_copy(update=update | ({} if only is None else {"procedures": tuple(only)}))
        of = (AskedConcern(id=c.id, subtype=c.kind or None) for c in concerns)
        concerns = tuple(_concern(self.catalog, one, self.person.sex) for one in of)
        found = replace(self, concerns=concerns, request=request, limits=replace(self.limits, only=kept))
        if {c.id for c in concerns} <= {c.id for c in self.concerns}:
            return found
        # another concern may raise a flag that the former did not, and takes none away
        return replace(found, red_flags=tuple(dict.fromkeys((*self.red_flags, *_red_flags(found)))))

    def whoever(self, *concerns: Concern) -> Person:
        """Who asks, of these concerns: whoever also asks about another kind has what that means (melasma, keloids)."""
        beside = meant_beside(self.catalog, (c for c in self.concerns if c not in concerns))
        conditions = tuple(dict.fromkeys((*self.person.conditions, *beside)))
        return self.person.model_copy(update={"conditions": conditions})

    def asker(self, concern: Concern | None) -> Asker:
        """Who asks about a concern (None: about anything), with all that holds for them."""
        if concern not in self._askers:
            person, about = (self.whoever(concern), self.of_whom(concern)) if concern else (self.person, Concern(""))
            self._askers[concern] = asker_of(self.catalog, person, *about, self.market.id, self.unread)
        return self._askers[concern]

    def of_whom(self, concern: Concern) -> Concern:
        """What asking about a concern tells of who asks: a kind that nobody named says nothing of their sex."""
        return Concern(concern.id) if sexed(self.catalog, concern.id) and self.assumed(concern) else concern

    def assumed(self, concern: Concern) -> bool:
        """Whether nothing that was said told the kind of a concern: the one most asked about stands in."""
        said = next((asked.subtype for asked in self.request.concerns if asked.id == concern.id), None)
        kinds = self.catalog.concerns[concern.id].subtype
        own = any(kind.id == concern.kind and kind.sex == self.person.sex is not None for kind in kinds)
        return bool(concern.kind) and not said and not own

    def of_kind(self, concern: str, kind: str) -> "Problem":
        """The same problem about one kind of a concern alone, as if it had been asked so."""
        asked = (AskedConcern(id=concern, subtype=kind),)
        request = self.request.model_copy(update={"concerns": asked})
        return replace(self, request=request, concerns=(_concern(self.catalog, asked[0], self.person.sex),))

    def asked_by(self, sex: Sex) -> "Problem":
        """The same problem of a man or of a woman, about the kinds that are theirs."""
        request = self.request.model_copy(update={"person": self.person.model_copy(update={"sex": sex})})
        concerns = tuple(_concern(self.catalog, asked, sex) for asked in request.concerns)
        return replace(self, request=request, concerns=concerns)

    def weighing(self, changes: Mapping[str, object]) -> "Problem":
        """The same problem with its profile's weights changed so."""
        _, weights = weights_in(self.catalog, self.request, Preferences(profile=self.profile, weights=changes))
        return replace(self, weights=weights)

    def spending(self, money: float | None) -> "Problem":
        """The same problem with this to spend in all (None: without a budget)."""
        budget = self.request.budget
        asked = None
        if money is not None:
            asked = budget_of(self.catalog, round(money, 2), currency=budget.currency if budget else None)
        limits = replace(self.limits, budget_high=None if asked is None else float(asked.high or 0), per="course")
        return replace(self, request=self.request.model_copy(update={"budget": asked}), limits=limits)


def known_market(catalog: Catalog, name: str | None = None) -> Market:
    """The market of this name; `DECIDE_MARKET`, then the default, without one."""
    chosen = (name or os.environ.get("DECIDE_MARKET") or "").strip().lower()
    return catalog.market(chosen or catalog.edition.default_market)


def _market(catalog: Catalog, request: Request, preferences: Preferences) -> Market:
    """The market in force: the one named, the one whose currency was written, `DECIDE_MARKET`, the default."""
    named = preferences.market or request.market
    currency = request.budget.currency if request.budget else None
    if currency is None:
        return known_market(catalog, named)
    by_currency = next((m for m in catalog.markets.values() if m.currency == currency), None)
    if by_currency is None:
        known = ", ".join(f"{m.currency} ({m.id})" for m in catalog.markets.values())
        raise InputError(f"no price list is in {currency}", f"there are lists in {known}")
    if not named:
        return by_currency
    market = known_market(catalog, named)
    if market.currency != currency:
        raise InputError(
            f"the budget is in {currency}, but the {market.name} list is in {market.currency}",
            "leave the market out, or give the budget in its currency",
        )
    return market


def weights_in(catalog: Catalog, request: Request, preferences: Preferences) -> tuple[str, dict[str, float]]:
    """The profile in force and its weights, changed as asked and summing to 1, one per criterion of the catalogue."""
    name = preferences.profile
    if name is None and request.prefer:
        name = next((p.id for p in catalog.profiles.values() if p.prefer == request.prefer), None)
    name = name or catalog.edition.default_profile
    if name not in catalog.profiles:
        raise InputError(f"unknown profile {name!r}", f"profiles are {', '.join(catalog.profiles)}")
    base = {c: float(catalog.profiles[name].weights.get(c, 0.0)) for c in catalog.criteria}
    changes = {
        criterion: _number(f"the weight of {criterion}", value, "zero or more")
        for criterion, value in preferences.weights.items()
    }
    total = normalised(list(changed(base, changes).values()))
    return name, dict(zip(base, (float(x) for x in total), strict=True))


def _number(what: str, value: object, range_: str) -> float:
    try:
        found = float(str(value))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f"{what} must be a number, not {value!r:.40}", range_)
    return found


def _horizon(catalog: Catalog, preferences: Preferences) -> int:
    if preferences.horizon is None:
        return round(catalog.edition.default_horizon_months)
    months = _number("the horizon", preferences.horizon, f"from 1 to {LONGEST} months")
    if not 1 <= months <= LONGEST:
        raise InputError(f"a horizon of {months:g} months is out of range", f"from 1 to {LONGEST} months")
    if months != int(months):
        raise InputError(f"a horizon of {months:g} months is not whole", f"{int(months)} or {int(months) + 1} months")
    return int(months)


def _concern(catalog: Catalog, asked: AskedConcern, sex: Sex | None = None) -> Concern:
    """A concern that is asked about; where its kinds are those of the sexes and none is named, the person's own, and
    where its kinds stand apart, the one that most ask about.
    """
    if asked.id not in catalog.concerns:
        raise InputError(f"unknown concern {asked.id!r}", f"concerns are {', '.join(catalog.concerns)}")
    kind = asked.subtype or ""
    known = [s.id for s in catalog.concerns[asked.id].subtype]
    if kind and kind not in known:
        hint = f"its kinds are {', '.join(known)}" if known else "it has no kinds"
        raise InputError(f"{asked.id} has no kind {kind!r}", hint)
    if not kind and sex is not None:
        own = [s.id for s in catalog.concerns[asked.id].subtype if s.sex == sex]
        kind = own[0] if len(own) == 1 else ""
    return Concern(asked.id, meant(catalog.concerns[asked.id], kind))


def check_kinds(catalog: Catalog, request: Request) -> None:
    """Refuse a kind that is of one sex for whoever is, by what was said, of the other."""
    for asked in request.concerns:
        kinds = catalog.concerns[asked.id].subtype if asked.id in catalog.concerns else ()
        kind = next((kind for kind in kinds if kind.id == asked.subtype and kind.sex), None)
        if kind is None:
            continue
        if request.person.sex not in (None, kind.sex):
            raise InputError(f"{kind.name.lower()} does not go with {request.person.sex}", "leave out one of them")
        try:
            check_person(catalog, request.person.model_copy(update={"sex": kind.sex}))
        except InputError as error:
            raise InputError(f"{kind.name.lower()}: {error.message}", "leave out the kind or the other") from None


def _limits(catalog: Catalog, request: Request) -> Limits:
    # "why 1" names a place in a ranking that is not made yet
    named = [name for name in request.procedures if not (request.intent == "why" and name.isdecimal())]
    for name in (*request.exclude, *named, *(had.procedure for had in request.history)):
        parts = OptionId.parse(name)
        for part in (parts.procedure, parts.base):
            if part is not None and part not in catalog.procedures and part not in catalog.families:
                option_named(catalog, name)
    check_person(catalog, request.person)
    budget = request.budget
    return Limits(
        budget_high=float(budget.high) if budget and budget.high is not None else None,
        per=budget.per if budget else "course",
        max_downtime_days=request.max_downtime_days,
        avoid=known_avoids(catalog, request.avoid),
        exclude=frozenset(request.exclude),
        failed=request.failed,
        only=frozenset(str(OptionId.parse(name).whole) for name in named),
    )


def _red_flags(problem: Problem) -> tuple[RedFlag, ...]:
    """What each flag tells that was raised by words or by what holds for who asks, once, with all that raised it."""
    catalog = problem.catalog
    raised = [(flag, words) for words in problem.request.red_flags for flag in flags_in(catalog, words)]
    for concern in problem.concerns or (None,):
        for who in problem.asker(concern).who:
            about = flags_of(catalog, who.said, concern.id if concern else "")
            raised += [(flag, catalog.conditions[condition].name) for flag, condition in about]
    found: dict[tuple[str, str], list[str]] = {}
    for flag, words in raised:
        found.setdefault((flag.says, flag.source), []).append(words)
    return tuple(
        RedFlag(words=", ".join(dict.fromkeys(words)), says=says, source=source)
        for (says, source), words in found.items()
    )


def _quotes(catalog: Catalog, market: Market, request: Request, preferences: Preferences) -> tuple[Quote, ...]:
    quotes = quotes_of(catalog, request.quotes)
    quotes += quotes_of(catalog, preferences.prices) if preferences.prices else ()
    if preferences.price_list is not None:
        quotes += read_price_list(preferences.price_list, catalog)
    for quote in quotes:
        if quote.currency and quote.currency != market.currency:
            raise InputError(
                f"{quote.said} is in {quote.currency}, but the {market.name} list is in {market.currency}",
                "choose the market whose money it is",
            )
    return quotes
