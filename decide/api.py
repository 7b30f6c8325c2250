"""The library's calls: plain values in, typed immutable answers out.

What is asked has parameters of its own. How it is worked out stands in a `Preferences`, whose fields may also be given
as keywords; who asks, in a `Person` or a mapping of its fields.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict, Unpack

from decide.answers import ask as _ask
from decide.answers import card as _card
from decide.answers import comparison as _comparison
from decide.answers import instead as _instead
from decide.answers import plan as _plan
from decide.answers import why as _why
from decide.answers.ask import Answer
from decide.answers.card import Card
from decide.answers.comparison import Comparison
from decide.answers.instead import Instead
from decide.answers.plan import Plan
from decide.answers.ranking import rank as _rank
from decide.answers.ranking.result import Ranking
from decide.answers.robustness.sureness import with_sureness
from decide.answers.why import Why
from decide.catalog import Catalog, load_catalog
from decide.criteria.draws import ORDER
from decide.question.build import budget_of, concern_named, request_of
from decide.question.keywords import checked, settled
from decide.question.prices import Prices
from decide.question.problem import Preferences, Problem
from decide.question.request import Had, Person, Request
from decide.result import Results

Facts = Catalog | str | Path | None
"""A `Catalog`, a folder of facts to lay over the shipped ones, or None for those that ship."""
Who = Person | Mapping[str, object] | None


class How(TypedDict, total=False):
    """Fields of `Preferences`, as keywords; `prices` may also be the path of a clinic's price list."""

    market: str | None
    profile: str | None
    weights: Mapping[str, object] | None
    horizon: float | None
    prices: Prices | str | Path | None
    borrow: bool


class Told(How, total=False):
    """What a reading of words told beside the person (`Request`): what could not be read, and red flags."""

    unread: Iterable[str]
    red_flags: Iterable[str]
    history: Iterable[Had | Mapping[str, object]]


@lru_cache(maxsize=4)
def _shipped(_folder: str | None) -> Catalog:
    return load_catalog()


def facts_of(catalog: Facts) -> Catalog:
    """The catalogue that is meant."""
    if isinstance(catalog, Catalog):
        return catalog
    return load_catalog(catalog) if catalog is not None else _shipped(os.environ.get("DECIDE_CATALOG"))


def _preferences(preferences: Preferences | None, how: How) -> Preferences:
    given: dict[str, Any] = {name: value for name, value in how.items() if value is not None}
    if isinstance(given.get("prices"), str | os.PathLike):
        given["price_list"] = given.pop("prices")
    return settled(replace(preferences or Preferences(), **given))


def _problem(facts: Catalog, preferences: Preferences | None, how: Told, **asked: Any) -> Problem:
    """The problem that plain values pose."""
    how = how.copy()
    unread, flags, had = how.pop("unread", ()), how.pop("red_flags", ()), how.pop("history", ())
    request = request_of(facts, **asked, unread=tuple(unread), red_flags=tuple(flags), history=tuple(had))
    return Problem.of(facts, request, _preferences(preferences, how))


@checked
def understand(text: str, *, catalog: Facts = None) -> Request:
    """How a question is read; nothing is computed.

    Raises
    ------
    InputError : no text, or far too much of it.
    """
    from decide.question.reading import understand as read

    return read(text, facts_of(catalog))


@checked
def ask(
    text: str, *, preferences: Preferences | None = None, draws: int = ORDER, seed: int = 0, catalog: Facts = None,
    **how: Unpack[How],
) -> Answer:  # fmt: skip
    """The answer to a question in plain words, such as "what's best for acne scars under $2000".

    Parameters are those of `rank`.

    Raises
    ------
    InputError : the question cannot be answered as it stands; the message says why and the hint what would do.
    """
    facts = facts_of(catalog)
    problem = Problem.of(facts, understand(text, catalog=facts), _preferences(preferences, how))
    return _ask.answer(problem, draws=draws, seed=seed)


