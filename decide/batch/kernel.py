"""Many rankings at once: Arrow columns in, Arrow columns out, worked out together where they share a table.

    rank_batch(pyarrow.RecordBatch) -> pyarrow.RecordBatch

Rows that share a performance table are scored by one product, screened by what bars whom (`barred_by`) and put in order
by the rule that a lone ranking goes by (`decide.answers.ranking.choice`). A row that is out of the common, in words or
wrong, is answered by `rank` itself, equal ones once. Either way a row's answer is that of `rank`.

Long because the columns of a request pass through one place, from what is said to what is given back.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from decide.answers.ranking.choice import Mask, Placing, chosen, placed, scored
from decide.answers.ranking.kinds import of_the_kind_studied
from decide.answers.robustness.sureness import draw_weights
from decide.api import Facts, facts_of
from decide.batch.arrow import NAMED, Codes, Columns, Lines, answers, coded, ids_of, unique
from decide.batch.columns import WEIGHT, as_row, known_columns, posed, ranked
from decide.batch.table import PER, Asked, Body, Frame, Table, sexed_kind
from decide.catalog import Catalog
from decide.catalog.derived import derived
from decide.errors import InputError, NothingFits
from decide.mcda import normalised
from decide.mcda.smaa import first_shares
from decide.question.asker import holding, sex_of, things_of
from decide.question.build import budget_of, person_of, request_of, validated
from decide.question.conditions import check_person
from decide.question.money import LIMIT
from decide.question.prices import quotes_of, read_price_list
from decide.question.problem import Limits, Preferences, Problem, weights_in, within
from decide.question.request import Person, Request

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]
FRAME = ("concern", "kind", "market", "horizon", "sex", "only")
"""What decides the table, beside who asks and what they want."""
BODY = ("pregnant", "trying_to_conceive", "breast_feeding", "sex", "conditions", "age")
MOST, MOST_DRAWN = 1 << 16, 256
"""Of each kind of thing said, and of draws of weights, so many are kept; past it all of them go."""
MOST_TABLES, MOST_FRAMES = 256, 2048
HELD = 1 << 29
"""Bytes of draws of tables that are kept."""


class Desk:
    """What answers batches over one catalogue under the same preferences; what it worked out once serves the next."""

    def __init__(self, catalog: Catalog, preferences: Preferences, draws: int, seed: int, reasons: bool) -> None:
        self.catalog, self.preferences, self.draws, self.seed = catalog, preferences, draws, seed
        self.reasons = reasons
        self.own = tuple(WEIGHT + name for name in catalog.criteria)
        self._tables: dict[Any, Table] = {}
        self._frames: dict[Any, Frame] = {}
        self._kept: dict[str, dict[Any, Any]] = {}

    def rank(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        """An answer a row; `error` and `hint` where there is none."""
        known_columns(self.catalog, batch.schema.names)
        columns = {name: coded(name, batch.column(name)) for name in batch.schema.names if name != "id"}
        ids, odd = ids_of(batch), np.full(batch.num_rows, self.reasons)
        if any(wrong := [one if isinstance(one, InputError) else None for one in ids]):
            columns["id"] = np.arange(len(wrong)) + 1, [None, *wrong]
        if "q" in columns:
            odd |= columns["q"][0] > 0
        plain = {name: (codes, _readable(codes, values, odd)) for name, (codes, values) in columns.items()}
        found = [] if odd.all() else list(self._together(plain, odd))
        found += self._one_by_one(columns, np.flatnonzero(odd))
        return answers(ids, found, self.draws, self.reasons)

    # ------------------------------------------------------------------ what is said in the columns

    def _once(self, what: str, key: Any, make: Callable[[Any], Any]) -> Any:
        """What is made of something said; None where it cannot be used, and its row is told why by itself."""
        kept = self._kept.setdefault(what, {})
        if key not in kept:
            if len(kept) >= MOST:
                kept.clear()
            try:
                kept[key] = make(key)
            except InputError:
                kept[key] = None
        return kept[key]

    def _read(
        self, columns: Columns, name: str, odd: Mask, make: Callable[[Any], Any], nothing: Any
    ) -> tuple[Codes, list[Any]]:
        """The codes of a column, and what is made of each of its values; rows of which nothing can be made are odd."""
        codes, values = columns.get(name) or (np.zeros(odd.size, dtype=np.intp), [None])
        made = [nothing if value is None else self._once(name, value, make) for value in values]
        odd |= np.array([one is None for one in made])[codes]
        return codes, [nothing if one is None else one for one in made]

    def _joint(
        self, columns: Columns, names: Sequence[str], odd: Mask, what: str, make: Callable[[Any], Any]
    ) -> tuple[Codes, list[Any]]:
        """The same of several columns together."""
        given = {name: columns[name] for name in names if name in columns}
        codes, at = unique([(code, len(values)) for code, values in given.values()], odd.size)
        cells = {name: [values[k] for k in code[at].tolist()] for name, (code, values) in given.items()}
        none = [None] * at.size
        made = [self._once(what, row, make) for row in zip(*(cells.get(name, none) for name in names), strict=True)]
        odd |= np.array([one is None for one in made])[codes]
        return codes, made

    def _limits(self, name: str) -> Callable[[Any], Limits]:
        def made(names: Any) -> Limits:
            request = request_of(self.catalog, **{name: names})
            return Problem.of(self.catalog, request, replace(self.preferences, prices=())).limits

        return made

    def _budget(self, value: Any) -> float | None:
        if isinstance(value, str) and len(value) < 20 and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LIMIT:
            return float(value)
        found = budget_of(self.catalog, value)
        # money of a currency may name the market
        return None if found is None or found.currency or found.high is None else float(found.high)

    def _body(self, said: tuple[Any, ...]) -> Body:
        person = person_of({name: value for name, value in zip(BODY, said, strict=True) if value is not None})
        check_person(self.catalog, person)
        flags = {condition for flag in self.catalog.red_flags for condition in flag.conditions}
        if flags.intersection(holding(self.catalog, person).said):
            raise InputError("a doctor has to look first, for some concern at least")
        # from the age of an adult on, age bars by the conditions that it is
        age = None if person.age is None else min(person.age, math.ceil(self.catalog.constant("adult-age")))
        things = {sex: things_of(self.catalog, person, sex) for sex in (None, "male", "female")}
        body = Body(person, sex_of(self.catalog, person), age, things)
        # who differ in years alone are one, where no fact tells the years apart
        alike = (person.sex, person.states, person.conditions, age, *things.values())
        found: Body = self._once("alike", alike, lambda _: body)
        return found

    def _weights(self, said: tuple[Any, ...]) -> Array:
        profile, *changes = said
        own = {c: value for c, value in zip(self.catalog.criteria, changes, strict=True) if value is not None}
        mine = self.preferences
        mine = replace(mine, profile=profile or mine.profile, weights={**mine.weights, **own})
        return np.array(list(weights_in(self.catalog, Request(), mine)[1].values()))

    def _frame(self, said: tuple[Any, ...]) -> Frame:
        row = {name: value for name, value in zip(FRAME, said, strict=True) if value is not None}
        problem = posed(self.catalog, row, self.preferences)
        if problem.limits.only:
            problem = of_the_kind_studied(problem, problem.limits.only)
        if problem.person != Person(sex=problem.person.sex):
            raise InputError("a kind of its own tells of who asks")
        key = (problem.concern, problem.market.id, problem.horizon)
        if len(self._tables) >= MOST_TABLES or len(self._frames) >= MOST_FRAMES:
            self._tables, self._frames, self._kept["frame"] = {}, {}, {}
        if key not in self._tables:
            self._tables[key] = Table(problem, self.draws, self.seed)
        # the sex bears on a frame by the kind alone, and what is as usual need not have been said
        alike = (key, problem.of_whom(problem.concern), problem.limits.only, sexed_kind(problem))
        return self._frames.setdefault(alike, Frame(self._tables[key], problem))

    # ------------------------------------------------------------------ many rows of one table

    def _together(self, columns: Columns, odd: Mask) -> Iterable[Lines]:
        """Answers to the rows that are in the common run; the others become `odd`."""
        skins, skin = self._read(columns, "skin_type", odd, lambda v: person_of({"skin_type": v}).skin_type, 0)
        avoids, avoid = self._read(columns, "avoid", odd, self._limits("avoid"), Limits())
        excludes, exclude = self._read(columns, "exclude", odd, self._limits("exclude"), Limits())
        most, days = self._read(
            columns, "max_downtime_days", odd, lambda v: validated({"max_downtime_days": v}).max_downtime_days, math.inf
        )
        pers, per = self._read(columns, "per", odd, lambda v: PER.index(v) if v in PER else None, 0)
        budgets, budget = self._read(columns, "budget", odd, self._budget, math.inf)
        money = np.array(budget)[budgets]
        weighing, weights = self._joint(columns, ("profile", *self.own), odd, "weights", self._weights)
        weight = np.stack([np.zeros(len(self.own)) if one is None else one for one in weights])
        bodies, body = self._joint(columns, BODY, odd, "body", self._body)
        bodies = _first_of(body)[bodies]
        frames, frame = self._joint(columns, FRAME, odd, "frame", self._frame)
        which = _first_of(frame)[frames]
        order = np.argsort(which, kind="stable")
        order = order[~odd[order]]
        for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1) if order.size else ():
            mine = frame[which[rows[0]]]
            asked = Asked(
                rows, np.array(per)[pers[rows]], money[rows], np.array(days)[most[rows]], weight[weighing[rows]],
                weighing[rows], bodies[rows], skins[rows], avoids[rows], excludes[rows], body, skin, avoid, exclude,
            )  # fmt: skip
            refused = mine.refused(asked)
            odd[rows[refused]] = True
            if not refused.all():
                yield self._lines(mine, asked.without(refused))

    def _lines(self, frame: Frame, asked: Asked) -> Lines:
        table, pool = frame.table, frame.table.pool
        courses = len(table.parts)
        kept, care = frame.screened(asked)
        may = frame.open & ~kept & ~frame.limited(asked)
        fits = may[:, table.of] & within(table.compared[asked.per], asked.budget[:, None])
        cared = care[:, table.of]
        columns: list[Array] = [pool.values[None, :, j] for j in range(len(self.own))]
        for j in table.personal:
            calm, warned = (
                np.stack([table.measured(skin or None, one).values[:, j] for skin in asked.skin])[asked.skins]
                for one in (False, True)
            )
            columns[j] = np.where(cared, warned, calm)
        scores = scored(columns, asked.weights)
        idle = scored([np.array([[value]]) for value in table.idle.values.values()], asked.weights)[:, 0]
        which = chosen(pool.slices, scores, fits)
        placing = placed(table.equals, scores, idle, which.main | which.part)
        counted = np.arange(courses + 1) < placing.many[:, None]
        course = placing.order[counted]
        row = np.repeat(np.arange(asked.rows.size), placing.many)
        care, part = (np.pad(cells, ((0, 0), (0, 1))) for cells in (cared, which.part))
        over = ~within(table.dearest[asked.per[row], course], asked.budget[row])
        flat: dict[str, Any] = {
            "options": (frame.ids, np.where(part[row, course], courses + 1 + course, course)),
            "ranks": placing.ranks[counted],
            "scores": np.concatenate((scores, idle[:, None]), axis=1)[row, course],
            "totals": table.totals[course],
            "gains": table.gains[course],
            "stars": table.stars[course],
            "sessions": table.sessions[course],
            "marks": (frame.marks, course * 4 + care[row, course] * 2 + over),
        }
        if self.draws:
            flat["p_best"] = self._p_best(table, asked, placing, care)
        concern = frame.problem.concern
        told = {"concern": concern.id, "kind": concern.kind or None, "market": frame.problem.market.id}
        return Lines(asked.rows, placing.many, flat, told)

    # ------------------------------------------------------------------ how sure the order is

    def _p_best(self, table: Table, asked: Asked, placing: Placing, care: Mask) -> Array:
        """P(best) of every line, from draws that all rows of the table share; what is asked alike once."""
        if sum(one.held for one in self._tables.values()) > HELD:
            for one in self._tables.values():
                one.forget()
        often = np.bincount(asked.weighing)
        based: dict[int, Array] = {}
        made: dict[Any, Array] = {}
        found: list[Array] = []
        for r, of in enumerate(asked.weighing.tolist()):
            rows = placing.order[r, : placing.many[r]]
            skin, cared = asked.skin[asked.skins[r]] or None, care[r][rows]
            key = (of, skin, rows.tobytes(), cared.tobytes())
            if key not in made:
                weights = self._drawn_weights(asked.weights[r])
                if often[of] > 2 and of not in based:
                    based[of] = table.shared(weights, slice(None))
                scores = based[of][rows] if of in based else table.shared(weights, rows)
                for j in table.personal:
                    scores += table.personally(skin, j, rows, cared) * weights[j]
                made[key] = first_shares(scores) if rows.size > 1 else np.full(1, np.nan)
            found.append(made[key])
        return np.concatenate(found)

    def _drawn_weights(self, weights: Array) -> Array:
        """Draws (criteria, draws) of weights around these, as `rank` draws them."""
        kept = self._kept.setdefault("drawn", {})
        key = weights.tobytes()
        if key not in kept:
            if len(kept) >= MOST_DRAWN:
                kept.clear()
            by_name = dict(zip(self.catalog.criteria, weights.tolist(), strict=True))
            drawn = draw_weights(self.catalog, by_name, self.draws, np.random.default_rng((self.seed, 1)), None)
            kept[key] = np.ascontiguousarray(normalised(drawn).T)
        found: Array = kept[key]
        return found

    # ------------------------------------------------------------------ rows by themselves

    def _one_by_one(self, columns: Columns, rows: Codes) -> list[Lines]:
        """Rows that go no other way, equal ones once."""
        alike: dict[tuple[Any, ...], list[int]] = {}
        for r in rows.tolist():
            alike.setdefault(tuple(values[codes[r]] for codes, values in columns.values()), []).append(r)
        found = []
        for said, mine in alike.items():
            row = {name: value for name, value in zip(columns, said, strict=True) if value is not None}
            found.append(self._alone(row, np.array(mine)))
        return found

    def _alone(self, row: dict[str, Any], rows: Codes) -> Lines:
        try:
            found = as_row(
                ranked(posed(self.catalog, row, self.preferences), self.draws, self.seed), reasons=self.reasons
            )
        except (InputError, NothingFits) as error:
            told = {"error": error.message, "hint": error.hint or None}
            return Lines(rows, np.zeros(rows.size, dtype=np.intp), {}, told)
        told = {name: found.pop(name) for name in ("concern", "kind", "market", "left_out") if name in found}
        many = len(found["options"])
        del found["best"]
        flat = {
            name: (values, np.tile(np.arange(many), rows.size)) if name in NAMED else np.tile(values, rows.size)
            for name, values in found.items()
        }
        return Lines(rows, np.full(rows.size, many), flat, told)


def _readable(codes: Codes, values: list[Any], odd: Mask) -> list[Any]:
    """A column's values without those that cannot be used, whose rows are odd."""
    wrong = np.array([isinstance(value, InputError) for value in values])
    odd |= wrong[codes]
    return [None if isinstance(value, InputError) else value for value in values]


