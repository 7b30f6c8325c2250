"""The library's calls: plain values in, typed immutable answers out."""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from decide.answers.ask import Answer, answer
from decide.answers.comparison import Comparison, compare_request
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking.rank import rank_request
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import DRAWS, with_sureness
from decide.catalog import Catalog, load_catalog
from decide.errors import InputError
from decide.question.problem import Settings, market_for
from decide.question.request import AskedConcern, Budget, Person, Request
from decide.report import shown as _shown  # noqa: F401 - answers print themselves by what it registers


@lru_cache(maxsize=4)
def _shipped(_folder: str | None) -> Catalog:
    return load_catalog()


def _catalog(catalog: Catalog | str | Path | None) -> Catalog:
    if isinstance(catalog, Catalog):
        return catalog
    return load_catalog(catalog) if catalog is not None else _shipped(os.environ.get("DECIDE_CATALOG"))


def understand(text: str, *, catalog: Catalog | str | Path | None = None) -> Request:
    """How a question is read; nothing is computed.

    Raises
    ------
    InputError : no text, or far too much of it.
    """
    from decide.question.reading import understand as read

    return read(text, _catalog(catalog))


def ask(
    text: str,
    *,
    market: str | None = None,
    profile: str | None = None,
    weights: Mapping[str, float] | None = None,
    horizon: float | None = None,
    prices: Mapping[str, object] | str | Path | None = None,
    borrow: bool = True,
    catalog: Catalog | str | Path | None = None,
) -> Answer:
    """The answer to a question in plain words, such as "what's best for acne scars under $2000".

    Parameters are those of `rank`.

    Raises
    ------
    InputError : the question cannot be answered as it stands; the message says why and the hint what would do.
    """
    facts = _catalog(catalog)
    request = understand(text, catalog=facts)
    return answer(facts, request, _settings(facts, request, market, profile, weights, horizon, prices, borrow))


def rank(
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    per: str = "course",
    market: str | None = None,
    profile: str | None = None,
    weights: Mapping[str, float] | None = None,
    horizon: float | None = None,
    prices: Mapping[str, object] | str | Path | None = None,
    borrow: bool = True,
    person: Person | Mapping[str, Any] | None = None,
    only: Iterable[str] = (),
    avoid: Iterable[str] = (),
    exclude: Iterable[str] = (),
    max_downtime_days: float | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    catalog: Catalog | str | Path | None = None,
) -> Ranking:
    """Options for a concern, best first.

    Parameters
    ----------
    concern : an id or any words for it that the catalogue knows ("acne scars").
    budget : most to spend, as a number in the market's currency or as text ("$2,000", "£800"); `per` says on what.
    market : "us", "uk" or "au"; `DECIDE_MARKET`, then "us", when None.
    profile, weights : named weights, and changes to them by criterion.
    horizon : months over which costs are counted; 12 when None.
    prices : prices of your own by procedure name ({"fraxel": 1200}), or the path of a clinic's price list.
    borrow : whether a missing price may be borrowed from another market.
    person, avoid, exclude, max_downtime_days, only : who asks, and what is not wanted.
    draws, seed : draws behind P(best) of each option; 0 draws for the order alone.
    catalog : a `Catalog`, or a folder of facts to lay over the shipped ones.

    Raises
    ------
    InputError : an unknown name, an amount or weight that cannot be, a market or currency that no list has.
    """
    facts = _catalog(catalog)
    request = _request(facts, concern, subtype, budget, per, person, only, avoid, exclude, max_downtime_days)
    ranking = rank_request(facts, request, _settings(facts, request, market, profile, weights, horizon, prices, borrow))
    return with_sureness(facts, ranking, draws=draws, seed=seed) if draws else ranking


def compare(
    procedures: Sequence[str],
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    market: str | None = None,
    profile: str | None = None,
    weights: Mapping[str, float] | None = None,
    horizon: float | None = None,
    prices: Mapping[str, object] | str | Path | None = None,
    borrow: bool = True,
    person: Person | Mapping[str, Any] | None = None,
    catalog: Catalog | str | Path | None = None,
) -> Comparison:
    """Procedures or families side by side for a concern; the other parameters are those of `rank`."""
    from decide.question.vocabulary import Vocabulary

    facts = _catalog(catalog)
    if isinstance(procedures, str):
        raise InputError("procedures must be a list of names", 'decide.compare(["exosomes", "tretinoin"], "wrinkles")')
    names = [Vocabulary.of(facts).procedure(name) for name in procedures]
    request = _request(facts, concern, subtype, budget, "course", person, (), (), (), None)
    settings = _settings(facts, request, market, profile, weights, horizon, prices, borrow)
    return compare_request(facts, names, request, settings)