@checked
def rank(
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    per: str = "course",
    person: Who = None,
    only: Iterable[str] | None = None,
    avoid: Iterable[str] = (),
    exclude: Iterable[str] = (),
    max_downtime_days: float | None = None,
    preferences: Preferences | None = None,
    draws: int = ORDER,
    seed: int = 0,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Ranking:
    """Alternatives for a concern, best first.

    Parameters
    ----------
    concern : an id or any words for it that the catalogue knows ("acne scars").
    budget : most to spend, as a number in the market's currency or as text ("$2,000", "£800"); `per` says on what.
    person, avoid, exclude, max_downtime_days : who asks, and what is not wanted.
    only : procedures to rank, one at least; all when None.
    preferences : a `Preferences`; each of its fields may be given as a keyword instead:
        market : "us", "uk" or "au"; `DECIDE_MARKET`, then "us", when None.
        profile, weights : named weights, and changes to them by criterion.
        horizon : whole months over which costs are counted; 12 when None.
        prices : prices of your own by name ({"fraxel": "$1200/session"}), or the path of a clinic's price list.
        borrow : whether a missing price may be borrowed from another market.
    unread, red_flags : what was said of who asks and could not be read, and words that a doctor has to hear first, as
        `understand` tells them; what is unread stops medicines, injections and light, a red flag every answer.
    history : what was had, as {"procedure": "prp", "went": "failed"}; what failed is not offered again.
    draws, seed : draws behind P(best) of each option; 0 draws for the order alone.
    catalog : a `Catalog`, or a folder of facts to lay over the shipped ones.

    Raises
    ------
    InputError : an unknown name, an amount or weight that cannot be, a market or currency that no list has.
    DoctorFirst : a red flag, here and in every call below; the message says what to tell the doctor.
    """
    facts = facts_of(catalog)
    problem = _problem(
        facts, preferences, how, concerns=concern, subtype=subtype, budget=budget, per=per, person=person,
        procedures=only or (), exclude=exclude, avoid=tuple(avoid), max_downtime_days=max_downtime_days,
    )  # fmt: skip
    ranking = _rank.rank(problem)
    return with_sureness(facts, ranking, draws=draws, seed=seed) if draws else ranking


@checked
def compare(
    procedures: Sequence[str],
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    person: Who = None,
    preferences: Preferences | None = None,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Comparison:
    """Options, procedures or families side by side for a concern; the other parameters are those of `rank`."""
    facts = facts_of(catalog)
    asked = {"concerns": concern, "subtype": subtype, "budget": budget, "person": person}
    return _comparison.compare(_problem(facts, preferences, how, **asked), procedures)


@checked
def why(
    procedure: str | int,
    concern: str,
    *,
    subtype: str | None = None,
    budget: object = None,
    person: Who = None,
    preferences: Preferences | None = None,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Results[Why]:
    """The chain of facts behind an option's place: one for each member where a family is named.

    `procedure` is an option's id, its printed name or its place in the ranking, or the name of a procedure or family.
    """
    facts = facts_of(catalog)
    asked = {"concerns": concern, "subtype": subtype, "budget": budget, "person": person}
    return Results(_why.why(_problem(facts, preferences, how, **asked), str(procedure)))


@checked
def show(
    procedure: str,
    *,
    person: Who = None,
    preferences: Preferences | None = None,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Results[Card]:
    """The card of a procedure: one for each member where a family is named, one for each part of a pairing.

    With a `person` it says whether they may have it.
    """
    facts = facts_of(catalog)
    return Results(_card.cards(_problem(facts, preferences, how, intent="show", person=person), procedure))


@checked
def instead(
    procedure: str,
    *,
    spend: object = None,
    concern: str | None = None,
    person: Who = None,
    preferences: Preferences | None = None,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Instead:
    """What the money for a procedure or family buys best elsewhere, one row a concern.

    `spend` is the money at stake; without it, what the procedure's own course costs. The rest as for `rank`.
    """
    facts = facts_of(catalog)
    money = budget_of(facts, spend, what="sum to spend")
    asked = {"concerns": [concern] if concern is not None else [], "budget": money, "person": person}
    return _instead.instead(_problem(facts, preferences, how, intent="instead", **asked), procedure)


@checked
def plan(
    concerns: Sequence[str],
    budget: object,
    *,
    importance: Mapping[str, float] | None = None,
    least_stars: int = 2,
    most: int = _plan.MOST,
    person: Who = None,
    avoid: Iterable[str] = (),
    exclude: Iterable[str] = (),
    max_downtime_days: float | None = None,
    preferences: Preferences | None = None,
    catalog: Facts = None,
    **how: Unpack[Told],
) -> Plan:
    """The best set of courses for these concerns within a budget: exactly optimal under the model of `decide.plans`.

    `importance` weighs concerns by name; `least_stars` and `most` bound how little proven a course, and how many, may
    be.

    Raises
    ------
    InputError : an unknown name, or scipy missing.
    NothingFits : the budget buys nothing that helps.
    """
    facts = facts_of(catalog)
    problem = _problem(
        facts, preferences, how, intent="plan", concerns=concerns, budget=budget_of(facts, budget), person=person,
        exclude=exclude, avoid=tuple(avoid), max_downtime_days=max_downtime_days,
    )  # fmt: skip
    weights = {concern_named(facts, name).id: weight for name, weight in (importance or {}).items()}
    return _plan.plan(problem, importance=weights, least_stars=least_stars, most=most)
