"""How a procedure is given and what that asks: sessions, downtime, when it shows, how long it lasts.

Facts are looked up on a ladder: about this concern, about no concern in particular, about another concern, about what
it is given on top of, a named assumption or prior; where even that is missing the figure is unknown and says so.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from decide.alternatives.cell import Basis, Cell, Counted, Ref, merge, spread
from decide.alternatives.studied import products_studied, trials, weighted_median
from decide.catalog import Catalog
from decide.catalog.kinds import meant, mixture
from decide.catalog.models import Assumption, Course, Criterion, Practice, Procedure, Study
from decide.errors import CatalogError
from decide.evidence.benefit import synthesis_of
from decide.evidence.index import Effect, effect_of, records
from decide.lazily import dataclass

AFTERWARDS = ("kept-percent", "relapse-percent")
"""The kinds of course that tell what became of a result."""
Found = tuple[list[tuple[float | None, float | None]], list[Ref]]


class Sessions(NamedTuple):
    """How many sessions make the usual course, and which smaller numbers some source allows."""

    low: int
    usual: int
    high: int
    basis: Basis
    refs: tuple[Ref, ...]


class Vote(NamedTuple):
    """What one trial or fact says of the number of sessions, and what its word weighs."""

    ends: tuple[float | None, ...]
    weight: float
    ref: Ref


@dataclass(frozen=True)
class Delivery:
    """How one procedure is given for one concern, and one `kind` of it (none: the one that is meant); `given`: on what,
    where that is not what its name says.
    """

    catalog: Catalog
    procedure: Procedure
    concern: str
    given: Effect | None = None
    kind: str = ""

    def of(self, procedure: Procedure) -> "Delivery":
        """How another procedure is given for the same."""
        return replace(self, procedure=procedure, given=None)

    # ---------------------------------------------------------------- the ladder

    def _rungs(self, kind: str) -> list[tuple[Basis, Found]]:
        facts = [f for f in self.catalog.practice(self.procedure.id, kind) if f.low is not None or f.high is not None]
        # what was seen on top of something else tells of that thing's course
        courses = [
            c
            for c in self.catalog.courses(self.procedure.id, kind)
            if (c.low is not None or c.high is not None)
            and (c.base is None or c.base in self.procedure.adjunct_to)
            and (c.concern == self.concern or not self._after_something(c.concern))
        ]
        here: Found = ([], [])
        general: Found = ([], [])
        elsewhere: Found = ([], [])
        every: list[Practice | Course] = [*facts, *courses]
        for fact in every:
            # "up to seven days" says nothing of the low end, but no day is below nought
            floor = 0.0 if kind == "downtime-days" and fact.low is None else fact.low
            rung = here if fact.concern == self.concern else general if fact.concern is None else elsewhere
            rung[0].append((floor, fact.high))
            rung[1].append(fact_ref(fact))
        return [("facts", here), ("facts", general), ("elsewhere", elsewhere)]

    def _after_something(self, concern: str) -> bool:
        """Days to heal after a laser are the laser's, whatever was put on the skin afterwards."""
        known = self.catalog.concerns.get(concern)
        return known is not None and known.base_is_given

    def figure(self, kind: str, *, elsewhere: bool = True) -> Cell | None:
        """A figure of this kind from the highest rung that has one; then from what the procedure is made of."""
        for basis, (ranges, refs) in self._rungs(kind):
            if ranges and (elsewhere or basis == "facts"):
                low, typical, high = spread(ranges)
                return Cell(low=low, typical=typical, high=high, basis=basis, refs=tuple(refs))
        inside = [
            self.of(self.catalog.procedures[part])
            for part in (self.procedure.parts or self.procedure.adjunct_to)
            if part in self.catalog.procedures and part != self.procedure.id
        ]
        parts = [cell for inside_one in inside if (cell := inside_one.figure(kind, elsewhere=elsewhere)) is not None]
        if not parts:
            return None
        most = max(parts, key=lambda c: c.typical)
        return replace(most, basis="base")

    # ---------------------------------------------------------------- how it is given

    @property
    def at_home(self) -> bool:
        """Used at home rather than given in visits."""
        return not self.procedure.clinic

    @cached_property
    def effect(self) -> Effect:
        """What the evidence calls it."""
        return self.given or effect_of(self.catalog, self.procedure.id)

    @cached_property
    def products(self) -> frozenset[str]:
        """The products that the trials behind its benefit gave; empty where they speak of the procedure as a whole."""
        return products_studied(self.catalog, self.concern, self.kind, self.effect)

    @cached_property
    def sessions(self) -> Sessions | None:
        """Visits in a course; None for what is used at home.

        The usual number is the weighted median of what the trials behind the benefit gave and of what practice facts on
        this concern say, each study once; without either, of the other studies of it, of practice facts in general,
        then about another concern. The smallest number that any of them used is the smallest part course.
        """
        if self.at_home:
            return None
        if votes := self._votes():
            return _sessions(votes, "facts", [count for _, count in self._studied_sessions()])
        if self.given:
            return replace(self, given=None).sessions
        for basis, (ranges, refs) in self._rungs("sessions")[1:]:
            if ranges:
                return _sessions([Vote(r, 1.0, ref) for r, ref in zip(ranges, refs, strict=True)], basis, [])
        for a in self._assumed("sessions"):
            return _sessions([Vote((a.low, a.typical, a.high), 1.0, fact_ref(a))], "assumption", [])
        return None

    def _votes(self) -> list[Vote]:
        """What trials and practice facts on this concern say of the number of sessions, each with its weight.

        A trial weighs what it pulls. A practice fact weighs as much as the average of these trials; one that was read
        in a trial that tells no number speaks for that trial. Where neither tells a number, every study that moves no
        figure is one vote, those of other kinds where there is no other.
        """
        kinds = mixture(known := self.catalog.concerns[self.concern], meant(known, self.kind))
        facts = [
            f
            for f in self.catalog.practice(self.procedure.id, "sessions")
            if f.concern == self.concern and (f.low is not None or f.high is not None)
            if not f.kinds or kinds.keys() & set(f.kinds)
        ]
        counts = {study.id: count for study, count in self._studied_sessions()}
        pulls = {study.id: (study, pull) for study, pull in trials(self.catalog, self.concern, self.kind, self.effect)}
        read_in = {
            fact: next(
                (k for k, (study, _) in pulls.items() if study.source == fact.source or k == fact.same_people_as), ""
            )
            for fact in facts
        }
        votes = [_trial_vote(study, counts[key], pull) for key, (study, pull) in pulls.items() if key in counts]
        votes += [_fact_vote(f, pulls[key][1]) for f, key in read_in.items() if key and key not in counts]
        average = sum(vote.weight for vote in votes) / len(votes) if votes else 1.0
        votes += [_fact_vote(fact, average) for fact, key in read_in.items() if not key]
        every = self._studied_sessions() or self._studied_sessions(kinds_apart=False)
        return votes or [_trial_vote(study, count, 1.0) for study, count in every]

    def _studied_sessions(self, *, kinds_apart: bool = True) -> list[tuple[Study, float]]:
        """The studies of this concern that tell in how many sessions this was given; of other kinds, none."""
        kinds = synthesis_of(self.catalog, self.concern, self.kind).lending if kinds_apart else ()
        found: list[tuple[Study, float]] = []
        for record in records(self.catalog, self.concern).get(self.effect, ()):
            counts = [o.sessions or record.study.sessions for o in record.outcomes] or [record.study.sessions]
            count = next((c for c in counts if c), None)
            if count:
                found.append((record.study, count))
        known = self.catalog.concerns[self.concern]
        return [x for x in found if not kinds or kinds & set(mixture(known, x[0].subtype))]

    def added(self, sessions: int | None) -> int | None:
        """In how many visits of a course an add-on is given: as a fact tells, else in every one."""
        for basis, (ranges, _) in self._rungs("added-sessions"):
            if ranges and basis == "facts" and sessions is not None:
                return min(sessions, max(1, math.floor(spread(ranges)[1] + 0.5)))
        return sessions

    def _assumed(self, what: str, unit: str | None = None) -> list[Assumption]:
        found = [
            a
            for a in self.catalog.assumptions(self.procedure.id)
            if a.what == what and a.unit == unit and a.concern in (None, self.concern)
        ]
        return sorted(found, key=lambda a: a.concern is None)

    def assumed(self, what: str, unit: str | None = None) -> Assumption | None:
        """The catalogue's assumption about this procedure, this concern's own first."""
        found = self._assumed(what, unit)
        return found[0] if found else None

    # ---------------------------------------------------------------- what it asks

    @cached_property
    def downtime(self) -> Cell:
        """Days that a session shows."""
        found = self.figure("downtime-days")
        if found is not None:
            return found
        prior = self.catalog.downtime_priors.get(self.procedure.invasiveness)
        if prior is None:
            return unknown(self.catalog.criteria["downtime"])
        ref = Ref(kind="prior", source="downtime.toml", fact=prior)
        return Cell(low=prior.low, typical=prior.typical, high=prior.high, basis="prior", refs=(ref,))

    @cached_property
    def durability(self) -> Cell | None:
        """Months that the result lasts, for this concern or in general; None when no fact says."""
        return self.figure("durability-months", elsewhere=False)

    @cached_property
    def afterwards(self) -> tuple[Ref, ...]:
        """What studies of it for this concern tell of its result later on: how much was kept, or came back."""
        told = self.catalog.courses(self.procedure.id, *AFTERWARDS)
        mine = (c for c in told if effect_of(self.catalog, c.procedure, c.base) == self.effect.plain)
        return tuple(fact_ref(course) for course in mine if course.concern == self.concern)


