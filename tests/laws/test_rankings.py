"""Laws of a ranking under a change of its facts, on catalogues made up at random.

What is changed is known to be better, alike, unrelated or a mere name, so that what must happen to the order is known
without working out any figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide.alternatives.cell import Cell
from decide.answers.ranking.order import TIE
from decide.answers.ranking.rank import rank
from decide.answers.ranking.result import Ranking
from decide.catalog import Catalog
from decide.catalog.read import TABLES, Entry
from decide.criteria.table import own_worth
from decide.criteria.worth import combined
from decide.mcda import ranks, weighted_sum
from decide.mcda.expected import Worth
from tests.posed import posed
from tests.toy import DEFAULTS

CRITERIA = ("benefit", "evidence", "cost", "downtime", "risk", "speed", "durability", "effort")


@dataclass(frozen=True)
class Thing:
    """A treatment with one fact of each kind, and a trial against placebo that saw so much (or gave no figure)."""

    price: int
    days: int
    rate: int
    weeks: int
    months: int
    gain: int | None
    sessions: int
    fewest: int = 99
    people: int = 40

    def facts(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """Its facts as tables of the catalogue."""
        fewest = min(self.fewest, self.sessions)
        found: list[tuple[str, dict[str, Any]]] = [
            ("procedure", {"id": name, "name": f"The {name}"}),
            # the usual number is the middle of the two facts
            ("practice", {"procedure": name, "fact": "sessions", "low": fewest, "high": 2 * self.sessions - fewest}),
            ("practice", {"procedure": name, "fact": "downtime-days", "low": self.days, "high": self.days}),
            ("practice", {"procedure": name, "fact": "onset-weeks", "low": self.weeks, "high": self.weeks}),
            ("practice", {"procedure": name, "fact": "durability-months", "low": self.months, "high": self.months}),
            ("harm", {"procedure": name, "rate_low": self.rate, "rate_high": self.rate, "n": 60}),
            ("price", {"procedure": name, "market": "us", "currency": "USD", "low": self.price, "high": self.price}),
        ]
        study = {"id": f"trial-of-{name}", "concern": "scars", "participants": self.people}
        if self.gain is not None:
            seen = {"procedure": name, "measure": "percent-improvement", "value": 8 + self.gain, "n": self.people}
            return [*found, ("study", {**study, "arm": [seen, {**seen, "procedure": "placebo", "value": 8}]})]
        result = {"procedure": name, "comparator": "baseline", "outcome": "x", "measure": "none", "direction": "better"}
        return [*found, ("study", {**study, "outcome": [result]})]


things = st.builds(
    Thing,
    price=st.integers(5, 1500),
    days=st.integers(0, 12),
    rate=st.integers(0, 90),
    weeks=st.integers(0, 24),
    months=st.integers(1, 30),
    gain=st.integers(0, 90),
    sessions=st.integers(1, 5),
    fewest=st.integers(1, 5),
    people=st.integers(5, 700),
)
dear = things.map(lambda thing: replace(thing, price=thing.price + 500, sessions=5, fewest=1))
"""A thing of which a part may well be worth more than the whole."""
whole = things.map(lambda thing: replace(thing, fewest=99))
"""A thing that is had in one number of sessions only."""
weight_sets = st.fixed_dictionaries({c: st.floats(0.1, 50) for c in CRITERIA})
NAMES = ("amber", "basil", "cedar", "daisy", "elder", "fern")


def entries(facts: Sequence[tuple[str, dict[str, Any]]]) -> list[Entry]:
    return [
        Entry(table, TABLES[table].model.model_validate({**DEFAULTS.get(table, {}), **fields}), Path("made-up"), index)
        for index, (table, fields) in enumerate(facts)
    ]


def facts_of(held: dict[str, Thing]) -> list[tuple[str, dict[str, Any]]]:
    return [fact for name, thing in held.items() for fact in thing.facts(name)]


def ranked(
    rules: Path, facts: Sequence[tuple[str, dict[str, Any]]], weights: dict[str, float], **asked: Any
) -> Ranking:
    catalog = Catalog(rules, extra=tuple(entries(facts)))
    return rank(posed(catalog, "scars", weights=weights, **asked))


def named(found: Sequence[Thing]) -> dict[str, Thing]:
    return dict(zip(NAMES, found, strict=False))


def place(ranking: Ranking, name: str) -> int:
    """The best place of any course of a procedure."""
    return min(row.rank for row in ranking.rows if row.option.procedure == name)


def scores(ranking: Ranking) -> dict[str, float]:
    return {row.option.id: row.score for row in ranking.rows}


BETTER = {
    "price": lambda thing, by: replace(thing, price=max(1, thing.price - 40 * by)),
    "days": lambda thing, by: replace(thing, days=max(0, thing.days - by)),
    "rate": lambda thing, by: replace(thing, rate=max(0, thing.rate - 4 * by)),
    "weeks": lambda thing, by: replace(thing, weeks=max(0, thing.weeks - by)),
    "months": lambda thing, by: replace(thing, months=thing.months + by),
    "gain": lambda thing, by: replace(thing, gain=min(92, thing.gain + 2 * by)),
    "people": lambda thing, by: replace(thing, people=thing.people + 40 * by),
    "sessions": lambda thing, by: replace(thing, sessions=max(1, thing.sessions - by)),
}


FIGURES = ("gain", "people")
"""What moves the gain itself. Stars go their own way: a sure nothing is surer than a doubtful something."""


@pytest.mark.parametrize("what", BETTER)
@settings(max_examples=15)
@given(found=st.lists(whole, min_size=2, max_size=5), weights=weight_sets, by=st.integers(1, 15))
def test_a_better_fact_never_lowers_the_place(
    rules: Path, what: str, found: list[Thing], weights: dict[str, float], by: int
) -> None:
    held = named(found)
    if what in FIGURES:
        weights = {**weights, "evidence": 0.0}
    better = {**held, "amber": BETTER[what](held["amber"], by)}
    before, after = ranked(rules, facts_of(held), weights), ranked(rules, facts_of(better), weights)
    assert after["amber"].score >= before["amber"].score - TIE
    assert place(after, "amber") <= place(before, "amber")


MIDDLING = Thing(price=200, days=5, rate=40, weeks=10, months=14, gain=40, sessions=3, people=80)
"""Between the anchors on every criterion: there is better and worse on each."""


@pytest.mark.parametrize("what", BETTER)
def test_a_better_fact_raises_the_score_and_in_the_end_the_place(rules: Path, what: str) -> None:
    # so that both are worth more than doing nothing
    weights = {**dict.fromkeys(CRITERIA, 1.0), "benefit": 6.0}
    start = MIDDLING
    rival = replace(start, price=190)
    better = [start, BETTER[what](start, 1), BETTER[what](start, 2)]
    found = [ranked(rules, facts_of({"amber": thing, "rival": rival}), weights) for thing in better]
    assert found[0]["amber"].score < found[1]["amber"].score <= found[2]["amber"].score
    assert (place(found[0], "amber"), place(found[-1], "amber")) == (2, 1)


@settings(max_examples=40)
@given(
    table=st.lists(st.lists(st.floats(0, 100), min_size=8, max_size=8), min_size=2, max_size=6),
    sides=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1.2)), min_size=6, max_size=6),
    weights=weight_sets,
    criterion=st.sampled_from((*CRITERIA, "loss")),
    by=st.floats(0, 100),
)
def test_equal_or_better_in_everything_is_never_lower(
    rules: Path,
    table: list[list[float]],
    sides: list[tuple[float, float]],
    weights: dict[str, float],
    criterion: str,
    by: float,
) -> None:
    """In what is gained, what is lost, stars, speed, durability and the four costs."""
    catalog = Catalog(rules)
    better, moved = [[*row] for row in table], [[*pair] for pair in sides]
    if criterion == "loss":
        moved[0][1] = max(0.0, moved[0][1] - by / 100)
    elif criterion == "benefit":
        moved[0][0] = min(1.0, moved[0][0] + by / 100)
    else:
        sign = 1 if catalog.criteria[criterion].better == "higher" else -1
        better[0][CRITERIA.index(criterion)] += sign * by

    def found(rows: list[list[float]], worths: Sequence[Sequence[float]]) -> tuple[float, int]:
        cells = [
            {c: Cell(low=x, typical=x, high=x, basis="facts") for c, x in zip(CRITERIA, row, strict=True)}
            for row in rows
        ]
        gain, loss = np.array(worths[: len(rows)]).T
        values = combined(list(catalog.criteria.values()), own_worth(catalog, cells, "USD"), Worth(gain, loss))
        scores = weighted_sum(values, np.array(list(weights.values())))
        return float(scores[0]), int(ranks(scores, TIE)[0])

    before, after = found(table, sides), found(better, moved)
    assert after[0] >= before[0] - TIE
    assert after[1] <= before[1]


@settings(max_examples=30)
@given(found=st.lists(things, min_size=1, max_size=5), weights=weight_sets)
def test_equal_alternatives_tie(rules: Path, found: list[Thing], weights: dict[str, float]) -> None:
    held = named(found)
    ranking = ranked(rules, facts_of({**held, "twin": held["amber"]}), weights)
    one, other = ranking["amber"], ranking["twin"]
    assert one.score == pytest.approx(other.score, abs=TIE)
    assert one.rank == other.rank
    assert one.cells["cost"].typical == other.cells["cost"].typical


@settings(max_examples=30)
@given(
    found=st.lists(things, min_size=2, max_size=4),
    more=st.lists(things, min_size=2, max_size=2),
    weights=weight_sets,
    data=st.data(),
)
def test_the_order_of_facts_is_irrelevant(
    rules: Path, found: list[Thing], more: list[Thing], weights: dict[str, float], data: st.DataObject
) -> None:
    facts = facts_of(named(found))
    # a second and third observation of most things about the first
    for source, thing in zip(("two", "three"), more, strict=True):
        facts += [
            (table, {**fields, "source": source})
            for table, fields in thing.facts("amber")
            if table in ("practice", "harm", "price")
        ]
        # a second event in the same source, as often at the most, and in more people
        low, high = thing.rate / 200, thing.rate
        swelling = {"event": "swelling", "rate_low": low, "rate_high": high, "n": 90, "source": source}
        facts.append(("harm", {"procedure": "amber", **swelling}))
    turned = data.draw(st.permutations(facts))
    one, other = ranked(rules, facts, weights), ranked(rules, turned, weights)
    assert scores(other) == pytest.approx(scores(one), abs=1e-9)
    assert {r.option.id: r["risk"].low for r in other.rows} == pytest.approx(
        {r.option.id: r["risk"].low for r in one.rows}, abs=1e-9
    )


@settings(max_examples=30)
@given(found=st.lists(things, min_size=3, max_size=6), weights=weight_sets, measured=st.booleans())
def test_an_unrelated_option_never_reorders_the_rest(
    rules: Path, found: list[Thing], weights: dict[str, float], measured: bool
) -> None:
    held = named(found)
    # its trial tells nothing of others: what placebo came to there moves no gain elsewhere
    held["amber"] = replace(held["amber"], gain=held["amber"].gain if measured else None)
    rest = {name: thing for name, thing in held.items() if name != "amber"}
    with_it, without = ranked(rules, facts_of(held), weights), ranked(rules, facts_of(rest), weights)
    kept = [row.option.id for row in with_it.rows if row.option.procedure != "amber"]
    assert kept == [row.option.id for row in without.rows]
    assert {i: s for i, s in scores(with_it).items() if i in kept} == pytest.approx(scores(without), abs=1e-9)
    assert measured == any(row.option.procedure == "amber" for row in with_it.rows)


@settings(max_examples=60)
@given(
    found=st.lists(st.one_of(things, dear), min_size=1, max_size=3),
    weights=weight_sets,
    budget=st.integers(5, 4000),
    more=st.integers(1, 8000),
)
def test_a_larger_budget_never_removes_an_option_nor_shortens_its_course(
    rules: Path, found: list[Thing], weights: dict[str, float], budget: int, more: int
) -> None:
    facts = facts_of(named(found))
    small, large = (ranked(rules, facts, weights, budget=sum_) for sum_ in (budget, budget + more))
    longest = {row.option.id: row.option.sessions or 0 for row in large.rows}
    for row in small.options:
        if "/" not in row.option.id:
            assert row["cost"].typical <= budget
            assert longest[row.option.id] >= (row.option.sessions or 0)
    if small.rows:
        assert large.rows[0].score >= small.rows[0].score - TIE


@settings(max_examples=30)
@given(
    found=st.lists(things, min_size=1, max_size=5),
    weights=weight_sets,
    data=st.data(),
)
def test_names_are_only_names(rules: Path, found: list[Thing], weights: dict[str, float], data: st.DataObject) -> None:
    held = named(found)
    others = data.draw(st.permutations([f"thing-{i}" for i in range(len(held))]))
    called = {**dict(zip(held, others, strict=True)), "nothing": "nothing"}
    one = ranked(rules, facts_of(held), weights)
    other = ranked(rules, facts_of({called[name]: thing for name, thing in held.items()}), weights)
    assert scores(other) == pytest.approx(
        {i.replace(i.partition("/")[0], called[i.partition("/")[0]]): s for i, s in scores(one).items()}, abs=1e-9
    )


@settings(max_examples=30)
@given(found=st.lists(things, min_size=2, max_size=5), weights=weight_sets)
def test_the_same_prices_in_another_currency_give_the_same_order(
    rules: Path, found: list[Thing], weights: dict[str, float]
) -> None:
    """The toy's anchors in pounds are half of those in dollars: half of every price is worth as much."""
    facts = facts_of(named(found))
    pounds = [
        (table, {**fields, "market": "uk", "currency": "GBP", "low": fields["low"] / 2, "high": fields["high"] / 2})
        if table == "price"
        else (table, fields)
        for table, fields in facts
    ]
    one, other = ranked(rules, facts, weights), ranked(rules, pounds, weights, market="uk")
    assert scores(other) == pytest.approx(scores(one), abs=1e-9)
