"""What rankings of many people over one performance table share: who may have what, and what the draws say."""

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from decide.alternatives.candidates import founded
from decide.alternatives.eligibility import barred_by, most_days, ruled_out, screen
from decide.answers.ranking.choice import Mask
from decide.answers.ranking.order import asked_for, nothing_row, part_id
from decide.answers.robustness.sureness import draw_gains, triangles
from decide.batch.arrow import Codes, unique
from decide.batch.columns import marked, marks
from decide.criteria.registry import measure_of
from decide.criteria.table import PerformanceTable, gain_criterion, measured_for, performance_table
from decide.criteria.worth import sides, with_gains, worth
from decide.errors import InputError
from decide.mcda.expected import Worth
from decide.question.asker import of_skin, sexes_of
from decide.question.conditions import figures, implied
from decide.question.problem import Concern, Limits, Problem, check_kinds
from decide.question.request import Per, Person

Array = NDArray[np.float64]
PER: tuple[Per, ...] = get_args(Per)


class Body(NamedTuple):
    """What was said of somebody but for the skin: as a person, their sex and age, and each thing that holds, by sex."""

    person: Person
    sex: Any
    age: int | None
    things: dict[Any, tuple[str, ...]]


class Asked(NamedTuple):
    """Rows that ask of one frame: their numbers, and what each says, as it is or as its place in a list."""

    rows: Codes
    per: Codes
    budget: Array
    days: Array
    weights: Array
    weighing: Codes
    bodies: Codes
    skins: Codes
    avoids: Codes
    excludes: Codes
    body: Sequence[Any]
    skin: Sequence[int]
    avoid: Sequence[Limits]
    exclude: Sequence[Limits]

    def without(self, out: Mask) -> "Asked":
        """The rows but for some."""
        kept: Any = (part[~out] if isinstance(part, np.ndarray) else part for part in self)
        return Asked(*kept) if out.any() else self


