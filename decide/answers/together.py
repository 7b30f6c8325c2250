"""Two treatments with or after each other: what sources say of having both, and what may not be had at all.

Weeks apart, and what is never had together, are facts of their own (`spacing.toml`); the rest is what sources say of
the one in words that name the other. Where none speaks, nothing is said to be safe.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import combinations
from typing import Literal

from decide.alternatives.eligibility import screen
from decide.alternatives.screening import Screening
from decide.answers.base import Facts
from decide.catalog import Catalog
from decide.catalog.models import Practice
from decide.evidence.index import effect_of
from decide.lazily import dataclass
from decide.question.names import name_of, pairings
from decide.question.phrases import longest
from decide.question.problem import Problem
from decide.question.request import Request
from decide.question.vocabulary import PROCEDURE, Vocabulary, tokens_of
from decide.result import Result

SPEAKING = ("pairing", "contraindication", "caution")
"""The kinds of practice fact that may speak of another treatment."""
LATELY = ("recent-treatment", "medicine")
"""Kinds of condition that a treatment may be."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What one fact says of two treatments, and of `which` of the first: how many weeks apart, never together, one
    inside the other, of one kind, studied on top of the other, or in words.
    """

    how: Literal["apart", "never", "inside", "alike", "studied", "words"]
    which: str
    other: str
    weeks: float | None = None
    says: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two treatments and every fact on having both; none where no source speaks of it."""

    first: str
    second: str
    facts: tuple[Beside, ...]


@dataclass(frozen=True, kw_only=True)
class Barred:
    """A treatment that is not for the one who asks, or is to be asked about first."""

    name: str
    screening: Screening


@dataclass(frozen=True, kw_only=True)
class Together(Result):
    """Every pair of what was asked about, in the order in which it was named."""

    kind: Literal["together"] = "together"
    request: Request
    market: str
    market_name: str
    names: tuple[str, ...]
    pairs: tuple[Pair, ...]
    barred: tuple[Barred, ...]
    catalog: Facts = field(repr=False, compare=False)


def together(problem: Problem, names: Sequence[str]) -> Together:
    """What sources say of having these procedures or families together or one after the other."""
    catalog = problem.catalog
    asked = [name for name in names if name in catalog.procedures]
    screened = [Barred(name=name_of(catalog, n), screening=screen(problem, effect_of(catalog, n), None)) for n in asked]
    return Together(
        request=problem.request,
        market=problem.market.id,
        market_name=problem.market.name,
        names=tuple(name_of(catalog, name) for name in names),
        pairs=tuple(
            Pair(
                first=name_of(catalog, a), second=name_of(catalog, b), facts=tuple(dict.fromkeys(_facts(catalog, a, b)))
            )
            for a, b in combinations(names, 2)
        ),
        barred=tuple(one for one in screened if not one.screening.offered),
        catalog=catalog.facts,
    )


def _facts(catalog: Catalog, a: str, b: str) -> Iterator[Beside]:
    """What is a figure first, then what is told in words."""
    first, second = ([catalog.procedures[name] for name in catalog.members(one)] for one in (a, b))
    ids = tuple({p.id for p in side} for side in (first, second))
    # the strictest first
    for rule in sorted(catalog.spacings, key=lambda rule: -(rule.weeks or math.inf)):
        ends = set(catalog.members(rule.first)), set(catalog.members(rule.second))
        for mine in (ids, ids[::-1]):
            if ends[0] & mine[0] and ends[1] & mine[1]:
                # the word that was used, or the part of it that the rule is about
                which, what = (
                    name_of(catalog, (a if of is ids[0] else b) if whole >= of else named)
                    for of, named, whole in zip(mine, (rule.first, rule.second), ends, strict=True)
                )
                how: Literal["apart", "never"] = "apart" if rule.weeks is not None else "never"
                yield Beside(
                    how=how, which=which, other=what, weeks=rule.weeks, says=rule.note, source=rule.source or ""
                )
                break
    for p, q in ((p, q) for p in first for q in second):
        for whole, part in ((p, q), (q, p)):
            if part.id in whole.parts:
                yield Beside(how="inside", which=whole.name, other=part.name)
        for kin in catalog.kin:
            if {p.id, q.id} <= set(kin.members) and p is not q:
                yield Beside(how="alike", which=p.name, other=q.name, says=kin.reason, source=kin.source or "")
        for base, top in ((p, q), (q, p)):
            option = pairings(catalog).get((base.id, top.id))
            if option is not None:
                yield Beside(how="studied", which=base.name, other=top.name, says=name_of(catalog, option))
    for side, others, name in ((first, ids[1], b), (second, ids[0], a)):
        for procedure in side:
            for fact in catalog.practice(procedure.id, *SPEAKING):
                if procedure.id not in others and others & _named(catalog, procedure.id, fact):
                    yield Beside(
                        how="words", which=procedure.name, other=name_of(catalog, name),
                        says=fact.note or fact.value or "", source=fact.source,
                    )  # fmt: skip


def _named(catalog: Catalog, procedure: str, fact: Practice) -> set[str]:
    """The procedures beside its own that a fact speaks of, each member of a family that it names."""
    condition = catalog.conditions.get(fact.value or "")
    if fact.fact != "pairing" and (condition is None or condition.kind not in LATELY):
        return set()
    text = f"{fact.value or ''}; {fact.note}" if fact.fact == "pairing" else fact.note
    hits = longest(hit for hit in Vocabulary.of(catalog).matches(tokens_of(text)) if hit.get(PROCEDURE))
    named = [set(catalog.members(str(name))) for hit in hits for name in hit.all(PROCEDURE)]
    return {member for members in named if procedure not in members for member in members}