def _trial_vote(study: Study, count: float, weight: float) -> Vote:
    return Vote((count,), weight, Ref(kind="study", source=study.source, fact=Counted(count)))


def _fact_vote(fact: Practice, weight: float) -> Vote:
    return Vote((fact.low, fact.high), weight, fact_ref(fact))


def _sessions(votes: Sequence[Vote], basis: Basis, studied: Sequence[float]) -> Sessions:
    flat = [[x for x in vote.ends if x is not None] for vote in votes]
    middles = [sum(ends) / len(ends) for ends in flat]
    usual = max(1, math.floor(weighted_median(middles, [vote.weight for vote in votes]) + 0.5))
    every = [*(x for ends in flat for x in ends), *studied]
    return Sessions(
        low=max(1, min(usual, math.ceil(min(every)))),
        usual=usual,
        high=max(usual, math.floor(max(every))),
        basis=basis,
        refs=tuple(vote.ref for vote in votes),
    )


def unknown(criterion: Criterion) -> Cell:
    """What an unknown figure is scored with; it is shown as unknown.

    Raises
    ------
    CatalogError : the criterion does not say.
    """
    stand_in = criterion.unknown
    if stand_in is None:
        raise CatalogError(
            f"criterion {criterion.id}: no 'unknown' to score an unknown figure with",
            "unknown = { low = …, typical = …, high = … }",
        )
    return Cell(low=stand_in.low, typical=stand_in.typical, high=stand_in.high, basis="unknown")