class Table:
    """A performance table with what rankings of many people need of it, worked out when first asked for."""

    def __init__(self, problem: Problem, draws: int, seed: int) -> None:
        self.draws, self.seed, self.concern = draws, seed, problem.concern
        self.pool = pool = performance_table(problem, problem.concern)
        self.of = np.repeat(np.arange(len(pool.offers)), [place.stop - place.start for place in pool.slices])
        self.equals = pool.equals
        self.idle = nothing_row(pool.catalog, problem.weights)
        self.personal = [j for j, c in enumerate(pool.catalog.criteria.values()) if measure_of(c).by_person]
        self.ids = [option.id for option in pool.options] + [self.idle.option.id]
        self.parts = [part_id(option) for option in pool.options]
        rows = [*pool.cells, self.idle.cells]
        self.totals, self.gains = (np.array([row[c].typical for row in rows]) for c in ("cost", "benefit"))
        self.stars = np.array([certain.stars for certain in pool.certainties] + [0])
        self.sessions = np.array([option.sessions or 0 for option in pool.options] + [0])
        self.days = np.array([offer.downtime.typical for offer in pool.offers])
        self.compared = np.stack([pool.compared[per] for per in PER])
        self.dearest = np.stack([np.append(pool.dearest[per], 0.0) for per in PER])
        self._measured: dict[tuple[int | None, bool], PerformanceTable] = {}
        self._alike: dict[tuple[int | None, bool, int], Any] = {}
        self._drawn: dict[Any, Array] = {}

    def measured(self, skin: int | None, care: bool) -> PerformanceTable:
        """The table for a skin type, where sources warn of everything, or of nothing."""
        if (skin, care) not in self._measured:
            found = measured_for(self.pool, Person(skin_type=skin), [care] * len(self.pool.offers))
            self._measured[skin, care] = found
        return self._measured[skin, care]

    def shared(self, weights: Array, rows: Any) -> Array:
        """Scores (rows, draws) under weights (criteria, draws), but for what differs from person to person."""
        total = 0.0
        for j, drawn in self._shared.items():
            total = total + drawn[rows] * weights[j]
        return np.asarray(total)

    def personally(self, skin: int | None, j: int, rows: Codes, care: Mask) -> Array:
        """Values (rows, draws) of what does, for a skin type, where sources warn of some rows."""
        calm = self._personal(skin, False, j)[rows]
        if care.any():
            calm[care] = self._personal(skin, True, j)[rows[care]]
        return calm

    @property
    def held(self) -> int:
        """Bytes of draws."""
        shared = self.__dict__.get("_shared", {})
        return sum(values.nbytes for values in (*shared.values(), *self._drawn.values()))

    def forget(self) -> None:
        """Let the draws go; they are made again, the same, when they are asked for."""
        self._drawn.clear()
        self.__dict__.pop("_shared", None)

    @cached_property
    def _shared(self) -> dict[int, Array]:
        return {j: self._values(j, self.pool) for j in range(len(self.pool.catalog.criteria)) if j not in self.personal}

    def _personal(self, skin: int | None, care: bool, j: int) -> Array:
        key = (skin, care, j)
        if key not in self._alike:
            name = list(self.pool.catalog.criteria)[j]
            cells = (row[name] for row in self.measured(skin, care).cells)
            # most figures are the same for all skins
            self._alike[key] = (j, *((cell.low, cell.typical, cell.high) for cell in cells))
        of = self._alike[key]
        if of not in self._drawn:
            self._drawn[of] = self._values(j, self.measured(skin, care))
        return self._drawn[of]

    @cached_property
    def _sides(self) -> Worth:
        options = [*self.pool.options, self.idle.option]
        drawn = draw_gains(self.pool.catalog, *self.concern, options, self.draws, self.seed)
        return sides(gain_criterion(self.pool.catalog), drawn)

    def _values(self, j: int, pool: PerformanceTable) -> Array:
        """Values (courses and doing nothing, draws) by one criterion."""
        criterion = list(pool.catalog.criteria.values())[j]
        own = np.zeros(self._sides.gain.shape)
        if criterion.measure != "benefit":
            options, cells = [*pool.options, self.idle.option], [*pool.cells, self.idle.cells]
            own = worth(criterion, triangles(criterion, options, cells, self.draws, self.seed), pool.currency)
        return np.ascontiguousarray(with_gains(criterion, own, self._sides).T)


def sexed_kind(problem: Problem) -> str | None:
    """The kind that was asked about, where it is one of a sex."""
    asked = problem.request.concerns[0]
    kinds = problem.catalog.concerns[asked.id].subtype
    return next((kind.id for kind in kinds if kind.sex and kind.id == asked.subtype), None)


