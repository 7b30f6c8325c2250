"""How a procedure is given and what that asks: sessions, downtime, when it shows, how long it lasts.

Facts are looked up on a ladder: about this concern, about no concern in particular, about another concern, about what
it is given on top of, a named assumption or prior; where even that is missing the figure is unknown and says so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import Literal, NamedTuple

from decide.alternatives.cell import Basis, Cell, Counted, Ref, merge, spread
from decide.catalog import Catalog
from decide.catalog.models import Assumption, Course, Criterion, Practice, Procedure
from decide.errors import CatalogError
from decide.evidence.index import Effect, effect_of, records

Found = tuple[list[tuple[float | None, float | None]], list[Ref]]


class Sessions(NamedTuple):
    """How many sessions make the usual course, and which smaller numbers some source allows."""

    low: int
    usual: int
    high: int
    basis: Basis
    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class Delivery:
    """How one procedure is given for one concern."""

    catalog: Catalog
    procedure: Procedure
    concern: str

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
            Delivery(self.catalog, self.catalog.procedures[part], self.concern)
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
    def sessions(self) -> Sessions | None:
        """Visits in a course; None for what is used at home.

        The usual number is the median over practice facts, for this concern first, else over the studies'; the
        smallest number any of them used is the smallest part course.
        """
        if self.at_home:
            return None
        practice = self._rungs("sessions")
        studied = self._studied_sessions()
        for basis, (ranges, refs) in practice[:1]:
            if ranges:
                return _sessions(ranges, basis, refs, studied[0])
        if studied[0]:
            return _sessions(studied[0], "facts", studied[1], [])
        for basis, (ranges, refs) in practice[1:]:
            if ranges:
                return _sessions(ranges, basis, refs, [])
        for a in self._assumed("sessions"):
            return _sessions([(a.low, a.typical, a.high)], "assumption", [fact_ref(a)], [])
        return None

    def _studied_sessions(self) -> Found:
        ranges: list[tuple[float | None, float | None]] = []
        refs: list[Ref] = []
        for found in records(self.catalog, self.concern).get(effect_of(self.catalog, self.procedure.id), ()):
            study = found.study
            counts = [o.sessions or study.sessions for o in found.outcomes] or [study.sessions]
            count = next((c for c in counts if c), None)
            if count:
                ranges.append((count, count))
                refs.append(Ref(kind="study", source=study.source, fact=Counted(count)))
        return ranges, refs

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


def _sessions(
    ranges: Sequence[tuple[float | None, ...]],
    basis: Basis,
    refs: list[Ref],
    studied: Sequence[tuple[float | None, ...]],
) -> Sessions:
    flat = [[x for x in r if x is not None] for r in ranges]
    usual = max(1, math.floor(median(sum(r) / len(r) for r in flat) + 0.5))
    every = [x for r in (*flat, *[[x for x in s if x is not None] for s in studied]) for x in r]
    return Sessions(
        low=max(1, min(usual, math.ceil(min(every)))),
        usual=usual,
        high=max(usual, math.floor(max(every))),
        basis=basis,
        refs=tuple(refs),
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


def delivery_of(catalog: Catalog, effect: Effect, concern: str) -> tuple[Delivery, Delivery | None]:
    """How the main part of an effect is given, and how its base is, when it has one of its own to be given.

    A base that is had anyway asks nothing more: what it costs in money, days and visits is not the addition's.
    """
    main = Delivery(catalog, catalog.procedures[effect.main], concern)
    given = not effect.adjunct or catalog.concerns[concern].base_is_given
    base = None if given else catalog.procedures.get(effect.treatment)
    return main, Delivery(catalog, base, concern) if base is not None else None