def _first_of(found: Sequence[Any]) -> Codes:
    """Of each thing in a list the first place where that same thing stands."""
    first: dict[int, int] = {}
    return np.array([first.setdefault(id(one), k) for k, one in enumerate(found)], dtype=np.intp)


@derived(most=4)
def _desk(
    catalog: Catalog, market: str | None, profile: str | None, weights: tuple[tuple[str, object], ...],
    horizon: float | None, quotes: Any, borrow: bool, draws: int, seed: int, reasons: bool,
) -> Desk:  # fmt: skip
    mine = Preferences(market, profile, dict(weights), horizon, quotes, None, borrow)
    Problem.of(catalog, Request(), replace(mine, prices=()))  # what is wrong for every row alike is told once
    return Desk(catalog, mine, draws, seed, reasons)


def desk_for(
    catalog: Catalog, preferences: Preferences, *, draws: int = 0, seed: int = 0, reasons: bool = False
) -> Desk:
    """The desk that answers under these preferences.

    Raises
    ------
    InputError : preferences that no request could be answered under.
    """
    quotes = quotes_of(catalog, preferences.prices)
    if preferences.price_list is not None:
        quotes += read_price_list(preferences.price_list, catalog)
    weights = tuple(preferences.weights.items())
    mine = (preferences.market, preferences.profile, weights, preferences.horizon, quotes, preferences.borrow)
    return _desk(catalog, *mine, draws, seed, reasons)


def rank_batch(
    batch: "pa.RecordBatch",
    *,
    preferences: Preferences | None = None,
    draws: int = 0,
    seed: int = 0,
    reasons: bool = False,
    catalog: Facts = None,
) -> "pa.RecordBatch":
    """An answer for every row of requests in columns, as `decide.rank` ranks each.

    Parameters
    ----------
    batch : columns by the names of `decide.batch.columns.TAKEN`, of text, numbers or lists; none of them need be there.
    preferences : for every row; a row's own market, profile, horizon and weights go before.
    draws, seed : draws behind P(best); 0 for the order alone.
    reasons : whether names in words, and what is left out and why, are told too; then each row is ranked by itself.
    catalog : a `Catalog`, or a folder of facts to lay over the shipped ones.

    A row that cannot be answered has `error` and `hint` alone. `decide.batch.columns.GIVEN` tells what else is given.

    Raises
    ------
    InputError : a column that no request has, preferences that no row could be answered under.
    """
    return desk_for(facts_of(catalog), preferences or Preferences(), draws=draws, seed=seed, reasons=reasons).rank(
        batch
    )