class Frame:
    """A table asked about by people of whom the sex alone is known yet: who may have what, by what holds for them."""

    def __init__(self, table: Table, problem: Problem) -> None:
        self.table, self.problem = table, problem
        catalog, concern, only = problem.catalog, problem.concern, problem.limits.only
        self.effects = [offer.effect for offer in table.pool.offers]
        self.about = problem.of_whom(concern)
        opened = [(not only or asked_for(catalog, e, only)) and not founded(catalog, e, concern) for e in self.effects]
        self.open = np.array(opened, dtype=bool)
        screenings = [screen(problem, effect, concern) for effect in self.effects]
        known = [
            marks(screenings[k], disagree=certain.disagree)
            for k, certain in zip(table.of.tolist(), table.pool.certainties, strict=True)
        ]
        self.marks = [
            marked(of, care=care, over=over) for of in (*known, ()) for care in (False, True) for over in (False, True)
        ]
        self.ids = [*table.ids, *table.parts]
        self._barred: dict[Any, tuple[int, int]] = {}
        self._ruled: dict[Limits, Mask] = {}

    def screened(self, asked: Asked) -> tuple[Mask, Mask]:
        """Of each row what must not be had, and what sources warn of (rows, offers): whatever any one thing bars, or is
        a reason for care.
        """
        catalog = self.problem.catalog
        sexes = [one and one.sex for one in asked.body]
        known: list[Any] = [*dict.fromkeys(sexes)]
        sex = np.array([known.index(one) for one in sexes])[asked.bodies]
        skins, at = unique([(sex, len(known)), (asked.skins, len(asked.skin))], asked.rows.size)
        worn = [(sexes[asked.bodies[k]], of_skin(catalog, asked.skin[asked.skins[k]])) for k in at.tolist()]
        of_skins = [self._together(own, things, None) for own, things in worn]
        bodies, at = np.unique(asked.bodies, return_inverse=True)
        of_bodies = [self._together(one.sex, (), one) for one in (asked.body[k] for k in bodies.tolist())]
        found = self._bits(of_bodies)[at] | self._bits(of_skins)[skins]
        return found[:, 0], found[:, 1]

    def _bits(self, found: Sequence[tuple[int, int]]) -> Mask:
        size = max(1, (len(self.effects) + 7) // 8)
        packed = np.frombuffer(b"".join(bits.to_bytes(size, "little") for pair in found for bits in pair), np.uint8)
        bits = np.unpackbits(packed.reshape(-1, 2, size), axis=2, bitorder="little")
        return np.asarray(bits[..., : len(self.effects)] > 0)

    def _together(self, own: Any, things: Sequence[str], body: Body | None) -> tuple[int, int]:
        """The same of things, or of all that holds for somebody: a bit for each offer."""
        kept = care = 0
        age = body.age if body else None
        for sex in sexes_of(self.problem.catalog, own, *self.about):
            for thing in things if body is None else (None, *body.things[sex]):
                key = (sex, thing, age)
                if key not in self._barred:
                    self._barred[key] = self._by(*key)
                kept |= self._barred[key][0]
                care |= self._barred[key][1]
        return kept, care

    def _by(self, sex: Any, thing: str | None, age: int | None) -> tuple[int, int]:
        catalog, about, market, kept, care = self.problem.catalog, self.about, self.problem.market.id, 0, 0
        if thing is not None:
            # what a thing bars is the same for all kinds, and everywhere but for what an age is let through by
            aged = any(figures(one, "under") for one in implied(catalog, [thing]))
            about, age, market = Concern(about.id), age if aged else None, market if aged else ""
        for k, effect in enumerate(self.effects):
            found = barred_by(catalog, effect, thing, about, sex, age, market)
            kept |= found[0] << k
            care |= found[1] << k
        return kept, care

    def limited(self, asked: Asked) -> Mask:
        """Of each row what they will not have (rows, offers)."""
        out = np.zeros((asked.rows.size, len(self.effects)), dtype=bool)
        most = asked.days
        for codes, known in ((asked.avoids, asked.avoid), (asked.excludes, asked.exclude)):
            for code in np.unique(codes).tolist():
                if (limits := known[code]).restrict:
                    mine, days = codes == code, most_days(self.problem.catalog, limits)
                    words = [Limits(avoid=(word,)) for word in limits.avoid]
                    for one in (*words, *(Limits(exclude=frozenset((name,))) for name in limits.exclude)):
                        out[mine] |= self._ruled_out(one)
                    most = np.where(mine, np.minimum(most, math.inf if days is None else days), most)
        return np.asarray(out | (self.table.days > most[:, None]))

    def _ruled_out(self, limits: Limits) -> Mask:
        if limits not in self._ruled:
            catalog, concern, market = self.problem.catalog, self.problem.concern.id, self.problem.market.id
            found = [ruled_out(catalog, effect, concern, market, limits) is not None for effect in self.effects]
            self._ruled[limits] = np.array(found, dtype=bool)
        return self._ruled[limits]

    def refused(self, asked: Asked) -> Mask:
        """The rows whose kind does not go with who asks."""
        request, out = self.problem.request, np.zeros(asked.rows.size, dtype=bool)
        if sexed_kind(self.problem):
            for code in np.unique(asked.bodies).tolist():
                try:
                    check_kinds(self.problem.catalog, request.model_copy(update={"person": asked.body[code].person}))
                except InputError:
                    out |= asked.bodies == code
        return out