def instead(
    procedure: str,
    *,
    spend: object = None,
    concern: str | None = None,
    market: str | None = None,
    profile: str | None = None,
    weights: Mapping[str, float] | None = None,
    horizon: float | None = None,
    prices: Mapping[str, object] | str | Path | None = None,
    borrow: bool = True,
    person: Person | Mapping[str, Any] | None = None,
    catalog: Catalog | str | Path | None = None,
) -> Instead:
    """What the money for a procedure or family buys best elsewhere, one row a concern.

    `spend` is the money at stake; without it, what the procedure's own course costs. The rest as for `rank`.
    """
    from decide.answers.instead import instead_request

    facts = _catalog(catalog)
    request = _request(facts, concern, None, spend, "course", person, (), (), (), None)
    settings = _settings(facts, request, market, profile, weights, horizon, prices, borrow)
    money = float(request.budget.high) if request.budget and request.budget.high else None
    return instead_request(facts, _name(facts, procedure), request, settings, money)


def plan(
    concerns: Sequence[str],
    budget: object,
    *,
    importance: Mapping[str, float] | None = None,
    least_stars: int = 2,
    most: int = 4,
    market: str | None = None,
    horizon: float | None = None,
    prices: Mapping[str, object] | str | Path | None = None,
    borrow: bool = True,
    person: Person | Mapping[str, Any] | None = None,
    avoid: Iterable[str] = (),
    exclude: Iterable[str] = (),
    max_downtime_days: float | None = None,
    catalog: Catalog | str | Path | None = None,
) -> Plan:
    """The best set of courses for these concerns within a budget: exactly optimal under the model of `decide.plans`.

    `importance` weighs concerns by id; `least_stars` and `most` bound how little proven a course, and how many, may be.

    Raises
    ------
    InputError : an unknown name, or scipy missing.
    NothingFits : the budget buys nothing that helps.
    """
    from decide.answers.plan import plan_request

    facts = _catalog(catalog)
    names = [concerns] if isinstance(concerns, str) else list(concerns)
    asked = [_request(facts, name, None, None, "course", None, (), (), (), None).concerns[0] for name in names]
    request = _request(facts, None, None, budget, "course", person, (), avoid, exclude, max_downtime_days)
    request = request.model_copy(update={"intent": "plan", "concerns": tuple(asked)})
    settings = _settings(facts, request, market, None, None, horizon, prices, borrow)
    return plan_request(facts, request, settings, importance=importance, least_stars=least_stars, most=most)


def _request(
    facts: Catalog,
    concern: str | None,
    subtype: str | None,
    budget: object,
    per: str,
    person: Person | Mapping[str, Any] | None,
    only: Iterable[str],
    avoid: Iterable[str],
    exclude: Iterable[str],
    max_downtime_days: float | None,
) -> Request:
    from pydantic import ValidationError

    from decide.question.money import amount, parse

    asked: tuple[AskedConcern, ...] = ()
    if concern is not None:
        identity, kind = (concern, None) if concern in facts.concerns else _vocabulary(facts).concern(concern)
        asked = (AskedConcern(id=identity, subtype=subtype or kind),)
    try:
        known = person if isinstance(person, Person) else Person.model_validate(dict(person or {}))
        spend = None
        if isinstance(budget, Budget):
            spend = budget
        elif isinstance(budget, str):
            high, currency = parse(budget, facts, "budget")
            spend = Budget.model_validate({"high": high, "currency": currency, "per": per})
        elif budget is not None:
            spend = Budget.model_validate({"high": amount(budget, "budget"), "per": per})
        return Request.model_validate(
            {
                "intent": "best",
                "concerns": asked,
                "budget": spend,
                "person": known,
                "procedures": tuple(_name(facts, n) for n in only),
                "avoid": tuple(avoid),
                "exclude": tuple(_name(facts, n) for n in exclude),
                "max_downtime_days": max_downtime_days,
            }
        )
    except ValidationError as error:
        item = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in item["loc"])
        raise InputError(f"{where}: {item['msg'].lower()}") from None


def _vocabulary(facts: Catalog) -> Any:
    from decide.question.vocabulary import Vocabulary

    return Vocabulary.of(facts)


def _name(facts: Catalog, name: str) -> str:
    if name in facts.procedures or name in facts.families:
        return name
    return str(_vocabulary(facts).procedure(name))


def _settings(
    facts: Catalog,
    request: Request,
    market: str | None,
    profile: str | None,
    weights: Mapping[str, float] | None,
    horizon: float | None,
    prices: Mapping[str, object] | str | Path | None,
    borrow: bool,
) -> Settings:
    changes = {name: _weight(name, value) for name, value in (weights or {}).items()}
    settings = Settings(
        market=market.lower() if market else None,
        profile=profile,
        weights=changes,
        horizon_months=horizon,
        borrow=borrow,
    )
    if prices is None:
        return settings
    from decide.alternatives.quotes import quote, read_price_list
    from decide.question.money import amount

    in_force = facts.market(market_for(facts, request, settings))
    if isinstance(prices, Mapping):
        quotes = {}
        for name, value in prices.items():
            price = amount(value, f"price of {name}")
            for procedure in facts.members(_name(facts, name)):
                quotes[procedure] = (quote(facts, in_force, procedure, price, price, None, "your-quote"),)
        return settings.model_copy(update={"quotes": quotes, "market": in_force.id})
    clinic = read_price_list(prices, facts, in_force)
    return settings.model_copy(update={"clinic": clinic, "market": in_force.id})


def _weight(name: str, value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        raise InputError(f"the weight of {name} must be a number, not {value!r:.40}") from None