def fact_ref(fact: Practice | Course | Assumption) -> Ref:
    """A fact or assumption, with its source."""
    if isinstance(fact, Assumption):
        return Ref(kind="assumption", source=fact.source or "assumption", fact=fact)
    return Ref(kind="practice" if isinstance(fact, Practice) else "course", source=fact.source, fact=fact)


def worse(a: Cell, b: Cell, better: Literal["lower", "higher"] = "lower") -> Cell:
    """Of two figures the worse, end by end: what a course of both asks. An unknown one gives way to a known one."""
    if not a.known or not b.known:
        return a if b.known is False and a.known else b
    worst = max if better == "lower" else min
    return Cell(
        low=worst(a.low, b.low),
        typical=worst(a.typical, b.typical),
        high=worst(a.high, b.high),
        basis=a.basis if worst(a.typical, b.typical) == a.typical else b.basis,
        refs=merge((a.refs, b.refs)),
    )


def downtime_of(main: Delivery, base: Delivery | None) -> Cell:
    """Days that a session of a course shows; with a base the worse of the two."""
    return worse(main.downtime, base.downtime) if base is not None else main.downtime


def delivery_of(catalog: Catalog, effect: Effect, concern: str, kind: str = "") -> tuple[Delivery, Delivery | None]:
    """How the main part of an effect is given, and how its base is, when it has one of its own to be given.

    A base that is had anyway asks nothing more: what it costs in money, days and visits is not the addition's.
    """
    main = Delivery(catalog, catalog.procedures[effect.main], concern, effect, kind)
    given = not effect.adjunct or catalog.concerns[concern].base_is_given
    base = None if given else catalog.procedures.get(effect.treatment)
    return main, main.of(base) if base is not None else None
